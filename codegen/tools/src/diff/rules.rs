//! The rules: every kind of change that a comparison can find, with its stable id.
//!
//! Ids are for scripts and for talking about a change; one that is published is
//! never given to another kind of change.

use serde::{Serialize, Serializer};

/// A kind of change.
///
/// `Display` and serialization give its [`id`](Rule::id).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    id: &'static str,
    meaning: &'static str,
}

impl Rule {
    /// Its stable id, such as `member-required`.
    pub fn id(self) -> &'static str {
        self.id
    }

    /// What it finds, as a short phrase.
    pub fn meaning(self) -> &'static str {
        self.meaning
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

/// Declares the rules as constants and lists them in [`ALL`].
macro_rules! rules {
    ($($name:ident $id:literal $meaning:literal;)*) => {
        $(pub(super) const $name: Rule = Rule { id: $id, meaning: $meaning };)*

        /// Every rule, by subject: service, endpoints, operations, types, members, values.
        pub const ALL: &[Rule] = &[$($name),*];
    };
}

rules! {
    SERVICE_IDENTITY "service-identity-changed" "the two models are of services with different names";
    SERVICE_VERSION "service-version-changed" "the API version of the service is another";
    SERVICE_TITLE "service-title-changed" "the name for people is another";
    SERVICE_PROTOCOL "service-protocol-changed" "requests and responses have another form";
    SERVICE_SIGNING "service-signing-changed" "requests are signed for another name, or no longer, or only now";
    SERVICE_AUTH "service-auth-changed" "callers authenticate in other ways, or prefer another";
    SERVICE_QUERY_COMPATIBLE "service-query-compatible-changed" "whether error codes are those of the query protocol";
    SERVICE_XML_NAMESPACE "service-xml-namespace-changed" "documents have another namespace";
    ENDPOINT_CHANGED "endpoint-changed" "the same parameters lead to another endpoint";
    ENDPOINT_LOST "endpoint-lost" "parameters that led to an endpoint lead to an error";
    ENDPOINT_GAINED "endpoint-gained" "parameters that led to an error lead to an endpoint";
    ENDPOINT_ERROR "endpoint-error-changed" "parameters without endpoint give another error text";
    ENDPOINT_PARAMETER_ADDED "endpoint-parameter-added" "the rules take a new parameter";
    ENDPOINT_PARAMETER_REMOVED "endpoint-parameter-removed" "the rules no longer take a parameter";
    ENDPOINT_PARAMETER_CHANGED "endpoint-parameter-changed" "a parameter has another type, default or source";
    OPERATION_ADDED "operation-added" "a new operation";
    OPERATION_REMOVED "operation-removed" "an operation is gone";
    OPERATION_METHOD "operation-method-changed" "the HTTP method is another";
    OPERATION_URI "operation-uri-changed" "the path or its literal query is another";
    OPERATION_CODE "operation-success-code-changed" "the status code of success is another";
    OPERATION_ERROR_ADDED "operation-error-added" "the operation can fail in a new way";
    OPERATION_ERROR_REMOVED "operation-error-removed" "the model no longer names an error of the operation";
    OPERATION_PAGINATION_ADDED "operation-pagination-added" "the operation has a paginator now";
    OPERATION_PAGINATION_REMOVED "operation-pagination-removed" "the operation has lost its paginator";
    OPERATION_PAGINATION_CHANGED "operation-pagination-changed" "the paginator uses other members";
    OPERATION_WAITER_ADDED "operation-waiter-added" "the operation has a new waiter";
    OPERATION_WAITER_REMOVED "operation-waiter-removed" "a waiter of the operation is gone";
    OPERATION_WAITER_CHANGED "operation-waiter-changed" "a waiter ends for other reasons, or calls at another pace";
    OPERATION_IDEMPOTENCE "operation-idempotence-changed" "whether the operation is read-only or idempotent";
    OPERATION_AUTH "operation-auth-changed" "whether requests of the operation are signed, or how its callers authenticate";
    OPERATION_PAYLOAD_SIGNING "operation-payload-signing-changed" "whether the body is part of the signature";
    OPERATION_CHECKSUM "operation-checksum-changed" "whether requests must carry a checksum";
    OPERATION_HOST_PREFIX "operation-host-prefix-changed" "the prefix of the host name is another";
    OPERATION_ENDPOINT_PARAMETERS "operation-endpoint-parameters-changed" "it fills endpoint parameters differently";
    OPERATION_DEPRECATED "operation-deprecated" "the operation is deprecated now";
    OPERATION_REVIVED "operation-no-longer-deprecated" "the operation is no longer deprecated";
    TYPE_ADDED "type-added" "a new shape";
    TYPE_REMOVED "type-removed" "a shape is gone";
    TYPE_KIND "type-kind-changed" "a shape is of another kind, such as a string that was a number";
    TYPE_SENSITIVE "type-sensitive" "values are secrets now";
    TYPE_NOT_SENSITIVE "type-no-longer-sensitive" "values are no secrets any more";
    TYPE_STREAMING "type-streaming-changed" "whether bytes are streamed";
    TYPE_TIMESTAMP_FORMAT "type-timestamp-format-changed" "timestamps are sent in another form";
    TYPE_MEDIA_TYPE "type-media-type-changed" "the media type is another";
    TYPE_XML_NAME "type-xml-name-changed" "documents have another element";
    TYPE_XML_NAMESPACE "type-xml-namespace-changed" "elements have another namespace";
    TYPE_SPARSE "type-sparse-changed" "whether elements may be null";
    TYPE_DEPRECATED "type-deprecated" "the shape is deprecated now";
    TYPE_REVIVED "type-no-longer-deprecated" "the shape is no longer deprecated";
    ERROR_STATUS "error-status-changed" "the error has another status code";
    ERROR_FAULT "error-fault-changed" "the error is the fault of the other side";
    ERROR_RETRYABLE "error-retryable-changed" "whether a call that fails so is tried again";
    ERROR_CODE "error-code-changed" "the error has another code on the wire";
    BUILDER_FALLIBLE "builder-fallible" "the builder's build() returns a Result now";
    BUILDER_INFALLIBLE "builder-infallible" "the builder's build() returns no Result any more";
    MEMBER_ADDED "member-added" "a new member that may be left out";
    MEMBER_ADDED_REQUIRED "member-added-required" "a new member that requests must have";
    MEMBER_REMOVED "member-removed" "a member is gone";
    MEMBER_TYPE "member-type-changed" "a member has another type";
    MEMBER_TYPE_NAME "member-type-renamed" "a member has a type of another name and the same form";
    MEMBER_TARGET "member-target-renamed" "a member targets another shape, which makes no difference to callers";
    MEMBER_RUST_TYPE "member-rust-type-changed" "the Rust type of a member follows from a change elsewhere";
    MEMBER_REQUIRED "member-required" "a member must be there now";
    MEMBER_NOT_REQUIRED "member-no-longer-required" "a member may be left out now";
    MEMBER_CLIENT_OPTIONAL "member-client-optional-changed" "whether clients ignore that a member is required";
    MEMBER_DEFAULT_ADDED "member-default-added" "a member has a default now";
    MEMBER_DEFAULT_REMOVED "member-default-removed" "a member has lost its default";
    MEMBER_DEFAULT_CHANGED "member-default-changed" "a member has another default";
    MEMBER_BINDING "member-binding-changed" "a member stands elsewhere in the HTTP message";
    MEMBER_WIRE_NAME "member-wire-name-changed" "a member has another name in bodies";
    MEMBER_XML_ATTRIBUTE "member-xml-attribute-changed" "whether a member is an attribute in XML";
    MEMBER_XML_FLATTENED "member-xml-flattened-changed" "whether a list or map has an element around its elements";
    MEMBER_XML_NAMESPACE "member-xml-namespace-changed" "the element of a member has another namespace";
    MEMBER_FORM_NAME "member-form-name-changed" "a member has another name in forms";
    MEMBER_TIMESTAMP_FORMAT "member-timestamp-format-changed" "a timestamp is sent in another form";
    MEMBER_SENSITIVE "member-sensitive-changed" "whether a member holds a secret";
    MEMBER_TOKEN_ADDED "member-idempotency-token-added" "the client fills a member with a token now";
    MEMBER_TOKEN_REMOVED "member-idempotency-token-removed" "the client no longer fills a member with a token";
    MEMBER_HOST_LABEL "member-host-label-changed" "whether a member is part of the host name";
    MEMBER_CONTEXT_PARAM "member-context-param-changed" "a member fills another endpoint parameter";
    MEMBER_DEPRECATED "member-deprecated" "a member is deprecated now";
    MEMBER_REVIVED "member-no-longer-deprecated" "a member is no longer deprecated";
    VALUE_ADDED "enum-value-added" "a new value of an enum";
    VALUE_REMOVED "enum-value-removed" "a value of an enum is gone";
    VALUE_RENAMED "enum-value-renamed" "the same text has another name in code";
    VALUE_REWRITTEN "enum-value-rewritten" "the same name stands for another text on the wire";
    VALUE_DEPRECATED "enum-value-deprecated" "a value of an enum is deprecated now";
    VALUE_REVIVED "enum-value-no-longer-deprecated" "a value of an enum is no longer deprecated";
    LENGTH_TIGHTENED "length-tightened" "fewer lengths are valid";
    LENGTH_LOOSENED "length-loosened" "more lengths are valid";
    LENGTH_CHANGED "length-changed" "other lengths are valid, some new, some gone";
    RANGE_TIGHTENED "range-tightened" "fewer numbers are valid";
    RANGE_LOOSENED "range-loosened" "more numbers are valid";
    RANGE_CHANGED "range-changed" "other numbers are valid, some new and some gone";
    PATTERN_ADDED "pattern-added" "text must match a pattern now";
    PATTERN_REMOVED "pattern-removed" "text need not match a pattern any more";
    PATTERN_TIGHTENED "pattern-tightened" "the pattern allows only a part of what it allowed";
    PATTERN_LOOSENED "pattern-loosened" "the pattern allows more than before";
    PATTERN_CHANGED "pattern-changed" "the pattern is another";
    UNIQUE_ADDED "unique-items-added" "elements must differ from each other now";
    UNIQUE_REMOVED "unique-items-removed" "elements may repeat now";
    DEPRECATION_REWORDED "deprecation-reworded" "what is deprecated is so for another reason or since another time";
    TRAIT_ADDED "trait-added" "a trait that no other rule tells is new";
    TRAIT_REMOVED "trait-removed" "a trait that no other rule tells is gone";
    TRAIT_CHANGED "trait-changed" "a trait that no other rule tells has another value";
    UNREACHED_ADDED "unreached-shape-added" "a new shape that no operation reaches";
    UNREACHED_REMOVED "unreached-shape-removed" "a shape that no operation reached is gone";
    DOCUMENTATION "documentation-changed" "the text for readers is another";
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_rules_share_an_id() {
        let ids: BTreeSet<&str> = ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), ALL.len());
    }

    #[test]
    fn ids_are_words_joined_by_hyphens() {
        for rule in ALL {
            let words = |character: char| character.is_ascii_lowercase() || character == '-';
            assert!(rule.id().chars().all(words), "{}", rule.id());
        }
    }
}
