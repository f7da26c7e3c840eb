//! Enums and unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::{row, type_text};
use super::{deprecated, doc, doc_rows};
use crate::format::Tables;
use crate::plan::names::{definition, ident, variant_method};
use crate::plan::types::RustType;
use crate::plan::{Enum, Field, Union};

/// A string enum.
pub(super) fn enumeration(enumeration: &Enum, tables: &mut Tables) -> TokenStream {
    let mut table = "string_enum! {\n".to_owned();
    doc_rows(&mut table, "    ", &enumeration.docs.lines);
    if let Some(note) = &enumeration.deprecated {
        table.push_str(&format!("    #[deprecated(note = {note:?})]\n"));
    }
    table.push_str(&format!("    pub enum {} {{\n", definition(&enumeration.name)));
    for variant in &enumeration.variants {
        doc_rows(&mut table, "        ", &variant.docs.lines);
        if let Some(note) = &variant.deprecated {
            table.push_str(&format!("        #[deprecated(note = {note:?})]\n"));
        }
        table.push_str(&format!("        {} = {:?},\n", variant.name, variant.value));
    }
    table.push_str("    }\n}\n");
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
    let mut table = format!("union! {{\n    {} {{\n", definition(&union.name));
    for (index, variant) in union.variants.iter().enumerate() {
        let snake = variant_method(&variant.name, &variant.member_name);
        let ty = type_text(&variant.ty);
        let ty = if variant.boxed { format!("Box<{ty}>") } else { ty };
        table.push_str(&format!("        {index} {}({ty}), is_{snake}, as_{snake}: {},\n", variant.name, row(variant)));
    }
    table.push_str("    }\n}\n");
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

fn variant_type(variant: &Field) -> TokenStream {
    let ty: &RustType = &variant.ty;
    if variant.boxed { quote!(Box<#ty>) } else { quote!(#ty) }
}
