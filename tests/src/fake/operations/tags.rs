//! Tags of every kind of resource.

use std::collections::HashMap;

use ivs_realtime::operation::list_tags_for_resource::{ListTagsForResourceInput, ListTagsForResourceOutput};
use ivs_realtime::operation::tag_resource::{TagResourceInput, TagResourceOutput};
use ivs_realtime::operation::untag_resource::{UntagResourceInput, UntagResourceOutput};

use crate::fake::failure::Failure;
use crate::fake::world::records::Tags;
use crate::fake::world::{Call, required};

/// How many tags a resource may have.
const MOST: usize = 50;

/// Prefix of keys that belong to AWS.
const RESERVED: &str = "aws:";

/// The tags that a resource is created with.
pub(super) fn of(tags: Option<HashMap<String, String>>) -> Result<Tags, Failure> {
    let tags: Tags = tags.unwrap_or_default().into_iter().collect();
    check(&tags)?;
    Ok(tags)
}

/// Tags as an output has them.
pub(super) fn shown(tags: &Tags) -> Option<HashMap<String, String>> {
    Some(tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
}

fn check(tags: &Tags) -> Result<(), Failure> {
    match tags.keys().find(|key| key.to_ascii_lowercase().starts_with(RESERVED)) {
        Some(key) => Err(Failure::validation(format!("tags: the key {key} begins with {RESERVED}, which is reserved"))),
        None if tags.len() > MOST => {
            Err(Failure::validation(format!("tags: a resource has at most {MOST} tags, and this makes {}", tags.len())))
        }
        None => Ok(()),
    }
}

fn of_resource<'c>(call: &'c mut Call<'_>, arn: &str) -> Result<&'c mut Tags, Failure> {
    call.world.tags_mut(arn).ok_or_else(|| Failure::not_found("resource", arn))
}

pub(super) fn list(call: &mut Call<'_>, input: ListTagsForResourceInput) -> Result<ListTagsForResourceOutput, Failure> {
    let arn = required(input.resource_arn, "resourceArn")?;
    let tags = of_resource(call, &arn)?;
    Ok(ListTagsForResourceOutput::builder().set_tags(shown(tags)).build()?)
}

pub(super) fn put(call: &mut Call<'_>, input: TagResourceInput) -> Result<TagResourceOutput, Failure> {
    let arn = required(input.resource_arn, "resourceArn")?;
    let tags = of_resource(call, &arn)?;
    let mut merged = tags.clone();
    merged.extend(required(input.tags, "tags")?);
    check(&merged)?;
    *tags = merged;
    Ok(TagResourceOutput::builder().build())
}

pub(super) fn remove(call: &mut Call<'_>, input: UntagResourceInput) -> Result<UntagResourceOutput, Failure> {
    let arn = required(input.resource_arn, "resourceArn")?;
    let keys = required(input.tag_keys, "tagKeys")?;
    let tags = of_resource(call, &arn)?;
    tags.retain(|key, _| !keys.contains(key));
    Ok(UntagResourceOutput::builder().build())
}
