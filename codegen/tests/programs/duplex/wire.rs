//! Messages of event streams and their signatures, as the specifications describe them: written without the client's code,
//! so that both can disagree.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use hyper::http::HeaderMap;
use hyper::http::request::Parts;
use sha2::{Digest, Sha256};

/// The secret of the credentials that the client has, and the scope in which it signs.
const SECRET: &str = "SECRET";
const REGION: &str = "eu-central-1";
const SERVICE: &str = "fixture";

/// A message: its headers, each with its type and its bytes, and its payload.
#[derive(Debug)]
pub struct Message {
    pub headers: BTreeMap<String, (u8, Vec<u8>)>,
    pub payload: Vec<u8>,
}

impl Message {
    /// The text of a header of that type.
    pub fn text(&self, name: &str) -> Option<&str> {
        let (kind, bytes) = self.headers.get(name)?;
        (*kind == 7).then(|| std::str::from_utf8(bytes).expect("text"))
    }

    /// What a log has of it: what it is called, its payload, and those of its own headers that are texts or integers.
    pub fn shown(&self) -> String {
        let name = self.text(":event-type").or(self.text(":exception-type")).unwrap_or_default();
        let own = self.headers.iter().filter(|(name, _)| !name.starts_with(':'));
        let headers = own.filter_map(|(name, (kind, bytes))| match kind {
            4 => Some(format!(" {name}={}", i32::from_be_bytes(bytes[..].try_into().expect("four bytes")))),
            7 => Some(format!(" {name}={}", std::str::from_utf8(bytes).expect("text"))),
            _ => None,
        });
        format!("{name} {}{}", readable(&self.payload), headers.collect::<String>())
    }
}

/// How the structures of a service are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tongue {
    Json,
    Cbor,
}

impl Tongue {
    /// That of the protocol whose requests go to this path.
    pub fn of(path: &str) -> Self {
        if path.starts_with("/service/") { Self::Cbor } else { Self::Json }
    }

    /// What messages call it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Cbor => "application/cbor",
        }
    }

    /// A structure with one text.
    pub fn says(self, name: &str, text: &str) -> Vec<u8> {
        match self {
            Self::Json => format!("{{\"{name}\":\"{text}\"}}").into_bytes(),
            Self::Cbor => [&[0xa1][..], &cbor_text(name), &cbor_text(text)].concat(),
        }
    }
}

/// A text as RFC 8949 has it.
fn cbor_text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).expect("a short text");
    let head = if length < 24 { vec![0x60 + length] } else { vec![0x78, length] };
    [&head, text.as_bytes()].concat()
}

/// A payload as a log has it: a map of texts in CBOR as it would be in JSON, and anything else as the text that it is.
fn readable(payload: &[u8]) -> String {
    let (is_endless, mut rest) = match payload {
        [0xbf, rest @ ..] => (true, rest),
        [0xa0..=0xb7, rest @ ..] => (false, rest),
        _ => return String::from_utf8_lossy(payload).into_owned(),
    };
    let mut take = || {
        let (length, begin) = match rest {
            [head @ 0x60..=0x77, ..] => (usize::from(head - 0x60), 1),
            [0x78, length, ..] => (usize::from(*length), 2),
            [0xff] if is_endless => return None,
            [] if !is_endless => return None,
            other => panic!("no text in CBOR: {other:02x?}"),
        };
        let (text, behind) = rest[begin..].split_at(length);
        rest = behind;
        Some(String::from_utf8(text.to_vec()).expect("text"))
    };
    let mut members = Vec::new();
    while let Some(name) = take() {
        members.push(format!("\"{name}\":\"{}\"", take().expect("a value")));
    }
    format!("{{{}}}", members.join(","))
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// The first message in bytes, if it is whole, and how many bytes it has.
///
/// # Panics
/// When the bytes are no message.
pub fn parse(bytes: &[u8]) -> Option<(Message, usize)> {
    let total = number(bytes.get(..4)?);
    let message = bytes.get(..total)?;
    let headers = number(&message[4..8]);
    assert_eq!(crc32fast::hash(&message[..8]) as usize, number(&message[8..12]), "checksum of the lengths");
    let (checked, checksum) = message.split_at(total - 4);
    assert_eq!(crc32fast::hash(checked) as usize, number(checksum), "checksum of the message");
    let (headers, payload) = checked[12..].split_at(headers);
    Some((Message { headers: headers_of(headers), payload: payload.to_vec() }, total))
}

fn headers_of(mut bytes: &[u8]) -> BTreeMap<String, (u8, Vec<u8>)> {
    let mut take = |length: usize| {
        let (taken, rest) = bytes.split_at(length);
        bytes = rest;
        (taken.to_vec(), rest.is_empty())
    };
    let mut headers = BTreeMap::new();
    let mut at_end = false;
    while !at_end {
        let length = number(&take(1).0);
        let name = String::from_utf8(take(length).0).expect("text");
        let (kind, ended) = take(1);
        let length = match kind[0] {
            0 | 1 => 0,
            2 => 1,
            3 => 2,
            4 => 4,
            5 | 8 => 8,
            6 | 7 => number(&take(2).0),
            9 => 16,
            kind => panic!("no type of headers: {kind}"),
        };
        let (value, ends) = take(length);
        at_end = ends || ended;
        headers.insert(name, (kind[0], value));
    }
    headers
}

/// A message whose headers are texts.
pub fn message(headers: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    for (name, value) in headers {
        encoded.push(name.len() as u8);
        encoded.extend(name.as_bytes());
        encoded.push(7);
        encoded.extend((value.len() as u16).to_be_bytes());
        encoded.extend(value.as_bytes());
    }
    let mut message = ((16 + encoded.len() + payload.len()) as u32).to_be_bytes().to_vec();
    message.extend((encoded.len() as u32).to_be_bytes());
    message.extend(crc32fast::hash(&message).to_be_bytes());
    message.extend(encoded);
    message.extend(payload);
    message.extend(crc32fast::hash(&message).to_be_bytes());
    message
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn sign(day: &str, text: &str) -> String {
    let key = [REGION, SERVICE, "aws4_request"]
        .iter()
        .fold(mac(format!("AWS4{SECRET}").as_bytes(), day.as_bytes()), |key, part| mac(&key, part.as_bytes()));
    hex(&mac(&key, text.as_bytes()))
}

/// The signatures of the messages of one request.
#[derive(Debug)]
pub struct Chain {
    signature: String,
    /// Day and time of the request.
    time: String,
}

impl Chain {
    /// Begins with the signature of a request, which has to be right.
    pub fn of(request: &Parts) -> Self {
        let header = |name: &str| text(&request.headers, name);
        let authorization = header("authorization");
        let part = |name: &str| {
            let (_, value) = authorization.split_once(name).expect("a part of the signature");
            value.split(',').next().expect("a value").to_owned()
        };
        let time = header("x-amz-date");
        let day = time[..8].to_owned();
        let scope = format!("{day}/{REGION}/{SERVICE}/aws4_request");
        assert_eq!(part("Credential="), format!("AKID/{scope}"));
        let signed = part("SignedHeaders=");
        assert!(signed.split(';').any(|name| name == "x-amz-content-sha256"), "{signed}");
        let host = request.uri.authority().map(|authority| authority.to_string());
        let value = |name: &str| match (name, &host) {
            ("host", Some(host)) => host.clone(),
            (name, _) => header(name),
        };
        let lines: String = signed.split(';').map(|name| format!("{name}:{}\n", value(name))).collect();
        assert_eq!(header("x-amz-content-sha256"), "STREAMING-AWS4-HMAC-SHA256-EVENTS");
        let path = request.uri.path();
        let canonical = format!("{}\n{path}\n\n{lines}\n{signed}\nSTREAMING-AWS4-HMAC-SHA256-EVENTS", request.method);
        let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", digest(canonical.as_bytes()));
        let signature = part("Signature=");
        assert_eq!(signature, sign(&day, &text), "the signature of the request:\n{canonical}");
        Self { signature, time }
    }

    /// The bytes within a message, whose signature has to be right.
    pub fn open(&mut self, message: &Message) -> Vec<u8> {
        assert_eq!(message.headers.keys().collect::<Vec<_>>(), [":chunk-signature", ":date"]);
        let (kind, date) = &message.headers[":date"];
        assert_eq!(*kind, 8, "a time");
        let mut encoded = vec![5];
        encoded.extend(b":date\x08");
        encoded.extend(date);
        let time = utc(number(date) as u64 / 1000);
        let seconds = |time: &str| time[9..15].parse::<i64>().expect("a time");
        assert!((seconds(&time) - seconds(&self.time)).abs() < 100, "{time} is not of the time of the call");
        let day = &time[..8];
        let text = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{time}\n{day}/{REGION}/{SERVICE}/aws4_request\n{}\n{}\n{}",
            self.signature,
            digest(&encoded),
            digest(&message.payload),
        );
        let (kind, signature) = &message.headers[":chunk-signature"];
        assert_eq!((*kind, hex(signature)), (6, sign(day, &text)), "the signature of a message");
        self.signature = hex(signature);
        message.payload.clone()
    }
}

/// A header that came once.
pub fn text(headers: &HeaderMap, name: &str) -> String {
    let mut values = headers.get_all(name).iter();
    let value = values.next().unwrap_or_else(|| panic!("no {name} in {headers:?}"));
    assert!(values.next().is_none(), "{name} came twice");
    value.to_str().expect("text").to_owned()
}

/// Seconds since 1970 as signatures have them: `20261117T083000Z`.
fn utc(seconds: u64) -> String {
    let (mut days, time) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    let is_leap = |year: u64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 0;
    let lengths = [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", month + 1, days + 1)
}
