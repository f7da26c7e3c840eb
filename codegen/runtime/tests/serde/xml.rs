//! Types of a service that writes XML: in any other notation members are called as in the model.

use super::{Owner, Zone, from_json, refusal, to_json};

#[test]
fn members_are_called_as_in_the_model() {
    let json = r#"{"kind":"a","words":["b"],"owner":{"name":"c"}}"#;
    let zone: Zone = from_json(json);
    assert_eq!((zone.kind.as_deref(), zone.owner.clone()), (Some("a"), Some(Owner::Name("c".to_owned()))));
    assert_eq!(to_json(&zone), json);
    assert!(from_json::<Zone>(r#"{"Word":["b"]}"#).words.is_none(), "the name in XML is none here");
    assert!(refusal::<Owner>(r#"{"name":1}"#).contains("name"));
}
