//! What the generator emits: snapshots of small fixtures, one behaviour each, of
//! a few items of IVS RealTime, and what it says of models that it refuses.
//!
//! Snapshots stand in `codegen/tests/snapshots`. After a change of the generator,
//! `INSTA_UPDATE=always cargo test -p smithy-client-codegen --test emitted`
//! rewrites them, and the diff is read like any other code. That the crates compile
//! without a warning is tested too: of one with every name that could hide another
//! in each run, of all in a run of its own, because it takes a minute:
//! `cargo test -p smithy-client-codegen --test emitted -- --ignored`.

mod auth;
mod beforehand;
mod beneath_aws_config;
mod buckets;
mod chosen_types;
mod compile;
mod deprecation;
mod determinism;
mod diagnostics;
mod endpoint_diagrams;
mod endpoint_mutants;
mod endpoint_rules;
mod endpoint_rust;
mod enums;
mod errors;
mod events;
mod examples;
mod fixture;
mod front_page;
mod ivs_realtime;
mod names;
mod notation;
mod official_names;
mod operations;
mod pagination;
mod query;
mod runs;
mod senders;
mod services;
mod slices;
mod streams;
mod structures;
mod taken_names;
mod types_alone;
mod vocabulary;
mod waiters;
mod xml;

use fixture::Fixture;

/// Every fixture.
fn fixtures() -> Vec<Fixture> {
    [
        structures::FIXTURES,
        beforehand::FIXTURES,
        buckets::FIXTURES,
        deprecation::FIXTURES,
        enums::FIXTURES,
        errors::FIXTURES,
        events::FIXTURES,
        examples::FIXTURES,
        front_page::FIXTURES,
        operations::FIXTURES,
        pagination::FIXTURES,
        services::FIXTURES,
        auth::FIXTURES,
        endpoint_rust::FIXTURES,
        endpoint_diagrams::FIXTURES,
        runs::FIXTURES,
        names::FIXTURES,
        taken_names::FIXTURES,
        slices::FIXTURES,
        streams::FIXTURES,
        chosen_types::FIXTURES,
        types_alone::FIXTURES,
        xml::FIXTURES,
        query::FIXTURES,
        waiters::FIXTURES,
    ]
    .iter()
    .flat_map(|fixtures| fixtures.iter().map(|fixture| fixture()))
    .collect()
}
