//! The parameters that an endpoint depends on.

use serde_json::Value;

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name in the rules: `UseFIPS`.
    pub name: String,
    /// Type of its value.
    pub ty: ParameterType,
    /// The value that it has where none is given.
    pub default: Option<Value>,
    /// The setting that fills it: `AWS::Region`.
    pub built_in: Option<String>,
    /// What the model says about it.
    pub documentation: Option<String>,
}

impl Parameter {
    /// Whether it always has a value.
    pub fn is_present(&self) -> bool {
        self.default.is_some()
    }
}

/// The types of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// `String`, `string` in newer models.
    Text,
    /// `Boolean`, `boolean`.
    Bool,
    /// `StringArray`, `stringArray`.
    TextList,
}

impl ParameterType {
    /// Its name with an article, for messages.
    pub fn described(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Bool => "a boolean",
            Self::TextList => "a list of strings",
        }
    }
}
