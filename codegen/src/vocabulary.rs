//! What the words of a program mean in a client.
//!
//! A program that calls a client names what it calls: methods, modules, types. A [`Vocabulary`] knows what each word can
//! mean in the client of a whole service, so that whoever reads a program knows which operations and types it needs. A
//! word means what it may mean: that `query` may be a method of something else is not known here.
//!
//! The names are those of the plan: what it calls a type or a method is what is found here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::load::Merged;
use crate::model::traits::id;
use crate::options::{Emit, Options, Source};
use crate::plan::names::{OperationNames, WaiterNames, bare};
use crate::plan::{Operation, Plan, lower};
use crate::report::Report;
use crate::unsupported::{self, LeftOut};

/// What a word of a program means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Meaning {
    /// An operation, by its name in the model.
    Operation(String),
    /// A structure, union, enum or exception, by its id in the model.
    Shape(String),
    /// An operation that the generator cannot emit, by its name in the model; see [`Vocabulary::left_out`].
    LeftOut(String),
}

/// The words of the client of a whole service, and what they mean.
///
/// One that was found can be kept, as long as the model and the generator are the same: to find it takes the plan of the
/// whole service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vocabulary {
    service: String,
    words: BTreeMap<String, BTreeSet<Meaning>>,
    left_out: Vec<LeftOut>,
}

impl Vocabulary {
    /// The vocabulary of the one service that the sources hold.
    ///
    /// Operations that the generator cannot emit have no part in it but that they are known as such.
    ///
    /// # Errors
    /// What is wrong with the model, or that none of its operations can be emitted. That its endpoint rules cannot be
    /// understood is not found here.
    pub fn of(sources: &[Source]) -> Result<Self, Report> {
        let mut merged = Merged::of(&Source::texts(sources));
        merged.forget_documentation();
        // Types have the same names with a client and without one.
        let options = Options { emit: Emit::Types, skip_unsupported: true, ..Options::of_whole_client() };
        let (plan, chosen) = unsupported::without(&merged, &options, |loaded, chosen| {
            lower::plan(&loaded.model, &options, chosen, String::new())
        })?;
        let mut vocabulary =
            Self { service: plan.package.record.service.clone(), words: BTreeMap::new(), left_out: chosen.left_out };
        vocabulary.add_operations(&plan, &waiters(&merged));
        vocabulary.add_types(&plan);
        vocabulary.add_errors(&plan);
        vocabulary.add_streams(&plan);
        vocabulary.add_left_out();
        Ok(vocabulary)
    }

    /// What a word means: `get_item`, `GetItemError`, `AttributeValue`; nothing for most words. A raw identifier means
    /// what it means without `r#`, and the other way round.
    pub fn meanings(&self, word: &str) -> Vec<Meaning> {
        self.words.get(bare(word)).into_iter().flatten().cloned().collect()
    }

    /// All words that mean something, without `r#`, in order, each with what it means.
    pub fn words(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &Meaning> + Clone)> {
        self.words.iter().map(|(word, meanings)| (word.as_str(), meanings.iter()))
    }

    /// Id of the service's shape.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The operations that the generator cannot emit, by name.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    fn add(&mut self, words: impl IntoIterator<Item = impl AsRef<str>>, meaning: &Meaning) {
        for word in words {
            self.words.entry(bare(word.as_ref()).to_owned()).or_default().insert(meaning.clone());
        }
    }

    fn add_operations(&mut self, plan: &Plan, waiters: &BTreeMap<String, Vec<String>>) {
        for operation in &plan.operations {
            let meaning = Meaning::Operation(operation.shape_name.clone());
            self.add(words_of(operation), &meaning);
            for waiter in waiters.get(&operation.shape_name).into_iter().flatten() {
                self.add(WaiterNames::of(waiter).all(), &meaning);
            }
        }
    }

    /// The types, each with its builder.
    fn add_types(&mut self, plan: &Plan) {
        let structures = plan.type_modules.iter().flat_map(|module| &module.structures).chain(&plan.exceptions);
        for structure in structures {
            self.add([&structure.name, &structure.builder.name], &Meaning::Shape(structure.shape_id.clone()));
        }
        for module in &plan.type_modules {
            let unions = module.unions.iter().map(|it| (&it.name, &it.shape_id));
            let enums = module.enums.iter().map(|it| (&it.name, &it.shape_id));
            for (name, id) in unions.chain(enums) {
                self.add([name], &Meaning::Shape(id.clone()));
            }
        }
    }

    /// The tests by which programs tell exceptions, and the variants that hold them.
    fn add_errors(&mut self, plan: &Plan) {
        let ids: BTreeMap<&str, &str> =
            plan.exceptions.iter().map(|it| (it.name.as_str(), it.shape_id.as_str())).collect();
        for variant in &plan.errors {
            if let Some(id) = ids.get(variant.error.name.as_str()) {
                let words = [&variant.predicate, &variant.error.is, &variant.error.variant];
                self.add(words, &Meaning::Shape((*id).to_owned()));
            }
        }
    }

    /// The error enums of streams of events, each of which is there with the union of its events.
    fn add_streams(&mut self, plan: &Plan) {
        for stream in &plan.event_streams {
            self.add([&stream.error], &Meaning::Shape(stream.shape_id.clone()));
        }
    }

    /// What would call an operation that is not there.
    fn add_left_out(&mut self) {
        for LeftOut { operation, .. } in self.left_out.clone() {
            let names = OperationNames::of(&operation);
            let words = [names.module.clone(), operation.clone()].into_iter().chain(names.in_files());
            self.add(words, &Meaning::LeftOut(operation));
        }
    }
}

/// What belongs to an operation: its name in the model, its method and module, its types and their builders.
fn words_of(operation: &Operation) -> BTreeSet<String> {
    let OperationNames { module, paginator, paginator_items, .. } = operation.names.clone();
    let mut words: BTreeSet<String> = operation.names.clone().in_files().collect();
    words.extend([operation.shape_name.clone(), module]);
    words.extend([&operation.input, &operation.output].map(|end| end.builder.name.clone()));
    if operation.paginated.is_none() {
        words.remove(&paginator);
        words.remove(&paginator_items);
    }
    words
}

/// The waiters of operations, by name of the operation.
fn waiters(merged: &Merged) -> BTreeMap<String, Vec<String>> {
    let shapes = merged.ast.iter().flat_map(|ast| ast.shapes.values());
    let waitable = shapes.filter_map(|shape| {
        let waiters = shape.traits.get(id::WAITABLE)?.value.as_object()?;
        Some((crate::model::ShapeId::new(&shape.id).name().to_owned(), waiters.keys().cloned().collect()))
    });
    waitable.collect()
}
