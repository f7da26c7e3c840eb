//! What a client calls by itself before other operations.

use quote::quote;

use super::tokens::{module_doc, plain_source};
use crate::plan::beforehand::EndpointDiscovery;
use crate::plan::{Plan, pages};
use crate::spelling::ident;

/// `endpoint_discovery.rs`.
pub(super) fn endpoint_discovery(discovery: &EndpointDiscovery, plan: &Plan) -> String {
    let page = module_doc(&pages::endpoint_discovery(plan));
    let method = ident(&discovery.method);
    let moved = match &discovery.moved {
        Some(code) => quote!(Some(#code)),
        None => quote!(None),
    };
    plain_source(quote! {
        #page
        pub use smithy_client_runtime::endpoint_discovery::ReloadEndpoint;
        use smithy_client_runtime::BoxError;
        use smithy_client_runtime::endpoint_discovery::discover;
        use crate::client::Client;

        impl Client {
            /// A client whose calls go to the endpoint that the service tells, which is asked for it first.
            ///
            /// The endpoint is asked for again before it expires: by the first call that finds it so, or, so that no call
            /// waits for it, by [`ReloadEndpoint::reload_task`] on a task of its own.
            ///
            /// # Errors
            /// What the service refuses to tell its endpoint with; that the configuration has no implementation of sleep.
            pub async fn with_endpoint_discovery_enabled(self) -> Result<(Self, ReloadEndpoint), BoxError> {
                let mut config = self.config().to_builder();
                let (sleep, clock) = (self.config().sleep_impl(), self.config().time_source());
                let call = move || {
                    let answer = self.#method().send();
                    async move { answer.await.map_err(BoxError::from) }
                };
                let (endpoints, reload) = discover(call, #moved, sleep, clock).await?;
                config.set_discovered_endpoints(endpoints);
                Ok((Self::from_conf(config.build()), reload))
            }
        }
    })
}
