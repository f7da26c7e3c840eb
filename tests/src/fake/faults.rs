//! Faults on demand: what a network, a proxy or a service in trouble does to a call.

use serde::{Deserialize, Serialize};

/// What happens to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Effect {
    /// `ThrottlingException`, status 429; the operation is not run.
    Throttle,
    /// An error of this status with an optional code; the operation is not run.
    Status {
        /// The status code.
        status: u16,
        /// The code of the error; without it the answer has no error type.
        code: Option<String>,
    },
    /// A body that is no answer of the service, with this status; the operation is not run.
    Body {
        /// The status code.
        status: u16,
        /// Value of `Content-Type`.
        content_type: String,
        /// The text of the body.
        text: String,
    },
    /// The connection is reset before the operation is run.
    ResetBefore,
    /// The operation is run, and the connection is reset without an answer.
    ResetAfter,
    /// The operation is run; half of the answer's body is sent, then the connection is cut.
    Half,
    /// The operation is run; its answer begins after this many milliseconds.
    Slow {
        /// Milliseconds.
        millis: u64,
    },
    /// The operation is run; its answer comes in pieces of `bytes` every `millis` milliseconds.
    Trickle {
        /// Bytes of a piece.
        bytes: usize,
        /// Milliseconds between pieces.
        millis: u64,
    },
    /// The operation is run; the length that the answer claims is this much more than it has.
    WrongLength {
        /// Bytes too many.
        extra: usize,
    },
    /// The operation is not run; the client is sent elsewhere.
    Redirect {
        /// Value of `Location`.
        location: String,
    },
}

/// A rule: which requests meet a fault, and how many of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The operation by its name; every one where there is none.
    #[serde(default)]
    pub operation: Option<String>,
    /// How many requests go well before.
    #[serde(default)]
    pub skip: u64,
    /// How many requests meet it then.
    #[serde(default = "once")]
    pub times: u64,
    /// What happens to them.
    #[serde(flatten)]
    pub effect: Effect,
}

fn once() -> u64 {
    1
}

impl Fault {
    /// The next request of an operation, or of any, meets an effect.
    pub fn next(operation: Option<&str>, effect: Effect) -> Self {
        Self { operation: operation.map(str::to_owned), skip: 0, times: 1, effect }
    }

    /// As many requests as that.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = times;
        self
    }

    /// After that many that go well.
    #[must_use]
    pub fn after(mut self, skip: u64) -> Self {
        self.skip = skip;
        self
    }
}

/// The effect that a request of an operation meets, if any; rules that are used up go.
pub(super) fn meet(faults: &mut Vec<Fault>, operation: &str) -> Option<Effect> {
    let concerns = |fault: &Fault| fault.operation.as_deref().is_none_or(|name| name == operation);
    let mut effect = None;
    for fault in faults.iter_mut().filter(|fault| concerns(fault)) {
        if fault.skip > 0 {
            fault.skip -= 1;
        } else if effect.is_none() && fault.times > 0 {
            fault.times -= 1;
            effect = Some(fault.effect.clone());
        }
    }
    faults.retain(|fault| fault.times > 0);
    effect
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_met_as_often_as_they_say() {
        let mut faults = vec![Fault::next(Some("GetStage"), Effect::Throttle).after(1).times(2)];
        let met: Vec<bool> = ["GetStage", "ListStages", "GetStage", "GetStage", "GetStage"]
            .iter()
            .map(|operation| meet(&mut faults, operation).is_some())
            .collect();
        assert_eq!(met, [false, false, true, true, false]);
        assert_eq!(faults, []);
    }

    #[test]
    fn rules_are_written_as_json() {
        let text = r#"{"operation": "GetStage", "times": 3, "kind": "slow", "millis": 20}"#;
        let fault: Fault = serde_json::from_str(text).expect("a rule");
        assert_eq!(fault, Fault::next(Some("GetStage"), Effect::Slow { millis: 20 }).times(3));
        let text = r#"{"kind": "body", "status": 200, "contentType": "text/html", "text": "<html>"}"#;
        let fault: Fault = serde_json::from_str(text).expect("a rule");
        assert!(matches!(fault.effect, Effect::Body { status: 200, .. }));
    }
}
