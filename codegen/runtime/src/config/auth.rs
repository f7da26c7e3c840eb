//! Which auth schemes a call may use. Emitted crates have it as `config::auth`.

use std::fmt;

use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture, ResolveAuthSchemeOptions,
    SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

#[cfg(feature = "auth-schemes")]
mod by_endpoint;

#[cfg(feature = "auth-schemes")]
use by_endpoint::preferred;

use crate::service::{Auth, Scheme};

/// What a resolver of auth schemes knows of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    operation_name: &'static str,
    auth: Auth,
}

impl Params {
    pub(crate) fn new(operation_name: &'static str, auth: Auth) -> Self {
        Self { operation_name, auth }
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

/// Chooses what the model says, in its order, and before that what the endpoint says where a service leaves it to that.
#[derive(Clone, Debug, Default)]
pub struct DefaultAuthSchemeResolver;

impl ResolveAuthScheme for DefaultAuthSchemeResolver {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        cfg: &'a ConfigBag,
        runtime_components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let options = params.auth.schemes().map(|scheme| AuthSchemeOption::from(scheme.id())).collect();
        match params.auth.by_endpoint && params.auth.schemes != [Scheme::NoAuth] {
            true => preferred(options, cfg, runtime_components),
            false => AuthSchemeOptionsFuture::ready(Ok(options)),
        }
    }
}

/// What the service takes: without the feature no service leaves it to endpoints.
#[cfg(not(feature = "auth-schemes"))]
fn preferred<'a>(
    modeled: Vec<AuthSchemeOption>,
    _: &'a ConfigBag,
    _: &'a RuntimeComponents,
) -> AuthSchemeOptionsFuture<'a> {
    AuthSchemeOptionsFuture::ready(Ok(modeled))
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
