//! What clients of AWS do for a service beyond its model.
//!
//! Each is a fact of AWS's own clients, and none is said by a trait. A row gives a service what is general in form: the
//! runtime knows headers that every request has, a member for which the account of the credentials can be sent, a member
//! that says where a request goes, and requests that are presigned in another form than they are sent.

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
    /// Requests with a stream carry the tree hash of it.
    pub(crate) tree_hash: bool,
    /// Responses have a second id, which the service's support asks for.
    pub(crate) extended_request_id: bool,
    /// Ids that answers have with a prefix and requests without.
    resource_ids: Option<ResourceIds>,
    /// The header of answers that may be no timestamp, though the model says so, and is a text beside that.
    pub(crate) loose_header: Option<&'static str>,
    /// Codes of errors that go away when a call is repeated, beside those of all services.
    pub(crate) transient_codes: &'static [&'static str],
    /// How requests are signed, by its name in the runtime, where that is not as usual.
    pub(crate) signing: Option<&'static str>,
    /// What a protocol is instead, by its name in the runtime.
    protocol: Option<(&'static str, &'static str)>,
    /// The operations whose answers may take longer than a stream may stall.
    stalling: &'static [&'static str],
    /// An operation, and the member of its output that says whether there are more pages, whatever the token is.
    more_pages: Option<(&'static str, &'static str)>,
    /// The label of host prefixes that the endpoint rules put into the host themselves.
    ruled_host_label: Option<&'static str>,
    /// It also takes requests of callers that nobody knows, where they have no credentials.
    pub(crate) anonymous: bool,
    /// How it takes presigned requests.
    pub(crate) presigning: Presigning,
    /// The tokens with which users of its databases sign in, by the runtime's module of them.
    pub(crate) auth_token: Option<&'static str>,
}

/// How a service takes presigned requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Presigning {
    /// AWS's own crate makes them: so does ours without being asked.
    pub(crate) by_default: bool,
    /// Signatures do not cover bodies.
    pub(crate) unsigned_payload: bool,
    /// Operations that are also taken as a GET with all members in the query.
    pub(crate) in_query: &'static [&'static str],
}

/// Ids of a service that are told from others by a prefix.
#[derive(Debug)]
pub(crate) struct ResourceIds {
    /// Names of the shapes that they are.
    shapes: &'static [&'static str],
    /// The prefixes that are not sent, without a slash in front.
    pub(crate) prefixes: &'static [&'static str],
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
    tree_hash: false,
    extended_request_id: false,
    resource_ids: None,
    loose_header: None,
    transient_codes: &[],
    signing: None,
    protocol: None,
    stalling: &[],
    more_pages: None,
    ruled_host_label: None,
    anonymous: false,
    presigning: Presigning { by_default: false, unsigned_payload: false, in_query: &[] },
    auth_token: None,
};

static CUSTOMIZATIONS: &[Customization] = &[
    // Without it answers are in HAL.
    Customization { sdk_id: "API Gateway", headers: &[("accept", "application/json")], ..NONE },
    Customization {
        sdk_id: "Glacier",
        headers: &[("x-amz-glacier-version", "2012-06-01")],
        own_account: Some("accountId"),
        tree_hash: true,
        ..NONE
    },
    Customization { sdk_id: "DSQL", auth_token: Some("dsql"), ..NONE },
    // A function runs for up to 15 minutes.
    Customization { sdk_id: "Lambda", stalling: &["Invoke", "InvokeAsync"], ..NONE },
    // Each model that predicts in real time has an endpoint of its own.
    Customization { sdk_id: "Machine Learning", endpoint_member: Some(("Predict", "PredictEndpoint")), ..NONE },
    Customization {
        sdk_id: "Polly",
        presigning: Presigning { by_default: true, in_query: &["SynthesizeSpeech"], ..NONE.presigning },
        ..NONE
    },
    Customization { sdk_id: "RDS", auth_token: Some("rds"), ..NONE },
    Customization {
        sdk_id: "Route 53",
        resource_ids: Some(ResourceIds {
            shapes: &["ResourceId", "ChangeId"],
            prefixes: &["hostedzone/", "change/", "delegationset/"],
        }),
        ..NONE
    },
    // The status of an answer is sent before the call has ended.
    Customization {
        sdk_id: "S3",
        endpoint_label: Some("Bucket"),
        fallback: Some(Fallback { rules: buckets::rules, client_params: buckets::CLIENT_PARAMS }),
        extended_request_id: true,
        // Whoever puts an object says what the header will be.
        loose_header: Some("Expires"),
        presigning: Presigning { by_default: true, unsigned_payload: true, ..NONE.presigning },
        transient_codes: &["InternalError"],
        signing: Some("OF_OBJECTS"),
        protocol: Some(("REST_XML", "REST_XML_LATE_ERRORS")),
        stalling: &["CopyObject"],
        more_pages: Some(("ListParts", "IsTruncated")),
        // Of buckets that are public.
        anonymous: true,
        ..NONE
    },
    Customization { sdk_id: "S3 Control", signing: Some("WITH_DIGEST"), ruled_host_label: Some("AccountId"), ..NONE },
    // The provider of an identity was not reached, which any operation may say.
    Customization { sdk_id: "STS", transient_codes: &["IDPCommunicationError"], ..NONE },
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

    /// The prefixes that an id of this shape is sent without.
    pub(crate) fn prefixes_of(&self, shape: &str) -> Option<&'static [&'static str]> {
        self.resource_ids.as_ref().filter(|ids| ids.shapes.contains(&shape)).map(|ids| ids.prefixes)
    }

    /// The runtime's name of what is spoken instead of the protocol of this name.
    pub(crate) fn protocol(&self, name: &'static str) -> &'static str {
        self.protocol.filter(|(usual, _)| *usual == name).map_or(name, |(_, instead)| instead)
    }

    /// Whether the endpoint rules put into the host what this prefix of it is.
    pub(crate) fn is_ruled(&self, host_prefix: &str) -> bool {
        self.ruled_host_label.is_some_and(|label| host_prefix.contains(&format!("{{{label}}}")))
    }

    /// Whether the answer to an operation may take longer than a stream may stall.
    pub(crate) fn may_stall(&self, operation: &str) -> bool {
        self.stalling.contains(&operation)
    }

    /// The output member of an operation that says whether there are more pages.
    pub(crate) fn more_pages(&self, operation: &str) -> Option<&'static str> {
        self.more_pages.filter(|(customized, _)| *customized == operation).map(|(_, member)| member)
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
        assert!(none.prefixes_of("ResourceId").is_none() && none.protocol("REST_XML") == "REST_XML");
        assert!(!none.is_ruled("{AccountId}.") && Customization::of("S3 Control").is_ruled("{AccountId}."));
        assert!(Customization::of("S3").is_endpoint_label("Bucket"));
        assert_eq!(Customization::of("Machine Learning").endpoint_member("Predict"), Some("PredictEndpoint"));
        assert_eq!(Customization::of("Machine Learning").endpoint_member("CreateMLModel"), None);
    }
}
