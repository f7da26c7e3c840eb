//! Where requests go: region, FIPS, dual-stack, partition and custom endpoint.

use std::fs;
use std::path::Path;

use ivs_realtime::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use serde_json::Value;

/// The URL for these parameters, or the text of the error.
async fn resolve(region: Option<&str>, fips: bool, dual_stack: bool, endpoint: Option<&str>) -> Result<String, String> {
    let params = Params::builder()
        .set_region(region.map(str::to_owned))
        .use_fips(fips)
        .use_dual_stack(dual_stack)
        .set_endpoint(endpoint.map(str::to_owned))
        .build()
        .map_err(|error| error.to_string())?;
    let resolver = DefaultResolver::new();
    let found = resolver.resolve_endpoint(&params).await;
    found.map(|endpoint| endpoint.url().to_owned()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn every_published_case_holds() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/endpoint-tests-ivs-realtime.json");
    let Ok(text) = fs::read_to_string(&file) else {
        println!("skipped: not found: the published endpoint tests");
        return;
    };
    let cases: Value = serde_json::from_str(&text).unwrap();
    let cases = cases["testCases"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let params = &case["params"];
        let flag = |name: &str| params[name].as_bool().unwrap_or_default();
        let found =
            resolve(params["Region"].as_str(), flag("UseFIPS"), flag("UseDualStack"), params["Endpoint"].as_str());
        let expected = match (case["expect"]["endpoint"]["url"].as_str(), case["expect"]["error"].as_str()) {
            (Some(url), _) => Ok(url.to_owned()),
            (None, error) => Err(error.unwrap_or_default().to_owned()),
        };
        assert_eq!(found.await, expected, "{}", case["documentation"]);
    }
}

#[tokio::test]
async fn hosts_follow_region_partition_fips_and_dual_stack() {
    // Region; host of the plain, the FIPS, the dual-stack, and the FIPS and dual-stack endpoint.
    let table = [
        ("eu-west-1", "amazonaws.com", "api.aws"),
        ("us-gov-west-1", "amazonaws.com", "api.aws"),
        ("cn-northwest-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        ("us-iso-east-1", "c2s.ic.gov", "api.aws.ic.gov"),
        ("us-isob-east-1", "sc2s.sgov.gov", "api.aws.scloud"),
        ("eu-isoe-west-1", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
        ("us-isof-south-1", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
        ("eusc-de-east-1", "amazonaws.eu", "api.amazonwebservices.eu"),
        // No partition lists these regions: the first has the form of one of aws, the other of none.
        ("ap-nowhere-9", "amazonaws.com", "api.aws"),
        ("elsewhere", "amazonaws.com", "api.aws"),
    ];
    for (region, suffix, dual_stack_suffix) in table {
        for (fips, dual_stack) in [(false, false), (true, false), (false, true), (true, true)] {
            let name = if fips { "ivsrealtime-fips" } else { "ivsrealtime" };
            let suffix = if dual_stack { dual_stack_suffix } else { suffix };
            let found = resolve(Some(region), fips, dual_stack, None).await;
            assert_eq!(found, Ok(format!("https://{name}.{region}.{suffix}")));
        }
    }
}

#[tokio::test]
async fn a_custom_endpoint_is_used_as_it_is() {
    for region in [Some("eu-west-1"), None] {
        let found = resolve(region, false, false, Some("http://127.0.0.1:8080/base")).await;
        assert_eq!(found, Ok("http://127.0.0.1:8080/base".to_owned()));
    }
}

#[tokio::test]
async fn a_custom_endpoint_is_neither_fips_nor_dual_stack() {
    let custom = Some("https://example.com");
    let refused = |what: &str| Err(format!("Invalid Configuration: {what} and custom endpoint are not supported"));
    assert_eq!(resolve(Some("eu-west-1"), true, false, custom).await, refused("FIPS"));
    assert_eq!(resolve(Some("eu-west-1"), false, true, custom).await, refused("Dualstack"));
}

#[tokio::test]
async fn an_empty_custom_endpoint_is_an_error_and_no_panic() {
    let empty = Err("the URL of the endpoint is empty".to_owned());
    assert_eq!(resolve(Some("eu-west-1"), false, false, Some("")).await, empty);
}

#[tokio::test]
async fn without_region_or_endpoint_there_is_no_host() {
    assert_eq!(resolve(None, false, false, None).await, Err("Invalid Configuration: Missing Region".to_owned()));
}

#[tokio::test]
async fn a_region_that_cannot_be_part_of_a_host_is_refused() {
    for region in ["eu west 1", "", "a/b", "-eu"] {
        let error = resolve(Some(region), false, false, None).await.unwrap_err();
        assert_eq!(error, "invalid value for field: `region` - must be a valid host label");
    }
}
