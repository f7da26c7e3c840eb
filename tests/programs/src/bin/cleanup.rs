//! Deletes everything of an account that carries a tag, page by page, in the order in which resources depend on each other.
//!
//! What is gone already counts as deleted; what is in use is reported and left, and the rest goes on.

use std::collections::HashMap;
use std::fmt;

use aws_sdk_ivsrealtime::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ivsrealtime::types::CompositionState;
use aws_sdk_ivsrealtime::{Client, Error};

/// What came of a run.
#[derive(Debug, Default, PartialEq)]
struct Report {
    deleted: Vec<String>,
    gone: Vec<String>,
    in_use: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (deleted, gone) = (self.deleted.len(), self.gone.len());
        writeln!(formatter, "{deleted} deleted, {gone} gone already, {} in use", self.in_use.len())?;
        self.in_use.iter().try_for_each(|arn| writeln!(formatter, "in use: {arn}"))
    }
}

impl Report {
    /// Files one answer. Only errors that say something about this resource are filed; others end the run.
    fn file<O, E>(&mut self, arn: String, answer: Result<O, SdkError<E>>) -> Result<(), Error>
    where
        E: ProvideErrorMetadata,
        Error: From<SdkError<E>>,
    {
        let code = answer.as_ref().err().and_then(|error| error.code().map(str::to_owned));
        match (answer, code.as_deref()) {
            (Ok(_), _) => self.deleted.push(arn),
            (Err(_), Some("ResourceNotFoundException")) => self.gone.push(arn),
            (Err(_), Some("ConflictException")) => self.in_use.push(arn),
            (Err(error), _) => return Err(error.into()),
        }
        Ok(())
    }
}

/// The tag that marks what may be deleted.
struct Mark<'a> {
    key: &'a str,
    value: &'a str,
}

impl Mark<'_> {
    fn is_on(&self, tags: Option<&HashMap<String, String>>) -> bool {
        tags.and_then(|tags| tags.get(self.key)).is_some_and(|value| value == self.value)
    }
}

struct Cleanup<'a> {
    client: &'a Client,
    mark: Mark<'a>,
    report: Report,
}

impl Cleanup<'_> {
    async fn run(mut self) -> Result<Report, Error> {
        self.compositions().await?;
        self.ingest_configurations().await?;
        self.stages().await?;
        self.encoders().await?;
        self.storages().await?;
        self.public_keys().await?;
        Ok(self.report)
    }

    async fn compositions(&mut self) -> Result<(), Error> {
        let mut pages = self.client.list_compositions().into_paginator().page_size(100).send();
        while let Some(page) = pages.next().await {
            for composition in page?.compositions {
                let ended = matches!(composition.state, CompositionState::Stopped | CompositionState::Failed);
                if !ended && self.mark.is_on(composition.tags()) {
                    let answer = self.client.stop_composition().arn(composition.arn()).send().await;
                    self.report.file(composition.arn, answer)?;
                }
            }
        }
        Ok(())
    }

    /// Summaries of ingest configurations carry no tags: they are asked for one by one.
    async fn ingest_configurations(&mut self) -> Result<(), Error> {
        let mut items = self.client.list_ingest_configurations().into_paginator().items().send();
        while let Some(summary) = items.next().await {
            let arn = summary?.arn;
            let tags = self.client.list_tags_for_resource().resource_arn(&arn).send().await?;
            if self.mark.is_on(Some(tags.tags())) {
                let answer = self.client.delete_ingest_configuration().arn(&arn).force(true).send().await;
                self.report.file(arn, answer)?;
            }
        }
        Ok(())
    }

    async fn stages(&mut self) -> Result<(), Error> {
        let pages = self.client.list_stages().into_paginator().page_size(2).send().try_collect().await?;
        for stage in pages.into_iter().flat_map(|page| page.stages) {
            if self.mark.is_on(stage.tags.as_ref()) {
                let answer = self.client.delete_stage().arn(&stage.arn).send().await;
                self.report.file(stage.arn, answer)?;
            }
        }
        Ok(())
    }

    async fn encoders(&mut self) -> Result<(), Error> {
        let mut pages = self.client.list_encoder_configurations().into_paginator().send();
        while let Some(page) = pages.try_next().await? {
            for encoder in page.encoder_configurations() {
                if self.mark.is_on(encoder.tags()) {
                    let answer = self.client.delete_encoder_configuration().arn(encoder.arn()).send().await;
                    self.report.file(encoder.arn().to_owned(), answer)?;
                }
            }
        }
        Ok(())
    }

    /// Without a paginator, as programs did before there was one.
    async fn storages(&mut self) -> Result<(), Error> {
        let mut next_token = None;
        loop {
            let page = self.client.list_storage_configurations().set_next_token(next_token).send().await?;
            for storage in page.storage_configurations() {
                if self.mark.is_on(storage.tags()) {
                    let answer = self.client.delete_storage_configuration().arn(storage.arn()).send().await;
                    self.report.file(storage.arn().to_owned(), answer)?;
                }
            }
            next_token = page.next_token;
            if next_token.is_none() {
                return Ok(());
            }
        }
    }

    async fn public_keys(&mut self) -> Result<(), Error> {
        let keys: Vec<_> = self.client.list_public_keys().into_paginator().items().send().try_collect().await?;
        for key in keys.into_iter().filter(|key| self.mark.is_on(key.tags())) {
            let arn = key.arn.unwrap_or_default();
            let answer = self.client.delete_public_key().arn(&arn).send().await;
            self.report.file(arn, answer)?;
        }
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let value = std::env::args().nth(1).unwrap_or_else(|| "test".to_owned());
    let client = Client::new(&aws_config::load_from_env().await);
    let mark = Mark { key: "environment", value: &value };
    let report = Cleanup { client: &client, mark, report: Report::default() }.run().await?;
    print!("{report}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Reply, Response};
    use harness::request::Request;
    use serde_json::{Value, json};

    use super::*;

    /// Three of each kind in two pages; the one with a 2 in its ARN is not to be deleted.
    fn pages(list: &str, kind: &str, request: &Request) -> Response {
        let item = |number: usize| {
            let tags = if number == 2 { json!({}) } else { json!({"environment": "test"}) };
            let state = if number == 3 { "STOPPED" } else { "ACTIVE" };
            let mut item = json!({"arn": format!("arn:{kind}/{number}"), "tags": tags});
            if kind == "composition" {
                item["state"] = state.into();
                item["stageArn"] = "arn:stage/1".into();
                item["destinations"] = json!([]);
            }
            item
        };
        let body = request.json().unwrap_or_default();
        Response::json(&match body["nextToken"].as_str() {
            None => json!({ list: [item(1), item(2)], "nextToken": "second" }),
            Some("second") => json!({ list: [item(3)] }),
            Some(other) => panic!("a token that was not given: {other}"),
        })
    }

    fn account(request: &Request) -> Reply {
        let tags = request.path.strip_prefix("/tags/arn%3A");
        let answer = match request.path.as_str() {
            "/ListCompositions" => pages("compositions", "composition", request),
            "/ListIngestConfigurations" => pages("ingestConfigurations", "ingest", request),
            "/ListStages" => pages("stages", "stage", request),
            "/ListEncoderConfigurations" => pages("encoderConfigurations", "encoder", request),
            "/ListStorageConfigurations" => pages("storageConfigurations", "storage", request),
            "/ListPublicKeys" => pages("publicKeys", "key", request),
            "/DeleteStage" if arn(request) == "arn:stage/1" => error(409, "ConflictException"),
            "/DeletePublicKey" if arn(request) == "arn:key/3" => error(404, "ResourceNotFoundException"),
            _ if tags == Some("ingest%2F2") => Response::json(&json!({"tags": {}})),
            _ if tags.is_some() => Response::json(&json!({"tags": {"environment": "test"}})),
            path if path.starts_with("/Delete") || path == "/StopComposition" => Response::new(200).body("{}"),
            other => panic!("nobody asked for {other}"),
        };
        answer.into()
    }

    fn arn(request: &Request) -> String {
        request.json().unwrap()["arn"].as_str().unwrap().to_owned()
    }

    fn error(status: u16, code: &str) -> Response {
        Response::error(status, code, &json!({"exceptionMessage": "as told"}))
    }

    async fn clean(server: &LoopbackServer) -> Result<Report, Error> {
        let client = Client::new(&sdk_config(&server.url()));
        let mark = Mark { key: "environment", value: "test" };
        Cleanup { client: &client, mark, report: Report::default() }.run().await
    }

    #[tokio::test]
    async fn everything_marked_is_deleted_and_nothing_else() {
        let server = LoopbackServer::answering(account).await;
        let report = clean(&server).await.unwrap();
        let deleted = [
            "arn:composition/1",
            "arn:ingest/1",
            "arn:ingest/3",
            "arn:stage/3",
            "arn:encoder/1",
            "arn:encoder/3",
            "arn:storage/1",
            "arn:storage/3",
            "arn:key/1",
        ];
        assert_eq!(report.deleted, deleted);
        assert_eq!(report.gone, ["arn:key/3"]);
        assert_eq!(report.in_use, ["arn:stage/1"]);
        assert_eq!(report.to_string(), "9 deleted, 1 gone already, 1 in use\nin use: arn:stage/1\n");
    }

    #[tokio::test]
    async fn page_sizes_are_kept_on_every_page() {
        let server = LoopbackServer::answering(account).await;
        clean(&server).await.unwrap();
        let asked = |path: &str| -> Vec<Value> {
            let requests = server.requests().into_iter().filter(|request| request.path == path);
            requests.map(|request| request.json().unwrap()).collect()
        };
        let stages = [json!({"maxResults": 2}), json!({"maxResults": 2, "nextToken": "second"})];
        assert_eq!(asked("/ListStages"), stages);
        assert_eq!(asked("/ListStorageConfigurations"), [json!({}), json!({"nextToken": "second"})]);
        assert_eq!(asked("/DeleteIngestConfiguration")[0], json!({"arn": "arn:ingest/1", "force": true}));
    }

    #[tokio::test]
    async fn a_refused_deletion_ends_the_run() {
        let server = LoopbackServer::answering(|request| match request.path.as_str() {
            "/StopComposition" => error(403, "AccessDeniedException").into(),
            _ => account(request),
        })
        .await;
        let failure = clean(&server).await.unwrap_err();
        assert!(matches!(failure, Error::AccessDeniedException(_)), "{failure:?}");
        assert_eq!(server.requests().len(), 2);
    }
}
