//! One dependency, changed in the form that it has.

use std::cmp::Ordering;

use toml_edit::{Array, InlineTable, Item, Key, TableLike, Value};

use super::Dependency;

/// Keys that say where a package is from.
const ORIGINS: [&str; 11] =
    ["workspace", "version", "git", "branch", "tag", "rev", "registry", "registry-index", "package", "path", "base"];

/// The two spellings of a key.
const DEFAULTS: [&str; 2] = ["default-features", "default_features"];

/// Makes an entry what `dependency` says.
pub(super) fn turn(entry: &mut Item, name: &str, dependency: &Dependency) {
    if let Item::Value(value @ Value::String(_)) = entry {
        let decor = value.decor().clone();
        let mut keys = InlineTable::new();
        *keys.decor_mut() = decor;
        *value = Value::InlineTable(keys);
    }
    match entry {
        Item::Value(Value::InlineTable(keys)) => {
            fill(keys, name, dependency);
            if tidy(keys) {
                keys.sort_values_by(|one, _, other, _| order(one, other));
                keys.fmt();
            }
        }
        Item::Table(keys) if keys.is_dotted() => {
            // What stands above dotted keys belongs to the first of them.
            let above = keys.iter().next().map(|(key, _)| key.to_owned());
            let above = above.and_then(|first| take_prefix(keys, &first));
            fill(keys, name, dependency);
            keys.sort_values_by(|one, _, other, _| order(one, other));
            let first = keys.iter().next().map(|(key, _)| key.to_owned());
            if let (Some(above), Some(mut key)) = (above, first.and_then(|first| keys.key_mut(&first))) {
                key.leaf_decor_mut().set_prefix(above);
            }
        }
        Item::Table(keys) => {
            fill(keys, name, dependency);
            keys.sort_values_by(|one, _, other, _| order(one, other));
        }
        _ => {}
    }
}

/// Puts single spaces into an inline table, and says so; one that spans lines has comments where these would go.
pub(super) fn tidy(keys: &mut InlineTable) -> bool {
    let is_line = !keys.to_string().contains('\n');
    if is_line {
        keys.fmt();
    }
    is_line
}

/// Takes away what stands before a key.
pub(super) fn take_prefix(keys: &mut dyn TableLike, key: &str) -> Option<String> {
    let mut key = keys.key_mut(key)?;
    let prefix = key.leaf_decor().prefix()?.as_str()?.to_owned();
    key.leaf_decor_mut().set_prefix("");
    Some(prefix)
}

/// The package and its folder come first; what else is there keeps its order.
fn order(one: &Key, other: &Key) -> Ordering {
    let rank = |key: &Key| match key.get() {
        "package" => 0,
        "path" => 1,
        _ => 2,
    };
    rank(one).cmp(&rank(other))
}

/// Sets all keys of an entry.
fn fill(keys: &mut dyn TableLike, name: &str, dependency: &Dependency) {
    // Comments at what goes stay, at the folder.
    let (mut above, mut behind) = (String::new(), String::new());
    for origin in ORIGINS {
        let prefix = take_prefix(keys, origin).filter(|prefix| prefix.contains('#'));
        above.push_str(&prefix.unwrap_or_default());
        let Some(Item::Value(value)) = keys.remove(origin) else { continue };
        let comment = value.decor().suffix().and_then(|suffix| suffix.as_str()).filter(|suffix| suffix.contains('#'));
        if let Some(comment) = comment.filter(|_| behind.is_empty()) {
            behind = comment.to_owned();
        }
    }
    if dependency.package != name {
        keys.insert("package", Item::Value(dependency.package.as_str().into()));
    }
    let mut path = Value::from(dependency.path.as_str());
    if !behind.is_empty() {
        path.decor_mut().set_suffix(behind);
    }
    keys.insert("path", Item::Value(path));
    if let Some(mut key) = keys.key_mut(if dependency.package == name { "path" } else { "package" })
        && !above.is_empty()
    {
        key.leaf_decor_mut().set_prefix(above);
    }
    set_default(keys, dependency.default_features);
    set_feature_names(keys, &dependency.features);
}

/// Says whether an entry has its default features, if it does not say that.
fn set_default(keys: &mut dyn TableLike, wanted: bool) {
    let held = DEFAULTS.iter().find_map(|key| keys.get(key)?.as_bool()).unwrap_or(true);
    if held != wanted {
        DEFAULTS.iter().for_each(|key| drop(keys.remove(key)));
        if !wanted {
            keys.insert(DEFAULTS[0], Item::Value(false.into()));
        }
    }
}

/// Gives an entry these features, if it has not got them.
pub(super) fn set_feature_names(keys: &mut dyn TableLike, features: &[String]) {
    let held = keys.get("features").and_then(Item::as_array);
    let names: Vec<&str> = held.into_iter().flatten().filter_map(Value::as_str).collect();
    if names == features {
        return;
    }
    if features.is_empty() {
        keys.remove("features");
        return;
    }
    let mut array: Array = features.iter().map(String::as_str).collect();
    match keys.get_mut("features") {
        Some(Item::Value(value)) => {
            *array.decor_mut() = value.decor().clone();
            *value = Value::Array(array);
        }
        _ => drop(keys.insert("features", Item::Value(Value::Array(array)))),
    }
}
