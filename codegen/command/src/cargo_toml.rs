//! Changes a `Cargo.toml` of a person's, text to text: dependencies come, go, or lead elsewhere.
//!
//! - here: a manifest that is read and written back, and the tables in which it may have dependencies
//! - `read` says what each dependency is
//! - `edit` adds, replaces and removes them, and `back` makes them what they were
//! - `entry` changes one of them in the form that it has: a string, an inline table, dotted keys or a table
//! - `features` keeps `[features]` in step
//! - `patch` puts packages in the place of those of a registry
//! - `profile` says how packages are built
//!
//! What is not changed keeps its bytes, comments and blank lines, and what is changed keeps its place and its form.
//! Nothing here touches the disk.

mod back;
mod edit;
mod entry;
mod features;
mod patch;
mod profile;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use toml_edit::{Array, DocumentMut, Item, RawString, TableLike, Value};

pub use edit::Dependency;
pub use read::{Entry, Origin};

/// A `Cargo.toml`.
#[derive(Clone, Debug)]
pub struct CargoToml {
    document: DocumentMut,
    /// Whether its lines end as on Windows.
    is_crlf: bool,
    has_mark: bool,
}

/// What a dependency is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The package itself.
    Normal,
    /// Its tests, examples and benchmarks.
    Development,
    /// Its build script.
    Build,
}

/// A table of dependencies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Of the package.
    Package {
        /// What they are for.
        kind: Kind,
        /// The platform that they are for, as the manifest names it: `cfg(unix)`, or a triple; `None` for all.
        target: Option<String>,
    },
    /// Those of a workspace, which its members inherit.
    Workspace,
}

/// The byte order mark.
const MARK: char = '\u{feff}';

impl Kind {
    const ALL: [Self; 3] = [Self::Normal, Self::Development, Self::Build];

    /// The names of its table: that of today, and the one that Cargo still takes.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Normal => &["dependencies"],
            Self::Development => &["dev-dependencies", "dev_dependencies"],
            Self::Build => &["build-dependencies", "build_dependencies"],
        }
    }
}

impl Table {
    /// `[dependencies]`.
    pub const NORMAL: Self = Self::Package { kind: Kind::Normal, target: None };

    /// The keys above its own.
    fn parents(&self) -> Vec<&str> {
        match self {
            Self::Workspace => vec!["workspace"],
            Self::Package { target: Some(target), .. } => vec!["target", target],
            Self::Package { target: None, .. } => Vec::new(),
        }
    }

    fn keys(&self) -> &'static [&'static str] {
        match self {
            Self::Workspace => Kind::Normal.keys(),
            Self::Package { kind, .. } => kind.keys(),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.keys()[0];
        match self {
            Self::Workspace => write!(f, "[workspace.{key}]"),
            Self::Package { target: None, .. } => write!(f, "[{key}]"),
            Self::Package { target: Some(target), .. } => write!(f, "[target.'{target}'.{key}]"),
        }
    }
}

impl CargoToml {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// Where it is no TOML, in the words of the parser.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bare = text.strip_prefix(MARK).unwrap_or(text);
        let document = bare.parse().map_err(|error: toml_edit::TomlError| error.to_string().trim_end().to_owned())?;
        let is_crlf = bare.contains("\r\n") && !bare.replace("\r\n", "").contains('\n');
        Ok(Self { document, is_crlf, has_mark: bare.len() < text.len() })
    }

    /// Its text, with the line ends that it had.
    pub fn text(&self) -> String {
        let mut text = self.document.to_string();
        if self.is_crlf {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        if self.has_mark {
            text.insert(0, MARK);
        }
        text
    }

    /// The name of its package; `None` for a workspace without one.
    pub fn package(&self) -> Option<&str> {
        self.document.get("package")?.as_table_like()?.get("name")?.as_str()
    }

    /// Whether it is the root of a workspace.
    pub fn is_workspace(&self) -> bool {
        self.document.get("workspace").is_some_and(Item::is_table_like)
    }

    /// Adds a folder, relative to the manifest with `/`, to those that are no members of its workspace. Without a
    /// workspace, and where it is there, nothing changes.
    ///
    /// Cargo takes every path dependency below the workspace for a member unless it is excluded.
    ///
    /// # Errors
    ///
    /// When `exclude` is no array.
    pub fn exclude(&mut self, folder: &str) -> Result<(), String> {
        let Some(workspace) = self.document.get_mut("workspace").and_then(Item::as_table_like_mut) else {
            return Ok(());
        };
        if !workspace.contains_key("exclude") {
            workspace.insert("exclude", Item::Value(Value::Array(Array::new())));
        }
        let excluded = workspace.get_mut("exclude").and_then(Item::as_array_mut);
        let excluded = excluded.ok_or("`exclude` of [workspace] is not an array")?;
        let plain = |folder: &str| folder.trim_start_matches("./").trim_end_matches('/').to_owned();
        if !excluded.iter().filter_map(Value::as_str).any(|held| plain(held) == plain(folder)) {
            push(excluded, folder);
        }
        Ok(())
    }

    /// Takes a folder out of those that are no members of its workspace, as [`Self::exclude`] put it there; a list that is
    /// empty then goes.
    pub fn include(&mut self, folder: &str) {
        let Some(workspace) = self.document.get_mut("workspace").and_then(Item::as_table_like_mut) else { return };
        let Some(excluded) = workspace.get_mut("exclude").and_then(Item::as_array_mut) else { return };
        let Some(position) = excluded.iter().position(|held| held.as_str() == Some(folder)) else { return };
        let above = excluded.remove(position).decor().prefix().and_then(|prefix| prefix.as_str()).map(str::to_owned);
        // A comment above it is that of the line before, as an array has it.
        if let Some((comment, _)) = above.as_deref().and_then(|above| above.rsplit_once('\n')) {
            match excluded.get_mut(position) {
                Some(next) => {
                    let prefix = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
                    let prefix = format!("{comment}{prefix}");
                    next.decor_mut().set_prefix(prefix);
                }
                None => {
                    let trailing = format!("{comment}{}", excluded.trailing().as_str().unwrap_or_default());
                    excluded.set_trailing(trailing);
                }
            }
        }
        if excluded.is_empty() {
            workspace.remove("exclude");
        }
    }

    /// The table, and the key that it has here; `None` where it is not there.
    fn table(&self, table: &Table) -> Option<&dyn TableLike> {
        let mut above = self.document.as_table() as &dyn TableLike;
        for key in table.parents() {
            above = above.get(key)?.as_table_like()?;
        }
        let key = table.keys().iter().find(|key| above.contains_key(key))?;
        above.get(key)?.as_table_like()
    }

    /// [`Self::table`], to be changed.
    fn table_mut(&mut self, table: &Table) -> Option<&mut Item> {
        let mut above = self.document.as_item_mut();
        for key in table.parents() {
            above = above.as_table_like_mut()?.get_mut(key)?;
        }
        let above = above.as_table_like_mut()?;
        let key = table.keys().iter().find(|key| above.contains_key(key))?;
        above.get_mut(key)
    }

    /// An entry of a table, to be changed.
    ///
    /// # Errors
    ///
    /// When there is none.
    fn entry_mut(&mut self, table: &Table, name: &str) -> Result<&mut Item, String> {
        let entry = self.table_mut(table).and_then(|entries| entries.as_table_like_mut()?.get_mut(name));
        entry.ok_or_else(|| format!("{table} has no `{name}`"))
    }
}

/// Adds a text to an array, in a line of its own where the others are.
fn push(array: &mut Array, text: &str) {
    let last = array.len().checked_sub(1).and_then(|last| array.get_mut(last));
    let Some(last) = last else { return array.push(text) };
    let raw = |text: Option<&RawString>| text.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let lines = raw(last.decor().prefix());
    let Some(end) = lines.rfind('\n') else { return array.push(text) };
    // A comment behind the last belongs before the new one: after the comma, where the last has one, or before the bracket.
    let behind = raw(last.decor().suffix());
    last.decor_mut().set_suffix("");
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    let (comment, bracket) = match trailing.rsplit_once('\n') {
        Some((comment, _)) => (comment.to_owned(), trailing[comment.len()..].to_owned()),
        None => (behind.trim_end().to_owned(), "\n".to_owned()),
    };
    let mut value = Value::from(text);
    value.decor_mut().set_prefix(format!("{comment}{}", &lines[end..]));
    array.push_formatted(value);
    array.set_trailing(bracket);
    array.set_trailing_comma(true);
}
