//! Any text as a model: it is refused with reasons, or a crate comes of it.

use smithy_client_codegen::{Options, RuntimeDependency, Source, Writer, generate};
use smithy_client_tools::{botocore, coverage, facts};

/// Bytes are the text of a model.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    botocore::service_id(text);
    emitted(text);
}

/// Whether a crate came of a model; each of its files is Rust, and twice the same.
pub(crate) fn emitted(text: &str) -> bool {
    let sources = [Source { name: "model.json".to_owned(), text: text.to_owned() }];
    let options = Options {
        crate_name: None,
        crate_version: None,
        runtime: RuntimeDependency::Version("1".to_owned()),
        standalone: true,
        emit: Default::default(),
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    };
    _ = coverage::coverage(&sources);
    _ = facts::of(&sources);
    match generate(&sources, &options) {
        Err(report) => {
            assert!(!report.diagnostics.is_empty());
            _ = report.to_string();
            false
        }
        Ok(generated) => {
            for (path, text) in generated.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
            // Once in a while, as it takes half of the time.
            if text.len().is_multiple_of(8) {
                assert_eq!(generate(&sources, &options).expect("it was generated before").files, generated.files);
            }
            true
        }
    }
}
