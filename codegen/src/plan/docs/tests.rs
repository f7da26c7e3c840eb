//! What comes out for each construct of the two source formats, for every real
//! text at hand, and for any text at all.

mod everything;
mod html;
mod markdown;

use super::render;

/// Renders with `Composition` and `CreateStage` known.
fn rendered(source: &str) -> String {
    render(source, &known).lines.text()
}

/// Two items of a client.
fn known(name: &str) -> Option<(String, String)> {
    let path = match name {
        "Composition" => "crate::types::Composition",
        "CreateStage" => "crate::operation::create_stage::CreateStage",
        _ => return None,
    };
    Some((name.to_owned(), path.to_owned()))
}
