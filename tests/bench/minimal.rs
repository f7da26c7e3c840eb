//! The smallest useful application, with the default features of its client: it lists the compositions of an account.

use aws_sdk_ivsrealtime::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_ivsrealtime::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "an example, not a secret", None, None, "bench"))
        .build();
    let page = Client::from_conf(config).list_compositions().send().await?;
    for composition in page.compositions() {
        println!("{} {}", composition.arn(), composition.state());
    }
    Ok(())
}
