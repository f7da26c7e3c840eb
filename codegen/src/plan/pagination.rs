//! How an operation is paginated.

use super::types::{MapKey, RustType};

/// How an operation is paginated.
#[derive(Debug)]
pub(crate) struct Pagination {
    /// Input field of the token.
    pub(crate) input_token: String,
    /// Output fields to the token, outermost first.
    pub(crate) output_token: Vec<PathField>,
    /// A text or a map.
    pub(crate) token_type: RustType,
    /// The output field without which, be there a token or not, a page is the last.
    pub(crate) more: Option<PathField>,
    /// Input field of the page size, and its type.
    pub(crate) page_size: Option<(String, RustType)>,
    /// Output fields to the items, outermost first, and what they are.
    pub(crate) items: Option<(Vec<PathField>, Items)>,
}

/// The items of a page.
#[derive(Debug)]
pub(crate) enum Items {
    /// The elements of a list.
    Elements(RustType),
    /// The entries of a map, pairs of a key and a value.
    Entries(MapKey, RustType),
}

impl Items {
    /// Those of a member of a page; `None` where it is neither a list nor a map.
    pub(crate) fn of(member: RustType) -> Option<Self> {
        match member {
            RustType::Vec(item) => Some(Self::Elements(*item)),
            RustType::Map(key, value) => Some(Self::Entries(key, *value)),
            _ => None,
        }
    }

    /// The type of the member that has them.
    pub(crate) fn member_type(&self) -> RustType {
        match self {
            Self::Elements(item) => RustType::Vec(Box::new(item.clone())),
            Self::Entries(key, value) => RustType::Map(key.clone(), Box::new(value.clone())),
        }
    }
}

/// A step on the way to a member.
#[derive(Debug)]
pub(crate) struct PathField {
    pub(crate) name: String,
    pub(crate) optional: bool,
}
