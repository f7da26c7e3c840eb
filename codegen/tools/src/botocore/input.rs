//! Reading botocore's JSON: fields of the kind they have to be, and keys that nobody knows.

use smithy_client_codegen::ast::node::{Findings, Node, describe};
use smithy_client_codegen::ast::suggest::did_you_mean;

/// What to do about a key that is not understood.
const UNKNOWN_KEY: &str = "\
    the client comes without it; where it is missed, take a Smithy model of the service, as \
    https://github.com/aws/api-models-aws has them, and tell those who keep this generator";

/// Fields of an object of botocore's, checked for their kinds.
pub(super) trait Fields<'a> {
    /// A string, if the key is there.
    fn optional_text(&self, key: &str, findings: &mut Findings) -> Option<&'a str>;

    /// A string that has to be there and must not be empty.
    fn needed_text(&self, key: &str, findings: &mut Findings) -> Option<&'a str>;

    /// A boolean; absent means false.
    fn flag(&self, key: &str, findings: &mut Findings) -> bool;

    /// A list of strings; absent means empty.
    fn texts(&self, key: &str, findings: &mut Findings) -> Vec<&'a str>;

    /// Warns of every key that is not one of `understood`.
    fn check_keys(&self, understood: &[&str], findings: &mut Findings);
}

impl<'a> Fields<'a> for Node<'a> {
    fn optional_text(&self, key: &str, findings: &mut Findings) -> Option<&'a str> {
        self.field(key)?.text(findings, "botocore writes a string here")
    }

    fn needed_text(&self, key: &str, findings: &mut Findings) -> Option<&'a str> {
        let Some(field) = self.field(key) else {
            let message = format!("`{key}` is missing");
            findings.error(&self.at, message, "botocore always states it; is the file whole?");
            return None;
        };
        let text = field.text(findings, "botocore writes a string here")?;
        if text.is_empty() {
            findings.error(&field.at, "this is empty", "botocore always states it; is the file whole?");
            return None;
        }
        Some(text)
    }

    fn flag(&self, key: &str, findings: &mut Findings) -> bool {
        let Some(field) = self.field(key) else {
            return false;
        };
        field.value.as_bool().unwrap_or_else(|| {
            let message = format!("expected true or false, found {}", describe(field.value));
            findings.error(&field.at, message, "botocore writes a boolean here");
            false
        })
    }

    fn texts(&self, key: &str, findings: &mut Findings) -> Vec<&'a str> {
        let hint = "botocore writes a list of strings here";
        let items = self.field(key).map(|field| field.items(findings, hint)).unwrap_or_default();
        items.iter().filter_map(|item| item.text(findings, hint)).collect()
    }

    fn check_keys(&self, understood: &[&str], findings: &mut Findings) {
        let keys = self.value.as_object().into_iter().flatten().map(|(key, _)| key);
        for key in keys.filter(|key| !understood.contains(&key.as_str())) {
            let hint = did_you_mean(key, understood.iter().copied(), UNKNOWN_KEY);
            findings.warning(&self.at.child(key), format!("`{key}` is not understood here and was left out"), hint);
        }
    }
}
