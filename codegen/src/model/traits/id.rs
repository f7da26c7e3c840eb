//! Ids of the traits that the generator understands.

/// `smithy.api#auth`.
pub const AUTH: &str = "smithy.api#auth";
/// `smithy.api#box` of Smithy 1.0.
pub const BOX: &str = "smithy.api#box";
/// `smithy.api#clientOptional`.
pub const CLIENT_OPTIONAL: &str = "smithy.api#clientOptional";
/// `smithy.api#default`.
pub const DEFAULT: &str = "smithy.api#default";
/// `smithy.api#deprecated`.
pub const DEPRECATED: &str = "smithy.api#deprecated";
/// `smithy.api#documentation`.
pub const DOCUMENTATION: &str = "smithy.api#documentation";
/// `smithy.api#endpoint`.
pub const ENDPOINT: &str = "smithy.api#endpoint";
/// `smithy.api#enum` of Smithy 1.0.
pub const ENUM: &str = "smithy.api#enum";
/// `smithy.api#enumValue`.
pub const ENUM_VALUE: &str = "smithy.api#enumValue";
/// `smithy.api#error`.
pub const ERROR: &str = "smithy.api#error";
/// `smithy.api#examples`.
pub const EXAMPLES: &str = "smithy.api#examples";
/// `smithy.api#hostLabel`.
pub const HOST_LABEL: &str = "smithy.api#hostLabel";
/// `smithy.api#http`.
pub const HTTP: &str = "smithy.api#http";
/// `aws.protocols#httpChecksum`.
pub const HTTP_CHECKSUM: &str = "aws.protocols#httpChecksum";
/// `smithy.api#httpBearerAuth`.
pub const HTTP_BEARER_AUTH: &str = "smithy.api#httpBearerAuth";
/// `smithy.api#httpChecksumRequired`.
pub const HTTP_CHECKSUM_REQUIRED: &str = "smithy.api#httpChecksumRequired";
/// `smithy.api#requestCompression`.
pub const REQUEST_COMPRESSION: &str = "smithy.api#requestCompression";
/// `smithy.api#httpError`.
pub const HTTP_ERROR: &str = "smithy.api#httpError";
/// `smithy.api#httpHeader`.
pub const HTTP_HEADER: &str = "smithy.api#httpHeader";
/// `smithy.api#httpLabel`.
pub const HTTP_LABEL: &str = "smithy.api#httpLabel";
/// `smithy.api#httpPayload`.
pub const HTTP_PAYLOAD: &str = "smithy.api#httpPayload";
/// `smithy.api#httpPrefixHeaders`.
pub const HTTP_PREFIX_HEADERS: &str = "smithy.api#httpPrefixHeaders";
/// `smithy.api#httpQuery`.
pub const HTTP_QUERY: &str = "smithy.api#httpQuery";
/// `smithy.api#httpQueryParams`.
pub const HTTP_QUERY_PARAMS: &str = "smithy.api#httpQueryParams";
/// `smithy.api#httpResponseCode`.
pub const HTTP_RESPONSE_CODE: &str = "smithy.api#httpResponseCode";
/// `smithy.api#idempotencyToken`.
pub const IDEMPOTENCY_TOKEN: &str = "smithy.api#idempotencyToken";
/// `smithy.api#idempotent`.
pub const IDEMPOTENT: &str = "smithy.api#idempotent";
/// `smithy.api#input`.
pub const INPUT: &str = "smithy.api#input";
/// `smithy.api#jsonName`.
pub const JSON_NAME: &str = "smithy.api#jsonName";
/// `smithy.api#length`.
pub const LENGTH: &str = "smithy.api#length";
/// `smithy.api#mediaType`.
pub const MEDIA_TYPE: &str = "smithy.api#mediaType";
/// `smithy.api#optionalAuth`.
pub const OPTIONAL_AUTH: &str = "smithy.api#optionalAuth";
/// `smithy.api#paginated`.
pub const PAGINATED: &str = "smithy.api#paginated";
/// `smithy.api#pattern`.
pub const PATTERN: &str = "smithy.api#pattern";
/// `smithy.api#range`.
pub const RANGE: &str = "smithy.api#range";
/// `smithy.api#readonly`.
pub const READONLY: &str = "smithy.api#readonly";
/// `smithy.api#required`.
pub const REQUIRED: &str = "smithy.api#required";
/// `smithy.api#requiresLength`.
pub const REQUIRES_LENGTH: &str = "smithy.api#requiresLength";
/// `smithy.api#retryable`.
pub const RETRYABLE: &str = "smithy.api#retryable";
/// `smithy.api#sensitive`.
pub const SENSITIVE: &str = "smithy.api#sensitive";
/// `smithy.waiters#waitable`.
pub const WAITABLE: &str = "smithy.waiters#waitable";
/// `smithy.api#sparse`.
pub const SPARSE: &str = "smithy.api#sparse";
/// `smithy.api#eventHeader`.
pub const EVENT_HEADER: &str = "smithy.api#eventHeader";
/// `smithy.api#eventPayload`.
pub const EVENT_PAYLOAD: &str = "smithy.api#eventPayload";
/// `smithy.api#streaming`.
pub const STREAMING: &str = "smithy.api#streaming";
/// `smithy.api#timestampFormat`.
pub const TIMESTAMP_FORMAT: &str = "smithy.api#timestampFormat";
/// `smithy.api#title`.
pub const TITLE: &str = "smithy.api#title";
/// `smithy.api#uniqueItems`.
pub const UNIQUE_ITEMS: &str = "smithy.api#uniqueItems";
/// `smithy.api#xmlAttribute`.
pub const XML_ATTRIBUTE: &str = "smithy.api#xmlAttribute";
/// `smithy.api#xmlFlattened`.
pub const XML_FLATTENED: &str = "smithy.api#xmlFlattened";
/// `smithy.api#xmlName`.
pub const XML_NAME: &str = "smithy.api#xmlName";
/// `smithy.api#xmlNamespace`.
pub const XML_NAMESPACE: &str = "smithy.api#xmlNamespace";

/// `smithy.rules#clientContextParams`.
pub const CLIENT_CONTEXT_PARAMS: &str = "smithy.rules#clientContextParams";
/// `smithy.rules#contextParam`.
pub const CONTEXT_PARAM: &str = "smithy.rules#contextParam";
/// `smithy.rules#endpointBdd`.
pub const ENDPOINT_BDD: &str = "smithy.rules#endpointBdd";
/// `smithy.rules#endpointRuleSet`.
pub const ENDPOINT_RULE_SET: &str = "smithy.rules#endpointRuleSet";
/// `smithy.rules#operationContextParams`.
pub const OPERATION_CONTEXT_PARAMS: &str = "smithy.rules#operationContextParams";
/// `smithy.rules#staticContextParams`.
pub const STATIC_CONTEXT_PARAMS: &str = "smithy.rules#staticContextParams";

/// `aws.api#clientEndpointDiscovery`.
pub const CLIENT_ENDPOINT_DISCOVERY: &str = "aws.api#clientEndpointDiscovery";
/// `aws.api#clientDiscoveredEndpoint`.
pub const CLIENT_DISCOVERED_ENDPOINT: &str = "aws.api#clientDiscoveredEndpoint";
/// `aws.api#service`.
pub const AWS_SERVICE: &str = "aws.api#service";
/// `aws.auth#sigv4`.
pub const SIGV4: &str = "aws.auth#sigv4";
/// `aws.auth#sigv4a`.
pub const SIGV4A: &str = "aws.auth#sigv4a";
/// `aws.auth#unsignedPayload`.
pub const UNSIGNED_PAYLOAD: &str = "aws.auth#unsignedPayload";
/// `aws.customizations#s3UnwrappedXmlOutput`.
pub const S3_UNWRAPPED_XML_OUTPUT: &str = "aws.customizations#s3UnwrappedXmlOutput";
/// `aws.protocols#awsJson1_0`.
pub const AWS_JSON_1_0: &str = "aws.protocols#awsJson1_0";
/// `aws.protocols#awsJson1_1`.
pub const AWS_JSON_1_1: &str = "aws.protocols#awsJson1_1";
/// `aws.protocols#awsQuery`.
pub const AWS_QUERY: &str = "aws.protocols#awsQuery";
/// `aws.protocols#awsQueryCompatible`.
pub const AWS_QUERY_COMPATIBLE: &str = "aws.protocols#awsQueryCompatible";
/// `aws.protocols#awsQueryError`.
pub const AWS_QUERY_ERROR: &str = "aws.protocols#awsQueryError";
/// `aws.protocols#ec2Query`.
pub const EC2_QUERY: &str = "aws.protocols#ec2Query";
/// `aws.protocols#ec2QueryName`.
pub const EC2_QUERY_NAME: &str = "aws.protocols#ec2QueryName";
/// `aws.protocols#restJson1`.
pub const REST_JSON_1: &str = "aws.protocols#restJson1";
/// `aws.protocols#restXml`.
pub const REST_XML: &str = "aws.protocols#restXml";
/// `smithy.protocols#rpcv2Cbor`.
pub const RPC_V2_CBOR: &str = "smithy.protocols#rpcv2Cbor";
/// `smithy.protocols#rpcv2Json`.
pub const RPC_V2_JSON: &str = "smithy.protocols#rpcv2Json";
