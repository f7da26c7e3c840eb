//! `cargo xtask moto`: clients of other services against moto, the imitation of AWS in Python.
//!
//! Each service has a program in `tests/moto/` that calls its client and says what it saw to hold. The clients are emitted
//! for that, with the operations that the program calls, from the models in `../shared/models` or from botocore's, which
//! moto brings; each into a workspace of its own below `target/moto/`, so that one that does not compile is told apart from
//! the others.

mod server;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

use clap::Args;

use crate::emitted;
use crate::terminal::{ended, say, tell};
use crate::workspace;
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::Sources;
use cargo_smithy_client::usage::{Program, Usage};
use server::Server;
use smithy_client_codegen::Vocabulary;

/// What `--help` says below the list of options.
const HELP: &str = "\
For each service its client is emitted from ../shared/models, that of EC2 from the botocore that moto
brings, and a program of tests/moto/ calls it against moto's server: it creates, lists page by page,
fails with the exceptions of the service, and deletes. It needs Python with the packages moto and flask
(pip install 'moto[server]').

Clients, each with the operations that its program calls, and programs are built below target/moto/, which may be deleted.

Examples:
  cargo xtask moto
      Every service; for each what was seen to hold, or what failed.
  cargo xtask moto sqs ivs
      Only these.
  cargo xtask moto --python ~/venv/bin/python
      With the Python that has moto.

Exit codes:
  0  every program ran to its end; or it says `skipped:`, as Python, moto or a model is missing
  1  a client does not compile, or something that a program asserts does not hold
  2  bad arguments, or nothing can be built or run here";

/// Where the programs are, relative to the repository.
const PROGRAMS: &str = "tests/moto";

/// Where the models are, relative to the repository.
const MODELS: &str = "../shared/models";

/// Where clients and programs are built, relative to the repository.
const BUILT: &str = "target/moto";

/// A service with a program.
#[derive(Clone, Copy, Debug)]
struct Service {
    /// Name of its crate and of its program.
    name: &'static str,
    model: Model,
}

/// Where a model is.
#[derive(Clone, Copy, Debug)]
enum Model {
    /// A file below [`MODELS`].
    Shared(&'static str),
    /// A folder of the data of the botocore that moto brings.
    Botocore(&'static str),
}

use Model::{Botocore, Shared};

const SERVICES: [Service; 13] = [
    Service { name: "cloudwatch", model: Shared("aws/cloudwatch-2010-08-01.json") },
    Service { name: "dynamodb", model: Shared("aws/dynamodb-2012-08-10.json") },
    Service { name: "ec2", model: Botocore("ec2/2016-11-15") },
    Service { name: "iam", model: Shared("aws-2026/iam.json") },
    Service { name: "ivs", model: Shared("aws/ivs-2020-07-14.json") },
    Service { name: "kms", model: Shared("aws-2026/kms.json") },
    Service { name: "rds", model: Shared("aws/rds-2014-10-31.json") },
    Service { name: "route53", model: Shared("aws-2026/route-53.json") },
    Service { name: "s3", model: Shared("aws-2026/s3.json") },
    Service { name: "sns", model: Shared("aws/sns-2010-03-31.json") },
    Service { name: "sqs", model: Shared("aws/sqs-2012-11-05.json") },
    Service { name: "ssm", model: Shared("aws/ssm-2014-11-06.json") },
    Service { name: "sts", model: Shared("aws-2026/sts.json") },
];

/// What `moto` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Only these services, by the names of their programs: ec2, sqs [default: all]
    #[arg(value_name = "SERVICES")]
    services: Vec<String>,

    /// The Python that has moto
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    python: PathBuf,
}

/// What became of a service, with what its program says.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// Its program ran to its end.
    Holds(String),
    /// It does not compile, or its program failed.
    Fails(String),
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    ended(attempt(arguments))
}

/// Runs the programs and tells what they say; whether none failed.
fn attempt(arguments: &Arguments) -> Result<bool, String> {
    let services = chosen(&arguments.services)?;
    if let Some(reason) = server::lacking(&arguments.python) {
        tell(&format!("skipped: {reason}\n"));
        return Ok(true);
    }
    let here = env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let place = Place { root: workspace::root(&here), botocore: server::botocore(&arguments.python) };
    let (services, lacking): (Vec<_>, Vec<_>) =
        services.into_iter().partition(|service| place.model(service).is_some_and(|model| model.exists()));
    for service in lacking {
        let (Shared(model) | Botocore(model)) = service.model;
        tell(&format!("skipped: {}: not found: its model {model}\n", service.name));
    }
    if services.is_empty() {
        return Ok(true);
    }
    let server = Server::start(&arguments.python, &place.root.join(PROGRAMS).join("server.py"))?;
    let mut verdicts = Vec::new();
    for service in services {
        say(&format!("{}: building and calling", service.name));
        let verdict = place.verdict(&service, server.url())?;
        say("");
        tell(&text(service.name, &verdict));
        verdicts.push(verdict);
    }
    Ok(verdicts.iter().all(|verdict| matches!(verdict, Verdict::Holds(_))))
}

/// The services of these names, or all where none is given.
fn chosen(names: &[String]) -> Result<Vec<Service>, String> {
    if let Some(unknown) = names.iter().find(|&name| SERVICES.iter().all(|service| service.name != name)) {
        let all = SERVICES.map(|service| service.name).join(", ");
        return Err(format!("there is no program for the service `{unknown}`; there are {all}"));
    }
    let wanted = |service: &Service| names.is_empty() || names.iter().any(|name| name == service.name);
    Ok(SERVICES.into_iter().filter(wanted).collect())
}

/// The verdict on a service, with a line for each that its program says.
fn text(name: &str, verdict: &Verdict) -> String {
    let (word, said) = match verdict {
        Verdict::Holds(said) => ("ok", said),
        Verdict::Fails(said) => ("FAILED", said),
    };
    let lines: String = said.trim_end().lines().map(|line| format!("  {line}\n")).collect();
    format!("{name}: {word}\n{lines}")
}

/// The repository, with the workspace in which clients and programs are built.
struct Place {
    root: PathBuf,
    /// Where botocore has its models, if Python has botocore.
    botocore: Option<PathBuf>,
}

impl Place {
    /// The file or folder of a model, whether it is there or not; `None` where nobody knows where it would be.
    fn model(&self, service: &Service) -> Option<PathBuf> {
        match service.model {
            Shared(file) => Some(self.root.join(MODELS).join(file)),
            Botocore(folder) => self.botocore.as_ref().map(|data| data.join(folder)),
        }
    }

    /// The source of a program.
    fn program(&self, service: &Service) -> PathBuf {
        self.root.join(PROGRAMS).join(format!("{}.rs", service.name))
    }

    /// Where the client and the program of a service are built.
    fn built(&self, service: &Service) -> PathBuf {
        self.root.join(BUILT).join(service.name)
    }

    /// Emits the client of a service, builds its program, and runs that against the server at `url`.
    fn verdict(&self, service: &Service, url: &str) -> Result<Verdict, String> {
        if let Some(refused) = self.emit(service)? {
            return Ok(Verdict::Fails(refused));
        }
        self.write(service)?;
        let built = self.cargo("build", service, &[])?;
        if !built.status.success() {
            return Ok(Verdict::Fails(String::from_utf8_lossy(&built.stderr).into_owned()));
        }
        let ran = self.cargo("run", service, &["--", url])?;
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        Ok(match ran.status.success() {
            true => Verdict::Holds(said),
            false => Verdict::Fails(said + &String::from_utf8_lossy(&ran.stderr)),
        })
    }

    /// Emits the client of a service as anybody would, with the operations that its program calls; what was said where it
    /// was refused.
    fn emit(&self, service: &Service) -> Result<Option<String>, String> {
        let path = self.model(service).ok_or_else(|| format!("{}: there is no model", service.name))?;
        let operations = Some(self.operations(service, &path)?);
        let model = emitted::Model { path, service: None, skip_unsupported: false, operations };
        Ok(model.emit(&self.root, service.name, &self.built(service).join("client"))?.err())
    }

    /// The operations that the program of a service names, with commas between them.
    fn operations(&self, service: &Service, model: &Path) -> Result<String, String> {
        let path = self.program(service);
        let text = fs::read_to_string(&path).map_err(|cause| format!("cannot read {}: {cause}", path.display()))?;
        let sources = Sources::of_paths(&[model.to_owned()], None, Limits::default())?;
        let vocabulary = Vocabulary::of(&sources.texts).map_err(|report| report.to_string())?;
        let used = Usage::of(&Program::of([(path, text)]), &vocabulary);
        Ok(used.operations.into_keys().collect::<Vec<_>>().join(","))
    }

    /// Writes the workspace around a client, with the program that calls it.
    fn write(&self, service: &Service) -> Result<(), String> {
        let Service { name, .. } = service;
        let source = format!("../../../{PROGRAMS}/{name}.rs");
        let dependencies = dependencies(name);
        emitted::write_program(&self.root, &self.built(service), &format!("moto-{name}"), &source, &dependencies)
    }

    fn cargo(&self, command: &str, service: &Service, arguments: &[&str]) -> Result<Output, String> {
        let program = self.built(service).join("Cargo.toml");
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args([command, "--quiet", "--manifest-path"]).arg(program).args(arguments).stdin(Stdio::null());
        // The engine is built there already.
        cargo.env("CARGO_TARGET_DIR", self.root.join("target"));
        cargo.output().map_err(|cause| format!("cannot run cargo: {cause}"))
    }
}

/// What a program depends on.
fn dependencies(name: &str) -> String {
    format!(
        "\
{name} = {{ path = \"client\", default-features = false, features = [\"behavior-version-latest\", \"rt-tokio\"] }}
aws-credential-types = {{ version = \"1\", features = [\"hardcoded-credentials\"] }}
aws-smithy-http-client = {{ version = \"1\", default-features = false, features = [\"default-client\"] }}
aws-types = \"1\"
tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}
"
    )
}

#[cfg(test)]
mod tests {
    use super::{SERVICES, Verdict, chosen, text};
    use crate::workspace;
    use std::path::Path;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn services_are_chosen_by_name_and_all_where_none_is_named() {
        let chosen = |wanted: &[&str]| -> Vec<_> {
            chosen(&names(wanted)).expect("services").into_iter().map(|service| service.name).collect()
        };
        assert_eq!(chosen(&[]).len(), SERVICES.len());
        assert_eq!(chosen(&["ssm", "ivs"]), ["ivs", "ssm"]);
    }

    #[test]
    fn a_service_without_a_program_is_an_error_that_lists_the_others() {
        let error = chosen(&names(&["sqs", "sqlite"])).expect_err("there is no program for sqlite");
        insta::assert_snapshot!(error, @"there is no program for the service `sqlite`; there are cloudwatch, dynamodb, ec2, iam, ivs, kms, rds, route53, s3, sns, sqs, ssm, sts");
    }

    #[test]
    fn every_service_has_its_program() {
        let programs = workspace::root(Path::new(env!("CARGO_MANIFEST_DIR"))).join(super::PROGRAMS);
        for service in SERVICES {
            assert!(programs.join(format!("{}.rs", service.name)).is_file(), "{}", service.name);
        }
    }

    #[test]
    fn what_a_program_says_stands_below_its_verdict() {
        assert_eq!(text("sqs", &Verdict::Holds("one\ntwo\n".to_owned())), "sqs: ok\n  one\n  two\n");
        assert_eq!(text("sqs", &Verdict::Fails("why".to_owned())), "sqs: FAILED\n  why\n");
    }
}
