//! The module `config::endpoint` as Rust will have it: parameters, what fills them, and the rules.
//!
//! The rules are Rust in small: [`rust`] has the expressions, [`expression`](mod@expression) makes them of those of the rules
//! language, [`tree`] makes nested `if`s of rules, [`diagram`] a table and two `match`es of a decision diagram.

pub(crate) mod diagram;
pub(crate) mod expression;
pub(crate) mod rust;
pub(crate) mod tree;

use std::collections::BTreeSet;

use serde_json::Value;

use self::diagram::{DiagramPlan, SlotType};
use self::rust::{Ending, RuntimeFunction, RustExpr};
use self::tree::{Block, Place};
use super::docs::{self, Docs, Lines};
use super::jmespath::{self, Path};
use super::names::{field, prefixed};
use crate::model::endpoint::{self as model, Decision, EndpointRules, ParameterType};

/// The module `config::endpoint`.
#[derive(Debug, Default)]
pub(crate) struct EndpointPlan {
    pub(crate) parameters: Vec<Parameter>,
    /// Settings of the client that fill parameters and do nothing else.
    pub(crate) client_settings: Vec<ClientSetting>,
    /// What operations fill parameters with, those together that fill them alike.
    pub(crate) operations: Vec<OperationArm>,
    pub(crate) resolve: Resolve,
    /// The parameter that has to be part of a host name, which its builder checks: the region, unless rules ask that.
    pub(crate) host_label: Option<String>,
    /// Ways to authenticate that endpoints ask for, by the names of the rules.
    pub(crate) auth_schemes: BTreeSet<String>,
    /// What resolving needs.
    pub(crate) needs: Needs,
}

/// What the rules need beside themselves.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// They look at the parameters.
    pub(crate) params: bool,
    /// Paths of what they import from the runtime and the standard library.
    pub(crate) uses: BTreeSet<&'static str>,
}

/// How an endpoint follows from parameters.
#[derive(Debug)]
pub(crate) enum Resolve {
    /// By nested `if`s.
    Tree(Block),
    /// By a diagram.
    Diagram(DiagramPlan),
}

impl Default for Resolve {
    fn default() -> Self {
        Self::Tree(Block::default())
    }
}

/// A parameter of the rules.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// Name in the rules: `UseFIPS`.
    pub(crate) name: String,
    /// The field, its accessor and its setter.
    pub(crate) field: String,
    /// The setter that takes an option.
    pub(crate) set: String,
    pub(crate) ty: ParameterType,
    /// The value that it has where none is given.
    pub(crate) default: Option<DefaultValue>,
    pub(crate) docs: Lines,
    pub(crate) built_in: Option<BuiltIn>,
}

/// A setting of the client that fills a parameter (`smithy.rules#clientContextParams`).
#[derive(Debug)]
pub(crate) struct ClientSetting {
    /// Name of the parameter in the rules: `ForcePathStyle`.
    pub(crate) name: String,
    /// The built-in that the parameter is called by where tests tell of it: `AWS::S3::ForcePathStyle`.
    pub(crate) built_in: Option<String>,
    /// The setter of the configuration, and the function that reads what it keeps.
    pub(crate) field: String,
    /// The setter that takes an option, of the configuration and of the parameters.
    pub(crate) set: String,
    /// The type that keeps the value.
    pub(crate) kept: String,
    pub(crate) ty: ParameterType,
    /// Where it is read from outside the program, if the program does not set it.
    pub(crate) outside: Option<Outside>,
    pub(crate) docs: Lines,
}

/// What of a client fills a parameter.
pub(crate) enum ClientSource<'a> {
    /// A function of the runtime that reads a setting of every client.
    BuiltIn(&'static str),
    /// A setting that the service alone has.
    Setting(&'a ClientSetting),
}

/// Where a setting is read from outside a program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outside {
    /// The variable of the environment.
    pub(crate) variable: &'static str,
    /// The key of a profile.
    pub(crate) key: &'static str,
}

impl Outside {
    /// That of a parameter of the rules. No trait tells: these are the parameters for which AWS's own crates have one.
    pub(crate) fn of(parameter: &str) -> Option<Self> {
        let (variable, key) = match parameter {
            "DisableS3ExpressSessionAuth" => ("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "s3_disable_express_session_auth"),
            _ => return None,
        };
        Some(Self { variable, key })
    }
}

/// The value of a parameter that is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DefaultValue {
    Bool(bool),
    Text(String),
    TextList(Vec<String>),
}

/// Settings of a client that fill parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuiltIn {
    Region,
    UseDualStack,
    UseFips,
    Endpoint,
    /// Known only when a call has its credentials.
    AccountId,
    AccountIdEndpointMode,
}

impl BuiltIn {
    /// The setting behind a name of the model; `None` where a client has none.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "AWS::Region" => Self::Region,
            "AWS::UseDualStack" => Self::UseDualStack,
            "AWS::UseFIPS" => Self::UseFips,
            "SDK::Endpoint" => Self::Endpoint,
            "AWS::Auth::AccountId" => Self::AccountId,
            "AWS::Auth::AccountIdEndpointMode" => Self::AccountIdEndpointMode,
            _ => return None,
        })
    }

    /// The function of the runtime that reads it.
    fn reader(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::UseDualStack => "use_dual_stack",
            Self::UseFips => "use_fips",
            Self::Endpoint => "endpoint_url",
            Self::AccountId => "account_id",
            Self::AccountIdEndpointMode => "account_id_endpoint_mode",
        }
    }

    /// The path of that function.
    fn path(self) -> &'static str {
        match self {
            Self::Region => "smithy_client_runtime::endpoint::region",
            Self::UseDualStack => "smithy_client_runtime::endpoint::use_dual_stack",
            Self::UseFips => "smithy_client_runtime::endpoint::use_fips",
            Self::Endpoint => "smithy_client_runtime::endpoint::endpoint_url",
            Self::AccountId => "smithy_client_runtime::endpoint::account_id",
            Self::AccountIdEndpointMode => "smithy_client_runtime::endpoint::account_id_endpoint_mode",
        }
    }
}

impl Parameter {
    fn of(parameter: &model::Parameter) -> Self {
        let field = field(&parameter.name);
        Self {
            name: parameter.name.clone(),
            set: prefixed("set", &field),
            field,
            ty: parameter.ty,
            default: parameter.default.as_ref().map(|value| default_value(value, parameter.ty)),
            docs: parameter_docs(&parameter.name, parameter.documentation.as_deref().unwrap_or_default()),
            built_in: parameter.built_in.as_deref().and_then(BuiltIn::of),
        }
    }

    /// Whether it always has a value.
    pub(crate) fn is_present(&self) -> bool {
        self.default.is_some()
    }
}

/// A default, which has the type of its parameter, as was checked.
fn default_value(value: &Value, ty: ParameterType) -> DefaultValue {
    match ty {
        ParameterType::Bool => DefaultValue::Bool(value == true),
        ParameterType::Text => DefaultValue::Text(value.as_str().unwrap_or_default().to_owned()),
        ParameterType::TextList => {
            let elements = value.as_array().into_iter().flatten();
            DefaultValue::TextList(elements.filter_map(Value::as_str).map(str::to_owned).collect())
        }
    }
}

/// What the rules say about a parameter, or a sentence that claims nothing.
fn parameter_docs(name: &str, text: &str) -> Lines {
    let docs = docs::render(text, &|_| None);
    if docs.lines.is_empty() {
        return Docs::plain(&format!("The parameter {} of the rules.", docs::code(name))).lines;
    }
    docs.lines
}

/// Operations that fill parameters alike.
#[derive(Debug, PartialEq)]
pub(crate) struct OperationArm {
    /// Names of the operations in the model.
    pub(crate) operations: Vec<String>,
    pub(crate) settings: Vec<Setting>,
}

/// A parameter that operations fill.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    /// The setter that takes an option.
    pub(crate) set: String,
    pub(crate) source: ParamSource,
}

/// Where an operation takes the value of a parameter from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ParamSource {
    /// A constant (`smithy.rules#staticContextParams`).
    Text(String),
    /// A constant (`smithy.rules#staticContextParams`).
    Bool(bool),
    /// A constant (`smithy.rules#staticContextParams`).
    TextList(Vec<String>),
    /// What a path into the input leads to (`smithy.rules#contextParam`, `smithy.rules#operationContextParams`).
    Input(ParameterType, Path),
}

impl EndpointPlan {
    /// The plan of rules, with what operations fill.
    ///
    /// # Errors
    /// A sentence about the first expression that cannot be written in Rust.
    pub(crate) fn of(rules: &EndpointRules, operations: Vec<OperationArm>) -> Result<Self, String> {
        let resolve = match &rules.decision {
            Decision::Tree(tree) => Resolve::Tree(tree::body(rules, tree)?),
            Decision::Diagram(diagram) => diagram::body(rules, diagram)?.map_or_else(Resolve::Tree, Resolve::Diagram),
        };
        let parameters = rules.parameters.iter().map(Parameter::of).collect();
        let mut plan = Self { parameters, operations, resolve, ..Self::default() };
        let region = plan.filled_by(BuiltIn::Region).filter(|region| !rules.ask_for_host_label(&region.name));
        plan.host_label = region.map(|region| region.field.clone());
        plan.auth_schemes = rules.auth_schemes().into_iter().map(str::to_owned).collect();
        plan.needs = plan.needs();
        Ok(plan)
    }

    /// The parameter that takes a setting.
    fn filled_by(&self, built_in: BuiltIn) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.built_in == Some(built_in))
    }

    /// The parameter that takes the account of the credentials, which are found after all other parameters.
    pub(crate) fn filled_by_account(&self) -> Option<&Parameter> {
        self.filled_by(BuiltIn::AccountId)
    }

    /// What fills a parameter before a call has its credentials, if the client does.
    pub(crate) fn setting_of_client(&self, parameter: &Parameter) -> Option<ClientSource<'_>> {
        let of_service = self.client_settings.iter().find(|setting| setting.set == parameter.set);
        let built_in = parameter.built_in.filter(|built_in| *built_in != BuiltIn::AccountId);
        of_service
            .map(ClientSource::Setting)
            .or_else(|| built_in.map(|built_in| ClientSource::BuiltIn(built_in.reader())))
    }

    /// Whether the function that fills parameters looks at the settings of the client.
    pub(crate) fn reads_settings(&self) -> bool {
        self.parameters.iter().any(|parameter| self.setting_of_client(parameter).is_some())
    }

    /// The parameter that a setter sets.
    pub(crate) fn set_by(&self, set: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.set == set)
    }

    /// Whether endpoints can be those of the account whose credentials sign a call.
    pub(crate) fn has_account_id_mode(&self) -> bool {
        self.filled_by(BuiltIn::AccountIdEndpointMode).is_some()
    }

    /// Whether some operation fills a parameter from its input.
    pub(crate) fn reads_input(&self) -> bool {
        self.inputs().next().is_some()
    }

    /// What is read from inputs: types and paths.
    fn inputs(&self) -> impl Iterator<Item = (ParameterType, &Path)> {
        let settings = self.operations.iter().flat_map(|arm| &arm.settings);
        settings.filter_map(|setting| match &setting.source {
            ParamSource::Input(ty, path) => Some((*ty, path)),
            _ => None,
        })
    }

    fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        match &self.resolve {
            Resolve::Tree(block) => needs.of_block(block),
            Resolve::Diagram(diagram) => needs.of_diagram(diagram),
        }
        needs.uses.extend(self.parameters.iter().filter_map(|parameter| Some(parameter.built_in?.path())));
        if self.host_label.is_some() {
            needs.uses.insert(FUNCTIONS);
            needs.uses.insert("smithy_client_runtime::endpoint::invalid_params");
        }
        for (ty, path) in self.inputs() {
            for name in jmespath::types(path) {
                needs.uses.insert(match name {
                    "Comparator" => "smithy_client_runtime::jmespath::Comparator",
                    "Function" => "smithy_client_runtime::jmespath::Function",
                    _ => "smithy_client_runtime::jmespath::Step",
                });
            }
            needs.uses.insert(match ty {
                ParameterType::Text => "smithy_client_runtime::endpoint::input::text",
                ParameterType::Bool => "smithy_client_runtime::endpoint::input::flag",
                ParameterType::TextList => "smithy_client_runtime::endpoint::input::texts",
            });
        }
        needs
    }
}

const FUNCTIONS: &str = "smithy_client_runtime::endpoint::functions";

const NO_RULE: &str = "smithy_client_runtime::endpoint::no_rule";

const PARTITION: &str = "smithy_client_runtime::endpoint::partition::partition";

impl Needs {
    fn of_block(&mut self, block: &Block) {
        block.walk(&mut |place| match place {
            Place::Operand(value) => value.walk(&mut |value| self.of_expression(value)),
            Place::End(ending) => self.of_ending(ending),
        });
    }

    fn of_diagram(&mut self, diagram: &DiagramPlan) {
        self.params = true;
        self.uses.insert(NO_RULE);
        self.uses.insert("smithy_client_runtime::endpoint::decide");
        for condition in &diagram.conditions {
            condition.value().walk(&mut |value| self.of_expression(value));
        }
        diagram.results.iter().for_each(|result| self.of_block(result));
        if diagram.cells > 0 {
            self.uses.insert("std::cell::OnceCell");
        }
        for slot in &diagram.slots {
            match slot.ty {
                SlotType::Partition => drop(self.uses.insert("smithy_client_runtime::endpoint::partition::Partition")),
                SlotType::Url | SlotType::Arn => drop(self.uses.insert(FUNCTIONS)),
                SlotType::Text | SlotType::Bool | SlotType::Integer | SlotType::TextList => {}
            }
        }
    }

    fn of_ending(&mut self, ending: &Ending) {
        ending.walk(&mut |value| self.of_expression(value));
        match ending {
            Ending::NoRule => drop(self.uses.insert(NO_RULE)),
            Ending::Error(_) => drop(self.uses.insert("smithy_client_runtime::endpoint::refuse")),
            Ending::Url(_) => drop(self.uses.insert("smithy_client_runtime::endpoint::at")),
            Ending::Endpoint { properties, .. } => {
                self.uses.insert("smithy_client_runtime::endpoint::at_with");
                if !properties.is_empty() {
                    self.uses.insert("smithy_client_runtime::endpoint::Property");
                }
            }
        }
    }

    fn of_expression(&mut self, value: &RustExpr) {
        match value {
            RustExpr::Param(_) => self.params = true,
            RustExpr::Function(RuntimeFunction::Partition, _) => drop(self.uses.insert(PARTITION)),
            RustExpr::Function(..) => drop(self.uses.insert(FUNCTIONS)),
            _ => {}
        }
    }
}
