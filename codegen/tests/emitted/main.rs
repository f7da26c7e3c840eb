//! What the generator emits: snapshots of small fixtures, one behaviour each, of
//! a few items of IVS RealTime, and what it says of models that it refuses.
//!
//! Snapshots stand in `codegen/tests/snapshots`. After a change of the generator,
//! `INSTA_UPDATE=always cargo test -p smithy-client-codegen --test emitted`
//! rewrites them, and the diff is read like any other code. That every fixture's
//! crate compiles without a warning is a test of its own, left out of a plain run
//! because it starts cargo: `cargo test -p smithy-client-codegen --test emitted
//! -- --ignored`.

mod compile;
mod determinism;
mod diagnostics;
mod enums;
mod errors;
mod examples;
mod fixture;
mod ivs_realtime;
mod names;
mod notation;
mod operations;
mod pagination;
mod services;
mod slices;
mod structures;
mod types_alone;

use fixture::Fixture;

/// Every fixture.
fn fixtures() -> Vec<Fixture> {
    [
        structures::FIXTURES,
        enums::FIXTURES,
        errors::FIXTURES,
        examples::FIXTURES,
        operations::FIXTURES,
        pagination::FIXTURES,
        services::FIXTURES,
        names::FIXTURES,
        slices::FIXTURES,
        types_alone::FIXTURES,
    ]
    .iter()
    .flat_map(|fixtures| fixtures.iter().map(|fixture| fixture()))
    .collect()
}
