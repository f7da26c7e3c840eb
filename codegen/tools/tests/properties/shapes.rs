//! Shapes of a random model, their names and what may target them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::traits;

/// The namespace of random models.
const NAMESPACE: &str = "random";

/// Names of types: plain ones, acronyms, digits, and what Rust or emitted code uses for something else.
const TYPES: [&str; 40] = [
    "Thing",
    "Stage",
    "HTTPServer",
    "S3Bucket",
    "IPv4Address",
    "Foo_Bar",
    "x",
    "A1",
    "type",
    "Self",
    "Option",
    "Result",
    "Vec",
    "String",
    "Box",
    "HashMap",
    "Some",
    "None",
    "Ok",
    "Err",
    "Default",
    "Clone",
    "Debug",
    "Send",
    "Sync",
    "Iterator",
    "Blob",
    "DateTime",
    "Document",
    "Unknown",
    "Member",
    "Shape",
    "Meta",
    "Tags",
    "TagMap",
    "Utc2Gps",
    "EC2",
    "AbstractX",
    "Impl",
    "Move",
];

/// Names of members: plain ones, keywords, acronyms, digits, and what emitted code uses for something else.
const MEMBERS: [&str; 48] = [
    "id",
    "name",
    "fooBar",
    "value",
    "type",
    "match",
    "self",
    "Self",
    "crate",
    "super",
    "async",
    "await",
    "HTTPCode",
    "S3Key",
    "ipV4",
    "x",
    "A",
    "item2",
    "r",
    "loop",
    "ref",
    "box",
    "dyn",
    "abstract",
    "try",
    "yield",
    "union",
    "static",
    "in",
    "out",
    "message",
    "code",
    "key",
    "member",
    "builder",
    "build",
    "clone",
    "fmt",
    "input",
    "output",
    "config",
    "send",
    "meta",
    "source",
    "inner",
    "fields",
    "Tags",
    "requestId",
];

/// Names of the values of enums.
const VALUES: [&str; 20] = [
    "A",
    "B_FRAME_PRESENT",
    "UNKNOWN",
    "Unknown",
    "type",
    "SELF",
    "V1_2",
    "x86",
    "NONE",
    "SOME",
    "OK",
    "ERROR",
    "aws_kms",
    "lowerCamel",
    "DEFAULT",
    "STRING",
    "VALUE",
    "AS_STR",
    "VALUES",
    "CRATE",
];

/// Simple shapes of Smithy's own.
const PRELUDE: [&str; 11] =
    ["String", "Integer", "Boolean", "Timestamp", "Long", "Double", "Float", "Blob", "Short", "Byte", "Document"];

/// What a shape is, as far as members of others have to know.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Absolute id.
    pub(crate) id: String,
    /// Its type.
    pub(crate) kind: String,
    /// Of what a list has, or a map's value: the type.
    pub(crate) of: String,
    /// Values, where it is an enum.
    pub(crate) values: Vec<Value>,
}

impl Known {
    /// Whether a header, a query parameter or a label can hold it.
    pub(crate) fn is_textual(&self) -> bool {
        !["blob", "document", "list", "map", "structure", "union"].contains(&self.kind.as_str())
    }
}

/// The shapes that a model has so far.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    /// As they stand in the model.
    pub(crate) all: Map<String, Value>,
    known: Vec<Known>,
    taken: BTreeSet<String>,
}

/// What two names have in common that Rust could not tell apart.
fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// An absolute id.
pub(crate) fn id(name: &str) -> String {
    format!("{NAMESPACE}#{name}")
}

/// Names out of a list, each different to Rust; a number behind those that are taken.
pub(crate) fn distinct(from: &[&str], taken: &mut BTreeSet<String>, choices: &mut Choices) -> String {
    let name = *choices.pick(from);
    let mut candidates = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}X{number}")));
    candidates.find(|name| taken.insert(normal(name))).unwrap_or_default()
}

/// Different names of members.
pub(crate) fn member_names(count: usize, choices: &mut Choices) -> Vec<String> {
    let mut taken = BTreeSet::new();
    (0..count).map(|_| distinct(&MEMBERS, &mut taken, choices)).collect()
}

impl Shapes {
    /// Some shapes, which refer to each other; documents among them where the protocol has such.
    pub(crate) fn some(has_documents: bool, choices: &mut Choices) -> Self {
        let mut shapes = Self::default();
        for name in PRELUDE.iter().filter(|name| has_documents || **name != "Document") {
            shapes.know(&format!("smithy.api#{name}"), &name.to_lowercase(), "", Vec::new());
        }
        // Structures and unions are known before they have members, so that these may lead back.
        let composites: Vec<(String, &str)> = (0..choices.below(6))
            .map(|_| (shapes.name(choices), *choices.pick(&["structure", "structure", "union"])))
            .collect();
        for (name, kind) in &composites {
            shapes.know(&id(name), kind, "", Vec::new());
        }
        for _ in 0..choices.below(8) {
            shapes.simple_or_collection(choices);
        }
        for (name, kind) in &composites {
            let members = shapes.members(kind, choices);
            let mut shape = json!({"type": kind, "members": members});
            shape["traits"] = traits::of_shape(kind, choices);
            shapes.all.insert(id(name), shape);
        }
        shapes
    }

    fn know(&mut self, id: &str, kind: &str, of: &str, values: Vec<Value>) {
        self.known.push(Known { id: id.to_owned(), kind: kind.to_owned(), of: of.to_owned(), values });
    }

    /// A name that no shape has.
    pub(crate) fn name(&mut self, choices: &mut Choices) -> String {
        distinct(&TYPES, &mut self.taken, choices)
    }

    /// One that fits, if there is any.
    pub(crate) fn maybe(&self, fits: impl Fn(&Known) -> bool, choices: &mut Choices) -> Option<Known> {
        let fitting: Vec<&Known> = self.known.iter().filter(|known| fits(known)).collect();
        (!fitting.is_empty()).then(|| (*choices.pick(&fitting)).clone())
    }

    /// One that fits; the string of Smithy's own always has to.
    pub(crate) fn one(&self, fits: impl Fn(&Known) -> bool, choices: &mut Choices) -> Known {
        let fitting: Vec<&Known> = self.known.iter().filter(|known| fits(known)).collect();
        (*choices.pick(&fitting)).clone()
    }

    fn simple_or_collection(&mut self, choices: &mut Choices) {
        let kinds =
            ["string", "list", "enum", "map", "integer", "intEnum", "timestamp", "blob", "old enum", "long", "double"];
        let name = self.name(choices);
        let kind = *choices.pick(&kinds);
        let mut shape = json!({"type": kind});
        let (mut of, mut values) = (String::new(), Vec::new());
        match kind {
            "list" => {
                let element = self.one(|_| true, choices);
                shape["member"] = json!({"target": element.id, "traits": traits::of_element(&element, choices)});
                of = element.kind;
            }
            "map" => {
                let key = self.one(|known| known.kind == "string", choices);
                let element = self.one(|_| true, choices);
                shape["key"] = json!({"target": key.id});
                shape["value"] = json!({"target": element.id, "traits": traits::of_element(&element, choices)});
                of = element.kind;
            }
            "enum" | "intEnum" => values = enumeration(&mut shape, choices),
            _ => {}
        }
        shape["traits"] = traits::of_shape(kind, choices);
        if kind == "old enum" {
            shape["type"] = json!("string");
            let names = value_names(choices);
            shape["traits"]["smithy.api#enum"] =
                names.iter().map(|name| json!({"value": name, "name": name})).collect();
            values = names.into_iter().map(Value::from).collect();
        }
        let kind = if kind == "old enum" { "enum" } else { kind };
        self.know(&id(&name), kind, &of, values);
        self.all.insert(id(&name), shape);
    }

    /// Members of a structure or a union.
    pub(crate) fn members(&self, kind: &str, choices: &mut Choices) -> Value {
        let count = choices.below(6) + usize::from(kind == "union");
        let mut members = Map::new();
        for (index, name) in member_names(count, choices).into_iter().enumerate() {
            // One way through a union leads to an end, so that a value of it can be built.
            let target = match kind == "union" && index == 0 {
                true => self.one(Known::is_textual, choices),
                false => self.one(|_| true, choices),
            };
            let traits = match kind {
                "union" => json!({}),
                _ => traits::of_member(&target, choices),
            };
            members.insert(name, json!({"target": target.id, "traits": traits}));
        }
        Value::Object(members)
    }
}

/// Different names of values.
fn value_names(choices: &mut Choices) -> Vec<String> {
    let mut taken = BTreeSet::new();
    (0..choices.below(5) + 1).map(|_| distinct(&VALUES, &mut taken, choices)).collect()
}

/// Fills an enum of either kind, and gives its values.
fn enumeration(shape: &mut Value, choices: &mut Choices) -> Vec<Value> {
    let mut values = Vec::new();
    for (number, name) in value_names(choices).into_iter().enumerate() {
        let value = match shape["type"] == "enum" {
            true if choices.once_in(2) => json!(format!("{name}/{number} é")),
            true => json!(name),
            false => json!(number as i64 * 7 - 3),
        };
        let mut traits = traits::of_value(choices);
        traits["smithy.api#enumValue"] = value.clone();
        shape["members"][&name] = json!({"target": "smithy.api#Unit", "traits": traits});
        values.push(value);
    }
    values
}
