//! Load: the fake service and a client in one process, at a fixed number of calls per second.
//!
//! `cargo run --release --manifest-path tests/compare/Cargo.toml --bin load -- [--client ours|official] [--rate N]
//! [--seconds N]` prints a line every five seconds and a summary. The calls are those of the life of a stage: create, get,
//! tag, list its tags, list stages, delete. The exit code is 0 when no call failed, the rate was held to a hundredth, and
//! memory stayed within an eighth of what it was after a sixth of the time; 1 otherwise, 2 on wrong usage.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tests::client::plain_http;
use tests::fake::{Fake, Settings};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// Workers, each of which goes through the life of one stage after the other.
const WORKERS: usize = 64;

/// Between two lines of the report.
const REPORT: Duration = Duration::from_secs(5);

/// What the command line asks for.
#[derive(Debug)]
struct Arguments {
    official: bool,
    rate: u32,
    seconds: u64,
}

impl Arguments {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self { official: false, rate: 2000, seconds: 60 };
        while let Some(option) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("{option} wants a value"))?;
            let number = || value.parse().ok().filter(|number| *number > 0).ok_or(format!("{option}: {value:?}"));
            match (option.as_str(), value.as_str()) {
                ("--client", "ours") => parsed.official = false,
                ("--client", "official") => parsed.official = true,
                ("--rate", _) => parsed.rate = number()?,
                ("--seconds", _) => parsed.seconds = u64::from(number()?),
                _ => return Err(format!("there is no option {option} with the value {value:?}")),
            }
        }
        Ok(parsed)
    }
}

/// What was counted so far.
#[derive(Debug, Default)]
struct Counts {
    calls: AtomicUsize,
    errors: AtomicUsize,
    /// Calls by their duration in steps of a sixteenth of a power of two of microseconds.
    durations: Histogram,
}

/// Durations in buckets that are a sixteenth apart.
#[derive(Debug)]
struct Histogram([AtomicU64; Histogram::BUCKETS]);

impl Default for Histogram {
    fn default() -> Self {
        Self([const { AtomicU64::new(0) }; Self::BUCKETS])
    }
}

impl Histogram {
    const BUCKETS: usize = 16 * 32;

    fn add(&self, duration: Duration) {
        let bucket = (duration.as_secs_f64() * 1e6).max(1.0).log2() * 16.0;
        // Beyond the last bucket are hours.
        self.0[(bucket as usize).min(Self::BUCKETS - 1)].fetch_add(1, Ordering::Relaxed);
    }

    /// The duration below which `share` of the calls are, in milliseconds.
    fn quantile(&self, share: f64) -> f64 {
        let counts: Vec<u64> = self.0.iter().map(|count| count.load(Ordering::Relaxed)).collect();
        let wanted = counts.iter().sum::<u64>() as f64 * share;
        let mut sum = 0;
        let bucket = counts.iter().position(|count| {
            sum += count;
            sum as f64 >= wanted
        });
        ((bucket.unwrap_or_default() + 1) as f64 / 16.0).exp2() / 1e3
    }
}

/// The life of stages by the client of a crate; the two crates have the same API.
macro_rules! worker {
    ($name:ident, $krate:ident) => {
        async fn $name(fake: Arc<Fake>, counts: Arc<Counts>, pause: Duration) {
            use $krate::config::{BehaviorVersion, Config, Credentials, Region, SharedHttpClient};

            static HTTP: std::sync::OnceLock<SharedHttpClient> = std::sync::OnceLock::new();
            let (key, secret) = fake.credentials();
            let config = Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(fake.region().to_owned()))
                .credentials_provider(Credentials::new(key, secret, None, None, "load"))
                .endpoint_url(fake.url())
                .http_client(HTTP.get_or_init(plain_http).clone());
            let client = $krate::Client::from_conf(config.build());
            let mut ticks = interval(pause);
            // A worker that was late catches up.
            ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
            macro_rules! call {
                ($call:expr) => {{
                    ticks.tick().await;
                    let since = Instant::now();
                    let result = $call.send().await;
                    counts.durations.add(since.elapsed());
                    counts.calls.fetch_add(1, Ordering::Relaxed);
                    if let Err(error) = &result {
                        counts.errors.fetch_add(1, Ordering::Relaxed);
                        eprintln!("{error:?}");
                    }
                    result
                }};
            }
            loop {
                let Ok(created) = call!(client.create_stage().name("load")) else { continue };
                let arn = created.stage().map(|stage| stage.arn()).unwrap_or_default();
                // Errors are counted, and the life of the stage goes on.
                _ = call!(client.get_stage().arn(arn));
                _ = call!(client.tag_resource().resource_arn(arn).tags("k", "v"));
                _ = call!(client.list_tags_for_resource().resource_arn(arn));
                _ = call!(client.list_stages().max_results(10));
                _ = call!(client.delete_stage().arn(arn));
            }
        }
    };
}

worker!(ours, ivs_realtime);
worker!(official, aws_sdk_ivsrealtime);

/// Memory in use, in MB. Zero where the system does not tell.
fn resident() -> f64 {
    process_usage::memory().unwrap_or_default() as f64 / 1e6
}

/// Seconds of processor time that the process has used. Zero where the system does not tell.
fn processor() -> f64 {
    process_usage::processor_time().unwrap_or_default().as_secs_f64()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    match Fake::start(Settings { remembered_requests: 0, ..Settings::default() }).await {
        Ok(fake) => run(Arc::new(fake), &arguments).await,
        Err(problem) => {
            eprintln!("the server cannot start: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(fake: Arc<Fake>, arguments: &Arguments) -> ExitCode {
    let counts = Arc::new(Counts::default());
    let pause = Duration::from_secs(1) * WORKERS as u32 / arguments.rate;
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        match arguments.official {
            true => workers.spawn(official(fake.clone(), counts.clone(), pause)),
            false => workers.spawn(ours(fake.clone(), counts.clone(), pause)),
        };
        // They do not all call at the same moment.
        sleep(pause / WORKERS as u32).await;
    }
    let since = Instant::now();
    let (before, cpu) = (counts.calls.load(Ordering::Relaxed), processor());
    let time = Duration::from_secs(arguments.seconds);
    let mut early = 0.0;
    while since.elapsed() < time {
        sleep(REPORT.min(time - since.elapsed())).await;
        let (seconds, memory) = (since.elapsed().as_secs_f64(), resident());
        if early == 0.0 && since.elapsed() >= time / 6 {
            early = memory;
        }
        let calls = counts.calls.load(Ordering::Relaxed) - before;
        println!("{seconds:5.1} s  {:7.1} calls/s  {memory:6.1} MB", calls as f64 / seconds);
    }
    let (seconds, memory) = (since.elapsed().as_secs_f64(), resident());
    let calls = counts.calls.load(Ordering::Relaxed) - before;
    let errors = counts.errors.load(Ordering::Relaxed);
    let rate = calls as f64 / seconds;
    let cpu = (processor() - cpu) / calls as f64 * 1e6;
    let [half, most] = [0.5, 0.99].map(|share| counts.durations.quantile(share));
    println!(
        "{calls} calls in {seconds:.1} s, {rate:.0}/s, {errors} errors; 50 % in {half:.2} ms, 99 % in {most:.2} ms; \
         {cpu:.0} us of processor time per call, server included; {early:.1} MB early, {memory:.1} MB at the end"
    );
    let is_held = rate >= f64::from(arguments.rate) * 0.99 && memory <= early * 1.125;
    if errors == 0 && is_held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
