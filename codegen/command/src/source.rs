//! Models from where they are: a path or a URL, loose files or an archive, in Smithy's form or in botocore's.
//!
//! - `container` opens the place: a directory, a file, a zip, a tar, either of them compressed; what it is is told by its
//!   content, never by its name
//! - `python` says where botocore is
//! - `fetch` gets what an https URL leads to
//! - `archive` and `zip` read archives in memory, within limits, as they are not to be trusted; nothing is unpacked to
//!   the disk, so no path in them leads anywhere
//! - `select` finds the one service that is wanted among those that the container holds
//! - `collection` lists all of them
//! - `sources` has what was found in the form that the generator takes
//!
//! Whatever cannot be read is an error with the name of the file, never an empty model.

mod archive;
mod collection;
mod container;
mod fetch;
mod python;
mod select;
mod sources;
#[cfg(test)]
mod tests;
mod zip;

use std::path::Path;

use serde_json::Value;
use smithy_client_codegen::Source;
use smithy_client_tools::botocore::{BotocoreFiles, Conversion, service_id, to_ast};

use crate::files::Limits;
pub use collection::{Collection, Listed};
use container::Container;
pub use fetch::is_url;
pub use python::botocore;
pub(crate) use select::NAMING;
pub use sources::Sources;

/// Which service is wanted of a place that may hold many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The service of the model that is there already, by its sdkId.
    pub sdk_id: Option<&'a str>,
    /// What the person calls it: its directory in full; or its sdkId, the name of its directory, endpoint prefix or shape,
    /// in any case.
    pub named: Option<&'a str>,
}

/// A model, and what it was found as.
#[derive(Debug)]
pub struct Found {
    /// The place, and the file within it.
    pub label: String,
    /// What it is there.
    pub form: Form,
}

/// The form of a model.
#[derive(Debug)]
pub enum Form {
    /// Smithy sources that make up one model.
    Smithy(Vec<Source>),
    /// Botocore's files of one service.
    Botocore(Box<BotocoreFiles>),
}

impl Found {
    /// The sdkId of the service; `None` if no text tells.
    pub fn sdk_id(&self) -> Option<String> {
        match &self.form {
            Form::Smithy(sources) => sdk_id(&facts(sources)?),
            Form::Botocore(files) => service_id(&files.service.text),
        }
    }

    /// The sources, converted if they are botocore's; the conversion says what it had to know.
    ///
    /// # Errors
    ///
    /// Why botocore's files cannot be converted.
    pub fn smithy(self, known: Option<&Value>) -> Result<(Vec<Source>, Option<Conversion>), String> {
        match self.form {
            Form::Smithy(sources) => Ok((sources, None)),
            Form::Botocore(files) => {
                let name = files.service.name.clone();
                let conversion =
                    to_ast(&files, known).map_err(|report| format!("{name} cannot be converted\n{report}"))?;
                Ok((vec![Source { name, text: conversion.ast.to_string() }], Some(conversion)))
            }
        }
    }
}

/// Finds the wanted model at a path or URL.
///
/// # Errors
///
/// A sentence on what cannot be read or got, or on why no service, or no single one, is there.
pub fn find(place: &str, wanted: Wanted<'_>, limits: Limits) -> Result<Found, String> {
    select::select(&mut Container::open(place, limits)?, wanted)
}

/// [`find`] for a path on disk.
pub fn find_path(path: &Path, wanted: Wanted<'_>, limits: Limits) -> Result<Found, String> {
    select::select(&mut Container::of_path(path, limits)?, wanted)
}

/// The one of several files that has the service.
pub fn facts(sources: &[Source]) -> Option<Value> {
    sources.iter().filter_map(|source| parse(&source.text)).find(|value| service_shape(value).is_some())
}

/// The sdkId that an AST gives its service.
pub fn sdk_id(ast: &Value) -> Option<String> {
    service_shape(ast)?.1.pointer("/traits/aws.api#service/sdkId")?.as_str().map(str::to_owned)
}

/// The service of an AST, with its id.
pub fn service_shape(ast: &Value) -> Option<(&str, &Value)> {
    let shapes = ast.get("shapes")?.as_object()?;
    shapes.iter().find(|(_, shape)| shape["type"] == "service").map(|(id, shape)| (id.as_str(), shape))
}

/// JSON, or nothing; that it is no JSON is told by whoever needs it.
pub fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}
