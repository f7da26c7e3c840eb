//! A decision diagram as a table of forks, and a `match` each over its conditions and its results.

use std::collections::BTreeSet;

use super::expression::{Scope, ending, expr};
use super::rust::{Method, RustExpr};
use super::tree::{Block, Branch, Operand, branch, holds};
use crate::model::endpoint::diagram::{Diagram, Node, Target};
use crate::model::endpoint::template::Part;
use crate::model::endpoint::types::Ty;
use crate::model::endpoint::{Conclusion, Condition, EndpointExpr, EndpointRules, Expr, Property};

/// A diagram with a fork, at least.
#[derive(Debug)]
pub(crate) struct DiagramPlan {
    /// What conditions find.
    pub(crate) slots: Vec<Slot>,
    /// How many texts outlive the condition that makes them.
    pub(crate) cells: usize,
    /// The conditions, by number.
    pub(crate) conditions: Vec<Step>,
    /// The results, by number.
    pub(crate) results: Vec<Block>,
    /// A condition, where to go when it holds, where to go when it does not: as the runtime takes them.
    pub(crate) forks: Vec<[i16; 3]>,
}

/// What a condition finds, for later conditions and the result.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) ty: SlotType,
}

/// The types of what conditions find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotType {
    Text,
    Bool,
    Integer,
    TextList,
    Partition,
    Url,
    Arn,
}

/// A condition.
#[derive(Debug)]
pub(crate) enum Step {
    /// It holds or not.
    Holds(RustExpr),
    /// It finds something, and holds by what it has found.
    Finds { slot: String, value: RustExpr, holds: RustExpr },
}

impl Step {
    /// The expression that is evaluated.
    pub(crate) fn value(&self) -> &RustExpr {
        match self {
            Self::Holds(value) | Self::Finds { value, .. } => value,
        }
    }
}

/// Where a way leads that ends without a result, as the runtime knows it.
const NO_RESULT: i16 = i16::MIN;

/// The body of the resolver: a block for a diagram that decides nothing.
///
/// # Errors
/// A sentence about the first expression that cannot be written in Rust.
pub(crate) fn body(rules: &EndpointRules, diagram: &Diagram) -> Result<Result<DiagramPlan, Block>, String> {
    match diagram.root {
        Target::NoMatch => return Ok(Err(Block::default())),
        Target::Result(index) => {
            let result = diagram.results.get(index).ok_or("the diagram begins with a result that is not there")?;
            return self::result(result, &Scope::of(rules)).map(Err);
        }
        Target::Node(_) => {}
    }
    let forks = forks(diagram).ok_or("the diagram has more nodes, conditions or results than 32767")?;
    let mut scope = Scope { absent_ends: true, ..Scope::of(rules) };
    let used = used_names(diagram);
    let (mut slots, mut conditions, mut cells) = (Vec::new(), Vec::new(), 0);
    for condition in &diagram.conditions {
        conditions.push(step(condition, &used, &mut scope, &mut slots, &mut cells)?);
    }
    scope.absent_ends = false;
    let results = diagram.results.iter().map(|result| self::result(result, &scope)).collect::<Result<_, _>>()?;
    Ok(Ok(DiagramPlan { slots, cells, conditions, results, forks }))
}

/// The forks as the runtime takes them: a fork is its position, a result its number with all bits inverted.
fn forks(diagram: &Diagram) -> Option<Vec<[i16; 3]>> {
    let number = |index: usize| i16::try_from(index).ok();
    let target = |target| match target {
        Target::NoMatch => Some(NO_RESULT),
        Target::Node(index) => number(index),
        Target::Result(index) => number(index).map(|number| !number).filter(|number| *number != NO_RESULT),
    };
    let fork = |node: &Node| Some([number(node.condition)?, target(node.holds)?, target(node.fails)?]);
    diagram.nodes.iter().map(fork).collect()
}

fn step(
    condition: &Condition,
    used: &BTreeSet<&str>,
    scope: &mut Scope,
    slots: &mut Vec<Slot>,
    cells: &mut usize,
) -> Result<Step, String> {
    let (code, ty) = expr(&condition.call, scope)?;
    let Some(assign) = condition.assign.as_deref().filter(|assign| used.contains(assign)) else {
        return Ok(Step::Holds(match (&condition.assign, &ty) {
            (Some(_), Ty::Bool | Ty::Option(_)) | (None, _) => holds((code, ty)),
            // What is there whatever the parameters are.
            (Some(_), _) => RustExpr::Bool(true),
        }));
    };
    let name = scope.locals.declare(assign);
    let slot = RustExpr::Slot(name.clone());
    let (slot_ty, lent) = match ty.clone().present() {
        Ty::Text => (SlotType::Text, slot.clone()),
        Ty::Bool => (SlotType::Bool, slot.clone()),
        Ty::Integer => (SlotType::Integer, slot.clone()),
        Ty::Partition => (SlotType::Partition, slot.clone()),
        Ty::TextList => (SlotType::TextList, slot.clone().method(Method::AsDeref)),
        Ty::Url => (SlotType::Url, slot.clone().method(Method::AsRef)),
        Ty::Arn => (SlotType::Arn, slot.clone().method(Method::AsRef)),
        Ty::Option(_) => return Err(format!("`{assign}` is an option of an option")),
    };
    let code = if slot_ty == SlotType::TextList { owned_list(code)? } else { code };
    let value = if ty.is_optional() { code } else { RustExpr::Some(Box::new(code)) };
    let value = value.keep_texts(cells);
    let ty = ty.present().optional();
    scope.values.insert(assign.to_owned(), (lent, ty.clone()));
    slots.push(Slot { name: name.clone(), ty: slot_ty });
    Ok(Step::Finds { slot: name, value, holds: holds((slot, ty)) })
}

/// A list that a slot can hold.
fn owned_list(list: RustExpr) -> Result<RustExpr, String> {
    match &list {
        RustExpr::Function(..) => Ok(list),
        RustExpr::Method(value, Method::AsSlice) if matches!(**value, RustExpr::Member(..)) => {
            Ok(list.method(Method::ToVec))
        }
        _ => Err("a condition gives another name to a list".to_owned()),
    }
}

/// A result: it asks for everything that it needs to be there.
fn result(conclusion: &Conclusion, scope: &Scope) -> Result<Block, String> {
    let mut names = BTreeSet::new();
    conclusion_names(conclusion, &mut names);
    let mut scope = scope.clone();
    let mut operands = Vec::new();
    for name in names {
        if let (value, Ty::Option(inner)) = scope.reference(name)? {
            let local = scope.locals.of(name);
            scope.values.insert(name.to_owned(), (RustExpr::Local(local.clone()), *inner));
            operands.push(Operand::Binds { name: local, value });
        }
    }
    let block = Block { branches: Vec::new(), ending: ending(conclusion, &scope)? };
    if operands.is_empty() {
        return Ok(block);
    }
    let branch: Branch = branch(operands, block);
    Ok(Block { branches: vec![branch], ..Block::default() })
}

/// Names that conditions or results refer to.
fn used_names(diagram: &Diagram) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    diagram.conditions.iter().for_each(|condition| expr_names(&condition.call, &mut names));
    diagram.results.iter().for_each(|result| conclusion_names(result, &mut names));
    names
}

fn conclusion_names<'a>(conclusion: &'a Conclusion, names: &mut BTreeSet<&'a str>) {
    match conclusion {
        Conclusion::Error(message) => expr_names(message, names),
        Conclusion::Endpoint(EndpointExpr { url, properties, headers }) => {
            expr_names(url, names);
            properties.iter().for_each(|(_, property)| property_names(property, names));
            headers.iter().flat_map(|(_, values)| values).for_each(|value| expr_names(value, names));
        }
    }
}

fn property_names<'a>(property: &'a Property, names: &mut BTreeSet<&'a str>) {
    match property {
        Property::Null | Property::Bool(_) | Property::Integer(_) | Property::Wrong(_) => {}
        Property::Text(text) => expr_names(text, names),
        Property::List(elements) => elements.iter().for_each(|element| property_names(element, names)),
        Property::Object(entries) => entries.iter().for_each(|(_, value)| property_names(value, names)),
    }
}

fn expr_names<'a>(expression: &'a Expr, names: &mut BTreeSet<&'a str>) {
    match expression {
        Expr::Bool(_) | Expr::Integer(_) | Expr::Unknown(_) => {}
        Expr::Ref(name) => drop(names.insert(name)),
        Expr::Template(parts) => names.extend(parts.iter().filter_map(|part| match part {
            Part::Value(name, _) => Some(name.as_str()),
            Part::Literal(_) => None,
        })),
        Expr::Attribute(value, _) => expr_names(value, names),
        Expr::Call(_, arguments) => arguments.iter().for_each(|argument| expr_names(argument, names)),
    }
}
