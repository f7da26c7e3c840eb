//! How a value is spelled.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::ident;
use crate::plan::value::{Built, RustValue, Setter};

/// How the place where a value stands calls types, for instance by a name that it imports.
pub(crate) trait Spelling {
    /// A type of the crate, with the module in which users find it.
    fn named(&mut self, module: &str, name: &str) -> TokenStream;

    /// `DateTime`, `Blob` or `ByteStream` of the module `primitives`.
    fn primitive(&mut self, name: &str) -> TokenStream;

    /// `aws_smithy_types::Document`.
    fn document(&mut self) -> TokenStream;
}

/// The calls of a builder's methods, each with its point in front.
pub(crate) fn setters(setters: &[Setter], spelling: &mut impl Spelling) -> TokenStream {
    let calls = setters.iter().map(|setter| {
        let method = ident(&setter.method);
        let arguments: Vec<TokenStream> = setter.arguments.iter().map(|value| value.written(spelling)).collect();
        quote!(.#method(#(#arguments),*))
    });
    calls.collect()
}

impl Built {
    /// The expression that makes it; where building can fail it ends in a question mark.
    pub(crate) fn written(&self, spelling: &mut impl Spelling) -> TokenStream {
        let setters = setters(&self.setters, spelling);
        let ty = spelling.named(&self.module, &self.name);
        let question = self.fallible.then(|| quote!(?));
        quote!(#ty::builder()#setters.build()#question)
    }
}

impl RustValue {
    pub(crate) fn written(&self, spelling: &mut impl Spelling) -> TokenStream {
        match self {
            Self::Text { text, owned: false } => quote!(#text),
            Self::Text { text, owned: true } => quote!(#text.to_owned()),
            Self::Boolean(value) => quote!(#value),
            Self::Integer(value) => integer(*value),
            Self::Float { value, single } => float(*value, *single),
            Self::Timestamp { seconds, nanoseconds } => timestamp(*seconds, *nanoseconds, spelling),
            Self::BigNumber(text) => quote!(#text.parse().expect("a number")),
            Self::Blob(text) => {
                let blob = spelling.primitive("Blob");
                quote!(#blob::new(#text))
            }
            Self::Stream(text) => {
                let stream = spelling.primitive("ByteStream");
                let bytes = Literal::byte_string(text.as_bytes());
                quote!(#stream::from_static(#bytes))
            }
            Self::Document(value) => {
                let ty = spelling.document();
                document(value, &ty)
            }
            Self::Enum { ty, variant, value } => {
                let ty = spelling.named(ty.module, &ty.name);
                match variant.as_deref().map(ident) {
                    Some(variant) => quote!(#ty::#variant),
                    None => quote!(#ty::from(#value)),
                }
            }
            Self::Union { ty, variant, value, boxed } => {
                let (ty, variant, value) =
                    (spelling.named(ty.module, &ty.name), ident(variant), value.written(spelling));
                let value = if *boxed { quote!(Box::new(#value)) } else { value };
                quote!(#ty::#variant(#value))
            }
            Self::Structure(built) => built.written(spelling),
            Self::List(elements) if elements.is_empty() => quote!(Vec::new()),
            Self::List(elements) => {
                let elements = elements.iter().map(|element| element.written(spelling));
                quote!(vec![#(#elements),*])
            }
            Self::Map(entries) if entries.is_empty() => quote!(std::collections::HashMap::new()),
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let (key, value) = (key.written(spelling), value.written(spelling));
                    quote!((#key, #value))
                });
                quote!(std::collections::HashMap::from([#(#entries),*]))
            }
            Self::Null => quote!(None),
            Self::Present(value) => {
                let value = value.written(spelling);
                quote!(Some(#value))
            }
        }
    }
}

/// A minus, where the number is negative: a literal of itself has none.
fn minus(is_negative: bool) -> Option<TokenStream> {
    is_negative.then(|| quote!(-))
}

fn integer(value: i64) -> TokenStream {
    let (minus, value) = (minus(value < 0), Literal::u64_unsuffixed(value.unsigned_abs()));
    quote!(#minus #value)
}

fn float(value: f64, single: bool) -> TokenStream {
    let ty = ident(if single { "f32" } else { "f64" });
    if value.is_nan() {
        quote!(#ty::NAN)
    } else if value.is_infinite() {
        let constant = ident(if value > 0.0 { "INFINITY" } else { "NEG_INFINITY" });
        quote!(#ty::#constant)
    } else {
        let (minus, value) = (minus(value.is_sign_negative()), Literal::f64_unsuffixed(value.abs()));
        quote!(#minus #value)
    }
}

fn timestamp(seconds: i64, nanoseconds: u32, spelling: &mut impl Spelling) -> TokenStream {
    let ty = spelling.primitive("DateTime");
    let seconds = integer(seconds);
    match nanoseconds {
        0 => quote!(#ty::from_secs(#seconds)),
        nanoseconds => {
            let nanoseconds = Literal::u32_unsuffixed(nanoseconds);
            quote!(#ty::from_secs_and_nanos(#seconds, #nanoseconds))
        }
    }
}

/// A document with a type of this name.
fn document(value: &Value, ty: &TokenStream) -> TokenStream {
    match value {
        Value::Null => quote!(#ty::Null),
        Value::Bool(value) => quote!(#ty::Bool(#value)),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => quote!(#ty::from(#value)),
            (None, Some(value)) => quote!(#ty::from(#value)),
            (None, None) => {
                let value = number.as_f64().unwrap_or_default();
                quote!(#ty::from(#value))
            }
        },
        Value::String(text) => quote!(#ty::String(#text.to_owned())),
        Value::Array(elements) => {
            let elements = elements.iter().map(|element| document(element, ty));
            quote!(#ty::Array(vec![#(#elements),*]))
        }
        Value::Object(entries) if entries.is_empty() => quote!(#ty::Object(std::collections::HashMap::new())),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = document(value, ty);
                quote!((#key.to_owned(), #value))
            });
            quote!(#ty::Object(std::collections::HashMap::from([#(#entries),*])))
        }
    }
}
