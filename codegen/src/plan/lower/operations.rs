//! Operations: inputs, outputs, errors, routes, pagination.

use serde_json::Value;

use super::{Lowering, deprecation};
use crate::Emit;
use crate::model::{self, Segment, ShapeId, ShapeKind};
use crate::plan::docs::Docs;
use crate::plan::endpoint::{EndpointPlan, OperationParam, ParamSource};
use crate::plan::types::RustType;
use crate::plan::{
    ErrorVariant, Field, Operation, Pagination, PathField, PathSegment, Presence, Role, Structure, names,
};

impl<'m> Lowering<'m> {
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let operations: Vec<&'m model::Operation> = self.model.operations.iter().collect();
        operations.into_iter().map(|operation| self.operation(operation)).collect()
    }

    fn operation(&mut self, operation: &'m model::Operation) -> Operation {
        let shape_name = operation.id.name();
        let name = names::type_name(shape_name);
        let module = names::operation(shape_name);
        let input = self.end(operation.input.as_ref(), &name, &module, Role::Input);
        let output = self.end(operation.output.as_ref(), &name, &module, Role::Output);
        let mut docs =
            self.docs(operation.id.as_str(), operation.documentation.as_deref(), || format!("Calls `{shape_name}`."));
        if self.emit == Emit::Client {
            docs.list_errors(operation.errors.iter().map(|id| names::type_name(id.name())));
        }
        Operation {
            docs,
            deprecated: deprecation(operation.deprecated.as_ref()),
            errors: operation.errors.iter().map(|id| self.error_variant(id)).collect(),
            method: operation.http.method.clone(),
            path: self.path(operation),
            query: operation.http.query.clone(),
            host_prefix: operation.host_prefix.as_deref().map(|prefix| self.host_prefix(operation, prefix)),
            unsigned: operation.unsigned,
            sensitive_output: operation.output.as_ref().is_some_and(|id| self.secret.contains(id)),
            paginated: operation
                .paginated
                .as_ref()
                .and_then(|traits| self.pagination(operation, traits, &input, &output)),
            shape_name: shape_name.to_owned(),
            name,
            module,
            input,
            output,
        }
    }

    /// The input or output structure; operations that have none get an empty one.
    fn end(&mut self, id: Option<&'m ShapeId>, operation: &str, module: &str, role: Role) -> Structure {
        let suffix = if role == Role::Input { "Input" } else { "Output" };
        let shape = id.map(|id| self.shape(id));
        let place = self.place_of(module);
        let sentence = || format!("{suffix} of [`{operation}`]({place}).");
        let docs = match shape {
            Some(shape) => self.docs(shape.id.as_str(), shape.documentation.as_deref(), sentence),
            None => Docs::plain(&sentence()),
        };
        self.structure_as(format!("{operation}{suffix}"), docs, shape, role)
    }

    fn error_variant(&self, id: &ShapeId) -> ErrorVariant {
        let name = names::type_name(id.name());
        let shape = self.shape(id);
        let docs = self.docs(id.as_str(), shape.documentation.as_deref(), || {
            format!("The exception `{}` of the model.", id.name())
        });
        let query_code = match &shape.kind {
            ShapeKind::Structure(structure) if self.model.service.query_compatible => {
                structure.error.as_ref().and_then(|error| error.query_code.clone())
            }
            _ => None,
        };
        ErrorVariant {
            is: format!("is_{}", names::snake(&name)),
            variant: names::error_variant(&name),
            code: query_code.unwrap_or_else(|| id.name().to_owned()),
            first_sentence: docs.first_sentence,
            name,
        }
    }

    /// Position of a member in the input.
    fn position(&self, operation: &model::Operation, member: &str) -> Option<usize> {
        self.members(operation.input.as_ref()?).iter().position(|candidate| candidate.name == member)
    }

    fn path(&mut self, operation: &model::Operation) -> Vec<PathSegment> {
        let segments = operation.http.path.iter().map(|segment| match segment {
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
    fn host_prefix(&self, operation: &model::Operation, prefix: &str) -> String {
        let members = operation.input.as_ref().map_or(&[][..], |id| self.members(id));
        members.iter().filter(|member| member.host_label).fold(prefix.to_owned(), |prefix, member| {
            prefix.replace(&format!("{{{}}}", member.name), &format!("{{{}}}", names::field(&member.name)))
        })
    }

    fn pagination(
        &self,
        operation: &model::Operation,
        traits: &model::Paginated,
        input: &Structure,
        output: &Structure,
    ) -> Option<Pagination> {
        let field = |member: &str| input.fields.iter().find(|field| field.member_name == member);
        let input_token = field(&traits.input_token).filter(|field| field.ty == RustType::String)?;
        let (output_token, token_type) = self.output_path(operation, &traits.output_token, output)?;
        if token_type != RustType::String {
            return None;
        }
        let named_items = traits.items.as_deref().and_then(|items| self.output_path(operation, items, output));
        Some(Pagination {
            input_token: input_token.name.clone(),
            output_token,
            page_size: traits.page_size.as_deref().and_then(field).map(|field| (field.name.clone(), field.ty.clone())),
            items: named_items.or_else(|| only_list(output)).and_then(|(path, ty)| match ty {
                RustType::Vec(item) => Some((path, *item)),
                RustType::Map(value) => Some((path, RustType::Map(value))),
                _ => None,
            }),
        })
    }

    /// The Rust fields of a dotted path into the output, and the type at its end.
    fn output_path(
        &self,
        operation: &model::Operation,
        path: &str,
        output: &Structure,
    ) -> Option<(Vec<PathField>, RustType)> {
        let mut steps = path.split('.');
        let first = steps.next()?;
        let field = output.fields.iter().find(|field| field.member_name == first)?;
        let mut fields = vec![path_field(field)];
        let mut ty = field.ty.clone();
        let mut id = &self.members(operation.output.as_ref()?).iter().find(|member| member.name == first)?.target;
        for step in steps {
            let member = self.members(id).iter().find(|member| member.name == step)?;
            ty = self.plain_type(&member.target)?;
            let presence = crate::plan::nullability::of_member(member, &ty);
            fields.push(PathField { name: names::field(step), optional: presence == Presence::Optional });
            id = &member.target;
        }
        Some((fields, ty))
    }

    /// The type of a target on a pagination path, where only text, lists and maps may end it.
    fn plain_type(&self, id: &ShapeId) -> Option<RustType> {
        let shape = self.shape(id);
        let named = || crate::plan::types::Named { name: names::type_name(id.name()), qualified: false };
        Some(match &shape.kind {
            ShapeKind::String => RustType::String,
            ShapeKind::Structure(_) => RustType::Structure(named()),
            ShapeKind::Enum(_) => RustType::Enum(named()),
            ShapeKind::List { member, .. } => RustType::Vec(Box::new(self.plain_type(&member.target)?)),
            ShapeKind::Map { value, .. } => RustType::Map(Box::new(self.plain_type(&value.target)?)),
            _ => return None,
        })
    }

    /// The parameters of the rule set that operations fill.
    pub(super) fn operation_params(&self, plan: &EndpointPlan) -> Vec<OperationParam> {
        let known = |name: &str| plan.parameters.iter().any(|parameter| parameter.name == name);
        let mut params = Vec::new();
        for operation in &self.model.operations {
            let mut push = |parameter: &str, source| {
                let operation = operation.id.name().to_owned();
                params.push(OperationParam { operation, parameter: parameter.to_owned(), source });
            };
            for (name, value) in operation.static_context_params.iter().filter(|(name, _)| known(name)) {
                match value {
                    Value::String(text) => push(name, ParamSource::Text(text.clone())),
                    Value::Bool(value) => push(name, ParamSource::Bool(*value)),
                    _ => {}
                }
            }
            let members = operation.input.as_ref().map_or(&[][..], |id| self.members(id));
            for (index, member) in members.iter().enumerate() {
                if let Some(name) = member.context_param.as_deref().filter(|name| known(name)) {
                    push(name, ParamSource::Member(index));
                }
            }
        }
        params
    }
}

/// Where the trait names no items, a page with exactly one list has them there.
fn only_list(output: &Structure) -> Option<(Vec<PathField>, RustType)> {
    let mut lists = output.fields.iter().filter(|field| matches!(field.ty, RustType::Vec(_)));
    let list = lists.next()?;
    lists.next().is_none().then(|| (vec![path_field(list)], list.ty.clone()))
}

fn path_field(field: &Field) -> PathField {
    PathField { name: field.name.clone(), optional: field.presence == Presence::Optional }
}
