//! What endpoint rules call, and the rules of the client, with any text.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use ivs_realtime::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use smithy_client_runtime::endpoint::functions::{
    is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn, parse_url, split, substring,
};
use smithy_client_runtime::endpoint::partition::partition;
use tokio::runtime::Builder;

/// Bytes are three small numbers and a text.
pub fn check(data: &[u8]) {
    let Some((&[start, stop, flags], text)) = data.split_first_chunk() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    urls(text);
    names(text, flags & 1 != 0);
    parts(text, usize::from(start), usize::from(stop), flags & 2 != 0);
    rules(text, flags);
}

fn urls(text: &str) {
    let Some(url) = parse_url(text) else { return };
    assert!(!url.authority.is_empty() && text.contains(url.authority) && text.contains(url.path), "{url:?}");
    assert!(url.normalized_path.starts_with('/') && url.normalized_path.ends_with('/'), "{url:?}");
    // Requests can be sent there.
    let mut request = HttpRequest::empty();
    let whole = format!("{}://{}{}", url.scheme, url.authority, url.path);
    assert!(request.set_uri(whole.clone()).is_ok(), "{whole}");
    assert_eq!(parse_url(&whole).map(|again| (again.authority, again.is_ip)), Some((url.authority, url.is_ip)));
}

fn names(text: &str, dots: bool) {
    if is_valid_host_label(text, dots) {
        let url = format!("https://{text}.example.com/");
        let host = format!("{text}.example.com");
        assert_eq!(parse_url(&url).map(|url| url.authority), Some(host.as_str()));
    }
    if is_virtual_hostable_s3_bucket(text, dots) {
        assert!(is_valid_host_label(text, dots), "{text}");
    }
    if let Some(arn) = parse_arn(text) {
        let head = [arn.partition, arn.service, arn.region, arn.account_id].join(":");
        let rest = text.strip_prefix(&format!("arn:{head}:")).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(arn.resource_id.join(":"), rest.replace('/', ":"));
    }
    partition(text);
}

fn parts(text: &str, start: usize, stop: usize, reverse: bool) {
    if let Some(part) = substring(text, start, stop, reverse) {
        assert_eq!(part.len(), stop - start);
        assert!(text.contains(part));
    }
    let (delimiter, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    let parts = split(rest, delimiter, stop);
    assert_eq!(parts.join(delimiter), rest);
    assert!(stop == 0 || parts.len() <= stop);
}

fn rules(text: &str, flags: u8) {
    let params = Params::builder().use_fips(flags & 4 != 0).use_dual_stack(flags & 8 != 0);
    let params = match flags & 48 {
        0 => params.region(text),
        16 => params.region("eu-central-1").endpoint(text),
        _ => params.endpoint(text),
    };
    let Ok(params) = params.build() else { return };
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    if let Ok(endpoint) = runtime.block_on(DefaultResolver::new().resolve_endpoint(&params)) {
        assert!(endpoint.url() == text || endpoint.url().starts_with("https://"), "{}", endpoint.url());
    }
}
