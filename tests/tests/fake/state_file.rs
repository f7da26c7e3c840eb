//! State across restarts.

use super::{stage, started_with};
use tests::fake::Settings;

/// A file name in a folder of the test run, removed afterwards.
struct File(std::path::PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
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
    // The task that was ended lets go of the file when the runtime has seen to it.
    let (fake, client) = loop {
        tokio::task::yield_now().await;
        if let Ok(fake) = tests::fake::Fake::start(settings()).await {
            let client = ivs_realtime::Client::from_conf(fake.config().build());
            break (fake, client);
        }
    };
    client.get_stage().arn(&arn).send().await.expect("it is there still");
    fake.join(&tokens[0]).expect("the token is of the same key");
}
