use std::time::Duration;

use aws_sdk_ivsrealtime::Client;
use show::recording::{self, Archive};
use show::{cast, stage};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [name, storage, host, guests @ ..] = words.as_slice() else {
        return Err("show NAME STORAGE HOST GUEST..".into());
    };
    let client = Client::new(&aws_config::load_from_env().await);
    for arn in stage::left_over(&client, name).await? {
        stage::close(&client, &arn).await?;
    }
    let guests: Vec<&str> = guests.iter().map(String::as_str).collect();
    let stage = stage::open(&client, name, host, &guests).await.map_err(|why| format!("{why:?}"))?;
    for (user, token) in &stage.tokens {
        println!("{user}: {token}");
    }
    let encoder = recording::encoder(&client, name).await?.ok_or("there is no encoder")?;
    let archive = Archive { storage: storage.clone(), encoder };
    let recording = recording::start(&client, &stage.arn, &archive).await?;
    tokio::signal::ctrl_c().await?;
    println!("here at the end: {:?}", cast::present(&client, &stage.arn).await?);
    let is_complete = recording::stop(&client, &recording, Duration::from_secs(5)).await?;
    println!("the recording is {}", if is_complete { "complete" } else { "cut short" });
    stage::close(&client, &stage.arn).await?;
    Ok(())
}
