//! The header of answers that is a timestamp in the model, and anything at all in fact.
//!
//! A service that passes on what somebody else has written there cannot promise its form. The member stays what it is,
//! absent where the header is no timestamp, and is deprecated for a second one beside it, which is the text.

use crate::plan::types::RustType;
use crate::plan::{Field, Presence, Role, Row, names};

/// What the second member is called after the first, in the model's way.
const SUFFIX: &str = "String";

/// Gives the fields of an output the text of this header, where one of them is a timestamp of it.
pub(super) fn complete(fields: &mut Vec<Field>, header: &str) {
    let is_bound = |field: &Field| field.row.location == Some("HEADER") && field.row.wire.eq_ignore_ascii_case(header);
    let Some(index) = fields.iter().position(|field| field.ty == RustType::DateTime && is_bound(field)) else { return };
    let text = text_of(&fields[index]);
    if fields.iter().any(|field| field.name == text.name) {
        return;
    }
    let timestamp = &mut fields[index];
    timestamp.row.flags.push("LOOSE");
    timestamp.deprecated = Some(format!("use `{}`, which is the header as it was sent", text.name));
    fields.insert(index + 1, text);
}

/// The member for the text of a header that another one holds as a timestamp.
fn text_of(timestamp: &Field) -> Field {
    let member_name = format!("{}{SUFFIX}", timestamp.member_name);
    let named = names::members(Role::Output, &[&member_name]).swap_remove(0);
    let is_secret = |flag: &&str| *flag == "SENSITIVE";
    Field {
        name: named.field,
        set: named.set,
        get: named.get,
        ty: RustType::String,
        presence: Presence::Optional,
        required: false,
        boxed: false,
        is_private: false,
        docs: timestamp.docs.clone(),
        deprecated: None,
        row: Row {
            location: timestamp.row.location,
            wire: timestamp.row.wire.clone(),
            named: Some(member_name.clone()),
            flags: timestamp.row.flags.iter().copied().filter(is_secret).collect(),
            media_type: None,
            xml: None,
        },
        member_name,
    }
}
