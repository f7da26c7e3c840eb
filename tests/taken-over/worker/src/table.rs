//! The table of orders: customer and order are its key.

use anyhow::Context;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use aws_sdk_dynamodb::Client;

use crate::order::Order;

#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: String,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    New,
    /// It was there already: the queue delivers some messages twice.
    Known,
}

impl Table {
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into() }
    }

    /// Whether the table can be written to.
    pub async fn is_ready(&self) -> anyhow::Result<bool> {
        let described = self.client.describe_table().table_name(&self.name).send().await;
        let described = described.with_context(|| format!("cannot describe {}", self.name))?;
        let status = described.table().and_then(|table| table.table_status());
        Ok(status == Some(&aws_sdk_dynamodb::types::TableStatus::Active))
    }

    /// Keeps an order, once.
    pub async fn keep(&self, order: Order) -> Result<Kept, SdkError<PutItemError>> {
        let put = self.client.put_item().table_name(&self.name).set_item(Some(order.into_item()));
        match put
            .condition_expression("attribute_not_exists(#o)")
            .expression_attribute_names("#o", "order")
            .send()
            .await
        {
            Ok(_) => Ok(Kept::New),
            Err(SdkError::ServiceError(error)) if error.err().is_conditional_check_failed_exception() => {
                Ok(Kept::Known)
            }
            Err(other) => Err(other),
        }
    }

    /// All orders of a customer.
    pub async fn orders(&self, customer: &str) -> anyhow::Result<Vec<Order>> {
        let query = self.client.query().table_name(&self.name).key_condition_expression("customer = :c");
        let mut items = query
            .expression_attribute_values(":c", AttributeValue::S(customer.to_owned()))
            .into_paginator()
            .page_size(100)
            .items()
            .send();
        let mut orders = Vec::new();
        while let Some(item) = items.next().await {
            orders.push(Order::from_item(&item?)?);
        }
        Ok(orders)
    }

    /// Adds to what a customer has spent, and tells the sum.
    pub async fn add(&self, customer: &str, cents: i64) -> anyhow::Result<i64> {
        let updated = self
            .client
            .update_item()
            .table_name(&self.name)
            .key("customer", AttributeValue::S(customer.to_owned()))
            .key("order", AttributeValue::S("sum".to_owned()))
            .update_expression("ADD cents :more")
            .expression_attribute_values(":more", AttributeValue::N(cents.to_string()))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await?;
        let sum = updated.attributes().and_then(|all| all.get("cents")).and_then(|sum| sum.as_n().ok());
        sum.context("the sum is missing")?.parse().context("the sum")
    }
}
