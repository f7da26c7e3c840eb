//! Which of the models on a shelf is wanted.
//!
//! Botocore orders `<service>/<API version>/service-2.json`; of several versions the newest counts. Smithy models are
//! files in any order, of which those in one directory may make up one model. A name that looks like the wanted service is
//! tried first, so that the four hundred services of a release need not all be read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;
use smithy_client_codegen::Source;
use smithy_client_codegen::botocore::{BotocoreFiles, is_description};

use super::shelf::{BESIDE, GZ, Shelf, is_json};
use super::{Form, Found, Wanted, parse, service_shape};

/// The file that makes a directory one of botocore's.
const SERVICE: &str = "service-2.json";

/// How many services a message names.
const SHOWN: usize = 20;

/// What identifies a service: sdkId, endpoint prefix, shape, directory.
#[derive(Debug, Default)]
struct Names {
    sdk_id: Option<String>,
    others: Vec<String>,
}

impl Names {
    fn fit(&self, wanted: Wanted<'_>) -> bool {
        match (wanted.named, wanted.sdk_id) {
            (Some(named), _) => {
                let all = self.sdk_id.iter().chain(&self.others);
                all.map(|name| plain(name)).any(|name| name == plain(named))
            }
            (None, Some(sdk_id)) => self.sdk_id.as_deref() == Some(sdk_id),
            (None, None) => true,
        }
    }

    /// What a message calls it.
    fn shown(&self) -> String {
        self.sdk_id
            .clone()
            .or_else(|| self.others.first().cloned())
            .unwrap_or_else(|| "a service without a name".to_owned())
    }
}

/// A name without case, spaces and hyphens, so that `IVS RealTime` is `ivs-realtime`.
fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Finds the wanted model.
///
/// # Errors
///
/// A sentence: nothing is there, it is another service, or there are several.
pub(super) fn choose(shelf: &mut Shelf, wanted: Wanted<'_>) -> Result<Found, String> {
    let is_service = |name: &&String| file_name(name).strip_suffix(GZ).unwrap_or(file_name(name)) == SERVICE;
    let descriptions: Vec<String> = shelf.names.iter().filter(is_service).cloned().collect();
    if !descriptions.is_empty() {
        return botocore(shelf, &descriptions, wanted);
    }
    // A description may be called otherwise where a person saved it so.
    if let [one] = shelf.names.iter().filter(|name| !BESIDE.contains(&name.as_str())).collect::<Vec<_>>().as_slice()
        && let source = shelf.read(one)?
        && parse(&source.text).is_some_and(|value| is_description(&value))
    {
        return botocore(shelf, &[(*one).clone()], wanted);
    }
    smithy(shelf, wanted)
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn directory(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// The directory of a service and its API version, from the place of its description.
fn service_and_version(name: &str) -> (&str, &str) {
    let directory = directory(name);
    let (above, last) = directory.rsplit_once('/').unwrap_or(("", directory));
    let is_date = last.len() == 10 && last.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_date { (above, last) } else { (directory, "") }
}

/// The newest description of the wanted service.
fn botocore(shelf: &Shelf, descriptions: &[String], wanted: Wanted<'_>) -> Result<Found, String> {
    let mut services: BTreeMap<&str, &String> = BTreeMap::new();
    for name in descriptions {
        let (service, version) = service_and_version(name);
        let newest = services.entry(service).or_insert(name);
        if service_and_version(newest).1 < version {
            *newest = name;
        }
    }
    if wanted.named.is_none() && wanted.sdk_id.is_none() && services.len() > 1 {
        return Err(several(shelf, services.keys().map(|service| file_name(service).to_owned()).collect()));
    }
    let mut ordered: Vec<(&str, &String)> = services.into_iter().collect();
    ordered.sort_by_key(|(service, _)| !is_likely(file_name(service), wanted));
    let mut others = Vec::new();
    for (service, name) in ordered {
        let source = shelf.read(name)?;
        let names = described(&source, service);
        if names.fit(wanted) {
            return files(shelf, name, source);
        }
        others.push(names.shown());
    }
    Err(absent(shelf, wanted, others))
}

/// What a description calls its service.
fn described(source: &Source, directory: &str) -> Names {
    let value = parse(&source.text).unwrap_or_default();
    let text = |key: &str| value.pointer(&format!("/metadata/{key}")).and_then(Value::as_str).map(str::to_owned);
    let mut others = vec![file_name(directory).to_owned()];
    others.extend(text("endpointPrefix"));
    Names { sdk_id: text("serviceId"), others }
}

/// A description with the files beside it.
fn files(shelf: &Shelf, name: &str, service: Source) -> Result<Found, String> {
    let directory = directory(name);
    let [paginators, waiters, endpoint_rules] = BESIDE.map(|file| {
        let path = if directory.is_empty() { file.to_owned() } else { format!("{directory}/{file}") };
        let names = [path.clone(), format!("{path}{GZ}")];
        names.iter().find(|name| shelf.has(name)).map(|name| shelf.read(name)).transpose()
    });
    let label = service.name.clone();
    let files = BotocoreFiles { service, paginators: paginators?, waiters: waiters?, endpoint_rules: endpoint_rules? };
    Ok(Found { label, form: Form::Botocore(Box::new(files)) })
}

/// The wanted model among files that may be Smithy's.
fn smithy(shelf: &Shelf, wanted: Wanted<'_>) -> Result<Found, String> {
    let mut names: Vec<&String> = shelf.names.iter().filter(|name| shelf.is_file() || is_json(name)).collect();
    // Where files lie in the directory that was named, those further down are something else.
    if shelf.is_directory() && names.iter().any(|name| !name.contains('/')) {
        names.retain(|name| !name.contains('/'));
    }
    if names.is_empty() {
        return Err(format!("{} holds no model: neither *.json nor {SERVICE}", shelf.label));
    }
    let alphabetical = names.clone();
    names.sort_by_key(|name| (!is_likely(name, wanted), Reverse(*name)));
    let (mut others, mut first) = (Vec::new(), None);
    for name in names {
        let source = shelf.read(name)?;
        let Some(ids) = parse(&source.text).and_then(|value| modelled(&value, name)) else { continue };
        if !ids.fit(wanted) {
            others.push(ids.shown());
        } else if wanted.named.is_some() || wanted.sdk_id.is_some() {
            return with_company(shelf, name, source, &alphabetical);
        } else if first.is_some() {
            others.push(ids.shown());
        } else {
            first = Some((name, source, ids));
        }
    }
    match first {
        Some((name, source, _)) if others.is_empty() => with_company(shelf, name, source, &alphabetical),
        Some((_, _, ids)) => Err(several(shelf, others.into_iter().chain([ids.shown()]).collect())),
        None if others.is_empty() => nothing(shelf, &alphabetical),
        None => Err(absent(shelf, wanted, others)),
    }
}

/// What a Smithy AST calls its service; `None` where it has none.
fn modelled(value: &Value, name: &str) -> Option<Names> {
    value.get("smithy")?;
    let (id, service) = service_shape(value)?;
    let text = |key: &str| service.pointer(&format!("/traits/aws.api#service/{key}")).and_then(Value::as_str);
    let (namespace, shape) = id.split_once('#').unwrap_or(("", id));
    let mut others = vec![shape.to_owned(), file_name(name).trim_end_matches(".json").to_owned(), namespace.to_owned()];
    others.extend(text("endpointPrefix").map(str::to_owned));
    others.extend(text("arnNamespace").map(str::to_owned));
    Some(Names { sdk_id: text("sdkId").map(str::to_owned), others })
}

/// A model with the files of its directory that add to it, if no other service is there. On disk these are all files: one
/// that is no model is reported and not passed over.
fn with_company(shelf: &Shelf, name: &str, source: Source, all: &[&String]) -> Result<Found, String> {
    let label = source.name.clone();
    let mut sources = vec![];
    for other in all.iter().filter(|other| directory(other) == directory(name)) {
        if *other == name {
            sources.push(source.clone());
            continue;
        }
        let company = shelf.read(other)?;
        match parse(&company.text) {
            Some(value) if modelled(&value, other).is_some() => {}
            Some(value) if value.get("smithy").is_none() && !shelf.is_directory() => {}
            None if !shelf.is_directory() => {}
            _ => sources.push(company),
        }
    }
    Ok(Found { label, form: Form::Smithy(sources) })
}

/// Files of which none has a service: the loader says what is wrong with each, if they are few.
fn nothing(shelf: &Shelf, names: &[&String]) -> Result<Found, String> {
    if !shelf.is_directory() && names.len() > 1 {
        return Err(format!("{} holds no model: no {SERVICE}, and no Smithy AST with a service", shelf.label));
    }
    let sources = names.iter().map(|name| shelf.read(name)).collect::<Result<_, _>>()?;
    Ok(Found { label: shelf.label.clone(), form: Form::Smithy(sources) })
}

/// Whether a name looks like that of the wanted service.
fn is_likely(name: &str, wanted: Wanted<'_>) -> bool {
    let wanted = wanted.named.or(wanted.sdk_id).map(plain).unwrap_or_default();
    !wanted.is_empty() && plain(name).contains(&wanted)
}

fn several(shelf: &Shelf, mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    format!("{} holds several services; say which with --service: {}", shelf.label, listed(&names))
}

fn absent(shelf: &Shelf, wanted: Wanted<'_>, mut others: Vec<String>) -> String {
    others.sort();
    others.dedup();
    let wanted = wanted.named.or(wanted.sdk_id).unwrap_or_default();
    format!("{} does not hold {wanted}; it has {}", shelf.label, listed(&others))
}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
