//! What is emitted for random models.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;
use smithy_client_codegen::{Emit, FILE_LIST};
use smithy_client_tools::diff;
use syn::{Fields, ImplItem, Item};

use crate::choices::Choices;
use crate::service::{model, models};
use crate::{cases, emitted, source};

/// Names that stand twice in a place where Rust takes each once, as `kind name`.
fn doubles(items: &[Item]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut note =
        |kind: &str, name: &dyn ToString| *seen.entry(format!("{kind} {}", name.to_string())).or_default() += 1;
    for item in items {
        match item {
            Item::Struct(item) => {
                note("type", &item.ident);
                for field in fields(&item.fields) {
                    note(&format!("field of {}", item.ident), &field);
                }
            }
            Item::Enum(item) => {
                note("type", &item.ident);
                for variant in &item.variants {
                    note(&format!("variant of {}", item.ident), &variant.ident);
                }
            }
            Item::Type(item) => note("type", &item.ident),
            Item::Trait(item) => note("type", &item.ident),
            Item::Mod(item) => {
                note("type", &item.ident);
                let inner = item.content.iter().flat_map(|(_, items)| doubles(items));
                inner.for_each(|name| note("twice in a module:", &name));
            }
            Item::Fn(item) => note("value", &item.sig.ident),
            Item::Const(item) if item.ident != "_" => note("value", &item.ident),
            Item::Static(item) => note("value", &item.ident),
            Item::Impl(item) if item.trait_.is_none() => {
                let of = match item.self_ty.as_ref() {
                    syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
                    _ => None,
                };
                for one in &item.items {
                    if let ImplItem::Fn(method) = one {
                        note(&format!("method of {}", of.as_deref().unwrap_or_default()), &method.sig.ident);
                    }
                }
            }
            _ => {}
        }
    }
    seen.into_iter().filter(|(_, times)| *times > 1).map(|(name, _)| name).collect()
}

fn fields(fields: &Fields) -> impl Iterator<Item = &syn::Ident> {
    fields.iter().filter_map(|field| field.ident.as_ref())
}

/// Asserts what holds of the crate that is emitted for a model.
fn check(model: &Value, emit: Emit) {
    let (once, again) = (emitted(model, emit), emitted(model, emit));
    assert!(once.files == again.files, "two runs differ for");
    for (path, text) in &once.files {
        let known = path.ends_with(".rs") && path.starts_with("src/")
            || [FILE_LIST, "Cargo.toml", "rustfmt.toml"].contains(&&**path);
        assert!(known, "{path} is emitted for");
        if path.ends_with(".rs") {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            assert_eq!(doubles(&file.items), Vec::<String>::new(), "{path}\n{text}");
        }
    }
    let dependencies = once.files["Cargo.toml"].split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let dependencies = dependencies.split("\n\n").next().unwrap_or_default();
    let names: Vec<&str> = dependencies.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    match emit {
        Emit::Client => assert_eq!(names, ["aws-config", "smithy-client-runtime"]),
        Emit::Types => assert_eq!(names, ["smithy-client-runtime"]),
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn random_models_are_emitted(model in models(), types in any::<bool>()) {
        check(&model.0, if types { Emit::Types } else { Emit::Client });
    }

    #[test]
    fn nothing_sets_a_random_model_apart_from_itself(model in models()) {
        let source = [source(&model.0)];
        let found = diff::report(&source, &source, &[]).unwrap_or_else(|failure| panic!("{failure}"));
        prop_assert!(found.is_empty(), "{:?}", found.changes);
    }
}

/// Traits that the generator understands and random models do not have, each for a reason.
const LEFT_OUT: [&str; 20] = [
    // Of Smithy 1.0.
    "smithy.api#box",
    // Of blobs that are payloads.
    "smithy.api#streaming",
    "smithy.api#requiresLength",
    // Of events, which streams hold.
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    // Without effect.
    "smithy.rules#endpointBdd",
    // Of services with an operation that tells endpoints.
    "aws.api#clientEndpointDiscovery",
    "aws.api#clientDiscoveredEndpoint",
    // Names of one model of their own would have to fit the rules.
    "smithy.rules#contextParam",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
    "smithy.rules#clientContextParams",
    // Has no documents, which random shapes have.
    "smithy.protocols#rpcv2Cbor",
    // Waits for outputs of operations as they are.
    "smithy.waiters#waitable",
    // Of one service, and of one protocol.
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#ec2QueryName",
    // Names members of an input, by enums of algorithms.
    "aws.protocols#httpChecksum",
    // Only beside another way to sign.
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpDigestAuth",
];

#[test]
fn random_models_have_every_trait_that_is_understood() {
    let all: String = (0..2000).map(|seed| model(&mut Choices::of_seed(seed)).to_string()).collect();
    let ids = include_str!("../../../src/model/traits/id.rs").split('"').skip(1).step_by(2);
    let missing: Vec<&str> = ids.filter(|id| !all.contains(&format!("\"{id}\"")) && !LEFT_OUT.contains(id)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
