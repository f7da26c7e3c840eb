//! Signatures as services of both kinds want them: nearly all, and those of objects, whose paths are each one of its own.
//! Whatever is in path, query, headers and body, the signature is the one that the description of SigV4 tells, computed
//! without the engine; of requests that are sent, and of URLs that are signed for others.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_types::Blob;
use ivs_realtime::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use proptest::prelude::*;
use smithy_client_runtime::config::Settings;
use smithy_client_runtime::endpoint;
use smithy_client_runtime::fluent::Fluent;
use smithy_client_runtime::operation::{Input, Operation, Route, Segment, start};
use smithy_client_runtime::presigning::{Presigning, PresigningConfig, presigned};
use smithy_client_runtime::protocol::REST_JSON_1;
use smithy_client_runtime::service::{Handle, Service, ServiceFacts, Signing};
use smithy_client_runtime::{operation_error, root_error, shape, unhandled};
use tests::client::{SIGNER, plain_http};
use tests::loopback::{LoopbackServer, Response};
use tests::request::Request;
use tests::sigv4::{Expected, Rules, verify_by, verify_presigned};
use tokio::runtime::Runtime;

const FACTS: &ServiceFacts = &ServiceFacts {
    sdk_id: "Shelves",
    shape_name: "Shelves",
    api_name: "shelves",
    signing_name: Some(SIGNER.service),
    version: "1.0.0",
    protocol: &REST_JSON_1,
    headers: &[],
    account_id_endpoints: false,
    endpoint_resolver: || SharedEndpointResolver::new(AtUrl),
    endpoint_params: |bag, _, _| Ok(EndpointResolverParams::new(endpoint::endpoint_url(bag))),
};

#[derive(Debug)]
struct Usual;

impl Service for Usual {
    const FACTS: &'static ServiceFacts = FACTS;
}

#[derive(Debug)]
struct OfObjects;

impl Service for OfObjects {
    const FACTS: &'static ServiceFacts = FACTS;
    const SIGNING: Signing = Signing::OF_OBJECTS;
}

#[derive(Debug)]
struct AtUrl;

impl ResolveEndpoint for AtUrl {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let url = params.get::<Option<String>>().cloned().flatten().expect("the test sets an endpoint URL");
        EndpointFuture::ready(endpoint::at(format_args!("{url}")))
    }
}

unhandled! {
    pub struct Unhandled;
}

enum Error {
    Unhandled(Unhandled),
}

root_error! {
    Error {
    }
}

enum PutError {
    Unhandled(Unhandled),
}

operation_error! {
    PutError {
    }
}

struct PutOutput {
    _request_id: Option<String>,
}

shape! {
    all_optional output PutOutput {
    }
}

/// What a caller says.
#[derive(Clone, Debug)]
struct Said {
    key: String,
    query: Option<String>,
    note: Option<String>,
    body: Option<Vec<u8>>,
}

const ROUTE: Route = Route::new("Put", "PUT", &[Segment::Literal("shelf"), Segment::Greedy(0)])
    .query(&[("acl", None), ("x-id", Some("Put"))]);

macro_rules! puts {
    ($($input:ident: $service:ident $(, $unsigned:ident)?;)*) => {$(
        struct $input {
            key: Option<String>,
            query: Option<String>,
            note: Option<String>,
            body: Option<Blob>,
        }

        shape! {
            all_optional $input {
                0 key: LABEL "key",
                1 query: QUERY "q",
                2 note: HEADER "x-note",
                3 body: PAYLOAD "body",
            }
        }

        impl Operation for $input {
            type Service = $service;
            type Output = PutOutput;
            type Error = PutError;
            const ROUTE: Route = ROUTE $(.$unsigned())?;
        }

        impl From<Said> for $input {
            fn from(said: Said) -> Self {
                Self { key: Some(said.key), query: said.query, note: said.note, body: said.body.map(Blob::new) }
            }
        }
    )*};
}

puts! {
    Put: Usual;
    PutUnsigned: Usual, unsigned_payload;
    PutObject: OfObjects;
    PutUnsignedObject: OfObjects, unsigned_payload;
}

/// Clients of a server that takes everything, and what it has got.
struct Place {
    runtime: Runtime,
    _server: LoopbackServer,
    url: String,
    requests: Receiver<Request>,
}

impl Place {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (sender, requests) = channel();
        let server = runtime.block_on(LoopbackServer::answering(move |request| {
            sender.send(request.clone()).expect("the test waits");
            Response::new(200).into()
        }));
        Self { runtime, url: server.url(), _server: server, requests }
    }

    fn handle(&self, token: Option<&str>) -> Handle {
        let credentials =
            Credentials::new(SIGNER.access_key, SIGNER.secret_key, token.map(str::to_owned), None, "tests");
        let mut settings = Settings::default();
        settings.set_endpoint_url(Some(self.url.clone()));
        settings.set_http_client(Some(plain_http()));
        settings.set_behavior_version(Some(BehaviorVersion::latest()));
        settings.set_region(Some(Region::new(SIGNER.region)));
        settings.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials)));
        let settings = settings.build(FACTS, "shelves");
        settings.handle(FACTS, "tests", false).expect("a configuration that makes a client")
    }

    /// The request that was sent.
    fn sent<I: Operation + From<Said>>(&self, said: Said, token: Option<&str>) -> Request {
        let input = Input::erase(I::from(said));
        let handle = self.handle(token);
        let call = start(&handle, I::SPEC, input, Vec::new());
        assert!(self.runtime.block_on(call).is_ok(), "the server takes everything");
        self.requests.try_recv().expect("it was sent")
    }

    /// The request that somebody sends who has a URL.
    fn presigned<I: Operation + From<Said>>(&self, said: Said, token: Option<&str>) -> Request {
        static PRESIGNING: Presigning = Presigning { unsigned_payload: true, in_query: &[] };
        let config = PresigningConfig::expires_in(Duration::from_secs(60)).expect("less than a week");
        let call = Fluent::new(&Arc::new(self.handle(token)));
        let call = presigned::<I>(call, I::from(said), &PRESIGNING, config);
        let Ok(request) = self.runtime.block_on(call) else { panic!("it stands in a URL") };
        let target = request.uri().strip_prefix(&self.url).expect("the URL of the server");
        let host = self.url.trim_start_matches("http://");
        let headers: String = request.headers().map(|(name, value)| format!("\n{name}:{value}")).collect();
        Request::parse_head(&format!("{} {target} HTTP/1.1\nHost:{host}{headers}", request.method())).expect("a head")
    }

    /// Checks all ways to send what somebody says.
    fn check(&self, said: &Said, token: Option<&str>) -> Result<(), TestCaseError> {
        let expected = Expected { session_token: token, ..SIGNER };
        let by = |path_as_sent, unsigned_payload| Rules { path_as_sent, unsigned_payload };
        let requests = [
            (self.sent::<Put>(said.clone(), token), by(false, false)),
            (self.sent::<PutUnsigned>(said.clone(), token), by(false, true)),
            (self.sent::<PutObject>(said.clone(), token), by(true, false)),
            (self.sent::<PutUnsignedObject>(said.clone(), token), by(true, true)),
        ];
        for (request, rules) in &requests {
            prop_assert_eq!(verify_by(request, &expected, *rules), Ok(()), "{:?} {:?}", rules, request);
            prop_assert_eq!(&request.body[..], said.body.as_deref().unwrap_or_default());
            // Services of objects ask for the digest of every request.
            let has_digest = request.header("x-amz-content-sha256").is_some();
            prop_assert_eq!(has_digest, rules.path_as_sent || rules.unsigned_payload);
            prop_assert_eq!(request.header("x-amz-security-token"), token);
        }
        let presigned = self.presigned::<PutObject>(said.clone(), token);
        prop_assert_eq!(verify_presigned(&presigned, &expected, true), Ok(()), "{:?}", presigned);
        prop_assert_eq!(&presigned.path, &requests[2].0.path);
        Ok(())
    }
}

fn said() -> impl Strategy<Value = Said> {
    let segment = prop_oneof![
        2 => Just(String::new()),
        1 => Just(".".to_owned()),
        1 => Just("..".to_owned()),
        4 => "[a-zA-Z0-9._~ -]{1,6}",
        4 => "[%+&=?#:;,@!$'()*\\[\\]\"<>|^`{}é✓]{1,4}",
        1 => "\\PC{1,5}",
    ];
    let key = prop::collection::vec(segment, 1..6).prop_map(|segments| segments.join("/"));
    // Blanks at the ends of a header are none of it.
    let note = "[!-~]([ -~]{0,12}[!-~])?";
    (
        key.prop_filter("a label that is not empty", |key| !key.is_empty()),
        prop::option::of("\\PC{0,8}"),
        prop::option::of(note),
        prop::option::of(prop::collection::vec(any::<u8>(), 0..20)),
    )
        .prop_map(|(key, query, note, body)| Said { key, query, note, body })
}

#[test]
fn requests_are_signed_as_their_service_wants_it_whatever_they_say() {
    let place = Place::new();
    let config = ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(said in said(), token in prop::option::of("[A-Za-z0-9+/]{1,20}={0,2}"))| {
        place.check(&said, token.as_deref())?;
    });
}

#[test]
fn a_path_with_dots_and_slashes_is_another_object_and_the_same_elsewhere() {
    let place = Place::new();
    for key in ["a//b", "a/../b", "./a", "a/", "a/.", "a/b/..", "/", "a b+c%2F", "~$é"] {
        let said = Said { key: key.to_owned(), query: None, note: None, body: None };
        place.check(&said, None).expect(key);
    }
}
