//! Any response to any operation: an output or an error comes of it, as the body and the headers say.

use serde_json::Value;

use crate::stub::{Reply, call, can_be_sent, operation};

/// Bytes are the operation, the status, header lines up to an empty one, and the body.
pub fn check(data: &[u8]) {
    let Some((&[name, status], rest)) = data.split_first_chunk() else { return };
    let (head, body) = match rest.windows(2).position(|pair| pair == b"\n\n") {
        Some(place) => (&rest[..place], &rest[place + 2..]),
        None => (&[][..], rest),
    };
    let headers: Vec<(String, String)> = String::from_utf8_lossy(head)
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .filter(|(name, value)| can_be_sent(name, value))
        .collect();
    // 100 and below are no answers.
    let status = [200, 200, 400, 403, 404, 409, 500, 503, 201, 204, 301, 600, 999][usize::from(status) % 13];
    let reply = Reply { status, headers: headers.clone(), body: body.to_vec() };
    let (result, asked) = call(operation(name), r#"{"resourceArn":"arn","tagKeys":[]}"#, reply.clone());
    // Other operations have no such members.
    let result = if asked.is_some() { result } else { call(operation(name), "{}", reply).0 };
    match result {
        Ok(output) => {
            assert!(serde_json::from_str::<Value>(&output).is_ok_and(|output| output.is_object()), "{output}")
        }
        Err(error) => {
            assert!(!error.to_string().contains(['\n', '\r']), "{error}");
            let said = headers.iter().find(|(name, _)| name == "x-amzn-errortype").map(|(_, code)| code.clone());
            if let (Some(code), Some(expected)) = (error.code(), said.or_else(|| code_of(body))) {
                assert_eq!(code, bare(&expected));
            }
        }
    }
}

/// The code in the body of an error, where it cannot be read in two ways.
fn code_of(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok().filter(|_| !body.contains(&b'\\'))?;
    Some(body.get("code")?.as_str()?.to_owned())
}

fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.find('#').map_or(code, |place| &code[place + 1..])
}
