//! The comparison itself: walks both models side by side and notes every change.

mod enumeration;
mod errors;
mod limits;
mod member;
mod operation;
mod pattern;
mod service;
mod shape;
mod traits;
mod waiters;
mod xml;

pub(super) use limits::between as limits_text;
pub(super) use operation::uri;

use super::equality;
use super::outcome::{Change, Direction, Fate, Subject, Verdict, Verdicts};
use super::rules::{self, Rule};
use super::side::{Side, Uses};
use smithy_client_codegen::model::Deprecated;

/// Both sides and what was found so far.
pub(super) struct Comparison<'m> {
    pub(super) old: Side<'m>,
    pub(super) new: Side<'m>,
    pub(super) changes: Vec<Change>,
    /// Texts for readers are compared only if both models have any.
    documented: bool,
}

/// What is being compared: an operation, a type, the service.
pub(super) struct Site {
    pub(super) subject: Subject,
    /// Name in the model.
    pub(super) name: String,
    /// Absolute id, that of the newer model where both have it.
    pub(super) shape: Option<String>,
    /// Rust path of the item that has the members.
    pub(super) path: String,
    pub(super) role: Role,
    pub(super) uses: Uses,
}

/// What a structure is to callers; other shapes are `Data`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Input,
    Output,
    Data,
    Union,
    Error,
}

impl Site {
    pub(super) fn direction(&self) -> Direction {
        self.uses.direction()
    }

    /// What has the members, in words.
    fn whole(&self) -> String {
        match self.role {
            Role::Input => format!("the request of `{}`", self.name),
            Role::Output => format!("the response of `{}`", self.name),
            Role::Data | Role::Union | Role::Error => format!("`{}`", self.name),
        }
    }

    /// A change here; what callers read of it is told by the documentation too.
    pub(super) fn change(&self, rule: Rule, fate: Fate, sentence: impl Into<String>) -> Change {
        let documentation = if fate == Fate::Added { Verdict::Additive } else { Verdict::Changed };
        let has_direction = matches!(self.subject, Subject::Operation | Subject::Type);
        Change {
            rule,
            fate,
            subject: self.subject,
            name: self.name.clone(),
            path: (!self.path.is_empty()).then(|| self.path.clone()),
            shape: self.shape.clone(),
            member: None,
            target: None,
            sentence: sentence.into(),
            before: None,
            after: None,
            verdicts: Verdicts { documentation, ..Verdicts::default() },
            direction: has_direction.then(|| self.direction()),
            operations: self.uses.operations(),
            hint: None,
        }
    }
}

impl Change {
    pub(super) fn of_member(mut self, member: &str, target: Option<&str>) -> Self {
        self.member = Some(member.to_owned());
        self.target = target.map(str::to_owned);
        self
    }

    /// The Rust items.
    pub(super) fn with_items(mut self, before: Option<&str>, after: Option<&str>) -> Self {
        self.before = before.map(str::to_owned);
        self.after = after.map(str::to_owned);
        self
    }

    pub(super) fn judged(mut self, wire: Verdict, rust: Verdict, behaviour: Verdict) -> Self {
        let documentation = self.verdicts.documentation;
        self.verdicts = Verdicts { documentation, ..Verdicts::of(wire, rust, behaviour) };
        self
    }

    /// For what no reader is told, such as the path of a request.
    pub(super) fn unseen_by_readers(mut self) -> Self {
        self.verdicts.documentation = Verdict::Same;
        self
    }
}

impl<'m> Comparison<'m> {
    /// Compares everything that the two models have.
    pub(super) fn run(old: Side<'m>, new: Side<'m>) -> Self {
        let documented = old.is_documented() && new.is_documented();
        let mut comparison = Self { old, new, changes: Vec::new(), documented };
        comparison.service();
        comparison.operations();
        comparison.shapes();
        comparison.other_facts();
        comparison.changes.sort_by(|left, right| {
            let key = |change: &Change| (change.subject, change.name.clone());
            key(left).cmp(&key(right))
        });
        comparison
    }

    /// Whether texts for readers were compared.
    pub(super) fn is_documented(&self) -> bool {
        self.documented
    }

    pub(super) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Whether a Rust item is the same; `otherwise` where one of the models has no Rust items.
    fn rust_verdict(&self, before: Option<&str>, after: Option<&str>, otherwise: Verdict) -> Verdict {
        match (&self.old.surface, &self.new.surface) {
            (Some(_), Some(_)) if before == after => Verdict::Same,
            (Some(_), Some(_)) => Verdict::Breaking,
            _ => otherwise,
        }
    }

    /// A field or variant before and after.
    fn member_items(&self, site: &Site, before: &str, after: &str) -> (Option<String>, Option<String>) {
        let item = |side: &Side<'_>, name: &str| {
            side.surface.as_ref().and_then(|surface| surface.member(&site.path, name)).map(str::to_owned)
        };
        (item(&self.old, before), item(&self.new, after))
    }

    /// Compares the texts for readers of something.
    fn documentation(&mut self, site: &Site, member: Option<&str>, old: Option<&str>, new: Option<&str>) {
        if !self.documented || old.map(str::trim) == new.map(str::trim) {
            return;
        }
        let what = member.map_or_else(|| format!("`{}`", site.name), |member| format!("`{member}`"));
        let fate = match (old, new) {
            (None, Some(_)) => "has documentation now",
            (Some(_), None) => "has lost its documentation",
            _ => "has other documentation",
        };
        let mut change = site.change(rules::DOCUMENTATION, Fate::Changed, format!("{what} {fate}"));
        change.member = member.map(str::to_owned);
        self.push(change);
    }

    /// Compares whether something is deprecated; `rules` are for "now" and "no longer".
    fn deprecation(
        &mut self,
        site: &Site,
        (deprecated, revived): (Rule, Rule),
        member: Option<&str>,
        (old, new): (Option<&Deprecated>, Option<&Deprecated>),
    ) {
        let what = member.unwrap_or(&site.name);
        let change = match (old, new) {
            (None, Some(reason)) => {
                let why = reason.message.as_deref().map(|message| format!(": {}", message.trim())).unwrap_or_default();
                let change = site.change(deprecated, Fate::Changed, format!("`{what}` is deprecated{why}"));
                change.judged(Verdict::Same, Verdict::Changed, Verdict::Same)
            }
            (Some(_), None) => {
                let change = site.change(revived, Fate::Changed, format!("`{what}` is no longer deprecated"));
                change.judged(Verdict::Same, Verdict::Additive, Verdict::Same)
            }
            (Some(before), Some(after)) if before != after => {
                let text = |reason: &Deprecated| {
                    let parts = reason.message.iter().chain(&reason.since).map(|part| part.trim());
                    parts.collect::<Vec<_>>().join(", since ")
                };
                let sentence = format!("`{what}` is deprecated for {:?}, it was {:?}", text(after), text(before));
                site.change(rules::DEPRECATION_REWORDED, Fate::Changed, sentence)
            }
            _ => return,
        };
        self.push(Change { member: member.map(str::to_owned), ..change });
    }

    /// Whether shapes of the two models have the same form on the wire, whatever they are called.
    pub(super) fn same_form(
        &self,
        old: &smithy_client_codegen::model::ShapeId,
        new: &smithy_client_codegen::model::ShapeId,
    ) -> bool {
        equality::same_form((&self.old, old), (&self.new, new))
    }
}

/// The verdict on something that is allowed no longer: whoever sends it is refused.
fn narrowed(direction: Direction) -> Verdict {
    if direction.is_sent() { Verdict::Breaking } else { Verdict::Same }
}

/// The verdict on something that is allowed now: whoever receives it may not expect it.
fn widened(direction: Direction) -> Verdict {
    if direction.is_received() { Verdict::Changed } else { Verdict::Additive }
}
