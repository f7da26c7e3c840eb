//! Streaming writer of forms.

use crate::BoxError;
use crate::percent::push_encoded;

/// Writes one form into a growing `String`. Keys are made of parts, with a dot between them.
///
/// ```
/// # use smithy_client_runtime::format::form::write::FormWriter;
/// let mut form = FormWriter::new();
/// form.below("Action", |form| Ok(form.text("List")))?;
/// form.below("Tags", |form| {
///     form.below("1", |form| Ok(form.text("a & b")))?;
///     form.below("2", |form| Ok(form.text("")))
/// })?;
/// assert_eq!(form.finish(), "Action=List&Tags.1=a%20%26%20b&Tags.2=");
/// # Ok::<(), smithy_client_runtime::BoxError>(())
/// ```
#[derive(Debug, Default)]
pub struct FormWriter {
    text: String,
    /// The key that is open, its parts apart by dots.
    key: String,
}

impl FormWriter {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the key below the open one that ends with this part, while `write` runs.
    ///
    /// # Errors
    /// The one that `write` returns.
    pub fn below(&mut self, part: &str, write: impl FnOnce(&mut Self) -> Result<(), BoxError>) -> Result<(), BoxError> {
        let outer = self.key.len();
        if outer > 0 {
            self.key.push('.');
        }
        self.key.push_str(part);
        let written = write(self);
        self.key.truncate(outer);
        written
    }

    /// Adds a text under the open key.
    pub fn text(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        push_encoded(&mut self.text, &self.key, false);
        self.text.push('=');
        push_encoded(&mut self.text, text, false);
    }

    /// The form written so far.
    pub fn finish(self) -> String {
        self.text
    }
}
