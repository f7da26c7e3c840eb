//! What the server remembers of each resource.

use std::collections::{BTreeMap, BTreeSet};

use ivs_realtime::types::{
    AutoParticipantRecordingConfiguration, DestinationConfiguration, Event, LayoutConfiguration, Video,
};
use serde::{Deserialize, Serialize};

use crate::fake::clock::Instant;

/// Tags by key.
pub(crate) type Tags = BTreeMap<String, String>;

/// A stage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Stage {
    /// Its label; empty where it has none.
    pub name: String,
    /// Its tags.
    pub tags: Tags,
    /// How participants are recorded.
    pub recording: Option<AutoParticipantRecordingConfiguration>,
    /// The session that goes on.
    pub active_session: Option<String>,
    /// When the last participant left it; `None` where there was none.
    pub empty_since: Option<Instant>,
}

/// A session of a stage: from the first participant to the last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    /// When it began.
    pub started: Instant,
    /// When it ended.
    pub ended: Option<Instant>,
}

/// How somebody came to a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Origin {
    /// With a token.
    Token,
    /// By an encoder and an ingest configuration.
    Ingest,
    /// Shown from another stage.
    Replica,
}

/// What a participant is by its token or ingest configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// Id of the participant.
    pub participant_id: String,
    /// The caller's own id of the user.
    pub user_id: String,
    /// What describes it to others.
    pub attributes: BTreeMap<String, String>,
    /// May publish.
    pub publish: bool,
    /// May subscribe.
    pub subscribe: bool,
}

/// A participant of a session.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Participant {
    /// Who it is.
    pub identity: Identity,
    /// How it came.
    pub origin: Origin,
    /// Whether it is there.
    pub connected: bool,
    /// When it came first.
    pub first_join: Instant,
    /// Whether it publishes now.
    pub publishing: bool,
    /// Whether it ever published in this session.
    pub published: bool,
    /// Those it subscribes to, by participant id.
    pub subscriptions: BTreeSet<String>,
    /// The ingest configuration that it came by.
    pub ingest_configuration: Option<String>,
    /// The protocol of its encoder; `None` for a token.
    pub protocol: Option<String>,
    /// Where a replica comes from: stage and session.
    pub source: Option<(String, String)>,
    /// Bucket and prefix of its recording.
    pub recording: Option<(String, String)>,
    /// When its recording began and ended.
    pub recorded: Option<(Instant, Option<Instant>)>,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// A token that opens no connection any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RevokedToken {
    /// When it has ended for certain, so that nobody has to remember it.
    pub until: Instant,
}

/// A replication of a participant to another stage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Replication {
    /// The stage on which the participant publishes.
    pub source_stage: String,
    /// The session of that stage.
    pub source_session: String,
    /// The participant.
    pub participant_id: String,
    /// The stage on which it is shown.
    pub destination_stage: String,
    /// The session of that stage.
    pub destination_session: String,
    /// Seconds for which it waits for a publisher that stopped.
    pub reconnect_window: i64,
    /// When the publisher stopped; `None` while it publishes.
    pub waiting_since: Option<Instant>,
    /// Whether it goes on.
    pub active: bool,
}

/// An encoder configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EncoderConfiguration {
    /// Its label.
    pub name: String,
    /// The video settings, the service's defaults filled in.
    pub video: Video,
    /// Its tags.
    pub tags: Tags,
}

/// A storage configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StorageConfiguration {
    /// Its label.
    pub name: String,
    /// The bucket.
    pub bucket: String,
    /// Its tags.
    pub tags: Tags,
}

/// A participant of an ingest configuration, with the key by which its encoder publishes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IngestCredential {
    /// The participant.
    pub participant_id: String,
    /// The secret key.
    pub stream_key: String,
}

impl std::fmt::Debug for IngestCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IngestCredential").field("participant_id", &self.participant_id).finish_non_exhaustive()
    }
}

/// An ingest configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct IngestConfiguration {
    /// Its label.
    pub name: String,
    /// `RTMP` or `RTMPS`.
    pub protocol: String,
    /// The stage that it publishes to; empty where there is none.
    pub stage: String,
    /// The caller's own id of the user.
    pub user_id: String,
    /// What describes the participant to others.
    pub attributes: BTreeMap<String, String>,
    /// The participant and its key, and with redundant ingest a second of each.
    pub credentials: Vec<IngestCredential>,
    /// Whether redundant ingest is on.
    pub redundant: bool,
    /// Its tags.
    pub tags: Tags,
}

/// An imported public key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PublicKey {
    /// Its label.
    pub name: String,
    /// The key in PEM form.
    pub material: String,
    /// A digest of it, in pairs of hexadecimal digits.
    pub fingerprint: String,
    /// Its tags.
    pub tags: Tags,
}

/// An output of a composition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Destination {
    /// Its id in the composition.
    pub id: String,
    /// What it was started with.
    pub configuration: DestinationConfiguration,
    /// Where its recording is.
    pub recording_prefix: Option<String>,
    /// The service tries to resume it until then.
    pub reconnecting_until: Option<Instant>,
}

/// A composition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Composition {
    /// The stage whose participants are mixed.
    pub stage: String,
    /// How they are arranged.
    pub layout: LayoutConfiguration,
    /// Its outputs.
    pub destinations: Vec<Destination>,
    /// Its tags.
    pub tags: Tags,
    /// When it was started.
    pub started: Instant,
    /// When it was told to stop.
    pub stopping: Option<Instant>,
    /// When it failed.
    pub failed: Option<Instant>,
    /// The idempotency token that it was started with.
    pub token: String,
    /// The request that started it, to tell a repeated one from another.
    pub request: String,
}
