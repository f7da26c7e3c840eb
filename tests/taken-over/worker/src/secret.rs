//! The word that shops sign their orders with.

use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use aws_sdk_secretsmanager::Client;
use serde::Deserialize;

#[derive(Debug)]
pub enum SecretError {
    Missing,
    Unreadable,
    Unreachable(Box<SdkError<GetSecretValueError>>),
}

impl std::fmt::Display for SecretError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such secret"),
            Self::Unreadable => f.write_str("the secret cannot be read"),
            Self::Unreachable(error) => {
                write!(f, "{}", aws_sdk_secretsmanager::error::DisplayErrorContext(error))
            }
        }
    }
}

impl std::error::Error for SecretError {}

/// What the secret holds, as JSON.
#[derive(Deserialize)]
struct Held {
    signature: String,
}

/// Takes the word from the secret.
pub async fn signature(client: &Client, id: &str) -> Result<String, SecretError> {
    let answer = client.get_secret_value().secret_id(id).version_stage("AWSCURRENT").send().await;
    let secret = answer.map_err(|error| match error.as_service_error() {
        Some(GetSecretValueError::ResourceNotFoundException(_)) => SecretError::Missing,
        Some(GetSecretValueError::DecryptionFailure(_)) => SecretError::Unreadable,
        _ => SecretError::Unreachable(Box::new(error)),
    })?;
    let text = secret.secret_string().ok_or(SecretError::Unreadable)?;
    let held: Held = serde_json::from_str(text).map_err(|_| SecretError::Unreadable)?;
    Ok(held.signature)
}
