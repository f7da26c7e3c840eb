//! Every place with every payload.
//!
//! Places that take a payload take it together, in one model, which is the same for each of them and spares the time
//! of thousands of crates. Where a model is refused its places are tried in halves, down to each by itself.

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

/// Places that get one payload each.
#[derive(Clone, Copy)]
struct Group<'a> {
    payload: &'a Payload,
    places: &'a [(&'a str, &'a Place)],
    /// The payload stands alone, not after what was there.
    alone: bool,
    /// The texts are parts of names, or others depend on them.
    renames: bool,
}

/// Places where a text is a part of a name, or is followed by others that depend on it: a parameter of an unknown built-in
/// is `None` where a setting of the client would be read.
fn renames(pattern: &str) -> bool {
    let ends = ["/value", "/assign", "/ref", "/name", "/sdkId", "/builtIn", "#enumValue"];
    pattern.starts_with("key:") || ends.iter().any(|end| pattern.ends_with(end))
}

/// What injections came to.
#[derive(Default)]
struct Outcome {
    emitted: usize,
    refused: usize,
    faults: Vec<String>,
}

impl Group<'_> {
    fn run(self, model: &Value, harmless: &Harmless, emit: Emit, outcome: &mut Outcome) {
        if self.places.is_empty() {
            return;
        }
        let injected = self
            .places
            .iter()
            .fold(model.clone(), |model, (_, place)| with(&model, place, &self.payload.1, self.alone));
        let told = || {
            let places: Vec<String> = self.places.iter().map(|(_, place)| place.steps.join("/")).collect();
            format!("{} at {}", self.payload.0, places.join(" "))
        };
        let one = self.places.len() == 1;
        let fault = match catch_unwind(AssertUnwindSafe(|| emitted(&injected, emit))) {
            Ok(Ok(generated)) => harmless.judge(&generated, self.renames).err(),
            Ok(Err(report)) if report.diagnostics.is_empty() => Some("refused without a word".to_owned()),
            Ok(Err(report)) if report.to_string().contains(|c: char| c.is_control() && c != '\n') => {
                Some("a control character reaches the terminal".to_owned())
            }
            Ok(Err(_)) if one => {
                outcome.refused += 1;
                return;
            }
            Ok(Err(_)) => return self.halves(model, harmless, emit, outcome),
            Err(_) => Some("panic".to_owned()),
        };
        match fault {
            None => outcome.emitted += self.places.len(),
            Some(_) if !one => self.halves(model, harmless, emit, outcome),
            Some(fault) => outcome.faults.push(format!("{}: {fault}", told())),
        }
    }

    fn halves(self, model: &Value, harmless: &Harmless, emit: Emit, outcome: &mut Outcome) {
        let (first, second) = self.places.split_at(self.places.len() / 2);
        for places in [first, second] {
            Group { places, ..self }.run(model, harmless, emit, outcome);
        }
    }
}

/// Gives every payload to these places, on as many threads as there are processors.
fn run(model: &Value, places: &[(&str, Vec<&Place>)], payloads: &[Payload], emit: Emit) -> Outcome {
    let harmless = Harmless::new(&emitted(model, emit).expect("the fixture is right"));
    let next = AtomicUsize::new(0);
    // A panic is a fault that is told at the end.
    std::panic::set_hook(Box::new(|_| {}));
    let work = || {
        let mut outcome = Outcome::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(payload) = payloads.get(index) else { break outcome };
            // A place that occurs often takes another payload at each occurrence.
            let chosen = places.iter().map(|(pattern, places)| (*pattern, places[index % places.len()]));
            let (keys, texts): (Vec<_>, Vec<_>) = chosen.partition(|(_, place)| place.is_key);
            let (named, texts): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(pattern, _)| renames(pattern));
            let group = |places, renames| Group { payload, places, alone: index.is_multiple_of(7), renames };
            group(&texts, false).run(model, &harmless, emit, &mut outcome);
            group(&named, true).run(model, &harmless, emit, &mut outcome);
            // What is below a key that has changed is not found any more.
            keys.chunks(1).for_each(|places| group(places, true).run(model, &harmless, emit, &mut outcome));
        }
    };
    let outcome = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().fold(Outcome::default(), |sum, thread| {
            let part = thread.join().expect("a thread judges");
            let faults = sum.faults.into_iter().chain(part.faults).collect();
            Outcome { emitted: sum.emitted + part.emitted, refused: sum.refused + part.refused, faults }
        })
    });
    _ = std::panic::take_hook();
    let all = places.len() * payloads.len();
    assert!(outcome.faults.is_empty(), "{} of {all}:\n{}", outcome.faults.len(), outcome.faults.join("\n"));
    assert_eq!(outcome.emitted + outcome.refused, all);
    outcome
}

/// Runs a payload at each place of the fixture: at one occurrence, or at every one.
fn cross(payloads: &[Payload], every_occurrence: bool, emit: Emit) {
    let model = rich();
    let found = places(&model);
    let occurrences = |places: &'_ Vec<Place>| if every_occurrence { places.len() } else { 1 };
    let split: Vec<(&str, Vec<&Place>)> = found
        .iter()
        .flat_map(|(pattern, places)| {
            let all: Vec<&Place> = places.iter().collect();
            let size = all.len() / occurrences(places);
            all.chunks(size).map(|chunk| (pattern.as_str(), chunk.to_vec())).collect::<Vec<_>>()
        })
        .collect();
    let injections = split.len() * payloads.len();
    assert!(payloads.len() == 1 || (injections, found.len()) >= BAR, "{injections} at {}", found.len());
    let Outcome { emitted, refused, .. } = run(&model, &split, payloads, emit);
    println!("{injections} injections at {} places: {emitted} emitted as text, {refused} refused", found.len());
}

#[test]
fn every_place_takes_every_payload_as_text_or_refuses_it() {
    cross(&payloads(), false, Emit::Client);
}

/// The fixture as a service of another protocol, of which bodies or answers are XML.
fn of_protocol(protocol: &str) -> Value {
    let mut model = rich();
    let services = model["shapes"].as_object_mut().expect("the fixture has shapes").values_mut();
    for service in services.filter(|shape| shape["type"] == "service") {
        let traits = service["traits"].as_object_mut().expect("the service has traits");
        traits.shift_remove("aws.protocols#restJson1");
        traits.insert(protocol.to_owned(), serde_json::json!({}));
    }
    // Their messages hold no documents.
    let text = model.to_string().replace("smithy.api#Document", "smithy.api#String");
    serde_json::from_str(&text).expect("it is still JSON")
}

#[test]
fn names_of_xml_and_forms_take_every_payload_as_text_or_refuse_it() {
    for protocol in ["aws.protocols#restXml", "aws.protocols#awsQuery", "aws.protocols#ec2Query"] {
        let model = of_protocol(protocol);
        let found = places(&model);
        let named = found.iter().filter(|(pattern, _)| pattern.contains("#xml") || pattern.contains("#ec2QueryName"));
        let named: Vec<_> = named.map(|(pattern, places)| (pattern.as_str(), places.iter().collect())).collect();
        assert_eq!(named.len(), 5, "the fixture has other places with names of XML: {named:?}");
        run(&model, &named, &payloads(), Emit::Client);
    }
}

#[test]
fn a_crate_of_types_alone_takes_payloads_as_text_or_refuses_them() {
    let payloads: Vec<Payload> = payloads().into_iter().filter(|(name, _)| *name == "fence in a list").collect();
    cross(&payloads, false, Emit::Types);
}

#[test]
#[ignore = "takes minutes: every occurrence of every place"]
fn every_occurrence_of_every_place_takes_every_payload() {
    cross(&payloads(), true, Emit::Client);
}
