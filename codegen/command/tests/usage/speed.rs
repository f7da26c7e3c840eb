//! How long it takes to read a large program and a large model.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use cargo_smithy_client::usage::{Program, Usage};
use smithy_client_codegen::Vocabulary;

use crate::slices::dynamodb;

/// How often everything is done, as the system counts time in hundredths of a second.
const RUNS: u32 = 20;

/// The processor time of this process so far; elsewhere than on Linux the time that has passed.
fn spent(start: Instant) -> Duration {
    let ticks = |stat: String| {
        let (_, fields) = stat.rsplit_once(')')?;
        let mut fields = fields.split_whitespace().skip(11);
        let mut field = || fields.next()?.parse::<u64>().ok();
        Some(Duration::from_millis(10 * (field()? + field()?)))
    };
    fs::read_to_string("/proc/self/stat").ok().and_then(ticks).unwrap_or_else(|| start.elapsed())
}

/// The mean time, and what the last run gave.
fn measured<T>(work: impl Fn() -> T) -> (Duration, T) {
    let start = Instant::now();
    let before = spent(start);
    let mut made = work();
    for _ in 1..RUNS {
        made = work();
    }
    ((spent(start) - before) / RUNS, made)
}

#[test]
#[ignore = "measures time; run it with --release -- --ignored --nocapture"]
fn four_megabytes_and_all_of_dynamodb_are_read_at_once() {
    let source = concat!(include_str!("slices.rs"), include_str!("programs.rs"), include_str!("packages.rs"));
    let name = |number: usize| PathBuf::from(format!("src/part{number}.rs"));
    let each = source.repeat(4);
    let sources: Vec<_> = (0..4_000_000 / each.len() + 1).map(|number| (name(number), each.clone())).collect();
    let bytes: usize = sources.iter().map(|(_, text)| text.len()).sum();
    let (reading, program) = measured(|| Program::of(sources.clone()));
    println!("{bytes} bytes of Rust: {reading:?} of processor time");
    let Some(model) = dynamodb() else { return };
    let (knowing, vocabulary) = measured(|| Vocabulary::of(&model).expect("it is a model"));
    let (using, usage) = measured(|| Usage::of(&program, &vocabulary));
    println!("the vocabulary of DynamoDB: {knowing:?}, its usage: {using:?}");
    assert!(usage.operations.contains_key("GetItem"));
    if !cfg!(debug_assertions) {
        assert!(reading < Duration::from_millis(150) && knowing < Duration::from_millis(50));
    }
}
