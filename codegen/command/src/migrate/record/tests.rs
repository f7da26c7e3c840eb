use std::fs;
use std::path::Path;

use super::{FOLDER, Record};
use crate::sync::Change;

/// A workspace with some files, of which one is about to change, one to come and one to go.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let fixture = Self { folder: tempfile::tempdir().expect("a folder") };
        fixture.write("Cargo.toml", "old\r\n");
        fixture.write("gone.rs", "gone\n");
        fixture.write("Cargo.lock", "lock\n");
        fixture
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().expect("it has one")).expect("it is ours");
        fs::write(place, text).expect("it is ours");
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root().join(path)).ok()
    }

    fn begin(&self) -> Record {
        let change = |path: &str, new| Change { path: self.root().join(path), new };
        let changes =
            [change("Cargo.toml", Some("new\n")), change("clients/a/src/lib.rs", Some("a\n")), change("gone.rs", None)];
        Record::begin(self.root(), &changes, &self.root().join("Cargo.lock")).expect("it can be kept")
    }

    fn change(&self) {
        self.write("Cargo.toml", "new\n");
        self.write("clients/a/src/lib.rs", "a\n");
        fs::remove_file(self.root().join("gone.rs")).expect("it is there");
        self.write("Cargo.lock", "newer\n");
    }

    fn last(&self) -> Record {
        Record::last(self.root()).expect("it can be read").expect("there is one")
    }

    /// All is as it was, and nothing is left.
    fn assert_old(&self) {
        assert_eq!(self.read("Cargo.toml").as_deref(), Some("old\r\n"));
        assert_eq!(self.read("gone.rs").as_deref(), Some("gone\n"));
        assert_eq!(self.read("Cargo.lock").as_deref(), Some("lock\n"));
        assert!(!self.root().join("clients").exists());
        assert!(!self.root().join(FOLDER).exists());
        assert!(Record::last(self.root()).expect("there is nothing to read").is_none());
    }
}

#[test]
fn what_changed_is_put_back() {
    let fixture = Fixture::new();
    let mut record = fixture.begin();
    fixture.change();
    record.note_builds(fixture.root()).expect("it can be noted");
    let record = fixture.last();
    assert!(record.edited(fixture.root()).expect("they can be read").is_empty());
    let restored = record.restore(fixture.root()).expect("it can be put back");
    assert_eq!(restored.restored, ["Cargo.toml", "gone.rs", "Cargo.lock"]);
    assert_eq!(restored.removed, ["clients/a/src/lib.rs"]);
    fixture.assert_old();
}

#[test]
fn a_change_that_was_killed_is_put_back_as_far_as_it_came() {
    let none = Fixture::new();
    none.begin();
    let restored = none.last().restore(none.root()).expect("nothing has changed");
    assert!(restored.restored.is_empty() && restored.removed.is_empty() && restored.kept.is_empty());
    none.assert_old();

    let half = Fixture::new();
    half.begin();
    half.write("Cargo.toml", "new\n");
    half.write("clients/a/src/lib.rs", "a\n");
    half.last().restore(half.root()).expect("it can be put back");
    half.assert_old();
}

#[test]
fn putting_back_can_be_repeated() {
    let fixture = Fixture::new();
    fixture.begin();
    fixture.change();
    // The run that began it died after the first file.
    fixture.write("Cargo.toml", "old\r\n");
    fixture.last().restore(fixture.root()).expect("it can be put back");
    fixture.assert_old();
}

#[test]
fn what_was_edited_since_is_told_and_never_lost() {
    let fixture = Fixture::new();
    let mut record = fixture.begin();
    fixture.change();
    record.note_builds(fixture.root()).expect("it can be noted");
    fixture.write("Cargo.toml", "mine\n");
    fixture.write("clients/a/src/lib.rs", "mine too\n");
    fixture.write("Cargo.lock", "updated\n");
    let record = fixture.last();
    assert_eq!(
        record.edited(fixture.root()).expect("they can be read"),
        ["Cargo.toml", "clients/a/src/lib.rs", "Cargo.lock"]
    );
    let restored = record.restore(fixture.root()).expect("it can be put back");
    assert_eq!(restored.kept.len(), 3);
    assert_eq!(fixture.read("Cargo.toml").as_deref(), Some("old\r\n"));
    assert_eq!(fixture.read("Cargo.toml.edited-1").as_deref(), Some("mine\n"));
    assert_eq!(fixture.read("clients/a/src/lib.rs.edited-1").as_deref(), Some("mine too\n"));
    assert_eq!(fixture.read("clients/a/src/lib.rs"), None);
}

#[test]
fn records_are_put_back_from_the_last_to_the_first() {
    let fixture = Fixture::new();
    fixture.begin();
    fixture.change();
    let changes = [Change { path: fixture.root().join("Cargo.toml"), new: Some("newest\n") }];
    Record::begin(fixture.root(), &changes, &fixture.root().join("Cargo.lock")).expect("it can be kept");
    fixture.write("Cargo.toml", "newest\n");
    fixture.last().restore(fixture.root()).expect("it can be put back");
    assert_eq!(fixture.read("Cargo.toml").as_deref(), Some("new\n"));
    fixture.last().restore(fixture.root()).expect("it can be put back");
    fixture.assert_old();
}

#[test]
fn a_record_leads_to_nothing_outside_of_the_workspace() {
    let fixture = Fixture::new();
    fixture.begin();
    let list = format!("{FOLDER}/1/record.json");
    let text = fixture.read(&list).expect("it is there").replace("gone.rs", "../gone.rs");
    fixture.write(&list, &text);
    let refusal = Record::last(fixture.root()).expect_err("it is about files elsewhere");
    assert!(refusal.ends_with("it is about files elsewhere"), "{refusal}");
}

#[test]
fn what_follows_the_versions_of_cargo_is_a_part_of_it() {
    let fixture = Fixture::new();
    let mut record = fixture.begin();
    fixture.change();
    record.reopen().expect("it can be noted");
    fixture.write("clients/a/src/lib.rs", "a of another version\n");
    // A run that is killed here is put back like any other.
    assert!(fixture.last().edited(fixture.root()).expect("it can be read").is_empty());
    fixture.last().note_builds(fixture.root()).expect("it can be noted");
    fixture.write("Cargo.toml", "edited\n");
    assert_eq!(fixture.last().edited(fixture.root()).expect("it can be read"), ["Cargo.toml"]);
    fixture.write("Cargo.toml", "new\n");
    fixture.last().restore(fixture.root()).expect("it can be put back");
    fixture.assert_old();
}

/// A record that came with somebody else's repository.
#[cfg(unix)]
#[test]
fn a_record_puts_nothing_elsewhere() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("mine"), "mine").expect("it is ours");
    let fixture = Fixture::new();
    std::os::unix::fs::symlink(elsewhere.path(), fixture.root().join("out")).expect("it is ours");
    for (path, old) in [("out/mine", "0.old"), ("a", "../../out/mine"), ("a", "/etc/hostname"), ("../a", "0.old")] {
        let list = format!(
            "{{\"format\":1,\"files\":[{{\"path\":\"{path}\",\"old\":\"{old}\",\"new\":\"gone\"}}],\"directories\":[]}}"
        );
        fixture.write(&format!("{FOLDER}/1/record.json"), &list);
        fixture.write(&format!("{FOLDER}/1/0.old"), "theirs");
        let refusal = Record::last(fixture.root()).expect_err("it leads elsewhere");
        assert!(refusal.ends_with("it is about files elsewhere"), "{refusal}");
    }
    fs::remove_dir_all(fixture.root().join(FOLDER)).expect("it is ours");
    std::os::unix::fs::symlink(elsewhere.path(), fixture.root().join(FOLDER)).expect("it is ours");
    let refusal =
        Record::begin(fixture.root(), &[], &fixture.root().join("Cargo.lock")).expect_err("it leads elsewhere");
    assert!(refusal.ends_with("it is a symbolic link"), "{refusal}");
    assert!(!elsewhere.path().join(".gitignore").exists());
}
