//! Every row of the table of understood traits is proved: a model with the trait and one without it differ in what is
//! emitted, or in what is said about them. A row without a proof here fails the test.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use super::id;
use super::table::{self, Place};
use crate::{Options, Source, generate};

/// A model in which a trait makes a difference, and where it stands.
struct Proof {
    model: Value,
    /// JSON pointer to what has the trait.
    at: &'static str,
    value: Value,
}

/// What becomes of a model.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// Files, apart from the mark of their source, and warnings.
    Emitted(BTreeMap<String, String>, BTreeSet<String>),
    /// Errors.
    Refused(BTreeSet<String>),
}

impl Outcome {
    fn of(model: &Value) -> Self {
        let source = Source { name: "model.json".to_owned(), text: model.to_string() };
        match generate(&[source], &Options::of_whole_client()) {
            Ok(generated) => {
                let unmarked = |text: String| {
                    let lines = text.lines().filter(|line| !line.starts_with("model-fingerprint"));
                    lines.collect::<Vec<_>>().join("\n")
                };
                let files = generated.files.into_iter().map(|(path, text)| (path, unmarked(text)));
                Self::Emitted(files.collect(), generated.warnings.iter().map(ToString::to_string).collect())
            }
            Err(report) => Self::Refused(report.diagnostics.iter().map(ToString::to_string).collect()),
        }
    }

    /// Whether the difference from another outcome is one that a user sees: other files, a refusal, or words that
    /// name the trait.
    fn tells(&self, other: &Self, id: &str) -> bool {
        let names = |one: &BTreeSet<String>, two: &BTreeSet<String>| {
            one.symmetric_difference(two).any(|message| message.contains(id))
        };
        match (self, other) {
            (Self::Emitted(files, said), Self::Emitted(others, also)) => files != others || names(said, also),
            (Self::Refused(said), Self::Refused(also)) => names(said, also),
            _ => true,
        }
    }
}

/// A service with a place for each trait. Names tell what they are for.
fn model() -> Value {
    let string = || json!({"target": "smithy.api#String"});
    let of = |target: &str| json!({"target": target, "traits": {}});
    let data = json!({
        "name": string(), "count": of("smithy.api#Integer"), "flag": of("smithy.api#Boolean"),
        "when": of("smithy.api#Timestamp"), "body": of("smithy.api#Blob"), "tags": of("a#Tags"), "map": of("a#Map"),
        "text": of("a#Text"), "number": of("a#Number"), "time": of("a#Time"), "kind": of("a#Kind"),
        "thing": of("a#Thing"), "data": of("a#Data"),
    });
    let end = |suffix: &str| json!({"target": format!("a#Look{suffix}")});
    json!({"smithy": "2.0", "shapes": {
        "a#S": {
            "type": "service", "version": "1", "operations": [{"target": "a#Look"}],
            "traits": {
                "aws.protocols#restJson1": {},
                "aws.auth#sigv4": {"name": "s"},
                "aws.api#service": {"sdkId": "Sound"},
                "smithy.rules#endpointRuleSet": rule_set("a"),
            },
        },
        "a#Look": {
            "type": "operation", "input": end("Input"), "output": end("Output"), "errors": [{"target": "a#Bad"}],
            "traits": {"smithy.api#http": {"method": "POST", "uri": "/look"}},
        },
        "a#LookInput": {"type": "structure", "members": data.clone(), "traits": {}},
        "a#LookOutput": {"type": "structure", "members": data.clone(), "traits": {}},
        "a#Bad": {"type": "structure", "members": {"message": string()}, "traits": {"smithy.api#error": "client"}},
        "a#Thing": {"type": "structure", "members": {
            "name": string(), "count": of("smithy.api#Integer"), "when": of("smithy.api#Timestamp"),
            "tags": of("a#Tags"), "number": of("a#Number"),
        }, "traits": {}},
        "a#Tags": {"type": "list", "member": string(), "traits": {}},
        "a#Map": {"type": "map", "key": string(), "value": string(), "traits": {}},
        "a#Text": {"type": "string", "traits": {}},
        "a#Number": {"type": "integer", "traits": {}},
        "a#Time": {"type": "timestamp", "traits": {}},
        "a#Data": {"type": "blob", "traits": {}},
        "a#Kind": {"type": "enum", "members": {"ONE": {"target": "smithy.api#Unit", "traits": {}}}, "traits": {}},
    }})
}

fn rule_set(host: &str) -> Value {
    let name = json!([{"fn": "isSet", "argv": [{"ref": "Name"}]}]);
    json!({
        "version": "1.0",
        "parameters": {"Region": {"type": "string", "builtIn": "AWS::Region"}, "Name": {"type": "string"}},
        "rules": [
            {"conditions": name, "type": "endpoint", "endpoint": {"url": format!("https://{{Name}}.{host}")}},
            {"conditions": [], "type": "endpoint", "endpoint": {"url": format!("https://{host}")}},
        ],
    })
}

/// A decision diagram that comes to one endpoint, whatever the parameters are.
fn bdd() -> Value {
    json!({
        "version": "1.1",
        "parameters": {"Region": {"type": "string", "builtIn": "AWS::Region"}},
        "conditions": [],
        "results": [{"conditions": [], "type": "endpoint", "endpoint": {"url": "https://b"}}],
        "root": 100_000_001,
        "nodeCount": 1,
        "nodes": "/////wAAAAH/////",
    })
}

const SERVICE: &str = "/shapes/a#S";
const OPERATION: &str = "/shapes/a#Look";
const INPUT: &str = "/shapes/a#LookInput";
const NAME: &str = "/shapes/a#LookInput/members/name";
const COUNT: &str = "/shapes/a#Thing/members/count";
const THING: &str = "/shapes/a#Thing";
const BAD: &str = "/shapes/a#Bad";

/// The model, with traits added (or taken away, by null) at places.
fn with(changes: &[(&str, &str, Value)]) -> Value {
    let mut model = model();
    for (at, id, value) in changes {
        set(&mut model, at, id, value.clone());
    }
    model
}

/// Adds a trait at a place, or takes it away.
fn set(model: &mut Value, at: &str, id: &str, value: Value) {
    let place = model.pointer_mut(at).unwrap_or_else(|| panic!("nothing stands at {at}"));
    let Some(place) = place.as_object_mut() else { panic!("{at} is no object") };
    let traits = place.entry("traits").or_insert_with(|| json!({}));
    let Some(traits) = traits.as_object_mut() else { panic!("{at} has odd traits") };
    match value {
        Value::Null => drop(traits.shift_remove(id)),
        value => drop(traits.insert(id.to_owned(), value)),
    }
}

/// A trait that stands on the model as it is.
fn plain(at: &'static str, value: Value) -> Proof {
    Proof { model: model(), at, value }
}

/// A trait that needs others.
fn beside(changes: &[(&str, &str, Value)], at: &'static str, value: Value) -> Proof {
    Proof { model: with(changes), at, value }
}

/// What proves a row of the table; `None` for one that was added without a proof.
fn proof(id: &str, place: Place) -> Option<Proof> {
    match place {
        Place::Service => of_service(id),
        Place::Operation => of_operation(id),
        Place::Shape => of_shape(id),
        Place::Member => of_member(id).or_else(|| of_binding(id)),
    }
}

fn of_service(id: &str) -> Option<Proof> {
    let none = json!({});
    let without = |gone: &str| with(&[(SERVICE, gone, Value::Null)]);
    Some(match id {
        id::AUTH => plain(SERVICE, json!([])),
        id::DOCUMENTATION => plain(SERVICE, json!("Sounds.")),
        id::PAGINATED => {
            let pages = json!({"inputToken": "name", "outputToken": "name", "items": "tags"});
            beside(&[(OPERATION, id, pages)], SERVICE, json!({"pageSize": "count"}))
        }
        id::TITLE => plain(SERVICE, json!("Sound Service")),
        id::ENDPOINT_BDD => Proof { model: without(id::ENDPOINT_RULE_SET), at: SERVICE, value: bdd() },
        id::ENDPOINT_RULE_SET => plain(SERVICE, rule_set("b")),
        id::CLIENT_CONTEXT_PARAMS => plain(SERVICE, json!({"Name": {"type": "string"}})),
        id::AWS_SERVICE => plain(SERVICE, json!({"sdkId": "Noise"})),
        id::SIGV4 => plain(SERVICE, json!({"name": "t"})),
        id::SIGV4A => plain(SERVICE, json!({"name": "s"})),
        id::HTTP_BEARER_AUTH => plain(SERVICE, none),
        id::AWS_JSON_1_0 | id::AWS_JSON_1_1 | id::AWS_QUERY | id::EC2_QUERY | id::REST_XML => {
            Proof { model: without(id::REST_JSON_1), at: SERVICE, value: none }
        }
        id::REST_JSON_1 => plain(SERVICE, none),
        id::AWS_QUERY_COMPATIBLE => {
            let code = json!({"code": "Worse", "httpResponseCode": 400});
            let [without, with] = rpc();
            beside(&[without, with, (BAD, id::AWS_QUERY_ERROR, code)], SERVICE, none)
        }
        id::CLIENT_ENDPOINT_DISCOVERY => {
            beside(&[(OPERATION, id::CLIENT_DISCOVERED_ENDPOINT, json!({"required": true}))], SERVICE, discovery())
        }
        id::XML_NAMESPACE => beside(&rest_xml(), SERVICE, json!({"uri": "https://sound"})),
        "smithy.api#httpApiKeyAuth" => unsigned_with(json!({"name": "X-Key", "in": "header"})),
        "smithy.api#httpBasicAuth" | "smithy.api#httpDigestAuth" => unsigned_with(none),
        _ => return None,
    })
}

/// Endpoints are told by the operation itself.
fn discovery() -> Value {
    json!({"operation": "a#Look", "error": "a#Bad"})
}

/// The service speaks awsJson1_0, the only protocol beside which codes of the query protocol may stand.
fn rpc() -> [(&'static str, &'static str, Value); 2] {
    [(SERVICE, id::REST_JSON_1, Value::Null), (SERVICE, id::AWS_JSON_1_0, json!({}))]
}

/// The service speaks restXml, beside which alone traits about XML have an effect.
fn rest_xml() -> [(&'static str, &'static str, Value); 2] {
    [(SERVICE, id::REST_JSON_1, Value::Null), (SERVICE, id::REST_XML, json!({}))]
}

/// Another way to authenticate, of a service that does not sign.
fn unsigned_with(value: Value) -> Proof {
    beside(&[(SERVICE, id::SIGV4, Value::Null)], SERVICE, value)
}

fn of_operation(id: &str) -> Option<Proof> {
    let none = json!({});
    Some(match id {
        id::AUTH => plain(OPERATION, json!([])),
        id::HTTP_CHECKSUM => plain(OPERATION, json!({"responseAlgorithms": ["CRC32"]})),
        id::DEPRECATED | id::OPTIONAL_AUTH | id::HTTP_CHECKSUM_REQUIRED | id::UNSIGNED_PAYLOAD => {
            plain(OPERATION, none)
        }
        id::DOCUMENTATION => plain(OPERATION, json!("Looks.")),
        id::ENDPOINT => plain(OPERATION, json!({"hostPrefix": "data-"})),
        id::EXAMPLES => plain(OPERATION, json!([{"title": "A look", "input": {"name": "ada"}}])),
        id::HTTP => plain(OPERATION, json!({"method": "GET", "uri": "/other"})),
        id::PAGINATED => plain(OPERATION, json!({"inputToken": "name", "outputToken": "name", "items": "tags"})),
        id::OPERATION_CONTEXT_PARAMS => plain(OPERATION, json!({"Name": {"path": "thing.name"}})),
        id::REQUEST_COMPRESSION => plain(OPERATION, json!({"encodings": ["gzip"]})),
        id::WAITABLE => {
            let acceptors = json!([{"state": "success", "matcher": {"success": true}}]);
            plain(OPERATION, json!({"SoundHeard": {"acceptors": acceptors}}))
        }
        id::STATIC_CONTEXT_PARAMS => plain(OPERATION, json!({"Name": {"value": "ada"}})),
        id::S3_UNWRAPPED_XML_OUTPUT => {
            let mut model = with(&rest_xml());
            model["shapes"]["a#LookOutput"]["members"] = json!({"name": {"target": "smithy.api#String"}});
            Proof { model, at: OPERATION, value: none }
        }
        id::CLIENT_DISCOVERED_ENDPOINT => {
            beside(&[(SERVICE, id::CLIENT_ENDPOINT_DISCOVERY, discovery())], OPERATION, json!({"required": true}))
        }
        _ => return None,
    })
}

fn of_shape(id: &str) -> Option<Proof> {
    let none = json!({});
    Some(match id {
        id::BOX => {
            let mut model = model();
            model["smithy"] = json!("1.0");
            Proof { model, at: "/shapes/a#Number", value: none }
        }
        id::DEFAULT => plain("/shapes/a#Number", json!(3)),
        id::DEPRECATED => plain(THING, none),
        id::DOCUMENTATION => plain(THING, json!("A thing.")),
        id::ENUM => plain("/shapes/a#Text", json!([{"name": "ONE", "value": "one"}])),
        id::ERROR => plain(BAD, json!("server")),
        // Its defaults are the service's business, wherever the structure stands.
        id::INPUT => beside(&[(COUNT, id::DEFAULT, json!(3))], THING, none),
        id::LENGTH => plain("/shapes/a#Text", json!({"min": 2, "max": 3})),
        id::MEDIA_TYPE => {
            let header = ("/shapes/a#LookInput/members/text", id::HTTP_HEADER, json!("X-Text"));
            beside(&[header], "/shapes/a#Text", json!("application/json"))
        }
        id::PATTERN => plain("/shapes/a#Text", json!("^a+$")),
        id::RANGE => plain("/shapes/a#Number", json!({"min": 2})),
        id::REQUIRES_LENGTH => {
            let mut model = model();
            model["shapes"]["a#LookInput"]["members"] =
                json!({"data": {"target": "a#Data", "traits": {"smithy.api#httpPayload": {}}}});
            model["shapes"]["a#Data"]["traits"] = json!({"smithy.api#streaming": {}});
            model["shapes"]["a#LookOutput"]["members"] = json!({});
            Proof { model, at: "/shapes/a#Data", value: none }
        }
        id::RETRYABLE => plain(BAD, none),
        id::SENSITIVE => plain("/shapes/a#Text", none),
        id::SPARSE => plain("/shapes/a#Tags", none),
        id::STREAMING => {
            let mut model = model();
            model["shapes"]["a#LookOutput"]["members"] = json!({"data": {"target": "a#Data", "traits": {
                "smithy.api#httpPayload": {}, "smithy.api#required": {},
            }}});
            model["shapes"]["a#LookInput"]["members"] = json!({});
            Proof { model, at: "/shapes/a#Data", value: none }
        }
        id::TIMESTAMP_FORMAT => plain("/shapes/a#Time", json!("http-date")),
        id::UNIQUE_ITEMS => plain("/shapes/a#Tags", none),
        id::XML_NAME => beside(&rest_xml(), INPUT, json!("Look")),
        id::XML_NAMESPACE => beside(&rest_xml(), INPUT, json!({"uri": "https://look", "prefix": "l"})),
        id::AWS_QUERY_ERROR => {
            let [without, with] = rpc();
            let compatible = (SERVICE, id::AWS_QUERY_COMPATIBLE, json!({}));
            beside(&[without, with, compatible], BAD, json!({"code": "Worse", "httpResponseCode": 400}))
        }
        _ => return None,
    })
}

fn of_member(id: &str) -> Option<Proof> {
    let none = json!({});
    Some(match id {
        id::BOX => {
            let mut model = model();
            model["smithy"] = json!("1.0");
            Proof { model, at: "/shapes/a#Thing/members/number", value: none }
        }
        id::CLIENT_OPTIONAL => {
            beside(&[("/shapes/a#Thing/members/name", id::REQUIRED, json!({}))], "/shapes/a#Thing/members/name", none)
        }
        id::DEFAULT => plain(COUNT, json!(3)),
        id::DEPRECATED | id::REQUIRED | id::IDEMPOTENCY_TOKEN => plain(NAME, none),
        id::DOCUMENTATION => plain(NAME, json!("Its name.")),
        id::ENUM_VALUE => plain("/shapes/a#Kind/members/ONE", json!("one")),
        id::HOST_LABEL => {
            let prefix = (OPERATION, id::ENDPOINT, json!({"hostPrefix": "{name}."}));
            beside(&[prefix, (NAME, id::REQUIRED, json!({}))], NAME, none)
        }
        id::JSON_NAME => plain(NAME, json!("other")),
        id::LENGTH => plain(NAME, json!({"max": 3})),
        id::PATTERN => plain(NAME, json!("^a+$")),
        id::RANGE => plain(COUNT, json!({"max": 3})),
        id::SENSITIVE => plain(NAME, none),
        id::TIMESTAMP_FORMAT => plain("/shapes/a#Thing/members/when", json!("http-date")),
        id::UNIQUE_ITEMS => plain("/shapes/a#Thing/members/tags", none),
        id::XML_ATTRIBUTE => beside(&rest_xml(), NAME, none),
        id::XML_FLATTENED => beside(&rest_xml(), "/shapes/a#Thing/members/tags", none),
        id::XML_NAME => beside(&rest_xml(), NAME, json!("Called")),
        id::XML_NAMESPACE => beside(&rest_xml(), NAME, json!({"uri": "https://name"})),
        id::EC2_QUERY_NAME => {
            let without = (SERVICE, id::REST_JSON_1, Value::Null);
            beside(&[without, (SERVICE, id::EC2_QUERY, none)], NAME, json!("Called"))
        }
        id::CONTEXT_PARAM => plain(NAME, json!({"name": "Name"})),
        _ => return None,
    })
}

fn of_binding(id: &str) -> Option<Proof> {
    let none = json!({});
    Some(match id {
        id::HTTP_HEADER => plain(NAME, json!("X-Name")),
        id::HTTP_LABEL => {
            let route = (OPERATION, id::HTTP, json!({"method": "POST", "uri": "/look/{name}"}));
            beside(&[route, (NAME, id::REQUIRED, json!({}))], NAME, none)
        }
        id::HTTP_PAYLOAD => {
            let mut model = model();
            model["shapes"]["a#LookInput"]["members"] = json!({"thing": {"target": "a#Thing", "traits": {}}});
            Proof { model, at: "/shapes/a#LookInput/members/thing", value: none }
        }
        id::EVENT_HEADER | id::EVENT_PAYLOAD => {
            let mut model = model();
            model["shapes"]["a#LookOutput"]["members"] =
                json!({"events": {"target": "a#Events", "traits": {"smithy.api#httpPayload": {}}}});
            model["shapes"]["a#Events"] = json!({
                "type": "union", "members": {"said": {"target": "a#Said"}}, "traits": {"smithy.api#streaming": {}},
            });
            model["shapes"]["a#Said"] =
                json!({"type": "structure", "members": {"text": {"target": "a#Text", "traits": {}}}});
            Proof { model, at: "/shapes/a#Said/members/text", value: none }
        }
        id::HTTP_PREFIX_HEADERS => plain("/shapes/a#LookInput/members/map", json!("X-Map-")),
        id::HTTP_QUERY => plain(NAME, json!("name")),
        id::HTTP_QUERY_PARAMS => plain("/shapes/a#LookInput/members/map", none),
        id::HTTP_RESPONSE_CODE => plain("/shapes/a#LookOutput/members/count", none),
        _ => return None,
    })
}

/// The models with and without the trait of a proof.
fn pair(id: &str, proof: Proof) -> [Value; 2] {
    let Proof { model, at, value } = proof;
    let (mut with, mut without) = (model.clone(), model);
    set(&mut with, at, id, value);
    set(&mut without, at, id, Value::Null);
    [with, without]
}

#[test]
fn the_model_of_the_proofs_is_good() {
    assert!(matches!(Outcome::of(&model()), Outcome::Emitted(..)), "{:?}", Outcome::of(&model()));
}

/// Traits that a service cannot do without, or that refuse what cannot be emitted: one of their models is refused.
const REFUSED: [(&str, Place); 15] = [
    (id::AWS_JSON_1_0, Place::Service),
    (id::AWS_JSON_1_1, Place::Service),
    (id::AWS_QUERY, Place::Service),
    (id::EC2_QUERY, Place::Service),
    (id::REST_JSON_1, Place::Service),
    (id::REST_XML, Place::Service),
    ("smithy.api#httpApiKeyAuth", Place::Service),
    ("smithy.api#httpBasicAuth", Place::Service),
    ("smithy.api#httpDigestAuth", Place::Service),
    (id::CLIENT_ENDPOINT_DISCOVERY, Place::Service),
    (id::HTTP, Place::Operation),
    (id::ERROR, Place::Shape),
    (id::SENSITIVE, Place::Member),
    (id::HOST_LABEL, Place::Member),
    (id::HTTP_LABEL, Place::Member),
];

/// What keeps a row from being proved.
fn doubt(id: &str, place: Place) -> Option<&'static str> {
    let Some(proof) = proof(id, place) else { return Some("there is no proof here") };
    let [with, without] = pair(id, proof).map(|model| Outcome::of(&model));
    let emitted = |outcome: &Outcome| matches!(outcome, Outcome::Emitted(..));
    if !with.tells(&without, id) {
        return Some("it makes no difference");
    }
    let may_be_refused = REFUSED.contains(&(id, place));
    match emitted(&with) && emitted(&without) {
        true if may_be_refused => Some("none of its models is refused"),
        false if !may_be_refused => Some("one of its models is refused"),
        _ => None,
    }
}

#[test]
fn every_understood_trait_changes_what_is_emitted_or_said() {
    let rows = table::UNDERSTOOD.iter().flat_map(|(id, places)| places.iter().map(move |place| (*id, *place)));
    let doubts = rows.filter_map(|(id, place)| Some(format!("{id} on {}: {}", place.described(), doubt(id, place)?)));
    let doubts: Vec<String> = doubts.collect();
    assert!(doubts.is_empty(), "{}", doubts.join("\n"));
}

#[test]
fn a_trait_that_makes_no_difference_is_found_out() {
    let [with, without] = pair(id::READONLY, plain(OPERATION, json!({}))).map(|model| Outcome::of(&model));
    assert!(!with.tells(&without, id::READONLY));
}
