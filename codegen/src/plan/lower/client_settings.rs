//! Settings of the client that fill parameters of the endpoint rules and do nothing else.

use super::planner::Planner;
use crate::model::endpoint::{EndpointRules, Parameter, ParameterType};
use crate::model::traits::id;
use crate::plan::docs::{self, Docs};
use crate::plan::endpoint::{BuiltIn, ClientSetting, Outside};
use crate::plan::names::{self, field, is_method_of_config, prefixed};
use crate::report::Diagnostic;

impl Planner<'_> {
    /// The settings that the service has of its own. Tells of those that the rules do not know, and of those that cannot be
    /// called as they should.
    pub(super) fn client_settings(&mut self, rules: &EndpointRules, are_of_model: bool) -> Vec<ClientSetting> {
        // Rules that stand for those of a model name their settings themselves.
        let usual: &[&str] = if are_of_model { &[] } else { self.customization.fallback_params() };
        let usual = rules.parameters.iter().filter(|parameter| usual.contains(&parameter.name.as_str()));
        let params = self.model.service.client_context_params.iter().chain(usual);
        let mut found = Vec::new();
        for param in params {
            match setting(param, rules) {
                Ok(setting) => found.extend(setting),
                Err(Refusal { message, hint, is_problem }) => self.tell(&param.name, message, hint, is_problem),
            }
        }
        found
    }

    /// Tells of a parameter where the trait has it.
    fn tell(&mut self, name: &str, message: String, hint: &str, is_problem: bool) {
        let mut told = Diagnostic::of_shape(self.model.service.id.as_str(), message, hint);
        told.pointer.push_str(&format!("/traits/{}/{name}", id::CLIENT_CONTEXT_PARAMS));
        if is_problem { self.problems.push(told) } else { self.warnings.push(told) }
    }
}

/// Why there is no setting.
struct Refusal {
    message: String,
    hint: &'static str,
    /// The client would be wrong, and not only without it.
    is_problem: bool,
}

/// The setting of a parameter; `None` where the client has it already.
fn setting(param: &Parameter, rules: &EndpointRules) -> Result<Option<ClientSetting>, Refusal> {
    let name = &param.name;
    let refused = |message, hint, is_problem| Err(Refusal { message, hint, is_problem });
    let Some(parameter) = rules.parameters.iter().find(|parameter| parameter.name == *name) else {
        let message = format!("the endpoint rules have no parameter {name}");
        return refused(message, "it has no effect on the client; correct its name", false);
    };
    if parameter.built_in.as_deref().and_then(BuiltIn::of).is_some() {
        return Ok(None);
    }
    if parameter.ty != param.ty {
        let message = format!("the parameter {name} has another type in the endpoint rules");
        return refused(message, "give both the same type", true);
    }
    let field = field(name);
    let set = prefixed("set", &field);
    if is_method_of_config(names::bare(&field)) || is_method_of_config(&set) {
        let message = format!("every configuration has a method `{field}` already");
        return refused(message, "give the parameter another name", true);
    }
    Ok(Some(ClientSetting {
        name: name.clone(),
        built_in: parameter.built_in.clone(),
        kept: format!("{}Param", names::type_name(name)),
        field,
        set,
        ty: param.ty,
        outside: Outside::of(name).filter(|_| param.ty != ParameterType::TextList),
        docs: documented(param),
    }))
}

/// What the model says about a parameter, or a sentence that claims nothing.
fn documented(param: &Parameter) -> docs::Lines {
    let docs = docs::render(param.documentation.as_deref().unwrap_or_default(), &|_| None);
    match docs.lines.is_empty() {
        true => Docs::plain(&format!("The parameter {} of the endpoint rules.", docs::code(&param.name))).lines,
        false => docs.lines,
    }
}
