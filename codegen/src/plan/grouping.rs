//! Which shapes stand together in one file.
//!
//! Names of a service begin with what they are about: `Stage`, `StageSummary`,
//! `StageSession`. Shapes that share their first word stand in one module; a
//! shape that is alone with its word joins the module of the first shape that holds it.

use std::collections::{BTreeMap, BTreeSet};

use super::names;

/// Maps each shape to its module. `held_by` lists, for each
/// shape, the shapes that have it as a member, in order.
pub(crate) fn assign<'a>(
    names: &BTreeSet<&'a str>,
    held_by: &BTreeMap<&'a str, Vec<&'a str>>,
) -> BTreeMap<&'a str, String> {
    let mut by_word: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for &name in names {
        by_word.entry(words(name).swap_remove(0)).or_default().push(name);
    }
    let mut modules = BTreeMap::new();
    for members in by_word.values().filter(|members| members.len() > 1) {
        let module = module(&common_words(members));
        modules.extend(members.iter().map(|&name| (name, module.clone())));
    }
    for &name in names {
        if !modules.contains_key(name) {
            let module = adopted(name, held_by, &modules).unwrap_or_else(|| module(&words(name)));
            modules.insert(name, module);
        }
    }
    modules
}

/// How many holders are asked for their module. Beyond so many a shape is far from all that they are about.
const FARTHEST: usize = 200;

/// The module of the nearest shape that holds this one and has one.
fn adopted(name: &str, held_by: &BTreeMap<&str, Vec<&str>>, modules: &BTreeMap<&str, String>) -> Option<String> {
    let mut seen = BTreeSet::from([name]);
    let mut queue = vec![name];
    while !queue.is_empty() && seen.len() < FARTHEST {
        let holders: Vec<&str> = queue.iter().filter_map(|shape| held_by.get(shape)).flatten().copied().collect();
        if let Some(module) = holders.iter().find_map(|holder| modules.get(holder)) {
            return Some(module.clone());
        }
        queue = holders.into_iter().filter(|holder| seen.insert(holder)).collect();
    }
    None
}

fn words(name: &str) -> Vec<String> {
    names::snake(name).split('_').map(str::to_owned).collect()
}

fn common_words(names: &[&str]) -> Vec<String> {
    let mut names = names.iter().map(|name| words(name));
    let mut common = names.next().unwrap_or_default();
    for other in names {
        let shared = common.iter().zip(&other).take_while(|(left, right)| left == right).count();
        common.truncate(shared);
    }
    common
}

/// `error` and `builders` are modules of their own, no file of a module is called `mod`, and some words are reserved.
fn module(words: &[String]) -> String {
    let name = words.join("_");
    match name.as_str() {
        "error" | "builders" | "mod" => format!("{name}_types"),
        _ => names::escape(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(names: &[&'static str], holders: &[(&'static str, &[&'static str])]) -> Vec<String> {
        let held_by = holders.iter().map(|(name, holders)| (*name, holders.to_vec())).collect();
        assign(&names.iter().copied().collect(), &held_by)
            .iter()
            .map(|(name, module)| format!("{name}: {module}"))
            .collect()
    }

    #[test]
    fn shapes_with_one_first_word_are_a_module_named_after_what_they_share() {
        let found = modules(&["PublicKey", "PublicKeySummary", "Stage", "StageSession"], &[]);
        assert_eq!(
            found,
            ["PublicKey: public_key", "PublicKeySummary: public_key", "Stage: stage", "StageSession: stage"]
        );
    }

    #[test]
    fn a_shape_alone_joins_the_nearest_module_that_holds_it() {
        let holders: &[(&str, &[&str])] = &[("Grid", &["Layout"]), ("Layout", &["Stage"])];
        let found = modules(&["Grid", "Layout", "Stage", "StageSummary"], holders);
        assert_eq!(found, ["Grid: stage", "Layout: stage", "Stage: stage", "StageSummary: stage"]);
    }

    #[test]
    fn a_shape_that_nothing_holds_has_a_file_of_its_own() {
        assert_eq!(modules(&["Error", "Grid"], &[("Grid", &["Grid"])]), ["Error: error_types", "Grid: grid"]);
    }
}
