//! The protocols of AWS and Smithy: what the generator knows of each, a row each.
//!
//! Nothing else in the generator asks which protocol a service speaks. `model` asks the row whether members are bound to
//! parts of HTTP messages and what they are called in bodies, `plan` asks it for the formats of timestamps and for the
//! runtime's name of it, which one line of the emitted crate states, beside the feature in its manifest.
//!
//! # How to add a protocol
//!
//! The runtime speaks it first: `codegen/runtime/src/protocol.rs` tells how. Then its row gets a [`Runtime`], and
//! what the row says that no other has said before is a field here. Smithy's tests of the protocol show whether it is
//! right: `cargo xtask conformance`.

use crate::model::traits::id;
use crate::model::{Binding, TimestampFormat};

/// A protocol, as services name it by a trait.
#[derive(Debug)]
pub struct Protocol {
    /// The id of the trait.
    pub id: &'static str,
    /// Whether members are bound to parts of HTTP messages, and operations to routes (the `smithy.api#http*` traits).
    /// Without bindings everything is in the body of `POST /`.
    pub has_bindings: bool,
    /// The trait that gives a member another name in bodies; where there is none, and without it, a member is called as
    /// in the model.
    pub renamed_by: Option<&'static str>,
    /// The format of timestamps in bodies for which the model gives none.
    pub body_timestamps: TimestampFormat,
    /// What the tables of shapes say beside names, as bodies are XML, or forms that are answered in XML; `None` where
    /// bodies are neither.
    pub xml: Option<XmlFacts>,
    /// Whether bodies are JSON.
    pub is_json: bool,
    /// Whether the model may give formats of timestamps (`smithy.api#timestampFormat`).
    pub has_timestamp_formats: bool,
    /// Whether members may be documents (values of Smithy's type `document`), which XML, forms and CBOR have no form for.
    pub has_documents: bool,
    /// Whether a request has no body where the model gives the operation no input.
    pub body_needs_input: bool,
    /// How the runtime speaks it; `None` for one that cannot be emitted yet.
    pub runtime: Option<Runtime>,
}

/// What XML and forms need to know of shapes.
#[derive(Debug)]
pub struct XmlFacts {
    /// Whether inputs and outputs are documents of their own, with elements that have their names. Where they are not, the
    /// protocol has other elements around them, by rules of its own.
    pub has_roots: bool,
    /// What else is to be known where requests are forms.
    pub forms: Option<Forms>,
}

/// What is to be known of protocols whose requests are forms. Each of these has operation and version of the service in it.
#[derive(Debug)]
pub struct Forms {
    /// The trait that gives a member another name in forms than in XML.
    pub renamed_by: Option<&'static str>,
    /// Whether exceptions go by the code that `aws.protocols#awsQueryError` gives them.
    pub has_error_codes: bool,
    /// Whether members may be absent that the model requires, or gives a default: the models were made of descriptions that
    /// do not tell.
    pub all_optional: bool,
}

/// Those of bodies in XML, both ways.
const DOCUMENTS: Option<XmlFacts> = Some(XmlFacts { has_roots: true, forms: None });

/// Those of forms that are answered in XML.
const fn forms(forms: Forms) -> Option<XmlFacts> {
    Some(XmlFacts { has_roots: false, forms: Some(forms) })
}

/// A protocol in the runtime.
#[derive(Debug)]
pub struct Runtime {
    /// The feature that has it.
    pub feature: &'static str,
    /// The name of its value in the module `protocol`; where requests have the service's version in them, that of the
    /// function that makes the value of it.
    pub name: &'static str,
    /// The name of its value for services that give the error codes of the query protocol
    /// (`aws.protocols#awsQueryCompatible`); `None` where Smithy has no such services.
    pub query_compatible: Option<&'static str>,
}

/// Every protocol of AWS and of Smithy, in the order in which a service's is chosen: the first that the service lists and that can be
/// emitted.
pub static PROTOCOLS: [Protocol; 8] = [
    Protocol {
        id: id::RPC_V2_CBOR,
        has_bindings: false,
        renamed_by: None,
        body_timestamps: TimestampFormat::EpochSeconds,
        xml: None,
        is_json: false,
        has_timestamp_formats: false,
        has_documents: false,
        body_needs_input: true,
        runtime: Some(Runtime {
            feature: "rpc-v2-cbor",
            name: "RPC_V2_CBOR",
            query_compatible: Some("RPC_V2_CBOR_QUERY_COMPATIBLE"),
        }),
    },
    Protocol {
        id: id::AWS_JSON_1_0,
        has_bindings: false,
        renamed_by: None,
        body_timestamps: TimestampFormat::EpochSeconds,
        xml: None,
        is_json: true,
        has_timestamp_formats: true,
        has_documents: true,
        body_needs_input: false,
        runtime: Some(Runtime {
            feature: "aws-json",
            name: "AWS_JSON_1_0",
            query_compatible: Some("AWS_JSON_1_0_QUERY_COMPATIBLE"),
        }),
    },
    Protocol {
        id: id::AWS_JSON_1_1,
        has_bindings: false,
        renamed_by: None,
        body_timestamps: TimestampFormat::EpochSeconds,
        xml: None,
        is_json: true,
        has_timestamp_formats: true,
        has_documents: true,
        body_needs_input: false,
        runtime: Some(Runtime { feature: "aws-json", name: "AWS_JSON_1_1", query_compatible: None }),
    },
    Protocol {
        id: id::REST_JSON_1,
        has_bindings: true,
        renamed_by: Some(id::JSON_NAME),
        body_timestamps: TimestampFormat::EpochSeconds,
        xml: None,
        is_json: true,
        has_timestamp_formats: true,
        has_documents: true,
        body_needs_input: false,
        runtime: Some(Runtime { feature: "rest-json", name: "REST_JSON_1", query_compatible: None }),
    },
    Protocol {
        id: id::REST_XML,
        has_bindings: true,
        renamed_by: Some(id::XML_NAME),
        body_timestamps: TimestampFormat::DateTime,
        xml: DOCUMENTS,
        is_json: false,
        has_timestamp_formats: true,
        has_documents: false,
        body_needs_input: false,
        runtime: Some(Runtime { feature: "rest-xml", name: "REST_XML", query_compatible: None }),
    },
    Protocol {
        id: id::AWS_QUERY,
        has_bindings: false,
        renamed_by: Some(id::XML_NAME),
        body_timestamps: TimestampFormat::DateTime,
        xml: forms(Forms { renamed_by: None, has_error_codes: true, all_optional: false }),
        is_json: false,
        has_timestamp_formats: true,
        has_documents: false,
        body_needs_input: false,
        runtime: Some(Runtime { feature: "aws-query", name: "aws_query", query_compatible: None }),
    },
    Protocol {
        id: id::EC2_QUERY,
        has_bindings: false,
        renamed_by: Some(id::XML_NAME),
        body_timestamps: TimestampFormat::DateTime,
        xml: forms(Forms { renamed_by: Some(id::EC2_QUERY_NAME), has_error_codes: false, all_optional: true }),
        is_json: false,
        has_timestamp_formats: true,
        has_documents: false,
        body_needs_input: false,
        runtime: Some(Runtime { feature: "ec2-query", name: "ec2_query", query_compatible: None }),
    },
    // No service of AWS lists it.
    Protocol {
        id: id::RPC_V2_JSON,
        has_bindings: false,
        renamed_by: None,
        body_timestamps: TimestampFormat::EpochSeconds,
        xml: None,
        is_json: true,
        has_timestamp_formats: false,
        has_documents: true,
        body_needs_input: true,
        runtime: Some(Runtime { feature: "rpc-v2-json", name: "RPC_V2_JSON", query_compatible: None }),
    },
];

impl Protocol {
    /// The protocol that is spoken with a service that has the traits for which `has` is true; `None` where none of its
    /// protocols can be emitted.
    pub fn choose(has: impl Fn(&str) -> bool) -> Option<&'static Self> {
        Self::supported().find(|protocol| has(protocol.id))
    }

    /// The protocol whose rules a service would follow if it could be emitted, so that everything else that is wrong with
    /// it can be told.
    pub fn refused(has: impl Fn(&str) -> bool) -> &'static Self {
        PROTOCOLS.iter().find(|protocol| has(protocol.id)).unwrap_or(&PROTOCOLS[0])
    }

    /// The protocols that can be emitted, the preferred one first.
    pub fn supported() -> impl Iterator<Item = &'static Self> {
        PROTOCOLS.iter().filter(|protocol| protocol.runtime.is_some())
    }

    /// Its name, without the namespace.
    pub fn name(&self) -> &'static str {
        self.id.split_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The format of timestamps at a place for which the model gives none. Outside of bodies Smithy has one for all
    /// protocols.
    pub(crate) fn timestamps(&self, binding: &Binding) -> TimestampFormat {
        match binding {
            Binding::Header(_) | Binding::PrefixHeaders(_) => TimestampFormat::HttpDate,
            Binding::Query(_) | Binding::QueryParams | Binding::Label => TimestampFormat::DateTime,
            Binding::Body | Binding::Payload | Binding::ResponseCode => self.body_timestamps,
        }
    }

    /// The name of its value in the runtime's module `protocol`, for services that give the error codes of the query
    /// protocol or for others; empty for a protocol that cannot be emitted, which no plan has.
    pub(crate) fn value(&self, query_compatible: bool) -> &'static str {
        let named = |runtime: &Runtime| runtime.query_compatible.filter(|_| query_compatible).unwrap_or(runtime.name);
        self.runtime.as_ref().map_or("", named)
    }

    /// What is to be known of the forms that requests are; `None` where they are something else.
    pub(crate) fn forms(&self) -> Option<&Forms> {
        self.xml.as_ref()?.forms.as_ref()
    }

    /// Whether services of this protocol may give the error codes of the query protocol.
    pub(crate) fn may_be_query_compatible(&self) -> bool {
        self.runtime.as_ref().is_some_and(|runtime| runtime.query_compatible.is_some())
    }
}

/// Whether a trait says that a service speaks a protocol, one of the table or another.
pub fn is_protocol(trait_id: &str) -> bool {
    /// Traits of these namespaces that are no protocols.
    const OTHERS: [&str; 5] = [
        id::AWS_QUERY_COMPATIBLE,
        id::AWS_QUERY_ERROR,
        id::EC2_QUERY_NAME,
        id::HTTP_CHECKSUM,
        "aws.protocols#rpcV2CborQueryCompatible",
    ];
    let families = ["aws.protocols#", "smithy.protocols#"];
    families.iter().any(|family| trait_id.starts_with(family)) && !OTHERS.contains(&trait_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_protocol_in_the_order_of_aws_that_can_be_emitted_is_chosen() {
        let chosen = |ids: &[&str]| Protocol::choose(|id| ids.contains(&id)).map(Protocol::name);
        let [cbor, json, rest] = [id::RPC_V2_CBOR, id::AWS_JSON_1_0, id::REST_JSON_1];
        assert_eq!(chosen(&[rest, json, cbor]), Some("rpcv2Cbor"));
        assert_eq!(chosen(&[id::RPC_V2_JSON, rest, json]), Some("awsJson1_0"));
        assert_eq!(chosen(&[rest]), Some("restJson1"));
        assert_eq!(chosen(&[]), None);
    }

    #[test]
    fn timestamps_outside_of_bodies_have_one_format_in_all_protocols() {
        for protocol in &PROTOCOLS {
            assert_eq!(protocol.timestamps(&Binding::Header("x".to_owned())), TimestampFormat::HttpDate);
            assert_eq!(protocol.timestamps(&Binding::Label), TimestampFormat::DateTime);
            assert_eq!(protocol.timestamps(&Binding::Payload), protocol.timestamps(&Binding::Body));
        }
    }

    #[test]
    fn traits_about_protocols_are_no_protocols() {
        assert!(PROTOCOLS.iter().all(|protocol| is_protocol(protocol.id)));
        assert!(!is_protocol("aws.protocols#httpChecksum") && !is_protocol("smithy.api#http"));
    }
}
