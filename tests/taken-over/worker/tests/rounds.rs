//! Rounds of the worker, with rules in the place of the services.

use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemOutput};
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::types::error::{ConditionalCheckFailedException, ProvisionedThroughputExceededException};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::operation::change_message_visibility::ChangeMessageVisibilityOutput;
use aws_sdk_sqs::operation::delete_message_batch::DeleteMessageBatchOutput;
use aws_sdk_sqs::operation::get_queue_url::GetQueueUrlError;
use aws_sdk_sqs::operation::receive_message::ReceiveMessageOutput;
use aws_sdk_sqs::types::error::QueueDoesNotExist;
use aws_sdk_sqs::types::{
    BatchResultErrorEntry, DeleteMessageBatchResultEntry, Message, MessageAttributeValue, MessageSystemAttributeName,
};
use aws_smithy_mocks::{mock, mock_client, RuleMode};
use order_worker::queue::Queue;
use order_worker::table::Table;
use order_worker::worker::{Round, Worker};

const URL: &str = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders";

fn message(id: &str, signature: &str) -> Message {
    let signature = MessageAttributeValue::builder().data_type("String").string_value(signature).build();
    Message::builder()
        .message_id(id)
        .receipt_handle(format!("handle-{id}"))
        .body(format!(r#"{{"id": "{id}", "customer": "ada", "cents": 1250, "articles": ["tea"]}}"#))
        .message_attributes("signature", signature.expect("it has a type"))
        .attributes(MessageSystemAttributeName::ApproximateReceiveCount, "2")
        .build()
}

#[tokio::test]
async fn orders_are_kept_once_and_strangers_are_refused() {
    let receive = mock!(aws_sdk_sqs::Client::receive_message)
        .match_requests(|request| request.queue_url() == Some(URL) && request.max_number_of_messages() == Some(10))
        .then_output(|| {
            let messages = ["1", "2"].map(|id| message(id, "word"));
            ReceiveMessageOutput::builder().set_messages(Some(messages.into())).messages(message("3", "guess")).build()
        });
    let delete = mock!(aws_sdk_sqs::Client::delete_message_batch)
        .match_requests(|request| request.entries().len() == 3 && request.entries()[2].receipt_handle() == "handle-3")
        .then_output(|| {
            let deleted = DeleteMessageBatchResultEntry::builder().id("0").build().expect("it has an id");
            let failed = BatchResultErrorEntry::builder().id("1").code("InternalError").sender_fault(false).build();
            let output = DeleteMessageBatchOutput::builder().successful(deleted);
            output.failed(failed.expect("it has all")).build().expect("it has both lists")
        });
    let known = mock!(aws_sdk_dynamodb::Client::put_item)
        .match_requests(|request| {
            request.item().and_then(|item| item.get("order")).map(|id| id.as_s()) == Some(Ok(&"2".into()))
        })
        .then_error(|| {
            let failed = ConditionalCheckFailedException::builder().message("The conditional request failed").build();
            PutItemError::ConditionalCheckFailedException(failed)
        });
    let new = mock!(aws_sdk_dynamodb::Client::put_item)
        .match_requests(|request| request.condition_expression() == Some("attribute_not_exists(#o)"))
        .then_output(|| PutItemOutput::builder().build());
    let sum = mock!(aws_sdk_dynamodb::Client::update_item)
        .then_output(|| UpdateItemOutput::builder().attributes("cents", AttributeValue::N("2500".into())).build());

    let worker = Worker {
        queue: Queue::new(mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&receive, &delete]), URL),
        table: Table::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&known, &new, &sum]), "orders"),
        signature: "word".into(),
    };
    let round = worker.round().await.expect("all services answer");
    assert_eq!(round, Round { new: 1, known: 1, refused: 1, put_off: 0 });
    assert_eq!((receive.num_calls(), delete.num_calls(), sum.num_calls()), (1, 1, 1));
}

#[tokio::test]
async fn an_order_that_cannot_be_kept_comes_again_later() {
    let receive = mock!(aws_sdk_sqs::Client::receive_message)
        .then_output(|| ReceiveMessageOutput::builder().messages(message("1", "word")).build());
    let put_off = mock!(aws_sdk_sqs::Client::change_message_visibility)
        .match_requests(|request| {
            request.visibility_timeout() == Some(60) && request.receipt_handle() == Some("handle-1")
        })
        .then_output(|| ChangeMessageVisibilityOutput::builder().build());
    let full = mock!(aws_sdk_dynamodb::Client::put_item).then_error(|| {
        let exceeded = ProvisionedThroughputExceededException::builder().message("slow down").build();
        PutItemError::ProvisionedThroughputExceededException(exceeded)
    });
    let worker = Worker {
        queue: Queue::new(mock_client!(aws_sdk_sqs, [&receive, &put_off]), URL),
        table: Table::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&full]), "orders"),
        signature: "word".into(),
    };
    let round = worker.round().await.expect("the queue answers");
    assert_eq!(round, Round { put_off: 1, ..Round::default() });
    assert_eq!(put_off.num_calls(), 1);
}

#[tokio::test]
async fn a_queue_that_is_missing_is_none() {
    let missing = mock!(aws_sdk_sqs::Client::get_queue_url)
        .match_requests(|request| request.queue_name() == Some("orders"))
        .then_error(|| GetQueueUrlError::QueueDoesNotExist(QueueDoesNotExist::builder().build()));
    let found = Queue::find(mock_client!(aws_sdk_sqs, [&missing]), "orders").await;
    assert!(found.expect("it is no error").is_none());
}
