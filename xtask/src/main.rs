//! The command line of this repository: `cargo xtask <command>`.
//!
//! A table of contents, with one file per command:
//!
//! | command | file | what it does |
//! | --- | --- | --- |
//! | `codegen` | `codegen.rs` | emits a client crate from a model, or checks that it is current |
//! | `diff` | `model_diff.rs` | says what sets two models apart, and what that means for callers |
//! | `update` | `update.rs` | takes an upstream model and makes the repository follow |
//! | `docs-coverage` | `docs_coverage.rs` | says what of the model lacks documentation |
//! | `bench` | `bench.rs` | measures the client beside the official crate |
//! | `programs` | `programs.rs` | tests the consumer programs against the client and the official crate |
//! | `conformance` | `conformance.rs` | runs Smithy's protocol tests against emitted clients |
//! | `moto` | `moto.rs` | calls clients of other services against moto, an imitation of AWS |
//! | `services` | `services.rs` | emits, compiles and documents clients of real services |
//! | `streams` | `streams.rs` | sends a large object to a server of S3 and reads it back, beside the official crate |
//! | `takeover` | `takeover.rs` | takes programs on official crates over, tests and measures them |
//!
//! Of the rooms behind the commands `workspace.rs` finds the repository, and `terminal.rs` says
//! what is being done. What reads models,
//! compares and writes crates, and says what came of it, is the library of
//! `cargo smithy-client`, in `codegen/command`.
//!
//! Arguments are read by clap. Without its default features it adds about six
//! seconds of processor time to a first build that takes twenty-five, once, as
//! `syn` is there for the generator anyway. For that every command has checked
//! arguments, suggestions for a misspelt option and its own `--help`.

mod bench;
mod codegen;
mod conformance;
mod docs_coverage;
mod emitted;
mod model_diff;
mod moto;
mod programs;
mod services;
mod streams;
mod takeover;
mod terminal;
mod update;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// The commands, in the order in which `--help` lists them.
#[derive(Debug, Subcommand)]
enum Command {
    /// Emit the client crate from its model, or check that it is current.
    Codegen(codegen::Arguments),
    /// Say what sets two models apart, and what that means for callers.
    Diff(model_diff::Arguments),
    /// Take an upstream model: update facts, documentation, client, changelog and version.
    Update(update::Arguments),
    /// Say what of the model lacks documentation, or has it in a wrong form.
    DocsCoverage(docs_coverage::Arguments),
    /// Measure the client, or one of another service, beside the official crate: source, builds, programs, calls.
    Bench(bench::Arguments),
    /// Test the programs of tests/programs/ against the client and against the official crate.
    Programs(programs::Arguments),
    /// Run Smithy's protocol tests against clients that are emitted for that.
    Conformance(conformance::Arguments),
    /// Call clients of SQS, DynamoDB, SSM and IVS, emitted for that, against moto's server.
    Moto(moto::Arguments),
    /// Emit, compile and document clients of real services: any warning is a failure.
    Services(services::Arguments),
    /// Send a large object to a server of S3 and read it back, and measure what that costs.
    Streams(streams::Arguments),
    /// Take programs on official crates over as a user does, and test or measure them on both sides.
    Takeover(takeover::Arguments),
}

fn main() -> ExitCode {
    if let Some(status) = bench::stand_in() {
        return status;
    }
    match CommandLine::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Diff(arguments) => model_diff::run(&arguments),
        Command::Update(arguments) => update::run(&arguments),
        Command::DocsCoverage(arguments) => docs_coverage::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Programs(arguments) => programs::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Moto(arguments) => moto::run(&arguments),
        Command::Services(arguments) => services::run(&arguments),
        Command::Streams(arguments) => streams::run(&arguments),
        Command::Takeover(arguments) => takeover::run(&arguments),
    }
}
