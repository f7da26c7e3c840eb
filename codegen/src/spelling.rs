//! How names, types and values of the plan are spelled as tokens.
//!
//! The plan says what something is called; here it becomes tokens. Both the emitters and the [guide](super::guide), whose
//! examples are Rust as well, spell things this way.

mod value;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

pub(crate) use value::{Spelling, setters};

use crate::plan::names::{bare, is_keyword};
use crate::plan::types::{MapKey, Named, RustType};

/// An identifier, raw where the word is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    let word = bare(name);
    if is_keyword(word) { Ident::new_raw(word, Span::call_site()) } else { Ident::new(word, Span::call_site()) }
}

/// A path: names with `::` between them.
pub(crate) fn path(path: &str) -> TokenStream {
    let steps =
        path.split("::").map(|step| if step == "crate" { quote!(crate) } else { ident(step).to_token_stream() });
    quote!(#(#steps)::*)
}

impl ToTokens for RustType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::String => quote!(String),
            Self::Bool => quote!(bool),
            Self::I8 => quote!(i8),
            Self::I16 => quote!(i16),
            Self::I32 => quote!(i32),
            Self::I64 => quote!(i64),
            Self::F32 => quote!(f32),
            Self::F64 => quote!(f64),
            Self::BigInteger => quote!(BigInteger),
            Self::BigDecimal => quote!(BigDecimal),
            Self::DateTime => quote!(DateTime),
            Self::Blob => quote!(Blob),
            Self::ByteStream => quote!(ByteStream),
            Self::Document => quote!(Document),
            Self::Events(events) => {
                let (holder, event, error) = (ident(events.holder()), &events.event, &events.error);
                quote!(#holder<#event, #error>)
            }
            Self::Enum(named) | Self::Structure(named) | Self::Union(named) => named.to_token_stream(),
            Self::Vec(inner) => quote!(Vec<#inner>),
            Self::Map(key, inner) => quote!(HashMap<#key, #inner>),
            Self::Option(inner) => quote!(Option<#inner>),
        });
    }
}

impl ToTokens for MapKey {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::String => tokens.extend(quote!(String)),
            Self::Enum(named) => named.to_tokens(tokens),
        }
    }
}

impl ToTokens for Named {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(path(&self.path()));
    }
}
