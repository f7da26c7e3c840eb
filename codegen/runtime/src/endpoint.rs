//! What endpoint rule sets call: the standard library of functions and the partitions of AWS. In clients also what leads
//! from a call to its endpoint.
//!
//! [`functions`] and [`partition`] need nothing but the standard library. The feature `endpoint-rules` has them without a
//! client, for tools that follow the rules of models to compare them.

#[cfg(feature = "client")]
mod call;
pub mod functions;
#[cfg(all(feature = "client", feature = "jmespath"))]
pub mod input;
pub mod partition;
#[cfg(test)]
mod tests;

#[cfg(feature = "client")]
pub(crate) use call::host_prefix;
#[cfg(feature = "client")]
pub use call::{
    Object, account_id, account_id_endpoint_mode, at, builder_for, decide, endpoint_url, region, use_dual_stack,
    use_fips,
};
