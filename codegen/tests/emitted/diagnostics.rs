//! What the generator says when it cannot make Rust of a model that is sound by itself.

use serde_json::json;

use crate::endpoint_rules::{call, rules};
use crate::fixture::Fixture;

#[test]
fn documents_are_refused_wherever_they_stand_where_the_protocol_has_none() {
    let fixture = Fixture::new("documents-in-xml")
        .in_xml()
        .list("Prices", "Document")
        .structure("Bill", &["total: Document", "prices: Prices"])
        .carries(&["Bill"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: smithy.api#Document is a document, which no message of restXml can hold
      --> documents-in-xml.json: fixture#Bill$total (/shapes/fixture#Bill/members/total/target)
      hint: leave out the operations that reach it: Carry

    error: smithy.api#Document is a document, which no message of restXml can hold
      --> documents-in-xml.json: fixture#Prices$member (/shapes/fixture#Prices/member/target)
      hint: leave out the operations that reach it: Carry
    ");
}

#[test]
fn all_problems_are_told_at_once() {
    let fixture = Fixture::new("several")
        .structure("Bill", &["fooBar: String", "foo_bar: String", "barFoo: String", "bar_foo: String"])
        .service_trait("smithy.rules#endpointRuleSet", rules(json!([call("guess", json!([]))]), json!({})))
        .carries(&["Bill"]);
    assert_eq!(fixture.refusal().matches("error: ").count(), 3, "{}", fixture.refusal());
}

#[test]
fn members_that_rust_cannot_tell_apart_are_refused() {
    let fixture =
        Fixture::new("same-members").structure("Thing", &["fooBar: String", "foo_bar: String"]).carries(&["Thing"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fooBar and foo_bar would both be `foo_bar` in Rust
      --> same-members.json: fixture#Thing$foo_bar (/shapes/fixture#Thing/members/foo_bar)
      hint: rename one of them; `jsonName` and `enumValue` keep what is sent
    ");
}

#[test]
fn values_of_an_enum_that_rust_cannot_tell_apart_are_refused() {
    let fixture = Fixture::new("same-values")
        .string_enum("Kind", &["TLS_1_2 @enumValue(\"1.2\")", "TLS_12 @enumValue(\"12\")"])
        .carries(&["Kind"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: TLS_1_2 and TLS_12 would both be `Tls12` in Rust
      --> same-values.json: fixture#Kind$TLS_12 (/shapes/fixture#Kind/members/TLS_12)
      hint: rename one of them; `jsonName` and `enumValue` keep what is sent
    ");
}

#[test]
fn shapes_that_rust_cannot_tell_apart_are_refused() {
    let fixture = Fixture::new("same-shapes")
        .structure("other#Thing", &["name: String"])
        .structure("Thing", &["size: Integer"])
        .carries(&["Thing", "other#Thing"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fixture#Thing and other#Thing would have the same name
      --> same-shapes.json: fixture#FixtureService (/shapes/fixture#FixtureService)
      hint: give one of them another name under `rename` of the service
    ");
}

#[test]
fn shapes_and_operations_that_would_have_one_name_are_refused() {
    let fixture = Fixture::new("same-names")
        .structure("Thing_One", &["name: String"])
        .structure("ThingOne", &["size: Integer"])
        .operation("Do_it", "POST /do", &["one: Thing_One", "other: ThingOne"], &[], &[])
        .operation("DoIt", "POST /did", &[], &[], &[]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fixture#ThingOne and fixture#Thing_One would both be `ThingOne` in Rust
      --> same-names.json: fixture#Thing_One (/shapes/fixture#Thing_One)
      hint: give one of them another name, for shapes under `rename` of the service

    error: fixture#DoIt and fixture#Do_it would both be `do_it` in Rust
      --> same-names.json: fixture#Do_it (/shapes/fixture#Do_it)
      hint: give one of them another name, for shapes under `rename` of the service
    ");
}

#[test]
fn shapes_whose_methods_would_have_one_name_are_refused() {
    let fixture = Fixture::new("same-methods")
        .union("Either", &["IPV4_Net: String", "IPv4Net: String"])
        .structure("IPV4_Gone @error(\"client\")", &[])
        .structure("IPv4Gone @error(\"client\")", &[])
        .operation("DoIt", "POST /do", &["either: Either"], &[], &["IPV4_Gone", "IPv4Gone"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fixture#IPV4_Gone and fixture#IPv4Gone would both be `is_ipv4_gone` in Rust
      --> same-methods.json: fixture#IPv4Gone (/shapes/fixture#IPv4Gone)
      hint: give one of them another name, for shapes under `rename` of the service

    error: IPV4_Net and IPv4Net would both be `is_ipv4_net` in Rust
      --> same-methods.json: fixture#Either$IPv4Net (/shapes/fixture#Either/members/IPv4Net)
      hint: rename one of them; `jsonName` and `enumValue` keep what is sent
    ");
}
