//! Emitted code and a runtime of different versions: Cargo runs on scratch copies of both, as they stand side by side.

mod scratch;

use smithy_client_codegen::{Emit, Generated, Options, RUNTIME_INTERFACE, RuntimeDependency, Source, Writer, generate};

use scratch::{RUNTIME, Scratch};

/// Any model will do.
const MODEL: &str = include_str!("weather.json");

fn emitted(emit: Emit) -> Generated {
    let options = Options {
        crate_name: Some("weather".to_owned()),
        crate_version: None,
        runtime: RuntimeDependency::Path(format!("../{RUNTIME}")),
        standalone: true,
        emit,
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::SmithyClient,
    };
    let sources = [Source { name: "weather.json".to_owned(), text: MODEL.to_owned() }];
    generate(&sources, &options).unwrap_or_else(|report| panic!("the model is refused:\n{report}"))
}

/// What the compiler calls errors of a crate that was emitted for this interface, and whose every file asks for what the
/// runtime in the scratch folder does not have.
fn errors(scratch: &Scratch, emit: Emit, interface: &str) -> Vec<String> {
    for (path, text) in emitted(emit).files {
        let text = match path.as_str() {
            "src/lib.rs" => text.replacen(&format!("interface {RUNTIME_INTERFACE};"), interface, 1),
            _ => text.replace("use smithy_client_runtime::", "use smithy_client_runtime::of_another_version::"),
        };
        scratch.write(&format!("weather/{path}"), &text);
    }
    scratch.lock("weather");
    let (passed, said) = scratch.cargo("weather", &["check", "--no-default-features"]);
    assert!(!passed, "{said}");
    said.lines().filter(|line| line.starts_with("error")).map(str::to_owned).collect()
}

#[test]
fn code_for_another_runtime_is_refused_with_one_sentence() {
    let scratch = Scratch::new("interface");
    scratch.runtime();
    let older = errors(&scratch, Emit::Client, "interface 0;");
    insta::assert_snapshot!(older.join("\n"), @"
    error: `weather` was emitted for an older `smithy-client-runtime` (interface 0): emit it again, by a generator of the same version as the runtime.
    error: could not compile `weather` (lib) due to 1 previous error
    ");
    // The next number is not served, so that the generator emits for the last one that is.
    let next = RUNTIME_INTERFACE + 1;
    let newer = errors(&scratch, Emit::Client, &format!("interface {next};"));
    insta::assert_snapshot!(newer.join("\n").replace(&format!("interface {next}"), "interface N"), @"
    error: `weather` was emitted for a newer `smithy-client-runtime` (interface N): update `smithy-client-runtime`.
    error: could not compile `weather` (lib) due to 1 previous error
    ");
    // Without the number each file has errors of its own.
    let served = errors(&scratch, Emit::Client, &format!("interface {RUNTIME_INTERFACE};"));
    assert!(served.len() > 20, "{served:?}");
    // Types alone, and what follows the number in a later version.
    let later = errors(&scratch, Emit::Types, "interface 900, in words of a later version;");
    insta::assert_snapshot!(later.join("\n"), @"
    error: `weather` was emitted for a newer `smithy-client-runtime` (interface 900): update `smithy-client-runtime`.
    error: could not compile `weather` (lib) due to 1 previous error
    ");
}
