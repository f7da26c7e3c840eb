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

        impl Builder {
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
