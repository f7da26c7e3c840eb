//! What XML and forms have to know of shapes, in the tables of structures and unions.

use crate::format::Table;
use crate::model::Namespace;
use crate::plan::xml::{Items, Root, Xml};

/// Writes the block `xml` of a table: the element of a document, and members by their position; nothing where there is
/// nothing to be known.
pub(super) fn block(table: &mut Table, root: Option<&Root>, members: &[(usize, &Xml)]) {
    if root.is_none() && members.is_empty() {
        return;
    }
    table.code(" xml {\n");
    if let Some(root) = root {
        table.code("        root ").literal(&root.name);
        if let Some(namespace) = &root.namespace {
            table.code(" Xml::PLAIN");
            declared(table, namespace);
        }
        table.code(",\n");
    }
    for (index, xml) in members {
        table.code("        ").number(*index).code(" ");
        value(table, xml);
        table.code(",\n");
    }
    table.code("    }");
}

/// Writes the expression of what is to be known of a value.
fn value(table: &mut Table, xml: &Xml) {
    match &xml.items {
        Items::Usual => table.code("Xml::PLAIN"),
        Items::List(item) => table.code("Xml::list(").literal(item).code(")"),
        Items::Map(key, value) => table.code("Xml::map(").literal(key).code(", ").literal(value).code(")"),
    };
    if let Some(namespace) = &xml.namespace {
        declared(table, namespace);
    }
    if let Some(name) = &xml.form_name {
        table.code(".in_forms(").literal(name).code(")");
    }
    for (method, inner) in [(".of(&", &xml.of), (".by(&", &xml.by)] {
        if let Some(inner) = inner {
            table.code(method);
            value(table, inner);
            table.code(")");
        }
    }
}

fn declared(table: &mut Table, namespace: &Namespace) {
    match &namespace.prefix {
        Some(prefix) => table.code(".prefixed(").literal(prefix).code(", "),
        None => table.code(".namespace("),
    };
    table.literal(&namespace.uri).code(")");
}
