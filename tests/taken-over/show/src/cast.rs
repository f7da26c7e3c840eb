use std::collections::BTreeSet;

use aws_sdk_ivsrealtime::types::ParticipantState;
use aws_sdk_ivsrealtime::{Client, Error};

/// The users who are on a stage now.
pub async fn present(client: &Client, arn: &str) -> Result<BTreeSet<String>, Error> {
    let stage = client.get_stage().arn(arn).send().await?;
    let Some(session) = stage.stage().and_then(|stage| stage.active_session_id()) else { return Ok(BTreeSet::new()) };
    let mut pages = client.list_participants().stage_arn(arn).session_id(session).into_paginator().send();
    let mut users = BTreeSet::new();
    while let Some(page) = pages.next().await {
        let connected = |state: Option<&ParticipantState>| matches!(state, Some(ParticipantState::Connected));
        let page = page?;
        let here = page.participants().iter().filter(|participant| connected(participant.state()));
        users.extend(here.filter_map(|participant| participant.user_id().map(str::to_owned)));
    }
    Ok(users)
}

/// Shows a guest the door.
pub async fn remove(client: &Client, arn: &str, participant: &str, reason: &str) -> Result<(), Error> {
    client.disconnect_participant().stage_arn(arn).participant_id(participant).reason(reason).send().await?;
    Ok(())
}
