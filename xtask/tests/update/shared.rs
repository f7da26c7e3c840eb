//! The repository's own model, updated from the real files of its service.

use std::fs;
use std::path::{Path, PathBuf};

use super::botocore::gzipped;
use super::{Repository, run_in};

/// Where the repository and the shared models are; says so where the latter are missing.
fn shared(path: &str) -> Option<String> {
    let path: PathBuf = root().join("../shared/models").join(path);
    if !path.exists() {
        println!("skipped: not found");
        return None;
    }
    Some(path.canonicalize().expect("it exists").to_string_lossy().into_owned())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A repository with the model of this one, and its client.
fn repository() -> Repository {
    let repository = Repository::empty();
    for file in ["ivs-realtime.json", "ivs-realtime.docs.json"] {
        let text = fs::read(root().join("model").join(file)).expect("the repository has its model");
        repository.put(&format!("model/{file}"), &text);
    }
    let run = repository.run("codegen", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    repository
}

#[test]
fn the_newest_release_gives_the_model_byte_for_byte() {
    let newest = ["botocore/2026-11-17", "botocore", "ivs-realtime/ivs-realtime-2026-11-17.json", "ivs-realtime"];
    let repository = repository();
    let before = repository.files();
    for source in newest {
        let Some(source) = shared(source) else { return };
        let run = repository.update(&[&source]);
        assert!(run.code == 0 && run.out.contains("no changes: "), "{source}: {}{}", run.out, run.err);
        assert_eq!(before, repository.files(), "{source}");
    }
}

#[test]
fn an_older_release_drops_documentation_and_the_newest_brings_the_facts_back() {
    let [Some(older), Some(newest)] = ["botocore/2023-11-16", "botocore/2026-11-17"].map(shared) else { return };
    let repository = repository();
    let facts = repository.read("model/ivs-realtime.json");
    let run = repository.update(&[&older, "--no-release"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("13 removed operations"), "{}", run.out);
    assert!(run.out.contains("ivsrealtime#CreateIngestConfiguration\n"), "{}", run.out);
    assert!(!repository.read("model/ivs-realtime.docs.json").contains("CreateIngestConfigurationRequest\""));
    assert_eq!(repository.run("codegen", &["--check"]).code, 0);
    let run = repository.update(&[&newest, "--no-release"]);
    assert!(run.out.contains("not yet documented"), "{}", run.out);
    assert_eq!(facts, repository.read("model/ivs-realtime.json"));
}

#[test]
fn aws_s_own_model_is_taken_although_it_has_enums_of_smithy_1() {
    let Some(upstream) = shared("aws/ivs-realtime-2020-07-14.json") else { return };
    let repository = repository();
    let before = repository.files();
    let run = repository.update(&[&upstream, "--dry-run"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(before, repository.files());
    let run = repository.update(&[&upstream]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(!repository.read("model/ivs-realtime.json").contains("smithy.api#enum\""));
    assert!(repository.read("model/ivs-realtime.docs.json").contains("#ParticipantState$CONNECTED"));
    assert_eq!(repository.run("codegen", &["--check"]).code, 0);
}

#[test]
fn a_compressed_model_and_a_directory_of_many_services_are_read() {
    let [Some(file), Some(many)] = ["ivs-realtime/ivs-realtime-2026-11-17.json", "aws"].map(shared) else { return };
    let repository = repository();
    repository.put("up.bin", &gzipped(&fs::read(file).expect("it is readable")));
    assert!(repository.update(&["up.bin"]).out.contains("no changes: "));
    let run = repository.update(&[&many, "--service", "no-such-service"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("does not hold no-such-service, but 25 other services\n  hint: "), "{}", run.err);
    let run = run_in(
        repository.0.path(),
        "update",
        &[&many, "--service", "ivschat", "--model", "chat/model", "--out", "chat/client"],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!repository.read("chat/model/ivschat.json").contains("smithy.api#documentation"));
}
