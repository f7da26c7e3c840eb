//! A service that hands out tokens for stages: `POST /stages/{name}/tokens` with a user and the wish to publish.
//!
//! Names of stages are mapped to ARNs by the service, so that callers never choose an ARN. Errors of the service become
//! HTTP statuses of our own, without its texts.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_ivsrealtime::Client;
use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
use aws_sdk_ivsrealtime::operation::RequestId;
use aws_sdk_ivsrealtime::operation::create_participant_token::CreateParticipantTokenError;
use aws_sdk_ivsrealtime::primitives::DateTimeFormat;
use aws_sdk_ivsrealtime::types::{ParticipantToken, ParticipantTokenCapability};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

#[derive(Clone)]
struct Tokens {
    client: Client,
    stages: Arc<HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wish {
    user: String,
    #[serde(default)]
    publish: bool,
    #[serde(default)]
    attributes: HashMap<String, String>,
    minutes: Option<i32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    token: String,
    participant: String,
    expires: Option<String>,
    capabilities: Vec<String>,
}

impl From<ParticipantToken> for Grant {
    fn from(token: ParticipantToken) -> Self {
        Self {
            expires: token.expiration_time().and_then(|time| time.fmt(DateTimeFormat::DateTime).ok()),
            capabilities: token.capabilities().iter().map(ToString::to_string).collect(),
            token: token.token.unwrap_or_default(),
            participant: token.participant_id.unwrap_or_default(),
        }
    }
}

/// Why a token is refused.
enum Refusal {
    NoSuchStage,
    Service(Box<SdkError<CreateParticipantTokenError>>),
    NoToken,
}

impl From<SdkError<CreateParticipantTokenError>> for Refusal {
    fn from(error: SdkError<CreateParticipantTokenError>) -> Self {
        Self::Service(Box::new(error))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, reason) = match &self {
            Self::NoSuchStage => (StatusCode::NOT_FOUND, "no such stage"),
            Self::NoToken => (StatusCode::BAD_GATEWAY, "no token in the answer"),
            Self::Service(error) => match error.as_service_error() {
                Some(CreateParticipantTokenError::ResourceNotFoundException(_)) => {
                    (StatusCode::NOT_FOUND, "no such stage")
                }
                Some(CreateParticipantTokenError::ValidationException(_)) => {
                    (StatusCode::UNPROCESSABLE_ENTITY, "not acceptable")
                }
                Some(CreateParticipantTokenError::ServiceQuotaExceededException(_)) => {
                    (StatusCode::TOO_MANY_REQUESTS, "too many participants")
                }
                Some(_) => (StatusCode::BAD_GATEWAY, "refused by the service"),
                None if matches!(**error, SdkError::TimeoutError(_)) => (StatusCode::GATEWAY_TIMEOUT, "too slow"),
                None => (StatusCode::SERVICE_UNAVAILABLE, "out of reach"),
            },
        };
        if let Self::Service(error) = &self {
            tracing::warn!(request_id = error.request_id(), "{}", DisplayErrorContext(error));
        }
        (status, Json(serde_json::json!({ "reason": reason }))).into_response()
    }
}

async fn create(
    State(tokens): State<Tokens>,
    Path(stage): Path<String>,
    Json(wish): Json<Wish>,
) -> Result<(StatusCode, Json<Grant>), Refusal> {
    let stage_arn = tokens.stages.get(&stage).ok_or(Refusal::NoSuchStage)?;
    let mut request = tokens
        .client
        .create_participant_token()
        .stage_arn(stage_arn)
        .user_id(wish.user)
        .set_duration(wish.minutes)
        .capabilities(ParticipantTokenCapability::Subscribe);
    if wish.publish {
        request = request.capabilities(ParticipantTokenCapability::Publish);
    }
    if !wish.attributes.is_empty() {
        request = request.set_attributes(Some(wish.attributes));
    }
    let token = request.send().await?.participant_token.ok_or(Refusal::NoToken)?;
    Ok((StatusCode::CREATED, Json(token.into())))
}

fn router(client: Client, stages: HashMap<String, String>) -> Router {
    Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/stages/{name}/tokens", post(create))
        .with_state(Tokens { client, stages: Arc::new(stages) })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().init();
    let client = Client::new(&aws_config::load_from_env().await);
    let stages = std::env::args().skip(1).filter_map(|pair| {
        let (name, arn) = pair.split_once('=')?;
        Some((name.to_owned(), arn.to_owned()))
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router(client, stages.collect())).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::retry::RetryConfig;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Reply, Response};
    use serde_json::{Value, json};
    use tower::ServiceExt;

    use super::*;

    const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:stage/standup";

    async fn post(server: &LoopbackServer, path: &str, body: Value) -> (StatusCode, Value) {
        let config = sdk_config(&server.url()).to_builder().retry_config(RetryConfig::disabled()).build();
        let router = router(Client::new(&config), HashMap::from([("standup".to_owned(), ARN.to_owned())]));
        let request = Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string()));
        let response = router.oneshot(request.unwrap()).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 10_000).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    #[tokio::test]
    async fn a_wish_becomes_a_token() {
        let token = json!({
            "participantId": "p-1", "token": "secret", "userId": "ada", "duration": 30,
            "capabilities": ["SUBSCRIBE", "PUBLISH", "FLY"], "expirationTime": "2026-11-17T10:00:00Z",
        });
        let server = LoopbackServer::scripted([Response::json(&json!({ "participantToken": token }))]).await;
        let wish = json!({"user": "ada", "publish": true, "minutes": 30, "attributes": {"role": "host"}});
        let (status, grant) = post(&server, "/stages/standup/tokens", wish).await;
        assert_eq!(status, StatusCode::CREATED);
        let expected = json!({
            "token": "secret", "participant": "p-1", "expires": "2026-11-17T10:00:00Z",
            "capabilities": ["SUBSCRIBE", "PUBLISH", "FLY"],
        });
        assert_eq!(grant, expected);
        let request = server.only_request();
        assert_eq!(request.path, "/CreateParticipantToken");
        let sent: Value = serde_json::from_slice(&request.body).unwrap();
        let expected = json!({
            "stageArn": ARN, "userId": "ada", "duration": 30, "attributes": {"role": "host"},
            "capabilities": ["SUBSCRIBE", "PUBLISH"],
        });
        assert_eq!(sent, expected);
    }

    #[tokio::test]
    async fn an_unknown_name_asks_nobody() {
        let server = LoopbackServer::scripted([Response::new(200)]).await;
        let (status, _) = post(&server, "/stages/other/tokens", json!({"user": "ada"})).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!(server.connections(), 0);
    }

    #[tokio::test]
    async fn each_failure_has_its_status() {
        let failures: [(Reply, StatusCode); 7] = [
            (Response::error(404, "ResourceNotFoundException", &json!({})).into(), StatusCode::NOT_FOUND),
            (Response::error(400, "ValidationException", &json!({})).into(), StatusCode::UNPROCESSABLE_ENTITY),
            (Response::error(402, "ServiceQuotaExceededException", &json!({})).into(), StatusCode::TOO_MANY_REQUESTS),
            (Response::error(403, "AccessDeniedException", &json!({})).into(), StatusCode::BAD_GATEWAY),
            (Response::error(400, "InventedException", &json!({})).into(), StatusCode::BAD_GATEWAY),
            (Response::json(&json!({})).into(), StatusCode::BAD_GATEWAY),
            (Reply::Reset, StatusCode::SERVICE_UNAVAILABLE),
        ];
        for (reply, expected) in failures {
            let server = LoopbackServer::scripted([reply.clone()]).await;
            let (status, body) = post(&server, "/stages/standup/tokens", json!({"user": "ada"})).await;
            assert_eq!(status, expected, "{reply:?}");
            assert!(body["reason"].is_string());
        }
    }

    #[test]
    fn no_token_is_in_the_debug_text() {
        let token = ParticipantToken::builder().token("secret").participant_id("p").build();
        let text = format!("{token:?}");
        assert!(!text.contains("secret"), "{text}");
        assert!(text.contains("*** Sensitive Data Redacted ***"), "{text}");
    }
}
