//! IAM: documents of policies in forms and in XML, pages of roles, exceptions by their codes.

mod setup;

use std::collections::BTreeSet;

use iam::Client;
use iam::error::{ProvideErrorMetadata, SdkErrorExt};
use iam::operation::create_role::CreateRoleError;
use iam::types::Tag;
use setup::holds;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Who may take a role.
const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;

/// The path of the roles here.
const PATH: &str = "/seen & heard/";

/// How many there are.
const ROLES: usize = 7;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    created(&client).await?;
    pages(&client).await?;
    policies(&client).await?;
    taken(&client).await;
    deleted(&client).await
}

fn name(index: usize) -> String {
    format!("role-{index}")
}

async fn created(client: &Client) -> Checked {
    for index in 0..ROLES {
        let tag = Tag::builder().key("index").value(index.to_string()).build()?;
        let role = client.create_role().role_name(name(index)).path(PATH).assume_role_policy_document(TRUST).tags(tag);
        let created = role.max_session_duration(7200).send().await?;
        let role = created.role().expect("the role");
        assert_eq!((role.role_name(), role.path()), (name(index).as_str(), PATH));
    }
    let seen = client.get_role().role_name(name(3)).send().await?;
    let role = seen.role().expect("the role");
    assert_eq!(role.max_session_duration(), Some(7200));
    assert!(role.create_date().secs() > 1_600_000_000, "{:?}", role.create_date());
    assert_eq!(role.tags().iter().map(|tag| (tag.key(), tag.value())).collect::<Vec<_>>(), [("index", "3")]);
    assert!(role.assume_role_policy_document().is_some_and(|document| document.contains("AssumeRole")));
    holds("a role has its path, tags, times and policy");
    Ok(())
}

async fn pages(client: &Client) -> Checked {
    let mut pages = client.list_roles().path_prefix(PATH).into_paginator().page_size(3).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.roles().len());
    }
    assert_eq!(sizes, [3, 3, 1]);
    let roles = client.list_roles().path_prefix(PATH).into_paginator().page_size(2).items().send();
    let roles = roles.collect::<Result<Vec<_>, _>>().await?;
    let names: BTreeSet<_> = roles.iter().map(|role| role.role_name().to_owned()).collect();
    assert_eq!(names, (0..ROLES).map(name).collect());
    holds(&format!("ListRoles gives {ROLES} roles on 3 pages"));
    Ok(())
}

async fn policies(client: &Client) -> Checked {
    let document =
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#;
    client.put_role_policy().role_name(name(0)).policy_name("read+write").policy_document(document).send().await?;
    let seen = client.get_role_policy().role_name(name(0)).policy_name("read+write").send().await?;
    assert_eq!(seen.policy_name(), "read+write");
    assert!(seen.policy_document().contains("s3%3A%2A") || seen.policy_document().contains("s3:*"), "{seen:?}");
    let names = client.list_role_policies().role_name(name(0)).into_paginator().items().send();
    assert_eq!(names.collect::<Result<Vec<_>, _>>().await?, ["read+write"]);
    client.delete_role_policy().role_name(name(0)).policy_name("read+write").send().await?;
    holds("a policy of a role is put, listed and deleted");
    Ok(())
}

async fn taken(client: &Client) {
    let again = client.create_role().role_name(name(0)).assume_role_policy_document(TRUST);
    let error = again.send().await.expect_err("the role is there");
    assert!(error.is_entity_already_exists(), "{}", error.describe());
    let error = error.into_service_error();
    assert!(matches!(error, CreateRoleError::EntityAlreadyExistsException(_)), "{error:?}");
    assert_eq!(error.code(), Some("EntityAlreadyExists"));
}

async fn deleted(client: &Client) -> Checked {
    for index in 0..ROLES {
        client.delete_role().role_name(name(index)).send().await?;
    }
    let error = client.get_role().role_name(name(0)).send().await.expect_err("the role was deleted");
    assert!(error.is_no_such_entity() && !error.is_retryable(), "{}", error.describe());
    holds(error.describe().split(" (request id").next().unwrap_or_default());
    Ok(())
}
