//! Where the files of the crate stand, by their path below its folder.

use super::family::Family;
use super::names::bare;
use super::operation::Operation;

impl Family {
    /// The file of its types.
    pub(crate) fn file(&self) -> String {
        format!("src/types/{}.rs", bare(&self.module))
    }
}

impl Operation {
    /// The file of the operation.
    pub(crate) fn file(&self) -> String {
        format!("src/operation/{}.rs", bare(&self.names.module))
    }

    /// The file of its paginator.
    pub(crate) fn paginator_file(&self) -> String {
        format!("src/operation/{}/paginator.rs", bare(&self.names.module))
    }
}
