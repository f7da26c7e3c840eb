//! Endpoint parameters that operations fill: constants, members and paths into the input.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::jmespath::Type;
use super::planner::Planner;
use crate::model::Operation;
use crate::model::endpoint::{EndpointRules, ParameterType};
use crate::model::jmespath::Step;
use crate::model::traits::id;
use crate::plan::endpoint::{OperationArm, ParamSource, Setting};
use crate::plan::jmespath::Place;
use crate::plan::names::{field, prefixed};

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
                fits(&planner.type_of_shape(&member.target), ty)?;
                Ok(ParamSource::Input(ty, vec![Step::Name(Place::Member(index))]))
            }));
        }
        for (parameter, path) in &operation.operation_context_params {
            let pointer = format!("/traits/{}/{}/path", id::OPERATION_CONTEXT_PARAMS, escape(parameter));
            let named = Named { operation, parameter, pointer, member: None };
            settings.extend(self.setting(rules, &named, |planner, ty| {
                let input = operation.input.as_ref().ok_or("the operation has no input")?;
                let (path, found) = planner.expression(&Type::Shape(input), &path.steps)?;
                fits(&found, ty)?;
                Ok(ParamSource::Input(ty, path))
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
}

/// Whether what was found is a value of a parameter's type.
fn fits(found: &Type<'_>, wanted: ParameterType) -> Result<(), String> {
    let is = match found {
        Type::Text => Some(ParameterType::Text),
        Type::Boolean => Some(ParameterType::Bool),
        Type::List(inner) if **inner == Type::Text => Some(ParameterType::TextList),
        _ => None,
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

/// A key as a token of a JSON pointer.
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
