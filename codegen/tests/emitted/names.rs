//! Names that Rust, the prelude or the emitted code itself would take otherwise.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] =
    &[cases, keywords, keyword_operations, prelude_names, own_names, error_like_names, family_words, builder_names];

fn cases() -> Fixture {
    let names = ["stageArn", "userID", "VPCIds", "S3Bucket", "ipv4Address", "HTTPSPort", "x_amz_id", "_2fa", "SHOUTED"];
    let members: Vec<String> = names.iter().map(|name| format!("{name}: String")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    Fixture::new("cases").structure("APIKeyURL", &members).carries(&["APIKeyURL"])
}

#[test]
fn names_are_snake_case_and_pascal_case_and_stay_as_they_were_on_the_wire() {
    insta::assert_snapshot!(table(&cases().types(&["ApiKeyUrl"])), @r#"
    shape! {
        all_optional ApiKeyUrl {
            0 stage_arn: "stageArn",
            1 user_id: "userID",
            2 vpc_ids: "VPCIds",
            3 s3_bucket: "S3Bucket",
            4 ipv4_address: "ipv4Address",
            5 https_port: "HTTPSPort",
            6 x_amz_id: "x_amz_id",
            7 _2_fa: "_2fa",
            8 shouted: "SHOUTED",
        }
    }
    "#);
}

#[test]
fn names_that_json_does_not_write_as_they_stand_are_marked() {
    let fixture = Fixture::new("odd-names")
        .structure(
            "Odd",
            &["plain: String", r#"quote: String @jsonName("a\"b")"#, r#"slash: String @jsonName("a\\b")"#],
        )
        .carries(&["Odd"]);
    insta::assert_snapshot!(table(&fixture.types(&["Odd"])), @r#"
    shape! {
        all_optional Odd {
            0 plain: "plain",
            1 quote: "a\"b" ESCAPED,
            2 slash: "a\\b" ESCAPED,
        }
    }
    "#);
}

/// The rows of the first table of a shape.
fn table(file: &str) -> &str {
    let table = file.find("shape! {").map(|start| &file[start..]);
    let table = table.unwrap_or_else(|| panic!("no table in:\n{file}"));
    table.split("\n\n").next().unwrap_or_default()
}

fn keywords() -> Fixture {
    Fixture::new("keywords")
        .structure(
            "Words",
            &[
                "type: String",
                "match: Integer @required",
                "self: String",
                "send: String",
                "build: String",
                "customize: String",
            ],
        )
        .union("Either", &["self: String", "type: String"])
        .carries(&["Words", "Either"])
}

#[test]
fn members_named_like_keywords_and_methods_are_escaped() {
    assert_snapshot("keywords", &keywords().types(&["Words", "Either"]));
}

fn keyword_operations() -> Fixture {
    let paginated = r#"{"inputToken": "token", "outputToken": "token"}"#;
    Fixture::new("keyword-operations").operation(
        &format!("Move @paginated({paginated})"),
        "POST /move",
        &["token: String"],
        &["token: String"],
        &[],
    )
}

#[test]
fn an_operation_named_like_a_keyword_has_a_raw_module_and_a_plain_file() {
    let fixture = keyword_operations();
    let items = [fixture.file("src/operation.rs"), fixture.items("src/operation/move.rs", &["Client"])];
    assert_snapshot("keyword_operation", &items.join("\n"));
    assert!(fixture.generated().files.contains_key("src/operation/move/paginator.rs"));
}

fn prelude_names() -> Fixture {
    Fixture::new("prelude-names")
        .structure("Option", &["some: String", "other: Option"])
        .structure("Vec", &["size: Integer"])
        .structure("Result", &["ok: Boolean", "string: Vec"])
        .union("Box", &["vec: Vec", "text: String"])
        .string_enum("Some", &["NONE @enumValue(\"none\")"])
        .list("Options", "Option")
        .structure(
            "Holder",
            &[
                "option: Option @required",
                "options: Options",
                "result: Result",
                "boxed: Box",
                "some: Some @required",
                "usual: Some @default(\"none\")",
                "text: String",
            ],
        )
        .carries(&["Holder"])
}

#[test]
fn a_structure_that_hides_a_name_of_the_prelude_is_spelled_with_its_path() {
    let fixture = prelude_names();
    let items = [fixture.types(&["Holder", "Option_"]), fixture.items("src/operation/carry.rs", &["CarryOutput"])];
    assert_snapshot("prelude_names", &items.join("\n"));
}

fn own_names() -> Fixture {
    Fixture::new("own-names")
        .structure("Client", &["config: Config"])
        .structure("Config", &["name: String"])
        .structure("Builder", &["shape: Shape"])
        .structure("Shape", &["fluent: Fluent"])
        .structure("Fluent", &["operation: Operation"])
        .structure("Operation", &["route: Route"])
        .structure("Route", &["segment: Segment"])
        .structure("Segment", &["hold: Hold"])
        .structure("Hold", &["handle: Handle"])
        .structure("Handle", &["blob: Blob", "at: Timestamp", "any: Document"])
        .structure("DateTime", &["at: Timestamp"])
        .structure("CarryError", &["code: String"])
        .structure("Error", &["message: String", "at: DateTime"])
        .carries(&["Client", "Error", "CarryError", "Builder"])
}

#[test]
fn a_structure_named_like_a_part_of_the_client_is_spelled_with_its_path() {
    let imports = own_names().file("src/operation/carry.rs");
    let imports: Vec<&str> = imports.lines().skip(2).take_while(|line| !line.starts_with("impl")).collect();
    let fields = own_names().items("src/operation/carry.rs", &["CarryInput"]);
    let fields = fields.split_once("\n}\n").map_or("", |(fields, _)| fields);
    assert_snapshot("own_names", &format!("{}{fields}\n}}\n", imports.join("\n")));
}

fn error_like_names() -> Fixture {
    Fixture::new("error-like-names")
        .structure("Unhandled @error(\"client\")", &["message: String"])
        .structure("Generic @error(\"client\")", &["message: String"])
        .structure("Meta @error(\"server\")", &["meta: String", "code: String"])
        .operation("DoIt", "POST /do", &[], &[], &["Unhandled", "Generic", "Meta"])
}

#[test]
fn an_exception_named_like_a_part_of_errors_leaves_that_part_alone() {
    assert_snapshot("error_like_names", &error_like_names().items("src/operation/do_it.rs", &["DoItError"]));
}

fn family_words() -> Fixture {
    Fixture::new("family-words")
        .structure("Error", &["text: String"])
        .structure("Builders", &["text: String"])
        .structure("Self", &["text: String"])
        .structure("Type", &["text: String"])
        .structure("TypeOther", &["text: String"])
        .structure("Types", &["text: String"])
        .carries(&["Error", "Builders", "Self", "Type", "TypeOther", "Types"])
}

#[test]
fn files_of_types_are_named_after_words_and_never_after_modules_of_the_crate() {
    assert_snapshot("family_words", &family_words().file("src/types.rs"));
}

pub(crate) fn builder_names() -> Fixture {
    Fixture::new("builder-names")
        .structure("Image", &["id: String", "builder: ImageBuilder"])
        .structure("ImageBuilder", &["id: String @required", "image: Image"])
        .structure("ImageBuilderBuilder", &["id: String"])
        .structure("Draft", &["id: String"])
        .structure("Gone @error(\"client\")", &["builder: ImageBuilder"])
        .structure("GoneBuilder @error(\"client\")", &["size: Integer @required"])
        .operation(
            "Make",
            "POST /make",
            &["image: Image", "builder: ImageBuilder", "other: ImageBuilderBuilder", "draft: Draft"],
            &[],
            &["Gone", "GoneBuilder"],
        )
}

#[test]
fn builders_have_the_names_that_aws_gives_them_beside_structures_of_the_same_name() {
    let fixture = builder_names();
    let items = [
        fixture.file("src/types.rs"),
        fixture.file("src/types/error.rs"),
        fixture.items("src/types/image.rs", &["Image"]),
    ];
    assert_snapshot("builder_names", &items.join("\n"));
}
