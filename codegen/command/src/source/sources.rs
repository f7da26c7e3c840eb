//! What a model is made of, whatever its form was.

use std::path::PathBuf;

use smithy_client_codegen::Source;
use smithy_client_codegen::report::Diagnostic;

use super::{Found, Wanted, find_path};
use crate::files::Limits;

/// What a model is made of.
#[derive(Debug, Default)]
pub struct Sources {
    /// Smithy JSON ASTs.
    pub texts: Vec<Source>,
    /// What is odd about one that came in another form.
    pub warnings: Vec<Diagnostic>,
}

impl Sources {
    /// The model that these paths make up: Smithy files, directories of them, or what botocore has of a service, alone or
    /// in an archive. Of several services it is the one that is named.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read, or on why no single service is there.
    pub fn of_paths(paths: &[PathBuf], service: Option<&str>, limits: Limits) -> Result<Self, String> {
        let mut sources = Self::default();
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
    pub fn of_found(found: Found, limits: Limits) -> Result<Self, String> {
        let mut sources = Self::default();
        sources.add(found)?;
        sources.within(limits)
    }

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
