//! JMESPath expressions with the types of what they come to.
//!
//! A name stands for the member at a position, so that whoever follows an expression compares no names; that takes the
//! shape of each value on the way. Where an expression cannot fit its shapes, it is refused.

use super::planner::Planner;
use crate::ast::suggest::did_you_mean;
use crate::model::jmespath::{Function, Literal, Step};
use crate::model::{Operation, ShapeId, ShapeKind};
use crate::plan::jmespath::{Path, Place};

/// The type of what an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type<'m> {
    /// A value of the model; a list is a [`Self::List`].
    Shape(&'m ShapeId),
    /// The members `input` and `output`, which matchers of both are asked of.
    Both(Option<&'m ShapeId>, Option<&'m ShapeId>),
    Text,
    Number,
    Boolean,
    List(Box<Self>),
    /// Null, or one of several types.
    Any,
}

impl Type<'_> {
    /// What it is, for messages.
    fn described(&self) -> String {
        match self {
            Self::Shape(id) => id.as_str().to_owned(),
            Self::Both(..) => "input and output".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::List(inner) => format!("a list of {}", inner.described()),
            Self::Any => "a value of an unknown type".to_owned(),
        }
    }
}

impl<'m> Planner<'m> {
    /// The type of a shape.
    pub(super) fn type_of_shape(&self, id: &'m ShapeId) -> Type<'m> {
        match &self.shape(id).kind {
            ShapeKind::List { member, .. } => Type::List(Box::new(self.type_of_shape(&member.target))),
            ShapeKind::String | ShapeKind::Enum(_) => Type::Text,
            ShapeKind::Boolean => Type::Boolean,
            ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer | ShapeKind::Long | ShapeKind::IntEnum(_) => {
                Type::Number
            }
            ShapeKind::Float | ShapeKind::Double | ShapeKind::BigInteger | ShapeKind::BigDecimal => Type::Number,
            ShapeKind::Timestamp => Type::Number,
            _ => Type::Shape(id),
        }
    }

    /// What a matcher of input and output is asked of.
    pub(super) fn both_ends(&self, operation: &'m Operation) -> Type<'m> {
        Type::Both(operation.input.as_ref(), operation.output.as_ref())
    }

    /// Follows an expression from a value: its steps for the runtime, and the type of what it comes to.
    ///
    /// # Errors
    /// A sentence about the first step that does not fit.
    pub(super) fn expression(&self, start: &Type<'m>, steps: &[Step]) -> Result<(Path, Type<'m>), String> {
        let mut path = Vec::with_capacity(steps.len());
        let mut ty = start.clone();
        for step in steps {
            let (step, next) = self.expression_step(&ty, step)?;
            path.push(step);
            ty = next;
        }
        Ok((path, ty))
    }

    fn expression_step(&self, ty: &Type<'m>, step: &Step) -> Result<(Step<Place>, Type<'m>), String> {
        let pair =
            |one: &[Step], other: &[Step]| Ok::<_, String>((self.expression(ty, one)?, self.expression(ty, other)?));
        Ok(match step {
            Step::Name(name) => {
                let (place, ty) = self.name_in(ty, name)?;
                (Step::Name(place), ty)
            }
            Step::At(position) => (Step::At(*position), element(ty, &format!("[{position}]"))?),
            Step::Each(rest) => self.projected(element(ty, "[*]")?, rest, Step::Each)?,
            Step::Values(rest) => self.projected(self.value(ty, ".*")?, rest, Step::Values)?,
            Step::Flatten(rest) => {
                let inner = match element(ty, "[]")? {
                    Type::List(inner) => *inner,
                    other => other,
                };
                self.projected(inner, rest, Step::Flatten)?
            }
            Step::Filter(condition, rest) => {
                let inner = element(ty, "[?..]")?;
                let (condition, _) = self.expression(&inner, condition)?;
                self.projected(inner, rest, |rest| Step::Filter(condition, rest))?
            }
            Step::Select(paths) => {
                let paths = paths.iter().map(|path| self.expression(ty, path)).collect::<Result<Vec<_>, _>>()?;
                let (paths, types): (Vec<_>, Vec<_>) = paths.into_iter().unzip();
                (Step::Select(paths), Type::List(Box::new(common(types))))
            }
            Step::Literal(literal) => (Step::Literal(literal.clone()), type_of_literal(literal)),
            Step::Compare(comparator, one, other) => {
                let ((one, _), (other, _)) = pair(one, other)?;
                (Step::Compare(*comparator, one, other), Type::Boolean)
            }
            Step::And(one, other) => {
                let ((one, ty), (other, too)) = pair(one, other)?;
                (Step::And(one, other), common(vec![ty, too]))
            }
            Step::Or(one, other) => {
                let ((one, ty), (other, too)) = pair(one, other)?;
                (Step::Or(one, other), common(vec![ty, too]))
            }
            Step::Not(path) => (Step::Not(self.expression(ty, path)?.0), Type::Boolean),
            Step::Call(function, arguments) => self.call(ty, *function, arguments)?,
        })
    }

    /// A projection over elements of a type, and the list that it makes.
    fn projected(
        &self,
        element: Type<'m>,
        rest: &[Step],
        step: impl FnOnce(Path) -> Step<Place>,
    ) -> Result<(Step<Place>, Type<'m>), String> {
        let (rest, ty) = self.expression(&element, rest)?;
        Ok((step(rest), Type::List(Box::new(ty))))
    }

    fn name_in(&self, ty: &Type<'m>, name: &str) -> Result<(Place, Type<'m>), String> {
        let id = match ty {
            Type::Both(input, output) => {
                let ends = [("input", input), ("output", output)];
                let index = ends.iter().position(|(known, _)| *known == name);
                let index = index.ok_or_else(|| format!("`{name}` is neither `input` nor `output`"))?;
                let id = ends[index].1.ok_or_else(|| format!("the operation has no {name}"))?;
                return Ok((Place::Member(index), self.type_of_shape(id)));
            }
            Type::Shape(id) => id,
            other => return Err(format!("`{name}` is looked for in {}", other.described())),
        };
        match &self.shape(id).kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                let members = self.members(id);
                let index = members.iter().position(|member| member.name == name).ok_or_else(|| {
                    let names = members.iter().map(|member| member.name.as_str());
                    let hint = did_you_mean(name, names, "");
                    let hint = if hint.is_empty() { hint } else { format!("; {hint}") };
                    format!("{} has no member {name}{hint}", id.as_str())
                })?;
                Ok((Place::Member(index), self.type_of_shape(&members[index].target)))
            }
            ShapeKind::Map { value, .. } => Ok((Place::Key(name.to_owned()), self.type_of_shape(&value.target))),
            ShapeKind::Document => Ok((Place::Key(name.to_owned()), ty.clone())),
            _ => Err(format!("`{name}` is looked for in {}, which has no members", id.as_str())),
        }
    }

    /// The type of the values of a map or a structure.
    fn value(&self, ty: &Type<'m>, step: &str) -> Result<Type<'m>, String> {
        let misfit = || Err(format!("{step} does not fit {}", ty.described()));
        let Type::Shape(id) = ty else { return misfit() };
        match &self.shape(id).kind {
            ShapeKind::Map { value, .. } => Ok(self.type_of_shape(&value.target)),
            ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                Ok(common(self.members(id).iter().map(|member| self.type_of_shape(&member.target)).collect()))
            }
            ShapeKind::Document => Ok(ty.clone()),
            _ => misfit(),
        }
    }

    fn call(
        &self,
        ty: &Type<'m>,
        function: Function,
        arguments: &[Vec<Step>],
    ) -> Result<(Step<Place>, Type<'m>), String> {
        let arguments = arguments.iter().map(|path| self.expression(ty, path)).collect::<Result<Vec<_>, _>>()?;
        let (arguments, types): (Vec<_>, Vec<_>) = arguments.into_iter().unzip();
        let first = types.first().unwrap_or(&Type::Any);
        let gives = match function {
            Function::Contains | Function::EndsWith | Function::StartsWith => Type::Boolean,
            Function::Keys => {
                self.value(first, "`keys`")?;
                Type::List(Box::new(Type::Text))
            }
            Function::Values => Type::List(Box::new(self.value(first, "`values`")?)),
            Function::Length if *first == Type::Number || *first == Type::Boolean => {
                return Err(format!("`length` does not fit {}", first.described()));
            }
            Function::Length => Type::Number,
            Function::NotNull => common(types),
        };
        Ok((Step::Call(function, arguments), gives))
    }
}

/// The type of the elements of a list.
fn element<'m>(ty: &Type<'m>, step: &str) -> Result<Type<'m>, String> {
    match ty {
        Type::List(inner) => Ok((**inner).clone()),
        Type::Any => Ok(Type::Any),
        other => Err(format!("{step} does not fit {}", other.described())),
    }
}

/// The type that all values have.
fn common(types: Vec<Type<'_>>) -> Type<'_> {
    let mut types = types.into_iter();
    let first = types.next().unwrap_or(Type::Any);
    if types.all(|other| other == first) { first } else { Type::Any }
}

fn type_of_literal<'m>(literal: &Literal) -> Type<'m> {
    match literal {
        Literal::Null => Type::Any,
        Literal::Boolean(_) => Type::Boolean,
        Literal::Number(_) => Type::Number,
        Literal::Text(_) => Type::Text,
    }
}
