//! Clients of a small service beside official crates on disk and by the rule.

use std::fs;
use std::path::Path;

use super::{Cost, Lines, Question, Registry};
use crate::files::Limits;
use crate::site::Site;
use crate::terminal::{Paint, Progress};
use crate::workspace::Workspace;

/// A service of three operations, and one that streams.
const MODEL: &str = include_str!("../../tests/tiny.json");

const MAIN: &str = "fn main() { client.send_note(); }\n";

fn put(root: &Path, path: &str, text: &str) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("it has one")).expect("it is ours");
    fs::write(place, text).expect("it is ours");
}

/// What the client of the small service costs, in a program that calls one operation of it.
fn cost(home: &Path, lock: Option<&str>) -> Cost {
    cost_with(home, lock, "")
}

/// The same, in a workspace whose manifest of clients is this, or which has none.
fn cost_with(home: &Path, lock: Option<&str>, clients: &str) -> Cost {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = "[package]\nname = \"app\"\nedition = \"2024\"\n";
    for (path, text) in [("Cargo.toml", manifest), ("src/main.rs", MAIN), ("models/tiny.json", MODEL)] {
        put(folder.path(), path, text);
    }
    if !clients.is_empty() {
        put(folder.path(), "smithy-client.toml", clients);
    }
    let workspace = Workspace::find(Some(&folder.path().join("Cargo.toml"))).expect("it is one");
    let site = Site::open(workspace, None, Limits::default()).expect("it can be read");
    let question = Question { names: vec!["tinyqueue".to_owned()], model: "models".to_owned() };
    let registry = Registry::of(Some(home), lock);
    let cost = Cost::of(&site, &question, &registry, Some(2.0), &Progress::new(0, false)).expect("it can be read");
    let files = fs::read_dir(folder.path()).expect("it can be read").count();
    assert!(
        files <= 4 + usize::from(!clients.is_empty()),
        "nothing but the vocabulary, where cargo builds, is written"
    );
    cost
}

/// A home of cargo with two versions of the official crate, and one of a longer name.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("aws-sdk-tinyqueue-1.9.0", "1\n2\n"),
        ("aws-sdk-tinyqueue-1.10.0", "1\n2\n3\n"),
        ("aws-sdk-tinyqueue-more-2.0.0", "1\n"),
    ] {
        put(home.path(), &format!("registry/src/index/{name}/src/lib.rs"), text);
        put(home.path(), &format!("registry/src/index/{name}/src/operation/a.rs"), "a\n");
        put(home.path(), &format!("registry/src/index/{name}/README.md"), "a\n");
    }
    home
}

#[test]
fn an_official_crate_is_counted_where_cargo_has_it() {
    let home = home();
    let newest = cost(home.path(), None).clients.remove(0).official;
    assert_eq!((newest.version.as_deref(), newest.lines), (Some("1.10.0"), Lines::Counted(4)));
    let lock = "[[package]]\nname = \"aws-sdk-tinyqueue\"\nversion = \"1.9.0\"\n";
    let locked = cost(home.path(), Some(lock)).clients.remove(0).official;
    assert_eq!((locked.version.as_deref(), locked.lines), (Some("1.9.0"), Lines::Counted(3)));
}

#[test]
fn a_slice_has_fewer_lines_than_the_whole_and_the_rule_tells_of_the_official_crate() {
    let home = tempfile::tempdir().expect("a folder");
    let cost = cost(home.path(), None);
    let client = &cost.clients[0];
    let (auto, whole) = (client.auto.clone().expect("it is emitted"), client.whole.clone().expect("it is emitted"));
    assert_eq!((auto.operations, client.operations), (1, 4));
    assert!(auto.operations < whole.operations && auto.lines < whole.lines, "{auto:?} {whole:?}");
    assert!(matches!(client.official.lines, Lines::Estimated(8_000..9_999)), "{:?}", client.official);
    let object = cost.object();
    assert_eq!(object["clients"][0]["official"]["counted"], false);
    assert_eq!(object["clients"][0]["auto"]["lines"], auto.lines);
    assert_eq!(object["shared"]["ring"]["seconds"], 2.0 * super::rates::RING.seconds);
    let text = cost.text(Paint { colours: false });
    assert!(text.contains("about 8,") && text.contains("aws-sdk-tinyqueue, not in cargo's registry here"), "{text}");
    assert!(text.contains("this machine takes 2.00 times as long"), "{text}");
}

#[test]
fn a_client_of_operations_by_name_costs_what_these_do() {
    let home = tempfile::tempdir().expect("a folder");
    let clients = "[clients.tinyqueue]\nmodel = \"models\"\noperations = [\"ReadNotes\", \"DropNote\"]\n";
    let cost = cost_with(home.path(), None, clients);
    let named = cost.clients[0].auto.clone().expect("it is emitted");
    assert_eq!((named.operations, cost.clients[0].is_named), (2, true));
    assert_eq!(cost.object()["clients"][0]["named"], true);
    let text = cost.text(Paint { colours: false });
    assert!(text.lines().any(|line| line.starts_with("tinyqueue  named ")), "{text}");
}
