//! Settings below a path of Parameter Store.

use std::collections::BTreeMap;

use ssm::operation::put_parameter::PutParameterError;
use ssm::types::{Parameter, ParameterTier, ParameterType};
use ssm::Client;

use crate::Error;

/// The most characters of a parameter of the standard tier.
const STANDARD: usize = 4096;

#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    path: String,
}

/// A setting as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub value: String,
    pub version: i64,
}

impl Store {
    /// The settings of a program.
    pub fn new(client: Client, program: &str) -> Self {
        Self { client, path: format!("/{program}/") }
    }

    /// All settings, by name.
    pub async fn all(&self) -> Result<BTreeMap<String, Setting>, Error> {
        let mut pages = self
            .client
            .get_parameters_by_path()
            .path(&self.path)
            .recursive(true)
            .with_decryption(true)
            .into_paginator()
            .send();
        let mut all = BTreeMap::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(Box::new)?;
            all.extend(page.parameters().iter().filter_map(|parameter| self.setting(parameter)));
        }
        Ok(all)
    }

    /// One setting; `None` if there is no such.
    pub async fn get(&self, name: &str) -> Result<Option<Setting>, Error> {
        match self.client.get_parameter().name(self.full(name)).with_decryption(true).send().await {
            Ok(found) => {
                Ok(found.parameter().and_then(|parameter| self.setting(parameter)).map(|(_, setting)| setting))
            }
            Err(error) if error.as_service_error().is_some_and(|error| error.is_parameter_not_found()) => Ok(None),
            Err(error) => Err(ssm::Error::from(error).into()),
        }
    }

    /// Writes a setting; one that is there already only if asked to. Gives its version.
    pub async fn set(&self, name: &str, value: &str, overwrite: bool) -> Result<i64, Error> {
        let tier = if value.len() > STANDARD { ParameterTier::Advanced } else { ParameterTier::Standard };
        let put = self
            .client
            .put_parameter()
            .name(self.full(name))
            .value(value)
            .r#type(ParameterType::SecureString)
            .tier(tier)
            .overwrite(overwrite)
            .send()
            .await;
        match put {
            Ok(put) => Ok(put.version()),
            Err(error) => match error.as_service_error() {
                Some(PutParameterError::ParameterAlreadyExists(_)) => {
                    let version = self.get(name).await?.map_or(0, |held| held.version);
                    Err(Error::Exists(name.to_owned(), version))
                }
                Some(other) if other.meta().code() == Some("ValidationException") => {
                    Err(Error::TooLong(name.to_owned()))
                }
                _ => Err(Error::Put(Box::new(error))),
            },
        }
    }

    /// Deletes settings; gives the names of those that there were not.
    pub async fn delete(&self, names: &[String]) -> Result<Vec<String>, Error> {
        let mut missing = Vec::new();
        for ten in names.chunks(10) {
            let full = ten.iter().map(|name| self.full(name)).collect();
            let deleted =
                self.client.delete_parameters().set_names(Some(full)).send().await.map_err(ssm::Error::from)?;
            missing.extend(deleted.invalid_parameters().iter().map(|name| self.short(name).to_owned()));
        }
        Ok(missing)
    }

    fn full(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    fn short<'a>(&self, name: &'a str) -> &'a str {
        name.strip_prefix(&self.path).unwrap_or(name)
    }

    fn setting(&self, parameter: &Parameter) -> Option<(String, Setting)> {
        let name = self.short(parameter.name()?).to_owned();
        Some((name, Setting { value: parameter.value()?.to_owned(), version: parameter.version() }))
    }
}
