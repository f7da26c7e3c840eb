//! The header `x-amz-sha256-tree-hash`: SHA-256 of the body by parts, as services for archives ask for it.

use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::LoadedRequestBody;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use sha2::{Digest, Sha256};
use std::fmt::Write;

use crate::BoxError;

const TREE_HASH: &str = "x-amz-sha256-tree-hash";

/// The size of a part, whose hash is a leaf of the tree.
const PART: usize = 1024 * 1024;

/// Says the tree hash of the body in a header. A header that the caller has set stays.
///
/// The engine loads the body for it, since the header stands before the body, as does the hash that the signature covers.
#[derive(Debug)]
pub(crate) struct TreeHashInterceptor;

#[dyn_dispatch_hint]
impl Intercept for TreeHashInterceptor {
    fn name(&self) -> &'static str {
        "TreeHashInterceptor"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state().store_put(LoadedRequestBody::Requested);
        Ok(())
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if !request.headers().contains_key(TREE_HASH) {
            let body = request.body().bytes().ok_or("the tree hash of a stream is not known before it is read")?;
            let hash = hexadecimal(&tree_hash(body));
            request.headers_mut().insert(TREE_HASH, hash);
        }
        Ok(())
    }
}

/// The root of the tree: each node is the hash of the two below it, and one that is alone moves up.
fn tree_hash(body: &[u8]) -> Vec<u8> {
    let hash = |bytes: &[u8]| Sha256::digest(bytes).to_vec();
    let mut level: Vec<Vec<u8>> = body.chunks(PART).map(hash).collect();
    while level.len() > 1 {
        let pair = |nodes: &[Vec<u8>]| match nodes {
            [one, other] => hash(&[one.as_slice(), other].concat()),
            nodes => nodes.concat(),
        };
        level = level.chunks(2).map(pair).collect();
    }
    level.pop().unwrap_or_else(|| hash(body))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Nothing that is written to a string fails.
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sha(bytes: &[u8]) -> Vec<u8> {
        Sha256::digest(bytes).to_vec()
    }

    #[test]
    fn a_body_of_one_part_has_its_own_hash() {
        let hash = hexadecimal(&tree_hash(b"hello world"));
        assert_eq!(hash, "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
        assert_eq!(tree_hash(b""), sha(b""));
    }

    #[test]
    fn parts_are_joined_two_by_two() {
        let body: Vec<u8> = (0..PART * 2 + 3).map(|index| (index / PART) as u8).collect();
        let [one, two, three] = [&body[..PART], &body[PART..2 * PART], &body[2 * PART..]].map(sha);
        assert_eq!(tree_hash(&body), sha(&[sha(&[one, two].concat()), three].concat()));
    }
}
