//! The runtime that emitted clients link against, as the folder of sources that stands beside them.
//!
//! This command was compiled with the runtime that its generator emits for, and brings the text along. The same version of
//! the command gives the same bytes, wherever it was installed from: Cargo rewrites the manifest of a package for a
//! registry, so that the manifest here is written anew from what either of them says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use smithy_client_runtime::sources::FILES;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// Name of the package, and of its folder.
pub const PACKAGE: &str = "smithy-client-runtime";

/// What the copied manifest has of `[package]`, beside `publish`.
const PACKAGE_KEYS: [&str; 6] = ["name", "version", "description", "edition", "rust-version", "license"];

/// What a dependency can have, in this order.
const DEPENDENCY_KEYS: [&str; 4] = ["version", "optional", "default-features", "features"];

/// The formatter of a workspace that reaches the folder leaves it alone: it is compared byte for byte.
const RUSTFMT: &str = "disable_all_formatting = true\n";

/// The files of the folder: path below it, with `/`, to text.
///
/// It is a package that stands alone: it inherits nothing of a workspace, and has neither tests nor what they need.
///
/// # Errors
///
/// A sentence on what in the manifest of the runtime cannot be written anew. The tests of this package see to it that there
/// is nothing of that kind.
pub fn files() -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::from([("rustfmt.toml".to_owned(), RUSTFMT.to_owned())]);
    for (path, text) in FILES {
        let text = if *path == "Cargo.toml" { manifest(text)? } else { (*text).to_owned() };
        files.insert((*path).to_owned(), text);
    }
    Ok(files)
}

/// The manifest of the copy, from the one of the repository or from Cargo's rendering of it: package, features and
/// dependencies in an order of their own, without comments.
///
/// # Errors
///
/// A sentence on what is not as expected.
fn manifest(text: &str) -> Result<String, String> {
    let document: DocumentMut = text.parse().map_err(|cause| format!("the runtime's manifest is no TOML: {cause}"))?;
    let mut manifest = String::from("[package]\n");
    let package = table(&document, "package")?;
    for key in PACKAGE_KEYS {
        line(&mut manifest, key, &plain(package, key)?);
    }
    manifest.push_str("publish = false\n\n[features]\n");
    let mut features: Vec<&str> = table(&document, "features")?.iter().map(|(name, _)| name).collect();
    features.sort_by_key(|name| (*name != "default", *name));
    for name in features {
        line(&mut manifest, name, &plain(table(&document, "features")?, name)?);
    }
    manifest.push_str("\n[dependencies]\n");
    let mut dependencies: Vec<(&str, &Item)> = table(&document, "dependencies")?.iter().collect();
    dependencies.sort_by_key(|(name, _)| *name);
    for (name, item) in dependencies {
        line(&mut manifest, name, &dependency(name, item)?);
    }
    Ok(manifest)
}

fn line(manifest: &mut String, key: &str, value: &str) {
    // A string takes whatever is written.
    let _ = writeln!(manifest, "{key} = {value}");
}

fn table<'d>(document: &'d DocumentMut, name: &str) -> Result<&'d Table, String> {
    document.get(name).and_then(Item::as_table).ok_or_else(|| format!("the runtime's manifest has no table {name}"))
}

/// A value that is a text, a boolean or a list of texts, as TOML on one line.
fn plain(table: &dyn TableLike, key: &str) -> Result<String, String> {
    let strange = || format!("the runtime's manifest has no plain {key}");
    let value = table.get(key).and_then(Item::as_value).ok_or_else(strange)?;
    let text = |value: &Value| value.as_str().map(|text| format!("{text:?}")).ok_or_else(strange);
    match value {
        Value::Boolean(value) => Ok(value.value().to_string()),
        Value::Array(values) => {
            let texts: Result<Vec<String>, String> = values.iter().map(text).collect();
            Ok(format!("[{}]", texts?.join(", ")))
        }
        value => text(value),
    }
}

/// A dependency of the registry: its version alone, or a table on one line.
fn dependency(name: &str, item: &Item) -> Result<String, String> {
    let Some(table) = item.as_table_like() else {
        return item.as_str().map(|version| format!("{version:?}")).ok_or_else(|| format!("{name} has no version"));
    };
    if let Some((key, _)) = table.iter().find(|(key, _)| !DEPENDENCY_KEYS.contains(key)) {
        return Err(format!("the runtime's dependency {name} has an unexpected {key}"));
    }
    let mut keys = Vec::new();
    for key in DEPENDENCY_KEYS.iter().filter(|key| table.contains_key(key)) {
        keys.push((*key, plain(table, key)?));
    }
    if let [("version", version)] = keys.as_slice() {
        return Ok(version.clone());
    }
    let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    Ok(format!("{{ {} }}", keys.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::manifest;

    /// As it stands in the repository.
    const WRITTEN: &str = r#"
[package]
name = "runtime"
version = "0.1.0"
description = "What \"clients\" link against"
# A comment.
edition = "2024"
rust-version = "1.94.1"
license = "Apache-2.0"
publish.workspace = true

[features]
# What it takes.
json = []
default = ["json", "dep:http"]

[dependencies]
tracing = { version = "0.1.44", optional = true, default-features = false, features = ["std"] }
http = { version = "1.3.1", optional = true }
types = "1.9.3"

[dev-dependencies]
proptest.workspace = true

[[test]]
name = "serde"

[lints]
workspace = true
"#;

    /// As Cargo puts it into a package.
    const RENDERED: &str = r#"
# THIS FILE IS AUTOMATICALLY GENERATED BY CARGO
[package]
edition = "2024"
rust-version = "1.94.1"
name = "runtime"
version = "0.1.0"
build = false
publish = false
autolib = false
description = "What \"clients\" link against"
readme = "README.md"
license = "Apache-2.0"

[features]
default = [
    "json",
    "dep:http",
]
json = []

[lib]
name = "runtime"
path = "src/lib.rs"

[dependencies.http]
version = "1.3.1"
optional = true

[dependencies.tracing]
version = "0.1.44"
features = ["std"]
optional = true
default-features = false

[dependencies.types]
version = "1.9.3"

[dev-dependencies.proptest]
version = "1.12"

[lints.rust.unsafe_code]
level = "forbid"
"#;

    #[test]
    fn a_repository_and_a_registry_give_the_same_manifest() {
        let written = manifest(WRITTEN).expect("it is as expected");
        insta::assert_snapshot!(written, @r#"
        [package]
        name = "runtime"
        version = "0.1.0"
        description = "What \"clients\" link against"
        edition = "2024"
        rust-version = "1.94.1"
        license = "Apache-2.0"
        publish = false

        [features]
        default = ["json", "dep:http"]
        json = []

        [dependencies]
        http = { version = "1.3.1", optional = true }
        tracing = { version = "0.1.44", optional = true, default-features = false, features = ["std"] }
        types = "1.9.3"
        "#);
        assert_eq!(manifest(RENDERED).expect("it is as expected"), written);
    }

    #[test]
    fn what_only_a_workspace_knows_is_refused() {
        let inherited = WRITTEN.replace("edition = \"2024\"", "edition.workspace = true");
        assert_eq!(manifest(&inherited), Err("the runtime's manifest has no plain edition".to_owned()));
        let inherited = WRITTEN.replace("types = \"1.9.3\"", "types.workspace = true");
        assert_eq!(manifest(&inherited), Err("the runtime's dependency types has an unexpected workspace".to_owned()));
    }
}
