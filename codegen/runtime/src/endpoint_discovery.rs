//! Endpoints that the service itself tells (`aws.api#clientEndpointDiscovery`).
//!
//! A client has one of them at a time, told by an operation that is called at the endpoint of the rules. It is asked for
//! again two minutes before it expires: by whoever runs [`ReloadEndpoint::reload_task`] beside the calls, else by the next
//! call. Where nobody answers then, the former endpoint serves on and the question is put again a minute later. An error of
//! the service that says that its endpoint has moved ends an endpoint at once; such a call is repeated at the next one.

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::expiring_cache::ExpiringCache;
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use crate::BoxError;
use crate::endpoint;
use crate::operation::BoxFuture;
use crate::shape::{Shape, View};
use crate::spec::Spec;

#[cfg(test)]
mod tests;

/// How long before an endpoint expires the next one is asked for.
const EARLY: Duration = Duration::from_secs(120);

/// How long a task waits before it looks again whether an endpoint expires, and how long an endpoint serves on where nobody
/// tells the next one.
const PAUSE: Duration = Duration::from_secs(60);

/// How long an endpoint is good of which the service tells a time that no clock can add.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks the service: an endpoint, and for how long it is good.
type Ask = Box<dyn Fn() -> BoxFuture<Result<(Endpoint, Duration), BoxError>> + Send + Sync>;

/// The endpoint of a client, and how the next one is found.
struct Discovery {
    ask: Ask,
    known: Mutex<Known>,
    /// The code of the error by which the service says that its endpoint has moved.
    moved: Option<&'static str>,
    sleep: SharedAsyncSleep,
    clock: SharedTimeSource,
}

/// What is known of endpoints.
struct Known {
    /// The endpoint until it expires. Of several that find none here one asks, and the others wait for it.
    current: ExpiringCache<Endpoint, BoxError>,
    /// The endpoint that was told last, if it has not moved.
    last: Option<Endpoint>,
}

impl Discovery {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The endpoint, which is asked for if there is none or it is about to expire.
    async fn endpoint(&self) -> Result<Endpoint, BoxError> {
        let current = self.known().current.clone();
        if let Some(endpoint) = current.yield_or_clear_if_expired(self.clock.now()).await {
            return Ok(endpoint);
        }
        current.get_or_load(|| self.next()).await
    }

    /// The next endpoint and when it expires; the last one where nobody tells it.
    async fn next(&self) -> Result<(Endpoint, SystemTime), BoxError> {
        match (self.ask)().await {
            Ok((endpoint, good)) => {
                tracing::debug!(?endpoint, ?good, "the service told its endpoint");
                self.known().last = Some(endpoint.clone());
                let now = self.clock.now();
                Ok((endpoint, now.checked_add(good).unwrap_or_else(|| now + LONGEST)))
            }
            Err(error) => match self.known().last.clone() {
                Some(last) => {
                    tracing::warn!(%error, "the service tells no endpoint, so that the former one serves on");
                    Ok((last, self.clock.now() + EARLY + PAUSE))
                }
                None => Err(error),
            },
        }
    }

    /// Asks for the next endpoint, whatever is known.
    async fn reload(&self) {
        let next = ExpiringCache::new(EARLY);
        if next.get_or_load(|| self.next()).await.is_ok() {
            self.known().current = next;
        }
    }

    /// Ends an endpoint that has moved, unless another one is known already.
    fn forget(&self, endpoint: &Endpoint) {
        let mut known = self.known();
        if known.last.as_ref().is_some_and(|last| last.url() == endpoint.url()) {
            *known = Known { current: ExpiringCache::new(EARLY), last: None };
        }
    }
}

/// Resolves the endpoint of every call to that which the service has told.
#[derive(Clone)]
pub struct DiscoveredEndpoints(Arc<Discovery>);

impl fmt::Debug for DiscoveredEndpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DiscoveredEndpoints").field(&self.0.known().last).finish()
    }
}

impl ResolveEndpoint for DiscoveredEndpoints {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::new(self.0.endpoint())
    }
}

impl Storable for DiscoveredEndpoints {
    type Storer = StoreReplace<Self>;
}

/// Asks for the next endpoint beside the calls of a client, so that none of them waits for it.
///
/// Nobody has to run it: without it the call that finds an endpoint about to expire asks itself.
pub struct ReloadEndpoint(Weak<Discovery>);

impl fmt::Debug for ReloadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReloadEndpoint").finish_non_exhaustive()
    }
}

impl ReloadEndpoint {
    /// Asks for the next endpoint now. Where the service tells none, the former one stays.
    pub async fn reload_once(&self) {
        if let Some(discovery) = self.0.upgrade() {
            discovery.reload().await;
        }
    }

    /// Asks for the next endpoint whenever one is about to expire, for as long as some clone of the client is there.
    pub async fn reload_task(self) {
        while let Some(discovery) = self.0.upgrade() {
            if let Err(error) = discovery.endpoint().await {
                tracing::warn!(%error, "the service tells no endpoint");
            }
            let pause = discovery.sleep.sleep(PAUSE);
            // Held through the pause, it would outlive the client.
            drop(discovery);
            pause.await;
        }
    }
}

/// Asks for the first endpoint of a client by a function that calls the operation which tells them.
///
/// `moved` is the code of the error by which the service says that its endpoint has moved; `sleep` and `clock` are those of
/// the client's configuration, if it has such.
///
/// # Errors
/// What the call fails with, or that its output has no endpoint; that there is no implementation of sleep.
pub async fn discover<F, C, O>(
    call: F,
    moved: Option<&'static str>,
    sleep: Option<SharedAsyncSleep>,
    clock: Option<SharedTimeSource>,
) -> Result<(DiscoveredEndpoints, ReloadEndpoint), BoxError>
where
    F: Fn() -> C + Send + Sync + 'static,
    C: Future<Output = Result<O, BoxError>> + Send + 'static,
    O: Shape,
{
    let ask = move || {
        let call = call();
        Box::pin(async move { told(&call.await?) }) as BoxFuture<_>
    };
    let discovery = Arc::new(Discovery {
        ask: Box::new(ask),
        known: Mutex::new(Known { current: ExpiringCache::new(EARLY), last: None }),
        moved,
        sleep: sleep.or_else(default_async_sleep).ok_or("endpoint discovery needs an implementation of sleep")?,
        clock: clock.unwrap_or_default(),
    });
    discovery.endpoint().await?;
    let reload = ReloadEndpoint(Arc::downgrade(&discovery));
    Ok((DiscoveredEndpoints(discovery), reload))
}

/// The first endpoint that an output tells, and for how long it is good. An address without a scheme is one of HTTPS.
fn told(output: &dyn Shape) -> Result<(Endpoint, Duration), BoxError> {
    const NONE: &str = "the service has told no endpoint";
    let View::List(endpoints) = output.view_of("Endpoints") else { return Err(NONE.into()) };
    if endpoints.count() == 0 {
        return Err(NONE.into());
    }
    let View::Structure(first) = endpoints.item(0).view() else { return Err(NONE.into()) };
    let (View::Text(address), View::Integer(minutes)) =
        (first.view_of("Address"), first.view_of("CachePeriodInMinutes"))
    else {
        return Err(NONE.into());
    };
    let url = match address.contains("://") {
        true => address.to_owned(),
        false if address.is_empty() => return Err(NONE.into()),
        false => format!("https://{address}"),
    };
    let minutes = u64::try_from(minutes).unwrap_or_default();
    Ok((endpoint::at(format_args!("{url}"))?, Duration::from_secs(minutes.saturating_mul(60))))
}

/// Ends the endpoint of a client where the service says that it has moved.
#[derive(Debug)]
pub(crate) struct MovedEndpointInterceptor(pub(crate) &'static Spec);

#[dyn_dispatch_hint]
impl Intercept for MovedEndpointInterceptor {
    fn name(&self) -> &'static str {
        "MovedEndpointInterceptor"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let error = context.output_or_error().and_then(|result| result.err()?.as_operation_error());
        let code = error.and_then(|error| (self.0.failure)(error)).and_then(|failure| failure.meta.code());
        if let (Some(DiscoveredEndpoints(discovery)), Some(endpoint)) =
            (bag.load::<DiscoveredEndpoints>(), bag.load::<Endpoint>())
            && code.is_some()
            && code == discovery.moved
        {
            discovery.forget(endpoint);
        }
        Ok(())
    }
}
