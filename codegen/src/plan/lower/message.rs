//! The member `message` of exceptions: the text for people, which every error has.
//!
//! An exception has it whatever the model says: as the model has it, or as an option. The runtime fills it from what the
//! protocol finds in the head of an error, where the body has it not.

use crate::plan::docs::Docs;
use crate::plan::types::RustType;
use crate::plan::{Field, Presence, Role, Row};

/// The name of the field, and of the member where the model has none.
const NAME: &str = "message";

/// What it is, where the model does not say more.
pub(super) const DOCS: &str = "What the service says about the error, for people.";

/// What it is called in a body where the model does not say so, as AWS's crates read it.
const WIRE: &str = "Message";

/// Whether a field is the message of an exception. One of this name that is no text is not.
pub(super) fn is_message(role: Role, field: &str, ty: &RustType) -> bool {
    role == Role::Exception && field == NAME && *ty == RustType::String
}

/// Gives the fields of an exception a message. A member of this name that is something else makes room for it.
pub(super) fn complete(fields: &mut Vec<Field>) {
    for field in fields.iter_mut().filter(|field| field.name == NAME && field.ty != RustType::String) {
        for name in [&mut field.name, &mut field.set, &mut field.get] {
            name.push_str("_value");
        }
    }
    if !fields.iter().any(|field| field.name == NAME) {
        fields.push(message());
    }
}

fn message() -> Field {
    Field {
        name: NAME.to_owned(),
        set: format!("set_{NAME}"),
        get: format!("get_{NAME}"),
        member_name: NAME.to_owned(),
        ty: RustType::String,
        presence: Presence::Optional,
        required: false,
        boxed: false,
        is_private: false,
        docs: Docs::plain(DOCS),
        deprecated: None,
        row: Row {
            location: None,
            wire: WIRE.to_owned(),
            named: Some(NAME.to_owned()),
            flags: Vec::new(),
            media_type: None,
            xml: None,
        },
    }
}
