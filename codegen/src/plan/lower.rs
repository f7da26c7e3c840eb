//! From the checked model to the plan.
//!
//! [`plan`] is the way in. A [`Planner`] knows the model and what has been found about it; each file here adds what it says
//! about one subject.

mod beforehand;
mod client_settings;
mod collisions;
mod context_params;
mod endpoint;
mod errors;
mod event_streams;
mod jmespath;
mod left_out;
mod links;
mod loose_header;
mod message;
mod operations;
mod pagination;
mod planner;
mod reach;
mod shapes;
mod type_modules;
mod waiters;
mod xml;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use self::planner::Planner;
use super::auth::AuthPlan;
use super::customization::Customization;
use super::endpoint::EndpointPlan;
use super::package::{check_crate_name, default_crate_name};
use super::{
    Deprecations, Package, Plan, Registry, Role, ServicePlan, Structure, deprecation, docs, names, root_error,
};
use crate::model::Model;
use crate::options::{Emit, Options};
use crate::report::Report;
use crate::unsupported::Chosen;

/// Makes all decisions about the Rust code of a model.
///
/// The choice is the one that the model was loaded with. The fingerprint of the model's sources goes into the manifest.
///
/// # Errors
/// When the model has something that the emitters cannot express.
pub(crate) fn plan(model: &Model, options: &Options, chosen: &Chosen, fingerprint: String) -> Result<Plan, Report> {
    let mut package = package(model, options, chosen, fingerprint);
    let mut planner = Planner::new(model, &package);
    package.record.shapes = planner.unreached_choice();
    planner.check_crate_name(&package.name);
    let mut operations = planner.operations();
    let exceptions = planner.exceptions();
    let event_streams = planner.event_streams();
    let of_streams = event_streams.iter().flat_map(|stream| &stream.errors).cloned();
    let beside_operations: Vec<_> = planner.chosen_errors().into_iter().chain(of_streams).collect();
    planner.refuse_same_names_of_shapes();
    planner.refuse_same_waiters();
    let type_modules = planner.type_modules();
    let endpoint = match options.emit {
        Emit::Client => planner.endpoint(),
        Emit::Types => EndpointPlan::default(),
    };
    let service = planner.service(&endpoint);
    for operation in &mut operations {
        operation.auth.take_if(|own| *own == service.auth.schemes);
    }
    if !planner.problems.is_empty() {
        return Err(Report { diagnostics: planner.problems });
    }
    let undocumented = planner.undocumented.take().into_iter().collect();
    let texts = planner.texts.take();
    let mut plan = Plan {
        left_out: left_out::told(model, chosen),
        package,
        service,
        front_page: docs::Lines::default(),
        type_modules,
        exceptions,
        event_streams,
        errors: root_error::variants(&operations, &beside_operations, &model.service_errors),
        operations,
        endpoint,
        endpoint_discovery: beforehand::endpoint_discovery(model),
        session_input: beforehand::session_input(model),
        deprecations: Deprecations::default(),
        undocumented,
        texts,
        links: planner.links.into_iter().map(|(name, target)| (name.into_owned(), target)).collect(),
        warnings: planner.warnings,
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
    let name = options.crate_name.clone().unwrap_or_else(default_name);
    // Services of AWS want to know who calls.
    let registry = || Registry::new(&name, !model.service.auth.is_empty(), options.emit);
    Package {
        registry: options.runtime.is_for_registry().then(registry),
        name,
        version: options.crate_version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        description: format!("{what} {}", docs::plain_words(&title)),
        title,
        runtime: options.runtime.clone(),
        standalone: options.standalone,
        emit: options.emit,
        record: left_out::record(model, options, chosen),
        chosen: chosen.selection.as_ref().map(|_| operations.map(|operation| operation.id.name().to_owned()).collect()),
        generator: env!("CARGO_PKG_VERSION"),
        fingerprint,
        writer: options.writer,
    }
}

impl<'m> Planner<'m> {
    fn new(model: &'m Model, package: &Package) -> Self {
        let mut planner = Self {
            model,
            emit: package.emit,
            library: package.library(),
            data: BTreeSet::new(),
            events: BTreeSet::new(),
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
        (planner.data, planner.exception_ids) = planner.reached_types(&model.types);
        planner.events = planner.events();
        let types = planner.data.iter().chain(&planner.exception_ids);
        planner.type_names = types.map(|id| names::type_name(id.name())).collect();
        planner.boxed = planner.recursive_members();
        planner.secret = planner.secret_shapes();
        planner.links = planner.links();
        planner
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

    fn exceptions(&mut self) -> Vec<Structure> {
        let shapes: Vec<_> = self.exception_ids.iter().map(|id| self.shape(id)).collect();
        shapes.into_iter().map(|shape| self.structure(shape, Role::Exception)).collect()
    }

    fn service(&self, endpoint: &EndpointPlan) -> ServicePlan {
        let service = &self.model.service;
        ServicePlan {
            type_name: names::service_type(&service.sdk_id),
            shape_name: service.id.name().to_owned(),
            sdk_id: service.sdk_id.clone(),
            api_name: service.sdk_id.to_lowercase().replace(' ', ""),
            signing_name: service.signing_name.clone(),
            auth: AuthPlan::of(service, endpoint, self.customization),
            protocol: self.customization.protocol(service.protocol.value(service.query_compatible)),
            protocol_version: service.protocol.forms().map(|_| service.version.clone()),
            sends_json: service.protocol.is_json,
            protocol_feature: service.protocol.runtime.as_ref().map(|runtime| runtime.feature),
            headers: self.customization.headers,
            signing: self.customization.signing,
            transient_codes: self.transient_codes(),
            extended_request_id: self.customization.extended_request_id,
            presigning: self.customization.presigning,
            auth_token: self.customization.auth_token,
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
