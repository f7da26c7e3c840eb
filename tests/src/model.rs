//! The Smithy model read as plain JSON: just enough of it for tests to compute expectations without the generator.

use std::path::Path;

use serde_json::Value;

/// The model of the service under test. Every method panics with the name of what it misses: a test cannot go on without it.
#[derive(Debug)]
pub struct Model {
    shapes: serde_json::Map<String, Value>,
}

/// One operation of the model.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name without the namespace, for example `CreateStage`.
    pub name: String,
    /// The HTTP method.
    pub method: String,
    /// The path pattern, for example `/tags/{resourceArn}`.
    pub uri: String,
    /// The absolute id of the input structure.
    pub input: String,
    /// The absolute id of the output structure.
    pub output: String,
    /// The absolute ids of its errors, in the model's order.
    pub errors: Vec<String>,
}

/// One member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The name in the model.
    pub name: &'a str,
    /// The absolute id of the shape it targets.
    pub target: &'a str,
    traits: Option<&'a Value>,
}

/// Where a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding<'a> {
    /// In the path, in place of its name in braces.
    Label,
    /// In the query, under this name.
    Query(&'a str),
    /// In a header of this name.
    Header(&'a str),
    /// In the JSON document, under this name.
    Document(&'a str),
}

impl<'a> Member<'a> {
    /// The value of the trait `name` of `smithy.api`, where the member has it.
    pub fn find_trait(&self, name: &str) -> Option<&'a Value> {
        self.traits?.get(format!("smithy.api#{name}"))
    }

    /// Whether the member must be present.
    pub fn is_required(&self) -> bool {
        self.find_trait("required").is_some()
    }

    /// Where the member travels.
    pub fn binding(&self) -> Binding<'a> {
        let text = |name: &str| self.find_trait(name).and_then(Value::as_str);
        match (self.find_trait("httpLabel"), text("httpQuery"), text("httpHeader")) {
            (Some(_), _, _) => Binding::Label,
            (_, Some(name), _) => Binding::Query(name),
            (_, _, Some(name)) => Binding::Header(name),
            _ => Binding::Document(text("jsonName").unwrap_or(self.name)),
        }
    }
}

impl Model {
    /// Reads the repository's `model/ivs-realtime.json`.
    pub fn load() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/ivs-realtime.json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&text)
    }

    /// Reads a model from the text of a Smithy JSON AST.
    pub fn parse(text: &str) -> Self {
        let mut document: Value = serde_json::from_str(text).expect("the model is JSON");
        let Some(Value::Object(shapes)) = document.get_mut("shapes").map(Value::take) else {
            panic!("the model has no shapes");
        };
        Self { shapes }
    }

    /// All operations, in the model's order.
    pub fn operations(&self) -> Vec<Operation> {
        let operations = self.shapes.iter().filter(|(_, shape)| shape["type"] == "operation");
        operations.map(|(id, shape)| operation(id, shape)).collect()
    }

    /// The absolute ids of all structures, in the model's order.
    pub fn structures(&self) -> Vec<String> {
        self.ids_of("structure")
    }

    /// The absolute ids of all enums, in the model's order.
    pub fn enums(&self) -> Vec<String> {
        self.ids_of("enum")
    }

    fn ids_of(&self, kind: &str) -> Vec<String> {
        self.shapes.iter().filter(|(_, shape)| shape["type"] == kind).map(|(id, _)| id.clone()).collect()
    }

    /// The operation called `name`.
    pub fn operation(&self, name: &str) -> Operation {
        let found = self.operations().into_iter().find(|operation| operation.name == name);
        found.unwrap_or_else(|| panic!("the model has no operation {name}"))
    }

    /// Whether the structure `id` is the input of an operation.
    pub fn is_input(&self, id: &str) -> bool {
        self.operations().iter().any(|operation| operation.input == id)
    }

    /// The shape with the absolute id `id`.
    pub fn shape(&self, id: &str) -> &Value {
        self.shapes.get(id).unwrap_or_else(|| panic!("the model has no shape {id}"))
    }

    /// The type of the shape `id`, for example `structure`.
    pub fn type_of(&self, id: &str) -> &str {
        text(self.shape(id), "type")
    }

    /// The members of the structure or enum `id`, in the model's order.
    pub fn members<'a>(&'a self, id: &str) -> Vec<Member<'a>> {
        let members = self.shape(id).get("members").and_then(Value::as_object);
        members
            .into_iter()
            .flatten()
            .map(|(name, member)| Member { name, target: text(member, "target"), traits: member.get("traits") })
            .collect()
    }

    /// The shape that the elements of the list, or the values of the map, `id` target.
    pub fn element(&self, id: &str) -> &str {
        let shape = self.shape(id);
        text(shape.get("member").or(shape.get("value")).unwrap_or(&Value::Null), "target")
    }

    /// The shape that the keys of the map `id` target.
    pub fn key(&self, id: &str) -> &str {
        text(&self.shape(id)["key"], "target")
    }

    /// The value of the trait `name` of `smithy.api` on the shape `id`, where it has it.
    pub fn shape_trait(&self, id: &str, name: &str) -> Option<&Value> {
        self.shape(id).get("traits")?.get(format!("smithy.api#{name}"))
    }

    /// The values of the enum `id`, in the model's order.
    pub fn enum_values(&self, id: &str) -> Vec<&str> {
        let members = self.members(id);
        members
            .iter()
            .map(|member| member.find_trait("enumValue").and_then(Value::as_str).unwrap_or(member.name))
            .collect()
    }

    /// Whether the shape `id` or the member that targets it is marked sensitive.
    pub fn is_sensitive(&self, member: &Member<'_>) -> bool {
        member.find_trait("sensitive").is_some()
            || self.shape(member.target)["traits"].get("smithy.api#sensitive").is_some()
    }

    /// The HTTP status of the error `id`.
    pub fn status(&self, id: &str) -> u16 {
        let status = self.shape(id)["traits"]["smithy.api#httpError"].as_u64();
        status.and_then(|status| u16::try_from(status).ok()).unwrap_or_else(|| panic!("{id} has no httpError"))
    }
}

/// The part of an absolute shape id after the `#`.
pub fn short(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// A model name as Rust writes it in functions and fields: `stageArn` and `StageArn` become `stage_arn`.
pub fn snake(name: &str) -> String {
    name.char_indices().fold(String::new(), |mut snake, (at, letter)| {
        if letter.is_ascii_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
        snake
    })
}

fn operation(id: &str, shape: &Value) -> Operation {
    let http = &shape["traits"]["smithy.api#http"];
    let errors = shape.get("errors").and_then(Value::as_array);
    Operation {
        name: short(id).to_owned(),
        method: text(http, "method").to_owned(),
        uri: text(http, "uri").to_owned(),
        input: text(&shape["input"], "target").to_owned(),
        output: text(&shape["output"], "target").to_owned(),
        errors: errors.into_iter().flatten().map(|error| text(error, "target").to_owned()).collect(),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("no text under {key:?} in {value}"))
}
