//! The rules of the module `config::endpoint`: the function `resolve`, and what stands behind it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::endpoint::diagram::{DiagramPlan, Slot, SlotType, Step};
use crate::plan::endpoint::rust::{DocumentExpr, Ending, Method, Piece, RuntimeFunction, RustExpr};
use crate::plan::endpoint::tree::{Block, Branch, Operand};
use crate::plan::endpoint::{EndpointPlan, Resolve};
use crate::spelling::ident;

/// The function `resolve`.
pub(super) fn resolve(plan: &EndpointPlan) -> TokenStream {
    match &plan.resolve {
        Resolve::Tree(tree) => {
            // One rule without conditions decides everything by itself.
            let argument = if plan.needs.params { quote!(params) } else { quote!(_) };
            let body = block(tree, true);
            quote! {
                /// The rules, in their order: the first that fits decides.
                fn resolve(#argument: &Params) -> Result<Endpoint, BoxError> {
                    #body
                }
            }
        }
        Resolve::Diagram(diagram) => self::diagram(diagram),
    }
}

/// `if`s and what is left, as a body or as the block of an `if`.
fn block(block: &Block, at_end: bool) -> TokenStream {
    let branches = block.branches.iter().map(branch);
    let ending = ending(&block.ending);
    let ending = if at_end { ending } else { quote!(return #ending;) };
    quote!(#(#branches)* #ending)
}

fn branch(branch: &Branch) -> TokenStream {
    let operands = branch.operands.iter().map(|operand| match operand {
        Operand::Holds(value) => expr(value),
        Operand::Binds { name, value } => {
            let (name, value) = (ident(name), expr(value));
            quote!(let Some(#name) = #value)
        }
    });
    let block = block(&branch.block, false);
    quote!(if #(#operands)&&* { #block })
}

fn ending(ending: &Ending) -> TokenStream {
    match ending {
        Ending::NoRule => quote!(no_rule()),
        Ending::Error(message) => {
            let message = lent(message);
            quote!(refuse(#message))
        }
        Ending::Url(url) => {
            let url = arguments(url);
            quote!(at(#url))
        }
        Ending::Endpoint { url, properties, headers } => {
            let url = arguments(url);
            let properties = properties.iter().map(|(name, value)| {
                let value = property(value);
                quote!((#name, #value))
            });
            let headers = headers.iter().map(|(name, value)| {
                let value = lent(value);
                quote!((#name, #value))
            });
            quote!(at_with(#url, &[#(#properties),*], &[#(#headers),*]))
        }
    }
}

/// A property of an endpoint.
fn property(value: &DocumentExpr) -> TokenStream {
    match value {
        DocumentExpr::Null => quote!(Property::Null),
        DocumentExpr::Bool(value) => quote!(Property::Bool(#value)),
        DocumentExpr::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(Property::Integer(#number))
        }
        DocumentExpr::Text(text) => {
            let text = lent(text);
            quote!(Property::Text(#text))
        }
        DocumentExpr::List(elements) => {
            let elements = elements.iter().map(property);
            quote!(Property::List(&[#(#elements),*]))
        }
        DocumentExpr::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = property(value);
                quote!((#key, #value))
            });
            quote!(Property::Object(&[#(#entries),*]))
        }
    }
}

/// A diagram: what it finds, its conditions, its results, and the table.
fn diagram(plan: &DiagramPlan) -> TokenStream {
    let slots = plan.slots.iter().map(|slot| {
        let (name, ty) = (ident(&slot.name), slot_type(slot));
        quote!(#name: Option<#ty>,)
    });
    let starts = plan.slots.iter().map(|slot| ident(&slot.name));
    let cells = Literal::usize_unsuffixed(plan.cells);
    let (cells_field, cells_start, cells_made) = match plan.cells {
        0 => (quote!(), quote!(), quote!()),
        _ => (
            quote!(kept: &'a [OnceCell<String>; #cells],),
            quote!(kept: &kept,),
            quote!(let kept = [const { OnceCell::new() }; #cells];),
        ),
    };
    let (conditions, results) = (conditions(plan), results(plan));
    let number = Literal::usize_unsuffixed(plan.forks.len());
    let forks = plan.forks.iter().map(|fork| {
        let [condition, holds, fails] = fork.map(Literal::i16_unsuffixed);
        quote!([#condition, #holds, #fails])
    });
    quote! {
        /// Follows the decision diagram of the rules.
        fn resolve(params: &Params) -> Result<Endpoint, BoxError> {
            #cells_made
            let mut found = Found { params, #cells_start #(#starts: None,)* };
            match decide(&FORKS, |condition| found.holds(condition).unwrap_or(false)) {
                Some(result) => found.result(result),
                None => no_rule(),
            }
        }

        /// What conditions have found on the way through the diagram.
        struct Found<'a> {
            params: &'a Params,
            #cells_field
            #(#slots)*
        }

        impl<'a> Found<'a> {
            #conditions
            #results
        }

        /// The diagram: a condition, where to go when it holds, where to go when it does not. A negative number is a
        /// result, see [`decide`].
        const FORKS: [[i16; 3]; #number] = [#(#forks),*];
    }
}

fn slot_type(slot: &Slot) -> TokenStream {
    match slot.ty {
        SlotType::Text => quote!(&'a str),
        SlotType::Bool => quote!(bool),
        SlotType::Integer => quote!(i64),
        SlotType::TextList => quote!(Vec<&'a str>),
        SlotType::Partition => quote!(&'static Partition),
        SlotType::Url => quote!(functions::Url<'a>),
        SlotType::Arn => quote!(functions::Arn<'a>),
    }
}

fn conditions(plan: &DiagramPlan) -> TokenStream {
    let arms = plan.conditions.iter().enumerate().map(|(index, condition)| {
        let index = Literal::usize_unsuffixed(index);
        match condition {
            Step::Holds(value) => {
                let value = expr(value);
                quote!(#index => #value,)
            }
            Step::Finds { slot, value, holds } => {
                let (slot, value, holds) = (ident(slot), expr(value), expr(holds));
                quote!(#index => { self.#slot = #value; #holds })
            }
        }
    });
    quote! {
        /// Whether a condition holds, and what it finds; `None` where something that it is about is not there.
        fn holds(&mut self, condition: i16) -> Option<bool> {
            let params = self.params;
            Some(match condition {
                #(#arms)*
                _ => return None,
            })
        }
    }
}

fn results(plan: &DiagramPlan) -> TokenStream {
    let arms = plan.results.iter().enumerate().map(|(index, result)| {
        let index = Literal::usize_unsuffixed(index);
        match result.branches.as_slice() {
            [] => {
                let ending = ending(&result.ending);
                quote!(#index => return #ending,)
            }
            branches => {
                let branches = branches.iter().map(branch);
                quote!(#index => { #(#branches)* })
            }
        }
    });
    quote! {
        /// A result, made of what was found.
        fn result(&self, result: i16) -> Result<Endpoint, BoxError> {
            let params = self.params;
            match result {
                #(#arms)*
                _ => {}
            }
            no_rule()
        }
    }
}

/// An expression.
fn expr(value: &RustExpr) -> TokenStream {
    match value {
        RustExpr::Bool(value) => quote!(#value),
        RustExpr::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        RustExpr::Text(text) => quote!(#text),
        RustExpr::Param(name) => {
            let name = ident(name);
            quote!(params.#name)
        }
        RustExpr::Slot(name) => {
            let name = ident(name);
            quote!(self.#name)
        }
        RustExpr::Local(name) => {
            let name = ident(name);
            quote!(#name)
        }
        RustExpr::Function(function, arguments) => {
            let (function, arguments) = (self::function(*function), arguments.iter().map(expr));
            quote!(#function(#(#arguments),*))
        }
        RustExpr::Member(value, name) => {
            let (value, name) = (expr(value), ident(name));
            quote!(#value.#name)
        }
        RustExpr::Method(value, method) => {
            let (value, method) = (operand(value), ident(self::method(*method)));
            quote!(#value.#method())
        }
        RustExpr::Element(value, index) => element(value, *index),
        RustExpr::Format(pieces) => format(&quote!(format), pieces),
        RustExpr::Keep(cell, value) => {
            let (cell, value) = (Literal::usize_unsuffixed(*cell), expr(value));
            quote!({ let text = #value; self.kept[#cell].get_or_init(|| text).as_str() })
        }
        _ => composed(value),
    }
}

/// An expression of others.
fn composed(value: &RustExpr) -> TokenStream {
    let two = |left, right| (operand(left), operand(right));
    match value {
        RustExpr::Try(value) => {
            let value = operand(value);
            quote!(#value?)
        }
        RustExpr::Some(value) => {
            let value = expr(value);
            quote!(Some(#value))
        }
        RustExpr::Not(value) => {
            let value = operand(value);
            quote!(!#value)
        }
        RustExpr::Equal(left, right) => {
            let (left, right) = two(left, right);
            quote!(#left == #right)
        }
        RustExpr::NotEqual(left, right) => {
            let (left, right) = two(left, right);
            quote!(#left != #right)
        }
        RustExpr::Or(value, other) => {
            let (value, other) = (operand(value), expr(other));
            quote!(#value.or(#other))
        }
        RustExpr::UnwrapOr(value, other) => {
            let (value, other) = (operand(value), expr(other));
            quote!(#value.unwrap_or(#other))
        }
        RustExpr::If(parts) => {
            let [condition, value, other] = parts.each_ref().map(expr);
            quote!(if #condition { #value } else { #other })
        }
        _ => expr(value),
    }
}

/// An expression where a method or an operator follows.
fn operand(value: &RustExpr) -> TokenStream {
    let code = expr(value);
    match value {
        RustExpr::If(_) | RustExpr::Equal(..) | RustExpr::NotEqual(..) | RustExpr::Not(_) => quote!((#code)),
        _ => code,
    }
}

fn function(function: RuntimeFunction) -> TokenStream {
    match function {
        RuntimeFunction::Partition => quote!(partition),
        RuntimeFunction::ParseArn => quote!(functions::parse_arn),
        RuntimeFunction::ParseUrl => quote!(functions::parse_url),
        RuntimeFunction::IsValidHostLabel => quote!(functions::is_valid_host_label),
        RuntimeFunction::IsVirtualHostableS3Bucket => quote!(functions::is_virtual_hostable_s3_bucket),
        RuntimeFunction::Substring => quote!(functions::substring),
        RuntimeFunction::UriEncode => quote!(functions::uri_encode),
        RuntimeFunction::Split => quote!(functions::split),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::AsDeref => "as_deref",
        Method::AsRef => "as_ref",
        Method::AsSlice => "as_slice",
        Method::AsStr => "as_str",
        Method::IsNone => "is_none",
        Method::IsSome => "is_some",
        Method::NormalizedPath => "normalized_path",
        Method::ToOwned => "to_owned",
        Method::ToVec => "to_vec",
        Method::UnwrapOrDefault => "unwrap_or_default",
    }
}

/// An element of a list, from its start or from its end.
fn element(list: &RustExpr, index: i32) -> TokenStream {
    let list = expr(list);
    let found = match index {
        0.. => {
            let index = Literal::i32_unsuffixed(index);
            quote!(#list.get(#index))
        }
        _ => {
            let from_end = Literal::u32_unsuffixed(index.unsigned_abs() - 1);
            quote!(#list.iter().nth_back(#from_end))
        }
    };
    quote!(#found.map(|text| &**text))
}

/// A text as what a template is made of.
fn arguments(text: &RustExpr) -> TokenStream {
    match text {
        RustExpr::Format(pieces) => format(&quote!(format_args), pieces),
        other => {
            let text = expr(other);
            quote!(format_args!("{}", #text))
        }
    }
}

/// A text as a `&str`.
fn lent(text: &RustExpr) -> TokenStream {
    let code = expr(text);
    if text.is_made() { quote!(&#code) } else { code }
}

fn format(macro_name: &TokenStream, pieces: &[Piece]) -> TokenStream {
    let mut template = String::new();
    let mut values = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => template.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Inline(name) => template.push_str(&format!("{{{name}}}")),
            Piece::Value(value) => {
                template.push_str("{}");
                values.push(expr(value));
            }
        }
    }
    quote!(#macro_name!(#template #(, #values)*))
}
