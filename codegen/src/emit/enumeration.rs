//! Enums and unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::row;
use super::{deprecated, doc};
use crate::format::{Table, Tables};
use crate::plan::names::{definition, ident, variant_method};
use crate::plan::types::RustType;
use crate::plan::{Enum, Field, Union};

/// A string enum.
pub(super) fn enumeration(enumeration: &Enum, tables: &mut Tables) -> TokenStream {
    let mut table = Table::new("string_enum! {\n");
    table.docs("    ", &enumeration.docs.lines).deprecated("    ", enumeration.deprecated.as_ref());
    table.code("    pub enum ").name(&definition(&enumeration.name)).code(" {\n");
    for variant in &enumeration.variants {
        table.docs("        ", &variant.docs.lines).deprecated("        ", variant.deprecated.as_ref());
        table.code("        ").name(&variant.name).code(" = ").literal(&variant.value).code(",\n");
    }
    table.code("    }\n}\n");
    tables.mark(table)
}

/// A union, with its tests and casts.
pub(super) fn union(union: &Union, tables: &mut Tables) -> TokenStream {
    let name = ident(&definition(&union.name));
    let docs = doc(&union.docs.lines);
    let note = deprecated(union.deprecated.as_ref());
    let variants = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = doc(&variant.docs.lines);
        let note = deprecated(variant.deprecated.as_ref());
        let ty = variant_type(variant);
        quote!(#docs #note #name(#ty),)
    });
    let mut table = Table::new("union! {\n    ");
    table.name(&definition(&union.name)).code(" {\n");
    for (index, variant) in union.variants.iter().enumerate() {
        variant_row(&mut table, index, variant);
    }
    table.code("    }\n}\n");
    let table = tables.mark(table);
    quote! {
        #docs
        #note
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A variant that the service has added since; it cannot be sent.
            #[non_exhaustive]
            Unknown,
        }

        #table
    }
}

fn variant_row(table: &mut Table, index: usize, variant: &Field) {
    let snake = variant_method(&variant.name, &variant.member_name);
    table.code("        ").number(index).code(" ").name(&variant.name).code("(");
    if variant.boxed {
        table.code("Box<").ty(&variant.ty).code(">");
    } else {
        table.ty(&variant.ty);
    }
    table.code("), ").name(&format!("is_{snake}")).code(", ").name(&format!("as_{snake}")).code(": ");
    row(table, variant);
    table.code(",\n");
}

fn variant_type(variant: &Field) -> TokenStream {
    let ty: &RustType = &variant.ty;
    if variant.boxed { quote!(Box<#ty>) } else { quote!(#ty) }
}
