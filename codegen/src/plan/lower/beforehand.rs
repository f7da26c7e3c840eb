//! What a client calls by itself before other operations.

use super::planner::Planner;
use crate::model::Model;
use crate::plan::beforehand::EndpointDiscovery;
use crate::plan::names::OperationNames;

/// How endpoints are found, where some operation needs it and the operation that tells them is there.
pub(super) fn endpoint_discovery(model: &Model) -> Option<EndpointDiscovery> {
    let discovery = model.service.endpoint_discovery.as_ref()?;
    let is_needed = model.operations.iter().any(|operation| operation.needs_discovery);
    let is_there = model.operations.iter().any(|operation| operation.id == discovery.operation);
    (is_needed && is_there).then(|| EndpointDiscovery {
        method: OperationNames::of(discovery.operation.name()).module,
        moved: discovery.error.as_ref().map(|error| error.name().to_owned()),
    })
}

impl Planner<'_> {
    /// Codes of errors that go away when a call is repeated, beside those of all services. One that says that the endpoint
    /// has moved goes away at the next endpoint.
    pub(super) fn transient_codes(&self) -> Vec<String> {
        let moved = endpoint_discovery(self.model).and_then(|discovery| discovery.moved);
        self.customization.transient_codes.iter().map(|code| (*code).to_owned()).chain(moved).collect()
    }
}

/// The path of the input of the operation that opens sessions, if it is there.
pub(super) fn session_input(model: &Model) -> Option<String> {
    let opens = model.service.session_operation.as_ref()?;
    let is_there = model.operations.iter().any(|operation| operation.id == *opens);
    is_there.then(|| {
        let names = OperationNames::of(opens.name());
        format!("crate::operation::{}::{}", names.module, names.input)
    })
}
