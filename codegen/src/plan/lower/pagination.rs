//! Pagination: where tokens, page sizes and items of an operation are.

use super::planner::Planner;
use super::shapes::member_names;
use crate::model;
use crate::plan::types::RustType;
use crate::plan::{Field, Items, Pagination, PathField, Presence, Role, Structure, nullability};
use crate::report::Diagnostic;

/// The output field that says whether there are more pages.
fn more(output: &Structure, member: &str) -> Option<PathField> {
    let field = field(output, member).filter(|field| field.ty == RustType::Bool)?;
    Some(PathField { name: field.name.clone(), optional: matches!(field.presence, Presence::Optional) })
}

/// What pagination can be served, and what is left where it cannot.
const HINT: &str =
    "a paginator passes on two strings, or two maps of one type; pages with other tokens are asked for call by call";

impl Planner<'_> {
    /// How the operation is paginated; with tokens that cannot be passed on it is not, and a warning tells that.
    pub(super) fn pagination(
        &mut self,
        operation: &model::Operation,
        input: &Structure,
        output: &Structure,
    ) -> Option<Pagination> {
        let traits = operation.paginated.as_ref()?;
        let served = self.tokens(operation, traits, input, output);
        let (input_token, output_token, token_type) = match served {
            Ok(tokens) => tokens,
            Err(message) => {
                self.warn(operation, format!("the operation gets no paginator: {message}"));
                return None;
            }
        };
        Some(Pagination {
            input_token,
            output_token,
            token_type,
            more: self.customization.more_pages(operation.id.name()).and_then(|member| more(output, member)),
            page_size: traits
                .page_size
                .as_deref()
                .and_then(|member| field(input, member))
                .map(|field| (field.name.clone(), field.ty.clone())),
            items: self.items(operation, traits, output),
        })
    }

    /// The input's field for the token, the path to the output's, and the type of both.
    fn tokens(
        &self,
        operation: &model::Operation,
        traits: &model::Paginated,
        input: &Structure,
        output: &Structure,
    ) -> Result<(String, Vec<PathField>, RustType), String> {
        let model::Paginated { input_token, output_token, .. } = traits;
        if input.is_streaming() {
            return Err("its input streams, and a stream cannot be sent again for the next page".to_owned());
        }
        let field = field(input, input_token)
            .ok_or_else(|| format!("the input has no member `{input_token}`, its `inputToken`"))?;
        let (path, ty) = self
            .output_path(operation, output_token, output)
            .ok_or_else(|| format!("`{output_token}`, its `outputToken`, is not in the output"))?;
        if !matches!(ty, RustType::String | RustType::Map(..)) {
            return Err(format!("`{output_token}`, its `outputToken`, is neither a string nor a map"));
        }
        if field.ty != ty {
            return Err(format!("`{input_token}` and `{output_token}`, its tokens, differ in their types"));
        }
        Ok((field.name.clone(), path, ty))
    }

    /// The items of a page; where the trait names none, those of its only list.
    fn items(
        &self,
        operation: &model::Operation,
        traits: &model::Paginated,
        output: &Structure,
    ) -> Option<(Vec<PathField>, Items)> {
        let Some(named) = traits.items.as_deref() else { return only_list(output) };
        let (path, ty) = self.output_path(operation, named, output)?;
        Some((path, Items::of(ty)?))
    }

    fn warn(&mut self, operation: &model::Operation, message: String) {
        let mut warning = Diagnostic::of_shape(operation.id.as_str(), message, HINT);
        warning.pointer.push_str("/traits/smithy.api#paginated");
        self.warnings.push(warning);
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
        let field = field(output, first)?;
        let mut fields = vec![path_field(field)];
        let mut ty = field.ty.clone();
        let mut id = &self.members(operation.output.as_ref()?).iter().find(|member| member.name == first)?.target;
        for step in steps {
            let members = self.members(id);
            let position = members.iter().position(|member| member.name == step)?;
            let member = &members[position];
            ty = self.rust_type(member);
            let optional = nullability::of_member(member, &ty) == Presence::Optional;
            fields.push(PathField {
                name: member_names(Role::Data, &members.iter().collect::<Vec<_>>()).swap_remove(position).field,
                optional,
            });
            id = &member.target;
        }
        Some((fields, ty))
    }
}

fn field<'s>(structure: &'s Structure, member: &str) -> Option<&'s Field> {
    structure.fields.iter().find(|field| field.member_name == member)
}

/// The only list of a page.
fn only_list(output: &Structure) -> Option<(Vec<PathField>, Items)> {
    let mut lists = output.fields.iter().filter(|field| matches!(field.ty, RustType::Vec(_)));
    let list = lists.next()?;
    let items = Items::of(list.ty.clone())?;
    lists.next().is_none().then(|| (vec![path_field(list)], items))
}

fn path_field(field: &Field) -> PathField {
    PathField { name: field.name.clone(), optional: field.presence == Presence::Optional }
}
