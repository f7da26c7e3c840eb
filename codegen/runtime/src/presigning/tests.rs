use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::Blob;
use aws_smithy_types::body::SdkBody;

use super::{Sent, into_url};

struct Speech {
    text: Option<String>,
    kinds: Option<Vec<String>>,
    rate: Option<i32>,
    id: Option<String>,
}

crate::shape! {
    all_optional Speech {
        0 text: "Text",
        1 kinds: "Kinds",
        2 rate: "Rate",
        3 id: HEADER "x-id",
    }
}

struct Put {
    content_type: Option<String>,
    body: Option<Blob>,
}

crate::shape! {
    all_optional Put {
        0 content_type: HEADER "Content-Type",
        1 body: PAYLOAD "body",
    }
}

fn request(method: &str, uri: &str, content_type: &'static str, body: &'static str) -> HttpRequest {
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method(method).expect("a method");
    request.set_uri(uri).expect("a URL");
    request.headers_mut().insert("content-type", content_type);
    request.headers_mut().insert("content-length", body.len().to_string());
    request
}

/// Method, URL and headers of a request for which all is in its URL.
fn told(request: &HttpRequest) -> String {
    assert_eq!(request.body().bytes(), Some(&b""[..]));
    let headers: Vec<_> = request.headers().iter().map(|(name, value)| format!(" {name}:{value}")).collect();
    format!("{} {}{}", request.method(), request.uri(), headers.concat())
}

#[test]
fn a_form_goes_into_the_query_of_a_get() {
    let mut form = request("POST", "https://sts/", "application/x-www-form-urlencoded", "Action=Ask&Name=a%20b");
    into_url(&mut form, &Sent::default(), false).expect("it is a form");
    assert_eq!(told(&form), "GET https://sts/?Action=Ask&Name=a%20b");
}

#[test]
fn members_go_into_the_query_where_the_operation_takes_them_there() {
    let speech = Speech {
        text: Some("a & b".to_owned()),
        kinds: Some(vec!["x".to_owned(), "y".to_owned()]),
        rate: Some(3),
        id: Some("i".to_owned()),
    };
    let sent = Sent::of(&speech, true);
    let mut post = request("POST", "https://polly/v1/speech", "application/json", "{}");
    into_url(&mut post, &sent, false).expect("all of it is in the query");
    assert_eq!(told(&post), "GET https://polly/v1/speech?Text=a%20%26%20b&Kinds=x&Kinds=y&Rate=3");
    let refused = into_url(
        &mut request("POST", "https://polly/v1/speech", "application/json", "{}"),
        &Sent::of(&speech, false),
        true,
    );
    assert_eq!(refused, Err("its input is sent as a body (application/json), which cannot stand in a URL".to_owned()));
}

#[test]
fn bytes_are_left_to_whoever_has_the_url_where_no_signature_covers_them() {
    let put = |content_type: Option<&str>| Put {
        content_type: content_type.map(str::to_owned),
        body: Some(Blob::new("bytes")),
    };
    let mut first = request("PUT", "https://s3/a", "application/octet-stream", "bytes");
    into_url(&mut first, &Sent::of(&put(None), false), true).expect("bytes");
    assert_eq!(told(&first), "PUT https://s3/a");
    let mut second = request("PUT", "https://s3/a", "text/plain", "bytes");
    into_url(&mut second, &Sent::of(&put(Some("text/plain")), false), true).expect("bytes");
    assert_eq!(told(&second), "PUT https://s3/a content-type:text/plain");
    let mut third = request("PUT", "https://other/a", "text/plain", "bytes");
    assert!(into_url(&mut third, &Sent::of(&put(None), false), false).is_err(), "the signature covers them");
}
