//! The endpoint tests of a model: what a service's endpoint has to be for given parameters and calls.
//!
//! Cases stand in `smithy.rules#endpointTests` of a service. [`suites`] reads them; [`program`] makes a client and a program
//! that depends on it. The program is told parameters and calls, and says which endpoints they led to; who starts it
//! compares.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::ast::node::Findings;
use crate::ast::{self, Shape};
use crate::model::endpoint::EndpointTrait;
use crate::model::load::read_all;
use crate::model::merged::Ast;
use crate::model::selection::{Choice, Selection};
use crate::model::service::operations;
use crate::model::traits::id;
use crate::report::Report;
use crate::{Generated, Options, Source, emit, planned};

const ENDPOINT_TESTS: &str = "smithy.rules#endpointTests";

/// A service with its endpoint rules and their cases.
#[derive(Clone, Debug)]
pub struct EndpointSuite {
    /// Id of the service's shape.
    pub service: String,
    /// The model.
    pub sources: Vec<Source>,
    /// The cases, in their order.
    pub cases: Vec<EndpointCase>,
    /// The rules in each form that the model has.
    pub rules: Vec<EndpointTrait>,
    /// The names of the service's operations.
    operations: Vec<String>,
}

/// A case.
#[derive(Clone, Debug, Deserialize)]
pub struct EndpointCase {
    /// What it is about.
    pub documentation: Option<String>,
    /// The parameters of the rules, by their names.
    #[serde(default)]
    pub params: Map<String, Value>,
    /// Calls that have to lead to the same.
    #[serde(default, rename = "operationInputs")]
    pub calls: Vec<EndpointCall>,
    /// What it leads to.
    pub expect: ExpectedEndpoint,
}

/// A call of a client.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointCall {
    /// Name of the operation.
    pub operation_name: String,
    /// Settings of the client, by the names of built-ins: `AWS::Region`.
    #[serde(default)]
    pub built_in_params: Map<String, Value>,
    /// Settings that the service alone has (`smithy.rules#clientContextParams`).
    #[serde(default)]
    pub client_params: Map<String, Value>,
    /// Members of the input.
    #[serde(default)]
    pub operation_params: Map<String, Value>,
}

/// What a case leads to.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub enum ExpectedEndpoint {
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: String,
        /// Its properties by name, such as `authSchemes`.
        #[serde(default)]
        properties: Map<String, Value>,
        /// Headers that requests to it have.
        #[serde(default)]
        headers: BTreeMap<String, Vec<String>>,
    },
    /// An error with this message.
    Error(String),
}

/// The client of a service and the program of its endpoint tests.
#[derive(Clone, Debug)]
pub struct EndpointProgram {
    /// The crate of the client.
    pub client: Generated,
    /// `main.rs` of a program that depends on the client and on the crate `conformance`.
    pub source: String,
    /// The operations that the client has, by name.
    pub operations: Vec<String>,
    /// Parameters, and built-ins, that are settings of this client and of no other.
    pub settings: Vec<String>,
    /// Why the client has none, where the generator refuses the service: it is made of the rules alone then.
    pub refusal: Option<String>,
}

/// Reads the cases of every service that the sources, which make up one model, have.
///
/// # Errors
/// A [`Report`] of sources that are no Smithy AST, and of cases that are not as Smithy defines them.
pub fn suites(sources: &[Source]) -> Result<Vec<EndpointSuite>, Report> {
    let texts = Source::texts(sources);
    let mut findings = Findings::default();
    let ast = read_all(&texts, &mut findings);
    let suites = ast.iter().flat_map(|ast| {
        let services = ast.shapes.values().filter(|shape| shape.kind == ast::Kind::Service);
        services.map(|service| suite(ast, service, sources, &mut findings)).collect::<Vec<_>>()
    });
    let suites = suites.collect();
    findings.into_result()?;
    Ok(suites)
}

fn suite(ast: &Ast, service: &Shape, sources: &[Source], findings: &mut Findings) -> EndpointSuite {
    let value = |id: &str| service.traits.get(id).map(|found| found.value.clone());
    let mut cases = Vec::new();
    if let Some(node) = service.traits.get(ENDPOINT_TESTS).map(|found| found.node())
        && let Some(list) = node.field("testCases")
    {
        for case in list.items(findings, "write a list of cases") {
            match EndpointCase::deserialize(case.value) {
                Ok(case) => cases.push(case),
                Err(problem) => {
                    let message = format!("this is no case of {ENDPOINT_TESTS}: {problem}");
                    findings.error(&case.at, message, "write it as Smithy defines it");
                }
            }
        }
    }
    let rules = value(id::ENDPOINT_RULE_SET).map(EndpointTrait::rule_set);
    let rules = rules.into_iter().chain(value(id::ENDPOINT_BDD).map(EndpointTrait::bdd));
    let name = |shape: &&Shape| shape.id.split_once('#').map_or(shape.id.clone(), |(_, name)| name.to_owned());
    EndpointSuite {
        service: service.id.clone(),
        sources: sources.to_vec(),
        cases,
        rules: rules.collect(),
        operations: operations(service, ast, findings).iter().map(name).collect(),
    }
}

/// Generates a client with the operations that cases call, or with one where they call none, and the program of the cases.
/// Of a service that cannot be emitted, the client is made of its endpoint rules alone.
///
/// # Errors
/// As [`generate`](crate::generate), of the rules alone.
pub fn program(suite: &EndpointSuite, options: &Options) -> Result<EndpointProgram, Report> {
    let mut names: Vec<String> =
        suite.cases.iter().flat_map(|case| &case.calls).map(|call| call.operation_name.clone()).collect();
    names.sort();
    names.dedup();
    let has_calls = !names.is_empty();
    if !has_calls {
        names.extend(suite.operations.first().cloned());
    }
    let selection =
        Selection { source: ENDPOINT_TESTS.to_owned(), choice: Choice::Only, names, ..Selection::default() };
    let options = Options { operations: Some(selection), ..options.clone() };
    let (planned, refusal) = match planned(&suite.sources, &options) {
        Ok(planned) => (planned, None),
        Err(refusal) => {
            let reason = refusal.diagnostics.first().map(|problem| problem.message.clone()).unwrap_or_default();
            (planned(&[rules_alone(suite)], &Options { operations: None, ..options })?, Some(reason))
        }
    };
    let operations: Vec<String> = match refusal {
        Some(_) => Vec::new(),
        None => planned.model.operations.iter().map(|operation| operation.id.name().to_owned()).collect(),
    };
    let source = emit::endpoint_tests::program(&planned.plan, has_calls && !operations.is_empty());
    let settings = planned.plan.endpoint.client_settings.iter();
    let settings = settings.flat_map(|setting| [Some(setting.name.clone()), setting.built_in.clone()]);
    Ok(EndpointProgram {
        source,
        operations,
        settings: settings.flatten().collect(),
        refusal,
        client: planned.generated(),
    })
}

/// A service with the endpoint rules of another, and nothing else.
fn rules_alone(suite: &EndpointSuite) -> Source {
    let mut traits = json!({
        "aws.protocols#restJson1": {},
        "aws.auth#sigv4": {"name": "rules"},
        "aws.api#service": {"sdkId": "Rules"},
    });
    for rules in &suite.rules {
        traits[rules.id] = rules.source.clone();
    }
    let service = json!({"type": "service", "version": "1", "traits": traits});
    let name = suite.sources.first().map_or_else(String::new, |source| source.name.clone());
    Source { name, text: json!({"smithy": "2.0", "shapes": {suite.service.as_str(): service}}).to_string() }
}
