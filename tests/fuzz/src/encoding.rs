//! Percent-encoding: whatever a text holds, it arrives as it was, and nothing of it is taken for something else.

use percent_encoding::percent_decode_str;
use serde_json::json;
use smithy_client_runtime::endpoint::functions::uri_encode;

use crate::stub::{Reply, call};

/// The text of `uriEncode`, of a label and of a query parameter.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let encoded = uri_encode(text);
    assert_encoded(&encoded, text);
    if text.is_empty() {
        return;
    }
    let input = json!({"resourceArn": text, "tagKeys": [text, ""]}).to_string();
    let reply = Reply { status: 200, ..Reply::default() };
    let (result, asked) = call("UntagResource", &input, reply);
    let uri = asked.unwrap_or_else(|| panic!("{result:?}")).uri;
    let (_, target) = uri.split_once(".amazonaws.com/").expect("the host of the service");
    assert_eq!(target, format!("tags/{encoded}?tagKeys={encoded}&tagKeys="));
}

fn assert_encoded(encoded: &str, text: &str) {
    assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte)), "{encoded}");
    assert_eq!(percent_decode_str(encoded).decode_utf8().as_deref(), Ok(text));
    let escapes = encoded.split('%').skip(1);
    for escape in escapes {
        let digits = escape.get(..2).unwrap_or_default();
        assert!(u8::from_str_radix(digits, 16).is_ok() && digits.to_uppercase() == digits, "{encoded}");
    }
}
