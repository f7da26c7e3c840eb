//! AWS partitions, as the rule-set function `aws.partition` gives them: facts for following rules, no code of a client.
//!
//! The generator does not depend on the runtime that holds the same facts for
//! clients; a test compares this table with the data that AWS publishes.

/// A group of regions with one domain.
#[derive(Debug)]
pub(super) struct Partition {
    pub(super) name: &'static str,
    pub(super) dns_suffix: &'static str,
    pub(super) dual_stack_dns_suffix: &'static str,
    pub(super) supports_fips: bool,
    pub(super) supports_dual_stack: bool,
    pub(super) global_region: &'static str,
    /// Region names begin with one of these; an area and a number follow.
    pub(super) prefixes: &'static [&'static str],
    pub(super) regions: &'static [&'static str],
}

impl Partition {
    fn has_pattern_of(&self, region: &str) -> bool {
        let rest = |prefix: &&str| region.strip_prefix(*prefix).and_then(|rest| rest.strip_prefix('-'));
        self.prefixes.iter().filter_map(rest).any(|rest| {
            let parts = rest.split_once('-');
            parts.is_some_and(|(area, number)| {
                is_word(area) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The partition that lists a region, else the one whose pattern it has, else `aws`.
pub(super) fn partition(region: &str) -> &'static Partition {
    let all = PARTITIONS.iter().chain(&IMAGINED);
    let listed = all.into_iter().find(|partition| partition.regions.contains(&region));
    listed.or_else(|| PARTITIONS.iter().find(|partition| partition.has_pattern_of(region))).unwrap_or(&PARTITIONS[0])
}

/// A region of a partition that is not listed yet, as a later one may be called.
pub(super) fn future_region(partition: &Partition) -> Option<String> {
    partition.prefixes.first().map(|prefix| format!("{prefix}-future-9"))
}

/// Partitions that there are not, each with one region: without FIPS, without dual stack, without either. All published
/// ones have both by now, and rules say what happens where one does not, as clients with other partition data may meet.
pub(super) static IMAGINED: [Partition; 3] = [
    imagined("partition-without-fips", &["partition-without-fips"], false, true),
    imagined("partition-without-dual-stack", &["partition-without-dual-stack"], true, false),
    imagined("partition-without-either", &["partition-without-either"], false, false),
];

const fn imagined(
    region: &'static str,
    regions: &'static [&'static str],
    supports_fips: bool,
    supports_dual_stack: bool,
) -> Partition {
    Partition {
        name: region,
        dns_suffix: "amazonaws.example",
        dual_stack_dns_suffix: "api.aws.example",
        supports_fips,
        supports_dual_stack,
        global_region: region,
        prefixes: &[],
        regions,
    }
}

/// Every partition; `aws` is the first.
pub(super) static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "us-east-1",
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
        regions: &[
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "aws-global",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        ],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "cn-northwest-1",
        prefixes: &["cn"],
        regions: &["aws-cn-global", "cn-north-1", "cn-northwest-1"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "eusc-de-east-1",
        prefixes: &["eusc-de"],
        regions: &["eusc-de-east-1"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "us-iso-east-1",
        prefixes: &["us-iso"],
        regions: &["aws-iso-global", "us-iso-east-1", "us-iso-west-1"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "us-isob-east-1",
        prefixes: &["us-isob"],
        regions: &["aws-iso-b-global", "us-isob-east-1", "us-isob-west-1"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "eu-isoe-west-1",
        prefixes: &["eu-isoe"],
        regions: &["aws-iso-e-global", "eu-isoe-west-1"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "us-isof-south-1",
        prefixes: &["us-isof"],
        regions: &["aws-iso-f-global", "us-isof-east-1", "us-isof-south-1"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        global_region: "us-gov-west-1",
        prefixes: &["us-gov"],
        regions: &["aws-us-gov-global", "us-gov-east-1", "us-gov-west-1"],
    },
];

#[cfg(test)]
mod tests {
    use super::{PARTITIONS, future_region, partition};
    use serde_json::{Value, json};

    #[test]
    fn the_table_agrees_with_the_published_data() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance/partitions.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: not found");
            return;
        };
        let data: Value = serde_json::from_str(&text).expect("partition data is JSON");
        let published = data["partitions"].as_array().expect("partition data lists partitions");
        assert_eq!(published.len(), PARTITIONS.len());
        for (ours, theirs) in PARTITIONS.iter().zip(published) {
            let facts = json!({
                "name": ours.name,
                "dnsSuffix": ours.dns_suffix,
                "dualStackDnsSuffix": ours.dual_stack_dns_suffix,
                "supportsFIPS": ours.supports_fips,
                "supportsDualStack": ours.supports_dual_stack,
                "implicitGlobalRegion": ours.global_region,
            });
            assert_eq!(facts, theirs["outputs"]);
            let regions = theirs["regions"].as_object().expect("a partition lists its regions");
            assert!(regions.keys().eq(ours.regions), "regions of {}", ours.name);
        }
    }

    #[test]
    fn listed_and_future_regions_belong_to_their_partition() {
        for expected in &PARTITIONS {
            let future = future_region(expected).expect("every partition has a prefix");
            for region in expected.regions.iter().copied().chain([future.as_str()]) {
                assert_eq!(partition(region).name, expected.name, "{region}");
            }
        }
    }

    #[test]
    fn what_is_no_region_counts_as_the_first_partition() {
        assert_eq!(partition("nowhere").name, "aws");
    }
}
