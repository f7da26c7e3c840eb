//! Streaming XML writer.

use std::borrow::Cow;

use crate::BoxError;
use crate::shape::Namespace;

/// Writes one XML document into a growing `String`, without blanks between elements.
///
/// The caller makes sure that names are names, that every `begin` has its `end`, and that attributes come before content.
///
/// ```
/// # use smithy_client_runtime::format::xml::write::XmlWriter;
/// let mut xml = XmlWriter::new();
/// xml.begin("Zone", None);
/// xml.attribute("kind", "\"private\"")?;
/// xml.begin("Name", None);
/// xml.text("a & b")?;
/// xml.end("Name");
/// xml.begin("Tags", None);
/// xml.end("Tags");
/// xml.end("Zone");
/// assert_eq!(xml.finish(), r#"<Zone kind="&quot;private&quot;"><Name>a &amp; b</Name><Tags></Tags></Zone>"#);
/// # Ok::<(), smithy_client_runtime::BoxError>(())
/// ```
#[derive(Debug, Default)]
pub struct XmlWriter {
    text: String,
    /// The tag that was begun last has no `>` yet, so that attributes can follow.
    is_open: bool,
}

impl XmlWriter {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for `bytes` bytes of XML.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), is_open: false }
    }

    /// Opens an element, which may declare a namespace.
    pub fn begin(&mut self, name: &str, namespace: Option<&Namespace>) {
        self.close_tag();
        self.text.push('<');
        self.text.push_str(name);
        self.is_open = true;
        if let Some(Namespace { prefix, uri }) = namespace {
            self.text.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.text.push_str(prefix);
            self.text.push_str("=\"");
            self.text.push_str(&escaped(uri));
            self.text.push('"');
        }
    }

    /// Adds an attribute to the element that was opened last.
    ///
    /// # Errors
    /// When the value has a character that XML has not.
    pub fn attribute(&mut self, name: &str, value: &str) -> Result<(), BoxError> {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        self.push_text(value)?;
        self.text.push('"');
        Ok(())
    }

    /// Writes text into the innermost element.
    ///
    /// # Errors
    /// When it has a character that XML has not.
    pub fn text(&mut self, text: &str) -> Result<(), BoxError> {
        self.close_tag();
        self.push_text(text)
    }

    /// Closes the innermost element, which has this name.
    pub fn end(&mut self, name: &str) {
        self.close_tag();
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// The XML written so far.
    pub fn finish(self) -> String {
        self.text
    }

    fn close_tag(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.text.push('>');
        }
    }

    fn push_text(&mut self, text: &str) -> Result<(), BoxError> {
        if text.chars().any(is_foreign) {
            return Err("a text with a control character cannot be sent: XML does not have it".into());
        }
        self.text.push_str(&escaped(text));
        Ok(())
    }
}

/// Whether no document of XML 1.0 can hold a character.
fn is_foreign(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text that stands for itself in elements and attributes. Ends of lines are written by their numbers, as readers make one
/// of all kinds, and blanks of attributes.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_special =
        |character: char| matches!(character, '&' | '<' | '>' | '"' | '\r' | '\n' | '\t' | '\u{85}' | '\u{2028}');
    let Some(first) = text.find(is_special) else { return Cow::Borrowed(text) };
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push_str(&text[..first]);
    for character in text[first..].chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#xD;"),
            '\n' => escaped.push_str("&#xA;"),
            '\t' => escaped.push_str("&#x9;"),
            '\u{85}' => escaped.push_str("&#x85;"),
            '\u{2028}' => escaped.push_str("&#x2028;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}
