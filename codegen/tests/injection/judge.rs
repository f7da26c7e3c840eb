//! What was emitted, read by the parsers of those who will read it.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use smithy_client_codegen::Generated;

/// The shape of a crate, without its texts.
pub(crate) struct Harmless {
    files: BTreeMap<String, String>,
    outlines: BTreeMap<String, Outline>,
}

/// What a file of Rust consists of.
#[derive(Debug, PartialEq, Eq)]
struct Outline {
    /// Its words but those of documentation, in the order of the alphabet, since enums stand in the order of values.
    words: Vec<String>,
    /// How many items there are, those of modules included.
    items: usize,
    /// How many blocks of documentation are examples that rustdoc compiles.
    doctests: usize,
}

impl Harmless {
    /// The crate of a model whose texts do no harm.
    pub(crate) fn new(generated: &Generated) -> Self {
        let rust = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let outlines = rust.map(|(path, text)| (path.clone(), outline(text).expect("the harmless crate is right")));
        Self { outlines: outlines.collect(), files: generated.files.clone() }
    }

    /// What a crate has beyond this one, or lacks, because of a text; `renames` where the text is a part of a name.
    pub(crate) fn judge(&self, generated: &Generated, renames: bool) -> Result<(), String> {
        let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<BTreeSet<_>>();
        if !renames && paths(&self.files) != paths(&generated.files) {
            return Err("there are other files".to_owned());
        }
        for (path, text) in &generated.files {
            if self.files.get(path) != Some(text) {
                self.file(path, text, renames).map_err(|fault| format!("{path}: {fault}"))?;
            }
        }
        Ok(())
    }

    fn file(&self, path: &str, text: &str, renames: bool) -> Result<(), String> {
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
            return Err(format!("it holds {hidden:?}"));
        }
        if path.ends_with(".toml") {
            return manifest(text, &self.files[path]);
        }
        if path.ends_with(".md") {
            return readme(text, &self.files[path]);
        }
        let outline = outline(text)?;
        let Some(expected) = self.outlines.get(path) else { return Ok(()) };
        outline.differs(expected, renames).map_or(Ok(()), Err)
    }
}

impl Outline {
    /// What it has that the harmless one has not. It may lack words where a text referred to something, such as a
    /// parameter, and refers to nothing any more; where a text is part of a name there may be others, but as many.
    fn differs(&self, harmless: &Self, renames: bool) -> Option<String> {
        if self.items > harmless.items || self.doctests > harmless.doctests {
            return Some(format!("{} items and {} doctests are too many", self.items, self.doctests));
        }
        if renames && self.words.len() <= harmless.words.len() {
            return None;
        }
        let mut known = harmless.words.iter().peekable();
        let new = self.words.iter().find(|word| {
            while known.next_if(|known| known < word).is_some() {}
            known.next_if_eq(word).is_none()
        });
        new.map(|word| format!("the word {word} is new"))
    }
}

/// Whether a character can mislead who reads the source.
fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The manifest is TOML with the keys that it should have.
fn manifest(text: &str, harmless: &str) -> Result<(), String> {
    let keys = |text: &str| -> Result<Vec<String>, String> {
        let document = text.parse::<toml_edit::DocumentMut>().map_err(|error| error.to_string())?;
        let tables = document.iter().map(|(key, item)| {
            let below = item.as_table_like().into_iter().flat_map(|table| table.iter());
            std::iter::once(key.to_owned()).chain(below.map(|(below, _)| format!("{key}.{below}"))).collect::<Vec<_>>()
        });
        Ok(tables.flatten().collect())
    };
    if keys(text)? == keys(harmless)? { Ok(()) } else { Err("it has other keys".to_owned()) }
}

/// The Markdown that rustdoc and registries know.
fn rendered() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// The readme differs in words alone: it has no markup of a model's.
fn readme(text: &str, harmless: &str) -> Result<(), String> {
    let markup = |text| -> Vec<String> {
        let events = Parser::new_ext(text, rendered());
        events.filter(|event| !matches!(event, Event::Text(_))).map(|event| format!("{event:?}")).collect()
    };
    if markup(text) == markup(harmless) { Ok(()) } else { Err("it has other markup".to_owned()) }
}

fn outline(text: &str) -> Result<Outline, String> {
    let file = syn::parse_file(text).map_err(|error| format!("it is no Rust: {error}"))?;
    let tokens = TokenStream::from_str(text).map_err(|error| format!("it is no Rust: {error}"))?;
    let mut words = Vec::new();
    let mut documentation = Documentation::default();
    documentation.read(tokens, &mut words);
    documentation.end()?;
    // The flag of a name on the wire that has to be escaped in JSON.
    words.retain(|word| word != "ESCAPED");
    words.sort();
    if let Some(word) = words.iter().find(|word| *word == "pwned" || *word == "compile_error") {
        return Err(format!("{word} is code"));
    }
    Ok(Outline { words, items: count(&file.items), doctests: documentation.doctests })
}

fn count(items: &[syn::Item]) -> usize {
    let inner = items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) => module.content.as_ref().map(|(_, items)| count(items)),
        _ => None,
    });
    items.len() + inner.sum::<usize>()
}

/// The documentation of a file, item by item.
#[derive(Default)]
struct Documentation {
    lines: Vec<String>,
    doctests: usize,
    fault: Option<String>,
}

impl Documentation {
    /// Reads tokens: the words of code, and the lines of documentation that stand together.
    fn read(&mut self, tokens: TokenStream, words: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => match line(&group) {
                    Some(line) => self.lines.push(line),
                    None => {
                        self.close();
                        self.read(group.stream(), words);
                    }
                },
                TokenTree::Ident(word) => {
                    self.close();
                    words.push(word.to_string());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Judges the lines that have been read, the documentation of one item.
    fn close(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        // As rustdoc does, which takes the indentation off that all lines have.
        let lines: Vec<&str> = self.lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        let text = lines.join("\n");
        for event in Parser::new_ext(&text, rendered()) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if ["", "no_run"].contains(&&*info) => {
                    self.doctests += 1;
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if ["text", "json", "rs", "toml"].contains(&&*info) => {}
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.fault = Some(format!("{kind:?} may be a doctest in:\n{text}"))
                }
                Event::Html(html) | Event::InlineHtml(html) => self.fault = Some(format!("HTML {html:?} in:\n{text}")),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                    if ["javascript:", "data:"].iter().any(|scheme| dest_url.starts_with(scheme)) =>
                {
                    self.fault = Some(format!("a link to {dest_url}"));
                }
                _ => {}
            }
        }
        self.lines.clear();
    }

    fn end(&mut self) -> Result<(), String> {
        self.close();
        self.fault.take().map_or(Ok(()), Err)
    }
}

/// The text of `[doc = "..."]`.
fn line(group: &proc_macro2::Group) -> Option<String> {
    let mut tokens = group.stream().into_iter();
    let (word, mark, text) = (tokens.next()?, tokens.next()?, tokens.next()?);
    if word.to_string() != "doc" || mark.to_string() != "=" {
        return None;
    }
    match syn::parse2::<syn::LitStr>(TokenTree::to_owned(&text).into()) {
        Ok(text) => Some(text.value()),
        Err(_) => None,
    }
}
