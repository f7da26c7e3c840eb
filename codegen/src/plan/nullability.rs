//! Which members are options.
//!
//! The rules of AWS's own crates: an input asks for nothing at compile time, a
//! structure may always be absent, and elsewhere the `required` and `default`
//! traits decide.

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
    let zero = match default {
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() && matches!(ty, RustType::String),
        Value::Array(elements) => elements.is_empty() && !matches!(ty, RustType::Document),
        Value::Object(entries) => entries.is_empty() && !matches!(ty, RustType::Document),
        Value::Null => false,
    };
    let expression = match (ty, default) {
        (RustType::Bool | RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64, _)
        | (RustType::String | RustType::Vec(_) | RustType::Map(..), _)
            if zero =>
        {
            return Presence::ZeroDefault;
        }
        (RustType::F32 | RustType::F64, Value::Number(_)) if zero => return Presence::ZeroDefault,
        (RustType::F32 | RustType::F64, Value::Number(number)) => format!("{:?}", number.as_f64().unwrap_or_default()),
        (RustType::Bool | RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64, value) => value.to_string(),
        (RustType::String, Value::String(text)) => format!("{}.to_owned()", literal(text)),
        (RustType::Enum(named), Value::String(text)) => format!("{}::from({})", named.path(), literal(text)),
        (RustType::Blob, Value::String(text)) if text.is_empty() => "Blob::new(Vec::new())".to_owned(),
        (RustType::DateTime, Value::Number(number)) => {
            format!("DateTime::from_secs_f64({:?})", number.as_f64().unwrap_or_default())
        }
        _ => return Presence::Optional,
    };
    Presence::Default(Expression(expression))
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
