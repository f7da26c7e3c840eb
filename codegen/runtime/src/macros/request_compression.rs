//! The settings of services that take compressed requests.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the settings of compressed requests.
///
/// For a service with an operation that has `smithy.api#requestCompression`, in its module `config`.
#[macro_export]
macro_rules! request_compression {
    () => {
        impl Builder {
            $crate::config_setters! {
                /// Whether requests are sent as they are where they could be compressed; by default they are compressed.
                option disable_request_compression, set_disable_request_compression: bool;
                /// From how many bytes on the body of a request is compressed: 0 to 10485760, by default 10240.
                option request_min_compression_size_bytes, set_request_min_compression_size_bytes: u32;
            }
        }
    };
}
