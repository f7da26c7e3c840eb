//! Which operations and types a program uses, by the words in its sources.
//!
//! Nothing is compiled, and no macro is expanded: a program names what it calls, and the name of an operation, of its
//! module, of its types or of its waiters counts wherever it stands, in code, in macros, in doc comments with their
//! examples, and in string literals, by which operations are called by name. So a client has too much rather than too
//! little: `query` may be a method of something else. What a program makes up out of parts of names is not found; to name
//! it anywhere, in a doc comment for one, is enough.
//!
//! ```text
//! packages -> Program -> Usage -> Selection
//!             words,      operations, types,
//!             places      and who asked
//! ```

mod linked;
mod program;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::Path;

use smithy_client_codegen::visible::line;
use smithy_client_codegen::{Choice, Meaning, Selection, Vocabulary, names};

use program::Spot;
pub use program::{Place, Program};

/// How many places of a name are shown; the others are counted.
const SHOWN: usize = 20;

/// The most characters that are shown of a line of a program.
const WIDTH: usize = 120;

/// What a program uses of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Operations, by their names in the model, with the lines that ask for each.
    pub operations: BTreeMap<String, Vec<Place>>,
    /// Structures, unions, enums and exceptions, by their ids in the model, with the lines that ask for each.
    pub shapes: BTreeMap<String, Vec<Place>>,
    /// Operations that the program uses and the generator cannot emit, by their names in the model.
    pub left_out: BTreeMap<String, LeftOut>,
}

/// An operation that a program uses and the generator cannot emit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What of it cannot be emitted, as a sentence without a full stop.
    pub reason: String,
    /// The lines that ask for it.
    pub places: Vec<Place>,
}

impl Usage {
    /// What a program uses of the service with this vocabulary.
    pub fn of(program: &Program, vocabulary: &Vocabulary) -> Self {
        let mut asked: BTreeMap<&Meaning, BTreeSet<Spot>> = BTreeMap::new();
        for (word, meanings) in vocabulary.words() {
            let spots = program.spots(word);
            if !spots.is_empty() {
                meanings.for_each(|meaning| asked.entry(meaning).or_default().extend(spots));
            }
        }
        let reasons: BTreeMap<&str, &str> =
            vocabulary.left_out().iter().map(|it| (it.operation.as_str(), it.reason.as_str())).collect();
        let mut usage = Self::default();
        for (meaning, spots) in asked {
            let places: Vec<Place> = spots.into_iter().map(|spot| program.place(spot)).collect();
            match meaning.clone() {
                Meaning::Operation(name) => drop(usage.operations.insert(name, places)),
                Meaning::Shape(id) => drop(usage.shapes.insert(id, places)),
                Meaning::LeftOut(name) => {
                    let reason = reasons.get(name.as_str()).copied().unwrap_or_default().to_owned();
                    usage.left_out.insert(name, LeftOut { reason, places });
                }
            }
        }
        usage
    }

    /// The choice of what the program uses, which may be nothing; `source` says where it was made.
    pub fn selection(&self, source: &str) -> Selection {
        Selection {
            source: source.to_owned(),
            choice: Choice::Only,
            names: self.operations.keys().cloned().collect(),
            shapes: self.shapes.keys().cloned().collect(),
            may_be_empty: true,
        }
    }

    /// The lines of the program that ask for an operation or a type, by its name in the model or in Rust, or by its id:
    ///
    /// ```text
    /// GetItem, as the program names it here:
    /// src/main.rs:12: let item = client.get_item().table_name("a");
    /// ```
    ///
    /// Or a sentence that says that no line does. Paths below the current directory are shown as they are from there.
    pub fn why(&self, name: &str) -> String {
        self.asked(name).unwrap_or_else(|| nothing(name))
    }

    /// The same; `None` where no line asks for it.
    pub fn asked(&self, name: &str) -> Option<String> {
        let operations = self.operations.iter().map(|(found, places)| (found, places, None));
        let left_out = self.left_out.iter().map(|(found, it)| (found, &it.places, Some(&it.reason)));
        let operations = operations.chain(left_out).filter(|(found, ..)| is_operation(found, name));
        let shapes = self.shapes.iter().map(|(id, places)| (id, places, None)).filter(|(id, ..)| is_shape(id, name));
        let told: Vec<String> =
            operations.chain(shapes).map(|(found, places, reason)| told(found, places, reason)).collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }
}

/// The sentence that no line of a program asks for an operation or a type.
pub fn nothing(name: &str) -> String {
    format!("No line of the program asks for {}.\n", line(name))
}

/// Whether a person means an operation: `GetItem`, `get_item`.
fn is_operation(operation: &str, name: &str) -> bool {
    operation == name || names::operation(operation) == name
}

/// Whether a person means a type: `ns#AttributeValue`, `AttributeValue`.
fn is_shape(id: &str, name: &str) -> bool {
    let of_shape = id.split_once('#').map_or(id, |(_, of_shape)| of_shape);
    id == name || of_shape == name || names::type_name(of_shape) == name
}

/// A heading and the places below it.
fn told(found: &str, places: &[Place], left_out: Option<&String>) -> String {
    let mut told = match left_out {
        None => format!("{}, as the program names it here:\n", line(found)),
        Some(reason) => {
            format!("{} cannot be emitted ({}), and the program names it here:\n", line(found), line(reason))
        }
    };
    let here = env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    for place in places.iter().take(SHOWN) {
        told.push_str(&shown(place, &here));
        told.push('\n');
    }
    if let more @ 1.. = places.len().saturating_sub(SHOWN) {
        told.push_str(&format!("and on {more} more lines\n"));
    }
    told
}

/// A place on one line.
fn shown(place: &Place, here: &Path) -> String {
    let path = place.path.strip_prefix(here).unwrap_or(&place.path).to_string_lossy().into_owned();
    let mut text: String = place.text.chars().take(WIDTH).collect();
    if text.len() < place.text.len() {
        text.push_str(" ...");
    }
    format!("{}:{}: {}", line(&path), place.line, line(&text))
}
