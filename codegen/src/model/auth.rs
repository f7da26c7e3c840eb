//! Ways to authenticate: which ones a service takes, in its order of preference, and which ones an operation takes instead.
//!
//! Smithy gives a service one trait for each, and orders them by `smithy.api#auth`; without that trait the order is that of
//! their ids.

use super::AuthScheme;
use super::traits::{self, id};
use crate::ast::node::{Findings, Node};
use crate::ast::{Shape, Traits};

/// Ways to authenticate that no service of AWS takes and that cannot be emitted.
const OTHERS: [&str; 3] = ["smithy.api#httpApiKeyAuth", "smithy.api#httpBasicAuth", "smithy.api#httpDigestAuth"];

impl AuthScheme {
    /// Those that have a trait, in the order of its ids.
    const ALL: [Self; 3] = [Self::SigV4, Self::SigV4a, Self::HttpBearer];

    /// Its trait; of [`Self::NoAuth`] the shape that stands for it in lists.
    pub fn id(self) -> &'static str {
        match self {
            Self::SigV4 => id::SIGV4,
            Self::SigV4a => id::SIGV4A,
            Self::HttpBearer => id::HTTP_BEARER_AUTH,
            Self::NoAuth => "smithy.api#noAuth",
        }
    }
}

/// What a service takes, the preferred one first; nothing where requests are anonymous.
pub(super) fn of_service(service: &Shape) -> Vec<AuthScheme> {
    let listed = service.traits.get(id::AUTH).and_then(|list| list.value.as_array());
    let is_there = |scheme: &AuthScheme| service.traits.has(scheme.id());
    match listed {
        Some(listed) => listed.iter().filter_map(|item| known(item.as_str()?)).filter(is_there).collect(),
        None => AuthScheme::ALL.into_iter().filter(is_there).collect(),
    }
}

/// What an operation takes instead of what the service does, [`AuthScheme::NoAuth`] last where callers may be anonymous;
/// `None` where it says nothing. Reports an operation that takes nothing which can be emitted.
pub(super) fn of_operation(operation: &Traits, service: &Shape, findings: &mut Findings) -> Option<Vec<AuthScheme>> {
    let of_service = of_service(service);
    let is_optional = traits::flag(operation, id::OPTIONAL_AUTH, findings);
    let own = operation.get(id::AUTH).map(|list| {
        let node = list.node();
        let listed = listed(&node, findings);
        let found: Vec<_> = listed.iter().copied().flatten().filter(|scheme| of_service.contains(scheme)).collect();
        if found.is_empty() && !listed.is_empty() && !of_service.is_empty() {
            let ids: Vec<_> = of_service.iter().map(|scheme| scheme.id()).collect();
            let message = "none of these ways to authenticate can be emitted: the service has";
            findings.unsupported(&node.at, format!("{message} {}", ids.join(", ")));
        }
        found
    });
    if of_service.is_empty() || (own.is_none() && !is_optional) {
        return None;
    }
    let mut schemes = own.unwrap_or(of_service);
    if is_optional || schemes.is_empty() {
        schemes.push(AuthScheme::NoAuth);
    }
    Some(schemes)
}

/// Reports a list on the service that has nothing in it which can be emitted, and a service of which nothing can be.
pub(super) fn check_service(service: &Shape, findings: &mut Findings) {
    let ids = AuthScheme::ALL.map(AuthScheme::id).join(", ");
    if let Some(list) = service.traits.get(id::AUTH) {
        let node = list.node();
        let listed = listed(&node, findings);
        if !listed.is_empty() && listed.iter().all(Option::is_none) {
            let hint = format!("{ids} can be emitted, and an empty list for services without authentication");
            findings.error(&node.at, "none of these ways to authenticate can be emitted", hint);
        }
        return;
    }
    let is_known = AuthScheme::ALL.iter().any(|scheme| service.traits.has(scheme.id()));
    for other in OTHERS.iter().filter(|_| !is_known).filter_map(|other| service.traits.get(other)) {
        findings.error(
            &other.at,
            format!("the service authenticates by {} alone, which cannot be emitted", other.id),
            format!("no service of AWS does; {ids} can be emitted, and services without authentication"),
        );
    }
}

/// The name that requests are signed for: that of the trait of either kind of signature.
pub(super) fn signing_name(service: &Shape, findings: &mut Findings) -> Option<String> {
    let signature = [id::SIGV4, id::SIGV4A].into_iter().find_map(|id| Some((id, service.traits.get(id)?)));
    let (id, signature) = signature?;
    let node = signature.node();
    super::service::check_name(&node, "name", |c| c.is_ascii_graphic(), "a word", findings);
    traits::needed_text(&node, id, "name", findings)
}

/// The items of a list of ways to authenticate, `None` for each that cannot be emitted.
fn listed(node: &Node<'_>, findings: &mut Findings) -> Vec<Option<AuthScheme>> {
    let hint = "`auth` is a list of trait ids, such as aws.auth#sigv4";
    node.items(findings, hint).iter().map(|item| item.text(findings, hint).and_then(known)).collect()
}

/// The scheme of a trait.
fn known(id: &str) -> Option<AuthScheme> {
    AuthScheme::ALL.into_iter().find(|scheme| scheme.id() == id)
}
