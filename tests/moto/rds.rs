//! RDS: lists of structures in forms, pages of databases, exceptions by codes that are not their names.

mod setup;

use rds::Client;
use rds::error::{ProvideErrorMetadata, SdkErrorExt};
use rds::operation::describe_db_instances::DescribeDBInstancesError;
use rds::types::Tag;
use setup::holds;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// More than fit on a page, of which 20 are the smallest.
const DATABASES: usize = 23;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    created(&client).await?;
    pages(&client).await?;
    taken(&client).await;
    deleted(&client).await
}

fn name(index: usize) -> String {
    format!("db-{index:02}")
}

async fn created(client: &Client) -> Checked {
    for index in 0..DATABASES {
        let database = client.create_db_instance().db_instance_identifier(name(index)).engine("postgres");
        let database = database.db_instance_class("db.t3.micro").allocated_storage(20).multi_az(true);
        let database = database.master_username("ada").master_user_password("a secret & more");
        let tag = Tag::builder().key("index").value(index.to_string()).build();
        let created = database.tags(tag).send().await?;
        let created = created.db_instance().expect("the database");
        assert_eq!(created.db_instance_identifier(), Some(name(index).as_str()));
    }
    let found = client.describe_db_instances().db_instance_identifier(name(7)).send().await?;
    let [found] = found.db_instances() else { panic!("one database in {found:?}") };
    assert_eq!((found.engine(), found.allocated_storage(), found.multi_az()), (Some("postgres"), Some(20), Some(true)));
    assert_eq!(found.tag_list().first().and_then(Tag::value), Some("7"));
    assert!(found.endpoint().is_some_and(|endpoint| endpoint.port().is_some()), "{:?}", found.endpoint());
    holds("a database comes back as it was asked for");
    Ok(())
}

async fn pages(client: &Client) -> Checked {
    let mut pages = client.describe_db_instances().into_paginator().page_size(20).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.db_instances().len());
    }
    assert_eq!(sizes, [20, DATABASES - 20]);
    let databases = client.describe_db_instances().into_paginator().page_size(20).items().send();
    assert_eq!(databases.collect::<Result<Vec<_>, _>>().await?.len(), DATABASES);
    holds(&format!("DescribeDBInstances gives {DATABASES} databases on 2 pages"));
    Ok(())
}

async fn taken(client: &Client) {
    let again = client.create_db_instance().db_instance_identifier(name(0)).engine("postgres");
    let again = again.db_instance_class("db.t3.micro").allocated_storage(20);
    let error = again.send().await.expect_err("the database is there");
    assert!(error.is_db_instance_already_exists(), "{}", error.describe());
    assert_eq!(error.code(), Some("DBInstanceAlreadyExists"));
}

async fn deleted(client: &Client) -> Checked {
    for index in 0..DATABASES {
        client.delete_db_instance().db_instance_identifier(name(index)).skip_final_snapshot(true).send().await?;
    }
    let gone = client.describe_db_instances().db_instance_identifier(name(0));
    let error = gone.send().await.expect_err("the database was deleted");
    assert!(error.is_db_instance_not_found(), "{}", error.describe());
    let described = error.describe();
    let error = error.into_service_error();
    assert!(matches!(error, DescribeDBInstancesError::DbInstanceNotFoundFault(_)), "{error:?}");
    assert_eq!(error.code(), Some("DBInstanceNotFound"));
    holds(described.split(" (request id").next().unwrap_or_default());
    Ok(())
}
