//! Runtime plugins: how a service and its operations configure the engine.

use aws_runtime::auth::sigv4::SigV4AuthScheme;
use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::classifiers::{HttpStatusCodeClassifier, TransientErrorClassifier};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::{AuthSchemeOptionResolverParams, SharedAuthScheme};
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef, FinalizerInterceptorContextMut,
    Input, OutputOrError,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{
    HttpRequest, HttpResponse, Metadata, OrchestratorError, SensitiveOutput,
};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugin, SharedRuntimePlugin};
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl};
use std::borrow::Cow;

use crate::BoxError;
use crate::answer::Answer;
use crate::config::auth::{DefaultAuthSchemeResolver, Params, ResolveAuthScheme};
use crate::endpoint::host_prefix;
use crate::error::{ErrorResponse, Unreadable};
use crate::format::DecodeError;
use crate::retry::{ClockSkewClassifier, ErrorCodeClassifier, ModeledRetryClassifier};
use crate::service::{Handle, ServiceFacts};
use crate::shape::{REDACTED, Shape, View};
use crate::slot::Slot;
use crate::spec::Spec;
use crate::token::IdempotencyTokenProvider;

/// What every operation of a service shares; the user's configuration overrides it.
#[derive(Debug)]
pub(crate) struct ServicePlugin {
    config: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl ServicePlugin {
    pub(crate) fn new(facts: &'static ServiceFacts) -> Self {
        let mut config = Layer::new(facts.sdk_id);
        config.store_put(IdempotencyTokenProvider::random());
        config.store_put(AuthSchemeAndEndpointOrchestrationV2);

        let mut components = RuntimeComponentsBuilder::new("ServicePlugin");
        components.set_auth_scheme_option_resolver(Some(DefaultAuthSchemeResolver.into_shared_resolver()));
        components.set_endpoint_resolver(Some((facts.endpoint_resolver)()));
        components.push_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()));
        #[cfg(feature = "sigv4a")]
        components.push_auth_scheme(SharedAuthScheme::new(aws_runtime::auth::sigv4a::SigV4aAuthScheme::new()));
        #[cfg(feature = "auth-schemes")]
        components
            .push_auth_scheme(SharedAuthScheme::new(aws_smithy_runtime::client::auth::http::BearerAuthScheme::new()));
        // Known to every client and preferred by none: without credentials a call ends where a scheme is chosen, with an
        // error that says so, and not before, where no identity at all would be an error of the configuration.
        components.push_auth_scheme(SharedAuthScheme::new(NoAuthScheme::new()));
        components.set_identity_resolver(NO_AUTH_SCHEME_ID, SharedIdentityResolver::new(NoAuthIdentityResolver::new()));
        components.push_retry_classifier(HttpStatusCodeClassifier::default());
        components.push_interceptor(SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()));
        components.push_interceptor(SharedInterceptor::permanent(FeatureInterceptor(facts)));
        components.push_interceptor(ServiceClockSkewInterceptor::new());
        components.push_interceptor(RequestInfoInterceptor::new());
        components.push_interceptor(UserAgentInterceptor::new());
        components.push_interceptor(InvocationIdInterceptor::new());
        components.push_interceptor(SharedInterceptor::permanent(RecursionDetectionInterceptor::new()));
        Self { config: config.freeze(), components }
    }
}

impl RuntimePlugin for ServicePlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.config.clone())
    }

    fn order(&self) -> Order {
        Order::Defaults
    }

    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}

/// Marks in the user agent how the client is set up: retry mode, protocol, endpoint override, endpoints of the account.
#[derive(Debug)]
struct FeatureInterceptor(&'static ServiceFacts);

#[dyn_dispatch_hint]
impl Intercept for FeatureInterceptor {
    fn name(&self) -> &'static str {
        "FeatureInterceptor"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if bag.load::<EndpointUrl>().is_some() {
            bag.interceptor_state().store_append(AwsSdkFeature::EndpointOverride);
        }
        if self.0.account_id_endpoints
            && let Some(feature) = account_id_feature(bag)
        {
            bag.interceptor_state().store_append(feature);
        }
        Ok(())
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let retry_mode = match bag.load::<RetryConfig>().map(RetryConfig::mode) {
            Some(RetryMode::Standard) => Some(SmithySdkFeature::RetryModeStandard),
            Some(RetryMode::Adaptive) => Some(SmithySdkFeature::RetryModeAdaptive),
            _ => None,
        };
        for feature in [retry_mode, self.0.protocol.feature()].into_iter().flatten() {
            bag.interceptor_state().store_append(feature);
        }
        Ok(())
    }
}

/// The mark of how the client uses the account of its credentials for endpoints.
fn account_id_feature(bag: &ConfigBag) -> Option<AwsSdkFeature> {
    match bag.load::<AccountIdEndpointMode>().cloned().unwrap_or_default() {
        AccountIdEndpointMode::Preferred => Some(AwsSdkFeature::AccountIdModePreferred),
        AccountIdEndpointMode::Disabled => Some(AwsSdkFeature::AccountIdModeDisabled),
        AccountIdEndpointMode::Required => Some(AwsSdkFeature::AccountIdModeRequired),
        _ => None,
    }
}

/// What stands for the account of the credentials, to services that know it ([`flag::OWN_ACCOUNT`](crate::shape::flag)).
const OWN_ACCOUNT: &str = "-";

/// One operation: its codecs, its metadata, its interceptors and retry classifiers.
#[derive(Debug)]
pub(crate) struct OperationPlugin {
    config: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl OperationPlugin {
    /// The plugin of an operation, made at its first call on a client and kept from then on.
    pub(crate) fn of(handle: &Handle, spec: &'static Spec) -> SharedRuntimePlugin {
        let mut operations = handle.operations.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        operations.entry(spec.route.name).or_insert_with(|| SharedRuntimePlugin::new(Self::new(spec))).clone()
    }

    pub(crate) fn new(spec: &'static Spec) -> Self {
        let mut config = Layer::new(spec.route.name);
        config.store_put(SharedRequestSerializer::new(Codec(spec)));
        config.store_put(SharedResponseDeserializer::new(Codec(spec)));
        config.store_put(AuthSchemeOptionResolverParams::new(Params::new(spec.route.name, spec.auth)));
        config.store_put(Metadata::new(spec.route.name, spec.service.sdk_id));
        if spec.route.sensitive_output {
            config.store_put(SensitiveOutput);
        }
        put_signing(spec, &mut config);
        let mut components = RuntimeComponentsBuilder::new(spec.route.name)
            .with_interceptor(SharedInterceptor::permanent(OperationInterceptor(spec)));
        if !spec.route.may_stall {
            components.push_interceptor(SharedInterceptor::permanent(StalledStreamProtectionInterceptor::default()));
        }
        #[cfg(feature = "content-md5")]
        if spec.route.checksum_required {
            components.push_interceptor(SharedInterceptor::permanent(crate::checksum::ContentMd5Interceptor));
        }
        #[cfg(feature = "tree-hash")]
        if spec.route.tree_hash {
            components.push_interceptor(SharedInterceptor::permanent(crate::tree_hash::TreeHashInterceptor));
        }
        #[cfg(feature = "http-checksum")]
        if let Some(checksum) = spec.route.checksum {
            let interceptor = crate::http_checksum::ChecksumInterceptor { spec, checksum };
            components.push_interceptor(SharedInterceptor::permanent(interceptor));
        }
        #[cfg(feature = "request-compression")]
        if spec.route.compressed {
            components.push_interceptor(SharedInterceptor::permanent(crate::compression::CompressionInterceptor));
        }
        #[cfg(feature = "session-auth")]
        if spec.session.is_some() {
            components.push_interceptor(SharedInterceptor::permanent(crate::session::SessionInterceptor(spec)));
        }
        #[cfg(feature = "endpoint-discovery")]
        components
            .push_interceptor(SharedInterceptor::permanent(crate::endpoint_discovery::MovedEndpointInterceptor(spec)));
        #[cfg(feature = "endpoint-paths")]
        if spec.route.path_in_endpoint && spec.route.path.is_empty() {
            components.push_interceptor(SharedInterceptor::permanent(crate::endpoint_path::EndpointPathInterceptor));
        }
        #[cfg(feature = "resource-ids")]
        if spec.route.resource_id.is_some() {
            components.push_interceptor(SharedInterceptor::permanent(crate::resource_id::ResourceIdInterceptor(spec)));
        }
        #[cfg(feature = "event-stream-input")]
        if spec.take_events.is_some() {
            components.push_auth_scheme(SharedAuthScheme::new(crate::event_stream::call::EventAuthScheme::default()));
            let interceptor = crate::event_stream::call::EventsInterceptor;
            components.push_interceptor(SharedInterceptor::permanent(interceptor));
        }
        components.push_retry_classifier(TransientErrorClassifier::<DecodeError>::new());
        components.push_retry_classifier(ModeledRetryClassifier(spec));
        components.push_retry_classifier(ErrorCodeClassifier(spec));
        components.push_retry_classifier(ClockSkewClassifier(spec));
        Self { config: config.freeze(), components }
    }
}

/// How requests of an operation are signed, where they are signed by SigV4.
fn put_signing(spec: &Spec, config: &mut Layer) {
    let mut signing_options = SigningOptions::default();
    signing_options.double_uri_encode = spec.signing.normal_path;
    // Where the body is not signed, the header says so.
    signing_options.content_sha256_header =
        spec.route.unsigned_payload || spec.route.tree_hash || spec.signing.body_digest || spec.sends_events();
    signing_options.normalize_uri_path = spec.signing.normal_path;
    config.store_put(SigV4OperationSigningConfig { signing_options, ..Default::default() });
    if spec.route.unsigned_payload {
        config.store_put(PayloadSigningOverride::unsigned_payload());
    }

    #[cfg(feature = "event-stream-input")]
    if spec.take_events.is_some() {
        config.store_put(PayloadSigningOverride::Precomputed(crate::event_stream::call::DIGEST.to_owned()));
    }
}

impl RuntimePlugin for OperationPlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.config.clone())
    }

    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}

/// Serializer and deserializer of an operation.
#[derive(Debug)]
struct Codec(&'static Spec);

impl SerializeRequest for Codec {
    #[cfg_attr(not(feature = "event-stream-input"), expect(unused_variables, reason = "only events change the call"))]
    fn serialize_input(&self, mut input: Input, bag: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let shape = (self.0.input)(&input).ok_or("the input is of another operation")?;
        let mut request = self.0.service.protocol.write_request(self.0.service.shape_name, &self.0.route, shape)?;
        // As it is: whether it can be sent again is known to it, and asked by the engine before each attempt.
        if let Some(stream) = self.0.take_stream.and_then(|take| take(&mut input)) {
            *request.body_mut() = stream.into_inner();
        }
        #[cfg(feature = "event-stream-input")]
        if let Some(take) = self.0.take_events {
            let events = take(&mut input).ok_or_else(|| crate::event_stream::call::missing(self.0, &input))?;
            crate::event_stream::call::send(&mut request, events, self.0.service.protocol, bag);
        }
        #[cfg(feature = "event-stream")]
        if self.0.streams && self.0.service.protocol.has_initial_messages() {
            crate::event_stream::accept(&mut request);
        }
        for &(name, value) in self.0.service.headers {
            if !request.headers().contains_key(name) {
                request.headers_mut().insert(name, value);
            }
        }
        Ok(request)
    }
}

impl DeserializeResponse for Codec {
    /// Leaves the body to the caller where the output has a stream. Errors are read as a whole.
    fn deserialize_streaming_with_config(&self, response: &mut HttpResponse, bag: &ConfigBag) -> Option<OutputOrError> {
        let Self(spec) = self;
        if !spec.streams || !response.status().is_success() {
            return None;
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        let answer = Answer::new(spec.service.protocol, spec.confidential, response, bag);
        answer.response.stream.replace(Some(ByteStream::new(body)));
        tracing::debug!(request_id = ?answer.request_id);
        Some(output(spec, &answer))
    }

    fn deserialize_nonstreaming_with_config(&self, response: &HttpResponse, bag: &ConfigBag) -> OutputOrError {
        let Self(spec) = self;
        let answer = Answer::new(spec.service.protocol, spec.confidential, response, bag);
        tracing::debug!(request_id = ?answer.request_id);
        if !answer.protocol.is_error(&answer.response) {
            output(spec, &answer)
        } else {
            Err(OrchestratorError::operation(match ErrorResponse::read(&answer) {
                Ok(response) => (spec.error)(Ok(&response)),
                Err(unreadable) => (spec.error)(Err(unreadable)),
            }))
        }
    }
}

/// The output out of an answer that is a success.
fn output(spec: &Spec, answer: &Answer<'_>) -> OutputOrError {
    (spec.output)(answer).map_err(|problem| {
        let unreadable = Unreadable::new(answer, problem);
        OrchestratorError::operation((spec.error)(Err(unreadable.into())))
    })
}

/// What happens to an input before it is serialized: telemetry capture, endpoint
/// parameters, the idempotency token. And to a response in the end: errors hold it.
#[derive(Debug)]
struct OperationInterceptor(&'static Spec);

#[dyn_dispatch_hint]
impl Intercept for OperationInterceptor {
    fn name(&self) -> &'static str {
        "OperationInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(input) = (self.0.input)(context.input()) else { return Ok(()) };
        capture_attributes(input, bag);
        if let Some(View::Text(url)) = self.0.route.endpoint_member.map(|index| input.member(index).view()) {
            let url = EndpointUrl(url.to_owned());
            bag.interceptor_state().store_put(url);
        }
        let params = (self.0.service.endpoint_params)(bag, self.0.route.name, input)?;
        let prefix = self.0.route.host_prefix.map(|prefix| host_prefix(prefix, input)).transpose()?;
        let state = bag.interceptor_state();
        state.store_put::<EndpointResolverParams>(params);
        if let Some(prefix) = prefix {
            state.store_put(prefix);
        }
        Ok(())
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = self.0.input_mut.and_then(|input_mut| input_mut(context.input_mut()));
        let Some(input) = input else { return Ok(()) };
        let schema = input.schema();
        let token = schema.members().position(|member| member.idempotency_token);
        if let (Some(index), Some(provider)) = (token, bag.load::<IdempotencyTokenProvider>())
            && matches!(input.member(index).view(), View::Absent)
            && let Slot::Text(token) = input.member_mut(index).slot()
        {
            *token = provider.make_idempotency_token();
        }
        if let Some(index) = schema.members().position(|member| member.own_account)
            && matches!(input.member(index).view(), View::Absent | View::Text(""))
            && let Slot::Text(account) = input.member_mut(index).slot()
        {
            OWN_ACCOUNT.clone_into(account);
        }
        Ok(())
    }

    /// Keeps the text of a confidential response out of `Debug` of errors; `SdkBody::bytes` gives it still.
    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(response) = context.response_mut().filter(|_| self.0.confidential) {
            let body = std::mem::replace(response.body_mut(), SdkBody::taken());
            *response.body_mut() = body.map_preserve_contents(|_| SdkBody::taken());
        }
        Ok(())
    }
}

/// Records the members that the configuration asks for, under their wire names.
fn capture_attributes(input: &dyn Shape, bag: &mut ConfigBag) {
    let Some(requested) = bag.load::<RequestedTelemetryAttributes>().filter(|requested| !requested.is_empty()) else {
        return;
    };
    let mut captured = CapturedTelemetryAttributes::default();
    for (index, member) in input.schema().members().enumerate() {
        if let (true, View::Text(text)) = (requested.should_capture(member.wire), input.member(index).view()) {
            captured.insert(member.wire, if member.sensitive { REDACTED } else { text });
        }
    }
    bag.interceptor_state().store_put(captured);
}

/// Marks in the user agent who sends the requests: a paginator, or a waiter.
#[derive(Debug)]
pub(crate) struct FeaturePlugin(RuntimeComponentsBuilder);

impl FeaturePlugin {
    pub(crate) fn new(feature: SmithySdkFeature) -> Self {
        let interceptor = SharedInterceptor::permanent(SenderInterceptor(feature));
        Self(RuntimeComponentsBuilder::new("FeaturePlugin").with_interceptor(interceptor))
    }
}

impl RuntimePlugin for FeaturePlugin {
    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.0)
    }
}

#[derive(Debug)]
struct SenderInterceptor(SmithySdkFeature);

#[dyn_dispatch_hint]
impl Intercept for SenderInterceptor {
    fn name(&self) -> &'static str {
        "SenderInterceptor"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state().store_append(self.0.clone());
        Ok(())
    }
}
