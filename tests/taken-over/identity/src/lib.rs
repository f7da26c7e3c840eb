//! Whose credentials a program has, as `aws-config` finds them in the environment.

use std::error::Error;
use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_sdk_sts::config::ProvideCredentials;
use aws_sdk_sts::error::DisplayErrorContext;
use aws_sdk_sts::Client;

/// Who a program is.
#[derive(Debug)]
pub struct Identity {
    /// The id of the key that signs.
    pub key: String,
    /// The account that the key is known to be of.
    pub account: Option<String>,
    /// For how many more seconds the key is good; nothing for one that does not end.
    pub seconds: Option<u64>,
    /// The name by which STS knows who has the key.
    pub arn: String,
}

/// Finds out who the program is.
///
/// # Errors
///
/// Why there are no credentials, or what STS says of them, with all causes.
pub async fn identity(config: &SdkConfig) -> Result<Identity, Box<dyn Error>> {
    let provider = config.credentials_provider().ok_or("there is no provider of credentials")?;
    let credentials = provider.provide_credentials().await.map_err(told)?;
    let caller = Client::new(config).get_caller_identity().send().await.map_err(told)?;
    let left = credentials.expiry().map(|end| end.duration_since(SystemTime::now()).unwrap_or_default().as_secs());
    Ok(Identity {
        key: credentials.access_key_id().to_owned(),
        account: credentials.account_id().map(|account| account.as_str().to_owned()),
        seconds: left,
        arn: caller.arn().unwrap_or("nobody").to_owned(),
    })
}

fn told(error: impl Error) -> String {
    DisplayErrorContext(&error).to_string()
}
