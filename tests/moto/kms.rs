//! KMS: blobs in JSON, keys one by one, a key that is not there.

mod setup;

use kms::Client;
use kms::error::{ProvideErrorMetadata, SdkErrorExt};
use kms::operation::describe_key::DescribeKeyError;
use kms::primitives::Blob;
use kms::types::KeyState;
use setup::holds;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// How many keys there are.
const KEYS: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    let keys = created(&client).await?;
    secrets(&client, &keys[0]).await?;
    pages(&client).await?;
    deleted(&client, &keys[0]).await?;
    missing(&client).await;
    Ok(())
}

async fn created(client: &Client) -> Checked<Vec<String>> {
    let mut keys = Vec::new();
    for _ in 0..KEYS {
        let key = client.create_key().description("größe").send().await?;
        let key = key.key_metadata().expect("the key");
        assert_eq!((key.description(), key.enabled()), (Some("größe"), true));
        keys.push(key.key_id().to_owned());
    }
    Ok(keys)
}

async fn secrets(client: &Client, key: &str) -> Checked {
    let plain = Blob::new([0, 1, 254, 255]);
    let hidden =
        client.encrypt().key_id(key).plaintext(plain.clone()).encryption_context("for", "tests").send().await?;
    let hidden = hidden.ciphertext_blob().expect("what was encrypted").clone();
    let shown = client.decrypt().ciphertext_blob(hidden).encryption_context("for", "tests").send().await?;
    assert_eq!(shown.plaintext(), Some(&plain));
    assert!(!format!("{shown:?}").contains("254"), "{shown:?}");
    holds("what was encrypted is decrypted, and Debug does not show it");
    Ok(())
}

async fn pages(client: &Client) -> Checked {
    let keys = client.list_keys().into_paginator().page_size(2).items().send();
    assert_eq!(keys.collect::<Result<Vec<_>, _>>().await?.len(), KEYS);
    holds(&format!("ListKeys gives {KEYS} keys one by one"));
    Ok(())
}

async fn deleted(client: &Client, key: &str) -> Checked {
    let deleted = client.schedule_key_deletion().key_id(key).pending_window_in_days(7).send().await?;
    assert!(deleted.deletion_date().is_some_and(|date| date.secs() > 1_600_000_000));
    let seen = client.describe_key().key_id(key).send().await?;
    assert_eq!(seen.key_metadata().and_then(|key| key.key_state()), Some(&KeyState::PendingDeletion));
    holds("a key is deleted after a while");
    Ok(())
}

async fn missing(client: &Client) {
    let key = "00000000-0000-4000-8000-000000000000";
    let error = client.describe_key().key_id(key).send().await.expect_err("there is no such key");
    assert!(error.is_not_found(), "{}", error.describe());
    let described = error.describe();
    let error = error.into_service_error();
    assert!(matches!(error, DescribeKeyError::NotFoundException(_)), "{error:?}");
    assert_eq!(error.code(), Some("NotFoundException"));
    holds(described.split(" (request id").next().unwrap_or_default());
}
