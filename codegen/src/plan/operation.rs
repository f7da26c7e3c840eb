//! Operations as Rust will have them: names, ends, errors and route.

use super::docs::{Docs, Line};
use super::names::OperationNames;
use super::pagination::Pagination;
use super::structure::Structure;
use super::waiter::Waiter;
use crate::model::AuthScheme;

/// An operation with its own input and output.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Name in the model.
    pub(crate) shape_name: String,
    /// What it is called in Rust, and what belongs to it.
    pub(crate) names: OperationNames,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    /// Its input, its output, a member of them, or an error is deprecated.
    pub(crate) names_deprecated: bool,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    /// Errors, by Rust name.
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) method: String,
    pub(crate) path: Vec<PathSegment>,
    pub(crate) query: Vec<(String, Option<String>)>,
    pub(crate) host_prefix: Option<String>,
    /// How callers authenticate, where that is not as the service says.
    pub(crate) auth: Option<Vec<AuthScheme>>,
    pub(crate) unsigned_payload: bool,
    pub(crate) checksum_required: bool,
    pub(crate) checksum: Option<Checksum>,
    /// Requests carry the tree hash of their body.
    pub(crate) tree_hash: bool,
    pub(crate) compressed: bool,
    /// Requests have no body, as the model has no input.
    pub(crate) without_input: bool,
    /// Position of the input member that says where requests go.
    pub(crate) endpoint_member: Option<usize>,
    /// The answer may take longer than a stream may stall.
    pub(crate) may_stall: bool,
    /// Position of the input member that is an id, and the prefixes that it is sent without.
    pub(crate) resource_id: Option<(usize, &'static [&'static str])>,
    /// A member of the input is a part of the endpoint, and its path may be all of the path.
    pub(crate) path_in_endpoint: bool,
    pub(crate) sensitive_output: bool,
    pub(crate) paginated: Option<Pagination>,
    pub(crate) waiters: Vec<Waiter>,
}

/// What checksums the messages of an operation have.
#[derive(Debug)]
pub(crate) struct Checksum {
    /// Position of the input member that names the algorithm for the request.
    pub(crate) algorithm_member: Option<usize>,
    pub(crate) required: bool,
    /// Position of the input member that asks for the checksum of the response.
    pub(crate) validation_member: Option<usize>,
    /// The algorithms of responses.
    pub(crate) response: Vec<String>,
}

/// A variant of an error enum.
#[derive(Clone, Debug)]
pub(crate) struct ErrorVariant {
    /// The exception.
    pub(crate) name: String,
    pub(crate) variant: String,
    pub(crate) is: String,
    /// What `.code()` gives for it.
    pub(crate) code: String,
    /// Name of the shape, by which responses call it.
    pub(crate) shape_name: String,
    /// The code of the query protocol by which it is known, too.
    pub(crate) query_code: Option<String>,
    /// The code of the query protocol by which the operation alone knows it, as it means other exceptions elsewhere.
    pub(crate) own_code: Option<String>,
    /// Spelled with its path, as files of operations use its name for something else.
    pub(crate) qualified: bool,
    pub(crate) first_sentence: Line,
}

/// A segment of a route.
#[derive(Debug)]
pub(crate) enum PathSegment {
    Literal(String),
    /// Position of the member in the input.
    Label(usize),
    Greedy(usize),
}
