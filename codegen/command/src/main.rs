//! `cargo smithy-client`: clients of AWS services in a Cargo workspace, sliced to what its program calls.
//!
//! A table of contents, with one file per command below `commands`:
//!
//! | command | what it does |
//! | --- | --- |
//! | `add` | a service's client comes into the workspace |
//! | `sync` | all clients are what the manifest, the lock and the program ask for |
//! | `update` | newer models are taken from where they come from |
//! | `outdated` | what upstream changed for what is in use |
//! | `list` | which clients there are |
//! | `remove` | a client goes |
//! | `cost` | what clients will cost to build |
//! | `migrate` | clients take the place of the official crates of a program, and go again |
//!
//! What they share is the library of this package.

mod commands;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{add, cost, list, migrate, outdated, remove, sync, update};

/// What `--help` says first.
const ABOUT: &str = "Clients of AWS services in a Cargo workspace, sliced to what its program calls";

/// What `--help` says below the list of commands.
const HELP: &str = "\
smithy-client.toml, beside the root Cargo.toml, says which clients a workspace has: `add` and `remove`
change it, and so may you. `sync` emits them as crates below clients/, with the models that they come
from and one copy of the runtime; smithy-client.lock pins all of it. Commit these files: whoever
checks them out builds as you do, without this command, Python or a network.

A first client:
  cargo smithy-client add dynamodb
      The client of what the program calls; the model is that of the botocore which Python has.
  cargo smithy-client sync
      After calls of other operations were written.
  cargo smithy-client sync --check
      In CI: fails if `sync` would change anything.";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "cargo smithy-client", bin_name = "cargo smithy-client", version, about = ABOUT, after_help = HELP)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// The commands, in the order in which `--help` lists them.
#[derive(Debug, Subcommand)]
enum Command {
    /// Add clients of services: emit them, and depend on them
    Add(add::Arguments),
    /// Bring all clients up to date, or check that they are
    Sync(sync::Arguments),
    /// Take newer models from where they come from
    Update(update::Arguments),
    /// Say what newer models change for what is in use
    Outdated(outdated::Arguments),
    /// List the clients
    List(list::Arguments),
    /// Remove clients: their crates, and what depends on them in manifests
    Remove(remove::Arguments),
    /// Estimate what clients cost to build, beside the official crates
    Cost(cost::Arguments),
    /// Let clients take the place of the official crates that a program uses, or put those back
    Migrate(migrate::Arguments),
}

fn main() -> ExitCode {
    match CommandLine::parse_from(words(std::env::args_os().collect())).command {
        Command::Add(arguments) => add::run(&arguments),
        Command::Sync(arguments) => sync::run(&arguments),
        Command::Update(arguments) => update::run(&arguments),
        Command::Outdated(arguments) => outdated::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Remove(arguments) => remove::run(&arguments),
        Command::Cost(arguments) => cost::run(&arguments),
        Command::Migrate(arguments) => migrate::run(&arguments),
    }
}

/// The words of the command line. Cargo puts the name of the command before those of the person.
fn words(mut words: Vec<OsString>) -> Vec<OsString> {
    if words.get(1).is_some_and(|word| word == "smithy-client") {
        words.remove(1);
    }
    words
}
