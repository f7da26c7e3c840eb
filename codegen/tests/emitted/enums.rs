//! String enums, integer enums and unions.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[string_enum, int_enum, union];

fn string_enum() -> Fixture {
    Fixture::new("string-enum")
        .string_enum(
            "State",
            &[
                "RUNNING @enumValue(\"running\") @documentation(\"Runs. It may stop.\")",
                "HALF_OPEN @enumValue(\"half-open\")",
                "OLD @enumValue(\"old\") @deprecated({\"message\": \"Nothing is old.\"})",
                "UNKNOWN @enumValue(\"UNKNOWN\")",
                "Self @enumValue(\"self\")",
                "X16_9 @enumValue(\"16:9\")",
            ],
        )
        .carries(&["State"])
}

#[test]
fn enums_leave_unknown_free_and_keep_the_values_of_the_model() {
    assert_snapshot("string_enum", &string_enum().file("src/types/state.rs"));
}

#[test]
fn an_enum_trait_of_smithy_1_names_its_values_by_itself() {
    let values = r#"Codec @enum([{"value": "h.264", "name": "H264"}, {"value": "low latency"}, {"value": "vp8"}])"#;
    let fixture = Fixture::new("old-enum").simple(values, "string").carries(&["Codec"]);
    assert_snapshot("string_enum_of_smithy_1", &fixture.types(&["Codec"]));
}

fn int_enum() -> Fixture {
    Fixture::new("int-enum")
        .int_enum("Level", &["LOW @enumValue(1)", "HIGH @enumValue(10)"])
        .list("Levels", "Level")
        .structure("Dial", &["level: Level", "usual: Level @default(1)", "all: Levels"])
        .carries(&["Dial"])
}

#[test]
fn integer_enums_are_plain_numbers() {
    assert_snapshot("int_enum", &int_enum().types(&["Dial"]));
}

fn union() -> Fixture {
    Fixture::new("union")
        .simple("Secret @sensitive", "string")
        .structure("Circle", &["radius: Double"])
        .list("Shapes", "Shape")
        .union(
            "Shape",
            &[
                "circle: Circle",
                "sideLength: Long",
                "name: Secret",
                "all: Shapes",
                "not: Shape",
                "nothing: Unit",
                "unknown: String",
                "drawnAt: Timestamp @timestampFormat(\"date-time\")",
                "renamed: String @jsonName(\"otherName\")",
            ],
        )
        .structure("Drawing", &["shape: Shape @required"])
        .carries(&["Drawing"])
}

#[test]
fn unions_have_a_variant_for_what_is_added_later() {
    assert_snapshot("union", &union().types(&["Shape"]));
}

#[test]
fn a_required_union_is_optional_like_a_structure() {
    assert_snapshot("union_as_member", &union().types(&["Drawing"]));
}
