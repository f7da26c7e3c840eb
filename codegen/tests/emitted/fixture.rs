//! A tiny service, made of a few lines, and the crate that is emitted for it.

use serde_json::{Map, Value, json};
use smithy_client_codegen::{Choice, Emit, Generated, Options, RuntimeDependency, Selection, Source, Writer, generate};

use crate::notation::{NAMESPACE, id, member, members, named};

/// A service that is put together shape by shape.
#[derive(Clone)]
pub(crate) struct Fixture {
    name: &'static str,
    service: Map<String, Value>,
    operations: Vec<Value>,
    resources: Vec<Value>,
    shapes: Map<String, Value>,
    emit: Emit,
    chosen: Option<Selection>,
    skips: bool,
    protocol: Option<&'static str>,
    is_unnamed: bool,
    is_for_registry: bool,
}

impl Fixture {
    /// A restJson1 service that signs its requests and has no shapes yet.
    pub(crate) fn new(name: &'static str) -> Self {
        let traits = json!({
            "aws.protocols#restJson1": {},
            "aws.auth#sigv4": {"name": "fixture"},
            "aws.api#service": {"sdkId": "Fixture", "endpointPrefix": "fixture"},
            "smithy.api#title": "Fixture Service",
        });
        let Value::Object(service) = traits else { unreachable!("an object was written above") };
        Self {
            name,
            service,
            operations: Vec::new(),
            resources: Vec::new(),
            shapes: Map::new(),
            emit: Emit::Client,
            chosen: None,
            skips: false,
            protocol: None,
            is_unnamed: false,
            is_for_registry: false,
        }
    }

    /// What the fixture is about, in kebab case.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Adds a trait to the service, by its whole id.
    pub(crate) fn service_trait(mut self, id: &str, value: Value) -> Self {
        self.service.insert(id.to_owned(), value);
        self
    }

    /// Removes a trait from the service, by its whole id.
    pub(crate) fn without_service_trait(mut self, id: &str) -> Self {
        self.service.remove(id);
        self
    }

    /// The same service, as a fixture of its own.
    pub(crate) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Binds all operations through a resource instead of directly.
    pub(crate) fn through_resource(mut self, name: &str) -> Self {
        let resource = json!({"type": "resource", "operations": std::mem::take(&mut self.operations)});
        self.shapes.insert(id(name), resource);
        self.resources.push(json!({"target": id(name)}));
        self
    }

    /// Emits types alone.
    pub(crate) fn types_alone(mut self) -> Self {
        self.emit = Emit::Types;
        self
    }

    /// Emits a client, as is usual.
    pub(crate) fn with_client(mut self) -> Self {
        self.emit = Emit::Client;
        self
    }

    /// Leaves only these operations of the service in the crate.
    pub(crate) fn choose(mut self, operations: &[&str]) -> Self {
        let names = operations.iter().map(|name| (*name).to_owned()).collect();
        self.chosen =
            Some(Selection { source: "--operations".to_owned(), choice: Choice::Only, names, ..Selection::default() });
        self
    }

    /// Leaves all but these operations of the service in the crate.
    pub(crate) fn except(mut self, operations: &[&str]) -> Self {
        let names = operations.iter().map(|name| (*name).to_owned()).collect();
        self.chosen =
            Some(Selection { source: "--except".to_owned(), choice: Choice::AllBut, names, ..Selection::default() });
        self
    }

    /// Adds types to the operations that were chosen, if any; nothing else is in the crate.
    pub(crate) fn choose_types(mut self, types: &[&str]) -> Self {
        let chosen =
            self.chosen.get_or_insert_with(|| Selection { source: "--shapes".to_owned(), ..Selection::default() });
        chosen.shapes = types.iter().map(|name| id(name)).collect();
        self
    }

    /// Leaves nothing of the service in the crate but its client.
    pub(crate) fn choose_nothing(mut self) -> Self {
        let source = "the program".to_owned();
        self.chosen = Some(Selection { source, may_be_empty: true, ..Selection::default() });
        self
    }

    /// Lets the choice be empty.
    pub(crate) fn or_nothing(mut self) -> Self {
        self.chosen.get_or_insert_default().may_be_empty = true;
        self
    }

    /// Leaves the name of the crate to the service.
    pub(crate) fn unnamed(mut self) -> Self {
        self.is_unnamed = true;
        self
    }

    /// Has the crate find its runtime in a registry too.
    pub(crate) fn for_registry(mut self) -> Self {
        self.is_for_registry = true;
        self
    }

    /// Leaves out what the generator cannot emit.
    pub(crate) fn skip_unsupported(mut self) -> Self {
        self.skips = true;
        self
    }

    /// Speaks restXml, whose messages hold no documents.
    pub(crate) fn in_xml(self) -> Self {
        self.without_service_trait("aws.protocols#restJson1").service_trait("aws.protocols#restXml", json!({}))
    }

    /// Speaks this one of the protocols of the service.
    pub(crate) fn speaking(mut self, protocol: &'static str) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// Leaves all operations of the service in the crate.
    pub(crate) fn choose_all(mut self) -> Self {
        self.chosen = None;
        self
    }

    /// A shape without members, such as `Secret @sensitive` of type `string`.
    pub(crate) fn simple(self, declaration: &str, shape_type: &str) -> Self {
        self.shape(declaration, json!({"type": shape_type}))
    }

    /// A structure; with the trait `error` it is an exception.
    pub(crate) fn structure(self, declaration: &str, texts: &[&str]) -> Self {
        self.shape(declaration, json!({"type": "structure", "members": members(texts)}))
    }

    /// A union.
    pub(crate) fn union(self, declaration: &str, texts: &[&str]) -> Self {
        self.shape(declaration, json!({"type": "union", "members": members(texts)}))
    }

    /// A string enum.
    pub(crate) fn string_enum(self, declaration: &str, texts: &[&str]) -> Self {
        self.shape(declaration, json!({"type": "enum", "members": members(texts)}))
    }

    /// An integer enum.
    pub(crate) fn int_enum(self, declaration: &str, texts: &[&str]) -> Self {
        self.shape(declaration, json!({"type": "intEnum", "members": members(texts)}))
    }

    /// A list of an element such as `String`.
    pub(crate) fn list(self, declaration: &str, element: &str) -> Self {
        let (_, element) = member(&format!("member: {element}"));
        self.shape(declaration, json!({"type": "list", "member": element}))
    }

    /// A map from strings to values such as `Integer`.
    pub(crate) fn map(self, declaration: &str, value: &str) -> Self {
        self.keyed_map(declaration, "String", value)
    }

    /// A map from keys of a string type of its own, such as an enum.
    pub(crate) fn keyed_map(self, declaration: &str, key: &str, value: &str) -> Self {
        let (_, key) = member(&format!("key: {key}"));
        let (_, value) = member(&format!("value: {value}"));
        self.shape(declaration, json!({"type": "map", "key": key, "value": value}))
    }

    /// Deprecates a shape that is there already, such as the input of an operation.
    ///
    /// # Panics
    /// When it is not there.
    pub(crate) fn deprecate(mut self, name: &str) -> Self {
        let Some(shape) = self.shapes.get_mut(&id(name)) else { panic!("there is no {name}") };
        shape["traits"]["smithy.api#deprecated"] = json!({});
        self
    }

    fn shape(mut self, declaration: &str, mut shape: Value) -> Self {
        let (name, traits) = named(declaration);
        shape["traits"] = traits;
        self.shapes.insert(id(&name), shape);
        self
    }

    /// An operation of a route such as `GET /things/{id}`, with an input, an output and errors of its own.
    pub(crate) fn operation(
        mut self,
        declaration: &str,
        route: &str,
        input: &[&str],
        output: &[&str],
        errors: &[&str],
    ) -> Self {
        let (name, mut traits) = named(declaration);
        let (method, uri) = route.split_once(' ').unwrap_or_else(|| panic!("`{route}` is no method and uri"));
        traits["smithy.api#http"] = json!({"method": method, "uri": uri});
        let errors: Vec<Value> = errors.iter().map(|name| json!({"target": id(name)})).collect();
        let operation = json!({
            "type": "operation",
            "input": {"target": id(&format!("{name}Input"))},
            "output": {"target": id(&format!("{name}Output"))},
            "errors": errors,
            "traits": traits,
        });
        self.operations.push(json!({"target": id(&name)}));
        self.shapes.insert(id(&name), operation);
        self.structure(&format!("{name}Input"), input).structure(&format!("{name}Output"), output)
    }

    /// An operation that takes and returns these shapes, so that they belong to the service.
    pub(crate) fn carries(self, shapes: &[&str]) -> Self {
        let carried: Vec<String> =
            shapes.iter().enumerate().map(|(index, shape)| format!("item{index}: {shape}")).collect();
        let carried: Vec<&str> = carried.iter().map(String::as_str).collect();
        self.operation("Carry", "POST /carry", &carried, &carried, &[])
    }

    /// The shapes of the model, the service among them, in the order in which they were added.
    pub(crate) fn shapes(&self) -> Map<String, Value> {
        let mut service = json!({
            "type": "service",
            "version": "2020-01-01",
            "operations": self.operations,
            "traits": self.service,
        });
        if !self.resources.is_empty() {
            service["resources"] = json!(self.resources);
        }
        let mut shapes = self.shapes.clone();
        shapes.insert(format!("{NAMESPACE}#FixtureService"), service);
        shapes
    }

    /// The model as text.
    pub(crate) fn source(&self) -> Source {
        source(&format!("{}.json", self.name), &self.shapes())
    }

    /// Where the crate of this fixture is to find the runtime.
    fn options(&self) -> Options {
        let path = format!("{}/runtime", env!("CARGO_MANIFEST_DIR"));
        Options {
            crate_name: (!self.is_unnamed).then(|| format!("fixture-{}", self.name.to_lowercase().replace(' ', "-"))),
            crate_version: None,
            runtime: match self.is_for_registry {
                true => RuntimeDependency::PathAndVersion { path, version: "0.1.0".to_owned() },
                false => RuntimeDependency::Path(path),
            },
            standalone: false,
            emit: self.emit,
            operations: self.chosen.clone(),
            skip_unsupported: self.skips,
            protocol: self.protocol.map(str::to_owned),
            writer: Writer::default(),
        }
    }

    /// The crate that is emitted.
    ///
    /// # Panics
    /// When the generator refuses the fixture.
    pub(crate) fn generated(&self) -> Generated {
        self.generated_from(&[self.source()])
    }

    /// The manifest, the same on every machine and for every version of the generator.
    pub(crate) fn manifest(&self) -> String {
        let generator = |version: &str| format!("generator = \"{version}\"");
        let manifest = &self.generated().files["Cargo.toml"];
        manifest
            .replace(env!("CARGO_MANIFEST_DIR"), "codegen")
            .replace(&generator(env!("CARGO_PKG_VERSION")), &generator("(its own)"))
    }

    /// The crate that is emitted for the same service from other sources.
    ///
    /// # Panics
    /// When the generator refuses them.
    pub(crate) fn generated_from(&self, sources: &[Source]) -> Generated {
        generate(sources, &self.options()).unwrap_or_else(|report| panic!("{} is refused:\n{report}", self.name))
    }

    /// What the generator says when it refuses the fixture.
    ///
    /// # Panics
    /// When it does not refuse it.
    pub(crate) fn refusal(&self) -> String {
        match generate(&[self.source()], &self.options()) {
            Err(report) => report.to_string(),
            Ok(_) => panic!("{} is not refused", self.name),
        }
    }

    /// One emitted file, without its header.
    pub(crate) fn file(&self, path: &str) -> String {
        let generated = self.generated();
        let Some(text) = generated.files.get(path) else {
            let paths: Vec<&String> = generated.files.keys().collect();
            panic!("{path} is not emitted; these files are: {paths:?}");
        };
        body(text).to_owned()
    }

    /// The types of these names, each with its table and its builder, in whatever file they stand.
    pub(crate) fn types(&self, names: &[&str]) -> String {
        let generated = self.generated();
        let files = generated.files.iter().filter(|(path, _)| path.starts_with("src/types/"));
        let all: Vec<&str> = files.map(|(_, text)| body(text)).collect();
        items(&all.join("\n"), names)
    }

    /// The items of one emitted file that are about any of these names.
    pub(crate) fn items(&self, path: &str, subjects: &[&str]) -> String {
        items(&self.file(path), subjects)
    }
}

/// A Smithy JSON AST of these shapes.
pub(crate) fn source(name: &str, shapes: &Map<String, Value>) -> Source {
    Source { name: name.to_owned(), text: json!({"smithy": "2.0", "shapes": shapes}).to_string() }
}

/// A file without the line that says where it comes from.
pub(crate) fn body(text: &str) -> &str {
    text.split_once("\n\n").map_or(text, |(_, body)| body)
}

/// The items of a file that are about any of these names: the type, its `impl`s, its tables and its builder.
///
/// # Panics
/// When there is none.
pub(crate) fn items(text: &str, subjects: &[&str]) -> String {
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    let mut previous = "";
    for line in text.lines() {
        if previous.is_empty() && !line.is_empty() && !line.starts_with([' ', '}']) {
            blocks.push(Vec::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push(line);
        }
        previous = line;
    }
    let found: Vec<String> = blocks
        .iter()
        .filter(|block| is_about(block, subjects))
        .map(|block| block.join("\n").trim_end().to_owned() + "\n")
        .collect();
    assert!(!found.is_empty(), "no item is about {subjects:?} in:\n{text}");
    found.join("\n")
}

/// Whether the first line of code, or the first row of a table, names a subject or its builder.
fn is_about(block: &[&str], subjects: &[&str]) -> bool {
    let mut code = block.iter().map(|line| line.trim_start()).filter(|line| !line.starts_with("//"));
    let mut code = code.by_ref().skip_while(|line| line.starts_with('#') || line.starts_with("use "));
    let mut line = code.next().unwrap_or_default();
    if line.ends_with("! {") {
        line = code.find(|line| !line.starts_with('#')).unwrap_or_default();
    }
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    subjects.iter().any(|subject| words.contains(subject) || words.contains(&format!("{subject}Builder").as_str()))
}

/// Compares text with the file `codegen/tests/snapshots/<name>.snap`.
#[track_caller]
pub(crate) fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
