//! What the reader takes for XML, and what it says where it takes it not.

use crate::format::DecodeError;
use crate::format::xml::read::{XmlReader, is_called};

/// The elements of a document in the order in which they begin, each with its depth.
fn outline(xml: &str) -> Result<String, DecodeError> {
    fn below(reader: &mut XmlReader<'_>, depth: usize, told: &mut String) -> Result<(), DecodeError> {
        while let Some(element) = reader.next_child()? {
            told.push_str(&format!(" {depth}{}", element.name()));
            below(reader, depth + 1, told)?;
        }
        Ok(())
    }
    let mut reader = XmlReader::new(xml.as_bytes());
    let mut told = reader.root()?.name().to_owned();
    below(&mut reader, 1, &mut told)?;
    reader.finish()?;
    Ok(told)
}

fn text(xml: &str) -> Result<String, String> {
    let mut reader = XmlReader::new(xml.as_bytes());
    let read = reader.root().and_then(|_| reader.text().map(|text| text.into_owned()));
    read.and_then(|text| reader.finish().map(|()| text)).map_err(|error| error.to_string())
}

#[test]
fn what_is_around_the_elements_is_passed_over() {
    let xml = "\u{feff}<?xml version = \"1.0\" encoding='UTF-8'?>\n<!-- a -->\n<?go on?><a>\n  <b/>text<!-- <x> --><c\n d='1'><![CDATA[<x>]]></c ></a>\n<!-- b -->\n<?end?>";
    assert_eq!(outline(xml).as_deref(), Ok("a 1b 1c"));
}

#[test]
fn text_is_read_as_xml_says() {
    assert_eq!(text("<a>  </a>").as_deref(), Ok("  "));
    assert_eq!(text("<a/>").as_deref(), Ok(""));
    assert_eq!(text("<a>x &lt;&gt;&amp;&quot;&apos; &#xD;&#10;&#x1F600;</a>").as_deref(), Ok("x <>&\"' \r\n\u{1f600}"));
    assert_eq!(text("<a>1<!-- no -->2<![CDATA[<3 & 4>]]>5<?no?>6</a>").as_deref(), Ok("12<3 & 4>56"));
    assert_eq!(text("<a>1\r\n2\r3\n<![CDATA[4\r\n5\r]]></a>").as_deref(), Ok("1\n2\n3\n4\n5\n"));
}

#[test]
fn entities_are_the_five_of_xml_and_numbers() {
    let unknown = |text: &str| Err(format!("an entity that is not one of XML itself at byte {}", 3 + text.len()));
    for entity in ["&nbsp;", "&;", "&", "&amp", "&#;", "&#x;", "&#xD800;", "&#x110000;", "&#0;", "&#+1;", "&#X41;"] {
        assert_eq!(text(&format!("<a>{entity} </a>")), unknown(""), "{entity}");
        assert!(outline(&format!("<a b='{entity} '/>")).is_err(), "{entity}");
        assert!(outline(&format!("<a>{entity} </a>")).is_err(), "{entity}");
    }
}

#[test]
fn document_types_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>";
    assert_eq!(text(bomb), Err("a document type, which services do not send at byte 0".to_owned()));
}

#[test]
fn what_is_not_well_formed_is_refused_where_it_stands() {
    for (xml, problem) in [
        ("", "the XML document ends too early: expected an element at byte 0"),
        ("a", "expected an element at byte 0"),
        ("{\"a\":1}", "expected an element at byte 0"),
        ("<", "the XML document ends too early: expected the name of an element at byte 1"),
        ("<1/>", "expected the name of an element at byte 1"),
        ("<a>", "the XML document ends too early: expected the end of an element at byte 3"),
        ("<a></b>", "expected the end of the element that was opened last at byte 3"),
        ("<a></ab>", "expected `>` at byte 6"),
        ("<a/", "the XML document ends too early: expected `>` at byte 3"),
        ("<a/><b/>", "expected the end of the document at byte 4"),
        ("<a/>b", "expected the end of the document at byte 4"),
        ("<a b/>", "expected `=` at byte 4"),
        ("<a b=1/>", "expected a value in quotes at byte 5"),
        ("<a b='<'/>", "expected the end of a value in quotes at byte 6"),
        ("<a b='1'c='2'/>", "expected `>` at byte 8"),
        ("<a b='1' b='2'/>", "an attribute that was there already at byte 10"),
        ("<a>]]></a>", "the end of a section that was not begun at byte 3"),
        ("<a>\u{1}</a>", "a control character at byte 3"),
        ("<a>\u{ffff}</a>", "a control character at byte 3"),
        ("<a b='\u{1}'/>", "a control character at byte 6"),
        ("<a><!-- -- --></a>", "expected `>`, as two hyphens end a comment at byte 10"),
        ("<a><!-- ", "the XML document ends too early: expected `-->` at byte 8"),
        ("<a><![CDATA[", "the XML document ends too early: expected `]]>` at byte 12"),
        ("<a><!b></a>", "expected a comment or a section at byte 3"),
        (" <?xml version='1.0'?><a/>", "a declaration that is not at the beginning at byte 1"),
    ] {
        assert_eq!(outline(xml).map_err(|error| error.to_string()), Err(problem.to_owned()), "{xml}");
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_refused_where_they_stand() {
    let mut reader = XmlReader::new(b"<a>\xff</a>");
    assert!(reader.root().is_ok());
    assert_eq!(reader.text().map_err(|error| error.to_string()), Err("invalid UTF-8 at byte 3".to_owned()));
}

#[test]
fn elements_stand_inside_each_other_up_to_a_depth() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let skipped = |xml: &str| {
        let mut reader = XmlReader::new(xml.as_bytes());
        reader.root()?;
        reader.skip()?;
        reader.finish()
    };
    assert!(skipped(&nested(512)).is_ok());
    let refused = skipped(&nested(513)).map_err(|error| error.to_string());
    assert_eq!(refused, Err("more than 512 elements inside each other at byte 1536".to_owned()));
}

#[test]
fn attributes_are_found_with_their_values() {
    let mut reader = XmlReader::new(b"<a b = 'x &amp; y' c=\"1\n2\" xsi:type='t' type='u'/>");
    let root = reader.root().expect("well-formed");
    assert_eq!(root.attribute("b").as_deref(), Some("x & y"));
    assert_eq!(root.attribute("c").as_deref(), Some("1 2"));
    assert_eq!(root.attribute("xsi:type").as_deref(), Some("t"));
    assert_eq!(root.attribute("type").as_deref(), Some("u"));
    assert_eq!(root.attribute("d"), None);
    let mut other = XmlReader::new(b"<a i:type='t'/>");
    assert_eq!(other.root().expect("well-formed").attribute("xsi:type").as_deref(), Some("t"));
}

#[test]
fn prefixes_matter_where_the_model_has_one() {
    assert!(is_called("Zone", "Zone") && is_called("ns2:Zone", "Zone") && is_called("a:type", "xsi:type"));
    assert!(!is_called("type", "xsi:type") && !is_called("Zone", "Zones") && !is_called("Zone:a", "Zone"));
}
