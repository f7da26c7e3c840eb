//! Whether two definitions are the same, without keeping either.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

/// A fingerprint of a JSON value: equal for equal values, whatever the order of keys in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64, u64);

impl Fingerprint {
    /// The fingerprint of a value.
    pub fn of(value: &Value) -> Self {
        Self(hash(value, 0), hash(value, 1))
    }
}

/// A hash of a value, of several kinds by `salt`.
fn hash(value: &Value, salt: u8) -> u64 {
    let mut hasher = DefaultHasher::new();
    salt.hash(&mut hasher);
    match value {
        Value::Null => 0_u8.hash(&mut hasher),
        Value::Bool(boolean) => (1_u8, boolean).hash(&mut hasher),
        Value::Number(number) => (2_u8, number).hash(&mut hasher),
        Value::String(text) => (3_u8, text).hash(&mut hasher),
        Value::Array(items) => {
            (4_u8, items.len()).hash(&mut hasher);
            items.iter().for_each(|item| hash(item, salt).hash(&mut hasher));
        }
        Value::Object(entries) => {
            let mut entries: Vec<(&String, u64)> = entries.iter().map(|(key, item)| (key, hash(item, salt))).collect();
            entries.sort_unstable();
            (5_u8, entries).hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use serde_json::json;

    #[test]
    fn values_are_told_apart_by_all_but_the_order_of_keys() {
        let of = |value| Fingerprint::of(&value);
        assert_eq!(of(json!({"a": 1, "b": [null, "x"]})), of(json!({"b": [null, "x"], "a": 1})));
        let others = [json!({}), json!([]), json!(null), json!(""), json!(1), json!(1.0), json!([1, 2]), json!([2, 1])];
        for (index, one) in others.iter().enumerate() {
            assert!(others[..index].iter().all(|other| Fingerprint::of(other) != Fingerprint::of(one)), "{one}");
        }
    }
}
