//! `[profile.dev.package]`: how cargo builds packages that nobody works on.
//!
//! Cargo builds whatever is in a folder so that the next build of it is fast: in many small parts, each of which it keeps. What
//! is emitted changes as a whole or not at all, and is built in two thirds of the time without that.

use toml_edit::{InlineTable, Item, Table as TomlTable, TableLike, Value};

use super::CargoToml;

/// The tables above the entries, each in the one before.
const TABLES: [&str; 3] = ["profile", "dev", "package"];

/// What an entry says.
const INCREMENTAL: &str = "incremental";

/// What stands above the table, where it was not there.
const WHY: &str = "\n# Emitted as a whole: built without what only helps where a part of a package changes.\n";

impl CargoToml {
    /// Makes cargo build a package as it builds those of a registry. What is said of the package stays, whatever it says.
    ///
    /// # Errors
    ///
    /// When something else stands where the table has to be.
    pub fn build_whole(&mut self, package: &str) -> Result<(), String> {
        let failed = || format!("[{}] is not a table", TABLES.join("."));
        let mut above: &mut dyn TableLike = self.document.as_table_mut();
        for (depth, key) in TABLES.into_iter().enumerate() {
            let is_last = depth + 1 == TABLES.len();
            let made = || {
                let mut table = TomlTable::new();
                table.set_implicit(!is_last);
                if is_last {
                    table.decor_mut().set_prefix(WHY);
                }
                Item::Table(table)
            };
            above = above.entry(key).or_insert_with(made).as_table_like_mut().ok_or_else(failed)?;
        }
        match above.get_mut(package).and_then(Item::as_table_like_mut) {
            Some(entry) if entry.contains_key(INCREMENTAL) => {}
            Some(entry) => drop(entry.insert(INCREMENTAL, Item::Value(false.into()))),
            None => {
                let entry = InlineTable::from_iter([(INCREMENTAL, Value::from(false))]);
                above.insert(package, Item::Value(Value::InlineTable(entry)));
            }
        }
        Ok(())
    }

    /// Takes back what [`Self::build_whole`] did for a package; the tables go that are empty then.
    pub fn forget_build(&mut self, package: &str) {
        forget(self.document.as_table_mut(), &TABLES, package);
        let root = self.document.as_item_mut();
        let table = TABLES.iter().try_fold(root, |above, key| above.as_table_like_mut()?.get_mut(key));
        if let Some(table) = table.and_then(Item::as_table_mut)
            && table.iter().all(|(_, entry)| entry.is_table())
        {
            // Of tables alone, it needs no line of its own.
            table.set_implicit(true);
        }
    }
}

/// The same below `table`, where the entries are in the last of these tables.
fn forget(table: &mut dyn TableLike, tables: &[&str], package: &str) {
    let Some((key, rest)) = tables.split_first() else {
        let entry = table.get_mut(package).and_then(Item::as_table_like_mut);
        let is_empty = entry.is_some_and(|entry| {
            if entry.get(INCREMENTAL).and_then(Item::as_bool) == Some(false) {
                entry.remove(INCREMENTAL);
            }
            entry.is_empty()
        });
        if is_empty {
            table.remove(package);
        }
        return;
    };
    let Some(below) = table.get_mut(key).and_then(Item::as_table_like_mut) else { return };
    let was_empty = below.is_empty();
    forget(below, rest, package);
    if below.is_empty() && !was_empty {
        table.remove(key);
    }
}
