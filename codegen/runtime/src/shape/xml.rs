//! What XML, and the forms of the query protocols, need to know of a structure beside its rows.
//!
//! A row has the name of a member's element or attribute, and says by its [`flag`](super::flag)s whether it is an attribute
//! or flattened. What is rarer stands here, for those structures and members that have it. The tables of a service whose
//! bodies are JSON have none of it.

/// A namespace that an element declares (`smithy.api#xmlNamespace`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its prefix; empty for the namespace of names without one.
    pub prefix: &'static str,
    /// The URI that names it.
    pub uri: &'static str,
}

/// What is to be known of a value in XML beside the name of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xml {
    /// Name of the elements of a list, or of the values of a map.
    pub item: Option<&'static str>,
    /// Name of the keys of a map.
    pub key: Option<&'static str>,
    /// What its element declares.
    pub namespace: Option<Namespace>,
    /// Its name in forms, where that is not its name in XML (`aws.protocols#ec2QueryName`).
    pub form_name: Option<&'static str>,
    /// The same of the elements of a list, or of the values of a map.
    pub items: Option<&'static Self>,
    /// The same of the keys of a map.
    pub keys: Option<&'static Self>,
}

impl Xml {
    /// A value of which nothing special is to be known.
    pub const PLAIN: Self = Self { item: None, key: None, namespace: None, form_name: None, items: None, keys: None };

    /// A list whose elements are called `item`.
    pub const fn list(item: &'static str) -> Self {
        Self { item: Some(item), ..Self::PLAIN }
    }

    /// A map whose entries are each a `key` and a `value`, called so.
    pub const fn map(key: &'static str, value: &'static str) -> Self {
        Self { item: Some(value), key: Some(key), ..Self::PLAIN }
    }

    /// The same, with an element that declares the namespace of names without a prefix.
    pub const fn namespace(self, uri: &'static str) -> Self {
        self.prefixed("", uri)
    }

    /// The same, with an element that declares the namespace of a prefix.
    pub const fn prefixed(self, prefix: &'static str, uri: &'static str) -> Self {
        Self { namespace: Some(Namespace { prefix, uri }), ..self }
    }

    /// The same, with another name in forms.
    pub const fn in_forms(self, name: &'static str) -> Self {
        Self { form_name: Some(name), ..self }
    }

    /// The same, with something to be known of its elements or values.
    pub const fn of(self, items: &'static Self) -> Self {
        Self { items: Some(items), ..self }
    }

    /// The same, with something to be known of its keys.
    pub const fn by(self, keys: &'static Self) -> Self {
        Self { keys: Some(keys), ..self }
    }

    /// The name of the elements of a list.
    pub fn item_name(of: Option<&Self>) -> &'static str {
        of.and_then(|xml| xml.item).unwrap_or("member")
    }

    /// The name of the keys of a map.
    pub fn key_name(of: Option<&Self>) -> &'static str {
        of.and_then(|xml| xml.key).unwrap_or("key")
    }

    /// The name of the values of a map.
    pub fn value_name(of: Option<&Self>) -> &'static str {
        of.and_then(|xml| xml.item).unwrap_or("value")
    }
}

/// What is to be known of a structure or a union.
#[derive(Debug)]
pub struct XmlSchema {
    /// Its element where it is a document of its own: the name, and what the element declares. Nothing for one that never is.
    pub root: Option<(&'static str, Xml)>,
    /// Its members of which something is to be known, by their position.
    pub members: &'static [(usize, Xml)],
}

impl XmlSchema {
    /// What is to be known of the member at a position.
    pub fn member(&self, position: usize) -> Option<&Xml> {
        self.members.iter().find(|(index, _)| *index == position).map(|(_, xml)| xml)
    }
}
