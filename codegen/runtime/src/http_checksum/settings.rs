//! The settings of services with checksums.

use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use aws_smithy_types::error::operation::BuildError;

use crate::config::{BuiltSettings, Settings};

/// The fewest bytes of a chunk that services take, unless it is the last one.
const LEAST: usize = 8192;

/// In chunks of how many bytes a stream is sent; without a number in one.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChunkSize(Option<usize>);

impl Storable for ChunkSize {
    type Storer = StoreReplace<Self>;
}

impl ChunkSize {
    /// The size of the chunks of a stream of this length.
    ///
    /// # Errors
    /// When it is less than services take.
    pub(super) fn of(self, length: u64) -> Result<usize, BuildError> {
        match self.0 {
            Some(size) if size < LEAST => Err(BuildError::other(format!(
                "`aws_chunked_encoding_chunk_size` is {size}: a chunk has {LEAST} bytes at least"
            ))),
            Some(size) => Ok(size),
            None => Ok(usize::try_from(length).unwrap_or(usize::MAX).max(LEAST)),
        }
    }
}

impl Settings {
    /// Whether requests get a checksum wherever they can, or only where they must.
    pub fn set_request_checksum_calculation(&mut self, calculation: Option<RequestChecksumCalculation>) {
        self.set(calculation);
    }

    /// Whether checksums of responses are checked wherever they can be, or only where the caller asks for it.
    pub fn set_response_checksum_validation(&mut self, validation: Option<ResponseChecksumValidation>) {
        self.set(validation);
    }

    /// In chunks of how many bytes streams are sent that have their checksum behind them, or in a single one; `None`
    /// changes nothing.
    pub fn set_aws_chunked_encoding_chunk_size(&mut self, chunk_size: Option<Option<usize>>) {
        if let Some(chunk_size) = chunk_size {
            self.set(Some(ChunkSize(chunk_size)));
        }
    }
}

impl BuiltSettings {
    /// Whether requests get a checksum wherever they can, or only where they must.
    pub fn request_checksum_calculation(&self) -> Option<&RequestChecksumCalculation> {
        self.0.values.load::<RequestChecksumCalculation>()
    }

    /// Whether checksums of responses are checked wherever they can be, or only where the caller asks for it.
    pub fn response_checksum_validation(&self) -> Option<&ResponseChecksumValidation> {
        self.0.values.load::<ResponseChecksumValidation>()
    }
}
