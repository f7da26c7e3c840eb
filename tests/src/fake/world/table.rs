//! Rows of one kind, by key, with a memory of which of them changed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fake::store::Change;

/// Rows by key. Whatever is changed through it is written to the state file with the call that changed it.
#[derive(Debug)]
pub(crate) struct Table<R> {
    name: &'static str,
    rows: BTreeMap<String, R>,
    changed: BTreeSet<String>,
}

impl<R> Table<R> {
    /// An empty table, called `name` in the state file.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, rows: BTreeMap::new(), changed: BTreeSet::new() }
    }

    /// The row with this key.
    pub(crate) fn get(&self, key: &str) -> Option<&R> {
        self.rows.get(key)
    }

    /// The row with this key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut R> {
        let row = self.rows.get_mut(key)?;
        self.changed.insert(key.to_owned());
        Some(row)
    }

    /// Adds or replaces a row.
    pub(crate) fn insert(&mut self, key: impl Into<String>, row: R) {
        let key = key.into();
        self.changed.insert(key.clone());
        self.rows.insert(key, row);
    }

    /// Takes a row away.
    pub(crate) fn remove(&mut self, key: &str) -> Option<R> {
        let row = self.rows.remove(key)?;
        self.changed.insert(key.to_owned());
        Some(row)
    }

    /// Takes rows away.
    pub(crate) fn remove_all(&mut self, keys: &[String]) {
        for key in keys {
            self.remove(key);
        }
    }

    /// All rows, by key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &R)> {
        self.rows.iter()
    }

    /// The rows whose keys begin with `prefix`, by key.
    pub(crate) fn below<'t>(&'t self, prefix: &'t str) -> impl Iterator<Item = (&'t String, &'t R)> {
        self.rows.range(prefix.to_owned()..).take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// The keys of rows for which `wanted` holds.
    pub(crate) fn keys_where(&self, mut wanted: impl FnMut(&R) -> bool) -> Vec<String> {
        self.rows.iter().filter(|(_, row)| wanted(row)).map(|(key, _)| key.clone()).collect()
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// What a table does without its rows' type.
pub(super) trait Stored {
    /// Its name in the state file.
    fn name(&self) -> &'static str;
    /// Takes a row out of the state file.
    fn load(&mut self, key: &str, bytes: &[u8]) -> Result<(), serde_json::Error>;
    /// What changed since it was asked last.
    fn take_changes(&mut self, changes: &mut Vec<Change>) -> Result<(), serde_json::Error>;
    /// Takes every row away.
    fn clear(&mut self);
}

impl<R: Serialize + DeserializeOwned> Stored for Table<R> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn load(&mut self, key: &str, bytes: &[u8]) -> Result<(), serde_json::Error> {
        self.rows.insert(key.to_owned(), serde_json::from_slice(bytes)?);
        Ok(())
    }

    fn take_changes(&mut self, changes: &mut Vec<Change>) -> Result<(), serde_json::Error> {
        for key in std::mem::take(&mut self.changed) {
            let bytes = self.rows.get(&key).map(serde_json::to_vec).transpose()?;
            changes.push((format!("{}/{key}", self.name), bytes));
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.changed.extend(std::mem::take(&mut self.rows).into_keys());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_once_with_the_last_state_of_each_row() {
        let mut table = Table::new("numbers");
        table.insert("a", 1);
        table.insert("b", 2);
        *table.get_mut("a").expect("it was put there") = 3;
        table.remove("b");
        let mut changes = Vec::new();
        table.take_changes(&mut changes).expect("numbers are JSON");
        assert_eq!(changes, [("numbers/a".to_owned(), Some(b"3".to_vec())), ("numbers/b".to_owned(), None)]);
        changes.clear();
        table.take_changes(&mut changes).expect("nothing changed");
        assert_eq!(changes, []);
    }

    #[test]
    fn rows_below_a_prefix_are_those_and_no_others() {
        let mut table = Table::new("numbers");
        for (key, row) in [("a/1", 1), ("a/2", 2), ("b/1", 3)] {
            table.insert(key, row);
        }
        assert_eq!(table.below("a/").map(|(_, row)| *row).collect::<Vec<_>>(), [1, 2]);
    }
}
