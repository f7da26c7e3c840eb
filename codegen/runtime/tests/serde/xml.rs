//! Types of a service that writes XML: in any other notation members are called as in the model.

use smithy_client_runtime::shape::Xml;
use smithy_client_runtime::{shape, union};

use super::{from_json, refusal, to_json};

/// A structure whose members have other names in XML.
pub struct Zone {
    kind: Option<String>,
    words: Option<Vec<String>>,
    owner: Option<Owner>,
}

shape! {
    all_optional Zone {
        0 kind: "xsi:Kind" = "kind" ATTRIBUTE,
        1 words: "Word" = "words" FLATTENED,
        2 owner: "Owner" = "owner",
    } xml {
        root "ZoneRequest" Xml::PLAIN.namespace("https://zones/"),
        2 Xml::PLAIN.prefixed("xsi", "https://instance"),
    }
}

/// A union whose member has another name in XML.
#[derive(Clone, PartialEq)]
pub enum Owner {
    /// A name.
    Name(String),
    /// What this version does not know.
    Unknown,
}

union! {
    Owner {
        0 Name(String), is_name, as_name: "Name" = "name",
    }
}

#[test]
fn members_are_called_as_in_the_model() {
    let json = r#"{"kind":"a","words":["b"],"owner":{"name":"c"}}"#;
    let zone: Zone = from_json(json);
    assert_eq!((zone.kind.as_deref(), zone.owner.clone()), (Some("a"), Some(Owner::Name("c".to_owned()))));
    assert_eq!(to_json(&zone), json);
    assert!(from_json::<Zone>(r#"{"Word":["b"]}"#).words.is_none(), "the name in XML is none here");
    assert!(refusal::<Owner>(r#"{"name":1}"#).contains("name"));
}
