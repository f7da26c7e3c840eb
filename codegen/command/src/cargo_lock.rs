//! `Cargo.lock`: which versions a program has of the packages of the registry, and who depends on whom.
//!
//! Where a library has types of an official crate in its API, a program that hands it those of another crate does not
//! compile. Whether it has cannot be seen from here, so that every package that is none of the workspace counts.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::files;
use crate::write::Edit;

/// The name of the file, beside the root `Cargo.toml`.
pub const CARGO_LOCK: &str = "Cargo.lock";

/// Packages that have official crates for themselves alone: no type of them is seen outside.
const SECLUDED: [&str; 1] = ["aws-config"];

/// How `Cargo.lock` names the registry of all.
const REGISTRIES: [&str; 2] =
    ["registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/"];

/// What is read of a `Cargo.lock`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CargoLock {
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    text: String,
    #[serde(default, rename = "package")]
    packages: Vec<Package>,
}

/// A package of it.
#[derive(Clone, Debug, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    source: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Package {
    /// Whether it is from the registry of all.
    pub fn is_of_registry(&self) -> bool {
        self.source.as_ref().is_some_and(|source| REGISTRIES.iter().any(|known| source.starts_with(known)))
    }

    /// Whether it is from a folder.
    pub fn is_local(&self) -> bool {
        self.source.is_none()
    }

    /// The names of the packages that it depends on.
    pub fn depends_on(&self) -> impl Iterator<Item = &str> {
        // An entry is a name, with a version where several are locked, and with a source where that does not tell.
        self.dependencies.iter().filter_map(|dependency| dependency.split(' ').next())
    }
}

impl CargoLock {
    /// Reads that of a workspace; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A sentence on what is wrong with it.
    pub fn of(root: &Path) -> Result<Option<Self>, String> {
        let path = root.join(CARGO_LOCK);
        let failed = |reason: String| format!("cannot read {}: {reason}", path.display());
        match files::text(&path) {
            Ok(text) => Self::read(&text).map(|lock| Some(Self { path: path.clone(), text, ..lock })).map_err(failed),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(failed(cause.to_string())),
        }
    }

    /// Reads the text of one.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in the words of the parser.
    fn read(text: &str) -> Result<Self, String> {
        toml_edit::de::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// The packages of a name, of which there may be several versions.
    pub fn named(&self, name: &str) -> Vec<&Package> {
        self.packages.iter().filter(|package| package.name == name).collect()
    }

    /// Packages outside of the workspace that depend on this one, with their versions, in order.
    pub fn dependents(&self, package: &str, members: &BTreeSet<&str>) -> Vec<String> {
        let depends = |other: &&Package| {
            let is_member = other.source.is_none() && members.contains(other.name.as_str());
            !is_member && !SECLUDED.contains(&other.name.as_str()) && other.depends_on().any(|name| name == package)
        };
        let found = self.packages.iter().filter(depends);
        let named: BTreeSet<String> = found.map(|other| format!("{} {}", other.name, other.version)).collect();
        named.into_iter().collect()
    }

    /// All packages that depend on this one.
    pub fn depending_on(&self, package: &str) -> Vec<&Package> {
        let depends = |other: &&Package| other.depends_on().any(|name| name == package);
        self.packages.iter().filter(depends).collect()
    }

    /// The names of all packages that depend on this one.
    pub fn dependents_of(&self, package: &str) -> BTreeSet<&str> {
        self.depending_on(package).into_iter().map(|other| other.name.as_str()).collect()
    }

    /// What takes a package out, so that cargo is free to choose its version anew; `None` where it is not there.
    pub fn without(&self, package: &Package) -> Option<Edit> {
        let keys = [format!("name = \"{}\"", package.name), format!("version = \"{}\"", package.version)];
        let lines: Vec<&str> = self.text.split_inclusive('\n').collect();
        let begins = |line: &&str| line.starts_with('[');
        let is_it =
            |at: usize| lines.get(at + 1..at + 3).is_some_and(|two| two.iter().map(|it| it.trim_end()).eq(&keys));
        let start = (0..lines.len()).find(|at| lines[*at].trim_end() == "[[package]]" && is_it(*at))?;
        let end = lines[start + 1..].iter().position(begins).map_or(lines.len(), |next| start + 1 + next);
        let new = [&lines[..start], &lines[end..]].concat().concat();
        Some(Edit { path: self.path.clone(), old: Some(self.text.clone()), new })
    }
}

/// What takes several packages out, of which each is taken out by an edit of its own.
pub fn both(first: Option<Edit>, second: impl FnOnce(&CargoLock) -> Option<Edit>, lock: &CargoLock) -> Option<Edit> {
    let Some(first) = first else { return second(lock) };
    let rest = CargoLock { path: lock.path.clone(), text: first.new.clone(), packages: lock.packages.clone() };
    Some(match second(&rest) {
        Some(second) => Edit { new: second.new, ..first },
        None => first,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CargoLock;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "worker"
version = "0.1.0"
dependencies = ["aws-config", "aws-sdk-dynamodb 1.2.0", "serde_dynamo"]

[[package]]
name = "aws-config"
version = "1.13.0"
source = "registry+https://example.com"
dependencies = ["aws-sdk-sts"]

[[package]]
name = "serde_dynamo"
version = "4.2.0"
source = "registry+https://example.com"
dependencies = ["aws-sdk-dynamodb 1.2.0 (registry+https://example.com)", "serde"]

[[package]]
name = "aws-sdk-dynamodb"
version = "1.2.0"
source = "registry+https://example.com"

[[package]]
name = "beside"
version = "0.0.1"
dependencies = ["aws-sdk-sqs"]
"#;

    #[test]
    fn packages_that_share_a_crate_are_those_outside_of_the_workspace() {
        let lock = CargoLock::read(LOCK).expect("it is one");
        let members = BTreeSet::from(["worker"]);
        assert_eq!(lock.dependents("aws-sdk-dynamodb", &members), ["serde_dynamo 4.2.0"]);
        assert_eq!(lock.dependents("aws-sdk-sqs", &members), ["beside 0.0.1"]);
        assert!(lock.dependents("aws-sdk-sts", &members).is_empty());
        assert!(lock.dependents("aws-sdk-dynamo", &members).is_empty());
        assert!(CargoLock::read("").expect("it is empty").dependents("aws-sdk-sts", &members).is_empty());
        assert_eq!(lock.dependents_of("aws-sdk-sqs"), BTreeSet::from(["beside"]));
    }

    #[test]
    fn a_package_is_taken_out_with_all_that_is_said_of_it() {
        for ends in ["\n", "\r\n"] {
            let text = LOCK.replace('\n', ends);
            let lock = CargoLock { text: text.clone(), ..CargoLock::read(&text).expect("it is one") };
            let without = |name: &str| lock.without(lock.named(name)[0]).expect("it is there").new;
            let rest = without("serde_dynamo");
            assert_eq!(CargoLock::read(&rest).expect("it is one").packages.len(), 4);
            assert!(
                !rest.contains("name = \"serde_dynamo\"") && rest.contains("dependencies = [\"aws-sdk-sts\"]"),
                "{rest}"
            );
            assert!(text.starts_with(&without("beside")), "the last one");
        }
    }
}
