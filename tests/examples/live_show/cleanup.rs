//! Taking away whatever has the tag of a run, also what an answer that was lost had told of.

use std::time::{Duration, Instant};

use ivs_realtime::Client;
use ivs_realtime::error::SdkErrorExt;
use ivs_realtime::types::CompositionState;
use tokio::time::sleep;

use super::progress::step;

/// Key of the tag that everything made by a show has; its value is the id of the run.
pub(crate) const TAG: &str = "live-show-run";

/// How long a resource may stay in use after its user was told to end.
const PATIENCE: Duration = Duration::from_secs(120);

/// Before a resource in use is tried again.
const PAUSE: Duration = Duration::from_millis(300);

/// What cleaning up did.
#[derive(Debug, Default)]
pub(crate) struct Cleanup {
    /// ARNs of what was deleted or stopped.
    pub(crate) removed: Vec<String>,
    /// How often something was in use still, and tried again.
    pub(crate) conflicts: usize,
    /// What could not be taken away, or not even be listed.
    pub(crate) problems: Vec<String>,
}

impl Cleanup {
    /// Whether nothing is left.
    pub(crate) fn is_complete(&self) -> bool {
        self.problems.is_empty()
    }
}

/// The ARNs of a list's items that have the tag of a run. A list that cannot be read is a problem, and then empty.
macro_rules! tagged {
    ($cleanup:ident, $run:ident, $list:expr) => {{
        let mut arns = Vec::new();
        let mut items = $list.into_paginator().items().send();
        while let Some(item) = items.next().await {
            match item {
                Ok(item) if item.tags().and_then(|tags| tags.get(TAG)).is_some_and(|run| run == $run) => {
                    arns.push(item.arn().to_owned());
                }
                Ok(_) => {}
                Err(error) => $cleanup.problems.push(error.describe().to_string()),
            }
        }
        arns
    }};
}

/// Deletes something, again and again while it is in use. What is gone already is as good.
macro_rules! delete {
    ($cleanup:ident, $arn:expr, $call:expr) => {{
        let since = Instant::now();
        loop {
            match $call.send().await {
                Ok(_) => $cleanup.removed.push($arn.clone()),
                Err(error) if error.is_resource_not_found() => {}
                Err(error) if error.is_conflict() && since.elapsed() < PATIENCE => {
                    $cleanup.conflicts += 1;
                    sleep(PAUSE).await;
                    continue;
                }
                Err(error) => $cleanup.problems.push(format!("{}: {}", $arn, error.describe())),
            }
            break;
        }
    }};
}

/// Stops and deletes everything that has the tag of the run `id`, in the order in which one uses the other.
///
/// A configuration is in use until the composition has stopped, which takes seconds: until then the service answers with
/// a conflict.
pub(crate) async fn clean_up(client: &Client, id: &str) -> Cleanup {
    step("cleaning up");
    let mut cleanup = Cleanup::default();
    stop_compositions(client, id, &mut cleanup).await;
    for arn in tagged!(cleanup, id, client.list_stages()) {
        delete!(cleanup, arn, client.delete_stage().arn(&arn));
    }
    for arn in tagged!(cleanup, id, client.list_encoder_configurations()) {
        delete!(cleanup, arn, client.delete_encoder_configuration().arn(&arn));
    }
    for arn in tagged!(cleanup, id, client.list_storage_configurations()) {
        delete!(cleanup, arn, client.delete_storage_configuration().arn(&arn));
    }
    cleanup
}

/// Compositions go by themselves once they have stopped, and a conflict says that they are about to.
async fn stop_compositions(client: &Client, id: &str, cleanup: &mut Cleanup) {
    let mut items = client.list_compositions().into_paginator().items().send();
    while let Some(item) = items.next().await {
        let found = match item {
            Ok(found) => found,
            Err(error) => {
                cleanup.problems.push(error.describe().to_string());
                continue;
            }
        };
        let is_ours = found.tags().and_then(|tags| tags.get(TAG)).is_some_and(|run| run == id);
        let is_on = matches!(found.state(), CompositionState::Starting | CompositionState::Active);
        if !is_ours || !is_on {
            continue;
        }
        match client.stop_composition().arn(found.arn()).send().await {
            Ok(_) => cleanup.removed.push(found.arn),
            Err(error) if error.is_resource_not_found() || error.is_conflict() => {}
            Err(error) => cleanup.problems.push(format!("{}: {}", found.arn, error.describe())),
        }
    }
}
