//! How callers authenticate, as Rust will have it.

use super::customization::Customization;
use super::endpoint::EndpointPlan;
use crate::model::{self, AuthScheme};

/// What the service takes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AuthPlan {
    /// The ways, the preferred one first.
    pub(crate) schemes: Vec<AuthScheme>,
    /// Endpoints say which ways they take, and not all take the same.
    pub(crate) by_endpoint: bool,
    /// The name of the environment's variable with a token, without its prefix: `BEDROCK`.
    pub(crate) token_variable: Option<String>,
    /// It is what the runtime takes for granted.
    pub(crate) is_usual: bool,
}

impl AuthPlan {
    /// Of a service, what its endpoints ask for, and what AWS's own client of it does.
    pub(crate) fn of(service: &model::Service, endpoint: &EndpointPlan, customization: &Customization) -> Self {
        let mut schemes = service.auth.clone();
        let asked = |name: &str| endpoint.auth_schemes.contains(name);
        // What only endpoints tell of stands behind what it is a kind of, as in AWS's own clients.
        let signed = schemes.iter().position(|scheme| *scheme == AuthScheme::SigV4);
        if let Some(signed) = signed.filter(|_| asked("sigv4a") && !schemes.contains(&AuthScheme::SigV4a)) {
            schemes.insert(signed + 1, AuthScheme::SigV4a);
        }
        if customization.anonymous {
            schemes.push(AuthScheme::NoAuth);
        }
        let by_endpoint = endpoint.auth_schemes.iter().any(|name| name != "sigv4");
        let signs_only = service.signing_name.as_ref().map_or(&[][..], |_| &[AuthScheme::SigV4]);
        let takes_tokens = schemes.contains(&AuthScheme::HttpBearer);
        Self {
            is_usual: schemes == signs_only && !by_endpoint,
            token_variable: service
                .signing_name
                .as_ref()
                .filter(|_| takes_tokens)
                .map(|name| name.replace(['-', ' '], "_").to_uppercase()),
            schemes,
            by_endpoint,
        }
    }

    /// Whether the service takes this.
    pub(crate) fn takes(&self, scheme: AuthScheme) -> bool {
        self.schemes.contains(&scheme)
    }
}
