//! AWS partitions: which one a region belongs to, and its domain names.
//!
//! The tables hold the partition data that AWS publishes for its SDKs, version
//! 1.1, of August 2026. A region that is not listed is still found by the pattern of its
//! partition's names, so that a client works in regions younger than itself.

/// A group of AWS regions with one domain, as the rule-set function `aws.partition` returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub prefixes: &'static [&'static str],
    /// The regions that it lists.
    pub regions: &'static [&'static str],
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
    find(&PARTITIONS, region)
}

/// The partition of `region` among others than those of this file.
pub fn find<'p>(partitions: &'p [Partition], region: &str) -> Option<&'p Partition> {
    partitions
        .iter()
        .find(|partition| partition.lists(region))
        .or_else(|| partitions.iter().find(|partition| partition.pattern_matches(region)))
        .or_else(|| partitions.iter().find(|partition| partition.name == "aws"))
}

/// Every partition; `aws` is the first.
pub static PARTITIONS: [Partition; 8] = [
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
        regions: &["aws-iso-b-global", "us-isob-east-1"],
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
