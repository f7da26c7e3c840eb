//! State in a file: an embedded store with transactions, so that what was acknowledged survives a kill at any moment.

use std::fmt;
use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

/// All rows, by the name of their table, a slash and their key.
const ROWS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("rows");

/// A row that changed: its key in the store, and its bytes, or `None` where it is gone.
pub(super) type Change = (String, Option<Vec<u8>>);

/// The file could not be opened, read or written.
#[derive(Debug)]
pub(super) struct StoreError(String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

fn failed(what: &'static str) -> impl Fn(&dyn fmt::Display) -> StoreError {
    move |cause| StoreError(format!("cannot {what} the state: {cause}"))
}

/// An open state file. One process at a time holds it.
pub(super) struct Store {
    database: Database,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the file, or makes it where there is none. After a kill it is brought to its last committed state.
    ///
    /// # Errors
    /// When another process holds it, it is no store, or the disk refuses.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = failed("open");
        let database = Database::create(path).map_err(|cause| failed(&cause))?;
        // An empty transaction makes the table, so that reading finds it.
        let write = database.begin_write().map_err(|cause| failed(&cause))?;
        write.open_table(ROWS).map_err(|cause| failed(&cause))?;
        write.commit().map_err(|cause| failed(&cause))?;
        Ok(Self { database })
    }

    /// All rows.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn rows(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let failed = failed("read");
        let read = self.database.begin_read().map_err(|cause| failed(&cause))?;
        let table = read.open_table(ROWS).map_err(|cause| failed(&cause))?;
        let mut rows = Vec::new();
        for row in table.iter().map_err(|cause| failed(&cause))? {
            let (key, value) = row.map_err(|cause| failed(&cause))?;
            rows.push((key.value().to_owned(), value.value().to_owned()));
        }
        Ok(rows)
    }

    /// Writes changes in one transaction. When it returns, they are on the disk.
    ///
    /// # Errors
    /// When they are not: then none of them is.
    pub(super) fn commit(&self, changes: &[Change]) -> Result<(), StoreError> {
        let failed = failed("write");
        let write = self.database.begin_write().map_err(|cause| failed(&cause))?;
        {
            let mut table = write.open_table(ROWS).map_err(|cause| failed(&cause))?;
            for (key, value) in changes {
                match value {
                    Some(bytes) => table.insert(key.as_str(), bytes.as_slice()).map(drop),
                    None => table.remove(key.as_str()).map(drop),
                }
                .map_err(|cause| failed(&cause))?;
            }
        }
        write.commit().map_err(|cause| failed(&cause))
    }
}
