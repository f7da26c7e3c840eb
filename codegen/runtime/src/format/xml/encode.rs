//! Writes emitted structures as Smithy's XML bindings say.

use super::write::XmlWriter;
use crate::BoxError;
use crate::format::scalar::with_text;
use crate::shape::{Entries, Items, Location, Member, Namespace, Shape, TimestampFormat, Union, View, Xml, flag};

/// The element of a map's entry.
const ENTRY: &str = "entry";

/// How an element begins.
#[derive(Clone, Copy)]
struct Element<'a> {
    name: &'a str,
    namespace: Option<&'a Namespace>,
}

/// What is known of a value beside itself.
#[derive(Clone, Copy)]
struct About {
    /// The form of its timestamps.
    format: TimestampFormat,
    xml: Option<&'static Xml>,
}

impl About {
    fn of(member: &Member) -> Self {
        Self { format: member.format, xml: member.xml }
    }

    fn namespace(self) -> Option<&'static Namespace> {
        self.xml.and_then(|xml| xml.namespace.as_ref())
    }

    /// The same of the elements of a list, or of the values of a map.
    fn items(self) -> Self {
        Self { xml: self.xml.and_then(|xml| xml.items), ..self }
    }

    fn keys(self) -> Self {
        Self { xml: self.xml.and_then(|xml| xml.keys), ..self }
    }
}

/// A document: a structure as a whole, or the payload that a member is.
///
/// # Errors
/// When a value cannot stand in XML: a control character, a document type, a timestamp outside the years that its format has.
pub(super) fn document(view: &View<'_>, member: &Member) -> Result<String, BoxError> {
    let mut writer = XmlWriter::with_capacity(256);
    match view {
        View::Structure(shape) if member.wire.is_empty() => {
            let schema = shape.schema();
            let root = schema.xml.and_then(|xml| xml.root.as_ref());
            let (name, namespace) = root.map_or((schema.name, None), |(name, xml)| (*name, xml.namespace.as_ref()));
            write_structure(&mut writer, Element { name, namespace }, *shape)?;
        }
        view => {
            let about = About::of(member);
            write_value(&mut writer, Element { name: member.wire, namespace: about.namespace() }, view, about)?;
        }
    }
    Ok(writer.finish())
}

/// Writes a value as an element of this name.
fn write_value(writer: &mut XmlWriter, element: Element<'_>, view: &View<'_>, about: About) -> Result<(), BoxError> {
    match view {
        View::Structure(shape) => return write_structure(writer, element, *shape),
        View::Union(union) => return write_union(writer, element, *union),
        _ => writer.begin(element.name, element.namespace),
    }
    match view {
        View::List(items) => {
            let item = Element { name: Xml::item_name(about.xml), namespace: about.items().namespace() };
            write_items(writer, item, *items, about.items())?;
        }
        View::Map(entries) => {
            write_entries(writer, Element { name: ENTRY, namespace: None }, *entries, about)?;
        }
        scalar => with_text(scalar, about.format, &mut |text| writer.text(text))?,
    }
    writer.end(element.name);
    Ok(())
}

fn write_structure(writer: &mut XmlWriter, element: Element<'_>, shape: &dyn Shape) -> Result<(), BoxError> {
    let schema = shape.schema();
    let members = || schema.members().enumerate().filter(|(_, member)| member.location == Location::Body);
    writer.begin(element.name, element.namespace);
    for (index, member) in members().filter(|(_, member)| member.flags & flag::ATTRIBUTE != 0) {
        with_text(&shape.member(index).view(), member.format, &mut |text| writer.attribute(member.wire, text))?;
    }
    for (index, member) in members().filter(|(_, member)| member.flags & flag::ATTRIBUTE == 0) {
        write_member(writer, &shape.member(index).view(), &member)?;
    }
    writer.end(element.name);
    Ok(())
}

/// Writes a member in its structure or union; nothing where it is absent.
fn write_member(writer: &mut XmlWriter, view: &View<'_>, member: &Member) -> Result<(), BoxError> {
    let about = About::of(member);
    let element = Element { name: member.wire, namespace: about.namespace() };
    match view {
        View::Absent => Ok(()),
        View::List(items) if member.flags & flag::FLATTENED != 0 => {
            let namespace = about.items().namespace().or(element.namespace);
            write_items(writer, Element { namespace, ..element }, *items, about.items())
        }
        View::Map(entries) if member.flags & flag::FLATTENED != 0 => write_entries(writer, element, *entries, about),
        view => write_value(writer, element, view, about),
    }
}

fn write_items(writer: &mut XmlWriter, element: Element<'_>, items: &dyn Items, about: About) -> Result<(), BoxError> {
    (0..items.count()).try_for_each(|index| write_value(writer, element, &items.item(index).view(), about))
}

/// Writes the entries of a map, each as an element of this name; `about` is what is known of the map.
fn write_entries(
    writer: &mut XmlWriter,
    element: Element<'_>,
    entries: &dyn Entries,
    about: About,
) -> Result<(), BoxError> {
    let of_key = Element { name: Xml::key_name(about.xml), namespace: about.keys().namespace() };
    let of_value = Element { name: Xml::value_name(about.xml), namespace: about.items().namespace() };
    entries.each(&mut |key, value| {
        writer.begin(element.name, element.namespace);
        write_value(writer, of_key, &View::Text(key.text()), about.keys())?;
        write_value(writer, of_value, &value.view(), about.items())?;
        writer.end(element.name);
        Ok(())
    })
}

fn write_union(writer: &mut XmlWriter, element: Element<'_>, union: &dyn Union) -> Result<(), BoxError> {
    let Some((index, value)) = union.variant() else {
        return Err("a union variant that this client does not know cannot be sent".into());
    };
    writer.begin(element.name, element.namespace);
    write_member(writer, &value.view(), &union.schema().at(index))?;
    writer.end(element.name);
    Ok(())
}
