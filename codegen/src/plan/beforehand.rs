//! What a client calls by itself before other operations.

/// How the client finds the endpoint of operations that the service has to tell.
#[derive(Debug)]
pub(crate) struct EndpointDiscovery {
    /// The method of the client that asks for it.
    pub(crate) method: String,
    /// The code of the error that says that it has moved.
    pub(crate) moved: Option<String>,
}
