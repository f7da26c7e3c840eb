//! Where in a value a reader stands, for messages.

use std::fmt;

use crate::nearest::nearest;
use crate::shape::Schema;
use crate::shape::debug::shown;

/// A place in a value, as a list on the stack that ends at the root.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    outer: Option<&'a Self>,
    step: Step<'a>,
    /// How many objects and arrays are open around the place.
    pub(super) depth: usize,
    /// Whether a member that does not exist is an error here.
    pub(super) strict: bool,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Name(&'a str),
    Index(usize),
    /// An entry of a map whose keys are part of a secret.
    Hidden,
}

impl<'a> Path<'a> {
    /// The value as a whole, whose unknown members are passed over.
    pub(super) const ROOT: Self = Self { outer: None, step: Step::Root, depth: 0, strict: false };

    /// The value as a whole, which may have no unknown members.
    #[cfg(feature = "client")]
    pub(super) const STRICT_ROOT: Self = Self { strict: true, ..Self::ROOT };

    /// A member of the structure, or the variant of the union, at this place.
    pub(super) fn member(&'a self, name: &'a str) -> Self {
        self.inner(Step::Name(name))
    }

    /// An element of the list at this place.
    pub(super) fn element(&'a self, index: usize) -> Self {
        self.inner(Step::Index(index))
    }

    /// An entry of the map at this place; its key is not shown where the map is a secret.
    pub(super) fn entry(&'a self, key: &'a str, secret: bool) -> Self {
        self.inner(if secret { Step::Hidden } else { Step::Name(key) })
    }

    fn inner(&'a self, step: Step<'a>) -> Self {
        Self { outer: Some(self), step, depth: self.depth + 1, strict: self.strict }
    }
}

/// What is said of a member that a structure or union does not have: its place, and the names that it may mean.
pub(super) fn unknown_member(path: Path<'_>, name: &str, schema: &Schema) -> String {
    let names = || (0..schema.rows.len()).map(|index| schema.member_name(index));
    let listed = |names: &[&str], last: &str| {
        let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        quoted.join(last)
    };
    let near = nearest(name, names());
    let hint = match (near.as_slice(), schema.rows.len()) {
        (_, 0) => "it has none".to_owned(),
        ([], _) => format!("it has {}", listed(&names().collect::<Vec<_>>(), ", ")),
        (near, _) => format!("did you mean {}?", listed(near, " or ")),
    };
    format!("`{}` is no member of {}; {hint}", path.member(name), shown(schema.name))
}

/// `destinations[0].s3.storageConfigurationArn`; the root is `the value`.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outer = self.outer.filter(|outer| outer.outer.is_some());
        if let Some(outer) = outer {
            outer.fmt(f)?;
        }
        let dot = if outer.is_some() { "." } else { "" };
        match self.step {
            Step::Root => f.write_str("the value"),
            // Keys may hold anything, and messages are one line.
            Step::Name(name) => write!(f, "{dot}{}", name.escape_debug()),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Hidden => f.write_str("[..]"),
        }
    }
}
