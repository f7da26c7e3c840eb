//! A gallery of broken models: what a person reads who gives one to the generator.
//!
//! A case is a folder here: the files of a model, in the order of their names, and `said.snap`, the whole of what is
//! said about them. Errors are told of before anything is emitted; warnings leave the model usable. Each text is to
//! tell, to somebody who has never seen the generator, where the mistake is and what to do about it.
//!
//! Mistakes that have to do with files and not with text, such as a folder in place of a file, are told by the command
//! line and tested there.

use std::fs;
use std::path::{Path, PathBuf};

use smithy_client_codegen::{Options, RuntimeDependency, Source, Writer, generate};

/// The folder of the cases.
fn gallery() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery")
}

/// What stands in a folder, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

/// The files of a case, but for what is said of them.
fn sources(case: &Path) -> Vec<Source> {
    let files = entries(case).into_iter().filter(|path| path.extension().is_none_or(|end| end != "snap"));
    let source = |path: PathBuf| Source {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        text: fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    };
    files.map(source).collect()
}

/// Everything that the generator says of a model.
fn said(sources: &[Source]) -> String {
    let options = Options {
        crate_name: None,
        crate_version: None,
        runtime: RuntimeDependency::Version("0.1.0".to_owned()),
        standalone: true,
        emit: Default::default(),
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    };
    match generate(sources, &options) {
        Err(report) => report.to_string(),
        Ok(generated) => {
            let warnings: Vec<String> =
                generated.warnings.iter().map(|warning| format!("warning: {warning}")).collect();
            warnings.join("\n\n")
        }
    }
}

#[test]
fn every_case_says_what_its_snapshot_says() {
    let cases: Vec<PathBuf> = entries(&gallery()).into_iter().filter(|path| path.is_dir()).collect();
    assert!(!cases.is_empty(), "the gallery is empty");
    for case in cases {
        let text = said(&sources(&case));
        assert!(!text.is_empty(), "nothing is said of {}", case.display());
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("said", text));
    }
}
