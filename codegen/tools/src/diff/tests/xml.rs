//! What services of XML and of forms have beside JSON's: attributes, flattened lists, namespaces, and names in forms.

use serde_json::{Value, json};

use super::{say, structure, text};

/// A service that speaks a protocol, with these shapes.
fn speaking(protocol: &str, traits: Value, shapes: Value) -> Value {
    let mut all = json!({
        "Service": {
            "type": "service", "version": "2020-01-01", "operations": [{"target": "GetThing"}],
            "traits": {"aws.api#service": {"sdkId": "Example"}, "aws.auth#sigv4": {"name": "example"}, protocol: {}},
        },
        "Names": {"type": "list", "member": {"target": "Name"}},
    });
    for (to, from) in [("Service", traits), ("", shapes)] {
        for (key, value) in from.as_object().into_iter().flatten() {
            match to {
                "" => all[key] = value.clone(),
                to => all[to]["traits"][key] = value.clone(),
            }
        }
    }
    all
}

/// A service of XML whose `Thing`, which is sent or received, has a list with these traits, and a name.
fn listed(end: &str, name: Value, names: Value) -> Value {
    let other = if end == "Request" { "Response" } else { "Request" };
    let thing = structure(json!({
        "name": {"target": "Name", "traits": name},
        "names": {"target": "Names", "traits": names},
    }));
    speaking("aws.protocols#restXml", json!({}), json!({other: structure(json!({})), "Thing": thing}))
}

#[test]
fn another_form_in_xml_breaks_the_wire() {
    let none = || listed("Response", json!({}), json!({}));
    insta::assert_snapshot!(say(none(), listed("Response", json!({"smithy.api#xmlAttribute": {}}), json!({}))), @r"
    ~ Thing [member-xml-attribute-changed]: `name` is an attribute in XML now
      wire breaking, Rust same, behaviour same, documentation same
    ");
    insta::assert_snapshot!(say(none(), listed("Response", json!({}), json!({"smithy.api#xmlFlattened": {}}))), @r"
    ~ Thing [member-xml-flattened-changed]: `names` has no element around its elements any more
      wire breaking, Rust same, behaviour same, documentation same
    ");
    insta::assert_snapshot!(say(none(), listed("Response", json!({"smithy.api#xmlName": "N"}), json!({}))), @r#"
    ~ Thing [member-wire-name-changed]: `name` is called "N" in bodies, it was "name"
      wire breaking, Rust same, behaviour same, documentation same
    "#);
    let items = |name: &str| {
        let item = json!({"target": "Name", "traits": {"smithy.api#xmlName": name}});
        let thing = structure(json!({"names": {"target": "Names"}}));
        let shapes = json!({"Thing": thing, "Names": {"type": "list", "member": item}});
        speaking("aws.protocols#restXml", json!({}), shapes)
    };
    insta::assert_snapshot!(say(items("item"), items("entry")), @r#"
    ~ Names [member-wire-name-changed]: `member` is called "entry" in bodies, it was "item"
      wire breaking, Rust same, behaviour same, documentation same
    "#);
}

#[test]
fn namespaces_matter_in_what_is_sent_as_xml() {
    let namespace = json!({"smithy.api#xmlNamespace": {"uri": "https://x", "prefix": "x"}});
    let with = |end: &str| say(listed(end, json!({}), json!({})), listed(end, namespace.clone(), json!({})));
    insta::assert_snapshot!(with("Request"), @r#"
    ~ Thing [member-xml-namespace-changed]: `name` is in the namespace "https://x" as "x", it was in no namespace of its own
      wire breaking, Rust same, behaviour same, documentation same
    "#);
    insta::assert_snapshot!(with("Response"), @r#"
    ~ Thing [member-xml-namespace-changed]: `name` is in the namespace "https://x" as "x", it was in no namespace of its own
      wire same, Rust same, behaviour same, documentation same
    "#);
    let service =
        |protocol: &str, uri: &str| speaking(protocol, json!({"smithy.api#xmlNamespace": {"uri": uri}}), json!({}));
    let of_service = |protocol: &str| say(service(protocol, "https://a"), service(protocol, "https://b"));
    insta::assert_snapshot!(of_service("aws.protocols#restXml"), @r#"
    ~ Service [service-xml-namespace-changed]: documents of the service are in the namespace "https://b", they were in the namespace "https://a"
      wire breaking, Rust same, behaviour same, documentation same
    "#);
    insta::assert_snapshot!(of_service("aws.protocols#awsQuery"), @r#"
    ~ Service [service-xml-namespace-changed]: documents of the service are in the namespace "https://b", they were in the namespace "https://a"
      wire same, Rust same, behaviour same, documentation same
    "#);
}

#[test]
fn the_element_of_a_document_is_that_of_its_shape() {
    let with = |name: &str| {
        let mut request = structure(json!({"thing": {"target": "Thing"}}));
        request["traits"] = json!({"smithy.api#xmlName": name});
        speaking("aws.protocols#restXml", json!({}), json!({"Request": request}))
    };
    insta::assert_snapshot!(say(with("A"), with("B")), @r#"
    ~ GetThing [type-xml-name-changed]: the request of `GetThing` is the element "B" of a document, it was "A"
      wire breaking, Rust same, behaviour same, documentation same
    "#);
    let mut namespaced = structure(json!({"name": {"target": "Name"}}));
    namespaced["traits"] = json!({"smithy.api#xmlNamespace": {"uri": "https://x"}});
    let thing = |thing: Value| speaking("aws.protocols#restXml", json!({}), json!({"Thing": thing}));
    let plain = structure(json!({"name": {"target": "Name"}}));
    insta::assert_snapshot!(say(thing(plain), thing(namespaced)), @r#"
    ~ Thing [type-xml-namespace-changed]: `Thing` is in the namespace "https://x", it was in no namespace of its own
      wire breaking, Rust same, behaviour same, documentation same
    "#);
}

#[test]
fn names_in_forms_are_of_requests() {
    let with = |end: &str, name: &str| {
        let other = if end == "Request" { "Response" } else { "Request" };
        let member = json!({"target": "Name", "traits": {"aws.protocols#ec2QueryName": name}});
        let shapes = json!({other: structure(json!({})), "Thing": structure(json!({"name": member}))});
        speaking("aws.protocols#ec2Query", json!({}), shapes)
    };
    insta::assert_snapshot!(say(with("Request", "A"), with("Request", "B")), @r#"
    ~ Thing [member-form-name-changed]: `name` is called "B" in forms, it was called "A"
      wire breaking, Rust same, behaviour same, documentation same
    "#);
    insta::assert_snapshot!(say(with("Response", "A"), with("Response", "B")), @r#"
    ~ Thing [member-form-name-changed]: `name` is called "B" in forms, it was called "A"
      wire same, Rust same, behaviour same, documentation same
    "#);
}

#[test]
fn a_target_of_another_form_in_xml_is_another_type() {
    let with = |target: &str| {
        let flat = json!({"target": "Names", "traits": {"smithy.api#xmlFlattened": {}}});
        let shapes = json!({
            "Request": structure(json!({})),
            "Thing": structure(json!({"inner": {"target": target}})),
            "Around": structure(json!({"names": {"target": "Names"}})),
            "Flat": structure(json!({"names": flat})),
            "Name": text(json!({})),
        });
        speaking("aws.protocols#restXml", json!({}), shapes)
    };
    let said = say(with("Around"), with("Flat"));
    assert!(said.contains("Thing [member-type-changed]: `inner` is `Flat`"), "{said}");
}
