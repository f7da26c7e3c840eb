//! What a subscriber of `tracing` sees of calls.

use std::sync::{Arc, Mutex};

use serde_json::json;
use tests::client::client;
use tests::loopback::{LoopbackServer, Response};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Name, target and fields of a span.
type Seen = (String, String, Vec<&'static str>);

/// Keeps what there is to see of every span.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Seen>>>);

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let metadata = span.metadata();
        let fields = metadata.fields().iter().map(|field| field.name()).collect();
        let mut spans = self.0.lock().expect("no test panics while it holds the lock");
        spans.push((metadata.name().to_owned(), metadata.target().to_owned(), fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_are_called_after_service_and_operation() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let server = LoopbackServer::scripted([Response::json(&json!({})), Response::json(&json!({}))]).await;
    let client = client(&server.url());
    client.list_stages().send().await.expect("the server answers");
    client.delete_stage().arn("arn").send().await.expect("the server answers");
    let seen = spans.0.lock().expect("no test panics while it holds the lock").clone();
    let calls: Vec<_> = seen.iter().filter(|(name, ..)| name.starts_with("IVS RealTime.")).collect();
    let names: Vec<_> = calls.iter().map(|(name, target, _)| (name.as_str(), target.as_str())).collect();
    assert_eq!(
        names,
        [
            ("IVS RealTime.ListStages", "ivs_realtime::operation::list_stages"),
            ("IVS RealTime.DeleteStage", "ivs_realtime::operation::delete_stage"),
        ]
    );
    assert_eq!(calls[0].2, ["rpc.service", "rpc.method", "sdk_invocation_id", "rpc.system"]);
}
