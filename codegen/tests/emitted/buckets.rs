//! A service of buckets, with what AWS's own clients do for it beyond its model.

use serde_json::json;

use crate::fixture::Fixture;
use crate::runs::{MANIFEST, run_with};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[buckets];

/// Objects in buckets: their head, themselves, and copies of them.
fn buckets() -> Fixture {
    let bucket = "Bucket: String @required @httpLabel";
    let object = [bucket, "Key: String @required @httpLabel"];
    let expires = "Expires: Timestamp @httpHeader(\"Expires\") @documentation(\"When it is no longer worth keeping.\")";
    let tag = "ETag: String @httpHeader(\"ETag\")";
    Fixture::new("buckets")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#restXml", json!({"noErrorWrapping": true}))
        .service_trait("aws.api#service", json!({"sdkId": "S3", "endpointPrefix": "s3"}))
        .simple("Body @streaming", "blob")
        .structure("NotFound @error(\"client\")", &[])
        .structure("NoSuchKey @error(\"client\")", &[])
        .structure("CopyResult", &["ETag: String"])
        .string_enum("Region", &["NORTH"])
        .operation("HeadObject", "HEAD /{Bucket}/{Key+}", &object, &[expires, tag], &["NotFound"])
        .operation(
            "GetObject",
            "GET /{Bucket}/{Key+}",
            &object,
            &["Body: Body @httpPayload", expires, "Parts: Integer @httpHeader(\"x-parts\")"],
            &["NoSuchKey"],
        )
        .operation("CopyObject", "PUT /{Bucket}/{Key+}", &object, &["CopyObjectResult: CopyResult @httpPayload"], &[])
        .operation(
            "GetBucketLocation @aws.customizations#s3UnwrappedXmlOutput",
            "GET /{Bucket}?location",
            &[bucket],
            &["LocationConstraint: Region"],
            &[],
        )
}

#[test]
fn a_header_that_anybody_writes_is_a_timestamp_that_may_be_missing_and_a_text() {
    let head = buckets().file("src/operation/head_object.rs");
    for line in [
        "#[deprecated(note = \"use `expires_string`, which is the header as it was sent\")]\n    pub expires: Option<DateTime>,",
        "/// When it is no longer worth keeping.\n    pub expires_string: Option<String>,",
        "expires: HEADER \"Expires\" HTTP_DATE LOOSE,",
        "expires_string: HEADER \"Expires\" = \"ExpiresString\",",
    ] {
        assert!(head.contains(line), "{line} is not in:\n{head}");
    }
    assert!(!buckets().file("src/operation/copy_object.rs").contains("allow(deprecated)"));
    // Others promise what the header is.
    let other = buckets().service_trait("aws.api#service", json!({"sdkId": "Other", "endpointPrefix": "s3"}));
    let head = other.file("src/operation/head_object.rs");
    assert!(head.contains(r#"expires: HEADER "Expires" HTTP_DATE,"#) && !head.contains("expires_string"), "{head}");
}

#[test]
fn objects_are_called_for_over_a_socket() {
    let program = include_str!("../programs/buckets.rs");
    run_with(&buckets(), &[("tests/program.rs", program)], MANIFEST, &[], &[]);
}
