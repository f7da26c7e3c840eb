//! `Debug` of structures, unions and builders, by their tables.

use aws_smithy_types::error::metadata::ErrorMetadata;
use std::fmt;

use super::{REDACTED, REQUEST_ID, Shape, Union};

/// `Debug` of every emitted structure: fields by name, sensitive ones redacted.
///
/// # Errors
/// Those of the formatter.
pub fn debug_shape(name: &str, shape: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let trailer = shape.trailer().map(|(field, value)| (field, value as &dyn fmt::Debug));
    debug_members(name, shape, trailer, f)
}

/// `Debug` of a builder that holds what it builds: like [`debug_shape`], where metadata that is still empty was not set.
///
/// # Errors
/// Those of the formatter.
pub fn debug_draft(shape: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = format!("{}Builder", shown(shape.schema().name));
    let trailer = shape.trailer();
    let meta = trailer.and_then(|(_, value)| value.as_any().downcast_ref::<ErrorMetadata>());
    let meta = meta.filter(|meta| **meta != ErrorMetadata::default());
    debug_members(&name, shape, trailer.map(|(field, _)| (field, &meta as &dyn fmt::Debug)), f)
}

/// A type is known by its name, without the underscore under which a file defines it where the
/// name alone would hide another.
pub(crate) fn shown(name: &str) -> &str {
    name.trim_end_matches('_')
}

fn debug_members(
    name: &str,
    shape: &dyn Shape,
    trailer: Option<(&'static str, &dyn fmt::Debug)>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut formatter = f.debug_struct(shown(name));
    let schema = shape.schema();
    for (index, member) in schema.members().enumerate() {
        if member.sensitive {
            formatter.field(member.field, &REDACTED);
        } else {
            formatter.field(member.field, &shape.member(index));
        }
    }
    if schema.request_id {
        formatter.field(REQUEST_ID, &shape.member(schema.rows.len()));
    }
    if let Some((field, value)) = trailer {
        formatter.field(field, value);
    }
    formatter.finish()
}

/// `Debug` of a builder: the optional values that it holds, under the names of
/// the members of what it builds.
///
/// # Errors
/// Those of the formatter.
pub fn debug_builder(
    name: &str,
    shape: &dyn Shape,
    values: &[&dyn fmt::Debug],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut formatter = f.debug_struct(name);
    let schema = shape.schema();
    let request_id = schema.request_id.then_some((REQUEST_ID, false));
    let trailer = shape.trailer().map(|(field, _)| (field, false));
    let fields = schema.members().map(|member| (member.field, member.sensitive)).chain(request_id).chain(trailer);
    for ((field, sensitive), value) in fields.zip(values) {
        formatter.field(field, if sensitive { &REDACTED } else { value });
    }
    formatter.finish()
}

/// `Debug` of a union: the variant and its value, redacted where sensitive.
///
/// # Errors
/// Those of the formatter.
pub fn debug_union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, value)) = union.variant() else { return f.write_str("Unknown") };
    let member = union.schema().at(index);
    let mut formatter = f.debug_tuple(member.field);
    if member.sensitive {
        formatter.field(&REDACTED)
    } else {
        formatter.field(&value)
    };
    formatter.finish()
}

#[cfg(test)]
mod tests {
    use crate::shape::Table;

    struct Option_ {
        size: Option<i32>,
    }

    crate::shape! {
        Option_ {
            0 size: "size",
        }
    }

    #[test]
    fn a_type_defined_with_an_underscore_is_shown_without_it() {
        assert_eq!(format!("{:?}", Option_::empty()), "Option { size: None }");
    }
}
