//! Clients of every model of a place, emitted by one run of `codegen`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What came of the models of a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Emitted {
    /// Names of packages, with the directories of their crates.
    pub(super) crates: Vec<(String, PathBuf)>,
    /// Services whose models were refused, with what was said.
    pub(super) refused: Vec<(String, String)>,
}

/// Emits a client of every model of `place`, each into a directory of its name below `out`.
///
/// # Errors
///
/// A sentence: this program cannot be run, or the place holds no model.
pub(super) fn emit(root: &Path, place: &Path, skip_unsupported: bool, out: &Path) -> Result<Emitted, String> {
    let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
    let place = std::path::absolute(place).map_err(|cause| format!("cannot find {}: {cause}", place.display()))?;
    let mut command = Command::new(&myself);
    command.args(["codegen", "--format", "json", "--models-dir"]).arg(place).arg("--out").arg(out);
    if skip_unsupported {
        command.arg("--skip-unsupported");
    }
    let output = command.current_dir(root).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|cause| format!("cannot run {}: {cause}", myself.display()))?;
    let told: Value = serde_json::from_slice(&output.stdout)
        .map_err(|cause| format!("{} does not tell what it emitted: {cause}", myself.display()))?;
    match told["models"].as_array() {
        Some(models) if !models.is_empty() => Ok(sorted(models)),
        _ => Err(told["message"].as_str().unwrap_or("there is no model").to_owned()),
    }
}

/// Tells crates from what was refused.
fn sorted(models: &[Value]) -> Emitted {
    let text = |model: &Value, key: &str| model[key].as_str().unwrap_or_default().to_owned();
    let (written, refused): (Vec<_>, Vec<_>) = models.iter().partition(|model| model["exit_code"] == 0);
    let said = |model: &Value| {
        let diagnostics = model["diagnostics"].as_array().into_iter().flatten();
        let lines: Vec<_> = diagnostics.map(|diagnostic| text(diagnostic, "message")).collect();
        if lines.is_empty() { text(model, "message") } else { lines.join("\n") }
    };
    let named = |model: &Value| text(model, if model["service"].is_null() { "model" } else { "service" });
    Emitted {
        crates: written.into_iter().map(|model| (text(model, "crate"), text(model, "out").into())).collect(),
        refused: refused.into_iter().map(|model| (named(model), said(model))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Emitted, sorted};
    use serde_json::json;

    #[test]
    fn crates_are_told_from_models_that_are_refused() {
        let models = [
            json!({"exit_code": 0, "crate": "sts", "out": "a/sts", "service": "STS", "diagnostics": []}),
            json!({"exit_code": 1, "crate": null, "service": "S3", "diagnostics": [{"message": "a"}, {"message": "b"}]}),
            json!({"exit_code": 1, "crate": null, "service": null, "model": "x.json", "message": "no JSON"}),
        ];
        let refused = [("S3", "a\nb"), ("x.json", "no JSON")].map(|(name, said)| (name.to_owned(), said.to_owned()));
        let crates = vec![("sts".to_owned(), "a/sts".into())];
        assert_eq!(sorted(&models), Emitted { crates, refused: refused.into() });
    }
}
