//! What stands between `<` and `>`.

use super::text::{check, is_blank, reference};
use super::{Element, MAX_ELEMENTS, XmlReader};
use crate::format::DecodeError;

/// How many attributes an element may have, so that comparing their names takes no time.
const MAX_ATTRIBUTES: usize = 64;

/// What kind of markup comes next in an element.
pub(super) enum Tag {
    /// The start of an element.
    Start,
    /// The end of the element.
    End,
    /// A comment, an instruction or a section, which was passed over.
    Other,
}

/// The attributes of a tag that was checked: names and values as they are written.
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// Those between the name of an element and the end of its tag.
    pub(super) fn of(text: &'a str) -> Self {
        Self(text)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = self.0.split_once('=')?;
        let rest = rest.trim_start_matches(is_blank_char);
        let quote = rest.chars().next()?;
        let (value, rest) = rest[quote.len_utf8()..].split_once(quote)?;
        self.0 = rest;
        Some((name.trim_matches(is_blank_char), value))
    }
}

fn is_blank_char(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

impl<'a> XmlReader<'a> {
    /// Passes over the declaration that a document may begin with.
    pub(super) fn declaration(&mut self) -> Result<(), DecodeError> {
        match self.rest() {
            [b'<', b'?', b'x', b'm', b'l', blank, ..] if is_blank(*blank) => self.pass_until("?>", 6, "`?>`"),
            _ => Ok(()),
        }
    }

    /// Passes over blanks, comments and instructions outside of the document's element.
    pub(super) fn misc(&mut self) -> Result<(), DecodeError> {
        loop {
            self.blanks();
            match self.rest() {
                [b'<', b'?', ..] => self.instruction()?,
                [b'<', b'!', b'-', b'-', ..] => self.comment()?,
                [b'<', b'!', ..] => return Err(self.refused("a document type, which services do not send")),
                _ => return Ok(()),
            }
        }
    }

    /// Finds out what markup comes next in an element, and passes over what is no tag.
    pub(super) fn markup(&mut self) -> Result<Tag, DecodeError> {
        match self.rest() {
            [b'<', b'/', ..] => return Ok(Tag::End),
            [b'<', b'?', ..] => self.instruction()?,
            [b'<', b'!', b'-', b'-', ..] => self.comment()?,
            [b'<', b'!', ..] => {
                if self.section()?.is_none() {
                    return Err(self.expected("a comment or a section"));
                }
            }
            [b'<', ..] => return Ok(Tag::Start),
            _ => return Err(self.expected("the end of an element")),
        }
        Ok(Tag::Other)
    }

    /// The text of the section `CDATA` that comes next; `None` where none does.
    pub(super) fn section(&mut self) -> Result<Option<&'a str>, DecodeError> {
        const START: &str = "<![CDATA[";
        if !self.rest().starts_with(START.as_bytes()) {
            return Ok(None);
        }
        let start = self.position + START.len();
        self.pass_until("]]>", START.len(), "`]]>`")?;
        Ok(Some(&self.text[start..self.position - 3]))
    }

    /// Reads a start tag, which opens its element.
    pub(super) fn start_tag(&mut self) -> Result<Element<'a>, DecodeError> {
        if self.open.len() == MAX_ELEMENTS {
            return Err(self.refused("more than 512 elements inside each other"));
        }
        let start = self.position;
        self.position += 1;
        let name = self.name("the name of an element")?;
        let from = self.position;
        self.attributes()?;
        let attributes = &self.text[from..self.position];
        self.is_empty = self.rest().first() == Some(&b'/');
        self.position += usize::from(self.is_empty);
        match self.rest().first() {
            Some(b'>') => self.position += 1,
            _ => return Err(self.expected("`>`")),
        }
        self.open.push(name);
        Ok(Element { name, attributes, start })
    }

    /// Reads the end tag of the innermost open element.
    pub(super) fn end_tag(&mut self) -> Result<(), DecodeError> {
        let Some(name) = self.open.last() else { return Err(self.expected("an element")) };
        let is_its = self.rest()[2..].starts_with(name.as_bytes());
        if !is_its {
            return Err(self.expected("the end of the element that was opened last"));
        }
        self.position += 2 + name.len();
        self.blanks();
        match self.rest().first() {
            Some(b'>') => self.position += 1,
            _ => return Err(self.expected("`>`")),
        }
        self.open.pop();
        Ok(())
    }

    /// Moves behind the attributes of a tag, and checks them.
    fn attributes(&mut self) -> Result<(), DecodeError> {
        let mut names: Vec<&str> = Vec::new();
        loop {
            let blanks = self.blanks();
            match self.rest().first() {
                Some(b'>' | b'/') => return Ok(()),
                Some(_) if blanks => {}
                _ => return Err(self.expected("`>`")),
            }
            let name = self.name("an attribute or `>`")?;
            if names.contains(&name) {
                return Err(self.refused("an attribute that was there already"));
            }
            if names.len() == MAX_ATTRIBUTES {
                return Err(self.refused("more than 64 attributes of one element"));
            }
            names.push(name);
            self.blanks();
            if self.rest().first() != Some(&b'=') {
                return Err(self.expected("`=`"));
            }
            self.position += 1;
            self.blanks();
            self.value()?;
        }
    }

    /// Moves behind a quoted value, and checks it.
    fn value(&mut self) -> Result<(), DecodeError> {
        let quote = match self.rest().first() {
            Some(quote @ (b'"' | b'\'')) => *quote,
            _ => return Err(self.expected("a value in quotes")),
        };
        self.position += 1;
        loop {
            match self.rest() {
                [byte, ..] if *byte == quote => break,
                [] | [b'<', ..] => return Err(self.expected("the end of a value in quotes")),
                [b'&', ..] => {
                    let (_, length) = reference(&self.text[self.position..])
                        .ok_or_else(|| self.refused("an entity that is not one of XML itself"))?;
                    self.position += length;
                }
                [byte, ..] => self.position += check(*byte, self)?,
            }
        }
        self.position += 1;
        Ok(())
    }

    /// Reads a name.
    fn name(&mut self, expected: &'static str) -> Result<&'a str, DecodeError> {
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || !byte.is_ascii();
        let rest = &self.text[self.position..];
        let length = rest.bytes().position(|byte| !is_part(&byte)).unwrap_or(rest.len());
        let begins = |first: &u8| first.is_ascii_alphabetic() || matches!(first, b'_' | b':') || !first.is_ascii();
        if !rest.as_bytes().first().is_some_and(begins) {
            return Err(self.expected(expected));
        }
        self.position += length;
        Ok(&rest[..length])
    }

    fn instruction(&mut self) -> Result<(), DecodeError> {
        let start = self.position;
        self.position += 2;
        let name = self.name("the name of an instruction")?;
        if name.eq_ignore_ascii_case("xml") {
            self.position = start;
            return Err(self.refused("a declaration that is not at the beginning"));
        }
        match self.rest() {
            [b'?', b'>', ..] => {}
            [blank, ..] if is_blank(*blank) => {}
            _ => return Err(self.expected("a blank or `?>`")),
        }
        self.pass_until("?>", 0, "`?>`")
    }

    fn comment(&mut self) -> Result<(), DecodeError> {
        self.pass_until("--", 4, "`-->`")?;
        match self.rest().first() {
            Some(b'>') => {
                self.position += 1;
                Ok(())
            }
            _ => Err(self.expected("`>`, as two hyphens end a comment")),
        }
    }

    /// Moves behind the next `end`, which is looked for from `offset` on.
    fn pass_until(&mut self, end: &str, offset: usize, expected: &'static str) -> Result<(), DecodeError> {
        let from = self.position + offset;
        let found = self.text[from..].find(end);
        self.position = from;
        let end_of_text = found.map_or(self.text.len(), |at| from + at);
        while self.position < end_of_text {
            self.position += check(self.text.as_bytes()[self.position], self)?;
        }
        match found {
            Some(_) => {
                self.position += end.len();
                Ok(())
            }
            None => Err(self.expected(expected)),
        }
    }

    /// Moves behind blanks; whether there were any.
    fn blanks(&mut self) -> bool {
        let start = self.position;
        while self.rest().first().is_some_and(|byte| is_blank(*byte)) {
            self.position += 1;
        }
        self.position > start
    }
}
