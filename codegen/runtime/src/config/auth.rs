//! Which auth schemes a call may use. Emitted crates have it as `config::auth`.

use std::fmt;

use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture, ResolveAuthSchemeOptions,
    SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// What a resolver of auth schemes knows of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    operation_name: &'static str,
    is_signed: bool,
}

impl Params {
    pub(crate) fn new(operation_name: &'static str, is_signed: bool) -> Self {
        Self { operation_name, is_signed }
    }

    /// The operation that is called, as the model names it.
    pub fn operation_name(&self) -> &str {
        self.operation_name
    }
}

/// Chooses the auth schemes of a call, the preferred one first. Each must be one that the client has, or that the
/// configuration adds by `push_auth_scheme`.
pub trait ResolveAuthScheme: Send + Sync + fmt::Debug {
    /// The schemes to choose from.
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        cfg: &'a ConfigBag,
        runtime_components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a>;

    /// The resolver in the form that the engine takes.
    fn into_shared_resolver(self) -> SharedAuthSchemeOptionResolver
    where
        Self: Sized + 'static,
    {
        SharedAuthSchemeOptionResolver::new(ByParams(self))
    }
}

/// Chooses what the model says: a signature with the credentials (SigV4), or none.
#[derive(Clone, Debug, Default)]
pub struct DefaultAuthSchemeResolver;

impl ResolveAuthScheme for DefaultAuthSchemeResolver {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        bag: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        #[cfg(feature = "session-auth")]
        if params.is_signed && components.auth_scheme(crate::session::SCHEME_ID).is_some() {
            return AuthSchemeOptionsFuture::new(crate::session::schemes(bag, components));
        }
        #[cfg(not(feature = "session-auth"))]
        let _ = (bag, components);
        let scheme = if params.is_signed { SCHEME_ID } else { NO_AUTH_SCHEME_ID };
        AuthSchemeOptionsFuture::ready(Ok(vec![AuthSchemeOption::from(scheme)]))
    }
}

/// Hands the parameters of a call to a resolver, which the engine has without their type.
#[derive(Debug)]
struct ByParams<T>(T);

impl<T: ResolveAuthScheme> ResolveAuthSchemeOptions for ByParams<T> {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        cfg: &'a ConfigBag,
        runtime_components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_auth_scheme(params, cfg, runtime_components),
            None => AuthSchemeOptionsFuture::ready(Err("the call has no parameters of auth schemes".into())),
        }
    }
}
