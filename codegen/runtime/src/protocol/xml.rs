//! The protocols whose bodies are XML, and errors as these and the query protocols write them.

use super::{ErrorHead, Rest};
use crate::format::DecodeError;
use crate::format::xml::XML;
use crate::format::xml::read::XmlReader;
use crate::response::Response;

/// `aws.protocols#restXml`: routes, HTTP bindings, and documents in XML. Its errors are read with an element around them and
/// without (`noErrorWrapping`), whichever the model says.
#[cfg(feature = "rest-xml")]
pub static REST_XML: Rest = Rest { format: &XML, error: read_error };

/// Finds the head of an error. Its element is `Error`, which stands alone, in an `ErrorResponse`, or among the `Errors` of a
/// `Response`; the id of the request stands in it or around it. A body with nothing in it says nothing.
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
        read_envelope(&mut reader, response.body, head)?;
    }
    reader.finish()
}

/// The element of an error.
const ERROR: &str = "Error";

/// What is around an error, from the element that was opened last, which it closes.
fn read_envelope<'r>(reader: &mut XmlReader<'r>, body: &'r [u8], head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    // How many elements `Errors` are open.
    let mut lists = 0;
    loop {
        match reader.next_child()? {
            Some(child) if child.is(ERROR) && head.body.is_empty() => {
                read_members(reader, head)?;
                head.body = &body[child.start()..reader.position()];
            }
            Some(child) if child.is("Errors") && lists == 0 => lists = 1,
            Some(child) if is_request_id(child.name()) => head.request_id = Some(reader.text()?),
            Some(_) => reader.skip()?,
            None if lists == 0 => return Ok(()),
            None => lists = 0,
        }
    }
}

/// Code, message and the id of the request in the element of an error, which it closes.
fn read_members<'r>(reader: &mut XmlReader<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    while let Some(child) = reader.next_child()? {
        match child.name() {
            "Code" => head.name = Some(reader.text()?),
            "Message" | "message" => head.message = Some(reader.text()?),
            name if is_request_id(name) => head.request_id = Some(reader.text()?),
            _ => reader.skip()?,
        }
    }
    Ok(())
}

/// Whether an element has the id of the request: services write it in two ways.
fn is_request_id(name: &str) -> bool {
    matches!(name, "RequestId" | "RequestID")
}
