//! Many calls at once: stages are created by tasks, so many at a time, and the first failure ends the rest.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::create_stage::{CreateStageError, CreateStageOutput};
use aws_sdk_ivsrealtime::types::{CompositionState, Stage};
use aws_sdk_ivsrealtime::{Client, Config, Error};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Everything that tasks share or send to each other.
fn assert_shared<T: Send + Sync + Clone + 'static>() {}

/// Creates a stage for every name, `at_once` at a time, in the order of the names.
async fn create_all(
    client: &Client,
    names: Vec<String>,
    at_once: usize,
) -> Result<Vec<Stage>, SdkError<CreateStageError>> {
    let places = Arc::new(Semaphore::new(at_once));
    let mut tasks = JoinSet::new();
    for (index, name) in names.into_iter().enumerate() {
        let (request, places) = (client.create_stage().name(name), Arc::clone(&places));
        tasks.spawn(async move {
            let _place = places.acquire().await.expect("it is never closed");
            request.send().await.map(|created| (index, created))
        });
    }
    let mut created = Vec::new();
    while let Some(joined) = tasks.join_next().await {
        // Dropping the set ends the tasks that are left.
        created.push(joined.expect("no task panics")?);
    }
    created.sort_by_key(|(index, _)| *index);
    Ok(created.into_iter().filter_map(|(_, CreateStageOutput { stage, .. })| stage).collect())
}

/// What two independent questions come to, asked at once.
async fn overview(client: &Client) -> Result<(usize, usize), Error> {
    let stages = client.list_stages().send();
    let compositions = client.list_compositions().send();
    let (stages, compositions) = tokio::join!(stages, compositions);
    let active = compositions?.compositions.into_iter().filter(|it| it.state == CompositionState::Active).count();
    Ok((stages?.stages.len(), active))
}

/// The first of two regions that answers.
async fn nearest(one: &Client, other: &Client) -> Option<String> {
    let name = |client: &Client| client.config().region().map(ToString::to_string);
    tokio::select! {
        Ok(_) = one.list_stages().max_results(1).send() => name(one),
        Ok(_) = other.list_stages().max_results(1).send() => name(other),
        else => None,
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    assert_shared::<Client>();
    assert_shared::<Config>();
    assert_shared::<CreateStageOutput>();
    let client = Client::new(&aws_config::load_from_env().await);
    let stages = create_all(&client, vec!["one".to_owned(), "two".to_owned()], 8).await?;
    println!("{} stages, {:?}", stages.len(), overview(&client).await?);
    let other = client.config().to_builder().region(aws_sdk_ivsrealtime::config::Region::new("us-east-1")).build();
    let nearest = tokio::time::timeout(Duration::from_secs(5), nearest(&client, &Client::from_conf(other))).await;
    println!("{nearest:?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_sdk_ivsrealtime::config::Region;
    use aws_sdk_ivsrealtime::config::interceptors::{
        BeforeSerializationInterceptorContextRef, FinalizerInterceptorContextRef,
    };
    use aws_sdk_ivsrealtime::config::{ConfigBag, Intercept, RuntimeComponents};
    use aws_sdk_ivsrealtime::error::BoxError;
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Reply, Response};
    use harness::request::Request;
    use serde_json::json;

    use super::*;

    /// Counts the calls that are under way.
    #[derive(Clone, Debug, Default)]
    struct UnderWay {
        now: Arc<AtomicUsize>,
        most: Arc<AtomicUsize>,
    }

    impl Intercept for UnderWay {
        fn name(&self) -> &'static str {
            "UnderWay"
        }

        fn read_before_execution(
            &self,
            _context: &BeforeSerializationInterceptorContextRef<'_>,
            _config: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            Ok(())
        }

        fn read_after_execution(
            &self,
            _context: &FinalizerInterceptorContextRef<'_>,
            _components: &RuntimeComponents,
            _config: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            self.now.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        }
    }

    fn named(request: &Request) -> Reply {
        let name = request.json().unwrap()["name"].clone();
        match name.as_str() {
            Some("bad") => Response::error(400, "ValidationException", &json!({})).into(),
            _ => Response::json(&json!({"stage": {"arn": format!("arn:{}", name.as_str().unwrap())}})).into(),
        }
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|number| number.to_string()).collect()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn stages_come_in_the_order_of_their_names_and_never_too_many_at_once() {
        let server = LoopbackServer::answering(named).await;
        let under_way = UnderWay::default();
        let config =
            aws_sdk_ivsrealtime::config::Builder::from(&sdk_config(&server.url())).interceptor(under_way.clone());
        let stages = create_all(&Client::from_conf(config.build()), names(40), 4).await.unwrap();
        let arns: Vec<_> = stages.iter().map(|stage| stage.arn().trim_start_matches("arn:").to_owned()).collect();
        assert_eq!(arns, names(40));
        let most = under_way.most.load(Ordering::SeqCst);
        assert!((1..=4).contains(&most), "{most} at once");
        let tokens: std::collections::BTreeSet<_> = server
            .requests()
            .iter()
            .map(|request| request.header("amz-sdk-invocation-id").map(str::to_owned))
            .collect();
        assert_eq!(tokens.len(), 40, "each call has an id of its own");
    }

    #[tokio::test]
    async fn the_first_failure_ends_the_rest() {
        let server = LoopbackServer::answering(named).await;
        let client = Client::new(&sdk_config(&server.url()));
        let mut names = names(20);
        names[0] = "bad".to_owned();
        let error = create_all(&client, names, 1).await.unwrap_err();
        assert!(error.into_service_error().is_validation_exception());
        assert!(server.requests().len() < 20, "{} requests", server.requests().len());
    }

    #[tokio::test]
    async fn two_questions_are_asked_at_once() {
        let server = LoopbackServer::answering(|request| match request.path.as_str() {
            "/ListStages" => Response::json(&json!({"stages": [{"arn": "a"}]})).into(),
            _ => {
                let item = |state: &str| json!({"arn": "c", "stageArn": "a", "destinations": [], "state": state});
                Response::json(&json!({"compositions": [item("ACTIVE"), item("STOPPED")]})).into()
            }
        })
        .await;
        assert_eq!(overview(&Client::new(&sdk_config(&server.url()))).await.unwrap(), (1, 1));
    }

    #[tokio::test]
    async fn a_call_that_is_dropped_leaves_its_client_usable() {
        let server = LoopbackServer::scripted([Reply::Silence, Response::json(&json!({"stages": []})).into()]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let call = tokio::spawn(client.list_stages().send());
        while server.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
        client.list_stages().send().await.unwrap();
    }

    #[tokio::test]
    async fn the_region_that_answers_wins() {
        let silent = LoopbackServer::answering(|_| Reply::Silence).await;
        let quick = LoopbackServer::answering(|_| Response::json(&json!({"stages": []})).into()).await;
        let in_region = |server: &LoopbackServer, region: &'static str| {
            let config = sdk_config(&server.url()).to_builder().region(Region::new(region)).build();
            Client::new(&config)
        };
        let (one, other) = (in_region(&silent, "us-east-1"), in_region(&quick, "eu-west-1"));
        assert_eq!(nearest(&one, &other).await.as_deref(), Some("eu-west-1"));
    }
}
