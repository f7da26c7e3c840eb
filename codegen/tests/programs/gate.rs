//! Calls of a service that takes signatures and tokens, and what of them is sent and said.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_smithy_async::time::TimeSource;
use aws_types::SdkConfig;
use program::{Request, sdk_config, serve};
use service::Client;
use service::config::{Builder, ProvideToken, Token};
use service::error::DisplayErrorContext;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const BEARER: &str = "httpBearerAuth";
const SECRET: &str = "a-token-nobody-may-read";

/// What a client sends whose configuration was changed, by a call.
async fn sent<F: Future>(set: impl FnOnce(Builder) -> Builder, call: impl FnOnce(Client) -> F) -> Request {
    let (url, request) = serve("200 OK", &["content-type: application/json"], "{}");
    call(Client::from_conf(set(Builder::from(&sdk_config(&url))).build())).await;
    request.join().expect("it was read")
}

fn authorization(request: &Request) -> &str {
    request.header("authorization").unwrap_or("nobody")
}

/// The name and the region that a signature is for.
fn scope(request: &Request) -> String {
    let credential = authorization(request).split("Credential=AKID/").nth(1).unwrap_or("none");
    let mut parts = credential.split('/').skip(1);
    format!("{} in {}", parts.clone().nth(1).unwrap_or_default(), parts.next().unwrap_or_default())
}

/// A configuration without credentials, for a server that is never called.
fn stranger() -> Builder {
    let config = SdkConfig::builder()
        .behavior_version(aws_config::BehaviorVersion::latest())
        .retry_config(aws_config::retry::RetryConfig::disabled())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url("http://127.0.0.1:9");
    Builder::from(&config.build())
}

#[tokio::test]
async fn the_first_way_that_the_caller_can_go_is_gone() {
    let request = sent(|config| config.bearer_token("T".into()), |client| client.open().send()).await;
    assert_eq!(scope(&request), "my-gate in eu-central-1");

    let prefers = |config: Builder| config.bearer_token("T".into()).auth_scheme_preference([BEARER.into()]);
    let request = sent(prefers, |client| client.open().send()).await;
    assert_eq!(authorization(&request), "Bearer T");

    // A preference that the caller has nothing for is passed over.
    let request = sent(|config| config.auth_scheme_preference([BEARER.into()]), |client| client.open().send()).await;
    assert_eq!(scope(&request), "my-gate in eu-central-1");
}

#[tokio::test]
async fn an_operation_takes_what_it_says() {
    let request = sent(|config| config.bearer_token("T".into()), |client| client.ask().send()).await;
    assert_eq!(authorization(&request), "Bearer T");
    let request = sent(|config| config.bearer_token("T".into()), |client| client.look().send()).await;
    assert_eq!(authorization(&request), "nobody");
    let request = sent(|config| config, |client| client.peek().send()).await;
    assert_eq!(scope(&request), "my-gate in eu-central-1");
}

#[tokio::test]
async fn callers_may_be_strangers_where_the_operation_says_so() {
    let (url, request) = serve("200 OK", &[], "{}");
    Client::from_conf(stranger().endpoint_url(url).build()).peek().send().await.expect("it is answered");
    assert_eq!(authorization(&request.join().expect("it was read")), "nobody");

    let error = Client::from_conf(stranger().build()).open().send().await.expect_err("nobody knows the caller");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("\"sigv4\" wasn't a valid option") && text.contains("\"httpBearerAuth\" wasn't"), "{text}");
}

#[tokio::test]
async fn an_endpoint_says_for_whom_a_signature_is() {
    let request = sent(|config| config, |client| client.far().send()).await;
    assert_eq!(scope(&request), "far-gate in us-east-9");
}

#[tokio::test]
async fn an_endpoint_that_asks_for_what_nobody_knows_is_told() {
    let error = Client::from_conf(stranger().build()).moon().send().await.expect_err("nobody knows moonlight");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("the endpoint takes requests that are authenticated by moonlight only"), "{text}");
}

/// Gives tokens for a minute each, with their numbers.
#[derive(Clone, Debug)]
struct Minutes(Clock, Arc<AtomicU64>);

impl ProvideToken for Minutes {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        let number = self.1.fetch_add(1, Ordering::SeqCst);
        let end = self.0.now() + Duration::from_secs(60);
        future::ProvideToken::ready(Ok(Token::new(format!("{SECRET}-{number}"), Some(end))))
    }
}

/// A clock that somebody sets.
#[derive(Clone, Debug)]
struct Clock(Arc<AtomicU64>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn a_token_is_kept_until_it_expires_and_then_asked_for_again() {
    let clock = Clock(Arc::new(AtomicU64::new(1_800_000_000)));
    let provider = Minutes(clock.clone(), Arc::default());
    let config = stranger().time_source(clock.clone()).token_provider(provider);
    let client = Client::from_conf(config.build());
    let mut tokens = Vec::new();
    for seconds in [0, 30, 40, 40] {
        clock.0.fetch_add(seconds, Ordering::SeqCst);
        let (url, request) = serve("200 OK", &[], "{}");
        let here = Builder::new().endpoint_url(url);
        client.ask().customize().config_override(here).send().await.expect("it is answered");
        tokens.push(authorization(&request.join().expect("it was read")).to_owned());
    }
    let numbers: Vec<_> = tokens.iter().filter_map(|token| token.rsplit('-').next()).collect();
    assert_eq!(numbers, ["0", "0", "1", "1"], "after 0, 30, 70 and 110 seconds");
}

/// Gives no token.
#[derive(Debug)]
struct Out;

impl ProvideToken for Out {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        future::ProvideToken::ready(Err(TokenError::not_loaded("the session has ended")))
    }
}

#[tokio::test]
async fn a_provider_that_fails_fails_the_call_before_it_is_sent() {
    let client = Client::from_conf(stranger().token_provider(Out).build());
    let error = client.ask().send().await.expect_err("there is no token");
    assert!(error.as_service_error().is_none(), "{error:?}");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("the session has ended"), "{text}");
}

#[tokio::test]
async fn a_token_that_no_header_can_have_is_told_without_it() {
    let client = Client::from_conf(stranger().bearer_token(format!("{SECRET}\n").into()).build());
    let error = client.ask().send().await.expect_err("it cannot be sent");
    let texts = [format!("{error:?}"), DisplayErrorContext(error).to_string()];
    assert!(texts.iter().all(|text| !text.contains(SECRET)), "{texts:?}");
    assert!(texts[1].contains("can't be included in a HTTP header"), "{texts:?}");
}

#[tokio::test]
async fn a_token_of_the_environment_is_preferred_unless_the_program_decides() {
    let loaded = || {
        let loader = aws_config::from_env().region("eu-central-1").test_credentials();
        loader.http_client(aws_smithy_http_client::Builder::new().build_http())
    };
    let sent = async |config: SdkConfig| {
        let (url, request) = serve("200 OK", &[], "{}");
        let config = Builder::from(&config).endpoint_url(url).build();
        Client::from_conf(config).open().send().await.expect("it is answered");
        request.join().expect("it was read")
    };
    let request = sent(loaded().load().await).await;
    assert_eq!(authorization(&request), "Bearer of-the-environment");
    let marks = request.header("user-agent").and_then(|agent| agent.split(" m/").nth(1)).unwrap_or_default();
    assert!(marks.split(' ').next().unwrap_or_default().split(',').any(|mark| mark == "3"), "{marks}");

    let own = loaded().token_provider(Token::new("my-own", None)).load().await;
    assert_eq!(authorization(&sent(own).await), "Bearer my-own");
    let signed = loaded().auth_scheme_preference(["sigv4".into()]).load().await;
    assert!(authorization(&sent(signed).await).starts_with("AWS4-HMAC-SHA256 "));
}

/// Keeps all that is traced.
#[derive(Clone, Default)]
struct Traces(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept(String);

impl Visit for Kept {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        _ = writeln!(self.0, "{field}={value:?}");
    }
}

impl Subscriber for Traces {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut *self.0.lock().expect("nobody panics with it"));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut *self.0.lock().expect("nobody panics with it"));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut *self.0.lock().expect("nobody panics with it"));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn tokens_are_neither_shown_nor_traced() {
    let traces = Traces::default();
    let guard = tracing::subscriber::set_default(traces.clone());
    let token = Token::new(SECRET, None);
    let config = stranger().bearer_token(token.clone()).token_provider(token);
    // What another test has just traced for the first time is known to nobody else yet; the second call finds all of it.
    let (url, request) = serve("403 Forbidden", &[], "{}");
    Client::from_conf(config.clone().endpoint_url(url).build()).ask().send().await.expect_err("it is refused");
    request.join().expect("it was read");
    tracing::callsite::rebuild_interest_cache();
    let (url, request) = serve("403 Forbidden", &[], "{}");
    let config = config.endpoint_url(url).build();
    let client = Client::from_conf(config.clone());
    let error = client.ask().send().await.expect_err("it is refused");
    drop(guard);
    assert_eq!(authorization(&request.join().expect("it was read")), format!("Bearer {SECRET}"));
    let traced = std::mem::take(&mut traces.0.lock().expect("nobody panics with it").0);
    assert!(traced.contains("transmitting request"), "the engine traces requests: {traced}");
    let shown = [format!("{config:?}"), format!("{client:?}"), format!("{:?}", config.to_builder()), traced];
    let told = [format!("{error:?}"), DisplayErrorContext(error).to_string()];
    assert!(shown.iter().chain(&told).all(|text| !text.contains(SECRET)));
}
