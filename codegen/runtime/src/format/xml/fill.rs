//! Fills emitted values from XML, as their tables say.
//!
//! Elements and attributes that no member is called by are passed over. Of an element that comes several times the last one
//! counts, unless the member is flattened: then each is a part of it, wherever it stands.

use aws_smithy_types::{Blob, base64};
use std::borrow::Cow;

use super::read::{Element, XmlReader, is_called};
use crate::format::{DecodeError, MAX_DEPTH};
use crate::shape::{Member, Schema, Shape, TimestampFormat, Union, Value, Xml, complete_shape, flag};
use crate::slot::{Assignments, Elements, Slot};

/// What is known of a value beside its slot.
#[derive(Clone, Copy, Debug)]
struct About {
    /// The flags of the member that it belongs to.
    flags: u16,
    xml: Option<&'static Xml>,
    /// How many lists, maps and structures it stands in.
    depth: usize,
}

impl About {
    fn of(schema: &'static Schema, index: usize, depth: usize) -> Self {
        Self { flags: schema.rows[index].1, xml: schema.xml.and_then(|xml| xml.member(index)), depth }
    }

    /// The same of the elements of a list, or of the values of a map.
    fn items(self) -> Self {
        Self { xml: self.xml.and_then(|xml| xml.items), ..self }
    }

    /// The same inside of it.
    ///
    /// # Errors
    /// When that is too deep.
    fn inside(self) -> Result<Self, DecodeError> {
        match self.depth < MAX_DEPTH {
            true => Ok(Self { depth: self.depth + 1, ..self }),
            false => Err(DecodeError::refused("more than 128 lists, maps and structures inside each other")),
        }
    }
}

/// Fills a value from a document: a structure, or the payload that a member is.
///
/// # Errors
/// When the document is malformed, something in it is of another type than the table says, or it is a document of something
/// else: its element has another name, and nothing in it is known.
pub(super) fn document(bytes: &[u8], slot: Slot<'_>, member: &Member) -> Result<(), DecodeError> {
    let mut reader = XmlReader::new(bytes);
    let root = reader.root()?;
    let about = About { flags: member.flags, xml: member.xml, depth: 0 };
    match slot {
        Slot::Structure(shape) if whole(shape.schema()).is_some() => {
            let schema = shape.schema();
            let index = whole(schema).unwrap_or_default();
            read_value(&mut reader, &root, shape.member_mut(index), About::of(schema, index, 0))?;
            complete_shape(shape);
        }
        Slot::Structure(shape) => {
            let own = shape.schema().xml.and_then(|xml| xml.root.as_ref()).map(|(name, _)| *name);
            let name = if member.wire.is_empty() { own } else { Some(member.wire) };
            let seen = fill_structure(&mut reader, &root, shape, 0)?;
            if seen == Seen::Foreign && !name.is_none_or(|name| root.is(name)) {
                return Err(DecodeError::mismatch("an element of the service").at(root.start()));
            }
        }
        slot => {
            read_slot(&mut reader, &root, slot, about)?;
        }
    }
    reader.finish()
}

/// Position of the member that is a document by itself.
fn whole(schema: &Schema) -> Option<usize> {
    schema.rows.iter().position(|(_, flags)| flags & flag::DOCUMENT != 0)
}

/// Fills the members of a structure from the element that was opened last, and closes it.
///
/// # Errors
/// When it is malformed, or something in it is of another type than the table says.
pub fn read_structure(
    reader: &mut XmlReader<'_>,
    element: &Element<'_>,
    shape: &mut dyn Shape,
) -> Result<(), DecodeError> {
    fill_structure(reader, element, shape, 0).map(|_| ())
}

/// What was in the element of a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// Nothing.
    Nothing,
    /// Members, among other things perhaps.
    Members,
    /// Elements that are no members.
    Foreign,
}

fn fill_structure(
    reader: &mut XmlReader<'_>,
    element: &Element<'_>,
    shape: &mut dyn Shape,
    depth: usize,
) -> Result<Seen, DecodeError> {
    let schema = shape.schema();
    let mut seen = read_attributes(element, shape)?;
    // Flattened members that were read, from all of their places.
    let mut gathered = Vec::new();
    let mut expected = 0;
    while let Some(child) = reader.next_child()? {
        let Some(index) = position(schema, child.name(), expected) else {
            reader.skip()?;
            seen = if seen == Seen::Nothing { Seen::Foreign } else { seen };
            continue;
        };
        (expected, seen) = (index + 1, Seen::Members);
        let about = About::of(schema, index, depth).inside()?;
        if gathered.contains(&index) {
            reader.skip()?;
        } else if about.flags & flag::FLATTENED != 0 {
            gathered.push(index);
            gather(reader, &child, schema.rows[index].0, shape.member_mut(index).slot(), about)?;
        } else {
            read_value(reader, &child, shape.member_mut(index), about)?;
        }
    }
    complete_shape(shape);
    Ok(seen)
}

/// Position of the member with this element. Services send members in the order of the model, so that the search begins at
/// `expected`, the position after the last hit.
fn position(schema: &Schema, element: &str, expected: usize) -> Option<usize> {
    let found = |index: &usize| {
        let (name, flags) = schema.rows[*index];
        flags & (flag::LOCATION | flag::ATTRIBUTE) == 0 && is_called(element, name)
    };
    (expected..schema.rows.len()).chain(0..expected.min(schema.rows.len())).find(found)
}

fn read_attributes(element: &Element<'_>, shape: &mut dyn Shape) -> Result<Seen, DecodeError> {
    let schema = shape.schema();
    let mut seen = Seen::Nothing;
    for (index, (name, flags)) in schema.rows.iter().enumerate() {
        if flags & flag::LOCATION == 0
            && flags & flag::ATTRIBUTE != 0
            && let Some(value) = element.attribute(name)
        {
            seen = Seen::Members;
            read_text(shape.member_mut(index).slot(), value, *flags)?;
        }
    }
    Ok(seen)
}

/// Fills a member from the element that was opened last, and closes it. An element without text says nothing of a number, a
/// boolean or a timestamp.
fn read_value(
    reader: &mut XmlReader<'_>,
    element: &Element<'_>,
    value: &mut dyn Value,
    about: About,
) -> Result<(), DecodeError> {
    if !read_slot(reader, element, value.slot(), about)? {
        if about.flags & flag::DEFAULT != 0 {
            return Err(DecodeError::mismatch("a value").at(element.start()));
        }
        value.reset();
    }
    Ok(())
}

/// Fills a slot from the element that was opened last, and closes it. False where the element says nothing.
fn read_slot(
    reader: &mut XmlReader<'_>,
    element: &Element<'_>,
    slot: Slot<'_>,
    about: About,
) -> Result<bool, DecodeError> {
    let depth = about.depth;
    match slot {
        Slot::List(list) => read_list(reader, list, about.inside()?)?,
        Slot::Map(map) => {
            let about = about.inside()?;
            while let Some(entry) = reader.next_child()? {
                match entry.is("entry") {
                    true => read_entry(reader, map, about)?,
                    false => reader.skip()?,
                }
            }
        }
        Slot::Structure(shape) => {
            fill_structure(reader, element, shape, depth)?;
        }
        Slot::Union(union) => read_union(reader, union, depth)?,
        scalar => {
            let text = reader.text()?;
            return read_text(scalar, text, about.flags).map_err(|error| error.at(element.start()));
        }
    }
    Ok(true)
}

/// Fills a scalar from its text. False where there is none, and none is no value.
fn read_text(slot: Slot<'_>, text: Cow<'_, str>, flags: u16) -> Result<bool, DecodeError> {
    let trimmed = text.trim_ascii();
    match slot {
        Slot::Text(place) => *place = text.into_owned(),
        Slot::Enum(word) => word.set(&text),
        Slot::Blob(place) => {
            *place = base64::decode(trimmed).map(Blob::new).map_err(|_| DecodeError::mismatch("base64 text"))?;
        }
        Slot::Stream(place) => {
            *place = base64::decode(trimmed).map(Into::into).map_err(|_| DecodeError::mismatch("base64 text"))?;
        }
        Slot::Document(_) => return Err(DecodeError::refused("a document, which XML does not have")),
        _ if trimmed.is_empty() => return Ok(false),
        Slot::Boolean(place) => *place = parsed(trimmed, "`true` or `false`")?,
        Slot::Integer(place) => {
            if !trimmed.parse().is_ok_and(|number| place.set(number)) {
                return Err(DecodeError::mismatch(place.range()));
            }
        }
        Slot::Float(place) => *place = parsed(trimmed, "a number")?,
        Slot::Double(place) => *place = parsed(trimmed, "a number")?,
        Slot::BigNumber(place) => {
            if !place.set(trimmed) {
                return Err(DecodeError::mismatch(place.expected()));
            }
        }
        Slot::Timestamp(place) => {
            let format = TimestampFormat::of(flags);
            *place = format.parse(trimmed).map_err(|_| DecodeError::mismatch("a timestamp"))?;
        }
        Slot::List(_) | Slot::Map(_) | Slot::Structure(_) | Slot::Union(_) => {
            return Err(DecodeError::mismatch("elements"));
        }
        Slot::Metadata(_) => return Err(DecodeError::mismatch("nothing, as it is no member")),
    }
    Ok(true)
}

fn parsed<T: std::str::FromStr>(text: &str, expected: &'static str) -> Result<T, DecodeError> {
    text.parse().map_err(|_| DecodeError::mismatch(expected))
}

/// Fills a list from the element that was opened last, and closes it; `about` is what is known of the list.
fn read_list(reader: &mut XmlReader<'_>, list: &mut dyn Elements, about: About) -> Result<(), DecodeError> {
    let name = Xml::item_name(about.xml);
    while let Some(child) = reader.next_child()? {
        match child.is(name) {
            true => read_item(reader, &child, list, about)?,
            false => reader.skip()?,
        }
    }
    Ok(())
}

/// Appends the element that was opened last to a list, and closes it. One that says nothing is null, and dropped, except from
/// sparse lists.
fn read_item(
    reader: &mut XmlReader<'_>,
    child: &Element<'_>,
    list: &mut dyn Elements,
    about: About,
) -> Result<(), DecodeError> {
    let item = list.append();
    if !read_slot(reader, child, item.slot(), about.items())? {
        if item.nullable() {
            item.reset();
        } else {
            list.withdraw();
        }
    }
    Ok(())
}

/// Adds the element that was opened last to a flattened member, and closes it.
type ReadPart<'m> = dyn FnMut(&mut XmlReader<'_>, &Element<'_>) -> Result<(), DecodeError> + 'm;

/// Fills a flattened member: from the element that was opened last, from those of its name that follow, and from those that
/// stand apart in the rest of the structure.
fn gather(
    reader: &mut XmlReader<'_>,
    first: &Element<'_>,
    name: &str,
    slot: Slot<'_>,
    about: About,
) -> Result<(), DecodeError> {
    let mut part: Box<ReadPart<'_>> = match slot {
        Slot::List(list) => Box::new(move |reader, child| read_item(reader, child, list, about)),
        Slot::Map(map) => Box::new(move |reader, _| read_entry(reader, map, about)),
        // The generator flattens nothing else.
        _ => return Err(DecodeError::mismatch("a list or a map")),
    };
    part(reader, first)?;
    let mut ahead = reader.clone();
    let mut is_run = true;
    while let Some(child) = ahead.next_child()? {
        if child.is(name) {
            part(&mut ahead, &child)?;
            if is_run {
                reader.clone_from(&ahead);
            }
        } else {
            is_run = false;
            ahead.skip()?;
        }
    }
    Ok(())
}

/// Reads an entry of a map from the element that was opened last, and closes it; `about` is what is known of the map. Key and
/// value may come in any order. An entry without a value is null, and dropped, except from sparse maps.
fn read_entry(reader: &mut XmlReader<'_>, map: &mut dyn Assignments, about: About) -> Result<(), DecodeError> {
    let (key_name, value_name) = (Xml::key_name(about.xml), Xml::value_name(about.xml));
    let start = reader.position();
    let mut key: Option<Cow<'_, str>> = None;
    let mut early = None;
    let mut is_there = false;
    while let Some(child) = reader.next_child()? {
        if key.is_none() && child.is(key_name) {
            let name = reader.text()?;
            if let Some((mut value, element)) = early.take() {
                is_there = read_assigned(&mut value, &element, map, &name, about)?;
            }
            key = Some(name);
        } else if !child.is(value_name) {
            reader.skip()?;
        } else if let Some(key) = &key {
            is_there = read_assigned(reader, &child, map, key, about)?;
        } else {
            early = Some((reader.clone(), child));
            reader.skip()?;
        }
    }
    let Some(key) = key else { return Err(DecodeError::mismatch("the key of an entry").at(start)) };
    if !is_there && map.nullable() {
        map.assign(&key);
    } else if !is_there {
        map.withdraw(&key);
    }
    Ok(())
}

/// Fills the value under a key from the element that was opened last, and closes it. False where the element says nothing.
fn read_assigned(
    reader: &mut XmlReader<'_>,
    element: &Element<'_>,
    map: &mut dyn Assignments,
    key: &str,
    about: About,
) -> Result<bool, DecodeError> {
    read_slot(reader, element, map.assign(key).slot(), about.items())
}

/// Fills a union from the element that was opened last, and closes it: one member, which may be flattened.
fn read_union(reader: &mut XmlReader<'_>, union: &mut dyn Union, depth: usize) -> Result<(), DecodeError> {
    let schema = union.schema();
    let start = reader.position();
    let one = || DecodeError::mismatch("a union with one member").at(start);
    let mut found = false;
    while let Some(child) = reader.next_child()? {
        let Some(index) = position(schema, child.name(), 0) else {
            // A variant that was added since: nobody knows whether it is flattened.
            if std::mem::replace(&mut found, true) && union.variant().is_some() {
                return Err(one());
            }
            reader.skip()?;
            continue;
        };
        let about = About::of(schema, index, depth).inside()?;
        let is_again = about.flags & flag::FLATTENED != 0 && union.variant().is_some_and(|(known, _)| known == index);
        if is_again {
            // Gathered with the first one.
            reader.skip()?;
            continue;
        }
        if std::mem::replace(&mut found, true) {
            return Err(one());
        }
        let slot = union.select(index).slot();
        if about.flags & flag::FLATTENED != 0 {
            gather(reader, &child, schema.rows[index].0, slot, about)?;
        } else {
            read_slot(reader, &child, slot, about)?;
        }
    }
    if found { Ok(()) } else { Err(one()) }
}
