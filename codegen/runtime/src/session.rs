//! Requests that are signed by the credentials of a session (S3 Express).
//!
//! Where the endpoint rules name the auth scheme `sigv4-s3express`, a request is signed by credentials that the service gives
//! for a bucket and a few minutes. A client opens a session at the first call that needs one, by the operation of the
//! service that does so, and keeps it until shortly before it expires: for each bucket, and for the credentials that have
//! opened it. The call that opens it is one of the same client, with its settings and interceptors, and the region,
//! the endpoint and the credentials of the call that needs it.

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_runtime::auth::SigV4SessionTokenNameOverride;
use aws_runtime::auth::sigv4::{self, SigV4Signer};
use aws_sigv4::http_request::SignatureLocation;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeId, SharedAuthScheme, Sign};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::{Region, SigningRegion};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::BoxError;
use crate::operation::invoke;
use crate::plugin::OperationPlugin;
use crate::service::{Handle, SESSION_MEMBER, Session};
use crate::shape::{Shape, View};
use crate::spec::Spec;

/// The auth scheme of endpoint rules that asks for a session.
pub(crate) const SCHEME_ID: AuthSchemeId = AuthSchemeId::new("sigv4-s3express");

/// How many sessions a client keeps open, those used last.
const KEPT: usize = 100;

/// How long before a session expires the next one is opened.
const EARLY: Duration = Duration::from_secs(10);

/// Signs by the credentials of a session.
#[derive(Debug, Default)]
struct SessionAuthScheme(SigV4Signer);

impl AuthScheme for SessionAuthScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        SCHEME_ID
    }

    fn identity_resolver(&self, resolvers: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(SCHEME_ID)
    }

    fn signer(&self) -> &dyn Sign {
        &self.0
    }
}

/// What the operations of a service with sessions have beside other operations.
#[derive(Debug)]
pub(crate) struct SessionPlugin {
    config: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl SessionPlugin {
    /// Opens sessions by a call of the client, unless its configuration has credentials for them.
    pub(crate) fn new(handle: &Handle, session: Session) -> Self {
        let mut config = Layer::new("SessionPlugin");
        config.store_put(SigV4SessionTokenNameOverride::new(|settings, bag| {
            let is_of_session = bag.load::<Endpoint>().is_some_and(asks_for_session);
            Ok(match settings.signature_location {
                _ if !is_of_session => settings.session_token_name_override,
                SignatureLocation::QueryParams => Some("X-Amz-S3session-Token"),
                _ => Some("x-amz-s3session-token"),
            })
        }));
        let mut components = RuntimeComponentsBuilder::new("SessionPlugin")
            .with_auth_scheme(SharedAuthScheme::new(SessionAuthScheme::default()));
        if !handle.has_session_credentials {
            let provider = SessionProvider { plugins: handle.plugins.clone(), session, open: Mutex::default() };
            components.set_identity_resolver(SCHEME_ID, SharedIdentityResolver::new(provider));
        }
        Self { config: config.freeze(), components }
    }
}

impl RuntimePlugin for SessionPlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.config.clone())
    }

    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}

/// What the session of a call is for.
#[derive(Clone, Debug)]
struct SessionOf(String);

impl Storable for SessionOf {
    type Storer = StoreReplace<Self>;
}

/// Keeps of an input what a session would be for, as the input is gone when it is opened.
#[derive(Debug)]
pub(crate) struct SessionInterceptor(pub(crate) &'static Spec);

#[dyn_dispatch_hint]
impl Intercept for SessionInterceptor {
    fn name(&self) -> &'static str {
        "SessionInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(View::Text(text)) = (self.0.input)(context.input()).map(|input| input.view_of(SESSION_MEMBER)) {
            let of = SessionOf(text.to_owned());
            bag.interceptor_state().store_put(of);
        }
        Ok(())
    }
}

/// Whether the scheme of sessions is among those of an endpoint.
fn asks_for_session(endpoint: &Endpoint) -> bool {
    let wanted = SCHEME_ID;
    let wanted = wanted.inner();
    let is_wanted = |scheme: &Document| {
        let name = scheme.as_object().and_then(|scheme| scheme.get("name")).and_then(Document::as_string);
        name == Some(wanted)
    };
    let listed = endpoint.properties().get("authSchemes").and_then(Document::as_array);
    endpoint.auth_schemes().iter().any(|scheme| scheme.name() == wanted)
        || listed.is_some_and(|schemes| schemes.iter().any(is_wanted))
}

/// Opens sessions and keeps them.
struct SessionProvider {
    plugins: RuntimePlugins,
    session: Session,
    /// The session that was used last stands in front.
    open: Mutex<VecDeque<Open>>,
}

/// A session, or one that is being opened.
struct Open {
    of: String,
    credentials: Credentials,
    identity: ExpiringCache<Identity, BoxError>,
}

/// Without the credentials.
impl fmt::Debug for SessionProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionProvider").finish_non_exhaustive()
    }
}

impl ResolveIdentity for SessionProvider {
    fn resolve_identity<'a>(&'a self, components: &'a RuntimeComponents, bag: &'a ConfigBag) -> IdentityFuture<'a> {
        IdentityFuture::new(self.identity(components, bag))
    }

    fn cache_location(&self) -> IdentityCacheLocation {
        IdentityCacheLocation::IdentityResolver
    }
}

impl SessionProvider {
    async fn identity(&self, components: &RuntimeComponents, bag: &ConfigBag) -> Result<Identity, BoxError> {
        let of = &bag.load::<SessionOf>().ok_or("the input does not say what a session would be for")?.0;
        let resolver = components.identity_resolver(sigv4::SCHEME_ID);
        let resolver = resolver.ok_or("a session is opened by credentials, and there are none")?;
        let cache = components.identity_cache();
        let opener = cache.resolve_cached_identity(resolver.clone(), components, bag).await?;
        let credentials = opener.data::<Credentials>().ok_or("a session is opened by credentials")?;
        let open = self.open(of, credentials);
        let now = components.time_source().unwrap_or_default().now();
        if let Some(identity) = open.yield_or_clear_if_expired(now).await {
            return Ok(identity);
        }
        open.get_or_load(|| self.call(of, resolver, components, bag)).await
    }

    /// What is known of a session, in front of all others.
    fn open(&self, of: &str, credentials: &Credentials) -> ExpiringCache<Identity, BoxError> {
        let mut all = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let position = all.iter().position(|open| open.of == of && open.credentials == *credentials);
        let open = position.and_then(|position| all.remove(position)).unwrap_or_else(|| Open {
            of: of.to_owned(),
            credentials: credentials.clone(),
            identity: ExpiringCache::new(EARLY),
        });
        let identity = open.identity.clone();
        all.push_front(open);
        all.truncate(KEPT);
        identity
    }

    /// Opens a session: its credentials, and when it expires.
    async fn call(
        &self,
        of: &str,
        opener: SharedIdentityResolver,
        components: &RuntimeComponents,
        bag: &ConfigBag,
    ) -> Result<(Identity, SystemTime), BoxError> {
        let spec = (self.session.spec)();
        let inherited = StaticRuntimePlugin::new().with_config(settings(bag)).with_runtime_components(
            RuntimeComponentsBuilder::new("SessionProvider")
                .with_identity_resolver(sigv4::SCHEME_ID, opener)
                .with_identity_cache(Some(components.identity_cache()))
                .with_endpoint_resolver(Some(components.endpoint_resolver()))
                .with_http_client(components.http_client()),
        );
        let plugins = self
            .plugins
            .clone()
            .with_operation_plugin(SharedRuntimePlugin::new(OperationPlugin::new(spec)))
            .with_operation_plugin(inherited);
        let output = invoke(spec, plugins, (self.session.input)(of)).await?;
        let credentials = (self.session.output)(&output).and_then(|output| match output.view_of("Credentials") {
            View::Structure(credentials) => read(credentials),
            _ => None,
        });
        let (credentials, expires) = credentials.ok_or("the service has opened no session")?;
        Ok((credentials.into(), expires))
    }
}

/// The settings of a call that the call of its session has as well.
fn settings(bag: &ConfigBag) -> FrozenLayer {
    let mut layer = Layer::new("SessionProvider");
    layer.store_or_unset(bag.load::<Region>().cloned());
    layer.store_or_unset(bag.load::<SigningRegion>().cloned());
    layer.store_or_unset(bag.load::<EndpointUrl>().cloned());
    layer.store_or_unset(bag.load::<UseFips>().cloned());
    layer.store_or_unset(bag.load::<UseDualStack>().cloned());
    layer.freeze()
}

/// The credentials of a session, and when they expire.
fn read(session: &dyn Shape) -> Option<(Credentials, SystemTime)> {
    // What an answer lacks of what it has to have is there, and empty.
    let text = |name: &str| match session.view_of(name) {
        View::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    };
    let View::Timestamp(expires) = session.view_of("Expiration") else { return None };
    let expires = SystemTime::try_from(*expires).ok()?;
    let token = text("SessionToken")?.to_owned();
    let (id, secret) = (text("AccessKeyId")?, text("SecretAccessKey")?);
    let mut credentials = Credentials::new(id, secret, Some(token), Some(expires), "s3express");
    credentials.get_property_mut_or_default::<Vec<AwsCredentialFeature>>().push(AwsCredentialFeature::S3ExpressBucket);
    Some((credentials, expires))
}
