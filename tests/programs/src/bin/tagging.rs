//! Brings the tags of resources to what a list says: sets what is missing or different, removes what is not listed.

use std::collections::HashMap;

use aws_sdk_ivsrealtime::{Client, Error};

/// What was changed.
#[derive(Debug, Default, PartialEq)]
struct Changes {
    set: usize,
    removed: Vec<String>,
}

async fn reconcile(client: &Client, arn: &str, wanted: &HashMap<String, String>) -> Result<Changes, Error> {
    let present = client.list_tags_for_resource().resource_arn(arn).send().await?.tags;
    let missing: HashMap<_, _> = wanted
        .iter()
        .filter(|(key, value)| present.get(*key) != Some(value))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    // Tags of AWS itself can be seen and not removed.
    let mut removed: Vec<_> =
        present.into_keys().filter(|key| !wanted.contains_key(key) && !key.starts_with("aws:")).collect();
    removed.sort();
    let changes = Changes { set: missing.len(), removed };
    if !missing.is_empty() {
        client.tag_resource().resource_arn(arn).set_tags(Some(missing)).send().await?;
    }
    if !changes.removed.is_empty() {
        let mut call = client.untag_resource().resource_arn(arn);
        for key in &changes.removed {
            call = call.tag_keys(key);
        }
        call.send().await?;
    }
    Ok(changes)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    let wanted = HashMap::from([("team".to_owned(), "video".to_owned())]);
    for arn in std::env::args().skip(1) {
        println!("{arn}: {:?}", reconcile(&client, &arn, &wanted).await?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
    use harness::client::{SIGNER, sdk_config};
    use harness::loopback::{LoopbackServer, Response};
    use harness::sigv4;
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:stage/a b+c";
    const PATH: &str = "/tags/arn%3Aaws%3Aivs%3Aeu-central-1%3A123456789012%3Astage%2Fa%20b%2Bc";

    async fn reconciled(present: serde_json::Value, wanted: &[(&str, &str)]) -> (Changes, LoopbackServer) {
        let tags = Response::json(&json!({ "tags": present }));
        let server = LoopbackServer::scripted([tags, Response::json(&json!({})), Response::json(&json!({}))]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let wanted = wanted.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        (reconcile(&client, ARN, &wanted).await.unwrap(), server)
    }

    #[tokio::test]
    async fn tags_are_set_and_removed_by_path_query_and_body() {
        let present = json!({"team": "audio", "old & odd": "x", "aws:made-by": "stack", "o": ""});
        let (changes, server) = reconciled(present, &[("team", "video"), ("ünïcode", "ja/nein")]).await;
        assert_eq!(changes, Changes { set: 2, removed: vec!["o".to_owned(), "old & odd".to_owned()] });
        let requests = server.requests();
        let lines: Vec<_> =
            requests.iter().map(|it| (it.method.as_str(), it.path.as_str(), it.query.as_deref())).collect();
        let query = "tagKeys=o&tagKeys=old%20%26%20odd";
        assert_eq!(lines, [("GET", PATH, None), ("POST", PATH, None), ("DELETE", PATH, Some(query))]);
        assert_eq!(requests[1].json().unwrap(), json!({"tags": {"team": "video", "ünïcode": "ja/nein"}}));
        assert!(requests[0].body.is_empty() && requests[2].body.is_empty());
        for request in &requests {
            assert_eq!(sigv4::verify(request, &SIGNER), Ok(()));
        }
    }

    #[tokio::test]
    async fn what_is_right_already_is_left() {
        let (changes, server) = reconciled(json!({"team": "video"}), &[("team", "video")]).await;
        assert_eq!(changes, Changes::default());
        assert_eq!(server.requests().len(), 1);
    }

    #[tokio::test]
    async fn a_call_without_what_its_path_needs_is_not_made() {
        let server = LoopbackServer::scripted([Response::new(200)]).await;
        let client = Client::new(&sdk_config(&server.url()));
        for arn in [None, Some(String::new())] {
            let error = client.list_tags_for_resource().set_resource_arn(arn).send().await.unwrap_err();
            assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
            assert!(
                DisplayErrorContext(&error).to_string().contains("resource_arn was missing: cannot be empty or unset")
            );
        }
        assert_eq!(server.connections(), 0);
    }
}
