//! Endpoints that say how callers authenticate to them, by their property `authSchemes`.

use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemeOption, AuthSchemeOptionsFuture};
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use std::borrow::Cow;

use crate::BoxError;

/// What the endpoint of the call asks for, and after it what else the service takes.
///
/// # Errors
/// The future fails where there is no endpoint, or where the client knows none of the ways that it asks for.
pub(super) fn preferred<'a>(
    modeled: Vec<AuthSchemeOption>,
    bag: &'a ConfigBag,
    components: &'a RuntimeComponents,
) -> AuthSchemeOptionsFuture<'a> {
    AuthSchemeOptionsFuture::new(async move {
        let params = bag.load::<EndpointResolverParams>().ok_or("the call has no parameters of endpoints")?;
        let endpoint = components.endpoint_resolver().resolve_endpoint(params).await?;
        let asked = asked_by(&endpoint);
        if !asked.is_empty() && asked.iter().all(|id| components.auth_scheme(id).is_none()) {
            return Err(unknown(&asked));
        }
        Ok(merged(asked, modeled))
    })
}

/// The ways that an endpoint asks for, the preferred one first.
fn asked_by(endpoint: &Endpoint) -> Vec<AuthSchemeId> {
    let typed = endpoint.auth_schemes().iter().map(|scheme| scheme.name());
    let listed = match endpoint.properties().get("authSchemes") {
        Some(Document::Array(schemes)) => schemes.as_slice(),
        _ => &[],
    };
    let listed = listed.iter().filter_map(|scheme| scheme.as_object()?.get("name")?.as_string());
    typed.chain(listed).map(|name| AuthSchemeId::from(Cow::Owned(name.to_owned()))).collect()
}

/// Those that the endpoint asks for in its order, with what the model says of them, and then those of the model alone.
fn merged(asked: Vec<AuthSchemeId>, modeled: Vec<AuthSchemeOption>) -> Vec<AuthSchemeOption> {
    let (both, rest): (Vec<_>, Vec<_>) = modeled.into_iter().partition(|option| asked.contains(option.scheme_id()));
    let asked = asked.into_iter().map(|id| {
        let known = both.iter().find(|option| *option.scheme_id() == id);
        known.cloned().unwrap_or_else(|| AuthSchemeOption::from(id))
    });
    asked.chain(rest).collect()
}

/// Why a call cannot be made: nothing here can do what the endpoint asks for.
fn unknown(asked: &[AuthSchemeId]) -> BoxError {
    let names: Vec<_> = asked.iter().map(AuthSchemeId::inner).collect();
    let hint = match asked.iter().any(|id| id.inner() == "sigv4a") {
        true => "turn on the feature `sigv4a` of the client",
        false => "add it by `push_auth_scheme` of the configuration",
    };
    format!("the endpoint takes requests that are authenticated by {} only: {hint}", names.join(" or ")).into()
}

#[cfg(test)]
mod tests {
    use super::{AuthSchemeId, AuthSchemeOption, merged, unknown};

    fn order(asked: &[&'static str], modeled: &[&'static str]) -> Vec<String> {
        let options = modeled.iter().map(|name| AuthSchemeOption::from(AuthSchemeId::new(name)));
        let asked = asked.iter().map(|name| AuthSchemeId::new(name)).collect();
        merged(asked, options.collect()).iter().map(|option| option.scheme_id().inner().to_owned()).collect()
    }

    #[test]
    fn what_the_endpoint_asks_for_comes_first() {
        assert_eq!(order(&["sigv4a", "sigv4"], &["sigv4", "noAuth"]), ["sigv4a", "sigv4", "noAuth"]);
        assert_eq!(order(&[], &["sigv4", "httpBearerAuth"]), ["sigv4", "httpBearerAuth"]);
        assert_eq!(order(&["sigv4-s3express"], &["sigv4", "sigv4a"]), ["sigv4-s3express", "sigv4", "sigv4a"]);
    }

    #[test]
    fn what_is_not_known_is_told_with_what_to_do() {
        let said = |name| unknown(&[AuthSchemeId::new(name)]).to_string();
        assert_eq!(
            said("sigv4a"),
            "the endpoint takes requests that are authenticated by sigv4a only: turn on the feature `sigv4a` of the client"
        );
        assert!(said("moon").ends_with("by moon only: add it by `push_auth_scheme` of the configuration"));
    }
}
