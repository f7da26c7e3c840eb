//! Files that sources and manifests name as parts of a program, which may have any name and be anywhere: `include!`d ones,
//! modules with `#[path]`, and what `Cargo.toml` has as the root of a target.
//!
//! Nothing is parsed: what looks like such a name is one, also in a comment. What there is no file of is none.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, TableLike};

/// The targets of a `Cargo.toml` of which there may be several, and the one of which there is one.
const TARGETS: [&str; 5] = ["bin", "example", "test", "bench", "lib"];

/// Files that a source may have as parts of it, by their paths; most of them are not there. `package` is the directory of its
/// `Cargo.toml`. The modules of a source that `is_elsewhere` count as well: elsewhere nobody has looked for sources.
pub(super) fn of_source(text: &str, source: &Path, package: Option<&Path>, is_elsewhere: bool) -> Vec<PathBuf> {
    let Some(directory) = source.parent() else { return Vec::new() };
    let mut found = Vec::new();
    for rest in behind(text, "include") {
        let Some(rest) = rest.strip_prefix('!').map(str::trim_start) else { continue };
        let rest = rest.trim_start_matches(['(', '[', '{']).trim_start();
        match in_manifest_directory(rest) {
            Some(path) => found.extend(package.map(|package| package.join(path.trim_start_matches('/')))),
            None => found.extend(literal(rest).map(|(path, _)| directory.join(path))),
        }
    }
    for rest in behind(text, "path") {
        let value = rest.strip_prefix('=').map(str::trim_start).and_then(literal);
        let in_attribute = value.filter(|(_, rest)| rest.trim_start().starts_with([']', ')']));
        found.extend(in_attribute.map(|(path, _)| directory.join(path)));
    }
    if is_elsewhere {
        let stem = source.file_stem().unwrap_or_default();
        for rest in behind(text, "mod") {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() && rest[name.len()..].trim_start().starts_with(';') {
                for directory in [directory.to_path_buf(), directory.join(stem)] {
                    found.extend([directory.join(format!("{name}.rs")), directory.join(&name).join("mod.rs")]);
                }
            }
        }
    }
    found
}

/// The roots of the targets of a `Cargo.toml`, relative to its directory, as far as it names them.
pub(super) fn of_manifest(text: &str) -> Vec<String> {
    let Ok(document) = text.trim_start_matches('\u{feff}').parse::<DocumentMut>() else { return Vec::new() };
    let path = |table: &dyn TableLike| table.get("path").and_then(Item::as_str).map(str::to_owned);
    let mut found: Vec<String> = Vec::new();
    for item in TARGETS.iter().filter_map(|target| document.get(target)) {
        found.extend(item.as_table_like().and_then(path));
        let tables = item.as_array_of_tables();
        found.extend(tables.into_iter().flat_map(|tables| tables.iter().filter_map(|table| path(table))));
    }
    found.extend(document.get("package").and_then(|package| package.get("build")?.as_str()).map(str::to_owned));
    found
}

/// What follows a word wherever it stands, without blanks.
fn behind<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = &'t str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).filter_map(move |(at, _)| {
        let rest = &text[at + word.len()..];
        let is_whole = !text[..at].ends_with(is_part) && !rest.starts_with(is_part);
        is_whole.then(|| rest.trim_start())
    })
}

/// The string that a text begins with, and what follows it. One with escapes is the name of no file that anybody has.
fn literal(text: &str) -> Option<(&str, &str)> {
    let bare = text.strip_prefix('r').unwrap_or(text);
    let hashes = bare.len() - bare.trim_start_matches('#').len();
    let rest = bare[hashes..].strip_prefix('"')?;
    let (path, rest) = rest.split_once('"')?;
    Some((path, rest.trim_start_matches('#')))
}

/// The path of `concat!(env!("CARGO_MANIFEST_DIR"), "/path")`.
fn in_manifest_directory(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("concat!")?.trim_start().trim_start_matches(['(', '[', '{']).trim_start();
    let rest = rest.strip_prefix("env!")?.trim_start().trim_start_matches(['(', '[', '{']).trim_start();
    let rest = rest.strip_prefix("\"CARGO_MANIFEST_DIR\"")?.trim_start().trim_start_matches([')', ']', '}']);
    literal(rest.trim_start().strip_prefix(',')?.trim_start()).map(|(path, _)| path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{of_manifest, of_source};

    fn found(text: &str, is_elsewhere: bool) -> Vec<String> {
        let paths = of_source(text, Path::new("p/src/a.rs"), Some(Path::new("p")), is_elsewhere);
        paths.iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn included_files_and_modules_elsewhere_are_found() {
        let text = r##"
            include!("calls.in"); include ! [ r#"raw.in"# ];
            std::include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tables/x.in"));
            #[path = "../../shared/part.rs"] mod part;
            #[cfg_attr(unix, path="unix.txt")] mod unix;
            include!(concat!(env!("OUT_DIR"), "/out.rs")); let path = "no"; include_str!("no"); my_include!("no"); mod b;
        "##;
        let all = ["p/src/calls.in", "p/src/raw.in", "p/tables/x.in", "p/src/../../shared/part.rs", "p/src/unix.txt"];
        assert_eq!(found(text, false), all);
        assert_eq!(found("include!(", false), [""; 0]);
        assert_eq!(found("include!(\"é", false), [""; 0]);
    }

    #[test]
    fn modules_of_what_is_elsewhere_are_found() {
        let modules = ["p/src/b.rs", "p/src/b/mod.rs", "p/src/a/b.rs", "p/src/a/b/mod.rs"];
        assert_eq!(found("pub mod b ; mod c { } let model; mod", true), modules);
    }

    #[test]
    fn roots_of_targets_are_found() {
        let manifest = "\u{feff}[package]\nbuild = \"make\"\n[lib]\npath = \"a\"\n[[bin]]\npath = \"b\"\n[[bin]]\n\
                        [[test]]\npath = \"c\"\n[dependencies]\nx = { path = \"no\" }\n";
        assert_eq!(of_manifest(manifest), ["b", "c", "a", "make"]);
        assert_eq!(of_manifest("[package]\nbuild = false\nlib = 1\n[bin]\n"), [""; 0]);
        assert_eq!(of_manifest("no TOML"), [""; 0]);
    }
}
