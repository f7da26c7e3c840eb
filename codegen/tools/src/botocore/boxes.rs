//! Which numbers have no default. A file says so by `box`, but not every file, and not of every number.
//!
//! Files of restJson services state it of every number. In Smithy's models of query services, and in many of others, a
//! number with bounds has no default, and yet botocore has no `box` for it. In files of services without the query
//! protocol that box some of their numbers with bounds, those without a `box` have a default. Numbers without bounds and
//! booleans are in no file told apart where it is missing: what is known of them beside the files, `defaults` has.

use serde_json::Value;
use smithy_client_codegen::ast::node::Node;

use super::defaults::has_default;

/// What the absence of a `box` means in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boxes {
    /// A default, whatever the shape is.
    Stated,
    /// Nothing for a number with bounds, which has no default.
    MissingWithBounds,
}

impl Boxes {
    /// The meaning in a file with these shapes, of a service that speaks these protocols.
    pub(super) fn of(shapes: &[(&String, Node<'_>)], protocols: &[(&str, Value)]) -> Self {
        let speaks = |protocol: &str| protocols.iter().any(|(id, _)| *id == protocol);
        let states = |shape: &Value| shape["box"] == true && has_bounds(shape);
        let any_stated = || shapes.iter().any(|(_, shape)| states(shape.value));
        match speaks("aws.protocols#restJson1") || !speaks("aws.protocols#awsQuery") && any_stated() {
            true => Self::Stated,
            false => Self::MissingWithBounds,
        }
    }

    /// Whether a shape of a service has no default although it has no `box`.
    pub(super) fn lacks_default(self, service: &str, name: &str, shape: &Value) -> bool {
        if shape["box"] == true
            || !matches!(shape["type"].as_str(), Some("boolean" | "integer" | "long" | "float" | "double"))
        {
            return false;
        }
        has_default(service, name).map_or(self == Self::MissingWithBounds && has_bounds(shape), |has| !has)
    }
}

/// Whether a shape is a number that is not to be less or more than another.
fn has_bounds(shape: &Value) -> bool {
    let is_number = matches!(shape["type"].as_str(), Some("integer" | "long" | "float" | "double"));
    is_number && (shape.get("min").is_some() || shape.get("max").is_some())
}
