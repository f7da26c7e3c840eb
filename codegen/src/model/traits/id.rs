//! Ids of the traits that the generator understands.

/// `smithy.api#addedDefault`.
pub(crate) const ADDED_DEFAULT: &str = "smithy.api#addedDefault";
/// `smithy.api#auth`.
pub(crate) const AUTH: &str = "smithy.api#auth";
/// `smithy.api#box` of Smithy 1.0.
pub(crate) const BOX: &str = "smithy.api#box";
/// `smithy.api#clientOptional`.
pub(crate) const CLIENT_OPTIONAL: &str = "smithy.api#clientOptional";
/// `smithy.api#default`.
pub(crate) const DEFAULT: &str = "smithy.api#default";
/// `smithy.api#deprecated`.
pub(crate) const DEPRECATED: &str = "smithy.api#deprecated";
/// `smithy.api#documentation`.
pub(crate) const DOCUMENTATION: &str = "smithy.api#documentation";
/// `smithy.api#endpoint`.
pub(crate) const ENDPOINT: &str = "smithy.api#endpoint";
/// `smithy.api#enum` of Smithy 1.0.
pub(crate) const ENUM: &str = "smithy.api#enum";
/// `smithy.api#enumValue`.
pub(crate) const ENUM_VALUE: &str = "smithy.api#enumValue";
/// `smithy.api#error`.
pub(crate) const ERROR: &str = "smithy.api#error";
/// `smithy.api#examples`.
pub(crate) const EXAMPLES: &str = "smithy.api#examples";
/// `smithy.api#hostLabel`.
pub(crate) const HOST_LABEL: &str = "smithy.api#hostLabel";
/// `smithy.api#http`.
pub(crate) const HTTP: &str = "smithy.api#http";
/// `smithy.api#httpChecksumRequired`.
pub(crate) const REQUEST_COMPRESSION: &str = "smithy.api#requestCompression";
pub(crate) const HTTP_CHECKSUM_REQUIRED: &str = "smithy.api#httpChecksumRequired";
/// `smithy.api#httpError`.
pub(crate) const HTTP_ERROR: &str = "smithy.api#httpError";
/// `smithy.api#httpHeader`.
pub(crate) const HTTP_HEADER: &str = "smithy.api#httpHeader";
/// `smithy.api#httpLabel`.
pub(crate) const HTTP_LABEL: &str = "smithy.api#httpLabel";
/// `smithy.api#httpPayload`.
pub(crate) const HTTP_PAYLOAD: &str = "smithy.api#httpPayload";
/// `smithy.api#httpPrefixHeaders`.
pub(crate) const HTTP_PREFIX_HEADERS: &str = "smithy.api#httpPrefixHeaders";
/// `smithy.api#httpQuery`.
pub(crate) const HTTP_QUERY: &str = "smithy.api#httpQuery";
/// `smithy.api#httpQueryParams`.
pub(crate) const HTTP_QUERY_PARAMS: &str = "smithy.api#httpQueryParams";
/// `smithy.api#httpResponseCode`.
pub(crate) const HTTP_RESPONSE_CODE: &str = "smithy.api#httpResponseCode";
/// `smithy.api#idempotencyToken`.
pub(crate) const IDEMPOTENCY_TOKEN: &str = "smithy.api#idempotencyToken";
/// `smithy.api#idempotent`.
pub(crate) const IDEMPOTENT: &str = "smithy.api#idempotent";
/// `smithy.api#input`.
pub(crate) const INPUT: &str = "smithy.api#input";
/// `smithy.api#jsonName`.
pub(crate) const JSON_NAME: &str = "smithy.api#jsonName";
/// `smithy.api#length`.
pub(crate) const LENGTH: &str = "smithy.api#length";
/// `smithy.api#mediaType`.
pub(crate) const MEDIA_TYPE: &str = "smithy.api#mediaType";
/// `smithy.api#optionalAuth`.
pub(crate) const OPTIONAL_AUTH: &str = "smithy.api#optionalAuth";
/// `smithy.api#paginated`.
pub(crate) const PAGINATED: &str = "smithy.api#paginated";
/// `smithy.api#pattern`.
pub(crate) const PATTERN: &str = "smithy.api#pattern";
/// `smithy.api#range`.
pub(crate) const RANGE: &str = "smithy.api#range";
/// `smithy.api#readonly`.
pub(crate) const READONLY: &str = "smithy.api#readonly";
/// `smithy.api#required`.
pub(crate) const REQUIRED: &str = "smithy.api#required";
/// `smithy.api#retryable`.
pub(crate) const RETRYABLE: &str = "smithy.api#retryable";
/// `smithy.api#sensitive`.
pub(crate) const SENSITIVE: &str = "smithy.api#sensitive";
/// `smithy.api#sparse`.
pub(crate) const SPARSE: &str = "smithy.api#sparse";
/// `smithy.api#streaming`.
pub(crate) const STREAMING: &str = "smithy.api#streaming";
/// `smithy.api#timestampFormat`.
pub(crate) const TIMESTAMP_FORMAT: &str = "smithy.api#timestampFormat";
/// `smithy.api#title`.
pub(crate) const TITLE: &str = "smithy.api#title";
/// `smithy.api#uniqueItems`.
pub(crate) const UNIQUE_ITEMS: &str = "smithy.api#uniqueItems";

/// `smithy.rules#contextParam`.
pub(crate) const CONTEXT_PARAM: &str = "smithy.rules#contextParam";
/// `smithy.rules#endpointBdd`.
pub(crate) const ENDPOINT_BDD: &str = "smithy.rules#endpointBdd";
/// `smithy.rules#endpointRuleSet`.
pub(crate) const ENDPOINT_RULE_SET: &str = "smithy.rules#endpointRuleSet";
/// `smithy.rules#operationContextParams`.
pub(crate) const OPERATION_CONTEXT_PARAMS: &str = "smithy.rules#operationContextParams";
/// `smithy.rules#staticContextParams`.
pub(crate) const STATIC_CONTEXT_PARAMS: &str = "smithy.rules#staticContextParams";

/// `aws.api#clientDiscoveredEndpoint`.
pub(crate) const CLIENT_DISCOVERED_ENDPOINT: &str = "aws.api#clientDiscoveredEndpoint";
/// `aws.api#service`.
pub(crate) const AWS_SERVICE: &str = "aws.api#service";
/// `aws.auth#sigv4`.
pub(crate) const SIGV4: &str = "aws.auth#sigv4";
/// `aws.auth#unsignedPayload`.
pub(crate) const UNSIGNED_PAYLOAD: &str = "aws.auth#unsignedPayload";
/// `aws.protocols#awsJson1_0`.
pub(crate) const AWS_JSON_1_0: &str = "aws.protocols#awsJson1_0";
/// `aws.protocols#awsJson1_1`.
pub(crate) const AWS_JSON_1_1: &str = "aws.protocols#awsJson1_1";
/// `aws.protocols#awsQueryCompatible`.
pub(crate) const AWS_QUERY_COMPATIBLE: &str = "aws.protocols#awsQueryCompatible";
/// `aws.protocols#awsQueryError`.
pub(crate) const AWS_QUERY_ERROR: &str = "aws.protocols#awsQueryError";
/// `aws.protocols#restJson1`.
pub(crate) const REST_JSON_1: &str = "aws.protocols#restJson1";
