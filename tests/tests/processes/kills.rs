//! A server with a state file is killed under load: what it acknowledged is there when it comes back.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use ivs_realtime::config::retry::{RetryConfig, RetryPartition};
use ivs_realtime::config::{BehaviorVersion, Config, Credentials, Region};
use ivs_realtime::{Client, error::SdkErrorExt};
use rand::RngExt;
use tests::client::plain_http;
use tests::fake::{ACCESS_KEY, SECRET_KEY};
use tokio::task::JoinSet;

use super::Server;

/// How many workers write at once.
const WORKERS: usize = 4;

/// With so many stages left the server is emptied, lest listing them takes all of the time.
const MOST_STAGES: usize = 200;

/// A state file, removed when this is dropped.
struct File(PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}

/// What the server acknowledged: stages with the value of their tag, and the ARNs of those that it deleted.
#[derive(Debug, Default)]
struct Acknowledged {
    stages: BTreeMap<String, String>,
    deleted: BTreeSet<String>,
    writes: usize,
}

impl Acknowledged {
    /// A write that left a stage with this tag was acknowledged.
    fn wrote(&mut self, arn: &str, tag: String) {
        self.writes += 1;
        self.stages.insert(arn.to_owned(), tag);
    }

    /// A stage is about to change: until that is acknowledged nobody knows how it is.
    fn changing(&mut self, arn: &str) {
        self.stages.remove(arn);
    }

    /// A deletion was acknowledged.
    fn deleted(&mut self, arn: String) {
        self.writes += 1;
        self.deleted.insert(arn);
    }
}

type Book = Arc<Mutex<Acknowledged>>;

fn open(book: &Book) -> MutexGuard<'_, Acknowledged> {
    book.lock().expect("nobody panics with it")
}

fn client(url: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "tests"))
        .endpoint_url(url)
        .http_client(plain_http())
        .retry_config(RetryConfig::disabled())
        .retry_partition(RetryPartition::new("kills"));
    Client::from_conf(config.build())
}

/// Writes until the server is gone. A write of which no answer comes may have been done or not.
async fn write(client: Client, book: Book, worker: usize) {
    let mut mine = VecDeque::new();
    for number in 0.. {
        let tag = format!("{worker}-{number}");
        let Ok(created) = client.create_stage().tags("written", &tag).send().await else { return };
        let arn = created.stage().expect("the answer has it").arn().to_owned();
        open(&book).wrote(&arn, tag.clone());
        open(&book).changing(&arn);
        let again = format!("{tag}-again");
        if client.tag_resource().resource_arn(&arn).tags("written", &again).send().await.is_err() {
            return;
        }
        open(&book).wrote(&arn, again);
        mine.push_back(arn);
        // A few are kept, so that there is always something to lose.
        let Some(arn) = (mine.len() > 5).then(|| mine.pop_front()).flatten() else { continue };
        open(&book).changing(&arn);
        if client.delete_stage().arn(&arn).send().await.is_err() {
            return;
        }
        open(&book).deleted(arn);
    }
}

/// Checks the server against the book.
async fn check(client: &Client, book: &Book, kill: usize) {
    let mut found = BTreeMap::new();
    let mut stages = client.list_stages().into_paginator().items().send();
    while let Some(stage) = stages.next().await {
        let stage = stage.unwrap_or_else(|error| panic!("after kill {kill}: {}", error.describe()));
        let tag = stage.tags().and_then(|tags| tags.get("written")).cloned().unwrap_or_default();
        found.insert(stage.arn().to_owned(), tag);
    }
    let book = open(book);
    for (arn, tag) in &book.stages {
        assert_eq!(found.get(arn), Some(tag), "after kill {kill}: {arn}");
    }
    let back = book.deleted.iter().find(|arn| found.contains_key(*arn));
    assert_eq!(back, None, "after kill {kill}: it was deleted");
}

/// `FAKE_KILLS=500` kills so many times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kills_under_load() {
    let kills = std::env::var("FAKE_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let file = File(std::env::temp_dir().join(format!("fake-kills-{}.redb", std::process::id())));
    let path = file.0.to_str().expect("folders for temporary files have plain names");
    let start = || Server::start(&["--state", path, "--quota", "stages=1000000"]);
    let book = Book::default();
    let mut server = start();
    for kill in 1..=kills {
        let client = client(&server.url);
        let mut workers = JoinSet::new();
        for worker in 0..WORKERS {
            workers.spawn(write(client.clone(), book.clone(), worker));
        }
        let moment = rand::rng().random_range(30..250);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        server.kill();
        while let Some(worker) = workers.join_next().await {
            worker.expect("a worker ends with the server");
        }
        server = start();
        check(&self::client(&server.url), &book, kill).await;
        if open(&book).stages.len() > MOST_STAGES {
            server.administer("reset", "{}");
            let mut book = open(&book);
            let gone = std::mem::take(&mut book.stages);
            gone.into_keys().for_each(|arn| book.deleted(arn));
        }
        if kill % 50 == 0 {
            println!("{kill} kills, {} acknowledged writes", open(&book).writes);
        }
    }
    println!("{kills} kills, {} acknowledged writes", open(&book).writes);
}
