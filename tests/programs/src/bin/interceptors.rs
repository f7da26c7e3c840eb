//! Interceptors: a correlation id on every request, an audit log of what was called and answered, and a header for one call.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ivsrealtime::Client;
use aws_sdk_ivsrealtime::config::interceptors::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef,
};
use aws_sdk_ivsrealtime::config::{ConfigBag, Intercept, Layer, RuntimeComponents};
use aws_sdk_ivsrealtime::error::BoxError;
use aws_sdk_ivsrealtime::operation::create_stage::CreateStageInput;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_types::config_bag::{Storable, StoreReplace};

/// Which call this is, from its beginning over all its attempts.
#[derive(Clone, Debug, PartialEq)]
struct Correlation(String);

impl Storable for Correlation {
    type Storer = StoreReplace<Self>;
}

/// Puts a correlation id on every request.
#[derive(Debug, Default)]
struct Correlate {
    ids: Mutex<VecDeque<String>>,
}

impl Intercept for Correlate {
    fn name(&self) -> &'static str {
        "Correlate"
    }

    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let id = self.ids.lock().unwrap_or_else(PoisonError::into_inner).pop_front().ok_or("no id is left")?;
        let mut layer = Layer::new("Correlation");
        layer.store_put(Correlation(id));
        config.push_layer(layer);
        Ok(())
    }

    /// Before signing, so that the header is under the signature and may not be changed on its way.
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Correlation(id) = config.load::<Correlation>().ok_or("no correlation id")?;
        context.request_mut().headers_mut().insert("x-correlation-id", id.clone());
        Ok(())
    }
}

/// A line for every call: operation, correlation, status, request id.
#[derive(Clone, Debug, Default)]
struct Audit {
    lines: Arc<Mutex<Vec<String>>>,
}

impl Audit {
    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn push(&self, line: String) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

impl Intercept for Audit {
    fn name(&self) -> &'static str {
        "Audit"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(input) = context.input().downcast_ref::<CreateStageInput>() {
            self.push(format!("about to create {}", input.name().unwrap_or("a stage without a name")));
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let metadata = config.load::<Metadata>().ok_or("no metadata")?;
        let correlation = config.load::<Correlation>().map_or("-", |Correlation(id)| id);
        let status = context.response().map(|response| response.status().as_u16());
        let request_id = context.response().and_then(|response| response.headers().get("x-amzn-requestid"));
        let outcome = match context.output_or_error() {
            Some(Ok(_)) => "ok",
            Some(Err(_)) => "failed",
            None => "not sent",
        };
        self.push(format!(
            "{}.{} {correlation}: {outcome}, {status:?}, {}",
            metadata.service(),
            metadata.name(),
            request_id.unwrap_or("-")
        ));
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<(), aws_sdk_ivsrealtime::Error> {
    let audit = Audit::default();
    let ids = Mutex::new(["one".to_owned(), "two".to_owned()].into());
    let shared = aws_config::load_from_env().await;
    let config = aws_sdk_ivsrealtime::config::Builder::from(&shared)
        .interceptor(Correlate { ids })
        .interceptor(audit.clone())
        .build();
    let client = Client::from_conf(config);
    client.create_stage().name("standup").send().await?;
    client.list_stages().send().await?;
    println!("{}", audit.lines().join("\n"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::{Builder, SharedInterceptor};
    use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
    use harness::client::{SIGNER, sdk_config};
    use harness::loopback::{LoopbackServer, Response};
    use harness::sigv4;
    use serde_json::json;

    use super::*;

    /// Refuses every request, as in a maintenance window.
    #[derive(Debug)]
    struct Closed;

    impl Intercept for Closed {
        fn name(&self) -> &'static str {
            "Closed"
        }

        fn modify_before_transmit(
            &self,
            _context: &mut BeforeTransmitInterceptorContextMut<'_>,
            _components: &RuntimeComponents,
            _config: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            Err("closed for maintenance".into())
        }
    }

    fn intercepted(server: &LoopbackServer, audit: &Audit) -> Client {
        let ids = Mutex::new(["one", "two"].map(str::to_owned).into());
        let mut builder = Builder::from(&sdk_config(&server.url())).interceptor(Correlate { ids });
        builder.push_interceptor(SharedInterceptor::new(audit.clone()));
        Client::from_conf(builder.build())
    }

    #[tokio::test]
    async fn a_header_of_an_interceptor_is_signed_and_stays_over_attempts() {
        let busy = Response::error(503, "ServiceUnavailable", &json!({}));
        let good = Response::json(&json!({"stage": {"arn": "a"}})).header("x-amzn-requestid", "request-9");
        let server = LoopbackServer::scripted([busy, good]).await;
        let audit = Audit::default();
        intercepted(&server, &audit).create_stage().name("standup").send().await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2, "one attempt failed");
        for request in &requests {
            assert_eq!(request.header("x-correlation-id"), Some("one"));
            assert_eq!(sigv4::verify(request, &SIGNER), Ok(()));
        }
        let lines = ["about to create standup", "IVS RealTime.CreateStage one: ok, Some(200), request-9"];
        assert_eq!(audit.lines(), lines);
    }

    #[tokio::test]
    async fn each_call_has_its_own_id_and_an_interceptor_can_refuse() {
        let server = LoopbackServer::scripted([Response::json(&json!({"stages": []}))]).await;
        let audit = Audit::default();
        let client = intercepted(&server, &audit);
        client.list_stages().send().await.unwrap();
        let error = client.list_stages().customize().interceptor(Closed).send().await.unwrap_err();
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        assert!(DisplayErrorContext(&error).to_string().contains("closed for maintenance"));
        assert_eq!(server.requests().len(), 1);
        let lines = ["IVS RealTime.ListStages one: ok, Some(200), -", "IVS RealTime.ListStages two: failed, None, -"];
        assert_eq!(audit.lines(), lines);
        let error = client.list_stages().send().await.unwrap_err();
        assert!(DisplayErrorContext(&error).to_string().contains("no id is left"));
    }

    #[tokio::test]
    async fn one_call_takes_a_header_of_its_own() {
        let server = LoopbackServer::scripted([Response::json(&json!({"stages": []}))]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let call = client.list_stages().max_results(5).customize();
        call.mutate_request(|request| {
            request.headers_mut().insert("x-tenant", "blue");
        })
        .send()
        .await
        .unwrap();
        let request = server.only_request();
        assert_eq!(request.header("x-tenant"), Some("blue"));
        assert_eq!(request.json().unwrap(), json!({"maxResults": 5}));
        assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
    }
}
