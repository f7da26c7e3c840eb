//! The protocol that sends CBOR, and how its errors say what they are.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use std::borrow::Cow;

use super::code::bare_code;
use super::{ErrorHead, RpcV2};
use crate::format::DecodeError;
use crate::format::cbor::CBOR;
use crate::format::cbor::read::{CborReader, Kind};
use crate::response::Response;

/// `smithy.protocols#rpcv2Cbor`: everything in the body, and the operation in the path.
pub static RPC_V2_CBOR: RpcV2 = rpc_v2_cbor(false);

/// [`RPC_V2_CBOR`] of a service that spoke the query protocol before and still gives the error codes of that time
/// (`aws.protocols#awsQueryCompatible`).
pub static RPC_V2_CBOR_QUERY_COMPATIBLE: RpcV2 = rpc_v2_cbor(true);

const fn rpc_v2_cbor(query_compatible: bool) -> RpcV2 {
    let feature = Some(SmithySdkFeature::ProtocolRpcV2Cbor);
    RpcV2 { name: "rpc-v2-cbor", format: &CBOR, error: read_error, query_compatible, feature }
}

/// Finds the head of an error in the body: its name in `__type`, and its message.
fn read_error<'r>(response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    head.body = response.body;
    if response.body.is_empty() {
        return Ok(());
    }
    let mut reader = CborReader::new(response.body);
    let mut left = reader.begin_map()?;
    while reader.next(&mut left)? {
        match text(&mut reader)?.as_deref() {
            Some("__type") => head.name = text(&mut reader)?.map(bare_code),
            Some("message" | "Message" | "errorMessage") => head.message = text(&mut reader)?,
            _ => reader.skip()?,
        }
    }
    reader.finish()
}

/// The text that comes next; whatever else it may be is skipped.
fn text<'r>(reader: &mut CborReader<'r>) -> Result<Option<Cow<'r, str>>, DecodeError> {
    if reader.peek()? == Kind::Text {
        return reader.text().map(Some);
    }
    reader.skip()?;
    Ok(None)
}
