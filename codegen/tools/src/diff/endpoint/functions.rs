//! The functions that rule sets call on text, as Smithy's rules engine defines them.

use std::net::{Ipv4Addr, Ipv6Addr};

/// What `parseURL` finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Url {
    pub(super) scheme: String,
    pub(super) authority: String,
    pub(super) path: String,
    pub(super) normalized_path: String,
    pub(super) is_ip: bool,
}

/// What `aws.parseArn` finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arn {
    pub(super) partition: String,
    pub(super) service: String,
    pub(super) region: String,
    pub(super) account_id: String,
    pub(super) resource_id: Vec<String>,
}

pub(super) fn parse_url(text: &str) -> Option<Url> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if !["http", "https"].contains(&scheme.as_str()) || rest.contains('?') {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    if host.is_empty() {
        return None;
    }
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_ip = host.parse::<Ipv4Addr>().is_ok() || bracketed.is_some_and(|host| host.parse::<Ipv6Addr>().is_ok());
    let normalized_path = if path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
    Some(Url { scheme, authority: authority.to_owned(), path: path.to_owned(), normalized_path, is_ip })
}

pub(super) fn parse_arn(text: &str) -> Option<Arn> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, service, region, account_id, resource] = parts.as_slice() else { return None };
    if partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn {
        partition: (*partition).to_owned(),
        service: (*service).to_owned(),
        region: (*region).to_owned(),
        account_id: (*account_id).to_owned(),
        resource_id: resource.split([':', '/']).map(str::to_owned).collect(),
    })
}

pub(super) fn is_host_label(text: &str, allow_dots: bool) -> bool {
    labels(text, allow_dots, |label| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len()) && !label.starts_with('-') && label.bytes().all(plain)
    })
}

pub(super) fn is_bucket_host(text: &str, allow_dots: bool) -> bool {
    let fits = labels(text, allow_dots, |label| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (3..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-') && label.bytes().all(plain)
    });
    fits && text.parse::<Ipv4Addr>().is_err()
}

fn labels(text: &str, allow_dots: bool, fits: impl Fn(&str) -> bool) -> bool {
    if allow_dots { text.split('.').all(fits) } else { fits(text) }
}

pub(super) fn substring(text: &str, start: i64, stop: i64, reverse: bool) -> Option<String> {
    let (start, stop) = (usize::try_from(start).ok()?, usize::try_from(stop).ok()?);
    if start >= stop || stop > text.len() || !text.is_ascii() {
        return None;
    }
    let range = if reverse { text.len() - stop..text.len() - start } else { start..stop };
    text.get(range).map(str::to_owned)
}

pub(super) fn uri_encode(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

pub(super) fn split(text: &str, delimiter: &str, limit: i64) -> Vec<String> {
    let parts: Vec<&str> = match usize::try_from(limit) {
        _ if delimiter.is_empty() => vec![text],
        Ok(limit) if limit > 0 => text.splitn(limit, delimiter).collect(),
        _ => text.split(delimiter).collect(),
    };
    parts.into_iter().map(str::to_owned).collect()
}
