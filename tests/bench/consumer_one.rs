//! An application that calls one operation: it lists the compositions of an account.
//!
//! Usage: `consumer_one ENDPOINT`

mod client;

use std::process::ExitCode;

use aws_sdk_ivsrealtime::{Client, Error};

fn main() -> ExitCode {
    let Some(endpoint) = std::env::args().nth(1) else {
        return client::finish(Err("usage: consumer_one ENDPOINT".to_owned()));
    };
    client::finish(bench_harness::block_on(Box::pin(async move {
        list_compositions(&client::on_loopback(&endpoint)).await.map_err(|error| error.to_string())
    })))
}

async fn list_compositions(client: &Client) -> Result<(), Error> {
    let page = client.list_compositions().max_results(20).send().await?;
    for composition in page.compositions() {
        println!("{} {}", composition.arn(), composition.state());
    }
    Ok(())
}
