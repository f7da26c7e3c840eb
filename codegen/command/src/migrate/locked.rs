//! Which other packages a program shares an official crate with, as its `Cargo.lock` says.
//!
//! Where a library has types of an official crate in its API, a program that hands it those of another crate does not
//! compile. Whether it has cannot be seen from here, so that every package that is none of the workspace counts.

use std::collections::BTreeSet;

use serde::Deserialize;

/// Packages that have official crates for themselves alone: no type of them is seen outside.
const SECLUDED: [&str; 1] = ["aws-config"];

/// How `Cargo.lock` names the registry of all.
const REGISTRIES: [&str; 2] =
    ["registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/"];

/// What is read of a `Cargo.lock`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Lock {
    #[serde(default, rename = "package")]
    packages: Vec<Package>,
}

/// A package of it.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    source: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Package {
    /// Whether it is from the registry of all.
    pub(super) fn is_of_registry(&self) -> bool {
        self.source.as_ref().is_some_and(|source| REGISTRIES.iter().any(|known| source.starts_with(known)))
    }

    /// The names of the packages that it depends on.
    pub(super) fn depends_on(&self) -> impl Iterator<Item = &str> {
        // An entry is a name, with a version where several are locked, and with a source where that does not tell.
        self.dependencies.iter().filter_map(|dependency| dependency.split(' ').next())
    }
}

impl Lock {
    /// Reads the text of one.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in the words of the parser.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        toml_edit::de::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// The packages of a name, of which there may be several versions.
    pub(super) fn named(&self, name: &str) -> Vec<&Package> {
        self.packages.iter().filter(|package| package.name == name).collect()
    }

    /// Packages outside of the workspace that depend on this one, with their versions, in order.
    pub(super) fn dependents(&self, package: &str, members: &BTreeSet<&str>) -> Vec<String> {
        let depends = |other: &&Package| {
            let is_member = other.source.is_none() && members.contains(other.name.as_str());
            !is_member && !SECLUDED.contains(&other.name.as_str()) && other.depends_on().any(|name| name == package)
        };
        let found = self.packages.iter().filter(depends);
        let named: BTreeSet<String> = found.map(|other| format!("{} {}", other.name, other.version)).collect();
        named.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Lock;

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
        let lock = Lock::read(LOCK).expect("it is one");
        let members = BTreeSet::from(["worker"]);
        assert_eq!(lock.dependents("aws-sdk-dynamodb", &members), ["serde_dynamo 4.2.0"]);
        assert_eq!(lock.dependents("aws-sdk-sqs", &members), ["beside 0.0.1"]);
        assert!(lock.dependents("aws-sdk-sts", &members).is_empty());
        assert!(lock.dependents("aws-sdk-dynamo", &members).is_empty());
        assert!(Lock::read("").expect("it is empty").dependents("aws-sdk-sts", &members).is_empty());
    }
}
