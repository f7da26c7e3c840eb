//! How services spell the codes of errors.

use std::borrow::Cow;

/// The code itself: without the namespace before `#` and what follows a colon.
pub(super) fn bare_code(code: Cow<'_, str>) -> Cow<'_, str> {
    fn bare(code: &str) -> &str {
        let code = code.split(':').next().unwrap_or_default();
        code.split_once('#').map_or(code, |(_, code)| code)
    }
    match code {
        Cow::Borrowed(code) => Cow::Borrowed(bare(code)),
        Cow::Owned(code) => Cow::Owned(bare(&code).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lose_namespace_and_url() {
        for code in ["Foo", "ns.example#Foo", "Foo:http://internal/x#y", "ns#Foo:http://internal/"] {
            assert_eq!(bare_code(Cow::Borrowed(code)), "Foo");
            assert_eq!(bare_code(Cow::Owned(code.to_owned())), "Foo");
        }
    }
}
