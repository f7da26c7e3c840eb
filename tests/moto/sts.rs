//! STS: credentials of roles and sessions, which `Debug` does not show. It lists nothing, and moto fails with none of its
//! exceptions.

mod setup;

use setup::holds;
use sts::Client;
use sts::error::{ProvideErrorMetadata, SdkErrorExt};
use sts::operation::RequestId;
use sts::types::Tag;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// The account that moto has.
const ACCOUNT: &str = "123456789012";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    identity(&client).await?;
    roles(&client).await?;
    sessions(&client).await?;
    refused(&client).await;
    Ok(())
}

async fn identity(client: &Client) -> Checked {
    let caller = client.get_caller_identity().send().await?;
    assert_eq!(caller.account(), Some(ACCOUNT));
    assert!(caller.request_id().is_some_and(|id| !id.is_empty()));
    holds(&format!("the caller is {}", caller.arn().unwrap_or_default()));
    Ok(())
}

async fn roles(client: &Client) -> Checked {
    let role = format!("arn:aws:iam::{ACCOUNT}:role/reader");
    let tag = Tag::builder().key("team").value("a & b").build()?;
    let assumed = client.assume_role().role_arn(&role).role_session_name("s1").tags(tag).duration_seconds(900);
    let assumed = assumed.send().await?;
    let credentials = assumed.credentials().expect("credentials of the role");
    assert!(!credentials.secret_access_key().is_empty() && credentials.expiration().secs() > 0);
    let shown = format!("{assumed:?} {credentials:?}");
    assert!(!shown.contains(credentials.secret_access_key()) && !shown.contains(credentials.session_token()));
    let user = assumed.assumed_role_user().expect("who the role is");
    assert!(user.arn().ends_with("assumed-role/reader/s1"), "{}", user.arn());
    let token = client.assume_role_with_web_identity().role_arn(role).role_session_name("s2");
    let by_token = token.web_identity_token("a.b.c").send().await?;
    assert!(by_token.credentials().is_some());
    holds("AssumeRole gives credentials, with a token as without, and Debug does not show them");
    Ok(())
}

async fn sessions(client: &Client) -> Checked {
    let session = client.get_session_token().duration_seconds(900).send().await?;
    assert!(session.credentials().is_some_and(|credentials| credentials.session_token().ends_with('E')));
    let federated = client.get_federation_token().name("guest").send().await?;
    let user = federated.federated_user().expect("who is federated");
    assert_eq!(user.federated_user_id(), format!("{ACCOUNT}:guest"));
    holds("GetSessionToken and GetFederationToken give credentials");
    Ok(())
}

async fn refused(client: &Client) {
    let call = client.get_federation_token().name("guest").policy(" ".repeat(2049));
    let error = call.send().await.expect_err("the policy is too long");
    let described = error.describe();
    assert_eq!(error.code(), Some("ValidationError"), "{described}");
    assert!(!error.is_packed_policy_too_large() && !error.is_retryable(), "{described}");
    assert!(error.into_service_error().request_id().is_some());
    holds(described.split(" (request id").next().unwrap_or_default());
}
