//! What all operations of a service share: facts, the endpoint rules, the client's handle.

use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, SharedEndpointResolver};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin};
use aws_smithy_types::config_bag::ConfigBag;
use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

use crate::BoxError;
use crate::operation::{Input, Operation, Output};
use crate::protocol::Protocol;
use crate::shape::Shape;
use crate::slot::Slot;
use crate::spec::Spec;

/// A service, as an emitted crate declares it.
pub trait Service: fmt::Debug + Send + Sync + 'static {
    /// Its facts.
    const FACTS: &'static ServiceFacts;
    /// How its requests are signed.
    const SIGNING: Signing = Signing::USUAL;
    /// How sessions are opened by whose credentials requests are signed, where the endpoint rules ask for that.
    const SESSION: Option<Session> = None;
}

/// The operation that opens sessions.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "session-auth"), expect(dead_code, reason = "sessions are opened by that feature"))]
pub struct Session {
    pub(crate) spec: fn() -> &'static Spec,
    /// Its input, for what the session is.
    pub(crate) input: fn(&str) -> Input,
    pub(crate) output: fn(&Output) -> Option<&dyn Shape>,
}

/// The member of inputs that says what a session is for.
pub(crate) const SESSION_MEMBER: &str = "Bucket";

impl Session {
    /// Sessions are opened by the operation of this input.
    pub const fn of<I: Operation>() -> Self {
        Self {
            spec: || I::SPEC,
            input: |of| {
                let mut input = I::empty();
                if let Some(index) = input.schema().position_of_member(SESSION_MEMBER, 0)
                    && let Slot::Text(text) = input.member_mut(index).slot()
                {
                    of.clone_into(text);
                }
                Input::erase(input)
            },
            output: |output| output.downcast_ref::<I::Output>().map(|output| output as &dyn Shape),
        }
    }
}

/// What services want of signatures (SigV4) that differs among them.
#[derive(Clone, Copy, Debug)]
pub struct Signing {
    /// The path is encoded once more for the signature, and made a normal one.
    pub(crate) normal_path: bool,
    /// A header tells the digest of the body.
    pub(crate) body_digest: bool,
}

impl Signing {
    /// As nearly all services want it.
    pub const USUAL: Self = Self { normal_path: true, body_digest: false };
    /// With the digest of the body in the header `x-amz-content-sha256`.
    pub const WITH_DIGEST: Self = Self { body_digest: true, ..Self::USUAL };
    /// The same, where every path is one of its own: `a//b` is not `a/b`.
    pub const OF_OBJECTS: Self = Self { normal_path: false, ..Self::WITH_DIGEST };
}

/// Facts of a service that the request path needs.
pub struct ServiceFacts {
    /// `aws.api#service` sdkId, for instance `IVS RealTime`.
    pub sdk_id: &'static str,
    /// Name of the service shape, the first half of `X-Amz-Target`.
    pub shape_name: &'static str,
    /// Name in the user agent, for instance `ivsrealtime`.
    pub api_name: &'static str,
    /// Name in the signing scope (`aws.auth#sigv4`).
    pub signing_name: Option<&'static str>,
    /// Version of the emitted crate.
    pub version: &'static str,
    /// How it talks.
    pub protocol: &'static dyn Protocol,
    /// Headers that every request has, unless a member of its input says otherwise.
    pub headers: &'static [(&'static str, &'static str)],
    /// Its rule set has endpoints of an account (the built-in `AWS::Auth::AccountIdEndpointMode`).
    pub account_id_endpoints: bool,
    /// The resolver of the model's rule set.
    pub endpoint_resolver: fn() -> SharedEndpointResolver,
    /// The parameters of the rule set for one call of an operation.
    pub endpoint_params: fn(&ConfigBag, &'static str, &dyn Shape) -> Result<EndpointResolverParams, BoxError>,
}

/// By the name of the service, for the same reason as that of an operation.
impl fmt::Debug for ServiceFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceFacts({})", self.sdk_id)
    }
}

/// What a client shares among its clones and calls: the merged plugins of its configuration.
pub struct Handle {
    pub(crate) plugins: RuntimePlugins,
    pub(crate) operations: Mutex<HashMap<&'static str, SharedRuntimePlugin>>,
    /// What opens the sessions of all calls.
    #[cfg(feature = "session-auth")]
    pub(crate) sessions: std::sync::OnceLock<SharedRuntimePlugin>,
    /// The configuration has credentials of sessions.
    #[cfg(feature = "session-auth")]
    pub(crate) has_session_credentials: bool,
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("plugins", &self.plugins).finish_non_exhaustive()
    }
}

impl Handle {
    /// Takes the plugins of a configuration and checks that they make a client.
    ///
    /// # Errors
    /// When the engine's validators refuse the configuration, for instance one
    /// with retries but without a sleep implementation.
    pub fn new(plugins: RuntimePlugins) -> Result<Self, BoxError> {
        let mut bag = ConfigBag::base();
        let components = plugins.apply_client_configuration(&mut bag)?;
        components.validate_base_client_config(&bag)?;
        Ok(Self {
            plugins,
            operations: Mutex::default(),
            #[cfg(feature = "session-auth")]
            sessions: std::sync::OnceLock::new(),
            #[cfg(feature = "session-auth")]
            has_session_credentials: components.identity_resolver(&crate::session::SCHEME_ID).is_some(),
        })
    }
}
