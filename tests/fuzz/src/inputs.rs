//! Any JSON as the input of a call by name: it is refused, or sent as JSON.

use serde_json::Value;

use crate::stub::{Reply, call, operation};

/// Bytes are the operation and its input.
pub fn check(data: &[u8]) {
    let Some((&name, input)) = data.split_first() else { return };
    let Ok(input) = std::str::from_utf8(input) else { return };
    let reply = Reply { status: 200, headers: Vec::new(), body: Vec::new() };
    let (result, asked) = call(operation(name), input, reply);
    if let Err(error) = &result {
        assert!(!error.to_string().contains(['\n', '\r']), "{error}");
        assert!(asked.is_none() || !error.is_invalid_input(), "{error}");
    }
    let Some(asked) = asked else { return };
    assert!(result.is_ok(), "{result:?}");
    if !asked.body.is_empty() {
        assert!(serde_json::from_slice::<Value>(&asked.body).is_ok_and(|body| body.is_object()), "{asked:?}");
    }
}
