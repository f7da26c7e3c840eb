//! `cost`: what clients will cost, before there are any, and of those that there are.

use super::{Workspace, object};

const PROGRAM: &str = "fn main() { client.get_city(); }\n";

#[test]
fn a_service_that_is_no_client_yet_is_estimated_and_nothing_changes() {
    let workspace = Workspace::package(PROGRAM);
    let before = workspace.tree();
    let told = object(&workspace.passes(&["cost", "weather", "--model", "weather.json", "--format", "json"]));
    assert_eq!(workspace.tree(), before);
    let client = &told["clients"][0];
    assert_eq!((&client["auto"]["operations"], &client["service_operations"]), (&1.into(), &2.into()));
    assert_eq!(
        (&client["official"]["package"], &client["official"]["counted"]),
        (&"aws-sdk-weather".into(), &false.into())
    );
    let seconds = |way: &str| client[way]["seconds"].as_f64().expect("it is estimated");
    assert!(seconds("auto") < seconds("whole") && seconds("whole") < seconds("official"), "{client}");
    assert!(told["machine"].as_f64().is_some_and(|factor| factor > 0.0));
}

#[test]
fn clients_of_the_workspace_are_told_where_none_is_named() {
    let workspace = Workspace::with_client(PROGRAM);
    let run = workspace.passes(&["cost"]);
    assert!(run.out.contains("1 of 2 operations") && run.out.contains("2 of 2 operations"), "{}", run.out);
    assert!(run.out.contains("aws-sdk-weather, not in cargo's registry here"), "{}", run.out);
    let none = Workspace::package(PROGRAM).run(&["cost"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("there are no clients; name services"), "{}", none.err);
}
