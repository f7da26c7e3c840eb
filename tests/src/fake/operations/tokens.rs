//! Tokens of participants.

use std::collections::{BTreeMap, HashMap};

use ivs_realtime::operation::create_participant_token::{CreateParticipantTokenInput, CreateParticipantTokenOutput};
use ivs_realtime::operation::revoke_connection_token::{RevokeConnectionTokenInput, RevokeConnectionTokenOutput};
use ivs_realtime::types::{ParticipantToken, ParticipantTokenCapability, ParticipantTokenConfiguration};

use super::{participants, stages};
use crate::fake::failure::Failure;
use crate::fake::signer::{Capabilities, Claims};
use crate::fake::world::{Call, records, required};

/// Minutes for which a token is good unless the caller says: twelve hours.
const DEFAULT_MINUTES: i32 = 720;

/// Minutes for which a token may be good at most, by the model: fourteen days.
const MOST_MINUTES: i64 = 20_160;

/// Bytes that all attributes of a participant together may have.
const MOST_ATTRIBUTE_BYTES: usize = 1024;

/// What is asked of a token, at the creation of a stage and afterwards.
#[derive(Debug, Default)]
pub(super) struct Wish {
    pub(super) minutes: Option<i32>,
    pub(super) user_id: Option<String>,
    pub(super) attributes: Option<HashMap<String, String>>,
    pub(super) capabilities: Option<Vec<ParticipantTokenCapability>>,
}

impl From<ParticipantTokenConfiguration> for Wish {
    fn from(wish: ParticipantTokenConfiguration) -> Self {
        Self {
            minutes: wish.duration,
            user_id: wish.user_id,
            attributes: wish.attributes,
            capabilities: wish.capabilities,
        }
    }
}

pub(super) fn create(
    call: &mut Call<'_>,
    input: CreateParticipantTokenInput,
) -> Result<CreateParticipantTokenOutput, Failure> {
    let stage = required(input.stage_arn, "stageArn")?;
    call.stage(&stage)?;
    let wish = Wish {
        minutes: input.duration,
        user_id: input.user_id,
        attributes: input.attributes,
        capabilities: input.capabilities,
    };
    let token = make(call, &stage, wish)?;
    Ok(CreateParticipantTokenOutput::builder().participant_token(token).build())
}

/// Refuses attributes that are too large together.
pub(super) fn check_attributes(attributes: &HashMap<String, String>) -> Result<(), Failure> {
    let bytes: usize = attributes.iter().map(|(key, value)| key.len() + value.len()).sum();
    match bytes > MOST_ATTRIBUTE_BYTES {
        true => Err(Failure::validation(format!(
            "attributes: keys and values have {bytes} bytes together; at most {MOST_ATTRIBUTE_BYTES} are allowed"
        ))),
        false => Ok(()),
    }
}

/// Makes a token for a stage.
pub(super) fn make(call: &mut Call<'_>, stage: &str, wish: Wish) -> Result<ParticipantToken, Failure> {
    let attributes = wish.attributes.unwrap_or_default();
    check_attributes(&attributes)?;
    let minutes = wish.minutes.unwrap_or(DEFAULT_MINUTES);
    let capabilities = wish
        .capabilities
        .unwrap_or_else(|| vec![ParticipantTokenCapability::Publish, ParticipantTokenCapability::Subscribe]);
    let participant_id = call.id(12);
    let expires = call.now.plus_seconds(i64::from(minutes) * 60);
    let user_id = wish.user_id.unwrap_or_default();
    let claims = Claims {
        exp: expires.seconds(),
        iat: call.now.seconds(),
        jti: participant_id.clone(),
        resource: stage.to_owned(),
        topic: stages::id_of(stage).to_owned(),
        events_url: stages::EVENTS.to_owned(),
        whip_url: stages::WHIP.to_owned(),
        user_id: user_id.clone(),
        attributes: attributes.clone().into_iter().collect::<BTreeMap<_, _>>(),
        capabilities: Capabilities {
            allow_publish: capabilities.contains(&ParticipantTokenCapability::Publish),
            allow_subscribe: capabilities.contains(&ParticipantTokenCapability::Subscribe),
        },
        version: "1.0".to_owned(),
    };
    let token = ParticipantToken::builder()
        .participant_id(&participant_id)
        .token(call.signer.sign(&claims))
        .user_id(user_id)
        .set_attributes(Some(attributes))
        .duration(minutes)
        .set_capabilities(Some(capabilities))
        .expiration_time(expires.date_time())
        .build();
    Ok(token)
}

/// Revokes a token, known here by the id of its participant, and disconnects whoever came with it.
pub(super) fn revoke(
    call: &mut Call<'_>,
    input: RevokeConnectionTokenInput,
) -> Result<RevokeConnectionTokenOutput, Failure> {
    let id = required(input.token_id, "tokenId")?;
    forbid(call, &id);
    participants::disconnect_everywhere(call, &id);
    Ok(RevokeConnectionTokenOutput::builder().build())
}

/// Lets the token of a participant open no connection any more, and forgets the revoked ones that have ended.
pub(super) fn forbid(call: &mut Call<'_>, participant: &str) {
    let now = call.now;
    let ended = call.world.revoked.keys_where(|token| token.until <= now);
    call.world.revoked.remove_all(&ended);
    let until = now.plus_seconds(MOST_MINUTES * 60);
    call.world.revoked.insert(participant, records::RevokedToken { until });
}
