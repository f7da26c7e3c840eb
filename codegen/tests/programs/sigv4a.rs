//! Signatures of several regions, checked with nothing but what their specification says.

use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, SigningKey};
use program::{Request, sdk_config, serve};
use service::Client;
use service::config::Builder;
use service::presigning::PresigningConfig;
use sha2::{Digest, Sha256};

const ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";

/// The order of the curve's group, less two: the largest number that makes a key.
const LARGEST: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("digits");
    (0..hex.len()).step_by(2).map(digits).collect()
}

/// The key of credentials: numbers of a counter are tried until one is small enough, and one more is the key.
fn key(id: &str, secret: &str) -> SigningKey {
    for counter in 1_u8..=254 {
        let mut mac = Hmac::<Sha256>::new_from_slice(format!("AWS4A{secret}").as_bytes()).expect("any length");
        mac.update(&1_u32.to_be_bytes());
        mac.update(ALGORITHM.as_bytes());
        mac.update(&[0]);
        mac.update(id.as_bytes());
        mac.update(&[counter]);
        mac.update(&256_u32.to_be_bytes());
        let mut number = mac.finalize().into_bytes();
        if number.as_slice() <= bytes(LARGEST).as_slice() {
            for byte in number.iter_mut().rev() {
                let (sum, carries) = byte.overflowing_add(1);
                *byte = sum;
                if !carries {
                    break;
                }
            }
            return SigningKey::from_slice(&number).expect("it is in the group");
        }
    }
    panic!("no number was small enough");
}

/// What an authorization header says under a name.
fn part<'a>(request: &'a Request, name: &str) -> &'a str {
    let header = request.header("authorization").unwrap_or_default();
    let rest = header.split(&format!("{name}=")).nth(1).unwrap_or_default();
    rest.split(',').next().unwrap_or_default()
}

/// Whether a request, whose path and query are these as they are signed, is signed by these credentials.
fn is_signed_by(request: &Request, path: &str, query: &str, (id, secret): (&str, &str)) -> bool {
    let (credential, scope) = part(request, "Credential").split_once('/').expect("a scope");
    assert_eq!(credential, id);
    let signed = part(request, "SignedHeaders");
    let headers: String = signed
        .split(';')
        .map(|name| format!("{name}:{}\n", request.header(name).unwrap_or_else(|| panic!("{name} was not sent"))))
        .collect();
    let method = request.line.split(' ').next().unwrap_or_default();
    let body = hex(&Sha256::digest(&request.body));
    let canonical = format!("{method}\n{path}\n{query}\n{headers}\n{signed}\n{body}");
    let date = request.header("x-amz-date").unwrap_or_default();
    let text = format!("{ALGORITHM}\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let signature = Signature::from_der(&bytes(part(request, "Signature"))).expect("a signature");
    key(id, secret).verifying_key().verify(text.as_bytes(), &signature).is_ok()
}

async fn sent(set: impl FnOnce(Builder) -> Builder) -> Request {
    let (url, request) = serve("200 OK", &[], "{}");
    let client = Client::from_conf(set(Builder::from(&sdk_config(&url))).build());
    client.everywhere().name("ada").send().await.expect("it is answered");
    request.join().expect("it was read")
}

#[test]
fn a_key_is_made_as_the_published_example_has_it() {
    let key = key("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    let point = key.verifying_key().to_sec1_point(false);
    assert_eq!(
        hex(point.as_bytes()),
        "04b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1\
         865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518"
    );
}

#[tokio::test]
async fn an_endpoint_that_asks_for_it_gets_a_signature_of_all_regions() {
    let request = sent(|config| config).await;
    let header = request.header("authorization").unwrap_or_default();
    assert!(header.starts_with(&format!("{ALGORITHM} Credential=AKID/")), "{header}");
    assert!(part(&request, "Credential").ends_with("/all-gates/aws4_request"), "{header}");
    assert_eq!(request.header("x-amz-region-set"), Some("*"));
    assert!(is_signed_by(&request, "/everywhere", "a=1&b=2", ("AKID", "SECRET")));
    assert!(!is_signed_by(&request, "/everywhere", "a=1&b=3", ("AKID", "SECRET")), "the query is part of it");
    assert!(!is_signed_by(&request, "/everywhere", "a=1&b=2", ("AKID", "ANOTHER")), "the secret is part of it");
}

#[tokio::test]
async fn the_program_may_say_which_regions() {
    let regions = |config: Builder| config.sigv4a_signing_region_set("us-east-1,eu-central-1");
    let request = sent(regions).await;
    assert_eq!(request.header("x-amz-region-set"), Some("us-east-1,eu-central-1"));
    assert!(is_signed_by(&request, "/everywhere", "a=1&b=2", ("AKID", "SECRET")));
}

#[tokio::test]
async fn a_url_is_signed_for_all_regions_as_well() {
    let client = Client::from_conf(Builder::from(&sdk_config("http://127.0.0.1:9")).build());
    let minute = PresigningConfig::expires_in(std::time::Duration::from_secs(60)).expect("less than a week");
    let presigned = client.anywhere().presigned(minute).await.expect("it stands in a URL");
    let (path, query) = presigned.uri().split_once('?').expect("a query");
    assert_eq!(path, "http://127.0.0.1:9/anywhere");
    let (signatures, mut pairs): (Vec<&str>, Vec<&str>) =
        query.split('&').partition(|pair| pair.starts_with("X-Amz-Signature="));
    pairs.sort_unstable();
    let value = |name: &str| {
        let found = pairs.iter().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_else(|| panic!("no {name} in {query}")).replace("%2F", "/").replace("%2A", "*")
    };
    assert_eq!((value("X-Amz-Algorithm").as_str(), value("X-Amz-Region-Set").as_str()), (ALGORITHM, "*"));
    assert_eq!((value("X-Amz-SignedHeaders").as_str(), value("X-Amz-Expires").as_str()), ("host", "60"));
    let credential = value("X-Amz-Credential");
    let scope = credential.strip_prefix("AKID/").expect("whose it is");
    let nothing = hex(&Sha256::digest(""));
    let canonical = format!("GET\n/anywhere\n{}\nhost:127.0.0.1:9\n\nhost\n{nothing}", pairs.join("&"));
    let text = format!("{ALGORITHM}\n{}\n{scope}\n{}", value("X-Amz-Date"), hex(&Sha256::digest(canonical)));
    let signature = signatures[0].trim_start_matches("X-Amz-Signature=");
    let signature = Signature::from_der(&bytes(signature)).expect("a signature");
    assert!(key("AKID", "SECRET").verifying_key().verify(text.as_bytes(), &signature).is_ok(), "{query}");
}

#[tokio::test]
async fn a_caller_without_credentials_is_told_what_is_missing() {
    let config = aws_types::SdkConfig::builder().behavior_version(aws_config::BehaviorVersion::latest()).build();
    let client = Client::from_conf(Builder::from(&config).endpoint_url("http://127.0.0.1:9").build());
    let error = client.everywhere().send().await.expect_err("nobody knows the caller");
    let text = service::error::DisplayErrorContext(error).to_string();
    assert!(text.contains("\"sigv4a\" wasn't a valid option because there was no identity resolver"), "{text}");
}
