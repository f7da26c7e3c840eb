//! The texts of scalars in formats that have nothing but text.

use crate::BoxError;
use crate::number::{double_text, float_text};
use crate::shape::{TimestampFormat, View, bytes_of};

/// Hands on the text of a scalar; nothing of an absent one.
///
/// # Errors
/// When it has none: a document, a timestamp outside the years that its format has. The error that `write` returns.
pub(super) fn with_text(
    view: &View<'_>,
    format: TimestampFormat,
    write: &mut dyn FnMut(&str) -> Result<(), BoxError>,
) -> Result<(), BoxError> {
    match view {
        View::Absent | View::Metadata(_) => Ok(()),
        View::Boolean(value) => write(if *value { "true" } else { "false" }),
        View::Integer(value) => write(aws_smithy_types::primitive::Encoder::from(*value).encode()),
        View::Float(value) => write(&float_text(*value)),
        View::Double(value) => write(&double_text(*value)),
        View::BigNumber(number) => write(number.text()),
        View::Text(text) => write(text),
        View::Enum(word) => write(word.text()),
        View::Timestamp(instant) => write(&instant.fmt(format.engine())?),
        View::Blob(bytes) => write(&aws_smithy_types::base64::encode(bytes)),
        View::Stream(stream) => write(&aws_smithy_types::base64::encode(bytes_of(stream)?)),
        _ => Err("a document cannot be sent: XML and forms do not have it".into()),
    }
}
