//! Endpoint parameters that operations fill: constants, members and paths into the input.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::planner::Planner;
use crate::model::endpoint::{EndpointRules, ParameterType};
use crate::model::jmespath::PathStep;
use crate::model::traits::id;
use crate::model::{Operation, ShapeId, ShapeKind};
use crate::plan::endpoint::{InputStep, OperationArm, ParamSource, Setting};
use crate::plan::names::{field, prefixed};

/// What a path has come to: a value, within this many lists.
#[derive(Clone, Debug)]
struct Found<'m> {
    lists: usize,
    value: Reached<'m>,
}

/// The innermost value that a path has come to.
#[derive(Clone, Copy, Debug)]
enum Reached<'m> {
    Shape(&'m ShapeId),
    /// A key of a map, or what a multi-select gathers.
    Text,
}

/// A parameter as an operation, or a member of its input, names it.
struct Named<'a> {
    operation: &'a Operation,
    parameter: &'a str,
    /// JSON pointer below the shape of the operation, or of its input for a member.
    pointer: String,
    member: Option<&'a str>,
}

impl<'m> Planner<'m> {
    /// The parameters of the rules that operations fill; those that do the same share an arm. Reports what does not fit.
    pub(super) fn operation_arms(&mut self, rules: &EndpointRules) -> Vec<OperationArm> {
        let mut arms: Vec<OperationArm> = Vec::new();
        let mut arm_of = BTreeMap::new();
        for operation in &self.model.operations {
            let settings = self.settings_of(operation, rules);
            if settings.is_empty() {
                continue;
            }
            let name = operation.id.name().to_owned();
            let arm = *arm_of.entry(format!("{settings:?}")).or_insert(arms.len());
            match arms.get_mut(arm) {
                Some(arm) => arm.operations.push(name),
                None => arms.push(OperationArm { operations: vec![name], settings }),
            }
        }
        arms
    }

    /// The parameters that one operation fills, each from one source: constants stand above members, and members above
    /// paths, as Smithy's rules engine specification has it.
    fn settings_of(&mut self, operation: &'m Operation, rules: &EndpointRules) -> Vec<Setting> {
        let mut settings = Vec::new();
        for (parameter, value) in &operation.static_context_params {
            let pointer = format!("/traits/{}/{}/value", id::STATIC_CONTEXT_PARAMS, escape(parameter));
            let named = Named { operation, parameter, pointer, member: None };
            settings.extend(self.setting(rules, &named, |_, ty| constant(value, ty)));
        }
        let members = operation.input.as_ref().map_or(&[][..], |id| self.members(id));
        for (index, member) in members.iter().enumerate() {
            let own = Some(&member.name).filter(|name| self.fills_by_its_name(rules, name));
            let Some(parameter) = member.context_param.as_ref().or(own) else { continue };
            let pointer = format!("/members/{}/traits/{}", escape(&member.name), id::CONTEXT_PARAM);
            let named = Named { operation, parameter, pointer, member: Some(&member.name) };
            settings.extend(self.setting(rules, &named, |planner, ty| {
                let found = Found { lists: 0, value: Reached::Shape(&member.target) };
                planner.fits(&found, ty)?;
                Ok(ParamSource::Input(ty, vec![InputStep::Member(index)]))
            }));
        }
        for (parameter, path) in &operation.operation_context_params {
            let pointer = format!("/traits/{}/{}/path", id::OPERATION_CONTEXT_PARAMS, escape(parameter));
            let named = Named { operation, parameter, pointer, member: None };
            settings.extend(self.setting(rules, &named, |planner, ty| {
                let input = operation.input.as_ref().ok_or("the operation has no input")?;
                let start = Found { lists: 0, value: Reached::Shape(input) };
                let (steps, found) = planner.follow(start, &path.steps)?;
                planner.fits(&found, ty)?;
                Ok(ParamSource::Input(ty, steps))
            }));
        }
        let mut filled = BTreeSet::new();
        settings.retain(|setting: &Setting| filled.insert(setting.set.clone()));
        settings
    }

    /// Whether a member of an input fills the parameter of the same name although the model does not say so.
    fn fills_by_its_name(&self, rules: &EndpointRules, member: &str) -> bool {
        self.customization.is_endpoint_label(member)
            && rules.parameters.iter().any(|parameter| parameter.name == member)
    }

    /// One parameter, from its source; `None` for one that does not fit, which is told.
    fn setting(
        &mut self,
        rules: &EndpointRules,
        named: &Named<'m>,
        source: impl FnOnce(&Self, ParameterType) -> Result<ParamSource, String>,
    ) -> Option<Setting> {
        let Some(parameter) = rules.parameters.iter().find(|parameter| parameter.name == named.parameter) else {
            let message = format!("the endpoint rules have no parameter {}", named.parameter);
            self.at_param(named, message, "it has no effect on the client; correct its name");
            let warning = self.problems.pop();
            self.warnings.extend(warning);
            return None;
        };
        match source(self, parameter.ty) {
            Ok(source) => Some(Setting { set: prefixed("set", &field(named.parameter)), source }),
            Err(message) => {
                let hint = format!("the endpoint parameter {} is {}", parameter.name, parameter.ty.described());
                self.at_param(named, message, &hint);
                None
            }
        }
    }

    /// Reports a problem where a parameter is named.
    fn at_param(&mut self, named: &Named<'m>, message: String, hint: &str) {
        let shape = match (named.member, &named.operation.input) {
            (Some(_), Some(input)) => input,
            _ => &named.operation.id,
        };
        self.problem(shape, None, message, hint);
        if let Some(problem) = self.problems.last_mut() {
            problem.member = named.member.map(str::to_owned);
            problem.pointer.push_str(&named.pointer);
        }
    }

    /// Whether what was found is a value of a parameter's type.
    fn fits(&self, found: &Found<'m>, wanted: ParameterType) -> Result<(), String> {
        let (mut lists, mut value) = (found.lists, found.value);
        while let Reached::Shape(id) = value
            && let ShapeKind::List { member, .. } = &self.shape(id).kind
        {
            (lists, value) = (lists + 1, Reached::Shape(&member.target));
            if lists > 2 {
                break;
            }
        }
        let is_text = |kind: &ShapeKind| matches!(kind, ShapeKind::String | ShapeKind::Enum(_));
        let is = match value {
            Reached::Text if lists == 0 => Some(ParameterType::Text),
            Reached::Text if lists == 1 => Some(ParameterType::TextList),
            Reached::Shape(id) => match (&self.shape(id).kind, lists) {
                (kind, 0) if is_text(kind) => Some(ParameterType::Text),
                (kind, 1) if is_text(kind) => Some(ParameterType::TextList),
                (ShapeKind::Boolean, 0) => Some(ParameterType::Bool),
                _ => None,
            },
            Reached::Text => None,
        };
        match is {
            Some(is) if is == wanted => Ok(()),
            Some(is) => Err(format!("this gives {}, where {} is wanted", is.described(), wanted.described())),
            None => {
                let wanted = wanted.described();
                Err(format!("this gives a value that no endpoint parameter can have, where {wanted} is wanted"))
            }
        }
    }

    /// Follows the steps of a path from a value, and gives those of the runtime.
    fn follow(&self, start: Found<'m>, steps: &[PathStep]) -> Result<(Vec<InputStep>, Found<'m>), String> {
        let mut taken = Vec::new();
        let mut found = start;
        for step in steps {
            found = self.step(found, step, &mut taken)?;
        }
        Ok((taken, found))
    }

    fn step(&self, found: Found<'m>, step: &PathStep, taken: &mut Vec<InputStep>) -> Result<Found<'m>, String> {
        let Found { lists, value } = found;
        let id = match (value, step) {
            (Reached::Shape(id), _) => id,
            (Reached::Text, PathStep::Flatten) => return Ok(Found { lists: lists.saturating_sub(1).max(1), value }),
            (Reached::Text, _) => return Err("a path leads into a text".to_owned()),
        };
        let inner = |lists, id| Ok(Found { lists, value: Reached::Shape(id) });
        match (step, &self.shape(id).kind) {
            (PathStep::Member(name), ShapeKind::Structure(_) | ShapeKind::Union(_)) => {
                let members = self.members(id);
                let index = members.iter().position(|member| member.name == *name);
                let index = index.ok_or_else(|| format!("{} has no member {name}", id.as_str()))?;
                taken.push(InputStep::Member(index));
                inner(lists, &members[index].target)
            }
            (PathStep::Elements, ShapeKind::List { member, .. }) => {
                taken.push(InputStep::Each);
                inner(lists + 1, &member.target)
            }
            (PathStep::Element(index), ShapeKind::List { member, .. }) => {
                taken.push(InputStep::At(*index));
                inner(lists, &member.target)
            }
            (PathStep::Flatten, ShapeKind::List { member, .. }) => {
                taken.push(InputStep::Each);
                inner(lists.max(1), &member.target)
            }
            (PathStep::Flatten, _) if lists > 0 => inner(lists.saturating_sub(1).max(1), id),
            (PathStep::Values, ShapeKind::Map { value, .. }) => {
                taken.push(InputStep::Each);
                inner(lists + 1, &value.target)
            }
            (PathStep::Keys, ShapeKind::Map { .. }) => {
                taken.push(InputStep::Keys);
                Ok(Found { lists: lists + 1, value: Reached::Text })
            }
            (PathStep::Select(paths), ShapeKind::Structure(_)) => {
                let (paths, depth) = self.select(id, paths)?;
                taken.push(InputStep::Select(paths));
                Ok(Found { lists: lists + depth, value: Reached::Text })
            }
            (step, _) => Err(format!("{} does not fit the shape {}", described(step), id.as_str())),
        }
    }

    /// The paths of a multi-select, and how many lists are around the texts that it gathers: one where each path leads
    /// to a text, two where each leads to a list of texts.
    fn select(&self, id: &'m ShapeId, paths: &[Vec<PathStep>]) -> Result<(Vec<Vec<InputStep>>, usize), String> {
        let start = || Found { lists: 0, value: Reached::Shape(id) };
        let followed = paths.iter().map(|path| self.follow(start(), path)).collect::<Result<Vec<_>, _>>()?;
        let all_are = |ty| followed.iter().try_for_each(|(_, found)| self.fits(found, ty));
        let depth = match all_are(ParameterType::TextList) {
            Ok(()) => 2,
            Err(_) => all_are(ParameterType::Text).map(|()| 1)?,
        };
        Ok((followed.into_iter().map(|(steps, _)| steps).collect(), depth))
    }
}

/// A constant of `smithy.rules#staticContextParams`.
fn constant(value: &Value, wanted: ParameterType) -> Result<ParamSource, String> {
    let texts = |elements: &[Value]| elements.iter().map(|element| element.as_str().map(str::to_owned)).collect();
    match (value, wanted) {
        (Value::String(text), ParameterType::Text) => Some(ParamSource::Text(text.clone())),
        (Value::Bool(value), ParameterType::Bool) => Some(ParamSource::Bool(*value)),
        (Value::Array(elements), ParameterType::TextList) => {
            Option::<Vec<String>>::map(texts(elements), ParamSource::TextList)
        }
        _ => None,
    }
    .ok_or_else(|| format!("{value} is no value of an endpoint parameter that is {}", wanted.described()))
}

fn described(step: &PathStep) -> String {
    match step {
        PathStep::Member(name) => format!("the step `{name}`"),
        PathStep::Elements => "the step `[*]`".to_owned(),
        PathStep::Element(index) => format!("the step `[{index}]`"),
        PathStep::Values => "the step `*`".to_owned(),
        PathStep::Flatten => "the step `[]`".to_owned(),
        PathStep::Keys => "the function `keys`".to_owned(),
        PathStep::Select(_) => "a choice of several members".to_owned(),
    }
}

/// A key as a token of a JSON pointer.
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
