//! AWS partitions: which one a region belongs to, and its domain names.
//!
//! The tables hold the partition data that AWS publishes for its SDKs, version
//! 1.1. A region that is not listed is still found by the pattern of its
//! partition's names, so that a client works in regions younger than itself.

/// A group of AWS regions with one domain, as the rule-set function `aws.partition` returns it.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// Name in ARNs, for instance `aws-cn`.
    pub name: &'static str,
    /// Domain under which service endpoints live.
    pub dns_suffix: &'static str,
    /// Domain of the endpoints that speak both IPv4 and IPv6.
    pub dual_stack_dns_suffix: &'static str,
    /// Endpoints with FIPS 140 validated cryptography exist.
    pub supports_fips: bool,
    /// Endpoints that speak both IPv4 and IPv6 exist.
    pub supports_dual_stack: bool,
    /// Region that signs requests to services that have no regions.
    pub implicit_global_region: &'static str,
    /// Region names begin with one of these; a hyphen, a word, a hyphen and a number follow.
    prefixes: &'static [&'static str],
    regions: &'static [&'static str],
}

impl Partition {
    fn lists(&self, region: &str) -> bool {
        self.regions.contains(&region)
    }

    /// Matches the pattern `^(a|b)-\w+-\d+$`, `a` and `b` being the prefixes.
    fn pattern_matches(&self, region: &str) -> bool {
        self.prefixes.iter().any(|prefix| {
            region.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_area_and_number)
        })
    }
}

fn is_area_and_number(text: &str) -> bool {
    text.split_once('-').is_some_and(|(area, number)| {
        !area.is_empty()
            && area.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The partition of `region`: the one that lists it, else the one whose
/// pattern of region names it matches, else `aws`.
///
/// The rule-set function may return nothing, hence the `Option`; with the
/// tables at hand there always is a partition.
pub fn partition(region: &str) -> Option<&'static Partition> {
    PARTITIONS
        .iter()
        .find(|partition| partition.lists(region))
        .or_else(|| PARTITIONS.iter().find(|partition| partition.pattern_matches(region)))
        .or_else(|| PARTITIONS.iter().find(|partition| partition.name == "aws"))
}

static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
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
        implicit_global_region: "cn-northwest-1",
        prefixes: &["cn"],
        regions: &["aws-cn-global", "cn-north-1", "cn-northwest-1"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        prefixes: &["eusc-de"],
        regions: &["eusc-de-east-1"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        prefixes: &["us-iso"],
        regions: &["aws-iso-global", "us-iso-east-1", "us-iso-west-1"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        prefixes: &["us-isob"],
        regions: &["aws-iso-b-global", "us-isob-east-1", "us-isob-west-1"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        prefixes: &["eu-isoe"],
        regions: &["aws-iso-e-global", "eu-isoe-west-1"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        prefixes: &["us-isof"],
        regions: &["aws-iso-f-global", "us-isof-east-1", "us-isof-south-1"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        prefixes: &["us-gov"],
        regions: &["aws-us-gov-global", "us-gov-east-1", "us-gov-west-1"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
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
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance/partitions.json");
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
}
