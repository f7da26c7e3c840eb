//! How a member travels: the part of a message that it is bound to, and the form of a timestamp there.

/// HTTP binding traits; protocols without bindings ignore them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// In the body, among others.
    Body,
    /// `smithy.api#httpHeader`.
    Header(String),
    /// `smithy.api#httpPrefixHeaders`.
    PrefixHeaders(String),
    /// `smithy.api#httpQuery`.
    Query(String),
    /// `smithy.api#httpQueryParams`.
    QueryParams,
    /// `smithy.api#httpLabel`.
    Label,
    /// `smithy.api#httpPayload`.
    Payload,
    /// `smithy.api#httpResponseCode`.
    ResponseCode,
}

/// Where a member of an event travels, which is a message of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventBinding {
    /// `smithy.api#eventHeader`: a header of the message, under the name of the member.
    Header,
    /// `smithy.api#eventPayload`: the whole payload.
    Payload,
}

/// `smithy.api#timestampFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339.
    DateTime,
    /// RFC 7231 IMF-fixdate.
    HttpDate,
    /// Seconds, with decimals.
    EpochSeconds,
}

/// Whether this can be the name of a header.
pub(super) fn is_token(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}
