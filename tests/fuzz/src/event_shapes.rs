//! Events with members of every kind in headers and in payloads, and the errors of their streams, as emitted crates have
//! them: of three protocols, each with a format of its own.

use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::{Blob, DateTime};
use smithy_client_runtime::endpoint;
use smithy_client_runtime::event_stream::Events;
use smithy_client_runtime::protocol::{Protocol, REST_JSON_1, REST_XML, RPC_V2_CBOR};
use smithy_client_runtime::service::{Service, ServiceFacts};
use smithy_client_runtime::{exception, operation_error, root_error, shape, unhandled, union};

use crate::shapes::{Choice, Kind};

/// An event with a header of each type, and the rest of it in the payload.
pub struct Noted {
    on: Option<bool>,
    byte: Option<i8>,
    short: Option<i16>,
    integer: Option<i32>,
    long: i64,
    blob: Option<Blob>,
    text: Option<String>,
    time: Option<DateTime>,
    kind: Option<Kind>,
    words: Option<Vec<String>>,
    number: Option<f64>,
    choice: Option<Choice>,
}

shape! {
    Noted {
        0 on: HEADER "on",
        1 byte: HEADER "byte",
        2 short: HEADER "short",
        3 integer: HEADER "integer",
        4 long: HEADER "long",
        5 blob: HEADER "blob",
        6 text: HEADER "text",
        7 time: HEADER "time",
        8 kind: HEADER "kind",
        9 words: "words",
        10 number: "number",
        11 choice: "choice",
    }
}

/// An event that is bytes.
pub struct Raw {
    bytes: Option<Blob>,
}

shape! {
    all_optional Raw {
        0 bytes: PAYLOAD "bytes",
    }
}

/// An event that is text, with a header.
pub struct Said {
    text: Option<String>,
    place: Option<i32>,
}

shape! {
    all_optional Said {
        0 text: PAYLOAD "text",
        1 place: HEADER "place",
    }
}

/// An event whose payload is a structure.
pub struct Wrapped {
    inner: Option<Inner>,
}

shape! {
    all_optional Wrapped {
        0 inner: PAYLOAD "inner",
    }
}

/// That structure.
pub struct Inner {
    name: Option<String>,
    count: Option<i64>,
}

shape! {
    all_optional Inner {
        0 name: "name",
        1 count: "count",
    }
}

/// An event without a member.
pub struct End {}

shape! {
    all_optional End {
    }
}

/// An exception that the model knows.
pub struct Storm {
    message: Option<String>,
    strength: Option<i32>,
    meta: ErrorMetadata,
}

shape! {
    all_optional exception Storm {
        0 message: "message",
        1 strength: "strength",
    }
}

exception!(Storm, "Storm");

unhandled! {
    /// What the model does not know.
    pub struct Unhandled;
}

/// Any error.
pub enum Error {
    /// That of the model.
    Storm(Storm),
    /// Any other.
    Unhandled(Unhandled),
}

root_error! {
    Error {
        Storm, "Storm";
    }
}

/// How streams fail.
pub enum StreamError {
    /// As the model knows.
    Storm(Storm),
    /// In another way.
    Unhandled(Unhandled),
}

operation_error! {
    StreamError {
        Storm, is_storm, "storm" means "Storm";
    }
}

/// Nobody is called.
#[derive(Debug)]
struct Nowhere;

impl ResolveEndpoint for Nowhere {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(endpoint::at(format_args!("http://127.0.0.1:9")))
    }
}

const fn facts(protocol: &'static dyn Protocol) -> ServiceFacts {
    ServiceFacts {
        sdk_id: "Events",
        shape_name: "Events",
        api_name: "events",
        signing_name: None,
        version: "1.0.0",
        protocol,
        headers: &[],
        account_id_endpoints: false,
        endpoint_resolver: || SharedEndpointResolver::new(Nowhere),
        endpoint_params: |_, _, _| Ok(EndpointResolverParams::new(())),
    }
}

macro_rules! streams {
    ($($module:ident: $protocol:ident;)*) => {$(
        pub(crate) mod $module {
            use super::*;

            /// The service of the events.
            #[derive(Debug)]
            pub struct Told;

            impl Service for Told {
                const FACTS: &'static ServiceFacts = &facts(&$protocol);
            }

            /// The events of a stream.
            #[derive(Clone, PartialEq)]
            pub enum Event {
                /// With headers.
                Noted(Noted),
                /// Bytes.
                Raw(Raw),
                /// Text.
                Said(Said),
                /// A structure.
                Wrapped(Wrapped),
                /// Nothing.
                End(End),
                /// What this version does not know.
                Unknown,
            }

            union! {
                Event {
                    0 Noted(Noted), is_noted, as_noted: "noted",
                    1 Raw(Raw), is_raw, as_raw: "raw",
                    2 Said(Said), is_said, as_said: "said",
                    3 Wrapped(Wrapped), is_wrapped, as_wrapped: "wrapped",
                    4 End(End), is_end, as_end: "end",
                }
            }

            impl Events for Event {
                type Service = Told;
                const IS_SECRET: bool = false;
            }
        }
    )*};
}

streams! {
    json: REST_JSON_1;
    xml: REST_XML;
    cbor: RPC_V2_CBOR;
}
