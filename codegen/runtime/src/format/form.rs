//! Forms (`application/x-www-form-urlencoded`): what the query protocols send.
//!
//! A structure becomes pairs of a key and a text, one for each scalar in it. The key is the way there, such as
//! `Filter.1.Value.2`: names of members, numbers of elements and entries. What else is to be known of a member than its row
//! says stands in its [`Xml`], as the services answer in XML; where they have two names for a member, the [`Dialect`] knows
//! which one is sent.
//!
//! No service sends a form, so that there is no reader, and forms are no [`Format`](super::Format).

use std::borrow::Cow;

use super::scalar::with_text;
use super::sorted;
use crate::BoxError;
use crate::shape::{Entries, Items, Member, Shape, TimestampFormat, Union, View, Xml, flag};
use write::FormWriter;

pub mod write;

/// What a protocol makes different of forms.
#[derive(Debug)]
pub struct Dialect {
    /// The name of a member.
    pub member_name: fn(&Member) -> Cow<'static, str>,
    /// Elements of every list stand in the structure itself, whatever the model says.
    pub flattens_lists: bool,
    /// A list without elements is sent, as an empty text.
    pub sends_empty_lists: bool,
}

/// What is known of a value beside itself.
#[derive(Clone, Copy)]
struct About {
    /// The form of its timestamps.
    format: TimestampFormat,
    xml: Option<&'static Xml>,
    is_flattened: bool,
}

impl About {
    fn of(member: &Member) -> Self {
        Self { format: member.format, xml: member.xml, is_flattened: member.flags & flag::FLATTENED != 0 }
    }

    /// The same of the elements of a list, or of the values of a map.
    fn items(self) -> Self {
        Self { xml: self.xml.and_then(|xml| xml.items), is_flattened: false, ..self }
    }
}

/// Adds the members of a structure to a form, below the key that is open.
///
/// # Errors
/// When a value cannot stand in a form: a document, a union variant that this client does not know, a timestamp outside
/// the years that its format has.
pub fn write_structure(form: &mut FormWriter, shape: &dyn Shape, dialect: &Dialect) -> Result<(), BoxError> {
    let members = shape.schema().members().enumerate();
    members
        .into_iter()
        .try_for_each(|(index, member)| write_member(form, &shape.member(index).view(), &member, dialect))
}

/// Adds a member of a structure or a union; nothing where it is absent.
fn write_member(form: &mut FormWriter, view: &View<'_>, member: &Member, dialect: &Dialect) -> Result<(), BoxError> {
    match view {
        View::Absent => Ok(()),
        view => {
            let name = (dialect.member_name)(member);
            form.below(&name, |form| write_value(form, view, About::of(member), dialect))
        }
    }
}

/// Adds a value under the key that is open.
fn write_value(form: &mut FormWriter, view: &View<'_>, about: About, dialect: &Dialect) -> Result<(), BoxError> {
    match view {
        View::Structure(shape) => write_structure(form, *shape, dialect),
        View::Union(union) => write_union(form, *union, dialect),
        View::List(items) if items.count() == 0 => {
            if dialect.sends_empty_lists {
                form.text("");
            }
            Ok(())
        }
        View::List(items) if about.is_flattened || dialect.flattens_lists => write_items(form, *items, about, dialect),
        View::List(items) => form.below(Xml::item_name(about.xml), |form| write_items(form, *items, about, dialect)),
        View::Map(entries) if about.is_flattened => write_entries(form, *entries, about, dialect),
        View::Map(entries) => form.below("entry", |form| write_entries(form, *entries, about, dialect)),
        scalar => with_text(scalar, about.format, &mut |text| {
            form.text(text);
            Ok(())
        }),
    }
}

/// Adds the elements of a list, numbered from one; `about` is what is known of the list. Null among them has no text, and
/// takes no number.
fn write_items(form: &mut FormWriter, items: &dyn Items, about: About, dialect: &Dialect) -> Result<(), BoxError> {
    let views = (0..items.count()).map(|index| items.item(index).view());
    let present = views.filter(|view| !matches!(view, View::Absent));
    present.enumerate().try_for_each(|(index, view)| {
        form.below(&number(index), |form| write_value(form, &view, about.items(), dialect))
    })
}

/// Adds the entries of a map, numbered from one in the order of their keys; `about` is what is known of the map.
fn write_entries(
    form: &mut FormWriter,
    entries: &dyn Entries,
    about: About,
    dialect: &Dialect,
) -> Result<(), BoxError> {
    for (index, (key, value)) in sorted(entries)?.into_iter().enumerate() {
        form.below(&number(index), |form| {
            form.below(Xml::key_name(about.xml), |form| {
                form.text(key);
                Ok(())
            })?;
            form.below(Xml::value_name(about.xml), |form| write_value(form, &value.view(), about.items(), dialect))
        })?;
    }
    Ok(())
}

fn write_union(form: &mut FormWriter, union: &dyn Union, dialect: &Dialect) -> Result<(), BoxError> {
    let Some((index, value)) = union.variant() else {
        return Err("a union variant that this client does not know cannot be sent".into());
    };
    write_member(form, &value.view(), &union.schema().at(index), dialect)
}

/// The number of what stands at a position: forms count from one.
fn number(index: usize) -> String {
    (index + 1).to_string()
}
