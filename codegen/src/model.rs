//! The checked model: one service and everything that it reaches, with every shape id resolved.
//!
//! [`load`] builds it from the JSON AST. No later stage meets an unknown trait, a missing target or a raw JSON value; only
//! documents, and values of examples and defaults, stay JSON.
//!
//! The steps, and the file of each:
//!
//! 1. `merge` puts the sources together as `merged` has them, `mixins` applies mixins, and [`quirks`] mends what published
//!    models get wrong.
//! 2. [`selection`] finds the operations and types that are wanted.
//! 3. `lower` begins at the service and makes a typed value of each shape that is reached. `service`, `operation`,
//!    `auth`, `member`, `http`, `pagination` and `waiters` read the traits of their subjects; `resolver` finds what is referred to, and keeps
//!    what was reached.
//! 4. `circles` and `nesting` refuse shapes for which there are no Rust types, `event_streams` streams of events where
//!    there can be none.
//!
//! [`endpoint`] and [`jmespath`] read two small languages that traits are written in. [`traits`] knows all traits: which
//! are understood on what, and which are ignored and why.

mod auth;
mod beforehand;
mod binding;
mod checksum;
mod circles;
mod corrections;
mod defaults;
pub mod endpoint;
mod event_streams;
mod examples;
mod http;
pub mod jmespath;
pub mod load;
mod lower;
mod member;
mod merge;
pub(crate) mod merged;
mod mixins;
mod nesting;
mod operation;
mod pagination;
mod prelude;
pub mod quirks;
mod resolver;
mod route;
mod same_requests;
pub mod selection;
pub(crate) mod service;
#[cfg(test)]
mod tests;
pub mod traits;
mod waiters;
mod xml;

pub use self::beforehand::EndpointDiscovery;
pub use self::binding::{Binding, EventBinding, TimestampFormat};
use self::endpoint::EndpointTrait;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use crate::protocol::Protocol;

/// Absolute shape id, `namespace#Name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// Takes `namespace#Name` (or a member id, `namespace#Name$member`) as it stands in a model.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after `#`.
    pub fn name(&self) -> &str {
        self.0.split_once('#').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// The part before `#`.
    pub fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }
}

/// One service and all that its operations reach.
#[derive(Clone, Debug)]
pub struct Model {
    /// The service itself.
    pub service: Service,
    /// How many operations the service has, chosen or not.
    pub service_operations: usize,
    /// Operations ordered by name, those bound through resources included; with a
    /// [`Selection`](selection::Selection) only those of it.
    pub operations: Vec<Operation>,
    /// Types that a [`Selection`](selection::Selection) chose beside them, ordered by id.
    pub types: Vec<ShapeId>,
    /// Errors of all operations of the service, chosen or not, ordered by id.
    pub service_errors: Vec<ShapeId>,
    /// Shapes of the closure that are not services, resources or operations.
    /// Prelude targets (`smithy.api#String`) appear here like any other shape.
    pub shapes: BTreeMap<ShapeId, Shape>,
}

/// The service shape with the traits a client needs.
#[derive(Clone, Debug)]
pub struct Service {
    /// Id of the service shape.
    pub id: ShapeId,
    /// `version` of the service shape.
    pub version: String,
    /// `smithy.api#title`.
    pub title: Option<String>,
    /// `aws.api#service` sdkId, else the shape name.
    pub sdk_id: String,
    /// `aws.api#service` endpointPrefix, else the ARN namespace, else the shape name in lower case; `None` for a service
    /// without the trait, which is not one of AWS and has no host there.
    pub endpoint_prefix: Option<String>,
    /// `aws.auth#sigv4` name, else that of `aws.auth#sigv4a`; `None` when requests to the service are not signed.
    pub signing_name: Option<String>,
    /// How callers authenticate, the preferred way first (`smithy.api#auth`); empty where they are anonymous.
    pub auth: Vec<AuthScheme>,
    /// The wire protocol.
    pub protocol: &'static Protocol,
    /// `smithy.rules#endpointRuleSet`.
    pub endpoint_rule_set: Option<EndpointTrait>,
    /// `smithy.rules#endpointBdd`.
    pub endpoint_bdd: Option<EndpointTrait>,
    /// `smithy.rules#clientContextParams`: parameters of the endpoint rules that are settings of the client.
    pub client_context_params: Vec<endpoint::Parameter>,
    /// `aws.api#clientEndpointDiscovery`: how the service tells where requests go.
    pub endpoint_discovery: Option<EndpointDiscovery>,
    /// The operation that opens sessions, where the endpoint rules have requests signed by the credentials of one.
    pub session_operation: Option<ShapeId>,
    /// `aws.protocols#awsQueryCompatible` is present: error codes are those of the query protocol.
    pub query_compatible: bool,
    /// `smithy.api#xmlNamespace`, where the protocol has XML: that of documents whose shapes have none.
    pub xml_namespace: Option<Namespace>,
    /// `smithy.api#documentation` in its source form.
    pub documentation: Option<String>,
}

/// A way in which callers say who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthScheme {
    /// `aws.auth#sigv4`: a signature with credentials, of one region.
    SigV4,
    /// `aws.auth#sigv4a`: a signature with credentials, of several regions.
    SigV4a,
    /// `smithy.api#httpBearerAuth`: a token.
    HttpBearer,
    /// They do not.
    NoAuth,
}

/// One operation; shape references point into [`Model::shapes`].
#[derive(Clone, Debug)]
pub struct Operation {
    /// Id of the operation shape.
    pub id: ShapeId,
    /// Input structure; `None` where the model says `Unit` or nothing.
    pub input: Option<ShapeId>,
    /// Output structure; `None` where the model says `Unit` or nothing.
    pub output: Option<ShapeId>,
    /// Error structures, the service's own common errors included, ordered by name, without repetition.
    pub errors: Vec<ShapeId>,
    /// `smithy.api#http`; where the protocol has no HTTP bindings, `POST /`.
    pub http: Http,
    /// `smithy.api#paginated`, merged with the service's.
    pub paginated: Option<Paginated>,
    /// `smithy.api#endpoint` hostPrefix, such as `data-` or `{label}.`.
    pub host_prefix: Option<String>,
    /// How callers authenticate where that is not as the service says (`smithy.api#auth`, `smithy.api#optionalAuth`), the
    /// preferred way first; never empty.
    pub auth: Option<Vec<AuthScheme>>,
    /// `aws.api#clientDiscoveredEndpoint`: it is called at an endpoint that the service has told, and nowhere else.
    pub needs_discovery: bool,
    /// `smithy.api#httpChecksumRequired` is present.
    pub checksum_required: bool,
    /// `aws.protocols#httpChecksum`.
    pub checksum: Option<HttpChecksum>,
    /// `smithy.api#requestCompression` names gzip.
    pub compressed: bool,
    /// `smithy.rules#staticContextParams`: endpoint parameter name to its value.
    pub static_context_params: BTreeMap<String, Value>,
    /// `smithy.rules#operationContextParams`: endpoint parameter name to a path into the input.
    pub operation_context_params: BTreeMap<String, jmespath::Expression>,
    /// `aws.auth#unsignedPayload` is present: the body is not part of the signature.
    pub unsigned_payload: bool,
    /// `aws.customizations#s3UnwrappedXmlOutput` is present: the document of the output is its only member.
    pub unwrapped_output: bool,
    /// `smithy.api#readonly` is present.
    pub readonly: bool,
    /// `smithy.api#idempotent` is present.
    pub idempotent: bool,
    /// `smithy.api#deprecated`.
    pub deprecated: Option<Deprecated>,
    /// `smithy.api#documentation` in its source form.
    pub documentation: Option<String>,
    /// `smithy.api#examples`, without those that show an error.
    pub examples: Vec<Example>,
    /// `smithy.waiters#waitable`.
    pub waiters: Vec<Waiter>,
}

impl Operation {
    /// Whether callers are anonymous, though they are not to the service.
    pub fn is_anonymous(&self) -> bool {
        self.auth.as_deref() == Some(&[AuthScheme::NoAuth])
    }
}

/// Checksums of an operation's messages (`aws.protocols#httpChecksum`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpChecksum {
    /// The input member that names the algorithm for the request.
    pub algorithm_member: Option<String>,
    /// The service takes no request without a checksum.
    pub required: bool,
    /// The input member that asks for the checksum of the response.
    pub validation_member: Option<String>,
    /// The algorithms whose checksums a response may have.
    pub response: Vec<String>,
}

/// A call with its answer, for people to read (`smithy.api#examples`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the call is for, in a few words.
    pub title: String,
    /// More about it, in the form of `smithy.api#documentation`.
    pub documentation: Option<String>,
    /// Members of the input, by their names in the model.
    pub input: Map<String, Value>,
    /// Members of the output, by their names in the model; empty where the example shows none.
    pub output: Map<String, Value>,
}

/// The route of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// Method in upper case.
    pub method: String,
    /// Path segments in order; a path of `/` has none.
    pub path: Vec<Segment>,
    /// Literal query parameters of the pattern; a key without `=` has no value.
    pub query: Vec<(String, Option<String>)>,
    /// Status code of success; 200 where the model does not say.
    pub code: u16,
}

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text as it is sent.
    Literal(String),
    /// `{member}`: the member with this name, percent-encoded, slashes included.
    Label(String),
    /// `{member+}`: the member with this name, percent-encoded except for slashes.
    GreedyLabel(String),
}

impl Segment {
    /// The segment without the name of its member, which no request shows; a literal has no braces.
    pub(crate) fn anonymous(&self) -> &str {
        match self {
            Self::Literal(text) => text,
            Self::Label(_) => "{}",
            Self::GreedyLabel(_) => "{+}",
        }
    }
}

/// `smithy.api#paginated`; names are member names, outputs may be dotted paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paginated {
    /// Input member that takes the token.
    pub input_token: String,
    /// Path to the output member that holds the next token.
    pub output_token: String,
    /// Path to the output list or map of items.
    pub items: Option<String>,
    /// Input member that limits the size of a page.
    pub page_size: Option<String>,
}

/// A waiter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiter {
    /// Its name: `TableExists`.
    pub name: String,
    /// In the form of `smithy.api#documentation`.
    pub documentation: Option<String>,
    /// Least seconds between two calls, at least one.
    pub min_delay: u16,
    /// Most seconds between two calls, not fewer than the least.
    pub max_delay: u16,
    /// What ends it or lets it go on; the first that matches counts.
    pub acceptors: Vec<Acceptor>,
}

/// What a call can come to, and what that means.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptor {
    /// What it means.
    pub state: State,
    /// What it is.
    pub matcher: Matcher,
}

/// The state that a waiter is in after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// What it waits for has come about.
    Success,
    /// It will not come about any more.
    Failure,
    /// The call is repeated.
    Retry,
}

/// What a call has come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// It succeeded, or failed with an error of the service.
    Success(bool),
    /// It failed with the error of this name.
    ErrorType(String),
    /// It succeeded, and an expression that is asked of the output comes to what is expected.
    Output(jmespath::Expression, Expectation),
    /// As [`Self::Output`]; the expression is asked of an object with the members `input` and `output`.
    InputOutput(jmespath::Expression, Expectation),
}

/// What an expression has to come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// This text (`stringEquals`).
    Text(String),
    /// This boolean (`booleanEquals`).
    Boolean(bool),
    /// A list of nothing but this text, and not of nothing (`allStringEquals`).
    AllTexts(String),
    /// A list with this text in it (`anyStringEquals`).
    AnyText(String),
}

/// `smithy.api#deprecated`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecated {
    /// Why, or what to use instead.
    pub message: Option<String>,
    /// Since which version.
    pub since: Option<String>,
}

/// A data shape of the closure.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its id.
    pub id: ShapeId,
    /// What it is.
    pub kind: ShapeKind,
    /// `smithy.api#sensitive` is present.
    pub sensitive: bool,
    /// `smithy.api#streaming` is present.
    pub streaming: bool,
    /// `smithy.api#requiresLength` is present.
    pub requires_length: bool,
    /// `smithy.api#timestampFormat` of the shape itself.
    pub timestamp_format: Option<TimestampFormat>,
    /// `smithy.api#mediaType` of the shape.
    pub media_type: Option<String>,
    /// `smithy.api#xmlName` of the shape itself, where the protocol has XML: the element of a document.
    pub xml_name: Option<String>,
    /// `smithy.api#xmlNamespace` of the shape itself, where the protocol has XML.
    pub xml_namespace: Option<Namespace>,
    /// `smithy.api#deprecated`.
    pub deprecated: Option<Deprecated>,
    /// Constraint traits of the shape.
    pub constraints: Constraints,
    /// `smithy.api#documentation` in its source form.
    pub documentation: Option<String>,
}

/// The types of Smithy that carry data.
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// Bytes.
    Blob,
    /// True or false.
    Boolean,
    /// UTF-8 text.
    String,
    /// 8-bit signed.
    Byte,
    /// 16-bit signed.
    Short,
    /// 32-bit signed.
    Integer,
    /// 64-bit signed.
    Long,
    /// 32-bit floating point.
    Float,
    /// 64-bit floating point.
    Double,
    /// Integer without bounds.
    BigInteger,
    /// Decimal without bounds.
    BigDecimal,
    /// Instant.
    Timestamp,
    /// Protocol-agnostic JSON-like value.
    Document,
    /// String enum (a `string` with the old `enum` trait is lowered to this).
    Enum(Vec<EnumMember>),
    /// Integer enum.
    IntEnum(Vec<IntEnumMember>),
    /// List, or Smithy 1 set.
    List {
        /// The element.
        member: Box<Member>,
        /// `smithy.api#sparse`: elements may be null.
        sparse: bool,
    },
    /// Map with string keys.
    Map {
        /// The key.
        key: Box<Member>,
        /// The value.
        value: Box<Member>,
        /// `smithy.api#sparse`: values may be null.
        sparse: bool,
    },
    /// Structure.
    Structure(Structure),
    /// Union: exactly one member is set.
    Union(Vec<Member>),
}

/// What only structures have.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// Members in model order.
    pub members: Vec<Member>,
    /// `smithy.api#error`.
    pub error: Option<ErrorTrait>,
}

/// `smithy.api#error` with its companions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorTrait {
    /// Whose fault it is.
    pub fault: Fault,
    /// `smithy.api#httpError`.
    pub status: Option<u16>,
    /// `smithy.api#retryable`.
    pub retryable: Option<Retryable>,
    /// `aws.protocols#awsQueryError` code.
    pub query_code: Option<String>,
}

/// Value of `smithy.api#error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `client`.
    Client,
    /// `server`.
    Server,
}

/// Value of `smithy.api#retryable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// The error means that requests are throttled.
    pub throttling: bool,
}

/// One value of a string enum.
#[derive(Clone, Debug)]
pub struct EnumMember {
    /// Member name, or a name made from the value where an old `enum` trait has none.
    pub name: String,
    /// What is sent.
    pub value: String,
    /// `smithy.api#deprecated`.
    pub deprecated: Option<Deprecated>,
    /// `smithy.api#documentation` in its source form.
    pub documentation: Option<String>,
}

/// One value of an integer enum.
#[derive(Clone, Debug)]
pub struct IntEnumMember {
    /// Member name.
    pub name: String,
    /// What is sent.
    pub value: i32,
    /// `smithy.api#documentation` in its source form.
    pub documentation: Option<String>,
}

/// A member of a structure, union, list or map.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name in the model; `member`, `key` or `value` in lists and maps.
    pub name: String,
    /// The shape it targets, always in [`Model::shapes`].
    pub target: ShapeId,
    /// `smithy.api#required`.
    pub required: bool,
    /// `smithy.api#clientOptional`, or implied by `smithy.api#input`.
    pub client_optional: bool,
    /// `smithy.api#default` of the member; JSON null is kept as `Value::Null`.
    pub default: Option<Value>,
    /// Where it goes in an HTTP message.
    pub binding: Binding,
    /// Where it goes in a message of a stream of events, where its structure is one; `None` for a part of the payload.
    pub event_binding: Option<EventBinding>,
    /// Its name in bodies where the protocol has it from a trait, such as `smithy.api#jsonName`.
    pub body_name: Option<String>,
    /// The traits about XML, where the protocol has that; its name in XML is `body_name`.
    pub xml: XmlTraits,
    /// `smithy.api#timestampFormat` of the member itself.
    pub timestamp_format: Option<TimestampFormat>,
    /// `smithy.api#idempotencyToken`.
    pub idempotency_token: bool,
    /// `smithy.api#hostLabel`.
    pub host_label: bool,
    /// `smithy.rules#contextParam` name.
    pub context_param: Option<String>,
    /// Constraint traits on the member itself.
    pub constraints: Constraints,
    /// `smithy.api#deprecated`.
    pub deprecated: Option<Deprecated>,
    /// `smithy.api#documentation` in its source form.
    pub documentation: Option<String>,
}

/// Constraint traits; a client documents them and does not enforce them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `smithy.api#length`: minimum and maximum.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// `smithy.api#range`: minimum and maximum, as they stand in the model.
    pub range: Option<(Option<serde_json::Number>, Option<serde_json::Number>)>,
    /// `smithy.api#pattern`.
    pub pattern: Option<String>,
    /// `smithy.api#uniqueItems`.
    pub unique_items: bool,
}

/// What the traits of a member say about XML beside its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct XmlTraits {
    /// `smithy.api#xmlAttribute`.
    pub attribute: bool,
    /// `smithy.api#xmlFlattened`.
    pub flattened: bool,
    /// `smithy.api#xmlNamespace`.
    pub namespace: Option<Namespace>,
    /// Its name in forms where a trait gives it one, such as `aws.protocols#ec2QueryName`.
    pub form_name: Option<String>,
}

/// `smithy.api#xmlNamespace`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// The prefix that stands for it; `None` where it is that of names without one.
    pub prefix: Option<String>,
    /// The URI that names it.
    pub uri: String,
}
