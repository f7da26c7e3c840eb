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
#[cfg(feature = "client")]
mod resolved;
#[cfg(test)]
mod tests;

#[cfg(feature = "client")]
pub(crate) use call::host_prefix;
#[cfg(feature = "client")]
pub use call::{
    account_id, account_id_endpoint_mode, decide, endpoint_url, invalid_params, region, use_dual_stack, use_fips,
};
#[cfg(feature = "client")]
pub use resolved::{Property, at, at_with, by_rules, no_rule, of_another_service, refuse};
