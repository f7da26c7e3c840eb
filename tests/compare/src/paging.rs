//! Paginators of both crates over generated pages.

use std::fmt::Debug;

use aws_sdk_ivsrealtime::operation::RequestId;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use pastey::paste;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tests::loopback::Reply;
use tests::model::Model;
use tests::values::{OUTPUT, structure};

use crate::facts::Facts;
use crate::operations::Pending;
use crate::replies::{Answer, Body};
use crate::search::{Extent, Findings};
use crate::stage::{Act, Stage};
use crate::traits::look_at_traits;

/// No script has more pages, beside the last, which ends every walk.
const MOST_PAGES: usize = 8;

/// How a paginator is used, and the pages that it meets.
#[derive(Clone, Debug)]
pub(crate) struct Paging {
    token: Option<String>,
    max_results: Option<i32>,
    page_size: Option<i32>,
    stop_on_duplicate_token: Option<bool>,
    pages: Vec<Answer>,
}

/// What is asked of a paginator.
#[derive(Clone, Copy, Debug)]
enum Walk {
    /// Its pages.
    Pages,
    /// The items of its pages.
    Items,
}

/// A paginated operation in both crates.
pub(crate) struct Paginated {
    /// Its name in the model.
    pub(crate) name: &'static str,
    official: fn(&aws_sdk_ivsrealtime::Client, &Paging, Walk) -> Pending,
    ours: fn(&ivs_realtime::Client, &Paging, Walk) -> Pending,
    walks: &'static [Walk],
    /// The traits of the paginator, in AWS's crate and in the emitted one.
    pub(crate) traits: [fn() -> Facts; 2],
}

macro_rules! paginated {
    ($($function:ident $Operation:ident $([$items:ident])?),* $(,)?) => {
        /// Every paginated operation; where the paginator offers items, they are compared too.
        pub(crate) const PAGINATED: &[Paginated] = &[$(Paginated {
            name: stringify!($Operation),
            official: |client, paging, walk| paginated!(@walk client paging walk $function $($items)?),
            ours: |client, paging, walk| paginated!(@walk client paging walk $function $($items)?),
            walks: &[Walk::Pages $(, paginated!(@walk $items))?],
            traits: [
                || paginated!(@traits aws_sdk_ivsrealtime $function $Operation),
                || paginated!(@traits ivs_realtime $function $Operation),
            ],
        }),*];
    };
    (@traits $sdk:ident $function:ident $Operation:ident) => {
        paste! {{
            let mut facts = Facts::default();
            look_at_traits!(facts, "paginator", $sdk::operation::$function::paginator::[<$Operation Paginator>]);
            facts
        }}
    };
    (@walk items) => {
        Walk::Items
    };
    (@walk $client:ident $paging:ident $walk:ident $function:ident $($items:ident)?) => {{
        let call = $client.$function().set_next_token($paging.token.clone()).set_max_results($paging.max_results);
        let mut paginator = call.into_paginator();
        if let Some(size) = $paging.page_size {
            paginator = paginator.page_size(size);
        }
        if let Some(stop) = $paging.stop_on_duplicate_token {
            paginator = paginator.stop_on_duplicate_token(stop);
        }
        match $walk {
            Walk::Pages => Box::pin(pages(paginator.send())),
            $(Walk::Items => Box::pin(items(paginator.$items().send())),)?
            #[allow(unreachable_patterns)]
            Walk::Items => unreachable!("the paginator offers no items"),
        }
    }};
}

async fn pages<O: Debug + RequestId, E: Debug>(mut pages: PaginationStream<Result<O, E>>) -> Facts {
    let mut facts = Facts::default();
    let mut number = 0;
    while let Some(page) = pages.next().await {
        facts.debug(format!("page {number}"), &page);
        facts.debug(
            format!("request id of page {number}"),
            &page.ok().and_then(|page| page.request_id().map(str::to_owned)),
        );
        number += 1;
    }
    facts.debug("pages", &number);
    facts
}

async fn items<T: Debug, E: Debug>(mut items: PaginationStream<Result<T, E>>) -> Facts {
    let mut facts = Facts::default();
    let mut number = 0;
    while let Some(item) = items.next().await {
        facts.debug(format!("item {number}"), &item);
        number += 1;
    }
    facts.debug("items", &number);
    facts
}

paginated! {
    list_compositions ListCompositions,
    list_encoder_configurations ListEncoderConfigurations,
    list_ingest_configurations ListIngestConfigurations [items],
    list_participant_events ListParticipantEvents,
    list_participant_replicas ListParticipantReplicas [items],
    list_participants ListParticipants,
    list_public_keys ListPublicKeys [items],
    list_stage_sessions ListStageSessions,
    list_stages ListStages,
    list_storage_configurations ListStorageConfigurations,
}

/// Compares the paginators of an operation whose output is the structure `output`.
pub(crate) async fn compare(model: &Model, paginated: &Paginated, output: &str, extent: Extent) -> Findings {
    let stage = Stage::new(&format!("{}-pages", paginated.name)).await;
    Findings::search(&pagings(model, output), extent, async |paging: &Paging| {
        let replies: Vec<Reply> = paging.pages.iter().map(|page| page.response().into()).collect();
        let mut found = Vec::new();
        for &walk in paginated.walks {
            let act = Act {
                official: &|client| (paginated.official)(client, paging, walk),
                ours: &|client| (paginated.ours)(client, paging, walk),
            };
            found.extend(stage.compare(&replies, act).await);
        }
        found
    })
    .await
}

fn pagings(model: &Model, output: &str) -> BoxedStrategy<Paging> {
    let token = select(vec![None, Some(""), Some("a"), Some("b"), Some("c"), Some("d"), Some("e")]);
    let page = (structure(model, output, OUTPUT), token.clone()).prop_map(|(mut document, token)| {
        document["nextToken"] = json!(token);
        answer(200, &document)
    });
    let failure = select(vec![answer(400, &json!({"code": "ValidationException"})), answer(503, &json!({}))]);
    let pages = proptest::collection::vec(prop_oneof![8 => page, 1 => failure], 1..MOST_PAGES);
    let size = select(vec![None, Some(1), Some(0), Some(50)]);
    // The server repeats its last reply, so that one must not point to another page.
    let pages = pages.prop_map(|pages| pages.into_iter().chain([answer(200, &json!({}))]).collect());
    (token, size.clone(), size, any::<Option<bool>>(), pages)
        .prop_map(|(token, max_results, page_size, stop_on_duplicate_token, pages)| Paging {
            token: token.map(str::to_owned),
            max_results,
            page_size,
            stop_on_duplicate_token,
            pages,
        })
        .boxed()
}

fn answer(status: u16, document: &Value) -> Answer {
    let headers = vec![("x-amzn-requestid".to_owned(), "page".to_owned())];
    Answer { status, headers, body: Body(document.to_string().into_bytes()) }
}
