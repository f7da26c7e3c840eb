//! The list of places is whole: nothing that holds text is new without being told about here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::places::{listed, places};
use crate::rich;

/// Which place each field of the model is filled from, for fields that hold text.
const FIELDS: &str = include_str!("fields.txt");

/// Traits that hold no text, so that the fixture need not have them.
const WITHOUT_TEXT: &[&str] = &[
    "smithy.api#box",
    "smithy.api#clientOptional",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpChecksumRequired",
    "smithy.api#requiresLength",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.rules#endpointBdd",
    "aws.api#clientDiscoveredEndpoint",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restXml",
    "aws.customizations#s3UnwrappedXmlOutput",
    "smithy.protocols#rpcv2Cbor",
    "smithy.protocols#rpcv2Json",
];

fn source(path: &str) -> String {
    let path = format!("{}/src/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
}

#[test]
fn every_place_of_the_fixture_is_listed_and_every_listed_place_is_in_it() {
    let found: BTreeSet<String> = places(&rich()).into_keys().collect();
    let listed: BTreeSet<String> = listed().into_iter().map(str::to_owned).collect();
    let new: Vec<_> = found.difference(&listed).map(String::as_str).collect();
    assert!(new.is_empty(), "not in places.txt:\n{}", new.join("\n"));
    let gone: Vec<_> = listed.difference(&found).map(String::as_str).collect();
    assert!(gone.is_empty(), "not in rich.json:\n{}", gone.join("\n"));
}

#[test]
fn every_trait_that_the_generator_reads_is_in_the_fixture() {
    let ids = source("model/traits/id.rs");
    let ids: BTreeSet<&str> = ids.split('"').filter(|part| part.contains('#') && !part.contains(' ')).collect();
    assert!(ids.len() > 50, "the ids of traits stand elsewhere: {ids:?}");
    let fixture = include_str!("rich.json");
    let lacking: Vec<_> =
        ids.into_iter().filter(|id| !WITHOUT_TEXT.contains(id) && !fixture.contains(&format!("\"{id}\""))).collect();
    assert!(lacking.is_empty(), "not in rich.json: {lacking:?}");
}

#[test]
fn every_field_of_the_model_that_holds_text_has_its_place() {
    let known: BTreeMap<&str, &str> = FIELDS.lines().filter_map(|line| line.split_once(" = ")).collect();
    let listed = listed();
    for (field, place) in &known {
        assert!(listed.contains(place), "{field} comes from a place that is not listed: {place}");
    }
    let files = ["model", "model/endpoint"].into_iter().flat_map(with_reexported);
    let files = files.chain(["model/endpoint/template.rs".to_owned()]);
    let items = files.flat_map(|path| syn::parse_file(&source(&path)).expect("the model is Rust").items);
    let mut fields = BTreeSet::new();
    for item in items {
        match item {
            // What is said of a model is not a part of it.
            syn::Item::Struct(item) if item.ident == "Problem" => {}
            syn::Item::Struct(item) => collect(&item.ident.to_string(), &item.fields, &mut fields),
            syn::Item::Enum(item) => {
                for variant in item.variants {
                    collect(&format!("{}::{}", item.ident, variant.ident), &variant.fields, &mut fields);
                }
            }
            _ => {}
        }
    }
    let new: Vec<_> = fields.iter().filter(|field| !known.contains_key(field.as_str())).cloned().collect();
    assert!(new.is_empty(), "not in fields.txt:\n{}", new.join("\n"));
    let gone: Vec<_> = known.keys().filter(|field| !fields.contains(**field)).collect();
    assert!(gone.is_empty(), "not in the model: {gone:?}");
}

/// The file of a module, and those of its folder whose items it has as its own.
fn with_reexported(module: &str) -> Vec<String> {
    let file = format!("{module}.rs");
    let text = source(&file);
    let exports = text.lines().filter_map(|line| line.strip_prefix("pub use self::")?.split_once("::"));
    let files: BTreeSet<String> = exports.map(|(name, _)| format!("{module}/{name}.rs")).chain([file]).collect();
    files.into_iter().collect()
}

/// The fields whose type holds text or JSON.
fn collect(owner: &str, fields: &syn::Fields, found: &mut BTreeSet<String>) {
    for (index, field) in fields.iter().enumerate() {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        let words = quote::ToTokens::to_token_stream(&field.ty).to_string();
        let words = words.split(|c: char| !c.is_alphanumeric());
        if words.into_iter().any(|word| ["String", "Value", "ShapeId"].contains(&word)) {
            found.insert(format!("{owner}.{name}"));
        }
    }
}
