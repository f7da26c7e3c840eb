//! Values of options, checked as they are read.

use smithy_client_codegen::check_crate_name;

/// Reads `--crate-name`.
pub(super) fn crate_name(text: &str) -> Result<String, String> {
    check_crate_name(text).map(|()| text.to_owned())
}

/// Reads `--crate-version`.
pub(super) fn crate_version(text: &str) -> Result<String, String> {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let number = |part: &str| {
        let digits = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        digits && (part == "0" || !part.starts_with('0'))
    };
    let rest = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    let parts: Vec<&str> = core.split('.').collect();
    match parts.len() == 3 && parts.into_iter().all(number) && text.chars().all(rest) {
        true => Ok(text.to_owned()),
        false => Err("a version has three numbers, as in 0.1.0 or 1.2.0-beta.1".to_owned()),
    }
}

/// Reads `--runtime-version`.
pub(super) fn requirement(text: &str) -> Result<String, String> {
    let known = |c: char| c.is_ascii_alphanumeric() || " .,-+<>=~^*".contains(c);
    match text.chars().all(known) && text.contains(|c: char| c.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("a version requirement looks like 0.1, =0.1.2 or >=0.1, <0.3".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{crate_version, requirement};

    #[test]
    fn a_version_has_three_numbers() {
        for good in ["0.1.0", "1.22.333", "1.0.0-beta.1+b7"] {
            assert_eq!(crate_version(good).as_deref(), Ok(good));
        }
        for bad in ["", "1", "1.0", "1.0.0.0", "01.0.0", "v1.0.0", "1.0.x", "1.0.0-\"", "1..0"] {
            assert!(crate_version(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_requirement_cannot_break_out_of_its_quotes() {
        for good in ["0.1", "=0.1.2", ">=0.1, <0.3"] {
            assert_eq!(requirement(good).as_deref(), Ok(good));
        }
        for bad in ["", "*", "0.1\"", "0.1\n"] {
            assert!(requirement(bad).is_err(), "{bad}");
        }
    }
}
