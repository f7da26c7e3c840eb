//! Builders as values: kept in structs, copied, changed, asked what they hold; and what building without a member says.

use aws_sdk_ivsrealtime::error::BuildError;
use aws_sdk_ivsrealtime::operation::create_stage::CreateStageInput;
use aws_sdk_ivsrealtime::operation::create_stage::builders::{CreateStageFluentBuilder, CreateStageInputBuilder};
use aws_sdk_ivsrealtime::operation::start_composition::builders::StartCompositionInputBuilder;
use aws_sdk_ivsrealtime::types::builders::{GridConfigurationBuilder, ParticipantTokenConfigurationBuilder};
use aws_sdk_ivsrealtime::types::{
    ChannelDestinationConfiguration, DestinationConfiguration, GridConfiguration, LayoutConfiguration,
    ParticipantTokenCapability, ParticipantTokenConfiguration, VideoFillMode,
};
use aws_sdk_ivsrealtime::{Client, Error};

/// What stages of one kind have in common.
#[derive(Clone, Debug, Default, PartialEq)]
struct Template {
    stage: CreateStageInputBuilder,
    guest: ParticipantTokenConfigurationBuilder,
    layout: GridConfigurationBuilder,
    composition: StartCompositionInputBuilder,
}

impl Template {
    fn classroom() -> Self {
        Self {
            stage: CreateStageInput::builder().tags("kind", "classroom"),
            guest: ParticipantTokenConfiguration::builder().capabilities(ParticipantTokenCapability::Subscribe),
            layout: GridConfiguration::builder().video_fill_mode(VideoFillMode::Contain).grid_gap(4),
            composition: StartCompositionInputBuilder::default().tags("kind", "classroom"),
        }
    }

    /// A stage with a token for everyone.
    fn stage(&self, name: &str, people: &[&str]) -> CreateStageInputBuilder {
        let tokens =
            people.iter().map(|person| self.guest.clone().user_id(*person).attributes("name", *person).build());
        self.stage.clone().name(name).set_participant_token_configurations(Some(tokens.collect()))
    }

    fn composition(&self, stage_arn: &str, channel_arn: &str) -> Result<StartCompositionInputBuilder, BuildError> {
        let channel = ChannelDestinationConfiguration::builder().channel_arn(channel_arn).build()?;
        let destination = DestinationConfiguration::builder().channel(channel).build();
        let layout = LayoutConfiguration::builder().grid(self.layout.clone().build()).build();
        Ok(self.composition.clone().stage_arn(stage_arn).layout(layout).destinations(destination))
    }
}

/// A call that is prepared in one place and completed in another.
struct Prepared(CreateStageFluentBuilder);

impl Prepared {
    fn tagged(self, key: &str, value: &str) -> Self {
        // A tag that is there already stays.
        match self.0.get_tags().as_ref().is_some_and(|tags| tags.contains_key(key)) {
            true => self,
            false => Self(self.0.tags(key, value)),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    let template = Template::classroom();
    let created = template.stage("physics", &["ada", "max"]).send_with(&client).await?;
    let arn = created.stage().map(|stage| stage.arn()).unwrap_or_default();
    let composition = template.composition(arn, "arn:channel")?;
    println!("{:?}", composition.send_with(&client).await?.composition());
    let prepared = Prepared(client.create_stage().tags("owner", "ada")).tagged("owner", "max").tagged("room", "1");
    println!("{:?}", prepared.0.send().await?.participant_tokens());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_sdk_ivsrealtime::types::{Composition, StageSummary};
    use harness::client::sdk_config;
    use harness::expect::without_zeros;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn a_template_gives_many_requests_and_stays_as_it_is() {
        let server = LoopbackServer::answering(|_| Response::json(&json!({})).into()).await;
        let client = Client::new(&sdk_config(&server.url()));
        let template = Template::classroom();
        template.stage("physics", &["ada"]).send_with(&client).await.unwrap();
        template.stage("art", &[]).send_with(&client).await.unwrap();
        assert_eq!(template, Template::classroom());
        let bodies: Vec<_> = server.requests().iter().map(|request| request.json().unwrap()).collect();
        let ada = json!({"userId": "ada", "attributes": {"name": "ada"}, "capabilities": ["SUBSCRIBE"]});
        let tags = json!({"kind": "classroom"});
        assert_eq!(bodies[0], json!({"name": "physics", "participantTokenConfigurations": [ada], "tags": tags}));
        assert_eq!(bodies[1], json!({"name": "art", "participantTokenConfigurations": [], "tags": tags}));
    }

    #[tokio::test]
    async fn a_composition_takes_its_token_from_the_input_or_gets_one() {
        let server = LoopbackServer::answering(|_| Response::json(&json!({})).into()).await;
        let client = Client::new(&sdk_config(&server.url()));
        let composition = Template::classroom().composition("arn:stage", "arn:channel").unwrap();
        assert_eq!(composition.get_idempotency_token(), &None);
        composition.clone().idempotency_token("mine").send_with(&client).await.unwrap();
        composition.send_with(&client).await.unwrap();
        let mut bodies: Vec<_> = server.requests().iter().map(|request| request.json().unwrap()).collect();
        bodies[0]["layout"]["grid"] = without_zeros(&bodies[0]["layout"]["grid"], &["omitStoppedVideo"]);
        let grid = json!({"grid": {"videoFillMode": "CONTAIN", "gridGap": 4}});
        let expected = json!({
            "stageArn": "arn:stage", "idempotencyToken": "mine", "layout": grid, "tags": {"kind": "classroom"},
            "destinations": [{"channel": {"channelArn": "arn:channel"}}],
        });
        assert_eq!(bodies[0], expected);
        assert!(bodies[1]["idempotencyToken"].as_str().is_some_and(|token| token.len() == 36));
    }

    #[test]
    fn a_prepared_call_can_be_asked_what_it_holds() {
        let client = Client::new(&sdk_config("http://localhost"));
        let call = client.create_stage().tags("owner", "ada").name("physics");
        let Prepared(call) = Prepared(call).tagged("owner", "max").tagged("room", "1");
        let expected = HashMap::from([("owner", "ada"), ("room", "1")].map(|(key, value)| (key.into(), value.into())));
        assert_eq!(call.get_tags(), &Some(expected));
        assert_eq!(call.get_name().as_deref(), Some("physics"));
        assert_eq!(call.as_input().get_name().as_deref(), Some("physics"));
        let input = call.as_input().clone().build().unwrap();
        assert_eq!((input.name(), input.participant_token_configurations().len()), (Some("physics"), 0));
        let changed = call.clone().name("chemistry");
        assert_eq!(changed.as_input().get_name().as_deref(), Some("chemistry"));
        assert_ne!(changed.as_input(), call.as_input());
        assert_eq!(changed.name("physics").as_input(), call.as_input());
    }

    #[test]
    fn lists_grow_one_by_one_and_are_replaced_whole() {
        let builder = ParticipantTokenConfiguration::builder()
            .capabilities(ParticipantTokenCapability::Publish)
            .capabilities(ParticipantTokenCapability::Subscribe);
        assert_eq!(builder.get_capabilities().as_ref().map(Vec::len), Some(2));
        let replaced = builder.clone().set_capabilities(Some(vec!["LISTEN".into()])).build();
        assert_eq!(replaced.capabilities(), [ParticipantTokenCapability::from("LISTEN")]);
        assert!(builder.set_capabilities(None).build().capabilities().is_empty());
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = ChannelDestinationConfiguration::builder().build().unwrap_err();
        assert_eq!(
            error.to_string(),
            "channel_arn was missing: channel_arn was not specified but it is required when building ChannelDestinationConfiguration"
        );
        let error = Composition::builder().arn("a").stage_arn("s").build().unwrap_err();
        assert!(error.to_string().starts_with("state was missing: "), "the first in the order of the model: {error}");
        assert!(CreateStageInput::builder().build().is_ok(), "inputs are checked by the service");
        assert!(StartCompositionInputBuilder::default().build().is_ok());
    }

    #[test]
    fn shapes_compare_print_and_come_apart() {
        let one = StageSummary::builder().arn("arn:1").name("one").build().unwrap();
        assert_eq!(one, one.clone());
        assert_ne!(one, StageSummary::builder().arn("arn:1").build().unwrap());
        let text = r#"StageSummary { arn: "arn:1", name: Some("one"), active_session_id: None, tags: None }"#;
        assert_eq!(format!("{one:?}"), text);
        let StageSummary { arn, name, .. } = one;
        assert_eq!((arn.as_str(), name.as_deref()), ("arn:1", Some("one")));
    }
}
