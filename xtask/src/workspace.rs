//! Where the root of the repository is.

use std::path::{Path, PathBuf};

/// Finds the root of the repository that holds `start`.
///
/// That is the nearest directory upwards with a `Cargo.toml` and an `xtask`
/// package, so that a second checkout is never mistaken for the one in which
/// this binary was built. Outside of any repository it is the one of the build.
pub(crate) fn root(start: &Path) -> PathBuf {
    start
        .ancestors()
        .find(|directory| directory.join("Cargo.toml").is_file() && directory.join("xtask/Cargo.toml").is_file())
        .map_or_else(built_in, Path::to_path_buf)
}

/// The repository in which this binary was built.
fn built_in() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{built_in, root};

    #[test]
    fn the_root_is_found_from_any_directory_below_it() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let repository = directory.path();
        fs::create_dir_all(repository.join("xtask")).expect("it is writable");
        fs::create_dir_all(repository.join("codegen/src/emit")).expect("it is writable");
        for manifest in ["Cargo.toml", "xtask/Cargo.toml", "codegen/Cargo.toml"] {
            fs::write(repository.join(manifest), "").expect("it is writable");
        }
        assert_eq!(root(&repository.join("codegen/src/emit")), repository);
        assert_eq!(root(repository), repository);
    }

    #[test]
    fn outside_of_a_repository_the_root_is_that_of_the_build() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        assert_eq!(root(directory.path()), built_in());
        assert!(built_in().join("xtask").is_dir());
    }
}
