//! Forms are compared by their pairs, in whatever order they stand.

use super::Difference;

/// Where a body first differs from the expected one.
pub(super) fn difference(expected: &str, actual: &[u8]) -> Option<Difference> {
    let actual = String::from_utf8_lossy(actual);
    let (ones, others) = (pairs(expected), pairs(&actual));
    let times = |pairs: &[&str], pair: &str| pairs.iter().filter(|one| **one == pair).count();
    let differs = |pair: &&&str| times(&ones, pair) != times(&others, pair);
    let key = ones.iter().chain(&others).find(differs)?.split('=').next().unwrap_or_default();
    let of_key = |pairs: &[&str]| {
        let of_key: Vec<_> = pairs.iter().copied().filter(|pair| pair.split('=').next() == Some(key)).collect();
        if of_key.is_empty() { "nothing".to_owned() } else { of_key.join("&") }
    };
    Some(Difference::new(format!("body {key}"), of_key(&ones), of_key(&others)))
}

/// The pairs of a form, as they are written.
fn pairs(form: &str) -> Vec<&str> {
    form.trim().split('&').filter(|pair| !pair.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::difference;

    fn told(expected: &str, actual: &str) -> String {
        difference(expected, actual.as_bytes()).map_or_else(String::new, |found| found.to_string())
    }

    #[test]
    fn the_order_of_pairs_does_not_matter() {
        assert_eq!(told("A=1&B=2&A=3\n", "B=2&A=3&A=1"), "");
    }

    #[test]
    fn each_pair_counts_as_often_as_it_stands() {
        assert_eq!(told("A=1&B=2", "A=1"), "body B: expected B=2, got nothing");
        assert_eq!(told("A=1", "A=1&B=2"), "body B: expected nothing, got B=2");
        assert_eq!(told("A=1", "A=1&A=1"), "body A: expected A=1, got A=1&A=1");
        assert_eq!(told("A=a%20b", "A=a+b"), "body A: expected A=a%20b, got A=a+b");
    }
}
