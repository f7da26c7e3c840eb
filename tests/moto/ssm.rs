//! SSM: pages of parameters.

mod setup;

use std::collections::BTreeSet;

use setup::holds;
use ssm::Client;
use ssm::error::SdkErrorExt;
use ssm::types::ParameterType;

type Checked = Result<(), Box<dyn std::error::Error>>;

/// How many parameters there are: more than moto gives on a page, which is ten.
const PARAMETERS: usize = 23;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    for index in 0..PARAMETERS {
        let put = client.put_parameter().name(format!("/moto/{index:02}")).value("a value");
        put.r#type(ParameterType::SecureString).send().await?;
    }
    described(&client).await?;
    by_path(&client).await?;
    missing(&client).await;
    Ok(())
}

async fn described(client: &Client) -> Checked {
    let mut pages = client.describe_parameters().into_paginator().send();
    let (mut names, mut count) = (BTreeSet::new(), 0);
    while let Some(page) = pages.try_next().await? {
        names.extend(page.parameters().iter().filter_map(|parameter| parameter.name().map(str::to_owned)));
        count += 1;
    }
    assert!(names.len() >= PARAMETERS && count >= 3, "{} parameters, {count} pages", names.len());
    holds(&format!("DescribeParameters gives {} parameters on {count} pages", names.len()));
    Ok(())
}

async fn by_path(client: &Client) -> Checked {
    let asked = client.get_parameters_by_path().path("/moto").with_decryption(true);
    let mut pages = asked.into_paginator().page_size(7).send();
    let (mut values, mut count) = (Vec::new(), 0);
    while let Some(page) = pages.try_next().await? {
        values.extend(page.parameters().iter().filter_map(|parameter| parameter.value().map(str::to_owned)));
        count += 1;
    }
    assert_eq!((values.len(), count), (PARAMETERS, 4));
    assert!(values.iter().all(|value| value == "a value"));
    holds(&format!("GetParametersByPath gives {PARAMETERS} parameters on {count} pages"));
    Ok(())
}

async fn missing(client: &Client) {
    let error = client.get_parameter().name("/moto/missing").send().await.expect_err("there is no parameter");
    assert!(error.is_parameter_not_found(), "{}", error.describe());
    holds(&error.describe());
}
