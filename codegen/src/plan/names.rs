//! Names as Rust will have them: case, reserved words, collisions.
//!
//! The rules are those of AWS's own crates, so that code written for them finds
//! the same names.

mod case;
mod members;
mod operation;
mod waiter;
mod words;

use proc_macro2::Literal;

pub use members::field;
pub(crate) use members::{MemberNames, members, prefixed};
pub(crate) use operation::OperationNames;
pub(crate) use waiter::WaiterNames;
pub use waiter::waiter_method;
pub(super) use words::{KEYWORDS, NEVER_RAW};
pub(crate) use words::{bare, escape, is_keyword, snake};

/// What emitted endpoint rules call by these names: their argument, functions and modules of the runtime, macros, the
/// argument of a closure.
const NAMES_OF_RULES: &[&str] =
    &["at", "at_with", "format", "functions", "kept", "no_rule", "params", "partition", "refuse", "text", "vec"];

/// Types and traits that files of types use by their short names, so that a shape of
/// the same name is spelled with its path and defined under another.
const SHORT_NAMES_OF_TYPES: &[&str] = &[
    "AsRef",
    "BigDecimal",
    "BigInteger",
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
    "Xml",
];

/// Types and traits that only other files use by their short names, so that a shape
/// of the same name is spelled with its path.
const SHORT_NAMES: &[&str] = &[
    "ByteStream",
    "Call",
    "Client",
    "Config",
    "Debug",
    "Err",
    "Error",
    "EventReceiver",
    "EventStreamSender",
    "Events",
    "Fluent",
    "Fn",
    "FnOnce",
    "HttpChecksum",
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
    "StreamBuilder",
    "StreamFluentBuilder",
    "TakeEvents",
    "TakeStream",
    "ToOwned",
    "ToString",
    "Unhandled",
];

/// Whether this is an identifier, raw where it has to be, or several in a path. Names of the plan are ASCII, as
/// those of Smithy are.
pub(crate) fn is_path(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.split("::").map(|step| step.strip_prefix("r#").unwrap_or(step)).all(|step| {
        step.bytes().all(is_word) && !step.starts_with(|first: char| first.is_ascii_digit()) && !step.is_empty()
    })
}

/// A string literal on one line, in ASCII but for what everybody can see.
pub(crate) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A variable of the emitted endpoint rules, where a value of the rules language is in scope.
pub(crate) fn local(name: &str) -> String {
    let name = field(name);
    if NAMES_OF_RULES.contains(&name.as_str()) { format!("{name}_value") } else { name }
}

/// Methods of the client, and names that no file of a module can have.
const METHODS_OF_CLIENTS: &[&str] = &["call_json", "config", "fluent", "from_conf", "mod", "new"];

/// Methods of the builder of every configuration, beside which the settings of a service stand.
const METHODS_OF_CONFIG: &[&str] = &[
    "account_id_endpoint_mode",
    "allow_no_auth",
    "app_name",
    "apply_test_defaults",
    "apply_test_defaults_v2",
    "auth_scheme_preference",
    "auth_scheme_resolver",
    "bearer_token",
    "bearer_token_resolver",
    "behavior_version",
    "behavior_version_latest",
    "build",
    "capture_input_attributes",
    "clone",
    "credentials_provider",
    "default",
    "disable_clock_skew_correction",
    "disable_request_compression",
    "emit_input_attributes",
    "endpoint_resolver",
    "endpoint_url",
    "express_credentials_provider",
    "fmt",
    "framework_metadata",
    "from",
    "http_client",
    "idempotency_token_provider",
    "identity_cache",
    "interceptor",
    "into",
    "invocation_id_generator",
    "new",
    "push_auth_scheme",
    "push_framework_metadata",
    "push_interceptor",
    "push_retry_classifier",
    "region",
    "request_min_compression_size_bytes",
    "retry_classifier",
    "retry_config",
    "retry_partition",
    "sigv4a_signing_region_set",
    "sleep_impl",
    "stalled_stream_protection",
    "time_source",
    "timeout_config",
    "token_provider",
    "use_dual_stack",
    "use_fips",
    "with_test_defaults",
    "with_test_defaults_v2",
];

/// Methods that set something by an option, or all of a list, and whose names are no `set_` before one of the others.
const SETTERS_OF_CONFIG: &[&str] = &["interceptors", "retry_classifiers"];

/// Whether the builder of every configuration has a method of this name.
pub(crate) fn is_method_of_config(name: &str) -> bool {
    let is_setter = |name: &str| METHODS_OF_CONFIG.contains(&name) || SETTERS_OF_CONFIG.contains(&name);
    METHODS_OF_CONFIG.contains(&name) || name.strip_prefix("set_").is_some_and(is_setter)
}

/// The method of a client that calls an operation, and its module.
pub fn operation(name: &str) -> String {
    let name = snake(name);
    if METHODS_OF_CLIENTS.contains(&name.as_str()) { format!("{name}_operation") } else { escape(name) }
}

/// The type of a structure, union or enum, and what the input, the output and the paginator of an operation begin with.
pub fn type_name(name: &str) -> String {
    let name = case::pascal(name);
    match name.as_str() {
        "Self" => "SelfValue".to_owned(),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) => format!("_{name}"),
        _ => name,
    }
}

/// What the error enum and the fluent builder of an operation begin with: its name as it stands in the model
/// (`ListMFADevices`), where its input is a `ListMfaDevicesInput`. Words that an underscore parts become one.
pub fn operation_symbol(name: &str) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split('_').map(capitalized).collect()
}

/// The type that stands for the service in the module `config`, which has the names of much else, but none that ends so.
pub(crate) fn service_type(sdk_id: &str) -> String {
    let name = type_name(sdk_id);
    if name.len() > "Service".len() && name.ends_with("Service") { name } else { format!("{name}Service") }
}

/// The variant of an enum or a union.
pub fn variant(member: &str) -> String {
    let name = case::pascal(member);
    match name.as_str() {
        "Unknown" => "UnknownValue".to_owned(),
        "UnknownValue" => "UnknownValue_".to_owned(),
        "Self" => "SelfValue".to_owned(),
        "SelfValue" => "SelfValue_".to_owned(),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() => format!("_{name}"),
        _ => name,
    }
}

/// The predicate and the cast of a variant of a union: `is_text` and `as_text`.
pub(crate) fn variant_methods(variant: &str, member: &str) -> (String, String) {
    // `is_unknown` is the test for what the model does not have.
    let name = snake(if variant == "UnknownValue" { variant } else { member });
    (format!("is_{name}"), format!("as_{name}"))
}

/// The error enum of a stream of events, by the name of the union that the events are.
pub(crate) fn stream_error(union: &str) -> String {
    format!("{union}Error")
}

/// The predicate for an exception of the error enum of an operation: `is_conflict_exception`.
pub(crate) fn error_predicate(exception: &str) -> String {
    format!("is_{}", snake(exception))
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

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn each(rule: fn(&str) -> String, names: &[&str]) -> String {
        names.iter().map(|name| format!("{name} -> {}\n", rule(name))).collect()
    }

    #[test]
    fn all_methods_of_configurations_are_known() {
        let macros = [
            include_str!("../../runtime/src/macros/client_config_builder.rs"),
            include_str!("../../runtime/src/macros/account_id.rs"),
            include_str!("../../runtime/src/macros/request_compression.rs"),
        ];
        let is_name = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
        for line in macros.iter().flat_map(|text| text.lines()).map(str::trim_start) {
            let words = || line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(is_name);
            let is_row = ["value ", "into ", "option ", "shared ", "wrapped ", "list "]
                .iter()
                .any(|kind| line.starts_with(kind));
            let named: Vec<&str> = match line.strip_prefix("pub fn ") {
                Some(_) => words().skip(2).take(1).collect(),
                None if is_row => words().skip(1).take(2).collect(),
                None => continue,
            };
            assert!(named.iter().all(|name| is_method_of_config(name)), "{named:?}");
        }
        assert!(!is_method_of_config("force_path_style") && !is_method_of_config("set_force_path_style"));
    }

    #[test]
    fn variants_are_pascal_case_and_leave_unknown_free() {
        assert_snapshot!(each(variant, &["B_FRAME_PRESENT", "PUBLISH", "UNKNOWN", "self", "16X9", "multi-word"]), @r"
        B_FRAME_PRESENT -> BFramePresent
        PUBLISH -> Publish
        UNKNOWN -> UnknownValue
        self -> SelfValue
        16X9 -> _16X9
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
}
