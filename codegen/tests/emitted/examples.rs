//! Examples in the documentation of operations.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[modelled, paginated, unusable];

/// A service whose one operation has these examples.
fn with_examples(name: &'static str, examples: &str) -> Fixture {
    Fixture::new(name)
        .string_enum("Color", &["RED @enumValue(\"red\")"])
        .structure("Part", &["name: String @required", "color: Color"])
        .union("Shape", &["circle: Integer", "label: String"])
        .list("Parts", "Part")
        .map("Labels", "String")
        .simple("Secret @sensitive", "string")
        .structure("Thing", &["id: String", "key: Secret", "parts: Parts"])
        .operation(
            &format!("MakeThing @examples({examples})"),
            "POST /make",
            &["name: String @required", "parts: Parts", "labels: Labels", "shape: Shape", "size: Double"],
            &["thing: Thing", "state: String"],
            &[],
        )
}

/// The documentation of the operation, from its examples on.
fn told(fixture: &Fixture) -> String {
    let file = fixture.file("src/operation/make_thing.rs");
    let begin = file.find("    /// # Example").unwrap_or_else(|| panic!("no example in:\n{file}"));
    let end = file.find("    #[inline]").unwrap_or(file.len());
    file[begin..end].to_owned()
}

fn modelled() -> Fixture {
    with_examples(
        "modelled-examples",
        r#"[
            {
                "title": "A red one",
                "documentation": "<p>Made of <code>Part</code>s.</p>",
                "input": {
                    "name": "it's \"red\"",
                    "parts": [{"name": "top", "color": "red"}, {"name": "bottom"}],
                    "labels": {"a": "1"},
                    "shape": {"label": "round"},
                    "size": 2
                },
                "output": {"thing": {"id": "t-1", "key": "k", "parts": [{"name": "top"}]}, "state": "new"}
            },
            {"title": "None of the answer matters", "input": {"name": "x"}},
            {"title": "One that fails", "input": {"name": "y"}, "error": {"shapeId": "fixture#Gone", "content": {}}}
        ]"#,
    )
}

#[test]
fn examples_of_the_model_become_calls_and_a_look_at_the_answer() {
    assert_snapshot("examples", &told(&modelled()));
}

fn paginated() -> Fixture {
    let paginated = r#"{"inputToken": "token", "outputToken": "token", "items": "things"}"#;
    let examples = r#"[{"title": "All", "output": {"things": [{"id": "t-1"}]}}]"#;
    Fixture::new("paginated-examples").structure("Thing", &["id: String"]).list("Things", "Thing").operation(
        &format!("MakeThing @paginated({paginated}) @examples({examples})"),
        "POST /list",
        &["token: String"],
        &["things: Things", "token: String"],
        &[],
    )
}

#[test]
fn an_example_of_a_paginated_operation_walks_over_the_items() {
    insta::assert_snapshot!(told(&paginated()), @r#"
    /// # Example
    ///
    /// All:
    ///
    /// ```no_run
    /// # async fn example(client: &fixture_paginated_examples::Client) -> Result<(), fixture_paginated_examples::Error> {
    /// let mut items = client.make_thing().into_paginator().items().send();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("id: {:?}", item.id());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    "#);
}

fn unusable() -> Fixture {
    with_examples(
        "unusable-examples",
        r#"[
            {"title": "A member that is gone", "input": {"name": "x", "weight": 1}},
            {"title": "A value of another type", "input": {"name": 1}},
            {"title": "An unknown color", "input": {"name": "x", "parts": [{"name": "top", "color": "blue"}]}},
            {"input": {"name": "x"}},
            {"title": "No object", "input": "x"}
        ]"#,
    )
}

#[test]
fn without_a_usable_example_the_shortest_call_is_shown() {
    insta::assert_snapshot!(told(&unusable()), @r#"
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: &fixture_unusable_examples::Client) -> Result<(), fixture_unusable_examples::Error> {
    /// let output = client.make_thing().name("name").send().await?;
    /// println!("{output:?}");
    /// # Ok(())
    /// # }
    /// ```
    "#);
}

#[test]
fn examples_of_no_use_are_warnings() {
    let warnings: Vec<String> = unusable().generated().warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r#"
    trait smithy.api#examples takes an object with a `title` here, not an object
      --> unusable-examples.json: fixture#MakeThing (/shapes/fixture#MakeThing/traits/smithy.api#examples/3)
      hint: the example is left out of the documentation
    trait smithy.api#examples takes an object here, not the string "x"
      --> unusable-examples.json: fixture#MakeThing (/shapes/fixture#MakeThing/traits/smithy.api#examples/4/input)
      hint: the example is left out of the documentation
    the example "A member that is gone" does not fit the input, or holds a value that Rust cannot say shortly
      --> unusable-examples.json: fixture#MakeThing (/shapes/fixture#MakeThing)
      hint: name members and values as the model does; until then the example is left out of the documentation
    the example "A value of another type" does not fit the input, or holds a value that Rust cannot say shortly
      --> unusable-examples.json: fixture#MakeThing (/shapes/fixture#MakeThing)
      hint: name members and values as the model does; until then the example is left out of the documentation
    the example "An unknown color" does not fit the input, or holds a value that Rust cannot say shortly
      --> unusable-examples.json: fixture#MakeThing (/shapes/fixture#MakeThing)
      hint: name members and values as the model does; until then the example is left out of the documentation
    "#);
}
