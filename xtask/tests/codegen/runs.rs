//! Runs at the same time, and runs that are interrupted: the crate is always a whole one.
//!
//! `XTASK_RUNS=100` makes as many of each as that; by default there are few.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::many::named;
use crate::{MODEL, Repository};

/// How many runs of a kind there are.
fn runs(default: u32) -> u32 {
    std::env::var("XTASK_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The model with another operation.
fn changed() -> String {
    MODEL.replace("weather#GetCity\"", "weather#GetTown\"")
}

/// A repository with two models of one service.
fn repository() -> Repository {
    let repository = Repository::new();
    repository.put("old.json", MODEL);
    repository.put("new.json", &changed());
    repository
}

/// The files of a directory by their paths in it; none where there is no directory.
fn files(repository: &Repository, directory: &str) -> BTreeMap<PathBuf, String> {
    let root = repository.path(directory);
    if !root.exists() {
        return BTreeMap::new();
    }
    let files = repository.tree(directory).into_iter();
    files.map(|(path, text)| (path.strip_prefix(&root).expect("it is below").to_path_buf(), text)).collect()
}

/// A run of the binary that has begun.
fn begun(repository: &Repository, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(repository.0.path()).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the binary runs")
}

/// The crate of each model.
fn both(repository: &Repository) -> [BTreeMap<PathBuf, String>; 2] {
    ["old.json", "new.json"].map(|model| {
        let run = repository.run(&["--model", model, "--out", "whole"]);
        assert_eq!(run.code, 0, "{}", run.err);
        files(repository, "whole")
    })
}

#[test]
fn of_two_runs_at_once_one_waits_for_the_other() {
    let repository = repository();
    let expected = both(&repository);
    let mut counts = [0, 0];
    for number in 0..runs(6) {
        let out = format!("fresh-{number}");
        let of = |model| begun(&repository, &["codegen", "--model", model, "--out", &out]);
        let children = [of("old.json"), of("new.json")];
        for mut child in children {
            assert!(child.wait().expect("it ends").success());
        }
        let found = files(&repository, &out);
        let last = expected.iter().position(|expected| *expected == found);
        counts[last.unwrap_or_else(|| panic!("run {number} left neither crate: {:?}", found.keys()))] += 1;
    }
    println!("the first run came last {} times, the second {} times", counts[0], counts[1]);
}

/// How a run is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Interrupt,
    Kill,
}

impl Stop {
    fn send(self, child: &mut Child) {
        match self {
            Self::Kill => child.kill().expect("it is ours"),
            Self::Interrupt => {
                let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
                assert!(status.is_ok(), "there is a `kill`");
            }
        }
        child.wait().expect("it ends");
    }
}

/// Begins a run again and again and stops it at another moment each time; hands each state to `look`.
fn interrupted(repository: &Repository, arguments: &[&str], prepare: impl Fn(), mut look: impl FnMut(Stop)) {
    let started = Instant::now();
    prepare();
    assert!(begun(repository, arguments).wait().expect("it ends").success());
    let whole = started.elapsed();
    let count = runs(12);
    for number in 0..count {
        prepare();
        let stop = if number % 2 == 0 { Stop::Interrupt } else { Stop::Kill };
        let mut child = begun(repository, arguments);
        sleep(whole.mul_f64(f64::from(number + 1) / f64::from(count)).max(Duration::from_millis(1)));
        stop.send(&mut child);
        look(stop);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_the_old_crate_or_the_new_one() {
    let repository = repository();
    let [old, new] = both(&repository);
    let order = ["codegen", "--model", "new.json", "--out", "lobby"];
    let prepare = || {
        assert_eq!(repository.run(&["--model", "old.json", "--out", "lobby"]).code, 0);
        repository.put("lobby/README.md", "mine\n");
    };
    let (mut counts, mut mixed, mut left) = ([0, 0], 0, 0);
    interrupted(&repository, &order, prepare, |stop| {
        let state = || {
            let mut found = files(&repository, "lobby");
            assert_eq!(found.remove(&PathBuf::from("README.md")).as_deref(), Some("mine\n"));
            found
        };
        let mut found = state();
        let all = found.len();
        found.retain(|path, _| !path.starts_with(".codegen"));
        // Nobody cleans up after a kill but the next run.
        left += usize::from(found.len() < all);
        assert!(stop == Stop::Kill || found.len() == all, "{:?}", found.keys());
        match [&old, &new].iter().position(|expected| **expected == found) {
            Some(which) => counts[which] += 1,
            None => {
                assert_eq!(stop, Stop::Kill, "{:?}", found.keys());
                mixed += 1;
            }
        }
        let check = repository.run(&["--model", "new.json", "--out", "lobby", "--check"]);
        assert_eq!(check.code == 0, check.out.contains("is current"), "{}{}", check.out, check.err);
        assert_eq!(repository.run(&order[1..]).code, 0);
        assert!(state() == new, "the next run does all of it");
    });
    let [old, new] = counts;
    println!("old {old}, new {new}, mixed until the next run {mixed}; with something left for the next run {left}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_first_run_leaves_no_crate_or_all_of_it() {
    let repository = repository();
    let [_, new] = both(&repository);
    let order = ["codegen", "--model", "new.json", "--out", "deep"];
    let prepare = || {
        let _ = std::fs::remove_dir_all(repository.path("deep"));
    };
    interrupted(&repository, &order, prepare, |stop| {
        let found = files(&repository, "deep");
        let whole = found == new;
        assert!(found.is_empty() || whole || stop == Stop::Kill, "{:?}", found.keys());
        assert!(stop == Stop::Kill || whole || !repository.path("deep").exists());
        assert_eq!(repository.run(&order[1..]).code, 0);
        assert!(files(&repository, "deep") == new, "the next run does all of it");
    });
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_of_many_models_leaves_each_crate_whole_or_absent() {
    let repository = Repository::new();
    let names = ["rain", "snow", "wind", "dust", "hail", "mist"];
    for name in names {
        repository.put(&format!("models/{name}.json"), &named(name));
    }
    let order = ["codegen", "--models-dir", "models", "--out", "all"];
    let prepare = || {
        let _ = std::fs::remove_dir_all(repository.path("all"));
    };
    prepare();
    assert!(begun(&repository, &order).wait().expect("it ends").success());
    let crates = || names.map(|name| files(&repository, &format!("all/{name}")));
    let whole = crates();
    let mut counts = [0, 0];
    interrupted(&repository, &order, prepare, |stop| {
        for (found, whole) in crates().iter().zip(&whole) {
            let is_whole = found == whole;
            assert!(found.is_empty() || is_whole || stop == Stop::Kill, "{:?}", found.keys());
            counts[usize::from(is_whole)] += 1;
        }
        assert_eq!(repository.run(&order[1..]).code, 0);
        assert!(crates() == whole, "the next run does all of it");
    });
    println!("absent {}, whole {}", counts[0], counts[1]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_update_leaves_model_client_and_changelog_of_one_time() {
    let repository = repository();
    repository.put("model/weather.json", MODEL);
    repository.put("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    // Upstream's text becomes facts first, in the form that they are kept in.
    assert!(begun(&repository, &["update", "old.json", "--no-release"]).wait().expect("it ends").success());
    let snapshot = || ["model", "generated", "CHANGELOG.md"].map(|place| files(&repository, place));
    let old = snapshot();
    let order = ["update", "new.json", "--date", "2026-11-17"];
    let back = || {
        for (place, files) in ["model", "generated"].iter().zip(&old) {
            let _ = std::fs::remove_dir_all(repository.path(place));
            for (path, text) in files {
                repository.put(&format!("{place}/{}", path.display()), text);
            }
        }
        repository.put("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    };
    back();
    assert!(begun(&repository, &order).wait().expect("it ends").success());
    let new = snapshot();
    interrupted(&repository, &order, back, |stop| {
        let found = snapshot();
        assert!(found == old || found == new || stop == Stop::Kill, "{:?}", found[1].keys());
        // Any run that has the directory completes what a killed one began, before it does its own.
        let _ = repository.run(&[]);
        let found = snapshot();
        assert!(found == old || found == new, "{:?}", found[1].keys());
    });
}
