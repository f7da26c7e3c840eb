//! Operations with their routes, errors, pagination, inputs and outputs.

use std::collections::BTreeSet;

use super::super::outcome::{Change, Fate, Subject, Verdict};
use super::super::rules::{self, Rule};
use super::super::side::{Side, Uses, members};
use super::service::auth_schemes;
use super::{Comparison, Role, Site};
use smithy_client_codegen::model::{Operation, Segment, ShapeId};
use smithy_client_codegen::names;
use smithy_client_codegen::surface::{end_path, method_path, operation_error_path};

use Verdict::{Additive, Breaking, Changed, Same};

/// A rule, what is different as the rest of a sentence, and the verdicts on wire and behaviour.
type Fact = (Rule, String, Verdict, Verdict);

impl<'m> Comparison<'m> {
    /// Compares every operation, by name.
    pub(super) fn operations(&mut self) {
        let names = |side: &Side<'m>| -> BTreeSet<&'m str> {
            side.model.operations.iter().map(|operation| operation.id.name()).collect()
        };
        let (old_names, new_names) = (names(&self.old), names(&self.new));
        for name in old_names.union(&new_names) {
            match (self.old.operation(name), self.new.operation(name)) {
                (Some(old), Some(new)) => self.operation(old, new),
                (Some(old), None) => self.operation_gone(old),
                (None, Some(new)) => self.operation_new(new),
                (None, None) => {}
            }
        }
    }

    fn operation_gone(&mut self, operation: &Operation) {
        let name = operation.id.name();
        let site = site(operation, Role::Data, method_path(name));
        let before = self.old.surface.as_ref().and_then(|surface| surface.method(name));
        let change = site.change(rules::OPERATION_REMOVED, Fate::Removed, format!("`{name}` is gone"));
        let change = change.with_items(before, None).judged(Breaking, Breaking, Breaking);
        self.push(Change { direction: None, ..change });
    }

    fn operation_new(&mut self, operation: &Operation) {
        let name = operation.id.name();
        let site = site(operation, Role::Data, method_path(name));
        let after = self.new.surface.as_ref().and_then(|surface| surface.method(name));
        let change = site.change(rules::OPERATION_ADDED, Fate::Added, format!("`{name}` is new"));
        let change = change.with_items(None, after).judged(Additive, Additive, Same);
        self.push(Change { direction: None, ..change });
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let itself = site(new, Role::Data, operation_error_path(new.id.name()));
        let method = site(new, Role::Data, method_path(new.id.name()));
        for (rule, sentence, wire, behaviour) in facts(old, new) {
            let change = method.change(rule, Fate::Changed, format!("`{}` {sentence}", itself.name));
            let change = change.judged(wire, Same, behaviour).unseen_by_readers();
            self.push(Change { direction: None, ..change });
        }
        self.operation_errors(&itself, old, new);
        self.pagination(&method, old, new);
        self.waiters(&method, old, new);
        let rules = (rules::OPERATION_DEPRECATED, rules::OPERATION_REVIVED);
        self.deprecation(&method, rules, None, (old.deprecated.as_ref(), new.deprecated.as_ref()));
        self.documentation(&method, None, old.documentation.as_deref(), new.documentation.as_deref());
        self.end(new, Role::Input, old.input.as_ref(), new.input.as_ref());
        self.end(new, Role::Output, old.output.as_ref(), new.output.as_ref());
    }

    /// Compares an input or output; one that is missing has no members.
    fn end(&mut self, operation: &Operation, role: Role, old: Option<&ShapeId>, new: Option<&ShapeId>) {
        let (old, new) = (old.map(|id| self.old.shape(id)), new.map(|id| self.new.shape(id)));
        let name = operation.id.name();
        let mut site = site(operation, role, end_path(name, role == Role::Input));
        site.shape = new.or(old).map(|shape| shape.id.as_str().to_owned());
        self.members(&site, &old.map(members).unwrap_or_default(), &new.map(members).unwrap_or_default());
        if role == Role::Output {
            self.builder(&site);
        }
        if let (Some(old), Some(new)) = (old, new) {
            self.shape_xml(&site, old, new);
            self.documentation(&site, None, old.documentation.as_deref(), new.documentation.as_deref());
        }
    }

    fn operation_errors(&mut self, site: &Site, old: &Operation, new: &Operation) {
        let keys = |side: &Side<'m>, operation: &Operation| -> BTreeSet<String> {
            operation.errors.iter().map(|id| side.key(id).to_owned()).collect()
        };
        let (before, after) = (keys(&self.old, old), keys(&self.new, new));
        for key in before.symmetric_difference(&after) {
            let error = key.rsplit('#').next().unwrap_or(key);
            let rust_name = names::type_name(error);
            let (old_item, new_item) = self.member_items(site, &rust_name, &rust_name);
            let change = if after.contains(key) {
                let sentence = format!("`{}` can fail with `{error}`, which was an unhandled error before", site.name);
                let change = site.change(rules::OPERATION_ERROR_ADDED, Fate::Added, sentence);
                change.with_items(None, new_item.as_deref()).judged(Additive, Additive, Changed)
            } else {
                let sentence = format!("`{}` no longer names `{error}`; if it comes, it is unhandled", site.name);
                let change = site.change(rules::OPERATION_ERROR_REMOVED, Fate::Removed, sentence);
                change.with_items(old_item.as_deref(), None).judged(Same, Breaking, Changed)
            };
            self.push(Change { direction: None, ..change.of_member(error, Some(error)) });
        }
    }

    fn pagination(&mut self, site: &Site, old: &Operation, new: &Operation) {
        let item = |side: &Side<'m>, operation: &Operation| {
            let surface = side.surface.as_ref()?;
            surface.paginator(operation.id.name()).map(str::to_owned)
        };
        let (before, after) = (item(&self.old, old), item(&self.new, new));
        // Without Rust items the traits stand for them.
        let has = |side: &Side<'m>, item: &Option<String>, operation: &Operation| match side.surface {
            Some(_) => item.is_some(),
            None => operation.paginated.is_some(),
        };
        let name = &site.name;
        let (rule, fate, sentence, rust, behaviour) = match (has(&self.old, &before, old), has(&self.new, &after, new))
        {
            (false, true) => (
                rules::OPERATION_PAGINATION_ADDED,
                Fate::Added,
                format!("`{name}` has a paginator now"),
                Additive,
                Same,
            ),
            (true, false) => {
                let sentence = format!("`{name}` has lost its paginator");
                (rules::OPERATION_PAGINATION_REMOVED, Fate::Removed, sentence, Breaking, Changed)
            }
            (true, true) if before != after || old.paginated != new.paginated => {
                let sentence = format!("the paginator of `{name}` uses other members");
                let rust = self.rust_verdict(before.as_deref(), after.as_deref(), Changed);
                (rules::OPERATION_PAGINATION_CHANGED, Fate::Changed, sentence, rust, Changed)
            }
            _ => return,
        };
        let change = site.change(rule, fate, sentence).with_items(before.as_deref(), after.as_deref());
        self.push(Change { direction: None, ..change.judged(Same, rust, behaviour) });
    }
}

fn site(operation: &Operation, role: Role, path: String) -> Site {
    let name = operation.id.name().to_owned();
    let mut uses = Uses::default();
    if role == Role::Output { &mut uses.received } else { &mut uses.sent }.insert(name.clone());
    Site { subject: Subject::Operation, shape: Some(operation.id.as_str().to_owned()), name, path, role, uses }
}

/// What is different between two operations, apart from members, errors and pagination.
fn facts(old: &Operation, new: &Operation) -> Vec<Fact> {
    let mut facts = route_facts(old, new);
    let mut add = |differs: bool, rule: Rule, sentence: String, wire: Verdict, behaviour: Verdict| {
        if differs {
            facts.push((rule, sentence, wire, behaviour));
        }
    };
    let traits = |operation: &Operation| (operation.readonly, operation.idempotent);
    let kind = |operation: &Operation| match traits(operation) {
        (true, _) => "read-only",
        (false, true) => "idempotent",
        (false, false) => "neither read-only nor idempotent",
    };
    let sentence = format!("is {}, it was {}", kind(new), kind(old));
    add(traits(old) != traits(new), rules::OPERATION_IDEMPOTENCE, sentence, Same, Same);
    let (sentence, behaviour) = auth(old, new);
    add(old.auth != new.auth, rules::OPERATION_AUTH, sentence, Changed, behaviour);
    let word = if new.unsigned_payload { "no longer signs its body" } else { "signs its body now" };
    let differs = old.unsigned_payload != new.unsigned_payload;
    add(differs, rules::OPERATION_PAYLOAD_SIGNING, word.to_owned(), Changed, Same);
    let word = if new.checksum_required { "must carry a checksum now" } else { "need carry no checksum any more" };
    add(old.checksum_required != new.checksum_required, rules::OPERATION_CHECKSUM, word.to_owned(), Breaking, Same);
    let prefix = |operation: &Operation| operation.host_prefix.clone().unwrap_or_else(|| "none".to_owned());
    let sentence = format!("has the host prefix {}, it was {}", prefix(new), prefix(old));
    add(old.host_prefix != new.host_prefix, rules::OPERATION_HOST_PREFIX, sentence, Changed, Changed);
    let parameters =
        |operation: &Operation| (operation.static_context_params.clone(), operation.operation_context_params.clone());
    let sentence = "fills the parameters of the endpoint rules differently".to_owned();
    add(parameters(old) != parameters(new), rules::OPERATION_ENDPOINT_PARAMETERS, sentence, Same, Changed);
    facts
}

/// How callers authenticate now, and what that does to them.
fn auth(old: &Operation, new: &Operation) -> (String, Verdict) {
    match (old.is_anonymous(), new.is_anonymous()) {
        (false, true) => ("is no longer signed".to_owned(), Breaking),
        (true, false) => ("is signed now: it needs credentials".to_owned(), Breaking),
        _ => {
            let said = |operation: &Operation| match &operation.auth {
                Some(schemes) => auth_schemes(schemes),
                None => "the ways of the service".to_owned(),
            };
            (format!("authenticates by {}, it did by {}", said(new), said(old)), Changed)
        }
    }
}

fn route_facts(old: &Operation, new: &Operation) -> Vec<Fact> {
    let mut facts = Vec::new();
    let (before, after) = (&old.http, &new.http);
    if before.method != after.method {
        let sentence = format!("is sent with {}, it was {}", after.method, before.method);
        facts.push((rules::OPERATION_METHOD, sentence, Breaking, Same));
    }
    if before.path != after.path || before.query != after.query {
        let sentence = format!("is sent to {}, it was {}", uri(new), uri(old));
        facts.push((rules::OPERATION_URI, sentence, Breaking, Same));
    }
    if before.code != after.code {
        let sentence = format!("succeeds with {}, it was {}", after.code, before.code);
        facts.push((rules::OPERATION_CODE, sentence, Changed, Same));
    }
    facts
}

/// The path and query of an operation as a model writes them.
pub(in crate::diff) fn uri(operation: &Operation) -> String {
    let segments = operation.http.path.iter().map(|segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Label(member) => format!("/{{{member}}}"),
        Segment::GreedyLabel(member) => format!("/{{{member}+}}"),
    });
    let mut uri: String = segments.collect();
    if uri.is_empty() {
        uri.push('/');
    }
    for (index, (key, value)) in operation.http.query.iter().enumerate() {
        uri.push(if index == 0 { '?' } else { '&' });
        uri.push_str(key);
        if let Some(value) = value {
            uri.push('=');
            uri.push_str(value);
        }
    }
    uri
}
