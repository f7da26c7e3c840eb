//! Crates with types that no operation of theirs reaches, and crates without operations.

use insta::assert_snapshot;

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[moored, ashore, adrift, nothing, nothing_alone];

/// A service of which each operation has its own types.
fn harbour() -> Fixture {
    Fixture::new("harbour")
        .structure("Sunk @error(\"client\")", &["depth: Depth"])
        .structure("SunkError @error(\"client\")", &["message: String"])
        .structure("Full @error(\"server\")", &["message: String"])
        .structure("Depth", &["metres: Integer"])
        .structure("Boat", &["crew: Crew", "flag: Flag", "towed: Boat"])
        .list("Crew", "Sailor")
        .union("Sailor", &["cook: String", "mate: String"])
        .string_enum("Flag", &["RED", "WHITE"])
        .structure("Berth", &["flag: Flag"])
        .operation("Sail", "POST /sail", &["boat: Boat"], &[], &["Sunk", "SunkError"])
        .operation("Moor", "POST /moor", &["berth: Berth"], &[], &["Full"])
}

/// An operation, and what others have.
fn moored() -> Fixture {
    harbour().named("moored").choose(&["Moor"]).choose_types(&["Boat", "Sunk", "Berth"])
}

/// Types without operations.
fn ashore() -> Fixture {
    harbour().named("ashore").choose_types(&["Berth"])
}

/// The same, without a client.
fn adrift() -> Fixture {
    ashore().named("adrift").types_alone()
}

fn nothing() -> Fixture {
    harbour().named("nothing").choose_nothing()
}

fn nothing_alone() -> Fixture {
    nothing().named("nothing-alone").types_alone()
}

/// What `src/types.rs` and `src/types/error.rs` say is there.
fn types(fixture: &Fixture) -> String {
    let generated = fixture.generated();
    let files = generated.files.iter().filter(|(path, _)| path.starts_with("src/types/"));
    let lines = files.flat_map(|(_, text)| text.lines().map(str::trim_start));
    let names = lines.filter_map(|line| {
        let name = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        name.split([' ', ';', '<']).next()
    });
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.join(" ")
}

/// The record of the choice in the manifest.
fn record(fixture: &Fixture) -> String {
    let generated = fixture.generated();
    let (_, record) = generated.files["Cargo.toml"].split_once("service = ").expect("the service is recorded");
    record.split("\n\n[lib]").next().unwrap_or_default().to_owned()
}

/// The variants of the root error with the predicates by which `SdkError` tells them.
fn root_error(fixture: &Fixture) -> String {
    let file = fixture.file("src/error.rs");
    let rows = file.lines().map(str::trim).filter(|line| line.starts_with("is_"));
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn chosen_types_are_there_with_what_they_reach() {
    assert_snapshot!(types(&moored()), @"Berth Boat Depth Flag Full Sailor Sunk");
    assert_snapshot!(types(&ashore()), @"Berth Flag");
    assert_eq!(types(&adrift()), types(&ashore()));
    assert_eq!((moored().generated().operations, ashore().generated().operations), (1, 0));
}

#[test]
fn the_manifest_records_the_types_that_no_operation_reaches() {
    assert_snapshot!(record(&moored()), @r#"
    "fixture#FixtureService"
    # Chosen by `cargo xtask codegen --operations`, and kept until it chooses again.
    operations = [
        "Moor",
    ]
    # Chosen beside operations, none of which reaches them, and kept until operations are chosen again.
    shapes = [
        "fixture#Boat",
        "fixture#Sunk",
    ]
    "#);
    assert_snapshot!(record(&nothing()), @r#"
    "fixture#FixtureService"
    # Chosen by `cargo xtask codegen --operations`, and kept until it chooses again.
    operations = [
    ]
    "#);
}

#[test]
fn a_type_that_an_operation_reaches_changes_nothing() {
    let alone = harbour().choose(&["Moor"]);
    assert_eq!(alone.clone().choose_types(&["Flag", "Berth", "Full"]).generated().files, alone.generated().files);
}

#[test]
fn a_chosen_exception_is_in_the_root_error() {
    assert_snapshot!(root_error(&moored()), @r"
    is_full: Full,
    is_sunk: Sunk,
    ");
}

#[test]
fn errors_are_told_by_the_same_predicates_in_every_slice() {
    assert_snapshot!(root_error(&harbour()), @r"
    is_full: Full,
    is_sunk: Sunk,
    is_sunk_error: SunkError,
    ");
    assert_snapshot!(root_error(&harbour().choose(&["Moor"])), @"is_full: Full,");
    let one = harbour().choose(&["Moor"]).choose_types(&["SunkError"]);
    assert_snapshot!(root_error(&one), @r"
    is_full: Full,
    is_sunk_error: SunkError,
    ");
}

#[test]
fn types_that_are_not_there_are_told_with_the_nearest() {
    assert_snapshot!(harbour().choose_types(&["Bowt", "SailInput", "Crew", "Nothing"]).refusal(), @r#"
    error: the service has no type "fixture#Bowt"
      --> --shapes
      hint: did you mean fixture#Boat?

    error: the service has no type "fixture#Crew"
      --> --shapes
      hint: write the id of a structure, a union or an enum of the model, such as ns#Name

    error: the service has no type "fixture#Nothing"
      --> --shapes
      hint: write the id of a structure, a union or an enum of the model, such as ns#Name

    error: the service has no type "fixture#SailInput"
      --> --shapes
      hint: write the id of a structure, a union or an enum of the model, such as ns#Name
    "#);
}

#[test]
fn a_choice_that_a_person_wrote_is_not_empty() {
    assert_snapshot!(harbour().choose(&[]).refusal(), @r"
    error: no operation is chosen
      --> --operations
      hint: name at least one operation
    ");
}

#[test]
fn renamed_types_are_chosen_by_their_new_names() {
    let rename = serde_json::json!({"fixture#Boat": "Ship"});
    let mut shapes = harbour().shapes();
    shapes["fixture#FixtureService"]["rename"] = rename;
    let source = crate::fixture::source("renamed.json", &shapes);
    let fixture = harbour().choose_types(&["Ship"]);
    let generated = fixture.generated_from(&[source]);
    assert!(generated.files.contains_key("src/types/ship.rs"), "{:?}", generated.files.keys());
}

#[test]
fn what_a_chosen_type_reaches_has_to_be_emittable() {
    let fixture = harbour()
        .in_xml()
        .structure("Wreck", &["age: Document"])
        .operation("Dive", "POST /dive", &[], &["wreck: Wreck"], &[])
        .choose(&["Moor", "Dive"])
        .skip_unsupported();
    assert_eq!(fixture.generated().left_out.len(), 1);
    assert_snapshot!(fixture.choose_types(&["Wreck"]).refusal(), @r"
    error: smithy.api#Document is a document, which no message of restXml can hold
      --> harbour.json: fixture#Wreck$age (/shapes/fixture#Wreck/members/age/target)
      hint: leave out the operations that reach it: Dive
    ");
}

#[test]
fn where_all_that_a_program_calls_is_left_out_a_client_remains() {
    let fixture = harbour().in_xml().operation("Dive", "POST /dive", &["age: Document"], &[], &[]).skip_unsupported();
    let chosen = fixture.clone().choose(&["Dive"]);
    assert!(chosen.refusal().contains("a document"), "{}", chosen.refusal());
    let generated = chosen.or_nothing().generated();
    assert_eq!((generated.operations, generated.left_out.len()), (0, 1));
}
