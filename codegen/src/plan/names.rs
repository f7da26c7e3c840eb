//! Names as Rust will have them: case, reserved words, collisions.
//!
//! The rules are those of AWS's own crates, so that code written for them finds
//! the same names.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that cannot be plain identifiers but can be raw ones.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot be identifiers in any form.
pub(super) const NEVER_RAW: &[&str] = &["crate", "self", "super", "Self", "_"];

/// Methods that builders have beside their setters.
const BUILDER_METHODS: &[&str] = &["build", "builder", "customize", "default", "presigned", "send"];

/// Types and traits that files of types use by their short names, so that a shape of
/// the same name is spelled with its path and defined under another.
const SHORT_NAMES_OF_TYPES: &[&str] = &[
    "AsRef",
    "Blob",
    "Box",
    "Builder",
    "Clone",
    "DateTime",
    "Default",
    "Document",
    "DraftBuilder",
    "Drafted",
    "Eq",
    "From",
    "HashMap",
    "Into",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "String",
    "Sync",
    "UnknownVariantValue",
    "Vec",
];

/// Types and traits that only other files use by their short names, so that a shape
/// of the same name is spelled with its path.
const SHORT_NAMES: &[&str] = &[
    "Call",
    "Client",
    "Config",
    "Debug",
    "Err",
    "Error",
    "Fluent",
    "Fn",
    "FnOnce",
    "Input",
    "IntoIterator",
    "Itemized",
    "Iterator",
    "None",
    "Ok",
    "Operation",
    "Paginated",
    "Paginator",
    "PaginatorItems",
    "Resizable",
    "Route",
    "SdkError",
    "Segment",
    "Some",
    "ToOwned",
    "ToString",
    "Unhandled",
];

/// An identifier, raw where the word is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    let word = name.strip_prefix("r#").unwrap_or(name);
    if KEYWORDS.contains(&word) { Ident::new_raw(word, Span::call_site()) } else { Ident::new(word, Span::call_site()) }
}

/// The field of a structure, and its accessor and setter.
pub(crate) fn field(member: &str) -> String {
    let name = snake(member);
    if BUILDER_METHODS.contains(&name.as_str()) { format!("{name}_value") } else { escape(name) }
}

/// The field of an exception, which has its metadata in `meta`.
pub(crate) fn exception_field(field: String) -> String {
    if field == "meta" { "meta_value".to_owned() } else { field }
}

/// A module or a client method.
pub(crate) fn snake(name: &str) -> String {
    let name = name.to_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() { format!("_{name}") } else { name }
}

/// The method of a client that calls an operation, and its module.
pub(crate) fn operation(name: &str) -> String {
    escape(snake(name))
}

/// The type of a structure, union, enum or operation.
pub(crate) fn type_name(name: &str) -> String {
    let name = name.to_upper_camel_case();
    if name == "Self" { "SelfValue".to_owned() } else { name }
}

/// The variant of an enum or a union.
pub(crate) fn variant(member: &str) -> String {
    let name = member.to_upper_camel_case();
    match name.as_str() {
        "Unknown" => "UnknownValue".to_owned(),
        "UnknownValue" => "UnknownValue_".to_owned(),
        "Self" => "SelfValue".to_owned(),
        "SelfValue" => "SelfValue_".to_owned(),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() => format!("_{name}"),
        _ => name,
    }
}

/// Whether a shape's type name would hide a name that emitted files rely on.
pub(crate) fn hides_short_name(name: &str) -> bool {
    SHORT_NAMES.contains(&name) || SHORT_NAMES_OF_TYPES.contains(&name)
}

/// The name under which a type is defined in its file. Where its own would hide a name that
/// the file relies on it has an underscore at its end, and the type is re-exported under its own.
pub(crate) fn definition(name: &str) -> String {
    if SHORT_NAMES_OF_TYPES.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// The variant of an error enum that holds an exception.
pub(crate) fn error_variant(exception: &str) -> String {
    if exception == "Unhandled" { "UnhandledValue".to_owned() } else { exception.to_owned() }
}

/// A method name made of a prefix and a field: `set_type` needs no escape.
pub(crate) fn prefixed(prefix: &str, field: &str) -> String {
    format!("{prefix}_{}", field.strip_prefix("r#").unwrap_or(field).trim_start_matches('_'))
}

fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn each(rule: fn(&str) -> String, names: &[&str]) -> String {
        names.iter().map(|name| format!("{name} -> {}\n", rule(name))).collect()
    }

    #[test]
    fn fields_are_snake_case_with_acronyms_as_words() {
        assert_snapshot!(each(field, &["stageArn", "xAmznErrorType", "userId", "S3BucketName", "hlsConfiguration", "VPCId", "ipv4Address"]), @r"
        stageArn -> stage_arn
        xAmznErrorType -> x_amzn_error_type
        userId -> user_id
        S3BucketName -> s3_bucket_name
        hlsConfiguration -> hls_configuration
        VPCId -> vpc_id
        ipv4Address -> ipv4_address
        ");
    }

    #[test]
    fn fields_that_are_keywords_or_builder_methods_are_escaped() {
        assert_snapshot!(each(field, &["type", "Self", "crate", "match", "send", "build", "2fa"]), @r"
        type -> r#type
        Self -> self_
        crate -> crate_
        match -> r#match
        send -> send_value
        build -> build_value
        2fa -> _2fa
        ");
    }

    #[test]
    fn variants_are_pascal_case_and_leave_unknown_free() {
        assert_snapshot!(each(variant, &["B_FRAME_PRESENT", "PUBLISH", "UNKNOWN", "self", "16X9", "multi-word"]), @r"
        B_FRAME_PRESENT -> BFramePresent
        PUBLISH -> Publish
        UNKNOWN -> UnknownValue
        self -> SelfValue
        16X9 -> _16x9
        multi-word -> MultiWord
        ");
    }

    #[test]
    fn types_are_pascal_case() {
        assert_snapshot!(each(type_name, &["S3Detail", "HTTPRequest", "stageSummary", "Self"]), @r"
        S3Detail -> S3Detail
        HTTPRequest -> HttpRequest
        stageSummary -> StageSummary
        Self -> SelfValue
        ");
    }

    #[test]
    fn definitions_leave_the_names_of_their_file_alone() {
        let definition = |name: &str| definition(name);
        assert_snapshot!(each(definition, &["Stage", "Option", "DateTime", "Error"]), @r"
        Stage -> Stage
        Option -> Option_
        DateTime -> DateTime_
        Error -> Error
        ");
    }

    #[test]
    fn prefixed_names_drop_escapes() {
        assert_eq!(prefixed("set", "r#type"), "set_type");
        assert_eq!(prefixed("get", "self_"), "get_self_");
    }
}
