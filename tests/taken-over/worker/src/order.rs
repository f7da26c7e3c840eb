//! What an order is, on the queue and in the table.

use std::collections::HashMap;

use anyhow::Context;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Deserialize;

/// An order, as shops send it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Order {
    pub id: String,
    pub customer: String,
    pub cents: i64,
    #[serde(default)]
    pub articles: Vec<String>,
}

impl Order {
    /// The item of the table.
    pub fn into_item(self) -> HashMap<String, AttributeValue> {
        let articles = self.articles.into_iter().map(AttributeValue::S).collect();
        HashMap::from([
            ("customer".into(), AttributeValue::S(self.customer)),
            ("order".into(), AttributeValue::S(self.id)),
            ("cents".into(), AttributeValue::N(self.cents.to_string())),
            ("articles".into(), AttributeValue::L(articles)),
        ])
    }

    /// Reads an item of the table.
    pub fn from_item(item: &HashMap<String, AttributeValue>) -> anyhow::Result<Self> {
        let text = |name: &str| -> anyhow::Result<String> {
            let value = item.get(name).with_context(|| format!("the item has no {name}"))?;
            value.as_s().cloned().map_err(|other| anyhow::anyhow!("{name} is no text: {other:?}"))
        };
        let cents = match item.get("cents") {
            Some(AttributeValue::N(number)) => number.parse().context("cents")?,
            other => anyhow::bail!("cents is {other:?}"),
        };
        let articles = match item.get("articles").map(AttributeValue::as_l) {
            Some(Ok(list)) => list.iter().filter_map(|value| value.as_s().ok().cloned()).collect(),
            _ => Vec::new(),
        };
        Ok(Self { id: text("order")?, customer: text("customer")?, cents, articles })
    }
}
