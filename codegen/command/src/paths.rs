//! Paths without detours, and from one place to another.

use std::io;
use std::path::{Component, Path, PathBuf};

/// Makes `path` absolute, without `.`, `..` or symbolic links, whether or not
/// it exists.
///
/// # Errors
///
/// When `path` is empty or the current directory is gone.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for component in std::path::absolute(path)?.components() {
        match component {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            part => resolved.push(part),
        }
        // The part that exists is real from here on, so that a `..` behind a
        // symbolic link leads where the system would lead it.
        if let Ok(real) = resolved.canonicalize() {
            resolved = real;
        }
    }
    Ok(resolved)
}

/// Whether no symbolic link is on the way to `path`, which is absolute and without `.` and `..`; its last part may be one.
pub fn is_straight(path: &Path) -> bool {
    path.parent().is_none_or(|above| resolve(above).is_ok_and(|real| real == above))
}

/// The path that leads from directory `from` to `to`, `/`-separated as Cargo
/// manifests want it on every system.
///
/// Both must be results of [`resolve`]. Where no relative path exists, as
/// between two drives, it is `to` itself. `None` when `to` is not UTF-8 in the
/// part that is needed.
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let from: Vec<Component> = from.components().collect();
    let target: Vec<Component> = to.components().collect();
    let shared = from.iter().zip(&target).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.to_str().map(str::to_owned);
    }
    let ups = from[shared..].iter().map(|_| Some(".."));
    let downs = target[shared..].iter().map(|part| part.as_os_str().to_str());
    let parts: Vec<&str> = ups.chain(downs).collect::<Option<_>>()?;
    match parts.is_empty() {
        true => Some(".".to_owned()),
        false => Some(parts.join("/")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{is_straight, relative, resolve};

    fn between(from: &str, to: &str) -> Option<String> {
        relative(Path::new(from), Path::new(to))
    }

    #[test]
    fn a_sibling_is_one_level_up() {
        assert_eq!(between("/repo/generated", "/repo/codegen/runtime").as_deref(), Some("../codegen/runtime"));
    }

    #[test]
    fn a_directory_outside_the_repository_still_gets_a_relative_path() {
        assert_eq!(
            between("/far/elsewhere/clients/ivs", "/repo/codegen/runtime").as_deref(),
            Some("../../../../repo/codegen/runtime")
        );
    }

    #[test]
    fn a_descendant_needs_no_step_up() {
        assert_eq!(between("/repo", "/repo/a/b").as_deref(), Some("a/b"));
        assert_eq!(between("/repo", "/repo").as_deref(), Some("."));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf_8_counts_only_where_it_is_part_of_the_result() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let odd = Path::new("/repo").join(OsStr::from_bytes(b"\xff"));
        assert_eq!(relative(Path::new("/repo"), &odd), None);
        let below = relative(&odd, &odd.join("x"));
        assert_eq!(below.as_deref(), Some("x"));
    }

    #[test]
    fn a_path_that_does_not_exist_is_resolved_from_its_nearest_real_ancestor() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let real = directory.path().canonicalize().expect("it exists");
        let resolved = resolve(&directory.path().join("missing/./deeper/../out"));
        assert_eq!(resolved.expect("it is absolute"), real.join("missing/out"));
    }

    #[cfg(unix)]
    #[test]
    fn a_step_up_behind_a_symbolic_link_leaves_the_link_s_target() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let real = directory.path().canonicalize().expect("it exists");
        fs::create_dir_all(real.join("a/b")).expect("it is writable");
        std::os::unix::fs::symlink(real.join("a/b"), real.join("link")).expect("it is writable");
        let resolved = resolve(&real.join("link/../c")).expect("it is absolute");
        assert_eq!(resolved, real.join("a/c"));
    }

    #[cfg(unix)]
    #[test]
    fn a_way_is_straight_where_nothing_but_its_end_is_a_link() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let real = directory.path().canonicalize().expect("it exists");
        std::os::unix::fs::symlink("/", real.join("link")).expect("it is writable");
        assert!(is_straight(&real.join("link")) && is_straight(&real.join("missing/too/file")));
        assert!(!is_straight(&real.join("link/file")) && !is_straight(&real.join("link/missing/file")));
    }
}
