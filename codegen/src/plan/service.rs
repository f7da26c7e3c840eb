//! The service that the crate is a client of.

use super::auth::AuthPlan;
use super::customization::Presigning;
use super::docs::Docs;

/// What the service's declaration says.
#[derive(Debug)]
pub(crate) struct ServicePlan {
    /// Rust type that stands for the service.
    pub(crate) type_name: String,
    pub(crate) shape_name: String,
    pub(crate) sdk_id: String,
    pub(crate) api_name: String,
    pub(crate) signing_name: Option<String>,
    pub(crate) auth: AuthPlan,
    /// The protocol, by its name in the runtime's module of them.
    pub(crate) protocol: &'static str,
    /// The service's version, of which the protocol is made; `None` where requests have none in them.
    pub(crate) protocol_version: Option<String>,
    /// The feature of the runtime that has it.
    pub(crate) protocol_feature: Option<&'static str>,
    /// What it sends is JSON.
    pub(crate) sends_json: bool,
    /// Headers that every request has.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    /// How requests are signed, by its name in the runtime, where that is not as usual.
    pub(crate) signing: Option<&'static str>,
    /// Codes of errors that go away when a call is repeated, beside those of all services.
    pub(crate) transient_codes: Vec<String>,
    /// Outputs and errors know the extended id of their request.
    pub(crate) extended_request_id: bool,
    /// How it takes presigned requests.
    pub(crate) presigning: Presigning,
    /// The tokens with which users of its databases sign in, by the runtime's module of them.
    pub(crate) auth_token: Option<&'static str>,
    pub(crate) docs: Docs,
}
