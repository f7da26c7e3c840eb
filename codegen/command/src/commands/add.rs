//! `cargo smithy-client add`: the clients of services come into the workspace.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::{Answer, Format, Place, Telling, context, interrupted, model_place};
use cargo_smithy_client::manifest::{Client, Manifest, Operations, check_name, with_client, with_directory};
use cargo_smithy_client::manifests::Manifests;
use cargo_smithy_client::site::Site;
use cargo_smithy_client::sync::{Calls, Made, Ready, Task, Whole, make};
use cargo_smithy_client::terminal::Progress;
use cargo_smithy_client::write::Room;
use smithy_client_codegen::{Emit, check_crate_name};

/// What lines that sum up begin with.
const PROGRAM: &str = "add";

/// How AWS's own crates begin.
const OFFICIAL: &str = "aws-sdk-";

/// What `--help` says below the list of options.
const HELP: &str = "\
A service is named as AWS names it, in any case: dynamodb, secretsmanager, \"CloudWatch Logs\"; or as its
directory in botocore, or with aws-sdk- before it. Its client becomes a crate of that name below
clients/, and a dependency of the package in the current directory. Where the program uses AWS's own
crate of the service already, as a dependency or in its sources, the client takes the place of that, under
its name. The model is kept below clients/models/, and smithy-client.lock pins it.

The client has the operations that the program calls, and after `sync` those that it calls then. What the
generator cannot emit yet is left out, and told.

Examples:
  cargo smithy-client add dynamodb sqs
      From the botocore that Python has; `pip install botocore` brings it.
  cargo smithy-client add kms --model botocore-1.43.0-py3-none-any.whl
      From what `pip download botocore --no-deps` has brought.
  cargo smithy-client add ivs --model ../api-models-aws/models/ivs --operations all
      From a Smithy model, with every operation.
  cargo smithy-client add ssm --operations GetParameter,PutParameter --package worker
      With two operations, for one package of the workspace.
  cargo smithy-client add dynamodb --emit types
      Types with serde alone, for a front end or a store.
  cargo smithy-client add sns --no-default-features --features rustls-aws-lc,rt-tokio
      With another TLS stack.

Exit codes:
  0  added
  1  a client was not added, the others were: the model is refused, or a file is in the way
  2  bad arguments, or a file that cannot be read or written";

/// What `add` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The services
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    /// Where their models come from: a Smithy model or a folder of such, a botocore folder or wheel, or an https URL
    /// [default: the botocore that Python has]
    #[arg(long, value_name = "PLACE")]
    model: Option<String>,

    /// Which operations the clients have: `auto`, those that the program calls; `all`; or names such as GetItem,PutItem
    #[arg(long, value_name = "WHICH", default_value = "auto", value_parser = operations)]
    operations: Operations,

    /// What to emit of them
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = What::Client)]
    emit: What,

    /// Features of the clients that the package asks for, between commas
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    features: Vec<String>,

    /// Ask for no other features
    #[arg(long)]
    no_default_features: bool,

    /// What the package calls the client [default: what it calls AWS's own crate, else the client's name]
    #[arg(long = "as", value_name = "DEPENDENCY", value_parser = dependency)]
    dependency: Option<String>,

    /// The package that depends on the clients [default: that of the current directory]
    #[arg(long, value_name = "MEMBER")]
    package: Option<String>,

    /// Folder of the clients, relative to the root of the workspace, for the first client [default: clients]
    #[arg(long, value_name = "DIR")]
    directory: Option<String>,

    #[command(flatten)]
    place: Place,
}

/// The value of `--emit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// A client of the service
    Client,
    /// What operations take and return, with serde, without a client
    Types,
}

/// Reads `--operations`.
fn operations(text: &str) -> Result<Operations, String> {
    let names: Vec<String> = text.split([',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    match names.as_slice() {
        [] => Err("write `auto`, `all`, or names of operations".to_owned()),
        [one] if one == "auto" => Ok(Operations::Auto),
        [one] if one == "all" => Ok(Operations::All),
        _ => Ok(Operations::Named(names)),
    }
}

/// Reads `--as`.
fn dependency(text: &str) -> Result<String, String> {
    check_crate_name(text).map(|()| text.to_owned())
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    arguments.place.told(PROGRAM, attempt(arguments))
}

fn attempt(arguments: &Arguments) -> Result<Answer, String> {
    let started = Instant::now();
    if arguments.dependency.is_some() && arguments.names.len() > 1 {
        return Err("--as names one client; add the others in runs of their own".to_owned());
    }
    let mut place = arguments.place.clone();
    place.directory = arguments.directory.clone();
    let (site, room) = match place.enter(false)? {
        Ok(entered) => entered,
        Err(_) => return Ok(interrupted(PROGRAM, "cargo smithy-client sync")),
    };
    let asked = asked(arguments, &site)?;
    let member = site.workspace.member(arguments.package.as_deref(), &arguments.place.start()?)?.manifest.clone();
    let addition = Addition { arguments, site: &site, member: &member };
    addition.run(asked, room.as_ref(), started)
}

/// The clients that are asked for, by their names.
///
/// # Errors
///
/// A sentence: one cannot be called so, or is there already.
fn asked(arguments: &Arguments, site: &Site) -> Result<BTreeMap<String, Client>, String> {
    let emit = if arguments.emit == What::Types { Emit::Types } else { Emit::Client };
    let model = model_place(arguments.model.as_deref(), &site.workspace.root)?;
    let mut asked = BTreeMap::new();
    for written in &arguments.names {
        let service = written.strip_prefix(OFFICIAL).unwrap_or(written);
        let mut name = service.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        if emit == Emit::Types {
            name.push_str("-types");
        }
        check_name(&name)?;
        check_crate_name(&name)?;
        if site.manifest.content.clients.contains_key(&name) {
            return Err(format!(
                "there is a client {name} already\n  hint: change it in smithy-client.toml and run cargo smithy-client \
                 sync, or take its newer model: cargo smithy-client update {name}"
            ));
        }
        let client = Client {
            model: model.clone(),
            service: (name != service).then(|| service.to_owned()),
            operations: arguments.operations.clone(),
            emit,
            package: None,
            dependency: arguments.dependency.clone().filter(|dependency| *dependency != name),
            patch: None,
            features: arguments.features.clone(),
            default_features: !arguments.no_default_features,
        };
        asked.insert(name, client);
    }
    Ok(asked)
}

/// Clients on their way into a workspace.
struct Addition<'a> {
    arguments: &'a Arguments,
    site: &'a Site,
    /// The manifest of the package that is to depend on them.
    member: &'a Path,
}

impl Addition<'_> {
    fn run(
        &self,
        mut asked: BTreeMap<String, Client>,
        room: Option<&Room>,
        started: Instant,
    ) -> Result<Answer, String> {
        let site = self.site;
        let tasks: Vec<Task<'_>> = asked.iter().map(|(name, client)| Task { name, client, is_fresh: true }).collect();
        let calls = Calls::of(site);
        let progress = Progress::new(tasks.len(), self.arguments.place.format == Format::Text);
        let made = make(site, &tasks, &calls, &progress);
        drop(progress);
        drop(tasks);
        let mut whole = Whole::new(site);
        let mut manifests = Manifests::read(site)?;
        let made = whole.clients(site, made);
        let mut text = with_directory(site.manifest.text.as_deref(), self.arguments.directory.as_deref())?;
        let mut told = String::new();
        for (name, ready) in made.iter().filter_map(|made| Some((&made.name, can_be_written(made)?))) {
            let Some(client) = asked.get_mut(name) else { continue };
            if client.dependency.is_none() {
                client.dependency = self.official(&calls, &manifests, ready)?.filter(|dependency| dependency != name);
            }
            manifests.depend(self.member, name, client)?;
            text = with_client(&text, name, client)
                .map_err(|reason| format!("cannot change smithy-client.toml: {reason}"))?;
            told += &next(name, client, ready);
        }
        if !told.is_empty() {
            manifests.exclude()?;
            Manifest::read(&text).map_err(|reason| format!("cannot change smithy-client.toml: {reason}"))?;
            whole.edit(site.manifest.edit(text));
            manifests.edits().into_iter().for_each(|edit| whole.edit(Some(edit)));
        }
        let is_any = !told.is_empty();
        let synced = match is_any {
            true => whole.finish(site, made, room)?,
            // Nothing to write: what there is to tell are failures.
            false => Whole::new(site).finish(site, made, None)?,
        };
        let context = context(PROGRAM, site, "cargo smithy-client sync".to_owned(), started.elapsed());
        let mut answer = Telling { site, context, is_check: false }.answer(&synced);
        answer.out += &told;
        Ok(answer)
    }

    /// What the package calls AWS's own crate of the service, if its program uses that.
    ///
    /// # Errors
    ///
    /// A sentence on a source that cannot be read.
    fn official(&self, calls: &Calls<'_>, manifests: &Manifests<'_>, ready: &Ready) -> Result<Option<String>, String> {
        let words: String = ready.locked.sdk_id.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("{OFFICIAL}{}", words.to_ascii_lowercase());
        let is_used = manifests.has_dependency(self.member, &name)
            || !calls.program()?.places(&name.replace('-', "_")).is_empty();
        Ok(is_used.then_some(name))
    }
}

/// What is written of a client that was made, if it is.
fn can_be_written(made: &Made) -> Option<&Ready> {
    made.result.as_ref().ok().filter(|ready| !ready.is_obstructed())
}

/// What the person does next with a client.
fn next(name: &str, client: &Client, ready: &Ready) -> String {
    let library = client.dependency(name).replace('-', "_");
    match (client.emit, &client.operations, ready.locked.operations.len()) {
        (Emit::Client, Operations::Auto, 0) => format!(
            "{name}: the program calls no operation of it yet; write calls of `{library}::Client`, then run cargo \
             smithy-client sync\n"
        ),
        (Emit::Client, ..) => format!("{name}: use it as `{library}::Client`\n"),
        (Emit::Types, ..) => format!("{name}: use it as `{library}::types`\n"),
    }
}
