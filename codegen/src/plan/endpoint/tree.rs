//! A tree of rules as nested `if`s.

use super::expression::{Scope, Typed, ending, expr};
use super::rust::{Ending, Method, RustExpr};
use crate::model::endpoint::types::{Function, Ty};
use crate::model::endpoint::{Condition, EndpointRules, Expr, Outcome, Rule};

/// `if`s in order, and what is left when none of them was entered.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) branches: Vec<Branch>,
    pub(crate) ending: Ending,
}

/// An `if` that is not left again.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) operands: Vec<Operand>,
    pub(crate) block: Block,
}

/// A condition as an operand of `&&`.
#[derive(Debug)]
pub(crate) enum Operand {
    /// It holds or not.
    Holds(RustExpr),
    /// It holds where there is a value, which gets a name.
    Binds { name: String, value: RustExpr },
}

impl Operand {
    /// Its expression.
    pub(crate) fn value(&self) -> &RustExpr {
        match self {
            Self::Holds(value) | Self::Binds { value, .. } => value,
        }
    }
}

impl Block {
    /// Visits every end and every expression outside of ends.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(Place<'_>)) {
        for branch in &self.branches {
            branch.operands.iter().for_each(|operand| visit(Place::Operand(operand.value())));
            branch.block.walk(visit);
        }
        visit(Place::End(&self.ending));
    }

    /// Whether it uses a variable.
    fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        self.walk(&mut |place| match place {
            Place::Operand(value) => found |= value.mentions(name),
            Place::End(ending) => ending.walk(&mut |value| found |= value.mentions(name)),
        });
        found
    }
}

/// What stands in a block.
pub(crate) enum Place<'a> {
    Operand(&'a RustExpr),
    End(&'a Ending),
}

/// The body of the resolver.
///
/// # Errors
/// A sentence about the first expression that cannot be written in Rust.
pub(crate) fn body(rules: &EndpointRules, tree: &[Rule]) -> Result<Block, String> {
    self::rules(tree, &Scope::of(rules))
}

/// Rules in order, up to the first that has no condition; after the last one nothing is left to try.
fn rules(rules: &[Rule], scope: &Scope) -> Result<Block, String> {
    let mut branches = Vec::new();
    for rule in rules {
        let mut inner = scope.clone();
        let operands = rule.conditions.iter().map(|condition| self::condition(condition, &mut inner));
        let operands: Vec<Operand> = operands.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        let block = match &rule.outcome {
            Outcome::Tree(rules) => self::rules(rules, &inner)?,
            Outcome::End(conclusion) => Block { branches: Vec::new(), ending: ending(conclusion, &inner)? },
        };
        if operands.is_empty() {
            branches.extend(block.branches);
            return Ok(Block { branches, ending: block.ending });
        }
        branches.push(branch(operands, block));
    }
    Ok(Block { branches, ending: Ending::NoRule })
}

/// An `if`; a name that neither a later operand nor the block mentions is left out.
pub(super) fn branch(mut operands: Vec<Operand>, block: Block) -> Branch {
    for index in 0..operands.len() {
        let (before, later) = operands.split_at_mut(index + 1);
        if let Operand::Binds { name, value } = &before[index] {
            let is_used = later.iter().any(|operand| operand.value().mentions(name)) || block.mentions(name);
            if !is_used {
                let found = value.clone().method(Method::IsSome);
                before[index] = Operand::Holds(found);
            }
        }
    }
    Branch { operands, block }
}

/// What has to hold for a condition; `None` when it always does. Names that it
/// binds, and options that it finds set, are put into the scope.
fn condition(condition: &Condition, scope: &mut Scope) -> Result<Option<Operand>, String> {
    let Some(assign) = &condition.assign else { return unnamed(&condition.call, scope) };
    let (code, ty) = expr(&condition.call, scope)?;
    // A boolean has to be true, and then it is.
    if ty.clone().present() == Ty::Bool {
        scope.values.insert(assign.clone(), (RustExpr::Bool(true), Ty::Bool));
        return Ok(Some(Operand::Holds(holds((code, ty)))));
    }
    let name = scope.locals.declare(assign);
    let value = if ty.is_optional() { code } else { RustExpr::Some(Box::new(code)) };
    scope.values.insert(assign.clone(), (RustExpr::Local(name.clone()), ty.present()));
    Ok(Some(Operand::Binds { name, value }))
}

/// As [`condition`], of one whose result has no name.
fn unnamed(call: &Expr, scope: &mut Scope) -> Result<Option<Operand>, String> {
    if let Expr::Call(Function::IsSet, arguments) = call
        && let [Expr::Ref(value)] = arguments.as_slice()
    {
        let (code, ty) = scope.reference(value)?;
        let Ty::Option(inner) = ty else { return Ok(None) };
        let name = scope.locals.of(value);
        scope.values.insert(value.to_owned(), (RustExpr::Local(name.clone()), *inner));
        return Ok(Some(Operand::Binds { name, value: code }));
    }
    match expr(call, scope)? {
        found @ (_, Ty::Bool | Ty::Option(_)) => Ok(Some(Operand::Holds(holds(found)))),
        _ => Err("a condition is neither true nor false, and its result has no name".to_owned()),
    }
}

/// Whether a value is there, and true if it is a boolean.
pub(super) fn holds((code, ty): Typed) -> RustExpr {
    match ty {
        Ty::Option(inner) if *inner == Ty::Bool => {
            RustExpr::Equal(Box::new(code), Box::new(RustExpr::Some(Box::new(RustExpr::Bool(true)))))
        }
        Ty::Option(_) => code.method(Method::IsSome),
        _ => code,
    }
}
