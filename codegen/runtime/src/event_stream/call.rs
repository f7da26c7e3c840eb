//! How a call is changed that sends events.

use aws_credential_types::Credentials;
use aws_runtime::auth::sigv4::SigV4AuthScheme;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, OrchestratorError};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::operation::BuildError;
use std::mem;
use std::sync::Arc;

use super::MEDIA_TYPE;
use super::body::{EventBody, Outgoing};
use super::event::initial_request;
use super::exchange::{AnswerBody, Waiting};
use super::sign::Chain;
use crate::BoxError;
use crate::operation::Input;
use crate::protocol::Protocol;
use crate::shape::{Shape, flag};
use crate::spec::Spec;

/// What stands for the digest of the body in the signature of the request.
pub(crate) const DIGEST: &str = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

/// Makes events the body of a request. What its protocol has written as the body becomes the first message, where the
/// protocol has no other place for members beside the events.
pub(crate) fn send(request: &mut HttpRequest, events: Box<dyn Outgoing>, protocol: &dyn Protocol, bag: &mut ConfigBag) {
    let exchange = Arc::default();
    let written = mem::replace(request.body_mut(), SdkBody::taken());
    let initial = protocol.has_initial_messages().then(|| written.bytes().unwrap_or_default().to_vec());
    let format = protocol.format();
    let body = EventBody {
        initial: initial.map(|payload| initial_request(payload.into(), format)),
        events: Some(events),
        format,
        exchange: Arc::clone(&exchange),
        chain: None,
    };
    *request.body_mut() = SdkBody::from_body_1_x(body);
    let headers = request.headers_mut();
    headers.remove("content-length");
    headers.insert("content-type", MEDIA_TYPE);
    bag.interceptor_state().store_put(Waiting::new(exchange));
}

/// Why there are no events to be sent.
pub(crate) fn missing(spec: &Spec, input: &Input) -> BuildError {
    let schema = (spec.input)(input).map(Shape::schema);
    let member = schema.and_then(|schema| schema.members().find(|member| member.flags & flag::STREAM != 0));
    BuildError::missing_field(member.map_or("events", |member| member.field()), "it is what the call sends")
}

/// The engine's own scheme for SigV4, after whose signature of the request events are signed.
#[derive(Debug, Default)]
pub(crate) struct EventAuthScheme(SigV4AuthScheme);

impl AuthScheme for EventAuthScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        self.0.scheme_id()
    }

    fn identity_resolver(&self, identity_resolvers: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        self.0.identity_resolver(identity_resolvers)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for EventAuthScheme {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.signer().sign_http_request(request, identity, endpoint, components, bag)?;
        let exchange = bag.load::<Waiting>().and_then(Waiting::exchange);
        if let (Some(exchange), Some(credentials)) = (exchange, identity.data::<Credentials>()) {
            let time = components.time_source().unwrap_or_default();
            exchange.set_chain(Chain::of(request, credentials, time));
        }
        Ok(())
    }
}

/// Tells the caller of an error among the events, and the events of the end of a call.
#[derive(Debug)]
pub(crate) struct EventsInterceptor;

#[dyn_dispatch_hint]
impl Intercept for EventsInterceptor {
    fn name(&self) -> &'static str {
        "EventsInterceptor"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(waiting) = bag.get_mut_from_interceptor_state::<Waiting>() else { return Ok(()) };
        let waiting = waiting.hand_over();
        let response = context.response_mut();
        let is_refusal = !response.status().is_success();
        let body = mem::replace(response.body_mut(), SdkBody::taken());
        *response.body_mut() = SdkBody::from_body_1_x(AnswerBody { body, waiting, is_refusal });
        Ok(())
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let failure = bag.load::<Waiting>().and_then(Waiting::exchange).and_then(|exchange| exchange.take_failure());
        if let (Some(failure), Some(result)) = (failure, context.output_or_error_mut()) {
            *result = Err(OrchestratorError::connector(ConnectorError::user(failure)));
        }
        Ok(())
    }
}
