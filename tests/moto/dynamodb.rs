//! DynamoDB: pages whose token is a map, and waiters for tables.

mod setup;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use dynamodb::Client;
use dynamodb::client::Waiters;
use dynamodb::error::SdkErrorExt;
use dynamodb::operation::scan::ScanError;
use dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, TableStatus,
};
use dynamodb::waiters::table_exists::WaitUntilTableExistsError;
use setup::holds;

type Checked = Result<(), Box<dyn std::error::Error>>;

/// An item, as its attributes by name.
type Item = HashMap<String, AttributeValue>;

/// How many items there are.
const ITEMS: usize = 25;

/// How long a table may take.
const LONG: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    fill(&client).await?;
    scan(&client).await?;
    query(&client).await?;
    deleted(&client).await
}

async fn fill(client: &Client) -> Checked {
    let attribute = |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build();
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    client
        .create_table()
        .table_name("talks")
        .attribute_definitions(attribute("room", ScalarAttributeType::S)?)
        .attribute_definitions(attribute("hour", ScalarAttributeType::N)?)
        .key_schema(key("room", KeyType::Hash)?)
        .key_schema(key("hour", KeyType::Range)?)
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await?;
    let last = client.wait_until_table_exists().table_name("talks").wait(LONG).await?;
    let table = last.into_result().expect("the last call succeeds");
    assert_eq!(table.table().and_then(|table| table.table_status()), Some(&TableStatus::Active));
    holds("a waiter ends with the table that it has waited for");
    for hour in 0..ITEMS {
        client
            .put_item()
            .table_name("talks")
            .item("room", AttributeValue::S("lobby".to_owned()))
            .item("hour", AttributeValue::N(hour.to_string()))
            .send()
            .await?;
    }
    Ok(())
}

/// The hours of items.
fn hours(items: &[Item]) -> BTreeSet<usize> {
    let hour = |item: &Item| item.get("hour")?.as_n().ok()?.parse().ok();
    items.iter().filter_map(hour).collect()
}

async fn scan(client: &Client) -> Checked {
    let mut pages = client.scan().table_name("talks").into_paginator().page_size(10).send();
    let mut items: Vec<Item> = Vec::new();
    let mut count = 0;
    while let Some(page) = pages.try_next().await? {
        items.extend_from_slice(page.items());
        count += 1;
    }
    assert_eq!((items.len(), hours(&items)), (ITEMS, (0..ITEMS).collect()));
    assert!(count >= 3, "{count} pages");
    holds(&format!("Scan gives {ITEMS} items on {count} pages"));

    let all = client.scan().table_name("talks").limit(4).into_paginator().items().send();
    let items = all.collect::<Result<Vec<Item>, _>>().await?;
    assert_eq!(hours(&items), (0..ITEMS).collect());
    holds(&format!("Scan gives {ITEMS} items one by one"));
    Ok(())
}

async fn query(client: &Client) -> Checked {
    let query = client
        .query()
        .table_name("talks")
        .key_condition_expression("room = :room AND #h >= :first")
        .expression_attribute_names("#h", "hour")
        .expression_attribute_values(":room", AttributeValue::S("lobby".to_owned()))
        .expression_attribute_values(":first", AttributeValue::N("5".to_owned()));
    let mut pages = query.clone().into_paginator().page_size(8).send();
    let mut count = 0;
    while let Some(page) = pages.try_next().await? {
        assert!(page.items().len() <= 8, "{} items", page.items().len());
        count += 1;
    }
    assert!(count >= 3, "{count} pages");
    let items = query.into_paginator().page_size(8).items().send().collect::<Result<Vec<Item>, _>>().await?;
    assert_eq!((items.len(), hours(&items)), (ITEMS - 5, (5..ITEMS).collect()));
    holds(&format!("Query gives {} items on {count} pages", items.len()));
    Ok(())
}

async fn deleted(client: &Client) -> Checked {
    let item = client.delete_item().table_name("talks").key("room", AttributeValue::S("lobby".to_owned()));
    let item = item.key("hour", AttributeValue::N("7".to_owned()));
    let again = item.clone().condition_expression("attribute_exists(room)");
    item.send().await?;
    let error = again.send().await.expect_err("the item was deleted");
    assert!(error.is_conditional_check_failed(), "{}", error.describe());
    client.delete_table().table_name("talks").send().await?;
    let last = client.wait_until_table_not_exists().table_name("talks").wait(LONG).await?;
    let error = last.into_result().expect_err("there is no table that it could describe");
    assert!(error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()), "{error:?}");
    let late = client.wait_until_table_exists().table_name("talks").wait(Duration::from_millis(100)).await;
    let Err(WaitUntilTableExistsError::ExceededMaxWait(late)) = late else { panic!("{late:?}") };
    assert_eq!(late.max_wait(), Duration::from_millis(100));
    holds("waiters end when a table is gone, and when their time is over");
    let error = client.scan().table_name("talks").send().await.expect_err("the table was deleted");
    assert!(error.is_resource_not_found(), "{}", error.describe());
    let described = error.describe();
    assert!(matches!(error.into_service_error(), ScanError::ResourceNotFoundException(_)));
    holds(described.split(" (request id").next().unwrap_or_default());
    Ok(())
}
