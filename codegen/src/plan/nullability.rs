//! Which members are options.
//!
//! The rules of AWS's own crates: an input asks for nothing at compile time but
//! its stream, a structure may always be absent, and elsewhere the `required` and
//! `default` traits decide.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::types::RustType;
use super::{Expression, Presence, big_number};
use crate::model::Member;

/// The presence of a member of an input. A stream is there in any case: one of bytes without a byte where none is set, and
/// one of events the caller has to set.
pub(crate) fn of_input(ty: &RustType) -> Presence {
    match ty {
        RustType::ByteStream => Presence::ZeroDefault,
        RustType::Events(_) => Presence::Required,
        _ => Presence::Optional,
    }
}

/// The presence of a member anywhere else.
pub(crate) fn of_member(member: &Member, ty: &RustType) -> Presence {
    // A stream that is not there has no bytes.
    if *ty == RustType::ByteStream {
        return Presence::ZeroDefault;
    }
    // Neither is a stream of events made of nothing.
    if matches!(ty, RustType::Events(_)) {
        return Presence::Required;
    }
    if matches!(ty, RustType::Structure(_) | RustType::Union(_)) || member.client_optional {
        return Presence::Optional;
    }
    match &member.default {
        Some(default) if !default.is_null() => of_default(default, ty),
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
        (RustType::BigInteger | RustType::BigDecimal, value) => return big(value, ty),
        (ty, Value::Bool(value)) if *ty == RustType::Bool => Expression::Boolean(*value),
        (ty, Value::Number(number)) if ty.is_scalar() => match number.as_i64() {
            Some(number) => Expression::Integer(number),
            None => return Presence::Optional,
        },
        (RustType::String, Value::String(text)) => Expression::Text(text.clone()),
        (RustType::Enum(named), Value::String(text)) => Expression::Enum(named.clone(), text.clone()),
        (RustType::Blob, Value::String(text)) => match STANDARD.decode(text) {
            Ok(bytes) => Expression::Blob(bytes),
            Err(_) => return Presence::Optional,
        },
        (RustType::DateTime, Value::Number(number)) => Expression::Timestamp(number.as_f64().unwrap_or_default()),
        (RustType::Document, default) => Expression::Document(default.clone()),
        _ => return Presence::Optional,
    };
    Presence::Default(expression)
}

/// A number of any length. That of the type's own `Default` is zero, too.
fn big(default: &Value, ty: &RustType) -> Presence {
    match big_number::text(default, *ty == RustType::BigInteger) {
        Some(text) if text == "0" => Presence::ZeroDefault,
        Some(text) => Presence::Default(Expression::BigNumber(text)),
        None => Presence::Optional,
    }
}

/// A float, which may be one that JSON has as a word.
fn float(default: &Value, ty: &RustType) -> Presence {
    let constant = |name| Expression::FloatConstant(if *ty == RustType::F32 { "f32" } else { "f64" }, name);
    Presence::Default(match default {
        Value::Number(number) => Expression::Float(number.as_f64().unwrap_or_default()),
        Value::String(word) if word == "NaN" => constant("NAN"),
        Value::String(word) if word == "Infinity" => constant("INFINITY"),
        Value::String(word) if word == "-Infinity" => constant("NEG_INFINITY"),
        _ => return Presence::Optional,
    })
}

#[cfg(test)]
mod tests {
    use super::super::types::Named;
    use super::*;
    use crate::model::{Binding, Constraints, ShapeId, XmlTraits};
    use serde_json::json;

    fn member(required: bool, default: Option<Value>) -> Member {
        Member {
            name: "m".to_owned(),
            target: ShapeId::new("x#M"),
            required,
            client_optional: false,
            default,
            binding: Binding::Body,
            event_binding: None,
            body_name: None,
            xml: XmlTraits::default(),
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
            Presence::Default(Expression::Integer(30))
        );
        assert_eq!(of_member(&member(false, Some(json!(false))), &RustType::Bool), Presence::ZeroDefault);
    }

    #[test]
    fn defaults_of_every_type_have_an_expression() {
        let of = |default: Value, ty: RustType| of_member(&member(false, Some(default)), &ty);
        let expression = |default, ty| match of(default, ty) {
            Presence::Default(expression) => expression,
            other => panic!("a default became {other:?}"),
        };
        assert_eq!(expression(json!("hi"), RustType::String), Expression::Text("hi".to_owned()));
        assert_eq!(of(json!(""), RustType::String), Presence::ZeroDefault);
        assert_eq!(of(json!([]), RustType::Vec(Box::new(RustType::String))), Presence::ZeroDefault);
        assert_eq!(expression(json!("NaN"), RustType::F32), Expression::FloatConstant("f32", "NAN"));
        assert_eq!(of(json!(0.0), RustType::F64), Presence::ZeroDefault);
        assert_eq!(expression(json!("YWJj"), RustType::Blob), Expression::Blob(b"abc".to_vec()));
        assert_eq!(expression(json!(""), RustType::Blob), Expression::Blob(Vec::new()));
        assert_eq!(expression(json!(0), RustType::DateTime), Expression::Timestamp(0.0));
        assert_eq!(expression(json!({}), RustType::Document), Expression::Document(json!({})));
    }

    #[test]
    fn null_defaults_change_nothing() {
        assert_eq!(of_member(&member(false, Some(Value::Null)), &RustType::I32), Presence::Optional);
    }

    #[test]
    fn client_optional_members_are_options() {
        let optional = Member { client_optional: true, ..member(true, Some(json!(0))) };
        assert_eq!(of_member(&optional, &RustType::I32), Presence::Optional);
    }

    #[test]
    fn streams_are_always_there() {
        let of = |required, default| of_member(&member(required, default), &RustType::ByteStream);
        assert_eq!([of(true, None), of(false, None), of(false, Some(json!("")))], [const { Presence::ZeroDefault }; 3]);
        assert_eq!(of_input(&RustType::ByteStream), Presence::ZeroDefault);
    }

    #[test]
    fn inputs_ask_for_nothing_but_streams() {
        assert_eq!(of_input(&RustType::String), Presence::Optional);
        assert_eq!(of_input(&structure()), Presence::Optional);
    }
}
