//! A blocking caller: a type of its own holds the runtime, and threads without any share it.

use std::sync::{Arc, mpsc};
use std::thread;

use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::get_stage::GetStageError;
use aws_sdk_ivsrealtime::types::{Stage, StageSummary};
use aws_sdk_ivsrealtime::{Client, Error};
use tokio::runtime::{Builder, Runtime};

/// A client for code that is not asynchronous.
struct Stages {
    client: Client,
    runtime: Runtime,
}

impl Stages {
    /// A client whose configuration is loaded by `load`, on the runtime that serves its calls, too.
    fn new(load: impl Future<Output = Client>) -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let client = runtime.block_on(load);
        Ok(Self { client, runtime })
    }

    fn get(&self, arn: &str) -> Result<Option<Stage>, SdkError<GetStageError>> {
        Ok(self.runtime.block_on(self.client.get_stage().arn(arn).send())?.stage)
    }

    fn create(&self, name: &str) -> Result<String, Error> {
        let created = self.runtime.block_on(self.client.create_stage().name(name).send())?;
        Ok(created.stage().map(|stage| stage.arn().to_owned()).unwrap_or_default())
    }

    /// All stages, a page at a time, as an iterator that blocks.
    fn iter(&self) -> impl Iterator<Item = Result<StageSummary, Error>> + '_ {
        let mut pages = self.client.list_stages().into_paginator().send();
        std::iter::from_fn(move || self.runtime.block_on(pages.next())).flat_map(|page| match page {
            Ok(page) => page.stages.into_iter().map(Ok).collect::<Vec<_>>(),
            Err(error) => vec![Err(error.into())],
        })
    }
}

/// Creates stages from threads of its own, in the order of `names`.
fn create_all(stages: &Arc<Stages>, names: &[&str]) -> Vec<Result<String, Error>> {
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for (index, name) in names.iter().enumerate() {
            let (sender, stages) = (sender.clone(), Arc::clone(stages));
            scope.spawn(move || sender.send((index, stages.create(name))));
        }
    });
    drop(sender);
    let mut created: Vec<_> = receiver.into_iter().collect();
    created.sort_by_key(|(index, _)| *index);
    created.into_iter().map(|(_, result)| result).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stages = Arc::new(Stages::new(async { Client::new(&aws_config::load_from_env().await) })?);
    for stage in stages.iter() {
        let stage = stage?;
        println!("{} {:?}", stage.arn(), stages.get(stage.arn())?.and_then(|stage| stage.endpoints));
    }
    for created in create_all(&stages, &["one", "two"]) {
        println!("{}", created?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    /// The server has a runtime of its own, as a service elsewhere has.
    fn with_server(
        script: impl Fn(&str, &serde_json::Value) -> Response + Send + 'static,
        test: impl FnOnce(Arc<Stages>),
    ) {
        let elsewhere = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = elsewhere
            .block_on(LoopbackServer::answering(move |request| script(&request.path, &request.json().unwrap()).into()));
        let url = server.url();
        test(Arc::new(Stages::new(async move { Client::new(&sdk_config(&url)) }).unwrap()));
    }

    #[test]
    fn pages_are_asked_for_as_the_iterator_goes() {
        let script = |_: &str, body: &serde_json::Value| match body["nextToken"].as_str() {
            None => Response::json(&json!({"stages": [{"arn": "a"}, {"arn": "b"}], "nextToken": "2"})),
            Some("2") => Response::json(&json!({"stages": [], "nextToken": "3"})),
            Some("3") => Response::json(&json!({"stages": [{"arn": "c"}], "nextToken": "4"})),
            _ => Response::error(400, "ValidationException", &json!({"exceptionMessage": "bad token"})),
        };
        with_server(script, |stages| {
            let arns: Vec<_> = stages.iter().take(3).map(|stage| stage.unwrap().arn).collect();
            assert_eq!(arns, ["a", "b", "c"]);
            let last = stages.iter().last().unwrap();
            assert!(matches!(last, Err(Error::ValidationException(_))), "an error ends the iteration");
        });
    }

    #[test]
    fn threads_share_one_client() {
        let script = |_: &str, body: &serde_json::Value| match body["name"].as_str() {
            Some("three") => Response::error(402, "ServiceQuotaExceededException", &json!({})),
            name => Response::json(&json!({"stage": {"arn": format!("arn:{}", name.unwrap())}})),
        };
        with_server(script, |stages| {
            let created = create_all(&stages, &["one", "two", "three"]);
            assert_eq!(created[0].as_ref().unwrap(), "arn:one");
            assert_eq!(created[1].as_ref().unwrap(), "arn:two");
            assert!(matches!(created[2], Err(Error::ServiceQuotaExceededException(_))));
        });
    }

    #[test]
    fn a_stage_that_is_not_there_is_an_error_of_the_call() {
        let script = |path: &str, _: &serde_json::Value| {
            assert_eq!(path, "/GetStage");
            Response::error(404, "ResourceNotFoundException", &json!({}))
        };
        with_server(script, |stages| {
            let error = stages.get("arn").unwrap_err();
            assert!(error.into_service_error().is_resource_not_found_exception());
        });
    }
}
