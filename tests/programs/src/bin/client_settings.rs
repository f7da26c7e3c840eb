//! Settings that few programs touch: what a configuration tells about itself, invocation ids, sleep and time of one's own,
//! framework metadata, idempotency tokens.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_ivsrealtime::client::Client;
use aws_sdk_ivsrealtime::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
use aws_sdk_ivsrealtime::config::{AsyncSleep, Config, IdentityCache, Sleep};
use aws_sdk_ivsrealtime::{config, meta};

/// Sleeps as the application's own scheduler does.
#[derive(Clone, Debug)]
struct Scheduler;

impl AsyncSleep for Scheduler {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(tokio::time::sleep(duration))
    }
}

/// A configuration with everything said.
fn explicit(shared: &SdkConfig) -> Config {
    config::Builder::from(shared)
        .sleep_impl(Scheduler)
        .retry_partition(RetryPartition::new("studio"))
        .retry_config(RetryConfig::adaptive().with_max_attempts(2))
        .timeout_config(TimeoutConfig::builder().read_timeout(Duration::from_secs(3)).build())
        .identity_cache(IdentityCache::lazy().load_timeout(Duration::from_secs(1)).build())
        .idempotency_token_provider("always-the-same")
        .disable_clock_skew_correction(true)
        .build()
}

/// What operators want to read at start.
fn summary(config: &Config) -> String {
    let attempts = config.retry_config().map(RetryConfig::max_attempts);
    let read = config.timeout_config().and_then(TimeoutConfig::read_timeout);
    format!(
        "{} in {}: {} attempts, {:?} to read, partition {}, {} interceptors",
        config.signing_name(),
        config.region().map_or("no region", AsRef::as_ref),
        attempts.unwrap_or(1),
        read.unwrap_or_default(),
        config.retry_partition().map(ToString::to_string).unwrap_or_default(),
        config.interceptors().count(),
    )
}

#[tokio::main]
async fn main() -> Result<(), aws_sdk_ivsrealtime::Error> {
    let shared = aws_config::load_from_env().await;
    println!("{} {}", meta::PKG_VERSION, summary(&explicit(&shared)));
    let simple = Client::from_conf(Config::new(&shared));
    simple.list_stages().send().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_sdk_ivsrealtime::config::retry::RetryMode;
    use aws_sdk_ivsrealtime::config::{FrameworkMetadata, SharedAsyncSleep};
    use aws_sdk_ivsrealtime::types::DestinationConfiguration;
    use aws_smithy_async::time::StaticTimeSource;
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    async fn server() -> LoopbackServer {
        LoopbackServer::answering(|_| Response::json(&json!({"stages": []})).into()).await
    }

    #[test]
    fn a_configuration_tells_what_it_was_told() {
        let config = explicit(&sdk_config("http://localhost"));
        assert_eq!(summary(&config), "ivs in eu-central-1: 2 attempts, 3s to read, partition studio, 0 interceptors");
        assert_eq!(config.retry_config().map(RetryConfig::mode), Some(RetryMode::Adaptive));
        assert_eq!(config.disable_clock_skew_correction(), Some(true));
        assert!(config.sleep_impl().is_some() && config.http_client().is_some() && config.identity_cache().is_some());
        assert!(config.app_name().is_none() && config.auth_scheme_preference().is_none());
        let empty = Config::builder().build();
        assert!(empty.region().is_none() && empty.retry_config().is_none() && empty.timeout_config().is_none());
    }

    #[tokio::test]
    async fn a_token_is_made_by_the_configuration_unless_the_call_has_one() {
        let server = server().await;
        let client = Client::from_conf(explicit(&sdk_config(&server.url())));
        let call = client.start_composition().stage_arn("a").destinations(DestinationConfiguration::builder().build());
        call.clone().send().await.unwrap();
        call.clone().idempotency_token("mine").send().await.unwrap();
        call.idempotency_token("").send().await.unwrap();
        let tokens: Vec<_> =
            server.requests().iter().map(|it| it.json().unwrap()["idempotencyToken"].clone()).collect();
        assert_eq!(tokens, [json!("always-the-same"), json!("mine"), json!("")]);
    }

    #[tokio::test]
    async fn retries_sleep_as_they_are_told() {
        #[derive(Debug)]
        struct Counting(Arc<AtomicUsize>);

        impl AsyncSleep for Counting {
            fn sleep(&self, duration: Duration) -> Sleep {
                // Timeouts sleep as well, for longer than any pause between attempts.
                self.0.fetch_add(usize::from(duration < Duration::from_secs(2)), Ordering::SeqCst);
                Scheduler.sleep(duration)
            }
        }

        let busy = Response::error(503, "Unavailable", &json!({}));
        let server = LoopbackServer::scripted([busy, Response::json(&json!({"stages": []}))]).await;
        let pauses = Arc::new(AtomicUsize::new(0));
        let sleep = SharedAsyncSleep::new(Counting(Arc::clone(&pauses)));
        let shared = sdk_config(&server.url()).to_builder().sleep_impl(sleep).build();
        let quick = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        let client = Client::from_conf(config::Builder::from(&shared).retry_config(quick).build());
        client.list_stages().send().await.unwrap();
        assert!(pauses.load(Ordering::SeqCst) >= 1);
        assert_eq!(server.requests().len(), 2);
    }

    #[tokio::test]
    async fn time_and_frameworks_are_in_the_request() {
        let server = server().await;
        let noon = StaticTimeSource::from_secs(1_800_000_000);
        let framework = FrameworkMetadata::new("rocket", Some("1.0")).unwrap();
        let config = config::Builder::from(&sdk_config(&server.url())).time_source(noon).framework_metadata(framework);
        Client::from_conf(config.build()).list_stages().send().await.unwrap();
        let request = server.only_request();
        assert_eq!(request.header("x-amz-date"), Some("20270115T080000Z"));
        assert!(request.header("x-amz-user-agent").unwrap().contains(" lib/rocket/1.0"), "{request:?}");
        assert!(request.header("x-amz-user-agent").unwrap().contains(" api/ivsrealtime/"));
        let id = request.header("amz-sdk-invocation-id").unwrap();
        assert_eq!((id.len(), id.matches('-').count()), (36, 4));
    }

    #[tokio::test]
    async fn a_client_is_made_of_its_own_configuration_again() {
        let server = server().await;
        let client = Client::from_conf(Config::from(&sdk_config(&server.url())));
        let again = Client::from_conf(client.config().to_builder().idempotency_token_provider("x").build());
        again.clone().list_stages().send().await.unwrap();
        assert_eq!(again.config().region(), client.config().region());
        assert_eq!(server.requests().len(), 1);
    }
}
