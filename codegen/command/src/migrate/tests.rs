//! Workspaces that are taken over and put back.

mod beneath;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Migration, Wish, undo};
use crate::files::Limits;
use crate::site::Site;
use crate::terminal::{Paint, Progress};
use crate::workspace::Workspace;
use crate::write::Room;

/// A service of notes: three operations, one of them with a waiter, and one that streams.
const TINY: &str = include_str!("../../tests/tiny.json");

/// A service that speaks a protocol of nobody's.
const ODD: &str = include_str!("../../tests/odd.json");

const ROOT: &str = "\
[workspace]
members = [\"worker\", \"tool\"]
resolver = \"3\"

[workspace.dependencies]
# One version for all.
aws-sdk-tinyqueue = \"1.2\" # notes
";

const WORKER: &str = "\
[package]
name = \"worker\"
edition = \"2024\"

[dependencies]
aws-sdk-odd = \"1\"
aws-sdk-tinyqueue = { workspace = true, features = [\"behavior-version-latest\", \"gated-tests\"] }
";

const TOOL: &str = "\
[package]
name = \"tool\"
edition = \"2024\"

[features]
notes = [\"dep:queue\", \"queue/rustls\"]

[dependencies]
queue = { package = \"aws-sdk-tinyqueue\", version = \"1.1\", optional = true, default-features = false }

[dev-dependencies.aws-sdk-tinyqueue]
version = \"1.1\"
features = [\"test-util\"]
";

const MAIN: &str = "\
fn main() {
    let _ = aws_sdk_odd::Client::new;
    let client: aws_sdk_tinyqueue::Client = todo!();
    client.send_note().text(\"a\").send();
}
";

/// A workspace of two packages that use a service each, and models of both.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let fixture = Self { folder: tempfile::tempdir().expect("a folder") };
        fixture.write("Cargo.toml", ROOT);
        fixture.write("worker/Cargo.toml", WORKER);
        fixture.write("worker/src/main.rs", MAIN);
        fixture.write("tool/Cargo.toml", TOOL);
        fixture.write("tool/src/lib.rs", "pub fn drop(client: &queue::Client) { client.drop_note(); }\n");
        fixture.write("models/tiny.json", TINY);
        fixture.write("models/odd.json", ODD);
        fixture
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("it is there")
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.folder.path().join(path);
        fs::create_dir_all(place.parent().expect("it has one")).expect("it is ours");
        fs::write(place, text).expect("it is ours");
    }

    /// Puts a text in the place of another one.
    fn change(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old}");
        self.write(path, &text.replace(old, new));
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).expect("it is there")
    }

    fn site(&self) -> Site {
        let workspace = Workspace::find(Some(&self.root().join("Cargo.toml"))).expect("it is a workspace");
        Site::open(workspace, None, Limits::default()).expect("it can be read")
    }

    /// Plans a migration, and does something with it.
    fn plan<R>(&self, keeps_going: bool, act: impl FnOnce(Migration<'_>) -> R) -> R {
        let site = self.site();
        let wish = Wish { model: "models".to_owned(), keeps_going, is_without_aws_lc: false };
        act(Migration::plan(&site, &wish, &Progress::new(0, false)).expect("it can be planned"))
    }

    /// What is said of a plan, without the numbers of lines, which follow the generator.
    fn text(&self, keeps_going: bool) -> String {
        let text = self.plan(keeps_going, |migration| migration.text());
        let text = text.replace(&self.root().display().to_string(), "ROOT");
        let without = |line: &str| match line.split_once(" lines") {
            Some((before, after)) => {
                format!("{}N lines{after}\n", before.trim_end_matches(|c: char| c.is_ascii_digit()))
            }
            None => format!("{line}\n"),
        };
        text.lines().map(without).collect()
    }

    fn migrate(&self) {
        let site = self.site();
        let room = Room::enter(&site.directory, &[&site.workspace.root], &|_| {}).expect("it is ours");
        self.plan(false, |mut migration| migration.write(&room)).expect("it can be written");
    }

    /// All files with their bytes, but for what is cached where Cargo builds.
    fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut tree = BTreeMap::new();
        collect(&self.root(), &mut tree);
        tree.retain(|path, _| !path.starts_with(self.root().join("target")));
        tree
    }
}

fn collect(directory: &Path, tree: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(directory).expect("it is there").flatten() {
        match entry.path().is_dir() {
            true => collect(&entry.path(), tree),
            false => drop(tree.insert(entry.path(), fs::read(entry.path()).expect("it is there"))),
        }
    }
}

#[test]
fn a_workspace_is_taken_over_and_put_back() {
    let fixture = Fixture::new();
    let before = fixture.tree();
    insta::assert_snapshot!(fixture.text(false), @r"
    aws-sdk-tinyqueue -> clients/tinyqueue: 2 of 4 operations, N lines: DropNote, SendNote
      in Cargo.toml [workspace.dependencies]: aws-sdk-tinyqueue
      in tool/Cargo.toml [dependencies]: queue
      in tool/Cargo.toml [dev-dependencies]: aws-sdk-tinyqueue
      in worker/Cargo.toml [dependencies]: aws-sdk-tinyqueue
    aws-sdk-odd stays: it cannot be emitted: the service has no protocol
    TLS: the program compiles aws-lc anyway, for aws-config or an official crate with their defaults, so the clients take it too; with --without-aws-lc nothing has it, which saves some 30 s of processor time of a debug build
    ");
    assert!(fixture.tree() == before, "a plan writes nothing");
    fixture.migrate();
    assert!(fixture.read("clients/tinyqueue/Cargo.toml").contains("name = \"tinyqueue\""));
    assert!(fixture.root().join("clients/smithy-client-runtime/Cargo.toml").is_file());

    let restored = undo(&fixture.root(), false).expect("nothing was edited").expect("there is one to undo");
    insta::assert_snapshot!(restored.restored.join(", "), @"Cargo.toml, tool/Cargo.toml, worker/Cargo.toml");
    assert!(fixture.tree() == before);
    assert!(!fixture.root().join("clients").exists());
    assert_eq!(undo(&fixture.root(), false), Ok(None));
}

#[test]
fn manifests_have_clients_in_the_places_of_official_crates() {
    let fixture = Fixture::new();
    fixture.migrate();
    insta::assert_snapshot!(fixture.read("Cargo.toml"), @r#"
    [workspace]
    members = ["worker", "tool"]
    resolver = "3"
    exclude = ["clients"]

    [workspace.dependencies]
    # One version for all.
    aws-sdk-tinyqueue = { package = "tinyqueue", path = "clients/tinyqueue", default-features = false, features = ["rt-tokio", "rustls-aws-lc"] } # notes

    # Emitted as a whole: built without what only helps where a part of a package changes.
    [profile.dev.package]
    tinyqueue = { incremental = false }
    smithy-client-runtime = { incremental = false }
    "#);
    insta::assert_snapshot!(fixture.read("worker/Cargo.toml"), @r#"
    [package]
    name = "worker"
    edition = "2024"

    [dependencies]
    aws-sdk-odd = "1"
    aws-sdk-tinyqueue = { workspace = true, features = ["behavior-version-latest"] }
    "#);
    insta::assert_snapshot!(fixture.read("tool/Cargo.toml"), @r#"
    [package]
    name = "tool"
    edition = "2024"

    [features]
    notes = ["dep:queue", "queue/rustls-aws-lc"]

    [dependencies]
    queue = { package = "tinyqueue", path = "../clients/tinyqueue", optional = true, default-features = false, features = ["rt-tokio", "rustls-aws-lc"] }

    [dev-dependencies.aws-sdk-tinyqueue]
    package = "tinyqueue"
    path = "../clients/tinyqueue"
    features = ["rt-tokio", "rustls-aws-lc", "test-util"]
    default-features = false
    "#);
    insta::assert_snapshot!(fixture.read("smithy-client.toml"), @r#"
    # Clients of AWS services that `cargo smithy-client sync` emits.

    [clients.tinyqueue]
    model = "models"
    dependency = "aws-sdk-tinyqueue"
    operations = "auto"
    default-features = false
    features = ["rt-tokio", "rustls-aws-lc"]
    "#);
}

#[test]
fn a_second_run_finds_nothing_to_do() {
    let fixture = Fixture::new();
    fixture.migrate();
    let once = fixture.tree();
    fixture.plan(false, |migration| {
        assert!(migration.is_empty());
        assert!(!migration.is_complete(), "the odd one stays");
    });
    assert!(fixture.tree() == once);
}

#[test]
fn a_preview_writes_nothing() {
    let fixture = Fixture::new();
    let before = fixture.tree();
    let preview = fixture.plan(false, |mut migration| migration.preview(Paint { colours: false }));
    assert!(fixture.tree() == before);
    let preview = preview.expect("it can be made");
    let count = preview.lines().last().unwrap_or_default();
    assert!(count.ends_with("files below clients"), "{count}");
    let diff: String =
        preview.lines().filter(|line| line.starts_with(['-', '+'])).map(|line| format!("{line}\n")).collect();
    insta::assert_snapshot!(diff, @r#"
    --- Cargo.toml	on disk
    +++ Cargo.toml	emitted
    +exclude = ["clients"]
    -aws-sdk-tinyqueue = "1.2" # notes
    +aws-sdk-tinyqueue = { package = "tinyqueue", path = "clients/tinyqueue", default-features = false, features = ["rt-tokio", "rustls-aws-lc"] } # notes
    +
    +# Emitted as a whole: built without what only helps where a part of a package changes.
    +[profile.dev.package]
    +tinyqueue = { incremental = false }
    +smithy-client-runtime = { incremental = false }
    --- tool/Cargo.toml	on disk
    +++ tool/Cargo.toml	emitted
    -notes = ["dep:queue", "queue/rustls"]
    +notes = ["dep:queue", "queue/rustls-aws-lc"]
    -queue = { package = "aws-sdk-tinyqueue", version = "1.1", optional = true, default-features = false }
    +queue = { package = "tinyqueue", path = "../clients/tinyqueue", optional = true, default-features = false, features = ["rt-tokio", "rustls-aws-lc"] }
    -version = "1.1"
    -features = ["test-util"]
    +package = "tinyqueue"
    +path = "../clients/tinyqueue"
    +features = ["rt-tokio", "rustls-aws-lc", "test-util"]
    +default-features = false
    --- worker/Cargo.toml	on disk
    +++ worker/Cargo.toml	emitted
    -aws-sdk-tinyqueue = { workspace = true, features = ["behavior-version-latest", "gated-tests"] }
    +aws-sdk-tinyqueue = { workspace = true, features = ["behavior-version-latest"] }
    --- /dev/null
    +++ smithy-client.toml	emitted
    +# Clients of AWS services that `cargo smithy-client sync` emits.
    +
    +[clients.tinyqueue]
    +model = "models"
    +dependency = "aws-sdk-tinyqueue"
    +operations = "auto"
    +default-features = false
    +features = ["rt-tokio", "rustls-aws-lc"]
    "#);
}

#[test]
fn what_was_edited_since_is_not_put_back_unasked() {
    let fixture = Fixture::new();
    let before = fixture.tree();
    fixture.migrate();
    fixture.write("worker/Cargo.toml", "mine\n");
    let mine = fixture.tree();
    insta::assert_snapshot!(undo(&fixture.root(), false).expect_err("one was edited"), @r"
    nothing is put back, as these files were edited since: worker/Cargo.toml
      hint: keep what you need of them elsewhere, or run cargo smithy-client migrate --undo --force, which leaves each beside the one that is put back
    ");
    assert!(fixture.tree() == mine);
    let restored = undo(&fixture.root(), true).expect("it can be put back").expect("there is one to undo");
    assert_eq!(restored.kept, [fixture.root().join("worker/Cargo.toml.edited-1")]);
    assert_eq!(fs::read_to_string(&restored.kept[0]).expect("it is there"), "mine\n");
    fs::remove_file(&restored.kept[0]).expect("it is there");
    assert!(fixture.tree() == before);
}

/// What is said of the queue after one thing of the fixture is changed.
fn said(change: impl FnOnce(&Fixture)) -> String {
    let fixture = Fixture::new();
    change(&fixture);
    let text = fixture.text(false);
    let of_queue = text.lines().filter(|line| !line.contains("aws-sdk-odd") && !line.starts_with("TLS"));
    of_queue.map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_cannot_be_served_stays_with_the_reason() {
    let dependency =
        |new: &'static str| move |it: &Fixture| it.change("Cargo.toml", "aws-sdk-tinyqueue = \"1.2\"", new);
    insta::assert_snapshot!(said(dependency("aws-sdk-tinyqueue = { git = \"https://example.com/x\" }")), @"aws-sdk-tinyqueue stays: it is from the repository https://example.com/x");
    let beside = |it: &Fixture| {
        it.write("x/Cargo.toml", "[package]\nname = \"aws-sdk-tinyqueue\"\nversion = \"1.3.0\"\n");
        it.write("x/src/lib.rs", "");
        it.change("Cargo.toml", "[workspace]", "[workspace]\nexclude = [\"x\"]");
    };
    let path = |it: &Fixture| {
        beside(it);
        it.change("Cargo.toml", "aws-sdk-tinyqueue = \"1.2\"", "aws-sdk-tinyqueue = { path = \"x\", version = \"1\" }");
    };
    let patch = |it: &Fixture| {
        beside(it);
        let root = it.read("Cargo.toml");
        it.write("Cargo.toml", &format!("{root}\n[patch.crates-io]\naws-sdk-tinyqueue = {{ path = \"x\" }}\n"));
    };
    insta::assert_snapshot!(said(path), @"aws-sdk-tinyqueue stays: it is from the folder `x`");
    insta::assert_snapshot!(said(dependency("aws-sdk-tinyqueue = { version = \"1\", features = [\"native-tls\"] }")), @"aws-sdk-tinyqueue stays: the feature `native-tls`: TLS of the operating system, for which Cargo.toml asks");
    insta::assert_snapshot!(
        said(patch),
        @"aws-sdk-tinyqueue stays: [patch.crates-io] puts another one in its place"
    );
    insta::assert_snapshot!(said(|it| it.change("tool/Cargo.toml", "queue/rustls", "queue/sigv4a")), @"aws-sdk-tinyqueue stays: the feature `sigv4a`: the service takes no signatures of several regions, for which tool/Cargo.toml asks");
    insta::assert_snapshot!(said(|it| fs::remove_file(it.root().join("models/tiny.json")).expect("it is there")), @"aws-sdk-tinyqueue stays: no model of it: ROOT/models does not hold tinyqueue; it has Odd Service");
    insta::assert_snapshot!(said(|it| it.change("models/tiny.json", "Tiny Queue", "Tinyqueue 2")), @"aws-sdk-tinyqueue stays: no model of it: the model there is of Tinyqueue 2, whose official crate is aws-sdk-tinyqueue2");
}

#[test]
fn a_version_before_one_stays_beside_a_newer_one() {
    let fixture = Fixture::new();
    fixture.change("tool/Cargo.toml", "\"1.1\", optional", "\"0.30\", optional");
    let text = fixture.text(false);
    assert!(text.contains("aws-sdk-tinyqueue -> clients/tinyqueue: "), "{text}");
    assert!(!text.contains("tool/Cargo.toml [dependencies]"), "{text}");
    let stays = "aws-sdk-tinyqueue stays: it is asked for in version 0.30, and ours has the interface of 1\n";
    assert!(text.contains(stays), "{text}");
    fixture.migrate();
    assert!(fixture.read("tool/Cargo.toml").contains("version = \"0.30\", optional"));
}

#[test]
fn dependencies_may_be_called_as_no_package_is() {
    let fixture = Fixture::new();
    fixture.change(
        "Cargo.toml",
        "aws-sdk-tinyqueue = \"1.2\"",
        "__queue = { package = \"aws-sdk-tinyqueue\", version = \"1.2\" }",
    );
    fixture.change("worker/Cargo.toml", "aws-sdk-tinyqueue = {", "__queue = {");
    fixture.write("worker/src/main.rs", "fn main() { __queue::Client::send_note; aws_sdk_tinyqueue::Client }\n");
    fixture.migrate();
    assert!(fixture.read("Cargo.toml").contains("__queue = { package = \"tinyqueue\", path = \"clients/tinyqueue\""));
    assert!(fixture.read("smithy-client.toml").contains("dependency = \"__queue\""));
}

#[test]
fn what_the_program_does_with_it_may_speak_against_it() {
    let source = |text: &'static str| move |it: &Fixture| it.write("worker/src/more.rs", text);
    insta::assert_snapshot!(said(source("fn f(q: aws_sdk_tinyqueue::Client) {\n    q.watch_notes();\n}\n")), @"aws-sdk-tinyqueue stays: WatchNotes (worker/src/more.rs:2): it cannot be emitted: t#Body is a document, which no message of restXml can hold");
    assert!(said(source("fn f() {\n    q.wait_until_notes_ready();\n}\n")).starts_with("aws-sdk-tinyqueue -> "));
    let lock = "[[package]]\nname = \"shares\"\nversion = \"1.0.0\"\nsource = \"registry+https://x\"\n\
                dependencies = [\"aws-sdk-tinyqueue\"]\n";
    insta::assert_snapshot!(said(|it| it.write("Cargo.lock", lock)), @"aws-sdk-tinyqueue stays: shares 1.0.0 depends on it too, and where it takes or gives types of it, ours are others");
    let unused = said(|it| {
        it.write("worker/src/main.rs", "fn main() {}\n");
        it.write("tool/src/lib.rs", "");
    });
    insta::assert_snapshot!(unused, @"aws-sdk-tinyqueue stays: no source of the workspace names it");

    let fixture = Fixture::new();
    fixture.write("worker/src/more.rs", "fn f(q: aws_sdk_tinyqueue::Client) {\n    q.watch_notes();\n}\n");
    insta::assert_snapshot!(fixture.text(true), @r"
    aws-sdk-tinyqueue -> clients/tinyqueue: 2 of 4 operations, N lines: DropNote, SendNote
      in Cargo.toml [workspace.dependencies]: aws-sdk-tinyqueue
      in tool/Cargo.toml [dependencies]: queue
      in tool/Cargo.toml [dev-dependencies]: aws-sdk-tinyqueue
      in worker/Cargo.toml [dependencies]: aws-sdk-tinyqueue
      passed over: WatchNotes (worker/src/more.rs:2): it cannot be emitted: t#Body is a document, which no message of restXml can hold
    aws-sdk-odd stays: it cannot be emitted: the service has no protocol
    TLS: the program compiles aws-lc anyway, for aws-config or an official crate with their defaults, so the clients take it too; with --without-aws-lc nothing has it, which saves some 30 s of processor time of a debug build
    ");
}

#[test]
fn aws_lc_is_taken_where_the_program_has_it_anyway() {
    let fixture = Fixture::new();
    fixture.change(
        "worker/Cargo.toml",
        "aws-sdk-odd = \"1\"",
        "aws-sdk-odd = { version = \"1\", default-features = false }",
    );
    assert!(fixture.text(false).contains("rustls with ring"));
    fixture.change(
        "worker/Cargo.toml",
        "[dependencies]",
        "[dependencies]\naws-config = { version = \"1\", default-features = false }",
    );
    assert!(fixture.text(false).contains("rustls with ring"));
    fixture.change(
        "worker/Cargo.toml",
        "aws-config = { version = \"1\", default-features = false }",
        "aws-config = \"1\"",
    );
    assert!(fixture.text(false).contains("aws-lc anyway"));
    fixture.migrate();
    assert!(
        fixture
            .read("Cargo.toml")
            .contains("default-features = false, features = [\"rt-tokio\", \"rustls-aws-lc\"] } # notes\n")
    );
    assert!(fixture.read("tool/Cargo.toml").contains("\"queue/rustls-aws-lc\""));
}

#[test]
fn clients_that_are_there_are_extended() {
    let fixture = Fixture::new();
    let manifest = "# Ours.\ndirectory = \"vendor/aws\"\n\n[clients.tinyqueue]\nmodel = \"models\"\n\
                    operations = [\"DropNote\"] # one\n";
    fixture.write("smithy-client.toml", manifest);
    let before = fixture.tree();
    fixture.migrate();
    insta::assert_snapshot!(fixture.read("smithy-client.toml"), @r#"
    # Ours.
    directory = "vendor/aws"

    [clients.tinyqueue]
    model = "models"
    dependency = "aws-sdk-tinyqueue"
    operations = ["DropNote", "SendNote"]
    features = ["rt-tokio", "rustls-aws-lc"]
    "#);
    assert!(fixture.read("Cargo.toml").contains("path = \"vendor/aws/tinyqueue\""));
    assert!(undo(&fixture.root(), false).expect("nothing was edited").is_some());
    assert!(fixture.tree() == before);

    fixture.change("smithy-client.toml", "operations = [\"DropNote\"] # one", "emit = \"types\"");
    insta::assert_snapshot!(said(|it| it.write("smithy-client.toml", &fixture.read("smithy-client.toml"))), @"aws-sdk-tinyqueue stays: smithy-client.toml has tinyqueue as types without a client");
}

/// Services as they are, from models that the repository does not have.
#[test]
fn real_services_are_found_by_the_names_of_their_crates() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models/aws");
    let Ok(models) = models.canonicalize() else {
        eprintln!("skipped: not found: {}", models.display());
        return;
    };
    let fixture = Fixture::new();
    let crates = [
        "apigatewaymanagement",
        "applicationdiscovery",
        "dynamodb",
        "secretsmanager",
        "sqs",
        "ssm",
        "transcribestreaming",
    ];
    let dependencies: String = crates.iter().map(|name| format!("aws-sdk-{name} = \"1\"\n")).collect();
    fixture.write("worker/Cargo.toml", &WORKER.replace("[dependencies]\n", &format!("[dependencies]\n{dependencies}")));
    fixture.write(
        "worker/src/main.rs",
        "fn main() {
            aws_sdk_dynamodb::Client::put_item; aws_sdk_applicationdiscovery::Client::list_configurations;
            aws_sdk_apigatewaymanagement::Client::post_to_connection;
            aws_sdk_secretsmanager::Client::get_secret_value; aws_sdk_sqs::Client::send_message;
            aws_sdk_ssm::Client::get_parameters_by_path; aws_sdk_transcribestreaming::Client::new;
        }\n",
    );
    let site = fixture.site();
    let wish = Wish { model: models.display().to_string(), keeps_going: false, is_without_aws_lc: false };
    let migration = Migration::plan(&site, &wish, &Progress::new(0, false)).expect("it can be planned");
    let taken: Vec<(&str, &str)> = migration
        .taken
        .iter()
        .map(|(package, taken)| (package.as_str(), taken.slice.operations.first().map_or("", String::as_str)))
        .collect();
    let first = [
        ("dynamodb", "PutItem"),
        ("applicationdiscovery", "ListConfigurations"),
        ("apigatewaymanagement", "PostToConnection"),
        ("secretsmanager", "GetSecretValue"),
        ("sqs", "SendMessage"),
    ];
    for (name, operation) in first {
        assert!(taken.contains(&(&format!("aws-sdk-{name}"), operation)), "{name}: {taken:?}");
    }
    assert!(taken.contains(&("aws-sdk-ssm", "GetParametersByPath")), "{taken:?}");
    assert!(migration.kept["aws-sdk-transcribestreaming"][0].starts_with("no model of it: "), "{:?}", migration.kept);
}
