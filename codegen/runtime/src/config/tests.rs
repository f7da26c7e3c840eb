use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl};
use aws_types::origin::Origin;
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_config::SdkConfig;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use std::time::{Duration, UNIX_EPOCH};

use super::{BuiltSettings, Settings};
use crate::endpoint;
use crate::protocol::REST_JSON_1;
use crate::service::{Auth, Scheme, ServiceFacts};

const FACTS: &ServiceFacts = &ServiceFacts {
    sdk_id: "Brick Kiln",
    shape_name: "BrickKiln",
    api_name: "brickkiln",
    signing_name: Some("kiln"),
    version: "1.0.0",
    protocol: &REST_JSON_1,
    headers: &[],
    account_id_endpoints: false,
    endpoint_resolver: || SharedEndpointResolver::new(AtHome),
    endpoint_params: |_, _, _| Ok(EndpointResolverParams::new(())),
};
const FACTS_WITH_ACCOUNTS: &ServiceFacts = &ServiceFacts { account_id_endpoints: true, ..*FACTS };

#[derive(Debug)]
struct AtHome;

impl ResolveEndpoint for AtHome {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(endpoint::at(format_args!("http://localhost")))
    }
}

fn built(set: impl FnOnce(&mut Settings)) -> BuiltSettings {
    let mut settings = Settings::default();
    set(&mut settings);
    settings.build(FACTS, "tests::Config")
}

fn region(name: &'static str) -> Option<Region> {
    Some(Region::from_static(name))
}

fn credentials() -> Option<SharedCredentialsProvider> {
    Some(SharedCredentialsProvider::new(Credentials::new("id", "secret", None, None, "tests")))
}

#[test]
fn no_value_removes_most_settings() {
    let config = built(|settings| {
        settings.set_region(region("eu-central-1"));
        settings.set_region(None);
        settings.set_endpoint_url(Some("http://localhost".to_owned()));
        settings.set_endpoint_url(None);
        settings.set_disable_clock_skew_correction(Some(true));
        settings.set_disable_clock_skew_correction(None);
    });
    assert_eq!(config.region(), None);
    assert!(config.0.values.load::<EndpointUrl>().is_none());
    assert_eq!(config.disable_clock_skew_correction(), None);
}

#[test]
fn no_value_keeps_retries_and_limits_and_credentials() {
    let config = built(|settings| {
        settings.set_retry_config(Some(RetryConfig::standard().with_max_attempts(7)));
        settings.set_retry_config(None);
        settings.set_retry_partition(Some(RetryPartition::new("ours")));
        settings.set_retry_partition(None);
        settings.set_timeout_config(Some(TimeoutConfig::builder().operation_timeout(Duration::from_secs(3)).build()));
        settings.set_timeout_config(None);
        settings.set_credentials_provider(credentials());
        settings.set_credentials_provider(None);
    });
    assert_eq!(config.retry_config().map(RetryConfig::max_attempts), Some(7));
    assert!(config.retry_partition().is_some());
    assert_eq!(config.timeout_config().and_then(TimeoutConfig::operation_timeout), Some(Duration::from_secs(3)));
    assert!(config.0.settings.components.has_identity_resolvers());
}

#[test]
fn limits_that_are_left_open_keep_their_former_value() {
    let (short, long) = (Duration::from_secs(1), Duration::from_secs(9));
    let config = built(|settings| {
        let former = TimeoutConfig::builder().connect_timeout(short).operation_timeout(short).build();
        settings.set_timeout_config(Some(former));
        settings.set_timeout_config(Some(TimeoutConfig::builder().operation_timeout(long).build()));
    });
    let limits = config.timeout_config().expect("limits were set");
    assert_eq!((limits.connect_timeout(), limits.operation_timeout()), (Some(short), Some(long)));
}

#[test]
fn frameworks_are_told_in_the_order_in_which_they_were_added() {
    let config = built(|settings| {
        for name in ["first", "second"] {
            settings.push_framework_metadata(FrameworkMetadata::new(name, None::<&str>).expect("a valid name"));
        }
    });
    assert_eq!(config.framework_metadata().iter().map(|of| of.name()).collect::<Vec<_>>(), ["first", "second"]);
}

#[test]
fn requested_attributes_add_up() {
    let config = built(|settings| {
        settings.emit_input_attributes(["kilnArn"]);
        settings.capture_input_attributes(["bricks"]);
    });
    let requested = config.0.values.load::<RequestedTelemetryAttributes>().expect("attributes were requested");
    assert!(["kilnArn", "bricks"].iter().all(|name| format!("{requested:?}").contains(name)), "{requested:?}");
}

#[test]
fn what_is_built_signs_for_its_service_and_region_by_a_clock() {
    let config = built(|settings| settings.set_region(region("eu-central-1")));
    assert_eq!(config.0.values.load::<SigningName>().map(AsRef::as_ref), Some("kiln"));
    assert_eq!(config.0.values.load::<SigningRegion>().map(AsRef::as_ref), Some("eu-central-1"));
    assert!(config.time_source().is_some());

    let instant = UNIX_EPOCH + Duration::from_secs(5);
    let clock = SharedTimeSource::new(StaticTimeSource::new(instant));
    let config = built(|settings| settings.set_time_source(Some(clock)));
    assert_eq!(config.time_source().map(|clock| clock.now()), Some(instant));
    assert!(config.0.values.load::<SigningRegion>().is_none());
}

#[test]
fn a_configuration_that_begins_with_another_has_all_of_it() {
    let first = built(|settings| {
        settings.set_region(region("eu-central-1"));
        settings.set_behavior_version(Some(BehaviorVersion::latest()));
    });
    let mut settings = first.to_settings();
    settings.set_endpoint_url(Some("http://localhost".to_owned()));
    let second = settings.build(FACTS, "tests::Config");
    assert_eq!(second.region(), first.region());
    assert_eq!(second.0.settings.behavior_version, Some(BehaviorVersion::latest()));
}

#[test]
fn a_client_needs_a_behavior_version_or_leave_to_take_the_newest() {
    let config = built(|_| {});
    let error = config.handle(FACTS, "tests", false).expect_err("there is no version").to_string();
    assert!(error.starts_with("a behavior version must be set."), "{error}");
    let error = config.handle(FACTS, "tests", true).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(!error.contains("behavior version"), "{error}");
}

#[derive(Debug)]
struct Profile;

impl LoadServiceConfig for Profile {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        (key.service_id() == "Brick Kiln").then(|| format!("http://{}.{}", key.env(), key.profile()))
    }
}

/// The endpoint URL of a service whose own is told by a profile, with one for all services from `origin`.
fn endpoint_url(origin: Origin) -> String {
    let mut shared = SdkConfig::builder().endpoint_url("http://all").service_config(Profile);
    shared.insert_origin("endpoint_url", origin);
    let settings = Settings::of_all_services(&shared.build(), FACTS, Auth::of(&[Scheme::SigV4]));
    settings.values.load::<EndpointUrl>().expect("a URL is set").0.clone()
}

#[test]
fn the_url_of_one_service_comes_before_that_of_all_unless_the_program_itself_set_it() {
    assert_eq!(endpoint_url(Origin::shared_environment_variable()), "http://AWS_ENDPOINT_URL.endpoint_url");
    assert_eq!(endpoint_url(Origin::shared_config()), "http://all");
}

#[test]
fn the_mode_of_account_endpoints_is_for_services_that_have_them() {
    let shared = SdkConfig::builder().account_id_endpoint_mode(AccountIdEndpointMode::Required).build();
    let auth = Auth::of(&[Scheme::SigV4]);
    let mode = |facts| Settings::of_all_services(&shared, facts, auth).values.load::<AccountIdEndpointMode>().cloned();
    assert_eq!(mode(FACTS), None);
    assert_eq!(mode(FACTS_WITH_ACCOUNTS), Some(AccountIdEndpointMode::Required));
}

/// Region that is signed for and presence of a credentials cache in a call with these changes.
fn changed(set: impl FnOnce(&mut Settings)) -> (Option<String>, bool) {
    let client = built(|settings| settings.set_region(region("eu-central-1")));
    let mut changes = Settings::default();
    set(&mut changes);
    let plugins = client.overridden_by(changes);
    let [plugin] = plugins.as_slice() else { panic!("one plugin has all changes: {plugins:?}") };
    let signed_for =
        plugin.config().and_then(|layer| layer.load::<SigningRegion>().map(|region| region.as_ref().to_owned()));
    let components = RuntimeComponentsBuilder::new("client");
    (signed_for, plugin.runtime_components(&components).identity_cache().is_some())
}

#[test]
fn a_call_of_its_own_region_is_signed_for_it() {
    assert_eq!(changed(|changes| changes.set_region(region("us-west-2"))), (Some("us-west-2".to_owned()), false));
}

#[test]
fn credentials_of_one_call_are_kept_apart_from_those_of_the_client() {
    assert_eq!(changed(|changes| changes.set_credentials_provider(credentials())), (None, true));
    assert_eq!(changed(|_| {}), (None, false));
}

#[test]
fn settings_show_themselves_as_a_configuration_and_its_builder() {
    let shown = format!("{:?} {:?}", Settings::default(), built(|_| {}));
    let starts: Vec<_> =
        ["Builder { config: CloneableLayer(", "Config { config: FrozenLayer(", ", cloneable: CloneableLayer("]
            .map(|start| shown.find(start))
            .into_iter()
            .collect::<Option<_>>()
            .unwrap_or_else(|| panic!("{shown}"));
    assert!(starts.is_sorted(), "{shown}");
    for name in [", runtime_components: ", ", runtime_plugins: []", ", behavior_version: None"] {
        assert_eq!(shown.matches(name).count(), 2, "{name} in {shown}");
    }
}

#[cfg(feature = "test-util")]
#[test]
fn test_defaults_repeat_themselves_and_keep_a_region() {
    use crate::token::IdempotencyTokenProvider;

    let config = built(Settings::apply_test_defaults_v2);
    let token =
        config.0.values.load::<IdempotencyTokenProvider>().map(IdempotencyTokenProvider::make_idempotency_token);
    assert_eq!(token.as_deref(), Some("00000000-0000-4000-8000-000000000000"));
    assert_eq!(config.region().map(AsRef::as_ref), Some("us-east-1"));

    let config = built(|settings| {
        settings.set_region(region("eu-central-1"));
        settings.apply_test_defaults_v2();
    });
    assert_eq!(config.region().map(AsRef::as_ref), Some("eu-central-1"));
}
