//! Every target with its seeds, and with some thousand changes of the models: what can be checked without a fuzzer.

use std::fs;
use std::path::Path;

/// A target and its name.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 10] = [
    ("json", fuzz::json::check),
    ("answers", fuzz::answers::check),
    ("inputs", fuzz::inputs::check),
    ("timestamps", fuzz::timestamps::check),
    ("encoding", fuzz::encoding::check),
    ("endpoints", fuzz::endpoints::check),
    ("model", fuzz::model::check),
    ("edits", fuzz::edits::check),
    ("rules", fuzz::rules::check),
    ("botocore", fuzz::botocore::check),
];

#[test]
fn seeds_pass() {
    for (name, check) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
        let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for file in files {
            check(&fs::read(file.expect("a file").path()).expect("it can be read"));
        }
    }
}
