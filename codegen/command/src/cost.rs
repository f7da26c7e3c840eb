//! What clients will cost to build, beside the official crates of the same services.
//!
//! - here: the clients, emitted in memory, so that their lines are exact
//! - `official` knows the lines of official crates: from the sources that cargo has, or by a rule from the model
//! - `rates` is what lines and all that clients share cost on the machine on which that was measured
//! - `speed` compares this machine with that one, by compiling something small
//! - `told` says it
//!
//! Lines of ours are exact, those of official crates mostly; seconds are estimates. [`rates`] says how good they are.

mod official;
pub mod rates;
pub mod speed;
#[cfg(test)]
mod tests;
mod told;

use std::path::PathBuf;

use smithy_client_codegen::{Emit, visible};

pub use official::{Lines, Official, Registry};

use crate::manifest::{Client, Operations};
use crate::models::Model;
use crate::outcome::Outcome;
use crate::site::Site;
use crate::sync::{Calls, Made, Task, make};
use crate::terminal::Progress;

/// What clients cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Each client, in the order in which they were asked for.
    pub clients: Vec<Estimate>,
    /// How many times as long this machine takes as the one of the rates; `None` where that is not known.
    pub factor: Option<f64>,
}

/// A service, and what it costs in each way to have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What the person calls it.
    pub name: String,
    /// How many operations the service has.
    pub operations: usize,
    /// The client of what the program calls, or why there is none; of the operations that the manifest names, where it does.
    pub auto: Result<Part, String>,
    /// Whether the manifest names its operations.
    pub is_named: bool,
    /// The client of all that can be emitted, or why there is none.
    pub whole: Result<Part, String>,
    /// The official crate.
    pub official: Official,
}

/// A client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many operations it has.
    pub operations: usize,
    /// Its lines of Rust, documentation included.
    pub lines: usize,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The services, as their clients are or would be called.
    pub names: Vec<String>,
    /// Where the models are from of those that are no clients of the workspace yet, as the manifest would have it.
    pub model: String,
}

impl Cost {
    /// Emits the clients in memory, and looks for the official crates. Nothing is written.
    ///
    /// # Errors
    ///
    /// A sentence: a model cannot be read.
    pub fn of(
        site: &Site,
        question: &Question,
        registry: &Registry,
        factor: Option<f64>,
        progress: &Progress,
    ) -> Result<Self, String> {
        let calls = Calls::of(site);
        let wanted = question.names.iter().map(|name| (name.clone(), client(site, name, &question.model)));
        let wanted: Vec<(String, Client)> = wanted.collect();
        let of = |operations: fn(&Client) -> Operations| {
            let client = |held: &Client| Client { operations: operations(held), emit: Emit::Client, ..held.clone() };
            let all: Vec<_> = wanted.iter().map(|(name, held)| (name, client(held))).collect();
            let tasks = all.iter().map(|(name, client)| Task { name, client, is_fresh: false });
            make(site, &tasks.collect::<Vec<_>>(), &calls, progress)
        };
        let (autos, wholes) = (of(sliced), of(|_| Operations::All));
        let mut clients = Vec::new();
        for ((name, client), (auto, whole)) in wanted.iter().zip(autos.iter().zip(&wholes)) {
            let texts = texts(site, name, client)?;
            let official = registry.official(&texts).map_err(|reason| format!("{}: {reason}", visible::line(name)))?;
            let operations = official::operations(&texts);
            let is_named = matches!(client.operations, Operations::Named(_));
            let (name, auto, whole) = (name.clone(), part(auto), part(whole));
            clients.push(Estimate { name, operations, auto, is_named, whole, official });
        }
        Ok(Self { clients, factor })
    }
}

/// The operations of a client that has not more than it needs: by name where the manifest has them so, as it has those that
/// `aws-config` calls and no source names.
fn sliced(held: &Client) -> Operations {
    match &held.operations {
        named @ Operations::Named(_) => named.clone(),
        Operations::Auto | Operations::All => Operations::Auto,
    }
}

/// A client of the workspace, or one that is to come.
fn client(site: &Site, name: &str, model: &str) -> Client {
    let held = site.manifest.content.clients.get(name).cloned();
    held.unwrap_or_else(|| Client { model: model.to_owned(), ..Client::default() })
}

/// The texts of a client's model.
fn texts(site: &Site, name: &str, client: &Client) -> Result<Vec<String>, String> {
    let model = match Model::kept(&site.directory, name, site.limits)? {
        Some(model) => model,
        None => Model::taken(&site.workspace.root, name, client, site.limits)?,
    };
    Ok(model.sources.texts.into_iter().map(|source| source.text).collect())
}

/// What was made, or why not, as a phrase.
fn part(made: &Made) -> Result<Part, String> {
    match &made.result {
        Ok(ready) => Ok(Part { operations: ready.locked.operations.len(), lines: ready.known.lines }),
        Err(Outcome::Refused { report, .. }) => {
            let first = report.diagnostics.first().map(|problem| visible::line(&problem.message).into_owned());
            Err(first.unwrap_or_else(|| "its model is refused".to_owned()))
        }
        Err(Outcome::Unreadable(reason)) => Err(reason.clone()),
        Err(_) => Err("its folder holds something else".to_owned()),
    }
}

/// Where cargo keeps the sources of crates.
pub fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}
