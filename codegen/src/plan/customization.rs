//! What clients of AWS do for a service beyond its model.
//!
//! Each is a fact of AWS's own clients, and none is said by a trait. A row gives a service what is general in form: the
//! runtime knows headers that every request has, a member for which the account of the credentials can be sent, and a
//! member that says where a request goes.

mod buckets;

use crate::model::endpoint::EndpointTrait;

/// What is done for a service.
#[derive(Debug)]
pub(crate) struct Customization {
    /// Its `sdkId`.
    sdk_id: &'static str,
    /// Headers that every request has, in lower case.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// The input member that is `-`, the account of the credentials, where the caller gives none.
    own_account: Option<&'static str>,
    /// An operation, and the member of its input that is the URL to which requests go.
    endpoint_member: Option<(&'static str, &'static str)>,
    /// The input member that endpoint rules take by its own name and make a part of the endpoint: routes begin with its
    /// label, and paths do not have it.
    endpoint_label: Option<&'static str>,
    /// The rules of a model that has none.
    fallback: Option<Fallback>,
    /// Each request says in a header what its signature has of the body.
    pub(crate) body_hash: bool,
    /// Paths are signed as they are sent, as keys of objects may have dots and slashes.
    pub(crate) plain_paths: bool,
    /// Requests with a stream carry the tree hash of it.
    pub(crate) tree_hash: bool,
    /// Responses have a second id, which the service's support asks for.
    pub(crate) extended_request_id: bool,
}

/// Endpoint rules that stand for those of a model.
#[derive(Debug)]
struct Fallback {
    /// The rules, for the prefix of the service's hosts.
    rules: fn(&str) -> EndpointTrait,
    /// The parameters of them that are settings of the client.
    client_params: &'static [&'static str],
}

const NONE: Customization = Customization {
    sdk_id: "",
    headers: &[],
    own_account: None,
    endpoint_member: None,
    endpoint_label: None,
    fallback: None,
    body_hash: false,
    plain_paths: false,
    tree_hash: false,
    extended_request_id: false,
};

static CUSTOMIZATIONS: [Customization; 5] = [
    // Without it answers are in HAL.
    Customization { sdk_id: "API Gateway", headers: &[("accept", "application/json")], ..NONE },
    Customization {
        sdk_id: "Glacier",
        headers: &[("x-amz-glacier-version", "2012-06-01")],
        own_account: Some("accountId"),
        tree_hash: true,
        ..NONE
    },
    // Each model that predicts in real time has an endpoint of its own.
    Customization { sdk_id: "Machine Learning", endpoint_member: Some(("Predict", "PredictEndpoint")), ..NONE },
    Customization {
        sdk_id: "S3",
        endpoint_label: Some("Bucket"),
        fallback: Some(Fallback { rules: buckets::rules, client_params: buckets::CLIENT_PARAMS }),
        extended_request_id: true,
        body_hash: true,
        plain_paths: true,
        ..NONE
    },
    Customization { sdk_id: "S3 Control", body_hash: true, ..NONE },
];

impl Customization {
    /// That of a service; of most there is nothing in it.
    pub(crate) fn of(sdk_id: &str) -> &'static Self {
        CUSTOMIZATIONS.iter().find(|customization| customization.sdk_id == sdk_id).unwrap_or(&NONE)
    }

    /// Whether the account of the credentials is sent for an absent input member of this name.
    pub(crate) fn is_own_account(&self, member: &str) -> bool {
        self.own_account == Some(member)
    }

    /// Whether an input member of this name is a part of the endpoint, and not of the path.
    pub(crate) fn is_endpoint_label(&self, member: &str) -> bool {
        self.endpoint_label == Some(member)
    }

    /// The rules of a service with this prefix of hosts whose model has none.
    pub(crate) fn fallback_rules(&self, endpoint_prefix: Option<&str>) -> EndpointTrait {
        match (&self.fallback, endpoint_prefix) {
            (Some(fallback), Some(prefix)) => (fallback.rules)(prefix),
            _ => EndpointTrait::fallback(endpoint_prefix),
        }
    }

    /// The parameters of those rules that are settings of the client.
    pub(crate) fn fallback_params(&self) -> &'static [&'static str] {
        self.fallback.as_ref().map_or(&[], |fallback| fallback.client_params)
    }

    /// The input member of an operation that says where its requests go.
    pub(crate) fn endpoint_member(&self, operation: &str) -> Option<&'static str> {
        self.endpoint_member.filter(|(customized, _)| *customized == operation).map(|(_, member)| member)
    }
}

#[cfg(test)]
mod tests {
    use super::Customization;

    #[test]
    fn rules_that_stand_for_those_of_a_model_are_right() {
        let s3 = Customization::of("S3").fallback_rules(Some("s3"));
        assert!(s3.rules.is_ok(), "{:?}", s3.rules);
    }

    #[test]
    fn most_services_have_none() {
        let none = Customization::of("IVS RealTime");
        assert!(none.headers.is_empty() && !none.is_own_account("accountId") && !none.is_endpoint_label("Bucket"));
        assert!(Customization::of("S3").is_endpoint_label("Bucket"));
        assert_eq!(Customization::of("Machine Learning").endpoint_member("Predict"), Some("PredictEndpoint"));
        assert_eq!(Customization::of("Machine Learning").endpoint_member("CreateMLModel"), None);
    }
}
