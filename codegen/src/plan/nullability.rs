//! Which members are options.
//!
//! The rules of AWS's own crates: an input asks for nothing at compile time, a
//! structure may always be absent, and elsewhere the `required` and `default`
//! traits decide.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proc_macro2::Literal;
use serde_json::Value;

use super::names::literal;
use super::types::RustType;
use super::{Expression, Presence};
use crate::model::Member;

/// The presence of a member of an input.
pub(crate) fn of_input() -> Presence {
    Presence::Optional
}

/// The presence of a member anywhere else.
pub(crate) fn of_member(member: &Member, ty: &RustType) -> Presence {
    if matches!(ty, RustType::Structure(_) | RustType::Union(_)) || member.client_optional {
        return Presence::Optional;
    }
    match &member.default {
        Some(default) if !default.is_null() && !member.added_default => of_default(default, ty),
        _ if member.required => Presence::Required,
        _ => Presence::Optional,
    }
}

/// A default that Rust's own `Default` gives, or an expression for it.
fn of_default(default: &Value, ty: &RustType) -> Presence {
    let expression = match (ty, default) {
        (RustType::String, Value::String(text)) if text.is_empty() => return Presence::ZeroDefault,
        (RustType::Vec(_) | RustType::Map(..), Value::Array(_) | Value::Object(_)) => return Presence::ZeroDefault,
        (ty, Value::Bool(false)) if *ty == RustType::Bool => return Presence::ZeroDefault,
        (ty, Value::Number(number)) if ty.is_scalar() && number.as_f64() == Some(0.0) => return Presence::ZeroDefault,
        (RustType::F32 | RustType::F64, value) => return float(value, ty),
        (ty, value) if ty.is_scalar() => value.to_string(),
        (RustType::String, Value::String(text)) => format!("{}.to_owned()", literal(text)),
        (RustType::Enum(named), Value::String(text)) => format!("{}::from({})", named.path(), literal(text)),
        (RustType::Blob, Value::String(text)) => return blob(text),
        (RustType::DateTime, Value::Number(number)) => {
            format!("DateTime::from_secs_f64({:?})", number.as_f64().unwrap_or_default())
        }
        (RustType::Document, default) => document(default),
        _ => return Presence::Optional,
    };
    Presence::Default(Expression(expression))
}

/// A float, which may be one that JSON has as a word.
fn float(default: &Value, ty: &RustType) -> Presence {
    let constant = |name| format!("{}::{name}", ty.path());
    Presence::Default(Expression(match default {
        Value::Number(number) => format!("{:?}", number.as_f64().unwrap_or_default()),
        Value::String(word) if word == "NaN" => constant("NAN"),
        Value::String(word) if word == "Infinity" => constant("INFINITY"),
        Value::String(word) if word == "-Infinity" => constant("NEG_INFINITY"),
        _ => return Presence::Optional,
    }))
}

/// Bytes, which models have in base64.
fn blob(default: &str) -> Presence {
    let Ok(bytes) = STANDARD.decode(default) else { return Presence::Optional };
    Presence::Default(Expression(match bytes.as_slice() {
        [] => "Blob::new(Vec::new())".to_owned(),
        bytes => format!("Blob::new({})", Literal::byte_string(bytes)),
    }))
}

/// A document, which as a default is a scalar or empty.
fn document(default: &Value) -> String {
    match default {
        Value::Null => "Document::Null".to_owned(),
        Value::Bool(value) => format!("Document::Bool({value})"),
        Value::Number(number) if number.is_u64() => format!("Document::from({number}u64)"),
        Value::Number(number) if number.is_i64() => format!("Document::from({number}i64)"),
        Value::Number(number) => format!("Document::from({:?}f64)", number.as_f64().unwrap_or_default()),
        Value::String(text) => format!("Document::String({}.to_owned())", literal(text)),
        Value::Array(_) => "Document::Array(Vec::new())".to_owned(),
        Value::Object(_) => "Document::Object(Default::default())".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::Named;
    use super::*;
    use crate::model::{Binding, Constraints, ShapeId};
    use serde_json::json;

    fn member(required: bool, default: Option<Value>) -> Member {
        Member {
            name: "m".to_owned(),
            target: ShapeId::new("x#M"),
            required,
            client_optional: false,
            default,
            added_default: false,
            binding: Binding::Body,
            body_name: None,
            timestamp_format: None,
            idempotency_token: false,
            host_label: false,
            context_param: None,
            constraints: Constraints::default(),
            deprecated: None,
            documentation: None,
        }
    }

    fn structure() -> RustType {
        RustType::Structure(Named { name: "S".to_owned(), module: "types", qualified: false })
    }

    #[test]
    fn required_members_are_plain() {
        assert_eq!(of_member(&member(true, None), &RustType::String), Presence::Required);
        assert_eq!(of_member(&member(false, None), &RustType::String), Presence::Optional);
    }

    #[test]
    fn structures_are_options_even_when_required() {
        assert_eq!(of_member(&member(true, None), &structure()), Presence::Optional);
    }

    #[test]
    fn members_with_a_default_are_plain() {
        assert_eq!(of_member(&member(false, Some(json!(0))), &RustType::I32), Presence::ZeroDefault);
        assert_eq!(
            of_member(&member(false, Some(json!(30))), &RustType::I32),
            Presence::Default(Expression("30".to_owned()))
        );
        assert_eq!(of_member(&member(false, Some(json!(false))), &RustType::Bool), Presence::ZeroDefault);
    }

    #[test]
    fn defaults_of_every_type_have_an_expression() {
        let of = |default: Value, ty: RustType| match of_member(&member(false, Some(default)), &ty) {
            Presence::Default(expression) => expression.as_str().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(of(json!("hi"), RustType::String), "\"hi\".to_owned()");
        assert_eq!(of(json!(""), RustType::String), "ZeroDefault");
        assert_eq!(of(json!([]), RustType::Vec(Box::new(RustType::String))), "ZeroDefault");
        assert_eq!(of(json!("NaN"), RustType::F32), "f32::NAN");
        assert_eq!(of(json!(0.0), RustType::F64), "ZeroDefault");
        assert_eq!(of(json!("YWJj"), RustType::Blob), "Blob::new(b\"abc\")");
        assert_eq!(of(json!(""), RustType::Blob), "Blob::new(Vec::new())");
        assert_eq!(of(json!(0), RustType::DateTime), "DateTime::from_secs_f64(0.0)");
        assert_eq!(of(json!({}), RustType::Document), "Document::Object(Default::default())");
        assert_eq!(of(json!("a"), RustType::Document), "Document::String(\"a\".to_owned())");
        assert_eq!(of(json!(0), RustType::Document), "Document::from(0u64)");
    }

    #[test]
    fn null_defaults_and_added_defaults_change_nothing() {
        assert_eq!(of_member(&member(false, Some(Value::Null)), &RustType::I32), Presence::Optional);
        let added = Member { added_default: true, ..member(false, Some(json!(0))) };
        assert_eq!(of_member(&added, &RustType::I32), Presence::Optional);
    }

    #[test]
    fn client_optional_members_are_options() {
        let optional = Member { client_optional: true, ..member(true, Some(json!(0))) };
        assert_eq!(of_member(&optional, &RustType::I32), Presence::Optional);
    }

    #[test]
    fn inputs_ask_for_nothing() {
        assert_eq!(of_input(), Presence::Optional);
    }
}
