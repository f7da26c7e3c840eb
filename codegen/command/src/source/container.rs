//! A place that holds files: a directory, a file with those beside it, an archive, or what a URL leads to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use smithy_client_codegen::{Source, visible};
use smithy_client_tools::botocore::is_description;

use super::archive::{self, ENTRIES, PACKED, Tar};
use super::zip::{Zip, is_zip};
use super::{fetch, parse};
use crate::files::{self, Limits, at_most, shown};

/// How deep directories are looked through.
const DEPTH: usize = 8;

/// The ending of files that gzip wrote.
pub(super) const GZ: &str = ".gz";

/// What botocore puts beside a `service-2.json`.
pub(super) const BESIDE: [&str; 3] = ["paginators-1.json", "waiters-2.json", "endpoint-rule-set-1.json"];

/// Files by name, each read when it is asked for.
#[derive(Debug)]
pub(super) struct Container {
    /// The place as the person named it.
    pub(super) label: String,
    /// Names of the files, in order, with `/`.
    pub(super) names: Vec<String>,
    content: Content,
    limits: Limits,
}

#[derive(Debug)]
enum Content {
    /// Files below a directory.
    Disk(PathBuf),
    Zip(Zip),
    Tar(Tar),
    /// Files in memory.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Container {
    /// Opens a path or URL.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or got, or is nothing that holds models.
    pub(super) fn open(place: &str, limits: Limits) -> Result<Self, String> {
        if !fetch::is_url(place) {
            return Self::of_path(Path::new(place), limits);
        }
        let bytes = fetch::fetch(place)?.ok_or_else(|| format!("cannot fetch {place}: there is nothing (404)"))?;
        let address = place.split(['?', '#']).next().unwrap_or(place);
        let name = address.rsplit('/').next().unwrap_or(address);
        let mut container = Self::of_bytes(place, name, bytes, limits)?;
        if let Content::Memory(files) = &mut container.content
            && files.values().any(|text| is_botocore(text))
        {
            let (base, ending) = (&address[..address.len() - name.len()], if name.ends_with(GZ) { GZ } else { "" });
            for name in BESIDE {
                let name = format!("{name}{ending}");
                if let Some(bytes) = fetch::fetch(&format!("{base}{name}"))? {
                    let bytes = archive::plain(bytes, limits)
                        .map_err(|reason| format!("cannot read {base}{name}: {reason}"))?;
                    files.insert(name, bytes);
                }
            }
            container.names = files.keys().cloned().collect();
        }
        Ok(container)
    }

    /// Opens a path.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub(super) fn of_path(path: &Path, limits: Limits) -> Result<Self, String> {
        let label = path.display().to_string();
        let failed = |reason: String| format!("cannot read {label}: {reason}");
        let status = fs::metadata(path).map_err(|cause| failed(cause.to_string()))?;
        if status.is_dir() {
            let mut names = Vec::new();
            walk(path, "", DEPTH, &mut names)?;
            names.sort();
            return Ok(Self { label, names, content: Content::Disk(path.to_path_buf()), limits });
        }
        let bytes = files::regular(path).and_then(|file| at_most(file, PACKED)).map_err(failed)?;
        let bytes = bytes.ok_or_else(|| failed(format!("it has more than {}", shown(PACKED))))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let container = Self::of_bytes(&label, &name, bytes, limits)?;
        match &container.content {
            Content::Memory(files) if files.values().any(|text| is_botocore(text)) => {
                let mut names = vec![name];
                let beside = |name: &str| [name.to_owned(), format!("{name}{GZ}")];
                let beside = BESIDE.into_iter().flat_map(beside);
                names.extend(beside.filter(|name| path.with_file_name(name).is_file()));
                names.sort();
                let directory = path.parent().unwrap_or(Path::new("")).to_path_buf();
                Ok(Self { label, names, content: Content::Disk(directory), limits })
            }
            _ => Ok(container),
        }
    }

    /// What bytes are, by their content.
    pub(super) fn of_bytes(label: &str, name: &str, bytes: Vec<u8>, limits: Limits) -> Result<Self, String> {
        let failed = |reason: String| format!("cannot read {label}: {reason}");
        let bytes = archive::unpacked(bytes, limits).map_err(failed)?;
        let content = if is_zip(&bytes) {
            Content::Zip(Zip::open(bytes).map_err(failed)?)
        } else if archive::is_tar(&bytes) {
            Content::Tar(Tar::open(bytes).map_err(failed)?)
        } else if let Some(compression) = archive::foreign(&bytes) {
            return Err(format!("cannot read {label}: {compression} is not read; unpack it first"));
        } else if bytes.trim_ascii_start().starts_with(b"<") {
            return Err(format!(
                "cannot read {label}: it is a page or XML, not a model; give the address of the raw file"
            ));
        } else {
            if bytes.len() as u64 > limits.model {
                return Err(failed(limits.exceeded()));
            }
            let name = name.strip_suffix(GZ).unwrap_or(name).to_owned();
            Content::Memory(BTreeMap::from([(name, bytes)]))
        };
        let names = match &content {
            Content::Zip(zip) => zip.names(),
            Content::Tar(tar) => tar.names().map(str::to_owned).collect(),
            Content::Memory(files) => files.keys().cloned().collect(),
            Content::Disk(_) => Vec::new(),
        };
        Ok(Self { label: label.to_owned(), names, content, limits })
    }

    /// Whether the files lie on disk, put there by somebody, so that every one of them has to be readable.
    pub(super) fn is_directory(&self) -> bool {
        matches!(self.content, Content::Disk(_))
    }

    /// Whether it is a file of its own, which is a model whatever it is called.
    pub(super) fn is_file(&self) -> bool {
        matches!(self.content, Content::Memory(_))
    }

    /// Whether there is a file with this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    /// What the file is called in messages.
    pub(super) fn shown(&self, name: &str) -> String {
        let shown = match &self.content {
            Content::Disk(directory) => directory.join(name).display().to_string(),
            Content::Memory(_) if self.names.len() == 1 => self.label.clone(),
            Content::Memory(_) | Content::Zip(_) | Content::Tar(_) => format!("{}: {name}", self.label),
        };
        visible::line(&shown).into_owned()
    }

    /// The text of a file, unpacked if it is compressed.
    ///
    /// # Errors
    ///
    /// A sentence on why it cannot be read.
    pub(super) fn read(&self, name: &str) -> Result<Source, String> {
        let shown = self.shown(name);
        let failed = |reason: String| format!("cannot read {shown}: {reason}");
        let bytes = match &self.content {
            Content::Disk(directory) => self.limits.read(&directory.join(name)).map_err(failed)?,
            Content::Zip(zip) => zip.read(name, self.limits).map_err(failed)?,
            Content::Tar(tar) => tar.read(name, self.limits).map_err(failed)?,
            Content::Memory(files) => files.get(name).cloned().unwrap_or_default(),
        };
        let bytes = archive::plain(bytes, self.limits).map_err(failed)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let position = error.utf8_error().valid_up_to();
            failed(format!("it is not UTF-8 from byte {position} on; is it a JSON file?"))
        })?;
        Ok(Source { name: shown, text })
    }
}

fn is_botocore(text: &[u8]) -> bool {
    std::str::from_utf8(text).ok().and_then(parse).is_some_and(|value| is_description(&value))
}

/// Adds the names of the JSON files below a directory; hidden directories and links to directories are left aside.
fn walk(root: &Path, below: &str, depth: usize, names: &mut Vec<String>) -> Result<(), String> {
    let directory = root.join(below);
    let failed = |cause| format!("cannot read {}: {cause}", directory.display());
    for entry in fs::read_dir(&directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.file_type().map_err(failed)?.is_dir() {
            if depth > 0 && !name.starts_with('.') {
                walk(root, &path, depth - 1, names)?;
            }
        } else if is_json(&name) && entry.path().is_file() {
            names.push(path);
        }
        if names.len() > ENTRIES {
            return Err(format!(
                "{} holds more than {ENTRIES} files; name the directory of the service",
                root.display()
            ));
        }
    }
    Ok(())
}

/// Whether a name is that of a JSON file, compressed or not.
pub(super) fn is_json(name: &str) -> bool {
    let name = name.strip_suffix(GZ).unwrap_or(name);
    name.ends_with(".json")
}
