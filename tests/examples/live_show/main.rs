//! A whole live show: configurations, a stage, tokens, a composition, participants, and everything taken down again.
//!
//! `cargo run -p tests --example live_show` runs it against the fake service, which it starts itself; `--help` tells the rest.
//!
//! The steps are in [`show`], and say how each is done. Whatever becomes of them, [`cleanup`] takes away what has the tag
//! of this run; [`summary`] tells on standard output what was done, in JSON without secrets.

mod cleanup;
mod progress;
mod show;
mod summary;
mod venue;

use std::io::Write;
use std::process::ExitCode;

use tokio::sync::watch;

use self::show::{Show, Stop};
use self::venue::{Arguments, Venue};
use tests::interrupt::Interrupts;

const HELP: &str = "\
A whole live show on Amazon IVS RealTime, from configurations to cleaning up.

Usage: live_show [--live --bucket NAME [--channel ARN]]

  --live           against AWS, and not against a fake that is started for it; configured as every AWS client is,
                   so that AWS_ENDPOINT_URL_IVS_REALTIME leads to a fake-ivs-realtime that runs already
  --bucket NAME    the S3 bucket to record to; with --live it must be there
  --channel ARN    the channel of Amazon IVS to broadcast to; with --live and without it the show is only recorded
  --help           shows this text

Progress is on standard error, the summary is JSON on standard output. With --live it costs what a stage and a
composition of some seconds cost. Nothing is left behind, also after ctrl-c: that takes until the composition has stopped.

Exit status: 0 the show went well, 1 a step failed or something could not be taken away, 2 wrong usage, 130 interrupted.
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("{problem}; see --help");
            return ExitCode::from(2);
        }
    };
    let venue = match Venue::open(arguments).await {
        Ok(venue) => venue,
        Err(problem) => {
            eprintln!("the show cannot begin: {problem}");
            return ExitCode::FAILURE;
        }
    };
    // Listens before the first resource is there, and until the last is gone: a second ctrl-c changes nothing.
    match Interrupts::listen() {
        Ok(interrupts) => run(&venue, interrupts).await,
        Err(problem) => {
            eprintln!("the show cannot begin: ctrl-c cannot be listened to: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the show until it ends, fails or is interrupted, and cleans up in each of these cases.
async fn run(venue: &Venue, mut interrupts: Interrupts) -> ExitCode {
    let (stop, stopped) = watch::channel(false);
    let listener = tokio::spawn(async move {
        loop {
            interrupts.next().await;
            eprintln!("interrupted: cleaning up");
            stop.send_replace(true);
        }
    });
    let mut show = Show::new(venue, stopped);
    let outcome = show.run().await;
    let cleanup = cleanup::clean_up(&venue.client, &show.id).await;
    listener.abort();
    let code = match (&outcome, cleanup.is_complete()) {
        (Ok(()), true) => ExitCode::SUCCESS,
        (Err(Stop::Interrupted), true) => ExitCode::from(130),
        _ => ExitCode::FAILURE,
    };
    let text = summary::text(venue, &show, &outcome, &cleanup);
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}
