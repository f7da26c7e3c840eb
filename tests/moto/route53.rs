//! Route 53: documents in XML both ways, ids with prefixes, pages of zones.

mod setup;

use route53::Client;
use route53::error::{ProvideErrorMetadata, SdkErrorExt};
use route53::operation::get_hosted_zone::GetHostedZoneError;
use route53::types::{Change, ChangeAction, ChangeBatch, HostedZoneConfig, ResourceRecord, ResourceRecordSet, RrType};
use setup::holds;

type Checked<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// How many zones there are.
const ZONES: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    let zones = created(&client).await?;
    pages(&client).await?;
    records(&client, &zones[0]).await?;
    deleted(&client, &zones).await
}

async fn created(client: &Client) -> Checked<Vec<String>> {
    let mut zones = Vec::new();
    for index in 0..ZONES {
        let config = HostedZoneConfig::builder().comment("größe <&>").private_zone(false).build();
        let zone =
            client.create_hosted_zone().name(format!("zone-{index}.example.")).caller_reference(index.to_string());
        let created = zone.hosted_zone_config(config).send().await?;
        let zone = created.hosted_zone().expect("the zone");
        assert!(zone.id().starts_with("/hostedzone/"), "{}", zone.id());
        assert!(created.location().contains("hostedzone"));
        assert_eq!(zone.config().and_then(HostedZoneConfig::comment), Some("größe <&>"));
        zones.push(zone.id().to_owned());
    }
    holds(&format!("{ZONES} zones are created, whose ids begin with /hostedzone/"));
    Ok(zones)
}

async fn pages(client: &Client) -> Checked {
    let mut pages = client.list_hosted_zones().into_paginator().page_size(2).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.hosted_zones().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let zones = client.list_hosted_zones().into_paginator().page_size(2).items().send();
    assert_eq!(zones.collect::<Result<Vec<_>, _>>().await?.len(), ZONES);
    holds(&format!("ListHostedZones gives {ZONES} zones on 3 pages"));
    Ok(())
}

fn batch(action: ChangeAction) -> Checked<ChangeBatch> {
    let value = |text: &str| ResourceRecord::builder().value(text).build();
    let records = ResourceRecordSet::builder().name("www.zone-0.example.").r#type(RrType::A).ttl(60);
    let records = records.resource_records(value("10.0.0.1")?).resource_records(value("10.0.0.2")?).build()?;
    let change = Change::builder().action(action).resource_record_set(records).build()?;
    Ok(ChangeBatch::builder().changes(change).comment("a & b").build()?)
}

async fn records(client: &Client, zone: &str) -> Checked {
    let change = client.change_resource_record_sets().hosted_zone_id(zone).change_batch(batch(ChangeAction::Create)?);
    let changed = change.send().await?;
    let change = changed.change_info().map(|change| change.id()).expect("the id of the change");
    assert!(change.starts_with("/change/"), "{change}");
    client.get_change().id(change).send().await?;
    let listed = client.list_resource_record_sets().hosted_zone_id(zone).send().await?;
    let found = listed.resource_record_sets().iter().find(|set| *set.r#type() == RrType::A).expect("the records");
    assert_eq!((found.name(), found.ttl()), ("www.zone-0.example.", Some(60)));
    let values: Vec<_> = found.resource_records().iter().map(ResourceRecord::value).collect();
    assert_eq!(values, ["10.0.0.1", "10.0.0.2"]);
    let again = client.change_resource_record_sets().hosted_zone_id(zone).change_batch(batch(ChangeAction::Create)?);
    let error = again.send().await.expect_err("the records are there");
    assert!(error.is_invalid_change_batch(), "{}", error.describe());
    holds(error.describe().split(" (request id").next().unwrap_or_default());
    let change = client.change_resource_record_sets().hosted_zone_id(zone).change_batch(batch(ChangeAction::Delete)?);
    change.send().await?;
    holds("records are created, listed and deleted, by ids with their prefixes");
    Ok(())
}

async fn deleted(client: &Client, zones: &[String]) -> Checked {
    for zone in zones {
        client.delete_hosted_zone().id(zone).send().await?;
    }
    let error = client.get_hosted_zone().id(&zones[0]).send().await.expect_err("the zone was deleted");
    assert!(error.is_no_such_hosted_zone(), "{}", error.describe());
    let error = error.into_service_error();
    assert!(matches!(error, GetHostedZoneError::NoSuchHostedZone(_)), "{error:?}");
    assert_eq!(error.code(), Some("NoSuchHostedZone"));
    holds("a zone that was deleted is a NoSuchHostedZone");
    Ok(())
}
