//! Nulls where the model does not allow any: among the elements of a list, or the values of a map.
//!
//! AWS's crate refuses such an answer, the emitted one drops the null. What is left can be compared all the same: AWS's crate
//! then gets the answer without the nulls.

use crate::facts::Difference;

/// The aspect under which such a case is reported, to be explained.
pub(crate) const ASPECT: &str = "null in a list or map that holds none";

/// Whether AWS's crate refused the answer for a null that the emitted crate dropped.
pub(crate) fn dropped_by_ours(differences: &[Difference]) -> bool {
    let find = |aspect: &str| differences.iter().find(|difference| difference.aspect == aspect);
    let refused = find("error").and_then(|difference| difference.official.as_deref());
    let succeeded = find("output").is_some_and(|difference| difference.official.is_none() && difference.ours.is_some());
    succeeded && refused.is_some_and(|text| text.contains("cannot contain null values"))
}

/// The difference that stands for all others of such a case.
pub(crate) fn difference() -> Difference {
    Difference { aspect: ASPECT.to_owned(), official: Some("refused".to_owned()), ours: Some("dropped".to_owned()) }
}

/// A JSON text without its null elements and null members; numbers and strings stay as they are written.
pub(crate) fn without_nulls(json: &[u8]) -> Vec<u8> {
    let mut tokens = tokens(json);
    while let Some(at) = tokens.iter().position(|token| *token == b"null") {
        let inside = |at: usize| tokens.get(at).is_some_and(|token| !matches!(*token, b"}" | b"]"));
        // A member goes with its key and colon, and either goes with the comma before or after it.
        let first = if at > 0 && tokens[at - 1] == b":" { at - 2 } else { at };
        let range = match first.checked_sub(1).map(|before| tokens[before]) {
            Some(b",") => first - 1..at + 1,
            Some(_) if inside(at + 1) => first..at + 2,
            _ => first..at + 1,
        };
        tokens.drain(range);
    }
    tokens.concat()
}

/// Strings, brackets, colons, commas, and what stands between them without spaces.
fn tokens(json: &[u8]) -> Vec<&[u8]> {
    let mut tokens = Vec::new();
    let mut rest = json.trim_ascii_start();
    while let Some(first) = rest.first() {
        let ends = |byte: &u8| b"{}[]:,\" \t\r\n".contains(byte);
        let length = match first {
            b'"' => string(rest),
            byte if ends(byte) => 1,
            _ => rest.iter().position(ends).unwrap_or(rest.len()),
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_ascii_start();
    }
    tokens
}

/// The length of the string that `json` begins with.
fn string(json: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_go_with_their_keys_and_commas() {
        let json = br#" {"a": null, "b\"": [null, 1e2, null, [null], "null"], "c": {"d": null}, "e": null}"#;
        assert_eq!(without_nulls(json).escape_ascii().to_string(), r#"{\"b\\\"\":[1e2,[],\"null\"],\"c\":{}}"#);
    }
}
