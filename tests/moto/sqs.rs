//! SQS: errors of a service that spoke the query protocol, maps whose keys are enums, pages of queues.

mod setup;

use setup::holds;
use sqs::Client;
use sqs::error::{ProvideErrorMetadata, SdkErrorExt};
use sqs::operation::send_message::SendMessageError;
use sqs::types::QueueAttributeName;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    missing_queue(&client).await;
    messages(&client).await?;
    let queues = pages(&client).await?;
    deleted(&client, queues).await
}

async fn missing_queue(client: &Client) {
    let queue = format!("{}/123456789012/missing", setup::url());
    let error = client.send_message().queue_url(queue).message_body("hi").send().await.expect_err("there is no queue");
    assert!(error.is_queue_does_not_exist(), "{}", error.describe());
    let described = error.describe();
    let error = error.into_service_error();
    assert_eq!(error.code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
    assert_eq!(error.meta().extra("type"), Some("Sender"));
    assert!(matches!(error, SendMessageError::QueueDoesNotExist(_)), "{error:?}");
    holds(&described);
}

async fn messages(client: &Client) -> Checked {
    let created = client.create_queue().queue_name("seen").attributes(QueueAttributeName::VisibilityTimeout, "45");
    let queue = created.send().await?.queue_url.expect("the URL of the queue");
    client.send_message().queue_url(&queue).message_body("größe <&>").send().await?;
    let received = client.receive_message().queue_url(&queue).send().await?;
    assert_eq!(received.messages()[0].body(), Some("größe <&>"));
    let asked = client.get_queue_attributes().queue_url(&queue).attribute_names(QueueAttributeName::VisibilityTimeout);
    let attributes = asked.send().await?.attributes.expect("the attribute that was asked for");
    assert_eq!(attributes.get(&QueueAttributeName::VisibilityTimeout).map(String::as_str), Some("45"));
    holds("a message and an attribute of a queue come back as they were sent");
    Ok(())
}

async fn pages(client: &Client) -> Checked<Vec<String>> {
    for index in 0..5 {
        client.create_queue().queue_name(format!("paged-{index}")).send().await?;
    }
    let listed = client.list_queues().queue_name_prefix("paged-").into_paginator().page_size(2).items().send();
    let queues = listed.collect::<Result<Vec<String>, _>>().await?;
    assert_eq!(queues.len(), 5, "{queues:?}");
    holds("ListQueues gives 5 queues in pages of 2");
    Ok(queues)
}

async fn deleted(client: &Client, queues: Vec<String>) -> Checked {
    for queue in queues {
        client.delete_queue().queue_url(queue).send().await?;
    }
    assert!(client.list_queues().queue_name_prefix("paged-").send().await?.queue_urls().is_empty());
    holds("queues are deleted");
    Ok(())
}
