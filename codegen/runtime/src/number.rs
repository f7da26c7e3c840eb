//! Numbers as text, for paths, queries, headers and formats.

use aws_smithy_types::primitive::Encoder;

/// A single-precision number as text, shortest form.
///
/// What is not finite becomes `NaN`, `Infinity` or `-Infinity`.
pub(crate) fn float_text(value: f32) -> String {
    Encoder::from(value).encode().to_owned()
}

/// A double-precision number as text, shortest form.
///
/// What is not finite becomes `NaN`, `Infinity` or `-Infinity`.
pub(crate) fn double_text(value: f64) -> String {
    Encoder::from(value).encode().to_owned()
}
