//! What the manifest of the crate says.

use crate::options::{Emit, RuntimeDependency, Writer};

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
    /// What a registry shows of the crate; `None` where it cannot go to one.
    pub(crate) registry: Option<Registry>,
    pub(crate) standalone: bool,
    pub(crate) emit: Emit,
    /// The operations that were chosen, by their names in the model; `None` for all.
    pub(crate) chosen: Option<Vec<String>>,
    /// What the manifest says of the choice, so that the next run keeps it.
    pub(crate) record: Record,
    /// The version of the generator, which is that of this package.
    pub(crate) generator: &'static str,
    /// Tells one state of the model's sources from another.
    pub(crate) fingerprint: String,
    /// Which command emits it.
    pub(crate) writer: Writer,
}

/// What only matters to those who find a crate in a registry.
#[derive(Debug)]
pub(crate) struct Registry {
    /// At most five words that a registry takes.
    pub(crate) keywords: Vec<String>,
    /// Features that its documentation is built with, beside the default.
    pub(crate) documented: &'static [&'static str],
}

impl Registry {
    /// Of a crate of this name, and of a service of AWS's or of somebody else's.
    pub(crate) fn new(name: &str, is_of_aws: bool, emit: Emit) -> Self {
        let words = is_of_aws.then_some("aws").into_iter().chain(["smithy", name]);
        Self {
            keywords: words.filter(|word| is_keyword(word)).map(str::to_owned).collect(),
            documented: match emit {
                Emit::Client => &["aws-config", "presigning", "serde", "test-util"],
                Emit::Types => &[],
            },
        }
    }
}

/// Whether registries take it: [the rules of crates.io](https://doc.rust-lang.org/cargo/reference/manifest.html#the-keywords-field).
fn is_keyword(word: &str) -> bool {
    const LONGEST: usize = 20;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-+".contains(c);
    word.len() <= LONGEST && word.starts_with(|c: char| c.is_ascii_alphanumeric()) && word.chars().all(is_part)
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
    /// The types that were asked for and that no operation reaches.
    pub(crate) shapes: Vec<String>,
    /// The operations that were not wanted.
    pub(crate) except: Vec<String>,
    /// What cannot be emitted is left out.
    pub(crate) skip_unsupported: bool,
    /// What was left out for that.
    pub(crate) left_out: Vec<String>,
}

/// How names of AWS's own crates begin.
const OFFICIAL: &str = "aws-sdk-";

impl Package {
    /// Whether the crate takes the place of one of AWS's own, whose name it has.
    pub(crate) fn is_in_place_of_official(&self) -> bool {
        self.name.starts_with(OFFICIAL)
    }

    /// Name by which programs import the crate.
    pub(crate) fn library(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Where a program's manifest says that the crate is.
    pub(crate) fn place(&self) -> String {
        match self.registry {
            Some(_) => format!("version = \"{}\"", self.version),
            None => "path = \"path/to/it\"".to_owned(),
        }
    }
}
