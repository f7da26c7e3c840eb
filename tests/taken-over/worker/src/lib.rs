//! Takes orders off an SQS queue, checks who sent them by a secret of Secrets Manager, and keeps them in a DynamoDB table.

pub mod order;
pub mod queue;
pub mod secret;
pub mod table;
pub mod worker;
