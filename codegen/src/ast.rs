//! The Smithy JSON AST as it stands in the sources: shapes, members, traits and where each was found.
//!
//! [`read`](read::read) turns the text of one source into a [`File`]. Nothing is resolved here:
//! targets are names, traits are JSON. Order of members and of traits is that of the text.

mod fingerprint;
mod foreign;
pub mod json;
pub mod node;
pub mod read;
pub mod suggest;

pub use fingerprint::Fingerprint;
use node::{At, Node};
use serde_json::Value;

/// Namespace of the prelude.
pub const PRELUDE: &str = "smithy.api";
/// The target that means "nothing".
pub const UNIT: &str = "smithy.api#Unit";

/// Major version of the AST that a source is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `1` or `1.0`.
    One,
    /// `2` or `2.0`.
    Two,
}

/// What one source holds.
#[derive(Debug)]
pub struct File {
    /// Shapes in the order of the text.
    pub shapes: Vec<Shape>,
    /// `apply` statements in the order of the text.
    pub applies: Vec<Apply>,
    /// Ids of shapes that could not be read, which is already reported.
    pub broken: Vec<String>,
}

/// A shape before anything is resolved.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Absolute id.
    pub id: String,
    /// Where it is defined.
    pub at: At,
    /// Version of the source that defines it.
    pub version: Version,
    /// Its type.
    pub kind: Kind,
    /// Traits on the shape itself.
    pub traits: Traits,
    /// Mixins in order.
    pub mixins: Vec<Reference>,
    /// Members in order; those of lists and maps are called `member`, `key` and `value`.
    pub members: Vec<Member>,
    /// What services, resources and operations refer to.
    pub links: Links,
    /// Tells the JSON it was read from apart from any other.
    pub raw: Fingerprint,
}

impl Shape {
    /// Where the member of this name is defined, or the shape where it has none of that name.
    pub fn place_of(&self, member: &str) -> &At {
        self.members.iter().find(|one| one.name == member).map_or(&self.at, |found| &found.at)
    }
}

/// A member before its target is resolved.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where it is defined.
    pub at: At,
    /// What it targets.
    pub target: Reference,
    /// Traits on the member.
    pub traits: Traits,
}

/// The name of a shape, somewhere in a source.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The id as it is written.
    pub id: String,
    /// Where it is written.
    pub at: At,
}

/// References of services, resources and operations; each kind of shape uses a part of them.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// `version` of a service.
    pub version: Option<String>,
    /// `input` of an operation.
    pub input: Option<Reference>,
    /// `output` of an operation.
    pub output: Option<Reference>,
    /// `errors` of an operation or a service.
    pub errors: Vec<Reference>,
    /// Operations of a service or a resource, in whatever role.
    pub operations: Vec<Reference>,
    /// `resources` of a service or a resource.
    pub resources: Vec<Reference>,
    /// `rename` of a service: the shape and its new name.
    pub rename: Vec<(Reference, String)>,
}

/// An `apply` statement.
#[derive(Debug)]
pub struct Apply {
    /// Id of the shape.
    pub shape: String,
    /// Name of the member, if the traits go to one.
    pub member: Option<String>,
    /// Where the statement stands.
    pub at: At,
    /// The traits to add.
    pub traits: Traits,
}

/// One trait with its value.
#[derive(Clone, Debug)]
pub struct Trait {
    /// Absolute id of the trait.
    pub id: String,
    /// Its value.
    pub value: Value,
    /// Where it stands.
    pub at: At,
    /// Position of the source among all sources.
    pub source: usize,
}

impl Trait {
    /// The value with its place.
    pub fn node(&self) -> Node<'_> {
        Node::new(&self.value, self.at.clone())
    }
}

/// Traits in the order of the text, each id once.
#[derive(Clone, Debug, Default)]
pub struct Traits(Vec<Trait>);

impl Traits {
    /// The trait with this id.
    pub fn get(&self, id: &str) -> Option<&Trait> {
        self.0.iter().find(|present| present.id == id)
    }

    /// The trait with this id, to change it.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Trait> {
        self.0.iter_mut().find(|present| present.id == id)
    }

    /// Whether there is a trait with this id.
    pub fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Adds a trait, in place of one with the same id.
    pub fn set(&mut self, new: Trait) {
        match self.get_mut(&new.id) {
            Some(present) => *present = new,
            None => self.0.push(new),
        }
    }

    /// Takes the trait with this id out.
    pub fn remove(&mut self, id: &str) -> Option<Trait> {
        let position = self.0.iter().position(|present| present.id == id)?;
        Some(self.0.remove(position))
    }

    /// Every trait in order.
    pub fn iter(&self) -> impl Iterator<Item = &Trait> {
        self.0.iter()
    }
}

/// The types of Smithy's shapes; `apply` is no shape and `set` stays apart from `list` until the quirks are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `blob`.
    Blob,
    /// `boolean`.
    Boolean,
    /// `string`.
    String,
    /// `byte`.
    Byte,
    /// `short`.
    Short,
    /// `integer`.
    Integer,
    /// `long`.
    Long,
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// `bigInteger`.
    BigInteger,
    /// `bigDecimal`.
    BigDecimal,
    /// `timestamp`.
    Timestamp,
    /// `document`.
    Document,
    /// `enum`.
    Enum,
    /// `intEnum`.
    IntEnum,
    /// `list`.
    List,
    /// `set` of Smithy 1.0.
    Set,
    /// `map`.
    Map,
    /// `structure`.
    Structure,
    /// `union`.
    Union,
    /// `service`.
    Service,
    /// `resource`.
    Resource,
    /// `operation`.
    Operation,
}

/// Every kind with its name in the AST.
const KINDS: [(Kind, &str); 23] = [
    (Kind::Blob, "blob"),
    (Kind::Boolean, "boolean"),
    (Kind::String, "string"),
    (Kind::Byte, "byte"),
    (Kind::Short, "short"),
    (Kind::Integer, "integer"),
    (Kind::Long, "long"),
    (Kind::Float, "float"),
    (Kind::Double, "double"),
    (Kind::BigInteger, "bigInteger"),
    (Kind::BigDecimal, "bigDecimal"),
    (Kind::Timestamp, "timestamp"),
    (Kind::Document, "document"),
    (Kind::Enum, "enum"),
    (Kind::IntEnum, "intEnum"),
    (Kind::List, "list"),
    (Kind::Set, "set"),
    (Kind::Map, "map"),
    (Kind::Structure, "structure"),
    (Kind::Union, "union"),
    (Kind::Service, "service"),
    (Kind::Resource, "resource"),
    (Kind::Operation, "operation"),
];

impl Kind {
    /// The name of every kind.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(_, name)| *name)
    }

    /// The kind with this name in the AST.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = KINDS.iter().find(|(_, known)| *known == name);
        found.map(|(kind, _)| *kind)
    }

    /// Its name in the AST.
    pub fn name(self) -> &'static str {
        let found = KINDS.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, name)| name)
    }

    /// Its name with an article, for messages.
    pub fn described(self) -> String {
        let name = self.name();
        let article = if name.starts_with(['e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {name}")
    }

    /// Whether it carries data: all but services, resources and operations.
    pub fn is_data(self) -> bool {
        !matches!(self, Self::Service | Self::Resource | Self::Operation)
    }

    /// Whether its members are written under `members`.
    pub fn has_named_members(self) -> bool {
        matches!(self, Self::Structure | Self::Union | Self::Enum | Self::IntEnum)
    }

    /// Whether it is a number, string, boolean, timestamp or enum: what fits in a piece of text.
    pub fn is_textual(self) -> bool {
        !matches!(
            self,
            Self::Blob | Self::Document | Self::List | Self::Set | Self::Map | Self::Structure | Self::Union
        ) && self.is_data()
    }

    /// Whether it is text or an enum of texts.
    pub fn is_string(self) -> bool {
        matches!(self, Self::String | Self::Enum)
    }
}

/// Whether this is an identifier of Smithy: letters, digits and underscores, a digit not first, not underscores alone.
pub fn is_identifier(name: &str) -> bool {
    let rest = name.trim_start_matches('_');
    let starts_well = match rest.chars().next() {
        Some(first) if name.len() == rest.len() => first.is_ascii_alphabetic(),
        Some(first) => first.is_ascii_alphanumeric(),
        None => false,
    };
    starts_well && rest.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// Whether this is an absolute shape id: a dotted namespace, `#` and a name.
pub fn is_shape_id(id: &str) -> bool {
    id.split_once('#').is_some_and(|(namespace, name)| namespace.split('.').all(is_identifier) && is_identifier(name))
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_identifier, is_shape_id};

    #[test]
    fn identifiers_follow_the_grammar() {
        for good in ["a", "A9", "_a", "__9", "a_", "x_y"] {
            assert!(is_identifier(good), "{good}");
        }
        for bad in ["", "_", "__", "9a", "a-b", "é", "a b"] {
            assert!(!is_identifier(bad), "{bad}");
        }
    }

    #[test]
    fn shape_ids_need_a_namespace_and_a_name() {
        assert!(is_shape_id("com.amazonaws.ivs#Stage"));
        for bad in ["Stage", "#Stage", "com..ivs#Stage", "com#", "com#A$b", "com#A#B"] {
            assert!(!is_shape_id(bad), "{bad}");
        }
    }

    #[test]
    fn kinds_have_their_names_and_articles() {
        assert_eq!(Kind::from_name("bigInteger"), Some(Kind::BigInteger));
        assert_eq!(Kind::from_name("member"), None);
        assert_eq!(Kind::IntEnum.described(), "an intEnum");
        assert_eq!(Kind::Union.described(), "a union");
    }
}
