//! What is wrong with a model, as data.
//!
//! Every stage that reads a model collects [`Diagnostic`]s instead of stopping
//! at the first one, so that a person mends a model in one go.

use std::borrow::Cow;
use std::fmt;

use crate::visible;

/// How many characters of a part of a [`Diagnostic`] are shown; a model may have names of any length.
const LONGEST: usize = 1_000;

/// How many problems a rendered [`Report`] shows before it only counts them.
const SHOWN: usize = 100;

/// One problem of a model: where it is, what it is, what to do about it.
///
/// `Display` renders it over several lines without saying how bad it is; the
/// caller puts `error: ` or `warning: ` in front. Whatever the model holds, each
/// part stays on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the source as it was given to the generator, usually a file path.
    pub source: String,
    /// Absolute id of the shape concerned, if the problem is within one.
    pub shape: Option<String>,
    /// Name of the member concerned, if the problem is within one.
    pub member: Option<String>,
    /// JSON pointer (RFC 6901) into the source.
    pub pointer: String,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What the person can do about it.
    pub hint: String,
    /// The model is right, and it is the generator that cannot emit this: without the operations that reach it the rest
    /// of the service can be.
    pub unsupported: bool,
}

/// The hint of what cannot be emitted, as long as nobody has looked which operations reach it.
pub(crate) const LEAVE_OUT: &str = "leave out the operations that reach it";

impl Diagnostic {
    /// A problem that was found in a shape after the sources were merged, so that nobody knows in which one it is.
    pub(crate) fn of_shape(shape: &str, message: String, hint: &str) -> Self {
        Self {
            source: "model".to_owned(),
            shape: Some(shape.to_owned()),
            member: None,
            pointer: format!("/shapes/{}", shape.replace('~', "~0").replace('/', "~1")),
            message,
            hint: hint.to_owned(),
            unsupported: false,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  --> {}", line(&self.message), line(&self.source))?;
        if let Some(shape) = &self.shape {
            write!(f, ": {}", line(shape))?;
        }
        if let Some(member) = &self.member {
            write!(f, "${}", line(member))?;
        }
        if !self.pointer.is_empty() {
            write!(f, " ({})", line(&self.pointer))?;
        }
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", visible::line(&self.hint))?;
        }
        Ok(())
    }
}

/// Every problem found in a model; never empty when returned as an error.
///
/// `Display` renders the first hundred, one after another, and the number of
/// those left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The problems in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// A part of a diagnostic on one line, without what nobody would read.
fn line(text: &str) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return visible::line(text) };
    format!("{} and so on", visible::line(&text[..end])).into()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, diagnostic) in self.diagnostics.iter().take(SHOWN).enumerate() {
            if position > 0 {
                f.write_str("\n\n")?;
            }
            write!(f, "error: {diagnostic}")?;
        }
        match self.diagnostics.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n\nand {more} more"),
        }
    }
}

impl std::error::Error for Report {}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Report};

    fn diagnostic(number: usize) -> Diagnostic {
        Diagnostic {
            source: "m.json".to_owned(),
            shape: Some("a#B".to_owned()),
            member: Some("c".to_owned()),
            pointer: "/shapes/a#B/members/c".to_owned(),
            message: format!("problem {number}"),
            hint: "mend it".to_owned(),
            unsupported: false,
        }
    }

    #[test]
    fn a_place_outside_any_shape_is_the_source_alone() {
        let whole_file = Diagnostic { shape: None, member: None, pointer: String::new(), ..diagnostic(1) };
        let rendered = whole_file.to_string();
        assert_eq!(rendered, "problem 1\n  --> m.json\n  hint: mend it");
    }

    #[test]
    fn a_name_cannot_leave_its_line_nor_move_the_cursor() {
        let odd = Diagnostic {
            member: Some("c\nerror: all is lost\x1b[1A".to_owned()),
            message: "no \u{202e}member".to_owned(),
            ..diagnostic(1)
        };
        insta::assert_snapshot!(odd.to_string(), @r"
        no \u{202e}member
          --> m.json: a#B$c\nerror: all is lost\u{1b}[1A (/shapes/a#B/members/c)
          hint: mend it
        ");
    }

    #[test]
    fn a_name_of_any_length_is_shown_by_its_beginning() {
        let long = Diagnostic { shape: Some("é".repeat(70_000)), ..diagnostic(1) };
        let rendered = long.to_string();
        assert!(rendered.contains(&format!("m.json: {} and so on$c", "é".repeat(1_000))), "{rendered}");
    }

    #[test]
    fn a_report_separates_its_problems_by_a_blank_line() {
        let report = Report { diagnostics: vec![diagnostic(1), diagnostic(2)] };
        insta::assert_snapshot!(report, @r"
        error: problem 1
          --> m.json: a#B$c (/shapes/a#B/members/c)
          hint: mend it

        error: problem 2
          --> m.json: a#B$c (/shapes/a#B/members/c)
          hint: mend it
        ");
    }

    #[test]
    fn a_long_report_shows_a_hundred_and_counts_the_rest() {
        let report = Report { diagnostics: (0..103).map(diagnostic).collect() };
        let rendered = report.to_string();
        assert_eq!(rendered.matches("error: ").count(), 100);
        assert!(rendered.ends_with("and 3 more"), "{rendered}");
    }
}
