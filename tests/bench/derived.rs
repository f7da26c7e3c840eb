//! The documents of the benchmark by `serde_json` and derived code, as the third column beside the two clients.
//!
//! The structures hold the same values as the clients': timestamps parsed by the engine's own parser, enums as variants
//! that keep what they do not know, maps hashed. Text of enums and timestamps is read without a copy.

mod composition;
mod stage;
mod text;

use std::hint::black_box;

use serde::de::DeserializeOwned;

use composition::{Found, Page};
use stage::{Created, NewStage};
use text::Moment;

/// Does `kind` of work `count` times on `body`, and answers with a number that grows with what was done.
///
/// `list-compositions`, `get-composition` and `create-stage` decode `body` as the answer of that operation, and the number
/// is the one that the clients' calls give. `list-compositions-text` leaves timestamps as text, for a client that would
/// parse them later or never. `encode-stage` writes the large input of `CreateStage`; its number is the bytes.
///
/// # Errors
///
/// When `kind` is unknown, or `body` is not such a document.
pub fn run(kind: &str, count: usize, body: &[u8]) -> Result<usize, String> {
    let stage = NewStage::example();
    let mut total = 0;
    for _ in 0..count {
        total += match kind {
            "list-compositions" => decode::<Page<Moment>>(body)?.size(),
            "list-compositions-text" => decode::<Page<String>>(body)?.size(),
            "get-composition" => decode::<Found>(body)?.size(),
            "create-stage" => decode::<Created>(body)?.size(),
            "encode-stage" => serde_json::to_vec(black_box(&stage)).map_err(|error| error.to_string())?.len(),
            other => return Err(format!("no work is called serde-{other}")),
        };
    }
    Ok(total)
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map(black_box).map_err(|error| error.to_string())
}
