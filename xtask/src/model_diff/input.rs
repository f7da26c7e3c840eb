//! Models from paths: a Smithy JSON AST, a directory of such files, or botocore's form of a service.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use smithy_client_codegen::Source;
use smithy_client_codegen::botocore::{BotocoreFiles, is_description, service_id, to_ast};

use crate::workspace;

/// The directory of the repository's own model, below its root.
const MODEL: &str = "model";

/// The file that makes a directory one of botocore's.
const SERVICE: &str = "service-2.json";

/// What was found at a path.
enum Found {
    /// Smithy sources.
    Smithy(Vec<Source>),
    /// Botocore's files.
    Botocore(BotocoreFiles),
}

/// Both models as Smithy sources.
///
/// Where one is botocore's, facts that botocore does not carry are taken from the other one if that is a Smithy
/// model, else from the repository's own model if it is of the same service.
///
/// # Errors
///
/// A sentence on what cannot be read, with its path.
pub(super) fn both(old: &Path, new: Option<&Path>, documentation: bool) -> Result<(Vec<Source>, Vec<Source>), String> {
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let own = workspace::root(&here).join(MODEL);
    let (old, new) = (find(old)?, find(new.unwrap_or(&own))?);
    let known = match (&old, &new) {
        (Found::Smithy(sources), _) | (_, Found::Smithy(sources)) => facts(sources),
        (Found::Botocore(files), Found::Botocore(_)) => {
            let sources = if own.is_dir() { json_files(&own)? } else { Vec::new() };
            facts(&sources).filter(|known| is_same_service(known, files))
        }
    };
    Ok((smithy(old, known.as_ref(), documentation)?, smithy(new, known.as_ref(), documentation)?))
}

/// What is at a path.
fn find(path: &Path) -> Result<Found, String> {
    let status = fs::metadata(path).map_err(|cause| format!("cannot read {}: {cause}", path.display()))?;
    if status.is_dir() {
        return match path.join(SERVICE).is_file() {
            true => botocore(&path.join(SERVICE)).map(Found::Botocore),
            false => directory(path),
        };
    }
    let source = source(path)?;
    let value: Option<Value> = serde_json::from_str(source.text.trim_start_matches('\u{feff}')).ok();
    match value.is_some_and(|value| is_description(&value)) {
        true => botocore(path).map(Found::Botocore),
        // Text that is no JSON is reported by the loader, with its place.
        false => Ok(Found::Smithy(vec![source])),
    }
}

/// A directory without a description of its own: one whose only subdirectory has one, as botocore orders services
/// by API version, or one of Smithy files.
fn directory(path: &Path) -> Result<Found, String> {
    let sources = json_files(path)?;
    if !sources.is_empty() {
        return Ok(Found::Smithy(sources));
    }
    let inner: Vec<PathBuf> = entries(path)?.into_iter().filter(|entry| entry.join(SERVICE).is_file()).collect();
    match inner.as_slice() {
        [one] => botocore(&one.join(SERVICE)).map(Found::Botocore),
        [] => Err(format!("{} holds no model: neither *.json nor {SERVICE}", path.display())),
        _ => Err(format!("{} holds several API versions; name one of its directories", path.display())),
    }
}

/// The entries of a directory, by name.
fn entries(path: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |cause| format!("cannot read {}: {cause}", path.display());
    let entries = fs::read_dir(path).map_err(failed)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(failed)?.path())).collect::<Result<Vec<_>, String>>()?;
    paths.sort();
    Ok(paths)
}

fn json_files(path: &Path) -> Result<Vec<Source>, String> {
    let is_json = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "json") && path.is_file();
    entries(path)?.iter().filter(is_json).map(|path| source(path)).collect()
}

/// The description at a path with the files that botocore puts beside it.
fn botocore(service: &Path) -> Result<BotocoreFiles, String> {
    let beside = |name: &str| {
        let path = service.with_file_name(name);
        if path.is_file() { source(&path).map(Some) } else { Ok(None) }
    };
    Ok(BotocoreFiles {
        service: source(service)?,
        paginators: beside("paginators-1.json")?,
        waiters: beside("waiters-2.json")?,
        endpoint_rules: beside("endpoint-rule-set-1.json")?,
    })
}

fn source(path: &Path) -> Result<Source, String> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|cause| format!("cannot read {name}: {cause}"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let position = error.utf8_error().valid_up_to();
        format!("cannot read {name}: it is not UTF-8 from byte {position} on; is it a JSON file?")
    })?;
    Ok(Source { name, text })
}

/// The one of several files that has the service.
fn facts(sources: &[Source]) -> Option<Value> {
    let values = sources.iter().filter_map(|source| serde_json::from_str::<Value>(&source.text).ok());
    values.into_iter().find(|value| service_shape(value).is_some())
}

fn service_shape(value: &Value) -> Option<&Value> {
    value.get("shapes")?.as_object()?.values().find(|shape| shape["type"] == "service")
}

fn is_same_service(known: &Value, files: &BotocoreFiles) -> bool {
    let sdk_id = service_shape(known).and_then(|service| service["traits"]["aws.api#service"]["sdkId"].as_str());
    sdk_id.is_some() && sdk_id == service_id(&files.service.text).as_deref()
}

/// The sources of what was found, converted if need be.
fn smithy(found: Found, known: Option<&Value>, documentation: bool) -> Result<Vec<Source>, String> {
    let files = match found {
        Found::Smithy(sources) => return Ok(sources),
        Found::Botocore(files) => files,
    };
    let name = files.service.name.clone();
    let conversion = to_ast(&files, known).map_err(|report| format!("{name} cannot be converted\n{report}"))?;
    let mut sources = vec![Source { name: name.clone(), text: conversion.ast.to_string() }];
    if documentation {
        sources.push(Source { name, text: conversion.documentation.to_string() });
    }
    Ok(sources)
}
