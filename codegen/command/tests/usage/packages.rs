//! Which files of packages are read.

use std::fs;
use std::path::{Path, PathBuf};

use cargo_smithy_client::usage::Program;

/// Writes files with their folders, each with the word that is its path with `_` in it.
fn write(root: &Path, paths: &[&str]) {
    for path in paths {
        let whole = root.join(path);
        fs::create_dir_all(whole.parent().expect("it stands in a folder")).expect("it can be made");
        fs::write(whole, format!("{}();\n", path.replace(['/', '.', '-'], "_"))).expect("it can be written");
    }
}

fn read(root: &Path, packages: &[&str], passed_over: &[&str]) -> Program {
    let all = |paths: &[&str]| paths.iter().map(|path| root.join(path)).collect::<Vec<PathBuf>>();
    Program::read(&all(packages), &all(passed_over)).expect("the packages are there")
}

/// How often the word of a path stands in the program.
fn count(program: &Program, path: &str) -> usize {
    program.places(&path.replace(['/', '.', '-'], "_")).len()
}

const READ: [&str; 9] = [
    "app/src/main.rs",
    "app/src/target/mod.rs",
    "app/src/deep/er/still.rs",
    "app/tests/it.rs",
    "app/examples/show/main.rs",
    "app/benches/fast.rs",
    "app/build.rs",
    "app/anything.rs",
    "app/member/src/lib.rs",
];

const NOT_READ: [&str; 8] = [
    "app/target/debug/build/out.rs",
    "app/out/debug/out.rs",
    "app/.git/hook.rs",
    "app/clients/dynamodb/src/lib.rs",
    "app/other/src/lib.rs",
    "app/README.md",
    "app/src/main.rs.orig",
    "elsewhere/src/lib.rs",
];

#[test]
fn all_sources_of_the_packages_are_read_once_and_no_others() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &READ);
    write(root.path(), &NOT_READ);
    for manifest in ["app/Cargo.toml", "app/member/Cargo.toml", "app/other/Cargo.toml", "app/out/CACHEDIR.TAG"] {
        write(root.path(), &[manifest]);
    }
    for packages in [["app", "app/member", "app/../app"], ["app/member", "app", "app/member"]] {
        let program = read(root.path(), &packages, &["app/clients", "missing"]);
        for path in READ {
            assert_eq!(count(&program, path), 1, "{path}");
        }
        for path in NOT_READ {
            assert_eq!(count(&program, path), 0, "{path}");
        }
        assert_eq!(program.sources(), READ.len());
        assert!(program.passed_over().is_empty(), "{:?}", program.passed_over());
    }
}

#[test]
fn a_package_that_is_not_there_is_told() {
    let root = tempfile::tempdir().expect("a folder");
    let told = Program::read(&[root.path().join("missing")], &[]).err().unwrap_or_default();
    assert!(told.starts_with("cannot read ") && told.contains("missing: "), "{told}");
}

#[test]
fn what_is_no_text_is_passed_over_and_told() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &["src/main.rs"]);
    fs::write(root.path().join("src/odd.rs"), b"a();\xff").expect("it can be written");
    let program = read(root.path(), &["."], &[]);
    assert_eq!(count(&program, "src/main.rs"), 1);
    let [told] = program.passed_over() else { panic!("{:?}", program.passed_over()) };
    assert!(told.ends_with("src/odd.rs: it is not UTF-8 from byte 4 on"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_those_that_lead_out_are_told() {
    use std::os::unix::fs::symlink;

    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &["app/src/main.rs", "app/src/part/mod.rs", "shared/part.rs", "shared/more/mod.rs"]);
    let link = |to: &str, at: &str| symlink(root.path().join(to), root.path().join(at)).expect("it can be made");
    link("app/src", "app/src/part/circle");
    link("app/src/main.rs", "app/src/again.rs");
    link("shared/part.rs", "app/src/shared.rs");
    link("shared/more", "app/src/more");
    link("shared/nothing.rs", "app/src/nothing.rs");
    link("app", "link-to-app");
    let program = read(root.path(), &["link-to-app"], &[]);
    assert_eq!(program.sources(), 2);
    let told: Vec<&str> = program.passed_over().iter().filter_map(|told| told.rsplit('/').next()).collect();
    assert_eq!(
        told,
        ["more: it is a link that leads out of its package", "shared.rs: it is a link that leads out of its package"]
    );
}

/// Files that are parts of a program whatever they are called, and wherever they stand.
#[test]
fn what_sources_and_manifests_name_is_read_too() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        &["app/run", "app/calls.in", "shared/part/mod.rs", "shared/part/inner.rs", "shared/no.rs", "out.rs"],
    );
    write(root.path(), &["app/clients/a.in", "app/target/b.in"]);
    let put = |path: &str, text: &str| fs::write(root.path().join(path), text).expect("it can be written");
    put("app/Cargo.toml", "[[bin]]\nname = \"run\"\npath = \"run\"\n[lib]\npath = \"clients/a.in\"\n");
    put("app/run", "#[path = \"../shared/part/mod.rs\"]\nmod part;\ninclude!(\"missing.rs\");\nwithin_run();\n");
    put("shared/part/mod.rs", "mod inner;\ninclude!(\"../../app/calls.in\");\ninclude!(\"../../app/run\");\n");
    put("app/calls.in", "include!(\"target/b.in\"); include!(\"../shared/nothing\"); within_calls();\n");
    let program = read(root.path(), &["app"], &["app/clients", "app/target"]);
    assert_eq!(program.sources(), 4, "{program:?}");
    for word in ["within_run", "within_calls", "shared_part_inner_rs"] {
        assert_eq!(program.places(word).len(), 1, "{word}");
    }
    assert!(program.passed_over().is_empty(), "{:?}", program.passed_over());
}
