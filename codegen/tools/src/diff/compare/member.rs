//! Members of structures and unions, of lists and maps.

use super::super::equality::{reads_as, wire_name};
use super::super::outcome::{Change, Fate, Verdict};
use super::super::rules::{self, Rule};
use super::super::shape_text::shape_text;
use super::super::side::Side;
use super::{Comparison, Role, Site, narrowed, widened};
use smithy_client_codegen::model::{Binding, Member, Shape, ShapeKind, TimestampFormat};

use Verdict::{Additive, Breaking, Changed, Same};

/// A member of both models with its Rust items.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Member,
    pub(super) new: &'a Member,
    before: Option<String>,
    after: Option<String>,
    /// Whether the Rust items differ.
    rust: Verdict,
}

impl Pair<'_> {
    pub(super) fn change(&self, site: &Site, rule: Rule, sentence: impl std::fmt::Display) -> Change {
        let change = site.change(rule, Fate::Changed, format!("`{}` {sentence}", self.new.name));
        let change = change.of_member(&self.new.name, Some(self.new.target.name()));
        match self.rust {
            Same => change,
            _ => change.with_items(self.before.as_deref(), self.after.as_deref()),
        }
    }
}

impl<'m> Comparison<'m> {
    /// Compares the members of a shape that both models have.
    pub(super) fn members(&mut self, site: &Site, old: &[&Member], new: &[&Member]) {
        for member in old.iter().filter(|member| find(new, &member.name).is_none()) {
            self.member_removed(site, member);
        }
        for member in new {
            match find(old, &member.name) {
                Some(before) => self.member(site, before, member),
                None => self.member_added(site, member),
            }
        }
    }

    fn member_removed(&mut self, site: &Site, member: &Member) {
        let (before, _) = self.member_items(site, &member.name, &member.name);
        let direction = site.direction();
        let received = match (direction.is_received(), member.required) {
            (true, true) => Breaking,
            (true, false) => Changed,
            (false, _) => Same,
        };
        let wire = narrowed(direction).max(received);
        let sentence = format!("`{}` is gone from {}", member.name, site.whole());
        let change = site.change(rules::MEMBER_REMOVED, Fate::Removed, sentence);
        let rust = if self.old.surface.is_some() && before.is_none() { Same } else { Breaking };
        let change = change.of_member(&member.name, Some(member.target.name())).with_items(before.as_deref(), None);
        self.push(change.judged(wire, rust, wire));
    }

    fn member_added(&mut self, site: &Site, member: &Member) {
        let (_, after) = self.member_items(site, &member.name, &member.name);
        let must_be_sent = member.required && site.direction().is_sent() && site.role != Role::Union;
        let new_variant = site.role == Role::Union && site.direction().is_received();
        let (rule, wire, behaviour, more) = match (must_be_sent, new_variant) {
            (true, _) => (rules::MEMBER_ADDED_REQUIRED, Breaking, Breaking, ", and requests must have it"),
            (false, true) => (rules::MEMBER_ADDED, Additive, Changed, ", which callers received as unknown before"),
            (false, false) => (rules::MEMBER_ADDED, Additive, Same, ""),
        };
        let sentence = format!("`{}` is new in {}{more}", member.name, site.whole());
        let change = site.change(rule, Fate::Added, sentence).of_member(&member.name, Some(member.target.name()));
        self.push(change.with_items(None, after.as_deref()).judged(wire, Additive, behaviour));
    }

    fn member(&mut self, site: &Site, old: &Member, new: &Member) {
        let (before, after) = self.member_items(site, &old.name, &new.name);
        let rust = self.rust_verdict(before.as_deref(), after.as_deref(), Changed);
        let pair = Pair { old, new, before, after, rust };
        let found_before = self.changes.len();
        self.member_type(site, &pair);
        self.member_presence(site, &pair);
        self.member_default(site, &pair);
        self.member_place(site, &pair);
        self.member_xml(site, &pair);
        self.member_roles(site, &pair);
        let named = Some((new.name.as_str(), new.target.name()));
        self.limits(site, named, &old.constraints, &new.constraints);
        let explained = self.changes[found_before..].iter().any(|change| change.verdicts.rust == Breaking);
        if pair.rust == Breaking && !explained {
            let change =
                pair.change(site, rules::MEMBER_RUST_TYPE, "has another Rust type, which follows from its type");
            self.push(change.judged(Same, Breaking, Same).unseen_by_readers());
        }
        let rules = (rules::MEMBER_DEPRECATED, rules::MEMBER_REVIVED);
        self.deprecation(site, rules, Some(&new.name), (old.deprecated.as_ref(), new.deprecated.as_ref()));
        self.documentation(site, Some(&new.name), old.documentation.as_deref(), new.documentation.as_deref());
    }

    /// What the member targets. Where the name of the target is the same, the target is compared on its own.
    fn member_type(&mut self, site: &Site, pair: &Pair<'_>) {
        let (old, new) = (self.old.shape(&pair.old.target), self.new.shape(&pair.new.target));
        if self.old.key(&old.id) == self.new.key(&new.id) {
            return;
        }
        let (from, to) = (shape_text(self.old.model, &old.id), shape_text(self.new.model, &new.id));
        if !self.same_form(&old.id, &new.id) {
            let wire = if reads_as(old, new) { Changed } else { Breaking };
            let rust = if pair.rust == Same { Same } else { Breaking };
            let mut change = pair.change(
                site,
                rules::MEMBER_TYPE,
                format!("is `{to}` ({}), it was `{from}` ({})", new.id.name(), old.id.name()),
            );
            if change.before.is_none() {
                change = change.with_items(Some(&from), Some(&to));
            }
            self.push(change.judged(wire, rust, wire));
            return;
        }
        if pair.rust == Breaking {
            let sentence = format!("is `{to}`, it was `{from}` of the same form");
            self.push(pair.change(site, rules::MEMBER_TYPE_NAME, sentence).judged(Same, Breaking, Same));
        }
        let found_before = self.changes.len();
        let member = Some((pair.new.name.as_str(), new.id.name()));
        self.limits(site, member, &old.constraints, &new.constraints);
        if old.sensitive != new.sensitive {
            let word =
                if new.sensitive { "is a secret now, and hidden in debug output" } else { "is no secret any more" };
            self.push(pair.change(site, rules::MEMBER_SENSITIVE, word).judged(Same, Same, Changed));
        }
        if pair.rust == Same && self.changes.len() == found_before {
            let sentence = format!("targets {}, it was {} of the same form", new.id.name(), old.id.name());
            let change = pair.change(site, rules::MEMBER_TARGET, sentence).judged(Same, Same, Same);
            self.push(change.unseen_by_readers());
        }
    }

    fn member_presence(&mut self, site: &Site, pair: &Pair<'_>) {
        let direction = site.direction();
        if pair.old.required != pair.new.required && site.role != Role::Union {
            let received = if direction.is_received() { Changed } else { Same };
            let (rule, sentence, wire, behaviour) = match pair.new.required {
                true if direction.is_sent() => {
                    (rules::MEMBER_REQUIRED, "must be there now: requests without it are refused", Breaking, Breaking)
                }
                true => (rules::MEMBER_REQUIRED, "is always there now", Additive, rust_follows(pair, received)),
                false => (rules::MEMBER_NOT_REQUIRED, "may be left out now", widened(direction), widened(direction)),
            };
            self.push(pair.change(site, rule, sentence).judged(wire, pair.rust, behaviour));
        }
        if pair.old.client_optional != pair.new.client_optional && pair.rust != Same && site.role != Role::Input {
            let word = if pair.new.client_optional {
                "is always an option in clients now"
            } else {
                "is no longer always an option in clients"
            };
            self.push(pair.change(site, rules::MEMBER_CLIENT_OPTIONAL, word).judged(Same, pair.rust, Changed));
        }
    }

    fn member_default(&mut self, site: &Site, pair: &Pair<'_>) {
        let input = |side: &Side<'m>| side.operation(&site.name).and_then(|operation| operation.input.as_ref());
        let owner = |side: &Side<'m>| if site.role == Role::Input { input(side) } else { None };
        let defaults = (self.old.default(owner(&self.old), pair.old), self.new.default(owner(&self.new), pair.new));
        let (rule, sentence) = match defaults {
            (old, new) if old == new => return,
            (Some(old), None) => (rules::MEMBER_DEFAULT_REMOVED, format!("lost its default {old}")),
            (None, Some(new)) => (rules::MEMBER_DEFAULT_ADDED, format!("gained the default {new}")),
            (Some(old), Some(new)) => (rules::MEMBER_DEFAULT_CHANGED, format!("has the default {new}, it was {old}")),
            (None, None) => return,
        };
        // A member of a type that is sent is left out of requests while it equals a default of zero.
        let wire = if site.role == Role::Data && site.direction().is_sent() { Changed } else { Same };
        self.push(pair.change(site, rule, sentence).judged(wire, pair.rust, Changed));
    }

    /// Where and in what form the member stands in a message.
    fn member_place(&mut self, site: &Site, pair: &Pair<'_>) {
        let is_bound = matches!(site.role, Role::Input | Role::Output | Role::Error);
        if is_bound && pair.old.binding != pair.new.binding {
            let sentence = format!("goes {}, it went {}", place(&pair.new.binding), place(&pair.old.binding));
            let change = pair.change(site, rules::MEMBER_BINDING, sentence).judged(Breaking, Same, Same);
            self.push(change.unseen_by_readers());
        }
        let (old_name, new_name) = (wire_name(pair.old), wire_name(pair.new));
        if old_name != new_name {
            let sentence = format!("is called {new_name:?} in bodies, it was {old_name:?}");
            let change = pair.change(site, rules::MEMBER_WIRE_NAME, sentence).judged(Breaking, Same, Same);
            self.push(change.unseen_by_readers());
        }
        let formats = (format(&self.old, pair.old), format(&self.new, pair.new));
        let of_target = |side: &Side<'_>, member: &Member| side.shape(&member.target).timestamp_format;
        let by_target = pair.old.timestamp_format.is_none()
            && pair.new.timestamp_format.is_none()
            && self.old.key(&pair.old.target) == self.new.key(&pair.new.target)
            && of_target(&self.old, pair.old) != of_target(&self.new, pair.new);
        if formats.0 != formats.1 && !by_target {
            let sentence = format!("is sent as {}, it was {}", format_text(formats.1), format_text(formats.0));
            let change = pair.change(site, rules::MEMBER_TIMESTAMP_FORMAT, sentence).judged(Breaking, Same, Same);
            self.push(change.unseen_by_readers());
        }
    }

    /// What else the member does: token, part of the host, parameter of the endpoint.
    fn member_roles(&mut self, site: &Site, pair: &Pair<'_>) {
        let (old, new) = (pair.old, pair.new);
        if site.role == Role::Input && old.idempotency_token != new.idempotency_token {
            let change = match new.idempotency_token {
                true => pair
                    .change(
                        site,
                        rules::MEMBER_TOKEN_ADDED,
                        "is filled in when unset, so that a retried call acts once",
                    )
                    .judged(Additive, Same, Changed),
                false => pair
                    .change(site, rules::MEMBER_TOKEN_REMOVED, "is no longer filled in: a retried call may act twice")
                    .judged(Changed, Same, Breaking),
            };
            self.push(change);
        }
        if old.host_label != new.host_label {
            let word =
                if new.host_label { "is part of the host name now" } else { "is no longer part of the host name" };
            let change = pair.change(site, rules::MEMBER_HOST_LABEL, word).judged(Breaking, Same, Changed);
            self.push(change.unseen_by_readers());
        }
        if old.context_param != new.context_param {
            let name = |member: &Member| member.context_param.clone().unwrap_or_else(|| "no parameter".to_owned());
            let sentence = format!("fills {} of the endpoint rules, it was {}", name(new), name(old));
            let change = pair.change(site, rules::MEMBER_CONTEXT_PARAM, sentence).judged(Same, Same, Changed);
            self.push(change.unseen_by_readers());
        }
    }
}

fn find<'a>(members: &[&'a Member], name: &str) -> Option<&'a Member> {
    members.iter().copied().find(|member| member.name == name)
}

/// What running code notices of a Rust change: nothing where the Rust item is the same.
fn rust_follows(pair: &Pair<'_>, verdict: Verdict) -> Verdict {
    if pair.rust == Same { Same } else { verdict }
}

/// The format of the timestamps that a member holds, if the model gives one.
fn format(side: &Side<'_>, member: &Member) -> Option<TimestampFormat> {
    let target: &Shape = side.shape(&member.target);
    match target.kind {
        ShapeKind::Timestamp => member.timestamp_format.or(target.timestamp_format),
        _ => None,
    }
}

pub(super) fn format_text(format: Option<TimestampFormat>) -> &'static str {
    match format {
        Some(TimestampFormat::DateTime) => "an RFC 3339 text",
        Some(TimestampFormat::HttpDate) => "an HTTP date",
        Some(TimestampFormat::EpochSeconds) => "seconds since 1970",
        None => "its place asks for",
    }
}

fn place(binding: &Binding) -> String {
    match binding {
        Binding::Body => "into the body".to_owned(),
        Binding::Header(name) => format!("into the header {name}"),
        Binding::PrefixHeaders(prefix) => format!("into headers that begin with {prefix:?}"),
        Binding::Query(key) => format!("into the query as {key:?}"),
        Binding::QueryParams => "into the query, by its own keys".to_owned(),
        Binding::Label => "into the path".to_owned(),
        Binding::Payload => "into the body, alone".to_owned(),
        Binding::ResponseCode => "into the status code".to_owned(),
    }
}
