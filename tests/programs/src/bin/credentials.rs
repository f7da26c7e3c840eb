//! A credentials provider of one's own: keys from a vault that rotates them, and what happens when it is closed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, future};
use aws_sdk_ivsrealtime::config::{Credentials, ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_ivsrealtime::{Client, Error};

/// Something that hands out keys for a while.
trait Vault: Send + Sync + std::fmt::Debug {
    /// Key, secret and session token, or why there are none.
    fn lease(&self) -> Result<(String, String, Option<String>), String>;
}

/// Credentials from a vault, good for so long.
#[derive(Debug)]
struct Leased<V> {
    vault: V,
    lifetime: Duration,
}

impl<V: Vault> Leased<V> {
    async fn load(&self) -> provider::Result {
        let (key, secret, session) = self.vault.lease().map_err(CredentialsError::provider_error)?;
        Ok(Credentials::new(key, secret, session, Some(SystemTime::now() + self.lifetime), "vault"))
    }
}

impl<V: Vault> ProvideCredentials for Leased<V> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

/// A vault that is a list.
#[derive(Clone, Debug, Default)]
struct List {
    keys: Arc<Mutex<Vec<(String, String)>>>,
}

impl Vault for List {
    fn lease(&self) -> Result<(String, String, Option<String>), String> {
        let (key, secret) =
            self.keys.lock().unwrap_or_else(PoisonError::into_inner).pop().ok_or("the vault is closed")?;
        let session = format!("session of {key}");
        Ok((key, secret, Some(session)))
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let vault = List::default();
    vault.keys.lock().unwrap_or_else(PoisonError::into_inner).push(("AKID".to_owned(), "secret".to_owned()));
    let provider = Leased { vault, lifetime: Duration::from_secs(900) };
    let shared = aws_config::from_env().credentials_provider(SharedCredentialsProvider::new(provider)).load().await;
    println!("{} stages", Client::new(&shared).list_stages().send().await?.stages().len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::retry::RetryConfig;
    use aws_sdk_ivsrealtime::config::{Builder, Config};
    use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
    use harness::client::{SIGNER, sdk_config};
    use harness::loopback::{LoopbackServer, Response};
    use harness::sigv4::{self, Expected};
    use serde_json::json;

    use super::*;

    fn leased(names: &[&str], lifetime: Duration) -> Leased<List> {
        let keys = names.iter().rev().map(|name| ((*name).to_owned(), format!("secret of {name}")));
        Leased { vault: List { keys: Arc::new(Mutex::new(keys.collect())) }, lifetime }
    }

    async fn server() -> LoopbackServer {
        LoopbackServer::answering(|_| Response::json(&json!({"stages": []})).into()).await
    }

    fn client(server: &LoopbackServer, provider: Leased<List>) -> Client {
        Client::from_conf(Builder::from(&sdk_config(&server.url())).credentials_provider(provider).build())
    }

    /// The keys that signed the requests so far, each checked against its secret.
    fn signers(server: &LoopbackServer, names: &[&str]) {
        let requests = server.requests();
        assert_eq!(requests.len(), names.len());
        for (request, name) in requests.iter().zip(names) {
            let (secret_key, session) = (format!("secret of {name}"), format!("session of {name}"));
            let expected =
                Expected { access_key: name, secret_key: &secret_key, session_token: Some(&session), ..SIGNER };
            assert_eq!(sigv4::verify(request, &expected), Ok(()), "{name}");
        }
    }

    #[tokio::test]
    async fn keys_are_kept_while_they_are_good() {
        let server = server().await;
        let client = client(&server, leased(&["one", "two"], Duration::from_secs(900)));
        client.list_stages().send().await.unwrap();
        client.list_stages().send().await.unwrap();
        signers(&server, &["one", "one"]);
    }

    #[tokio::test]
    async fn keys_that_run_out_are_replaced() {
        let server = server().await;
        let client = client(&server, leased(&["one", "two"], Duration::from_secs(1)));
        client.list_stages().send().await.unwrap();
        client.list_stages().send().await.unwrap();
        signers(&server, &["one", "two"]);
    }

    #[tokio::test]
    async fn clones_of_a_client_share_their_keys_and_other_clients_do_not() {
        let server = server().await;
        let client = client(&server, leased(&["one", "two"], Duration::from_secs(900)));
        client.list_stages().send().await.unwrap();
        client.clone().list_stages().send().await.unwrap();
        Client::from_conf(client.config().clone()).list_stages().send().await.unwrap();
        signers(&server, &["one", "one", "two"]);
    }

    #[tokio::test]
    async fn a_closed_vault_fails_the_call_with_its_reason() {
        let server = server().await;
        let client = client(&server, leased(&[], Duration::from_secs(900)));
        let error = client.list_stages().send().await.unwrap_err();
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains("the vault is closed"), "{text}");
        assert_eq!(server.connections(), 0);
    }

    #[tokio::test]
    async fn one_call_may_use_other_keys_that_are_not_kept() {
        let server = server().await;
        let client = client(&server, leased(&["one"], Duration::from_secs(900)));
        let other = Config::builder()
            .credentials_provider(leased(&["other"], Duration::from_secs(900)))
            .retry_config(RetryConfig::disabled());
        client.list_stages().customize().config_override(other).send().await.unwrap();
        client.list_stages().send().await.unwrap();
        signers(&server, &["other", "one"]);
    }

    #[tokio::test]
    async fn no_secret_is_in_any_debug_text() {
        let server = server().await;
        let keys = Credentials::new("AKID", "a-secret", Some("a-session".to_owned()), None, "test");
        let config = Builder::from(&sdk_config(&server.url())).credentials_provider(keys);
        let client = Client::from_conf(config.clone().build());
        let texts =
            [format!("{config:?}"), format!("{client:?}"), format!("{:?}", client.list_stages().max_results(1))];
        for text in texts {
            assert!(!text.contains("a-secret") && !text.contains("a-session"), "{text}");
        }
    }
}
