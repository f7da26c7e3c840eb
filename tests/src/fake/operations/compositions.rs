//! Compositions: from STARTING to ACTIVE, STOPPING and STOPPED as time goes, or FAILED.

use ivs_realtime::operation::get_composition::{GetCompositionInput, GetCompositionOutput};
use ivs_realtime::operation::list_compositions::{ListCompositionsInput, ListCompositionsOutput};
use ivs_realtime::operation::start_composition::{StartCompositionInput, StartCompositionOutput};
use ivs_realtime::operation::stop_composition::{StopCompositionInput, StopCompositionOutput};
use ivs_realtime::types::{
    Composition, CompositionState, CompositionSummary, Destination, DestinationConfiguration, DestinationDetail,
    DestinationState, DestinationSummary, GridConfiguration, LayoutConfiguration, S3Detail,
};

use super::{stages, tags};
use crate::fake::clock::Instant;
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::settings::Settings;
use crate::fake::world::{Call, records, required};

/// How far a composition has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::fake) enum Phase {
    Starting,
    Active,
    Stopping,
    Stopped,
    Failed,
}

/// The phase of a composition at an instant, as its record tells.
pub(in crate::fake) fn phase(composition: &records::Composition, settings: &Settings, now: Instant) -> Phase {
    let step = settings.composition_step_seconds;
    match (composition.failed, composition.stopping) {
        (Some(_), _) => Phase::Failed,
        (None, Some(since)) if now < since.plus_seconds(step) => Phase::Stopping,
        (None, Some(_)) => Phase::Stopped,
        (None, None) if now < composition.started.plus_seconds(step) => Phase::Starting,
        (None, None) => Phase::Active,
    }
}

impl Phase {
    /// Nothing follows it.
    pub(in crate::fake) fn is_final(self) -> bool {
        matches!(self, Self::Stopped | Self::Failed)
    }

    fn state(self) -> CompositionState {
        match self {
            Self::Starting => CompositionState::Starting,
            Self::Active => CompositionState::Active,
            Self::Stopping => CompositionState::Stopping,
            Self::Stopped => CompositionState::Stopped,
            Self::Failed => CompositionState::Failed,
        }
    }

    fn of_destination(self, destination: &records::Destination, now: Instant) -> DestinationState {
        match self {
            Self::Active if destination.reconnecting_until.is_some_and(|until| now < until) => {
                DestinationState::Reconnecting
            }
            Self::Starting => DestinationState::Starting,
            Self::Active => DestinationState::Active,
            Self::Stopping => DestinationState::Stopping,
            Self::Stopped => DestinationState::Stopped,
            Self::Failed => DestinationState::Failed,
        }
    }
}

/// Seconds for which a composition that ended can still be asked for.
const KEPT: i64 = 3600;

/// Stops the compositions whose stages were empty for long enough, and forgets those that ended long ago.
pub(in crate::fake) fn end_idle(call: &mut Call<'_>) {
    let is_past =
        |found: &records::Composition| end_of(found, call).is_some_and(|end| end.plus_seconds(KEPT) <= call.now);
    let past = call.world.compositions.keys_where(is_past);
    call.world.compositions.remove_all(&past);
    let idle = call.settings.idle_seconds;
    let mut ended = Vec::new();
    for (arn, found) in call.world.compositions.iter() {
        let stage = call.world.stages.get(&found.stage);
        let is_on = found.stopping.is_none() && found.failed.is_none();
        let is_empty = stage.is_some_and(|stage| stage.active_session.is_none());
        let since = stage.and_then(|stage| stage.empty_since).map_or(found.started, |since| since.max(found.started));
        let end = since.plus_seconds(idle);
        if is_on && is_empty && end <= call.now {
            ended.push((arn.clone(), end));
        }
    }
    for (arn, end) in ended {
        if let Some(found) = call.world.compositions.get_mut(&arn) {
            found.stopping = Some(end);
        }
    }
}

/// Stops whatever mixes a stage.
pub(super) fn stop_all_of(call: &mut Call<'_>, stage: &str) {
    let now = call.now;
    let is_on =
        |found: &records::Composition| found.stage == stage && found.stopping.is_none() && found.failed.is_none();
    for arn in call.world.compositions.keys_where(is_on) {
        if let Some(found) = call.world.compositions.get_mut(&arn) {
            found.stopping = Some(now);
        }
    }
}

/// The first composition under way that has a destination of a kind.
fn user(call: &Call<'_>, uses: impl Fn(&DestinationConfiguration) -> bool) -> Option<String> {
    let is_on = |found: &records::Composition| !phase(found, call.settings, call.now).is_final();
    let mut on = call.world.compositions.iter().filter(|(_, found)| is_on(found));
    let found = on.find(|(_, found)| found.destinations.iter().any(|one| uses(&one.configuration)))?;
    Some(found.0.clone())
}

/// The composition that encodes with an encoder configuration.
pub(super) fn user_of_encoder(call: &Call<'_>, arn: &str) -> Option<String> {
    user(call, |destination| encoders_of(destination).any(|found| found == arn))
}

/// The composition that records to a storage configuration.
pub(super) fn user_of_storage(call: &Call<'_>, arn: &str) -> Option<String> {
    user(call, |destination| destination.s3().is_some_and(|s3| s3.storage_configuration_arn() == arn))
}

/// The composition that broadcasts to a channel.
fn user_of_channel(call: &Call<'_>, arn: &str) -> Option<String> {
    user(call, |destination| destination.channel().is_some_and(|channel| channel.channel_arn() == arn))
}

fn encoders_of(destination: &DestinationConfiguration) -> impl Iterator<Item = &str> {
    let of_channel = destination.channel().and_then(|channel| channel.encoder_configuration_arn());
    let of_s3 = destination.s3().map_or(&[][..], |s3| s3.encoder_configuration_arns());
    of_channel.into_iter().chain(of_s3.iter().map(String::as_str))
}

fn check_destination(call: &Call<'_>, index: usize, destination: &DestinationConfiguration) -> Result<(), Failure> {
    let place = format!("destinations[{index}]");
    if destination.channel().is_some() == destination.s3().is_some() {
        return Err(Failure::validation(format!("{place} has not exactly one of channel and s3")));
    }
    if let Some(missing) = encoders_of(destination).find(|arn| call.world.encoders.get(arn).is_none()) {
        return Err(Failure::not_found("encoder configuration", missing));
    }
    if let Some(s3) = destination.s3() {
        let arn = s3.storage_configuration_arn();
        if call.world.storages.get(arn).is_none() {
            return Err(Failure::not_found("storage configuration", arn));
        }
    }
    let channel = destination.channel().map(|channel| channel.channel_arn());
    match channel.and_then(|arn| Some((arn, user_of_channel(call, arn)?))) {
        Some((channel, user)) => Err(Failure::conflict(format!("{user} broadcasts to {channel}"))),
        None => Ok(()),
    }
}

pub(super) fn start(call: &mut Call<'_>, input: StartCompositionInput) -> Result<StartCompositionOutput, Failure> {
    let request =
        format!("{:?}", (&input.stage_arn, &input.layout, &input.destinations, tags::of(input.tags.clone())?));
    let token = input.idempotency_token.unwrap_or_default();
    if let Some(output) = repeated(call, &token, &request)? {
        return Ok(output);
    }
    let stage = required(input.stage_arn, "stageArn")?;
    call.stage(&stage)?;
    let destinations = required(input.destinations, "destinations")?;
    for (index, destination) in destinations.iter().enumerate() {
        check_destination(call, index, destination)?;
    }
    let is_on = |found: &records::Composition| !phase(found, call.settings, call.now).is_final();
    let count = call.world.compositions.keys_where(is_on).len();
    call.check_quota("compositions", count, call.settings.quotas.compositions)?;
    let tags = tags::of(input.tags)?;
    let layout = input
        .layout
        .unwrap_or_else(|| LayoutConfiguration::builder().grid(GridConfiguration::builder().build()).build());
    let arn = call.new_arn("composition");
    let destinations = destinations.into_iter().map(|configuration| destination(call, &arn, configuration)).collect();
    let started = call.now;
    let composition = records::Composition {
        stage,
        layout,
        destinations,
        tags,
        started,
        stopping: None,
        failed: None,
        token,
        request,
    };
    let shown = shown(call, &arn, &composition)?;
    call.world.compositions.insert(arn, composition);
    Ok(StartCompositionOutput::builder().composition(shown).build())
}

/// What a request comes to whose token was seen before.
fn repeated(call: &Call<'_>, token: &str, request: &str) -> Result<Option<StartCompositionOutput>, Failure> {
    let mut all = call.world.compositions.iter();
    let Some((arn, found)) = all.find(|(_, found)| !token.is_empty() && found.token == token) else {
        return Ok(None);
    };
    if found.request != request {
        return Err(Failure::conflict("idempotencyToken was used for another composition"));
    }
    Ok(Some(StartCompositionOutput::builder().composition(shown(call, arn, found)?).build()))
}

fn destination(
    call: &mut Call<'_>,
    composition: &str,
    configuration: DestinationConfiguration,
) -> records::Destination {
    let id = call.id(12);
    let recording_prefix =
        configuration.s3().is_some().then(|| format!("{}/{id}/composite", stages::id_of(composition)));
    records::Destination { id, configuration, recording_prefix, reconnecting_until: None }
}

pub(super) fn get(call: &mut Call<'_>, input: GetCompositionInput) -> Result<GetCompositionOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let found = call.world.compositions.get(&arn).ok_or_else(|| Failure::not_found("composition", &arn))?;
    Ok(GetCompositionOutput::builder().composition(shown(call, &arn, found)?).build())
}

pub(super) fn stop(call: &mut Call<'_>, input: StopCompositionInput) -> Result<StopCompositionOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let now = call.now;
    let found = call.world.compositions.get_mut(&arn).ok_or_else(|| Failure::not_found("composition", &arn))?;
    if found.stopping.is_some() || found.failed.is_some() {
        return Err(Failure::conflict(format!("{arn} is stopping, or has ended")));
    }
    found.stopping = Some(now);
    Ok(StopCompositionOutput::builder().build())
}

/// When an ended composition ended.
fn end_of(found: &records::Composition, call: &Call<'_>) -> Option<Instant> {
    match phase(found, call.settings, call.now) {
        Phase::Failed => found.failed,
        Phase::Stopped => found.stopping.map(|since| since.plus_seconds(call.settings.composition_step_seconds)),
        _ => None,
    }
}

/// When output to the destinations began, if it has.
fn output_began(found: &records::Composition, call: &Call<'_>) -> Option<Instant> {
    let began = found.started.plus_seconds(call.settings.composition_step_seconds);
    let limit = found.failed.or(found.stopping).unwrap_or(call.now);
    (began <= limit).then_some(began)
}

fn shown(call: &Call<'_>, arn: &str, found: &records::Composition) -> Result<Composition, Failure> {
    let phase = phase(found, call.settings, call.now);
    let end = end_of(found, call).map(Instant::date_time);
    let destinations = found.destinations.iter().map(|one| {
        let prefix = one.recording_prefix.as_ref();
        let s3 = prefix.map(|prefix| S3Detail::builder().recording_prefix(prefix).build()).transpose()?;
        let detail = s3.map(|s3| DestinationDetail::builder().s3(s3).build());
        let shown = Destination::builder()
            .id(&one.id)
            .state(phase.of_destination(one, call.now))
            .set_start_time(output_began(found, call).map(Instant::date_time))
            .set_end_time(end)
            .configuration(one.configuration.clone())
            .set_detail(detail);
        Ok(shown.build()?)
    });
    let destinations = destinations.collect::<Result<Vec<_>, Failure>>()?;
    let shown = Composition::builder()
        .arn(arn)
        .stage_arn(&found.stage)
        .state(phase.state())
        .layout(found.layout.clone())
        .set_destinations(Some(destinations))
        .set_tags(tags::shown(&found.tags))
        .start_time(found.started.date_time())
        .set_end_time(end);
    Ok(shown.build()?)
}

fn summary(call: &Call<'_>, arn: &str, found: &records::Composition) -> Result<CompositionSummary, Failure> {
    let phase = phase(found, call.settings, call.now);
    let end = end_of(found, call).map(Instant::date_time);
    let destinations = found.destinations.iter().map(|one| {
        let shown = DestinationSummary::builder()
            .id(&one.id)
            .state(phase.of_destination(one, call.now))
            .set_start_time(output_began(found, call).map(Instant::date_time))
            .set_end_time(end);
        Ok(shown.build()?)
    });
    let destinations = destinations.collect::<Result<Vec<_>, Failure>>()?;
    let shown = CompositionSummary::builder()
        .arn(arn)
        .stage_arn(&found.stage)
        .set_destinations(Some(destinations))
        .state(phase.state())
        .set_tags(tags::shown(&found.tags))
        .start_time(found.started.date_time())
        .set_end_time(end);
    Ok(shown.build()?)
}

pub(super) fn list(call: &mut Call<'_>, input: ListCompositionsInput) -> Result<ListCompositionsOutput, Failure> {
    let (stage, encoder) = (input.filter_by_stage_arn, input.filter_by_encoder_configuration_arn);
    let filter = format!("{stage:?}{encoder:?}");
    let passes = |found: &records::Composition| {
        stage.as_ref().is_none_or(|stage| *stage == found.stage)
            && encoder.as_ref().is_none_or(|encoder| {
                found.destinations.iter().any(|one| encoders_of(&one.configuration).any(|arn| arn == encoder))
            })
    };
    let there = call.world.compositions.iter().filter(|(_, found)| passes(found));
    let items = there.map(|(arn, found)| (arn, summary(call, arn, found)));
    let page = page(call, &filter, input.next_token.as_deref(), input.max_results, items)?;
    let items = page.items.into_iter().collect::<Result<_, _>>()?;
    Ok(ListCompositionsOutput::builder().set_compositions(Some(items)).set_next_token(page.next_token).build()?)
}
