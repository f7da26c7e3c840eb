//! Rules as a whole, in either form.

use super::diagram::Diagram;
use super::expression::{Condition, Expr};
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
}

/// The two forms of a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Rules in order: the first whose conditions hold is taken, and a tree that is entered is not left again.
    Tree(Vec<Rule>),
    /// A decision diagram.
    Diagram(Diagram),
}
