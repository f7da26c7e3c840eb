//! Rules as a whole, in either form.

use std::collections::BTreeSet;

use super::diagram::Diagram;
use super::expression::{Conclusion, Condition, EndpointExpr, Expr, Property};
use super::parameter::Parameter;
use super::tree::{Outcome, Rule};
use super::types::Function;

/// Parameters, and how they decide.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRules {
    /// The parameters in the model's order.
    pub parameters: Vec<Parameter>,
    /// How an endpoint follows from them.
    pub decision: Decision,
}

impl EndpointRules {
    /// Whether some condition asks if a parameter can be part of a host name.
    pub(crate) fn ask_for_host_label(&self, parameter: &str) -> bool {
        let asks = |condition: &Condition| {
            let Expr::Call(Function::IsValidHostLabel, arguments) = &condition.call else { return false };
            matches!(arguments.first(), Some(Expr::Ref(name)) if name == parameter)
        };
        fn any(rules: &[Rule], asks: &dyn Fn(&Condition) -> bool) -> bool {
            rules.iter().any(|rule| {
                rule.conditions.iter().any(asks) || matches!(&rule.outcome, Outcome::Tree(inner) if any(inner, asks))
            })
        }
        match &self.decision {
            Decision::Tree(rules) => any(rules, &asks),
            Decision::Diagram(diagram) => diagram.conditions.iter().any(asks),
        }
    }

    /// Names of the ways to authenticate that endpoints ask for, such as `sigv4a`: those of their property `authSchemes`.
    pub(crate) fn auth_schemes(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        match &self.decision {
            Decision::Tree(rules) => auth_schemes_of(rules, &mut names),
            Decision::Diagram(diagram) => {
                diagram.results.iter().for_each(|result| names.extend(auth_schemes_of_end(result)));
            }
        }
        names
    }
}

fn auth_schemes_of<'r>(rules: &'r [Rule], names: &mut BTreeSet<&'r str>) {
    for rule in rules {
        match &rule.outcome {
            Outcome::Tree(inner) => auth_schemes_of(inner, names),
            Outcome::End(end) => names.extend(auth_schemes_of_end(end)),
        }
    }
}

fn auth_schemes_of_end(end: &Conclusion) -> Vec<&str> {
    let Conclusion::Endpoint(EndpointExpr { properties, .. }) = end else { return Vec::new() };
    let lists = properties.iter().filter_map(|(name, property)| match property {
        Property::List(schemes) if name == "authSchemes" => Some(schemes),
        _ => None,
    });
    lists.flatten().filter_map(name_of_scheme).collect()
}

fn name_of_scheme(scheme: &Property) -> Option<&str> {
    let Property::Object(entries) = scheme else { return None };
    entries.iter().find_map(|(key, value)| match value {
        Property::Text(text) if key == "name" => text.literal(),
        _ => None,
    })
}

/// The two forms of a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Rules in order: the first whose conditions hold is taken, and a tree that is entered is not left again.
    Tree(Vec<Rule>),
    /// A decision diagram.
    Diagram(Diagram),
}
