//! What the emitted types do by themselves: equality, order, text, builders.

use std::collections::HashSet;

use ivs_realtime::error::BuildError;
use ivs_realtime::types::builders::ParticipantTokenBuilder;
use ivs_realtime::types::error::ConflictException;
use ivs_realtime::types::{
    CompositionState, DestinationConfiguration, EventErrorCode, GridConfiguration, ParticipantToken,
    S3DestinationConfiguration, Stage, Video,
};

fn stage() -> ivs_realtime::types::builders::StageBuilder {
    Stage::builder().arn("arn").tags("one", "1").tags("two", "2")
}

#[test]
fn structures_are_equal_when_all_members_are() {
    assert_eq!(
        stage().build().unwrap(),
        Stage::builder().arn("arn").tags("two", "2").tags("one", "1").build().unwrap()
    );
    assert_ne!(stage().build().unwrap(), stage().tags("two", "3").build().unwrap());
    assert_ne!(stage().build().unwrap(), stage().name("name").build().unwrap());
}

#[test]
fn equality_reaches_into_lists_and_nested_structures() {
    let with = |arn: &str| {
        let s3 = S3DestinationConfiguration::builder().storage_configuration_arn("s").encoder_configuration_arns(arn);
        DestinationConfiguration::builder().s3(s3.build().unwrap()).build()
    };
    assert_eq!(with("a"), with("a"));
    assert_ne!(with("a"), with("b"));
}

#[test]
fn floats_that_are_not_numbers_equal_nothing() {
    let video = |rate| Video::builder().framerate(rate).build();
    assert_eq!(video(30.0), video(30.0));
    assert_ne!(video(f32::NAN), video(f32::NAN));
}

#[test]
fn the_metadata_of_an_exception_counts_for_equality() {
    let with = |code: &str| {
        let meta = ivs_realtime::error::ErrorMetadata::builder().code(code).build();
        ConflictException::builder().message("busy").meta(meta).build()
    };
    assert_eq!(with("A"), with("A"));
    assert_ne!(with("A"), with("B"));
}

#[test]
fn enums_order_by_variant_and_put_unknown_values_last() {
    let mut values: Vec<EventErrorCode> =
        EventErrorCode::values().iter().map(|&value| EventErrorCode::from(value)).collect();
    let listed = values.clone();
    values.insert(0, EventErrorCode::from("A_NEW_ONE"));
    values.reverse();
    values.sort();
    assert_eq!(values.pop(), Some(EventErrorCode::from("A_NEW_ONE")));
    assert_eq!(values, listed);
}

#[test]
fn unknown_enum_values_keep_their_text() {
    let state: CompositionState = "PAUSED".parse().unwrap();
    assert_eq!((state.as_str(), state.to_string().as_str()), ("PAUSED", "PAUSED"));
    assert_eq!(format!("{state:?}"), "Unknown(UnknownVariantValue(\"PAUSED\"))");
    let error = CompositionState::try_parse("PAUSED").unwrap_err();
    assert_eq!(error.to_string(), "unknown enum variant: 'PAUSED'");
    assert_eq!(CompositionState::try_parse("ACTIVE").unwrap(), CompositionState::Active);
}

#[test]
fn equal_enums_have_equal_hashes() {
    let set: HashSet<_> = ["ACTIVE", "PAUSED", "ACTIVE", "PAUSED"].map(CompositionState::from).into_iter().collect();
    assert_eq!(set.len(), 2);
}

#[test]
fn builders_show_what_is_set_and_hide_secrets() {
    let builder = ParticipantToken::builder().participant_id("p").token("secret");
    let text = format!("{builder:?}");
    assert!(
        text.starts_with("ParticipantTokenBuilder { participant_id: Some(\"p\"), token: \"*** Sensitive"),
        "{text}"
    );
    assert!(!text.contains("secret"), "{text}");
    assert!(format!("{:?}", stage()).starts_with("StageBuilder { arn: Some(\"arn\"), name: None"));
}

#[test]
fn builders_name_the_member_that_is_missing() {
    let error: BuildError = Stage::builder().name("name").build().unwrap_err();
    let source = std::error::Error::source(&error).map(ToString::to_string);
    let text = format!("{error}{}", source.unwrap_or_default());
    assert!(text.contains("arn") && text.contains("building Stage"), "{text}");
}

#[test]
fn members_with_a_default_are_plain() {
    let grid = GridConfiguration::builder().build();
    assert_eq!((grid.grid_gap(), grid.omit_stopped_video()), (0, false));
    assert_eq!(GridConfiguration::builder().get_grid_gap(), &None);
}

#[test]
fn getters_of_builders_show_what_setters_have_set() {
    let builder = ParticipantTokenBuilder::default().set_user_id(Some("ada".to_owned()));
    assert_eq!(builder.get_user_id().as_deref(), Some("ada"));
    assert_eq!(builder.set_user_id(None).get_user_id(), &None);
}
