//! `cargo smithy-client add`: the clients of services come into the workspace.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::{Answer, Format, Place, Telling, context, interrupted, model_place};
use cargo_smithy_client::lock::Original;
use cargo_smithy_client::manifest::{
    Client, Manifest, Operations, check_dependency, check_name, with_client, with_directory,
};
use cargo_smithy_client::manifests::Manifests;
use cargo_smithy_client::migrate::{Takeover, official_crate};
use cargo_smithy_client::outcome::Outcome;
use cargo_smithy_client::runtime;
use cargo_smithy_client::site::Site;
use cargo_smithy_client::sync::{Calls, Made, Ready, Task, Whole, make};
use cargo_smithy_client::terminal::Progress;
use cargo_smithy_client::workspace::Member;
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
its name and with its features; `remove` puts it back. A client that the workspace has already comes to
another of its packages. The model is kept below clients/models/, and smithy-client.lock pins it.

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
  cargo smithy-client add dynamodb --package tool
      The client that is there, for a further package.
  cargo smithy-client add config --as aws-config-service
      Under another name, as the package has a crate config that is none of AWS's.
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
    check_dependency(text).map(|()| text.to_owned())
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
    site.settled()?;
    let member = site.workspace.member(arguments.package.as_deref(), &arguments.place.start()?)?;
    let manifests = Manifests::read(&site)?;
    let addition = Addition { arguments, site: &site, member, manifests };
    let asked = addition.asked()?;
    addition.run(asked, room.as_ref(), started)
}

/// A client that is asked for.
struct Asked {
    client: Client,
    /// Whether the workspace has it already, for another of its packages.
    is_held: bool,
    /// AWS's own crate that it takes the place of.
    official: Option<Takeover>,
}

/// Clients on their way into a workspace.
struct Addition<'a> {
    arguments: &'a Arguments,
    site: &'a Site,
    /// The package that is to depend on them.
    member: &'a Member,
    manifests: Manifests<'a>,
}

impl Addition<'_> {
    /// The clients that are asked for, by their names.
    ///
    /// # Errors
    ///
    /// A sentence: one cannot be called so, or the package has it already.
    fn asked(&self) -> Result<BTreeMap<String, Asked>, String> {
        let (arguments, site) = (self.arguments, self.site);
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
            if let Some(client) = site.manifest.content.clients.get(&name) {
                asked.insert(name.clone(), self.held(&name, client)?);
                continue;
            }
            let package = site.other_package(&name);
            let dependency = arguments.dependency.clone().filter(|it| it != package.as_ref().unwrap_or(&name));
            let client = Client {
                model: model.clone(),
                service: (name != service).then(|| service.to_owned()),
                operations: arguments.operations.clone(),
                also: Vec::new(),
                emit,
                package,
                dependency,
                patch: None,
                features: arguments.features.clone(),
                default_features: !arguments.no_default_features,
            };
            asked.insert(name, Asked { client, is_held: false, official: None });
        }
        Ok(asked)
    }

    /// A client that the workspace has already, for a package that does not depend on it.
    fn held(&self, name: &str, client: &Client) -> Result<Asked, String> {
        let arguments = self.arguments;
        let is_plain = arguments.model.is_none() && arguments.operations == Operations::Auto;
        if !is_plain || self.manifests.depends(&self.member.manifest, name) {
            let whom = if is_plain { format!(", and {} depends on it", self.member.name) } else { String::new() };
            return Err(format!(
                "there is a client {name} already{whom}\n  hint: change it in smithy-client.toml and run cargo \
                 smithy-client sync, or take its newer model: cargo smithy-client update {name}"
            ));
        }
        let mut client = client.clone();
        let more = arguments.features.iter().filter(|feature| !client.features.contains(feature)).cloned();
        let more: Vec<String> = more.collect();
        client.features.extend(more);
        client.default_features &= !arguments.no_default_features;
        client.dependency = arguments.dependency.clone().or(client.dependency);
        Ok(Asked { client, is_held: true, official: None })
    }

    fn run(
        mut self,
        mut asked: BTreeMap<String, Asked>,
        room: Option<&Room>,
        started: Instant,
    ) -> Result<Answer, String> {
        let site = self.site;
        let calls = Calls::of(site);
        let mut made = self.make(&asked, &calls);
        for made in &mut made {
            let Some(asked) = asked.get_mut(&made.name) else { continue };
            if let Some(Err(reason)) = can_be_written(made).map(|ready| self.check(&made.name, asked, &calls, ready)) {
                made.result = Err(Outcome::Unreadable(reason));
            }
        }
        let mut whole = Whole::new(site);
        let made = whole.clients(site, made);
        let mut text = with_directory(site.manifest.text.as_deref(), self.arguments.directory.as_deref())?;
        let mut told = String::new();
        for (name, ready) in made.iter().filter_map(|made| Some((&made.name, can_be_written(made)?))) {
            let Some(asked) = asked.get(name) else { continue };
            let originals = self.depend(name, asked)?;
            self.manifests.build_whole(asked.client.package(name))?;
            let held = site.manifest.content.clients.get(name).unwrap_or(&asked.client);
            whole.depended(name, held, originals);
            if !asked.is_held {
                text = with_client(&text, name, &asked.client)
                    .map_err(|reason| format!("cannot change smithy-client.toml: {reason}"))?;
            }
            told += &next(name, &asked.client, ready);
        }
        let synced = match told.is_empty() {
            // Nothing to write: what there is to tell are failures.
            true => Whole::new(site).finish(site, made, None)?,
            false => {
                self.manifests.exclude()?;
                self.manifests.build_whole(runtime::PACKAGE)?;
                Manifest::read(&text).map_err(|reason| format!("cannot change smithy-client.toml: {reason}"))?;
                whole.edit(site.manifest.edit(text));
                self.manifests.edits().into_iter().for_each(|edit| whole.edit(Some(edit)));
                whole.finish(site, made, room)?
            }
        };
        let context = context(PROGRAM, site, "cargo smithy-client sync".to_owned(), started.elapsed());
        let mut answer = Telling { site, context, is_check: false }.answer(&synced);
        answer.out += &told;
        Ok(answer)
    }

    /// Makes the clients, in memory.
    fn make(&self, asked: &BTreeMap<String, Asked>, calls: &Calls<'_>) -> Vec<Made> {
        let task = |(name, asked): (&'_ String, &'_ Asked)| (name.clone(), asked.client.clone(), !asked.is_held);
        let clients: Vec<(String, Client, bool)> = asked.iter().map(task).collect();
        let tasks = clients.iter().map(|(name, client, is_fresh)| Task { name, client, is_fresh: *is_fresh });
        let progress = Progress::new(asked.len(), self.arguments.place.format == Format::Text);
        make(self.site, &tasks.collect::<Vec<_>>(), calls, &progress)
    }

    /// Settles what the package calls a client, and with which features.
    ///
    /// # Errors
    ///
    /// A sentence: it calls something else so, AWS's own crate cannot be replaced, or the client has not such a feature.
    fn check(&self, name: &str, asked: &mut Asked, calls: &Calls<'_>, ready: &Ready) -> Result<(), String> {
        let manifest = &self.member.manifest;
        let Asked { client, .. } = asked;
        if client.emit == Emit::Client && self.arguments.dependency.is_none() {
            let package = official_crate(&ready.locked.sdk_id);
            let official = Takeover::of(self.site, manifest, &package)?;
            let is_named = || Ok::<_, String>(!calls.program()?.places(&package.replace('-', "_")).is_empty());
            if let Some(official) = &official {
                if self.arguments.features.is_empty() && !self.arguments.no_default_features {
                    official.ask(client);
                }
                client.dependency = Some(official.dependency().to_owned());
            } else if !asked.is_held && is_named()? {
                client.dependency = Some(package);
            }
            asked.official = official;
        }
        client.dependency = client.dependency.take().filter(|dependency| dependency != client.package(name));
        ready.check_features(self.site, name, client)?;
        match asked.official {
            Some(_) => Ok(()),
            None => self.manifests.is_free(manifest, client.dependency(name), name),
        }
    }

    /// Makes the package depend on a client; gives what that takes the place of.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be changed in that way.
    fn depend(&mut self, name: &str, Asked { client, official, .. }: &Asked) -> Result<Vec<Original>, String> {
        match official {
            Some(official) => official.replace(self.site, &mut self.manifests, name, client),
            None => {
                self.manifests.depend(&self.member.manifest, client.dependency(name), name, client).map(|()| Vec::new())
            }
        }
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
