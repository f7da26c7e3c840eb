//! The first sentence of a documentation text.

use super::tree::{Block, Inline, plain};
use super::write;

/// Words that end with a full stop without ending a sentence. Single letters
/// with stops (`e.g.`, `U.S.`) need no entry.
const ABBREVIATIONS: &[&str] = &[
    "approx", "cf", "co", "corp", "dr", "eg", "fig", "ie", "inc", "incl", "jr", "ltd", "mr", "mrs", "ms", "resp", "sr",
    "st", "vs",
];

/// Stands for code while sentences are searched: neither a letter nor a mark.
const CODE: char = '\u{FFFC}';

/// The first sentence of the first paragraph as Markdown on one line, with a
/// full stop; empty if there is no paragraph. Notes that stand in front of a text do not say what it is about.
pub(super) fn first(blocks: &[Block]) -> String {
    let prose = || first_paragraph(blocks, &|paragraph| !is_title(paragraph));
    let Some(paragraph) = behind_notes(blocks).or_else(prose).or_else(|| first_paragraph(blocks, &|_| true)) else {
        return String::new();
    };
    let mut masked = Vec::new();
    mask(paragraph, &mut masked);
    let mut left = sentence_end(&masked);
    let mut sentence = truncate(paragraph, &mut left);
    close(&mut sentence);
    write::line(&sentence)
}

/// The paragraph behind the notes that a text begins with, if that is what comes next.
fn behind_notes(blocks: &[Block]) -> Option<&[Inline]> {
    match blocks.iter().find(|block| !matches!(block, Block::Quote { .. }))? {
        Block::Paragraph(content) if !is_title(content) => Some(content),
        _ => None,
    }
}

/// The first paragraph that will do, in reading order, those of lists and asides included.
fn first_paragraph<'a>(blocks: &'a [Block], will_do: &dyn Fn(&[Inline]) -> bool) -> Option<&'a [Inline]> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(content) => Some(content.as_slice()).filter(|content| will_do(content)),
        Block::Quote { blocks, .. } => first_paragraph(blocks, will_do),
        Block::List { items, .. } => items.iter().find_map(|item| first_paragraph(item, will_do)),
        _ => None,
    })
}

/// Whether a paragraph is a heading in disguise, as upstream writes many: all
/// of it is strong, and it does not end as a sentence does.
fn is_title(paragraph: &[Inline]) -> bool {
    match paragraph {
        [Inline::Strong(content)] => !plain(content).ends_with(['.', '!', '?']),
        _ => false,
    }
}

/// The characters of a text in which code and the inside of links are blotted out.
fn mask(inlines: &[Inline], masked: &mut Vec<char>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => masked.extend(text.chars()),
            Inline::Code(code) => masked.extend(code.chars().map(|_| CODE)),
            Inline::Strong(content) | Inline::Emphasis(content) => mask(content, masked),
            Inline::Link { content, .. } => {
                let start = masked.len();
                mask(content, masked);
                // A sentence may end with a link, not within it.
                let last = masked.len().saturating_sub(1).max(start);
                masked[start..last].fill(CODE);
            }
            Inline::Break => masked.push(' '),
        }
    }
}

/// How many characters the first sentence has.
fn sentence_end(text: &[char]) -> usize {
    let stops = (0..text.len()).filter(|at| matches!(text[*at], '.' | '!' | '?'));
    for at in stops {
        let is_closer = |c: &&char| matches!(c, '.' | '!' | '?' | ')' | '"' | '\'' | '”' | '’');
        let end = at + 1 + text[at + 1..].iter().take_while(is_closer).count();
        let mut after = text[end..].iter();
        if after.next().is_some_and(|c| !c.is_whitespace()) {
            continue;
        }
        let continues = after.find(|c| !c.is_whitespace()).is_some_and(|c| c.is_lowercase());
        let abbreviated = text[at] == '.' && is_abbreviation(&text[..at]);
        if !(continues || abbreviated) {
            return end;
        }
    }
    text.len()
}

/// Whether the word that `text` ends with takes its full stop as a part of it.
fn is_abbreviation(text: &[char]) -> bool {
    let boundary = |c: &char| c.is_whitespace() || "([\"“‘'".contains(*c);
    let start = text.iter().rposition(boundary).map_or(0, |at| at + 1);
    let word: String = text[start..].iter().collect::<String>().to_lowercase();
    let single_letters = word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    });
    // "1. Open the door" begins with its number.
    let number_of_item = start == 0 && word.chars().all(|c| c.is_ascii_digit());
    single_letters || number_of_item || ABBREVIATIONS.contains(&word.as_str())
}

/// The first `left` characters, within their markup.
fn truncate(inlines: &[Inline], left: &mut usize) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in inlines {
        if *left == 0 {
            break;
        }
        kept.push(match inline {
            Inline::Text(text) => {
                let part: String = text.chars().take(*left).collect();
                *left -= part.chars().count();
                Inline::Text(part)
            }
            Inline::Code(code) => {
                *left = left.saturating_sub(code.chars().count());
                inline.clone()
            }
            Inline::Strong(content) => Inline::Strong(truncate(content, left)),
            Inline::Emphasis(content) => Inline::Emphasis(truncate(content, left)),
            Inline::Link { target, content } => {
                let whole = plain(content).chars().count();
                *left = left.saturating_sub(whole);
                Inline::Link { target: target.clone(), content: content.clone() }
            }
            Inline::Break => {
                *left -= 1;
                Inline::text(" ")
            }
        });
    }
    kept
}

/// Sees to the full stop at the end; marks that announce more give way to it.
fn close(sentence: &mut Vec<Inline>) {
    strip_marks(sentence);
    let shown = plain(sentence);
    let ended = shown.trim_end_matches([')', '"', '\'', '”', '’']).ends_with('.');
    if !ended {
        match sentence.last_mut() {
            Some(Inline::Text(text)) => text.push('.'),
            _ => sentence.push(Inline::text(".")),
        }
    }
}

/// Takes colons, commas and the like off the end, within markup too.
fn strip_marks(sentence: &mut [Inline]) {
    match sentence.last_mut() {
        Some(Inline::Text(text)) => {
            let kept = text.trim_end_matches([' ', ':', ';', ',', '!', '?', '–', '—']).len();
            text.truncate(kept);
        }
        Some(Inline::Strong(content) | Inline::Emphasis(content)) => strip_marks(content),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::docs::render;

    fn first(source: &str) -> String {
        render(source, &|_| None).first_sentence.to_string()
    }

    #[test]
    fn ends_at_the_first_stop_before_a_new_sentence() {
        assert_eq!(first("Stores it in Amazon S3. The bucket exists."), "Stores it in Amazon S3.");
        assert_eq!(first("Is `a.b. C` here. `D` is."), "Is `a.b. C` here.");
        assert_eq!(first("One (of two.) Two."), "One (of two.)");
    }

    #[test]
    fn abbreviations_and_versions_do_not_end_it() {
        for sentence in [
            "A region, e.g. US East, i.e. Virginia vs. Ohio.",
            "Needs TLS 1.2 or 1.3, cf. RFC 8446.",
            "Open to U.S. Government users of Example Inc. Services.",
            "See a.example.com for Node.js things.",
        ] {
            assert_eq!(first(&format!("{sentence} Then more.")), sentence);
        }
        assert_eq!(first("<p>1. Open the door. Enter.</p>"), "1\\. Open the door.");
    }

    #[test]
    fn a_missing_stop_is_added_and_a_colon_replaced() {
        assert_eq!(first("Name of the stage"), "Name of the stage.");
        assert_eq!(first("One of these:\n\n- a\n- b"), "One of these.");
        assert_eq!(first("See `x`"), "See `x`.");
        assert_eq!(first("**Important:**"), "**Important**.");
        assert_eq!(first("Done!"), "Done.");
    }

    #[test]
    fn markup_around_its_end_is_closed() {
        assert_eq!(first("<p><b>Old. Do not</b> use.</p>"), "**Old.**");
        assert_eq!(
            first("See [the guide. Really](https://a.example/g). Bye."),
            "See [the guide. Really](https://a.example/g)."
        );
    }

    #[test]
    fn headings_and_labels_are_passed_over() {
        assert_eq!(first("# Title\n\nText here. More."), "Text here.");
        assert_eq!(first("<p><b>Title</b></p><p>Text here. More.</p>"), "Text here.");
        assert_eq!(first("<note><p>Mind the gap. More.</p></note>"), "Mind the gap.");
        assert_eq!(first("<note><p>Mind the gap.</p></note><p>Goes on. More.</p>"), "Goes on.");
        assert_eq!(first("<note><p>Mind the gap.</p></note><ul><li>One. Two.</li></ul>"), "Mind the gap.");
        assert_eq!(first("```\ncode\n```"), "");
    }
}
