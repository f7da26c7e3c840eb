//! The directory of a service's model in the repository: a file of facts, and files of its own documentation.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use smithy_client_codegen::Source;
use smithy_client_tools::facts::pruned;

use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::{parse, sdk_id, service_shape};
use cargo_smithy_client::write::Edit;

/// The trait that files of facts are without.
const DOCUMENTATION: &str = "\"smithy.api#documentation\"";

/// The files of a model's directory.
#[derive(Debug)]
pub(super) struct ModelDirectory {
    directory: PathBuf,
    /// The directory as the person knows it.
    shown: String,
    files: Vec<File>,
}

/// One of them.
#[derive(Debug)]
struct File {
    name: String,
    text: String,
    value: Value,
}

impl File {
    fn has_service(&self) -> bool {
        service_shape(&self.value).is_some()
    }
}

/// The directory as it has to be.
#[derive(Debug)]
pub(super) struct Updated {
    /// Every file of the model, for the generator.
    pub(super) sources: Vec<Source>,
    /// Files that get another text.
    pub(super) edits: Vec<Edit>,
    /// Ids of shapes and members whose documentation goes with them.
    pub(super) dropped: Vec<String>,
}

impl ModelDirectory {
    /// Reads the directory; there may be none yet.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read, or that an update would harm.
    pub(super) fn read(directory: &Path, shown: &str, limits: Limits) -> Result<Self, String> {
        let failed = |cause| format!("cannot read {shown}: {cause}");
        let mut found = Self { directory: directory.to_path_buf(), shown: shown.to_owned(), files: Vec::new() };
        if !directory.exists() {
            return Ok(found);
        }
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !name.ends_with(".json") || name.starts_with('.') {
                continue;
            }
            let unreadable = |reason: String| format!("cannot read {shown}/{name}: {reason}");
            let bytes = limits.read(&path).map_err(unreadable)?;
            let text = String::from_utf8(bytes).map_err(|cause| unreadable(format!("it is not UTF-8: {cause}")))?;
            let value =
                parse(&text).ok_or_else(|| format!("cannot read {shown}/{name}: it is not JSON; mend it first"))?;
            found.files.push(File { name, text, value });
        }
        found.files.sort_by(|left, right| left.name.cmp(&right.name));
        let services: Vec<&File> = found.files.iter().filter(|file| file.has_service()).collect();
        match services.as_slice() {
            [file] if file.text.contains(DOCUMENTATION) => Err(format!(
                "{shown}/{} holds documentation, which an update would lose; move it to a file of `apply` statements \
                 beside it",
                file.name
            )),
            [_] => Ok(found),
            [] if found.files.is_empty() => Ok(found),
            [] => Err(format!("no *.json of {shown} has a service; name the directory of a model")),
            [..] => Err(format!("{shown} holds several services; name the directory of one")),
        }
    }

    /// The facts that are there.
    pub(super) fn facts(&self) -> Option<&Value> {
        self.files.iter().find(|file| file.has_service()).map(|file| &file.value)
    }

    /// The sdkId of the service.
    pub(super) fn sdk_id(&self) -> Option<String> {
        sdk_id(self.facts()?)
    }

    /// The model as it is.
    pub(super) fn sources(&self) -> Vec<Source> {
        self.files.iter().map(|file| Source { name: self.name(&file.name), text: file.text.clone() }).collect()
    }

    fn name(&self, file: &str) -> String {
        format!("{}/{file}", self.shown)
    }

    /// The model with these facts, and the documentation that still has a place.
    pub(super) fn updated(&self, facts: &Value) -> Updated {
        let mut updated = Updated { sources: Vec::new(), edits: Vec::new(), dropped: Vec::new() };
        let mut files: Vec<(&str, Option<&File>)> =
            self.files.iter().map(|file| (file.name.as_str(), Some(file))).collect();
        let first = format!("{}.json", file_name(facts));
        if self.facts().is_none() {
            files.push((&first, None));
        }
        for (name, file) in files {
            let text = match file {
                None => text(facts, true),
                Some(file) if file.has_service() => text(facts, file.text.ends_with('\n')),
                Some(file) => {
                    let (kept, gone) = pruned(&file.value, facts);
                    let is_same = gone.is_empty();
                    updated.dropped.extend(gone);
                    if is_same { file.text.clone() } else { text(&kept, file.text.ends_with('\n')) }
                }
            };
            let old = file.map(|file| file.text.clone());
            if old.as_ref() != Some(&text) {
                updated.edits.push(Edit { path: self.directory.join(name), old, new: text.clone() });
            }
            updated.sources.push(Source { name: self.name(name), text });
        }
        updated
    }
}

/// JSON as the files of a model have it.
fn text(value: &Value, ends_with_newline: bool) -> String {
    format!("{value:#}{}", if ends_with_newline { "\n" } else { "" })
}

/// What the first file of a service is called: its sdkId in kebab case.
fn file_name(facts: &Value) -> String {
    let name = sdk_id(facts).unwrap_or_else(|| "model".to_owned());
    let plain = |character: char| if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '-' };
    name.chars().map(plain).collect()
}
