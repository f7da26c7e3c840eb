//! HTTP clients of one's own: one that logs what another sends, and one that answers without a network.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ivsrealtime::config::http::{HttpRequest, HttpResponse};
use aws_sdk_ivsrealtime::config::{HttpClient, RuntimeComponents, SharedHttpClient};
use aws_sdk_ivsrealtime::error::ConnectorError;
use aws_sdk_ivsrealtime::{Client, Error};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector, http_client_fn,
};
use aws_smithy_types::body::SdkBody;

/// Notes method, path and status of everything that goes through another client.
#[derive(Clone, Debug)]
struct Noting<T> {
    inner: T,
    notes: Arc<Mutex<Vec<String>>>,
}

impl<T> Noting<T> {
    fn new(inner: T) -> Self {
        Self { inner, notes: Arc::default() }
    }

    fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl HttpClient for Noting<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Noting { inner, notes: Arc::clone(&self.notes) })
    }
}

impl HttpConnector for Noting<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let path = request.uri().rsplit_once('/').map_or("", |(_, path)| path).to_owned();
        let asked = format!("{} /{path}", request.method());
        let notes = Arc::clone(&self.notes);
        let answer = self.inner.call(request);
        HttpConnectorFuture::new(async move {
            let answer = answer.await;
            let told = match &answer {
                Ok(response) => response.status().as_u16().to_string(),
                Err(error) if error.is_timeout() => "timeout".to_owned(),
                Err(error) if error.is_io() => "io".to_owned(),
                Err(_) => "error".to_owned(),
            };
            notes.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{asked} {told}"));
            answer
        })
    }
}

/// Answers by the path of the request, without a network.
#[derive(Debug)]
struct Offline;

impl HttpConnector for Offline {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = match request.uri() {
            uri if uri.ends_with("/ListStages") => Ok(answer(200, r#"{"stages":[{"arn":"arn:offline"}]}"#)),
            uri if uri.ends_with("/CreateStage") => Err(ConnectorError::user("the network is off".into())),
            _ => Ok(answer(404, r#"{"__type":"com.amazonaws.ivsrealtime#ResourceNotFoundException"}"#)),
        };
        HttpConnectorFuture::ready(answer)
    }
}

fn answer(status: u16, body: &'static str) -> HttpResponse {
    HttpResponse::new(status.try_into().expect("it is a status"), SdkBody::from(body))
}

/// An HTTP client of a connector.
fn offline() -> SharedHttpClient {
    http_client_fn(|_settings, _components| SharedHttpConnector::new(Offline))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let noting = Noting::new(offline());
    let shared = aws_config::from_env().http_client(noting.clone()).load().await;
    let client = Client::new(&shared);
    for stage in client.list_stages().send().await?.stages() {
        println!("{}", stage.arn());
    }
    println!("{:?}", noting.notes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use aws_sdk_ivsrealtime::config::retry::RetryConfig;
    use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
    use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
    use harness::client::{plain_http, sdk_config};
    use harness::loopback::{LoopbackServer, Reply, Response};
    use serde_json::json;

    use super::*;

    fn client(http_client: impl HttpClient + 'static, url: &str) -> Client {
        let config = sdk_config(url).to_builder().http_client(http_client);
        Client::new(
            &config.retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1))).build(),
        )
    }

    #[tokio::test]
    async fn answers_need_no_network() {
        let client = client(offline(), "http://nowhere.invalid");
        assert_eq!(client.list_stages().send().await.unwrap().stages()[0].arn(), "arn:offline");
        let error = client.get_stage().arn("a").send().await.unwrap_err();
        assert!(error.into_service_error().is_resource_not_found_exception());
        let error = client.create_stage().send().await.unwrap_err();
        assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_user()), "{error:?}");
        assert!(DisplayErrorContext(&error).to_string().contains("the network is off"));
    }

    #[tokio::test]
    async fn every_attempt_goes_through_the_client_around_another() {
        let busy = Response::error(500, "InternalServerException", &json!({}));
        let good = Response::json(&json!({"stages": []}));
        let server = LoopbackServer::scripted([Reply::Reset, busy.into(), good.into()]).await;
        let noting = Noting::new(plain_http());
        client(noting.clone(), &server.url()).list_stages().send().await.unwrap();
        assert_eq!(noting.notes(), ["POST /ListStages io", "POST /ListStages 500", "POST /ListStages 200"]);
    }

    #[tokio::test]
    async fn timeouts_reach_the_connector() {
        let seen = Arc::new(Mutex::new(None));
        let kept = Arc::clone(&seen);
        let made = Arc::new(AtomicUsize::new(0));
        let http_client = http_client_fn(move |settings: &HttpConnectorSettings, _: &RuntimeComponents| {
            made.fetch_add(1, Ordering::SeqCst);
            *kept.lock().unwrap() = Some((settings.connect_timeout(), settings.read_timeout()));
            SharedHttpConnector::new(Offline)
        });
        let timeouts =
            TimeoutConfig::builder().connect_timeout(Duration::from_secs(2)).read_timeout(Duration::from_secs(7));
        let config = sdk_config("http://nowhere.invalid").to_builder().http_client(http_client);
        let client = Client::new(&config.timeout_config(timeouts.build()).build());
        client.list_stages().send().await.unwrap();
        let expected = Some((Some(Duration::from_secs(2)), Some(Duration::from_secs(7))));
        assert_eq!(*seen.lock().unwrap(), expected);
    }
}
