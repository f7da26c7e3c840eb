//! The summary: JSON in which tokens are redacted, as the serde of the client's types does on its own.

use serde_json::{Value, json};

use super::cleanup::Cleanup;
use super::show::{Configuration, Show, Stop};
use super::venue::Venue;

/// What the show came to.
pub(crate) fn text(venue: &Venue, show: &Show<'_>, outcome: &Result<(), Stop>, cleanup: &Cleanup) -> String {
    let (ended, problem) = match outcome {
        Ok(()) => ("complete", None),
        Err(Stop::Interrupted) => ("interrupted", None),
        Err(Stop::Failed(problem)) => ("failed", Some(problem)),
    };
    let configuration = |found: &Configuration| json!({"arn": found.arn, "created": found.created});
    let summary = json!({
        "outcome": ended,
        "problem": problem,
        "service": if venue.fake.is_some() { "fake" } else { "live" },
        "run": show.id,
        "encoderConfiguration": configuration(&show.encoder),
        "storageConfiguration": configuration(&show.storage),
        "stage": show.stage,
        "tokens": show.tokens,
        "composition": {"arn": show.composition, "secondsUntilActive": show.seconds_until_active},
        "participants": show.participants,
        "events": show.events,
        "disconnected": show.disconnected,
        "burst": {"calls": show.burst.calls, "attempts": show.burst.attempts},
        "cleanup": {"removed": cleanup.removed, "conflicts": cleanup.conflicts, "problems": cleanup.problems},
        "left": left(venue),
    });
    // A document that was made of text and numbers is written without an error.
    serde_json::to_string_pretty(&summary).unwrap_or_default()
}

/// How many resources the fake has at the end; against AWS nobody knows what was there before.
fn left(venue: &Venue) -> Value {
    match venue.fake.as_ref().map(|fake| fake.census()) {
        Some(Ok(census)) => json!(census),
        Some(Err(failure)) => json!(failure.message),
        None => Value::Null,
    }
}
