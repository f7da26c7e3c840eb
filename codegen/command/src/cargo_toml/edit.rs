//! Dependencies that come, go, or lead elsewhere.

use toml_edit::{InlineTable, Item, Key, Table as TomlTable, Value};

use super::entry::{set_feature_names, tidy, turn};
use super::{CargoToml, Table};

/// A dependency on a package in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The name of the package.
    pub package: String,
    /// The folder, relative to the manifest with `/`.
    pub path: String,
    /// Whether it has its default features.
    pub default_features: bool,
    /// Its features, beside the default.
    pub features: Vec<String>,
}

impl CargoToml {
    /// Adds a dependency under a name, in its place if the table is in the order of names, and at the end otherwise. One
    /// of that name that is there becomes what it says, as by [`Self::replace_dependency`].
    ///
    /// # Errors
    ///
    /// When something else stands where the table has to be.
    pub fn add_dependency(&mut self, table: &Table, name: &str, dependency: &Dependency) -> Result<(), String> {
        if self.dependency(table, name).is_some() {
            return self.replace_dependency(table, name, dependency);
        }
        let entries = self.made(table)?;
        let mut entry = Item::Value(Value::InlineTable(InlineTable::new()));
        turn(&mut entry, name, dependency);
        match entries {
            Item::Table(entries) => {
                let is_sorted = entries.iter().map(|(name, _)| name).is_sorted();
                entries.insert(name, entry);
                entries.set_implicit(false);
                if is_sorted {
                    sort(entries);
                }
            }
            other => {
                let entries = other.as_table_like_mut().ok_or_else(|| format!("{table} is not a table"))?;
                entries.insert(name, entry);
                other.as_inline_table_mut().map(tidy);
            }
        }
        Ok(())
    }

    /// Makes a dependency lead to a package in a folder. Its form, its place, `optional` and comments stay; its version,
    /// its registry or repository go; its features become those that are given.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub fn replace_dependency(&mut self, table: &Table, name: &str, dependency: &Dependency) -> Result<(), String> {
        turn(self.entry_mut(table, name)?, name, dependency);
        Ok(())
    }

    /// Gives a dependency other features, and leaves it alone otherwise: for what is inherited from the workspace.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub fn set_features(&mut self, table: &Table, name: &str, features: &[String]) -> Result<(), String> {
        let entry = self.entry_mut(table, name)?;
        if let Some(keys) = entry.as_table_like_mut() {
            set_feature_names(keys, features);
        }
        entry.as_inline_table_mut().map(tidy);
        Ok(())
    }

    /// Removes a dependency; its table too, if that is empty then, and what `[features]` says of it, if no other table
    /// has it. An empty `[dependencies]` stays, as `cargo new` writes it.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub fn remove_dependency(&mut self, table: &Table, name: &str) -> Result<(), String> {
        self.entry_mut(table, name)?;
        let entries = self.table_mut(table).and_then(Item::as_table_like_mut);
        let is_empty = entries.is_some_and(|entries| {
            entries.remove(name);
            entries.is_empty()
        });
        if is_empty && *table != Table::NORMAL {
            self.remove_table(table);
        }
        if *table != Table::Workspace && !self.dependencies().iter().any(|entry| entry.name == name) {
            self.forget_in_features(name);
        }
        Ok(())
    }

    /// The table, made if it is not there.
    fn made(&mut self, table: &Table) -> Result<&mut Item, String> {
        if self.table(table).is_none() {
            let mut above = self.document.as_item_mut();
            let implicit = || {
                let mut table = TomlTable::new();
                table.set_implicit(true);
                Item::Table(table)
            };
            for key in table.parents() {
                let keys = above.as_table_like_mut().ok_or_else(|| format!("cannot add {table}"))?;
                above = keys.entry(key).or_insert_with(implicit);
            }
            let keys = above.as_table_like_mut().ok_or_else(|| format!("cannot add {table}"))?;
            if keys.contains_key(table.keys()[0]) {
                return Err(format!("{table} is not a table"));
            }
            keys.insert(table.keys()[0], Item::Table(TomlTable::new()));
        }
        self.table_mut(table).ok_or_else(|| format!("{table} is not a table"))
    }

    /// Removes an empty table, and what is above it as far as that is empty then.
    fn remove_table(&mut self, table: &Table) {
        let parents = table.parents();
        let mut above = Some(self.document.as_item_mut());
        for key in &parents {
            above = above.and_then(|above| above.as_table_like_mut()?.get_mut(key));
        }
        if let Some(above) = above.and_then(Item::as_table_like_mut) {
            table.keys().iter().for_each(|key| drop(above.remove(key)));
        }
        if let Table::Package { target: Some(target), .. } = table {
            let targets = self.document.get_mut("target").and_then(Item::as_table_like_mut);
            let is_empty = targets.is_some_and(|targets| {
                let of_target = targets.get(target).and_then(Item::as_table_like);
                if of_target.is_some_and(|of_target| of_target.is_empty()) {
                    targets.remove(target);
                }
                targets.is_empty()
            });
            if is_empty {
                self.document.remove("target");
            }
        }
    }
}

/// Puts the entries into the order of their names, and leaves the keys within each as they are.
fn sort(entries: &mut TomlTable) {
    let names: Vec<String> = entries.iter().map(|(name, _)| name.to_owned()).collect();
    // The comparison is asked for the keys of dotted entries as well. Those that are no names of entries stay.
    let is_entry = |key: &Key| names.iter().any(|name| name == key.get());
    let dotted = |item: &Item| item.as_table().is_some_and(|table| table.is_dotted()) || item.is_inline_table();
    let is_known = |key: &Key, item: &Item| is_entry(key) && (dotted(item) || item.is_str() || item.is_table());
    entries.sort_values_by(|one, first, other, second| match is_known(one, first) && is_known(other, second) {
        true => one.get().cmp(other.get()),
        false => std::cmp::Ordering::Equal,
    });
}
