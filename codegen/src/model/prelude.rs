//! The shapes that every Smithy model can target without defining them.

use crate::ast::node::Findings;
use crate::ast::{File, PRELUDE, read};
use serde_json::{Map, Value, json};

/// Name, type and default of the simple shapes of the prelude.
const SIMPLE: [(&str, &str, Option<i32>); 20] = [
    ("String", "string", None),
    ("Blob", "blob", None),
    ("BigInteger", "bigInteger", None),
    ("BigDecimal", "bigDecimal", None),
    ("Timestamp", "timestamp", None),
    ("Document", "document", None),
    ("Boolean", "boolean", None),
    ("Byte", "byte", None),
    ("Short", "short", None),
    ("Integer", "integer", None),
    ("Long", "long", None),
    ("Float", "float", None),
    ("Double", "double", None),
    ("PrimitiveBoolean", "boolean", Some(0)),
    ("PrimitiveByte", "byte", Some(0)),
    ("PrimitiveShort", "short", Some(0)),
    ("PrimitiveInteger", "integer", Some(0)),
    ("PrimitiveLong", "long", Some(0)),
    ("PrimitiveFloat", "float", Some(0)),
    ("PrimitiveDouble", "double", Some(0)),
];

/// The prelude as a source of its own, the first of all.
pub(crate) fn prelude(findings: &mut Findings) -> Option<File> {
    let mut shapes = Map::new();
    for (name, kind, default) in SIMPLE {
        let mut shape = json!({"type": kind});
        if let Some(number) = default {
            let default = match kind {
                "boolean" => Value::Bool(false),
                _ => number.into(),
            };
            shape["traits"] = json!({"smithy.api#default": default});
        }
        shapes.insert(format!("{PRELUDE}#{name}"), shape);
    }
    shapes.insert(format!("{PRELUDE}#Unit"), json!({"type": "structure"}));
    let text = json!({"smithy": "2.0", "shapes": shapes}).to_string();
    read::read(0, "the prelude of Smithy", &text, findings)
}
