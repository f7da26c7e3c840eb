//! Tells one state of the generator from another, by a fingerprint of its sources.
//!
//! A version alone does not: whoever works on the generator, or takes it from a repository, has many states of one version.
//! Ends of lines do not count, so that a checkout on Windows is the same generator.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let mut paths = Vec::new();
    below(Path::new("src"), &mut paths)?;
    let mut named: Vec<(String, PathBuf)> =
        paths.into_iter().map(|path| (path.to_string_lossy().replace('\\', "/"), path)).collect();
    named.sort();
    // FNV-1a, as of a model.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (name, path) in named {
        let bytes = fs::read(path)?;
        let bytes = name.bytes().chain([0]).chain(bytes.into_iter().filter(|byte| *byte != b'\r')).chain([0]);
        hash = bytes.fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    }
    println!("cargo::rustc-env=SMITHY_CLIENT_CODEGEN_FINGERPRINT={hash:016x}");
    Ok(())
}

/// Every Rust file below a directory.
fn below(directory: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    Ok(())
}
