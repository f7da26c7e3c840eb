//! Dates as changelogs write them, of the crate `time`, which the engine of the emitted clients brings anyway.

use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime};

/// Today in UTC.
pub(crate) fn today() -> String {
    OffsetDateTime::now_utc().date().to_string()
}

/// Reads `--date`.
///
/// # Errors
/// When it is no day of the calendar, or written otherwise than `YYYY-MM-DD`.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    let date = Date::parse(text, &Iso8601::DATE).map(|date| date.to_string());
    // The standard has other forms of a day, such as that of a week.
    date.ok().filter(|date| date == text).ok_or_else(|| "a date looks like 2026-11-17".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{parse, today};

    #[test]
    fn a_date_is_a_day_of_the_calendar_in_ten_characters() {
        for text in ["2026-11-17", "2024-02-29"] {
            assert_eq!(parse(text).as_deref(), Ok(text));
        }
        for text in ["2026-1-17", "17.11.2026", "2026-11-17T00", "2026-02-29", "20261117", "2026-W01-1", ""] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn today_is_such_a_date() {
        assert_eq!(parse(&today()), Ok(today()));
    }
}
