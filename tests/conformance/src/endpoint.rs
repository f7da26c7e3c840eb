//! What the programs of endpoint tests link against.
//!
//! A program reads a list of JSON from stdin: parameters of the rules as `{"params": {..}}`, calls as `{"call": {..}}` in the
//! form of `operationInputs`. For each it writes a line of JSON: where that led to, by `{"case", "endpoint": {"url",
//! "properties", "headers"}}`, or the messages of an error and of its causes, by `{"case", "errors"}`.

use std::collections::BTreeMap;
use std::future::Future;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::{Document, Number};
use aws_types::SdkConfig;
use aws_types::region::Region;
use serde_json::{Map, Value, json};

/// Where something led to: an endpoint, or the messages of an error and of its causes.
pub type Found = Result<Endpoint, Vec<String>>;

/// What comes of parameters or of a call.
type Finding = Pin<Box<dyn Future<Output = Found>>>;

/// The parameters of a case.
#[derive(Clone, Debug)]
pub struct Given(Value);

impl Given {
    /// The text of a parameter, if it is given.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0[name].as_str().map(str::to_owned)
    }

    /// The boolean of a parameter, if it is given.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.0[name].as_bool()
    }

    /// The texts of a parameter, if they are given.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        let texts = self.0[name].as_array()?.iter();
        Some(texts.filter_map(Value::as_str).map(str::to_owned).collect())
    }
}

/// A call of a case, and the endpoint that was seen in it.
#[derive(Clone, Debug)]
pub struct Call {
    given: Value,
    seen: Arc<Mutex<Option<Endpoint>>>,
}

impl Call {
    /// The name of the operation.
    pub fn operation(&self) -> &str {
        self.given["operationName"].as_str().unwrap_or_default()
    }

    /// The settings of the client, by the names of parameters and of built-ins.
    pub fn settings(&self) -> Given {
        let objects = ["builtInParams", "clientParams"].into_iter().filter_map(|key| self.given[key].as_object());
        Given(Value::Object(objects.flatten().map(|(name, value)| (name.clone(), value.clone())).collect()))
    }

    /// The input as JSON.
    pub fn input(&self) -> String {
        match &self.given["operationParams"] {
            Value::Null => "{}".to_owned(),
            members => members.to_string(),
        }
    }

    /// The configuration of a client with the settings of the case. It tries once, and nothing is sent.
    pub fn config(&self) -> SdkConfig {
        let built_in = |name: &str| &self.given["builtInParams"][name];
        let text = |name: &str| built_in(name).as_str();
        let mut credentials = Credentials::builder().access_key_id("AKIDEXAMPLE").secret_access_key("secret");
        credentials.set_account_id(text("AWS::Auth::AccountId").map(Into::into));
        let credentials = SharedCredentialsProvider::new(credentials.provider_name("conformance").build());
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(credentials)
            .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Nowhere)))
            .retry_config(RetryConfig::disabled());
        config.set_region(text("AWS::Region").map(|region| Region::new(region.to_owned())));
        config.set_endpoint_url(text("SDK::Endpoint").map(str::to_owned));
        config.set_use_fips(built_in("AWS::UseFIPS").as_bool());
        config.set_use_dual_stack(built_in("AWS::UseDualStack").as_bool());
        let mode = text("AWS::Auth::AccountIdEndpointMode").and_then(|mode| mode.parse().ok());
        config.set_account_id_endpoint_mode(mode);
        config.build()
    }

    /// Where the call led to. That nothing was sent is no error of the endpoint.
    ///
    /// # Errors
    /// The messages of the call's error where it found no endpoint.
    pub fn found<T, E: std::error::Error + Send + Sync + 'static>(&self, result: Result<T, E>) -> Found {
        match (self.seen.lock().unwrap_or_else(PoisonError::into_inner).take(), result) {
            (Some(endpoint), _) => Ok(endpoint),
            (None, Err(error)) => Err(messages(error)),
            (None, Ok(_)) => Err(vec!["the call succeeded without an endpoint".to_owned()]),
        }
    }
}

#[dyn_dispatch_hint]
impl Intercept for Call {
    fn name(&self) -> &'static str {
        "Call"
    }

    fn read_before_signing(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = bag.load::<Endpoint>().cloned();
        Ok(())
    }
}

/// A connector that leads nowhere.
#[derive(Debug)]
struct Nowhere;

impl HttpConnector for Nowhere {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err(ConnectorError::other("nothing is sent".into(), None)))
    }
}

/// The messages of an error and of its causes.
pub fn messages(error: impl Into<BoxError>) -> Vec<String> {
    let error = error.into();
    let mut messages = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        messages.push(error.to_string());
        cause = error.source();
    }
    messages
}

/// Answers what stdin asks.
pub fn run(resolve: fn(Given) -> Finding, call: Option<fn(Call) -> Finding>) {
    let asked: Vec<Value> = match serde_json::from_reader(io::stdin().lock()) {
        Ok(asked) => asked,
        Err(problem) => return eprintln!("stdin is no list of JSON: {problem}"),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(problem) => return eprintln!("there is no runtime: {problem}"),
    };
    let mut out = io::stdout().lock();
    for (position, mut asked) in asked.into_iter().enumerate() {
        let found = match (asked.get_mut("call").map(Value::take), call) {
            (Some(given), Some(call)) => runtime.block_on(call(Call { given, seen: Arc::default() })),
            (Some(_), None) => Err(vec!["the program makes no calls".to_owned()]),
            (None, _) => runtime.block_on(resolve(Given(asked["params"].take()))),
        };
        let told = match found {
            Ok(endpoint) => json!({ "case": position, "endpoint": shown(&endpoint) }),
            Err(errors) => json!({ "case": position, "errors": errors }),
        };
        // Nobody reads on: there is nobody left to tell.
        if writeln!(out, "{told}").is_err() {
            return;
        }
    }
}

fn shown(endpoint: &Endpoint) -> Value {
    let headers: BTreeMap<&str, Vec<&str>> =
        endpoint.headers().map(|(name, values)| (name, values.collect())).collect();
    let properties: Map<String, Value> =
        endpoint.properties().iter().map(|(name, value)| (name.to_string(), document(value))).collect();
    json!({ "url": endpoint.url(), "headers": headers, "properties": properties })
}

fn document(value: &Document) -> Value {
    match value {
        Document::Null => Value::Null,
        Document::Bool(value) => json!(value),
        Document::Number(Number::PosInt(number)) => json!(number),
        Document::Number(Number::NegInt(number)) => json!(number),
        Document::Number(Number::Float(number)) => json!(number),
        Document::String(text) => json!(text),
        Document::Array(elements) => elements.iter().map(document).collect(),
        Document::Object(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), document(value))).collect())
        }
    }
}
