//! Stages, tags, pages.

use super::{frozen, stage, started, started_with};
use tests::fake::{Quotas, Settings};

#[tokio::test]
async fn a_stage_is_created_changed_listed_and_deleted() {
    let (fake, client) = started().await;
    let created = client.create_stage().name("one").tags("team", "a").send().await.expect("it is created");
    let stage = created.stage().expect("it is shown");
    assert!(stage.arn().starts_with("arn:aws:ivs:us-east-1:123456789012:stage/"));
    assert_eq!(stage.tags().and_then(|tags| tags.get("team")).map(String::as_str), Some("a"));
    let updated = client.update_stage().arn(stage.arn()).name("two").send().await.expect("it is changed");
    assert_eq!(updated.stage().and_then(|stage| stage.name()), Some("two"));
    let listed = client.list_stages().send().await.expect("it is listed");
    assert_eq!(listed.stages().iter().map(|stage| stage.name()).collect::<Vec<_>>(), [Some("two")]);
    client.delete_stage().arn(stage.arn()).send().await.expect("it is deleted");
    assert!(fake.census().expect("no state file").is_empty());
    let gone = client.get_stage().arn(stage.arn()).send().await.expect_err("it is gone").into_service_error();
    assert!(gone.is_resource_not_found_exception(), "{gone:?}");
}

#[tokio::test]
async fn pages_hold_what_they_are_asked_for_and_their_tokens_end() {
    let (fake, client) = started_with(frozen()).await;
    for _ in 0..7 {
        stage(&client, 0).await;
    }
    let mut pages = client.list_stages().max_results(3).into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.expect("a page").stages().len());
    }
    assert_eq!(sizes, [3, 3, 1]);
    let first = client.list_stages().max_results(3).send().await.expect("the first page");
    let token = first.next_token().expect("there is more").to_owned();
    let refused = |token: String| {
        let client = &client;
        async move { client.list_stages().next_token(token).send().await.expect_err("refused").into_service_error() }
    };
    assert!(refused("AAAA".to_owned()).await.is_validation_exception());
    let of_another_list = client.list_compositions().next_token(&token).send().await.expect_err("another list");
    assert!(of_another_list.into_service_error().is_validation_exception());
    fake.advance(3600.0);
    assert!(refused(token).await.is_validation_exception());
}

#[tokio::test]
async fn tags_are_merged_removed_and_limited() {
    let (_fake, client) = started().await;
    let (arn, _) = stage(&client, 0).await;
    client.tag_resource().resource_arn(&arn).tags("a", "1").tags("b", "2").send().await.expect("tagged");
    client.tag_resource().resource_arn(&arn).tags("b", "3").send().await.expect("tagged again");
    client.untag_resource().resource_arn(&arn).tag_keys("a").send().await.expect("untagged");
    let listed = client.list_tags_for_resource().resource_arn(&arn).send().await.expect("listed");
    assert_eq!(format!("{:?}", listed.tags()), r#"{"b": "3"}"#);
    for index in 0..49 {
        client.tag_resource().resource_arn(&arn).tags(format!("k{index}"), "").send().await.expect("up to fifty");
    }
    let over = client.tag_resource().resource_arn(&arn).tags("one-more", "").send().await.expect_err("fifty-one");
    assert!(over.into_service_error().is_validation_exception());
    let reserved = client.tag_resource().resource_arn(&arn).tags("aws:x", "").send().await.expect_err("reserved");
    assert!(reserved.into_service_error().is_validation_exception());
}

#[tokio::test]
async fn quotas_are_kept() {
    let quotas = Quotas { stages: 1, ..Quotas::default() };
    let (_fake, client) = started_with(Settings { quotas, ..Settings::default() }).await;
    stage(&client, 0).await;
    let over = client.create_stage().send().await.expect_err("one stage is allowed").into_service_error();
    assert!(over.is_service_quota_exceeded_exception());
}
