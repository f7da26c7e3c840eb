//! Shapes that operations share.

use super::super::equality::{kind_name, reads_as};
use super::super::outcome::{Fate, Subject, Verdict};
use super::super::rules::{self, Rule};
use super::super::shape_text::shape_text;
use super::super::side::{Side, Uses, members};
use super::member::format_text;
use super::{Comparison, Role, Site};
use smithy_client_codegen::model::{Shape, ShapeKind};
use smithy_client_codegen::names;
use smithy_client_codegen::surface::{error_path, type_path};

use Verdict::{Additive, Breaking, Changed, Same};

impl Comparison<'_> {
    /// Compares every shape but inputs and outputs, which belong to their operations.
    pub(super) fn shapes(&mut self) {
        let (old, new) = (self.old.own_shapes(), self.new.own_shapes());
        let (old_ends, new_ends) = (self.old.ends(), self.new.ends());
        for (key, shape) in &old {
            if !new.contains_key(key) && !old_ends.contains(&shape.id) {
                self.shape_gone(shape);
            }
        }
        for (key, shape) in &new {
            match old.get(key) {
                Some(before) if !(new_ends.contains(&shape.id) && old_ends.contains(&before.id)) => {
                    self.shape(before, shape);
                }
                None if !new_ends.contains(&shape.id) => self.shape_new(shape),
                _ => {}
            }
        }
    }

    fn shape_gone(&mut self, shape: &Shape) {
        let site = site(shape, self.old.uses(&shape.id));
        let item = self.old.surface.as_ref().and_then(|surface| surface.item(&site.path)).map(str::to_owned);
        let change = site.change(rules::TYPE_REMOVED, Fate::Removed, format!("`{}` is gone", site.name));
        let rust = if item.is_some() || is_type_without_surface(&self.old, shape) { Breaking } else { Same };
        let change = change.with_items(item.as_deref(), None).judged(Same, rust, Same);
        self.push(if rust == Same { change.unseen_by_readers() } else { change });
    }

    fn shape_new(&mut self, shape: &Shape) {
        let site = site(shape, self.new.uses(&shape.id));
        let item = self.new.surface.as_ref().and_then(|surface| surface.item(&site.path)).map(str::to_owned);
        let change = site.change(rules::TYPE_ADDED, Fate::Added, format!("`{}` is new", site.name));
        let rust = if item.is_some() || is_type_without_surface(&self.new, shape) { Additive } else { Same };
        let change = change.with_items(None, item.as_deref()).judged(Same, rust, Same);
        self.push(if rust == Same { change.unseen_by_readers() } else { change });
    }

    fn shape(&mut self, old: &Shape, new: &Shape) {
        let site = site(new, self.old.uses(&old.id).join(self.new.uses(&new.id)));
        self.limits(&site, None, &old.constraints, &new.constraints);
        self.traits(&site, old, new);
        self.shape_xml(&site, old, new);
        let rules = (rules::TYPE_DEPRECATED, rules::TYPE_REVIVED);
        self.deprecation(&site, rules, None, (old.deprecated.as_ref(), new.deprecated.as_ref()));
        self.documentation(&site, None, old.documentation.as_deref(), new.documentation.as_deref());
        if kind_name(old) != kind_name(new) {
            self.kind(&site, old, new);
            return;
        }
        self.values(&site, &old.kind, &new.kind);
        self.error(&site, &old.kind, &new.kind);
        self.members(&site, &members(old), &members(new));
        self.builder(&site);
    }

    fn kind(&mut self, site: &Site, old: &Shape, new: &Shape) {
        let (before, after) = (shape_text(self.old.model, &old.id), shape_text(self.new.model, &new.id));
        let sentence =
            format!("`{}` is {}, it was {}", site.name, with_article(kind_name(new)), with_article(kind_name(old)));
        let wire = if reads_as(old, new) { Changed } else { Breaking };
        let rust = if before == after { Same } else { Breaking };
        let change = site.change(rules::TYPE_KIND, Fate::Changed, sentence);
        self.push(change.with_items(Some(&before), Some(&after)).judged(wire, rust, wire));
    }

    fn traits(&mut self, site: &Site, old: &Shape, new: &Shape) {
        let name = &site.name;
        let mut add = |rule: Rule, sentence: String, [wire, rust, behaviour]: [Verdict; 3]| {
            self.push(site.change(rule, Fate::Changed, sentence).judged(wire, rust, behaviour));
        };
        match (old.sensitive, new.sensitive) {
            (false, true) => {
                let sentence = format!("`{name}` holds secrets now, which debug output and logs hide");
                add(rules::TYPE_SENSITIVE, sentence, [Same, Same, Changed]);
            }
            (true, false) => {
                let sentence = format!("`{name}` holds no secrets any more: debug output and logs show its values");
                add(rules::TYPE_NOT_SENSITIVE, sentence, [Same, Same, Changed]);
            }
            _ => {}
        }
        if old.streaming != new.streaming {
            let word = if new.streaming { "streams its bytes now" } else { "no longer streams its bytes" };
            add(rules::TYPE_STREAMING, format!("`{name}` {word}"), [Changed, Breaking, Changed]);
        }
        if old.timestamp_format != new.timestamp_format {
            let (from, to) = (format_text(old.timestamp_format), format_text(new.timestamp_format));
            add(
                rules::TYPE_TIMESTAMP_FORMAT,
                format!("`{name}` is sent as {to}, it was {from}"),
                [Breaking, Same, Same],
            );
        }
        if old.media_type != new.media_type {
            let media_type = |shape: &Shape| shape.media_type.clone().unwrap_or_else(|| "none".to_owned());
            let sentence = format!("`{name}` has the media type {}, it was {}", media_type(new), media_type(old));
            add(rules::TYPE_MEDIA_TYPE, sentence, [Changed, Same, Same]);
        }
        if is_sparse(&old.kind) != is_sparse(&new.kind) && kind_name(old) == kind_name(new) {
            let word = if is_sparse(&new.kind) { "may hold nulls now" } else { "may no longer hold nulls" };
            add(rules::TYPE_SPARSE, format!("`{name}` {word}"), [Changed, Breaking, Changed]);
        }
    }

    /// Whether building a structure can fail.
    pub(super) fn builder(&mut self, site: &Site) {
        let fallible = |side: &Side<'_>| side.surface.as_ref().and_then(|surface| surface.is_fallible(&site.path));
        let (rule, sentence) = match (fallible(&self.old), fallible(&self.new)) {
            (Some(false), Some(true)) => (rules::BUILDER_FALLIBLE, "can fail: something in it must be set"),
            (Some(true), Some(false)) => (rules::BUILDER_INFALLIBLE, "cannot fail any more"),
            _ => return,
        };
        let name = site.path.rsplit("::").next().unwrap_or_default();
        let plain = format!("pub fn build(self) -> {name}");
        let result = format!("pub fn build(self) -> Result<{name}, BuildError>");
        let change = site.change(rule, Fate::Changed, format!("building `{name}` {sentence}"));
        let change = match rule == rules::BUILDER_FALLIBLE {
            true => change.with_items(Some(&plain), Some(&result)),
            false => change.with_items(Some(&result), Some(&plain)),
        };
        self.push(change.judged(Same, Breaking, Same));
    }
}

/// Where a shape is compared that is no input or output.
fn site(shape: &Shape, uses: Uses) -> Site {
    let name = names::type_name(shape.id.name());
    let (path, role) = match &shape.kind {
        ShapeKind::Structure(structure) if structure.error.is_some() => (error_path(&name), Role::Error),
        ShapeKind::Union(_) => (type_path(&name), Role::Union),
        _ => (type_path(&name), Role::Data),
    };
    let shape_id = shape.id.as_str().to_owned();
    Site { subject: Subject::Type, name: shape.id.name().to_owned(), shape: Some(shape_id), path, role, uses }
}

/// Where there are no Rust items to look at: whether the shape would have one.
fn is_type_without_surface(side: &Side<'_>, shape: &Shape) -> bool {
    let has_type = matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_));
    side.surface.is_none() && has_type
}

fn is_sparse(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::List { sparse: true, .. } | ShapeKind::Map { sparse: true, .. })
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}
