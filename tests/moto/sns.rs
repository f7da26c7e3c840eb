//! SNS: forms with lists and maps of structures, attributes in XML, pages of topics.

mod setup;

use setup::holds;
use sns::Client;
use sns::error::{ProvideErrorMetadata, SdkErrorExt};
use sns::operation::get_topic_attributes::GetTopicAttributesError;
use sns::primitives::Blob;
use sns::types::{MessageAttributeValue, PublishBatchRequestEntry, Tag, Topic};

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// One more than moto has on a page.
const TOPICS: usize = 101;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    let topic = attributes(&client).await?;
    messages(&client, &topic).await?;
    pages(&client).await?;
    missing(&client, &topic).await
}

async fn attributes(client: &Client) -> Checked<String> {
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    let created = client
        .create_topic()
        .name("seen")
        .attributes("DisplayName", "größe <&> 'x'")
        .attributes("KmsMasterKeyId", "alias/a")
        .tags(tag("b", "2")?)
        .tags(tag("a", "1=1&2")?)
        .send()
        .await?;
    let topic = created.topic_arn.expect("the ARN of the topic");
    let seen = client.get_topic_attributes().topic_arn(&topic).send().await?;
    let attribute = |name: &str| seen.attributes().and_then(|attributes| attributes.get(name)).map(String::as_str);
    assert_eq!(attribute("DisplayName"), Some("größe <&> 'x'"));
    assert_eq!(attribute("KmsMasterKeyId"), Some("alias/a"));
    let tags = client.list_tags_for_resource().resource_arn(&topic).send().await?;
    let mut tags: Vec<_> = tags.tags().iter().map(|tag| (tag.key(), tag.value())).collect();
    tags.sort_unstable();
    assert_eq!(tags, [("a", "1=1&2"), ("b", "2")]);
    holds("attributes and tags of a topic come back as they were sent");
    Ok(topic)
}

async fn messages(client: &Client, topic: &str) -> Checked {
    let text = MessageAttributeValue::builder().data_type("String").string_value("a+b %").build()?;
    let bytes = MessageAttributeValue::builder().data_type("Binary").binary_value(Blob::new([0, 255])).build()?;
    let published = client.publish().topic_arn(topic).message("hi").message_attributes("text", text);
    let published = published.message_attributes("bytes", bytes).send().await?;
    assert!(published.message_id().is_some());
    let entry = |id: &str, message: &str| PublishBatchRequestEntry::builder().id(id).message(message).build();
    let batch = client.publish_batch().topic_arn(topic);
    let batch = batch.publish_batch_request_entries(entry("1", "one")?).publish_batch_request_entries(entry("2", "")?);
    let batch = batch.send().await?;
    assert_eq!(batch.successful().len() + batch.failed().len(), 2, "{batch:?}");
    holds("messages are published with attributes, and in a batch");
    Ok(())
}

/// Every topic there is.
async fn topics(client: &Client) -> Checked<Vec<Topic>> {
    Ok(client.list_topics().into_paginator().items().send().collect::<Result<_, _>>().await?)
}

async fn pages(client: &Client) -> Checked {
    for index in 1..TOPICS {
        client.create_topic().name(format!("paged-{index}")).send().await?;
    }
    let mut pages = client.list_topics().into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.topics().len());
    }
    assert_eq!(sizes, [TOPICS - 1, 1]);
    assert_eq!(topics(client).await?.len(), TOPICS);
    holds(&format!("ListTopics gives {TOPICS} topics on 2 pages"));
    Ok(())
}

async fn missing(client: &Client, topic: &str) -> Checked {
    for topic in topics(client).await? {
        client.delete_topic().set_topic_arn(topic.topic_arn).send().await?;
    }
    assert!(topics(client).await?.is_empty());
    let error = client.get_topic_attributes().topic_arn(topic).send().await.expect_err("the topic was deleted");
    assert!(error.is_not_found(), "{}", error.describe());
    let described = error.describe();
    let error = error.into_service_error();
    assert!(matches!(error, GetTopicAttributesError::NotFoundException(_)), "{error:?}");
    assert_eq!((error.code(), error.message()), (Some("NotFound"), Some("Topic does not exist")));
    holds(described.split(" (request id").next().unwrap_or_default());
    Ok(())
}
