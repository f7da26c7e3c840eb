//! The types below `types`: a file holds those whose names begin alike, see [`grouping`](super::grouping).

use super::docs::Docs;
use super::structure::{Row, Structure};
use super::types::RustType;
use super::xml::Xml;

/// Types that stand together in one file.
#[derive(Debug)]
pub(crate) struct TypeModule {
    /// Module below `types`.
    pub(crate) module: String,
    /// What the file is about, for its first line.
    pub(crate) title: String,
    /// Something deprecated is in it, or in a member.
    pub(crate) names_deprecated: bool,
    pub(crate) structures: Vec<Structure>,
    pub(crate) unions: Vec<Union>,
    pub(crate) enums: Vec<Enum>,
}

impl TypeModule {
    /// The names of its types, in order: each as users find it, and as the file defines it.
    pub(crate) fn type_names(&self) -> Vec<(&str, &str)> {
        let structures = self.structures.iter().map(|it| (&it.name, &it.definition));
        let unions = self.unions.iter().map(|it| (&it.name, &it.definition));
        let enums = self.enums.iter().map(|it| (&it.name, &it.definition));
        let names = structures.chain(unions).chain(enums);
        let mut names: Vec<_> = names.map(|(name, definition)| (name.as_str(), definition.as_str())).collect();
        names.sort_unstable();
        names
    }
}

/// A union.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) name: String,
    /// Id in the model.
    pub(crate) shape_id: String,
    /// Name in the file that defines it, see [`definition`](super::names::definition).
    pub(crate) definition: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) variants: Vec<UnionVariant>,
}

impl Union {
    /// What XML and forms have to know of variants, by their position.
    pub(crate) fn xml_members(&self) -> Vec<(usize, &Xml)> {
        let variants = self.variants.iter().enumerate();
        variants.filter_map(|(index, variant)| Some((index, variant.row.xml.as_ref()?))).collect()
    }
}

/// A member of a union.
#[derive(Debug)]
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    /// Name in the model.
    pub(crate) member_name: String,
    /// The method that tells whether a value is this variant.
    pub(crate) is: String,
    /// The method that gives what the variant holds.
    pub(crate) cast: String,
    pub(crate) ty: RustType,
    /// Recursive members are boxed.
    pub(crate) boxed: bool,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) row: Row,
}

/// A string enum or an integer enum.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: String,
    /// Id in the model.
    pub(crate) shape_id: String,
    /// Name in the file that defines it, see [`definition`](super::names::definition).
    pub(crate) definition: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

/// A value of an enum.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
}
