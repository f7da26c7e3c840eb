//! `smithy.api#pattern`: whether a pattern can be a regular expression at all.
//!
//! Models have patterns of several dialects: ECMA 262 as Smithy asks for it, and those of Java, with look-behind and
//! Unicode classes. A client shows patterns in its documentation and runs none, so that only what no dialect takes is
//! worth a word: brackets and parentheses that do not match, nothing to repeat, bounds and ranges that run backwards.

use std::iter::Peekable;
use std::str::CharIndices;

/// Looks for what no dialect of regular expressions takes.
///
/// # Errors
///
/// What is wrong, as the end of a sentence; positions count characters from 1.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    walk(pattern).map_err(|(at, message)| format!("{message}, at character {}", pattern[..at].chars().count() + 1))
}

/// Goes over a pattern; an error has the byte at which it is found.
fn walk(pattern: &str) -> Result<(), (usize, String)> {
    let mut rest = pattern.char_indices().peekable();
    let mut open = Vec::new();
    let mut repeatable = false;
    while let Some((at, c)) = rest.next() {
        match c {
            '\\' => escape(at, &mut rest)?,
            '[' => class(at, &mut rest)?,
            '(' => {
                open.push(at);
                // What follows says what kind of group it is, and may look like repetition.
                rest.next_if(|(_, next)| *next == '?');
            }
            ')' if open.pop().is_none() => return Err((at, "a ) closes nothing".to_owned())),
            '*' | '+' | '?' if !repeatable => return Err((at, format!("a {c} has nothing to repeat"))),
            '{' if repeatable => bounds(at, &pattern[at..])?,
            _ => {}
        }
        repeatable = !matches!(c, '(' | '|' | '^');
    }
    open.first().map_or(Ok(()), |at| Err((*at, "a ( is not closed".to_owned())))
}

/// What a backslash stands before.
fn escape(at: usize, rest: &mut Peekable<CharIndices<'_>>) -> Result<(), (usize, String)> {
    rest.next().map_or(Err((at, "a backslash stands before nothing".to_owned())), |_| Ok(()))
}

/// A class up to its end. Dialects differ on a bracket that stands first or within another, so any may close it.
fn class(start: usize, rest: &mut Peekable<CharIndices<'_>>) -> Result<(), (usize, String)> {
    rest.next_if(|(_, next)| *next == '^');
    let mut from = None;
    while let Some((at, c)) = rest.next() {
        match (c, from, rest.peek()) {
            (']', _, _) => return Ok(()),
            ('-', Some(from), Some((_, to))) if !['\\', ']', '['].contains(to) => {
                if from > *to {
                    return Err((at, format!("the range {from}-{to} runs backwards")));
                }
                rest.next();
            }
            ('\\', _, _) => escape(at, rest)?,
            (plain, ..) => {
                from = Some(plain);
                continue;
            }
        }
        from = None;
    }
    Err((start, "a [ is not closed".to_owned()))
}

/// Bounds such as `{2,5}`; anything else in braces means itself, or what a dialect makes of it.
fn bounds(at: usize, text: &str) -> Result<(), (usize, String)> {
    let inner = text[1..].split_once('}').map(|(inner, _)| inner);
    let (min, max) = match inner.and_then(|inner| inner.split_once(',')) {
        Some((min, max)) => (min.parse::<u64>(), max.parse::<u64>()),
        None => return Ok(()),
    };
    match (min, max) {
        (Ok(min), Ok(max)) if min > max => Err((at, format!("{{{min},{max}}} has more as its least than as its most"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn patterns_of_all_dialects_are_left_alone() {
        let good = [
            "",
            "^arn:aws:ivs:[a-z0-9-]+:[0-9]+:stage/[a-zA-Z0-9-]+$",
            r"^[\u0020-\uD7FF\uE000-\uFFFD\r\n\t]*$",
            r"(?=.*[a-z])(?!.*\s)(?<name>a|b|)(?:x)*+(?i)y??",
            "[]a]|[^]a]|[a[b]]|[+--]|[a-]|[--/]",
            r"\p{IsLetter}{2,5}\(\[\*",
            "a{2}{,3}{x}",
            "{literal}",
        ];
        assert_eq!(good.map(check), good.map(|_| Ok(())));
    }

    #[test]
    fn what_no_dialect_takes_is_told() {
        let bad = ["(a", "a)", "[A-Z", "a\\", "[a\\", "*a", "(+)", "a|?", "^*", "x{3,1}", "[z-a]", "é[9-0]"];
        let said = bad.map(|pattern| format!("{pattern:8} {}", check(pattern).expect_err("it is bad")));
        insta::assert_snapshot!(said.join("\n"), @r"
        (a       a ( is not closed, at character 1
        a)       a ) closes nothing, at character 2
        [A-Z     a [ is not closed, at character 1
        a\       a backslash stands before nothing, at character 2
        [a\      a backslash stands before nothing, at character 3
        *a       a * has nothing to repeat, at character 1
        (+)      a + has nothing to repeat, at character 2
        a|?      a ? has nothing to repeat, at character 3
        ^*       a * has nothing to repeat, at character 2
        x{3,1}   {3,1} has more as its least than as its most, at character 2
        [z-a]    the range z-a runs backwards, at character 3
        é[9-0]   the range 9-0 runs backwards, at character 4
        ");
    }
}
