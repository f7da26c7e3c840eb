//! Secrets of the model: in no text unless somebody asks for them.

use serde_json::{Value, json};
use tests::expect::redacted;
use tests::model::Model;
use tests::sample::{self, Extent};

/// The members of the model whose target is sensitive, by the structure that has them.
fn sensitive_members(model: &Model) -> Vec<(String, String)> {
    let of_structure = |id: String| {
        let members = model.members(&id).into_iter().filter(|member| model.is_sensitive(member));
        members.map(|member| (id.clone(), member.name.to_owned())).collect::<Vec<_>>()
    };
    model.structures().into_iter().flat_map(of_structure).collect()
}

#[test]
fn no_secret_of_the_model_is_written_by_default() {
    let model = Model::load();
    let mut seen = 0;
    let secrets = sensitive_members(&model);
    for (id, known) in crate::all(&model) {
        let value = (known.read)(&at_wire(&model, &id)).unwrap_or_else(|error| panic!("{id}: {error}"));
        let (plain, exposed) = (value.plain().to_string(), value.exposed().to_string());
        for (_, name) in &secrets {
            let secret = serde_json::to_string(&sample::text(name)).expect("text is JSON");
            assert!(!plain.contains(&secret), "{id} shows {name}: {plain}");
            seen += usize::from(exposed.contains(&secret));
        }
    }
    // Tokens and stream keys are in structures of their own and in the outputs that carry them.
    assert!(secrets.len() >= 3 && seen > secrets.len(), "{seen} of {secrets:?}");
}

#[test]
fn the_redaction_text_stands_exactly_where_the_model_is_sensitive() {
    let model = Model::load();
    for (id, known) in crate::all(&model) {
        let value = (known.read)(&at_wire(&model, &id)).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(value.plain(), redacted(&model, &id, &value.exposed()), "{id}");
    }
}

#[test]
fn what_was_redacted_comes_back_without_the_secret() {
    let token = json!({"participantId": "p", "token": "a-token"});
    let token: ivs_realtime::types::ParticipantToken = serde_json::from_value(token).expect("valid");
    let stored = serde_json::to_string(&token).expect("valid");
    let back: ivs_realtime::types::ParticipantToken = serde_json::from_str(&stored).expect("valid");
    assert_eq!((back.participant_id(), back.token()), (Some("p"), None));
}

/// A full sample of a structure, timestamps as they are sent.
fn at_wire(model: &Model, id: &str) -> Value {
    tests::expect::whole(model, id, &sample::structure(model, id, Extent::Full))
}
