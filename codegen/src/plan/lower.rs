//! From the checked model to the plan.

mod collisions;
mod context_params;
mod endpoint;
mod errors;
mod left_out;
mod message;
mod operations;
mod pagination;
mod shapes;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::customization::Customization;
use super::deprecation::{self, Deprecations};
use super::docs::{self, Docs};
use super::endpoint::EndpointPlan;
use super::package::{check_crate_name, default_crate_name};
use super::{Family, Package, Plan, Role, ServicePlan, families, names, recursion, root_error};
use crate::choice::Chosen;
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
/// The choice is the one that the model was loaded with. The fingerprint of the model's sources goes into the manifest.
///
/// # Errors
/// When the model has something that the emitters cannot express.
pub(crate) fn plan(model: &Model, options: &Options, chosen: &Chosen, fingerprint: String) -> Result<Plan, Report> {
    let package = package(model, options, chosen, fingerprint);
    let mut lowering = Lowering::new(model, &package);
    lowering.check_crate_name(&package.name);
    let operations = lowering.operations();
    let exceptions = lowering.exceptions();
    lowering.refuse_same_names_of_shapes();
    let families = lowering.families();
    let endpoint = match options.emit {
        Emit::Client => lowering.endpoint(),
        Emit::Types => EndpointPlan::default(),
    };
    let service = lowering.service();
    if !lowering.problems.is_empty() {
        return Err(Report { diagnostics: lowering.problems });
    }
    let undocumented = lowering.undocumented.take().into_iter().collect();
    let texts = lowering.texts.take();
    let mut plan = Plan {
        left_out: left_out::told(model, chosen),
        package,
        service,
        front_page: docs::Lines::default(),
        families,
        exceptions,
        errors: root_error::variants(&operations),
        operations,
        endpoint,
        deprecations: Deprecations::default(),
        undocumented,
        texts,
        links: lowering.links.into_iter().map(|(name, target)| (name.into_owned(), target)).collect(),
        warnings: lowering.warnings,
    };
    deprecation::mark(&mut plan);
    if options.emit == Emit::Types {
        // What was not received has no request id: an output is a structure like any other.
        plan.operations.iter_mut().for_each(|operation| operation.output.role = Role::Data);
    }
    Ok(plan)
}

fn package(model: &Model, options: &Options, chosen: &Chosen, fingerprint: String) -> Package {
    let operations = model.operations.iter();
    let title = model.service.title.clone().unwrap_or_else(|| model.service.sdk_id.clone());
    let what = match options.emit {
        Emit::Client => "Client for",
        Emit::Types => "Types of",
    };
    let default_name = || default_crate_name(&model.service.sdk_id, options.emit);
    Package {
        name: options.crate_name.clone().unwrap_or_else(default_name),
        version: options.crate_version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: format!("{what} {}", docs::plain_words(&title)),
        title,
        runtime: options.runtime.clone(),
        standalone: options.standalone,
        emit: options.emit,
        record: left_out::record(model, options, chosen),
        chosen: chosen.selection.as_ref().map(|_| operations.map(|operation| operation.id.name().to_owned()).collect()),
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
    /// The Rust names of both.
    type_names: BTreeSet<String>,
    /// Members that must be boxed: container and member name.
    boxed: BTreeSet<(&'m ShapeId, &'m str)>,
    /// What the service is given beyond its model.
    customization: &'static Customization,
    /// Structures and unions that hold something sensitive at any depth.
    secret: BTreeSet<&'m ShapeId>,
    /// Names that operations define in files that also use data types.
    operation_names: BTreeSet<String>,
    /// Where documentation finds a model name: `CreateStage` to Rust name and path.
    links: BTreeMap<Cow<'m, str>, (String, String)>,
    problems: Vec<Diagnostic>,
    /// What in the model is of no use to the client.
    warnings: Vec<Diagnostic>,
    /// Ids of what the model does not document.
    undocumented: RefCell<BTreeSet<String>>,
    /// Documentation as the model has it, by id; empty where there is none.
    texts: RefCell<BTreeMap<String, String>>,
}

impl<'m> Lowering<'m> {
    fn new(model: &'m Model, package: &Package) -> Self {
        let mut lowering = Self {
            model,
            emit: package.emit,
            library: package.library(),
            data: BTreeSet::new(),
            exception_ids: BTreeSet::new(),
            type_names: BTreeSet::new(),
            boxed: BTreeSet::new(),
            customization: Customization::of(&model.service.sdk_id),
            secret: BTreeSet::new(),
            operation_names: operation_names(model),
            links: BTreeMap::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            undocumented: RefCell::default(),
            texts: RefCell::default(),
        };
        (lowering.data, lowering.exception_ids) = lowering.reached_types();
        let types = lowering.data.iter().chain(&lowering.exception_ids);
        lowering.type_names = types.map(|id| names::type_name(id.name())).collect();
        lowering.boxed = lowering.recursive_members();
        lowering.secret = lowering.secret_shapes();
        lowering.links = lowering.links();
        lowering
    }

    fn shape(&self, id: &ShapeId) -> &'m Shape {
        &self.model.shapes[id]
    }

    /// The members of a structure or union; none for other shapes.
    fn members(&self, id: &ShapeId) -> &'m [Member] {
        match &self.shape(id).kind {
            ShapeKind::Structure(structure) => &structure.members,
            ShapeKind::Union(members) => members,
            _ => &[],
        }
    }

    /// The shape that a member reaches without passing through a structure: itself, or what its list or map holds.
    fn reached(&self, id: &'m ShapeId) -> &'m ShapeId {
        match &self.shape(id).kind {
            ShapeKind::List { member, .. } => self.reached(&member.target),
            ShapeKind::Map { value, .. } => self.reached(&value.target),
            _ => id,
        }
    }

    /// The same, and the keys of the maps on the way.
    fn reached_with_keys(&self, id: &'m ShapeId) -> Vec<&'m ShapeId> {
        match &self.shape(id).kind {
            ShapeKind::List { member, .. } => self.reached_with_keys(&member.target),
            ShapeKind::Map { key, value, .. } => {
                let mut reached = self.reached_with_keys(&value.target);
                reached.push(&key.target);
                reached
            }
            _ => vec![id],
        }
    }

    /// What inputs, outputs and errors of operations reach: structures, unions and enums, and apart from them what is an
    /// error, listed by an operation or not.
    fn reached_types(&self) -> (BTreeSet<&'m ShapeId>, BTreeSet<&'m ShapeId>) {
        let operations = || self.model.operations.iter();
        let ends = operations().flat_map(|operation| operation.input.iter().chain(&operation.output));
        let mut queue: Vec<&'m ShapeId> = ends.flat_map(|end| self.members(end)).map(|member| &member.target).collect();
        queue.extend(operations().flat_map(|operation| &operation.errors));
        let (mut data, mut exceptions) = (BTreeSet::new(), BTreeSet::new());
        while let Some(id) = queue.pop() {
            for id in self.reached_with_keys(id) {
                let found = match &self.shape(id).kind {
                    ShapeKind::Structure(structure) if structure.error.is_some() => exceptions.insert(id),
                    ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) => data.insert(id),
                    _ => false,
                };
                if found {
                    queue.extend(self.members(id).iter().map(|member| &member.target));
                }
            }
        }
        (data, exceptions)
    }

    /// Members that lead back to their own container through structures and unions alone.
    fn recursive_members(&self) -> BTreeSet<(&'m ShapeId, &'m str)> {
        let ids: Vec<&'m ShapeId> = self.data.iter().chain(&self.exception_ids).copied().collect();
        let places: BTreeMap<&ShapeId, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let (mut edges, mut members) = (Vec::new(), Vec::new());
        for (place, &id) in ids.iter().enumerate() {
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
            let names = names::OperationNames::of(operation.id.name());
            for (id, name) in [(&operation.input, &names.input), (&operation.output, &names.output)] {
                if let Some(id) = id {
                    let path = format!("crate::operation::{}::{name}", names.module);
                    links.entry(id.name().into()).or_insert_with(|| (name.clone(), path));
                }
            }
            let place = self.place_of(&names.module);
            links.insert(operation.id.name().into(), (names.operation, place));
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

    /// Reports a name that no package can have; what a service gives as the default may be none.
    fn check_crate_name(&mut self, name: &str) {
        if let Err(mut reason) = check_crate_name(name) {
            let service = &self.model.service;
            if name.is_empty() {
                reason = format!("the sdkId {:?} makes no name of a package", service.sdk_id);
            }
            let (id, hint) = (service.id.clone(), "give the crate another name, with --crate-name");
            self.problem(&id, None, reason, hint);
        }
    }

    fn families(&mut self) -> Vec<Family> {
        let names: BTreeSet<&str> = self.data.iter().map(|id| id.name()).collect();
        let mut held_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for &id in &self.data {
            for member in self.members(id) {
                for reached in self.reached_with_keys(&member.target) {
                    held_by.entry(reached.name()).or_default().push(id.name());
                }
            }
        }
        let modules = families::assign(&names, &held_by);
        let mut families: BTreeMap<&str, Family> = BTreeMap::new();
        for id in self.data.clone() {
            let module = &modules[id.name()];
            let family = families.entry(module).or_insert_with(|| Family {
                module: module.clone(),
                title: module.trim_start_matches("r#").replace('_', " "),
                names_deprecated: false,
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

    fn service(&self) -> ServicePlan {
        let service = &self.model.service;
        ServicePlan {
            type_name: names::service_type(&service.sdk_id),
            shape_name: service.id.name().to_owned(),
            sdk_id: service.sdk_id.clone(),
            api_name: service.sdk_id.to_lowercase().replace(' ', ""),
            signing_name: service.signing_name.clone(),
            protocol: service.protocol.value(service.query_compatible),
            protocol_feature: service.protocol.runtime.as_ref().map(|runtime| runtime.feature),
            headers: self.customization.headers,
            docs: self.docs(service.id.as_str(), service.documentation.as_deref(), || match self.emit {
                Emit::Client => format!("Client for {}.", docs::words(&service.sdk_id)),
                Emit::Types => format!("The service is {}.", docs::words(&service.sdk_id)),
            }),
        }
    }
}

/// What the files of operations define, or name beside shapes: the service, and of each operation itself, its input, its
/// output and its error, with their builders, and its paginator.
fn operation_names(model: &Model) -> BTreeSet<String> {
    let operations = model.operations.iter();
    let of_operations = operations.flat_map(|operation| names::OperationNames::of(operation.id.name()).in_files());
    of_operations.chain([names::service_type(&model.service.sdk_id)]).collect()
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
