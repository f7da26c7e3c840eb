//! Damaged models: the answer is a crate or a report, without a panic, soon, and in little memory.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use process_usage::{peak_memory, processor_time};
use serde_json::Value;
use smithy_client_codegen::{Emit, Source, generate};
use smithy_client_tools::{coverage, diff, facts};

use crate::choices::Choices;
use crate::mutation::damaged_text;
use crate::options;
use crate::service::model;

/// The variable that says how many mutants there are.
const VARIABLE: &str = "MUTANTS";
/// The variable that names the first seed, to see one mutant again.
const SEED: &str = "MUTANTS_SEED";
/// The stack that a mutant has: that of a thread.
const STACK: usize = 2 << 20;
/// How long a mutant may take: by the clock, and where it takes longer by that, which a busy machine may be the reason
/// for, of processor time.
const SLOW: Duration = Duration::from_secs(5);
/// After this time a mutant is said to hang.
const HANGS: Duration = Duration::from_secs(300);
/// How much memory the process may take at most, in bytes.
const MEMORY: u64 = 1 << 30;

/// A model to damage.
struct Original {
    name: String,
    model: Value,
    source: Source,
}

impl Original {
    fn new(name: &str, model: Value) -> Self {
        let source = Source { name: name.to_owned(), text: model.to_string() };
        Self { name: name.to_owned(), model, source }
    }
}

/// The models of a folder beside the repository; none, with a word about it, where it is missing.
fn real(folder: &str) -> Vec<Original> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: not found: {}", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Option<Original> {
    let model = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    Some(Original::new(&path.file_name()?.to_string_lossy(), model))
}

/// The text of one mutant of an original.
fn mutant(original: &Original, seed: u64) -> Source {
    let text = damaged_text(&original.model, &mut Choices::of_seed(seed));
    Source { name: original.name.clone(), text }
}

/// Gives a mutant to whatever takes models. What they answer does not matter, only that they do.
fn answer(original: &Original, mutant: &Source, seed: u64) {
    let emit = if seed.is_multiple_of(5) { Emit::Types } else { Emit::Client };
    let mut options = options("mutant", emit);
    // The name of the crate comes of the model too.
    if seed.is_multiple_of(3) {
        options.crate_name = None;
    }
    let mutants = std::slice::from_ref(mutant);
    match generate(mutants, &options) {
        Ok(generated) => assert!(!generated.files.is_empty(), "nothing is emitted"),
        Err(report) => assert!(!report.diagnostics.is_empty(), "a refusal without a word"),
    }
    if seed.is_multiple_of(4) {
        drop(diff::report(std::slice::from_ref(&original.source), mutants, &[]));
        drop(facts::of(mutants));
        drop(coverage::coverage(mutants));
    }
}

/// What is wrong with the answer to a mutant, and how long it took.
fn judge(original: &Arc<Original>, seed: u64) -> (Option<String>, Duration) {
    let (sender, receiver) = mpsc::channel();
    let taken = Arc::clone(original);
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mutant = mutant(&taken, seed);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| answer(&taken, &mutant, seed)));
        let said = outcome.err().map(|panic| match panic.downcast::<String>() {
            Ok(text) => *text,
            Err(panic) => (*panic.downcast::<&str>().unwrap_or_default()).to_owned(),
        });
        // Whoever has given up waiting does not listen.
        drop(sender.send((said, start.elapsed())));
    });
    let worker = worker.expect("a thread starts");
    let answered = receiver.recv_timeout(HANGS);
    match answered {
        Ok(answered) => {
            worker.join().expect("the panic was caught");
            answered
        }
        Err(_) => (Some("hangs".to_owned()), HANGS),
    }
}

/// Keeps a mutant and its original for a look at them.
fn keep(original: &Original, seed: u64) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants");
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(format!("{seed}.json")), mutant(original, seed).text))
        .and_then(|()| fs::write(folder.join(format!("{seed}.original.json")), &original.source.text));
    written.unwrap_or_else(|error| panic!("cannot write to {}: {error}", folder.display()));
}

/// What is wrong with the answer to a mutant while nothing else runs in this process, and the processor time it took.
fn judge_alone(original: &Arc<Original>, seed: u64) -> (Option<String>, Duration) {
    let before = processor_time();
    let (said, took) = judge(original, seed);
    let spent = before.zip(processor_time()).map(|(before, after)| after.saturating_sub(before));
    (said, spent.unwrap_or(took))
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Damages the originals in turn, so many times in all, on two threads.
///
/// # Panics
/// With what was found.
fn run(originals: Vec<Original>, count: u64) {
    let originals: Vec<Arc<Original>> = originals.into_iter().map(Arc::new).collect();
    if originals.is_empty() {
        return;
    }
    std::panic::set_hook(Box::new(|_| {}));
    let first = variable(SEED).unwrap_or(1);
    let (next, start) = (AtomicUsize::new(0), Instant::now());
    let of_seed = |seed: u64| &originals[seed as usize % originals.len()];
    let work = || {
        let mut suspects = Vec::new();
        let mut slowest = Duration::ZERO;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number as u64 >= count {
                return (suspects, slowest);
            }
            let seed = first + number as u64;
            let (said, took) = judge(of_seed(seed), seed);
            if said.is_some() || took > SLOW {
                suspects.push(seed);
            } else {
                slowest = slowest.max(took);
            }
        }
    };
    let results: Vec<_> = thread::scope(|scope| {
        let workers = [(); 2].map(|()| scope.spawn(work));
        workers.into_iter().map(|worker| worker.join().expect("panics are caught")).collect()
    });
    let mut slowest = results.iter().map(|(_, slowest)| *slowest).max().unwrap_or_default();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for seed in results.into_iter().flat_map(|(suspects, _)| suspects) {
        let original = of_seed(seed);
        let (said, took) = judge_alone(original, seed);
        slowest = slowest.max(took);
        let slow = (took > SLOW).then(|| format!("takes {took:.1?}"));
        if let Some(said) = said.or(slow) {
            keep(original, seed);
            let start = said.lines().next().unwrap_or_default().chars().take(100).collect();
            found.entry(start).or_default().push(format!("seed {seed} of {}", original.name));
        }
    }
    drop(std::panic::take_hook());
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{count} mutants of {} models in {seconds:.0} s ({:.1} a second), the slowest {slowest:.1?}, {} MiB, {} kinds of findings",
        originals.len(),
        count as f64 / seconds,
        peak_memory().unwrap_or_default() >> 20,
        found.len(),
    );
    let told = found.iter().map(|(said, seeds)| format!("{said}: {} times, such as {}", seeds.len(), seeds[0]));
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    let peak = peak_memory().unwrap_or_default();
    assert!(peak < MEMORY, "{} MiB", peak >> 20);
}

#[test]
fn mutants_of_small_models_are_answered() {
    let small = (0..8).map(|seed| Original::new(&format!("random-{seed}.json"), model(&mut Choices::of_seed(seed))));
    run(small.collect(), variable(VARIABLE).unwrap_or(200));
}

#[test]
#[ignore = "takes hours unless optimized; run it with --release and --ignored"]
fn mutants_of_real_models_are_answered() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../model/ivs-realtime.json");
    let mut originals: Vec<Original> = read(&repository).into_iter().collect();
    originals.extend(real("ivs-realtime").into_iter().take(1));
    originals.extend(real("aws"));
    originals.extend(real("aws-2026"));
    run(originals, variable(VARIABLE).unwrap_or(2_000));
}
