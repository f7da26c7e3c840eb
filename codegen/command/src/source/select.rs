//! Which of the models in a container is wanted.
//!
//! Botocore orders `<service>/<API version>/service-2.json`; of several versions the newest counts. Smithy models are
//! files in any order, of which those in one directory may make up one model. A name that looks like the wanted service is
//! tried first, so that the four hundred services of a release need not all be read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use smithy_client_codegen::ast::suggest::did_you_mean;
use smithy_client_codegen::{Source, visible};
use smithy_client_tools::botocore::{BotocoreFiles, is_description};

use super::container::{BESIDE, Container, GZ, is_json};
use super::{Form, Found, Wanted, parse, service_shape};

/// The file that makes a directory one of botocore's.
const SERVICE: &str = "service-2.json";

/// What is advised where a place has no service of the wanted name, nor of one like it.
pub(crate) const NAMING: &str = "name it as AWS does, such as dynamodb";

/// How many services a message names.
const SHOWN: usize = 20;

/// What identifies a service: sdkId, endpoint prefix, shape, directory.
#[derive(Debug, Default)]
struct Names {
    /// The directory of the service within the container, its versions left out.
    place: String,
    sdk_id: Option<String>,
    /// The last part of its directory in botocore, or its Smithy file without the ending.
    own: String,
    others: Vec<String>,
}

/// How well a service is the wanted one; the first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its directory was named in full.
    Place,
    /// It has the sdkId, and its directory that name, too: the sdkId may be that of a directory beside it as well.
    Own,
    /// It has the sdkId, or none is asked for.
    Id,
    /// Its directory has the name, or its file: an endpoint prefix of other services, maybe.
    Directory,
    /// Some other name of it was named, which services may share.
    Name,
}

impl Names {
    fn fit(&self, wanted: Wanted<'_>) -> Option<Fit> {
        let sdk_id = self.sdk_id.as_deref();
        let Some(named) = wanted.named else {
            return wanted.sdk_id.is_none_or(|wanted| sdk_id == Some(wanted)).then_some(Fit::Id);
        };
        if self.place == named.trim_matches('/') {
            return Some(Fit::Place);
        }
        let named = plain(named);
        let is_own = plain(&self.own) == named;
        match sdk_id.is_some_and(|id| plain(id) == named) {
            true if is_own => Some(Fit::Own),
            true => Some(Fit::Id),
            false if is_own => Some(Fit::Directory),
            false => self.others.iter().any(|name| plain(name) == named).then_some(Fit::Name),
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
pub(super) fn select(container: &mut Container, wanted: Wanted<'_>) -> Result<Found, String> {
    let descriptions: Vec<String> = descriptions(container).cloned().collect();
    if !descriptions.is_empty() {
        return botocore(container, &descriptions, wanted);
    }
    // A description may be called otherwise where a person saved it so.
    if let [one] = container.names.iter().filter(|name| !BESIDE.contains(&name.as_str())).collect::<Vec<_>>().as_slice()
        && let source = container.read(one)?
        && parse(&source.text).is_some_and(|value| is_description(&value))
    {
        return botocore(container, &[(*one).clone()], wanted);
    }
    smithy(container, wanted)
}

/// The files that are descriptions of botocore's by their names.
pub(super) fn descriptions(container: &Container) -> impl Iterator<Item = &String> {
    container.names.iter().filter(|name| file_name(name).strip_suffix(GZ).unwrap_or(file_name(name)) == SERVICE)
}

/// Of each service, by its directory, the newest description.
pub(super) fn newest<'n>(descriptions: impl IntoIterator<Item = &'n String>) -> BTreeMap<&'n str, &'n String> {
    let mut services: BTreeMap<&str, &String> = BTreeMap::new();
    for name in descriptions {
        let (service, version) = service_and_version(name);
        let newest = services.entry(service).or_insert(name);
        if service_and_version(newest).1 < version {
            *newest = name;
        }
    }
    services
}

pub(super) fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// What botocore calls the directory of a service, from the place of its description.
pub(super) fn service_directory(name: &str) -> &str {
    file_name(service_and_version(name).0)
}

pub(super) fn directory(name: &str) -> &str {
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
fn botocore(container: &Container, descriptions: &[String], wanted: Wanted<'_>) -> Result<Found, String> {
    let services = newest(descriptions);
    if wanted.named.is_none() && wanted.sdk_id.is_none() && services.len() > 1 {
        return Err(several(container, services.keys().map(|service| file_name(service).to_owned()).collect()));
    }
    let mut ordered: Vec<(&str, &String)> = services.into_iter().collect();
    ordered.sort_by_key(|(service, _)| !is_likely(file_name(service), wanted));
    let (mut others, mut found) = (Vec::new(), Fitting::default());
    for (service, name) in ordered {
        if found.is_good() && !is_likely(file_name(service), wanted) {
            break;
        }
        let source = container.read(name)?;
        let names = described(&source, service);
        match names.fit(wanted) {
            Some(fit) => found.add(fit, names.place, (name, source)),
            None => others.push(names.shown()),
        }
    }
    match found.best(container)? {
        Some((name, source)) => files(container, name, source),
        None => Err(absent(container, wanted, others)),
    }
}

/// The services that fit best so far, by their directories.
struct Fitting<T> {
    fit: Option<Fit>,
    found: BTreeMap<String, T>,
}

impl<T> Default for Fitting<T> {
    fn default() -> Self {
        Self { fit: None, found: BTreeMap::new() }
    }
}

impl<T> Fitting<T> {
    /// Whether it is by more than a name that may be the sdkId of another service.
    fn is_good(&self) -> bool {
        self.fit.is_some_and(|fit| fit < Fit::Directory)
    }

    /// Adds one, if none that fits better is there; of one directory the first counts.
    fn add(&mut self, fit: Fit, place: String, value: T) {
        if self.fit.is_none_or(|best| fit < best) {
            self.fit = Some(fit);
            self.found.clear();
        }
        if self.fit == Some(fit) {
            self.found.entry(place).or_insert(value);
        }
    }

    /// The only one, if there is any.
    ///
    /// # Errors
    ///
    /// A sentence: there are several.
    fn best(mut self, container: &Container) -> Result<Option<T>, String> {
        if self.found.len() < 2 {
            return Ok(self.found.pop_first().map(|(_, value)| value));
        }
        let places: Vec<String> = self.found.into_keys().collect();
        Err(format!(
            "{} holds the service in several directories; name one of them as the service: {}",
            container.label,
            listed(&places)
        ))
    }
}

/// The part of a description that names the service.
#[derive(Deserialize)]
struct Description {
    metadata: Value,
}

/// What a description calls its service.
fn described(source: &Source, directory: &str) -> Names {
    // Of a whole description, of which there may be hundreds to look at, no more is kept than is asked for.
    let text = source.text.trim_start_matches('\u{feff}');
    let metadata = serde_json::from_str(text).map(|Description { metadata }| metadata).unwrap_or_default();
    let text = |key: &str| metadata.get(key).and_then(Value::as_str).map(str::to_owned);
    let own = file_name(directory).to_owned();
    let others = [own.clone()].into_iter().chain(text("endpointPrefix")).collect();
    Names { place: directory.to_owned(), sdk_id: text("serviceId"), own, others }
}

/// A description with the files beside it.
pub(super) fn files(container: &Container, name: &str, service: Source) -> Result<Found, String> {
    let directory = directory(name);
    let [paginators, waiters, endpoint_rules] = BESIDE.map(|file| {
        let path = if directory.is_empty() { file.to_owned() } else { format!("{directory}/{file}") };
        let names = [path.clone(), format!("{path}{GZ}")];
        names.iter().find(|name| container.has(name)).map(|name| container.read(name)).transpose()
    });
    let label = service.name.clone();
    let files = BotocoreFiles { service, paginators: paginators?, waiters: waiters?, endpoint_rules: endpoint_rules? };
    Ok(Found { label, form: Form::Botocore(Box::new(files)) })
}

/// The wanted model among files that may be Smithy's.
fn smithy(container: &Container, wanted: Wanted<'_>) -> Result<Found, String> {
    let mut names: Vec<&String> = container.names.iter().filter(|name| container.is_file() || is_json(name)).collect();
    // Where files lie in the directory that was named, those further down are something else.
    if container.is_directory() && names.iter().any(|name| !name.contains('/')) {
        names.retain(|name| !name.contains('/'));
    }
    if names.is_empty() {
        return Err(empty(container));
    }
    let alphabetical = names.clone();
    names.sort_by_key(|name| (!is_likely(name, wanted), Reverse(*name)));
    let is_wanted = wanted.named.is_some() || wanted.sdk_id.is_some();
    let (mut others, mut found) = (Vec::new(), Fitting::default());
    for name in names {
        if is_wanted && found.is_good() && !is_likely(name, wanted) {
            break;
        }
        let source = container.read(name)?;
        let Some(ids) = parse(&source.text).and_then(|value| modelled(&value, name)) else { continue };
        match ids.fit(wanted) {
            Some(fit) if is_wanted || found.fit.is_none() => found.add(fit, ids.place.clone(), (name, source, ids)),
            _ => others.push(ids.shown()),
        }
    }
    match found.best(container)? {
        Some((_, _, ids)) if !is_wanted && !others.is_empty() => {
            Err(several(container, others.into_iter().chain([ids.shown()]).collect()))
        }
        Some((name, source, _)) => with_company(container, name, source, &alphabetical),
        None if others.is_empty() => nothing(container, &alphabetical),
        None => Err(absent(container, wanted, others)),
    }
}

/// What is said of a place without any file that could be a model.
pub(super) fn empty(container: &Container) -> String {
    format!("{} holds no model: neither *.json nor {SERVICE}", container.label)
}

/// What a Smithy AST calls its service; `None` where it has none.
fn modelled(value: &Value, name: &str) -> Option<Names> {
    value.get("smithy")?;
    let (id, service) = service_shape(value)?;
    let text = |key: &str| service.pointer(&format!("/traits/aws.api#service/{key}")).and_then(Value::as_str);
    let (namespace, shape) = id.split_once('#').unwrap_or(("", id));
    let own = file_name(name).trim_end_matches(".json").to_owned();
    let mut others = vec![shape.to_owned(), namespace.to_owned()];
    others.extend(text("endpointPrefix").map(str::to_owned));
    others.extend(text("arnNamespace").map(str::to_owned));
    let place = service_and_version(name).0.to_owned();
    Some(Names { place, sdk_id: text("sdkId").map(str::to_owned), own, others })
}

/// A model with the files of its directory that add to it, if no other service is there. On disk these are all files: one
/// that is no model is reported and not passed over.
fn with_company(container: &Container, name: &str, source: Source, all: &[&String]) -> Result<Found, String> {
    let label = source.name.clone();
    let mut sources = vec![];
    for other in all.iter().filter(|other| directory(other) == directory(name)) {
        if *other == name {
            sources.push(source.clone());
            continue;
        }
        let company = container.read(other)?;
        match parse(&company.text) {
            Some(value) if modelled(&value, other).is_some() => {}
            Some(value) if value.get("smithy").is_none() && !container.is_directory() => {}
            None if !container.is_directory() => {}
            _ => sources.push(company),
        }
    }
    Ok(Found { label, form: Form::Smithy(sources) })
}

/// Files of which none has a service: the loader says what is wrong with each, if they are few.
fn nothing(container: &Container, names: &[&String]) -> Result<Found, String> {
    if !container.is_directory() && names.len() > 1 {
        return Err(format!("{} holds no model: no {SERVICE}, and no Smithy AST with a service", container.label));
    }
    let sources = names.iter().map(|name| container.read(name)).collect::<Result<_, _>>()?;
    Ok(Found { label: container.label.clone(), form: Form::Smithy(sources) })
}

/// Whether a name looks like that of the wanted service.
fn is_likely(name: &str, wanted: Wanted<'_>) -> bool {
    let wanted = wanted.named.or(wanted.sdk_id).map(plain).unwrap_or_default();
    !wanted.is_empty() && plain(name).contains(&wanted)
}

fn several(container: &Container, mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    format!("{} holds several services; say which with --service: {}", container.label, listed(&names))
}

fn absent(container: &Container, wanted: Wanted<'_>, mut others: Vec<String>) -> String {
    others.sort();
    others.dedup();
    let wanted = visible::line(wanted.named.or(wanted.sdk_id).unwrap_or_default());
    if others.len() <= SHOWN {
        return format!("{} does not hold {wanted}; it has {}", container.label, listed(&others));
    }
    let names: Vec<String> = others.iter().map(|name| plain(name)).collect();
    let count = names.len();
    let hint = did_you_mean(&plain(&wanted), names.iter().map(String::as_str), NAMING);
    format!("{} does not hold {wanted}, but {count} other services\n  hint: {hint}", container.label)
}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN).map(|name| visible::line(name)).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
