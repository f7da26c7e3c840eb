//! Participants, sessions, events, replication.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p384::ecdsa::signature::Signer as _;
use p384::ecdsa::{Signature, SigningKey};
use p384::elliptic_curve::Generate;
use p384::pkcs8::EncodePublicKey;
use serde_json::json;

use super::{joined, stage, started};
use ivs_realtime::types::{EventName, ParticipantState, ParticipantTokenCapability, ReplicationType};

#[tokio::test]
async fn a_session_goes_from_the_first_participant_to_the_last() {
    let (fake, client) = started().await;
    let (arn, tokens) = stage(&client, 2).await;
    let [host, guest] = [0, 1].map(|index| fake.join(&tokens[index]).expect("the token is good"));
    assert_eq!(host.session_id, guest.session_id);
    fake.publish(&host).expect("it may publish");
    fake.subscribe(&guest, &host).expect("it may subscribe");
    fake.leave(&host).expect("it is there");
    fake.leave(&guest).expect("it is there");
    let list = client.list_participants().stage_arn(&arn).session_id(&host.session_id);
    let published = list.clone().filter_by_published(true).send().await.expect("a list");
    assert_eq!(published.participants().len(), 1);
    let two = list.filter_by_published(true).filter_by_user_id("x").send().await.expect_err("two filters");
    assert!(two.into_service_error().is_validation_exception());
    let events = client.list_participant_events().stage_arn(&arn).session_id(&host.session_id);
    let events = events.participant_id(&host.participant_id).send().await.expect("a list");
    let names: Vec<_> = events.events().iter().filter_map(|event| event.name()).collect();
    assert_eq!(names, [&EventName::Joined, &EventName::PublishStarted, &EventName::PublishStopped, &EventName::Left]);
    let session =
        client.get_stage_session().stage_arn(&arn).session_id(&host.session_id).send().await.expect("it is kept");
    assert!(session.stage_session().is_some_and(|session| session.end_time().is_some()));
    let again = fake.join(&tokens[0]).expect("the token is good still");
    assert_ne!(again.session_id, host.session_id);
}

#[tokio::test]
async fn a_token_allows_what_it_was_made_for() {
    let (fake, client) = started().await;
    let (arn, _) = stage(&client, 0).await;
    let token = client.create_participant_token().stage_arn(&arn).capabilities(ParticipantTokenCapability::Subscribe);
    let token = token.send().await.expect("a token");
    let viewer = fake.join(token.participant_token().and_then(|token| token.token()).expect("its text")).expect("good");
    assert!(fake.publish(&viewer).is_err());
    client.disconnect_participant().stage_arn(&arn).participant_id(&viewer.participant_id).send().await.expect("off");
    let found = client.get_participant().stage_arn(&arn).session_id(&viewer.session_id);
    let found = found.participant_id(&viewer.participant_id).send().await.expect("it is kept");
    assert_eq!(found.participant().and_then(|found| found.state()), Some(&ParticipantState::Disconnected));
    assert!(fake.join("a.b.c").is_err());
}

#[tokio::test]
async fn a_revoked_token_opens_nothing() {
    let (fake, client) = started().await;
    let (_, tokens) = stage(&client, 1).await;
    let there = fake.join(&tokens[0]).expect("the token is good");
    client.revoke_connection_token().token_id(&there.participant_id).send().await.expect("revoked");
    assert_eq!(fake.census().expect("no state file").participants, 0);
    assert!(fake.join(&tokens[0]).is_err());
}

#[tokio::test]
async fn a_replica_goes_with_its_publisher() {
    let (fake, client) = started().await;
    let (source, there) = joined(&fake, &client).await;
    let (destination, _) = stage(&client, 0).await;
    let start = || {
        let call = client.start_participant_replication().source_stage_arn(&source).destination_stage_arn(&destination);
        call.participant_id(&there.participant_id).send()
    };
    assert!(start().await.expect_err("it does not publish").into_service_error().is_conflict_exception());
    fake.publish(&there).expect("it may");
    start().await.expect("it publishes");
    assert!(start().await.expect_err("twice").into_service_error().is_conflict_exception());
    let list = client.list_participant_replicas().source_stage_arn(&source).participant_id(&there.participant_id);
    let replicas = list.send().await.expect("a list");
    let [replica] = replicas.replicas() else { panic!("{replicas:?}") };
    let shown = client.get_participant().stage_arn(&destination).session_id(replica.destination_session_id());
    let shown = shown.participant_id(&there.participant_id).send().await.expect("it is on the other stage");
    assert_eq!(shown.participant().and_then(|found| found.replication_type()), Some(&ReplicationType::Replica));
    fake.unpublish(&there).expect("it published");
    assert_eq!(fake.census().expect("no state file").participants, 1, "the window is 0 seconds");
}

#[tokio::test]
async fn an_application_signs_its_own_tokens_with_an_imported_key() {
    let (fake, client) = started().await;
    let (stage, _) = stage(&client, 0).await;
    let key = SigningKey::generate();
    let pem = key.verifying_key().to_public_key_pem(Default::default()).expect("a key has a PEM form");
    let imported = client.import_public_key().public_key_material(&pem).send().await.expect("it is imported");
    let arn = imported.public_key().and_then(|key| key.arn()).expect("it is shown").to_owned();
    let header = json!({"alg": "ES384", "typ": "JWT", "kid": arn});
    let claims = json!({
        "exp": 4_000_000_000_i64, "iat": 1, "jti": "own-1", "resource": stage, "topic": "t", "user_id": "ada",
        "capabilities": {"allow_publish": true, "allow_subscribe": true}, "version": "1.0",
    });
    let signed = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let signature: Signature = key.sign(signed.as_bytes());
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()));
    let there = fake.join(&token).expect("it is signed with the imported key");
    assert_eq!(there.participant_id, "own-1");
    fake.leave(&there).expect("it is there");
    let again = client.import_public_key().public_key_material(&pem).send().await.expect_err("the same key");
    assert!(again.into_service_error().is_conflict_exception());
    client.delete_public_key().arn(&arn).send().await.expect("it is deleted");
    assert!(fake.join(&token).is_err(), "the key is gone");
}

#[tokio::test]
async fn whoever_was_disconnected_does_not_come_back_with_the_same_token() {
    let (fake, client) = started().await;
    let (stage, tokens) = stage(&client, 1).await;
    let there = fake.join(&tokens[0]).expect("the token is good");
    client.disconnect_participant().stage_arn(&stage).participant_id(&there.participant_id).send().await.expect("off");
    assert!(fake.join(&tokens[0]).is_err());
}
