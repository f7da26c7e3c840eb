//! The functions that endpoint rule sets call, as Smithy's rules engine and its
//! AWS extension define them. They behave as in the official clients except where noted.
//!
//! A function that fails returns `None` or `false`, since a rule set takes that
//! as a condition that does not hold; no function reports why.

use std::borrow::Cow;
use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What [`parse_url`] finds in a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`, in lower case.
    pub scheme: &'static str,
    /// Host and, where the URL names one, port.
    pub authority: &'a str,
    /// The path as it stands in the URL, empty where there is none.
    pub path: &'a str,
    normalized_path: Cow<'a, str>,
    /// The host is an IPv4 address, or an IPv6 address in brackets.
    pub is_ip: bool,
}

impl Url<'_> {
    /// The path with a slash at its start and at its end.
    pub fn normalized_path(&self) -> &str {
        &self.normalized_path
    }
}

/// What [`parse_arn`] finds in an Amazon Resource Name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// Partition, for instance `aws`.
    pub partition: &'a str,
    /// Namespace of the service, for instance `ivs`.
    pub service: &'a str,
    /// Region, empty for resources that have none.
    pub region: &'a str,
    /// Account, empty for resources that have none.
    pub account_id: &'a str,
    /// The rest, cut at each `:` and `/`; never empty.
    pub resource_id: Vec<&'a str>,
}

/// `isValidHostLabel`: whether `label` can be one label of a host name: 1 to 63
/// ASCII letters, digits and hyphens, the first of them no hyphen.
///
/// With `allow_dots` it may be several such labels joined by dots.
pub fn is_valid_host_label(label: &str, allow_dots: bool) -> bool {
    every_label(label, allow_dots, is_host_label)
}

/// `aws.isVirtualHostableS3Bucket`: whether `bucket` can be part of a host name:
/// 3 to 63 lower-case ASCII letters, digits and hyphens, no hyphen first or last.
///
/// With `allow_dots` it may be several such names joined by dots, but not an
/// IPv4 address (which the official clients let pass).
pub fn is_virtual_hostable_s3_bucket(bucket: &str, allow_dots: bool) -> bool {
    every_label(bucket, allow_dots, is_bucket_label) && bucket.parse::<Ipv4Addr>().is_err()
}

fn every_label(text: &str, allow_dots: bool, is_label: fn(&str) -> bool) -> bool {
    if allow_dots { text.split('.').all(is_label) } else { is_label(text) }
}

fn is_host_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_bucket_label(label: &str) -> bool {
    label.len() >= 3
        && is_host_label(label)
        && !label.ends_with('-')
        && !label.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// `parseURL`: takes apart an absolute `http` or `https` URL.
///
/// `None` for another scheme, a query, a host or port that is malformed, or a
/// path with characters that must be percent-encoded. User name and password
/// are left out of the authority, a fragment out of the path. The official
/// clients leave the former in, and do not add the final slash of
/// [`normalized_path`](Url::normalized_path); the specification says otherwise.
pub fn parse_url(url: &str) -> Option<Url<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = ["http", "https"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    if rest.contains('?') {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let is_ip = is_ip(host_of(authority)?)?;
    if !path.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>^`".contains(&byte)) {
        return None;
    }
    Some(Url { scheme, authority, path, normalized_path: normalized(path), is_ip })
}

/// The host of an authority, if its port is empty or a number of 16 bits.
fn host_of(authority: &str) -> Option<&str> {
    // The colons of an IPv6 address stand in brackets.
    let port_from = authority.rfind(']').unwrap_or(0);
    let Some(colon) = authority[port_from..].rfind(':') else {
        return Some(authority);
    };
    let (host, port) = authority.split_at(port_from + colon);
    let port = &port[1..];
    let digits_only = port.bytes().all(|byte| byte.is_ascii_digit());
    (digits_only && (port.is_empty() || port.parse::<u16>().is_ok())).then_some(host)
}

/// Whether a host is an address, or `None` if it is no host at all.
fn is_ip(host: &str) -> Option<bool> {
    if let Some(address) = host.strip_prefix('[') {
        let address = address.strip_suffix(']')?;
        return address.parse::<Ipv6Addr>().is_ok().then_some(true);
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte);
    (!host.is_empty() && host.bytes().all(allowed)).then(|| host.parse::<Ipv4Addr>().is_ok())
}

fn normalized(path: &str) -> Cow<'_, str> {
    match path {
        "" => Cow::Borrowed("/"),
        _ if path.ends_with('/') => Cow::Borrowed(path),
        _ => Cow::Owned(format!("{path}/")),
    }
}

/// `substring`: the bytes from `start` up to, not including, `stop`.
///
/// With `reverse` both count from the end of `text`; the result still reads
/// forwards. `None` if `text` is shorter than `stop` or not ASCII, or if `stop`
/// does not lie after `start`.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > text.len() || !text.is_ascii() {
        return None;
    }
    let range = if reverse { text.len() - stop..text.len() - start } else { start..stop };
    text.get(range)
}

/// `uriEncode`: `text` with everything but the unreserved characters of RFC 3986
/// (ASCII letters, digits, `-`, `_`, `.` and `~`) percent-encoded.
pub fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            // A `String` takes all that is written to it.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// `aws.parseArn`: takes apart an Amazon Resource Name.
///
/// `None` unless it has six parts, the first is `arn`, and partition, service
/// and resource are not empty.
pub fn parse_arn(arn: &str) -> Option<Arn<'_>> {
    let mut parts = arn.splitn(6, ':');
    if parts.next() != Some("arn") {
        return None;
    }
    let [partition, service, region, account_id, resource] = std::array::from_fn(|_| parts.next());
    let filled = |part: Option<&'_ str>| part.is_some_and(|part| !part.is_empty());
    if !(filled(partition) && filled(service) && filled(resource)) {
        return None;
    }
    Some(Arn {
        partition: partition?,
        service: service?,
        region: region?,
        account_id: account_id?,
        resource_id: resource?.split([':', '/']).collect(),
    })
}

/// `split`: the parts of `text` between the occurrences of `delimiter`.
///
/// At most `limit` parts, the last of which holds all that is left; 0 means no
/// limit. A delimiter that is empty or does not occur leaves one part.
pub fn split<'a>(text: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match (delimiter, limit) {
        ("", _) => vec![text],
        (_, 0) => text.split(delimiter).collect(),
        (_, limit) => text.splitn(limit, delimiter).collect(),
    }
}
