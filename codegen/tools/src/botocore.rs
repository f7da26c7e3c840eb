//! Converts a service description of botocore, the Python SDK's library, to a Smithy 2.0 JSON AST.
//!
//! Botocore's files are made from the same Smithy models that AWS publishes, by a conversion that loses
//! facts: namespaces, default values that are not zero, pagination without a list of results, and more.
//! [`to_ast`] turns the conversion round. What botocore says decides; what it cannot say is kept from the
//! AST of the same service that is known already, or follows from a convention, and a [`Note`] says so.
//!
//! - `metadata` makes the service shape, `operation` and `shape` the rest, `member` what stands in shapes
//! - `pagination` and `waiters` read the files of that name; endpoint rules are Smithy's own already
//! - `otherwise` puts right where botocore differs from AWS's models on purpose
//! - `known` keeps facts from the known AST; `pattern` undoes what botocore does to regular expressions, and `boxes`
//!   and `defaults` know which numbers and booleans without a `box` have no default, `enum_names` names of values
//!
//! Facts and documentation go apart: the AST carries none of botocore's sentences, which are HTML and not
//! ours, and [`Conversion::documentation`] holds them as `apply` statements.

mod boxes;
mod defaults;
mod enum_names;
mod input;
mod known;
mod member;
mod metadata;
mod operation;
mod otherwise;
mod pagination;
mod pattern;
mod shape;
#[cfg(test)]
mod tests;
mod usage;
mod waiters;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::facts::parse;
use input::Fields;
use known::Known;
use smithy_client_codegen::Source;
use smithy_client_codegen::ast::node::{At, Findings, Node};
use smithy_client_codegen::ast::{PRELUDE, json as strict};
use smithy_client_codegen::report::{Diagnostic, Report};
use usage::Usage;

/// How names of shapes begin that hold JSON, as in AWS's own models.
const JSON_SHAPE: &str = "SyntheticJson";

/// Keys of a description that are understood, or that a model has no use for.
const KEYS: [&str; 10] = [
    "version",
    "metadata",
    "operations",
    "shapes",
    "documentation",
    "clientContextParams",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "examples",
];

/// Traits by id, which is the order in which they are written.
type Traits = BTreeMap<String, Value>;

/// The files with which botocore describes one version of a service.
#[derive(Clone, Debug)]
pub struct BotocoreFiles {
    /// `service-2.json`: metadata, operations and shapes.
    pub service: Source,
    /// `paginators-1.json`.
    pub paginators: Option<Source>,
    /// `waiters-2.json`.
    pub waiters: Option<Source>,
    /// `endpoint-rule-set-1.json`.
    pub endpoint_rules: Option<Source>,
}

/// A converted description.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// The Smithy 2.0 JSON AST, facts only. Shapes stand in the order of their ids, traits too, members in
    /// that of botocore.
    pub ast: Value,
    /// Botocore's documentation, in its HTML, as a JSON AST of `apply` statements on the shapes of [`ast`](Self::ast).
    pub documentation: Value,
    /// Facts that botocore does not carry, and where they were taken from.
    pub notes: Vec<Note>,
    /// What botocore says and this conversion does not understand, hence leaves out.
    pub warnings: Vec<Diagnostic>,
}

/// Something that botocore does not say and the AST states all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it comes from, as a sentence without a full stop.
    pub reason: String,
    /// The shapes or members that it is about, by their names, in order.
    pub subjects: Vec<String>,
}

/// Converts the description of one service.
///
/// `known` is the AST of the same service as it was before, if there is one; what botocore cannot express is kept
/// from it. An AST of another service (by `sdkId`) is left aside.
///
/// The result has the form of a model but is not checked as one: give it to [`generate`](smithy_client_codegen::generate) for that.
///
/// # Errors
///
/// Every problem found: text that is no JSON or is not botocore's, missing or mistyped parts, shapes that are referred to
/// but absent, a name that an operation and two shapes would have, unknown protocols. Each diagnostic names the file and
/// the JSON pointer.
pub fn to_ast(files: &BotocoreFiles, known: Option<&Value>) -> Result<Conversion, Report> {
    let mut findings = Findings::default();
    let texts = Texts::read(files, &mut findings);
    let converted = texts.service.as_ref().map(|service| {
        let (corrected, told) = otherwise::corrected(service).unzip();
        let node = Node::new(corrected.as_ref().unwrap_or(service), At::root(&files.service.name));
        convert(&node, files, &texts, known, told.unwrap_or_default(), &mut findings)
    });
    let warnings = findings.into_result()?;
    let (ast, documentation, notes) = converted.flatten().unwrap_or_default();
    Ok(Conversion { ast, documentation, notes, warnings })
}

/// The `serviceId` (Smithy's `sdkId`) of a `service-2.json`; `None` when the text is no such file.
///
/// It is meant for finding a service among many: nothing else is checked.
pub fn service_id(text: &str) -> Option<String> {
    let value = strict::value(text)?;
    let metadata = value.get("metadata").filter(|_| is_description(&value))?;
    metadata.get("serviceId")?.as_str().map(str::to_owned)
}

/// Whether this JSON has the parts of a `service-2.json`.
pub fn is_description(value: &Value) -> bool {
    ["metadata", "operations", "shapes"].iter().all(|part| value.get(part).is_some_and(Value::is_object))
}

/// The parsed files; what is absent or no JSON is `None`, the latter reported.
struct Texts {
    service: Option<Value>,
    paginators: Option<Value>,
    waiters: Option<Value>,
    endpoint_rules: Option<Value>,
}

impl Texts {
    fn read(files: &BotocoreFiles, findings: &mut Findings) -> Self {
        let mut read = |source: Option<&Source>| source.and_then(|source| parse(source, findings));
        Self {
            service: read(Some(&files.service)),
            paginators: read(files.paginators.as_ref()),
            waiters: read(files.waiters.as_ref()),
            endpoint_rules: read(files.endpoint_rules.as_ref()),
        }
    }
}

/// What a conversion gathers on its way.
struct Converter<'a> {
    /// Prefix of every shape id, with the `#`.
    prefix: String,
    /// The AST of the same service as it was before.
    known: Known<'a>,
    /// The names of operations, which no shape of the result has.
    operations: BTreeSet<String>,
    /// Shapes of the result by id.
    shapes: BTreeMap<String, Value>,
    /// Ids of shapes of the result that hold JSON, each with that of the shape that it is else as.
    json_shapes: BTreeMap<String, String>,
    /// Botocore's documentation by shape or member id.
    documentation: BTreeMap<String, Value>,
    /// Subjects of notes by their reason.
    notes: BTreeMap<String, Vec<String>>,
    /// What is wrong or odd.
    findings: &'a mut Findings,
}

impl Converter<'_> {
    /// The absolute id of an operation or of the service.
    fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The absolute id of a shape that members may target. Botocore has spaces of names of their own for operations and
    /// for shapes, Smithy has one.
    fn shape_id(&self, name: &str) -> String {
        if self.operations.contains(name) { self.id(&format!("{name}Shape")) } else { self.id(name) }
    }

    /// The id of a shape that is as this one, and holds JSON: what botocore says of a member, Smithy says of the shape.
    fn json_shape_id(&mut self, name: &str) -> String {
        let id = self.shape_id(&format!("{JSON_SHAPE}{name}"));
        self.json_shapes.insert(id.clone(), self.shape_id(name));
        id
    }

    /// A reference to a shape.
    fn target(&self, name: &str) -> Value {
        json!({ "target": self.shape_id(name) })
    }

    /// Adds a subject to the note with this reason.
    fn note(&mut self, reason: impl Into<String>, subject: impl Into<String>) {
        self.notes.entry(reason.into()).or_default().push(subject.into());
    }

    /// Keeps the documentation of a shape or member, where there is any.
    fn document(&mut self, id: &str, node: &Node<'_>) {
        let text = node.optional_text("documentation", self.findings);
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let traits = json!({ (format!("{PRELUDE}#documentation")): text });
            self.documentation.insert(id.to_owned(), json!({ "type": "apply", "traits": traits }));
        }
    }

    /// Adds a shape; `body` is all of it but its traits.
    fn define(&mut self, id: String, body: Map<String, Value>, traits: Traits) {
        self.shapes.insert(id, with_traits(body, traits));
    }
}

/// An object with its traits last, and without any where there are none.
fn with_traits(mut body: Map<String, Value>, traits: Traits) -> Value {
    if !traits.is_empty() {
        body.insert("traits".to_owned(), Value::Object(traits.into_iter().collect()));
    }
    Value::Object(body)
}

/// An object from its entries, in this order.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The AST, the documentation and the notes; `None` only after an error. `told` says what was put right before.
fn convert(
    service: &Node<'_>,
    files: &BotocoreFiles,
    texts: &Texts,
    known: Option<&Value>,
    told: Vec<String>,
    findings: &mut Findings,
) -> Option<(Value, Value, Vec<Note>)> {
    if !is_description(service.value) {
        let message =
            "this is not botocore's description of a service: `metadata`, `operations` or `shapes` is missing";
        findings.error(&service.at, message, "give the service-2.json of a service");
        return None;
    }
    let metadata = metadata::Metadata::read(&service.field("metadata")?, findings)?;
    let known = Known::of_service(known, metadata.service_id);
    let mut converter = Converter {
        prefix: format!("{}#", known.namespace().unwrap_or_else(|| metadata.namespace())),
        known,
        operations: BTreeSet::new(),
        shapes: BTreeMap::new(),
        json_shapes: BTreeMap::new(),
        documentation: BTreeMap::new(),
        notes: BTreeMap::new(),
        findings,
    };
    otherwise::note(told, &mut converter);
    service.check_keys(&KEYS, converter.findings);
    let operations = service.field("operations")?.fields(converter.findings, "`operations` maps names to operations");
    let shapes = service.field("shapes")?.fields(converter.findings, "`shapes` maps names to shapes");
    converter.operations = operations.iter().map(|(name, _)| (*name).clone()).collect();
    let usage = Usage::of(&operations, &shapes);
    let paginators = pagination::Paginators::read(files, texts, converter.findings);
    let waiters = waiters::Waiters::read(files, texts, converter.findings);
    let convention = pattern::Convention::of(&shapes);
    let context = shape::Context {
        service_id: metadata.service_id,
        usage: &usage,
        shapes: shapes.iter().map(|(name, node)| (name.as_str(), node)).collect(),
        convention,
        boxes: boxes::Boxes::of(&shapes, &metadata.protocols),
        is_json: metadata.is_json(),
        is_xml: metadata.is_xml(),
        is_rest: metadata.is_rest(),
        auth: &metadata.auth,
    };
    for (name, node) in &shapes {
        shape::convert(name, node, &context, &mut converter);
    }
    for (name, node) in &operations {
        operation::convert(name, node, &context, &paginators, &waiters, &mut converter);
    }
    paginators.check(&operations, converter.findings);
    waiters.check(&operations, converter.findings);
    let rules = files.endpoint_rules.as_ref().zip(texts.endpoint_rules.as_ref());
    let names: Vec<&str> = operations.iter().map(|(name, _)| name.as_str()).collect();
    metadata::define_service(&metadata, service, &names, rules, &mut converter);
    Some(finish(converter))
}

/// Puts together what was gathered.
fn finish(mut converter: Converter<'_>) -> (Value, Value, Vec<Note>) {
    for (id, like) in std::mem::take(&mut converter.json_shapes) {
        if let Some(mut shape) = converter.shapes.get(&like).cloned() {
            shape["traits"]["smithy.api#mediaType"] = json!("application/json");
            converter.shapes.entry(id).or_insert(shape);
        }
    }
    let file = |shapes: BTreeMap<String, Value>| {
        let shapes: Map<String, Value> = shapes.into_iter().collect();
        json!({ "smithy": "2.0", "shapes": shapes })
    };
    let notes = converter.notes.into_iter().map(|(reason, mut subjects)| {
        subjects.sort();
        subjects.dedup();
        Note { reason, subjects }
    });
    let notes = notes.collect();
    (file(converter.shapes), file(converter.documentation), notes)
}
