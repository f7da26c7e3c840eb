//! What XML and forms have to know of shapes beside their rows, as the tables have it.

use crate::model::Namespace;

/// What is to be known of a value beside the name of its element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Xml {
    /// Names of what is in a list or a map, where they are not the usual ones.
    pub(crate) items: Items,
    /// What its element declares.
    pub(crate) namespace: Option<Namespace>,
    /// Its name in forms, where a trait gives it one.
    pub(crate) form_name: Option<String>,
    /// The same of the elements of a list, or of the values of a map.
    pub(crate) of: Option<Box<Xml>>,
    /// The same of the keys of a map.
    pub(crate) by: Option<Box<Xml>>,
}

/// Names of what is in a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Items {
    /// The usual ones, or nothing is in it.
    #[default]
    Usual,
    /// The elements of a list.
    List(String),
    /// The keys and the values of a map.
    Map(String, String),
}

impl Xml {
    /// Itself, unless it says nothing.
    pub(crate) fn told(self) -> Option<Self> {
        Some(self).filter(|xml| *xml != Self::default())
    }
}

/// The element of a structure that is a document of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root {
    pub(crate) name: String,
    /// What it declares.
    pub(crate) namespace: Option<Namespace>,
}
