//! Slices and types alone as their users build them: the emitted crate compiles without a warning, its documentation
//! has no broken link, and types need nothing of the engine.
//!
//! Cargo is started on crates outside of the workspace, with the workspace's lock file and target directory, so that
//! nothing is fetched and what was built once is used again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run of a program said on both of its streams.
fn output(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// The root of this repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is below the root")
}

/// An emitted crate on disk, a workspace by itself.
struct Crate(PathBuf);

impl Crate {
    /// Emits a crate with these arguments of `codegen`, beside the locked versions of this repository.
    fn emitted(name: &str, arguments: &[&str]) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut codegen = Command::new(env!("CARGO_BIN_EXE_xtask"));
        codegen.current_dir(root()).arg("codegen").args(arguments).arg("--out").arg(&directory);
        let (success, said) = output(&mut codegen);
        assert!(success, "{said}");
        fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).expect("the workspace has a lock file");
        Self(directory)
    }

    /// Cargo in the crate.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).args(["--offline", "--color", "never"]).current_dir(&self.0);
        command.env("CARGO_TARGET_DIR", own.parent().unwrap_or(own));
        command
    }

    /// Runs Cargo, which must succeed and warn of nothing.
    fn passes(&self, arguments: &[&str]) {
        let (success, said) = output(&mut self.cargo(arguments));
        let clean = !said.lines().any(|line| line.starts_with("warning"));
        assert!(success && clean, "cargo {} says:\n{said}", arguments.join(" "));
    }

    /// The crate compiles, and so does its documentation.
    fn compiles(&self) {
        self.passes(&["check", "--no-default-features"]);
        self.passes(&["doc", "--no-deps", "--no-default-features"]);
    }
}

#[test]
fn a_slice_compiles_and_so_does_its_documentation() {
    Crate::emitted("slice", &["--operations", "CreateStage,CreateParticipantToken,ListStages"]).compiles();
}

#[test]
fn slices_of_other_services_compile() {
    let slices = [
        ("dynamodb-2012-08-10", "GetItem,PutItem,Query"),
        ("mediaconnect-2018-11-14", "CreateFlow,DescribeFlow,ListFlows"),
        // One of these has a stream of events.
        ("bedrock-runtime-2023-09-30", "Converse,ConverseStream"),
    ];
    for (model, operations) in slices {
        let file = root().join(format!("../shared/models/aws/{model}.json"));
        match file.to_str().filter(|_| file.is_file()) {
            Some(file) => Crate::emitted(model, &["--model", file, "--operations", operations]).compiles(),
            None => println!("skipped: {model}.json not found"),
        }
    }
}

#[test]
fn types_alone_compile_with_and_without_serde_on_few_light_crates() {
    let types = Crate::emitted("types", &["--emit", "types"]);
    types.compiles();
    types.passes(&["check"]);

    let tree = ["tree", "--edges", "normal", "--prefix", "none", "--no-dedupe", "--target", "wasm32-unknown-unknown"];
    let (success, tree) = output(&mut types.cargo(&tree));
    let mut names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    assert!(success && names.contains(&"aws-smithy-types"), "{tree}");
    for heavy in ["aws-runtime", "aws-smithy-runtime-api", "getrandom", "hyper", "rustls", "tokio", "wasm-bindgen"] {
        assert!(!names.contains(&heavy), "{tree}");
    }
    assert!(names.len() <= 24, "{} crates:\n{tree}", names.len());
}

#[test]
fn types_alone_compile_for_the_web_where_the_compiler_has_its_library() {
    let target = "wasm32-unknown-unknown";
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let (_, library) = output(Command::new(rustc).args(["--print", "target-libdir", "--target", target]));
    if !Path::new(library.trim()).is_dir() {
        println!("skipped: {target} not found; install it with: rustup target add {target}");
        return;
    }
    Crate::emitted("types-for-the-web", &["--emit", "types"]).passes(&["build", "--target", target]);
}
