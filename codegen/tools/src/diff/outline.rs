//! Outlines of requests and responses: a line per member, with its Rust type, what it needs and its limits.

use super::compare::limits_text;
use super::outcome::{Mark, SketchLine};
use super::shape_text::shape_text;
use super::side::Side;
use smithy_client_codegen::model::{Constraints, Member, Operation, Shape, ShapeId, ShapeKind};
use smithy_client_codegen::names;

/// The outline of an input.
pub(super) fn request(side: &Side<'_>, operation: &Operation) -> Vec<SketchLine> {
    outline(side, operation.input.as_ref(), true)
}

/// The outline of an output.
pub(super) fn response(side: &Side<'_>, operation: &Operation) -> Vec<SketchLine> {
    outline(side, operation.output.as_ref(), false)
}

/// The errors, a line each.
pub(super) fn errors(operation: &Operation) -> Vec<SketchLine> {
    operation.errors.iter().map(|id| line(0, names::type_name(id.name()))).collect()
}

fn outline(side: &Side<'_>, id: Option<&ShapeId>, is_input: bool) -> Vec<SketchLine> {
    let mut lines = Vec::new();
    if let Some(id) = id {
        let mut writer = Writer { side, lines: &mut lines, open: Vec::new(), is_input };
        writer.members(id, 0);
    }
    lines
}

fn line(depth: usize, text: String) -> SketchLine {
    SketchLine { mark: Mark::Same, depth, text }
}

struct Writer<'w, 'm> {
    side: &'w Side<'m>,
    lines: &'w mut Vec<SketchLine>,
    /// Shapes on the way to the present one, so that recursive shapes end.
    open: Vec<ShapeId>,
    is_input: bool,
}

impl<'m> Writer<'_, 'm> {
    fn members(&mut self, id: &ShapeId, depth: usize) {
        if self.open.contains(id) {
            self.lines.push(line(depth, "..".to_owned()));
            return;
        }
        self.open.push(id.clone());
        let shape = self.side.shape(id);
        let is_union = matches!(shape.kind, ShapeKind::Union(_));
        let members: &'m [Member] = match &shape.kind {
            ShapeKind::Structure(structure) => &structure.members,
            ShapeKind::Union(members) => members,
            _ => &[],
        };
        for member in members {
            let text = self.text(member, is_union);
            self.lines.push(line(depth, text));
            self.below(&member.target, depth + 1);
        }
        self.open.pop();
    }

    /// What a member holds: members of a structure, through lists and maps.
    fn below(&mut self, id: &ShapeId, depth: usize) {
        match &self.side.shape(id).kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) => self.members(id, depth),
            ShapeKind::List { member, .. } => self.below(&member.target, depth),
            ShapeKind::Map { value, .. } => self.below(&value.target, depth),
            _ => {}
        }
    }

    fn text(&self, member: &Member, is_union: bool) -> String {
        let target = self.side.shape(&member.target);
        let ty = shape_text(self.side.model, &member.target);
        let mut remarks = Vec::new();
        if member.required && !is_union {
            remarks.push(if self.is_input { "required".to_owned() } else { "always there".to_owned() });
        }
        if member.idempotency_token && self.is_input {
            remarks.push("filled in when unset".to_owned());
        }
        if let Some(default) = member.default.as_ref().filter(|value| !value.is_null()) {
            remarks.push(format!("default {default}"));
        }
        remarks.extend(limits(&member.constraints, target));
        remarks.extend(values(target));
        let name = if is_union { names::variant(&member.name) } else { names::field(&member.name) };
        match remarks.is_empty() {
            true => format!("{name}: {ty}"),
            false => format!("{name}: {ty} ({})", remarks.join("; ")),
        }
    }
}

/// Length and range of a member, its own before its target's.
fn limits(own: &Constraints, target: &Shape) -> Vec<String> {
    let noun = match target.kind {
        ShapeKind::List { .. } => "elements",
        ShapeKind::Map { .. } => "entries",
        ShapeKind::Blob => "bytes",
        _ => "characters",
    };
    let length = own.length.or(target.constraints.length);
    let length = length.and_then(|(least, most)| {
        let least = least.filter(|least| *least > 0);
        limits_text(least.map(|number| number.to_string()), most.map(|number| number.to_string()))
    });
    let range = own.range.as_ref().or(target.constraints.range.as_ref());
    let range = range.and_then(|(least, most)| {
        limits_text(least.as_ref().map(ToString::to_string), most.as_ref().map(ToString::to_string))
    });
    length.map(|length| format!("{length} {noun}")).into_iter().chain(range).collect()
}

/// The values of an enum.
fn values(target: &Shape) -> Option<String> {
    match &target.kind {
        ShapeKind::Enum(values) => {
            Some(values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(" | "))
        }
        _ => None,
    }
}

/// Both outlines as one, with marks; only what changed and the lines that hold it.
pub(super) fn changed_lines(old: &[SketchLine], new: &[SketchLine]) -> Vec<SketchLine> {
    let merged = merged(&sorted(old), &sorted(new));
    let mut kept = Vec::new();
    // From below upwards: a line that holds a kept one stands at a smaller depth.
    let mut holder_depth = 0;
    for line in merged.into_iter().rev() {
        let changed = line.mark != Mark::Same;
        if changed || line.depth < holder_depth {
            holder_depth = line.depth;
            kept.push(line);
        }
    }
    kept.reverse();
    kept
}

/// An outline whose lines stand, below each line that holds them, in the order of their texts: the order of members is
/// no change.
fn sorted(lines: &[SketchLine]) -> Vec<SketchLine> {
    let Some(least) = lines.iter().map(|line| line.depth).min() else { return Vec::new() };
    let starts: Vec<usize> = (0..lines.len()).filter(|&position| lines[position].depth == least).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut blocks: Vec<&[SketchLine]> = starts.iter().zip(ends).map(|(&start, end)| &lines[start..end]).collect();
    blocks.sort_by(|left, right| left[0].text.cmp(&right[0].text));
    let block =
        |block: &&[SketchLine]| std::iter::once(block[0].clone()).chain(sorted(&block[1..])).collect::<Vec<_>>();
    blocks.iter().flat_map(block).collect()
}

/// The longest common subsequence of the two outlines, with what each has beside it.
fn merged(old: &[SketchLine], new: &[SketchLine]) -> Vec<SketchLine> {
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for (i, left) in old.iter().enumerate().rev() {
        for (j, right) in new.iter().enumerate().rev() {
            common[i][j] =
                if left == right { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    loop {
        match (old.get(i), new.get(j)) {
            (Some(left), Some(right)) if left == right => {
                lines.push(left.clone());
                (i, j) = (i + 1, j + 1);
            }
            (Some(left), right) if right.is_none() || common[i + 1][j] >= common[i][j + 1] => {
                lines.push(SketchLine { mark: Mark::Removed, ..left.clone() });
                i += 1;
            }
            (_, Some(right)) => {
                lines.push(SketchLine { mark: Mark::Added, ..right.clone() });
                j += 1;
            }
            (_, None) => return lines,
        }
    }
}
