//! EC2: forms and documents of its own kind, filters, pages of instances, waiters; its errors have codes and no types.

mod setup;

use std::time::Duration;

use ec2::Client;
use ec2::client::Waiters;
use ec2::error::{ProvideErrorMetadata, SdkErrorExt};
use ec2::types::{Filter, InstanceStateName, InstanceType, ResourceType, Tag, TagSpecification};
use ec2::waiters::instance_running::WaitUntilInstanceRunningError;
use setup::holds;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// How many groups of instances there are.
const GROUPS: usize = 12;

/// How long an instance may take.
const LONG: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    networks(&client).await?;
    keys(&client).await?;
    instances(&client).await
}

fn named(resource: ResourceType, name: &str) -> TagSpecification {
    let tag = Tag::builder().key("Name").value(name).build();
    TagSpecification::builder().resource_type(resource).tags(tag).build()
}

async fn networks(client: &Client) -> Checked {
    let created = client.create_vpc().cidr_block("10.1.0.0/16");
    let created = created.tag_specifications(named(ResourceType::Vpc, "a <&> b")).send().await?;
    let vpc = created.vpc().and_then(|vpc| vpc.vpc_id()).expect("the id of the network").to_owned();
    let by_name = Filter::builder().name("tag:Name").values("a <&> b").build();
    let by_range = Filter::builder().name("cidr").values("10.9.0.0/16").values("10.1.0.0/16").build();
    let found = client.describe_vpcs().filters(by_name).filters(by_range).send().await?;
    let [found] = found.vpcs() else { panic!("one network in {found:?}") };
    assert_eq!((found.vpc_id(), found.cidr_block()), (Some(vpc.as_str()), Some("10.1.0.0/16")));
    assert_eq!(found.is_default(), Some(false));
    assert_eq!(found.tags().first().and_then(Tag::value), Some("a <&> b"));
    client.delete_vpc().vpc_id(&vpc).send().await?;
    let error = client.delete_vpc().vpc_id(&vpc).send().await.expect_err("the network was deleted");
    let described = error.describe();
    assert_eq!(error.code(), Some("InvalidVpcID.NotFound"), "{described}");
    holds("a network is created, found by filters and deleted");
    holds(described.split(" (request id").next().unwrap_or_default());
    Ok(())
}

async fn keys(client: &Client) -> Checked {
    let key = client.create_key_pair().key_name("seen").send().await?;
    assert!(key.key_material().is_some_and(|material| material.starts_with("-----BEGIN")), "a private key");
    assert!(!format!("{key:?}").contains("BEGIN"), "Debug shows no private key");
    client.delete_key_pair().key_name("seen").send().await?;
    assert!(client.describe_key_pairs().send().await?.key_pairs().is_empty());
    holds("a pair of keys is created, which Debug does not show, and deleted");
    Ok(())
}

async fn instances(client: &Client) -> Checked {
    let mut ids = Vec::new();
    for index in 0..GROUPS {
        let tags = named(ResourceType::Instance, &format!("group-{index}"));
        let run = client.run_instances().image_id("ami-12c6146b").instance_type(InstanceType::T3Micro);
        let started = run.min_count(1).max_count(2).tag_specifications(tags).send().await?;
        ids.extend(started.instances().iter().filter_map(|instance| instance.instance_id()).map(str::to_owned));
    }
    let mut pages = client.describe_instances().into_paginator().page_size(5).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.reservations().len());
    }
    assert_eq!(sizes, [5, 5, 2]);
    let listed = client.describe_instances().into_paginator().page_size(5).items().send();
    let listed = listed.collect::<Result<Vec<_>, _>>().await?;
    let mut seen: Vec<_> = listed.iter().flat_map(|group| group.instances()).collect();
    assert!(seen.iter().all(|instance| instance.instance_type() == Some(&InstanceType::T3Micro)));
    assert!(seen.iter().all(|instance| instance.launch_time().is_some_and(|time| time.secs() > 1_600_000_000)));
    seen.sort_by_key(|instance| instance.instance_id());
    ids.sort();
    assert!(seen.iter().map(|instance| instance.instance_id()).eq(ids.iter().map(|id| Some(id.as_str()))));
    holds(&format!("DescribeInstances gives {} instances on {} pages", ids.len(), sizes.len()));
    waited(client, &ids[..2]).await?;
    let ended = client.terminate_instances().set_instance_ids(Some(ids.clone())).send().await?;
    let states =
        ended.terminating_instances().iter().map(|change| change.current_state().and_then(|state| state.name()));
    assert!(states.into_iter().all(|state| state.is_some_and(|state| *state != InstanceStateName::Running)));
    client.wait_until_instance_terminated().instance_ids(&ids[0]).wait(LONG).await?;
    let failed = client.wait_until_instance_running().instance_ids(&ids[0]).wait(LONG).await;
    let Err(WaitUntilInstanceRunningError::FailureState(failed)) = failed else { panic!("{failed:?}") };
    assert!(failed.final_poll().as_result().is_ok(), "the call itself has succeeded");
    holds("instances are terminated, and nobody waits for them to run");
    Ok(())
}

/// Paths through all instances of all groups, and codes of errors that have no types.
async fn waited(client: &Client, ids: &[String]) -> Checked {
    let last = client.wait_until_instance_running().set_instance_ids(Some(ids.to_vec())).wait(LONG).await?;
    let output = last.into_result().expect("the last call succeeds");
    let instances = output.reservations().iter().flat_map(|group| group.instances());
    assert_eq!(instances.count(), ids.len());
    client.wait_until_instance_exists().instance_ids(&ids[0]).wait(LONG).await?;
    let unknown = "i-0123456789abcdef0";
    let late = client.wait_until_instance_exists().instance_ids(unknown).wait(Duration::from_millis(100)).await;
    let said = late.expect_err("there is no such instance").to_string();
    holds(&format!("waiters see that instances run, and that one does not come: {said}"));
    Ok(())
}
