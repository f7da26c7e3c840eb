//! What rows say of a member beside its names, as bits.

/// Bound to the header with the name on the wire.
pub const HEADER: u16 = 1;
/// Bound to all headers that begin with the name on the wire.
pub const PREFIX_HEADERS: u16 = 2;
/// Bound to a query parameter.
pub const QUERY: u16 = 3;
/// Bound to all query parameters that no other member claims.
pub const QUERY_PARAMS: u16 = 4;
/// Bound to a label of the path.
pub const LABEL: u16 = 5;
/// Bound to the whole body.
pub const PAYLOAD: u16 = 6;
/// Bound to the status code.
pub const STATUS: u16 = 7;
/// The bits of the binding; zero is the body.
pub(crate) const LOCATION: u16 = 7;
/// Timestamps are RFC 3339 text; without this bit and the next one they are seconds since 1970. Where a model does
/// not say it, the generator does, by protocol and place.
pub const DATE_TIME: u16 = 1 << 3;
/// Timestamps are HTTP dates.
pub const HTTP_DATE: u16 = 1 << 4;
/// A stream that has to tell its length before it is sent (`smithy.api#requiresLength`).
pub const REQUIRES_LENGTH: u16 = 1 << 5;
/// A header that is absent where it is no timestamp. It is the bit of [`REQUIRES_LENGTH`], which only streams have.
pub const LOOSE: u16 = 1 << 5;
/// `Debug` prints [`REDACTED`](super::REDACTED) instead of the value.
pub const SENSITIVE: u16 = 1 << 6;
/// Filled from the token provider when absent.
pub const IDEMPOTENCY_TOKEN: u16 = 1 << 7;
/// Must be there: a call without it fails before anything is sent, a response without it is completed, and refused where it
/// is a header.
pub const REQUIRED: u16 = 1 << 8;
/// `-`, the account of the credentials, is sent for it when it is absent or empty.
pub const OWN_ACCOUNT: u16 = 1 << 9;
/// Absence, which null is as well, means a default that is not the zero of its type.
pub const DEFAULT: u16 = 1 << 11;
/// JSON does not write its name as it stands: a quote, a backslash or a control character is in it.
pub const ESCAPED: u16 = 1 << 10;
/// An attribute of its structure's element in XML (`smithy.api#xmlAttribute`).
pub const ATTRIBUTE: u16 = 1 << 12;
/// Elements of its list, or entries of its map, stand in the structure itself in XML and in forms
/// (`smithy.api#xmlFlattened`).
pub const FLATTENED: u16 = 1 << 13;
/// Its element is the document itself in XML (`aws.customizations#s3UnwrappedXmlOutput`).
pub const DOCUMENT: u16 = 1 << 14;
/// A stream of bytes (`smithy.api#streaming`): the whole body, which is not loaded into memory.
pub const STREAM: u16 = 1 << 15;
