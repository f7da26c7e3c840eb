//! The command line of this repository: `cargo xtask <command>`.
//!
//! A table of contents, with one file per command:
//!
//! | command | file | what it does |
//! | --- | --- | --- |
//! | `codegen` | `codegen.rs` | emits a client crate from a model, or checks that it is current |
//!
//! The rooms behind the commands: `write.rs` compares an emitted crate with the
//! disk and replaces it, `diff.rs` and `outcome.rs` say what happened, to a
//! person or to a machine, and `workspace.rs` finds the repository.
//!
//! Arguments are read by clap. Without its default features it adds about six
//! seconds of processor time to a first build that takes twenty-five, once, as
//! `syn` is there for the generator anyway. For that every command has checked
//! arguments, suggestions for a misspelt option and its own `--help`.

mod codegen;
mod diff;
mod outcome;
mod workspace;
mod write;

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
}

fn main() -> ExitCode {
    match CommandLine::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
    }
}
