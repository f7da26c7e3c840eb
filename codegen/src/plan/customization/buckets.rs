//! Endpoint rules of a service of buckets, whose model has none: a bucket is a part of the host name, or of the path.

use serde_json::{Value, json};

use crate::model::endpoint::EndpointTrait;

/// Settings of the client that the rules follow: whether buckets are in the path, and whether requests are accelerated.
pub(super) const CLIENT_PARAMS: &[&str] = &["ForcePathStyle", "Accelerate"];

/// The rules, for the prefix of the service's hosts.
pub(super) fn rules(prefix: &str) -> EndpointTrait {
    let text = |built_in: &str| json!({"builtIn": built_in, "required": false, "type": "String"});
    let switch = |built_in: &str| json!({"builtIn": built_in, "required": true, "default": false, "type": "Boolean"});
    let client = || json!({"required": true, "default": false, "type": "Boolean"});
    let partition = json!({"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "Partition"});
    let own = "Url#scheme}://{Bucket}.{Url#authority}{Url#path";
    let own_in_path = "Url#scheme}://{Url#authority}{Url#normalizedPath}{Bucket";
    EndpointTrait::rule_set(json!({
        "version": "1.0",
        "parameters": {
            "Bucket": {"required": false, "type": "String"},
            "Region": text("AWS::Region"),
            "UseDualStack": switch("AWS::UseDualStack"),
            "UseFIPS": switch("AWS::UseFIPS"),
            "Endpoint": text("SDK::Endpoint"),
            "ForcePathStyle": client(),
            "Accelerate": client(),
        },
        "rules": [
            tree(&[is_set("Endpoint")], &[
                tree(&[is_set("Bucket"), json!({"fn": "parseURL", "argv": [{"ref": "Endpoint"}], "assign": "Url"})], &[
                    endpoint(&[is("ForcePathStyle")], json!(format!("{{{own_in_path}}}"))),
                    endpoint(&[], json!(format!("{{{own}}}"))),
                ]),
                endpoint(&[], json!({"ref": "Endpoint"})),
            ]),
            tree(&[is_set("Region"), partition], &[
                tree(&[is_set("Bucket"), is("Accelerate")], &ends(&format!("{{Bucket}}.{prefix}-accelerate"), "", "")),
                tree(&[is_set("Bucket"), is("ForcePathStyle")], &ends(prefix, ".{Region}", "/{Bucket}")),
                tree(&[is_set("Bucket")], &ends(&format!("{{Bucket}}.{prefix}"), ".{Region}", "")),
                tree(&[], &ends(prefix, ".{Region}", "")),
            ]),
            {"conditions": [], "error": "Invalid Configuration: Missing Region", "type": "error"},
        ],
    }))
}

/// The endpoints at a host: with dual stack, and without.
fn ends(host: &str, region: &str, path: &str) -> [Value; 2] {
    let at = |stack: &str| json!(format!("https://{host}{stack}{region}.{{Partition#dnsSuffix}}{path}"));
    [endpoint(&[is("UseDualStack")], at(".dualstack")), endpoint(&[], at(""))]
}

fn is_set(name: &str) -> Value {
    json!({"fn": "isSet", "argv": [{"ref": name}]})
}

fn is(name: &str) -> Value {
    json!({"fn": "booleanEquals", "argv": [{"ref": name}, true]})
}

fn tree(conditions: &[Value], rules: &[Value]) -> Value {
    json!({"conditions": conditions, "rules": rules, "type": "tree"})
}

fn endpoint(conditions: &[Value], url: Value) -> Value {
    json!({"conditions": conditions, "endpoint": {"url": url}, "type": "endpoint"})
}
