//! The partitions, beside the data that AWS publishes.

use crate::endpoint::partition::*;
use serde_json::Value;

fn name(region: &str) -> &'static str {
    partition(region).expect("every region has a partition").name
}

#[test]
fn a_listed_region_has_the_partition_that_lists_it() {
    let listed = [
        ("us-east-1", "aws"),
        ("aws-global", "aws"),
        ("cn-north-1", "aws-cn"),
        ("aws-cn-global", "aws-cn"),
        ("eusc-de-east-1", "aws-eusc"),
        ("us-iso-west-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("us-isof-south-1", "aws-iso-f"),
        ("us-gov-east-1", "aws-us-gov"),
        ("aws-us-gov-global", "aws-us-gov"),
    ];
    for (region, expected) in listed {
        assert_eq!(name(region), expected, "{region}");
    }
}

#[test]
fn a_region_of_the_future_is_found_by_its_pattern() {
    let unlisted = [
        ("us-north_west-12", "aws"),
        ("cn-south-7", "aws-cn"),
        ("eusc-de-west-2", "aws-eusc"),
        ("us-iso-north-1", "aws-iso"),
        ("us-gov-north-3", "aws-us-gov"),
    ];
    for (region, expected) in unlisted {
        assert_eq!(name(region), expected, "{region}");
    }
}

#[test]
fn a_name_that_is_no_region_falls_back_to_aws() {
    for region in ["", "cn", "cn-", "cn-south", "cn-south-", "cn--1", "cn-south-x", "cn-south-1\n", "cn-so.th-1"] {
        assert_eq!(name(region), "aws", "{region:?}");
    }
    assert_eq!(name("us-gov-west-1-extra"), "aws");
    assert_eq!(name("CN-NORTH-1"), "aws");
}

#[test]
fn domains_are_those_of_the_partition() {
    let china = partition("cn-northwest-1").expect("every region has a partition");
    assert_eq!(china.dns_suffix, "amazonaws.com.cn");
    assert_eq!(china.dual_stack_dns_suffix, "api.amazonwebservices.com.cn");
    assert_eq!(china.implicit_global_region, "cn-northwest-1");
    assert!(china.supports_fips && china.supports_dual_stack);
}

/// The alternatives of `^(a|b)\-\w+\-\d+$`.
fn prefixes_of(pattern: &str) -> Vec<String> {
    let start = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix(r"\-\w+\-\d+$"));
    let start = start.expect("a pattern of the known form").replace(r"\-", "-");
    match start.trim_end_matches(')').split_once('(') {
        Some((stem, branches)) => branches.split('|').map(|branch| format!("{stem}{branch}")).collect(),
        None => vec![start],
    }
}

#[test]
fn tables_agree_with_the_published_data() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance/partitions-2026.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: not found");
        return;
    };
    let data: Value = serde_json::from_str(&text).expect("partition data is JSON");
    let published = data["partitions"].as_array().expect("partition data lists partitions");
    assert_eq!(published.len(), PARTITIONS.len());
    for (ours, theirs) in PARTITIONS.iter().zip(published) {
        let outputs = serde_json::json!({
            "name": ours.name,
            "dnsSuffix": ours.dns_suffix,
            "dualStackDnsSuffix": ours.dual_stack_dns_suffix,
            "supportsFIPS": ours.supports_fips,
            "supportsDualStack": ours.supports_dual_stack,
            "implicitGlobalRegion": ours.implicit_global_region,
        });
        assert_eq!(outputs, theirs["outputs"]);
        assert_eq!(theirs["id"], ours.name);
        let regions = theirs["regions"].as_object().expect("a partition lists its regions");
        assert!(regions.keys().eq(ours.regions), "regions of {}", ours.name);
        let pattern = theirs["regionRegex"].as_str().expect("a partition has a pattern");
        assert_eq!(prefixes_of(pattern), ours.prefixes);
    }
}
