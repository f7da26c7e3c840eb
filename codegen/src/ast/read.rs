//! Reads the text of one source into a [`File`], reporting whatever does not have the form of a JSON AST.

use super::foreign::{self, WANTED};
use super::node::{At, Findings, Node};
use super::suggest::did_you_mean;
use super::{
    Apply, File, Fingerprint, Kind, Links, Member, PRELUDE, Reference, Shape, Trait, Traits, UNIT, Version,
    is_identifier, is_shape_id, json,
};

/// What stands at the top of an AST.
const TOP: [&str; 3] = ["smithy", "metadata", "shapes"];
/// Roles in which a resource or service refers to a list of operations.
const OPERATION_LISTS: [&str; 2] = ["operations", "collectionOperations"];
/// Roles in which a resource refers to one operation.
const LIFECYCLE: [&str; 6] = ["create", "put", "read", "update", "delete", "list"];

/// Reads one source.
///
/// `source` is its position among all sources and `name` what messages call it. Problems go to
/// `findings`; `None` when the text is no Smithy AST at all.
pub fn read(source: usize, name: &str, text: &str, findings: &mut Findings) -> Option<File> {
    let root = At::root(name);
    if let Some(what) = foreign::recognise_text(text) {
        findings.error(&root, format!("this is {what}"), WANTED);
        return None;
    }
    let value = json::read(&root, text, findings)?;
    let node = Node::new(&value, root);
    let version = read_version(&node, findings)?;
    for (key, field) in node.fields(findings, WANTED) {
        if !TOP.contains(&key.as_str()) {
            findings.warning(
                &field.at,
                format!("`{key}` means nothing at the top of a Smithy AST"),
                did_you_mean(key, TOP, "remove it; a model has `smithy`, `metadata` and `shapes`"),
            );
        }
    }
    let mut file = File { shapes: Vec::new(), applies: Vec::new(), broken: Vec::new() };
    let reader = Reader { source, version };
    if let Some(shapes) = node.field("shapes") {
        for (id, shape) in shapes.fields(findings, "`shapes` maps shape ids to shapes") {
            reader.entry(id, shape, &mut file, findings);
        }
    }
    Some(file)
}

/// The version of the AST; reports what the source is if it is no Smithy AST.
fn read_version(node: &Node<'_>, findings: &mut Findings) -> Option<Version> {
    node.object(findings, WANTED)?;
    let Some(version) = node.field("smithy") else {
        let message = match foreign::recognise(node.value) {
            Some(what) => format!("this is {what}, not a Smithy AST"),
            None => "this JSON is no Smithy AST: it has no `smithy` version".to_owned(),
        };
        findings.error(&node.at, message, WANTED);
        return None;
    };
    match version.text(findings, "write \"smithy\": \"2.0\"")? {
        "1" | "1.0" => Some(Version::One),
        "2" | "2.0" => Some(Version::Two),
        other => {
            findings.error(
                &version.at,
                format!("version {other:?} of the Smithy AST is not known"),
                "versions 1.0 and 2.0 are; write \"smithy\": \"2.0\"",
            );
            None
        }
    }
}

/// Reads the shapes of one source.
struct Reader {
    source: usize,
    version: Version,
}

impl Reader {
    /// Reads one entry of `shapes` into the file.
    fn entry(&self, key: &str, node: Node<'_>, file: &mut File, findings: &mut Findings) {
        let (id, member) = match key.split_once('$') {
            Some((id, member)) => (id, Some(member)),
            None => (key, None),
        };
        let mut at = node.at.clone().within_shape(id);
        if let Some(member) = member {
            at = at.within_member(member);
        }
        let node = Node::new(node.value, at);
        let kind = self.kind_name(id, &node, findings);
        if kind == Some("apply") {
            file.applies.push(Apply {
                shape: id.to_owned(),
                member: member.map(str::to_owned),
                traits: self.traits(&node, findings),
                at: node.at,
            });
            return;
        }
        if member.is_some() && kind.is_some() {
            findings.error(
                &node.at,
                "only an `apply` can stand under the id of a member",
                "define the member within its shape, or write \"type\": \"apply\"",
            );
            return;
        }
        let defined_by_us = id.split_once('#').is_some_and(|(ns, _)| ns == PRELUDE);
        match kind.and_then(|name| self.shape(id, name, &node, findings)) {
            Some(_) if defined_by_us && self.source > 0 => {}
            Some(shape) => file.shapes.push(shape),
            None => file.broken.push(id.to_owned()),
        }
    }

    /// The `type` of an entry; reports ids and entries that are malformed.
    fn kind_name<'a>(&self, id: &str, node: &Node<'a>, findings: &mut Findings) -> Option<&'a str> {
        if !is_shape_id(id) {
            findings.error(
                &node.at,
                format!("{id:?} is not an absolute shape id"),
                "write namespace#Name, such as com.example#Thing",
            );
            return None;
        }
        node.object(findings, "a shape is an object with a `type`")?;
        let Some(kind) = node.field("type") else {
            findings.error(&node.at, "this shape has no `type`", "add one, such as \"type\": \"structure\"");
            return None;
        };
        kind.text(findings, "write the name of a type, such as \"structure\"")
    }

    /// Reads a shape of the named type.
    fn shape(&self, id: &str, kind_name: &str, node: &Node<'_>, findings: &mut Findings) -> Option<Shape> {
        let Some(kind) = Kind::from_name(kind_name) else {
            let fallback = "types are string, structure, union, enum, list, map, operation and so on";
            findings.error(
                &node.at.child("type"),
                format!("{kind_name:?} is no type of Smithy"),
                did_you_mean(kind_name, Kind::names(), fallback),
            );
            return None;
        };
        warn_of_unknown_properties(kind, node, findings);
        let mut links = Links::default();
        if !kind.is_data() {
            links = self.links(kind, node, findings);
        }
        Some(Shape {
            id: id.to_owned(),
            version: self.version,
            kind,
            traits: self.traits(node, findings),
            mixins: references(node, "mixins", findings),
            members: self.members(kind, node, findings),
            links,
            raw: Fingerprint::of(node.value),
            at: node.at.clone(),
        })
    }

    fn members(&self, kind: Kind, node: &Node<'_>, findings: &mut Findings) -> Vec<Member> {
        let names: &[&str] = match kind {
            Kind::List | Kind::Set => &["member"],
            Kind::Map => &["key", "value"],
            _ if kind.has_named_members() => return self.named_members(kind, node, findings),
            _ => &[],
        };
        let mixed = node.field("mixins").is_some();
        let mut members = Vec::new();
        for name in names {
            match node.field(name) {
                Some(member) => members.extend(self.member(kind, name, &member, findings)),
                None if mixed => {}
                None => findings.error(
                    &node.at,
                    format!("this {} has no `{name}`", kind.name()),
                    format!("add \"{name}\": {{\"target\": \"smithy.api#String\"}} or another target"),
                ),
            }
        }
        members
    }

    fn named_members(&self, kind: Kind, node: &Node<'_>, findings: &mut Findings) -> Vec<Member> {
        let Some(members) = node.field("members") else {
            return Vec::new();
        };
        let mut read = Vec::new();
        for (name, member) in members.fields(findings, "`members` maps names to members") {
            if is_identifier(name) {
                read.extend(self.member(kind, name, &member, findings));
            } else {
                findings.error(
                    &member.at,
                    format!("{name:?} cannot be the name of a member"),
                    "use letters, digits and underscores, and begin with a letter",
                );
            }
        }
        read
    }

    fn member(&self, kind: Kind, name: &str, node: &Node<'_>, findings: &mut Findings) -> Option<Member> {
        let at = node.at.clone().within_member(name);
        let node = Node::new(node.value, at);
        let hint = "a member is an object with a `target`";
        node.object(findings, hint)?;
        let is_enum = matches!(kind, Kind::Enum | Kind::IntEnum);
        let target = match node.field("target") {
            None if is_enum => Reference { id: UNIT.to_owned(), at: node.at.clone() },
            _ => reference(&node, findings)?,
        };
        Some(Member { name: name.to_owned(), target, traits: self.traits(&node, findings), at: node.at })
    }

    fn traits(&self, node: &Node<'_>, findings: &mut Findings) -> Traits {
        let mut traits = Traits::default();
        let Some(field) = node.field("traits") else {
            return traits;
        };
        for (id, value) in field.fields(findings, "`traits` maps trait ids to values") {
            traits.set(Trait { id: id.clone(), value: value.value.clone(), at: value.at, source: self.source });
        }
        traits
    }

    /// What a service, resource or operation refers to.
    fn links(&self, kind: Kind, node: &Node<'_>, findings: &mut Findings) -> Links {
        let mut links = Links {
            errors: references(node, "errors", findings),
            resources: references(node, "resources", findings),
            ..Links::default()
        };
        for role in OPERATION_LISTS {
            links.operations.extend(references(node, role, findings));
        }
        if kind == Kind::Resource {
            let bound = LIFECYCLE.iter().filter_map(|role| node.field(role));
            let operations: Vec<_> = bound.filter_map(|one| reference(&one, findings)).collect();
            links.operations.extend(operations);
        }
        if kind == Kind::Operation {
            links.input = node.field("input").and_then(|one| reference(&one, findings));
            links.output = node.field("output").and_then(|one| reference(&one, findings));
        }
        if kind == Kind::Service {
            let version = node.field("version");
            let version = version.and_then(|one| one.text(findings, "write the version as text"));
            links.version = version.map(str::to_owned);
            links.rename = renames(node, findings);
        }
        links
    }
}

/// `rename` of a service.
fn renames(service: &Node<'_>, findings: &mut Findings) -> Vec<(Reference, String)> {
    let Some(rename) = service.field("rename") else {
        return Vec::new();
    };
    let mut renames = Vec::new();
    for (id, name) in rename.fields(findings, "`rename` maps shape ids to names") {
        let Some(new_name) = name.text(findings, "write the new name without a namespace") else {
            continue;
        };
        if is_identifier(new_name) {
            let id = id.clone();
            renames.push((Reference { id, at: name.at }, new_name.to_owned()));
        } else {
            findings.error(
                &name.at,
                format!("{new_name:?} cannot be the name of a shape"),
                "use letters, digits and underscores, without a namespace",
            );
        }
    }
    renames
}

/// The targets listed under a key; none where the key is missing.
fn references(node: &Node<'_>, key: &str, findings: &mut Findings) -> Vec<Reference> {
    let Some(list) = node.field(key) else {
        return Vec::new();
    };
    let hint = format!("`{key}` is a list of {{\"target\": \"namespace#Name\"}}");
    let items = list.items(findings, &hint);
    let read = items.iter().filter_map(|item| reference(item, findings));
    read.collect()
}

/// The `target` of an object.
fn reference(node: &Node<'_>, findings: &mut Findings) -> Option<Reference> {
    let hint = "write {\"target\": \"namespace#Name\"}";
    node.object(findings, hint)?;
    let Some(target) = node.field("target") else {
        findings.error(&node.at, "there is no `target` here", hint);
        return None;
    };
    Some(Reference { id: target.text(findings, hint)?.to_owned(), at: target.at })
}

/// Warns of properties that a shape of this kind does not have: they are usually typing mistakes.
fn warn_of_unknown_properties(kind: Kind, node: &Node<'_>, findings: &mut Findings) {
    let own: &[&str] = match kind {
        Kind::List | Kind::Set => &["member"],
        Kind::Map => &["key", "value"],
        Kind::Service => &["version", "operations", "resources", "errors", "rename"],
        Kind::Operation => &["input", "output", "errors"],
        Kind::Resource => &[
            "identifiers",
            "properties",
            "create",
            "put",
            "read",
            "update",
            "delete",
            "list",
            "operations",
            "collectionOperations",
            "resources",
        ],
        _ if kind.has_named_members() => &["members"],
        _ => &[],
    };
    for (key, field) in node.fields(findings, "") {
        let key = key.as_str();
        if !own.contains(&key) && !["type", "traits", "mixins"].contains(&key) {
            findings.warning(
                &field.at,
                format!("{} has no property `{key}`", kind.described()),
                did_you_mean(key, own.iter().copied(), "remove it, or move it to where it belongs"),
            );
        }
    }
}
