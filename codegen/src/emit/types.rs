//! The module `types`: its index and one file per family of shapes.

use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

use super::structure::{
    builder_alias, builder_imports, builder_table, reexport, reexport_of, structure, structure_imports,
};
use super::{allow_deprecated, enumeration, imports, module_doc_line, pages, plain_source};
use crate::format::{Tables, source};
use crate::plan::names::ident;
use crate::plan::{Family, Plan};

/// `types.rs`: the families' items under one roof.
pub(super) fn index(plan: &Plan) -> String {
    let modules = plan.families.iter().map(|family| ident(&family.module));
    let uses = plan.families.iter().map(|family| {
        let module = ident(&family.module);
        let mut names: Vec<&str> = family.structures.iter().map(|structure| structure.name.as_str()).collect();
        names.extend(family.unions.iter().map(|union| union.name.as_str()));
        names.extend(family.enums.iter().map(|enumeration| enumeration.name.as_str()));
        names.sort_unstable();
        let names = names.into_iter().map(reexport);
        quote!(pub use #module::{#(#names),*};)
    });
    let builders = plan.families.iter().filter(|family| !family.structures.is_empty()).map(|family| {
        let module = ident(&family.module);
        let builders = family.structures.iter().map(|structure| &structure.builder);
        let names = builders.map(|builder| reexport_of(&builder.definition, &builder.name));
        quote!(pub use super::#module::{#(#names),*};)
    });
    let page = pages::types(plan);
    let allow = allow_deprecated(plan.deprecations.types);
    plain_source(quote! {
        #page
        #allow
        #(mod #modules;)*
        pub mod error;
        #(#uses)*

        /// Builders of the structures.
        pub mod builders {
            #(#builders)*
        }
    })
}

/// One file of types.
pub(super) fn family(family: &Family) -> String {
    let mut tables = Tables::default();
    let mut paths = BTreeSet::new();
    let mut items = Vec::new();
    for shape in &family.structures {
        structure_imports(shape, &mut paths);
        builder_imports(shape, &mut paths);
        items.push(structure(shape, &mut tables));
        items.push(builder_alias(shape));
        items.push(tables.mark(builder_table(shape)));
    }
    for shape in &family.unions {
        paths.insert("smithy_client_runtime::union".to_owned());
        shape.variants.iter().for_each(|variant| variant.ty.imports(&mut paths));
        items.push(enumeration::union(shape, &mut tables));
    }
    for shape in &family.enums {
        paths.insert("crate::primitives::sealed_enum_unknown::UnknownVariantValue".to_owned());
        paths.insert("smithy_client_runtime::string_enum".to_owned());
        items.push(enumeration::enumeration(shape, &mut tables));
    }
    let own: BTreeSet<String> = family
        .structures
        .iter()
        .map(|shape| &shape.name)
        .chain(family.unions.iter().map(|shape| &shape.name))
        .chain(family.enums.iter().map(|shape| &shape.name))
        .map(|name| format!("crate::types::{name}"))
        .collect();
    let paths = paths.difference(&own).cloned().collect();
    let about = module_doc_line(&format!("Types about: {}.", family.title));
    let uses = imports(&paths);
    let allow = allow_deprecated(family.names_deprecated);
    source(quote!(#about #allow #uses #(#items)*), &tables)
}

/// `primitives.rs`: timestamps, blobs and what stands behind unknown enum values.
pub(super) fn primitives(plan: &Plan) -> String {
    let unknown = if plan.families.iter().any(|family| !family.enums.is_empty()) { unknown_values() } else { quote!() };
    let page = pages::primitives(plan);
    plain_source(quote! {
        #page
        pub use smithy_client_runtime::engine::aws_smithy_types::date_time::Format as DateTimeFormat;
        pub use smithy_client_runtime::engine::aws_smithy_types::{Blob, DateTime};

        #unknown
    })
}

fn unknown_values() -> TokenStream {
    quote! {
        pub(crate) mod sealed_enum_unknown {
            //! Unknown enum values, kept so that they survive a round trip.
            use std::borrow::Cow;

            /// A value that this version of the model does not have.
            #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            #[non_exhaustive]
            pub struct UnknownVariantValue(Cow<'static, str>);

            impl UnknownVariantValue {
                /// What stands for a required value that a response lacks.
                pub(crate) const UNSET: Self = Self(Cow::Borrowed("no value was set"));

                pub(crate) fn new(value: &str) -> Self {
                    Self(Cow::Owned(value.to_owned()))
                }

                pub(crate) fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl std::fmt::Display for UnknownVariantValue {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }
        }
    }
}
