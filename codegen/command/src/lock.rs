//! `smithy-client.lock`: what the clients of a workspace were made of, so that two machines emit the same bytes.
//!
//! It pins the model of each client by its digest, and knows by fingerprints whether anything that a client depends on, or
//! the client itself, is not what it was. Nothing in it depends on the machine or the time.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use smithy_client_codegen::visible;

use crate::cargo_toml::{CargoToml, Table};
use crate::manifest::{Client, check_directory, check_name, directory};
use crate::paths::relative;

/// The name of the file, beside the manifest.
pub const LOCK: &str = "smithy-client.lock";

/// The form of the file. One of another number was written by another version of this command.
const FORMAT: u32 = 1;

/// How the file begins.
const BEGINNING: &str = "\
# Written by `cargo smithy-client`, to be committed and not to be edited: which model each client of smithy-client.toml was
# emitted from, and by what it is seen whether anything is not as it was.
";

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The form of the file.
    pub format: u32,
    /// The folder that the clients are in, relative to the root of the workspace, with `/`.
    #[serde(default = "directory")]
    pub directory: String,
    /// The copy of AWS's crate of HTTP clients, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_client: Option<Copied>,
    /// What was emitted for each client, by the client's name.
    #[serde(default, rename = "client", skip_serializing_if = "BTreeMap::is_empty")]
    pub clients: BTreeMap<String, Locked>,
}

/// A copy of AWS's crate of HTTP clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copied {
    /// The version of the crate.
    pub version: String,
    /// Whether it asks for the small library beneath `idna`.
    pub is_small: bool,
    /// Whether it has pools of connections.
    #[serde(default)]
    pub has_pools: bool,
    /// A fingerprint of all that its files depend on.
    pub made_of: String,
    /// A fingerprint of its files.
    pub files: String,
}

/// What was emitted for a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// Id of the service's shape.
    pub service: String,
    /// What AWS calls the service.
    pub sdk_id: String,
    /// The protocol that it speaks.
    pub protocol: String,
    /// Where its model came from, as the manifest has it.
    pub model: String,
    /// The digest of each file of the model.
    pub sha256: Vec<String>,
    /// The operations of the client, by name.
    pub operations: Vec<String>,
    /// Types that it has for their own sake, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// Operations that were wanted and cannot be emitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// A fingerprint of all that the emitted files depend on.
    pub made_of: String,
    /// A fingerprint of the emitted files.
    pub files: String,
    /// What the manifest asked for of the dependencies on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// The dependencies on AWS's own crate that it took the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Original>,
}

/// What the manifest asks for of the dependencies on a client: where it says something else now, that is a change to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Their name.
    pub dependency: String,
    /// Their features.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// Whether they have the default features as well.
    pub default_features: bool,
}

/// A dependency on AWS's own crate that a client took the place of, as it was, so that `remove` puts it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// The `Cargo.toml` that has it, relative to the root of the workspace, with `/`.
    pub manifest: String,
    /// The table in it, as messages show that.
    pub table: String,
    /// Its name there.
    pub name: String,
    /// What it said, as a value of TOML.
    pub entry: String,
    /// What `[features]` said of it, by feature.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub features: BTreeMap<String, Vec<String>>,
}

impl Asked {
    /// What a manifest asks for of the client of this name.
    pub fn of(name: &str, client: &Client) -> Self {
        Self {
            dependency: client.dependency(name).to_owned(),
            features: client.features.clone(),
            default_features: client.default_features,
        }
    }
}

impl Original {
    /// What a dependency of this manifest is.
    ///
    /// # Errors
    ///
    /// A sentence: the manifest has none of that name.
    pub fn of(root: &Path, path: &Path, content: &CargoToml, table: &Table, name: &str) -> Result<Self, String> {
        let strange = || format!("{} has no dependency {name} in {table}", path.display());
        Ok(Self {
            manifest: relative(root, path).ok_or_else(strange)?,
            table: table.to_string(),
            name: name.to_owned(),
            entry: content.entry_text(table, name).ok_or_else(strange)?,
            features: content.mentions(name),
        })
    }

    /// Whether both are the same place of the same manifest.
    pub fn is_where(&self, other: &Self) -> bool {
        (&self.manifest, &self.table, &self.name) == (&other.manifest, &other.table, &other.name)
    }
}

impl Default for Lock {
    fn default() -> Self {
        Self { format: FORMAT, directory: directory(), http_client: None, clients: BTreeMap::new() }
    }
}

/// The format alone, which is read first.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Lock {
    /// Reads the text of a lock.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a phrase.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong = |error: toml_edit::de::Error| visible::lines(error.to_string().trim_end()).into_owned();
        let Format { format } = toml_edit::de::from_str(text).map_err(wrong)?;
        match format {
            FORMAT => {
                let lock: Self = toml_edit::de::from_str(text).map_err(wrong)?;
                check_directory(&lock.directory)?;
                // A client that the manifest has no more is removed by its name.
                lock.clients.keys().try_for_each(|name| check_name(name))?;
                Ok(lock)
            }
            other => {
                Err(format!("it has the format {other}, and this command knows {FORMAT}; install its newest version"))
            }
        }
    }

    /// Its text.
    ///
    /// # Errors
    ///
    /// When it cannot be written as TOML, as a phrase.
    pub fn text(&self) -> Result<String, String> {
        let text = toml_edit::ser::to_string_pretty(self).map_err(|error| error.to_string())?;
        Ok(format!("{BEGINNING}{text}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Asked, Lock, Locked, Original};

    #[test]
    fn a_lock_is_read_as_it_is_written() {
        let locked = Locked {
            service: "com.example#Weather".to_owned(),
            sdk_id: "Weather".to_owned(),
            protocol: "restJson1".to_owned(),
            model: "models/weather.json".to_owned(),
            sha256: vec!["00".to_owned()],
            operations: vec!["GetCity".to_owned(), "ListCities".to_owned()],
            types: vec![],
            left_out: vec![],
            made_of: "11".to_owned(),
            files: "22".to_owned(),
            asked: Some(Asked { dependency: "sky".to_owned(), features: vec![], default_features: true }),
            replaced: vec![Original {
                manifest: "Cargo.toml".to_owned(),
                table: "[dependencies]".to_owned(),
                name: "sky".to_owned(),
                entry: "\"1\"".to_owned(),
                features: BTreeMap::new(),
            }],
        };
        let lock = Lock { clients: BTreeMap::from([("weather".to_owned(), locked)]), ..Lock::default() };
        let text = lock.text().expect("it is TOML");
        insta::assert_snapshot!(text, @r#"
        # Written by `cargo smithy-client`, to be committed and not to be edited: which model each client of smithy-client.toml was
        # emitted from, and by what it is seen whether anything is not as it was.
        format = 1
        directory = "clients"

        [client.weather]
        service = "com.example#Weather"
        sdk_id = "Weather"
        protocol = "restJson1"
        model = "models/weather.json"
        sha256 = ["00"]
        operations = [
            "GetCity",
            "ListCities",
        ]
        made_of = "11"
        files = "22"

        [client.weather.asked]
        dependency = "sky"
        default_features = true

        [[client.weather.replaced]]
        manifest = "Cargo.toml"
        table = "[dependencies]"
        name = "sky"
        entry = '"1"'
        "#);
        assert_eq!(Lock::read(&text), Ok(lock));
        assert_eq!(Lock::read(&Lock::default().text().expect("it is TOML")), Ok(Lock::default()));
    }

    #[test]
    fn a_lock_of_another_format_is_told_as_that() {
        let refusal = Lock::read("format = 2\nsomething = \"new\"\n").expect_err("it is of another format");
        assert_eq!(refusal, "it has the format 2, and this command knows 1; install its newest version");
        assert!(Lock::read("").is_err());
    }

    #[test]
    fn a_client_of_a_lock_is_a_folder_beside_the_others() {
        let locked = "service = \"a#B\"\nsdk_id = \"B\"\nprotocol = \"\"\nmodel = \"\"\nsha256 = []\noperations = []\n";
        let of = |name: &str| {
            Lock::read(&format!("format = 1\n[client.\"{name}\"]\n{locked}made_of = \"\"\nfiles = \"\"\n"))
        };
        assert!(of("b").is_ok());
        for name in ["../b", "/b", "b/c", "..", "models"] {
            assert!(of(name).expect_err("it is none").starts_with("a client cannot be called"), "{name}");
        }
    }
}
