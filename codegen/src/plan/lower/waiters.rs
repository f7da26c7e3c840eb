//! Waiters: expressions with the positions of what they name, and what a reader is told.

use super::context_params::escape;
use super::jmespath::Type;
use super::planner::Planner;
use crate::model::traits::id;
use crate::model::{self, Expectation, State};
use crate::options::Emit;
use crate::plan::Structure;
use crate::plan::docs::{self, Docs};
use crate::plan::names::{OperationNames, WaiterNames};
use crate::plan::waiter::{Acceptor, Matcher, Waiter};

/// An acceptor, to tell where something is wrong.
struct Place<'a> {
    operation: &'a model::Operation,
    waiter: &'a str,
    acceptor: usize,
}

impl<'m> Planner<'m> {
    /// The waiters of an operation, in a client. A call that sends a stream has none, as there is nothing to repeat it with.
    pub(super) fn waiters(&mut self, operation: &'m model::Operation, input: &Structure) -> Vec<Waiter> {
        if self.emit == Emit::Types || input.is_streaming() {
            return Vec::new();
        }
        operation.waiters.iter().map(|waiter| self.waiter(operation, waiter)).collect()
    }

    fn waiter(&mut self, operation: &'m model::Operation, waiter: &'m model::Waiter) -> Waiter {
        let acceptors = waiter.acceptors.iter().enumerate().filter_map(|(index, acceptor)| {
            let place = Place { operation, waiter: &waiter.name, acceptor: index };
            let matcher = self.matcher(&place, &acceptor.matcher)?;
            Some(Acceptor { state: acceptor.state, matcher, told: told(acceptor) })
        });
        let acceptors = acceptors.collect();
        let source = waiter.documentation.as_deref().unwrap_or_default();
        let docs = docs::render(source, &|name| self.links.get(name).cloned());
        let docs = match docs.lines.is_empty() {
            true => {
                let names = OperationNames::of(operation.id.name());
                let link = format!("[`{}`](crate::Client::{})", names.operation, names.module);
                Docs::plain(&format!("Calls {link} until the waiter `{}` has what it waits for.", waiter.name))
            }
            false => docs.in_library(&self.library),
        };
        Waiter {
            name: waiter.name.clone(),
            names: WaiterNames::of(&waiter.name),
            docs,
            delays: (waiter.min_delay, waiter.max_delay),
            acceptors,
        }
    }

    fn matcher(&mut self, place: &Place<'m>, matcher: &model::Matcher) -> Option<Matcher> {
        let output = || place.operation.output.as_ref();
        Some(match matcher {
            model::Matcher::Success(success) => Matcher::Success(*success),
            model::Matcher::ErrorType(name) => Matcher::ErrorType(name.clone()),
            model::Matcher::Output(expression, expected) => {
                let start = output().map_or(Type::Any, Type::Shape);
                Matcher::Output(self.expected(place, "output", &start, expression, expected)?, expected.clone())
            }
            model::Matcher::InputOutput(expression, expected) => {
                let start = self.both_ends(place.operation);
                Matcher::InputOutput(
                    self.expected(place, "inputOutput", &start, expression, expected)?,
                    expected.clone(),
                )
            }
        })
    }

    /// The steps of an expression; reports one that does not fit, and warns of one that never gives what is expected.
    fn expected(
        &mut self,
        place: &Place<'m>,
        matcher: &str,
        start: &Type<'m>,
        expression: &model::jmespath::Expression,
        expected: &Expectation,
    ) -> Option<crate::plan::jmespath::Path> {
        let source = &expression.source;
        match self.expression(start, &expression.steps) {
            Ok((path, found)) => {
                if !may_be(&found, expected) {
                    let message = format!("the path `{source}` never gives what it is compared with");
                    self.at_acceptor(place, matcher, message, "the comparator has to fit what the path comes to");
                    let warning = self.problems.pop();
                    self.warnings.extend(warning);
                }
                Some(path)
            }
            Err(problem) => {
                let message = format!("the path `{source}`: {problem}");
                self.at_acceptor(place, matcher, message, "name members as the model has them");
                None
            }
        }
    }

    /// Reports a problem of a path.
    fn at_acceptor(&mut self, place: &Place<'m>, matcher: &str, message: String, hint: &str) {
        self.problem(&place.operation.id, None, message, hint);
        if let Some(problem) = self.problems.last_mut() {
            let (waiter, acceptor) = (escape(place.waiter), place.acceptor);
            let pointer = format!("/traits/{}/{waiter}/acceptors/{acceptor}/matcher/{matcher}/path", id::WAITABLE);
            problem.pointer.push_str(&pointer);
        }
    }

    /// Reports waiters that have the same names, which a service cannot have twice.
    pub(super) fn refuse_same_waiters(&mut self) {
        let mut taken = std::collections::BTreeMap::new();
        let operations = self.model.operations.iter();
        let waiters = operations.flat_map(|operation| operation.waiters.iter().map(move |waiter| (operation, waiter)));
        for (operation, waiter) in waiters.collect::<Vec<_>>() {
            if let Some(other) = taken.insert(WaiterNames::of(&waiter.name).module, &operation.id) {
                let message = format!("{} has a waiter that is called as {} too", other.as_str(), waiter.name);
                self.problem(&operation.id, None, message, "give one of the two another name");
            }
        }
    }
}

/// Whether what was found can be what is expected.
fn may_be(found: &Type<'_>, expected: &Expectation) -> bool {
    let is_list_of_texts =
        |found: &Type<'_>| matches!(found, Type::List(inner) if matches!(**inner, Type::Text | Type::Any));
    match (found, expected) {
        (Type::Any, _) => true,
        (found, Expectation::Text(_)) => *found == Type::Text,
        (found, Expectation::Boolean(_)) => *found == Type::Boolean,
        (found, Expectation::AllTexts(_) | Expectation::AnyText(_)) => is_list_of_texts(found),
    }
}

/// An acceptor in words.
fn told(acceptor: &model::Acceptor) -> String {
    let state = match acceptor.state {
        State::Success => "Success",
        State::Failure => "Failure",
        State::Retry => "Another call",
    };
    let when = match &acceptor.matcher {
        model::Matcher::Success(true) => "a call succeeds".to_owned(),
        model::Matcher::Success(false) => "a call fails with an error of the service".to_owned(),
        model::Matcher::ErrorType(name) => format!("a call fails with {}", docs::code(name)),
        model::Matcher::Output(path, expected) | model::Matcher::InputOutput(path, expected) => {
            let (path, is) = (docs::code(&path.source), told_expectation(expected));
            format!("{path} {is}")
        }
    };
    format!("{state}: {when}.")
}

fn told_expectation(expected: &Expectation) -> String {
    match expected {
        Expectation::Text(text) => format!("is {}", docs::code(text)),
        Expectation::Boolean(value) => format!("is {value}"),
        Expectation::AllTexts(text) => format!("has {} and nothing else", docs::code(text)),
        Expectation::AnyText(text) => format!("has {}", docs::code(text)),
    }
}
