//! The Rust types of shapes as a reader would write them.

use smithy_client_codegen::model::{Model, Shape, ShapeId, ShapeKind};
use smithy_client_codegen::names;

/// The Rust type of a shape as a reader would write it, without option or box; for outlines and for shapes without a
/// type of their own, such as lists. Works on models that cannot be emitted, too.
pub(super) fn shape_text(model: &Model, id: &ShapeId) -> String {
    let shape: &Shape = &model.shapes[id];
    let simple = match &shape.kind {
        ShapeKind::Blob if shape.streaming => "ByteStream",
        ShapeKind::Blob => "Blob",
        ShapeKind::Boolean => "bool",
        ShapeKind::String => "String",
        ShapeKind::Byte => "i8",
        ShapeKind::Short => "i16",
        ShapeKind::Integer | ShapeKind::IntEnum(_) => "i32",
        ShapeKind::Long => "i64",
        ShapeKind::Float => "f32",
        ShapeKind::Double => "f64",
        ShapeKind::BigInteger => "BigInteger",
        ShapeKind::BigDecimal => "BigDecimal",
        ShapeKind::Timestamp => "DateTime",
        ShapeKind::Document => "Document",
        ShapeKind::Enum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => return names::type_name(id.name()),
        ShapeKind::List { member, sparse } => return format!("Vec<{}>", held(model, &member.target, *sparse)),
        ShapeKind::Map { key, value, sparse } => {
            let (key, value) = (shape_text(model, &key.target), held(model, &value.target, *sparse));
            return format!("HashMap<{key}, {value}>");
        }
    };
    simple.to_owned()
}

fn held(model: &Model, id: &ShapeId, sparse: bool) -> String {
    let text = shape_text(model, id);
    if sparse { format!("Option<{text}>") } else { text }
}
