//! From the checked model to the plan.

mod operations;
mod shapes;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::docs::{self, Docs};
use super::endpoint::{EndpointPlan, RuleSetError};
use super::{Family, Package, Plan, Role, ServicePlan, endpoint_code, example, families, names, recursion};
use crate::model::{Deprecated, Member, Model, Shape, ShapeId, ShapeKind};
use crate::report::{Diagnostic, Report};
use crate::{Emit, Options};

/// What a text may refer to beside the names of the model: items that every client has.
const OF_EVERY_CLIENT: [(&str, &str); 5] = [
    ("Client", "crate::Client"),
    ("Config", "crate::Config"),
    ("DisplayErrorContext", "crate::error::DisplayErrorContext"),
    ("RequestId", "crate::operation::RequestId"),
    ("SdkError", "crate::error::SdkError"),
];

/// Makes all decisions about the Rust code of a model.
///
/// The fingerprint of the model's sources goes into the manifest.
///
/// # Errors
/// When the model has something that the emitters cannot express.
pub(crate) fn plan(model: &Model, options: &Options, fingerprint: String) -> Result<Plan, Report> {
    let package = package(model, options, fingerprint);
    let mut lowering = Lowering::new(model, &package);
    let operations = lowering.operations();
    let exceptions = lowering.exceptions();
    lowering.refuse_builder_names();
    let families = lowering.families();
    let endpoint = match options.emit {
        Emit::Client => lowering.endpoint(),
        Emit::Types => EndpointPlan::default(),
    };
    let service = lowering.service();
    if !lowering.problems.is_empty() {
        return Err(Report { diagnostics: lowering.problems });
    }
    let has_deprecations = lowering.has_deprecations();
    let undocumented = lowering.undocumented.take().into_iter().collect();
    let texts = lowering.texts.take();
    let mut plan = Plan {
        package,
        service,
        families,
        exceptions,
        operations,
        endpoint,
        has_deprecations,
        undocumented,
        texts,
        link_names: lowering.links.keys().map(|name| name.clone().into_owned()).collect(),
        warnings: Vec::new(),
    };
    match options.emit {
        Emit::Client => example::add(&mut plan, &model.operations, &lowering.links),
        // What was not received has no request id: an output is a structure like any other.
        Emit::Types => plan.operations.iter_mut().for_each(|operation| operation.output.role = Role::Data),
    }
    Ok(plan)
}

fn package(model: &Model, options: &Options, fingerprint: String) -> Package {
    let operations = model.operations.iter();
    let mut default_name = model.service.sdk_id.to_lowercase().replace([' ', '_'], "-");
    if options.emit == Emit::Types {
        default_name.push_str("-types");
    }
    Package {
        name: options.crate_name.clone().unwrap_or(default_name),
        version: options.crate_version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        title: model.service.title.clone().unwrap_or_else(|| model.service.sdk_id.clone()),
        runtime: options.runtime.clone(),
        standalone: options.standalone,
        emit: options.emit,
        chosen: options
            .operations
            .as_ref()
            .map(|_| operations.map(|operation| operation.id.name().to_owned()).collect()),
        fingerprint,
    }
}

/// The state of lowering: the model, what it knows of its shapes, the problems found.
pub(super) struct Lowering<'m> {
    model: &'m Model,
    emit: Emit,
    /// Name by which programs import the crate.
    library: String,
    /// Data shapes that get a Rust type below `types`, errors excepted.
    data: BTreeSet<&'m ShapeId>,
    /// Exceptions, by id.
    exception_ids: BTreeSet<&'m ShapeId>,
    /// Members that must be boxed: container and member name.
    boxed: BTreeSet<(&'m ShapeId, &'m str)>,
    /// Structures and unions that hold something sensitive at any depth.
    secret: BTreeSet<&'m ShapeId>,
    /// Names that operations define in files that also use data types.
    operation_names: BTreeSet<String>,
    /// Where documentation finds a model name: `CreateStage` to Rust name and path.
    links: BTreeMap<Cow<'m, str>, (String, String)>,
    problems: Vec<Diagnostic>,
    /// Ids of what the model does not document.
    undocumented: RefCell<BTreeSet<String>>,
    /// Documentation as the model has it, by id; empty where there is none.
    texts: RefCell<BTreeMap<String, String>>,
}

impl<'m> Lowering<'m> {
    fn new(model: &'m Model, package: &Package) -> Self {
        let exception_ids: BTreeSet<_> = model.operations.iter().flat_map(|operation| &operation.errors).collect();
        let mut lowering = Self {
            model,
            emit: package.emit,
            library: package.library(),
            data: BTreeSet::new(),
            exception_ids,
            boxed: BTreeSet::new(),
            secret: BTreeSet::new(),
            operation_names: operation_names(model),
            links: BTreeMap::new(),
            problems: Vec::new(),
            undocumented: RefCell::default(),
            texts: RefCell::default(),
        };
        lowering.data = lowering.data_shapes();
        lowering.boxed = lowering.recursive_members();
        lowering.secret = lowering.secret_shapes();
        lowering.links = lowering.links();
        lowering
    }

    fn shape(&self, id: &ShapeId) -> &'m Shape {
        &self.model.shapes[id]
    }

    /// Whether the model deprecates anything that other emitted code names.
    fn has_deprecations(&self) -> bool {
        let shapes = self.data.iter().chain(&self.exception_ids).map(|id| self.shape(id));
        let mut roots =
            self.model.operations.iter().flat_map(|operation| operation.input.iter().chain(&operation.output));
        shapes.clone().any(|shape| shape.deprecated.is_some())
            || shapes.flat_map(|shape| self.members(&shape.id)).any(|member| member.deprecated.is_some())
            || roots.any(|id| self.members(id).iter().any(|member| member.deprecated.is_some()))
    }

    /// The members of a structure or union; none for other shapes.
    fn members(&self, id: &ShapeId) -> &'m [Member] {
        match &self.shape(id).kind {
            ShapeKind::Structure(structure) => &structure.members,
            ShapeKind::Union(members) => members,
            _ => &[],
        }
    }

    /// The shapes that a member reaches without passing through a structure: itself and what its list or map holds.
    fn reached(&self, id: &'m ShapeId) -> &'m ShapeId {
        match &self.shape(id).kind {
            ShapeKind::List { member, .. } => self.reached(&member.target),
            ShapeKind::Map { value, .. } => self.reached(&value.target),
            _ => id,
        }
    }

    /// Structures, unions and enums that members of inputs, outputs and errors reach.
    fn data_shapes(&self) -> BTreeSet<&'m ShapeId> {
        let roots = self
            .model
            .operations
            .iter()
            .flat_map(|operation| operation.input.iter().chain(&operation.output).chain(&operation.errors));
        let mut found = BTreeSet::new();
        let mut queue: Vec<&'m ShapeId> =
            roots.flat_map(|root| self.members(root)).map(|member| &member.target).collect();
        while let Some(id) = queue.pop() {
            let id = self.reached(id);
            let is_type =
                matches!(self.shape(id).kind, ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_));
            if is_type && !self.exception_ids.contains(id) && found.insert(id) {
                queue.extend(self.members(id).iter().map(|member| &member.target));
            }
        }
        found
    }

    /// Members that lead back to their own container through structures and unions alone.
    fn recursive_members(&self) -> BTreeSet<(&'m ShapeId, &'m str)> {
        let places: BTreeMap<&ShapeId, usize> = self.data.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let (mut edges, mut members) = (Vec::new(), Vec::new());
        for (&id, &place) in self.data.iter().zip(places.values()) {
            for member in self.members(id) {
                if let Some(&target) = places.get(&member.target) {
                    edges.push((place, target));
                    members.push((id, member.name.as_str()));
                }
            }
        }
        let boxed = recursion::boxed(places.len(), &edges);
        members.into_iter().zip(boxed).filter(|(_, boxed)| *boxed).map(|(member, _)| member).collect()
    }

    /// Structures and unions that hold something sensitive at any depth.
    fn secret_shapes(&self) -> BTreeSet<&'m ShapeId> {
        let mut held_by: BTreeMap<&'m ShapeId, Vec<&'m ShapeId>> = BTreeMap::new();
        let mut open = Vec::new();
        for shape in self.model.shapes.values() {
            let members = self.members(&shape.id);
            for member in members {
                held_by.entry(self.reached(&member.target)).or_default().push(&shape.id);
            }
            if members.iter().any(|member| self.is_sensitive(member)) {
                open.push(&shape.id);
            }
        }
        let mut secret = BTreeSet::new();
        while let Some(id) = open.pop() {
            if secret.insert(id) {
                open.extend(held_by.get(id).into_iter().flatten());
            }
        }
        secret
    }

    fn links(&self) -> BTreeMap<Cow<'m, str>, (String, String)> {
        let mut links = BTreeMap::new();
        for &id in &self.data {
            let name = names::type_name(id.name());
            let path = format!("crate::types::{name}");
            links.insert(id.name().into(), (name.clone(), path.clone()));
            if let ShapeKind::Enum(values) = &self.shape(id).kind {
                links.extend(values.iter().map(|value| {
                    let variant = names::variant(&value.name);
                    let target = (format!("{name}::{variant}"), format!("{path}::{variant}"));
                    (format!("{}${}", id.name(), value.name).into(), target)
                }));
            }
        }
        for &id in &self.exception_ids {
            let name = names::type_name(id.name());
            links.insert(id.name().into(), (name.clone(), format!("crate::types::error::{name}")));
        }
        let of_client = OF_EVERY_CLIENT.into_iter().filter(|_| self.emit == Emit::Client);
        for (name, path) in of_client {
            links.entry(name.into()).or_insert_with(|| (name.to_owned(), path.to_owned()));
        }
        for operation in &self.model.operations {
            let name = names::type_name(operation.id.name());
            let method = names::operation(operation.id.name());
            for (id, suffix) in [(&operation.input, "Input"), (&operation.output, "Output")] {
                if let Some(id) = id {
                    let path = format!("crate::operation::{method}::{name}{suffix}");
                    links.entry(id.name().into()).or_insert_with(|| (format!("{name}{suffix}"), path));
                }
            }
            links.insert(operation.id.name().into(), (name, self.place_of(&method)));
        }
        links
    }

    /// Where documentation leads for an operation: to the client's method, or to the module where there is no client.
    fn place_of(&self, module: &str) -> String {
        match self.emit {
            Emit::Client => format!("crate::Client::{module}"),
            Emit::Types => format!("crate::operation::{module}"),
        }
    }

    /// Documentation of a shape or member, or a sentence that claims nothing; then `id` is noted as undocumented.
    fn docs(&self, id: &str, source: Option<&str>, otherwise: impl FnOnce() -> String) -> Docs {
        self.texts.borrow_mut().insert(id.to_owned(), source.unwrap_or_default().to_owned());
        let docs = docs::render(source.unwrap_or_default(), &|name| self.links.get(name).cloned());
        if docs.lines.is_empty() {
            self.undocumented.borrow_mut().insert(id.to_owned());
            return Docs::plain(&otherwise());
        }
        docs.in_library(&self.library)
    }

    fn problem(&mut self, shape: &ShapeId, member: Option<&str>, message: String, hint: &str) {
        let mut problem = Diagnostic::of_shape(shape.as_str(), message, hint);
        if let Some(member) = member {
            problem.pointer.push_str(&format!("/members/{member}"));
            problem.member = Some(member.to_owned());
        }
        self.problems.push(problem);
    }

    /// Reports shapes named as the builder of a structure is.
    fn refuse_builder_names(&mut self) {
        let is_structure = |id: &&ShapeId| matches!(self.shape(id).kind, ShapeKind::Structure(_));
        let builders: BTreeSet<String> =
            self.data.iter().copied().filter(is_structure).map(|id| names::type_name(id.name()) + "Builder").collect();
        let taken: Vec<&ShapeId> =
            self.data.iter().copied().filter(|id| builders.contains(&names::type_name(id.name()))).collect();
        for id in taken {
            let name = names::type_name(id.name());
            let message =
                format!("{} would have the name of the builder of `{}`", id.as_str(), name.trim_end_matches("Builder"));
            self.problem(id, None, message, "give it another name under `rename` of the service");
        }
    }

    fn families(&mut self) -> Vec<Family> {
        let names: BTreeSet<&str> = self.data.iter().map(|id| id.name()).collect();
        let mut held_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for &id in &self.data {
            for member in self.members(id) {
                held_by.entry(self.reached(&member.target).name()).or_default().push(id.name());
            }
        }
        let modules = families::assign(&names, &held_by);
        let mut families: BTreeMap<&str, Family> = BTreeMap::new();
        for id in self.data.clone() {
            let module = &modules[id.name()];
            let family = families.entry(module).or_insert_with(|| Family {
                module: module.clone(),
                title: module.trim_start_matches("r#").replace('_', " "),
                structures: Vec::new(),
                unions: Vec::new(),
                enums: Vec::new(),
            });
            let shape = self.shape(id);
            match &shape.kind {
                ShapeKind::Structure(_) => family.structures.push(self.structure(shape, Role::Data)),
                ShapeKind::Union(members) => family.unions.push(self.union(shape, members)),
                ShapeKind::Enum(values) => family.enums.push(self.enumeration(shape, values)),
                _ => {}
            }
        }
        families.into_values().collect()
    }

    fn exceptions(&mut self) -> Vec<super::Structure> {
        let shapes: Vec<_> = self.exception_ids.iter().map(|id| self.shape(id)).collect();
        shapes.into_iter().map(|shape| self.structure(shape, Role::Exception)).collect()
    }

    fn endpoint(&mut self) -> EndpointPlan {
        let fallback;
        let service = &self.model.service;
        let rules = match &service.endpoint_rules {
            Some(rules) => rules,
            None => {
                fallback = EndpointPlan::fallback(&service.endpoint_prefix);
                &fallback
            }
        };
        let parsed = EndpointPlan::parse(rules).and_then(|mut plan| {
            plan.body = endpoint_code::body(&plan)
                .map_err(|message| RuleSetError { pointer: "/rules".to_owned(), message })?
                .to_string();
            Ok(plan)
        });
        match parsed {
            Ok(mut plan) => {
                plan.operation_params = self.operation_params(&plan);
                plan
            }
            Err(error) => {
                let id = service.id.clone();
                self.problem(
                    &id,
                    None,
                    error.message,
                    "the rule set is described in Smithy's rules engine specification",
                );
                if let Some(problem) = self.problems.last_mut() {
                    problem.pointer.push_str("/traits/smithy.rules#endpointRuleSet");
                    problem.pointer.push_str(&error.pointer);
                }
                EndpointPlan::default()
            }
        }
    }

    fn service(&self) -> ServicePlan {
        let service = &self.model.service;
        ServicePlan {
            type_name: names::type_name(&service.sdk_id),
            shape_name: service.id.name().to_owned(),
            sdk_id: service.sdk_id.clone(),
            api_name: service.sdk_id.to_lowercase().replace(' ', ""),
            signing_name: service.signing_name.clone(),
            protocol: service.protocol,
            docs: self.docs(service.id.as_str(), service.documentation.as_deref(), || match self.emit {
                Emit::Client => format!("Client for {}.", docs::words(&service.sdk_id)),
                Emit::Types => format!("The service is {}.", docs::words(&service.sdk_id)),
            }),
        }
    }
}

/// What the files of operations name beside shapes: the service, and of each operation itself, its input, its output
/// and its error.
fn operation_names(model: &Model) -> BTreeSet<String> {
    let names = model.operations.iter().map(|operation| names::type_name(operation.id.name()));
    let of_operations = names.flat_map(|name| ["", "Input", "Output", "Error"].map(|suffix| format!("{name}{suffix}")));
    of_operations.chain([names::type_name(&model.service.sdk_id)]).collect()
}

/// The note of a deprecated item.
pub(super) fn deprecation(deprecated: Option<&Deprecated>) -> Option<String> {
    let deprecated = deprecated?;
    let message = deprecated.message.clone().unwrap_or_else(|| "the model says that this is deprecated".to_owned());
    Some(match &deprecated.since {
        Some(since) => format!("{message} (since {since})"),
        None => message,
    })
}
