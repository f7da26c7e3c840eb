//! Models that no one can read, because of what is at their path: told with the path, and nothing is written.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs `codegen` for a model, and gives its exit code and its words; nothing may have been written.
fn refused(root: &Path, model: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(root).args(["codegen", "--model", model, "--out", "client", "--crate-name", "client"]);
    let run = command.output().expect("the binary runs");
    assert!(!root.join("client").exists(), "something was written for {model}");
    (run.status.code().expect("it was not killed"), String::from_utf8_lossy(&run.stderr).into_owned())
}

/// A repository without a model.
fn repository() -> tempfile::TempDir {
    let repository = tempfile::tempdir().expect("a temporary directory");
    for file in ["Cargo.toml", "xtask/Cargo.toml", "codegen/runtime/Cargo.toml"] {
        let place = repository.path().join(file);
        fs::create_dir_all(place.parent().expect("it has a parent")).expect("it is writable");
        fs::write(place, "[workspace]\n").expect("it is writable");
    }
    repository
}

#[test]
fn a_folder_without_a_model_is_named() {
    let repository = repository();
    fs::create_dir(repository.path().join("models")).expect("it is writable");
    let (code, words) = refused(repository.path(), "models");
    assert_eq!(code, 2, "{words}");
    assert!(words.starts_with("error: ") && words.contains("models"), "{words}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let (code, words) = refused(repository().path(), "none.json");
    assert_eq!(code, 2, "{words}");
    assert!(words.contains("none.json") && words.contains("No such file"), "{words}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let repository = repository();
    let file = repository.path().join("secret.json");
    fs::write(&file, "{}").expect("it is writable");
    fs::set_permissions(&file, fs::Permissions::from_mode(0)).expect("it is ours");
    if fs::read(&file).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    let (code, words) = refused(repository.path(), "secret.json");
    assert_eq!(code, 2, "{words}");
    assert!(words.contains("secret.json") && words.contains("Permission denied"), "{words}");
}
