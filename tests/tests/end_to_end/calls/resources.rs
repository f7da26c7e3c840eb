//! Tags of any resource.

use tests::sample::{text, text_map, texts};

use super::{Call, outcome};

pub(super) const CALLS: &[Call] = &[
    Call {
        operation: "ListTagsForResource",
        full: |client| outcome(client.list_tags_for_resource().resource_arn(text("resourceArn")).send()),
        minimal: |client| outcome(client.list_tags_for_resource().resource_arn(text("resourceArn")).send()),
    },
    Call {
        operation: "TagResource",
        full: |client| {
            outcome(client.tag_resource().resource_arn(text("resourceArn")).set_tags(Some(text_map("tags"))).send())
        },
        minimal: |client| {
            outcome(client.tag_resource().resource_arn(text("resourceArn")).set_tags(Some(text_map("tags"))).send())
        },
    },
    Call {
        operation: "UntagResource",
        full: |client| {
            outcome(
                client.untag_resource().resource_arn(text("resourceArn")).set_tag_keys(Some(texts("tagKeys"))).send(),
            )
        },
        minimal: |client| {
            outcome(
                client.untag_resource().resource_arn(text("resourceArn")).set_tag_keys(Some(texts("tagKeys"))).send(),
            )
        },
    },
];
