//! Tags of a resource: the ARN in the path, the keys in the query.

use serde_json::json;
use tests::client::{SIGNER, client};
use tests::loopback::{LoopbackServer, Response};
use tests::sigv4;

const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:stage/a b+c";
const PATH: &str = "/tags/arn%3Aaws%3Aivs%3Aeu-central-1%3A123456789012%3Astage%2Fa%20b%2Bc";

#[tokio::test]
async fn listing_encodes_the_arn_and_reads_the_tags() {
    let server = LoopbackServer::scripted([Response::json(&json!({"tags": {"team": "video", "é": ""}}))]).await;
    let output = client(&server.url()).list_tags_for_resource().resource_arn(ARN).send().await.unwrap();
    assert_eq!((output.tags().len(), output.tags()["team"].as_str(), output.tags()["é"].as_str()), (2, "video", ""));
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.path.as_str(), request.query.as_deref()), ("GET", PATH, None));
    assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
}

#[tokio::test]
async fn tagging_sends_the_tags_in_the_body() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    client(&server.url())
        .tag_resource()
        .resource_arn(ARN)
        .tags("team", "video")
        .tags("team", "audio")
        .send()
        .await
        .unwrap();
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", PATH));
    assert_eq!(request.json().unwrap(), json!({"tags": {"team": "audio"}}));
    assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
}

#[tokio::test]
async fn untagging_repeats_the_keys_in_the_query() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let call = client(&server.url()).untag_resource().resource_arn(ARN);
    call.tag_keys("z").tag_keys("a&b=c").tag_keys("é +").tag_keys("z").send().await.unwrap();
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("DELETE", PATH));
    assert_eq!(request.query.as_deref(), Some("tagKeys=z&tagKeys=a%26b%3Dc&tagKeys=%C3%A9%20%2B&tagKeys=z"));
    assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
}

#[tokio::test]
async fn an_empty_list_of_keys_is_no_query() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    client(&server.url()).untag_resource().resource_arn(ARN).set_tag_keys(Some(Vec::new())).send().await.unwrap();
    assert_eq!(server.only_request().query_pairs(), []);
}
