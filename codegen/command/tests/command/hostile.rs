//! Repositories of others: nothing outside of the workspace is written or removed, whatever their files say.

use super::{PACKAGE, Workspace};

/// Gives the lock of a workspace another client, of this name, which its manifest has not.
fn with_locked(workspace: &Workspace, name: &str) {
    let lock = workspace.read("smithy-client.lock");
    let (_, table) = lock.split_once("[client.weather]").expect("it has the client");
    let other = table.replace("[client.weather", &format!("[client.\"{name}\""));
    workspace.put("smithy-client.lock", &format!("{lock}\n[client.\"{name}\"]{other}"));
}

#[test]
fn a_client_of_the_lock_is_not_removed_elsewhere() {
    let victim = Workspace::with_client("fn main() { client.get_city(); }");
    let before = victim.tree();
    let workspace = Workspace::with_client("fn main() {}");
    with_locked(&workspace, &victim.path("clients/weather").display().to_string());
    for arguments in [&["sync"][..], &["sync", "--check"], &["list"]] {
        let run = workspace.run(arguments);
        assert_eq!(run.code, 2, "{}{}", run.out, run.err);
        assert!(run.err.contains("smithy-client.lock: a client cannot be called `/"), "{}", run.err);
    }
    assert_eq!(victim.tree(), before);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_workspace_are_not_written_through() {
    use std::os::unix::fs::symlink;

    let elsewhere = tempfile::tempdir().expect("a temporary directory");
    for link in ["clients", "clients/models", "clients/weather", "clients/smithy-client-runtime"] {
        let workspace = Workspace::package("fn main() {}");
        let place = workspace.path(link);
        std::fs::create_dir_all(place.parent().expect("it has one")).expect("it is writable");
        symlink(elsewhere.path(), &place).expect("it is writable");
        let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
        assert_ne!(run.code, 0, "{link}: {}", run.out);
        assert!(["is not below", "symbolic link"].iter().any(|it| run.err.contains(it)), "{link}: {}", run.err);
        assert_eq!(workspace.read("Cargo.toml"), PACKAGE, "{link}");
        assert_eq!(elsewhere.path().read_dir().expect("it is readable").count(), 0, "{link}");
    }
}

#[cfg(unix)]
#[test]
fn a_manifest_that_is_a_link_stays_one() {
    use std::os::unix::fs::symlink;

    let elsewhere = tempfile::tempdir().expect("a temporary directory");
    let theirs = elsewhere.path().join("manifest");
    std::fs::write(&theirs, PACKAGE).expect("it is writable");
    let workspace = Workspace::of(&[("src/main.rs", "fn main() { client.get_city(); }"), ("real/manifest", PACKAGE)]);
    symlink(&theirs, workspace.path("Cargo.toml")).expect("it is writable");
    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains("error: Cargo.toml is a link to "), "{}", run.err);
    assert_eq!(std::fs::read_to_string(&theirs).as_deref().ok(), Some(PACKAGE));
    assert!(!workspace.path("clients").exists());

    std::fs::remove_file(workspace.path("Cargo.toml")).expect("it is writable");
    symlink("real/manifest", workspace.path("Cargo.toml")).expect("it is writable");
    let run = workspace.passes(&["add", "weather", "--model", "weather.json"]);
    assert!(run.out.contains("1 of 1 client emitted in clients (1 operation"), "{}", run.out);
    assert!(workspace.read("real/manifest").contains("weather = { path = \"clients/weather\" }"));
    assert!(workspace.path("Cargo.toml").is_symlink());
}
