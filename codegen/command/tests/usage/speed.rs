//! How long it takes to read a large program and a large model.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use cargo_smithy_client::usage::{Program, Usage};
use smithy_client_codegen::Vocabulary;

use crate::slices::dynamodb;

/// The shortest of five runs, and what the last one gave.
fn shortest<T>(work: impl Fn() -> T) -> (Duration, T) {
    let timed = || {
        let start = Instant::now();
        let made = work();
        (start.elapsed(), made)
    };
    (1..5).fold(timed(), |(best, _), _| {
        let (time, made) = timed();
        (best.min(time), made)
    })
}

#[test]
#[ignore = "measures time; run it with --release -- --ignored --nocapture"]
fn four_megabytes_and_all_of_dynamodb_are_read_at_once() {
    let source = concat!(include_str!("slices.rs"), include_str!("programs.rs"), include_str!("packages.rs"));
    let name = |number: usize| PathBuf::from(format!("src/part{number}.rs"));
    let each = source.repeat(4);
    let sources: Vec<_> = (0..4_000_000 / each.len() + 1).map(|number| (name(number), each.clone())).collect();
    let bytes: usize = sources.iter().map(|(_, text)| text.len()).sum();
    let (reading, program) = shortest(|| Program::of(sources.clone()));
    println!("{bytes} bytes of Rust: {reading:?}");
    let Some(model) = dynamodb() else { return };
    let (knowing, vocabulary) = shortest(|| Vocabulary::of(&model).expect("it is a model"));
    let (using, usage) = shortest(|| Usage::of(&program, &vocabulary));
    println!("the vocabulary of DynamoDB: {knowing:?}, its usage: {using:?}");
    assert!(usage.operations.contains_key("GetItem"));
    if !cfg!(debug_assertions) {
        assert!(reading < Duration::from_millis(150) && knowing < Duration::from_millis(50));
    }
}
