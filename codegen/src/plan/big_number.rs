//! The texts of numbers that have no bounds.

use serde_json::Value;

/// The text of a `bigInteger`, or of a `bigDecimal` where it need not be whole, that a model gives as a number or as a text;
/// `None` where it is none.
///
/// A number beyond 64 bits, or with a fraction, has the digits that a double has of it: what is to be exact has to be a text.
pub(super) fn text(value: &Value, is_whole: bool) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => format!("{}", number.as_f64()?),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_number = match is_whole {
        true => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()),
        // What begins otherwise is a word, such as NaN.
        false => digits.starts_with(|first: char| first.is_ascii_digit()) && digits.parse::<f64>().is_ok(),
    };
    is_number.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn numbers_and_texts_of_numbers_are_taken() {
        let whole = |value| text(&value, true);
        assert_eq!(whole(json!(-12)).as_deref(), Some("-12"));
        assert_eq!(whole(json!(1e23)).as_deref(), Some("100000000000000000000000"));
        assert_eq!(whole(json!("123456789012345678901234567890")).as_deref(), Some("123456789012345678901234567890"));
        for none in [json!(1.5), json!("1.5"), json!(""), json!("-"), json!("ten"), json!(true), json!("+1")] {
            assert_eq!(text(&none, true), None, "{none}");
        }
        let decimal = |value| text(&value, false);
        assert_eq!(decimal(json!(1.5)).as_deref(), Some("1.5"));
        assert_eq!(decimal(json!("0.100000000000000000000001")).as_deref(), Some("0.100000000000000000000001"));
        assert_eq!(decimal(json!("1e999999999")).as_deref(), Some("1e999999999"));
        for none in [json!("NaN"), json!("inf"), json!("1_0"), json!(null), json!("1e")] {
            assert_eq!(text(&none, false), None, "{none}");
        }
    }
}
