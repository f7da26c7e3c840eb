//! Waiters: a table each, and what is said of those that are wrong.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[harbour];

fn output(state: &str, path: &str, expected: &str, comparator: &str) -> Value {
    let matcher = json!({"output": {"path": path, "expected": expected, "comparator": comparator}});
    json!({"state": state, "matcher": matcher})
}

/// A service of boats that are built, with every kind of matcher.
pub(crate) fn harbour() -> Fixture {
    let built = json!({"minDelay": 5, "maxDelay": 12, "acceptors": [
        output("success", "boat.state", "BUILT", "stringEquals"),
        output("failure", "boat.state == 'SUNK'", "true", "booleanEquals"),
        {"state": "retry", "matcher": {"errorType": "Gone"}},
        {"state": "failure", "matcher": {"errorType": "fixture#Refused"}},
    ]});
    let both = json!({"path": "output.boat.owner == input.name", "expected": "true", "comparator": "booleanEquals"});
    let owned = json!({"acceptors": [{"state": "success", "matcher": {"inputOutput": both}}]});
    let gone = json!({
        "documentation": "Waits until a boat is no more.\n\nIt may take a while.",
        "acceptors": [
            {"state": "retry", "matcher": {"success": true}},
            {"state": "success", "matcher": {"success": false}},
        ],
    });
    let waiters = json!({"BoatBuilt": built, "BoatOwned": owned, "BoatGone": gone});
    let all = json!({"minDelay": 300, "acceptors": [
        output("success", "boats[].state", "BUILT", "allStringEquals"),
        output("failure", "boats[].state", "SUNK", "anyStringEquals"),
    ]});
    let there = json!({"acceptors": [
        output("success", "length(boats[?state == 'BUILT' || not_null(owner, '') == 'x']) >= `2`", "true", "booleanEquals"),
    ]});
    let of_fleet = json!({"FleetBuilt": all, "FleetThere": there});
    Fixture::new("harbour")
        .structure("Gone @error(\"client\")", &["message: String"])
        .structure("Refused @error(\"client\")", &["message: String"])
        .string_enum("BoatState", &["BUILDING", "BUILT", "SUNK"])
        .structure("Boat", &["state: BoatState", "owner: String"])
        .list("Boats", "Boat")
        .map("ByName", "Boat")
        .operation(
            &format!("GetBoat @smithy.waiters#waitable({waiters})"),
            "GET /boats/{name}",
            &["name: String @httpLabel @required"],
            &["boat: Boat"],
            &["Gone", "Refused"],
        )
        .operation(
            &format!("ListBoats @smithy.waiters#waitable({of_fleet})"),
            "GET /boats",
            &[],
            &["boats: Boats", "byName: ByName"],
            &[],
        )
}

#[test]
fn a_waiter_has_three_names_and_tells_what_it_waits_for() {
    let text = harbour().file("src/waiters/boat_built.rs");
    assert_snapshot!(text.split("pub(crate) static").next().unwrap_or_default(), @r#"
    //! Calls [`GetBoat`](crate::Client::get_boat) until the waiter `BoatBuilt` has what it waits for.
    //!
    //! [`wait_until_boat_built`](crate::client::Waiters::wait_until_boat_built) calls [`GetBoat`](crate::Client::get_boat), 5 to 12 seconds apart, until one of these holds for what a call comes to; the first counts:
    //!
    //! - Success: `boat.state` is `BUILT`.
    //! - Failure: `boat.state == 'SUNK'` is true.
    //! - Another call: a call fails with `Gone`.
    //! - Failure: a call fails with `Refused`.

    use crate::builder::Builder;
    use crate::builder::waiting::Waiting;
    use crate::error::SdkError;
    use crate::operation::get_boat;
    use smithy_client_runtime::jmespath::{Comparator, Step};
    use smithy_client_runtime::waiter::{
        Acceptor, Expected, FinalPoll, Matcher, State, Waiter, WaiterError,
    };

    /// Fluent builder of the waiter: fill it with the input of [`GetBoat`](crate::Client::get_boat), then `wait`.
    pub type BoatBuiltFluentBuilder = Builder<get_boat::GetBoatInput, Waiting>;

    /// What the last call came to, where the waiter has what it waits for.
    pub type BoatBuiltFinalPoll = FinalPoll<
        get_boat::GetBoatOutput,
        SdkError<get_boat::GetBoatError>,
    >;

    /// How waiting fails.
    pub type WaitUntilBoatBuiltError = WaiterError<
        get_boat::GetBoatOutput,
        get_boat::GetBoatError,
    >;
    "#);
}

#[test]
fn a_waiter_is_a_table() {
    let text = harbour().file("src/waiters/boat_built.rs");
    assert_snapshot!(text.split("pub(crate) ").nth(1).unwrap_or_default(), @r#"
    static WAITER: Waiter = Waiter {
        name: "BoatBuilt",
        min_delay: 5,
        max_delay: 12,
        acceptors: &[
            Acceptor(
                State::Success,
                Matcher::Output(&[Step::Member(0), Step::Member(0)], Expected::Text("BUILT")),
            ),
            Acceptor(
                State::Failure,
                Matcher::Output(
                    &[
                        Step::Compare(
                            Comparator::Equal,
                            &[Step::Member(0), Step::Member(0)],
                            &[Step::Text("SUNK")],
                        ),
                    ],
                    Expected::Boolean(true),
                ),
            ),
            Acceptor(State::Retry, Matcher::ErrorType("Gone")),
            Acceptor(State::Failure, Matcher::ErrorType("Refused")),
        ],
    };
    "#);
}

#[test]
fn projections_and_functions_are_steps() {
    let text = harbour().file("src/waiters/fleet_there.rs");
    assert_snapshot!(text.split("acceptors: ").nth(1).unwrap_or_default(), @r#"
    &[
            Acceptor(
                State::Success,
                Matcher::Output(
                    &[
                        Step::Compare(
                            Comparator::GreaterOrEqual,
                            &[
                                Step::Call(
                                    Function::Length,
                                    &[
                                        &[
                                            Step::Member(0),
                                            Step::Filter(
                                                &[
                                                    Step::Or(
                                                        &[
                                                            Step::Compare(
                                                                Comparator::Equal,
                                                                &[Step::Member(0)],
                                                                &[Step::Text("BUILT")],
                                                            ),
                                                        ],
                                                        &[
                                                            Step::Compare(
                                                                Comparator::Equal,
                                                                &[
                                                                    Step::Call(
                                                                        Function::NotNull,
                                                                        &[&[Step::Member(1)], &[Step::Text("")]],
                                                                    ),
                                                                ],
                                                                &[Step::Text("x")],
                                                            ),
                                                        ],
                                                    ),
                                                ],
                                                &[],
                                            ),
                                        ],
                                    ],
                                ),
                            ],
                            &[Step::Number(2.0)],
                        ),
                    ],
                    Expected::Boolean(true),
                ),
            ),
        ],
    };
    "#);
}

#[test]
fn the_client_has_a_trait_with_a_method_for_each() {
    let text = harbour().file("src/client/waiters.rs");
    assert_snapshot!(text.split("use super::Client;").nth(1).unwrap_or_default().trim(), @r#"
    /// Calls that are repeated until something has come about: import it, and the client has its methods.
    ///
    /// Each returns a fluent builder to fill with the input of the calls, and to `wait`.
    pub trait Waiters {
        /// Calls [`GetBoat`](crate::Client::get_boat) until the waiter `BoatBuilt` has what it waits for.
        fn wait_until_boat_built(&self) -> waiters::boat_built::BoatBuiltFluentBuilder;

        /// Calls [`GetBoat`](crate::Client::get_boat) until the waiter `BoatOwned` has what it waits for.
        fn wait_until_boat_owned(&self) -> waiters::boat_owned::BoatOwnedFluentBuilder;

        /// Waits until a boat is no more.
        ///
        /// It may take a while.
        fn wait_until_boat_gone(&self) -> waiters::boat_gone::BoatGoneFluentBuilder;

        /// Calls [`ListBoats`](crate::Client::list_boats) until the waiter `FleetBuilt` has what it waits for.
        fn wait_until_fleet_built(&self) -> waiters::fleet_built::FleetBuiltFluentBuilder;

        /// Calls [`ListBoats`](crate::Client::list_boats) until the waiter `FleetThere` has what it waits for.
        fn wait_until_fleet_there(&self) -> waiters::fleet_there::FleetThereFluentBuilder;
    }

    impl Waiters for Client {
        fn wait_until_boat_built(&self) -> waiters::boat_built::BoatBuiltFluentBuilder {
            waiting(&self.handle, &waiters::boat_built::WAITER)
        }

        fn wait_until_boat_owned(&self) -> waiters::boat_owned::BoatOwnedFluentBuilder {
            waiting(&self.handle, &waiters::boat_owned::WAITER)
        }

        fn wait_until_boat_gone(&self) -> waiters::boat_gone::BoatGoneFluentBuilder {
            waiting(&self.handle, &waiters::boat_gone::WAITER)
        }

        fn wait_until_fleet_built(&self) -> waiters::fleet_built::FleetBuiltFluentBuilder {
            waiting(&self.handle, &waiters::fleet_built::WAITER)
        }

        fn wait_until_fleet_there(&self) -> waiters::fleet_there::FleetThereFluentBuilder {
            waiting(&self.handle, &waiters::fleet_there::WAITER)
        }
    }
    "#);
    let without = Fixture::new("none").operation("Look", "GET /look", &[], &[], &[]).generated();
    assert!(!without.files.keys().any(|path| path.contains("wait")), "{:?}", without.files.keys());
    assert!(!without.files["src/lib.rs"].contains("waiters") && !without.files["src/builder.rs"].contains("waiting"));
    assert!(!without.files["Cargo.toml"].contains("waiters"));
}

#[test]
fn the_features_of_the_runtime_are_those_that_are_needed() {
    let manifest = harbour().file("Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("smithy-client-runtime =")).unwrap_or_default();
    assert!(line.ends_with("features = [\"rest-json\", \"waiters\"] }"), "{line}");
    let types = harbour().types_alone().generated();
    assert!(!types.files.keys().any(|path| path.contains("wait")), "{:?}", types.files.keys());
}

fn refused(waiters: &Value) -> String {
    let operation = format!("Look @smithy.waiters#waitable({waiters})");
    let fixture = Fixture::new("wrong").structure("Thing", &["name: String", "size: Integer"]).list("Things", "Thing");
    fixture.operation(&operation, "GET /look", &[], &["things: Things", "name: String"], &[]).refusal()
}

#[test]
fn what_is_wrong_with_a_waiter_is_told() {
    let success = json!({"state": "success", "matcher": {"success": true}});
    let with = |acceptor: Value| json!({"acceptors": [success, acceptor]});
    assert_snapshot!(refused(&json!({
        "No": {},
        "Never": {"acceptors": [{"state": "retry", "matcher": {"success": true}}]},
        "State": with(json!({"state": "done", "matcher": {"success": true}})),
        "Two": with(json!({"state": "retry", "matcher": {"success": true, "errorType": "X"}})),
        "Kind": with(json!({"state": "retry", "matcher": {"input": {}}})),
        "Comparator": with(output("retry", "name", "x", "equals")),
        "Boolean": with(output("retry", "name == 'x'", "yes", "booleanEquals")),
        "Syntax": with(output("retry", "things[?name", "x", "stringEquals")),
        "Delay": {"minDelay": 0, "acceptors": [success]},
    })), @r#"
    error: the waiter No has no `acceptors`
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/No)
      hint: `acceptors` lists what ends the waiting, such as {"state": "success", "matcher": {"success": true}}

    error: the waiter Never can never succeed
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Never/acceptors)
      hint: `acceptors` lists what ends the waiting, such as {"state": "success", "matcher": {"success": true}}

    error: "done" is no state of a waiter
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/State/acceptors/1/state)
      hint: write success, failure or retry

    error: the matcher has 2 members
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Two/acceptors/1/matcher)
      hint: a matcher is one of `success`, `errorType`, `output` and `inputOutput`

    error: "input" is no matcher that is known here
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Kind/acceptors/1/matcher/input)
      hint: a matcher is one of `success`, `errorType`, `output` and `inputOutput`

    error: "equals" is no comparator
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Comparator/acceptors/1/matcher/output/comparator)
      hint: stringEquals, booleanEquals, allStringEquals and anyStringEquals are

    error: a boolean is compared with "yes"
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Boolean/acceptors/1/matcher/output/expected)
      hint: write "true" or "false"

    error: the path `things[?name`: the expression ends too early
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Syntax/acceptors/1/matcher/output/path)
      hint: write an expression of JMESPath, without slices, hashes, references, and functions that are not named here

    error: trait smithy.waiters#waitable takes a whole number from 1 to 65535, not the number 0
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Delay/minDelay)
      hint: write a whole number from 1 to 65535
    "#);
}

#[test]
fn paths_that_do_not_fit_the_output_are_told() {
    let success = json!({"state": "success", "matcher": {"success": true}});
    let with = |path: &str| json!({"acceptors": [success, output("retry", path, "x", "stringEquals")]});
    assert_snapshot!(refused(&json!({
        "Member": with("thing"),
        "Inner": with("things[].nam"),
        "Text": with("name.first"),
        "List": with("things.name"),
        "NoList": with("name[]"),
        "Keys": with("keys(name)"),
        "Mixed": with("things[].[name, size][].x"),
    })), @r"
    error: the path `thing`: fixture#LookOutput has no member thing; did you mean things?
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Member/acceptors/1/matcher/output/path)
      hint: name members as the model has them

    error: the path `things[].nam`: fixture#Thing has no member nam; did you mean name?
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Inner/acceptors/1/matcher/output/path)
      hint: name members as the model has them

    error: the path `name.first`: `first` is looked for in a text
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Text/acceptors/1/matcher/output/path)
      hint: name members as the model has them

    error: the path `things.name`: `name` is looked for in a list of fixture#Thing
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/List/acceptors/1/matcher/output/path)
      hint: name members as the model has them

    error: the path `name[]`: [] does not fit a text
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/NoList/acceptors/1/matcher/output/path)
      hint: name members as the model has them

    error: the path `keys(name)`: `keys` does not fit a text
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Keys/acceptors/1/matcher/output/path)
      hint: name members as the model has them

    error: the path `things[].[name, size][].x`: `x` is looked for in a value of an unknown type
      --> wrong.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Mixed/acceptors/1/matcher/output/path)
      hint: name members as the model has them
    ");
}

#[test]
fn what_can_never_be_is_a_warning() {
    let waiters = json!({"Odd": {"acceptors": [output("success", "length(name)", "1", "stringEquals")]}});
    let fixture = Fixture::new("odd").operation(
        &format!("Look @smithy.waiters#waitable({waiters})"),
        "GET /look",
        &[],
        &["name: String"],
        &[],
    );
    let warnings: Vec<String> = fixture.generated().warnings.iter().map(ToString::to_string).collect();
    assert_snapshot!(warnings.join("\n"), @r"
    the path `length(name)` never gives what it is compared with
      --> odd.json: fixture#Look (/shapes/fixture#Look/traits/smithy.waiters#waitable/Odd/acceptors/0/matcher/output/path)
      hint: the comparator has to fit what the path comes to
    ");
}

#[test]
fn a_name_is_taken_once() {
    let waiters = json!({"Done": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}});
    let operation = |name: &str| format!("{name} @smithy.waiters#waitable({waiters})");
    let fixture = Fixture::new("twice").operation(&operation("Look"), "GET /look", &[], &[], &[]).operation(
        &operation("See"),
        "GET /see",
        &[],
        &[],
        &[],
    );
    assert_snapshot!(fixture.refusal(), @r"
    error: fixture#Look has a waiter that is called as Done too
      --> twice.json: fixture#See (/shapes/fixture#See)
      hint: give one of the two another name
    ");
}

#[test]
fn a_call_that_sends_a_stream_has_no_waiter() {
    let waiters = json!({"Filled": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}});
    let of = |input: &str| {
        let fixture = Fixture::new("lake").simple("Water @streaming", "blob").operation(
            &format!("Fill @smithy.waiters#waitable({waiters})"),
            "PUT /lake",
            &[input],
            &[],
            &[],
        );
        fixture.generated().files.into_iter().any(|(path, _)| path.starts_with("src/waiters"))
    };
    assert!(of("water: Blob @httpPayload"));
    assert!(!of("water: Water @httpPayload"));
}
