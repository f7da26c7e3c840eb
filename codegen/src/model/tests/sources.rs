//! What is no Smithy AST, and what has not the form of one.

use super::{ast, model, say, say_shapes};
use serde_json::json;

fn say_text(text: &str) -> String {
    say(&[text.to_owned()])
}

#[test]
fn broken_json_is_told_with_line_and_column() {
    insta::assert_snapshot!(say_text("{\n  \"smithy\": 2.0,\n  oops}"), @r"
    error: this is not valid JSON: key must be a string at line 3 column 3
      --> one.json
      hint: mend the text there or just before; often a comma or a quote is missing
    ");
}

#[test]
fn an_empty_file_is_called_that() {
    insta::assert_snapshot!(say_text(" \n"), @r#"
    error: this is an empty file
      --> one.json
      hint: give a Smithy JSON AST: an object with "smithy": "2.0" and "shapes"; AWS publishes its models in this form in the repository aws/api-models-aws
    "#);
}

#[test]
fn smithy_source_text_names_the_command_that_converts_it() {
    insta::assert_snapshot!(say_text("$version: \"2\"\nnamespace a"), @r#"
    error: this is Smithy's own language, which the command `smithy ast` turns into JSON
      --> one.json
      hint: give a Smithy JSON AST: an object with "smithy": "2.0" and "shapes"; AWS publishes its models in this form in the repository aws/api-models-aws
    "#);
}

#[test]
fn botocore_is_recognised_by_the_name_of_its_service() {
    let text = json!({"metadata": {"serviceId": "IVS RealTime"}, "operations": {}, "shapes": {}});
    insta::assert_snapshot!(say_text(&text.to_string()), @r#"
    error: this is botocore's description (service-2.json) of IVS RealTime, not a Smithy AST
      --> one.json
      hint: give a Smithy JSON AST: an object with "smithy": "2.0" and "shapes"; AWS publishes its models in this form in the repository aws/api-models-aws
    "#);
}

#[test]
fn other_files_that_lie_beside_models_are_recognised() {
    let keys = ["pagination", "waiters", "openapi", "testCases", "projections"];
    let said = keys.map(|key| say_text(&super::entry(key, json!({})).to_string()));
    let first_lines: Vec<_> = said.iter().filter_map(|text| text.lines().next()).collect();
    insta::assert_snapshot!(first_lines.join("\n"), @r"
    error: this is botocore's list of paginators, not a Smithy AST
    error: this is botocore's list of waiters, not a Smithy AST
    error: this is an OpenAPI description, not a Smithy AST
    error: this is a list of endpoint tests, not a Smithy AST
    error: this is a smithy-build.json, not a Smithy AST
    ");
}

#[test]
fn any_other_json_is_said_to_lack_a_version() {
    insta::assert_snapshot!(say_text("{\"shapes\": {}}"), @r#"
    error: this JSON is no Smithy AST: it has no `smithy` version
      --> one.json
      hint: give a Smithy JSON AST: an object with "smithy": "2.0" and "shapes"; AWS publishes its models in this form in the repository aws/api-models-aws
    "#);
    insta::assert_snapshot!(say_text("[]"), @r#"
    error: expected an object, found an array
      --> one.json
      hint: give a Smithy JSON AST: an object with "smithy": "2.0" and "shapes"; AWS publishes its models in this form in the repository aws/api-models-aws
    "#);
}

#[test]
fn versions_are_text_and_known() {
    insta::assert_snapshot!(say_text("{\"smithy\": 2.0}"), @r#"
    error: expected a string, found the number 2.0
      --> one.json (/smithy)
      hint: write "smithy": "2.0"
    "#);
    insta::assert_snapshot!(say_text("{\"smithy\": \"3.0\"}"), @r#"
    error: version "3.0" of the Smithy AST is not known
      --> one.json (/smithy)
      hint: versions 1.0 and 2.0 are; write "smithy": "2.0"
    "#);
}

#[test]
fn every_source_that_is_no_ast_is_told_of() {
    let said = say(&["[]".to_owned(), model(json!({})), "nonsense".to_owned()]);
    insta::assert_snapshot!(said, @r#"
    error: expected an object, found an array
      --> one.json
      hint: give a Smithy JSON AST: an object with "smithy": "2.0" and "shapes"; AWS publishes its models in this form in the repository aws/api-models-aws

    error: this is not valid JSON: it begins with "nonsense"
      --> three.json
      hint: give a file that begins with {, as models in JSON do
    "#);
}

#[test]
fn a_model_without_a_service_says_so() {
    insta::assert_snapshot!(say_text(&ast(json!({"a#B": {"type": "string"}}))), @r#"
    error: there is no service here
      --> one.json
      hint: give the source that has the shape of type "service" as well
    "#);
}

#[test]
fn no_sources_are_no_service() {
    insta::assert_snapshot!(say(&[]), @r#"
    error: there is no service here
      --> no source
      hint: give the source that has the shape of type "service" as well
    "#);
}

#[test]
fn two_services_are_named() {
    insta::assert_snapshot!(say_shapes(json!({"a#T": {"type": "service", "version": "1"}})), @r"
    error: there are 2 services: a#S, a#T
      --> one.json: a#T (/shapes/a#T)
      hint: give the sources of one service only
    ");
}

#[test]
fn malformed_shapes_are_all_told_of() {
    let said = say_shapes(json!({
        "Relative": {"type": "string"},
        "a#NoObject": 1,
        "a#NoType": {},
        "a#BadType": {"type": "strcture"},
        "a#Strange$member": {"type": "string"},
        "a#NoKey": {"type": "map", "value": {"target": "smithy.api#String"}},
        "a#BadMember": {"type": "structure", "members": {"a-b": {"target": "smithy.api#String"}}},
        "a#NoTarget": {"type": "structure", "members": {"b": {}}},
        "a#BadTarget": {"type": "list", "member": {"target": 7}},
        "a#BadErrors": {"type": "operation", "errors": {}},
    }));
    insta::assert_snapshot!(said, @r#"
    error: "Relative" is not an absolute shape id
      --> one.json: Relative (/shapes/Relative)
      hint: write namespace#Name, such as com.example#Thing

    error: expected an object, found the number 1
      --> one.json: a#NoObject (/shapes/a#NoObject)
      hint: a shape is an object with a `type`

    error: this shape has no `type`
      --> one.json: a#NoType (/shapes/a#NoType)
      hint: add one, such as "type": "structure"

    error: "strcture" is no type of Smithy
      --> one.json: a#BadType (/shapes/a#BadType/type)
      hint: did you mean structure?

    error: only an `apply` can stand under the id of a member
      --> one.json: a#Strange$member (/shapes/a#Strange$member)
      hint: define the member within its shape, or write "type": "apply"

    error: this map has no `key`
      --> one.json: a#NoKey (/shapes/a#NoKey)
      hint: add "key": {"target": "smithy.api#String"} or another target

    error: "a-b" cannot be the name of a member
      --> one.json: a#BadMember (/shapes/a#BadMember/members/a-b)
      hint: use letters, digits and underscores, and begin with a letter

    error: there is no `target` here
      --> one.json: a#NoTarget$b (/shapes/a#NoTarget/members/b)
      hint: write {"target": "namespace#Name"}

    error: expected a string, found the number 7
      --> one.json: a#BadTarget$member (/shapes/a#BadTarget/member/target)
      hint: write {"target": "namespace#Name"}

    error: expected an array, found an object
      --> one.json: a#BadErrors (/shapes/a#BadErrors/errors)
      hint: `errors` is a list of {"target": "namespace#Name"}
    "#);
}

#[test]
fn what_targets_a_malformed_shape_is_not_blamed() {
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {"b": {"target": "a#Bad"}}},
        "a#Bad": {"type": "strcture"},
    }));
    insta::assert_snapshot!(said, @r#"
    error: "strcture" is no type of Smithy
      --> one.json: a#Bad (/shapes/a#Bad/type)
      hint: did you mean structure?
    "#);
}

#[test]
fn unknown_properties_are_warned_of() {
    let text = json!({"smithy": "2.0", "shaeps": {}}).to_string();
    let shapes = json!({"a#In": {"type": "structure", "membrs": {}}});
    insta::assert_snapshot!(say(&[model(shapes), text]), @r"
    warning: a structure has no property `membrs`
      --> one.json: a#In (/shapes/a#In/membrs)
      hint: did you mean members?

    warning: `shaeps` means nothing at the top of a Smithy AST
      --> two.json (/shaeps)
      hint: did you mean shapes?
    ");
}
