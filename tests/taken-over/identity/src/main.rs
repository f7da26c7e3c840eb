use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let config = aws_config::load_from_env().await;
    match identity::identity(&config).await {
        Ok(found) => {
            println!("key {}", found.key);
            println!("account {}", found.account.as_deref().unwrap_or("unknown"));
            println!("until {}", found.seconds.map_or("no end".to_owned(), |seconds| format!("{seconds} s")));
            println!("arn {}", found.arn);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("identity: {error}");
            ExitCode::FAILURE
        }
    }
}
