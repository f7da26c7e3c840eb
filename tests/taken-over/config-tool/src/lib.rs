//! Settings of programs: plain ones, and sealed ones that a key of KMS protects.

mod error;
mod seal;
mod store;

pub use error::Error;
pub use seal::Seal;
pub use store::{Setting, Store};
