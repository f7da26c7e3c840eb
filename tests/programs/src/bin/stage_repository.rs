//! An application that names the service only behind a trait, so that most of its tests need neither client nor mock.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ivsrealtime::Client;
use aws_sdk_ivsrealtime::error::{BoxError, BuildError, SdkError};
use aws_sdk_ivsrealtime::operation::create_stage::CreateStageError;
use aws_sdk_ivsrealtime::operation::delete_stage::DeleteStageError;
use aws_sdk_ivsrealtime::types::Stage;

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// What the application knows of stages.
trait Stages: Send + Sync {
    fn create<'a>(&'a self, name: &'a str) -> Answer<'a, Stage>;
    fn delete<'a>(&'a self, arn: &'a str) -> Answer<'a, ()>;
}

/// What the application knows of failures.
#[derive(Debug)]
enum Fault {
    Full,
    Absent,
    Other(BoxError),
}

impl From<SdkError<CreateStageError>> for Fault {
    fn from(error: SdkError<CreateStageError>) -> Self {
        match error.into_service_error() {
            CreateStageError::ServiceQuotaExceededException(_) => Self::Full,
            other => Self::Other(other.into()),
        }
    }
}

impl From<SdkError<DeleteStageError>> for Fault {
    fn from(error: SdkError<DeleteStageError>) -> Self {
        match error {
            SdkError::ServiceError(context) if context.err().is_resource_not_found_exception() => Self::Absent,
            other => Self::Other(other.into()),
        }
    }
}

impl From<BuildError> for Fault {
    fn from(error: BuildError) -> Self {
        Self::Other(Box::new(error))
    }
}

impl Stages for Client {
    fn create<'a>(&'a self, name: &'a str) -> Answer<'a, Stage> {
        Box::pin(async move {
            let created = self.create_stage().name(name).send().await?;
            created.stage.ok_or_else(|| Fault::Other("no stage in the answer".into()))
        })
    }

    fn delete<'a>(&'a self, arn: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            self.delete_stage().arn(arn).send().await?;
            Ok(())
        })
    }
}

/// Stages that last as long as the process.
#[derive(Debug)]
struct InMemory {
    stages: Mutex<BTreeMap<String, Stage>>,
    quota: usize,
}

impl InMemory {
    fn with_quota(quota: usize) -> Self {
        Self { stages: Mutex::default(), quota }
    }
}

impl Stages for InMemory {
    fn create<'a>(&'a self, name: &'a str) -> Answer<'a, Stage> {
        Box::pin(async move {
            let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
            if stages.len() >= self.quota {
                return Err(Fault::Full);
            }
            let arn = format!("arn:aws:ivs:local:0:stage/{}", stages.len());
            let stage = Stage::builder().arn(&arn).name(name).tags("origin", "memory").build()?;
            stages.insert(arn, stage.clone());
            Ok(stage)
        })
    }

    fn delete<'a>(&'a self, arn: &'a str) -> Answer<'a, ()> {
        let removed = self.stages.lock().unwrap_or_else(PoisonError::into_inner).remove(arn);
        Box::pin(std::future::ready(removed.map(|_| ()).ok_or(Fault::Absent)))
    }
}

/// The application: rooms are stages that come and go.
#[derive(Clone)]
struct Rooms {
    stages: Arc<dyn Stages>,
}

impl Rooms {
    async fn open_all(&self, names: &[&str]) -> (Vec<Stage>, Option<Fault>) {
        let mut opened = Vec::new();
        for name in names {
            match self.stages.create(name).await {
                Ok(stage) => opened.push(stage),
                Err(fault) => return (opened, Some(fault)),
            }
        }
        (opened, None)
    }

    async fn close_all(&self, stages: Vec<Stage>) -> Result<usize, Fault> {
        let mut closed = 0;
        for stage in stages {
            match self.stages.delete(stage.arn()).await {
                Ok(()) => closed += 1,
                Err(Fault::Absent) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(closed)
    }
}

#[tokio::main]
async fn main() {
    let stages: Arc<dyn Stages> = match std::env::args().nth(1).as_deref() {
        Some("memory") => Arc::new(InMemory::with_quota(2)),
        _ => Arc::new(Client::new(&aws_config::load_from_env().await)),
    };
    let rooms = Rooms { stages };
    let (opened, fault) = rooms.open_all(&["one", "two", "three"]).await;
    println!("{} opened", opened.len());
    match fault {
        None => {}
        Some(Fault::Other(cause)) => println!("failed: {cause}"),
        Some(expected) => println!("ended: {expected:?}"),
    }
    println!("{:?} closed", rooms.close_all(opened).await);
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn rooms_open_until_the_quota_is_reached() {
        let rooms = Rooms { stages: Arc::new(InMemory::with_quota(2)) };
        let (opened, fault) = rooms.open_all(&["one", "two", "three"]).await;
        assert_eq!(opened.iter().map(|stage| stage.name().unwrap()).collect::<Vec<_>>(), ["one", "two"]);
        assert!(matches!(fault, Some(Fault::Full)));
        assert_eq!(rooms.clone().close_all(opened.clone()).await.unwrap(), 2);
        assert_eq!(rooms.close_all(opened).await.unwrap(), 0, "they are closed already");
    }

    #[tokio::test]
    async fn the_client_takes_the_place_of_the_memory() {
        let server = LoopbackServer::answering(|request| match request.path.as_str() {
            "/CreateStage" if request.json().unwrap()["name"] == "two" => {
                Response::error(402, "ServiceQuotaExceededException", &json!({})).into()
            }
            "/CreateStage" => Response::json(&json!({"stage": {"arn": "arn:1"}})).into(),
            _ => Response::error(404, "ResourceNotFoundException", &json!({})).into(),
        })
        .await;
        let rooms = Rooms { stages: Arc::new(Client::new(&sdk_config(&server.url()))) };
        let (opened, fault) = rooms.open_all(&["one", "two", "three"]).await;
        assert!(matches!(fault, Some(Fault::Full)), "{fault:?}");
        assert_eq!(rooms.close_all(opened).await.unwrap(), 0);
        assert_eq!(server.requests().len(), 3);
    }

    #[tokio::test]
    async fn an_answer_without_a_stage_is_a_fault_of_its_own() {
        let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let fault = Stages::create(&client, "one").await.unwrap_err();
        assert!(matches!(fault, Fault::Other(cause) if cause.to_string() == "no stage in the answer"));
    }
}
