//! Operations: inputs, outputs, errors, routes, pagination.

use super::planner::{Planner, deprecation};
use crate::model::{self, Binding, Segment, ShapeId};
use crate::options::Emit;
use crate::plan::docs::Docs;
use crate::plan::names::{self, OperationNames};
use crate::plan::{Checksum, Operation, PathSegment, Role, Structure};

impl<'m> Planner<'m> {
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let operations: Vec<&'m model::Operation> = self.model.operations.iter().collect();
        operations.into_iter().map(|operation| self.operation(operation)).collect()
    }

    fn operation(&mut self, operation: &'m model::Operation) -> Operation {
        let shape_name = operation.id.name();
        let names = OperationNames::of(shape_name);
        let input = self.end(operation.input.as_ref(), &names, Role::Input);
        let mut output = self.end(operation.output.as_ref(), &names, Role::Output);
        if operation.unwrapped_output {
            self.unwrap(&mut output);
        }
        let mut docs =
            self.docs(operation.id.as_str(), operation.documentation.as_deref(), || format!("Calls `{shape_name}`."));
        if self.emit == Emit::Client {
            docs.list_errors(operation.errors.iter().map(|id| names::type_name(id.name())));
        }
        Operation {
            docs,
            deprecated: deprecation(operation.deprecated.as_ref()),
            names_deprecated: false,
            errors: self.operation_errors(&operation.errors),
            method: operation.http.method.clone(),
            path: self.path(operation),
            query: operation.http.query.clone(),
            host_prefix: operation
                .host_prefix
                .as_deref()
                .filter(|prefix| !self.customization.is_ruled(prefix))
                .map(|prefix| self.host_prefix(operation, prefix, &input)),
            auth: operation.auth.clone(),
            unsigned_payload: operation.unsigned_payload,
            checksum_required: operation.checksum_required,
            checksum: operation.checksum.as_ref().map(|checksum| self.checksum(operation, checksum)),
            tree_hash: self.customization.tree_hash && input.is_streaming(),
            // Of a stream that is compressed nobody knows how long it will be.
            compressed: operation.compressed && !input.stream_requires_length(),
            without_input: operation.input.is_none() && self.model.service.protocol.body_needs_input,
            endpoint_member: self
                .customization
                .endpoint_member(shape_name)
                .and_then(|member| self.position(operation, member)),
            // Nothing to tell is no reason to end a stream of events.
            may_stall: self.customization.may_stall(shape_name)
                || input.events().is_some()
                || output.events().is_some(),
            resource_id: self.resource_id(operation),
            path_in_endpoint: self.begins_in_endpoint(operation),
            sensitive_output: operation.output.as_ref().is_some_and(|id| self.secret.contains(id)),
            paginated: self.pagination(operation, &input, &output),
            waiters: self.waiters(operation, &input),
            shape_name: shape_name.to_owned(),
            names,
            input,
            output,
        }
    }

    /// The input or output structure; operations that have none get an empty one.
    fn end(&mut self, id: Option<&'m ShapeId>, names: &OperationNames, role: Role) -> Structure {
        let (name, what) = if role == Role::Input { (&names.input, "Input") } else { (&names.output, "Output") };
        let shape = id.map(|id| self.shape(id));
        let place = self.place_of(&names.module);
        let sentence = || format!("{what} of [`{}`]({place}).", names.operation);
        let docs = match shape {
            Some(shape) => self.docs(shape.id.as_str(), shape.documentation.as_deref(), sentence),
            None => Docs::plain(&sentence()),
        };
        self.structure_as(name.clone(), docs, shape, role)
    }

    /// What checksums the messages have, with members by their positions.
    fn checksum(&self, operation: &model::Operation, checksum: &model::HttpChecksum) -> Checksum {
        let position = |member: &Option<String>| self.position(operation, member.as_ref()?);
        Checksum {
            algorithm_member: position(&checksum.algorithm_member),
            required: checksum.required,
            validation_member: position(&checksum.validation_member),
            response: checksum.response.clone(),
        }
    }

    /// Position of a member in the input.
    fn position(&self, operation: &model::Operation, member: &str) -> Option<usize> {
        self.members(operation.input.as_ref()?).iter().position(|candidate| candidate.name == member)
    }

    /// Position of the first label of the path that is an id with prefixes, and these.
    fn resource_id(&self, operation: &model::Operation) -> Option<(usize, &'static [&'static str])> {
        let members = self.members(operation.input.as_ref()?).iter().enumerate();
        let mut labels = members.filter(|(_, member)| matches!(member.binding, Binding::Label));
        labels.find_map(|(index, member)| {
            self.customization.prefixes_of(member.target.name()).map(|prefixes| (index, prefixes))
        })
    }

    /// Whether the path begins with a label that is a part of the endpoint.
    fn begins_in_endpoint(&self, operation: &model::Operation) -> bool {
        let first = operation.http.path.first();
        matches!(first, Some(Segment::Label(member)) if self.customization.is_endpoint_label(member))
    }

    fn path(&mut self, operation: &model::Operation) -> Vec<PathSegment> {
        let skipped = usize::from(self.begins_in_endpoint(operation));
        let segments = operation.http.path.iter().skip(skipped).map(|segment| match segment {
            Segment::Literal(text) => Some(PathSegment::Literal(text.clone())),
            Segment::Label(member) => self.position(operation, member).map(PathSegment::Label),
            Segment::GreedyLabel(member) => self.position(operation, member).map(PathSegment::Greedy),
        });
        let segments: Option<Vec<_>> = segments.collect();
        if segments.is_none() {
            let message = "the route has a label that is not a member of the input".to_owned();
            self.problem(&operation.id, None, message, "add a member with `smithy.api#httpLabel`, or correct the uri");
        }
        segments.unwrap_or_default()
    }

    /// The prefix with its labels as Rust fields.
    fn host_prefix(&self, operation: &model::Operation, prefix: &str, input: &Structure) -> String {
        let members = operation.input.as_ref().map_or(&[][..], |id| self.members(id));
        let labels = members.iter().zip(&input.fields).filter(|(member, _)| member.host_label);
        labels.fold(prefix.to_owned(), |prefix, (member, field)| {
            prefix.replace(&format!("{{{}}}", member.name), &format!("{{{}}}", field.name))
        })
    }
}
