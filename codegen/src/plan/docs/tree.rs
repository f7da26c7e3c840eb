//! The document tree that the readers make and the writer puts down.

/// The highest number that a list may start with: Markdown reads nine digits.
pub(super) const LATEST_START: u32 = 99_999_999;

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading {
        /// Depth as the source has it, from 1.
        level: usize,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// Number of the first item; `None` for bullets.
        start: Option<u32>,
        /// The blocks of each item.
        items: Vec<Vec<Block>>,
    },
    /// A quotation, or an aside such as a note.
    Quote {
        /// What kind of aside it is (`Note`), if any.
        label: Option<&'static str>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Preformatted text.
    Fence {
        /// Language tag; never empty, since rustdoc would take it for Rust.
        language: String,
        /// The text, lines separated by line feeds.
        text: String,
    },
    /// A table; the first row is its header.
    Table(Vec<Row>),
    /// A thematic break.
    Rule,
}

/// The cells of one row of a table.
pub(super) type Row = Vec<Vec<Inline>>;

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// Plain text, without any markup or escapes.
    Text(String),
    /// Code.
    Code(String),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// A link.
    Link {
        /// A URL or the path of a Rust item.
        target: String,
        /// What the link shows.
        content: Vec<Inline>,
    },
    /// A line break that the author asked for.
    Break,
}

impl Inline {
    /// Plain text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// The first character that a reader sees of some text.
pub(super) fn first_character(inlines: &[Inline]) -> Option<char> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text(part) | Inline::Code(part) => part.chars().next(),
        Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => first_character(content),
        Inline::Break => Some(' '),
    })
}

/// What a reader sees of some text, without markup.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => {
                text.push_str(&plain(content))
            }
            Inline::Break => text.push(' '),
        }
    }
    text
}
