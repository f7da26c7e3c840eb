//! What each change makes of manifests in all the forms that people write.

use super::{CargoToml, Dependency, Kind, Origin, Table};

fn ours() -> Dependency {
    Dependency {
        package: "dynamodb".to_owned(),
        path: "clients/dynamodb".to_owned(),
        default_features: true,
        features: Vec::new(),
    }
}

fn featured() -> Dependency {
    Dependency { default_features: false, features: vec!["rt-tokio".to_owned()], ..ours() }
}

fn changed(text: &str, change: impl Fn(&mut CargoToml) -> Result<(), String>) -> String {
    let mut manifest = CargoToml::parse(text).expect("it is TOML");
    assert_eq!(manifest.text(), text, "what is read is written back");
    match change(&mut manifest) {
        Ok(()) => manifest.text(),
        Err(error) => format!("error: {error}"),
    }
}

/// A manifest with the entry in `[dependencies]`, after it is replaced by ours.
fn replaced(entry: &str) -> String {
    let text = format!("[dependencies]\n# Above\n{entry}\nzz = \"1\" # last\n");
    changed(&text, |manifest| manifest.replace_dependency(&Table::NORMAL, "aws-sdk-dynamodb", &featured()))
}

#[test]
fn a_dependency_is_replaced_in_the_form_that_it_has() {
    insta::assert_snapshot!(replaced("aws-sdk-dynamodb = \"1.2\" # the table"), @r#"
    [dependencies]
    # Above
    aws-sdk-dynamodb = { package = "dynamodb", path = "clients/dynamodb", default-features = false, features = ["rt-tokio"] } # the table
    zz = "1" # last
    "#);
    insta::assert_snapshot!(replaced("aws-sdk-dynamodb = { version = \"1.2\", features = [\"test-util\"], optional = true } # x"), @r#"
    [dependencies]
    # Above
    aws-sdk-dynamodb = { package = "dynamodb", path = "clients/dynamodb", features = ["rt-tokio"], optional = true, default-features = false } # x
    zz = "1" # last
    "#);
    insta::assert_snapshot!(replaced("aws-sdk-dynamodb = {version=\"1\",default-features=false,features=[\"rt-tokio\"]}"), @r#"
    [dependencies]
    # Above
    aws-sdk-dynamodb = { package = "dynamodb", path = "clients/dynamodb", default-features = false, features = ["rt-tokio"] }
    zz = "1" # last
    "#);
    insta::assert_snapshot!(replaced("aws-sdk-dynamodb.version = \"1\"\naws-sdk-dynamodb.optional = true # o"), @r#"
    [dependencies]
    # Above
    aws-sdk-dynamodb.package = "dynamodb"
    aws-sdk-dynamodb.path = "clients/dynamodb"
    aws-sdk-dynamodb.optional = true # o
    aws-sdk-dynamodb.default-features = false
    aws-sdk-dynamodb.features = ["rt-tokio"]
    zz = "1" # last
    "#);
    insta::assert_snapshot!(replaced("aws-sdk-dynamodb.git = \"https://x\" # why\naws-sdk-dynamodb.tag = \"v1\""), @r#"
    [dependencies]
    # Above
    aws-sdk-dynamodb.package = "dynamodb"
    aws-sdk-dynamodb.path = "clients/dynamodb" # why
    aws-sdk-dynamodb.default-features = false
    aws-sdk-dynamodb.features = ["rt-tokio"]
    zz = "1" # last
    "#);
    insta::assert_snapshot!(replaced("\"aws-sdk-dynamodb\" = '1'"), @r#"
    [dependencies]
    # Above
    "aws-sdk-dynamodb" = { package = "dynamodb", path = "clients/dynamodb", default-features = false, features = ["rt-tokio"] }
    zz = "1" # last
    "#);
    insta::assert_snapshot!(replaced("aws-sdk-dynamodb = {\n  version = \"1\", # pinned\n  optional = true,\n}"), @r#"
    [dependencies]
    # Above
    aws-sdk-dynamodb = { # pinned
      optional = true, package = "dynamodb", path = "clients/dynamodb", default-features = false, features = ["rt-tokio"] ,
    }
    zz = "1" # last
    "#);
}

#[test]
fn a_table_of_its_own_stays_one() {
    let text = "[package]\nname = \"a\"\n\n# Ours\n[dependencies.aws-sdk-dynamodb] # here\n# pinned\nversion = \"1\" # since May\noptional = true # o\nfeatures = [\n  \"test-util\", # t\n]\n\n[dependencies]\nb = \"1\"\n";
    insta::assert_snapshot!(changed(text, |m| m.replace_dependency(&Table::NORMAL, "aws-sdk-dynamodb", &ours())), @r#"
    [package]
    name = "a"

    # Ours
    [dependencies.aws-sdk-dynamodb] # here
    # pinned
    package = "dynamodb"
    path = "clients/dynamodb" # since May
    optional = true # o

    [dependencies]
    b = "1"
    "#);
    let renamed = "[dependencies.ddb]\npackage = \"aws-sdk-dynamodb\"\nversion = \"1\"\n";
    insta::assert_snapshot!(changed(renamed, |m| m.replace_dependency(&Table::NORMAL, "ddb", &ours())), @r#"
    [dependencies.ddb]
    package = "dynamodb"
    path = "clients/dynamodb"
    "#);
}

#[test]
fn a_name_that_is_the_package_s_own_needs_no_package() {
    let text = "[dependencies]\ndynamodb = { package = \"aws-sdk-dynamodb\", version = \"1\" }\n";
    insta::assert_snapshot!(changed(text, |m| m.replace_dependency(&Table::NORMAL, "dynamodb", &ours())), @r#"
    [dependencies]
    dynamodb = { path = "clients/dynamodb" }
    "#);
}

#[test]
fn every_table_is_found() {
    let text = r#"[package]
name = "a"
[dependencies]
aws-sdk-sqs = { workspace = true, optional = true, features = ["test-util"] }
aws-sdk-sns.workspace = true
[dev_dependencies]
ddb = { package = "aws-sdk-dynamodb", version = "1", default_features = false }
[build-dependencies]
aws-sdk-kms = { git = "https://example.com", branch = "x" }
[target.'cfg(unix)'.dependencies]
aws-sdk-ssm = { path = "../ssm", version = "1" }
[target.x86_64-unknown-linux-gnu]
dev-dependencies = { aws-sdk-s3 = "1.1" }
[workspace.dependencies]
aws-sdk-iam = { version = "1", registry = "inside" }
odd = { features = [] }
"#;
    let manifest = CargoToml::parse(text).expect("it is TOML");
    let line = |entry: super::Entry| {
        let default = entry.default_features;
        let Entry { table, name, package, origin, features, is_optional, .. } = entry;
        format!("{table} {name} is {package}, {origin:?}, {features:?}, {default:?}, {is_optional}\n")
    };
    use super::Entry;
    let lines: String = manifest.dependencies().into_iter().map(line).collect();
    insta::assert_snapshot!(lines, @r#"
    [dependencies] aws-sdk-sqs is aws-sdk-sqs, Workspace, ["test-util"], None, true
    [dependencies] aws-sdk-sns is aws-sdk-sns, Workspace, [], None, false
    [dev-dependencies] ddb is aws-sdk-dynamodb, Registry("1"), [], Some(false), false
    [build-dependencies] aws-sdk-kms is aws-sdk-kms, Git("https://example.com"), [], None, false
    [target.'cfg(unix)'.dependencies] aws-sdk-ssm is aws-sdk-ssm, Path("../ssm"), [], None, false
    [target.'x86_64-unknown-linux-gnu'.dev-dependencies] aws-sdk-s3 is aws-sdk-s3, Registry("1.1"), [], None, false
    [workspace.dependencies] aws-sdk-iam is aws-sdk-iam, OtherRegistry("inside"), [], None, false
    [workspace.dependencies] odd is odd, Unknown, [], None, false
    "#);
    assert_eq!(manifest.package(), Some("a"));
    assert!(manifest.is_workspace());
    let development = Table::Package { kind: Kind::Development, target: None };
    let replaced = changed(text, |m| m.replace_dependency(&development, "ddb", &ours()));
    assert!(
        replaced.contains("[dev_dependencies]\nddb = { package = \"dynamodb\", path = \"clients/dynamodb\" }\n"),
        "{replaced}"
    );
    let target = Table::Package { kind: Kind::Development, target: Some("x86_64-unknown-linux-gnu".to_owned()) };
    let replaced = changed(text, |m| m.replace_dependency(&target, "aws-sdk-s3", &ours()));
    insta::assert_snapshot!(replaced.lines().find(|line| line.contains("aws-sdk-s3")).unwrap_or_default(), @r#"dev-dependencies = { aws-sdk-s3 = { package = "dynamodb", path = "clients/dynamodb" } }"#);
    assert_eq!(manifest.dependency(&Table::NORMAL, "aws-sdk-sqs").map(|entry| entry.origin), Some(Origin::Workspace));
    assert_eq!(manifest.dependency(&Table::NORMAL, "ddb"), None);
}

#[test]
fn a_dependency_is_added_where_it_belongs() {
    let add = |text: &str| changed(text, |m| m.add_dependency(&Table::NORMAL, "dynamodb", &ours()));
    insta::assert_snapshot!(add("[dependencies]\n# a\na = \"1\"\n# e\ne.version = \"1\"\ne.features = [\"x\"]\n\n[features]\nx = []\n"), @r#"
    [dependencies]
    # a
    a = "1"
    dynamodb = { path = "clients/dynamodb" }
    # e
    e.version = "1"
    e.features = ["x"]

    [features]
    x = []
    "#);
    insta::assert_snapshot!(add("[dependencies]\nz = \"1\"\na = \"1\"\n\n# Features\n[features]\nx = []\n"), @r#"
    [dependencies]
    z = "1"
    a = "1"
    dynamodb = { path = "clients/dynamodb" }

    # Features
    [features]
    x = []
    "#);
    insta::assert_snapshot!(add("[package]\nname = \"a\"\n"), @r#"
    [package]
    name = "a"

    [dependencies]
    dynamodb = { path = "clients/dynamodb" }
    "#);
    insta::assert_snapshot!(add("[package]\nname = \"a\"\n\n[dependencies.z]\nversion = \"1\"\n"), @r#"
    [package]
    name = "a"

    [dependencies]
    dynamodb = { path = "clients/dynamodb" }

    [dependencies.z]
    version = "1"
    "#);
    insta::assert_snapshot!(add("dependencies = { a = \"1\" }\n"), @r#"dependencies = { a = "1", dynamodb = { path = "clients/dynamodb" } }"#);
    insta::assert_snapshot!(add("[dependencies]\ndynamodb = \"1\"\n"), @r#"
    [dependencies]
    dynamodb = { path = "clients/dynamodb" }
    "#);
    insta::assert_snapshot!(add("dependencies = 3\n"), @"error: [dependencies] is not a table");
    let unix = Table::Package { kind: Kind::Development, target: Some("cfg(unix)".to_owned()) };
    insta::assert_snapshot!(changed("[package]\nname = \"a\"\n", |m| m.add_dependency(&unix, "aws-sdk-dynamodb", &featured())), @r#"
    [package]
    name = "a"

    [target."cfg(unix)".dev-dependencies]
    aws-sdk-dynamodb = { package = "dynamodb", path = "clients/dynamodb", default-features = false, features = ["rt-tokio"] }
    "#);
}

#[test]
fn a_dependency_goes_with_what_speaks_of_it() {
    let text = r#"[package]
name = "a"

[features]
default = ["db", "x"]
db = ["dep:dynamodb", "dynamodb/serde"]
x = [
    "dynamodb?/test-util", # weak
    # other
    "y",
]
y = []

[target.'cfg(unix)'.dependencies]
dynamodb = { path = "clients/dynamodb", optional = true }

[dependencies]
# b
b = "1"
"#;
    let unix = Table::Package { kind: Kind::Normal, target: Some("cfg(unix)".to_owned()) };
    insta::assert_snapshot!(changed(text, |m| m.remove_dependency(&unix, "dynamodb")), @r#"
    [package]
    name = "a"

    [features]
    default = ["db", "x"]
    db = []
    x = [ # weak
        # other
        "y",
    ]
    y = []

    [dependencies]
    # b
    b = "1"
    "#);
    insta::assert_snapshot!(changed(text, |m| m.remove_dependency(&Table::NORMAL, "dynamodb")), @"error: [dependencies] has no `dynamodb`");
}

#[test]
fn features_that_we_call_otherwise_are_mapped() {
    let text = r#"[dependencies]
ddb = { package = "aws-sdk-dynamodb", version = "1", optional = true }
kms = "1"
[features]
a = ["ddb/rustls", "kms/rustls"]
b = ["ddb?/gated-tests"]
c = [
    # one
    "ddb/gated-tests",
    "ddb/test-util",
    "d", # five
    "ddb?/gated-tests",
]
d = ["ddb"]
e = ["kms/gated-tests"]
"#;
    let meaning = |feature: &str| match feature {
        "rustls" => vec!["default-https-client".to_owned(), "rt-tokio".to_owned()],
        "gated-tests" => Vec::new(),
        other => vec![other.to_owned()],
    };
    let map = |m: &mut CargoToml| {
        m.map_features("ddb", meaning);
        m.map_features("kms", meaning);
        Ok(())
    };
    insta::assert_snapshot!(changed(text, map), @r#"
    [dependencies]
    ddb = { package = "aws-sdk-dynamodb", version = "1", optional = true }
    kms = "1"
    [features]
    a = ["ddb/default-https-client", "ddb/rt-tokio", "kms/default-https-client", "kms/rt-tokio"]
    b = []
    c = [
        # one
        "ddb",
        "ddb/test-util",
        "d", # five
    ]
    d = ["ddb"]
    e = []
    "#);
    let explicit = changed(&text.replace("d = [\"ddb\"]", "d = [\"dep:ddb\"]"), map);
    assert!(explicit.contains("    # one\n    \"dep:ddb\",\n"), "{explicit}");
}

#[test]
fn inherited_dependencies_get_other_features_and_stay_inherited() {
    let text = "[dependencies]\naws-sdk-sqs = { workspace = true, features = [\"gated-tests\"] }\naws-sdk-sns = { features = [\"gated-tests\"], workspace = true, optional = true }\n";
    let none: [String; 0] = [];
    let one = ["serde".to_owned()];
    let change = |m: &mut CargoToml| {
        m.set_features(&Table::NORMAL, "aws-sdk-sqs", &none)?;
        m.set_features(&Table::NORMAL, "aws-sdk-sns", &one)
    };
    insta::assert_snapshot!(changed(text, change), @r#"
    [dependencies]
    aws-sdk-sqs = { workspace = true }
    aws-sdk-sns = { features = ["serde"], workspace = true, optional = true }
    "#);
}

#[test]
fn a_folder_is_excluded_once() {
    let exclude = |text: &str| changed(text, |m| m.exclude("clients").and_then(|()| m.exclude("./clients/")));
    insta::assert_snapshot!(exclude("[workspace]\nmembers = [\"a\"]\n\n[workspace.dependencies]\nb = \"1\"\n"), @r#"
    [workspace]
    members = ["a"]
    exclude = ["clients"]

    [workspace.dependencies]
    b = "1"
    "#);
    insta::assert_snapshot!(exclude("[workspace]\nexclude = [\"old\"] # o\n"), @r#"
    [workspace]
    exclude = ["old", "clients"] # o
    "#);
    insta::assert_snapshot!(exclude("[workspace]\nexclude = [\n    \"old\", # o\n    \"new\" # n\n]\n"), @r#"
    [workspace]
    exclude = [
        "old", # o
        "new", # n
        "clients",
    ]
    "#);
    insta::assert_snapshot!(exclude("[workspace]\nexclude = [\n    \"old\", # o\n    \"new\", # n\n]\n"), @r#"
    [workspace]
    exclude = [
        "old", # o
        "new", # n
        "clients",
    ]
    "#);
    insta::assert_snapshot!(exclude("[workspace.dependencies]\nb = \"1\"\n"), @r#"
    [workspace]
    exclude = ["clients"]
    [workspace.dependencies]
    b = "1"
    "#);
    insta::assert_snapshot!(exclude("[workspace]\nexclude = true\n"), @"error: `exclude` of [workspace] is not an array");
    insta::assert_snapshot!(exclude("[package]\nname = \"a\"\n"), @r#"
    [package]
    name = "a"
    "#);
}

#[test]
fn line_ends_and_marks_stay() {
    let text = "\u{feff}[dependencies]\r\n# one\r\naws-sdk-dynamodb = \"1\"\r\n";
    let mut manifest = CargoToml::parse(text).expect("it is TOML");
    manifest.replace_dependency(&Table::NORMAL, "aws-sdk-dynamodb", &ours()).expect("it is there");
    assert_eq!(
        manifest.text(),
        "\u{feff}[dependencies]\r\n# one\r\naws-sdk-dynamodb = { package = \"dynamodb\", path = \"clients/dynamodb\" }\r\n"
    );
}

#[test]
fn patches_are_found() {
    let text = "[patch.crates-io]\nddb = { package = \"aws-sdk-dynamodb\", path = \"x\" }\n[patch.\"https://x\"]\naws-sdk-sqs = { path = \"y\" }\n[replace]\n\"aws-sdk-dynamodb:1.0.0\" = { path = \"z\" }\n";
    let manifest = CargoToml::parse(text).expect("it is TOML");
    assert_eq!(manifest.patches("aws-sdk-dynamodb"), ["[patch.crates-io]", "[replace]"]);
    assert_eq!(manifest.patches("aws-sdk-sqs"), ["[patch.https://x]"]);
    assert!(manifest.patches("aws-sdk-kms").is_empty());
}

#[test]
fn patches_come_and_go() {
    let add = |text: &str| changed(text, |m| m.add_patch("aws-sdk-sts", "clients/aws-sdk-sts"));
    let bare = "[package]\nname = \"a\"\n\n[dependencies]\nb = \"1\" # b\n";
    let added = add(bare);
    insta::assert_snapshot!(added, @r#"
    [package]
    name = "a"

    [dependencies]
    b = "1" # b

    [patch.crates-io]
    aws-sdk-sts = { path = "clients/aws-sdk-sts" }
    "#);
    assert_eq!(add(&added), added);
    let remove = |m: &mut CargoToml| {
        m.remove_patch("aws-sdk-sts");
        Ok(())
    };
    assert_eq!(changed(&added, remove), bare);
    let others = "[patch.crates-io]\n# ours\nx = { path = \"x\" }\naws-sdk-sts = { path = \"old\" } # sts\n";
    let moved = add(others);
    insta::assert_snapshot!(moved, @r#"
    [patch.crates-io]
    # ours
    x = { path = "x" }
    aws-sdk-sts = { path = "clients/aws-sdk-sts" } # sts
    "#);
    insta::assert_snapshot!(changed(&moved, remove), @r#"
    [patch.crates-io]
    # ours
    x = { path = "x" }
    "#);
    let manifest = CargoToml::parse(&moved).expect("it is TOML");
    let folders = manifest.patched_folders();
    let folders: Vec<(&str, &str)> = folders.iter().map(|(name, folder)| (name.as_str(), folder.as_str())).collect();
    assert_eq!(folders, [("x", "x"), ("aws-sdk-sts", "clients/aws-sdk-sts")]);
    insta::assert_snapshot!(add("patch = 1\n"), @"error: [patch.crates-io] is not a table");
}

#[test]
fn what_is_no_toml_is_told_with_its_place() {
    let error = CargoToml::parse("[dependencies\n").expect_err("a bracket is missing");
    insta::assert_snapshot!(error, @r"
    TOML parse error at line 1, column 14
      |
    1 | [dependencies
      |              ^
    unclosed table, expected `]`
    ");
}

/// A manifest after a dependency was replaced by ours and put back, if that is not what it was.
fn there_and_back(entry: &str) -> Option<String> {
    let text = format!(
        "[features]\na = [\"x\", \"dep:old\", \"old/rustls\", \"old?/rt-tokio\"]\n\n[dependencies]\n# Above\n{entry}\nzz = \"1\" # last\n"
    );
    let text = if entry.starts_with('[') { text.replace("zz = \"1\" # last\n", "") } else { text };
    let back = changed(&text, |manifest| {
        let (held, mentions) = (manifest.entry_text(&Table::NORMAL, "old"), manifest.mentions("old"));
        manifest.replace_dependency(&Table::NORMAL, "old", &featured())?;
        manifest.map_features("old", |_| vec!["rustls-aws-lc".to_owned()]);
        assert!(manifest.text().contains("clients/dynamodb") && manifest.text().contains("old?/rustls-aws-lc"));
        manifest.put_back(&Table::NORMAL, "old", &held.ok_or("it is there")?)?;
        manifest.put_back_mentions("old", &mentions);
        Ok(())
    });
    (back != text).then_some(back)
}

#[test]
fn what_was_replaced_is_put_back_as_it_was() {
    for entry in [
        "old = \"1.2\" # the table",
        "old = {version=\"1\",features=[\"test-util\"] , optional = true} # x",
        "old = { version = \"1\", features = [\n  # why\n  \"test-util\",\n] }",
        "old.version = \"1\"\nold.optional = true # o",
        "[dependencies.old]\n# which\nversion = \"1\"\ndefault-features = false # none\nfeatures = [\"test-util\"]",
    ] {
        assert_eq!(there_and_back(entry), None, "{entry}");
    }
}

#[test]
fn a_dependency_gets_another_name_in_its_place() {
    let text = "\
[features]
a = [\"dep:b\", \"b/x\", \"b?/y\", \"bb/z\"]

[dependencies]
a = \"1\" # first
# Ours.
b = { path = \"clients/b\", optional = true } # why
c.version = \"2\" # other
c.optional = true

[dependencies.d]
version = \"1\"
";
    insta::assert_snapshot!(changed(text, |manifest| manifest.rename_dependency(&Table::NORMAL, "b", "queue")), @r#"
    [features]
    a = ["dep:queue", "queue/x", "queue?/y", "bb/z"]

    [dependencies]
    a = "1" # first
    # Ours.
    queue = { path = "clients/b", optional = true } # why
    c.version = "2" # other
    c.optional = true

    [dependencies.d]
    version = "1"
    "#);
    insta::assert_snapshot!(changed(text, |manifest| manifest.rename_dependency(&Table::NORMAL, "b", "a")), @"error: [dependencies] has a `a` already");
    insta::assert_snapshot!(changed(text, |manifest| manifest.rename_dependency(&Table::NORMAL, "bb", "a")), @"error: [dependencies] has a `a` already");
}

#[test]
fn packages_are_built_whole_and_as_before_again() {
    let whole = |text: &str| {
        let built = changed(text, |manifest| {
            manifest.build_whole("dynamodb")?;
            manifest.build_whole("sqs")?;
            manifest.build_whole("sqs")
        });
        let back = changed(&built, |manifest| {
            ["dynamodb", "sqs", "kms"].iter().for_each(|package| manifest.forget_build(package));
            Ok(())
        });
        assert_eq!(back, text);
        built
    };
    insta::assert_snapshot!(whole("[package]\nname = \"a\"\n"), @r#"
    [package]
    name = "a"

    # Emitted as a whole: built without what only helps where a part of a package changes.
    [profile.dev.package]
    dynamodb = { incremental = false }
    sqs = { incremental = false }
    "#);
    insta::assert_snapshot!(whole("[profile.dev]\ndebug = 1\n\n[profile.dev.package.sqs]\nopt-level = 1\n"), @r#"
    [profile.dev]
    debug = 1

    [profile.dev.package]
    dynamodb = { incremental = false }

    [profile.dev.package.sqs]
    opt-level = 1
    incremental = false
    "#);
    insta::assert_snapshot!(whole("[profile]\ndev.package = { \"*\" = { opt-level = 1 } }\n"), @r#"
    [profile]
    dev.package = { "*" = { opt-level = 1 } , dynamodb = { incremental = false }, sqs = { incremental = false } }
    "#);
}

#[test]
fn what_a_person_says_of_how_a_package_is_built_stays() {
    let text = "[profile.dev.package]\nsqs = { incremental = true }\n";
    assert_eq!(changed(text, |manifest| manifest.build_whole("sqs")), text);
    let forgotten = changed(text, |manifest| {
        manifest.forget_build("sqs");
        Ok(())
    });
    assert_eq!(forgotten, text);
    assert_eq!(
        changed("profile = 1\n", |manifest| manifest.build_whole("sqs")),
        "error: [profile.dev.package] is not a table"
    );
}
