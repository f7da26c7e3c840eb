//! Paginators: which pages they ask for and where they stop.

use ivs_realtime::Client;
use ivs_realtime::error::{ProvideErrorMetadata, SdkError};
use serde_json::{Value, json};
use tests::client::{SIGNER, client};
use tests::loopback::{LoopbackServer, Response};
use tests::sigv4;

use crate::retries::no_retries;

/// A page of ListStages whose stages have `arns`.
fn page(arns: &[&str], next_token: Option<&str>) -> Response {
    let stages: Vec<_> = arns.iter().map(|arn| json!({"arn": arn})).collect();
    Response::json(&json!({"stages": stages, "nextToken": next_token}))
}

fn bodies(server: &LoopbackServer) -> Vec<Value> {
    server.requests().iter().map(|request| request.json().unwrap()).collect()
}

#[tokio::test]
async fn three_pages_are_walked_by_their_tokens() {
    let server =
        LoopbackServer::scripted([page(&["1", "2"], Some("t1")), page(&[], Some("t2")), page(&["3"], None)]).await;
    let mut pages = client(&server.url()).list_stages().into_paginator().page_size(2).send();
    assert_eq!(server.requests().len(), 0, "nothing is sent before the first page is asked for");
    let mut arns = Vec::new();
    while let Some(page) = pages.next().await {
        arns.push(page.unwrap().stages().iter().map(|stage| stage.arn().to_owned()).collect::<Vec<_>>());
    }
    assert_eq!(arns, [vec!["1", "2"], vec![], vec!["3"]]);
    let expected = [
        json!({"maxResults": 2}),
        json!({"maxResults": 2, "nextToken": "t1"}),
        json!({"maxResults": 2, "nextToken": "t2"}),
    ];
    assert_eq!(bodies(&server), expected);
    for request in server.requests() {
        assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
        assert!(request.header("user-agent").unwrap().contains(" m/E,C,"), "the user agent tells of the paginator");
    }
}

#[tokio::test]
async fn the_callers_members_stay_on_every_page() {
    let server = LoopbackServer::scripted([
        Response::json(&json!({"compositions": [], "nextToken": "t1"})),
        Response::json(&json!({"compositions": []})),
    ])
    .await;
    let call =
        client(&server.url()).list_compositions().filter_by_stage_arn("arn:stage").next_token("t0").max_results(7);
    let pages = call.into_paginator().send().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(pages.len(), 2);
    let page = |token| json!({"filterByStageArn": "arn:stage", "maxResults": 7, "nextToken": token});
    assert_eq!(bodies(&server), [page("t0"), page("t1")]);
}

#[tokio::test]
async fn an_empty_token_ends_it() {
    let server = LoopbackServer::scripted([page(&["1"], Some(""))]).await;
    let pages =
        client(&server.url()).list_stages().into_paginator().send().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!((pages.len(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_token_given_twice_in_a_row_ends_it() {
    let server =
        LoopbackServer::scripted([page(&["1"], Some("same")), page(&["2"], Some("same")), page(&["3"], None)]).await;
    let pages =
        client(&server.url()).list_stages().into_paginator().send().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!((pages.len(), server.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_token_given_twice_can_be_accepted() {
    let server =
        LoopbackServer::scripted([page(&["1"], Some("same")), page(&["2"], Some("same")), page(&["3"], None)]).await;
    let pages = client(&server.url()).list_stages().into_paginator().stop_on_duplicate_token(false).send();
    assert_eq!(pages.collect::<Result<Vec<_>, _>>().await.unwrap().len(), 3);
}

#[tokio::test]
async fn an_error_is_the_last_page() {
    let denied = Response::error(403, "AccessDeniedException", &json!({"message": "no"}));
    let server = LoopbackServer::scripted([page(&["1"], Some("t1")), denied]).await;
    let mut pages = no_retries(&server.url()).list_stages().into_paginator().send();
    assert_eq!(pages.next().await.unwrap().unwrap().stages().len(), 1);
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

async fn served(pages: [Value; 2]) -> (LoopbackServer, Client) {
    let server = LoopbackServer::scripted(pages.map(|page| Response::json(&page))).await;
    let client = client(&server.url());
    (server, client)
}

#[tokio::test]
async fn items_of_public_keys_flow_over_pages() {
    let (_server, client) = served([
        json!({"publicKeys": [{"arn": "1"}, {"arn": "2"}], "nextToken": "t1"}),
        json!({"publicKeys": [{"arn": "3"}]}),
    ])
    .await;
    let keys = client.list_public_keys().into_paginator().items().send().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(keys.iter().filter_map(|key| key.arn()).collect::<Vec<_>>(), ["1", "2", "3"]);
}

#[tokio::test]
async fn items_of_ingest_configurations_flow_over_pages() {
    let (server, client) = served([
        json!({"ingestConfigurations": [{"arn": "1"}], "nextToken": "t1"}),
        json!({"ingestConfigurations": [{"arn": "2"}]}),
    ])
    .await;
    let items = client.list_ingest_configurations().into_paginator().page_size(1).items();
    let configurations = items.send().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(configurations.iter().map(|configuration| configuration.arn()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(bodies(&server)[1], json!({"maxResults": 1, "nextToken": "t1"}));
}

#[tokio::test]
async fn items_of_participant_replicas_flow_over_pages() {
    let (_server, client) = served([
        json!({"replicas": [{"participantId": "1"}], "nextToken": "t1"}),
        json!({"replicas": [{"participantId": "2"}]}),
    ])
    .await;
    let call = client.list_participant_replicas().source_stage_arn("a").participant_id("p");
    let replicas = call.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await.unwrap();
    assert_eq!(replicas.iter().map(|replica| replica.participant_id()).collect::<Vec<_>>(), ["1", "2"]);
}
