//! Both models of a comparison as Smithy sources.

use std::path::Path;

use smithy_client_codegen::Source;
use smithy_client_tools::botocore::Conversion;

use crate::workspace;
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::{self, Form, Found, Wanted, facts, find, find_path};

/// The directory of the repository's own model, below its root.
const MODEL: &str = "model";

/// Reads both models; without a newer one it is that of the repository.
///
/// Where one is botocore's, facts that botocore does not carry are taken from the other one if that is a Smithy
/// model, else from the repository's own model if it is of the same service.
///
/// # Errors
///
/// A sentence on what cannot be read, with its path.
pub(super) fn both(
    old: &str,
    new: Option<&str>,
    service: Option<&str>,
    documentation: bool,
    limits: Limits,
) -> Result<(Vec<Source>, Vec<Source>), String> {
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let own = workspace::root(&here).join(MODEL);
    let new = new
        .map(|new| find(new, Wanted { named: service, sdk_id: None }, limits))
        .unwrap_or_else(|| of_repository(&own, limits))?;
    let id = new.sdk_id();
    let old = find(old, Wanted { named: service, sdk_id: id.as_deref() }, limits)
        .or_else(|refusal| find(old, Wanted::default(), limits).map_err(|_| refusal))?;
    let known = match (&old.form, &new.form) {
        (Form::Smithy(sources), _) | (_, Form::Smithy(sources)) => facts(sources),
        (Form::Botocore(_), Form::Botocore(_)) => {
            let sources = own.is_dir().then(|| of_repository(&own, limits)).transpose()?.map(|found| found.form);
            let known = sources.and_then(|form| match form {
                Form::Smithy(sources) => facts(&sources),
                Form::Botocore(_) => None,
            });
            known.filter(|known| source::sdk_id(known).is_some() && source::sdk_id(known) == old.sdk_id())
        }
    };
    let known = known.as_ref();
    Ok((told(old.smithy(known)?, documentation), told(new.smithy(known)?, documentation)))
}

/// The repository's own model.
fn of_repository(own: &Path, limits: Limits) -> Result<Found, String> {
    find_path(own, Wanted::default(), limits)
}

/// The sources of a model, with botocore's documentation if it is asked for.
fn told((mut sources, conversion): (Vec<Source>, Option<Conversion>), documentation: bool) -> Vec<Source> {
    if let Some(conversion) = conversion.filter(|_| documentation) {
        let name = sources.first().map(|source| source.name.clone()).unwrap_or_default();
        sources.push(Source { name, text: conversion.documentation.to_string() });
    }
    sources
}
