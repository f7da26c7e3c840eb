//! The route of an operation, and what its traits say of a call.

use crate::service::{Auth, Scheme};

/// A segment of the path of an operation (`smithy.api#http` uri).
#[derive(Clone, Copy, Debug)]
pub enum Segment {
    /// Text as it is sent.
    Literal(&'static str),
    /// The input member at this position of its schema, slashes encoded.
    Label(usize),
    /// The input member at this position of its schema, slashes kept.
    Greedy(usize),
}

/// Checksums of the messages of an operation (`aws.protocols#httpChecksum`).
#[derive(Clone, Copy, Debug)]
pub struct HttpChecksum {
    /// Position of the input member that names the algorithm for the request.
    pub algorithm_member: Option<usize>,
    /// The service takes no request without a checksum.
    pub required: bool,
    /// Position of the input member that asks for the checksum of the response.
    pub validation_member: Option<usize>,
    /// The algorithms whose checksums a response may have, as the model names them.
    pub response: &'static [&'static str],
}

/// The route and the traits of an operation: the part of its [`Spec`](crate::operation::Spec) that is data.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Name of the operation in the model.
    pub name: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path; empty for `/`.
    pub path: &'static [Segment],
    /// Literal query parameters of the route.
    pub query: &'static [(&'static str, Option<&'static str>)],
    /// Host prefix (`smithy.api#endpoint`), labels as `{field}`.
    pub host_prefix: Option<&'static str>,
    /// How callers authenticate where that is not as the service says (`smithy.api#auth`, `smithy.api#optionalAuth`).
    pub auth: Option<&'static [Scheme]>,
    /// Nothing of the response may be logged, as it holds sensitive members.
    pub sensitive_output: bool,
    /// The signature does not cover the body (`aws.auth#unsignedPayload`).
    pub unsigned_payload: bool,
    /// The request carries the MD5 of its body (`smithy.api#httpChecksumRequired`).
    pub checksum_required: bool,
    /// What checksums its messages have.
    pub checksum: Option<&'static HttpChecksum>,
    /// The request carries the tree hash of its body.
    pub tree_hash: bool,
    /// The body of the request may be compressed (`smithy.api#requestCompression`).
    pub compressed: bool,
    /// The operation has no input in the model, and its requests have no body for that.
    pub without_input: bool,
    /// Position of the input member that says to which URL the request goes.
    pub endpoint_member: Option<usize>,
    /// The path of the request may be that of the endpoint, which a member of the input is a part of.
    pub path_in_endpoint: bool,
    /// The service may be silent for long before it answers, and a call does not fail for that.
    pub may_stall: bool,
    /// Position of the input member that is an id, and the prefixes that it has in answers and not in requests.
    #[cfg(feature = "resource-ids")]
    pub resource_id: Option<(usize, &'static [&'static str])>,
}

impl Route {
    /// A signed operation with a plain path.
    pub const fn new(name: &'static str, method: &'static str, path: &'static [Segment]) -> Self {
        Self {
            name,
            method,
            path,
            query: &[],
            host_prefix: None,
            auth: None,
            sensitive_output: false,
            unsigned_payload: false,
            checksum_required: false,
            checksum: None,
            tree_hash: false,
            compressed: false,
            without_input: false,
            endpoint_member: None,
            path_in_endpoint: false,
            may_stall: false,
            #[cfg(feature = "resource-ids")]
            resource_id: None,
        }
    }

    /// Adds literal query parameters.
    pub const fn query(mut self, query: &'static [(&'static str, Option<&'static str>)]) -> Self {
        self.query = query;
        self
    }

    /// Adds a host prefix.
    pub const fn host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// Leaves requests unsigned.
    pub const fn unsigned(mut self) -> Self {
        self.auth = Some(&[Scheme::NoAuth]);
        self
    }

    /// Has callers authenticate in one of these ways, the preferred one first.
    #[cfg(feature = "auth-schemes")]
    pub const fn auth(mut self, schemes: &'static [Scheme]) -> Self {
        self.auth = Some(schemes);
        self
    }

    /// How callers authenticate to a service that takes this.
    pub(crate) const fn auth_of(&self, service: Auth) -> Auth {
        match self.auth {
            Some(schemes) => Auth { schemes, ..service },
            None => service,
        }
    }

    /// Keeps responses out of the engine's trace logs.
    pub const fn sensitive_output(mut self) -> Self {
        self.sensitive_output = true;
        self
    }

    /// Leaves the body out of the signature.
    pub const fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sends the MD5 of the body in the header `Content-MD5`.
    #[cfg(feature = "content-md5")]
    pub const fn checksum_required(mut self) -> Self {
        self.checksum_required = true;
        self
    }

    /// Sends checksums of bodies, and checks them.
    #[cfg(feature = "http-checksum")]
    pub const fn checksum(mut self, checksum: &'static HttpChecksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Sends the tree hash of the body in the header `x-amz-sha256-tree-hash`, and the hash of all of it in another.
    #[cfg(feature = "tree-hash")]
    pub const fn tree_hash(mut self) -> Self {
        self.tree_hash = true;
        self
    }

    /// Compresses large bodies.
    #[cfg(feature = "request-compression")]
    pub const fn compressed(mut self) -> Self {
        self.compressed = true;
        self
    }

    /// Leaves the path to the endpoint, where the operation adds nothing to it.
    #[cfg(feature = "endpoint-paths")]
    pub const fn path_in_endpoint(mut self) -> Self {
        self.path_in_endpoint = true;
        self
    }

    /// Waits for the answer however long nothing comes, within the timeouts of the configuration.
    pub const fn may_stall(mut self) -> Self {
        self.may_stall = true;
        self
    }

    /// Sends the id that the input member at this position is without the first of these prefixes that it has, with a slash
    /// in front or without.
    #[cfg(feature = "resource-ids")]
    pub const fn resource_id(mut self, index: usize, prefixes: &'static [&'static str]) -> Self {
        self.resource_id = Some((index, prefixes));
        self
    }

    /// Whether a member of the input is sent otherwise than it is given.
    pub(crate) const fn changes_input(&self) -> bool {
        #[cfg(feature = "resource-ids")]
        let changes = self.resource_id.is_some();
        #[cfg(not(feature = "resource-ids"))]
        let changes = false;
        let asks = matches!(self.checksum, Some(checksum) if checksum.validation_member.is_some());
        changes || asks
    }

    /// Leaves requests without a body.
    #[cfg(feature = "rpc-v2")]
    pub const fn without_input(mut self) -> Self {
        self.without_input = true;
        self
    }

    /// Sends requests to the URL that the input member at this position has.
    pub const fn endpoint_member(mut self, index: usize) -> Self {
        self.endpoint_member = Some(index);
        self
    }
}
