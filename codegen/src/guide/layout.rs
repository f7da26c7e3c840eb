//! The lines of a doctest: formatted, with the frame that makes it compile hidden.

use std::collections::BTreeSet;

/// Depth of the statements of a function.
const INDENTATION: &str = "    ";

/// Stands between imports and statements, where a blank line will be.
const BLANK_LINE: &str = "blank_line!();";

/// The lines of an example whose statements are `body`.
///
/// `used` are paths below the library that the statements name by their last part.
///
/// # Panics
/// When the statements are not Rust, which is a fault of this module's callers.
pub(super) fn lines(library: &str, used: &BTreeSet<String>, body: &str) -> Vec<String> {
    let mut imports = imports(library, used);
    if !imports.is_empty() {
        imports.push_str(BLANK_LINE);
    }
    let text = formatted(&format!("async fn example() {{ {imports} {body} }}"));
    let statements = text.iter().filter_map(|line| line.strip_prefix(INDENTATION));
    let statements = statements.map(|line| if line == BLANK_LINE { String::new() } else { line.to_owned() });

    let mut lines = vec![format!("# async fn example(client: &{library}::Client) -> Result<(), {library}::Error> {{")];
    lines.extend(statements);
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// The lines of a piece of source, formatted.
///
/// # Panics
/// When it is not Rust, which is a fault of the callers.
pub(super) fn formatted(source: &str) -> Vec<String> {
    match syn::parse_file(source) {
        Ok(file) => prettyplease::unparse(&file).lines().map(str::to_owned).collect(),
        Err(error) => panic!("an example is not Rust: {error}\n{source}"),
    }
}

/// `use` items, one for each module; nothing where nothing is used.
pub(super) fn imports(library: &str, used: &BTreeSet<String>) -> String {
    let of_module = |module: &str| {
        let names: Vec<&str> = used.iter().filter_map(|path| path.strip_prefix(module)?.strip_prefix("::")).collect();
        match names.as_slice() {
            [] => String::new(),
            [name] => format!("use {library}::{module}::{name};"),
            names => format!("use {library}::{module}::{{{}}};", names.join(", ")),
        }
    };
    of_module("primitives") + &of_module("types")
}
