//! What the model deprecates: users are warned, the crate itself is not.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[deprecation, every_kind];

fn deprecation() -> Fixture {
    Fixture::new("deprecation")
        .simple("Colour @deprecated({\"message\": \"Use hue.\", \"since\": \"2.0\"})", "string")
        .structure(
            "Old @deprecated({\"message\": \"Use New.\", \"since\": \"2024-01-01\"})",
            &["name: String @deprecated", "colour: Colour"],
        )
        .string_enum("Level @deprecated", &["LOW @enumValue(\"low\")"])
        .operation(
            "GetOld @deprecated({\"message\": \"Use GetNew.\"})",
            "GET /old",
            &["level: Level @httpQuery(\"level\")"],
            &["old: Old"],
            &["Gone"],
        )
        .structure("Gone @error(\"client\") @deprecated", &["message: String"])
}

/// Everything that can be deprecated, met by items that are not.
pub(crate) fn every_kind() -> Fixture {
    let paginated = r#"{"inputToken": "token", "outputToken": "token", "items": "olds"}"#;
    let mut fixture = Fixture::new("deprecation-of-every-kind")
        .structure("Old @deprecated", &["name: String @required", "old: Old"])
        .structure("Draft", &["gone: String @deprecated", "old: Old", "kept: String"])
        .structure(
            "Fixed",
            &["gone: String @required @deprecated", "level: Level @required", "count: Integer @default(7)"],
        )
        .string_enum("Level @deprecated", &["LOW @enumValue(\"low\")"])
        .string_enum("State", &["GONE @enumValue(\"gone\") @deprecated", "KEPT @enumValue(\"kept\")"])
        .int_enum("Count @deprecated", &["ONE @enumValue(1)"])
        .union("Either @deprecated", &["one: String", "other: Old"])
        .union("Shape", &["gone: Integer @deprecated", "either: Either", "kept: String"])
        .list("Olds", "Old")
        .keyed_map("Levels", "Level", "Old")
        .structure("Withdrawn @error(\"client\") @deprecated", &["level: Level"])
        .structure("Hidden @error(\"server\")", &["gone: String @required @deprecated"])
        .structure("Kept", &["state: State", "shape: Shape", "levels: Levels", "draft: Draft", "fixed: Fixed"]);
    let ends = ["kept: Kept", "gone: String @deprecated", "level: Level"];
    fixture = fixture.operation("Keep", "POST /keep", &ends, &ends, &["Withdrawn", "Hidden"]);
    fixture = fixture.operation("Lose @deprecated", "POST /lose", &ends, &[], &["Hidden"]);
    let (input, output) = (["token: String"], ["olds: Olds", "token: String @deprecated"]);
    fixture = fixture.operation(&format!("List @paginated({paginated})"), "POST /list", &input, &output, &[]);
    fixture = fixture.operation("Forget", "POST /forget", &["count: Count"], &["count: Count"], &[]);
    fixture.deprecate("ForgetInput").deprecate("ForgetOutput")
}

#[test]
fn deprecated_items_say_since_when_and_what_to_use() {
    let fixture = deprecation();
    let items = [
        fixture.items("src/operation/get_old.rs", &["Client"]),
        fixture.types(&["Old", "Level"]),
        fixture.items("src/types/error.rs", &["Gone"]),
    ];
    assert_snapshot("deprecation", &items.join("\n"));
}

#[test]
fn only_files_that_must_name_deprecated_items_do_not_warn_of_them() {
    let files = every_kind().generated().files;
    let silent = files.iter().filter(|(_, text)| text.contains("#![allow(deprecated)]"));
    let silent: Vec<&str> = silent.map(|(path, _)| path.as_str()).collect();
    insta::assert_snapshot!(silent.join("\n"), @r"
    src/by_name.rs
    src/error.rs
    src/operation/forget.rs
    src/operation/keep.rs
    src/operation/list.rs
    src/operation/list/paginator.rs
    src/operation/lose.rs
    src/types.rs
    src/types/draft.rs
    src/types/either.rs
    src/types/error.rs
    src/types/fixed.rs
    src/types/kept.rs
    ");
}
