//! What the dependencies of a manifest are.

use toml_edit::{Item, TableLike, Value};

use super::{CargoToml, Kind, Table};

/// A dependency, as a manifest has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub table: Table,
    /// What the package calls it.
    pub name: String,
    /// The package that it is. Of one that is inherited, whatever the workspace says comes first.
    pub package: String,
    /// Where it is from.
    pub origin: Origin,
    /// Its features, beside the default.
    pub features: Vec<String>,
    /// Whether it has its default features, where the manifest says that.
    pub default_features: Option<bool>,
    /// Whether it is there only where a feature asks for it.
    pub is_optional: bool,
}

/// Where a dependency is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The registry of all, with the version that is asked for.
    Registry(String),
    /// Another registry, by its name.
    OtherRegistry(String),
    /// A folder; there may be a version beside it.
    Path(String),
    /// A repository, by its URL.
    Git(String),
    /// What the workspace has under the same name.
    Workspace,
    /// The manifest does not say.
    Unknown,
}

impl CargoToml {
    /// All its dependencies, table by table.
    pub fn dependencies(&self) -> Vec<Entry> {
        let of = |table: Table| {
            let entries = self.table(&table).into_iter().flat_map(TableLike::iter);
            entries.map(|(name, item)| entry(table.clone(), name, item)).collect::<Vec<_>>()
        };
        self.tables().into_iter().flat_map(of).collect()
    }

    /// A dependency by its name in a table.
    pub fn dependency(&self, table: &Table, name: &str) -> Option<Entry> {
        self.table(table)?.get(name).map(|item| entry(table.clone(), name, item))
    }

    /// The tables that it may have dependencies in.
    fn tables(&self) -> Vec<Table> {
        let targets = self.document.get("target").and_then(Item::as_table_like);
        let targets = targets.into_iter().flat_map(TableLike::iter).map(|(target, _)| Some(target.to_owned()));
        let of_package = [None].into_iter().chain(targets);
        let all = of_package
            .flat_map(|target| Kind::ALL.into_iter().map(move |kind| Table::Package { kind, target: target.clone() }));
        all.chain([Table::Workspace]).collect()
    }
}

/// The package that an entry is.
pub(super) fn named(name: &str, item: &Item) -> String {
    let package = item.as_table_like().and_then(|entry| entry.get("package")?.as_str());
    package.unwrap_or(name).to_owned()
}

fn entry(table: Table, name: &str, item: &Item) -> Entry {
    let keys = item.as_table_like();
    let flag = |name: &str| keys.and_then(|keys| keys.get(name)?.as_bool());
    let features = keys.and_then(|keys| keys.get("features")?.as_array());
    let texts = features.into_iter().flat_map(|features| features.iter().filter_map(Value::as_str));
    Entry {
        table,
        name: name.to_owned(),
        package: named(name, item),
        origin: origin(item),
        features: texts.map(str::to_owned).collect(),
        default_features: flag("default-features").or_else(|| flag("default_features")),
        is_optional: flag("optional").unwrap_or_default(),
    }
}

fn origin(item: &Item) -> Origin {
    if let Some(version) = item.as_str() {
        return Origin::Registry(version.to_owned());
    }
    let text = |key: &str| item.as_table_like().and_then(|keys| Some(keys.get(key)?.as_str()?.to_owned()));
    let is_inherited = item.as_table_like().and_then(|keys| keys.get("workspace")?.as_bool());
    let registry = || text("registry").or_else(|| text("registry-index"));
    if is_inherited == Some(true) {
        Origin::Workspace
    } else if let Some(url) = text("git") {
        Origin::Git(url)
    } else if let Some(path) = text("path") {
        Origin::Path(path)
    } else if let Some(registry) = registry().filter(|name| name != "crates-io") {
        Origin::OtherRegistry(registry)
    } else {
        text("version").map_or(Origin::Unknown, Origin::Registry)
    }
}
