//! What the service itself has no operation for: participants come and go, encoders connect, compositions fail, time
//! passes, faults happen. Over HTTP it is `POST /_fake/{action}` with a JSON object, unsigned.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answer::Answer;
use super::failure::{Failure, Kind};
use super::faults::Fault;
use super::operations::{self, Arrival, Phase, phase};
use super::state::State;
use super::world::records::{Identity, Origin};

/// Path of all actions.
pub(super) const PATH: &str = "/_fake/";

/// Somebody on a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Joined {
    /// ARN of the stage.
    pub stage_arn: String,
    /// Id of the session.
    pub session_id: String,
    /// Id of the participant.
    pub participant_id: String,
}

/// How many resources there are. Compositions that ended are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Census {
    /// Stages.
    pub stages: usize,
    /// Participants that are connected.
    pub participants: usize,
    /// Compositions that have not ended.
    pub compositions: usize,
    /// Encoder configurations.
    pub encoder_configurations: usize,
    /// Storage configurations.
    pub storage_configurations: usize,
    /// Ingest configurations.
    pub ingest_configurations: usize,
    /// Public keys.
    pub public_keys: usize,
}

impl Census {
    /// Nothing is left.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OnStage {
    stage_arn: String,
    participant_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription {
    stage_arn: String,
    participant_id: String,
    remote_participant_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate {
    operation: String,
    per_second: Option<f64>,
}

impl State {
    /// Somebody joins with a token, made here or signed by an application with an imported key.
    ///
    /// # Errors
    /// The token is not good, its stage is gone, or its participant is on the stage already.
    pub(super) fn join(&self, token: &str) -> Result<Joined, Failure> {
        self.act(|call| {
            let imported = |arn: &str| call.world.keys.get(arn).map(|key| key.material.as_str());
            let claims = call.signer.verify(token, call.now, imported).map_err(Failure::validation)?;
            if call.world.revoked.get(&claims.jti).is_some() {
                return Err(Failure::validation("the token was revoked"));
            }
            let identity = Identity {
                participant_id: claims.jti.clone(),
                user_id: claims.user_id,
                attributes: claims.attributes,
                publish: claims.capabilities.allow_publish,
                subscribe: claims.capabilities.allow_subscribe,
            };
            let arrival = Arrival { identity, origin: Origin::Token, ingest: None, source: None };
            let session_id = operations::join(call, &claims.resource, arrival)?;
            Ok(Joined { stage_arn: claims.resource, session_id, participant_id: claims.jti })
        })
    }

    /// An encoder connects with a stream key and publishes.
    ///
    /// # Errors
    /// No ingest configuration has it, that has no stage, or the encoder is connected already.
    pub(super) fn connect_encoder(&self, stream_key: &str) -> Result<Joined, Failure> {
        let (stage_arn, session_id, participant_id) = self.act(|call| operations::connect_encoder(call, stream_key))?;
        Ok(Joined { stage_arn, session_id, participant_id })
    }

    /// A composition fails.
    ///
    /// # Errors
    /// There is none of that ARN, or it has ended.
    pub(super) fn fail_composition(&self, arn: &str) -> Result<(), Failure> {
        self.act(|call| {
            let (now, settings) = (call.now, call.settings);
            let found = call.world.compositions.get_mut(arn).ok_or_else(|| Failure::not_found("composition", arn))?;
            if phase(found, settings, now).is_final() {
                return Err(Failure::conflict(format!("{arn} has ended")));
            }
            found.failed = Some(now);
            Ok(())
        })
    }

    /// The destinations of an active composition reconnect for some seconds.
    ///
    /// # Errors
    /// There is none of that ARN, or it is not active.
    pub(super) fn reconnect_composition(&self, arn: &str, seconds: i64) -> Result<(), Failure> {
        self.act(|call| {
            let (now, settings) = (call.now, call.settings);
            let found = call.world.compositions.get_mut(arn).ok_or_else(|| Failure::not_found("composition", arn))?;
            if phase(found, settings, now) != Phase::Active {
                return Err(Failure::conflict(format!("{arn} is not active")));
            }
            for destination in &mut found.destinations {
                destination.reconnecting_until = Some(now.plus_seconds(seconds));
            }
            Ok(())
        })
    }

    /// How many resources there are.
    ///
    /// # Errors
    /// When the state file cannot be written.
    pub(super) fn census(&self) -> Result<Census, Failure> {
        self.act(|call| {
            let is_on = |found: &_| !phase(found, call.settings, call.now).is_final();
            Ok(Census {
                stages: call.world.stages.len(),
                participants: call.world.participants.keys_where(|found| found.connected).len(),
                compositions: call.world.compositions.keys_where(is_on).len(),
                encoder_configurations: call.world.encoders.len(),
                storage_configurations: call.world.storages.len(),
                ingest_configurations: call.world.ingests.len(),
                public_keys: call.world.keys.len(),
            })
        })
    }

    /// Answers `POST /_fake/{action}`.
    pub(super) fn administer(&self, action: &str, body: &[u8]) -> Answer {
        let input = match body.iter().all(u8::is_ascii_whitespace) {
            true => Ok(json!({})),
            false => serde_json::from_slice(body),
        };
        let result = input
            .map_err(|error| Failure::validation(format!("the body is no JSON: {error}")))
            .and_then(|input| self.action(action, input));
        result.map_or_else(|failure| failure.answer(), |output| Answer::json(200, &output))
    }

    fn action(&self, action: &str, input: Value) -> Result<Value, Failure> {
        let text = |name: &str| match input[name].as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(Failure::validation(format!("{name} is required, a string"))),
        };
        let number = |name: &str| match input[name].as_f64() {
            Some(number) => Ok(number),
            None => Err(Failure::validation(format!("{name} is required, a number"))),
        };
        match action {
            "join" => return told(&self.join(&text("token")?)?),
            "connect-encoder" => return told(&self.connect_encoder(&text("streamKey")?)?),
            "state" => return told(&self.census()?),
            "leave" => {
                let OnStage { stage_arn, participant_id } = read(input)?;
                self.act(|call| operations::disconnect(call, &stage_arn, &participant_id))?;
            }
            "publish" | "unpublish" => {
                let OnStage { stage_arn, participant_id } = read(input)?;
                self.act(|call| operations::publish(call, &stage_arn, &participant_id, action == "publish"))?;
            }
            "subscribe" | "unsubscribe" => {
                let Subscription { stage_arn, participant_id, remote_participant_id: remote } = read(input)?;
                let on = action == "subscribe";
                self.act(|call| operations::subscribe(call, &stage_arn, &participant_id, &remote, on))?;
            }
            "fail-composition" => self.fail_composition(&text("arn")?)?,
            "reconnect-composition" => self.reconnect_composition(&text("arn")?, number("seconds")? as i64)?,
            "advance" => self.clock.advance(number("seconds")?),
            "fault" => self.add_fault(read::<Fault>(input)?),
            "clear-faults" => self.clear_faults(),
            "rate" => {
                let Rate { operation, per_second } = read(input)?;
                self.set_rate(&operation, per_second);
            }
            "reset" => self.reset()?,
            _ => return Err(Failure::new(Kind::UnknownOperation, format!("there is no action {action:?}"))),
        }
        Ok(json!({}))
    }
}

fn read<T: for<'d> Deserialize<'d>>(input: Value) -> Result<T, Failure> {
    serde_json::from_value(input).map_err(|error| Failure::validation(error.to_string()))
}

fn told(output: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(output).map_err(|error| Failure::new(Kind::Internal, error.to_string()))
}
