//! All that the server remembers: a table for each kind of resource, and what every call is given of it.

pub(super) mod records;
pub(super) mod table;

use rand::RngExt;
use rand::rngs::StdRng;

use self::records::{
    Composition, EncoderConfiguration, IngestConfiguration, Participant, PublicKey, Replication, RevokedToken, Session,
    Stage, StorageConfiguration, Tags,
};
use self::table::{Stored, Table};
use super::clock::Instant;
use super::failure::{Failure, Kind};
use super::settings::Settings;
use super::signer::Signer;
use super::store::{Change, Store, StoreError};

/// Letters of ids.
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Everything there is, by kind. Resources are found by their ARN; sessions and participants by path, as in
/// `{stage ARN}/{session}/{participant}`.
#[derive(Debug)]
pub(super) struct World {
    /// Stages.
    pub stages: Table<Stage>,
    /// Sessions, below their stage.
    pub sessions: Table<Session>,
    /// Participants, below their session.
    pub participants: Table<Participant>,
    /// Revoked tokens, by participant id.
    pub revoked: Table<RevokedToken>,
    /// Replications, by participant and destination stage.
    pub replications: Table<Replication>,
    /// Encoder configurations.
    pub encoders: Table<EncoderConfiguration>,
    /// Storage configurations.
    pub storages: Table<StorageConfiguration>,
    /// Ingest configurations.
    pub ingests: Table<IngestConfiguration>,
    /// Public keys.
    pub keys: Table<PublicKey>,
    /// Compositions, those that ended included.
    pub compositions: Table<Composition>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            stages: Table::new("stage"),
            sessions: Table::new("session"),
            participants: Table::new("participant"),
            revoked: Table::new("revoked-token"),
            replications: Table::new("replication"),
            encoders: Table::new("encoder-configuration"),
            storages: Table::new("storage-configuration"),
            ingests: Table::new("ingest-configuration"),
            keys: Table::new("public-key"),
            compositions: Table::new("composition"),
        }
    }
}

impl World {
    /// What a state file holds.
    ///
    /// # Errors
    /// When it cannot be read, or holds rows that this server does not know.
    pub(super) fn load(store: &Store) -> Result<Self, String> {
        let mut world = Self::default();
        for (path, bytes) in store.rows().map_err(|error: StoreError| error.to_string())? {
            let (name, key) = path.split_once('/').unwrap_or((&path, ""));
            let mut tables = world.tables().into_iter();
            match tables.find(|table| table.name() == name) {
                Some(table) => table.load(key, &bytes).map_err(|error| format!("the state of {path}: {error}"))?,
                None if name == super::signer::ROW => {}
                None => return Err(format!("the state has rows of an unknown kind: {name}")),
            }
        }
        Ok(world)
    }

    fn tables(&mut self) -> [&mut dyn Stored; 10] {
        [
            &mut self.stages,
            &mut self.sessions,
            &mut self.participants,
            &mut self.revoked,
            &mut self.replications,
            &mut self.encoders,
            &mut self.storages,
            &mut self.ingests,
            &mut self.keys,
            &mut self.compositions,
        ]
    }

    /// What changed since it was asked last.
    ///
    /// # Errors
    /// When a row is no JSON.
    pub(super) fn take_changes(&mut self) -> Result<Vec<Change>, serde_json::Error> {
        let mut changes = Vec::new();
        for table in self.tables() {
            table.take_changes(&mut changes)?;
        }
        Ok(changes)
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.tables().into_iter().for_each(Stored::clear);
    }

    /// The tags of a resource that can have some.
    pub(super) fn tags_mut(&mut self, arn: &str) -> Option<&mut Tags> {
        match resource_type(arn)? {
            "stage" => self.stages.get_mut(arn).map(|row| &mut row.tags),
            "encoder-configuration" => self.encoders.get_mut(arn).map(|row| &mut row.tags),
            "storage-configuration" => self.storages.get_mut(arn).map(|row| &mut row.tags),
            "ingest-configuration" => self.ingests.get_mut(arn).map(|row| &mut row.tags),
            "public-key" => self.keys.get_mut(arn).map(|row| &mut row.tags),
            "composition" => self.compositions.get_mut(arn).map(|row| &mut row.tags),
            _ => None,
        }
    }
}

/// The type in an ARN: `stage` in `arn:aws:ivs:us-east-1:123456789012:stage/AbCd`.
fn resource_type(arn: &str) -> Option<&str> {
    Some(arn.splitn(6, ':').nth(5)?.split_once('/')?.0)
}

/// What a handler works with: the world, the time, and whatever is random.
#[derive(Debug)]
pub(super) struct Call<'a> {
    /// All resources.
    pub world: &'a mut World,
    /// How the server behaves.
    pub settings: &'a Settings,
    /// The keys that sign tokens, and the secrets of page tokens.
    pub signer: &'a Signer,
    /// The source of ids.
    pub random: &'a mut StdRng,
    /// When the call is handled.
    pub now: Instant,
    /// The operation, by its name in the model.
    pub operation: &'a str,
}

impl Call<'_> {
    /// A new id of letters and digits.
    pub(super) fn id(&mut self, length: usize) -> String {
        let letters = (0..length).map(|_| ALPHABET[self.random.random_range(0..ALPHABET.len())]);
        letters.map(char::from).collect()
    }

    /// The ARN of a new resource of a type.
    pub(super) fn new_arn(&mut self, resource_type: &str) -> String {
        let id = self.id(12);
        let Settings { region, account, .. } = self.settings;
        format!("arn:aws:ivs:{region}:{account}:{resource_type}/{id}")
    }

    /// The stage with an ARN.
    ///
    /// # Errors
    /// Not found.
    pub(super) fn stage(&self, arn: &str) -> Result<&Stage, Failure> {
        self.world.stages.get(arn).ok_or_else(|| Failure::not_found("stage", arn))
    }

    /// Refuses one more of what there is `count` of already.
    ///
    /// # Errors
    /// The quota is reached.
    pub(super) fn check_quota(&self, what: &str, count: usize, limit: usize) -> Result<(), Failure> {
        if count < limit {
            return Ok(());
        }
        Err(Failure::new(Kind::QuotaExceeded, format!("the account has {count} {what}, and the quota is {limit}")))
    }
}

/// A member of which the model says that it is required, so that validation has seen it.
///
/// # Errors
/// It is missing all the same.
pub(super) fn required<T>(value: Option<T>, member: &str) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::validation(format!("{member} is required")))
}
