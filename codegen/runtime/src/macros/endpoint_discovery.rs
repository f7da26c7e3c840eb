//! The setting of services that tell their endpoints themselves.

/// Gives the `Builder` of [`client_config!`](crate::client_config) what leads calls to endpoints that the service tells.
///
/// For a service whose operations have `aws.api#clientDiscoveredEndpoint`, in its module `config`.
#[macro_export]
macro_rules! endpoint_discovery {
    () => {
        impl Builder {
            #[inline]
            pub(crate) fn set_discovered_endpoints(
                &mut self,
                endpoints: $crate::endpoint_discovery::DiscoveredEndpoints,
            ) {
                self.settings.set(Some(endpoints.clone()));
                self.settings.set_endpoint_resolver(Some(EndpointResolver::new(endpoints)));
            }
        }
    };
}
