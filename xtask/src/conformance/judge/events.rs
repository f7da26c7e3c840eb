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
    let asked = asked.iter().map(|event| event.bytes.as_slice());
    let places = asked.clone().count().max(sent.len());
    let asked = asked.map(Some).chain(std::iter::repeat(None));
    let sent = sent.iter().map(|message| Some(message.whole)).chain(std::iter::repeat(None));
    let (place, (asked, sent)) = asked.zip(sent).take(places).enumerate().find(|(_, (asked, sent))| asked != sent)?;
    let [asked, sent] = [asked, sent].map(|message| message.map_or_else(|| "nothing".to_owned(), shown));
    Some(Difference::new(format!("event {place}"), asked, sent))
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
