//! Which service an official crate is of.
//!
//! Its name is `aws-sdk-` with the sdkId of the service in lower case, without spaces and signs. Ten of the services that
//! had a crate in 2023 and are in botocore today have a word less, always `Service` or `API` at the end:
//!
//! | sdkId | crate |
//! | --- | --- |
//! | `ApiGatewayManagementApi` | `aws-sdk-apigatewaymanagement` |
//! | `Application Discovery Service` | `aws-sdk-applicationdiscovery` |
//! | `Config Service` | `aws-sdk-config` |
//! | `Cost and Usage Report Service` | `aws-sdk-costandusagereport` |
//! | `Database Migration Service` | `aws-sdk-databasemigration` |
//! | `Directory Service` | `aws-sdk-directory` |
//! | `Elasticsearch Service` | `aws-sdk-elasticsearch` |
//! | `Lex Model Building Service`, `Lex Runtime Service` | `aws-sdk-lexmodelbuilding`, `aws-sdk-lexruntime` |
//! | `Marketplace Entitlement Service` | `aws-sdk-marketplaceentitlement` |
//! | `Resource Groups Tagging API` | `aws-sdk-resourcegroupstagging` |
//!
//! The other 340 follow the rule, and no two services get one name by it. Botocore has no `Transcribe Streaming`.

use super::found::PREFIX;
use crate::manifest::Client;
use crate::models::Model;
use crate::site::Site;

/// The words that official crates leave out at the end of a name.
const DROPPED: [&str; 2] = ["service", "api"];

/// What follows `aws-sdk-` in the name of a service's official crate.
pub(crate) fn official(sdk_id: &str) -> String {
    let plain: String = sdk_id.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let shorter = DROPPED.iter().find_map(|word| plain.strip_suffix(word)).filter(|rest| !rest.is_empty());
    shorter.map_or(plain.clone(), str::to_owned)
}

/// The model of the service that an official crate is of, with what the manifest says of its client.
///
/// # Errors
///
/// Why there is none, as a phrase.
pub(super) fn model(site: &Site, package: &str, source: &str) -> Result<(Client, Model), String> {
    let stem = package.strip_prefix(PREFIX).unwrap_or(package);
    // The plain name comes first: of the others there are few, and a place that lacks a name is read as a whole.
    let names = [stem.to_owned()].into_iter().chain(DROPPED.map(|word| format!("{stem}{word}")));
    let mut refusal = String::new();
    for name in names {
        let service = (name != stem).then(|| name.clone());
        let client = Client { model: source.to_owned(), service, ..Client::default() };
        match Model::taken(&site.workspace.root, stem, &client, site.limits) {
            Ok(model) => {
                let sdk_id = model.sdk_id().unwrap_or_default();
                if official(&sdk_id) == stem {
                    return Ok((client, model));
                }
                refusal =
                    format!("the model there is of {sdk_id}, whose official crate is {PREFIX}{}", official(&sdk_id));
            }
            Err(reason) if refusal.is_empty() => refusal = reason,
            Err(_) => {}
        }
    }
    Err(format!("no model of it: {refusal}"))
}

#[cfg(test)]
mod tests {
    use super::official;

    #[test]
    fn names_of_official_crates_follow_from_ids() {
        for (sdk_id, name) in [
            ("SQS", "sqs"),
            ("SFN", "sfn"),
            ("Cost Explorer", "costexplorer"),
            ("Cognito Identity Provider", "cognitoidentityprovider"),
            ("Elastic Load Balancing v2", "elasticloadbalancingv2"),
            ("Route 53", "route53"),
            ("S3 Control", "s3control"),
            ("ServiceDiscovery", "servicediscovery"),
            ("ApiGatewayManagementApi", "apigatewaymanagement"),
            ("Database Migration Service", "databasemigration"),
            ("Resource Groups Tagging API", "resourcegroupstagging"),
        ] {
            assert_eq!(official(sdk_id), name, "{sdk_id}");
        }
    }
}
