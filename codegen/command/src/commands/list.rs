//! `cargo smithy-client list`: which clients there are.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::{Answer, Place};
use cargo_smithy_client::manifest::{Client, Operations};
use cargo_smithy_client::site::Site;
use cargo_smithy_client::summary::columns;
use cargo_smithy_client::terminal;
use smithy_client_codegen::{Emit, visible};

/// What lines that sum up begin with.
const PROGRAM: &str = "list";

/// What `--help` says below the list of options.
const HELP: &str = "\
Examples:
  cargo smithy-client list
      Each client with its service, how many operations it has and why, its package, and where its
      model comes from.
  cargo smithy-client list --format json
      The same with the names of the operations.";

/// What `list` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    arguments.place.told(PROGRAM, arguments.place.look().map(|site| answer(&site)))
}

fn answer(site: &Site) -> Answer {
    let clients = &site.manifest.content.clients;
    let header = ["client", "service", "operations", "dependency", "model"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = clients.iter().map(|(name, client)| row(site, name, client)).collect();
    let objects: Vec<Value> = clients.iter().map(|(name, client)| object(site, name, client)).collect();
    let out = match rows.is_empty() {
        true => "list: there are no clients; add one: cargo smithy-client add dynamodb\n".to_owned(),
        false => columns(&header, &rows, terminal::stdout()),
    };
    Answer {
        out,
        object: json!({ "command": PROGRAM, "status": "done", "exit_code": 0, "clients": objects }),
        ..Answer::default()
    }
}

fn row(site: &Site, name: &str, client: &Client) -> Vec<String> {
    let locked = site.lock.content.clients.get(name);
    let count = locked.map_or_else(|| "-".to_owned(), |locked| locked.operations.len().to_string());
    let extent = format!("{count} ({}{})", extent(client), if client.emit == Emit::Types { ", types" } else { "" });
    let service = locked.map_or_else(|| client.service(name), |locked| locked.sdk_id.as_str());
    let cells = [name, service, &extent, client.dependency(name), &client.model];
    cells.iter().map(|cell| visible::line(cell).into_owned()).collect()
}

/// Which operations the manifest asks for, in a word.
fn extent(client: &Client) -> &'static str {
    match client.operations {
        Operations::Auto => "auto",
        Operations::All => "all",
        Operations::Named(_) => "named",
    }
}

fn object(site: &Site, name: &str, client: &Client) -> Value {
    let locked = site.lock.content.clients.get(name);
    json!({
        "client": name,
        "service": locked.map(|locked| &locked.sdk_id),
        "chosen": extent(client),
        "operations": locked.map(|locked| &locked.operations),
        "left_out": locked.map(|locked| &locked.left_out),
        "emit": if client.emit == Emit::Types { "types" } else { "client" },
        "package": client.package(name),
        "dependency": client.dependency(name),
        "directory": site.shown(&site.crate_directory(name)),
        "model": client.model,
        "sha256": locked.map(|locked| &locked.sha256),
    })
}
