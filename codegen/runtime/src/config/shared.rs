//! Settings from the `SdkConfig` that all clients of a program share.

use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::Settings;
use crate::service::{Auth, ServiceFacts, TakeFromOutside};

impl Settings {
    /// What `aws-config` has loaded, as far as a service has such a setting: it is told of by its facts, and by the
    /// constants [`AUTH`](crate::service::Service::AUTH) and [`OUTSIDE`](crate::service::Service::OUTSIDE).
    pub fn from_sdk_config(
        config: &SdkConfig,
        facts: &'static ServiceFacts,
        auth: Auth,
        outside: Option<TakeFromOutside>,
    ) -> Self {
        let mut settings = Self::of_all_services(config, facts, auth);
        if let Some(take) = outside {
            take(&mut settings, config);
        }
        settings
    }

    /// The same, of settings that are not those of one service, whose callers authenticate as `auth` says.
    pub(super) fn of_all_services(config: &SdkConfig, facts: &'static ServiceFacts, auth: Auth) -> Self {
        let mut settings = Self::default();
        settings.set_region(config.region().cloned());
        settings.set_use_fips(config.use_fips());
        settings.set_use_dual_stack(config.use_dual_stack());
        settings.set_endpoint_url(endpoint_url_of(config, facts));
        settings.set_auth_scheme_preference(config.auth_scheme_preference().cloned());
        settings.set_disable_clock_skew_correction(config.disable_clock_skew_correction());
        settings.set_app_name(config.app_name().cloned());
        if facts.account_id_endpoints {
            settings.set_account_id_endpoint_mode(config.account_id_endpoint_mode().cloned());
        }
        #[cfg(feature = "request-compression")]
        {
            settings.set_disable_request_compression(config.disable_request_compression());
            settings.set_request_min_compression_size_bytes(config.request_min_compression_size_bytes());
        }
        #[cfg(feature = "http-checksum")]
        {
            settings.set_request_checksum_calculation(config.request_checksum_calculation());
            settings.set_response_checksum_validation(config.response_checksum_validation());
        }
        settings.set_retry_config(config.retry_config().cloned());
        settings.set_timeout_config(config.timeout_config().cloned());
        // `None` would say that streams are not protected, where a default of the engine may do so.
        if let Some(protection) = config.stalled_stream_protection() {
            settings.set_stalled_stream_protection(Some(protection));
        }
        for metadata in config.framework_metadata() {
            settings.push_framework_metadata(metadata.clone());
        }
        settings.set_credentials_provider(config.credentials_provider());
        settings.take_tokens_and_regions(config, facts, auth);
        if let Some(cache) = config.identity_cache() {
            settings.set_identity_cache(cache);
        }
        settings.set_sleep_impl(config.sleep_impl());
        settings.set_http_client(config.http_client());
        settings.set_time_source(config.time_source());
        settings.set_behavior_version(config.behavior_version());
        settings
    }
}

#[cfg(not(feature = "auth-schemes"))]
impl Settings {
    /// Nothing: callers sign, or are anonymous.
    fn take_tokens_and_regions(&mut self, _: &SdkConfig, _: &ServiceFacts, _: Auth) {}
}

/// The endpoint of a service from `AWS_ENDPOINT_URL_<SERVICE>` or a profile,
/// unless the code itself set one; else the endpoint of all services.
fn endpoint_url_of(config: &SdkConfig, facts: &'static ServiceFacts) -> Option<String> {
    let global = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return global;
    }
    outside(config, facts.sdk_id, "AWS_ENDPOINT_URL", "endpoint_url").or(global)
}

/// The text that a service's `variable` of the environment, or `key` of a profile, had when the configuration was loaded.
///
/// The service is named by its `sdkId`: its own variable, which ends in that name, counts before that of all services, and
/// so does the key in its own section.
pub fn outside(config: &SdkConfig, sdk_id: &str, variable: &str, key: &str) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id(sdk_id).env(variable).profile(key).build();
    config.service_config()?.load_config(key.expect("all three parts are set"))
}
