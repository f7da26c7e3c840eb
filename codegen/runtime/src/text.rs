//! Text forms of values outside the body: in hosts, paths, queries and headers.

use std::borrow::Cow;

use crate::number::{double_text, float_text};
use crate::shape::{Member, View};

/// The text of a scalar in a path, query or header; `None` for what has none.
pub(crate) fn text_of<'a>(view: &View<'a>, member: &Member) -> Option<Cow<'a, str>> {
    Some(match view {
        View::Text(text) => Cow::Borrowed(*text),
        View::Enum(word) => Cow::Borrowed(word.text()),
        View::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        View::Integer(value) => Cow::Owned(value.to_string()),
        View::Float(value) => Cow::Owned(float_text(*value)),
        View::Double(value) => Cow::Owned(double_text(*value)),
        View::BigNumber(value) => Cow::Borrowed(value.text()),
        View::Timestamp(value) => Cow::Owned(value.fmt(member.format.engine()).ok()?),
        View::Blob(value) => Cow::Owned(aws_smithy_types::base64::encode(value)),
        _ => return None,
    })
}
