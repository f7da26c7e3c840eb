//! What is done with each message.

use aws_sdk_sqs::types::Message;

use crate::order::Order;
use crate::queue::Queue;
use crate::table::{Kept, Table};

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub new: usize,
    pub known: usize,
    pub refused: usize,
    pub put_off: usize,
}

#[derive(Debug)]
pub struct Worker {
    pub queue: Queue,
    pub table: Table,
    pub signature: String,
}

impl Worker {
    /// Receives once, and works through what came.
    pub async fn round(&self) -> anyhow::Result<Round> {
        let mut round = Round::default();
        let mut done = Vec::new();
        for message in self.queue.receive().await? {
            let Some(order) = self.read(&message) else {
                tracing::warn!(id = message.message_id(), "refused");
                round.refused += 1;
                done.push(message);
                continue;
            };
            let (customer, cents) = (order.customer.clone(), order.cents);
            match self.table.keep(order).await {
                Ok(Kept::New) => {
                    let sum = self.table.add(&customer, cents).await?;
                    tracing::info!(customer, sum, "kept");
                    round.new += 1;
                    done.push(message);
                }
                Ok(Kept::Known) => {
                    round.known += 1;
                    done.push(message);
                }
                Err(error) => {
                    tracing::warn!(error = %aws_sdk_dynamodb::error::DisplayErrorContext(&error), "put off");
                    self.queue.put_off(&message).await?;
                    round.put_off += 1;
                }
            }
        }
        for kept in self.queue.delete(&done).await? {
            tracing::warn!("not deleted: {kept}");
        }
        Ok(round)
    }

    /// The order of a message that is signed; `None` for anything else.
    fn read(&self, message: &Message) -> Option<Order> {
        let signature = message.message_attributes()?.get("signature")?.string_value()?;
        if signature != self.signature {
            return None;
        }
        serde_json::from_str(message.body()?).ok()
    }
}
