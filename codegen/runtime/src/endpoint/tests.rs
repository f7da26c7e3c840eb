//! Tests of what rule sets call.

mod functions;
mod partition;
