//! The steps of the show.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ivs_realtime::Client;
use ivs_realtime::config::interceptors::BeforeTransmitInterceptorContextRef;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::config::{Config, ConfigBag, Intercept, RuntimeComponents};
use ivs_realtime::error::{BoxError, SdkErrorExt};
use ivs_realtime::types::{
    AutoParticipantRecordingConfiguration, ChannelDestinationConfiguration, CompositionState, DestinationConfiguration,
    Event, ParticipantSummary, ParticipantToken, ParticipantTokenCapability, ParticipantTokenConfiguration,
    S3DestinationConfiguration, S3StorageConfiguration, Video,
};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::cleanup::TAG;
use super::progress::{Waiting, step};
use super::venue::Venue;

/// The operation that is called in a burst.
pub(crate) const BURST_OPERATION: &str = "GetStage";

/// Calls of a burst.
const BURST: usize = 14;

/// Name of the configurations, by which a later show finds those that somebody made to stay.
const CONFIGURATION: &str = "live-show";

/// How long a composition may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at a composition.
const PAUSE: Duration = Duration::from_millis(250);

/// Why a show ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// By ctrl-c.
    Interrupted,
    /// A step failed: what, and how.
    Failed(String),
}

/// Describes a failed call.
fn failed(error: impl SdkErrorExt) -> Stop {
    Stop::Failed(error.describe().to_string())
}

/// A part of an answer that the service did not send.
fn missing(what: &str) -> Stop {
    Stop::Failed(format!("the answer has no {what}"))
}

/// A configuration that the composition uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Configuration {
    /// Its ARN.
    pub(crate) arn: String,
    /// Whether the show made it, and so takes it away.
    pub(crate) created: bool,
}

/// What became of the burst.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Burst {
    /// Calls.
    pub(crate) calls: usize,
    /// Requests that they took.
    pub(crate) attempts: usize,
}

/// The show, with what it has come to.
#[derive(Debug)]
pub(crate) struct Show<'v> {
    venue: &'v Venue,
    stopped: watch::Receiver<bool>,
    /// The value of the tag that everything it creates has.
    pub(crate) id: String,
    pub(crate) encoder: Configuration,
    pub(crate) storage: Configuration,
    pub(crate) stage: String,
    pub(crate) tokens: Vec<ParticipantToken>,
    pub(crate) composition: String,
    pub(crate) seconds_until_active: Option<f64>,
    pub(crate) participants: Vec<ParticipantSummary>,
    pub(crate) events: Vec<Event>,
    pub(crate) disconnected: Vec<String>,
    pub(crate) burst: Burst,
}

impl<'v> Show<'v> {
    /// A show that has not begun. It ends before its next step once `stopped` is true.
    pub(crate) fn new(venue: &'v Venue, stopped: watch::Receiver<bool>) -> Self {
        let id = format!("{:016x}", rand::random::<u64>());
        Self {
            venue,
            stopped,
            id,
            encoder: Configuration::default(),
            storage: Configuration::default(),
            stage: String::new(),
            tokens: Vec::new(),
            composition: String::new(),
            seconds_until_active: None,
            participants: Vec::new(),
            events: Vec::new(),
            disconnected: Vec::new(),
            burst: Burst::default(),
        }
    }

    fn client(&self) -> &'v Client {
        &self.venue.client
    }

    /// All steps, one after the other.
    ///
    /// # Errors
    /// A step failed, or the show was interrupted before it.
    pub(crate) async fn run(&mut self) -> Result<(), Stop> {
        self.ensure_encoder().await?;
        self.ensure_storage().await?;
        self.create_stage().await?;
        self.admit_viewer().await?;
        self.start_composition().await?;
        self.wait_until_active().await?;
        self.let_them_in()?;
        self.look_around().await?;
        self.disconnect().await?;
        self.burst().await?;
        self.stop().await
    }

    /// Announces a step.
    ///
    /// Calls are not cut off, as one that creates something would then leave it behind unseen: the show ends between them.
    fn begin(&self, what: &str) -> Result<(), Stop> {
        if *self.stopped.borrow() {
            return Err(Stop::Interrupted);
        }
        step(what);
        Ok(())
    }

    /// Looks through all pages for an encoder configuration of the name, and makes one where there is none.
    async fn ensure_encoder(&mut self) -> Result<(), Stop> {
        self.begin("encoder configuration")?;
        let mut items = self.client().list_encoder_configurations().into_paginator().items().send();
        while let Some(found) = items.next().await {
            let found = found.map_err(failed)?;
            if found.name() == Some(CONFIGURATION) {
                self.encoder = Configuration { arn: found.arn, created: false };
                return Ok(());
            }
        }
        let video = Video::builder().width(1280).height(720).framerate(30.0).bitrate(2_500_000).build();
        let create = self.client().create_encoder_configuration().name(CONFIGURATION).video(video).tags(TAG, &self.id);
        let made = create.send().await.map_err(failed)?;
        let made = made.encoder_configuration.ok_or_else(|| missing("encoder configuration"))?;
        self.encoder = Configuration { arn: made.arn, created: true };
        Ok(())
    }

    /// The same for a storage configuration of the bucket.
    async fn ensure_storage(&mut self) -> Result<(), Stop> {
        self.begin("storage configuration")?;
        let bucket = &self.venue.bucket;
        let mut items = self.client().list_storage_configurations().into_paginator().items().send();
        while let Some(found) = items.next().await {
            let found = found.map_err(failed)?;
            if found.name() == Some(CONFIGURATION) && found.s3().is_some_and(|s3| s3.bucket_name() == bucket) {
                self.storage = Configuration { arn: found.arn, created: false };
                return Ok(());
            }
        }
        let s3 = S3StorageConfiguration::builder().bucket_name(bucket).build().map_err(incomplete)?;
        let create = self.client().create_storage_configuration().name(CONFIGURATION).s3(s3).tags(TAG, &self.id);
        let made = create.send().await.map_err(failed)?;
        let made = made.storage_configuration.ok_or_else(|| missing("storage configuration"))?;
        self.storage = Configuration { arn: made.arn, created: true };
        Ok(())
    }

    /// A stage that records whoever publishes, with tokens for host and guest.
    async fn create_stage(&mut self) -> Result<(), Stop> {
        self.begin("stage")?;
        let recording = AutoParticipantRecordingConfiguration::builder().storage_configuration_arn(&self.storage.arn);
        let token = |user: &str| {
            let both = [ParticipantTokenCapability::Publish, ParticipantTokenCapability::Subscribe];
            let wish = ParticipantTokenConfiguration::builder().user_id(user).attributes("role", user);
            wish.set_capabilities(Some(both.to_vec())).duration(60).build()
        };
        let create = self
            .client()
            .create_stage()
            .name(CONFIGURATION)
            .auto_participant_recording_configuration(recording.build().map_err(incomplete)?)
            .participant_token_configurations(token("host"))
            .participant_token_configurations(token("guest"))
            .tags(TAG, &self.id);
        let made = create.send().await.map_err(failed)?;
        self.stage = made.stage.ok_or_else(|| missing("stage"))?.arn;
        self.tokens = made.participant_tokens.unwrap_or_default();
        Ok(())
    }

    /// A token for somebody who may only watch.
    async fn admit_viewer(&mut self) -> Result<(), Stop> {
        self.begin("viewer's token")?;
        let create = self.client().create_participant_token().stage_arn(&self.stage).user_id("viewer").duration(60);
        let made = create.capabilities(ParticipantTokenCapability::Subscribe).send().await.map_err(failed)?;
        self.tokens.extend(made.participant_token);
        Ok(())
    }

    /// A composition to the channel, if there is one, and to S3.
    async fn start_composition(&mut self) -> Result<(), Stop> {
        self.begin("composition")?;
        let (encoder, storage) = (&self.encoder.arn, &self.storage.arn);
        let s3 = S3DestinationConfiguration::builder().storage_configuration_arn(storage);
        let s3 = s3.encoder_configuration_arns(encoder).build().map_err(incomplete)?;
        let mut start = self
            .client()
            .start_composition()
            .stage_arn(&self.stage)
            .destinations(DestinationConfiguration::builder().name("recording").s3(s3).build())
            .tags(TAG, &self.id);
        if let Some(channel) = &self.venue.channel {
            let channel = ChannelDestinationConfiguration::builder().channel_arn(channel);
            let channel = channel.encoder_configuration_arn(encoder).build().map_err(incomplete)?;
            start = start.destinations(DestinationConfiguration::builder().name("broadcast").channel(channel).build());
        }
        let started = start.send().await.map_err(failed)?;
        self.composition = started.composition.ok_or_else(|| missing("composition"))?.arn;
        Ok(())
    }

    async fn wait_until_active(&mut self) -> Result<(), Stop> {
        self.begin("waiting for the composition")?;
        let mut waiting = Waiting::new("composition");
        loop {
            let found = self.client().get_composition().arn(&self.composition).send().await.map_err(failed)?;
            let state = found.composition.ok_or_else(|| missing("composition"))?.state;
            waiting.show(state.as_str());
            match state {
                CompositionState::Active => break,
                CompositionState::Starting if waiting.seconds() < PATIENCE.as_secs_f64() => {}
                other => return Err(Stop::Failed(format!("the composition is {other} and does not become ACTIVE"))),
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                _ = self.stopped.wait_for(|stopped| *stopped) => return Err(Stop::Interrupted),
            }
        }
        self.seconds_until_active = Some(waiting.seconds());
        Ok(())
    }

    /// What the apps of host, guest and viewer do with their tokens; against AWS they would have to be there.
    fn let_them_in(&self) -> Result<(), Stop> {
        let Some(fake) = &self.venue.fake else { return Ok(()) };
        self.begin("host, guest and viewer join")?;
        let refused = |failure: tests::fake::Failure| Stop::Failed(failure.message);
        let tokens = self.tokens.iter().filter_map(|token| token.token());
        let there = tokens.map(|token| fake.join(token)).collect::<Result<Vec<_>, _>>().map_err(refused)?;
        let [host, guest, viewer] = there.as_slice() else { return Err(missing("token for each of the three")) };
        for publisher in [host, guest] {
            fake.publish(publisher).map_err(refused)?;
            fake.subscribe(viewer, publisher).map_err(refused)?;
        }
        Ok(())
    }

    /// Who is on the stage, and what happened to each.
    async fn look_around(&mut self) -> Result<(), Stop> {
        self.begin("participants and events")?;
        let stage = self.client().get_stage().arn(&self.stage).send().await.map_err(failed)?;
        // Without anybody there is no session.
        let session = stage.stage.and_then(|stage| stage.active_session_id).filter(|id| !id.is_empty());
        let Some(session) = session else { return Ok(()) };
        let list = self.client().list_participants().stage_arn(&self.stage).session_id(&session);
        let mut participants = list.into_paginator().items().send();
        while let Some(participant) = participants.next().await {
            self.participants.push(participant.map_err(failed)?);
        }
        for id in self.participants.iter().filter_map(|participant| participant.participant_id()) {
            let list = self.client().list_participant_events().stage_arn(&self.stage).session_id(&session);
            let mut events = list.participant_id(id).into_paginator().items().send();
            while let Some(event) = events.next().await {
                self.events.push(event.map_err(failed)?);
            }
        }
        Ok(())
    }

    /// The guest has to go.
    async fn disconnect(&mut self) -> Result<(), Stop> {
        self.begin("the guest is disconnected")?;
        let guests = self.participants.iter().filter(|participant| participant.user_id() == Some("guest"));
        for guest in guests.filter_map(|participant| participant.participant_id()) {
            let call = self.client().disconnect_participant().stage_arn(&self.stage).participant_id(guest);
            call.reason("the show must go on").send().await.map_err(failed)?;
            self.disconnected.push(guest.to_owned());
        }
        Ok(())
    }

    /// Many calls at once: those that the service throttles are retried until they get through.
    async fn burst(&mut self) -> Result<(), Stop> {
        self.begin("a burst of calls")?;
        let attempts = Attempts::default();
        let mut calls = JoinSet::new();
        for _ in 0..BURST {
            let patient = RetryConfig::standard().with_max_attempts(8).with_initial_backoff(PAUSE);
            let patient = Config::builder().retry_config(patient).interceptor(attempts.clone());
            let call = self.client().get_stage().arn(&self.stage).customize().config_override(patient);
            calls.spawn(call.send());
        }
        while let Some(call) = calls.join_next().await {
            call.map_err(|panicked| Stop::Failed(panicked.to_string()))?.map_err(failed)?;
        }
        self.burst = Burst { calls: BURST, attempts: attempts.0.load(Ordering::Relaxed) };
        Ok(())
    }

    async fn stop(&mut self) -> Result<(), Stop> {
        self.begin("the composition is stopped")?;
        self.client().stop_composition().arn(&self.composition).send().await.map_err(failed)?;
        Ok(())
    }
}

/// A part that lacks a required member, which would be a mistake of this program.
fn incomplete(error: ivs_realtime::error::BuildError) -> Stop {
    Stop::Failed(error.to_string())
}

/// Counts requests.
#[derive(Clone, Debug, Default)]
struct Attempts(Arc<AtomicUsize>);

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
