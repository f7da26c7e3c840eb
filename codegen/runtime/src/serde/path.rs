//! Where in a value a reader stands, for messages.

use std::fmt;

/// A place in a value, as a list on the stack that ends at the root.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    outer: Option<&'a Self>,
    step: Step<'a>,
    /// How many objects and arrays are open around the place.
    pub(super) depth: usize,
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
    /// The value as a whole.
    pub(super) const ROOT: Self = Self { outer: None, step: Step::Root, depth: 0 };

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
        Self { outer: Some(self), step, depth: self.depth + 1 }
    }
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
            Step::Name(name) => write!(f, "{dot}{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Hidden => f.write_str("[..]"),
        }
    }
}
