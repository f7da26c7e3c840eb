//! State across restarts.

use super::{stage, started_with};
use std::time::Duration;
use tests::fake::{Fake, Settings};

/// A file name in a folder of the test run, removed afterwards.
struct File(std::path::PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}

/// Starts a server as soon as the one before lets go of the file, which takes its connections to end.
async fn restarted(settings: impl Fn() -> Settings) -> Fake {
    for _ in 0..1000 {
        if let Ok(fake) = Fake::start(settings()).await {
            return fake;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the file is held still after ten seconds");
}

#[tokio::test]
async fn a_restarted_server_knows_what_it_knew() {
    let file = File(std::env::temp_dir().join(format!("fake-ivs-realtime-{}.redb", std::process::id())));
    let settings = || Settings { state: Some(file.0.clone()), ..Settings::default() };
    let (fake, client) = started_with(settings()).await;
    let (arn, tokens) = stage(&client, 1).await;
    let listed = client.list_stages().max_results(1).send().await.expect("a list");
    assert_eq!(listed.stages().len(), 1);
    drop((fake, client));
    let fake = restarted(settings).await;
    let client = ivs_realtime::Client::from_conf(fake.config().build());
    client.get_stage().arn(&arn).send().await.expect("it is there still");
    fake.join(&tokens[0]).expect("the token is of the same key");
}
