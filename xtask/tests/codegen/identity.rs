//! What a crate is changes only when the command says so.

use crate::{MODEL, Repository};

/// A run that has to stop before it writes.
fn stopped(repository: &Repository, arguments: &[&str]) -> String {
    let before = repository.tree("");
    let run = repository.run(arguments);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    assert_eq!(repository.tree(""), before);
    run.err
}

/// Arguments for the crate in `elsewhere/`.
fn out<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["--out", "elsewhere"], arguments].concat()
}

/// The model of another service.
fn other() -> String {
    MODEL
        .replace("com.example.weather#Weather\"", "com.example.weather#Climate\"")
        .replace("\"Weather\"", "\"Climate\"")
}

#[test]
fn the_repository_s_own_crate_does_not_become_a_slice() {
    for repository in [Repository::new(), Repository::generated()] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(stopped(&repository, &["--operations", "GetCity"]), @r"
            error: generated is a client of all of com.example.weather#Weather, and this would make it a client of 1 of 2 operations of com.example.weather#Weather
              hint: give the new crate a directory of its own with --out, or turn this one into it with --replace
            codegen: no file was written
            ");
        }
        stopped(&repository, &["--check", "--operations", "GetCity"]);
        stopped(&repository, &["--except", "GetCity"]);
        stopped(&repository, &["--out", "generated", "--emit", "types"]);
    }
}

#[test]
fn a_slice_in_place_of_the_own_crate_is_not_current() {
    let repository = Repository::generated();
    assert_eq!(repository.run(&["--operations", "GetCity", "--replace"]).code, 0);
    let check = repository.run(&["--check"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(check.out.ends_with("run: cargo xtask codegen\n"), "{}", check.out);
    assert_eq!(repository.run(&["--check", "--operations", "GetCity", "--replace"]).code, 0);
    assert_eq!(repository.run(&[]).code, 0);
    assert!(repository.path("generated/src/operation/list_cities.rs").exists());
    assert_eq!(repository.run(&["--check"]).code, 0);
}

#[test]
fn the_client_of_a_service_does_not_become_that_of_another() {
    let repository = Repository::generated();
    repository.put("other.json", &other());
    let order = ["--model", "other.json", "--out", "generated"];
    insta::assert_snapshot!(stopped(&repository, &order), @r"
    error: generated is a client of all of com.example.weather#Weather, and this would make it a client of all of com.example.weather#Climate
      hint: give the new crate a directory of its own with --out, or turn this one into it with --replace
    codegen: no file was written
    ");
    stopped(&repository, &[&order[..], &["--check"]].concat());

    let order = ["--model", "other.json", "--out", "elsewhere"];
    assert_eq!(repository.run(&["--out", "elsewhere"]).code, 0);
    stopped(&repository, &order);
    assert_eq!(repository.run(&[&order[..], &["--replace"]].concat()).code, 0);
    assert!(repository.read("elsewhere/Cargo.toml").contains("name = \"climate\""));
}

#[test]
fn a_client_elsewhere_becomes_neither_a_slice_nor_types_but_these_grow() {
    let repository = Repository::new();
    assert_eq!(repository.run(&out(&[])).code, 0);
    stopped(&repository, &out(&["--operations", "GetCity"]));
    stopped(&repository, &out(&["--emit", "types"]));
    for smaller in
        [&["--operations", "GetCity", "--replace"][..], &["--emit", "types", "--operations", "all", "--replace"]]
    {
        assert_eq!(repository.run(&out(smaller)).code, 0);
        assert_eq!(repository.run(&out(&["--check"])).code, 0);
    }
    assert_eq!(repository.run(&out(&["--emit", "client"])).code, 0);
    assert!(repository.path("elsewhere/src/client.rs").exists());
}

#[test]
fn a_crate_keeps_the_name_it_was_given() {
    let repository = Repository::new();
    assert_eq!(repository.run(&["--out", "elsewhere", "--crate-name", "mine"]).code, 0);
    assert_eq!(repository.run(&["--out", "elsewhere"]).code, 0);
    assert!(repository.read("elsewhere/Cargo.toml").contains("name = \"mine\""));
    assert_eq!(repository.run(&["--out", "elsewhere", "--crate-name", "yours"]).code, 0);
    assert_eq!(repository.run(&["--out", "elsewhere", "--check"]).code, 0);
}

#[test]
fn a_crate_that_does_not_say_its_service_is_told_by_its_name() {
    let repository = Repository::new();
    repository.put("other.json", &other());
    let order = ["--model", "model/weather.json", "--out", "elsewhere"];
    assert_eq!(repository.run(&order).code, 0);
    let manifest = repository.read("elsewhere/Cargo.toml");
    let without: Vec<&str> = manifest.lines().filter(|line| !line.starts_with("service = ")).collect();
    repository.put("elsewhere/Cargo.toml", &(without.join("\n") + "\n"));
    assert_eq!(repository.run(&order).code, 0);
    assert_eq!(repository.read("elsewhere/Cargo.toml"), manifest);
}
