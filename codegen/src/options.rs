//! What the caller decides: which model, and what the emitted crate is to be.

use crate::model::selection::Selection;

/// One file of a model.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name for diagnostics, usually a path.
    pub name: String,
    /// Its text, a Smithy JSON AST.
    pub text: String,
}

impl Source {
    /// Names and texts, as models are loaded from.
    pub(crate) fn texts(sources: &[Self]) -> Vec<(String, String)> {
        sources.iter().map(|source| (source.name.clone(), source.text.clone())).collect()
    }
}

/// Where the emitted crate finds `smithy-client-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeDependency {
    /// In a folder, relative to the emitted crate.
    Path(String),
    /// In a registry, at this version requirement.
    Version(String),
    /// In a folder for whoever builds the crate where it was emitted, and in a registry for whoever has the crate from one.
    PathAndVersion {
        /// The folder, relative to the emitted crate.
        path: String,
        /// The version requirement.
        version: String,
    },
}

impl RuntimeDependency {
    /// Whether the crate can go to a registry: one whose runtime is in a folder alone cannot.
    pub fn is_for_registry(&self) -> bool {
        !matches!(self, Self::Path(_))
    }
}

/// What a crate has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emit {
    /// A client of the service.
    #[default]
    Client,
    /// The types that operations take and return, with serde: no client, and nothing of its engine.
    Types,
}

/// The command that has a crate emitted, as the first line of each file names it to whoever opens one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writer {
    /// The command of the generator's own repository. The crate's manifest keeps what was chosen.
    #[default]
    Xtask,
    /// The command of somebody else's workspace, where a file of theirs says what is chosen.
    SmithyClient,
}

impl Writer {
    /// Every one of them.
    pub const ALL: [Self; 2] = [Self::Xtask, Self::SmithyClient];

    /// What a person types.
    pub fn command(self) -> &'static str {
        match self {
            Self::Xtask => "cargo xtask codegen",
            Self::SmithyClient => "cargo smithy-client sync",
        }
    }
}

/// What the caller decides about the emitted crate.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the package, see [`check_crate_name`](crate::check_crate_name); by default [`default_crate_name`](crate::default_crate_name).
    pub crate_name: Option<String>,
    /// Version of the package; by default 0.1.0.
    pub crate_version: Option<String>,
    /// Where the emitted crate finds the runtime.
    pub runtime: RuntimeDependency,
    /// The crate stands outside any workspace: its manifest says so.
    pub standalone: bool,
    /// What the crate has. The manifest records types alone.
    pub emit: Emit,
    /// The operations that the crate has, with the types they reach; `None` for all of the service.
    /// The manifest records them.
    pub operations: Option<Selection>,
    /// Operations that the generator cannot emit are left out, where it would refuse the model otherwise. The manifest
    /// records that, and the crate's documentation names them.
    pub skip_unsupported: bool,
    /// The protocol to speak of those that the service lists, by its name, such as `restXml`; `None` for the first in the
    /// order in which AWS's clients choose. The manifest records it.
    pub protocol: Option<String>,
    /// Which command emits it.
    pub writer: Writer,
}

impl Options {
    /// Those for a look at what would be emitted: the client of the whole service, whatever its name.
    pub(crate) fn of_whole_client() -> Self {
        Self {
            crate_name: Some("client".to_owned()),
            crate_version: None,
            runtime: RuntimeDependency::Version(String::new()),
            standalone: false,
            emit: Emit::Client,
            operations: None,
            skip_unsupported: false,
            protocol: None,
            writer: Writer::default(),
        }
    }
}
