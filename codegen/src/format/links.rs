//! Links of documentation as short as their place allows.
//!
//! The plan spells every link with its path, as it does not know where the text
//! will stand. Where the item is in scope its name is enough, and rustdoc says so.

use std::collections::BTreeMap;
use syn::{File, Item, UseTree};

/// Names in scope and what they stand for, by module of the file; the file itself is `""`.
type Scopes = BTreeMap<String, BTreeMap<String, String>>;

/// What an item of the file itself stands for: its path is not in the file.
const OWN: &str = "";

/// Drops the target of each link whose label is in scope and means the same.
pub(super) fn shorten(text: &str, file: &File) -> String {
    let mut scopes = Scopes::new();
    collect("", &file.items, &mut scopes);
    define(text, scopes.entry(String::new()).or_default());
    let mut module = "";
    let mut result = String::with_capacity(text.len());
    for line in text.lines() {
        if let Some(name) = line.strip_suffix(" {").and_then(|line| line.split_once("mod ")).map(|(_, name)| name) {
            module = name;
        } else if line == "}" {
            module = "";
        }
        match scopes.get(module) {
            Some(scope) if line.trim_start().starts_with("///") || line.starts_with("//!") => {
                result.push_str(&shorten_line(line, scope))
            }
            _ => result.push_str(line),
        }
        result.push('\n');
    }
    result
}

fn shorten_line(line: &str, scope: &BTreeMap<String, String>) -> String {
    let mut result = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, link)) = rest.split_once("[`") {
        result.push_str(before);
        result.push_str("[`");
        rest = link;
        // The label ends at the next backtick, so that a line with many links is read once.
        let label = link.split_once('`').and_then(|(label, after)| Some((label, after.strip_prefix("](")?)));
        if let Some((label, target)) = label
            && let Some((target, after)) = target.split_once(')')
            && scope
                .get(label)
                .is_some_and(|path| path == target || path == OWN && target.ends_with(&format!("::{label}")))
        {
            result.push_str(label);
            result.push_str("`]");
            rest = after;
        }
    }
    result.push_str(rest);
    result
}

/// Puts the types that the file itself defines into scope, those in tables included and those of its modules not.
fn define(text: &str, scope: &mut BTreeMap<String, String>) {
    let mut in_module = false;
    for line in text.lines() {
        match line {
            "}" => in_module = false,
            _ if line.ends_with(" {") && line.split(' ').any(|word| word == "mod") => in_module = true,
            _ => {}
        }
        let line = line.trim_start();
        let item = ["pub struct ", "pub enum "].iter().find_map(|keyword| line.strip_prefix(keyword));
        if let Some(item) = item.filter(|_| !in_module) {
            let name = item.split(|end: char| !end.is_alphanumeric() && end != '_').next().unwrap_or_default();
            scope.insert(name.to_owned(), OWN.to_owned());
        }
    }
}

fn collect(module: &str, items: &[Item], scopes: &mut Scopes) {
    for item in items {
        match item {
            Item::Use(item) => imported(&item.tree, String::new(), scopes.entry(module.to_owned()).or_default()),
            Item::Mod(inner) => {
                if let Some((_, items)) = &inner.content {
                    collect(&inner.ident.to_string(), items, scopes);
                }
            }
            _ => {}
        }
    }
    reexported(items, scopes.entry(module.to_owned()).or_default());
}

/// Items of the modules that are declared in other files count as the file's own.
fn reexported(items: &[Item], scope: &mut BTreeMap<String, String>) {
    for item in items {
        let Item::Mod(declared) = item else { continue };
        let prefix = format!("{}::", declared.ident);
        scope.values_mut().filter(|path| path.starts_with(&prefix)).for_each(|path| *path = OWN.to_owned());
    }
}

fn imported(tree: &UseTree, path: String, scope: &mut BTreeMap<String, String>) {
    match tree {
        UseTree::Path(step) => imported(&step.tree, format!("{path}{}::", step.ident), scope),
        UseTree::Name(name) => {
            scope.insert(name.ident.to_string(), format!("{path}{}", name.ident));
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, path.clone(), scope)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_what_is_in_scope_lose_their_target() {
        let text = "/// [`A`](crate::a::A), [`B`](crate::b::B) and [`A`](crate::c::A).\nuse crate::a::A;\n";
        let file = syn::parse_file(text.lines().last().unwrap_or_default()).expect("a use line");
        assert_eq!(shorten(text, &file).lines().next(), Some("/// [`A`], [`B`](crate::b::B) and [`A`](crate::c::A)."));
    }

    #[test]
    fn what_a_crate_exports_again_is_in_scope_of_its_own_page() {
        let code = "//! [`A`](crate::A), [`B`](crate::B)\nmod a;\npub use a::A;\n";
        let file = syn::parse_file(code).expect("well formed");
        assert_eq!(shorten(code, &file).lines().next(), Some("//! [`A`], [`B`](crate::B)"));
    }

    #[test]
    fn modules_have_a_scope_of_their_own() {
        let code = "use crate::a::A;\npub mod inner {\n    /// [`A`](crate::a::A)\n    pub type T = u8;\n}\n";
        let file = syn::parse_file(code).expect("well formed");
        assert_eq!(shorten(code, &file), code);
    }
}
