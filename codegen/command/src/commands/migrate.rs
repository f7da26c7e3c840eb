//! `cargo smithy-client migrate`: a program on the official crates gets our clients, and the official ones back.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use anstream::{AutoStream, ColorChoice};
use clap::Args;
use serde_json::{Value, json};

use super::sync::{Words, synced};
use super::{Answer, Format, Place, interrupted, leave, model_place};
use cargo_smithy_client::migrate::{Migration, Wish, undo};
use cargo_smithy_client::site::Site;
use cargo_smithy_client::terminal::{self, Progress};
use cargo_smithy_client::write::Room;
use smithy_client_codegen::visible;

/// What lines that sum up begin with.
const PROGRAM: &str = "migrate";

/// How everything is put back.
const UNDO: &str = "cargo smithy-client migrate --undo puts everything back\n";

/// What `--help` says below the list of options.
const HELP: &str = "\
For each dependency on an aws-sdk-* crate that the packages of the workspace have, a client is emitted, with
the operations that their sources name, and takes its place under its name: sources are not changed. Then
the workspace is compiled, and what the compiler says is shown.

An official crate stays where our client cannot take its place, and the reason is told:
  - its service speaks a protocol, or the program calls an operation, that cannot be emitted
  - Cargo.lock has another package that depends on it: types of the two would not be the same
  - it is from a folder, a repository, another registry, or [patch]; or of a version before 1
  - it is asked for a feature that ours has not, such as native-tls
--keep-going takes over also where words of the program, or other packages, speak against it.

aws-config calls STS, and by its features IAM Identity Center and sign-in, by official clients of its own.
Clients of ours take their places as well, with what it calls, by [patch.crates-io] in the root
Cargo.toml, under the versions that Cargo.lock has; where the program calls one of these services itself, one
client serves both. Those stay official that somebody else depends on, or whose model is not there; that is told
and is no failure. Clients need the newest aws-runtime: where Cargo.lock
has an older one, cargo takes newer ones of it and of aws-config, and these clients follow.

TLS: SdkConfig holds an HTTP client only where the program has set one. An official client has the engine's
own, on aws-lc. Where aws-config, or an official crate that stays, has its default features, aws-lc is
compiled anyway: the clients ask for it as well (rustls-aws-lc), which costs nothing more and keeps
connections as they were. Else they have their default, rustls with ring.

In the root Cargo.toml, [profile.dev.package] says that clients are built without incremental state: they change
as a whole, and take a third less of a debug build so. Set it to true for one that you work on.

--without-aws-lc leaves it out, which saves some 40 s of processor time of a debug build. aws-config, what it
calls, and official crates that stay get their HTTP clients from aws-smithy-http-client: a copy of it, of the
version in Cargo.lock, goes below the folder of the clients and takes its place by [patch.crates-io]. Three
lines of it are changed, so that TLS is rustls with ring wherever it was rustls with aws-lc; FIPS and s2n are
what they were. Its pools of connections (`pool`, since 1.5) are left out where neither the program nor a
package that is not AWS's may use them. Neither sources nor features of the program change, and nothing that
loads credentials or asks a machine for them. Connections have the same versions of TLS and suites of ciphers,
but no key exchange that is meant to withstand quantum computers (X25519MLKEM768), and no certificates with
keys of P-521. Beneath the URLs that aws-config parses goes a smaller Unicode library (idna_adapter 1.1),
which saves some 6 s more. It can be asked for later, too: smithy-client.toml then says without-aws-lc = true,
and `sync` keeps the copy at the version that the program needs, or removes it where that line is gone. Who
else asks for aws-lc is told.

The old bytes of every file that changes are kept in .smithy-client-undo, before anything is changed. --undo
puts them back byte for byte, after a run that failed or was killed too; the folder can be deleted once
you do not want to go back.

Examples:
  cargo smithy-client migrate --dry-run
      What would change, and what could not be served.
  cargo smithy-client migrate
      Do it, and compile.
  cargo smithy-client migrate --without-aws-lc
      The same, with TLS on ring, which is built sooner.
  cargo smithy-client migrate --undo
      Put back what the last migration changed.

Exit codes:
  0  done: every official crate is taken over, or there is none; or everything is put back
  1  an official crate stays, or the workspace does not compile
  2  bad arguments, files that were edited since, or a file that cannot be read or written";

/// What `migrate` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Where models come from: a folder of Smithy models, a botocore folder or wheel, or an https URL
    /// [default: the botocore that Python has]
    #[arg(long, value_name = "PLACE", conflicts_with = "undo")]
    model: Option<String>,

    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Take over also what words of the program, or other packages, speak against
    #[arg(long, conflicts_with = "undo")]
    keep_going: bool,

    /// Build the program without aws-lc: AWS's HTTP client gets TLS on ring, for all that use it
    #[arg(long, conflicts_with = "undo")]
    without_aws_lc: bool,

    /// Do not compile the workspace afterwards
    #[arg(long, conflicts_with = "undo")]
    no_build: bool,

    /// Put back what the last migration changed
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,

    /// Put back also files that were edited since; each is kept beside the old one
    #[arg(long, requires = "undo")]
    force: bool,

    #[command(flatten)]
    place: Place,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let answer = match arguments.undo {
        true => put_back(arguments),
        false => attempt(arguments),
    };
    arguments.place.told(PROGRAM, answer)
}

fn put_back(arguments: &Arguments) -> Result<Answer, String> {
    // Whoever enters completes what a run has left that died, so that all is as its record says.
    let (site, room) = match arguments.place.enter(false)? {
        Ok(entered) => entered,
        Err(_) => return Ok(interrupted(PROGRAM, "cargo smithy-client migrate --undo")),
    };
    let restored = undo(&site.workspace.root, arguments.force)?;
    leave(&site, room);
    if let Some(restored) = &restored {
        restored.sweep();
    }
    let out = restored.as_ref().map_or_else(|| "there is no migration to undo\n".to_owned(), |it| it.text());
    let mut object = restored.as_ref().map_or_else(|| json!({}), |it| it.object());
    object["command"] = json!(PROGRAM);
    object["status"] = json!(if restored.is_some() { "undone" } else { "nothing" });
    object["exit_code"] = json!(0);
    Ok(Answer { out, object, ..Answer::default() })
}

fn attempt(arguments: &Arguments) -> Result<Answer, String> {
    let started = Instant::now();
    let (site, room) = match arguments.place.enter(arguments.dry_run)? {
        Ok(entered) => entered,
        Err(_) => return Ok(interrupted(PROGRAM, "cargo smithy-client migrate")),
    };
    site.settled()?;
    let model = model_place(arguments.model.as_deref(), &site.workspace.root)?;
    let wish = Wish { model, keeps_going: arguments.keep_going, is_without_aws_lc: arguments.without_aws_lc };
    let progress = Progress::new(0, false);
    let migration = Migration::plan(&site, &wish, &progress)?;
    drop(progress);
    Run { arguments, site: &site, started }.tell(migration, room)
}

/// A run with a plan.
struct Run<'a> {
    arguments: &'a Arguments,
    site: &'a Site,
    started: Instant,
}

impl Run<'_> {
    fn tell(&self, mut migration: Migration<'_>, room: Option<Room>) -> Result<Answer, String> {
        let mut object = migration.object();
        object["command"] = json!(PROGRAM);
        let mut out = migration.text();
        let is_complete = migration.is_complete();
        if migration.is_empty() {
            if is_complete {
                out += "no package of the workspace depends on an official crate\n";
            }
            leave(self.site, room);
            return Ok(answer(out, object, "nothing", is_complete));
        }
        if self.arguments.dry_run {
            out = migration.preview(terminal::stdout())? + "\n" + &out + "nothing was written\n";
            return Ok(answer(out, object, "planned", is_complete));
        }
        let room = room.ok_or("there is no room to write in")?;
        migration.write(&room)?;
        let followed = if self.arguments.no_build { String::new() } else { self.follow(&migration, &room)? };
        // Others may go on while the workspace is compiled.
        drop(room);
        out += &followed;
        out += &format!(
            "written in {:.1} s: {} and {}; {UNDO}",
            self.started.elapsed().as_secs_f64(),
            self.site.shown(&self.site.manifest.path),
            self.site.shown(&self.site.directory)
        );
        if self.arguments.no_build {
            return Ok(answer(out, object, "migrated", is_complete));
        }
        if self.arguments.place.format == Format::Text {
            terminal::tell(&out, "");
            out = String::new();
        }
        let has_colours = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
        // Who hangs up early does not want to read it.
        let checked = migration.check(has_colours, &mut |said| drop(io::stderr().write_all(said.as_bytes())))?;
        object["check"] = checked.object();
        out += &checked.text();
        if !checked.is_good() {
            out += UNDO;
        }
        Ok(answer(out, object, "migrated", is_complete && checked.is_good()))
    }
}

impl Run<'_> {
    /// Lets clients that stand for others follow the versions that cargo chooses now; says what became of each. Older
    /// ones may be in the `Cargo.lock` of the program than what clients need goes with, and cargo leaves out a client
    /// for another version.
    fn follow(&self, migration: &Migration<'_>, room: &Room) -> Result<String, String> {
        let Some(newer) = migration.resolve(|| self.arguments.place.look())? else { return Ok(String::new()) };
        let words = Words { program: PROGRAM, started: self.started };
        synced(&self.arguments.place.look()?, Some(room), &BTreeSet::new(), false, &words)?;
        Ok(newer.told.iter().map(|line| format!("{}\n", visible::line(line))).collect())
    }
}

fn answer(out: String, mut object: Value, status: &str, is_good: bool) -> Answer {
    let code = u8::from(!is_good);
    object["status"] = json!(status);
    object["exit_code"] = json!(code);
    Answer { out, err: String::new(), object, code }
}
