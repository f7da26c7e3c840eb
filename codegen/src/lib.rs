//! Generates a Rust client crate for an AWS service from its Smithy JSON model.
//!
//! The generator is pure: model text in, source text out. It does not touch the disk, the network or the clock. The same
//! input gives the same bytes, although files are emitted on several threads.
//!
//! ```text
//! text -> ast -> model -> plan -> guide -> emit -> format -> files
//!         raw    checked  every   examples tokens  readable
//!         JSON   Smithy   decision                 source
//! ```
//!
//! - [`ast`] reads the JSON and remembers where everything stood, so that a problem can be shown at its place.
//! - [`model`] merges the sources, applies `apply` statements and mixins, resolves every id, and turns traits into typed
//!   fields. Mistakes that published models really make are mended there, in [`model::quirks`].
//! - `plan` makes every decision about the Rust code: names, types, what is an option, documentation, imports, files.
//! - `guide` adds the documentation that shows code: the first page and the examples.
//! - `emit` turns the plan into tokens, with one emitter per kind of item. It decides nothing.
//! - `format` turns tokens into source that reads as if written by hand.
//!
//! # Where is ...?
//!
//! | question | place |
//! | --- | --- |
//! | Where is the name of a setter decided? | `plan/names/members.rs`; for structures, operations and variants see `plan/names.rs` |
//! | Where is a trait read? | `model/traits/id.rs` has its id, `model/traits/table.rs` says where it is understood, `model/member.rs`, `model/lower.rs` and `model/operation.rs` turn it into a field |
//! | Where does a trait take effect? | `plan/lower/shapes.rs` for members, `plan/lower/operations.rs` for operations |
//! | Where is it decided what is an `Option`? | `plan/nullability.rs` |
//! | Where is it decided what is boxed? | `plan/recursion.rs` |
//! | Where does a member's name on the wire come from? | `model/member.rs` reads it, the function `row` of `plan/lower/shapes.rs` puts it into the table |
//! | Where is it decided what XML knows of a member? | `model/xml.rs` reads the traits, `plan/lower/xml.rs` decides, `emit/xml.rs` writes the block `xml` of a table |
//! | Where does a crate name its protocol? | [`protocol`] has the table of protocols, `emit/config.rs` writes the line |
//! | Where is documentation made of the model's text? | `plan/docs.rs` |
//! | Where are a file's imports decided? | `plan/imports.rs` |
//! | Where does a file of the crate come from? | `emit.rs` lists the files of each part |
//! | Where are endpoint rules? | [`model::endpoint`] reads and checks them, `plan/endpoint.rs` makes Rust of them |
//! | Where are streams of events? | `model/event_streams.rs` reads and checks them, `plan/lower/event_streams.rs` parts a union from its errors |
//! | Where is it decided how callers authenticate? | `model/auth.rs`; what a client calls on its own before a call is in `model/beforehand.rs` |
//! | What if the runtime is of another version? | `emit/interface.rs` writes the number that the runtime compares; its first page tells the rule |
//! | How does a response become a structure? | In the runtime, by the tables emitted here: see the first page of `smithy-client-runtime` |
//!
//! # The way of a member's name
//!
//! Take a member `stageArn` of the structure `Stage`, with `smithy.api#jsonName` `"arn"`:
//!
//! 1. `ast` reads `"stageArn": {"target": ..., "traits": ...}`.
//! 2. `model/member.rs` makes a [`model::Member`] of it. The row of the [`protocol`] says which trait may rename members
//!    in bodies, so that `body_name` is `arn` in restJson1, and nothing in awsJson1_0.
//! 3. `plan/names/members.rs` gives it its Rust names: the field `stage_arn`, the setters `stage_arn` and `set_stage_arn`,
//!    and `get_stage_arn`. `plan/lower/shapes.rs` puts them into a `Field`, beside its `Row` for the wire.
//! 4. `emit/structure.rs` writes the field, the row `0 stage_arn: "arn"` of the table `shape!`, and a row of the
//!    table of methods: the accessor, and what the builder has.
//! 5. The macros of the runtime make a `Schema` of the rows. From there on the name travels as the first page of
//!    `smithy-client-runtime` tells: through the schema into the body of a request, and through it back from a response.
//!
//! # How to add a trait
//!
//! 1. A test in `model/tests/meaning.rs` that the model says what the trait means. It fails, as the trait is unknown.
//! 2. Its id in `model/traits/id.rs`, and its row in `model/traits/table.rs`. The proofs in `model/traits/proofs.rs` then
//!    ask for a model that shows its effect.
//! 3. A field in [`model`], filled in `model/member.rs`, `model/lower.rs` or `model/operation.rs`.
//! 4. Its effect in `plan/lower`: a flag of a row, a field of the plan. A test in `tests/emitted` shows what is emitted.
//! 5. If the wire is affected, the runtime has to honour the flag: see `shape::flag` there.
//! 6. If a change of the trait matters to users, `codegen/tools/src/diff` compares it.
//!
//! # How to add a protocol
//!
//! [`protocol`] and the module `protocol` of the runtime tell. The first test that fails is one of Smithy's own:
//! `cargo xtask conformance` on the model of the protocol's tests.
//!
//! # How to add a kind of item
//!
//! Say, waiters, a file for each operation that has some:
//!
//! 1. A test in `tests/emitted` with a tiny fixture and an inline snapshot of the file. It fails, as there is no such file.
//! 2. What the model says, in [`model`], as for a trait.
//! 3. A struct in a file of `plan`, made by a file of `plan/lower` and held by `Operation` or `Plan`. Its names come from
//!    `plan/names.rs`, its imports from `plan/imports.rs`, its path from `plan/files.rs`.
//! 4. A file of `emit` that maps it to tokens, called by `emit.rs` where the files of its part are listed.
//! 5. What is the same for all such items goes into the runtime, or once into the crate, not into each file: every line
//!    is compiled by every user.
//!
//! # What else is here
//!
//! [`protocol_tests`] and [`endpoint_tests`] read the tests that a model has of a protocol and of endpoint rules, and make
//! programs of them that call the emitted client.
//!
//! Whoever asks about a model without emitting a crate finds the stages here: [`ast`], [`model`], [`names`] as the plan has
//! them, and [`surface`], the Rust items that would be emitted. The tools of a model's keeper are built upon that, in a
//! crate of their own, `smithy-client-tools`. This crate knows nothing of them.
//!
//! A [`Selection`] leaves the model with the chosen operations and types, and what they reach. A [`Vocabulary`] tells what
//! each word of a program means in a client, so that a choice can be read from the program that calls it. With
//! [`Options::skip_unsupported`] the module `unsupported` walks from what cannot be emitted back to the operations that
//! reach it, and leaves them out.
//!
//! [`Emit`] says whether a client is emitted or types alone. The types are the same in both.
//!
//! # Untrusted models
//!
//! Texts of a model become source in three ways only. Documentation becomes lines of `plan::docs`, which hold no line end
//! and open no doctest. Names become identifiers that `plan::names` has checked. Everything else becomes literals. The
//! tables of `format` take nothing else, and `format` proves of each file that its words are those that the emitter asked
//! for. Where people read such texts, [`visible`] escapes what would act instead of being seen.
//!
//! What is wrong with a model is data, a [`report::Report`]: all problems at once, each with its shape, its member, its
//! place in the source and a hint.

pub mod ast;
mod emit;
pub mod endpoint_tests;
mod format;
mod guide;
pub mod model;
mod options;
mod plan;
pub mod protocol;
pub mod protocol_tests;
pub mod report;
mod spelling;
pub mod surface;
mod unsupported;
pub mod visible;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

pub use emit::{FILE_LIST, RUNTIME_INTERFACE};
pub use model::selection::{Choice, Selection};
pub use options::{Emit, Options, RuntimeDependency, Source, Writer};
pub use plan::names;
pub use plan::package::{check_crate_name, default_crate_name};
pub use unsupported::LeftOut;
pub use vocabulary::{Meaning, Vocabulary};

use model::Model;
use model::load::Merged;
use plan::Plan;
use report::{Diagnostic, Report};
use unsupported::Chosen;

/// Tells one state of this generator from another, also of the same version: the same sources emit the same crate.
pub const FINGERPRINT: &str = env!("SMITHY_CLIENT_CODEGEN_FINGERPRINT");

/// An emitted crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Path below the crate's folder, with `/`, to content.
    pub files: BTreeMap<String, String>,
    /// Name of the package.
    pub crate_name: String,
    /// Id of the service's shape.
    pub service: String,
    /// Name of the protocol that it speaks.
    pub protocol: &'static str,
    /// What it has.
    pub emit: Emit,
    /// How many operations it has.
    pub operations: usize,
    /// The operations that it has, by their names in the model and in its order.
    pub operation_names: Vec<String>,
    /// How many operations the service has.
    pub service_operations: usize,
    /// The operations that were chosen, in the model's order; `None` where the crate has all of the service.
    pub chosen: Option<Vec<String>>,
    /// Operations that were wanted and cannot be emitted, by name; none unless they were to be skipped.
    pub left_out: Vec<LeftOut>,
    /// Ids of the shapes of the model that it covers: what the operations reach, these themselves, and the service.
    pub shapes: BTreeSet<String>,
    /// What the generator did not understand but could pass over.
    pub warnings: Vec<Diagnostic>,
    /// Ids of shapes and members (`ns#Shape$member`) that a user meets and the model does not document, in order.
    pub undocumented: Vec<String>,
}

/// The readme as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Generates the client crate of the one service that the sources hold.
///
/// # Errors
/// A [`Report`] of everything in the sources that is malformed, inconsistent, or
/// not yet supported, and of chosen operations that do not exist; then nothing is
/// generated. Of a service with chosen operations only what they reach is judged.
pub fn generate(sources: &[Source], options: &Options) -> Result<Generated, Report> {
    planned(sources, options).map(Planned::generated)
}

/// The operations that a refusal by [`generate`] is about, by their names: without them the rest of the service can be
/// emitted. There are none where the model is wrong, or where all of it cannot be emitted.
pub fn unsupported_operations(sources: &[Source], refusal: &Report) -> Vec<String> {
    let ast = Merged::of(&Source::texts(sources)).ast;
    ast.map(|ast| unsupported::unsupported(refusal, &ast)).unwrap_or_default()
}

/// A service as it stands before it is emitted.
struct Planned {
    model: Model,
    plan: Plan,
    chosen: Chosen,
    warnings: Vec<Diagnostic>,
}

/// [`generate`] up to the plan.
fn planned(sources: &[Source], options: &Options) -> Result<Planned, Report> {
    let merged = Merged::of(&Source::texts(sources));
    let fingerprint = fingerprint(sources);
    let named = |diagnostics| in_source(diagnostics, sources);
    let (planned, chosen) = unsupported::without(&merged, options, |loaded, chosen| {
        let mut plan = plan::lower::plan(&loaded.model, options, chosen, fingerprint.clone())
            .map_err(|report| Report { diagnostics: named(report.diagnostics) })?;
        guide::add(&mut plan, &loaded.model);
        let warnings = loaded.warnings.into_iter().chain(named(plan.warnings.clone())).collect();
        Ok((loaded.model, plan, warnings))
    })?;
    let (model, plan, warnings) = planned;
    Ok(Planned { model, plan, chosen, warnings })
}

impl Planned {
    fn generated(self) -> Generated {
        let Self { model, plan, chosen, warnings } = self;
        Generated {
            files: emit::files(&plan),
            operations: plan.operations.len(),
            operation_names: plan.operations.iter().map(|operation| operation.shape_name.clone()).collect(),
            crate_name: plan.package.name,
            shapes: covered(&model, &plan.package.record.service),
            service: plan.package.record.service,
            protocol: model.service.protocol.name(),
            emit: plan.package.emit,
            service_operations: model.service_operations,
            chosen: plan.package.chosen,
            left_out: chosen.left_out,
            warnings,
            undocumented: plan.undocumented,
        }
    }
}

/// Ids of all shapes of a model, whose service is called so.
fn covered(model: &Model, service: &str) -> BTreeSet<String> {
    let operations = model.operations.iter().map(|operation| &operation.id);
    let ids = model.shapes.keys().chain(operations).map(|id| id.as_str().to_owned());
    ids.chain([service.to_owned()]).collect()
}

/// Names the source of problems that were found after the sources were merged, where there is only one.
fn in_source(mut diagnostics: Vec<Diagnostic>, sources: &[Source]) -> Vec<Diagnostic> {
    if let [source] = sources {
        diagnostics.iter_mut().for_each(|problem| problem.source.clone_from(&source.name));
    }
    diagnostics
}

/// A fingerprint of the sources' texts (FNV-1a), so that a change of the model
/// that no emitted line shows still leaves a trace in the crate.
fn fingerprint(sources: &[Source]) -> String {
    let bytes = sources.iter().flat_map(|source| source.text.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
