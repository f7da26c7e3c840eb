//! Recognises what people give to a generator by mistake and says what it is.

use serde_json::Value;

/// What a good source looks like, for hints.
pub(crate) const WANTED: &str = "give a Smithy JSON AST: an object with \"smithy\": \"2.0\" and \"shapes\"; \
    AWS publishes its models in this form in the repository aws/api-models-aws";

/// Keys that give away another kind of JSON file, and what it is. The first match counts.
const GIVEAWAYS: [(&[&str], &str); 9] = [
    (&["pagination"], "botocore's list of paginators"),
    (&["waiters"], "botocore's list of waiters"),
    (&["openapi"], "an OpenAPI description"),
    (&["swagger"], "a Swagger description"),
    (&["testCases"], "a list of endpoint tests"),
    (&["partitions"], "a list of AWS partitions"),
    (&["parameters", "rules"], "an endpoint rule set"),
    (&["projections"], "a smithy-build.json"),
    (&["$schema"], "a JSON schema"),
];

/// What a JSON object without a `smithy` version is, with an article; `None` when it is nothing known.
pub(crate) fn recognise(value: &Value) -> Option<String> {
    let has = |key: &&str| value.get(key).is_some();
    if ["metadata", "operations", "shapes"].iter().all(has) {
        let metadata = &value["metadata"];
        let names = ["serviceId", "serviceFullName", "endpointPrefix"];
        let name = names.iter().find_map(|key| metadata[key].as_str());
        let of_whom = name.map_or_else(String::new, |name| format!(" of {name}"));
        return Some(format!("botocore's description (service-2.json){of_whom}"));
    }
    let found = GIVEAWAYS.iter().find(|(keys, _)| keys.iter().all(has));
    found.map(|(_, what)| (*what).to_owned())
}

/// What a text that is not JSON is, with an article; `None` when it is nothing known.
pub(crate) fn recognise_text(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    if start.is_empty() {
        return Some("an empty file");
    }
    let idl = ["$version", "namespace ", "// ", "/// ", "metadata "];
    if idl.iter().any(|word| start.starts_with(word)) {
        return Some("Smithy's own language, which the command `smithy ast` turns into JSON");
    }
    start.starts_with('<').then_some("XML or HTML")
}
