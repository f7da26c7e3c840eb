//! Pages in every way the SDK offers: page by page, all at once, items, a stream handed on, a place to continue from.

use std::collections::BTreeMap;

use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::list_participants::ListParticipantsError;
use aws_sdk_ivsrealtime::operation::list_public_keys::ListPublicKeysError;
use aws_sdk_ivsrealtime::operation::list_stages::builders::ListStagesFluentBuilder;
use aws_sdk_ivsrealtime::operation::list_stages::paginator::ListStagesPaginator;
use aws_sdk_ivsrealtime::operation::list_stages::{ListStagesError, ListStagesOutput};
use aws_sdk_ivsrealtime::types::{ParticipantState, PublicKeySummary, StageSummary};
use aws_sdk_ivsrealtime::{Client, Error};
use aws_smithy_async::future::pagination_stream::PaginationStream;

/// Looks no further than the page that has it.
async fn first_named(client: &Client, name: &str) -> Result<Option<StageSummary>, SdkError<ListStagesError>> {
    let mut pages = client.list_stages().into_paginator().page_size(2).send();
    while let Some(ListStagesOutput { stages, .. }) = pages.try_next().await? {
        let found = stages.into_iter().find(|stage| stage.name.as_deref() == Some(name));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Counts participants by state, for one user.
async fn states(
    client: &Client,
    stage: &str,
    session: &str,
    user: Option<&str>,
) -> Result<BTreeMap<ParticipantState, usize>, SdkError<ListParticipantsError>> {
    let request = client.list_participants().stage_arn(stage).session_id(session);
    let pages = request.set_filter_by_user_id(user.map(str::to_owned)).into_paginator().send();
    let mut counts = BTreeMap::new();
    for page in pages.try_collect().await? {
        for participant in page.participants() {
            if let Some(state) = participant.state() {
                *counts.entry(state.clone()).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

/// A stream of keys, for whoever asks.
fn keys(client: &Client) -> PaginationStream<Result<PublicKeySummary, SdkError<ListPublicKeysError>>> {
    client.list_public_keys().into_paginator().items().send()
}

/// A page, and where to go on: what a web page with a "next" link needs.
async fn page(request: ListStagesFluentBuilder, after: Option<String>) -> Result<(Vec<String>, Option<String>), Error> {
    let page = request.set_next_token(after).send().await?;
    let arns = page.stages().iter().map(|stage| stage.arn().to_owned()).collect();
    Ok((arns, page.next_token))
}

/// All pages, even where the service repeats a token.
async fn stubborn(paginator: ListStagesPaginator, at_most: usize) -> Result<usize, SdkError<ListStagesError>> {
    let mut pages = paginator.stop_on_duplicate_token(false).send();
    let mut count = 0;
    while count < at_most && pages.try_next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    println!("{:?}", first_named(&client, "standup").await?);
    println!("{:?}", states(&client, "arn", "session", None).await?);
    let mut keys = keys(&client);
    while let Some(key) = keys.next().await {
        println!("{:?}", key?.name());
    }
    let (arns, next) = page(client.list_stages().max_results(10), None).await?;
    println!("{} {next:?} {}", arns.len(), stubborn(client.list_stages().into_paginator(), 3).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::{Value, json};

    use super::*;

    async fn answering(pages: Vec<Value>) -> (Client, LoopbackServer) {
        let server = LoopbackServer::scripted(pages.iter().map(Response::json).collect::<Vec<_>>()).await;
        (Client::new(&sdk_config(&server.url())), server)
    }

    fn bodies(server: &LoopbackServer) -> Vec<Value> {
        server.requests().iter().map(|request| request.json().unwrap()).collect()
    }

    #[tokio::test]
    async fn no_page_is_asked_for_beyond_the_one_that_has_it() {
        let stages = |names: &[&str], next: &str| {
            let stages: Vec<_> = names.iter().map(|name| json!({"arn": "a", "name": name})).collect();
            json!({"stages": stages, "nextToken": next})
        };
        let (client, server) =
            answering(vec![stages(&["a", "b"], "2"), stages(&["c"], "3"), stages(&["d"], "4")]).await;
        assert_eq!(first_named(&client, "c").await.unwrap().unwrap().name(), Some("c"));
        assert_eq!(bodies(&server), [json!({"maxResults": 2}), json!({"maxResults": 2, "nextToken": "2"})]);
    }

    #[tokio::test]
    async fn an_empty_token_ends_the_pages() {
        let (client, server) = answering(vec![json!({"stages": [], "nextToken": ""})]).await;
        assert_eq!(first_named(&client, "c").await.unwrap(), None);
        assert_eq!(server.requests().len(), 1);
    }

    #[tokio::test]
    async fn the_input_is_the_same_on_every_page() {
        let state = |state: &str| json!({"participantId": "p", "state": state});
        let pages = vec![
            json!({"participants": [state("CONNECTED"), state("DISCONNECTED")], "nextToken": "2"}),
            json!({"participants": [state("CONNECTED"), state("DREAMING"), {"participantId": "q"}]}),
        ];
        let (client, server) = answering(pages).await;
        let counts = states(&client, "arn", "session", Some("ada")).await.unwrap();
        let counts: Vec<_> = counts.iter().map(|(state, count)| (state.as_str(), *count)).collect();
        assert_eq!(counts, [("CONNECTED", 2), ("DISCONNECTED", 1), ("DREAMING", 1)]);
        let first = json!({"stageArn": "arn", "sessionId": "session", "filterByUserId": "ada"});
        let mut second = first.clone();
        second["nextToken"] = "2".into();
        assert_eq!(bodies(&server), [first, second]);
    }

    #[tokio::test]
    async fn items_come_one_by_one_over_pages_and_end_with_an_error() {
        let key = |name: &str| json!({"arn": name, "name": name});
        let (client, _server) = answering(vec![
            json!({"publicKeys": [key("a"), key("b")], "nextToken": "2"}),
            json!({"publicKeys": [], "nextToken": "3"}),
            json!({"publicKeys": [key("c")]}),
        ])
        .await;
        let names: Vec<_> = keys(&client).try_collect().await.unwrap().into_iter().filter_map(|key| key.name).collect();
        assert_eq!(names, ["a", "b", "c"]);

        let (client, _server) = answering(vec![json!({"publicKeys": [key("a")], "nextToken": "2"})]).await;
        let all: Vec<_> = keys(&client).collect::<Vec<_>>().await;
        assert_eq!(all.len(), 2);
        assert!(all[0].is_ok() && all[1].is_err());
        let result: Result<Vec<_>, _> = keys(&client).collect().await;
        assert!(result.is_err());
    }

    #[tokio::test]
    async fn a_place_can_be_kept_and_continued_from() {
        let stages = |arn: &str| json!({"stages": [{"arn": arn}], "nextToken": arn});
        let (client, server) = answering(vec![stages("a"), stages("b")]).await;
        let request = client.list_stages().max_results(1);
        let (arns, next) = page(request.clone(), None).await.unwrap();
        assert_eq!((arns, next.as_deref()), (vec!["a".to_owned()], Some("a")));
        let (arns, next) = page(request, next).await.unwrap();
        assert_eq!((arns, next.as_deref()), (vec!["b".to_owned()], Some("b")));
        assert_eq!(bodies(&server), [json!({"maxResults": 1}), json!({"maxResults": 1, "nextToken": "a"})]);
    }

    #[tokio::test]
    async fn a_repeated_token_ends_the_pages_unless_told_otherwise() {
        let same = || json!({"stages": [], "nextToken": "same"});
        let (client, _server) = answering(vec![same(), same(), same()]).await;
        let mut pages = client.list_stages().into_paginator().send();
        assert!(pages.next().await.unwrap().is_ok());
        assert!(pages.next().await.unwrap().is_ok(), "the page counts, though its token leads nowhere");
        assert!(pages.next().await.is_none());

        let (client, server) = answering(vec![same(), same(), same()]).await;
        assert_eq!(stubborn(client.list_stages().into_paginator(), 3).await.unwrap(), 3);
        assert_eq!(server.requests().len(), 3);
    }
}
