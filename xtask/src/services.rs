//! `cargo xtask services`: clients of real services are emitted, checked and documented, and any warning is a failure.
//!
//! Their models are not part of the repository. Each client is a workspace of its own below `target/services/`, with the
//! versions that the repository has locked, so that the engine is built once for all of them.

mod all;
mod verdict;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

use clap::Args;

use crate::emitted::{self, Model};
use crate::terminal::{ended, say, tell};
use crate::workspace;
use verdict::Verdict;

/// What `--help` says below the list of options.
const HELP: &str = "\
Each client is emitted, checked with all types in serde, and documented, without its dependencies.
It fails where the generator refuses its model, or the compiler or rustdoc warns. Without names and
models it is services of ../shared/models that speak XML or forms.

Clients are built below target/services/, which may be deleted.

Examples:
  cargo xtask services
      Every service with a model in ../shared/models that has a row here.
  cargo xtask services sts iam
      Only these.
  cargo xtask services --model botocore-1.44.8-py3-none-any.whl --service ec2
      A service of another model. EC2 takes some minutes, most of them for its documentation.
  cargo xtask services --model lambda.json --skip-unsupported
      All but the operations that cannot be emitted.
  cargo xtask services --all botocore-1.44.8-py3-none-any.whl --skip-unsupported --no-docs
      Every model of a folder, a wheel or another archive, which takes hours; what is compiled of a
      client is removed before the next, so that it takes no more room than its source.

Exit codes:
  0  every client compiles and is documented without a warning; or it says `skipped:`, as its model is missing
  1  one is refused, does not compile, or has warnings
  2  bad arguments, or nothing can be built here";

/// Where the models are, relative to the repository.
const MODELS: &str = "../shared/models";

/// Where clients are built, relative to the repository.
const BUILT: &str = "target/services";

/// Services by the names of their packages, with their models below [`MODELS`].
const SERVICES: [(&str, &str); 8] = [
    ("autoscaling", "aws/auto-scaling-2011-01-01.json"),
    ("cloudwatch", "aws/cloudwatch-2010-08-01.json"),
    ("iam", "aws-2026/iam.json"),
    ("rds", "aws/rds-2014-10-31.json"),
    ("route53", "aws-2026/route-53.json"),
    ("s3control", "aws-2026/s3-control.json"),
    ("sns", "aws/sns-2010-03-31.json"),
    ("sts", "aws-2026/sts.json"),
];

/// What `services` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Only these services [default: all]
    #[arg(value_name = "SERVICES", conflicts_with_all = ["models", "all"])]
    services: Vec<String>,

    /// The client of this model: a file, a folder or an archive; repeat it for several
    #[arg(long = "model", value_name = "PATH")]
    models: Vec<PathBuf>,

    /// The clients of all models of a folder, of botocore's data or of an archive
    #[arg(long, value_name = "PATH", conflicts_with = "models")]
    all: Option<PathBuf>,

    /// The service to take, where the model holds several; repeat it for several of one model
    #[arg(long = "service", value_name = "NAME", requires = "models")]
    of_model: Vec<String>,

    /// Leave out operations that cannot be emitted
    #[arg(long)]
    skip_unsupported: bool,

    /// Check the clients, but do not document them
    #[arg(long)]
    no_docs: bool,
}

/// A client, by the name of its package.
#[derive(Debug)]
struct Client {
    name: String,
    model: Model,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    ended(attempt(arguments))
}

/// Emits and builds the clients; whether none failed.
fn attempt(arguments: &Arguments) -> Result<bool, String> {
    let here = env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let place = Place { root: workspace::root(&here), has_docs: !arguments.no_docs };
    if let Some(models) = &arguments.all {
        return every(&place, models, arguments.skip_unsupported);
    }
    let (clients, lacking): (Vec<_>, Vec<_>) =
        chosen(arguments, &place.root)?.into_iter().partition(|client| client.model.path.exists());
    for Client { name, model } in lacking {
        tell(&format!("{name}: skipped: not found: {}\n", model.path.display()));
    }
    let mut all_hold = true;
    for client in &clients {
        all_hold &= told(&client.name, &place.verdict(client)?);
    }
    Ok(all_hold)
}

/// Emits and builds a client of every model of a place; whether none failed.
fn every(place: &Place, models: &Path, skip_unsupported: bool) -> Result<bool, String> {
    say(&format!("{}: emitting", models.display()));
    let stem = models.file_stem().unwrap_or_default().to_string_lossy();
    let out = place.root.join(BUILT).join(format!("all-{stem}"));
    let emitted = all::emit(&place.root, models, skip_unsupported, &out)?;
    let mut failures = Vec::new();
    for (service, said) in emitted.refused {
        told(&service, &Verdict::Fails(said));
        failures.push(service);
    }
    let count = emitted.crates.len();
    for (name, directory) in emitted.crates {
        if !told(&name, &place.built(&name, &directory)?) {
            failures.push(name.clone());
        }
        place.cargo(&directory, &["clean", "--quiet", "--package", &name], &[])?;
    }
    let failed = failures.len();
    tell(&format!("{count} clients, {failed} failed{}{}\n", if failed > 0 { ": " } else { "" }, failures.join(", ")));
    Ok(failed == 0)
}

/// Tells what became of a client; whether it holds.
fn told(name: &str, verdict: &Verdict) -> bool {
    say("");
    tell(&verdict.text(name));
    *verdict == Verdict::Holds
}

/// The clients that are asked for.
fn chosen(arguments: &Arguments, root: &Path) -> Result<Vec<Client>, String> {
    let skip_unsupported = arguments.skip_unsupported;
    if let [model] = &arguments.models[..]
        && !arguments.of_model.is_empty()
    {
        let of_service = |service: &String| Client {
            name: package(service),
            model: Model { path: model.clone(), service: Some(service.clone()), skip_unsupported, operations: None },
        };
        return Ok(arguments.of_model.iter().map(of_service).collect());
    }
    if !arguments.of_model.is_empty() {
        return Err("--service is for one --model".to_owned());
    }
    if !arguments.models.is_empty() {
        let of_file = |path: &PathBuf| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            Client {
                name: package(&stem),
                model: Model { path: path.clone(), service: None, skip_unsupported, operations: None },
            }
        };
        return Ok(arguments.models.iter().map(of_file).collect());
    }
    let names = &arguments.services;
    if let Some(unknown) = names.iter().find(|&name| SERVICES.iter().all(|(known, _)| known != name)) {
        let all = SERVICES.map(|(name, _)| name).join(", ");
        return Err(format!("there is no model for the service `{unknown}`; there are {all}"));
    }
    let wanted = SERVICES.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|wanted| wanted == name));
    let client = |(name, file): &(&str, &str)| Client {
        name: (*name).to_owned(),
        model: Model { path: root.join(MODELS).join(file), service: None, skip_unsupported, operations: None },
    };
    Ok(wanted.map(client).collect())
}

/// The name of a package for a service or a file of this name. It is a word of its own, which no other crate has.
fn package(name: &str) -> String {
    let plain = |character: char| match character.is_ascii_alphanumeric() {
        true => character.to_ascii_lowercase(),
        false => '-',
    };
    format!("client-{}", name.chars().map(plain).collect::<String>())
}

/// The repository below which clients are built.
struct Place {
    root: PathBuf,
    /// Whether clients are documented as well.
    has_docs: bool,
}

impl Place {
    /// Emits a client, checks it, and documents it.
    fn verdict(&self, client: &Client) -> Result<Verdict, String> {
        say(&format!("{}: emitting", client.name));
        let out = self.root.join(BUILT).join(&client.name);
        match client.model.emit(&self.root, &client.name, &out)? {
            Ok(()) => self.built(&client.name, &out),
            Err(refused) => Ok(Verdict::Fails(refused)),
        }
    }

    /// Checks and documents the crate of a client.
    fn built(&self, name: &str, directory: &Path) -> Result<Verdict, String> {
        emitted::lock(&self.root, directory)?;
        say(&format!("{name}: checking"));
        let features = ["--no-default-features", "--features", "behavior-version-latest,rt-tokio,serde"];
        let options = [&features[..], &["--quiet", "--message-format", "json"]].concat();
        let checked = self.cargo(directory, &[&["check"][..], &options].concat(), &[])?;
        let verdict = verdict::of(name, &checked);
        if verdict != Verdict::Holds || !self.has_docs {
            return Ok(verdict);
        }
        say(&format!("{name}: documenting"));
        let doc = [&["doc", "--no-deps"][..], &options].concat();
        let documented = self.cargo(directory, &doc, &[("RUSTDOCFLAGS", "-D warnings")])?;
        Ok(verdict::of(name, &documented))
    }

    fn cargo(&self, client: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Output, String> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).stdin(Stdio::null()).current_dir(client);
        cargo.envs(environment.iter().copied());
        // The engine is built there already, and what is emitted is built once.
        cargo.env("CARGO_TARGET_DIR", self.root.join("target")).env("CARGO_INCREMENTAL", "0");
        cargo.output().map_err(|cause| format!("cannot run cargo: {cause}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, SERVICES, chosen, package};
    use std::path::{Path, PathBuf};

    fn names(services: &[&str], models: &[&str], of_model: &[&str]) -> Result<Vec<String>, String> {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let arguments = Arguments {
            services: owned(services),
            models: models.iter().map(PathBuf::from).collect(),
            of_model: owned(of_model),
            skip_unsupported: false,
            all: None,
            no_docs: false,
        };
        Ok(chosen(&arguments, Path::new("."))?.into_iter().map(|client| client.name).collect())
    }

    #[test]
    fn services_are_those_of_the_table_or_of_models_that_are_named() {
        assert_eq!(names(&[], &[], &[]).map(|names| names.len()), Ok(SERVICES.len()));
        assert_eq!(names(&["sts", "iam"], &[], &[]), Ok(vec!["iam".to_owned(), "sts".to_owned()]));
        assert_eq!(names(&[], &["a.whl"], &["ec2", "s3"]), Ok(vec![package("ec2"), package("s3")]));
        assert_eq!(names(&[], &["x/a b.json"], &[]), Ok(vec!["client-a-b".to_owned()]));
        assert!(names(&["ec2"], &[], &[]).is_err_and(|reason| reason.contains("sts")));
        assert!(names(&[], &["a", "b"], &["ec2"]).is_err());
    }
}
