//! The queue: messages come in tens, and go in tens.

use aws_sdk_sqs::operation::delete_message_batch::DeleteMessageBatchOutput;
use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName};
use aws_sdk_sqs::Client;

/// A message that was tried this often is left to the dead letter queue.
const TRIES: u32 = 3;

#[derive(Clone, Debug)]
pub struct Queue {
    client: Client,
    url: String,
}

impl Queue {
    pub fn new(client: Client, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }

    /// Finds the queue by its name; `None` if there is none.
    pub async fn find(client: Client, name: &str) -> Result<Option<Self>, aws_sdk_sqs::Error> {
        match client.get_queue_url().queue_name(name).send().await {
            Ok(found) => Ok(found.queue_url().map(|url| Self::new(client, url))),
            Err(error) => match error.into_service_error() {
                missing if missing.is_queue_does_not_exist() => Ok(None),
                other => Err(other.into()),
            },
        }
    }

    /// Up to ten messages; waits for some.
    pub async fn receive(&self) -> Result<Vec<Message>, aws_sdk_sqs::Error> {
        let received = self
            .client
            .receive_message()
            .queue_url(&self.url)
            .max_number_of_messages(10)
            .wait_time_seconds(20)
            .message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount)
            .message_attribute_names("signature")
            .send()
            .await?;
        Ok(received.messages.unwrap_or_default())
    }

    /// Deletes messages; gives those of them that the service kept.
    pub async fn delete(&self, messages: &[Message]) -> Result<Vec<String>, aws_sdk_sqs::Error> {
        if messages.is_empty() {
            return Ok(Vec::new());
        }
        let entries = messages.iter().enumerate().filter_map(|(index, message)| {
            let entry = DeleteMessageBatchRequestEntry::builder().id(index.to_string());
            Some(entry.receipt_handle(message.receipt_handle()?).build())
        });
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        let deleted = self.client.delete_message_batch().queue_url(&self.url).set_entries(Some(entries)).send().await?;
        Ok(failures(&deleted))
    }

    /// Puts a message off, the longer the more often it was tried.
    pub async fn put_off(&self, message: &Message) -> Result<(), aws_sdk_sqs::Error> {
        let tries = tries(message);
        if tries >= TRIES {
            return Ok(());
        }
        let change = self.client.change_message_visibility().queue_url(&self.url);
        let seconds = 30 * i32::try_from(tries).unwrap_or(1);
        change.set_receipt_handle(message.receipt_handle.clone()).visibility_timeout(seconds).send().await?;
        Ok(())
    }
}

fn tries(message: &Message) -> u32 {
    let attributes = message.attributes();
    let count = attributes.and_then(|all| all.get(&MessageSystemAttributeName::ApproximateReceiveCount));
    count.and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn failures(deleted: &DeleteMessageBatchOutput) -> Vec<String> {
    deleted.failed().iter().map(|failed| format!("{}: {}", failed.id(), failed.code())).collect()
}
