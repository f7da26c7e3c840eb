//! What is sliced for snippets of programs.

use crate::service::{usage, used};

/// What a snippet is about, the snippet, and what is used by it.
const PROGRAMS: &[(&str, &str, &str)] = &[
    ("nothing is called", "fn main() { println!(\"hello\"); }", ""),
    ("a call", "client.get_item().key(\"a\").send().await?;", "GetItem"),
    ("a chain over lines", "client\n    .get_item()\n    .key(\"a\")\n    .send()\n    .await?;", "GetItem"),
    ("in a macro", "tokio::join!(client.get_item().send(), a);\nvec![client.query()]", "GetItem Query"),
    ("a name that a macro takes", "call!(client, get_item);", "GetItem"),
    ("in a definition of a macro", "macro_rules! get { ($c:expr) => { $c.get_item().send() } }", "GetItem"),
    ("a turbofish", "send::<GetItemInput, _>(input).await?; parse::<HttpHeader>();", "GetItem HTTPHeader"),
    ("a path to a function", "let call = Client::get_item;", "GetItem"),
    ("a rule of a mock", "aws_smithy_mocks::mock!(Client::get_item)", "GetItem"),
    ("a nested use", "use shop::{operation::{get_item::{GetItemError as E}, list_tags}, Client};", "GetItem ListTags"),
    ("a glob of a module", "use shop::operation::get_item::*;", "GetItem"),
    ("an error alone", "fn is_gone(error: &SdkError<GetItemError>) -> bool { false }", "GetItem"),
    ("an output alone", "fn show(output: &GetItemOutput) {}", "GetItem"),
    ("a builder of an input", "builders::GetItemInputBuilder::default()", "GetItem"),
    ("a builder of an output", "GetItemOutputBuilder::default()", "GetItem"),
    ("a fluent builder", "fn with(call: GetItemFluentBuilder) {}", "GetItem"),
    ("a paginator", "use shop::operation::list_tags::paginator::ListTagsPaginator;", "ListTags"),
    ("items of a paginator", "struct Tags(ListTagsPaginatorItems);", "ListTags"),
    ("a waiter", "client.wait_until_table_exists().wait(timeout).await?;", "DescribeTable"),
    ("an error of a waiter", "use shop::waiters::table_exists::WaitUntilTableExistsError;", "DescribeTable"),
    ("a structure", "let tags: Vec<Tag> = Vec::new();", "Tag"),
    ("a union", "AttributeValue::S(\"a\".into())", "AttributeValue"),
    ("an enum", "Select::Count.as_str()", "Select"),
    ("a builder of a structure", "shop::types::builders::TagBuilder::default()", "Tag"),
    ("a name in Rust that differs from the model's", "HttpHeader::builder()", "HTTPHeader"),
    ("an exception", "matches!(e, shop::Error::NotFoundException(_))", "NotFoundException"),
    ("a builder of an exception", "LimitExceededBuilder::default()", "LimitExceeded"),
    ("a test of the root error", "error.is_not_found()", "NotFoundException"),
    ("a test of an operation's error", "error.is_not_found_exception()", "NotFoundException"),
    ("a call by name", "client.call_json(\"GetItem\", \"{}\").await?;", "GetItem"),
    ("a type in an attribute", "#[serde(remote = \"shop::types::Tag\")] struct Mine;", "Tag"),
    ("a raw string", "const CALL: &str = r##\"a \"# GetItem\"##;", "GetItem"),
    ("a string of bytes", "let call = b\"GetItem\";", "GetItem"),
    ("a string with escapes", "\"\\nGetItem\\t\\\"Query\\\"\"; \"\\\\\"; client.list_tags()", "GetItem ListTags Query"),
    ("a string over lines", "\"a \\\n   GetItem\n\"", "GetItem"),
    ("a doc comment", "/// ```\n/// client.get_item();\n/// ```\nfn a() {}\n//! client.query()", "GetItem Query"),
    ("a block of documentation", "/** client.get_item() */ fn a() {} /*! Tag */", "GetItem Tag"),
    ("an attribute with documentation", "#[doc = \"client.get_item()\"] fn a() {}", "GetItem"),
    ("a comment", "// client.get_item()\n//// client.query()\nfn a() {}", ""),
    ("a comment of blocks", "/* get_item /* query */ list_tags */ /**/ /*** Tag ***/ r#match()", "Match"),
    ("a comment in a string", "let url = \"https://a\"; client.get_item(); let glob = \"/*\"; Tag", "GetItem Tag"),
    ("a string in a comment", "// \"\nclient.get_item(); /* \" */ Tag", "GetItem Tag"),
    ("a quote in a comment", "// don't\nclient.get_item(); // it's\nTag", "GetItem Tag"),
    ("lifetimes beside characters", "fn a<'a>(b: &'a str, c: char) { c == '\"' || c == '\\''; get_item() }", "GetItem"),
    ("characters that begin something", "['/', '*', '\"', '\\\\', '\\u{22}', '\\x22', b'\"', 'r', '#']; Tag", "Tag"),
    ("a loop with a label", "'outer: loop { break 'outer; } client.get_item()", "GetItem"),
    ("a lifetime of a name", "fn f<'get_item>(a: &'get_item str) {}", ""),
    ("a raw identifier", "client.r#match().send().await?;", "Match"),
    ("a plain identifier for a raw one", "client.call(\"match\")", "Match"),
    ("a raw identifier for a plain one", "client.r#get_item()", "GetItem"),
    ("a part of a word", "get_items(); forget_item(); get_item_2(); my_get_item(); éget_item(); getItem()", ""),
    ("a suffix of a number", "1get_item; 0xTag", ""),
    ("a method of a number", "1.get_item(); 2.0.query()", "GetItem Query"),
    ("parts of a name that are put together", "paste! { client.[<get_ item>]() }", ""),
    ("what cannot be emitted", "client.count_stars().send(); client.get_item()", "GetItem (CountStars)"),
    ("what is no Rust", "get_item \u{1f980} № @@ `Tag` \\ ' \" Query", "GetItem Query Tag"),
    ("a string without an end", "client.get_item(); \"Tag", "GetItem Tag"),
    ("a comment without an end", "client.get_item(); /* Tag", "GetItem"),
    ("a script with a first line of its own", "#!/usr/bin/env cargo\nclient.get_item()", "GetItem"),
];

#[test]
fn a_program_uses_what_it_names() {
    let mut wrong = Vec::new();
    for (about, program, expected) in PROGRAMS {
        let found = used(&usage(program));
        if found != *expected {
            wrong.push(format!("{about}: {found:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
