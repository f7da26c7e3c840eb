//! A subscriber that keeps everything, to look for secrets in it.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The text of all spans and events so far, and what must not stand in it.
#[derive(Clone, Default)]
pub(crate) struct Traces(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    text: String,
    secrets: Vec<String>,
}

impl Visit for Kept {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a text never fails.
        _ = writeln!(self.text, "{field}={value:?}");
    }
}

impl Traces {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().expect("nobody panics with it")
    }

    /// From now on this is a secret.
    pub(crate) fn keep_secret(&self, secret: &str) {
        assert!(!secret.is_empty());
        self.lock().secrets.push(secret.to_owned());
    }

    /// Fails where a text has a secret.
    pub(crate) fn check(&self, text: &str) {
        find(text, &self.lock().secrets);
    }

    /// Fails where a secret was traced, or nothing at all.
    pub(crate) fn check_all(&self) {
        let kept = self.lock();
        assert!(!kept.text.is_empty(), "nothing was traced");
        find(&kept.text, &kept.secrets);
    }
}

fn find(text: &str, secrets: &[String]) {
    for secret in secrets {
        let line = text.lines().find(|line| line.contains(secret.as_str()));
        let line = line.map(|line| line.replace(secret.as_str(), "<a secret>"));
        assert_eq!(line, None, "a secret was told");
    }
}

impl Subscriber for Traces {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut *self.lock());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut *self.lock());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut *self.lock());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
