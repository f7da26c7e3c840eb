//! Smithy's second protocols of remote procedure calls: everything is in the body, and the operation in the path.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use std::fmt;

use super::{Body, ErrorHead, Protocol, read_body, request, rpc};
use crate::BoxError;
use crate::format::{DecodeError, Format};
use crate::response::Response;
use crate::route::Route;
use crate::shape::Shape;

/// The header by which both sides say which protocol they speak.
const PROTOCOL: &str = "smithy-protocol";

/// A protocol of the family `smithy.protocols#rpcv2...`.
///
/// A response that does not name it is of somebody else, and is not looked into.
pub struct RpcV2 {
    /// Its name, as the header `Smithy-Protocol` has it.
    pub name: &'static str,
    /// The format of bodies.
    pub format: &'static dyn Format,
    /// Finds the head of an error, as [`Protocol::read_error`] gives it.
    pub error: for<'r> fn(&Response<'r>, &mut ErrorHead<'r>) -> Result<(), DecodeError>,
    /// As [`Rpc::query_compatible`](super::Rpc::query_compatible).
    pub query_compatible: bool,
    /// As [`Protocol::feature`] gives it.
    pub feature: Option<SmithySdkFeature>,
}

impl RpcV2 {
    fn check(&self, response: &Response<'_>) -> Result<(), DecodeError> {
        if response.header(PROTOCOL) == Some(self.name) {
            return Ok(());
        }
        Err(DecodeError::refused("the header `smithy-protocol` does not name the protocol of the request"))
    }
}

/// By name: a derived one would be compiled again with each client, with those of its fields.
impl fmt::Debug for RpcV2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RpcV2({})", self.name)
    }
}

impl Protocol for RpcV2 {
    fn format(&self) -> &'static dyn Format {
        self.format
    }

    fn feature(&self) -> Option<SmithySdkFeature> {
        self.feature.clone()
    }

    fn write_request(&self, service: &str, route: &Route, input: &dyn Shape) -> Result<HttpRequest, BoxError> {
        let mut headers = Headers::new();
        headers.insert(PROTOCOL, self.name);
        headers.insert("accept", self.format.media_type());
        if self.query_compatible {
            rpc::ask_for_query_errors(&mut headers);
        }
        let path = format!("/service/{service}/operation/{}", route.name);
        let body = match route.without_input {
            true => Body::default(),
            false => Body::of(input, self.format, self.format.media_type())?,
        };
        request(route.method, path, headers, body)
    }

    fn read_output(&self, response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
        self.check(response)?;
        if output.schema().rows.is_empty() {
            return Ok(());
        }
        read_body(response.body, self.format, output)
    }

    fn is_error(&self, response: &Response<'_>) -> bool {
        !response.is_success()
    }

    fn read_error<'r>(&self, response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        self.check(response)?;
        (self.error)(response, head)?;
        if self.query_compatible {
            rpc::read_query_error(response, head);
        }
        Ok(())
    }

    #[cfg(feature = "event-stream")]
    fn read_error_of_message<'r>(&self, payload: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        (self.error)(payload, head)
    }

    #[cfg(feature = "event-stream")]
    fn has_initial_messages(&self) -> bool {
        true
    }

    fn read_exception(
        &self,
        _: &Response<'_>,
        head: &ErrorHead<'_>,
        exception: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        read_body(head.body, self.format, exception)
    }
}

#[cfg(all(test, feature = "rpc-v2-cbor"))]
mod tests {
    use super::*;
    use crate::protocol::{RPC_V2_CBOR, RPC_V2_CBOR_QUERY_COMPATIBLE};
    use crate::shape::Shape;

    struct Note {
        text: Option<String>,
    }

    crate::shape! {
        all_optional Note {
            0 text: "text",
        }
    }

    struct Empty {}

    crate::shape! {
        all_optional Empty {}
    }

    const ERROR: &[u8] = b"\xA2\x66__type\x6Ba.b#Gone:/c\x67Message\x62Hi";

    fn request(protocol: &RpcV2, route: Route, input: &dyn Shape) -> HttpRequest {
        protocol.write_request("Notes", &route, input).expect("it can be written")
    }

    /// The headers of a request in the order of their names.
    fn sorted_headers(request: &HttpRequest) -> Vec<(&str, &str)> {
        let mut headers: Vec<_> = request.headers().iter().collect();
        headers.sort_unstable();
        headers
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> Headers {
        let mut headers = Headers::new();
        pairs.iter().for_each(|(name, value)| drop(headers.insert(*name, *value)));
        headers
    }

    fn response<'a>(headers: &'a Headers, body: &'a [u8]) -> Response<'a> {
        Response {
            status: 200,
            headers,
            body,
            #[cfg(feature = "http-bindings")]
            stream: Default::default(),
            #[cfg(feature = "http-bindings")]
            unreadable_headers: Default::default(),
        }
    }

    #[test]
    fn the_user_agent_tells_of_cbor() {
        assert_eq!(RPC_V2_CBOR.feature(), Some(SmithySdkFeature::ProtocolRpcV2Cbor));
        assert_eq!(RPC_V2_CBOR_QUERY_COMPATIBLE.feature(), Some(SmithySdkFeature::ProtocolRpcV2Cbor));
    }

    #[test]
    fn requests_name_service_operation_and_protocol_beside_the_body() {
        let note = Note { text: Some("a".to_owned()) };
        let written = request(&RPC_V2_CBOR, Route::new("Put", "POST", &[]), &note);
        assert_eq!((written.method(), written.uri()), ("POST", "/service/Notes/operation/Put"));
        assert_eq!(written.body().bytes(), Some(&b"\xBF\x64text\x61a\xFF"[..]));
        let cbor = "application/cbor";
        let expected =
            [("accept", cbor), ("content-length", "9"), ("content-type", cbor), ("smithy-protocol", "rpc-v2-cbor")];
        assert_eq!(sorted_headers(&written), expected);
    }

    #[test]
    fn an_operation_without_input_has_no_body_and_an_empty_input_has_one() {
        let route = Route::new("Ping", "POST", &[]);
        let written = request(&RPC_V2_CBOR_QUERY_COMPATIBLE, route.without_input(), &Empty {});
        assert_eq!(written.body().bytes(), Some(&b""[..]));
        let expected =
            [("accept", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-query-mode", "true")];
        assert_eq!(sorted_headers(&written), expected);
        let written = request(&RPC_V2_CBOR, route, &Empty {});
        assert_eq!(written.body().bytes(), Some(&b"\xBF\xFF"[..]));
    }

    #[test]
    fn a_response_that_does_not_name_the_protocol_is_not_looked_into() {
        let text = |pairs: &[(&'static str, &'static str)]| {
            let mut note = <Note as Shape>::empty();
            let read = RPC_V2_CBOR.read_output(&response(&headers(pairs), b"\xA1\x64text\x61a"), &mut note);
            read.map(|()| note.text).map_err(|error| error.to_string())
        };
        assert_eq!(text(&[("smithy-protocol", "rpc-v2-cbor")]), Ok(Some("a".to_owned())));
        let refused = Err("the header `smithy-protocol` does not name the protocol of the request".to_owned());
        assert_eq!(text(&[]), refused);
        assert_eq!(text(&[("smithy-protocol", "rpc-v2-json")]), refused);
        let (none, mut head) = (headers(&[]), ErrorHead::default());
        assert!(RPC_V2_CBOR.read_error(&response(&none, ERROR), &mut head).is_err());
        assert!(head.code().is_none() && head.message.is_none());
    }

    #[test]
    fn errors_are_named_by_their_body_and_by_the_code_of_the_query_protocol_where_there_is_one() {
        let headers = headers(&[
            ("smithy-protocol", "rpc-v2-cbor"),
            ("x-amzn-errortype", "Other"),
            ("x-amzn-query-error", "Notes.Gone;Sender"),
        ]);
        let head = |protocol: &RpcV2| {
            let mut head = ErrorHead::default();
            protocol.read_error(&response(&headers, ERROR), &mut head).expect("it is an error");
            [head.name, head.code, head.fault, head.message].map(|part| part.map(|part| part.into_owned()))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(head(&RPC_V2_CBOR), [some("Gone"), None, None, some("Hi")]);
        let expected = [some("Gone"), some("Notes.Gone"), some("Sender"), some("Hi")];
        assert_eq!(head(&RPC_V2_CBOR_QUERY_COMPATIBLE), expected);
    }

    #[test]
    fn a_success_without_a_body_is_an_empty_output() {
        let headers = headers(&[("smithy-protocol", "rpc-v2-cbor")]);
        let mut note = <Note as Shape>::empty();
        assert_eq!(RPC_V2_CBOR.read_output(&response(&headers, b""), &mut note), Ok(()));
        // What an operation without an output has in its body is nobody's concern.
        assert_eq!(RPC_V2_CBOR.read_output(&response(&headers, b"\xFF"), &mut Empty {}), Ok(()));
    }
}
