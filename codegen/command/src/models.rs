//! The models that clients are emitted from: those that were locked, in a folder beside the clients, and those that their
//! sources have now.
//!
//! A locked model makes `sync` independent of Python, the network and the day: it is a file of the workspace, known by its
//! digest. A model that came as Smithy's is kept as it was found; one of botocore's is kept as Smithy's, a shape on each
//! line, so that a change of it can be read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use smithy_client_codegen::{Source, visible};

use crate::digest::sha256;
use crate::files::Limits;
use crate::manifest::{BOTOCORE, Client, MODELS};
use crate::migrate::wanted;
use crate::source::{Form, Found, Sources, Wanted, botocore, facts, find, is_url, parse, sdk_id, service_shape};

/// A model in the form that is kept.
#[derive(Debug)]
pub struct Model {
    /// Smithy sources, each with the path of its file below the folder of the clients for a name.
    pub sources: Sources,
    /// The digest of each.
    pub sha256: Vec<String>,
}

/// Where the file of this number of a client's model is, below the folder of the clients.
fn path(name: &str, number: usize) -> String {
    match number {
        0 => format!("{MODELS}/{name}.json"),
        more => format!("{MODELS}/{name}.{}.json", more + 1),
    }
}

impl Model {
    /// The model of a client that is in the folder; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read.
    pub fn kept(directory: &Path, name: &str, limits: Limits) -> Result<Option<Self>, String> {
        let mut sources = Sources::default();
        loop {
            let path = path(name, sources.texts.len());
            let place = directory.join(&path);
            if !place.exists() {
                break;
            }
            let failed = |reason: String| format!("cannot read {}: {reason}", place.display());
            let text = String::from_utf8(limits.read(&place).map_err(failed)?);
            let text = text.map_err(|_| failed("it is not UTF-8".to_owned()))?;
            sources.texts.push(Source { name: path, text });
        }
        Ok((!sources.texts.is_empty()).then(|| Self::of(sources)))
    }

    /// The model that the source of a client has now. Its service may be called as AWS's own crate is, which leaves out a word
    /// of some names.
    ///
    /// # Errors
    ///
    /// A sentence: the source cannot be read, or does not have the service.
    pub fn taken(root: &Path, name: &str, client: &Client, limits: Limits) -> Result<Self, String> {
        let mut refusal = None;
        for service in wanted(client.service(name)) {
            match Self::taken_as(root, name, &service, client, limits) {
                Ok(model) => return Ok(model),
                Err(reason) => drop(refusal.get_or_insert(reason)),
            }
        }
        Err(refusal.unwrap_or_default())
    }

    /// The same, of the service of this name alone.
    ///
    /// # Errors
    ///
    /// As [`Self::taken`].
    pub(crate) fn taken_as(
        root: &Path,
        name: &str,
        service: &str,
        client: &Client,
        limits: Limits,
    ) -> Result<Self, String> {
        let wanted = Wanted { sdk_id: None, named: Some(service) };
        let found = find(&place(root, &client.model)?, wanted, limits)?;
        Self::of_found(found, name, limits)
    }

    fn of_found(found: Found, name: &str, limits: Limits) -> Result<Self, String> {
        let is_converted = matches!(found.form, Form::Botocore(_));
        let mut sources = Sources::of_found(found, limits)?;
        for (number, source) in sources.texts.iter_mut().enumerate() {
            source.name = path(name, number);
            if let Some(value) = parse(&source.text).filter(|_| is_converted) {
                source.text = by_line(&value);
            }
        }
        Ok(Self::of(sources))
    }

    fn of(sources: Sources) -> Self {
        let sha256 = sources.texts.iter().map(|source| sha256(source.text.as_bytes())).collect();
        Self { sources, sha256 }
    }

    /// Whether the service takes signatures of several regions, for which its client has a feature: it says so, or its
    /// endpoints ask for them.
    pub(crate) fn signs_for_regions(&self) -> bool {
        let text = |ast: Value| service_shape(&ast).map(|(_, service)| service["traits"].to_string());
        facts(&self.sources.texts).and_then(text).is_some_and(|traits| traits.contains("sigv4a\""))
    }

    /// What AWS calls the service, if the model says so.
    pub fn sdk_id(&self) -> Option<String> {
        facts(&self.sources.texts).and_then(|ast| sdk_id(&ast))
    }

    /// The files, by their paths below the folder of the clients.
    pub fn files(&self) -> BTreeMap<String, String> {
        self.sources.texts.iter().map(|source| (source.name.clone(), source.text.clone())).collect()
    }
}

/// The files of a client's model that are in the folder, by their paths below the folder of the clients.
pub fn kept_files(directory: &Path, name: &str) -> Vec<String> {
    let paths = (0..).map(|number| path(name, number));
    paths.take_while(|path| directory.join(path).exists()).collect()
}

/// The path or URL that a manifest calls so.
fn place(root: &Path, model: &str) -> Result<String, String> {
    if is_url(model) {
        return Ok(model.to_owned());
    }
    let path: PathBuf = if model == BOTOCORE { botocore()? } else { from(root, Path::new(model)) };
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| format!("the path {} is not UTF-8", visible::line(&path.to_string_lossy())))
}

/// A path that leads from `root`, without the steps up with which it begins: messages show it. `root` has no symbolic links.
fn from(mut root: &Path, mut path: &Path) -> PathBuf {
    while let (Ok(rest), Some(above)) = (path.strip_prefix(".."), root.parent()) {
        (root, path) = (above, rest);
    }
    root.join(path)
}

/// A Smithy AST with each of its shapes on a line.
fn by_line(ast: &Value) -> String {
    let Some(keys) = ast.as_object() else { return format!("{ast}\n") };
    let value = |(key, value): (&String, &Value)| {
        let name = Value::from(key.as_str());
        match value.as_object().filter(|_| key == "shapes") {
            None => format!("{name}:{value}"),
            Some(shapes) => {
                let shapes = shapes.iter().map(|(id, shape)| format!("{}:{shape}", Value::from(id.as_str())));
                format!("{name}:{{\n{}\n}}", shapes.collect::<Vec<_>>().join(",\n"))
            }
        }
    };
    format!("{{\n{}\n}}\n", keys.iter().map(value).collect::<Vec<_>>().join(",\n"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::{by_line, from, parse, path};

    #[test]
    fn a_converted_model_has_a_shape_on_each_line() {
        let ast = json!({"smithy": "2.0", "shapes": {"a#B": {"type": "string"}, "a#C": {"type": "list"}}});
        let text = by_line(&ast);
        insta::assert_snapshot!(text, @r#"
        {
        "smithy":"2.0",
        "shapes":{
        "a#B":{"type":"string"},
        "a#C":{"type":"list"}
        }
        }
        "#);
        assert_eq!(parse(&text), Some(ast));
    }

    #[test]
    fn a_place_is_told_without_steps_up() {
        for (model, shown) in
            [("models", "/a/b/models"), ("../m.json", "/a/m.json"), ("../../../c", "/../c"), ("/c/../d", "/c/../d")]
        {
            assert_eq!(from(Path::new("/a/b"), Path::new(model)), Path::new(shown), "{model}");
        }
    }

    #[test]
    fn further_files_of_a_model_are_counted() {
        assert_eq!([path("kms", 0), path("kms", 1)], ["models/kms.json", "models/kms.2.json"]);
    }
}
