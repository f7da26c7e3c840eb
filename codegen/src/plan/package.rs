//! Names of packages: which can be one, and which a service gives its crate.

use super::names::{KEYWORDS, NEVER_RAW};
use crate::options::Emit;

/// The most characters that registries take.
const LONGEST: usize = 64;

/// Crates that come with the compiler.
const OF_THE_COMPILER: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// Directories of cargo's, beside which a library of this name could not stand.
const OF_CARGO: [&str; 4] = ["build", "deps", "examples", "incremental"];

/// The crate that every emitted one depends on.
const RUNTIME: &str = "smithy_client_runtime";

/// Names of devices, which cannot be files on Windows; the last two with a digit behind them.
const DEVICES: [&str; 6] = ["aux", "con", "nul", "prn", "com", "lpt"];

/// Checks that a package and its library can have a name.
///
/// # Errors
/// Why they cannot, as a sentence without a full stop.
pub fn check_crate_name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let library = name.replace('-', "_");
    let lower = library.to_ascii_lowercase();
    let is_device = DEVICES[..4].contains(&lower.as_str())
        || DEVICES[4..].iter().any(|device| {
            lower
                .strip_prefix(device)
                .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
        });
    let reason = if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(plain) {
        "a package name is a letter, then letters, digits, `-` and `_`"
    } else if name.len() > LONGEST {
        "a package name has at most 64 characters"
    } else if KEYWORDS.contains(&library.as_str()) || NEVER_RAW.contains(&library.as_str()) {
        "it is a word of the Rust language"
    } else if OF_THE_COMPILER.contains(&library.as_str()) {
        "a crate of the compiler has this name"
    } else if OF_CARGO.contains(&library.as_str()) {
        "cargo has a directory of this name"
    } else if library == RUNTIME {
        "the runtime of the client has this name"
    } else if is_device {
        "it is the name of a device on Windows"
    } else {
        return Ok(());
    };
    Err(format!("{name:?} cannot be the name of a package: {reason}"))
}

/// The name that a service gives its crate: its sdkId, or the name of its shape where it has none, in kebab case, without
/// what cannot be part of a name; with `-types` behind it for types alone. Empty where nothing is left.
pub fn default_crate_name(service: &str, emit: Emit) -> String {
    let lower = service.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("-");
    if emit == Emit::Types && !name.is_empty() {
        name.push_str("-types");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{check_crate_name, default_crate_name};
    use crate::Emit;

    #[test]
    fn names_that_cargo_the_compiler_or_a_system_refuses_are_refused() {
        for good in ["ivs", "ivs-realtime", "a_1", "com", "com10", "test-client", "a"] {
            assert_eq!(check_crate_name(good), Ok(()), "{good}");
        }
        let long = "a".repeat(65);
        for bad in [
            "",
            "1a",
            "a b",
            "a\"",
            "é",
            "-a",
            "_",
            "a/b",
            "fn",
            "self",
            "Self",
            "crate",
            "super",
            "std",
            "core",
            "alloc",
            "test",
            "proc-macro",
            "build",
            "deps",
            "smithy-client-runtime",
            "con",
            "NUL",
            "com1",
            "LPT9",
            "async",
            &long,
        ] {
            assert!(check_crate_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_default_name_is_made_of_what_a_name_can_have() {
        let names = ["IVS RealTime", "SESv2", "Foo.Bar", "Foo & Bar", "x/y", "EC²", "a_b", " -a- ", "²", ""];
        let names = names.map(|name| default_crate_name(name, Emit::Client));
        assert_eq!(names, ["ivs-realtime", "sesv2", "foo-bar", "foo-bar", "x-y", "ec", "a-b", "a", "", ""]);
        assert_eq!(default_crate_name("SESv2", Emit::Types), "sesv2-types");
        assert_eq!(default_crate_name("²", Emit::Types), "");
    }
}
