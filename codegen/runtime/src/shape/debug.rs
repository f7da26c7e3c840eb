//! `Debug` of structures, unions and builders, by their tables.

use aws_smithy_types::error::metadata::ErrorMetadata;
use std::fmt;

use super::members::held;
use super::{Members, REDACTED, Schema, Shape, Union, Value, View, flag};

/// `Debug` of every emitted structure: fields by name, sensitive ones redacted.
///
/// # Errors
/// Those of the formatter.
pub fn debug_shape(shape: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let private = shape.schema().private.field().map(|_| shape.member(shape.schema().rows.len()));
    debug_members(shape.schema().name, shape, private.as_ref().map(|value| value as &dyn fmt::Debug), f)
}

/// `Debug` of a builder that holds what it builds: like [`debug_shape`], where metadata that is still empty was not set.
///
/// # Errors
/// Those of the formatter.
pub fn debug_state(shape: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = format!("{}Builder", shown(shape.schema().name));
    let private = shape.schema().private.field().map(|_| shape.member(shape.schema().rows.len()));
    let private = private.map(|value| {
        fmt::from_fn(move |f| match value.view() {
            View::Metadata(meta) => fmt::Debug::fmt(&Some(meta).filter(|meta| **meta != ErrorMetadata::default()), f),
            _ => fmt::Debug::fmt(value, f),
        })
    });
    debug_members(&name, shape, private.as_ref().map(|value| value as &dyn fmt::Debug), f)
}

/// A type is known by its name, without the underscore under which a file defines it where the
/// name alone would hide another.
pub(crate) fn shown(name: &str) -> &str {
    name.trim_end_matches('_')
}

fn debug_members(
    name: &str,
    shape: &dyn Shape,
    private: Option<&dyn fmt::Debug>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut formatter = f.debug_struct(shown(name));
    let schema = shape.schema();
    for (index, (field, member)) in schema.field_names().zip(schema.members()).enumerate() {
        if member.sensitive {
            formatter.field(field, &REDACTED);
        } else {
            formatter.field(field, &shape.member(index));
        }
    }
    if let Some((field, value)) = schema.private.field().zip(private) {
        formatter.field(field, value);
    }
    formatter.finish()
}

/// `Debug` of a builder: the options that it holds, under the names of the members of what it builds.
///
/// # Errors
/// Those of the formatter.
pub fn debug_builder<T: Members>(schema: &Schema, members: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_held(schema, &held(members), f)
}

/// `Debug` of the builder of an input that has a stream: the input as far as it is built, and the stream that the builder
/// holds beside it, as an option.
///
/// # Errors
/// Those of the formatter.
pub fn debug_streamed(input: &dyn Shape, stream: &dyn Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let rows = input.schema().rows.iter().enumerate();
    let held = rows.map(|(index, (_, flags))| if flags & flag::STREAM != 0 { stream } else { input.member(index) });
    debug_held(input.schema(), &held.collect::<Vec<_>>(), f)
}

fn debug_held(schema: &Schema, held: &[&dyn Value], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = format!("{}Builder", shown(schema.name));
    let mut formatter = f.debug_struct(&name);
    let private = schema.private.field().map(|field| (field, false));
    let fields = schema.field_names().zip(schema.members().map(|member| member.sensitive));
    for ((field, sensitive), value) in fields.chain(private).zip(held) {
        formatter.field(field, if sensitive { &REDACTED } else { value });
    }
    formatter.finish()
}

/// As the `Debug` of the value's own type, an option around it included.
impl fmt::Debug for dyn Value + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.view() {
            View::Absent => f.write_str("None"),
            view if self.nullable() => f.debug_tuple("Some").field(&Shown(&view)).finish(),
            view => Shown(&view).fmt(f),
        }
    }
}

/// What a value holds, as it is printed.
struct Shown<'a>(&'a View<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent => f.write_str("None"),
            View::Boolean(value) => value.fmt(f),
            View::Integer(value) => value.fmt(f),
            View::Float(value) => value.fmt(f),
            View::Double(value) => value.fmt(f),
            View::BigNumber(value) => value.fmt(f),
            View::Text(value) => value.fmt(f),
            View::Enum(value) => value.fmt(f),
            View::Timestamp(value) => value.fmt(f),
            View::Blob(value) => value.fmt(f),
            View::Stream(value) => value.fmt(f),
            View::Document(value) => value.fmt(f),
            View::List(items) => f.debug_list().entries((0..items.count()).map(|index| items.item(index))).finish(),
            View::Map(entries) => {
                let mut map = f.debug_map();
                // Nothing that is shown here fails: errors of the formatter are found by `finish`.
                _ = entries.each(&mut |key, value| {
                    map.entry(&key, &value);
                    Ok(())
                });
                map.finish()
            }
            View::Structure(value) => value.fmt(f),
            View::Union(value) => value.fmt(f),
            View::Metadata(value) => value.fmt(f),
        }
    }
}

/// `Debug` of a union: the variant and its value, redacted where sensitive.
///
/// # Errors
/// Those of the formatter.
pub fn debug_union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, value)) = union.variant() else { return f.write_str("Unknown") };
    let member = union.schema().at(index);
    let mut formatter = f.debug_tuple(member.field());
    if member.sensitive {
        formatter.field(&REDACTED)
    } else {
        formatter.field(&value)
    };
    formatter.finish()
}

#[cfg(test)]
mod tests {
    use crate::shape::Shape;

    struct Option_ {
        size: Option<i32>,
        r#type: Option<String>,
    }

    crate::shape! {
        all_optional Option_ {
            0 size: "size",
            1 r#type: "type",
        }
    }

    #[test]
    fn a_type_defined_with_an_underscore_is_shown_without_it() {
        assert_eq!(format!("{:?}", Option_::empty()), "Option { size: None, type: None }");
    }
}
