//! Every place with every payload.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;
use smithy_client_codegen::Emit;

use crate::judge::Harmless;
use crate::payloads::{Payload, payloads};
use crate::places::{Place, places, with};
use crate::{emitted, rich};

/// How many injections the suite has at least, and at how many places.
const BAR: (usize, usize) = (2_072, 74);

/// Where the payloads begin that texts take which the generator passes over.
const SAMPLE_FROM: usize = 31;

/// A model with one payload in one place.
struct Injection<'a> {
    pattern: &'a str,
    place: &'a Place,
    payload: &'a Payload,
    alone: bool,
}

/// Places where a text is a part of a name, or is followed by others that depend on it.
fn renames(pattern: &str) -> bool {
    pattern.starts_with("key:")
        || ["/value", "/assign", "/ref", "/name", "/sdkId"].iter().any(|end| pattern.ends_with(end))
}

impl Injection<'_> {
    /// Whether it was accepted.
    ///
    /// # Errors
    /// What it did.
    fn run(&self, model: &Value, harmless: &Harmless, emit: Emit) -> Result<bool, String> {
        let injected = with(model, self.place, &self.payload.1, self.alone);
        let told = || format!("{} at {} ({})", self.payload.0, self.pattern, self.place.steps.join("/"));
        let generated = catch_unwind(AssertUnwindSafe(|| emitted(&injected, emit)));
        match generated.map_err(|_| format!("panic: {}", told()))? {
            Err(report) if report.diagnostics.is_empty() => Err(format!("refused without a word: {}", told())),
            Err(report) => match report.to_string().chars().find(|c| c.is_control() && *c != '\n') {
                Some(control) => Err(format!("{control:?} reaches the terminal: {}", told())),
                None => Ok(false),
            },
            Ok(generated) => {
                harmless.judge(&generated, renames(self.pattern)).map_err(|fault| format!("{}: {fault}", told()))?;
                Ok(true)
            }
        }
    }
}

/// Runs all injections, on as many threads as there are processors, and returns how many were accepted.
fn run(injections: &[Injection<'_>], emit: Emit) -> usize {
    let model = rich();
    let harmless = Harmless::new(&emitted(&model, emit).expect("the fixture is right"));
    let (next, accepted) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // A panic is a fault that is told at the end.
    std::panic::set_hook(Box::new(|_| {}));
    let work = || {
        let mut faults = Vec::new();
        while let Some(injection) = injections.get(next.fetch_add(1, Ordering::Relaxed)) {
            match injection.run(&model, &harmless, emit) {
                Ok(ok) => _ = accepted.fetch_add(usize::from(ok), Ordering::Relaxed),
                Err(fault) => faults.push(fault),
            }
        }
        faults
    };
    let faults = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread judges")).collect::<Vec<_>>()
    });
    _ = std::panic::take_hook();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), injections.len(), faults.join("\n"));
    accepted.into_inner()
}

#[test]
fn every_place_takes_every_payload_as_text_or_refuses_it() {
    let (model, payloads) = (rich(), payloads());
    let places = places(&model);
    // A place that occurs often takes another payload at each occurrence; all of them have a run of their own.
    let injections: Vec<Injection<'_>> = places
        .iter()
        .flat_map(|(pattern, places)| {
            let payloads = payloads.iter().enumerate().skip(usize::from(is_passed_over(pattern)) * SAMPLE_FROM);
            payloads.map(move |(index, payload)| {
                let place = &places[index % places.len()];
                Injection { pattern, place, payload, alone: index % 7 == 0 }
            })
        })
        .collect();
    assert!(injections.len() >= BAR.0 && places.len() >= BAR.1, "{} at {}", injections.len(), places.len());
    let accepted = run(&injections, Emit::Client);
    println!("{} injections at {} places: {accepted} emitted as text", injections.len(), places.len());
}

/// Whether the generator passes over a text, so that a few payloads will do.
fn is_passed_over(pattern: &str) -> bool {
    const PASSED_OVER: [&str; 14] = [
        "/metadata",
        "/shapes/resource/traits",
        "/cors/",
        "#tags/",
        "#waitable",
        "#suppress/",
        "#xmlN",
        "#endpointTests",
        "#references/",
        "#clientContextParams",
        "#externalDocumentation",
        "#since",
        "/type",
        "/target",
    ];
    PASSED_OVER.iter().any(|part| pattern.contains(part))
}

#[test]
fn a_crate_of_types_alone_takes_payloads_as_text_or_refuses_them() {
    let (model, payloads) = (rich(), payloads());
    let places = places(&model);
    let injections: Vec<Injection<'_>> = places
        .iter()
        .enumerate()
        .map(|(index, (pattern, places))| {
            let payload = &payloads[index % payloads.len()];
            Injection { pattern, place: &places[index % places.len()], payload, alone: false }
        })
        .collect();
    run(&injections, Emit::Types);
}

#[test]
#[ignore = "takes minutes: every occurrence of every place"]
fn every_occurrence_of_every_place_takes_every_payload() {
    let (model, payloads) = (rich(), payloads());
    let places = places(&model);
    let mut injections = Vec::new();
    for (pattern, places) in &places {
        for place in places {
            for payload in &payloads {
                injections.extend([false, true].map(|alone| Injection { pattern, place, payload, alone }));
            }
        }
    }
    let accepted = run(&injections, Emit::Client);
    println!("{} injections: {accepted} emitted as text", injections.len());
}
