//! The table of traits: where each is understood, and why others are left aside.

use super::id;

/// What a trait is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The service.
    Service,
    /// An operation.
    Operation,
    /// A shape that carries data.
    Shape,
    /// A member of such a shape.
    Member,
}

impl Place {
    /// Its name with an article, for messages.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Service => "a service",
            Self::Operation => "an operation",
            Self::Shape => "a shape",
            Self::Member => "a member",
        }
    }
}

/// What the generator makes of a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It has a field in the model, or a quirk pass or a check reads it.
    Understood,
    /// It is known, and a client loses nothing without it.
    Ignored,
    /// It is understood, but not on this kind of thing.
    Misplaced,
    /// Nobody knows it.
    Unknown,
}

use Place::{Member, Operation, Service, Shape};

/// Understood traits and the places where they are. Each row has its proof in `proofs`, that it is consumed.
pub(super) const UNDERSTOOD: [(&str, &[Place]); 74] = [
    (id::AUTH, &[Service, Operation]),
    (id::BOX, &[Shape, Member]),
    (id::CLIENT_OPTIONAL, &[Member]),
    (id::DEFAULT, &[Shape, Member]),
    (id::DEPRECATED, &[Operation, Shape, Member]),
    (id::DOCUMENTATION, &[Service, Operation, Shape, Member]),
    (id::ENDPOINT, &[Operation]),
    (id::ENUM, &[Shape]),
    (id::ENUM_VALUE, &[Member]),
    (id::ERROR, &[Shape]),
    (id::EVENT_HEADER, &[Member]),
    (id::EVENT_PAYLOAD, &[Member]),
    (id::EXAMPLES, &[Operation]),
    (id::HOST_LABEL, &[Member]),
    (id::HTTP, &[Operation]),
    (id::HTTP_BEARER_AUTH, &[Service]),
    (id::HTTP_CHECKSUM, &[Operation]),
    (id::HTTP_CHECKSUM_REQUIRED, &[Operation]),
    (id::HTTP_HEADER, &[Member]),
    (id::HTTP_LABEL, &[Member]),
    (id::HTTP_PAYLOAD, &[Member]),
    (id::HTTP_PREFIX_HEADERS, &[Member]),
    (id::HTTP_QUERY, &[Member]),
    (id::HTTP_QUERY_PARAMS, &[Member]),
    (id::HTTP_RESPONSE_CODE, &[Member]),
    (id::IDEMPOTENCY_TOKEN, &[Member]),
    (id::INPUT, &[Shape]),
    (id::JSON_NAME, &[Member]),
    (id::LENGTH, &[Shape, Member]),
    (id::MEDIA_TYPE, &[Shape]),
    (id::OPTIONAL_AUTH, &[Operation]),
    (id::PAGINATED, &[Service, Operation]),
    (id::PATTERN, &[Shape, Member]),
    (id::RANGE, &[Shape, Member]),
    (id::REQUEST_COMPRESSION, &[Operation]),
    (id::REQUIRED, &[Member]),
    (id::REQUIRES_LENGTH, &[Shape]),
    (id::RETRYABLE, &[Shape]),
    (id::SENSITIVE, &[Shape, Member]),
    (id::SPARSE, &[Shape]),
    (id::STREAMING, &[Shape]),
    (id::TIMESTAMP_FORMAT, &[Shape, Member]),
    (id::TITLE, &[Service]),
    (id::UNIQUE_ITEMS, &[Shape, Member]),
    (id::XML_ATTRIBUTE, &[Member]),
    (id::XML_FLATTENED, &[Member]),
    (id::XML_NAME, &[Shape, Member]),
    (id::XML_NAMESPACE, &[Service, Shape, Member]),
    (id::WAITABLE, &[Operation]),
    (id::CLIENT_CONTEXT_PARAMS, &[Service]),
    (id::CONTEXT_PARAM, &[Member]),
    (id::ENDPOINT_BDD, &[Service]),
    (id::ENDPOINT_RULE_SET, &[Service]),
    (id::OPERATION_CONTEXT_PARAMS, &[Operation]),
    (id::STATIC_CONTEXT_PARAMS, &[Operation]),
    (id::CLIENT_ENDPOINT_DISCOVERY, &[Service]),
    (id::CLIENT_DISCOVERED_ENDPOINT, &[Operation]),
    (id::AWS_SERVICE, &[Service]),
    (id::SIGV4, &[Service]),
    (id::SIGV4A, &[Service]),
    (id::UNSIGNED_PAYLOAD, &[Operation]),
    (id::S3_UNWRAPPED_XML_OUTPUT, &[Operation]),
    (id::AWS_JSON_1_0, &[Service]),
    (id::AWS_JSON_1_1, &[Service]),
    (id::AWS_QUERY, &[Service]),
    (id::AWS_QUERY_COMPATIBLE, &[Service]),
    (id::AWS_QUERY_ERROR, &[Shape]),
    (id::EC2_QUERY, &[Service]),
    (id::EC2_QUERY_NAME, &[Member]),
    (id::REST_JSON_1, &[Service]),
    (id::REST_XML, &[Service]),
    ("smithy.api#httpApiKeyAuth", &[Service]),
    ("smithy.api#httpBasicAuth", &[Service]),
    ("smithy.api#httpDigestAuth", &[Service]),
];

/// Traits that change nothing in a client, by reason; whoever compares two models tells of them.
const COMPARED: [(&str, &[&str]); 2] = [
    ("they say what an operation does to the state of the service", &[id::IDEMPOTENT, id::READONLY]),
    ("clients know errors by their code, whatever the status of the response is", &[id::HTTP_ERROR]),
];

/// Traits of Smithy's own namespaces that a client loses nothing without, by reason.
const IGNORED: [(&str, &[&str]); 5] = [
    (
        "they help people read a model",
        &[
            "smithy.api#externalDocumentation",
            "smithy.api#internal",
            "smithy.api#notProperty",
            "smithy.api#private",
            "smithy.api#recommended",
            "smithy.api#since",
            "smithy.api#suppress",
            "smithy.api#tags",
            "smithy.api#unstable",
        ],
    ),
    (
        "they bind members to resources, which a client does not have",
        &[
            "smithy.api#nestedProperties",
            "smithy.api#noReplace",
            "smithy.api#property",
            "smithy.api#references",
            "smithy.api#resourceIdentifier",
        ],
    ),
    (
        "they speak to servers or to other tools",
        &[
            "smithy.api#cors",
            "smithy.api#idRef",
            "smithy.api#trait",
            "smithy.api#traitValidators",
            "smithy.rules#endpointTests",
        ],
    ),
    (
        "a default that came later is a default: AWS's crates give such a member as one that always had it",
        &["smithy.api#addedDefault"],
    ),
    (
        "what they allow is optional, or they matter only together with another trait",
        &["smithy.api#authDefinition", "smithy.api#mixin", "smithy.api#output", "smithy.api#protocolDefinition"],
    ),
];

/// Families of traits that a client loses nothing without.
const IGNORED_FAMILIES: [&str; 7] = [
    // Names, permissions, consoles and gateways; the few that matter to a client are understood by name.
    "aws.",
    "smithy.mqtt#",
    "smithy.openapi#",
    "smithy.protocols#",
    "smithy.test#",
    "smithy.contracts#",
    "smithy.synthetic#",
];

/// Ids of the traits that are understood somewhere, by the emitted client or by the difference of two models.
pub(crate) fn understood() -> impl Iterator<Item = &'static str> {
    UNDERSTOOD.iter().map(|(id, _)| *id).chain(compared())
}

/// Ids of the traits that only the comparison of two models tells of: the keeper's tools prove that they do.
pub fn compared() -> impl Iterator<Item = &'static str> {
    COMPARED.iter().flat_map(|(_, ids)| ids.iter().copied())
}

/// Whether a trait is understood somewhere.
pub fn is_understood(id: &str) -> bool {
    understood().any(|known| known == id)
}

/// Whether a client lacks something without a trait, or nobody knows: it is neither understood nor ignored.
pub fn would_be_missed(id: &str) -> bool {
    look_up(id, Place::Shape) == Standing::Unknown
}

/// What the generator makes of a trait on something.
pub(crate) fn look_up(id: &str, place: Place) -> Standing {
    if let Some((_, places)) = UNDERSTOOD.iter().find(|(known, _)| *known == id) {
        return match places.contains(&place) {
            true => Standing::Understood,
            false => Standing::Misplaced,
        };
    }
    let by_name = IGNORED.iter().chain(&COMPARED).any(|(_, ids)| ids.contains(&id));
    let by_family = || IGNORED_FAMILIES.iter().any(|start| id.starts_with(start));
    if by_name || by_family() {
        return Standing::Ignored;
    }
    Standing::Unknown
}

#[cfg(test)]
mod tests {
    use super::{Place, Standing, look_up};

    #[test]
    fn a_trait_is_understood_in_its_place_only() {
        let required = "smithy.api#required";
        assert_eq!(look_up(required, Place::Member), Standing::Understood);
        assert_eq!(look_up(required, Place::Shape), Standing::Misplaced);
    }

    #[test]
    fn families_are_ignored_but_not_what_the_client_would_miss() {
        assert_eq!(look_up("aws.iam#iamAction", Place::Operation), Standing::Ignored);
        assert_eq!(look_up("aws.protocols#httpChecksum", Place::Operation), Standing::Understood);
    }

    #[test]
    fn a_misspelt_trait_is_unknown() {
        assert_eq!(look_up("smithy.api#requierd", Place::Member), Standing::Unknown);
    }
}
