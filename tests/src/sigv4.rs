//! AWS Signature Version 4, recomputed from a raw request: what a service does before it believes a client.
//!
//! Written from the published description alone and free of the AWS crates, so that it can disagree with them.
//! Every service but S3 makes paths normal ones and encodes them once more than they were sent: [`Rules`] tells them apart.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::request::{Request, percent_encode};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What the service knows about a caller and itself.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The access key id that the scope must begin with.
    pub access_key: &'a str,
    /// The secret that belongs to the access key.
    pub secret_key: &'a str,
    /// The session token that the request must carry; `None` demands that it carries none.
    pub session_token: Option<&'a str>,
    /// The region of the scope, for example `us-east-1`.
    pub region: &'a str,
    /// The signing name of the service, for example `ivs`.
    pub service: &'a str,
}

/// What a service makes of path and body before it signs them.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The path stands there as it was sent, as for S3; else it is made a normal one and encoded once more.
    pub path_as_sent: bool,
    /// The body is not signed, and `x-amz-content-sha256` says so; else that header may be absent, or has the body's digest.
    pub unsigned_payload: bool,
}

impl Rules {
    /// Those of nearly every call.
    pub const USUAL: Self = Self { path_as_sent: false, unsigned_payload: false };
}

/// Checks the signature of `request` and everything it vouches for, by the usual rules.
///
/// Fails as [`verify_by`] does.
pub fn verify(request: &Request, expected: &Expected<'_>) -> Result<(), String> {
    verify_by(request, expected, Rules::USUAL)
}

/// Checks the signature of `request` and everything it vouches for.
///
/// Fails with a sentence when the `Authorization` header is absent or malformed, when the scope, session token or list of
/// signed headers is not as it must be, or when the signature differs. No message contains a secret or a signature.
pub fn verify_by(request: &Request, expected: &Expected<'_>, rules: Rules) -> Result<(), String> {
    let authorization = Authorization::parse(request)?;
    let timestamp = request.header("x-amz-date").ok_or("no x-amz-date header")?;
    let date = timestamp.get(..8).ok_or_else(|| format!("the x-amz-date {timestamp:?} is too short"))?;
    let scope = format!("{date}/{}/{}/aws4_request", expected.region, expected.service);
    let credential = format!("{}/{scope}", expected.access_key);
    if authorization.credential != credential {
        return Err(format!("the credential is {:?} but must be {credential:?}", authorization.credential));
    }
    if request.header("x-amz-security-token") != expected.session_token {
        return Err("the session token is not the expected one".to_owned());
    }
    check_signed_headers(request, &authorization.signed_headers)?;
    match request.header("x-amz-content-sha256") {
        digest if rules.unsigned_payload && digest != Some(UNSIGNED) => {
            return Err("nothing says that the body is not signed".to_owned());
        }
        Some(digest) if digest != digest_of(request, rules) => {
            return Err("the header has another digest of the body".to_owned());
        }
        _ => {}
    }
    let canonical = canonical_request(request, &authorization.signed_headers, rules);
    if authorization.signature != signature_of(&canonical, timestamp, &scope, expected) {
        let token = expected.session_token.filter(|token| !token.is_empty());
        let canonical = token.map_or_else(|| canonical.clone(), |token| canonical.replace(token, "<session token>"));
        return Err(format!("the signature does not match this request:\n{canonical}"));
    }
    Ok(())
}

/// Checks the signature in the query of a presigned `request`, whose body it does not cover if `unsigned_payload` says so.
///
/// Paths are those of every service but S3 if the body is covered, and as they were sent otherwise.
///
/// Fails as [`verify`] does. Whether the signature has expired is not checked.
pub fn verify_presigned(request: &Request, expected: &Expected<'_>, unsigned_payload: bool) -> Result<(), String> {
    let pairs = request.query_pairs();
    let parameter = |name: &str| {
        let mut values = pairs.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str());
        (values.next(), values.next().is_some())
    };
    let needed = |name: &str| match parameter(name) {
        (Some(value), false) => Ok(value),
        (Some(_), true) => Err(format!("{name} comes twice")),
        (None, _) => Err(format!("no {name} in the query")),
    };
    if needed("X-Amz-Algorithm")? != ALGORITHM {
        return Err("the query names another algorithm".to_owned());
    }
    needed("X-Amz-Expires")?.parse::<u32>().map_err(|_| "X-Amz-Expires is no number")?;
    let timestamp = needed("X-Amz-Date")?;
    let date = timestamp.get(..8).ok_or_else(|| format!("the X-Amz-Date {timestamp:?} is too short"))?;
    let scope = format!("{date}/{}/{}/aws4_request", expected.region, expected.service);
    let (credential, wanted) = (needed("X-Amz-Credential")?, format!("{}/{scope}", expected.access_key));
    if credential != wanted {
        return Err(format!("the credential is {credential:?} but must be {wanted:?}"));
    }
    if parameter("X-Amz-Security-Token").0 != expected.session_token {
        return Err("the session token is not the expected one".to_owned());
    }
    let signed: Vec<&str> = needed("X-Amz-SignedHeaders")?.split(';').collect();
    check_signed_headers(request, &signed)?;
    let without_signature = request.query.iter().flat_map(|query| query.split('&'));
    let without_signature: Vec<&str> = without_signature.filter(|pair| !pair.starts_with("X-Amz-Signature=")).collect();
    let unsigned = Request { query: Some(without_signature.join("&")), ..request.clone() };
    let canonical = canonical_request(&unsigned, &signed, Rules { path_as_sent: unsigned_payload, unsigned_payload });
    if needed("X-Amz-Signature")? != signature_of(&canonical, timestamp, &scope, expected) {
        return Err("the signature does not match this request".to_owned());
    }
    Ok(())
}

struct Authorization<'a> {
    credential: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn parse(request: &'a Request) -> Result<Self, String> {
        let header = request.header("authorization").ok_or("no authorization header")?;
        let fields = header.strip_prefix(ALGORITHM).ok_or("the authorization header names another algorithm")?;
        let field = |name: &str| {
            let found = fields.split(',').find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='));
            found.ok_or_else(|| format!("no {name} in the authorization header"))
        };
        Ok(Self {
            credential: field("Credential")?,
            signed_headers: field("SignedHeaders")?.split(';').collect(),
            signature: field("Signature")?,
        })
    }
}

/// The list must be sorted, free of repetition, and name `host`, `content-type` where sent, and every `x-amz-` header.
fn check_signed_headers(request: &Request, signed: &[&str]) -> Result<(), String> {
    if !signed.is_sorted_by(|one, next| one < next) {
        return Err(format!("the signed headers {signed:?} are not in order"));
    }
    let names = request.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let vital = names.filter(|name| name == "host" || name == "content-type" || name.starts_with("x-amz-"));
    match vital.into_iter().find(|name| !signed.contains(&name.as_str())) {
        Some(name) => Err(format!("the header {name} is not signed")),
        None => Ok(()),
    }
}

fn signature_of(canonical: &str, timestamp: &str, scope: &str, expected: &Expected<'_>) -> String {
    let hashed = hex(&Sha256::digest(canonical));
    let to_sign = format!("{ALGORITHM}\n{timestamp}\n{scope}\n{hashed}");
    let secret = format!("AWS4{}", expected.secret_key).into_bytes();
    let key = scope.split('/').fold(secret, |key, part| hmac(&key, part));
    hex(&hmac(&key, &to_sign))
}

fn canonical_request(request: &Request, signed: &[&str], rules: Rules) -> String {
    // Sorted as pairs, before they are joined: `=` sorts after `-`, so the joined text would order otherwise.
    let mut pairs: Vec<_> = request
        .query_pairs()
        .into_iter()
        .map(|(name, value)| (percent_encode(&name), percent_encode(&value)))
        .collect();
    pairs.sort();
    let query: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let headers: String = signed
        .iter()
        .map(|name| {
            let values: Vec<_> = request.header_values(name).map(single_spaced).collect();
            format!("{name}:{}\n", values.join(","))
        })
        .collect();
    let path = if rules.path_as_sent { request.path.clone() } else { canonical_path(request) };
    let body = digest_of(request, rules);
    format!("{}\n{path}\n{}\n{headers}\n{}\n{body}", request.method, query.join("&"), signed.join(";"))
}

/// What stands for the digest of a body that is not signed.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

fn digest_of(request: &Request, rules: Rules) -> String {
    if rules.unsigned_payload { UNSIGNED.to_owned() } else { hex(&Sha256::digest(&request.body)) }
}

/// The path without empty segments and dots (RFC 3986, section 5.2.4), encoded once more than it was sent. A slash at the
/// end stays, as one before dots does.
fn canonical_path(request: &Request) -> String {
    let mut kept = Vec::new();
    for segment in request.path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(percent_encode(segment)),
        }
    }
    let ends = ["/", "/.", "/.."].iter().any(|end| request.path.ends_with(end));
    let end = if ends && !kept.is_empty() { "/" } else { "" };
    format!("/{}{end}", kept.join("/"))
}

fn single_spaced(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The published examples of AWS's own signing suite: the requests and signatures are theirs.
#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: Expected<'_> = Expected {
        access_key: "AKIDEXAMPLE",
        secret_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        session_token: None,
        region: "us-east-1",
        service: "service",
    };

    fn signed_request(head: &str, signed_headers: &str, signature: &str) -> Request {
        let head = format!(
            "{head}\nX-Amz-Date:20150830T123600Z\nAuthorization:AWS4-HMAC-SHA256 \
             Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signed_headers}, Signature={signature}"
        );
        Request::parse_head(&head).unwrap()
    }

    fn vanilla() -> Request {
        signed_request(
            "GET / HTTP/1.1\nHost:example.amazonaws.com",
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        )
    }

    #[test]
    fn a_plain_request() {
        assert_eq!(verify(&vanilla(), &EXAMPLE), Ok(()));
    }

    #[test]
    fn query_parameters_are_sorted() {
        let request = signed_request(
            "GET /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1 HTTP/1.1\nHost:example.amazonaws.com",
            "host;x-amz-date",
            "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
        );
        assert_eq!(verify(&request, &EXAMPLE), Ok(()));
    }

    #[test]
    fn paths_are_normal_ones() {
        let root = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        let published = [
            ("//", root),
            ("/./", root),
            ("/example/..", root),
            ("/example1/example2/../..", root),
            ("/./example", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
            ("//example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
            ("/example space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
            ("/example/$delete", "a853c9b21b528b19643d00910d35b83a10c366a10833ceefb45edd6c80e40f27"),
            ("/\u{1234}", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
            (
                "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
            ),
            ("/?Param1=value1", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
            ("/?Param1=value2&Param1=value1", "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"),
        ];
        for (target, signature) in published {
            let head = format!("GET {target} HTTP/1.1\nHost:example.amazonaws.com");
            assert_eq!(verify(&signed_request(&head, "host;x-amz-date", signature), &EXAMPLE), Ok(()), "{target}");
        }
    }

    /// The examples in the documentation of S3: a range of an object, and one that is put.
    #[test]
    fn objects_have_the_path_that_was_sent_and_the_digest_in_a_header() {
        let expected = Expected {
            access_key: "AKIAIOSFODNN7EXAMPLE",
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            service: "s3",
            ..EXAMPLE
        };
        let signed = |head: &str, digest: &str, names: &str, signature: &str| {
            let scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
            Request::parse_head(&format!(
                "{head}\nHost:examplebucket.s3.amazonaws.com\nx-amz-content-sha256:{digest}\nx-amz-date:20130524T000000Z\n\
                 Authorization:AWS4-HMAC-SHA256 Credential={scope},SignedHeaders={names},Signature={signature}"
            ))
            .unwrap()
        };
        let rules = Rules { path_as_sent: true, unsigned_payload: false };
        let get = signed(
            "GET /test.txt HTTP/1.1\nRange:bytes=0-9",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "host;range;x-amz-content-sha256;x-amz-date",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        );
        assert_eq!(verify_by(&get, &expected, rules), Ok(()));
        let mut put = signed(
            "PUT /test%24file.text HTTP/1.1\nDate:Fri, 24 May 2013 00:00:00 GMT\nx-amz-storage-class:REDUCED_REDUNDANCY",
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        );
        put.body = b"Welcome to Amazon S3.".to_vec();
        assert_eq!(verify_by(&put, &expected, rules), Ok(()));
        assert!(verify_by(&put, &expected, Rules::USUAL).unwrap_err().starts_with("the signature does not match"));
        let unsigned = Rules { unsigned_payload: true, ..rules };
        assert_eq!(verify_by(&put, &expected, unsigned).unwrap_err(), "nothing says that the body is not signed");
        put.body.pop();
        assert_eq!(verify_by(&put, &expected, rules).unwrap_err(), "the header has another digest of the body");
    }

    #[test]
    fn repeated_headers_are_joined_and_blanks_folded() {
        let request = signed_request(
            "GET / HTTP/1.1\nHost:example.amazonaws.com\nMy-Header1:value4\nMy-Header1:value1\nMy-Header1:value3\nMy-Header1:value2",
            "host;my-header1;x-amz-date",
            "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
        );
        assert_eq!(verify(&request, &EXAMPLE), Ok(()));
        let request = signed_request(
            "GET / HTTP/1.1\nHost:example.amazonaws.com\nMy-Header1: value1\nMy-Header2: \"a   b   c\"",
            "host;my-header1;my-header2;x-amz-date",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        );
        assert_eq!(verify(&request, &EXAMPLE), Ok(()));
    }

    #[test]
    fn a_body_is_part_of_it() {
        let mut request = signed_request(
            "POST / HTTP/1.1\nContent-Type:application/x-www-form-urlencoded\nHost:example.amazonaws.com\nContent-Length:13\n\
             x-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e",
            "content-length;content-type;host;x-amz-content-sha256;x-amz-date",
            "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
        );
        request.body = b"Param1=value1".to_vec();
        assert_eq!(verify(&request, &EXAMPLE), Ok(()));
        request.body = b"Param1=value2".to_vec();
        assert_eq!(verify(&request, &EXAMPLE).unwrap_err(), "the header has another digest of the body");
    }

    #[test]
    fn a_session_token_is_signed_and_compared() {
        let token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
        let request = signed_request(
            &format!("GET / HTTP/1.1\nHost:example.amazonaws.com\nX-Amz-Security-Token:{token}"),
            "host;x-amz-date;x-amz-security-token",
            "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
        );
        assert_eq!(verify(&request, &Expected { session_token: Some(token), ..EXAMPLE }), Ok(()));
        assert_eq!(verify(&request, &EXAMPLE).unwrap_err(), "the session token is not the expected one");
        let error = verify(&request, &Expected { session_token: Some(token), secret_key: "other", ..EXAMPLE });
        assert!(error.is_err_and(|error| error.contains("<session token>") && !error.contains(token)));
    }

    #[test]
    fn an_encoded_path_is_encoded_once_more() {
        let request = Request::parse_head(
            "POST /test/@connections/JBDvjfGEIAMCERw%3D HTTP/1.1\nX-amz-date:20150830T123600Z\n\
             Authorization:AWS4-HMAC-SHA256 Credential=ANOTREAL/20150830/us-east-1/service/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature=57d157672191bac40bae387e48bbe14b15303c001fdbb01f4abf295dccb09705\n\
             Host:tj9n5r0m12.execute-api.us-east-1.amazonaws.com",
        )
        .unwrap();
        let expected = Expected { access_key: "ANOTREAL", secret_key: "notrealrnrELgWzOk3IfjzDKtFBhDby", ..EXAMPLE };
        assert_eq!(verify(&request, &expected), Ok(()));
    }

    /// The example of a presigned URL in the documentation of S3.
    #[test]
    fn a_signature_in_the_query() {
        let request = Request::parse_head(
            "GET /test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1\
             %2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
             &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404 HTTP/1.1\n\
             Host:examplebucket.s3.amazonaws.com",
        )
        .unwrap();
        let expected = Expected {
            access_key: "AKIAIOSFODNN7EXAMPLE",
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            service: "s3",
            ..EXAMPLE
        };
        assert_eq!(verify_presigned(&request, &expected, true), Ok(()));
        let other = Expected { secret_key: "other", ..expected };
        assert_eq!(verify_presigned(&request, &other, true).unwrap_err(), "the signature does not match this request");
        assert_eq!(verify_presigned(&vanilla(), &EXAMPLE, false).unwrap_err(), "no X-Amz-Algorithm in the query");
    }

    #[test]
    fn another_secret_region_or_service_is_refused() {
        let error = |expected: Expected<'_>| verify(&vanilla(), &expected).unwrap_err();
        assert!(error(Expected { secret_key: "other", ..EXAMPLE }).starts_with("the signature does not match"));
        assert!(error(Expected { region: "eu-west-1", ..EXAMPLE }).contains("/eu-west-1/service/"));
        assert!(error(Expected { service: "ivs", ..EXAMPLE }).contains("/us-east-1/ivs/"));
    }

    #[test]
    fn an_unsigned_amz_header_is_refused() {
        let mut request = vanilla();
        request.headers.push(("X-Amz-Extra".to_owned(), "1".to_owned()));
        assert_eq!(verify(&request, &EXAMPLE).unwrap_err(), "the header x-amz-extra is not signed");
    }
}
