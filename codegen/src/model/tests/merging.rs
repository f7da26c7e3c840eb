//! Several sources, `apply` statements and mixins.

use super::{ast, good, member, member_with, model, model_with_input, say, say_shapes};
use crate::model::{Model, ShapeId, ShapeKind, Structure};
use serde_json::{Value, json};

const DOCUMENTATION: &str = "smithy.api#documentation";

/// A source that applies traits.
fn applying(target: &str, traits: Value) -> String {
    let apply = json!({"type": "apply", "traits": traits});
    ast(super::entry(target, apply))
}

fn documentation(target: &str, text: &str) -> String {
    applying(target, json!({"smithy.api#documentation": text}))
}

fn structure<'a>(model: &'a Model, id: &str) -> &'a Structure {
    match &model.shapes[&ShapeId::new(id)].kind {
        ShapeKind::Structure(structure) => structure,
        other => panic!("{id} should be a structure, not {other:?}"),
    }
}

/// Name and documentation of each member of the input.
fn input_documentation(model: &Model) -> Vec<(&str, Option<&str>)> {
    let members = structure(model, "a#In").members.iter();
    members.map(|one| (one.name.as_str(), one.documentation.as_deref())).collect()
}

#[test]
fn shapes_of_another_source_are_found() {
    let first = model_with_input(json!({"b": member("b#B")}));
    let second = ast(json!({"b#B": {"type": "string"}}));
    let model = good(&[first, second]).model;
    assert!(matches!(model.shapes[&ShapeId::new("b#B")].kind, ShapeKind::String));
}

#[test]
fn the_same_definition_twice_is_fine() {
    let shape = json!({"a#In": {"type": "structure", "members": {"b": member("smithy.api#String")}}});
    assert_eq!(say(&[model(shape.clone()), ast(shape)]), "fine");
}

#[test]
fn two_different_definitions_are_told_with_both_sources() {
    let second = ast(json!({"a#In": {"type": "string"}}));
    insta::assert_snapshot!(say(&[model(json!({})), second]), @r"
    error: a#In is defined differently in one.json
      --> two.json: a#In (/shapes/a#In)
      hint: keep one definition and add to it with `apply`, or make both the same
    ");
}

#[test]
fn members_in_another_order_are_another_definition() {
    let one = model_with_input(json!({"b": member("smithy.api#String"), "c": member("smithy.api#Blob")}));
    let other = model_with_input(json!({"c": member("smithy.api#Blob"), "b": member("smithy.api#String")}));
    insta::assert_snapshot!(say(&[one, other]), @r"
    error: a#In is defined differently in one.json
      --> two.json: a#In (/shapes/a#In)
      hint: keep one definition and add to it with `apply`, or make both the same
    ");
}

#[test]
fn documentation_is_applied_from_a_source_of_its_own() {
    let first = model_with_input(json!({"b": member("smithy.api#String")}));
    let model = good(&[documentation("a#In$b", "The b."), first, documentation("a#In", "The input.")]).model;
    assert_eq!(input_documentation(&model), [("b", Some("The b."))]);
    let shape = &model.shapes[&ShapeId::new("a#In")];
    assert_eq!(shape.documentation.as_deref(), Some("The input."));
}

#[test]
fn the_documentation_of_the_last_source_counts() {
    let first = model_with_input(json!({"b": member_with("smithy.api#String", json!({DOCUMENTATION: "Old."}))}));
    let later = documentation("a#In$b", "New.");
    let model = good(&[first.clone(), later.clone()]).model;
    assert_eq!(input_documentation(&model), [("b", Some("New."))]);
    let model = good(&[later, first]).model;
    assert_eq!(input_documentation(&model), [("b", Some("Old."))]);
}

#[test]
fn two_documentations_in_one_source_contradict_each_other() {
    let apply = json!({"type": "apply", "traits": {DOCUMENTATION: "Two."}});
    let members = json!({"b": member_with("smithy.api#String", json!({DOCUMENTATION: "One."}))});
    let said = say_shapes(json!({"a#In": {"type": "structure", "members": members}, "a#In$b": apply}));
    insta::assert_snapshot!(said, @r"
    error: trait smithy.api#documentation is already there with another value
      --> one.json: a#In$b (/shapes/a#In$b/traits/smithy.api#documentation)
      hint: remove one of the two; the other stands in one.json
    ");
}

#[test]
fn another_value_of_an_applied_trait_is_a_contradiction() {
    let first = model_with_input(json!({"b": member_with("smithy.api#String", json!({"smithy.api#jsonName": "x"}))}));
    let same = applying("a#In$b", json!({"smithy.api#jsonName": "x"}));
    let other = applying("a#In$b", json!({"smithy.api#jsonName": "y"}));
    assert_eq!(say(&[first.clone(), same]), "fine");
    insta::assert_snapshot!(say(&[first, other]), @r"
    error: trait smithy.api#jsonName is already there with another value
      --> two.json: a#In$b (/shapes/a#In$b/traits/smithy.api#jsonName)
      hint: remove one of the two; the other stands in one.json
    ");
}

#[test]
fn applied_arrays_are_joined() {
    let text = model(json!({
        "a#In": {"type": "structure", "members": {"b": member("a#E")}},
        "a#E": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x"}]}},
    }));
    let model = good(&[text, applying("a#E", json!({"smithy.api#enum": [{"value": "y"}]}))]).model;
    let ShapeKind::Enum(members) = &model.shapes[&ShapeId::new("a#E")].kind else {
        panic!("a string with the enum trait is an enum");
    };
    let values: Vec<_> = members.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(values, ["x", "y"]);
}

#[test]
fn values_of_an_old_enum_are_members_for_statements_of_another_source() {
    let text = model(json!({
        "a#In": {"type": "structure", "members": {"b": member("a#E"), "c": member("a#User")}},
        "a#E": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x"}, {"value": "y z"}]}},
        "a#Mixin": {"type": "string", "traits": {"smithy.api#mixin": {}, "smithy.api#enum": [{"value": "v"}]}},
        "a#User": {"type": "string", "mixins": [{"target": "a#Mixin"}]},
    }));
    let more = [documentation("a#E$Y_Z", "Ours."), documentation("a#User$V", "Inherited.")];
    let loaded = good(&[&[text][..], &more].concat());
    let told = |id: &str| match &loaded.model.shapes[&ShapeId::new(id)].kind {
        ShapeKind::Enum(members) => members.last().and_then(|one| one.documentation.clone()),
        _ => panic!("a string with the enum trait is an enum"),
    };
    assert_eq!(told("a#E").as_deref(), Some("Ours."));
    assert_eq!(told("a#User").as_deref(), Some("Inherited."));
}

#[test]
fn traits_for_what_does_not_exist_are_told_of() {
    let first = model_with_input(json!({"name": member("smithy.api#String")}));
    let said = say(&[first, documentation("a#Inn", "No."), documentation("a#In$nam", "No.")]);
    insta::assert_snapshot!(said, @r"
    error: this applies traits to a#Inn, which does not exist
      --> two.json: a#Inn (/shapes/a#Inn)
      hint: did you mean a#In?

    error: this applies traits to nam, which a#In does not have
      --> three.json: a#In$nam (/shapes/a#In$nam)
      hint: did you mean name?
    ");
}

/// A model whose input uses the mixins given as shapes.
fn mixed(input: Value, mixins: Value) -> String {
    let mut shapes = json!({"a#In": input});
    super::merge(&mut shapes, mixins);
    model(shapes)
}

#[test]
fn members_of_mixins_come_first_and_keep_their_place() {
    let text = mixed(
        json!({
            "type": "structure",
            "mixins": [{"target": "a#M"}, {"target": "a#N"}],
            "members": {
                "own": member("smithy.api#String"),
                "n": member_with("smithy.api#String", json!({DOCUMENTATION: "Said again."})),
            },
        }),
        json!({
            "a#M": {
                "type": "structure",
                "traits": {"smithy.api#mixin": {}},
                "members": {"m": member("smithy.api#String")},
            },
            "a#N": {
                "type": "structure",
                "traits": {"smithy.api#mixin": {}},
                "mixins": [{"target": "a#Deep"}],
                "members": {"n": member_with("smithy.api#String", json!({"smithy.api#required": {}}))},
            },
            "a#Deep": {
                "type": "structure",
                "traits": {"smithy.api#mixin": {}},
                "members": {"deep": member_with("smithy.api#String", json!({DOCUMENTATION: "Deep."}))},
            },
        }),
    );
    let model = good(&[text]).model;
    let expected = [("m", None), ("deep", Some("Deep.")), ("n", Some("Said again.")), ("own", None)];
    assert_eq!(input_documentation(&model), expected);
    assert!(structure(&model, "a#In").members[2].required);
    assert!(!model.shapes.contains_key(&ShapeId::new("a#M")));
}

#[test]
fn traits_of_mixins_are_inherited_but_local_ones_are_not() {
    let text = mixed(
        json!({"type": "structure", "mixins": [{"target": "a#M"}], "members": {}}),
        json!({"a#M": {"type": "structure", "members": {}, "traits": {
            "smithy.api#mixin": {"localTraits": [DOCUMENTATION]},
            "smithy.api#sensitive": {},
            DOCUMENTATION: "Of the mixin.",
        }}}),
    );
    let model = good(&[text]).model;
    let shape = &model.shapes[&ShapeId::new("a#In")];
    assert!(shape.sensitive);
    assert_eq!(shape.documentation, None);
}

#[test]
fn traits_can_be_applied_to_inherited_members() {
    let text = mixed(
        json!({"type": "structure", "mixins": [{"target": "a#M"}]}),
        json!({"a#M": {
            "type": "structure",
            "traits": {"smithy.api#mixin": {}},
            "members": {"m": member("smithy.api#String")},
        }}),
    );
    let model = good(&[text, documentation("a#In$m", "Applied.")]).model;
    assert_eq!(input_documentation(&model), [("m", Some("Applied."))]);
}

#[test]
fn unusable_mixins_are_told_of() {
    let mixin = |mixins: Value| json!({"type": "structure", "traits": {"smithy.api#mixin": {}}, "mixins": mixins});
    let text = mixed(
        json!({
            "type": "structure",
            "mixins": [{"target": "a#Missing"}, {"target": "a#Text"}, {"target": "a#None"}, {"target": "a#One"}],
        }),
        json!({
            "a#Text": {"type": "string", "traits": {"smithy.api#mixin": {}}},
            "a#None": {"type": "structure"},
            "a#One": mixin(json!([{"target": "a#Two"}])),
            "a#Two": mixin(json!([{"target": "a#One"}])),
        }),
    );
    insta::assert_snapshot!(say(&[text]), @r"
    error: target a#Missing does not exist
      --> one.json: a#In (/shapes/a#In/mixins/0/target)
      hint: define it, or give the source that does

    error: a#Text is a string, and this shape is a structure
      --> one.json: a#In (/shapes/a#In/mixins/1/target)
      hint: a shape and its mixins are of the same type

    error: a#None is no mixin
      --> one.json: a#In (/shapes/a#In/mixins/2/target)
      hint: add the trait smithy.api#mixin to it, or remove it here

    error: a#One is a mixin of itself through a#Two
      --> one.json: a#Two (/shapes/a#Two/mixins/0/target)
      hint: break the circle by removing one of its mixins
    ");
}

#[test]
fn a_member_keeps_the_target_that_its_mixin_gave_it() {
    let text = mixed(
        json!({
            "type": "structure",
            "mixins": [{"target": "a#M"}],
            "members": {"m": member("smithy.api#Blob")},
        }),
        json!({"a#M": {
            "type": "structure",
            "traits": {"smithy.api#mixin": {}},
            "members": {"m": member("smithy.api#String")},
        }}),
    );
    insta::assert_snapshot!(say(&[text]), @r"
    error: a mixin says that m targets smithy.api#String
      --> one.json: a#In$m (/shapes/a#In/members/m/target)
      hint: a member keeps its target; give it the same one or another name
    ");
}
