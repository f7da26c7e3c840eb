//! What a comparison finds, as data: changes with their verdicts, counts, and a sketch of each method.

use serde::Serialize;
use std::fmt;

use super::rules::Rule;

/// Everything that sets one model apart from another.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The service, as the newer model names it for people.
    pub service: String,
    /// How many operations, shapes, members and values came, went and changed.
    pub counts: Counts,
    /// Every change: service first, then endpoints, operations and types, each by name.
    pub changes: Vec<Change>,
    /// What a release tends not to announce, one sentence each: defaults lost or gained, limits on existing shapes.
    pub quiet: Vec<String>,
    /// The methods of the client that are new, gone, or have other requests or responses.
    pub methods: Vec<Method>,
    /// Names of new shapes, inputs and outputs included, by name.
    pub new_shapes: Vec<String>,
    /// Names of shapes that are gone, by name.
    pub removed_shapes: Vec<String>,
    /// The step that the version of the client should take.
    pub bump: Bump,
    /// How much the generated code grows; `None` when one of the models cannot be generated.
    pub growth: Option<Growth>,
    /// What the comparison had to leave out, one sentence each.
    pub notes: Vec<String>,
}

impl Difference {
    /// Whether nothing at all changed, documentation included.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.new_shapes.is_empty() && self.removed_shapes.is_empty()
    }

    /// Whether wire, Rust or behaviour breaks for somebody.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.verdicts.worst() == Verdict::Breaking)
    }

    /// One line: what came, what went and what changed, such as `12 new operations, 69 new shapes`.
    pub fn summary(&self) -> String {
        match self.counts.to_string() {
            counts if !counts.is_empty() => counts,
            _ if self.is_empty() => "no changes".to_owned(),
            _ => "no changes of operations or shapes".to_owned(),
        }
    }
}

/// How many there are of each kind of change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Operations.
    pub operations: Tally,
    /// Shapes that are no operations: types, inputs and outputs. Those whose members alone changed are not counted.
    pub shapes: Tally,
    /// Members of shapes that both models have.
    pub members: Tally,
    /// Values of enums that both models have.
    pub values: Tally,
    /// Errors of operations that both models have; `changed` is always 0.
    pub errors: Tally,
    /// Kinds of endpoint differences and of endpoint parameters.
    pub endpoints: usize,
    /// Facts about the service as a whole.
    pub service: usize,
    /// Traits that clients do not act on, and kinds of shapes that no operation reaches.
    pub facts: usize,
    /// Texts for readers.
    pub documentation: usize,
}

/// Something counted by its fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// In the newer model only.
    pub added: usize,
    /// In the older model only.
    pub removed: usize,
    /// In both, and not the same.
    pub changed: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [
            ("operation", self.operations),
            ("shape", self.shapes),
            ("member", self.members),
            ("enum value", self.values),
            ("operation error", self.errors),
        ];
        let mut parts = Vec::new();
        let fates = [
            ("new", (|tally| tally.added) as fn(Tally) -> usize),
            ("removed", |tally| tally.removed),
            ("changed", |tally| tally.changed),
        ];
        for (fate, number) in fates {
            let present = rows.iter().map(|(noun, tally)| (noun, number(*tally))).filter(|(_, number)| *number > 0);
            parts.extend(present.map(|(noun, number)| plural(number, &format!("{fate} {noun}"))));
        }
        let others = [("endpoint change", self.endpoints), ("change", self.service)];
        parts.extend(others.iter().filter(|(_, number)| *number > 0).map(|(noun, number)| match *noun {
            "change" => format!("{} of the service", plural(*number, noun)),
            _ => plural(*number, noun),
        }));
        if self.facts > 0 {
            parts.push(format!("{} beside what clients use", plural(self.facts, "fact")));
        }
        if self.documentation > 0 {
            parts.push(format!("{} with other documentation", plural(self.documentation, "place")));
        }
        f.write_str(&parts.join(", "))
    }
}

/// A number with its noun.
pub(super) fn plural(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// One difference, and what it means.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The kind of change.
    pub rule: Rule,
    /// Whether something came, went or changed.
    pub fate: Fate,
    /// What it belongs to: the service, an operation or a type.
    pub subject: Subject,
    /// Name of the subject in the model, without namespace.
    pub name: String,
    /// Rust path, within the generated crate, of the item that the change is about or that holds the member.
    pub path: Option<String>,
    /// Absolute id of the shape; `None` for endpoint rules.
    pub shape: Option<String>,
    /// Member, enum value, error or parameter that changed.
    pub member: Option<String>,
    /// Name of the shape that the member targets, or did where the member is gone.
    pub target: Option<String>,
    /// What happened, as a sentence without a full stop.
    pub sentence: String,
    /// The Rust item before, where code meets it.
    pub before: Option<String>,
    /// The Rust item after, where code meets it.
    pub after: Option<String>,
    /// What it means.
    pub verdicts: Verdicts,
    /// Which way data of this shape goes; `None` for the service and for endpoints.
    pub direction: Option<Direction>,
    /// Operations that meet it, by name; empty when it concerns every operation.
    pub operations: Vec<String>,
    /// A likely explanation, such as that something was only renamed.
    pub hint: Option<String>,
}

/// Whether something came, went or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// In the newer model only.
    Added,
    /// In the older model only.
    Removed,
    /// In both, and not the same.
    Changed,
}

/// What a change belongs to, in the order of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The service as a whole.
    Service,
    /// Where requests go.
    Endpoints,
    /// An operation with its input, output and errors.
    Operation,
    /// A shape that operations share.
    Type,
}

/// Which way data goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Callers send it.
    Input,
    /// Callers receive it.
    Output,
    /// Both.
    Both,
}

impl Direction {
    /// Whether callers send it.
    pub fn is_sent(self) -> bool {
        self != Self::Output
    }

    /// Whether callers receive it.
    pub fn is_received(self) -> bool {
        self != Self::Input
    }
}

/// What a change does to somebody who moves from the older to the newer model, from harmless to harmful.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing.
    #[default]
    Same,
    /// There is more, and nothing that was there is touched.
    Additive,
    /// Something is different; look whether it matters to you.
    Changed,
    /// What worked before fails, does not compile, or means something else.
    Breaking,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Same => "same",
            Self::Additive => "additive",
            Self::Changed => "changed",
            Self::Breaking => "breaking",
        })
    }
}

/// The four verdicts on a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdicts {
    /// Whether a client of the older model and the newer service still understand each other.
    pub wire: Verdict,
    /// Whether source code for the older client compiles with the newer one.
    pub rust: Verdict,
    /// What a running program notices: retries, validation, endpoints, defaults, pagination, idempotency, logs.
    pub behaviour: Verdict,
    /// Whether the text for readers is another.
    pub documentation: Verdict,
}

impl Verdicts {
    /// Verdicts that say nothing yet about documentation.
    pub(super) fn of(wire: Verdict, rust: Verdict, behaviour: Verdict) -> Self {
        Self { wire, rust, behaviour, documentation: Verdict::Same }
    }

    /// The most harmful of wire, Rust and behaviour.
    pub fn worst(self) -> Verdict {
        self.wire.max(self.rust).max(self.behaviour)
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wire, rust, behaviour, documentation } = self;
        write!(f, "wire {wire}, Rust {rust}, behaviour {behaviour}, documentation {documentation}")
    }
}

/// A method of the client, sketched.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// Name of the operation in the model.
    pub operation: String,
    /// The method: `create_stage`.
    pub name: String,
    /// Whether it is new, gone or has another request or response.
    pub fate: Fate,
    /// HTTP method and path: `POST /CreateStage`.
    pub route: String,
    /// First sentence of its documentation, if the model has any.
    pub documentation: Option<String>,
    /// The input as an outline; of a changed method only what changed and what holds it.
    pub request: Vec<SketchLine>,
    /// The output as an outline, likewise.
    pub response: Vec<SketchLine>,
    /// The errors, likewise.
    pub errors: Vec<SketchLine>,
}

/// A line of an outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SketchLine {
    /// Whether both outlines have it, or which one.
    pub mark: Mark,
    /// How many levels it stands below the outline's first line.
    pub depth: usize,
    /// The line without indentation.
    pub text: String,
}

/// Which of two outlines has a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Both.
    Same,
    /// The newer.
    Added,
    /// The older.
    Removed,
}

/// The step that the version of the client should take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bump {
    /// While the version is below 1.0.0.
    pub below_one: Step,
    /// From version 1.0.0 on.
    pub from_one: Step,
    /// Why, as a sentence without a full stop.
    pub reason: String,
}

/// A step of a version number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// No release is needed.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// The sizes of the two generated crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Growth {
    /// Of the older model.
    pub before: Size,
    /// Of the newer model.
    pub after: Size,
}

/// The size of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Operations.
    pub operations: usize,
    /// Shapes of the model that carry data; those that every model has are not counted.
    pub shapes: usize,
    /// Files of Rust source.
    pub files: usize,
    /// Lines of Rust source, blank lines and documentation included.
    pub lines: usize,
}
