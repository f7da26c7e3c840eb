//! The protocols whose bodies are XML, and errors as these and the query protocols write them.

use super::ErrorHead;
use crate::format::DecodeError;
use crate::format::xml::read::XmlReader;
use crate::response::Response;

/// `aws.protocols#restXml`: routes, HTTP bindings, and documents in XML. Its errors are read with an element around them and
/// without (`noErrorWrapping`), whichever the model says.
#[cfg(feature = "rest-xml")]
pub static REST_XML: super::Rest =
    super::Rest { format: &crate::format::xml::XML, error: read_error, late_error: None };

/// [`REST_XML`] of a service that sends its status before it knows how a call ends, so that a success may have an error as
/// its body, and an error that only the status tells of, as the answer to a `HEAD` is one: what is not there is `NotFound`.
#[cfg(feature = "rest-xml")]
pub static REST_XML_LATE_ERRORS: super::Rest = super::Rest {
    format: &crate::format::xml::XML,
    error: |response, head| {
        if response.status == 404 && response.body.is_empty() {
            head.name = Some("NotFound".into());
            return Ok(());
        }
        read_error(response, head)
    },
    late_error: Some(|body| XmlReader::new(body).root().is_ok_and(|root| root.is(ERROR))),
};

/// Finds the head of an error. Its element is `Error`, which stands alone, in an `ErrorResponse`, or among the `Errors` of a
/// `Response`; the id of the request stands in it or around it. A document that has the id of a request, or `Messages`, and
/// no `Error` is itself an error, which its element names. A body with nothing in it says nothing.
///
/// # Errors
/// When the body is malformed. What was found until then is in `head`.
pub(crate) fn read_error<'r>(response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    head.body = b"";
    if response.body.trim_ascii().is_empty() {
        return Ok(());
    }
    let mut reader = XmlReader::new(response.body);
    let root = reader.root()?;
    if root.is(ERROR) {
        read_members(&mut reader, head)?;
        head.body = &response.body[root.start()..reader.position()];
    } else {
        let tells = read_envelope(&mut reader, response.body, head)?;
        let is_envelope = ["ErrorResponse", "Response"].iter().any(|name| root.is(name));
        if head.body.is_empty() && tells && !is_envelope {
            let name = root.name();
            head.name = Some(name.split_once(':').map_or(name, |(_, local)| local).into());
            head.body = &response.body[root.start()..reader.position()];
        }
    }
    reader.finish()
}

/// The element of an error.
const ERROR: &str = "Error";

/// What is around an error, from the element that was opened last, which it closes. Whether it has the id of a request or
/// messages itself.
fn read_envelope<'r>(
    reader: &mut XmlReader<'r>,
    body: &'r [u8],
    head: &mut ErrorHead<'r>,
) -> Result<bool, DecodeError> {
    let mut tells = false;
    // How many elements `Errors` are open.
    let mut lists = 0;
    loop {
        match reader.next_child()? {
            Some(child) if child.is(ERROR) && head.body.is_empty() => {
                read_members(reader, head)?;
                head.body = &body[child.start()..reader.position()];
            }
            Some(child) if child.is("Errors") && lists == 0 => lists = 1,
            Some(child) if is_request_id(child.name()) => {
                head.request_id = Some(reader.text()?);
                tells = true;
            }
            Some(child) if child.is("Messages") && lists == 0 => {
                read_messages(reader, head)?;
                tells = true;
            }
            Some(child) if is_message(child.name()) && lists == 0 && head.message.is_none() => {
                head.message = Some(reader.text()?)
            }
            Some(_) => reader.skip()?,
            None if lists == 0 => return Ok(tells),
            None => lists = 0,
        }
    }
}

/// The first of several messages, unless there is one already; it closes the element of them.
fn read_messages<'r>(reader: &mut XmlReader<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    while let Some(child) = reader.next_child()? {
        match is_message(child.name()) && head.message.is_none() {
            true => head.message = Some(reader.text()?),
            false => reader.skip()?,
        }
    }
    Ok(())
}

/// Code, message and the id of the request in the element of an error, which it closes.
fn read_members<'r>(reader: &mut XmlReader<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    while let Some(child) = reader.next_child()? {
        match child.name() {
            "Code" => head.name = Some(reader.text()?),
            name if is_message(name) => head.message = Some(reader.text()?),
            name if is_request_id(name) => head.request_id = Some(reader.text()?),
            _ => reader.skip()?,
        }
    }
    Ok(())
}

/// Whether an element says what went wrong.
fn is_message(name: &str) -> bool {
    matches!(name, "Message" | "message")
}

/// Whether an element has the id of the request: services write it in two ways.
fn is_request_id(name: &str) -> bool {
    matches!(name, "RequestId" | "RequestID")
}

#[cfg(all(test, feature = "rest-xml"))]
mod tests {
    use aws_smithy_runtime_api::http::{Headers, NonUtf8HeaderHandling};
    use std::cell::RefCell;

    use super::{REST_XML, REST_XML_LATE_ERRORS, read_error};
    use crate::protocol::{ErrorHead, Protocol, Rest};
    use crate::response::Response;

    /// Name, message, id of the request and members of the error that a body tells of, and what was wrong with it.
    fn told(body: &str) -> (String, Option<String>) {
        let headers = Headers::new();
        let response = Response {
            status: 400,
            headers: &headers,
            body: body.as_bytes(),
            stream: RefCell::default(),
            unreadable_headers: NonUtf8HeaderHandling::default(),
        };
        let mut head = ErrorHead::default();
        let problem = read_error(&response, &mut head).err().map(|error| error.to_string());
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().unwrap_or("-").to_owned();
        let members = String::from_utf8_lossy(head.body);
        (format!("{} {} {} {members}", text(&head.name), text(&head.message), text(&head.request_id)), problem)
    }

    #[test]
    fn errors_stand_alone_or_in_an_envelope() {
        let error = "<Error><Type>Sender</Type><Code>Gone</Code><Message>No &amp; no</Message><Key>k</Key></Error>";
        let wrapped = format!("<ErrorResponse xmlns='https://a'>\n{error}<RequestId>7</RequestId></ErrorResponse>");
        let listed = format!("<Response><Errors>{error}</Errors><RequestID>7</RequestID></Response>");
        let alone = error.replace("<Key>", "<RequestId>7</RequestId><Key>");
        assert_eq!(told(&wrapped), (format!("Gone No & no 7 {error}"), None));
        assert_eq!(told(&listed), (format!("Gone No & no 7 {error}"), None));
        assert_eq!(told(&format!("<?xml version='1.0'?>{alone}")), (format!("Gone No & no 7 {alone}"), None));
    }

    #[test]
    fn the_first_of_several_errors_counts() {
        let [one, two] = ["One", "Two"].map(|code| format!("<Error><Code>{code}</Code></Error>"));
        assert_eq!(
            told(&format!("<Response><Errors>{one}{two}</Errors></Response>")),
            (format!("One - - {one}"), None)
        );
    }

    #[test]
    fn a_document_with_messages_or_the_id_of_a_request_is_an_error_that_its_element_names() {
        let bare =
            "<Invalid xmlns='https://a'><Messages><Message>one</Message></Messages><RequestId>7</RequestId></Invalid>";
        assert_eq!(told(bare), (format!("Invalid one 7 {bare}"), None));
        let without_id = "<r:Invalid><Messages><Message>one</Message><Message>two</Message></Messages></r:Invalid>";
        assert_eq!(told(without_id), (format!("Invalid one - {without_id}"), None));
        let with_message = "<Invalid><message>No</message><RequestId>7</RequestId></Invalid>";
        assert_eq!(told(with_message), (format!("Invalid No 7 {with_message}"), None));
        for envelope in ["ErrorResponse", "Response"] {
            let body = format!("<{envelope}><RequestId>7</RequestId></{envelope}>");
            assert_eq!(told(&body), ("- - 7 ".to_owned(), None));
        }
    }

    #[test]
    fn an_error_may_come_late_where_the_protocol_says_so() {
        let response = |status, body: &'static str, headers| Response {
            status,
            headers,
            body: body.as_bytes(),
            stream: RefCell::default(),
            unreadable_headers: NonUtf8HeaderHandling::default(),
        };
        let headers = Headers::new();
        let is_error = |protocol: &'static Rest, status, body| protocol.is_error(&response(status, body, &headers));
        let error = "<?xml version='1.0'?>\n<Error><Code>InternalError</Code></Error>";
        assert!(is_error(&REST_XML_LATE_ERRORS, 200, error) && !is_error(&REST_XML, 200, error));
        for body in ["", "<Result><Error/></Result>", "no document"] {
            assert!(
                !is_error(&REST_XML_LATE_ERRORS, 200, body) && is_error(&REST_XML_LATE_ERRORS, 404, body),
                "{body}"
            );
        }
        let name = |protocol: &'static Rest, status, body| {
            let mut head = ErrorHead::default();
            protocol.read_error(&response(status, body, &headers), &mut head).expect("it is well-formed");
            head.name.map(|name| name.into_owned())
        };
        assert_eq!(name(&REST_XML_LATE_ERRORS, 404, "").as_deref(), Some("NotFound"));
        assert_eq!(name(&REST_XML_LATE_ERRORS, 403, ""), None);
        assert_eq!(name(&REST_XML, 404, ""), None);
        assert_eq!(name(&REST_XML_LATE_ERRORS, 404, error).as_deref(), Some("InternalError"));
    }

    #[test]
    fn what_is_no_error_says_nothing() {
        assert_eq!(told(" \n"), ("- - - ".to_owned(), None));
        assert_eq!(told("<html><body/></html>"), ("- - - ".to_owned(), None));
        assert_eq!(told("Bad gateway"), ("- - - ".to_owned(), Some("expected an element at byte 0".to_owned())));
    }

    #[test]
    fn what_was_found_before_a_body_breaks_off_is_kept() {
        let (said, problem) = told("<Error><Code>Gone</Code><Mess");
        assert_eq!(said, "Gone - - ");
        assert_eq!(problem.as_deref(), Some("the XML document ends too early: expected `>` at byte 29"));
    }
}
