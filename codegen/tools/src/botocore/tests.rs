//! Conversions of small descriptions, one behaviour each, and of the real ones where they are at hand.

mod failures;
mod files;
mod operations;
mod pairs;
mod shapes;

use serde_json::{Value, json};

use super::{BotocoreFiles, Conversion, to_ast};
use smithy_client_codegen::Source;
use smithy_client_codegen::report::Report;

/// A description of the service "Zoo", made for tests.
struct Description {
    service: Value,
    paginators: Option<Value>,
    waiters: Option<Value>,
    known: Option<Value>,
}

impl Description {
    /// A service with one operation, `GetCat`, whose input has the given shape; `shapes` come on top.
    fn new(input: Value, shapes: Value) -> Self {
        let mut all = json!({
            "GetCatRequest": input,
            "Name": { "type": "string" },
            "Names": { "type": "list", "member": { "shape": "Name" } },
            "Map": { "type": "map", "key": { "shape": "Name" }, "value": { "shape": "Name" } },
        });
        extend(&mut all, shapes);
        let service = json!({
            "version": "2.0",
            "metadata": {
                "apiVersion": "2024-01-01",
                "endpointPrefix": "zoo",
                "protocol": "rest-json",
                "serviceFullName": "Amazon Zoo",
                "serviceId": "Zoo",
                "signatureVersion": "v4",
            },
            "operations": {
                "GetCat": {
                    "name": "GetCat",
                    "http": { "method": "POST", "requestUri": "/cat" },
                    "input": { "shape": "GetCatRequest" },
                },
            },
            "shapes": all,
        });
        Self { service, paginators: None, waiters: None, known: None }
    }

    /// A service whose operation takes nothing, with these shapes.
    fn of_shapes(shapes: Value) -> Self {
        Self::new(json!({ "type": "structure", "members": {} }), shapes)
    }

    /// The same with more keys in `metadata`.
    fn with_metadata(mut self, metadata: Value) -> Self {
        extend(&mut self.service["metadata"], metadata);
        self
    }

    /// The same with more keys in the operation.
    fn with_operation(mut self, operation: Value) -> Self {
        extend(&mut self.service["operations"]["GetCat"], operation);
        self
    }

    /// The same with a known AST that has these shapes, by name, beside the service.
    fn knowing(mut self, shapes: Value) -> Self {
        let names = json!({ "sdkId": "Zoo", "arnNamespace": "animals", "endpointPrefix": "zoo" });
        let mut all = json!({ "com.zoo#Keeper": { "type": "service", "traits": { "aws.api#service": names } } });
        for (name, shape) in shapes.as_object().into_iter().flatten() {
            all[format!("com.zoo#{name}")] = shape.clone();
        }
        self.known = Some(json!({ "smithy": "2.0", "shapes": all }));
        self
    }

    fn convert(&self) -> Result<Conversion, Report> {
        let source = |name: &str, value: &Value| Source { name: name.to_owned(), text: value.to_string() };
        let files = BotocoreFiles {
            service: source("service-2.json", &self.service),
            paginators: self.paginators.as_ref().map(|value| source("paginators-1.json", value)),
            waiters: self.waiters.as_ref().map(|value| source("waiters-2.json", value)),
            endpoint_rules: None,
        };
        to_ast(&files, self.known.as_ref())
    }

    fn converted(&self) -> Conversion {
        self.convert().unwrap_or_else(|report| panic!("{report}"))
    }

    /// A converted shape by its name.
    fn shape(&self, name: &str) -> Value {
        self.converted().shape(name)
    }

    /// The traits of a member of the operation's input, without those that every one has.
    fn traits_of(&self, member: &str) -> Value {
        self.shape("GetCatRequest")["members"][member]["traits"].clone()
    }

    /// What the conversion complains about.
    fn complaints(&self) -> String {
        self.convert().expect_err("it is wrong").to_string()
    }
}

impl Conversion {
    /// A shape by its name in the service's namespace.
    fn shape(&self, name: &str) -> Value {
        let shapes = self.ast["shapes"].as_object().expect("an AST has shapes");
        let found = shapes.iter().find(|(id, _)| id.ends_with(&format!("#{name}")));
        found.map_or_else(|| panic!("there is no {name}"), |(_, shape)| shape.clone())
    }
}

/// Adds the entries of one object to another.
fn extend(to: &mut Value, from: Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        to[key] = value.clone();
    }
}

/// A structure with one member, `m`, which has these keys besides its target.
fn input_with(target: &str, keys: Value) -> Value {
    let mut member = json!({ "shape": target });
    extend(&mut member, keys);
    json!({ "type": "structure", "members": { "m": member } })
}
