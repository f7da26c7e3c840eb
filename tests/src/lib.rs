//! Helpers for tests that cross crates: a server on loopback that records raw requests, an independent
//! check of their signatures, and expectations computed from the Smithy model rather than from our own codec.
//!
//! The pieces, in the order a test uses them: [`client`] builds a client pointed at a [`loopback::LoopbackServer`];
//! the server records each [`request::Request`]; [`sigv4`] verifies its signature; [`model`] reads the model,
//! [`sample`] and [`values`] make values for its shapes, and [`expect`] says which request the model demands for such a value.

// Nobody calls the functions that the README shows.
#![doc(test(attr(deny(warnings), allow(dead_code))))]

pub mod client;
pub mod expect;
pub mod fake;
pub mod interrupt;
pub mod loopback;
pub mod model;
pub mod request;
pub mod sample;
pub mod sigv4;
pub mod values;

/// The programs of the README, compiled as they stand, and without a warning.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
