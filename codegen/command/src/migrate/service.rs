//! Which service an official crate is of.
//!
//! Its name is `aws-sdk-` with the sdkId of the service in lower case, without spaces and signs. Where that ends in `service`
//! or `api` the word is left out. Of the 424 services of botocore 1.43.11 these are eleven:
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
//! No two sdkIds get one name by the rule, which a test counts where Python has botocore: that has one of them,
//! `Pinpoint SMS Voice`, in two folders, and no `Transcribe Streaming`.

use smithy_client_codegen::visible;

use super::found::PREFIX;
use crate::manifest::Client;
use crate::models::Model;
use crate::site::Site;
use crate::source::NAMING;

/// The words that official crates leave out at the end of a name.
const DROPPED: [&str; 2] = ["service", "api"];

/// What follows `aws-sdk-` in the name of a service's official crate.
pub(crate) fn official(sdk_id: &str) -> String {
    let plain: String = sdk_id.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let shorter = DROPPED.iter().find_map(|word| plain.strip_suffix(word)).filter(|rest| !rest.is_empty());
    shorter.map_or(plain.clone(), str::to_owned)
}

/// The whole name of a service's official crate, which may be one that nobody has published.
pub fn official_crate(sdk_id: &str) -> String {
    format!("{PREFIX}{}", official(sdk_id))
}

/// What the service of an official crate may be called. The plain name comes first: of the others there are few, and a place
/// that lacks a name is read as a whole.
pub fn wanted(package: &str) -> Vec<String> {
    let stem = package.strip_prefix(PREFIX).unwrap_or(package);
    [stem.to_owned()].into_iter().chain(DROPPED.map(|word| format!("{stem}{word}"))).collect()
}

/// The model of the service that an official crate is of, with what the manifest says of its client.
///
/// # Errors
///
/// Why there is none, as a phrase.
pub(super) fn model(site: &Site, package: &str, source: &str) -> Result<(Client, Model), String> {
    let stem = package.strip_prefix(PREFIX).unwrap_or(package);
    let mut refusal = String::new();
    for name in wanted(package) {
        let client = Client { model: source.to_owned(), ..Client::default() };
        match Model::taken_as(&site.workspace.root, stem, &name, &client, site.limits) {
            Ok(model) => {
                let sdk_id = model.sdk_id().unwrap_or_default();
                if official(&sdk_id) == stem {
                    let client = Client { service: (name != stem).then_some(name), ..client };
                    return Ok((client, model));
                }
                refusal =
                    format!("the model there is of {sdk_id}, whose official crate is {PREFIX}{}", official(&sdk_id));
            }
            Err(reason) if refusal.is_empty() => refusal = reason,
            Err(_) => {}
        }
    }
    Err(format!("no model of it: {}", advised(refusal, stem)))
}

/// A refusal with what helps here: nobody has chosen the name of the service, so that to name it otherwise does not.
fn advised(refusal: String, stem: &str) -> String {
    let of_naming = format!("\n  hint: {NAMING}");
    match refusal.strip_suffix(&of_naming) {
        None => refusal,
        Some(refusal) => format!(
            "{refusal}\n  hint: with a model of it from elsewhere, such as https://github.com/aws/api-models-aws: cargo \
             smithy-client add {} --model PLACE takes it over",
            visible::line(stem)
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{NAMING, advised, official};
    use crate::files::Limits;
    use crate::source::{Collection, botocore};

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

    #[test]
    fn a_service_without_a_model_is_not_called_misnamed() {
        let absent = format!("the wheel does not hold transcribestreaming, but 444 other services\n  hint: {NAMING}");
        insta::assert_snapshot!(advised(absent, "transcribestreaming"), @r"
        the wheel does not hold transcribestreaming, but 444 other services
          hint: with a model of it from elsewhere, such as https://github.com/aws/api-models-aws: cargo smithy-client add transcribestreaming --model PLACE takes it over
        ");
        assert_eq!(advised("the folder is empty".to_owned(), "kms"), "the folder is empty");
    }

    #[test]
    fn no_two_services_have_one_name() {
        let Ok(place) = botocore() else { return println!("skipped: not found: botocore of Python") };
        let collection = Collection::open(&place, Limits::default()).expect("it is botocore's");
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for id in collection.models.iter().filter_map(|model| model.service.as_deref()) {
            let other = names.insert(official(id), id);
            assert!(other.is_none_or(|other| other == id), "{id} and {other:?} are both {}", official(id));
        }
        let plain = |id: &str| id.replace(|c: char| !c.is_ascii_alphanumeric(), "").to_ascii_lowercase();
        let shorter = names.iter().filter(|(name, id)| plain(id) != **name).count();
        println!("{} sdkIds, {shorter} of them with a word less", names.len());
    }
}
