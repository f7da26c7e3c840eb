//! Credentials that end while a call is under way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::TimeSource;
use ivs_realtime::Client;
use ivs_realtime::config::interceptors::{BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef};
use ivs_realtime::config::{ConfigBag, Credentials, IdentityCache, Intercept, ProvideCredentials, RuntimeComponents};
use ivs_realtime::error::BoxError;
use tests::fake::{Effect, Fake, Settings};

use super::{Bench, SESSION_TOKEN};

/// How long the first credentials are good.
const GOOD_FOR: u64 = 60;

/// The time of the client: the system's, moved.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicU64>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::now() + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Gives other credentials each time it is asked; all but the last end after [`GOOD_FOR`] seconds.
#[derive(Clone, Debug)]
struct Rotating {
    clock: Clock,
    given: Arc<AtomicU64>,
}

impl ProvideCredentials for Rotating {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let end = (number == 0).then(|| self.clock.now() + Duration::from_secs(GOOD_FOR));
        let token = Some(SESSION_TOKEN.to_owned());
        let credentials = Credentials::new(key(number), secret(number), token, end, "rotating");
        aws_credential_types::provider::future::ProvideCredentials::ready(Ok(credentials))
    }
}

fn key(number: u64) -> String {
    format!("AKIDROTATING{number}")
}

fn secret(number: u64) -> String {
    format!("secret-of-rotation-{number}")
}

/// Notes by which key each attempt was signed, and lets the time of the first credentials be over after it.
#[derive(Clone, Debug)]
struct Ageing {
    clock: Clock,
    signed: Arc<Mutex<Vec<String>>>,
}

impl Intercept for Ageing {
    fn name(&self) -> &'static str {
        "Ageing"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let header = context.request().headers().get("authorization").unwrap_or_default();
        let key = header.split("Credential=").nth(1).and_then(|rest| rest.split('/').next());
        self.signed.lock().expect("nobody panics with it").push(key.unwrap_or_default().to_owned());
        Ok(())
    }

    fn read_after_attempt(
        &self,
        _context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.clock.0.fetch_add(GOOD_FOR + 1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test]
async fn credentials_that_end_between_attempts_are_refreshed() {
    let mut bench = Bench::new().await;
    let known = BTreeMap::from_iter((0..3).map(|number| (key(number), secret(number))));
    known.values().for_each(|secret| bench.traces.keep_secret(secret));
    let settings = Settings { credentials: known, ..Settings::default() };
    bench.fake = Fake::start(settings).await.expect("a port of loopback is free");
    bench.fault("ListStages", 1, Effect::Status { status: 500, code: None });
    let clock = Clock::default();
    let rotating = Rotating { clock: clock.clone(), given: Arc::default() };
    let ageing = Ageing { clock: clock.clone(), signed: Arc::default() };
    let cache = IdentityCache::lazy().buffer_time(Duration::ZERO).build();
    let config = bench.config().time_source(clock).credentials_provider(rotating).identity_cache(cache);
    let client = Client::from_conf(config.interceptor(ageing.clone()).build());
    client.list_stages().send().await.expect("the second attempt, with other credentials");
    client.list_stages().send().await.expect("with the same");
    let signed = ageing.signed.lock().expect("nobody panics with it").clone();
    assert_eq!(signed, [key(0), key(1), key(1)]);
    assert_eq!(bench.served("ListStages"), (3, 2));
}
