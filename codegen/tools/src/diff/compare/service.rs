//! The service as a whole, and where its requests go.

use super::super::endpoint;
use super::super::outcome::{Fate, Subject, Verdict};
use super::super::rules::{self, Rule};
use super::super::side::Uses;
use super::{Comparison, Role, Site};
use smithy_client_codegen::model::{AuthScheme, Service};

use Verdict::{Additive, Breaking, Changed, Same};

impl Comparison<'_> {
    pub(super) fn service(&mut self) {
        let (old, new) = (&self.old.model.service, &self.new.model.service);
        let site = site(new, Subject::Service);
        let mut add = |rule: Rule, noun: &str, before: String, after: String, [wire, rust, behaviour]: [Verdict; 3]| {
            if before != after {
                let change = site.change(rule, Fate::Changed, format!("the {noun} is {after}, it was {before}"));
                self.changes.push(change.judged(wire, rust, behaviour));
            }
        };
        let identity = |service: &Service| service.sdk_id.clone();
        add(rules::SERVICE_IDENTITY, "service", identity(old), identity(new), [Breaking, Breaking, Breaking]);
        add(rules::SERVICE_VERSION, "API version", old.version.clone(), new.version.clone(), [Changed, Same, Same]);
        let title = |service: &Service| service.title.clone().unwrap_or_else(|| "not given".to_owned());
        add(rules::SERVICE_TITLE, "title", title(old), title(new), [Same, Same, Same]);
        let protocol = |service: &Service| service.protocol.name().to_owned();
        add(rules::SERVICE_PROTOCOL, "protocol", protocol(old), protocol(new), [Breaking, Same, Changed]);
        let signing = |service: &Service| service.signing_name.clone().unwrap_or_else(|| "none".to_owned());
        add(rules::SERVICE_SIGNING, "signing name", signing(old), signing(new), [Breaking, Same, Breaking]);
        let auth = |service: &Service| auth_schemes(&service.auth);
        let lost = old.auth.iter().any(|scheme| !new.auth.contains(scheme));
        let (rust, behaviour) = if lost { (Breaking, Breaking) } else { (Additive, Changed) };
        add(rules::SERVICE_AUTH, "way to authenticate", auth(old), auth(new), [Changed, rust, behaviour]);
        let codes = |service: &Service| {
            let codes =
                if service.query_compatible { "those of the query protocol" } else { "the names of the errors" };
            codes.to_owned()
        };
        add(rules::SERVICE_QUERY_COMPATIBLE, "set of error codes", codes(old), codes(new), [Breaking, Same, Breaking]);
        self.service_namespace(&site);
        self.documentation(&site, None, old.documentation.as_deref(), new.documentation.as_deref());
        let found = endpoint::compare(old, new);
        let endpoints = self::site(new, Subject::Endpoints);
        for difference in found {
            let change = endpoints.change(difference.rule, difference.fate, difference.sentence);
            let change = change.judged(difference.wire, difference.rust, difference.behaviour).unseen_by_readers();
            let mut change = change.with_items(difference.before.as_deref(), difference.after.as_deref());
            change.member = difference.parameter;
            self.push(change);
        }
    }
}

pub(super) fn site(service: &Service, subject: Subject) -> Site {
    let shape = (subject == Subject::Service).then(|| service.id.as_str().to_owned());
    let name = service.id.name().to_owned();
    Site { subject, name, shape, path: String::new(), role: Role::Data, uses: Uses::default() }
}

/// Ways to authenticate in words, the preferred one first.
pub(super) fn auth_schemes(schemes: &[AuthScheme]) -> String {
    let names: Vec<&str> = schemes.iter().filter_map(|scheme| Some(scheme.id().split_once('#')?.1)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", then ") }
}
