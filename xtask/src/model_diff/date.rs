//! Dates as changelogs write them.

use std::time::{SystemTime, UNIX_EPOCH};

/// Days in a cycle of the Gregorian calendar, 400 years.
const DAYS_OF_CYCLE: u64 = 146_097;

/// Days from the first of March of the year 0 to the first of January 1970.
const DAYS_BEFORE_1970: u64 = 719_468;

/// Today in UTC.
pub(crate) fn today() -> String {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    of_day(elapsed.as_secs() / 86_400)
}

/// The date of a day counted from the first of January 1970.
fn of_day(day: u64) -> String {
    // Years begin in March here, so that the leap day is the last of a year.
    let day = day + DAYS_BEFORE_1970;
    let (cycle, day) = (day / DAYS_OF_CYCLE, day % DAYS_OF_CYCLE);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", cycle * 400 + year + carry)
}

/// Reads `--date`.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    let is_digit = |position: usize, byte: u8| match position {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    match text.len() == 10 && text.bytes().enumerate().all(|(position, byte)| is_digit(position, byte)) {
        true => Ok(text.to_owned()),
        false => Err("a date looks like 2026-11-17".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{of_day, parse};

    #[test]
    fn days_are_counted_through_leap_years_and_centuries() {
        let days = [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (19_677, "2023-11-16"),
            (47_541, "2100-03-01"),
        ];
        for (day, date) in days {
            assert_eq!(of_day(day), date);
        }
    }

    #[test]
    fn a_date_has_ten_characters() {
        assert_eq!(parse("2026-11-17").as_deref(), Ok("2026-11-17"));
        for text in ["2026-1-17", "17.11.2026", "2026-11-17T00", ""] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
