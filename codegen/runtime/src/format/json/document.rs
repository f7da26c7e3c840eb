//! Reads a document: JSON whose form only the caller knows.

use aws_smithy_types::Document;
use std::collections::HashMap;

use crate::format::json::read::{JsonReader, Kind};
use crate::format::{DecodeError, number};

/// Reads the next value, whatever it is.
///
/// # Errors
/// When the JSON is malformed or nested too deep.
pub fn read_document(reader: &mut JsonReader<'_>) -> Result<Document, DecodeError> {
    Ok(match reader.peek() {
        Some(Kind::Null) => {
            reader.null()?;
            Document::Null
        }
        Some(Kind::Boolean) => Document::Bool(reader.boolean()?),
        Some(Kind::Number) => Document::Number(number(reader.number_text()?)?),
        Some(Kind::Array) => {
            let mut elements = Vec::new();
            reader.begin_array()?;
            while reader.next_element()? {
                elements.push(read_document(reader)?);
            }
            Document::Array(elements)
        }
        Some(Kind::Object) => {
            let mut entries = HashMap::new();
            reader.begin_object()?;
            while let Some(key) = reader.next_key()? {
                let key = key.into_owned();
                entries.insert(key, read_document(reader)?);
            }
            Document::Object(entries)
        }
        // Text, or something malformed that `string` names.
        _ => Document::String(reader.string()?.into_owned()),
    })
}
