//! `--models-dir`: a crate of every model of a place, on all cores.
//!
//! Each model is a run of its own, with its own room in the directory of its crate: it is written as a whole or not at
//! all, and one that fails does not stop the others. What came of it is kept as a [`Row`]; the crate itself is gone before
//! its thread takes the next model, so that there are never more in memory than threads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use smithy_client_codegen::{Emit, default_crate_name};

use super::{Arguments, Format, PROGRAM, WAYS, command, emitted};
use crate::workspace;
use cargo_smithy_client::emission::caught;
use cargo_smithy_client::outcome::Context;
use cargo_smithy_client::parallel::on_all_cores;
use cargo_smithy_client::source::{Collection, Listed, Sources};
use cargo_smithy_client::summary::{Row, Subject, Summary};
use cargo_smithy_client::terminal;

/// A crate that is to be emitted.
struct Order<'c> {
    listed: &'c Listed,
    /// Its directory below `--out`, which is its name.
    name: String,
    /// Whether the model's own name is its name, as another model has that of its service.
    is_own: bool,
    /// Another model whose crate has this name.
    rival: Option<&'c str>,
}

/// Runs the command, tells what came of each model, and answers with its exit code.
pub(super) fn run(arguments: &Arguments, place: &Path, started: Instant) -> ExitCode {
    let out = command::shown_out(arguments);
    let summary = attempt(arguments, place, &out);
    let context =
        Context { program: PROGRAM, ways: WAYS, out, command: command::mending(arguments), elapsed: started.elapsed() };
    let (summary, code) = match summary {
        Ok(summary) => {
            let code = summary.exit_code();
            (Ok(summary), code)
        }
        Err(reason) => (Err(reason), 2),
    };
    let (out, err) = match (&summary, arguments.format) {
        (Ok(summary), Format::Text) => {
            (summary.text(&context, arguments.check, terminal::stdout()), summary.failures())
        }
        (Ok(summary), Format::Json) => (summary.machine(&context), String::new()),
        (Err(reason), Format::Text) => (String::new(), format!("error: {reason}\n")),
        (Err(reason), Format::Json) => (Summary::unreadable(reason, &context), String::new()),
    };
    terminal::tell(&out, &err);
    ExitCode::from(code)
}

/// Emits every model of the place.
///
/// # Errors
///
/// A sentence: the place cannot be read, or holds no model.
fn attempt(arguments: &Arguments, place: &Path, out: &str) -> Result<Summary, String> {
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let root = workspace::root(&here);
    let collection = Collection::open(place, arguments.limits)?;
    let mut orders = orders(&collection.models, arguments.choice.emit(None));
    // The largest first, so that none of them is what the others wait for in the end.
    orders.sort_by_key(|order| std::cmp::Reverse(order.listed.size));
    let progress = terminal::Progress::new(orders.len(), arguments.format == Format::Text);
    let mut rows = on_all_cores(&orders, |order| {
        let row = emit(arguments, &root, &collection, order, out);
        progress.step(&order.name);
        row
    });
    drop(progress);
    rows.sort_by_cached_key(|row| (row.service.to_lowercase(), row.model.clone()));
    Ok(Summary {
        noun: "model",
        place: ("models_dir", place.display().to_string()),
        rows,
        passed_over: collection.passed_over,
    })
}

/// The crates of the models.
///
/// Of several models of one service that has the name whose own name it is, else the first. The others are called by their
/// own names, such as that of their directory in botocore, and refused where these are taken as well.
fn orders(models: &[Listed], emit: Emit) -> Vec<Order<'_>> {
    let own = |listed: &Listed| default_crate_name(listed.own_name(), emit);
    let by_service = |listed: &Listed| {
        let name = listed.service.as_ref().map(|service| default_crate_name(service, emit));
        // Without a name the generator says what is wrong with the model; the directory is none that it writes to.
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| default_crate_name(stem(&listed.label), emit))
    };
    let mut taken: BTreeMap<String, &Listed> = BTreeMap::new();
    for listed in models.iter().filter(|listed| listed.service.is_some()) {
        let name = by_service(listed);
        let holder = taken.entry(name.clone()).or_insert(listed);
        if own(holder) != name && own(listed) == name {
            *holder = listed;
        }
    }
    let mut order = |listed| {
        let order = |name, is_own, rival| Order { listed, name, is_own, rival };
        let name = by_service(listed);
        match taken.get(&name) {
            Some(holder) if !std::ptr::eq(*holder, listed) => {
                let other = own(listed);
                if other.is_empty() || listed.service.is_none() || taken.contains_key(&other) {
                    return order(name, false, Some(holder.label.as_str()));
                }
                taken.insert(other.clone(), listed);
                order(other, true, None)
            }
            _ => order(name, false, None),
        }
    };
    models.iter().map(&mut order).collect()
}

/// The name of a file without its endings.
fn stem(label: &str) -> &str {
    let name = label.rsplit('/').next().unwrap_or(label);
    name.split('.').next().unwrap_or(name)
}

/// One model, whatever comes of it.
fn emit(arguments: &Arguments, root: &Path, collection: &Collection, order: &Order<'_>, out: &str) -> Row {
    let started = Instant::now();
    let run = || {
        if let Some(rival) = order.rival {
            let name = &order.name;
            return Err(format!("the crate of {rival} has the name {name}, too; emit this one with --model and --out"));
        }
        let own = Arguments {
            models: vec![PathBuf::from(&order.listed.label)],
            models_dir: None,
            out: Some(arguments.out.as_deref().unwrap_or(Path::new("")).join(&order.name)),
            crate_name: order.is_own.then(|| order.name.clone()),
            ..arguments.clone()
        };
        let found = collection.read(order.listed)?;
        emitted(&own, root, Sources::of_found(found, arguments.limits)?)
    };
    let outcome = caught(run);
    let context = Context {
        program: PROGRAM,
        ways: WAYS,
        out: format!("{out}/{}", order.name),
        command: command::mending(arguments),
        elapsed: started.elapsed(),
    };
    let Listed { label, service, protocols, .. } = order.listed;
    let mut row = Row::of(Subject { label, service: service.as_deref(), protocols }, &outcome, &context);
    if order.is_own {
        row.service = format!("{} as {}", row.service, order.name);
    }
    row
}
