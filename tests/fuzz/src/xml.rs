//! The XML reader and writer against `roxmltree`: the same texts are XML, and they mean the same. Structures that are read
//! are written and read again.

use roxmltree::Node;
use smithy_client_runtime::format::xml::XML;
use smithy_client_runtime::format::xml::read::XmlReader;
use smithy_client_runtime::format::{DecodeError, Format};
use smithy_client_runtime::shape::{Member, Shape, View};
use smithy_client_runtime::slot::Slot;

use crate::shapes::{Choice, Everything};
use smithy_client_runtime::shape;
use smithy_client_runtime::shape::Xml;
use std::collections::HashMap;

/// A structure with what only XML has: attributes, flattened lists and maps, and names of what is in them.
pub struct Tagged {
    kind: Option<String>,
    words: Option<Vec<String>>,
    tags: Option<HashMap<String, i32>>,
    rows: Option<Vec<Vec<f64>>>,
    choices: Option<Vec<Choice>>,
    inner: Option<Box<Tagged>>,
    all: Option<Everything>,
}

shape! {
    all_optional Tagged {
        0 kind: "x:kind" = "kind" ATTRIBUTE,
        1 words: "Word" FLATTENED,
        2 tags: "Tag" FLATTENED,
        3 rows: "rows",
        4 choices: "choices",
        5 inner: "inner",
        6 all: "all",
    } xml {
        root "Tagged" Xml::PLAIN.prefixed("x", "https://x"),
        2 Xml::map("K", "V"),
        3 Xml::list("Row").of(&Xml::list("Cell")),
    }
}

/// Reads bytes as elements and as a structure.
pub fn check(data: &[u8]) {
    elements(data);
    structures(data);
}

/// What a document says: names, attributes that are looked for, and texts, in the order in which they stand.
fn ours(data: &[u8]) -> Result<String, DecodeError> {
    let mut reader = XmlReader::new(data);
    let root = reader.root()?;
    let mut told = String::new();
    tell(&mut reader, root.name(), root.attribute("k").as_deref(), &mut told)?;
    reader.finish()?;
    Ok(told)
}

/// Tells of the element that was opened last. One without elements in it is a text.
fn tell(reader: &mut XmlReader<'_>, name: &str, k: Option<&str>, told: &mut String) -> Result<(), DecodeError> {
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    told.push_str(&format!("<{local} {k:?}"));
    let mut ahead = reader.clone();
    if let Ok(text) = ahead.text() {
        told.push_str(&format!(" {text:?}>"));
        *reader = ahead;
        return Ok(());
    }
    while let Some(child) = reader.next_child()? {
        tell(reader, child.name(), child.attribute("k").as_deref(), told)?;
    }
    told.push('>');
    Ok(())
}

fn theirs(node: Node<'_, '_>, told: &mut String) {
    told.push_str(&format!("<{} {:?}", node.tag_name().name(), node.attribute("k")));
    if node.children().any(|child| child.is_element()) {
        node.children().filter(Node::is_element).for_each(|child| theirs(child, told));
        told.push('>');
    } else {
        let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
        told.push_str(&format!(" {text:?}>"));
    }
}

fn elements(data: &[u8]) {
    let ours = ours(data);
    let mut reader = XmlReader::new(data);
    let skipped = reader.root().and_then(|_| reader.skip()).and_then(|()| reader.finish());
    let Ok(text) = std::str::from_utf8(data) else {
        assert!(ours.is_err() && skipped.is_err());
        return;
    };
    let document = roxmltree::Document::parse(text);
    let has = |piece: &str| text.contains(piece);
    match (&ours, &document) {
        (Ok(ours), Ok(document)) => {
            let mut told = String::new();
            theirs(document.root_element(), &mut told);
            // Attributes with a prefix are found by the local name.
            assert!(*ours == told || has(":k"), "{ours} {told}");
            assert_eq!(skipped, Ok(()));
        }
        // Prefixes that nobody declared, numbers of control characters, names of letters beyond ASCII, odd declarations.
        (Ok(_), Err(error)) => assert!(has(":") || has("&#") || !text.is_ascii() || has("<?"), "{error}"),
        // Document types, instructions that are called as a declaration or have no blank after their name, prefixes without
        // a letter, long numbers, and how wide and how deep.
        (Err(error), Ok(_)) => {
            let said = error.to_string();
            let known = [
                "a document type",
                "a declaration that is not at the beginning",
                "expected a blank or `?>`",
                "more than",
            ];
            let has_no_prefix = has("<:") || has("</:");
            assert!(known.iter().any(|known| said.starts_with(known)) || has("&#") || has_no_prefix, "{said}");
        }
        (Err(_), Err(_)) => {}
    }
}

fn read(data: &[u8]) -> Result<Tagged, DecodeError> {
    let mut shape = <Tagged as Shape>::empty();
    XML.decode(data, Slot::Structure(&mut shape), &Member::NONE)?;
    without_empty_maps(&mut shape);
    Ok(shape)
}

/// A number without a text is none, and a flattened map that had nothing else is written as nothing.
fn without_empty_maps(shape: &mut Tagged) {
    shape.tags = shape.tags.take().filter(|tags| !tags.is_empty());
    shape.inner.as_deref_mut().into_iter().for_each(without_empty_maps);
}

fn structures(data: &[u8]) {
    let Ok(shape) = read(data) else { return };
    // Control characters can be read by their number, and not be sent; a variant that nobody knows neither.
    let Ok(written) = XML.encode(&View::Structure(&shape), &Member::NONE) else { return };
    let again = read(&written).expect("what is written can be read");
    let text = |shape: &Tagged| format!("{shape:?}");
    let is_same = again == shape || text(&shape).contains("NaN") || text(&again) == text(&shape);
    assert!(is_same, "{shape:?} {again:?} {}", String::from_utf8_lossy(&written));
}
