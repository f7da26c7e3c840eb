//! Checksums of responses.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::ResponseChecksumValidation;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use std::mem;

use super::algorithm::Algorithm;
use super::body::Checked;
use crate::route::HttpChecksum;
use crate::shape::{Shape, View};
use crate::slot::Slot;

/// What the member that asks for checksums of responses says where it does.
const ENABLED: &str = "ENABLED";

/// Whether the response is checked.
#[derive(Clone, Copy, Debug)]
struct IsChecked(bool);

impl Storable for IsChecked {
    type Storer = StoreReplace<Self>;
}

/// Asks for the checksum of the response where the caller has not said whether, and the configuration does not speak against
/// it.
pub(super) fn ask(checksum: &HttpChecksum, input: Option<&mut dyn Shape>, bag: &mut ConfigBag) {
    if checksum.response.is_empty() {
        return;
    }
    let validation = bag.load::<ResponseChecksumValidation>().copied().unwrap_or_default();
    let when_supported = validation != ResponseChecksumValidation::WhenRequired;
    let mut is_asked = false;
    if let (Some(index), Some(input)) = (checksum.validation_member, input) {
        is_asked = matches!(input.member(index).view(), View::Enum(word) if word.text() == ENABLED);
        if !is_asked
            && when_supported
            && let Slot::Enum(word) = input.member_mut(index).slot()
        {
            word.set(ENABLED);
        }
    }
    let state = bag.interceptor_state();
    state.store_put(IsChecked(is_asked || when_supported));
    state.store_append(match when_supported {
        true => SmithySdkFeature::FlexibleChecksumsResWhenSupported,
        false => SmithySdkFeature::FlexibleChecksumsResWhenRequired,
    });
}

/// Has the body of a response checked while it is read, if the response says its checksum.
pub(super) fn check(checksum: &HttpChecksum, response: &mut HttpResponse, bag: &ConfigBag) {
    if !bag.load::<IsChecked>().is_some_and(|checked| checked.0) || !response.status().is_success() {
        return;
    }
    let Some((algorithm, expected)) = said(checksum, response) else { return };
    // One that is in memory, as that of a mock, stays there.
    if response.body().bytes().is_some_and(|bytes| algorithm.of_bytes(bytes) == expected) {
        return;
    }
    let body = mem::replace(response.body_mut(), SdkBody::taken());
    *response.body_mut() =
        body.map(move |body| SdkBody::from_body_1_x(Checked::new(body, algorithm, expected.clone())));
}

/// The checksum that a response says, by the cheapest of the algorithms that the operation may use.
fn said(checksum: &HttpChecksum, response: &HttpResponse) -> Option<(Algorithm, Vec<u8>)> {
    let named = |algorithm: &Algorithm| checksum.response.iter().any(|name| Algorithm::of(name) == Some(*algorithm));
    Algorithm::ALL.into_iter().filter(named).find_map(|algorithm| {
        let said = response.headers().get(algorithm.header())?;
        // That of an object in parts, `sum-3`, is one of the checksums of the parts, whose ends nobody knows here.
        let expected = base64::decode(said).ok().filter(|sum| sum.len() == algorithm.size());
        if expected.is_none() {
            tracing::debug!(algorithm = algorithm.name(), "the checksum of the response cannot be checked");
        }
        Some((algorithm, expected?))
    })
}
