//! Calls that differ from the others of their client: what `customize()` offers, and inputs that are sent by themselves.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_sdk_ivsrealtime::config::http::{HttpRequest, HttpResponse};
use aws_sdk_ivsrealtime::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeDeserializationInterceptorContextRef,
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef,
};
use aws_sdk_ivsrealtime::config::retry::RetryConfig;
use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
use aws_sdk_ivsrealtime::config::{AppName, ConfigBag, Credentials, Intercept, Region, RuntimeComponents};
use aws_sdk_ivsrealtime::error::BoxError;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::http::NonUtf8HeaderHandling;
use serde_json::json;
use tests::loopback::{Reply, Response};

use crate::conversions::look_at_root;
use crate::facts::Facts;
use crate::operations::{Pending, look_at_result};
use crate::search::Findings;
use crate::stage::{Act, Stage};

/// What an interceptor is to do in the hook of that name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Deed {
    #[default]
    Nothing,
    FailBeforeExecution,
    FailBeforeTransmit,
    FailAfterExecution,
    SkipUnreadableHeaders,
    ReplaceResponse,
}

/// Notes the hooks that it is called in, and does one deed.
#[derive(Clone, Debug, Default)]
struct Witness {
    deed: Deed,
    hooks: Arc<Mutex<Vec<&'static str>>>,
}

impl Witness {
    fn doing(&self, deed: Deed) -> Self {
        Self { deed, hooks: Arc::clone(&self.hooks) }
    }

    fn called(&self, hook: &'static str, failing: Deed) -> Result<(), BoxError> {
        self.hooks.lock().unwrap_or_else(PoisonError::into_inner).push(hook);
        if self.deed == failing && failing != Deed::Nothing { Err(format!("refused in {hook}").into()) } else { Ok(()) }
    }

    fn hooks(&self) -> Vec<&'static str> {
        self.hooks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Intercept for Witness {
    fn name(&self) -> &'static str {
        "Witness"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.deed == Deed::SkipUnreadableHeaders {
            bag.interceptor_state().store_put(NonUtf8HeaderHandling::Skip);
        }
        assert!(!format!("{:?}", context.input()).is_empty());
        self.called("read_before_execution", Deed::FailBeforeExecution)
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.called("modify_before_serialization", Deed::Nothing)
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().headers_mut().insert("x-amzn-trace-id", "unsigned");
        self.called("modify_before_transmit", Deed::FailBeforeTransmit)
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.deed == Deed::ReplaceResponse {
            let body = r#"{"stage": {"arn": "replaced"}}"#;
            *context.response_mut() = HttpResponse::new(200.try_into().expect("valid"), body.into());
        }
        self.called("modify_before_deserialization", Deed::Nothing)
    }

    fn read_before_deserialization(
        &self,
        _: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.called("read_before_deserialization", Deed::Nothing)
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.called("read_after_execution", Deed::FailAfterExecution)
    }
}

/// A call in both crates, and what the server answers.
struct Case {
    name: &'static str,
    replies: fn() -> Vec<Reply>,
    official: fn(&aws_sdk_ivsrealtime::Client) -> Pending,
    ours: fn(&ivs_realtime::Client) -> Pending,
}

macro_rules! cases {
    ($($name:literal $replies:ident |$client:ident, $witness:ident| $sent:expr;)*) => {
        const CASES: &[Case] = &[$(Case {
            name: $name,
            replies: $replies,
            official: |$client| cases!(@look aws_sdk_ivsrealtime $client $witness $sent),
            ours: |$client| cases!(@look ivs_realtime $client $witness $sent),
        }),*];
    };
    (@look $sdk:ident $client:ident $witness:ident $sent:expr) => {{
        #[allow(unused_imports)]
        use $sdk as sdk;
        let $client = $client.clone();
        let future = async move {
            let $witness = Witness::default();
            let result = $sent.await;
            let mut facts = Facts::default();
            look_at_result(&mut facts, &result);
            if let Err(error) = result {
                look_at_root(&mut facts, "call", &sdk::Error::from(error));
            }
            facts.debug("hooks", &$witness.hooks());
            facts
        };
        // Tasks of any runtime may make such calls.
        fn sendable<T: Send>(future: T) -> T {
            future
        }
        Box::pin(sendable(future))
    }};
}

fn well() -> Vec<Reply> {
    vec![Response::json(&json!({"stage": {"arn": "arn"}})).header("x-amzn-requestid", "well").into()]
}

fn broken_then_well() -> Vec<Reply> {
    [vec![Response::new(500).body("{}").into()], well()].concat()
}

fn silence() -> Vec<Reply> {
    vec![Reply::Silence]
}

fn refused() -> Vec<Reply> {
    vec![Response::error(404, "ResourceNotFoundException", &json!({"exceptionMessage": "gone"})).into()]
}

fn unreadable_output() -> Vec<Reply> {
    let reply = Response::json(&json!({"ingestConfiguration": null})).header("cache-control", "private");
    vec![reply.header("x-frame-options", [0xff, 0xfe]).into()]
}

fn unreadable_error() -> Vec<Reply> {
    let reply = Response::error(404, "ResourceNotFoundException", &json!({"exceptionMessage": "gone"}));
    vec![reply.header("x-frame-options", [0xff]).header("cache-control", "private").into()]
}

fn change(request: &mut HttpRequest) {
    request.headers_mut().insert("x-amzn-trace-id", "changed");
    let uri = request.uri().to_owned() + "?changed=yes";
    request.set_uri(uri).expect("a valid URI");
}

fn patient(attempts: u32) -> RetryConfig {
    let none = Duration::ZERO;
    RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(none).with_max_backoff(none)
}

fn soon() -> TimeoutConfig {
    TimeoutConfig::builder().operation_timeout(Duration::from_secs(1)).build()
}

cases! {
    "customize() alone" well |client, witness| client.get_stage().arn("a").customize().send();
    "mutate_request" well |client, witness| client.get_stage().arn("a").customize().mutate_request(change).send();
    "mutate_request of each attempt" broken_then_well |client, witness|
        client.get_stage().arn("a").customize().mutate_request(|request| {
            request.headers_mut().insert("x-amzn-trace-id", "changed");
        }).send();
    "map_request" well |client, witness| client.get_stage().arn("a").customize().map_request(|mut request| {
        change(&mut request);
        Ok::<_, std::io::Error>(request)
    }).send();
    "map_request that fails" well |client, witness| client.get_stage().arn("a").customize()
        .map_request(|_| Err(std::io::Error::other("not this one"))).send();
    "two changes in order" well |client, witness| client.get_stage().arn("a").customize()
        .mutate_request(|request| { request.headers_mut().insert("x-amzn-trace-id", "first"); })
        .mutate_request(|request| { request.headers_mut().append("x-amzn-trace-id", "second"); }).send();
    "interceptor" well |client, witness|
        client.get_stage().arn("a").customize().interceptor(witness.clone()).send();
    "interceptor, two attempts" broken_then_well |client, witness|
        client.get_stage().arn("a").customize().interceptor(witness.clone()).send();
    "interceptor, an error of the service" refused |client, witness|
        client.get_stage().arn("a").customize().interceptor(witness.clone()).send();
    "interceptor, input not valid" well |client, witness|
        client.get_participant().stage_arn("a").customize().interceptor(witness.clone()).send();
    "interceptor that fails before execution" well |client, witness|
        client.get_stage().customize().interceptor(witness.doing(Deed::FailBeforeExecution)).send();
    "interceptor that fails before transmission" well |client, witness|
        client.get_stage().customize().interceptor(witness.doing(Deed::FailBeforeTransmit)).send();
    "interceptor that fails after execution" well |client, witness|
        client.get_stage().customize().interceptor(witness.doing(Deed::FailAfterExecution)).send();
    "interceptor that replaces the response" refused |client, witness|
        client.get_stage().customize().interceptor(witness.doing(Deed::ReplaceResponse)).send();
    "unreadable header of an output" unreadable_output |client, witness|
        client.create_ingest_configuration().customize().interceptor(witness.clone()).send();
    "unreadable header of an output, skipped" unreadable_output |client, witness| client
        .create_ingest_configuration().customize().interceptor(witness.doing(Deed::SkipUnreadableHeaders)).send();
    "unreadable header of an error" unreadable_error |client, witness|
        client.get_stage().customize().interceptor(witness.clone()).send();
    "unreadable header of an error, skipped" unreadable_error |client, witness|
        client.get_stage().customize().interceptor(witness.doing(Deed::SkipUnreadableHeaders)).send();
    "config_override, nothing" well |client, witness|
        client.get_stage().customize().config_override(sdk::Config::builder()).send();
    "config_override, region" well |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().region(Region::new("us-west-2"))).send();
    "config_override, endpoint that nobody serves" well |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().endpoint_url("http://127.0.0.1:1").retry_config(patient(1))).send();
    "config_override, FIPS beside an endpoint" well |client, witness| {
        let config = client.config().to_builder();
        client.get_stage().customize().config_override(config.use_fips(true)).send()
    };
    "config_override, no retries" broken_then_well |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().retry_config(RetryConfig::disabled())).send();
    "config_override, five attempts" broken |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().retry_config(patient(5))).send();
    "config_override, timeouts" silence |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().timeout_config(soon())).send();
    "config_override, credentials" well |client, witness| client.get_stage().customize().config_override(
        sdk::Config::builder().credentials_provider(Credentials::new("OTHER", "secret", Some("token".into()), None, "other"))
    ).send();
    "config_override, clock" well |client, witness| client.get_stage().customize().config_override(
        sdk::Config::builder().time_source(StaticTimeSource::new(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400)))
    ).send();
    "config_override, name of the application" well |client, witness| client.get_stage().customize().config_override(
        sdk::Config::builder().app_name(AppName::new("other").expect("valid"))
    ).send();
    "config_override, idempotency token" well |client, witness| client.start_composition().stage_arn("a").customize()
        .config_override(sdk::Config::builder().idempotency_token_provider("other")).send();
    "config_override, interceptor in both" well |client, witness| client.get_stage().customize()
        .interceptor(witness.clone()).config_override(sdk::Config::builder().interceptor(witness.clone())).send();
    "config_override, the last one counts" well |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().region(Region::new("us-west-2")))
        .config_override(sdk::Config::builder().app_name(AppName::new("other").expect("valid"))).send();
    "config_override, no signature" well |client, witness| client.get_stage().customize()
        .config_override(sdk::Config::builder().allow_no_auth().auth_scheme_preference(["noAuth".into()])).send();
    "send_with" well |client, witness|
        sdk::operation::get_stage::GetStageInput::builder().arn("a").send_with(&client);
    "send_with, an error of the service" refused |client, witness|
        sdk::operation::get_stage::GetStageInput::builder().send_with(&client);
    "clone of a fluent builder" well |client, witness| {
        let call = client.get_stage().arn("a");
        let other = call.clone().arn("b");
        drop(call);
        other.send()
    };
}

fn broken() -> Vec<Reply> {
    vec![Response::new(503).body("{}").into()]
}

/// Compares customized calls of both crates.
pub(crate) async fn compare() -> Findings {
    let stage = Stage::new("customized").await;
    let mut findings = Findings::default();
    for case in CASES {
        let act = Act { official: &case.official, ours: &case.ours };
        findings.add(&case.name, stage.compare(&(case.replies)(), act).await);
    }
    findings
}
