//! The files of the repository's own model.

use std::fs;
use std::path::{Path, PathBuf};

use smithy_client_codegen::Source;

use super::MODEL;
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::Sources;

/// The files of the repository's own model, in the order of their names.
///
/// # Errors
///
/// A sentence on what cannot be read.
pub(crate) fn of_repository(root: &Path, limits: Limits) -> Result<Sources, String> {
    let directory = root.join(MODEL);
    let failed = |cause| format!("cannot read {}: {cause}", directory.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(format!(
            "{} holds no *.json file; restore the model, or name one with --model",
            directory.display()
        ));
    }
    files.sort();
    let named = |file: &PathBuf| {
        let name = format!("{MODEL}/{}", file.file_name().unwrap_or_default().to_string_lossy());
        let text = text(limits.read(file), &file.display().to_string())?;
        Ok(Source { name, text })
    };
    Ok(Sources { texts: files.iter().map(named).collect::<Result<_, String>>()?, warnings: Vec::new() })
}

/// Bytes that were read as text.
///
/// # Errors
///
/// A sentence on why they could not be read, or that they are no text.
fn text(bytes: Result<Vec<u8>, String>, shown: &str) -> Result<String, String> {
    String::from_utf8(bytes.map_err(|reason| format!("cannot read {shown}: {reason}"))?).map_err(|error| {
        let position = error.utf8_error().valid_up_to();
        format!("cannot read {shown}: it is not UTF-8 from byte {position} on; is it a JSON file?")
    })
}
