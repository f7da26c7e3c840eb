//! Pull reader over one XML document.

use std::borrow::Cow;

use crate::format::DecodeError;

mod markup;
mod text;

use markup::{Attributes, Tag};

/// How many elements may stand inside each other, be they read or skipped.
const MAX_ELEMENTS: usize = 512;

/// Reads XML in the order in which it stands, without building a tree.
///
/// The caller knows what it wants: [`root`](Self::root) opens the element of the document, [`next_child`](Self::next_child)
/// opens the next one in the innermost open element or closes that, [`text`](Self::text) and [`skip`](Self::skip) close it
/// at once. [`finish`](Self::finish) checks that nothing else follows.
///
/// ```
/// # use smithy_client_runtime::format::xml::read::XmlReader;
/// let mut xml = XmlReader::new(b"<?xml version='1.0'?><Zone><Other/><Name kind='a'>a &amp; b</Name></Zone>");
/// let mut names = Vec::new();
/// assert!(xml.root()?.is("Zone"));
/// while let Some(element) = xml.next_child()? {
///     match element.name() {
///         "Name" => {
///             assert_eq!(element.attribute("kind").as_deref(), Some("a"));
///             names.push(xml.text()?.into_owned());
///         }
///         _ => xml.skip()?,
///     }
/// }
/// xml.finish()?;
/// assert_eq!(names, ["a & b"]);
/// # Ok::<(), smithy_client_runtime::format::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct XmlReader<'a> {
    text: &'a str,
    position: usize,
    /// Names of the open elements, the innermost last.
    open: Vec<&'a str>,
    /// The innermost open element has no content: `<a/>`.
    is_empty: bool,
    /// The bytes behind `text` are not UTF-8.
    truncated: bool,
}

/// An element that was opened.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
    start: usize,
}

impl<'a> Element<'a> {
    /// Its name, with the prefix that it may have.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Whether a model calls it so, see [`is_called`].
    pub fn is(&self, name: &str) -> bool {
        is_called(self.name, name)
    }

    /// Where it begins, as a position in the document.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The value of an attribute with this name, prefix included; without it the one with another prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let attributes = || Attributes::of(self.attributes);
        let exact = attributes().find(|(found, _)| *found == name);
        let (_, value) =
            exact.or_else(|| attributes().find(|(found, _)| found.contains(':') && is_called(found, name)))?;
        Some(text::attribute_value(value))
    }
}

/// Whether an element with this name is the one that a model calls `name`. A model that gives no prefix means the element
/// whatever its prefix is; one that gives a prefix means an element with one, as services choose their own.
pub fn is_called(found: &str, name: &str) -> bool {
    fn local(name: &str) -> &str {
        name.split_once(':').map_or(name, |(_, local)| local)
    }
    found == name || local(found) == local(name) && (!name.contains(':') || found.contains(':'))
}

impl<'a> XmlReader<'a> {
    /// A reader at the start of `bytes`. Bytes that are not UTF-8 fail where reading reaches them.
    pub fn new(bytes: &'a [u8]) -> Self {
        let (text, truncated) = match str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(), true),
        };
        let position = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, position, open: Vec::new(), is_empty: false, truncated }
    }

    /// The byte at which reading goes on.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Opens the element of the document.
    ///
    /// # Errors
    /// When something else stands there: text, or a document type, which could define entities.
    pub fn root(&mut self) -> Result<Element<'a>, DecodeError> {
        self.declaration()?;
        self.misc()?;
        match self.rest().first() {
            Some(b'<') => self.start_tag(),
            _ => Err(self.expected("an element")),
        }
    }

    /// Opens the next element in the innermost open one, and passes over text before it; `None` where there is no more, which
    /// closes that.
    ///
    /// # Errors
    /// When what stands there is not well-formed, or elements stand inside each other too deep.
    pub fn next_child(&mut self) -> Result<Option<Element<'a>>, DecodeError> {
        loop {
            if self.closes_empty() {
                return Ok(None);
            }
            text::pass(self)?;
            match self.markup()? {
                Tag::Start => return self.start_tag().map(Some),
                Tag::End => return self.end_tag().map(|()| None),
                Tag::Other => {}
            }
        }
    }

    /// The text of the innermost open element, which it closes: borrowed where it stands as it is, without comments, and with
    /// the text of sections `CDATA`.
    ///
    /// # Errors
    /// When an element stands in it, or something that is not well-formed.
    pub fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let mut whole = Cow::Borrowed("");
        while !self.closes_empty() {
            text::append(&mut whole, text::take(self)?);
            if let Some(section) = self.section()? {
                text::append(&mut whole, text::section(section));
                continue;
            }
            match self.markup()? {
                Tag::Start => return Err(self.expected("text without an element in it")),
                Tag::End => {
                    self.end_tag()?;
                    break;
                }
                Tag::Other => {}
            }
        }
        Ok(whole)
    }

    /// Closes the innermost open element, whatever is in it.
    ///
    /// # Errors
    /// When that is not well-formed, or elements stand inside each other too deep.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        let depth = self.open.len();
        while self.open.len() >= depth.max(1) {
            self.next_child()?;
        }
        Ok(())
    }

    /// Ends reading.
    ///
    /// # Errors
    /// When an element is still open, or anything but blanks, comments and instructions follows.
    pub fn finish(mut self) -> Result<(), DecodeError> {
        if !self.open.is_empty() {
            return Err(self.expected("the end of an element"));
        }
        self.misc()?;
        match self.position == self.text.len() && !self.truncated {
            true => Ok(()),
            false => Err(self.expected("the end of the document")),
        }
    }

    /// Whether the innermost open element was one without content, which is closed then.
    fn closes_empty(&mut self) -> bool {
        let is_empty = std::mem::take(&mut self.is_empty);
        if is_empty {
            self.open.pop();
        }
        is_empty
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.position..]
    }

    #[cold]
    fn expected(&self, what: &'static str) -> DecodeError {
        let error = match (self.position < self.text.len(), self.truncated) {
            (true, _) => DecodeError::mismatch(what),
            (false, false) => DecodeError::ended("XML document", what),
            (false, true) => DecodeError::refused("invalid UTF-8"),
        };
        error.at(self.position)
    }

    #[cold]
    fn refused(&self, what: &'static str) -> DecodeError {
        DecodeError::refused(what).at(self.position)
    }
}
