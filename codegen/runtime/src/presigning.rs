//! Presigned requests: signed now, and sent later by somebody else who has no credentials.
//!
//! The signature stands in the query. A call goes the usual way up to the point where it would be sent, so that endpoint,
//! credentials and interceptors are those of the client. What a request says beside its URL is lost, unless its holder says
//! it again, so that a call whose input is sent as a body is refused, but for two forms: a form goes into the query, as
//! services of the query protocols take it there, and bytes that no signature covers are the holder's to send.

use aws_runtime::auth::{HttpSignatureType, PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::retries::strategy::NeverRetryStrategy;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, disable_interceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::SharedRetryStrategy;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugin};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer, Storable, StoreReplace};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

mod config;
mod request;
#[cfg(test)]
mod tests;

pub use config::{PresigningConfig, PresigningConfigBuilder, PresigningConfigError};
pub use request::PresignedRequest;

use crate::BoxError;
use crate::fluent::Fluent;
use crate::operation::{CallResult, Input, Operation, operation_plugins, take_error};
use crate::percent::push_encoded;
use crate::shape::{Location, Shape, View};
use crate::spec::Spec;
use crate::text::text_of;

/// How a service takes presigned requests.
#[derive(Debug)]
pub struct Presigning {
    /// Signatures do not cover bodies.
    pub unsigned_payload: bool,
    /// Operations that are also taken as a GET with all members in the query.
    pub in_query: &'static [&'static str],
}

/// Signs the call of an input, and sends nothing.
///
/// # Errors
/// As [`SdkError`] tells them apart; the construction fails where the request cannot stand in a URL, or is not signed.
pub async fn presigned<I: Operation>(
    call: Fluent,
    input: I,
    presigning: &'static Presigning,
    config: PresigningConfig,
) -> CallResult<PresignedRequest, I::Error> {
    let input = Input::erase(input);
    match presign(call, I::SPEC, input, presigning, config).await {
        Ok(request) => Ok(request),
        Err(error) => Err(error.map_service_error(take_error)),
    }
}

/// Not generic, so that it is compiled with this crate.
async fn presign(
    call: Fluent,
    spec: &'static Spec,
    input: Input,
    presigning: &'static Presigning,
    config: PresigningConfig,
) -> CallResult<PresignedRequest, crate::operation::Error> {
    let refusal = Arc::default();
    let plugin =
        PresigningPlugin::new(PresigningInterceptor { spec, presigning, config, refusal: Arc::clone(&refusal) });
    let (handle, config_override) = call.into_parts();
    let plugins = operation_plugins(&handle, spec, config_override).with_operation_plugin(plugin);
    let stopped =
        invoke_with_stop_point(spec.service.sdk_id, spec.route.name, input, &plugins, StopPoint::BeforeTransmit).await;
    let refused =
        |problem: &str| SdkError::construction_failure(format!("{} cannot be presigned: {problem}", spec.route.name));
    if let Some(problem) = refusal.get() {
        return Err(refused(problem));
    }
    let request = stopped?.take_request().ok_or_else(|| refused("there is no request"))?;
    if !request.uri().contains("X-Amz-Signature=") {
        return Err(refused("its requests are not signed"));
    }
    PresignedRequest::new(request).map_err(SdkError::construction_failure)
}

/// Has a call signed in its query.
#[derive(Debug)]
struct PresigningPlugin {
    components: RuntimeComponentsBuilder,
}

impl PresigningPlugin {
    fn new(interceptor: PresigningInterceptor) -> Self {
        let time = SharedTimeSource::new(StaticTimeSource::new(interceptor.config.start_time()));
        let components = RuntimeComponentsBuilder::new("PresigningPlugin")
            .with_interceptor(SharedInterceptor::permanent(interceptor))
            .with_retry_strategy(Some(SharedRetryStrategy::new(NeverRetryStrategy::new())))
            .with_time_source(Some(time));
        Self { components }
    }
}

impl RuntimePlugin for PresigningPlugin {
    /// What would add headers that nobody sends later.
    fn config(&self) -> Option<FrozenLayer> {
        let mut layer = Layer::new("Presigning");
        layer.store_put(disable_interceptor::<InvocationIdInterceptor>("presigning"));
        layer.store_put(disable_interceptor::<RequestInfoInterceptor>("presigning"));
        layer.store_put(disable_interceptor::<UserAgentInterceptor>("presigning"));
        layer.store_put(disable_interceptor::<ServiceClockSkewInterceptor>("presigning"));
        // The body is the holder's: its checksum is not known, but where the caller says it.
        layer.store_put(RequestChecksumCalculation::WhenRequired);
        // Nor does the URL ask for one of the response, which would be a header that the holder has to send.
        layer.store_put(ResponseChecksumValidation::WhenRequired);
        Some(layer.freeze())
    }

    fn order(&self) -> Order {
        Order::Overrides
    }

    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}

/// What the input of a presigned call says of its request.
#[derive(Debug, Default)]
struct Sent {
    /// It has the type of the body, which otherwise is that of the protocol, and not signed.
    content_type: bool,
    /// It has the length of the body.
    content_length: bool,
    /// Its body is bytes or text of the caller's own.
    is_raw: bool,
    /// All of it as a query, for operations that take it there.
    query: Option<String>,
}

impl Storable for Sent {
    type Storer = StoreReplace<Self>;
}

impl Sent {
    fn of(input: &dyn Shape, in_query: bool) -> Self {
        let mut sent = Self::default();
        let mut query = String::new();
        for (index, member) in input.schema().members().enumerate() {
            let view = input.member(index).view();
            if matches!(view, View::Absent) {
                continue;
            }
            match member.location {
                Location::Header => {
                    sent.content_type |= member.wire.eq_ignore_ascii_case("content-type");
                    sent.content_length |= member.wire.eq_ignore_ascii_case("content-length");
                }
                Location::Payload => {
                    let is_structured = matches!(
                        view,
                        View::Structure(_) | View::Union(_) | View::Document(_) | View::List(_) | View::Map(_)
                    );
                    sent.is_raw |= !is_structured;
                }
                Location::Body if in_query => {
                    let mut push = |view: View<'_>| {
                        if let Some(text) = text_of(&view, &member) {
                            query.push_str(if query.is_empty() { "" } else { "&" });
                            push_encoded(&mut query, member.wire, false);
                            query.push('=');
                            push_encoded(&mut query, &text, false);
                        }
                    };
                    match view {
                        View::List(items) => (0..items.count()).for_each(|index| push(items.item(index).view())),
                        view => push(view),
                    }
                }
                _ => {}
            }
        }
        sent.query = in_query.then_some(query);
        sent
    }
}

#[derive(Debug)]
struct PresigningInterceptor {
    spec: &'static Spec,
    presigning: &'static Presigning,
    config: PresigningConfig,
    /// Why the request cannot stand in a URL: what an interceptor fails with would be told as a failure to send.
    refusal: Arc<OnceLock<String>>,
}

#[dyn_dispatch_hint]
impl Intercept for PresigningInterceptor {
    fn name(&self) -> &'static str {
        "PresigningInterceptor"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let in_query = self.presigning.in_query.contains(&self.spec.route.name);
        let sent = (self.spec.input)(context.input()).map(|input| Sent::of(input, in_query));
        bag.interceptor_state().store_put(sent.unwrap_or_default());
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(sent) = bag.load::<Sent>() else { return Ok(()) };
        let is_unsigned = self.presigning.unsigned_payload || self.spec.route.unsigned_payload;
        if let Err(problem) = into_url(context.request_mut(), sent, is_unsigned) {
            let refusal = self.refusal.get_or_init(|| problem);
            return Err(refusal.as_str().into());
        }
        let mut config = bag.load::<SigV4OperationSigningConfig>().cloned().unwrap_or_default();
        config.signing_options.expires_in = Some(self.config.expires());
        config.signing_options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        let state = bag.interceptor_state();
        state.store_put(config);
        if is_unsigned {
            state.store_put(PayloadSigningOverride::unsigned_payload());
        }
        Ok(())
    }
}

/// Makes a request one whose URL says all of it, as far as the service is to see it signed.
///
/// # Errors
/// Why that cannot be.
fn into_url(request: &mut HttpRequest, sent: &Sent, is_unsigned: bool) -> Result<(), String> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let content_type = request.headers().get("content-type").unwrap_or_default().to_owned();
    let form = request.body().bytes().filter(|_| content_type.starts_with(FORM));
    let query = form.map(|form| String::from_utf8_lossy(form).into_owned()).or_else(|| sent.query.clone());
    if let Some(query) = query {
        let uri = request.uri();
        let separator = if uri.contains('?') { '&' } else { '?' };
        let uri = if query.is_empty() { uri.to_owned() } else { format!("{uri}{separator}{query}") };
        request.set_uri(uri).map_err(|_| "its members make no valid URL".to_owned())?;
        request.set_method("GET").map_err(|_| "it cannot be a GET".to_owned())?;
        *request.body_mut() = SdkBody::empty();
        request.headers_mut().remove("content-type");
        request.headers_mut().remove("content-length");
        return Ok(());
    }
    let length = request.body().bytes().map(<[u8]>::len);
    if length != Some(0) && !(sent.is_raw && is_unsigned) {
        let kind = if content_type.is_empty() { "content of no known type" } else { content_type.as_str() };
        return Err(format!("its input is sent as a body ({kind}), which cannot stand in a URL"));
    }
    *request.body_mut() = SdkBody::empty();
    if !sent.content_type {
        request.headers_mut().remove("content-type");
    }
    if !sent.content_length {
        request.headers_mut().remove("content-length");
    }
    Ok(())
}
