//! The files of a model: the repository's own, or those that the command line names.

use std::fs;
use std::path::{Path, PathBuf};

use smithy_client_codegen::Source;
use smithy_client_codegen::report::Diagnostic;

use super::MODEL;
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::{Found, Wanted, find_path};

/// What a model is made of.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Smithy JSON ASTs.
    pub(crate) texts: Vec<Source>,
    /// What is odd about one that came in another form.
    pub(crate) warnings: Vec<Diagnostic>,
}

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

/// The model that these paths make up: Smithy files, directories of them, or what botocore has of a service, alone or in
/// an archive. Of several services it is the one that is named.
///
/// # Errors
///
/// A sentence on what cannot be read, or on why no single service is there.
pub(crate) fn of_paths(paths: &[PathBuf], service: Option<&str>, limits: Limits) -> Result<Sources, String> {
    let mut sources = Sources::default();
    for path in paths {
        sources.add(find_path(path, Wanted { sdk_id: None, named: service }, limits)?)?;
    }
    sources.within(limits)
}

/// A model that was found among others.
///
/// # Errors
///
/// A sentence on why botocore's files cannot be converted, or that the model is too large.
pub(super) fn of_found(found: Found, limits: Limits) -> Result<Sources, String> {
    let mut sources = Sources::default();
    sources.add(found)?;
    sources.within(limits)
}

impl Sources {
    /// Adds what was found, in Smithy's form, with its documentation.
    fn add(&mut self, found: Found) -> Result<(), String> {
        let (texts, conversion) = found.smithy(None)?;
        let name = texts.first().map(|source| source.name.clone()).unwrap_or_default();
        self.texts.extend(texts);
        if let Some(conversion) = conversion {
            self.warnings.extend(conversion.warnings);
            self.texts.push(Source { name, text: conversion.documentation.to_string() });
        }
        Ok(())
    }

    /// The same, if all of it is no more than a model may have.
    fn within(self, limits: Limits) -> Result<Self, String> {
        let size: usize = self.texts.iter().map(|source| source.text.len()).sum();
        match size as u64 > limits.model {
            true => Err(format!("cannot read the model: {}", limits.exceeded())),
            false => Ok(self),
        }
    }
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
