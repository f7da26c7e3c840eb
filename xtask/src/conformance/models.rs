//! The models that the command line names, with their cases.

use std::fs;
use std::path::{Path, PathBuf};

use smithy_client_codegen::Source;
use smithy_client_codegen::protocol_tests::{Suite, suites};

use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::parse;

/// A model with protocol tests.
#[derive(Debug)]
pub(crate) struct Model {
    /// What it is called: the name of its file, without `.json`.
    pub(crate) name: String,
    /// The cases of each of its services.
    pub(crate) suites: Vec<Suite>,
}

/// Reads the models at these paths: each file is one, and of a folder each `*.json` that is a Smithy AST.
///
/// # Errors
///
/// A sentence on what cannot be read, or on what is wrong with a model.
pub(crate) fn read(paths: &[PathBuf], limits: Limits) -> Result<Vec<Model>, String> {
    let model = |(name, source): (String, Source)| {
        let label = source.name.clone();
        let suites = suites(&[source]).map_err(|report| format!("{label} cannot be used\n{report}"))?;
        Ok(Model { name, suites })
    };
    sources(paths, limits)?.into_iter().map(model).collect()
}

/// The models at these paths as text, by what they are called.
///
/// # Errors
///
/// A sentence on what cannot be read, or that there is nothing.
pub(super) fn sources(paths: &[PathBuf], limits: Limits) -> Result<Vec<(String, Source)>, String> {
    let mut found = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => {
                for file in files(path)? {
                    let text = text(&file, limits)?;
                    if is_model(&text) {
                        found.push(source(&file, text));
                    }
                }
            }
            false => found.push(source(path, text(path, limits)?)),
        }
    }
    match found.is_empty() {
        true => Err("there is no Smithy AST in these folders".to_owned()),
        false => Ok(found),
    }
}

fn source(file: &Path, text: String) -> (String, Source) {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    (name, Source { name: file.display().to_string(), text })
}

/// The JSON files of a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |cause| format!("cannot read {}: {cause}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut files =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    Ok(files)
}

fn text(file: &Path, limits: Limits) -> Result<String, String> {
    let failed = |reason: &dyn std::fmt::Display| format!("cannot read {}: {reason}", file.display());
    let bytes = limits.read(file).map_err(|reason| failed(&reason))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// Whether this is a Smithy AST, and not some other JSON.
fn is_model(text: &str) -> bool {
    parse(text).is_some_and(|json| json.get("smithy").is_some() && json.get("shapes").is_some())
}

#[cfg(test)]
mod tests {
    use super::{is_model, read};
    use cargo_smithy_client::files::Limits;
    use std::fs;

    #[test]
    fn of_a_folder_only_what_is_a_smithy_ast_is_taken() {
        assert!(is_model(r#"{"smithy": "2.0", "shapes": {}}"#));
        for other in ["", "[]", r#"{"partitions": []}"#] {
            assert!(!is_model(other), "{other}");
        }
        let folder = tempfile::tempdir().expect("a temporary directory");
        fs::write(folder.path().join("partitions.json"), "{}").expect("it is writable");
        let error = read(&[folder.path().to_path_buf()], Limits::default()).expect_err("no model is there");
        assert_eq!(error, "there is no Smithy AST in these folders");
    }
}
