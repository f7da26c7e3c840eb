//! Every model that a place holds: a directory of Smithy's or botocore's models, or an archive of them.
//!
//! A first look at each file says of which service it is, without taking the model apart: names of crates have to be known
//! before the first is written, and no more models are in memory at once than there are processors.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use smithy_client_codegen::protocol::is_protocol;

use super::container::{BESIDE, Container, is_json};
use super::select::{descriptions, directory, empty, file_name, files, newest, service_directory};
use super::{Form, Found};
use crate::files::Limits;
use crate::parallel::on_all_cores;

/// A place with all that it holds.
#[derive(Debug)]
pub struct Collection {
    container: Container,
    /// The models, in the order of their files.
    pub models: Vec<Listed>,
    /// How many JSON files are no models.
    pub passed_over: usize,
}

/// A model that is read when its turn comes.
#[derive(Debug)]
pub struct Listed {
    /// The place, and the file within it.
    pub label: String,
    /// The sdkId of the service, or the name of its shape; `None` where no text tells.
    pub service: Option<String>,
    /// The protocols that it says it speaks, by name.
    pub protocols: Vec<String>,
    /// The bytes of its text, by which long work begins first.
    pub size: usize,
    /// Its files in the container; of botocore's the description alone.
    names: Vec<String>,
    is_botocore: bool,
}

impl Listed {
    /// What tells the model from another of the same service: the directory that botocore has of it, else its file without
    /// endings.
    pub fn own_name(&self) -> &str {
        let file = || file_name(&self.names[0]);
        match self.is_botocore {
            true => Some(service_directory(&self.names[0])).filter(|name| !name.is_empty()).unwrap_or_else(file),
            false => file().split('.').next().unwrap_or_default(),
        }
    }
}

impl Collection {
    /// Looks at every file of a path.
    ///
    /// # Errors
    ///
    /// A sentence: the path cannot be read, or holds no model.
    pub fn open(path: &Path, limits: Limits) -> Result<Self, String> {
        let container = Container::of_path(path, limits)?;
        let names = candidates(&container);
        if names.is_empty() {
            return Err(empty(&container));
        }
        let looks = on_all_cores(&names, |name| look(&container, name));
        let (mut models, mut parts, mut passed_over) = (Vec::new(), Vec::new(), 0);
        for look in looks {
            match look {
                Look::Model(listed) => models.push(listed),
                Look::Part(name, size) => parts.push((name, size)),
                Look::Other => passed_over += 1,
            }
        }
        for (name, size) in parts {
            add_part(&container, &mut models, name, size);
        }
        models.sort_by(|one, other| one.label.cmp(&other.label));
        match models.is_empty() {
            true => Err(format!("{} holds no model: none of its JSON files is one", container.label)),
            false => Ok(Self { container, models, passed_over }),
        }
    }

    /// Reads a model of the collection.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read.
    pub fn read(&self, listed: &Listed) -> Result<Found, String> {
        let mut sources = listed.names.iter().map(|name| self.container.read(name)).collect::<Result<Vec<_>, _>>()?;
        match listed.is_botocore {
            true => files(&self.container, &listed.names[0], sources.swap_remove(0)),
            false => Ok(Found { label: listed.label.clone(), form: Form::Smithy(sources) }),
        }
    }
}

/// The files that may be models: of botocore's services the newest description of each, and any other JSON that lies beside
/// none.
fn candidates(container: &Container) -> Vec<&String> {
    let described: BTreeSet<&str> = descriptions(container).map(|name| directory(name)).collect();
    let mut names: Vec<&String> = newest(descriptions(container)).into_values().collect();
    let is_other = |name: &&String| {
        let is_alone = !described.contains(directory(name)) && !BESIDE.contains(&name.as_str());
        is_alone && (container.is_file() || is_json(name))
    };
    names.extend(container.names.iter().filter(is_other));
    names
}

/// What a file is.
enum Look {
    /// A model, or what may be one and is told about when it is read.
    Model(Listed),
    /// A Smithy file without a service, by its name and size.
    Part(String, usize),
    /// JSON that is no model.
    Other,
}

fn look(container: &Container, name: &str) -> Look {
    let mut listed = Listed {
        label: container.shown(name),
        service: None,
        protocols: Vec::new(),
        size: 0,
        names: vec![name.to_owned()],
        is_botocore: false,
    };
    // Whoever reads it for good says what is wrong with it.
    let Ok(source) = container.read(name) else { return Look::Model(listed) };
    let text = source.text.trim_start_matches('\u{feff}');
    listed.size = text.len();
    let Ok(head) = serde_json::from_str::<Head>(text) else { return Look::Model(listed) };
    match (head.smithy, head.metadata, head.shapes) {
        (Some(_), _, Some(Shapes { service: Some(service) })) => {
            listed.service = Some(service.name());
            listed.protocols = service.protocols();
        }
        (Some(_), ..) => return Look::Part(name.to_owned(), listed.size),
        (None, Some(metadata), Some(_)) if head.operations.is_some() => {
            listed.service = metadata.text("serviceId");
            listed.protocols.extend(metadata.text("protocol"));
            listed.is_botocore = true;
        }
        _ => return Look::Other,
    }
    Look::Model(listed)
}

/// Adds a file without a service to the only model of its directory; else it is one that cannot be understood alone.
fn add_part(container: &Container, models: &mut Vec<Listed>, name: String, size: usize) {
    let is_beside = |listed: &&mut Listed| {
        listed.service.is_some() && !listed.is_botocore && directory(&listed.names[0]) == directory(&name)
    };
    let mut beside: Vec<&mut Listed> = models.iter_mut().filter(is_beside).collect();
    if let [model] = beside.as_mut_slice() {
        model.size += size;
        model.names.push(name);
        model.names.sort();
        return;
    }
    let (label, protocols) = (container.shown(&name), Vec::new());
    models.push(Listed { label, service: None, protocols, size, names: vec![name], is_botocore: false });
}

/// What tells a model from other JSON, and one service from another.
#[derive(Deserialize)]
struct Head {
    smithy: Option<IgnoredAny>,
    metadata: Option<Metadata>,
    operations: Option<IgnoredAny>,
    shapes: Option<Shapes>,
}

/// `metadata`, which both forms have.
#[derive(Deserialize)]
struct Metadata(Value);

impl Metadata {
    fn text(&self, key: &str) -> Option<String> {
        self.0.get(key)?.as_str().map(str::to_owned)
    }
}

/// The service among shapes, of which the others are passed over.
struct Shapes {
    service: Option<Service>,
}

/// A service shape.
struct Service {
    id: String,
    traits: BTreeMap<String, Value>,
}

impl Service {
    /// What the generator calls it.
    fn name(&self) -> String {
        let sdk_id = self.traits.get("aws.api#service").and_then(|names| names.get("sdkId")?.as_str());
        sdk_id.unwrap_or_else(|| self.id.rsplit('#').next().unwrap_or(&self.id)).to_owned()
    }

    /// Traits of the namespaces of protocols, by name.
    fn protocols(&self) -> Vec<String> {
        let namespaces = ["aws.protocols#", "smithy.protocols#"];
        let named = |id: &String| namespaces.iter().find_map(|start| id.strip_prefix(start)).map(str::to_owned);
        self.traits.keys().filter(|id| is_protocol(id.as_str())).filter_map(named).collect()
    }
}

/// A shape, of which only a service is of interest.
#[derive(Deserialize)]
struct Shape {
    #[serde(rename = "type")]
    kind: Option<Value>,
    traits: Option<Traits>,
}

/// The traits that name a service and its protocols.
#[derive(Default)]
struct Traits(BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for Traits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TraitsVisitor)
    }
}

struct TraitsVisitor;

impl<'de> Visitor<'de> for TraitsVisitor {
    type Value = Traits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("traits")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Traits, A::Error> {
        let mut found = BTreeMap::new();
        while let Some(id) = map.next_key::<String>()? {
            if id == "aws.api#service" || is_protocol(&id) {
                found.insert(id, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Traits(found))
    }
}

impl<'de> Deserialize<'de> for Shapes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ShapesVisitor)
    }
}

struct ShapesVisitor;

impl<'de> Visitor<'de> for ShapesVisitor {
    type Value = Shapes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("shapes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shapes, A::Error> {
        let mut service = None;
        while let Some((id, shape)) = map.next_entry::<String, Shape>()? {
            if shape.kind.is_some_and(|kind| kind == "service") {
                let Traits(traits) = shape.traits.unwrap_or_default();
                service.get_or_insert(Service { id, traits });
            }
        }
        Ok(Shapes { service })
    }
}
