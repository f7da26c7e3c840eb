//! Paths that stand in the endpoint, as that of a bucket does.

use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::BoxError;

/// Takes back the slash that the engine puts between the path of an endpoint and an operation that has none: `/bucket`, and
/// not `/bucket/`, is a bucket.
#[derive(Debug)]
pub(crate) struct EndpointPathInterceptor;

#[dyn_dispatch_hint]
impl Intercept for EndpointPathInterceptor {
    fn name(&self) -> &'static str {
        "EndpointPathInterceptor"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let Some(uri) = without_slash(request.uri()) {
            request.set_uri(uri)?;
        }
        Ok(())
    }
}

/// A URI whose path ends with a slash without it; `None` for one that has no such path.
fn without_slash(uri: &str) -> Option<String> {
    let path_end = uri.find('?').unwrap_or(uri.len());
    let (path, query) = uri.split_at(path_end);
    let bare = path.strip_suffix('/')?;
    let after_scheme = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    after_scheme.contains('/').then(|| format!("{bare}{query}"))
}

#[cfg(test)]
mod tests {
    use super::without_slash;

    #[test]
    fn a_path_loses_its_last_slash_unless_that_is_all_of_it() {
        assert_eq!(
            without_slash("https://s3.host/bucket/?list-type=2").as_deref(),
            Some("https://s3.host/bucket?list-type=2")
        );
        assert_eq!(without_slash("https://s3.host/bucket/").as_deref(), Some("https://s3.host/bucket"));
        for other in ["https://bucket.s3.host/?list-type=2", "https://s3.host/bucket?a=/", "https://s3.host/bucket/key"]
        {
            assert_eq!(without_slash(other), None, "{other}");
        }
    }
}
