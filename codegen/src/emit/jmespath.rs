//! JMESPath expressions as tables of steps.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::model::jmespath::{Comparator, Function, Literal, Step};
use crate::plan::jmespath::Place;

/// A path: a reference to its steps.
pub(super) fn path(steps: &[Step<Place>]) -> TokenStream {
    let steps = steps.iter().map(step);
    quote!(&[#(#steps),*])
}

fn step(step: &Step<Place>) -> TokenStream {
    let paths = |paths: &[Vec<Step<Place>>]| {
        let paths = paths.iter().map(|steps| path(steps));
        quote!(&[#(#paths),*])
    };
    match step {
        Step::Name(Place::Member(index)) => {
            let index = Token::usize_unsuffixed(*index);
            quote!(Step::Member(#index))
        }
        Step::Name(Place::Key(key)) => quote!(Step::Key(#key)),
        Step::At(position) => {
            let position = Token::i32_unsuffixed(*position);
            quote!(Step::At(#position))
        }
        Step::Each(rest) => of_paths(quote!(Each), &[rest]),
        Step::Values(rest) => of_paths(quote!(Values), &[rest]),
        Step::Flatten(rest) => of_paths(quote!(Flatten), &[rest]),
        Step::Filter(condition, rest) => of_paths(quote!(Filter), &[condition, rest]),
        Step::Select(selected) => {
            let paths = paths(selected);
            quote!(Step::Select(#paths))
        }
        Step::Literal(Literal::Null) => quote!(Step::Null),
        Step::Literal(Literal::Boolean(value)) => quote!(Step::Boolean(#value)),
        Step::Literal(Literal::Number(number)) => {
            let number = Token::f64_unsuffixed(*number);
            quote!(Step::Number(#number))
        }
        Step::Literal(Literal::Text(text)) => quote!(Step::Text(#text)),
        Step::Compare(by, one, other) => {
            let (by, one, other) = (comparator(*by), path(one), path(other));
            quote!(Step::Compare(#by, #one, #other))
        }
        Step::And(one, other) => of_paths(quote!(And), &[one, other]),
        Step::Or(one, other) => of_paths(quote!(Or), &[one, other]),
        Step::Not(steps) => of_paths(quote!(Not), &[steps]),
        Step::Call(called, arguments) => {
            let (called, arguments) = (function(*called), paths(arguments));
            quote!(Step::Call(#called, #arguments))
        }
    }
}

/// A step that holds nothing but paths.
fn of_paths(kind: TokenStream, paths: &[&Vec<Step<Place>>]) -> TokenStream {
    let paths = paths.iter().map(|steps| path(steps));
    quote!(Step::#kind(#(#paths),*))
}

fn comparator(comparator: Comparator) -> TokenStream {
    match comparator {
        Comparator::Equal => quote!(Comparator::Equal),
        Comparator::NotEqual => quote!(Comparator::NotEqual),
        Comparator::Less => quote!(Comparator::Less),
        Comparator::LessOrEqual => quote!(Comparator::LessOrEqual),
        Comparator::Greater => quote!(Comparator::Greater),
        Comparator::GreaterOrEqual => quote!(Comparator::GreaterOrEqual),
    }
}

fn function(function: Function) -> TokenStream {
    match function {
        Function::Contains => quote!(Function::Contains),
        Function::EndsWith => quote!(Function::EndsWith),
        Function::Keys => quote!(Function::Keys),
        Function::Length => quote!(Function::Length),
        Function::NotNull => quote!(Function::NotNull),
        Function::StartsWith => quote!(Function::StartsWith),
        Function::Values => quote!(Function::Values),
    }
}
