//! Whether messages of a stream of events are those that a case asks for.

use smithy_client_codegen::protocol_tests::Event;

use super::Difference;

/// Lengths and their checksum, before the headers.
const PRELUDE: usize = 12;

/// The checksum behind the payload.
const TRAILER: usize = 4;

/// What sets a body apart from the messages that a case asks for. Where they are signed, each is the payload of another one,
/// and one with nothing in it is the end.
pub(super) fn difference(asked: &[Event], body: &[u8]) -> Option<Difference> {
    let mut sent = messages(body);
    if sent.iter().any(|message| message.headers.windows(SIGNATURE.len()).any(|part| part == SIGNATURE)) {
        let ends = sent.pop().is_some_and(|end| end.payload.is_empty());
        if !ends {
            return Some(Difference::new("events", "a signed end", "no end"));
        }
        sent = sent.iter().flat_map(|message| messages(message.payload)).collect();
    }
    let shown = |bytes: &[u8]| bytes.escape_ascii().to_string();
    let places = asked.len().max(sent.len());
    let (place, asked, sent) = (0..places).find_map(|place| {
        let asked = asked.get(place).map(|event| event.bytes.as_slice());
        let sent = sent.get(place).map(|message| message.whole);
        let is_same = asked.zip(sent).is_some_and(|(asked, sent)| parts(asked) == parts(sent));
        (!is_same).then_some((place, asked, sent))
    })?;
    let [asked, sent] = [asked, sent].map(|message| message.map_or_else(|| "nothing".to_owned(), shown));
    Some(Difference::new(format!("event {place}"), asked, sent))
}

/// The headers of a message, whose order says nothing, and its payload.
fn parts(message: &[u8]) -> Option<(Vec<&[u8]>, &[u8])> {
    let (Message { headers, payload, .. }, rest) = first(message)?;
    let mut found = Vec::new();
    let mut headers = headers;
    while !headers.is_empty() {
        let (header, others) = headers.split_at_checked(header_length(headers)?)?;
        found.push(header);
        headers = others;
    }
    found.sort_unstable();
    rest.is_empty().then_some((found, payload))
}

/// How many bytes the first of these headers has: its name, the number of its type and its value.
fn header_length(headers: &[u8]) -> Option<usize> {
    let value = usize::from(*headers.first()?) + 2;
    let length = match *headers.get(value - 1)? {
        0 | 1 => 0,
        2 => 1,
        3 => 2,
        4 => 4,
        5 | 8 => 8,
        6 | 7 => 2 + usize::from(u16::from_be_bytes(headers.get(value..value + 2)?.try_into().ok()?)),
        9 => 16,
        _ => return None,
    };
    Some(value + length)
}

/// What signed messages have among their headers.
const SIGNATURE: &[u8] = b":chunk-signature";

struct Message<'b> {
    whole: &'b [u8],
    headers: &'b [u8],
    payload: &'b [u8],
}

/// The messages of a stream, as far as they are whole.
fn messages(mut bytes: &[u8]) -> Vec<Message<'_>> {
    let mut found = Vec::new();
    while let Some((message, rest)) = first(bytes) {
        found.push(message);
        bytes = rest;
    }
    found
}

fn first(bytes: &[u8]) -> Option<(Message<'_>, &[u8])> {
    let number = |from: usize| {
        let bytes = bytes.get(from..from + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let (whole, rest) = bytes.split_at_checked(number(0)?)?;
    let within = whole.get(PRELUDE..whole.len().checked_sub(TRAILER)?)?;
    let (headers, payload) = within.split_at_checked(number(4)?)?;
    Some((Message { whole, headers, payload }, rest))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use smithy_client_codegen::protocol_tests::Event;

    use super::difference;

    /// A message of these bytes of headers, with nothing where checksums are.
    fn message(headers: &[u8], payload: &[u8]) -> Vec<u8> {
        let number = |length: usize| u32::try_from(length).expect("it is short").to_be_bytes();
        let total = 16 + headers.len() + payload.len();
        [&number(total)[..], &number(headers.len()), &[0; 4], headers, payload, &[0; 4]].concat()
    }

    fn asked(bytes: Vec<u8>) -> Event {
        let stated = json!({ "type": "request", "bytes": "" });
        let mut event: Event = serde_json::from_value(stated).expect("it is an event");
        event.bytes = bytes;
        event
    }

    #[test]
    fn the_order_of_headers_says_nothing() {
        let (one, other) = (b"\x01a\x00", b"\x01b\x07\x00\x02hi");
        let asked = [asked(message(&[&one[..], other].concat(), b"p"))];
        assert_eq!(difference(&asked, &message(&[&other[..], one].concat(), b"p")), None);
        let found = difference(&asked, &message(one, b"p")).map(|difference| difference.part);
        assert_eq!(found.as_deref(), Some("event 0"));
        assert!(difference(&asked, b"").is_some() && difference(&[], &message(one, b"p")).is_some());
    }

    #[test]
    fn signed_messages_are_opened_and_need_an_end() {
        let inner = message(b"\x01a\x00", b"p");
        let signature = b"\x10:chunk-signature\x06\x00\x00";
        let (signed, end) = (message(signature, &inner), message(signature, b""));
        let asked = [asked(inner)];
        assert_eq!(difference(&asked, &[signed.clone(), end].concat()), None);
        let found = difference(&asked, &signed).map(|difference| difference.expected);
        assert_eq!(found.as_deref(), Some("a signed end"));
    }
}
