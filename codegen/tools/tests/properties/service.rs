//! A random service: operations with routes, bindings, errors and pages, over random shapes.

use std::collections::BTreeSet;
use std::fmt;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::shapes::{Known, Shapes, distinct, id, member_names};
use crate::traits;

/// Names of operations.
const OPERATIONS: [&str; 12] = [
    "GetThing",
    "ListThings",
    "CreateHTTPServer",
    "DescribeS3",
    "Do",
    "Type",
    "Match",
    "Run2",
    "PutX",
    "BatchGet_Items",
    "Await",
    "TagResource",
];

/// Names of exceptions.
const ERRORS: [&str; 6] =
    ["NotFound", "ConflictException", "HTTPError", "Throttled", "InternalFailure", "ServiceFault"];

/// The longest row of choices that a model is made of, so that one shrinks.
const ROW: usize = 600;

/// A valid model; the choices that it is made of tell nobody anything.
pub(crate) struct Model(pub(crate) Value);

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

/// Random models, of which proptest finds a small one where something does not hold.
pub(crate) fn models() -> impl Strategy<Value = Model> {
    prop::collection::vec(any::<u32>(), 0..ROW).prop_map(|row| Model(model(&mut Choices::of_row(row))))
}

/// The protocols that random services speak.
const PROTOCOLS: [&str; 7] = [
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "smithy.protocols#rpcv2Json",
];

/// Those whose messages hold no documents.
pub(crate) const WITHOUT_DOCUMENTS: [&str; 3] =
    ["aws.protocols#restXml", "aws.protocols#awsQuery", "aws.protocols#ec2Query"];

/// A valid model.
pub(crate) fn model(choices: &mut Choices) -> Value {
    let protocol = choices.pick::<&str>(&PROTOCOLS);
    let mut service = Service {
        protocol,
        query_compatible: false,
        shapes: Shapes::some(!WITHOUT_DOCUMENTS.contains(protocol), choices),
        errors: Vec::new(),
        schemes: schemes(choices),
    };
    service.query_compatible = !service.has_bindings() && choices.once_in(3);
    service.add_errors(choices);
    let mut taken = BTreeSet::new();
    let operations: Vec<Value> = (0..choices.below(3) + 1)
        .map(|number| {
            let name = distinct(&OPERATIONS, &mut taken, choices);
            service.add_operation(&name, number, choices);
            json!({"target": id(&name)})
        })
        .collect();
    let shape = service.shape(operations, choices);
    let mut shapes = service.shapes.all;
    shapes.insert(id("RandomService"), shape);
    json!({"smithy": "2.0", "shapes": shapes})
}

struct Service {
    protocol: &'static str,
    query_compatible: bool,
    shapes: Shapes,
    errors: Vec<Value>,
    /// The traits of the ways to authenticate that it takes.
    schemes: Vec<&'static str>,
}

/// The ways to authenticate that services of AWS take.
pub(crate) const SCHEMES: [&str; 3] = ["aws.auth#sigv4", "aws.auth#sigv4a", "smithy.api#httpBearerAuth"];

/// What the trait of a way to authenticate holds.
pub(crate) fn scheme_trait(scheme: &str) -> Value {
    if scheme.starts_with("aws.auth#") { json!({"name": "random"}) } else { json!({}) }
}

/// Ways to authenticate, or none; most services take signatures.
fn schemes(choices: &mut Choices) -> Vec<&'static str> {
    let [first, others @ ..] = SCHEMES;
    let mut schemes = Vec::new();
    if !choices.once_in(4) {
        schemes.push(first);
    }
    schemes.extend(others.into_iter().filter(|_| choices.once_in(4)));
    schemes
}

impl Service {
    fn has_bindings(&self) -> bool {
        self.protocol.contains("#rest")
    }

    fn add_errors(&mut self, choices: &mut Choices) {
        let mut taken = BTreeSet::new();
        for _ in 0..choices.below(3) {
            let name = distinct(&ERRORS, &mut taken, choices);
            let mut traits = traits::of_anything(choices);
            traits["smithy.api#error"] = json!(choices.pick(&["client", "server"]));
            if choices.once_in(2) {
                traits["smithy.api#httpError"] = json!(choices.pick(&[400, 404, 429, 503]));
            }
            if choices.once_in(3) {
                traits["smithy.api#retryable"] = json!({"throttling": choices.once_in(2)});
            }
            if self.query_compatible && choices.once_in(2) {
                traits["aws.protocols#awsQueryError"] = json!({"code": format!("Old.{name}"), "httpResponseCode": 400});
            }
            let mut members = json!({"message": {"target": "smithy.api#String"}});
            if self.has_bindings() && choices.once_in(2) {
                members["retryAfter"] =
                    json!({"target": "smithy.api#Integer", "traits": {"smithy.api#httpHeader": "Retry-After"}});
            }
            let shape = json!({"type": "structure", "members": members, "traits": traits});
            self.shapes.all.insert(id(&name), shape);
            self.errors.push(json!({"target": id(&name)}));
        }
    }

    /// Maybe some of the ways to authenticate that the service takes, the last of them first.
    fn choose_schemes(&self, traits: &mut Value, choices: &mut Choices) {
        if choices.once_in(6) {
            let count = choices.below(self.schemes.len() + 1);
            traits["smithy.api#auth"] = self.schemes.iter().rev().take(count).copied().collect();
        }
    }

    /// An operation with its input and its output.
    fn add_operation(&mut self, name: &str, number: usize, choices: &mut Choices) {
        let mut traits = traits::of_anything(choices);
        for (id, value) in [
            ("smithy.api#readonly", json!({})),
            ("smithy.api#idempotent", json!({})),
            ("smithy.api#optionalAuth", json!({})),
            ("aws.auth#unsignedPayload", json!({})),
            ("smithy.api#httpChecksumRequired", json!({})),
            ("smithy.api#requestCompression", json!({"encodings": ["gzip"]})),
        ] {
            if choices.once_in(5) {
                traits[id] = value;
            }
        }
        self.choose_schemes(&mut traits, choices);
        let mut input = Body::new(self.shapes.members("structure", choices), "X-In");
        let mut output = Body::new(self.shapes.members("structure", choices), "X-Out");
        let mut path = format!("/o{number}");
        if self.has_bindings() {
            input.bind(true, &self.shapes, &mut path, choices);
            output.bind(false, &self.shapes, &mut String::new(), choices);
        }
        if choices.once_in(3) {
            let mut token = json!({"smithy.api#idempotencyToken": {}});
            if input.has_payload {
                token["smithy.api#httpHeader"] = json!("X-Token");
            }
            input.add("token0", "smithy.api#String", token);
        }
        if choices.once_in(5) {
            let mut label = json!({"smithy.api#required": {}, "smithy.api#hostLabel": {}});
            if input.has_payload {
                label["smithy.api#httpHeader"] = json!("X-Host");
            }
            input.add("host0", "smithy.api#String", label);
            traits["smithy.api#endpoint"] = json!({"hostPrefix": "data.{host0}."});
        }
        self.paginate(name, (&mut input, &mut output), &mut traits, choices);
        let method = *choices.pick(&["POST", "GET", "PUT", "DELETE", "PATCH"]);
        traits["smithy.api#http"] = json!({"method": method, "uri": path, "code": choices.pick(&[200, 201, 204])});
        if choices.once_in(4) {
            traits["smithy.api#examples"] = json!([{"title": "An \"example\"", "input": {}, "output": {}}]);
        }
        let mut operation = json!({"type": "operation", "traits": traits});
        for (role, body, marker) in [("input", input, "Input"), ("output", output, "Output")] {
            let id = id(&format!("{name}{marker}"));
            let mut traits = traits::of_anything(choices);
            if choices.once_in(2) {
                traits[format!("smithy.api#{role}")] = json!({});
            }
            let shape = json!({"type": "structure", "members": body.members, "traits": traits});
            self.shapes.all.insert(id.clone(), shape);
            operation[role] = json!({"target": id});
        }
        let errors = self.errors.iter().filter(|_| choices.once_in(2));
        operation["errors"] = errors.cloned().collect();
        self.shapes.all.insert(id(name), operation);
    }

    /// Pages, of a list or a map, or of unknown items.
    fn paginate(&mut self, name: &str, bodies: (&mut Body, &mut Body), traits: &mut Value, choices: &mut Choices) {
        let (input, output) = bodies;
        if !choices.once_in(3) || output.has_payload || input.has_payload {
            return;
        }
        let items = id(&format!("{name}Items"));
        let element = self.shapes.one(|known| known.kind != "document", choices);
        self.shapes.all.insert(items.clone(), json!({"type": "list", "member": {"target": element.id}}));
        input.add("from0", "smithy.api#String", json!({}));
        output.add("next0", "smithy.api#String", json!({}));
        output.add("items0", &items, json!({}));
        let mut paginated = json!({"inputToken": "from0", "outputToken": "next0"});
        if choices.once_in(2) {
            paginated["items"] = json!("items0");
        }
        if choices.once_in(2) {
            input.add("most0", "smithy.api#Integer", json!({}));
            paginated["pageSize"] = json!("most0");
        }
        traits["smithy.api#paginated"] = paginated;
    }

    fn shape(&self, operations: Vec<Value>, choices: &mut Choices) -> Value {
        let mut traits = json!({
            "aws.api#service": {"sdkId": "Random Thing", "endpointPrefix": "random"},
            "smithy.api#title": choices.pick(&["Random Service", "Random <b>&amp; \"odd\""]),
        });
        traits[self.protocol] = json!({});
        traits::add_namespace(&mut traits, choices);
        for scheme in &self.schemes {
            traits[*scheme] = scheme_trait(scheme);
        }
        self.choose_schemes(&mut traits, choices);
        if self.query_compatible {
            traits["aws.protocols#awsQueryCompatible"] = json!({});
        }
        if choices.once_in(2) {
            traits["smithy.rules#endpointRuleSet"] = rule_set(choices.once_in(2));
        }
        let mut shape = json!({"type": "service", "version": "2026-01-01", "operations": operations});
        if choices.once_in(3) {
            shape["errors"] = json!(self.errors);
        }
        shape["traits"] = traits;
        shape
    }
}

/// Members of an input or an output.
struct Body {
    members: Map<String, Value>,
    /// The start of the names of headers.
    headers: &'static str,
    has_payload: bool,
}

impl Body {
    fn new(members: Value, headers: &'static str) -> Self {
        let members = members.as_object().cloned().unwrap_or_default();
        Self { members, headers, has_payload: false }
    }

    /// Adds a member whose name ends in a digit, which no other has.
    fn add(&mut self, name: &str, target: &str, traits: Value) {
        self.members.insert(name.to_owned(), json!({"target": target, "traits": traits}));
    }

    /// Binds some members to parts of the message, or one to its whole body.
    fn bind(&mut self, is_input: bool, shapes: &Shapes, path: &mut String, choices: &mut Choices) {
        self.has_payload = choices.once_in(4);
        if self.has_payload {
            self.members.clear();
            let payload = shapes
                .one(|known| ["structure", "union", "blob", "string", "document"].contains(&&*known.kind), choices);
            self.add("payload0", &payload.id, json!({"smithy.api#httpPayload": {}}));
        }
        for (number, name) in member_names(choices.below(4), choices).into_iter().enumerate() {
            let name = format!("{name}{number}0");
            let is_string_list = |known: &Known| known.kind == "list" && known.of == "string";
            let target = shapes.one(|known| known.is_textual() || is_string_list(known), choices);
            let header = format!("{}-{number}", self.headers);
            let (id, value) = match choices.below(if is_input { 3 } else { 1 }) {
                0 => ("smithy.api#httpHeader", json!(header)),
                1 => ("smithy.api#httpQuery", json!(format!("q{number}"))),
                _ if !target.is_textual() => continue,
                _ => {
                    let greedy = if choices.once_in(3) && !path.contains('+') { "+" } else { "" };
                    if path.contains('+') {
                        continue;
                    }
                    path.push_str(&format!("/{{{name}{greedy}}}"));
                    ("smithy.api#httpLabel", json!({}))
                }
            };
            let mut traits = json!({id: value});
            if id == "smithy.api#httpLabel" {
                traits["smithy.api#required"] = json!({});
            }
            self.add(&name, &target.id, traits);
        }
        let strings = shapes.maybe(|known| known.kind == "map" && known.of == "string", choices);
        if let Some(strings) = strings {
            let (id, value) = match is_input && choices.once_in(2) {
                true => ("smithy.api#httpQueryParams", json!({})),
                false => ("smithy.api#httpPrefixHeaders", json!(format!("{}-Meta-", self.headers))),
            };
            self.add("strings0", &strings.id, json!({id: value}));
        }
        if !is_input && choices.once_in(3) {
            self.add("status0", "smithy.api#Integer", json!({"smithy.api#httpResponseCode": {}}));
        }
        if is_input && choices.once_in(4) {
            path.push_str(choices.pick::<&str>(&["?list", "?kind=x&y=", "/tail"]));
        }
    }
}

/// Rules that know an override, FIPS and the partition, and maybe what to say when none of them fits.
fn rule_set(has_last: bool) -> Value {
    let reference = |name: &str| json!({"ref": name});
    let call = |name: &str, arguments: Value| json!({"fn": name, "argv": arguments});
    let flag = |built_in: &str| json!({"builtIn": built_in, "type": "Boolean", "required": true, "default": false});
    let mut rules = json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "type": "String"},
            "Endpoint": {"builtIn": "SDK::Endpoint", "type": "String"},
            "UseFIPS": flag("AWS::UseFIPS"),
            "UseDualStack": flag("AWS::UseDualStack"),
        },
        "rules": [
            {"type": "endpoint", "conditions": [call("isSet", json!([reference("Endpoint")]))], "endpoint": {"url": reference("Endpoint")}},
            {"type": "error", "conditions": [call("booleanEquals", json!([reference("UseDualStack"), true]))], "error": "No \"dual\" stack"},
            {"type": "tree",
                "conditions": [
                    call("isSet", json!([reference("Region")])),
                    {"fn": "aws.partition", "argv": [reference("Region")], "assign": "PartitionResult"},
                ],
                "rules": [
                    {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://random.{Region}.{PartitionResult#dnsSuffix}"}},
                ]},
        ],
    });
    if let (Some(all), true) = (rules["rules"].as_array_mut(), has_last) {
        all.push(json!({"type": "error", "conditions": [], "error": "No region"}));
    }
    rules
}
