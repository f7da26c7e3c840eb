//! `smithy-client.toml`: which clients a workspace has, as a person writes it.
//!
//! It is read strictly, so that a misspelt key is told and not passed over, and edited as text: comments, order and blank
//! lines stay.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use smithy_client_codegen::{Emit, check_crate_name, visible};
use toml_edit::{Array, Document, DocumentMut, Item, Table, TableLike, value};

use crate::http_client;
use crate::runtime::PACKAGE;

/// The name of the file, beside the root `Cargo.toml`.
pub const MANIFEST: &str = "smithy-client.toml";

/// The folder of the models beside the clients.
pub const MODELS: &str = "models";

/// Where clients go, unless the manifest says otherwise.
const DIRECTORY: &str = "clients";

/// What says that the program is built without aws-lc.
const WITHOUT_AWS_LC: &str = "without-aws-lc";

/// Where a model comes from, unless the manifest says otherwise: the botocore that Python has.
pub const BOTOCORE: &str = "botocore";

/// How a new file begins.
const BEGINNING: &str = "# Clients of AWS services that `cargo smithy-client sync` emits.\n";

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// The folder of the clients, relative to the root of the workspace, with `/`.
    #[serde(default = "directory")]
    pub directory: String,
    /// Whether a copy of AWS's crate of HTTP clients takes the place of that, in which TLS is on ring.
    #[serde(default)]
    pub without_aws_lc: bool,
    /// Each client by what the person calls it, which is also its folder.
    #[serde(default)]
    pub clients: BTreeMap<String, Client>,
}

/// One client.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// Where its model comes from: `botocore`, a path relative to the root of the workspace, or an https URL.
    #[serde(default = "botocore")]
    pub model: String,
    /// Which service of that it is; without it the one that the client's name says.
    pub service: Option<String>,
    /// Which operations it has.
    #[serde(default)]
    pub operations: Operations,
    /// Operations that it has beside those, for somebody who is no part of the program.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it has of them.
    #[serde(default, deserialize_with = "emit")]
    pub emit: Emit,
    /// Name of the emitted package; without it the client's own.
    pub package: Option<String>,
    /// What the `Cargo.toml`s of the workspace call it; without it as the package.
    pub dependency: Option<String>,
    /// The version of the package, where it takes the place of the registry's of its name for whoever depends on that:
    /// by `[patch.crates-io]` of the root `Cargo.toml`.
    pub patch: Option<String>,
    /// Features that the workspace asks for.
    #[serde(default)]
    pub features: Vec<String>,
    /// Whether it asks for the default features as well.
    #[serde(default = "yes")]
    pub default_features: bool,
}

/// Which operations a client has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Operations {
    /// Those that the program calls, as its sources tell.
    #[default]
    Auto,
    /// Every operation of the service.
    All,
    /// Those with these names.
    Named(Vec<String>),
}

impl Default for Manifest {
    fn default() -> Self {
        Self { directory: directory(), without_aws_lc: false, clients: BTreeMap::new() }
    }
}

impl Default for Client {
    fn default() -> Self {
        Self {
            model: botocore(),
            service: None,
            operations: Operations::Auto,
            also: Vec::new(),
            emit: Emit::Client,
            package: None,
            dependency: None,
            patch: None,
            features: Vec::new(),
            default_features: true,
        }
    }
}

/// The folder of the clients, unless a file says otherwise.
pub(crate) fn directory() -> String {
    DIRECTORY.to_owned()
}

fn botocore() -> String {
    BOTOCORE.to_owned()
}

fn yes() -> bool {
    true
}

impl Client {
    /// Which service of its model's source the client is of.
    pub fn service<'a>(&'a self, name: &'a str) -> &'a str {
        self.service.as_deref().unwrap_or(name)
    }

    /// Name of the emitted package.
    pub fn package<'a>(&'a self, name: &'a str) -> &'a str {
        self.package.as_deref().unwrap_or(name)
    }

    /// What the `Cargo.toml`s of the workspace call it.
    pub fn dependency<'a>(&'a self, name: &'a str) -> &'a str {
        self.dependency.as_deref().unwrap_or(self.package(name))
    }
}

impl Manifest {
    /// Reads the text of a manifest.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where, as a phrase of several lines.
    pub fn read(text: &str) -> Result<Self, String> {
        let manifest: Self =
            toml_edit::de::from_str(text).map_err(|error| visible::lines(error.to_string().trim_end()).into_owned())?;
        manifest.wrong().map_err(|Wrong { keys, reason }| match line_of(text, &keys) {
            Some(line) => format!("line {line}: {reason}"),
            None => reason,
        })?;
        Ok(manifest)
    }

    /// Checks what the types alone do not say.
    ///
    /// # Errors
    ///
    /// What is wrong, as a sentence.
    pub fn check(&self) -> Result<(), String> {
        self.wrong().map_err(|wrong| wrong.reason)
    }

    /// The first thing that is wrong, and where.
    fn wrong(&self) -> Result<(), Wrong<'_>> {
        check_directory(&self.directory).map_err(|reason| Wrong { keys: vec!["directory"], reason })?;
        let mut packages = BTreeMap::new();
        for (name, client) in &self.clients {
            let of_client = |reason| Wrong { keys: vec!["clients", name], reason };
            let of = |key: &'static str| move |reason| Wrong { keys: vec!["clients", name, key], reason };
            check_name(name).map_err(of_client)?;
            client.package.as_deref().map_or(Ok(()), check_crate_name).map_err(of("package"))?;
            client.dependency.as_deref().map_or(Ok(()), check_dependency).map_err(of("dependency"))?;
            if let Some(version) = client.patch.as_ref().filter(|version| !is_version(version)) {
                let reason = format!("`{}` is no version of a package, such as 1.2.3", visible::line(version));
                return Err(of("patch")(reason));
            }
            // Cargo takes no two packages of one name that are both from folders.
            if let Some(other) = packages.insert(client.package(name), name) {
                let package = client.package(name);
                return Err(of_client(format!("the clients {other} and {name} would both be the package {package}")));
            }
        }
        Ok(())
    }
}

/// What is wrong with a manifest.
struct Wrong<'m> {
    /// The keys that lead to it.
    keys: Vec<&'m str>,
    /// A sentence.
    reason: String,
}

/// The line of a text on which the last of some keys stands.
fn line_of(text: &str, keys: &[&str]) -> Option<usize> {
    let document = Document::parse(text).ok()?;
    let mut table: &dyn TableLike = document.as_table();
    let mut at = None;
    for key in keys {
        let (found, item) = table.get_key_value(key)?;
        at = found.span().or_else(|| item.span());
        match item.as_table_like() {
            Some(inner) => table = inner,
            None => break,
        }
    }
    Some(text.get(..at?.start)?.matches('\n').count() + 1)
}

/// Checks what `Cargo.toml`s call a dependency, which may begin as no package does: `__aws_sdk_dynamodb_1`.
///
/// # Errors
///
/// Why it cannot be called so, as a sentence.
pub fn check_dependency(name: &str) -> Result<(), String> {
    check_crate_name(name.trim_start_matches('_'))
}

/// Whether a text is a version as Cargo has them, three numbers, without what may follow these.
pub(crate) fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.len() < 10 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.into_iter().all(is_number)
}

/// Checks the folder of the clients.
///
/// # Errors
///
/// Why it cannot be one, as a sentence.
pub(crate) fn check_directory(directory: &str) -> Result<(), String> {
    let parts: Vec<&str> = directory.split('/').collect();
    if directory.contains('\\') || parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
        let directory = visible::line(directory);
        return Err(format!("the directory `{directory}` is none below the workspace, with `/` between folders"));
    }
    Ok(())
}

/// Checks what a person calls a client, which becomes a folder.
///
/// # Errors
///
/// Why it cannot be one, as a sentence.
pub fn check_name(name: &str) -> Result<(), String> {
    let shown = visible::line(name);
    if [PACKAGE, MODELS, http_client::PACKAGE].contains(&name) {
        return Err(format!("a client cannot be called `{shown}`: a folder beside the clients has this name"));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain) {
        true => Ok(()),
        false => Err(format!("a client cannot be called `{shown}`: a name has letters, digits, `-` and `_`")),
    }
}

/// The text of a manifest with another client at its end, or with this one in the place of the one of its name.
///
/// # Errors
///
/// When the text is no TOML, or its clients are no tables.
pub fn with_client(text: &str, name: &str, client: &Client) -> Result<String, String> {
    let mut document = text.parse::<DocumentMut>().map_err(|error| error.to_string())?;
    // Comments of a file that has nothing else would go behind what comes first.
    let comments = match (document.is_empty(), text.trim_end()) {
        (false, _) => String::new(),
        (true, "") => format!("{BEGINNING}\n"),
        (true, comments) => format!("{comments}\n\n"),
    };
    if document.is_empty() {
        document = DocumentMut::new();
    }
    let clients = document.entry("clients").or_insert_with(|| {
        let mut clients = Table::new();
        clients.set_implicit(true);
        Item::Table(clients)
    });
    let clients = clients.as_table_mut().ok_or("`clients` is not a table of its own")?;
    clients.insert(name, Item::Table(table(client)));
    Ok(comments + &document.to_string())
}

/// The text of a manifest, or of the one that is to come, with the folder of its clients, unless that is the default.
///
/// # Errors
///
/// As [`with_client`].
pub fn with_directory(text: Option<&str>, directory: Option<&str>) -> Result<String, String> {
    let text = text.filter(|text| !text.trim().is_empty());
    let Some(directory) = directory.filter(|directory| *directory != DIRECTORY) else {
        return Ok(text.unwrap_or_default().to_owned());
    };
    let mut document = text.unwrap_or(BEGINNING).parse::<DocumentMut>().map_err(|error| error.to_string())?;
    if document.get("directory").and_then(Item::as_str) == Some(directory) {
        return Ok(document.to_string());
    }
    document.insert("directory", value(directory));
    let text = document.to_string();
    // In a document of nothing but comments they stand behind what is inserted.
    Ok(text.strip_suffix(BEGINNING).map_or(text.clone(), |line| format!("{BEGINNING}{line}")))
}

/// The text of a manifest that says that the program is built without aws-lc.
///
/// # Errors
///
/// When the text is no TOML.
pub fn with_no_aws_lc(text: &str) -> Result<String, String> {
    // In a document the first comment belongs to the first table, and what is inserted comes before both.
    let (comment, rest) = text.strip_prefix(BEGINNING).map_or(("", text), |rest| (BEGINNING, rest));
    let mut document = rest.parse::<DocumentMut>().map_err(|error| error.to_string())?;
    document.insert(WITHOUT_AWS_LC, value(true));
    Ok(format!("{comment}{document}"))
}

/// Whether a manifest says nothing any more but what `add` wrote before the first client.
pub fn is_bare(text: &str) -> bool {
    let is_blank = |line: &str| line.trim().is_empty();
    let is_setting =
        |line: &str| ["directory", WITHOUT_AWS_LC].iter().any(|key| line.starts_with(&format!("{key} = ")));
    text.lines().all(|line| is_blank(line) || line == BEGINNING.trim_end() || is_setting(line))
}

/// The text of a manifest without a client; the same text if it has none of this name.
///
/// # Errors
///
/// As [`with_client`].
pub fn without_client(text: &str, name: &str) -> Result<String, String> {
    let mut document = text.parse::<DocumentMut>().map_err(|error| error.to_string())?;
    if let Some(clients) = document.get_mut("clients").and_then(Item::as_table_like_mut) {
        clients.remove(name);
    }
    Ok(document.to_string())
}

/// A client as a person would write it: what is the default is left out, apart from where the model comes from and what is
/// taken of it, which every reader asks first.
fn table(client: &Client) -> Table {
    let mut table = Table::new();
    let list = |names: &[String]| value(names.iter().collect::<Array>());
    table.insert("model", value(&client.model));
    let mut text = |key: &str, content: &Option<String>| {
        if let Some(content) = content {
            table.insert(key, value(content));
        }
    };
    text("service", &client.service);
    text("package", &client.package);
    text("dependency", &client.dependency);
    text("patch", &client.patch);
    let operations = match &client.operations {
        Operations::Auto => value("auto"),
        Operations::All => value("all"),
        Operations::Named(names) => list(names),
    };
    table.insert("operations", operations);
    if !client.also.is_empty() {
        table.insert("also", list(&client.also));
    }
    if client.emit == Emit::Types {
        table.insert("emit", value("types"));
    }
    if !client.default_features {
        table.insert("default-features", value(false));
    }
    if !client.features.is_empty() {
        table.insert("features", list(&client.features));
    }
    table
}

/// Reads `emit`.
fn emit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Emit, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "client" => Ok(Emit::Client),
        "types" => Ok(Emit::Types),
        other => Err(de::Error::unknown_variant(other, &["client", "types"])),
    }
}

impl<'de> Deserialize<'de> for Operations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OperationsVisitor)
    }
}

struct OperationsVisitor;

impl<'de> Visitor<'de> for OperationsVisitor {
    type Value = Operations;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"auto\", \"all\" or a list of names")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Operations, E> {
        match text {
            "auto" => Ok(Operations::Auto),
            "all" => Ok(Operations::All),
            other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Operations, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        match names.is_empty() {
            true => Err(de::Error::invalid_length(0, &"at least one name, \"auto\" or \"all\"")),
            false => Ok(Operations::Named(names)),
        }
    }
}

#[cfg(test)]
mod tests;
