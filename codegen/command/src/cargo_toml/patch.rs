//! `[patch]` and `[replace]`, which put other packages in the place of those of a registry.

use toml_edit::{InlineTable, Item, Table as TomlTable, TableLike, Value};

use super::CargoToml;
use super::read::named;

/// The table above those of each registry.
const PATCH: &str = "patch";

/// The registry of all, as `[patch]` calls it.
const REGISTRY: &str = "crates-io";

impl CargoToml {
    /// Where `[patch]` or `[replace]` puts something in the place of a package, by the names of these tables.
    pub fn patches(&self, package: &str) -> Vec<String> {
        let entries = |item: &Item| -> Vec<(String, String)> {
            let entries = item.as_table_like().into_iter().flat_map(TableLike::iter);
            entries.map(|(name, item)| (name.to_owned(), named(name, item))).collect()
        };
        let patched = self.document.get(PATCH).and_then(Item::as_table_like);
        let sources = patched.into_iter().flat_map(TableLike::iter);
        let patches = sources.filter(|(_, item)| entries(item).iter().any(|(_, named)| named == package));
        let mut found: Vec<String> = patches.map(|(source, _)| format!("[patch.{source}]")).collect();
        // A key of it is a package with its version: `name:1.2.3`.
        let replaced = self.document.get("replace").map(entries).unwrap_or_default();
        if replaced.iter().any(|(id, _)| id.split(':').next() == Some(package)) {
            found.push("[replace]".to_owned());
        }
        found
    }

    /// The folders that `[patch.crates-io]` puts in the place of packages, each with the key of its entry.
    pub fn patched_folders(&self) -> Vec<(String, String)> {
        let entries = self.patched().into_iter().flat_map(TableLike::iter);
        let folder = |(name, item): (&str, &Item)| {
            Some((name.to_owned(), item.as_table_like()?.get("path")?.as_str()?.to_owned()))
        };
        entries.filter_map(folder).collect()
    }

    /// Puts the package in a folder, relative to the manifest with `/`, in the place of the registry's of its name, by
    /// `[patch.crates-io]`. Where the entry is there, its folder becomes this one.
    ///
    /// # Errors
    ///
    /// When something else stands where the table has to be.
    pub fn add_patch(&mut self, package: &str, folder: &str) -> Result<(), String> {
        let failed = || format!("[{PATCH}.{REGISTRY}] is not a table");
        let above = self.document.entry(PATCH).or_insert_with(|| {
            let mut table = TomlTable::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let above = above.as_table_like_mut().ok_or_else(failed)?;
        let entries = above.entry(REGISTRY).or_insert_with(|| Item::Table(TomlTable::new()));
        let entries = entries.as_table_like_mut().ok_or_else(failed)?;
        let path = Item::Value(folder.into());
        match entries.get_mut(package).and_then(Item::as_table_like_mut) {
            Some(entry) => drop(entry.insert("path", path)),
            None => {
                let entry = InlineTable::from_iter([("path", Value::from(folder))]);
                entries.insert(package, Item::Value(Value::InlineTable(entry)));
            }
        }
        Ok(())
    }

    /// Takes an entry out of `[patch.crates-io]`; the tables go that are empty then.
    pub fn remove_patch(&mut self, key: &str) {
        let Some(above) = self.document.get_mut(PATCH).and_then(Item::as_table_like_mut) else { return };
        let Some(entries) = above.get_mut(REGISTRY).and_then(Item::as_table_like_mut) else { return };
        entries.remove(key);
        if entries.is_empty() {
            above.remove(REGISTRY);
        }
        if above.is_empty() {
            self.document.remove(PATCH);
        }
    }

    fn patched(&self) -> Option<&dyn TableLike> {
        self.document.get(PATCH)?.as_table_like()?.get(REGISTRY)?.as_table_like()
    }
}
