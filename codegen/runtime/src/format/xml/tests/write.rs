//! What structures become.

use std::collections::HashMap;

use aws_smithy_types::{Blob, DateTime};

use crate::format::Format;
use crate::format::xml::XML;
use crate::shape::{Member, View, Xml};

#[derive(Default)]
pub(super) struct Zone {
    pub(super) name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) size: Option<i32>,
    pub(super) open: Option<bool>,
    pub(super) share: Option<f64>,
    pub(super) when: Option<DateTime>,
    pub(super) data: Option<Blob>,
    pub(super) plain: Option<Vec<String>>,
    pub(super) flat: Option<Vec<String>>,
    pub(super) rows: Option<Vec<Vec<i32>>>,
    pub(super) tags: Option<HashMap<String, String>>,
    pub(super) flat_tags: Option<HashMap<String, i32>>,
    pub(super) inner: Option<Box<Zone>>,
    pub(super) bound: Option<String>,
}

crate::shape! {
    all_optional Zone {
        0 name: "Name",
        1 kind: "xsi:kind" = "kind" ATTRIBUTE,
        2 size: "size",
        3 open: "open",
        4 share: "share",
        5 when: "when" DATE_TIME,
        6 data: "data",
        7 plain: "plain",
        8 flat: "Flat" FLATTENED,
        9 rows: "rows",
        10 tags: "tags",
        11 flat_tags: "Tag" FLATTENED,
        12 inner: "inner",
        13 bound: HEADER "x-bound",
    } xml {
        root "ZoneRequest" Xml::PLAIN.namespace("https://zone/?a&b"),
        0 Xml::PLAIN.prefixed("z", "https://name"),
        9 Xml::list("Row").of(&Xml::list("Cell").namespace("https://row")),
        11 Xml::map("K", "V"),
        12 Xml::PLAIN.prefixed("xsi", "https://kind"),
    }
}

pub(super) fn written(zone: &Zone) -> String {
    let bytes = XML.encode(&View::Structure(zone), &Member::NONE).expect("it can be written");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let start = "<ZoneRequest xmlns=\"https://zone/?a&amp;b\">";
    text.strip_prefix(start).and_then(|rest| rest.strip_suffix("</ZoneRequest>")).expect("its root").to_owned()
}

#[test]
fn scalars_are_texts() {
    let zone = Zone {
        name: Some("a<b>\r\n\"c\" & d\u{85}".to_owned()),
        size: Some(-3),
        open: Some(true),
        share: Some(f64::NEG_INFINITY),
        when: Some(DateTime::from_secs(1_398_796_238)),
        data: Some(Blob::new(b"value".to_vec())),
        bound: Some("elsewhere".to_owned()),
        ..Zone::default()
    };
    let expected = [
        r#"<Name xmlns:z="https://name">a&lt;b&gt;&#xD;&#xA;&quot;c&quot; &amp; d&#x85;</Name>"#,
        "<size>-3</size>",
        "<open>true</open>",
        "<share>-Infinity</share>",
        "<when>2014-04-29T18:30:38Z</when>",
        "<data>dmFsdWU=</data>",
    ];
    assert_eq!(written(&zone).replace("><", ">\n<").lines().collect::<Vec<_>>(), expected);
}

#[test]
fn lists_and_maps_are_elements_or_flattened() {
    let words = |words: [&str; 2]| Some(words.map(str::to_owned).to_vec());
    let zone = Zone {
        plain: words(["a", ""]),
        flat: words(["b", "c"]),
        rows: Some(vec![vec![1, 2], Vec::new()]),
        tags: Some([("k".to_owned(), "v".to_owned())].into()),
        flat_tags: Some([("k".to_owned(), 7)].into()),
        ..Zone::default()
    };
    let expected = [
        "<plain>",
        "<member>a</member>",
        "<member>",
        "</member>",
        "</plain>",
        "<Flat>b</Flat>",
        "<Flat>c</Flat>",
        "<rows>",
        r#"<Row xmlns="https://row">"#,
        "<Cell>1</Cell>",
        "<Cell>2</Cell>",
        "</Row>",
        r#"<Row xmlns="https://row">"#,
        "</Row>",
        "</rows>",
        "<tags>",
        "<entry>",
        "<key>k</key>",
        "<value>v</value>",
        "</entry>",
        "</tags>",
        "<Tag>",
        "<K>k</K>",
        "<V>7</V>",
        "</Tag>",
    ];
    assert_eq!(written(&zone).replace("><", ">\n<").lines().collect::<Vec<_>>(), expected);
}

#[test]
fn attributes_stand_in_the_tag_of_their_structure() {
    let inner = Zone { kind: Some("\"x\"\n<".to_owned()), ..Zone::default() };
    let zone =
        Zone { inner: Some(Box::new(inner)), plain: Some(Vec::new()), flat: Some(Vec::new()), ..Zone::default() };
    let expected = "<plain></plain><inner xmlns:xsi=\"https://kind\" xsi:kind=\"&quot;x&quot;&#xA;&lt;\"></inner>";
    assert_eq!(written(&zone), expected);
}

#[test]
fn a_payload_has_the_name_of_its_member() {
    let zone = Zone { size: Some(1), ..Zone::default() };
    let member = Member { wire: "Payload", xml: Some(&Xml::PLAIN), ..Member::NONE };
    let bytes = XML.encode(&View::Structure(&zone), &member).expect("it can be written");
    assert_eq!(bytes, b"<Payload><size>1</size></Payload>");
}

#[test]
fn characters_that_xml_does_not_have_cannot_be_sent() {
    for zone in [
        Zone { name: Some("a\u{1}".to_owned()), ..Zone::default() },
        Zone { tags: Some([("\0".to_owned(), String::new())].into()), ..Zone::default() },
        Zone { kind: Some("\u{ffff}".to_owned()), ..Zone::default() },
    ] {
        let error = XML.encode(&View::Structure(&zone), &Member::NONE).expect_err("it cannot be written");
        assert_eq!(error.to_string(), "a text with a control character cannot be sent: XML does not have it");
    }
}
