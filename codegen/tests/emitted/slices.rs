//! Crates with some of a service's operations.

use std::collections::BTreeSet;

use smithy_client_codegen::FILE_LIST;

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[leaves, lists, linked];

/// A service that cannot be emitted as a whole, as one operation returns a number without bounds.
fn forest() -> Fixture {
    let paginated = r#"{"inputToken": "nextToken", "outputToken": "nextToken", "items": "trees"}"#;
    Fixture::new("forest")
        .in_xml()
        .structure("Felled @error(\"client\")", &["stump: Stump"])
        .structure("Stump", &["rings: Integer"])
        .structure("Asleep @error(\"server\")", &["message: String"])
        .structure("Branch", &["branches: Branches", "twig: Twig", "parent: Branch"])
        .list("Branches", "Branch")
        .structure("Twig", &["leaf: Leaf"])
        .string_enum("Leaf", &["OAK @enumValue(\"oak\")", "ELM @enumValue(\"elm\")"])
        .structure("Tree", &["kind: Leaf"])
        .list("Trees", "Tree")
        .operation("ClimbTree", "POST /climb", &[], &["trunk: Branch"], &["Felled"])
        .operation(
            &format!("ListTrees @paginated({paginated})"),
            "POST /list",
            &["nextToken: String"],
            &["trees: Trees", "nextToken: String"],
            &["Asleep"],
        )
        .operation("HearTree", "GET /hear", &[], &["sound: Document"], &["Felled"])
}

fn leaves() -> Fixture {
    forest().named("slice-of-leaves").choose(&["ClimbTree"])
}

fn lists() -> Fixture {
    forest().named("slice-of-lists").choose(&["ListTrees"])
}

/// The names of all public structures and enums of a crate, those below `types` and `operation`.
fn types(fixture: &Fixture) -> String {
    let generated = fixture.generated();
    let files =
        generated.files.iter().filter(|(path, _)| path.starts_with("src/types/") || path.starts_with("src/operation/"));
    let lines = files.flat_map(|(_, text)| text.lines());
    let names: BTreeSet<&str> = lines
        .filter_map(|line| {
            let line = line.trim_start();
            let name = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
            name.split([' ', ';', '<']).next()
        })
        .collect();
    names.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_slice_has_the_shapes_that_its_operations_reach_through_cycles_lists_and_errors() {
    insta::assert_snapshot!(types(&leaves()), @"Branch ClimbTreeError ClimbTreeInput ClimbTreeOutput Felled Leaf Stump Twig");
    insta::assert_snapshot!(types(&lists()), @"Asleep Leaf ListTreesError ListTreesInput ListTreesOutput Tree");
}

#[test]
fn what_a_slice_does_not_reach_need_not_be_emittable() {
    insta::assert_snapshot!(forest().refusal(), @r"
    error: smithy.api#Document is a document, which no message of restXml can hold
      --> forest.json: fixture#HearTreeOutput$sound (/shapes/fixture#HearTreeOutput/members/sound/target)
      hint: leave out the operations that reach it: HearTree
    ");
    assert_eq!(leaves().generated().operations, 1);
    assert_eq!(leaves().generated().service_operations, 3);
}

#[test]
fn the_root_error_of_a_slice_has_the_errors_of_its_operations() {
    let rows = |fixture: Fixture| {
        let file = fixture.file("src/error.rs");
        let (_, after) = file.split_once("root_error! {").expect("the root error has a table");
        let words = after.split_whitespace().take_while(|word| *word != "}").skip(2);
        words.filter_map(|word| word.strip_suffix(',')).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rows(leaves()), "Felled");
    assert_eq!(rows(lists()), "Asleep");
}

#[test]
fn an_operation_keeps_its_paginator_and_one_without_leaves_none_behind() {
    let has = |fixture: Fixture, path| fixture.generated().files.contains_key(path);
    assert!(has(lists(), "src/operation/list_trees/paginator.rs") && has(lists(), "src/paginator.rs"));
    assert!(!has(leaves(), "src/paginator.rs"));
    assert!(lists().file("src/builder.rs").contains("fn into_parts"));
    assert!(!leaves().file("src/builder.rs").contains("fn into_parts"));
}

#[test]
fn what_is_left_is_the_same_as_in_the_whole_crate() {
    let whole = linked().choose_all().generated();
    let slice = linked().generated();
    for (path, text) in &slice.files {
        let same = whole.files.get(path).is_some_and(|other| without_docs(other) == without_docs(text));
        let differs = [FILE_LIST, "Cargo.toml", "src/operation.rs", "src/types.rs", "src/error.rs", "src/by_name.rs"];
        assert!(same || differs.contains(&path.as_str()), "{path} differs:\n{text}");
    }
    assert!(slice.files.len() < whole.files.len());
}

fn without_docs(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim_start().starts_with("///") && !line.starts_with("//!")).collect()
}

#[test]
fn operations_of_resources_can_be_chosen() {
    let fixture = Fixture::new("slice-of-resource")
        .operation("PlantTree", "POST /plant", &[], &[], &[])
        .operation("FellTree", "POST /fell", &[], &[], &[])
        .through_resource("Tree")
        .choose(&["PlantTree"]);
    assert_eq!(types(&fixture), "PlantTreeError PlantTreeInput PlantTreeOutput");
}

fn linked() -> Fixture {
    let text = "Undone by [`FellTree`]; see also [`FellTreeInput`], [`Saw`], [felling](FellTree) and [`PlantTree`].";
    let html = "<p>Undone by <a>FellTree</a>, with a <a>Saw</a>, as <a>PlantTree</a> says.</p>";
    Fixture::new("slice-with-links")
        .structure("Saw", &["length: Integer"])
        .structure(&format!("Spade @documentation(\"{html}\")"), &["length: Integer"])
        .operation(&format!("PlantTree @documentation(\"{text}\")"), "POST /plant", &["with: Spade"], &[], &[])
        .operation("FellTree", "POST /fell", &["with: Saw"], &[], &[])
        .choose(&["PlantTree"])
}

#[test]
fn links_to_what_was_left_out_are_code() {
    let line = |path: &str| {
        let file = linked().file(path);
        file.lines().find(|line| line.contains("Undone")).unwrap_or_default().trim().to_owned()
    };
    insta::assert_snapshot!(line("src/operation/plant_tree.rs"), @"//! Undone by `FellTree`; see also `FellTreeInput`, `Saw`, felling and [`PlantTree`](crate::Client::plant_tree).");
    insta::assert_snapshot!(line("src/types/spade.rs"), @"/// Undone by `FellTree`, with a `Saw`, as [`PlantTree`](crate::Client::plant_tree) says.");
}

#[test]
fn the_manifest_records_the_choice_in_the_order_of_the_model() {
    let fixture = forest().choose(&["ListTrees", "ClimbTree", "ListTrees"]);
    let manifest = fixture.file("Cargo.toml");
    let (_, record) = manifest.split_once("service = ").expect("there is a record");
    insta::assert_snapshot!(record.split("\n\n").next().unwrap_or_default(), @r#"
    "fixture#FixtureService"
    # Chosen by `cargo xtask codegen --operations`, and kept until it chooses again.
    operations = [
        "ClimbTree",
        "ListTrees",
    ]
    "#);
    assert_eq!(fixture.generated().chosen.as_deref(), Some(&["ClimbTree".to_owned(), "ListTrees".to_owned()][..]));
}

/// A service with three operations, one of them with a document, which XML does not have.
fn lake() -> Fixture {
    Fixture::new("lake")
        .in_xml()
        .operation("Fish", "GET /fish", &[], &["count: Integer"], &[])
        .operation("Drain", "GET /water", &[], &["water: Document"], &[])
        .operation("Swim", "POST /swim", &[], &[], &[])
}

#[test]
fn what_cannot_be_emitted_is_left_out_on_request_and_told() {
    let fixture = lake().skip_unsupported();
    assert_eq!(types(&fixture), "FishError FishInput FishOutput SwimError SwimInput SwimOutput");
    let manifest = fixture.file("Cargo.toml");
    let (_, record) = manifest.split_once("service = ").expect("there is a record");
    insta::assert_snapshot!(record.split("\n\n").next().unwrap_or_default(), @r#"
    "fixture#FixtureService"
    # Chosen by `cargo xtask codegen --skip-unsupported`; the list is what that left out.
    skip-unsupported = true
    left-out = [
        "Drain",
    ]
    "#);
    let root = fixture.file("src/lib.rs");
    let (_, told) = root.split_once("//! # Operations left out\n").expect("the page tells");
    insta::assert_snapshot!(told.split("\n#!").next().unwrap_or_default(), @r"
    //!
    //! The crate has 2 of the 3 operations of its service.
    //!
    //! Not supported by the generator:
    //!
    //! - `Drain`: smithy.api#Document is a document, which no message of restXml can hold.
    ");
    let generated = fixture.generated();
    assert_eq!((generated.operations, generated.service_operations, generated.left_out.len()), (2, 3, 1));
}

#[test]
fn nothing_is_left_out_where_nothing_has_to_be() {
    let fixture = linked().choose_all().skip_unsupported();
    assert_eq!(fixture.generated().chosen, None);
    assert!(fixture.file("Cargo.toml").contains("skip-unsupported = true\nleft-out = [\n]\n"));
    assert!(!fixture.file("src/lib.rs").contains("left out"));
}

#[test]
fn a_model_that_is_wrong_is_refused_whoever_reaches_the_mistake() {
    let wrong = lake().operation("Sink", "GET /sink", &[], &["where: Nowhere"], &[]).skip_unsupported();
    assert!(wrong.refusal().contains("target fixture#Nowhere does not exist"), "{}", wrong.refusal());
    let nothing_left = lake().choose(&["Drain"]).skip_unsupported();
    assert!(nothing_left.refusal().contains("reach it: Drain"), "{}", nothing_left.refusal());
}

#[test]
fn all_but_some_operations_can_be_chosen() {
    let fixture = lake().except(&["Drain", "Swim"]);
    assert_eq!(types(&fixture), "FishError FishInput FishOutput");
    assert!(fixture.file("Cargo.toml").contains("\nexcept = [\n    \"Drain\",\n    \"Swim\",\n]\n"));
    assert!(fixture.file("src/lib.rs").contains("Not wanted by whoever had it generated: `Drain`, `Swim`."));
    insta::assert_snapshot!(lake().except(&["Drain", "Fish", "Swim"]).refusal(), @r"
    error: no operation is left
      --> --except
      hint: leave out fewer
    ");
    assert!(lake().except(&["Dran"]).refusal().contains("did you mean Drain?"));
}

#[test]
fn operations_that_do_not_exist_are_named_with_what_is_near() {
    let refusal = |names: &[&str]| forest().choose(names).refusal();
    insta::assert_snapshot!(refusal(&["ClimbTrees", "listtrees", "list_trees", "Water", "Water", "ClimbTree"]), @r#"
    error: the service has no operation "ClimbTrees"
      --> --operations
      hint: did you mean ClimbTree?

    error: the service has no operation "listtrees"
      --> --operations
      hint: names are case-sensitive; write ListTrees, as the model does

    error: the service has no operation "list_trees"
      --> --operations
      hint: names are case-sensitive; write ListTrees, as the model does

    error: the service has no operation "Water"
      --> --operations
      hint: its operations are ClimbTree, HearTree, ListTrees
    "#);
    insta::assert_snapshot!(refusal(&[]), @r"
    error: no operation is chosen
      --> --operations
      hint: name at least one operation
    ");
}
