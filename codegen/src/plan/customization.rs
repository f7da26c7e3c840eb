//! What clients of AWS do for a service beyond its model.
//!
//! Each is a fact of AWS's own clients, and none is said by a trait. A row gives a service what is general in form: the
//! runtime knows headers that every request has, a member for which the account of the credentials can be sent, and a
//! member that says where a request goes.

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
}

const NONE: Customization = Customization { sdk_id: "", headers: &[], own_account: None, endpoint_member: None };

static CUSTOMIZATIONS: [Customization; 3] = [
    // Without it answers are in HAL.
    Customization { sdk_id: "API Gateway", headers: &[("accept", "application/json")], ..NONE },
    Customization {
        sdk_id: "Glacier",
        headers: &[("x-amz-glacier-version", "2012-06-01")],
        own_account: Some("accountId"),
        ..NONE
    },
    // Each model that predicts in real time has an endpoint of its own.
    Customization { sdk_id: "Machine Learning", endpoint_member: Some(("Predict", "PredictEndpoint")), ..NONE },
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

    /// The input member of an operation that says where its requests go.
    pub(crate) fn endpoint_member(&self, operation: &str) -> Option<&'static str> {
        self.endpoint_member.filter(|(customized, _)| *customized == operation).map(|(_, member)| member)
    }
}

#[cfg(test)]
mod tests {
    use super::Customization;

    #[test]
    fn most_services_have_none() {
        let none = Customization::of("IVS RealTime");
        assert!(none.headers.is_empty() && !none.is_own_account("accountId"));
        assert_eq!(Customization::of("Machine Learning").endpoint_member("Predict"), Some("PredictEndpoint"));
        assert_eq!(Customization::of("Machine Learning").endpoint_member("CreateMLModel"), None);
    }
}
