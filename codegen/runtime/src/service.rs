//! What all operations of a service share: facts, the endpoint rules, the client's handle.

use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, SharedEndpointResolver};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::sdk_config::SdkConfig;
use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

use crate::BoxError;
use crate::config::{BuiltSettings, Settings};
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
    /// How its callers authenticate: by SigV4 where it has a name to sign for.
    const AUTH: Auth = Auth::by_name(Self::FACTS.signing_name);
    /// How sessions are opened by whose credentials requests are signed, where the endpoint rules ask for that.
    const SESSION: Option<Session> = None;
    /// Takes settings of its own from what `aws-config` has loaded; most services have none there.
    const OUTSIDE: Option<TakeFromOutside> = None;
}

/// Takes settings from what `aws-config` has loaded.
pub type TakeFromOutside = fn(&mut Settings, &SdkConfig);

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

/// A way in which callers say who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// By a signature with credentials, of one region (`aws.auth#sigv4`).
    SigV4,
    /// By a signature with credentials, of several regions (`aws.auth#sigv4a`); takes the feature `sigv4a`.
    SigV4a,
    /// By a token (`smithy.api#httpBearerAuth`).
    HttpBearer,
    /// Not at all.
    NoAuth,
}

impl Scheme {
    /// What the engine calls it.
    pub(crate) const fn id(self) -> AuthSchemeId {
        match self {
            Self::SigV4 => SCHEME_ID,
            Self::SigV4a => AuthSchemeId::new("sigv4a"),
            Self::HttpBearer => HTTP_BEARER_AUTH_SCHEME_ID,
            Self::NoAuth => NO_AUTH_SCHEME_ID,
        }
    }
}

/// How callers of a service authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Auth {
    /// The ways, the preferred one first.
    pub(crate) schemes: &'static [Scheme],
    /// Endpoints say which of the ways they take.
    pub(crate) by_endpoint: bool,
    /// The client can sign for several regions.
    pub(crate) sigv4a: bool,
}

impl Auth {
    /// In one of these ways, the preferred one first; without any callers are anonymous.
    pub const fn of(schemes: &'static [Scheme]) -> Self {
        let schemes = if schemes.is_empty() { &[Scheme::NoAuth] } else { schemes };
        Self { schemes, by_endpoint: false, sigv4a: false }
    }

    /// First of all in a way that the endpoint of the call asks for.
    pub const fn by_endpoint(mut self) -> Self {
        self.by_endpoint = true;
        self
    }

    /// By signatures of several regions only where the client can make them: they take a feature of it.
    pub const fn sigv4a(mut self, is_on: bool) -> Self {
        self.sigv4a = is_on;
        self
    }

    /// What a service takes that says nothing else.
    const fn by_name(signing_name: Option<&'static str>) -> Self {
        Self::of(if signing_name.is_some() { &[Scheme::SigV4] } else { &[] })
    }

    /// The ways that the client can go, the preferred one first.
    pub(crate) fn schemes(self) -> impl Iterator<Item = Scheme> {
        self.schemes.iter().copied().filter(move |scheme| self.sigv4a || *scheme != Scheme::SigV4a)
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

/// What a client shares among its clones and calls: its configuration, and the merged plugins of it.
pub struct Handle {
    pub(crate) settings: BuiltSettings,
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
        f.debug_struct("Handle").field("conf", &self.settings).field("plugins", &self.plugins).finish_non_exhaustive()
    }
}

impl Handle {
    /// Takes the plugins of a configuration and checks that they make a client.
    ///
    /// # Errors
    /// When the engine's validators refuse the configuration, for instance one
    /// with retries but without a sleep implementation.
    pub(crate) fn new(settings: BuiltSettings, plugins: RuntimePlugins) -> Result<Self, BoxError> {
        let mut bag = ConfigBag::base();
        // Made before it is checked, so that what drops it is compiled here and not in each client.
        #[cfg_attr(not(feature = "session-auth"), expect(unused_mut, reason = "what is found out is of sessions"))]
        let mut handle = Self {
            settings,
            plugins,
            operations: Mutex::default(),
            #[cfg(feature = "session-auth")]
            sessions: std::sync::OnceLock::new(),
            #[cfg(feature = "session-auth")]
            has_session_credentials: false,
        };
        let components = handle.plugins.apply_client_configuration(&mut bag)?;
        components.validate_base_client_config(&bag)?;
        #[cfg(feature = "session-auth")]
        {
            handle.has_session_credentials = components.identity_resolver(&crate::session::SCHEME_ID).is_some();
        }
        Ok(handle)
    }
}
