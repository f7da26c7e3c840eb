//! The types of the rules language, and what its functions take and give.
//!
//! From the specification of Smithy's rules engine: its standard library and that of AWS.

use std::fmt;

use super::endpoint::{Parameter, ParameterType};

/// A type of the rules language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    Text,
    Bool,
    Integer,
    TextList,
    Partition,
    Url,
    Arn,
    Option(Box<Ty>),
}

impl Ty {
    /// This, or nothing.
    pub(crate) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// The type without the option around it.
    pub(crate) fn present(self) -> Self {
        match self {
            Self::Option(inner) => *inner,
            ty => ty,
        }
    }

    /// The type of a parameter's value.
    pub(crate) fn of(parameter: &Parameter) -> Self {
        let ty = match parameter.ty {
            ParameterType::Text => Self::Text,
            ParameterType::Bool => Self::Bool,
            ParameterType::TextList => Self::TextList,
        };
        if parameter.is_present() { ty } else { ty.optional() }
    }

    /// The type of what an attribute such as `dnsSuffix` or `resourceId[0]` leads to.
    ///
    /// # Errors
    /// A sentence about an attribute that values of this type do not have.
    pub(crate) fn attribute(&self, path: &str) -> Result<Self, String> {
        let (name, index) = split_index(path)?;
        let ty = match (self, name) {
            (Self::TextList, "") if index.is_some() => Self::TextList,
            (Self::Partition, "name" | "dnsSuffix" | "dualStackDnsSuffix" | "implicitGlobalRegion") => Self::Text,
            (Self::Partition, "supportsFIPS" | "supportsDualStack") => Self::Bool,
            (Self::Url, "scheme" | "authority" | "path" | "normalizedPath") => Self::Text,
            (Self::Url, "isIp") => Self::Bool,
            (Self::Arn, "partition" | "service" | "region" | "accountId") => Self::Text,
            (Self::Arn, "resourceId") => Self::TextList,
            _ => return Err(format!("there is no attribute `{path}` on {self}")),
        };
        match (index, ty) {
            (None, ty) => Ok(ty),
            (Some(_), Self::TextList) => Ok(Self::Text.optional()),
            (Some(_), ty) => Err(format!("`{path}` has an index, and `{name}` is {ty}")),
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

/// The name of an attribute, and the index behind it.
///
/// # Errors
/// When the index is not a whole number in brackets.
pub(crate) fn split_index(path: &str) -> Result<(&str, Option<usize>), String> {
    let Some((name, index)) = path.split_once('[') else { return Ok((path, None)) };
    let index = index.strip_suffix(']').and_then(|index| index.parse().ok());
    index.map(|index| (name, Some(index))).ok_or_else(|| format!("`{path}` has an index that is not a number"))
}

/// What a function takes at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
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

/// What a function takes and gives; `None` for one that nobody knows.
///
/// What `getAttr` gives depends on what it is given.
pub(crate) fn function(name: &str) -> Option<(&'static [Takes], Ty)> {
    use Takes::{Any, Bool, Count, Path, PlainBool, Text};
    Some(match name {
        "isSet" => (&[Any], Ty::Bool),
        "not" => (&[Bool], Ty::Bool),
        "booleanEquals" => (&[Bool, Bool], Ty::Bool),
        "stringEquals" => (&[Text, Text], Ty::Bool),
        "getAttr" => (&[Any, Path], Ty::Text),
        "aws.partition" => (&[Text], Ty::Partition.optional()),
        "aws.parseArn" => (&[Text], Ty::Arn.optional()),
        "parseURL" => (&[Text], Ty::Url.optional()),
        "isValidHostLabel" => (&[Text, PlainBool], Ty::Bool),
        "aws.isVirtualHostableS3Bucket" => (&[Text, PlainBool], Ty::Bool),
        "substring" => (&[Text, Count, Count, PlainBool], Ty::Text.optional()),
        "uriEncode" => (&[Text], Ty::Text),
        "split" => (&[Text, Text, Count], Ty::TextList),
        _ => return None,
    })
}

/// Names of the functions, for hints.
pub(crate) const FUNCTIONS: [&str; 13] = [
    "aws.isVirtualHostableS3Bucket",
    "aws.parseArn",
    "aws.partition",
    "booleanEquals",
    "getAttr",
    "isSet",
    "isValidHostLabel",
    "not",
    "parseURL",
    "split",
    "stringEquals",
    "substring",
    "uriEncode",
];

/// The type of a built-in value that the client fills in, by its name in the model.
///
/// The other half of the answer is whether a client has a setting behind it.
pub(crate) fn built_in(name: &str) -> Option<(ParameterType, bool)> {
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
    use super::{FUNCTIONS, Ty, function};

    #[test]
    fn every_function_that_hints_name_is_known() {
        for name in FUNCTIONS {
            assert!(function(name).is_some(), "{name}");
        }
    }

    #[test]
    fn attributes_lead_to_what_the_specification_says() {
        let list = Ty::Arn.attribute("resourceId").expect("an attribute of ARNs");
        assert_eq!(list.attribute("[0]"), Ok(Ty::Text.optional()));
        assert_eq!(Ty::Arn.attribute("resourceId[2]"), Ok(Ty::Text.optional()));
        let problems = [
            Ty::Partition.attribute("color"),
            Ty::Arn.attribute("region[0]"),
            Ty::Arn.attribute("resourceId[x]"),
            Ty::Arn.attribute("resourceId[-1]"),
            Ty::Text.attribute("name"),
            Ty::TextList.attribute(""),
            Ty::Url.optional().attribute("path"),
        ];
        let problems = problems.map(|problem| problem.expect_err("no attribute"));
        insta::assert_snapshot!(problems.join("\n"), @r"
        there is no attribute `color` on a partition
        `region[0]` has an index, and `region` is a string
        `resourceId[x]` has an index that is not a number
        `resourceId[-1]` has an index that is not a number
        there is no attribute `name` on a string
        there is no attribute `` on a list of strings
        there is no attribute `path` on a URL that may be absent
        ");
    }
}
