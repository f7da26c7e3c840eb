//! A list whose server is stuck.

use super::{Bench, body};

const SAME: &str = r#"{"stages": [{"arn": "a"}], "nextToken": "again"}"#;

#[tokio::test]
async fn a_token_that_is_repeated_ends_the_list() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 99, body(SAME));
    let mut pages = bench.client().list_stages().into_paginator().send();
    for _ in 0..2 {
        pages.next().await.expect("a page").expect("that the second has the token again is seen after it");
    }
    assert!(pages.next().await.is_none(), "it would go on for ever");
    assert_eq!(bench.served("ListStages").0, 2);
}

#[tokio::test]
async fn whoever_wants_the_same_token_again_gets_it() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 5, body(SAME));
    let mut pages = bench.client().list_stages().into_paginator().stop_on_duplicate_token(false).send();
    for _ in 0..5 {
        pages.next().await.expect("a page").expect("the token may be the same");
    }
    drop(pages);
    assert_eq!(bench.served("ListStages").0, 5);
}

#[tokio::test]
async fn a_page_that_fails_ends_the_list() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 1, body(SAME));
    let mut items = bench.client().list_stages().into_paginator().items().send();
    assert!(items.next().await.expect("an item").is_ok());
    // The server did not make the token.
    let error = items.next().await.expect("the second page").expect_err("no token of it");
    bench.told(&error);
    assert!(error.into_service_error().is_validation_exception());
    assert!(items.next().await.is_none());
}
