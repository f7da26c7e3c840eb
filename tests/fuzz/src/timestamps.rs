//! Timestamps in their three formats, both ways, against the engine.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};
use smithy_client_runtime::shape::Shape;

use crate::shapes::{Everything, received, sent};

/// Reads bytes as the text of a timestamp, and writes them as a moment.
pub fn check(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        read(text);
    }
    if let Some((seconds, rest)) = data.split_first_chunk() {
        let nanos = rest.first_chunk().map_or(0, |nanos| u32::from_le_bytes(*nanos) % 1_000_000_000);
        write(i64::from_le_bytes(*seconds), nanos);
    }
}

fn read(text: &str) {
    let of = |member: &str, value: Value| received(json!({member: value}).to_string().as_bytes());
    let day = of("day", text.into()).ok().map(|value| value.day);
    assert_eq!(day, DateTime::from_str(text, Format::DateTimeWithOffset).ok().map(Some), "{text}");
    let date = of("date", text.into()).ok().map(|value| value.date);
    assert_eq!(date, DateTime::from_str(text, Format::HttpDate).ok().map(Some), "{text}");
    if let Ok(number) = serde_json::from_str::<serde_json::Number>(text) {
        let epoch = of("epoch", Value::Number(number)).ok().and_then(|value| value.epoch);
        assert!(epoch.is_some(), "{text}");
    }
    for member in ["day", "date", "epoch"] {
        let stored = json!({ member: text });
        if let Ok(value) = serde_json::from_value::<Everything>(stored) {
            fixed(&value);
        }
    }
}

fn write(seconds: i64, nanos: u32) {
    let moment = DateTime::from_secs_and_nanos(seconds, nanos);
    for member in 0..3 {
        let mut value = Everything::empty();
        *[&mut value.day, &mut value.date, &mut value.epoch][member] = Some(moment);
        let Some(body) = sent(&value) else { continue };
        let again = received(body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error}"));
        let [day, date, epoch] = [again.day, again.date, again.epoch].map(|again| again.map(|again| again.secs()));
        match member {
            0 => assert_eq!(day, Some(seconds), "{body}"),
            1 => assert_eq!(date, Some(seconds), "{body}"),
            // A double holds seconds and nanoseconds of a few thousand years.
            _ if seconds.unsigned_abs() < 1 << 32 => {
                assert!(epoch.is_some_and(|read| read.abs_diff(seconds) <= 1), "{body}")
            }
            _ => assert!(epoch.is_some(), "{body}"),
        }
        if member < 2 || nanos == 0 || seconds.unsigned_abs() < 1 << 32 {
            fixed(&value);
        }
    }
}

/// What was written and read is written the same, once no digits are left that are not written.
fn fixed(value: &Everything) {
    let Ok(stored) = serde_json::to_string(value) else { return };
    let again = |stored: &str| -> Everything {
        serde_json::from_str(stored).unwrap_or_else(|error| panic!("{stored}: {error}"))
    };
    let Ok(second) = serde_json::to_string(&again(&stored)) else { return };
    assert_eq!(serde_json::to_string(&again(&second)).expect("it was written before"), second);
}
