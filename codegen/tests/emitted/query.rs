//! Services that are called by forms: what their tables say, how exceptions are told apart, and which members are optional.

use serde_json::json;

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[aws_query, ec2_query, ec2_types, ec2_slice];

fn of_protocol(name: &'static str, protocol: &str) -> Fixture {
    Fixture::new(name)
        .without_service_trait("aws.protocols#restJson1")
        .service_trait(protocol, json!({}))
        .service_trait("smithy.api#xmlNamespace", json!({"uri": "https://zones/"}))
        .structure(
            "Zone",
            &[
                "id: String @required @xmlName(\"zoneId\") @aws.protocols#ec2QueryName(\"Id\")",
                "size: Integer @default(0)",
                "open: Boolean @required",
                "words: Words @required",
            ],
        )
        .list("Words", "String @xmlName(\"Item\")")
        .structure(
            "ZoneGone @error(\"client\") @retryable @aws.protocols#awsQueryError({\"code\": \"Gone\", \"httpResponseCode\": 404})",
            &["message: String"],
        )
        .operation("FindZone", "POST /", &["zone: Zone", "at: Timestamp"], &["zone: Zone"], &["ZoneGone"])
}

/// A service of zones that takes forms.
pub(crate) fn aws_query() -> Fixture {
    of_protocol("aws-query", "aws.protocols#awsQuery")
}

fn ec2_query() -> Fixture {
    of_protocol("ec2-query", "aws.protocols#ec2Query")
}

fn ec2_types() -> Fixture {
    ec2_query().named("ec2-query-types").types_alone()
}

/// One operation of two.
fn ec2_slice() -> Fixture {
    let whole = ec2_query().structure("Mast", &["zone: Zone", "heights: Words"]);
    let whole = whole.operation("RaiseMast", "POST /", &["mast: Mast"], &[], &[]);
    whole.named("ec2-query-slice").choose(&["FindZone"])
}

/// The lines of a text that contain a word, without the blanks around them.
fn lines(text: &str, word: &str) -> Vec<String> {
    text.lines().filter(|line| line.contains(word)).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn the_protocol_is_made_of_the_version_of_the_service() {
    let protocol = |fixture: Fixture| lines(&fixture.file("src/config.rs"), "protocol: &");
    assert_eq!(protocol(aws_query()), ["protocol: &aws_query(\"2020-01-01\"),"]);
    assert_eq!(protocol(ec2_query()), ["protocol: &ec2_query(\"2020-01-01\"),"]);
    let runtime = lines(&ec2_query().file("Cargo.toml"), "smithy-client-runtime = ");
    assert!(runtime.iter().any(|line| line.contains("features = [\"ec2-query\"]")), "{runtime:?}");
}

#[test]
fn exceptions_go_by_their_codes_where_the_protocol_has_them() {
    let rows = |fixture: Fixture| lines(&fixture.file("src/error.rs"), "ZoneGone, \"");
    assert_eq!(rows(aws_query()), ["ZoneGone, \"ZoneGone\", \"Gone\";"]);
    assert_eq!(rows(ec2_query()), ["ZoneGone, \"ZoneGone\";"]);
}

#[test]
fn every_member_is_optional_where_the_protocol_says_so() {
    let fields = |fixture: Fixture| lines(&fixture.types(&["Zone"]), "pub ");
    let aws = fields(aws_query());
    for field in ["pub id: String,", "pub size: i32,", "pub open: bool,", "pub words: Vec<String>,"] {
        assert!(aws.iter().any(|line| line == field), "{field} in {aws:?}");
    }
    let ec2 = fields(ec2_query());
    for field in [
        "pub id: Option<String>,",
        "pub size: Option<i32>,",
        "pub open: Option<bool>,",
        "pub words: Option<Vec<String>>,",
    ] {
        assert!(ec2.iter().any(|line| line == field), "{field} in {ec2:?}");
    }
}

#[test]
fn tables_have_the_names_of_forms_beside_those_of_xml_and_no_roots() {
    let rows = |fixture: &Fixture| lines(&fixture.types(&["Zone"]), "Xml::");
    assert_eq!(rows(&aws_query()), ["3 Xml::list(\"Item\"),"]);
    assert_eq!(rows(&ec2_query()), ["0 Xml::PLAIN.in_forms(\"Id\"),", "3 Xml::list(\"Item\"),"]);
    for fixture in [aws_query(), ec2_query()] {
        let operation = fixture.file("src/operation/find_zone.rs");
        assert!(!operation.contains(" root ") && operation.contains("1 at: \"at\" DATE_TIME,"), "{operation}");
    }
}

#[test]
fn a_slice_has_the_tables_of_the_whole_and_types_alone_have_none_for_the_wire() {
    let whole = ec2_query().generated().files;
    let [types, slice] = [ec2_types(), ec2_slice()].map(|fixture| fixture.generated().files);
    for path in ["src/types/zone.rs", "src/types/error.rs"] {
        assert_eq!(slice[path], whole[path], "{path}");
    }
    assert!(slice.keys().all(|path| !path.contains("mast")));
    // Serde calls members as the model does, so that they need neither names in forms nor elements.
    let fields = |text: &str| lines(text, "pub ");
    assert_eq!(fields(&types["src/types/zone.rs"]), fields(&whole["src/types/zone.rs"]));
    assert!(!types["src/types/zone.rs"].contains("Xml"));
}
