//! The AST of the same service as it was before, and what is kept from it: facts that botocore cannot express.

use serde_json::{Map, Value};

use super::Traits;

/// Traits that botocore's files can state, so that their absence there means something. All others are kept.
const STATED: [&str; 60] = [
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2Query",
    "aws.protocols#httpChecksum",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "smithy.api#addedDefault",
    "smithy.api#auth",
    "smithy.api#default",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#hostLabel",
    "smithy.api#http",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpChecksumRequired",
    "smithy.api#httpError",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idempotencyToken",
    "smithy.api#idempotent",
    "smithy.api#input",
    "smithy.api#jsonName",
    "smithy.api#length",
    "smithy.api#optionalAuth",
    "smithy.api#output",
    "smithy.api#paginated",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#readonly",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#requiresLength",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#timestampFormat",
    "smithy.protocols#rpcv2Cbor",
    "smithy.rules#contextParam",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
];

/// Traits of the service whose files may be absent; they are read where they are needed.
const OF_FILES: [&str; 3] =
    ["smithy.rules#clientContextParams", "smithy.rules#endpointRuleSet", "smithy.waiters#waitable"];

/// What is known of the service.
pub(super) struct Known<'a> {
    shapes: Option<&'a Map<String, Value>>,
    /// Absolute id of the service shape.
    service: Option<&'a str>,
}

impl<'a> Known<'a> {
    /// Looks for the service in an AST; nothing is known if the AST is that of another one.
    pub(super) fn of_service(ast: Option<&'a Value>, service_id: &str) -> Self {
        let shapes = ast.and_then(|ast| ast.get("shapes")?.as_object());
        let is_it = |shape: &Value| {
            let sdk_id = shape.pointer("/traits/aws.api#service/sdkId").and_then(Value::as_str);
            shape["type"] == "service" && sdk_id == Some(service_id)
        };
        let service = shapes.into_iter().flatten().find(|(_, shape)| is_it(shape));
        let service = service.map(|(id, _)| id.as_str());
        Self { shapes: shapes.filter(|_| service.is_some()), service }
    }

    /// The namespace of the service.
    pub(super) fn namespace(&self) -> Option<String> {
        let (namespace, _) = self.service?.split_once('#')?;
        Some(namespace.to_owned())
    }

    /// The name of the service shape.
    pub(super) fn service_name(&self) -> Option<&'a str> {
        self.service?.split_once('#').map(|(_, name)| name)
    }

    /// The service shape.
    pub(super) fn service(&self) -> Option<&'a Value> {
        self.shapes?.get(self.service?)
    }

    /// A shape of the service's namespace.
    pub(super) fn shape(&self, name: &str) -> Option<&'a Value> {
        let (namespace, _) = self.service?.split_once('#')?;
        self.shapes?.get(&format!("{namespace}#{name}"))
    }

    /// A member of such a shape; those of lists and maps are `member`, `key` and `value`.
    pub(super) fn member(&self, shape: &str, member: &str) -> Option<&'a Value> {
        let shape = self.shape(shape)?;
        shape.get("members").and_then(|members| members.get(member)).or_else(|| shape.get(member))
    }

    /// A trait of a shape.
    pub(super) fn of_shape(&self, name: &str, id: &str) -> Option<&'a Value> {
        self.shape(name)?.get("traits")?.get(id)
    }
}

/// Adds the traits of `old`, the same shape or member as it was, that botocore cannot state; gives their ids.
pub(super) fn keep(traits: &mut Traits, old: Option<&Value>) -> Vec<String> {
    let old = old.and_then(|old| old.get("traits")?.as_object());
    let mut kept = Vec::new();
    for (id, value) in old.into_iter().flatten() {
        let stated = STATED.contains(&id.as_str()) || OF_FILES.contains(&id.as_str());
        if !stated && !traits.contains_key(id) {
            traits.insert(id.clone(), value.clone());
            kept.push(id.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Known, STATED, Traits, keep};

    #[test]
    fn an_ast_of_another_service_is_left_aside() {
        let service = json!({ "type": "service", "traits": { "aws.api#service": { "sdkId": "A" } } });
        let ast = json!({ "shapes": { "com.a#S": service } });
        assert_eq!(Known::of_service(Some(&ast), "A").namespace().as_deref(), Some("com.a"));
        assert_eq!(Known::of_service(Some(&ast), "B").namespace(), None);
        assert_eq!(Known::of_service(Some(&ast), "B").shape("S"), None);
    }

    #[test]
    fn only_traits_that_botocore_cannot_state_are_kept() {
        let old = json!({ "traits": { "smithy.api#uniqueItems": {}, "smithy.api#length": { "min": 1 } } });
        let mut traits = Traits::new();
        assert_eq!(keep(&mut traits, Some(&old)), ["smithy.api#uniqueItems"]);
        assert_eq!(traits.len(), 1);
    }

    #[test]
    fn the_table_is_in_order_and_without_doubles() {
        assert!(STATED.is_sorted_by(|a, b| a < b));
    }
}
