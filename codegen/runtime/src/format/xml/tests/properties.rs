//! Reader and writer against `roxmltree`, on generated documents and on texts with something changed.
//!
//! The two readers agree on every text but these: document types (only the other one takes them), prefixes that nobody
//! declared and numbers of control characters (only ours takes them), attributes that differ in their prefix alone, letters
//! beyond ASCII in names, and how deep and how wide a document may be.

use proptest::prelude::*;

use crate::format::DecodeError;
use crate::format::xml::read::XmlReader;
use crate::format::xml::write::XmlWriter;

/// An element: its name, its attributes, and its text or what is in it.
#[derive(Clone, Debug, PartialEq)]
struct Tree {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Tree>,
}

const NAMES: [&str; 4] = ["a", "Zone", "b-2", "_c.d"];

/// The names of attributes that are looked for.
const ATTRIBUTES: [&str; 3] = ["k", "kind", "x_1"];

fn trees() -> impl Strategy<Value = Tree> {
    let text = prop_oneof![Just(String::new()), "[ -~éß\u{2028}\u{85}\r\n\t]{0,12}", "\\PC{0,8}"];
    let attributes = proptest::sample::subsequence(ATTRIBUTES.to_vec(), 0..=3).prop_flat_map(|names| {
        names.into_iter().map(|name| (Just(name.to_owned()), "[ -~é\r\n\t]{0,6}")).collect::<Vec<_>>()
    });
    let head = (proptest::sample::select(NAMES.to_vec()), attributes);
    let leaf = (head.clone(), text).prop_map(|((name, attributes), text)| {
        let text = text.chars().filter(|c| !c.is_control() || "\r\n\t\u{85}".contains(*c)).collect();
        Tree { name: name.to_owned(), attributes, text, children: Vec::new() }
    });
    leaf.prop_recursive(5, 40, 5, move |inner| {
        (head.clone(), prop::collection::vec(inner, 1..5)).prop_map(|((name, attributes), children)| Tree {
            name: name.to_owned(),
            attributes,
            text: String::new(),
            children,
        })
    })
}

fn write(xml: &mut XmlWriter, tree: &Tree) {
    xml.begin(&tree.name, None);
    for (name, value) in &tree.attributes {
        xml.attribute(name, value).expect("it has no control characters");
    }
    if tree.children.is_empty() {
        xml.text(&tree.text).expect("it has no control characters");
    }
    tree.children.iter().for_each(|child| write(xml, child));
    xml.end(&tree.name);
}

fn written(tree: &Tree) -> String {
    let mut xml = XmlWriter::new();
    write(&mut xml, tree);
    xml.finish()
}

/// Reads the element that was opened last. What is in one with elements is read as elements, else as text.
fn read(xml: &mut XmlReader<'_>, name: &str, attributes: Vec<(String, String)>) -> Result<Tree, DecodeError> {
    let mut ahead = xml.clone();
    let text = match ahead.text() {
        Ok(text) => {
            *xml = ahead;
            return Ok(Tree { name: name.to_owned(), attributes, text: text.into_owned(), children: Vec::new() });
        }
        Err(_) => String::new(),
    };
    let mut children = Vec::new();
    while let Some(element) = xml.next_child()? {
        children.push(read(xml, element.name(), found(&element))?);
    }
    Ok(Tree { name: name.to_owned(), attributes, text, children })
}

fn found(element: &crate::format::xml::read::Element<'_>) -> Vec<(String, String)> {
    ATTRIBUTES.iter().filter_map(|name| Some(((*name).to_owned(), element.attribute(name)?.into_owned()))).collect()
}

fn ours(text: &[u8]) -> Result<Tree, DecodeError> {
    let mut xml = XmlReader::new(text);
    let root = xml.root()?;
    let tree = read(&mut xml, root.name(), found(&root))?;
    xml.finish()?;
    Ok(tree)
}

fn theirs(text: &[u8]) -> Option<Tree> {
    fn tree(node: roxmltree::Node<'_, '_>) -> Tree {
        let children: Vec<Tree> = node.children().filter(|child| child.is_element()).map(tree).collect();
        let text: String = node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
        let attributes =
            ATTRIBUTES.iter().filter_map(|name| Some(((*name).to_owned(), node.attribute(*name)?.to_owned())));
        Tree {
            name: node.tag_name().name().to_owned(),
            attributes: attributes.collect(),
            text: if children.is_empty() { text } else { String::new() },
            children,
        }
    }
    let text = std::str::from_utf8(text).ok()?;
    roxmltree::Document::parse(text).ok().map(|document| tree(document.root_element()))
}

/// Whether both take a text, and for the same; what only one of them takes is known.
fn agree(text: &[u8]) {
    match (ours(text), theirs(text)) {
        (Ok(ours), Some(theirs)) => assert_eq!(ours, theirs, "{}", String::from_utf8_lossy(text)),
        (Ok(_), None) => {
            let lossy = String::from_utf8_lossy(text);
            let is_known = lossy.contains(':') || lossy.contains("&#") || !lossy.is_ascii() || lossy.contains("<?");
            assert!(is_known, "only ours takes {lossy}");
        }
        (Err(error), Some(_)) => {
            let said = error.to_string();
            let lossy = String::from_utf8_lossy(text);
            assert!(said.starts_with("a document type") || lossy.contains("&#"), "{said}: {lossy}");
        }
        (Err(_), None) => {}
    }
}

/// Pieces of XML, some of which make a document and most of which do not.
const PIECES: [&str; 30] = [
    "<a>",
    "</a>",
    "<a/>",
    "<Zone k='1'>",
    "</Zone>",
    "<b-2 kind=\"x\" />",
    "</",
    ">",
    "<",
    "/",
    "&",
    "&amp;",
    "&lt;",
    "&#10;",
    "&x;",
    ";",
    "<!--",
    "-->",
    "--",
    "<![CDATA[",
    "]]>",
    "<?p d?>",
    "<?xml version='1.0'?>",
    "'",
    "\"",
    "=",
    " ",
    "text",
    "\r\n",
    "<!DOCTYPE a>",
];

proptest! {
    #[test]
    fn what_is_written_is_read_by_both(tree in trees()) {
        let text = written(&tree);
        let ours = ours(text.as_bytes()).expect("what is written is XML");
        prop_assert_eq!(&ours, &tree, "{}", text);
        prop_assert_eq!(Some(ours), theirs(text.as_bytes()), "{}", text);
    }

    #[test]
    fn both_take_the_same_of_what_was_changed(tree in trees(), place in 0.0..1.0_f64, piece in proptest::sample::select(PIECES.to_vec()), removed in 0..4_usize) {
        let text = written(&tree);
        let mut bytes = text.into_bytes();
        let at = (place * bytes.len() as f64) as usize;
        let end = (at + removed).min(bytes.len());
        bytes.splice(at..end, piece.bytes());
        agree(&bytes);
    }

    #[test]
    fn both_take_the_same_of_pieces(pieces in prop::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..12)) {
        agree(pieces.concat().as_bytes());
        agree(format!("<a>{}</a>", pieces.concat()).as_bytes());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        agree(&bytes);
    }
}
