use smithy_client_codegen::Emit;

use super::{Client, Manifest, Operations, is_bare, with_client, with_no_aws_lc, without_client};

const WRITTEN: &str = "\
# Ours.
directory = \"vendor/aws\"

[clients.dynamodb] # the store
model = \"botocore\"
operations = [\"GetItem\", \"PutItem\"]

# Keys.
[clients.kms]
model = \"models/kms.json\"
emit = \"types\"
default-features = false
features = [\"rustls-aws-lc\"]
";

#[test]
fn a_manifest_says_what_each_client_is() {
    let manifest = Manifest::read(WRITTEN).expect("it is one");
    assert_eq!(manifest.directory, "vendor/aws");
    let named = ["GetItem", "PutItem"].map(str::to_owned).to_vec();
    let dynamodb = Client { operations: Operations::Named(named), ..Client::default() };
    assert_eq!(manifest.clients["dynamodb"], dynamodb);
    let kms = Client {
        model: "models/kms.json".to_owned(),
        emit: Emit::Types,
        default_features: false,
        features: vec!["rustls-aws-lc".to_owned()],
        ..Client::default()
    };
    assert_eq!(manifest.clients["kms"], kms);
    assert_eq!(Manifest::read(""), Ok(Manifest::default()));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let refusal = |text: &str| Manifest::read(text).expect_err("it is wrong");
    insta::assert_snapshot!(refusal("[clients.kms]\noperation = \"all\"\n"), @r#"
    TOML parse error at line 2, column 1
      |
    2 | operation = "all"
      | ^^^^^^^^^
    unknown field `operation`, expected one of `model`, `service`, `operations`, `also`, `emit`, `package`, `dependency`, `patch`, `features`, `default-features`
    "#);
    let wrong = "# Ours.\ndirectory = \"a\"\n\n[clients.kms]\nmodel = \"m\"\npackage = \"a b\"\n";
    insta::assert_snapshot!(refusal(wrong), @r#"line 6: "a b" cannot be the name of a package: a package name is a letter, then letters, digits, `-` and `_`"#);
    insta::assert_snapshot!(refusal("\n[clients.\"a/b\"]"), @"line 2: a client cannot be called `a/b`: a name has letters, digits, `-` and `_`");
    insta::assert_snapshot!(refusal("clients.kms = { patch = \"1\" }"), @"line 1: `1` is no version of a package, such as 1.2.3");
    insta::assert_snapshot!(refusal("[clients.a]\n[clients.b]\npackage = \"a\""), @"line 2: the clients a and b would both be the package a");
    for text in [
        "directory = \"../clients\"",
        "directory = \"/clients\"",
        "directory = \"\"",
        "[clients.models]",
        "[clients.\"a/b\"]",
        "[clients.kms]\npackage = \"fn\"",
        "[clients.kms]\noperations = \"some\"",
        "[clients.kms]\noperations = []",
        "[clients.kms]\nemit = \"all\"",
        "[clients.kms]\npatch = \"1.2\"",
    ] {
        refusal(text);
    }
}

#[test]
fn a_client_comes_and_goes_and_the_rest_stays() {
    let added = with_client(WRITTEN, "sqs", &Client::default()).expect("it is TOML");
    assert_eq!(added, format!("{WRITTEN}\n[clients.sqs]\nmodel = \"botocore\"\noperations = \"auto\"\n"));
    assert_eq!(without_client(&added, "sqs").as_deref(), Ok(WRITTEN));
    assert_eq!(without_client(WRITTEN, "sqs").as_deref(), Ok(WRITTEN));
}

#[test]
fn aws_lc_is_left_out_by_a_line_above_the_clients() {
    let begun = with_client("", "sqs", &Client::default()).expect("it is TOML");
    let without = with_no_aws_lc(&begun).expect("it is TOML");
    insta::assert_snapshot!(without, @r#"
    # Clients of AWS services that `cargo smithy-client sync` emits.
    without-aws-lc = true

    [clients.sqs]
    model = "botocore"
    operations = "auto"
    "#);
    assert!(Manifest::read(&without).expect("it is one").without_aws_lc);
    assert!(!Manifest::read(&begun).expect("it is one").without_aws_lc);
    assert_eq!(with_no_aws_lc(&without).as_deref(), Ok(without.as_str()));
    assert!(is_bare(&without_client(&without, "sqs").expect("it is TOML")));
}

#[test]
fn the_first_client_makes_a_file() {
    let named = Operations::Named(vec!["GetItem".to_owned()]);
    let client = Client { operations: named, dependency: Some("aws-sdk-dynamodb".to_owned()), ..Client::default() };
    let text = with_client("", "dynamodb", &client).expect("it is TOML");
    insta::assert_snapshot!(text, @r#"
    # Clients of AWS services that `cargo smithy-client sync` emits.

    [clients.dynamodb]
    model = "botocore"
    dependency = "aws-sdk-dynamodb"
    operations = ["GetItem"]
    "#);
    assert_eq!(Manifest::read(&text).expect("it is one").clients["dynamodb"], client);
}
