//! What an update means for the next release: the entry in the changelog, and the version.
//!
//! Versions are of releases, and `CHANGELOG.md` knows these: its newest heading with a version, such as
//! `## [0.2.0] - 2026-11-17`. The version in `Cargo.toml` is at least that one moved by the step that the verdicts ask for,
//! so a second update before a release does not move it twice. As long as nothing has been released it stays.

use std::path::Path;

use smithy_client_tools::diff::{Difference, Step};

use crate::codegen::workspace_version;
use crate::model_diff::markdown;
use cargo_smithy_client::files;
use cargo_smithy_client::write::Edit;

/// The heading below which a changelog collects what is not yet released.
const UNRELEASED: &str = "## [Unreleased]";

/// The table of `Cargo.toml` that has the client's version.
const TABLE: &str = "[workspace.metadata.client]";

/// What happens to the files of a release.
#[derive(Debug, Default)]
pub(super) struct Release {
    /// `CHANGELOG.md`, `Cargo.toml`, `Cargo.lock`, as far as they change.
    pub(super) edits: Vec<Edit>,
    /// The version that the crate gets, if it gets another.
    pub(super) version: Option<String>,
    /// What happens to the version, as a sentence.
    pub(super) sentence: String,
    /// Whether the changelog gets an entry.
    pub(super) has_entry: bool,
}

/// Three numbers.
type Version = [u64; 3];

impl Release {
    /// The release that a difference asks for, in the repository at `root`, with the date of its entry.
    pub(super) fn of(root: &Path, difference: &Difference, date: &str, package: &str) -> Self {
        let mut release = Self::default();
        let changelog = files::text(&root.join("CHANGELOG.md")).unwrap_or_default();
        let entry = deeper(&markdown::render(difference, date));
        if let Some(new) = with_entry(&changelog, &entry) {
            release.edits.push(Edit { path: root.join("CHANGELOG.md"), old: Some(changelog.clone()), new });
            release.has_entry = true;
        }
        let Some(current) = workspace_version(root).and_then(|text| version(&text)) else {
            release.sentence = format!("Cargo.toml has no version under {TABLE}, so none is changed");
            return release;
        };
        let released =
            changelog.lines().filter_map(|line| line.strip_prefix("## [")?.split(']').next()).find_map(version);
        let next = moved(released.unwrap_or(current), difference);
        release.sentence = match released {
            None => format!(
                "{} stays, as CHANGELOG.md has no release yet; after one it would be {}",
                shown(current),
                shown(next)
            ),
            Some(released) if next <= current => {
                format!("{} stays, which is enough after release {}", shown(current), shown(released))
            }
            Some(released) => format!("{} -> {}, after release {}", shown(current), shown(next), shown(released)),
        };
        if released.is_some() && next > current {
            release.version = Some(shown(next));
            release.edits.extend(manifests(root, package, &shown(current), &shown(next)));
        }
        release
    }
}

/// `Cargo.toml` and `Cargo.lock` with the new version of the client.
fn manifests(root: &Path, package: &str, old: &str, new: &str) -> Vec<Edit> {
    let lock = format!("name = \"{package}\"\n");
    let places = [("Cargo.toml", TABLE), ("Cargo.lock", lock.as_str())];
    let edit = |(file, before): (&str, &str)| {
        let path = root.join(file);
        let text = files::text(&path).ok()?;
        let (head, tail) = text.split_once(before)?;
        let tail = tail.replacen(&format!("version = \"{old}\""), &format!("version = \"{new}\""), 1);
        let new = format!("{head}{before}{tail}");
        Some(Edit { path, old: Some(text), new })
    };
    places.into_iter().filter_map(edit).collect()
}

fn version(text: &str) -> Option<Version> {
    let numbers: Vec<u64> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

fn shown([major, minor, patch]: Version) -> String {
    format!("{major}.{minor}.{patch}")
}

/// The version after a release, by the step that the verdicts ask for.
fn moved([major, minor, patch]: Version, difference: &Difference) -> Version {
    let step = if major == 0 { difference.bump.below_one } else { difference.bump.from_one };
    match step {
        Step::None => [major, minor, patch],
        Step::Patch => [major, minor, patch + 1],
        Step::Minor => [major, minor + 1, 0],
        Step::Major => [major + 1, 0, 0],
    }
}

/// An entry whose headings are one level deeper, as it stands below that of a version.
fn deeper(entry: &str) -> String {
    let is_heading = |line: &str| line.starts_with("##");
    let lines = entry.lines().map(|line| if is_heading(line) { format!("#{line}\n") } else { format!("{line}\n") });
    lines.collect()
}

/// A changelog with an entry at the end of what is not yet released; `None` if it has no such heading.
fn with_entry(changelog: &str, entry: &str) -> Option<String> {
    let (head, rest) = changelog.split_once(UNRELEASED)?;
    let end = rest.find("\n## ").map_or(rest.len(), |position| position + 1);
    let (unreleased, released) = rest.split_at(end);
    let gap = if released.is_empty() { "" } else { "\n" };
    Some(format!("{head}{UNRELEASED}{}\n\n{}\n{gap}{released}", unreleased.trim_end(), entry.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{deeper, version, with_entry};

    #[test]
    fn an_entry_stands_below_what_is_not_yet_released() {
        let log = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- a\n\n## [0.1.0] - 2026-01-01\n\n- b\n";
        let new = with_entry(log, &deeper("## Zoo - 2026-11-17\n\n### New methods\n")).expect("it has the heading");
        insta::assert_snapshot!(new, @r"
        # Changelog

        ## [Unreleased]

        ### Added

        - a

        ### Zoo - 2026-11-17

        #### New methods

        ## [0.1.0] - 2026-01-01

        - b
        ");
        assert_eq!(with_entry("# Changes\n", "entry"), None);
    }

    #[test]
    fn a_version_is_three_numbers() {
        assert_eq!(version("1.20.3"), Some([1, 20, 3]));
        for text in ["Unreleased", "1.2", "1.2.3.4", "1.2.3-beta"] {
            assert_eq!(version(text), None, "{text}");
        }
    }
}
