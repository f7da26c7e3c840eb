//! A fake of Amazon IVS RealTime on loopback, for any AWS client: `cargo run -p tests --bin fake-ivs-realtime -- --help`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use tests::fake::{Fake, Settings};
use tests::interrupt::Interrupts;

const HELP: &str = "\
A fake of Amazon IVS RealTime on loopback: stages, participant tokens, participants, compositions, configurations.

Usage: fake-ivs-realtime [OPTIONS]

  --port N                   listen on 127.0.0.1:N [default: a free port]
  --state FILE               keep the state in FILE across restarts [default: in memory]
  --region REGION            the Region of ARNs and signatures [default: us-east-1]
  --account ID               the account of ARNs [default: 123456789012]
  --no-signatures            take requests that are not signed, or signed by anybody
  --credentials KEY:SECRET   an access key that may call, beside the built-in one; repeatable
  --rate OPERATION=N         N calls per second of an operation, then ThrottlingException; repeatable
  --quota NAME=N             N of stages, compositions, encoder-configurations, storage-configurations,
                             ingest-configurations or public-keys; repeatable
  --composition-step SECONDS how long a composition starts, and stops [default: 2]
  --seed N                   make the same ids in every run
  --quiet                    print no line for each request
  --help                     show this text

It prints the environment to export, so that a shell can take it:

  fake-ivs-realtime --port 8000 > env.sh &
  . ./env.sh; aws ivs-realtime create-stage --name standup

On a terminal, and elsewhere without --quiet, each request is a line on standard error.

What media servers do is done by POST /_fake/ACTION with a JSON object, unsigned:

  join {token}                                     leave, publish, unpublish {stageArn, participantId}
  subscribe, unsubscribe {stageArn, participantId, remoteParticipantId}
  connect-encoder {streamKey}                      advance {seconds}
  fail-composition {arn}                           reconnect-composition {arn, seconds}
  fault {operation?, skip?, times?, kind, ...}     clear-faults {}
  rate {operation, perSecond?}                     state {}, reset {}

  kinds of faults: throttle, status {status, code?}, body {status, contentType, text}, resetBefore, resetAfter,
  half, slow {millis}, trickle {bytes, millis}, wrongLength {extra}, redirect {location}

Exit status: 0 it was ended by ctrl-c or a signal to terminate, 1 it could not start, 2 wrong usage.
";

/// What the command line asks for.
enum Command {
    Help,
    Serve(Box<Settings>),
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut settings = Settings { log: true, remembered_requests: 0, ..Settings::default() };
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{option} wants a value"));
        match option.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--no-signatures" => settings.verify_signatures = false,
            "--quiet" => settings.log = false,
            "--port" => settings.port = number(&option, &value()?)?,
            "--seed" => settings.seed = Some(number(&option, &value()?)?),
            "--composition-step" => settings.composition_step_seconds = number(&option, &value()?)?,
            "--state" => settings.state = Some(PathBuf::from(value()?)),
            "--region" => settings.region = value()?,
            "--account" => settings.account = value()?,
            "--credentials" => {
                let value = value()?;
                let (key, secret) = value.split_once(':').ok_or("--credentials wants KEY:SECRET")?;
                settings.credentials.insert(key.to_owned(), secret.to_owned());
            }
            "--rate" => {
                let (operation, rate) = pair(&option, &value()?)?;
                settings.rates.insert(operation, number(&option, &rate)?);
            }
            "--quota" => {
                let (name, limit) = pair(&option, &value()?)?;
                settings.quotas.set(&name, number(&option, &limit)?)?;
            }
            _ => return Err(format!("there is no option {option}")),
        }
    }
    Ok(Command::Serve(Box::new(settings)))
}

fn number<N: std::str::FromStr>(option: &str, text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("{option}: {text:?} is no number, or out of range"))
}

fn pair(option: &str, text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("{option} wants NAME=N"))?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The environment by which AWS clients find the server, as a shell reads it.
fn environment(fake: &Fake) -> String {
    let (key, secret) = fake.credentials();
    let (url, region) = (fake.url(), fake.region());
    format!(
        "export AWS_ENDPOINT_URL_IVS_REALTIME={url}\nexport AWS_REGION={region}\nexport AWS_DEFAULT_REGION={region}\n\
         export AWS_ACCESS_KEY_ID={key}\nexport AWS_SECRET_ACCESS_KEY={secret}\nunset AWS_SESSION_TOKEN AWS_PROFILE\n"
    )
}

#[tokio::main]
async fn main() -> ExitCode {
    let settings = match parse(std::env::args().skip(1)) {
        Ok(Command::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Command::Serve(settings)) => *settings,
        Err(error) => {
            eprintln!("{error}\n\nfake-ivs-realtime --help tells the options");
            return ExitCode::from(2);
        }
    };
    let started = async { Ok::<_, std::io::Error>((Interrupts::listen()?, Fake::start(settings).await?)) };
    match started.await {
        Ok((mut interrupts, fake)) => {
            print!("{}", environment(&fake));
            // Whoever reads it from a pipe waits for it; if nobody does, that is no reason to end.
            _ = std::io::stdout().flush();
            if std::io::stdout().is_terminal() {
                eprintln!("# listening on {}; ctrl-c ends it", fake.url());
            }
            interrupts.next().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the server cannot start: {error}");
            ExitCode::FAILURE
        }
    }
}
