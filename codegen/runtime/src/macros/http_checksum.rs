//! The settings of services with checksums.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the settings of checksums.
///
/// For a service with an operation that has `aws.protocols#httpChecksum`, in its module `config`.
#[macro_export]
macro_rules! http_checksum {
    () => {
        pub use $crate::engine::aws_smithy_types::checksum_config::{
            RequestChecksumCalculation, ResponseChecksumValidation,
        };

        impl Config {
            $crate::config_getters! {
                /// Whether requests get a checksum wherever they can, or only where they must, if set.
                request_checksum_calculation: Option<&RequestChecksumCalculation>;
                /// Whether checksums of responses are checked wherever they can be, or only where the caller asks, if set.
                response_checksum_validation: Option<&ResponseChecksumValidation>;
            }
        }

        impl Builder {
            /// Sends streams that have their checksum behind them in chunks of this many bytes, 8192 at least, or, with
            /// `None`, in a single one, which is held in memory; in chunks of 65536 bytes where nothing is set.
            #[inline]
            pub fn aws_chunked_encoding_chunk_size(mut self, chunk_size: Option<usize>) -> Self {
                self.set_aws_chunked_encoding_chunk_size(Some(chunk_size));
                self
            }

            /// As [`Self::aws_chunked_encoding_chunk_size`]; `None` changes nothing.
            #[inline]
            pub fn set_aws_chunked_encoding_chunk_size(&mut self, chunk_size: Option<Option<usize>>) -> &mut Self {
                self.settings.set_aws_chunked_encoding_chunk_size(chunk_size);
                self
            }

            $crate::config_setters! {
                /// Whether requests get a checksum wherever they can, which is the default, or only where they must.
                value request_checksum_calculation, set_request_checksum_calculation: RequestChecksumCalculation;
                /// Whether checksums of responses are checked wherever they can be, which is the default, or only where the
                /// caller asks for it.
                value response_checksum_validation, set_response_checksum_validation: ResponseChecksumValidation;
            }
        }
    };
}
