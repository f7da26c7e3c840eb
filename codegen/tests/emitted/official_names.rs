//! The names of AWS's own crates: for the services whose lists of items and whose models are at hand, every type, field,
//! variant, builder, setter and module of operations is looked for among the emitted ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use proc_macro2::{TokenStream, TokenTree};
use smithy_client_codegen::{Emit, Options, RuntimeDependency, Source, Writer, generate};
use syn::{Fields, Item};

/// Lists of items, and models of the same time or later.
const SERVICES: [(&str, &str); 6] = [
    ("aws-sdk-dynamodb-1.70.0.txt", "aws/dynamodb-2012-08-10.json"),
    ("aws-sdk-dynamodb-1.70.0.txt", "aws-2026/dynamodb.json"),
    ("aws-sdk-kms-1.65.0.txt", "aws-2026/kms.json"),
    ("aws-sdk-secretsmanager-1.68.0.txt", "aws/secrets-manager-2017-10-17.json"),
    ("aws-sdk-sqs-1.63.0.txt", "aws/sqs-2012-11-05.json"),
    ("aws-sdk-ssm-1.73.0.txt", "aws/ssm-2014-11-06.json"),
];

#[test]
fn names_are_those_of_the_crates_of_aws() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let mut checked = 0;
    for (list, model) in SERVICES {
        let paths = [shared.join("compat/services").join(list), shared.join("models").join(model)];
        let [Some(list), Some(model)] = paths.map(|path| fs::read_to_string(path).ok()) else {
            println!("skipped: not found: {list} or {model}");
            continue;
        };
        let known = known(&model);
        let official: BTreeSet<String> = official(&list).into_iter().filter(|path| is_of(path, &known)).collect();
        let ours = emitted(model);
        let missing: Vec<&String> = official.difference(&ours).collect();
        assert!(missing.is_empty(), "{} of {} names differ: {missing:#?}", missing.len(), official.len());
        checked += official.len();
    }
    println!("{checked} names are those of the crates of AWS");
}

/// The paths of a list: `types::Message::body`.
fn official(list: &str) -> BTreeSet<String> {
    let items = list.lines().filter_map(|line| {
        let mut columns = line.split('\t');
        let (kind, path, rest) = (columns.next()?, columns.next()?.strip_prefix("CRATE::")?, columns.next());
        let is_setter = kind == "method" && path.contains("Builder::set_") || path.contains("Builder::get_");
        // No row of a table gives it: every exception has it.
        let is_setter = is_setter && !path.ends_with("::set_meta");
        // The unit structs named after operations are plumbing, which no emitted crate has.
        let is_unit = rest == Some("unit");
        let is_name = matches!(kind, "field" | "variant" | "struct" | "enum") && !is_unit || is_setter;
        let is_told = path.starts_with("types::") || path.starts_with("operation::");
        (is_name && is_told && !path.contains("::paginator::")).then(|| path.replace("r#", ""))
    });
    items.collect()
}

/// The letters and digits of what a model names: shapes, members, and values of enums.
fn known(model: &str) -> BTreeSet<String> {
    fn names(value: &Value, found: &mut BTreeSet<String>) {
        for (name, value) in value.as_object().into_iter().flatten() {
            found.insert(letters(name.rsplit('#').next().unwrap_or_default()));
            names(value, found);
        }
    }
    let mut found = BTreeSet::from(["unknown".to_owned(), "unhandled".to_owned(), "message".to_owned()]);
    names(&serde_json::from_str(model).expect("the model is JSON"), &mut found);
    found
}

fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Whether a model names the type of a path and, if it has one, the member: a list may be of a later model.
fn is_of(path: &str, known: &BTreeSet<String>) -> bool {
    let endings = ["builder", "fluentbuilder", "inputbuilder", "outputbuilder", "input", "output", "error", "value"];
    let is_known = |name: &str| {
        let name = letters(name.trim_start_matches("set_").trim_start_matches("get_"));
        let whole = known.contains(&name);
        whole || endings.iter().any(|ending| name.strip_suffix(ending).is_some_and(|name| known.contains(name)))
    };
    let is_module = |part: &&str| ["types", "operation", "builders", "error"].contains(part);
    path.split("::").skip_while(is_module).filter(|part| !is_module(part)).all(is_known)
}

/// The same paths of the crate that is emitted for a model.
fn emitted(model: String) -> BTreeSet<String> {
    let options = Options {
        crate_name: None,
        crate_version: None,
        runtime: RuntimeDependency::Version("0.1.0".to_owned()),
        standalone: false,
        emit: Emit::Client,
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    };
    let source = Source { name: "model".to_owned(), text: model };
    let generated = generate(&[source], &options).unwrap_or_else(|report| panic!("{report}"));
    let mut names = BTreeSet::new();
    for (path, text) in &generated.files {
        let path = PathBuf::from(path.strip_prefix("src/").unwrap_or_default());
        let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
        let module = match parts.as_slice() {
            ["types", "error.rs"] | ["types", "error", _] => "types::error".to_owned(),
            ["types", _] => "types".to_owned(),
            ["operation", file] => format!("operation::{}", file.trim_end_matches(".rs")),
            _ => continue,
        };
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        file.items.iter().for_each(|item| collect(item, &module, &mut names));
    }
    names
}

fn collect(item: &Item, module: &str, names: &mut BTreeSet<String>) {
    // A file defines a type under another name where its own would hide one of the prelude.
    let own = |name: &syn::Ident| name.to_string().trim_end_matches('_').to_owned();
    match item {
        Item::Struct(structure) => {
            let path = format!("{module}::{}", own(&structure.ident));
            if let Fields::Named(fields) = &structure.fields {
                let fields = fields.named.iter().filter_map(|field| field.ident.as_ref());
                names.extend(fields.map(|field| format!("{path}::{field}").replace("r#", "")));
            }
            names.insert(path);
        }
        Item::Enum(enumeration) => {
            let path = format!("{module}::{}", own(&enumeration.ident));
            names.extend(enumeration.variants.iter().map(|variant| format!("{path}::{}", variant.ident)));
            names.insert(path);
        }
        Item::Type(alias) => {
            let module = module.trim_end_matches("::builders");
            names.insert(format!("{module}::builders::{}", alias.ident));
        }
        Item::Mod(inner) => {
            let items = inner.content.iter().flat_map(|(_, items)| items);
            items.for_each(|item| collect(item, &format!("{module}::{}", inner.ident), names));
        }
        Item::Macro(table) if table.mac.path.is_ident("string_enum") => {
            let tokens = table.mac.tokens.clone();
            let enumeration: syn::ItemEnum = syn::parse2(tokens).expect("the table of an enum is an enum");
            let path = format!("{module}::{}", own(&enumeration.ident));
            names.insert(format!("{path}::Unknown"));
            collect(&Item::Enum(enumeration), module, names);
        }
        Item::Macro(table) if table.mac.path.is_ident("methods") || table.mac.path.is_ident("draft_methods") => {
            setters(table.mac.tokens.clone(), module.trim_end_matches("::builders"), names);
        }
        _ => {}
    }
}

/// The methods that a table of methods gives to a builder, and to the fluent builder where it is that of an input.
fn setters(table: TokenStream, module: &str, names: &mut BTreeSet<String>) {
    let mut builder = None;
    for token in table {
        let TokenTree::Group(rows) = token else {
            // The builder is the one of the two types whose name ends so, or the longer one.
            if let TokenTree::Ident(name) = &token {
                let name = name.to_string().trim_end_matches('_').to_owned();
                let is_longer = |known: &String| name.len() > known.len();
                if name.ends_with("Builder") && builder.as_ref().is_none_or(is_longer) {
                    builder = Some(name);
                }
            }
            continue;
        };
        let Some(builder) = builder.clone() else { continue };
        let row = rows.stream().into_iter().filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        for name in row.filter(|name| name.starts_with("set_") || name.starts_with("get_")) {
            names.insert(format!("{module}::builders::{builder}::{name}"));
            let operation = builder.strip_suffix("InputBuilder").filter(|_| module.starts_with("operation::"));
            if let Some(operation) = operation {
                names.insert(format!("{module}::builders::{operation}FluentBuilder::{name}"));
            }
        }
    }
}
