//! What the manifest of the crate says.

use crate::options::{Emit, RuntimeDependency};

/// The manifest's facts.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// What the crate is about, in words.
    pub(crate) title: String,
    /// The description in the manifest: one line without markup.
    pub(crate) description: String,
    pub(crate) runtime: RuntimeDependency,
    pub(crate) standalone: bool,
    pub(crate) emit: Emit,
    /// The operations that were chosen, by their names in the model; `None` for all.
    pub(crate) chosen: Option<Vec<String>>,
    /// What the manifest says of the choice, so that the next run keeps it.
    pub(crate) record: Record,
    /// Tells one state of the model's sources from another.
    pub(crate) fingerprint: String,
}

/// What a crate remembers of how it was made.
#[derive(Debug)]
pub(crate) struct Record {
    /// Id of the service's shape.
    pub(crate) service: String,
    /// The protocol that was asked for.
    pub(crate) protocol: Option<String>,
    /// The operations that were asked for, if not all.
    pub(crate) only: Option<Vec<String>>,
    /// The operations that were not wanted.
    pub(crate) except: Vec<String>,
    /// What cannot be emitted is left out.
    pub(crate) skip_unsupported: bool,
    /// What was left out for that.
    pub(crate) left_out: Vec<String>,
}

impl Package {
    /// Name by which programs import the crate.
    pub(crate) fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}
