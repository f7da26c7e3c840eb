//! The types of the rules language, and what its functions take and give.
//!
//! From the specification of Smithy's rules engine: its standard library and that of AWS.

use std::fmt;

use super::parameter::{Parameter, ParameterType};
use super::template::AttributeStep;

/// A type of the rules language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// A string.
    Text,
    /// A boolean.
    Bool,
    /// A whole number.
    Integer,
    /// A list of strings.
    TextList,
    /// What `aws.partition` gives.
    Partition,
    /// What `parseURL` gives.
    Url,
    /// What `aws.parseArn` gives.
    Arn,
    /// A value, or none.
    Option(Box<Ty>),
}

impl Ty {
    /// This, or nothing.
    pub fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// The type without the option around it.
    pub fn present(self) -> Self {
        match self {
            Self::Option(inner) => *inner,
            ty => ty,
        }
    }

    /// Whether there may be no value.
    pub fn is_optional(&self) -> bool {
        matches!(self, Self::Option(_))
    }

    /// The type of a parameter's value.
    pub fn of(parameter: &Parameter) -> Self {
        let ty = match parameter.ty {
            ParameterType::Text => Self::Text,
            ParameterType::Bool => Self::Bool,
            ParameterType::TextList => Self::TextList,
        };
        if parameter.is_present() { ty } else { ty.optional() }
    }

    /// The type of what a step such as `dnsSuffix` or `resourceId[0]` leads to.
    ///
    /// # Errors
    /// A sentence about an attribute that values of this type do not have.
    pub fn attribute(&self, step: &AttributeStep) -> Result<Self, String> {
        let ty = match (self, step.key.as_str()) {
            (Self::TextList, "") if step.index.is_some() => Self::TextList,
            (Self::Partition, "name" | "dnsSuffix" | "dualStackDnsSuffix" | "implicitGlobalRegion") => Self::Text,
            (Self::Partition, "supportsFIPS" | "supportsDualStack") => Self::Bool,
            (Self::Url, "scheme" | "authority" | "path" | "normalizedPath") => Self::Text,
            (Self::Url, "isIp") => Self::Bool,
            (Self::Arn, "partition" | "service" | "region" | "accountId") => Self::Text,
            (Self::Arn, "resourceId") => Self::TextList,
            _ => return Err(format!("there is no attribute `{step}` on {self}")),
        };
        match (step.index, ty) {
            (None, ty) => Ok(ty),
            (Some(_), Self::TextList) => Ok(Self::Text.optional()),
            (Some(_), ty) => Err(format!("`{step}` has an index, and `{}` is {ty}", step.key)),
        }
    }
}

/// With an article, for messages.
impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a string",
            Self::Bool => "a boolean",
            Self::Integer => "a number",
            Self::TextList => "a list of strings",
            Self::Partition => "a partition",
            Self::Url => "a URL",
            Self::Arn => "an ARN",
            Self::Option(inner) => return write!(f, "{inner} that may be absent"),
        })
    }
}

/// What a function takes at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A string; an absent one is empty.
    Text,
    /// A boolean; an absent one is neither true nor false.
    Bool,
    /// A boolean that is there.
    PlainBool,
    /// A whole number, written as such and not negative.
    Count,
    /// Anything.
    Any,
    /// The attribute that is looked for.
    Path,
}

/// The functions of the rules language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `aws.isVirtualHostableS3Bucket`.
    IsVirtualHostableS3Bucket,
    /// `aws.parseArn`.
    ParseArn,
    /// `aws.partition`.
    Partition,
    /// `booleanEquals`.
    BooleanEquals,
    /// `coalesce`: the first of its arguments that is there.
    Coalesce,
    /// `getAttr`.
    GetAttr,
    /// `isSet`.
    IsSet,
    /// `isValidHostLabel`.
    IsValidHostLabel,
    /// `ite`: one of two values, by a boolean.
    Ite,
    /// `not`.
    Not,
    /// `parseURL`.
    ParseUrl,
    /// `split`.
    Split,
    /// `stringEquals`.
    StringEquals,
    /// `substring`.
    Substring,
    /// `uriEncode`.
    UriEncode,
}

/// The functions by their names in rules.
const FUNCTIONS: [(&str, Function); 15] = [
    ("aws.isVirtualHostableS3Bucket", Function::IsVirtualHostableS3Bucket),
    ("aws.parseArn", Function::ParseArn),
    ("aws.partition", Function::Partition),
    ("booleanEquals", Function::BooleanEquals),
    ("coalesce", Function::Coalesce),
    ("getAttr", Function::GetAttr),
    ("isSet", Function::IsSet),
    ("isValidHostLabel", Function::IsValidHostLabel),
    ("ite", Function::Ite),
    ("not", Function::Not),
    ("parseURL", Function::ParseUrl),
    ("split", Function::Split),
    ("stringEquals", Function::StringEquals),
    ("substring", Function::Substring),
    ("uriEncode", Function::UriEncode),
];

impl Function {
    /// The function of this name; `None` for one that nobody knows.
    pub fn of(name: &str) -> Option<Self> {
        FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// Its name in rules.
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// The names of all, for hints.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FUNCTIONS.iter().map(|(name, _)| *name)
    }

    /// What it takes at each position. `coalesce` takes more of its last.
    pub fn takes(self) -> &'static [Takes] {
        use Takes::{Any, Bool, Count, Path, PlainBool, Text};
        match self {
            Self::IsSet => &[Any],
            Self::Not => &[Bool],
            Self::BooleanEquals => &[Bool, Bool],
            Self::StringEquals => &[Text, Text],
            Self::GetAttr => &[Any, Path],
            Self::Coalesce => &[Any, Any],
            Self::Ite => &[PlainBool, Any, Any],
            Self::Partition | Self::ParseArn | Self::ParseUrl | Self::UriEncode => &[Text],
            Self::IsValidHostLabel | Self::IsVirtualHostableS3Bucket => &[Text, PlainBool],
            Self::Substring => &[Text, Count, Count, PlainBool],
            Self::Split => &[Text, Text, Count],
        }
    }

    /// What it gives for arguments of these types; `None` where they have to be of one type and are not.
    pub fn gives(self, arguments: &[Ty]) -> Option<Ty> {
        Some(match self {
            Self::IsSet
            | Self::Not
            | Self::BooleanEquals
            | Self::StringEquals
            | Self::IsValidHostLabel
            | Self::IsVirtualHostableS3Bucket => Ty::Bool,
            // What it gives depends on its path, which is checked by itself.
            Self::GetAttr | Self::UriEncode => Ty::Text,
            Self::Partition => Ty::Partition.optional(),
            Self::ParseArn => Ty::Arn.optional(),
            Self::ParseUrl => Ty::Url.optional(),
            Self::Substring => Ty::Text.optional(),
            Self::Split => Ty::TextList,
            Self::Coalesce => {
                let ty = same(arguments)?;
                if arguments.iter().all(Ty::is_optional) { ty.optional() } else { ty }
            }
            Self::Ite => {
                let branches = arguments.get(1..)?;
                let ty = same(branches)?;
                if branches.iter().any(Ty::is_optional) { ty.optional() } else { ty }
            }
        })
    }
}

/// The one type that all of these are, apart from being optional.
fn same(types: &[Ty]) -> Option<Ty> {
    let first = types.first()?.clone().present();
    types.iter().all(|ty| ty.clone().present() == first).then_some(first)
}

/// The type of a built-in value that the client fills in, by its name in the model.
///
/// The other half of the answer is whether a client has a setting behind it.
pub fn built_in(name: &str) -> Option<(ParameterType, bool)> {
    use ParameterType::{Bool, Text};
    Some(match name {
        "AWS::Region" | "SDK::Endpoint" | "AWS::Auth::AccountId" | "AWS::Auth::AccountIdEndpointMode" => (Text, true),
        "AWS::UseDualStack" | "AWS::UseFIPS" => (Bool, true),
        "AWS::Auth::CredentialScope" => (Text, false),
        "AWS::S3::Accelerate"
        | "AWS::S3::DisableMultiRegionAccessPoints"
        | "AWS::S3::DisableS3ExpressSessionAuth"
        | "AWS::S3::ForcePathStyle"
        | "AWS::S3::UseArnRegion"
        | "AWS::S3::UseGlobalEndpoint"
        | "AWS::S3Control::UseArnRegion"
        | "AWS::STS::UseGlobalEndpoint" => (Bool, false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Function, Ty};
    use crate::model::endpoint::template::AttributePath;

    fn attribute(ty: &Ty, path: &str) -> Result<Ty, String> {
        let path = AttributePath::parse(path).expect("well formed");
        path.0.iter().try_fold(ty.clone(), |ty, step| ty.attribute(step))
    }

    #[test]
    fn every_function_is_known_by_its_name() {
        for name in Function::names() {
            assert_eq!(Function::of(name).map(Function::name), Some(name));
        }
    }

    #[test]
    fn attributes_lead_to_what_the_specification_says() {
        let list = attribute(&Ty::Arn, "resourceId").expect("an attribute of ARNs");
        assert_eq!(attribute(&list, "[0]"), Ok(Ty::Text.optional()));
        assert_eq!(attribute(&list, "[-1]"), Ok(Ty::Text.optional()));
        assert_eq!(attribute(&Ty::Arn, "resourceId[2]"), Ok(Ty::Text.optional()));
        let problems = [
            attribute(&Ty::Partition, "color"),
            attribute(&Ty::Arn, "region[0]"),
            attribute(&Ty::Text, "name"),
            attribute(&Ty::TextList, ""),
            attribute(&Ty::Url.optional(), "path"),
        ];
        let problems = problems.map(|problem| problem.expect_err("no attribute"));
        insta::assert_snapshot!(problems.join("\n"), @r"
        there is no attribute `color` on a partition
        `region[0]` has an index, and `region` is a string
        there is no attribute `name` on a string
        there is no attribute `` on a list of strings
        there is no attribute `path` on a URL that may be absent
        ");
    }

    #[test]
    fn a_choice_is_optional_as_the_specification_says() {
        let (text, optional) = (Ty::Text, Ty::Text.optional());
        let coalesce = |types: [&Ty; 2]| Function::Coalesce.gives(&types.map(Ty::clone));
        assert_eq!(coalesce([&optional, &text]), Some(Ty::Text));
        assert_eq!(coalesce([&optional, &optional]), Some(optional.clone()));
        assert_eq!(coalesce([&text, &Ty::Bool]), None);
        let ite = |types: [&Ty; 2]| Function::Ite.gives(&[Ty::Bool, types[0].clone(), types[1].clone()]);
        assert_eq!(ite([&text, &text]), Some(Ty::Text));
        assert_eq!(ite([&optional, &text]), Some(optional.clone()));
        assert_eq!(ite([&text, &Ty::Integer]), None);
    }
}
