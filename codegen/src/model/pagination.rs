//! Pagination: the trait of an operation completed by that of its service, with every name it holds looked up.

use super::Paginated;
use super::resolver::Resolver;
use super::traits::{self, id};
use crate::ast;
use crate::ast::node::Node;
use crate::ast::suggest::did_you_mean;
use crate::ast::{Kind, Shape};

/// The pagination of an operation; `None` when it has none, or none that is usable, which is reported.
pub(crate) fn paginated<'a>(
    operation: &'a Shape,
    service: &'a Shape,
    (input, output): (Option<&'a Shape>, Option<&'a Shape>),
    resolver: &mut Resolver<'a>,
) -> Option<Paginated> {
    let own = operation.traits.get(id::PAGINATED)?.node();
    let common = service.traits.get(id::PAGINATED).map(ast::Trait::node);
    let hint = "write an object with `inputToken` and `outputToken`";
    own.object(resolver.findings, hint)?;
    let mut found = |key: &str| {
        let common = || common.as_ref().and_then(|common| common.field(key));
        let node = own.field(key).or_else(common)?;
        let text = traits::text_field(&own, key, resolver.findings);
        let text = text.or_else(|| node.value.as_str().map(str::to_owned));
        text.map(|text| (node, text))
    };
    let (input_token, output_token) = (found("inputToken"), found("outputToken"));
    let (items, page_size) = (found("items"), found("pageSize"));
    for (key, value) in [("inputToken", &input_token), ("outputToken", &output_token)] {
        if value.is_none() {
            let message = format!("neither the operation nor the service says what `{key}` is");
            resolver.findings.error(&own.at, message, hint);
        }
    }
    if let Some((node, name)) = &input_token {
        member(input, name, node, resolver);
    }
    if let Some((node, name)) = &page_size {
        let target = member(input, name, node, resolver);
        if let Some(target) = target.filter(|target| !is_size(target.kind)) {
            let message = format!("the page size {name:?} is {}", target.kind.described());
            resolver.findings.error(&node.at, message, "name a member that is a whole number");
        }
    }
    if let Some((node, path)) = &output_token {
        resolve(output, path, node, resolver);
    }
    if let Some((node, path)) = &items {
        let target = resolve(output, path, node, resolver);
        let is_collection = |shape: &&Shape| matches!(shape.kind, Kind::List | Kind::Map);
        if let Some(target) = target.filter(|shape| !is_collection(shape)) {
            let message = format!("the items at {path:?} are {}", target.kind.described());
            resolver.findings.error(&node.at, message, "name a list or a map");
        }
    }
    Some(Paginated {
        input_token: input_token?.1,
        output_token: output_token?.1,
        items: items.map(|(_, path)| path),
        page_size: page_size.map(|(_, name)| name),
    })
}

/// Whether a member can say how large a page is: whole numbers, and text, as some services of AWS have it.
fn is_size(kind: Kind) -> bool {
    matches!(kind, Kind::Byte | Kind::Short | Kind::Integer | Kind::IntEnum | Kind::Long | Kind::String)
}

/// Follows a dotted path from a structure; reports the first name that is not there.
fn resolve<'a>(
    start: Option<&'a Shape>,
    path: &str,
    node: &Node<'_>,
    resolver: &mut Resolver<'a>,
) -> Option<&'a Shape> {
    let mut current = start;
    for name in path.split('.') {
        current = Some(member(current, name, node, resolver)?);
    }
    current
}

/// The target of a member of a structure; reports a member that does not exist.
fn member<'a>(
    structure: Option<&'a Shape>,
    name: &str,
    node: &Node<'_>,
    resolver: &mut Resolver<'a>,
) -> Option<&'a Shape> {
    let members = structure.map_or(&[][..], |structure| &structure.members);
    let found = members.iter().find(|member| member.name == name);
    let Some(found) = found else {
        let names = members.iter().map(|member| member.name.as_str());
        let hint = did_you_mean(name, names, "name a member that it has");
        let owner = structure.map_or("the empty structure", |structure| &structure.id);
        resolver.findings.error(&node.at, format!("{owner} has no member {name:?}"), hint);
        return None;
    };
    resolver.ast.shapes.get(&found.target.id)
}
