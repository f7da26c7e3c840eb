//! Dependencies as they were: their text, by which they are put back, and other names for them.

use std::collections::BTreeMap;

use toml_edit::{InlineTable, Item, Table as TomlTable, TableLike, Value};

use super::entry::take_prefix;
use super::{CargoToml, Table};

impl CargoToml {
    /// What a dependency says, as a value of TOML: a version, or an inline table.
    pub fn entry_text(&self, table: &Table, name: &str) -> Option<String> {
        let mut value = match self.table(table)?.get(name)? {
            Item::Value(value) => value.clone(),
            Item::Table(keys) => {
                let mut plain = keys.clone();
                plain.iter_mut().for_each(|(mut key, item)| {
                    key.leaf_decor_mut().clear();
                    item.as_value_mut().into_iter().for_each(|value| value.decor_mut().clear());
                });
                Value::InlineTable(plain.into_inline_table())
            }
            _ => return None,
        };
        value.decor_mut().clear();
        Some(value.to_string())
    }

    /// Makes a dependency say what [`Self::entry_text`] has given. Its form, its place and comments stay.
    ///
    /// # Errors
    ///
    /// When there is none of that name, or the text is no value of TOML.
    pub fn put_back(&mut self, table: &Table, name: &str, text: &str) -> Result<(), String> {
        let value: Value = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
        match self.entry_mut(table, name)? {
            Item::Value(held) => {
                let decor = held.decor().clone();
                *held = value;
                *held.decor_mut() = decor;
            }
            Item::Table(keys) => restore(keys, value),
            _ => {}
        }
        Ok(())
    }

    /// What `[features]` says of a dependency, by feature.
    pub fn mentions(&self, name: &str) -> BTreeMap<String, Vec<String>> {
        let features = self.features().into_iter();
        let of_it = features.map(|(feature, mut names)| {
            names.retain(|text| is_mention(text, name));
            (feature, names)
        });
        of_it.filter(|(_, names)| !names.is_empty()).collect()
    }

    /// Makes `[features]` say what [`Self::mentions`] has given, in features that say something of it.
    pub fn put_back_mentions(&mut self, name: &str, mentions: &BTreeMap<String, Vec<String>>) {
        let held = self.mentions(name);
        for (feature, wanted) in mentions {
            let Some(first) = held.get(feature).and_then(|names| names.first().cloned()) else { continue };
            self.change_feature(feature, |text| (is_mention(text, name) && *text != first).then(Vec::new));
            self.change_feature(feature, |text| (*text == first).then(|| wanted.clone()));
        }
    }

    /// Gives a dependency another name, in its place; what `[features]` says of it follows, if no other table has it.
    ///
    /// # Errors
    ///
    /// When there is none of the old name, or one of the new.
    pub fn rename_dependency(&mut self, table: &Table, old: &str, new: &str) -> Result<(), String> {
        if self.dependency(table, new).is_some() {
            return Err(format!("{table} has a `{new}` already"));
        }
        self.entry_mut(table, old)?;
        let entries = self.table_mut(table).and_then(Item::as_table_like_mut).ok_or("it is no table")?;
        rename(entries, old, new);
        if *table != Table::Workspace && !self.dependencies().iter().any(|entry| entry.name == old) {
            self.change_features(|text| is_mention(text, old).then(|| vec![text.replacen(old, new, 1)]));
        }
        Ok(())
    }
}

/// Whether an element of a feature speaks of a dependency: `dep:name`, `name/feature`, `name?/feature`.
fn is_mention(text: &str, name: &str) -> bool {
    match text.split_once('/') {
        Some((dependency, _)) => dependency.trim_end_matches('?') == name,
        None => text.strip_prefix("dep:") == Some(name) || text == name,
    }
}

/// Gives a table the keys of a value.
fn restore(keys: &mut TomlTable, value: Value) {
    let wanted = match value {
        Value::InlineTable(wanted) => wanted,
        version => InlineTable::from_iter([("version", version)]),
    };
    let first = keys.iter().next().map(|(key, _)| key.to_owned());
    let above = first.and_then(|first| take_prefix(keys, &first));
    let gone: Vec<String> =
        keys.iter().map(|(key, _)| key.to_owned()).filter(|key| !wanted.contains_key(key)).collect();
    gone.iter().for_each(|key| drop(keys.remove(key)));
    for (key, value) in &wanted {
        let mut value = value.clone();
        match keys.get_mut(key) {
            Some(Item::Value(held)) => {
                *value.decor_mut() = held.decor().clone();
                *held = value;
            }
            _ => {
                value.decor_mut().clear();
                keys.insert(key, Item::Value(value));
            }
        }
    }
    let place = |key: &str| wanted.iter().position(|(wanted, _)| wanted == key);
    keys.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
    let first = keys.iter().next().map(|(key, _)| key.to_owned());
    if let (Some(above), Some(mut key)) = (above, first.and_then(|first| keys.key_mut(&first))) {
        key.leaf_decor_mut().set_prefix(above);
    }
}

/// Gives an entry another key, with all that stands around it, in its place.
fn rename(entries: &mut dyn TableLike, old: &str, new: &str) {
    let names: Vec<String> = entries.iter().map(|(name, _)| name.to_owned()).collect();
    let mut held = Vec::new();
    // What is taken out and put in again goes to the end, so that all that follows comes along.
    for name in names.iter().skip_while(|name| *name != old) {
        let key = entries.key(name).cloned();
        if let (Some(key), Some(item)) = (key, entries.remove(name)) {
            held.push((key, item));
        }
    }
    for (key, item) in held {
        let name = if key.get() == old { new } else { key.get() };
        entries.insert(name, item);
        if let Some(mut kept) = entries.key_mut(name) {
            *kept.leaf_decor_mut() = key.leaf_decor().clone();
            *kept.dotted_decor_mut() = key.dotted_decor().clone();
        }
    }
}
