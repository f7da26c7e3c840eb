//! The settings of services that take compressed requests.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the settings of compressed requests.
///
/// For a service with an operation that has `smithy.api#requestCompression`, in its module `config`.
#[macro_export]
macro_rules! request_compression {
    () => {
        impl Builder {
            /// Whether requests are sent as they are where they could be compressed; by default they are compressed.
            #[inline]
            pub fn disable_request_compression(mut self, disable_request_compression: impl Into<Option<bool>>) -> Self {
                self.set_disable_request_compression(disable_request_compression.into());
                self
            }

            /// As [`Self::disable_request_compression`]; `None` removes the setting.
            #[inline]
            pub fn set_disable_request_compression(&mut self, disable_request_compression: Option<bool>) -> &mut Self {
                let disable = disable_request_compression.map($crate::compression::DisableRequestCompression);
                self.config.store_or_unset(disable);
                self
            }

            /// From how many bytes on the body of a request is compressed: 10240 by default.
            #[inline]
            pub fn request_min_compression_size_bytes(
                mut self,
                request_min_compression_size_bytes: impl Into<Option<u32>>,
            ) -> Self {
                self.set_request_min_compression_size_bytes(request_min_compression_size_bytes.into());
                self
            }

            /// As [`Self::request_min_compression_size_bytes`]; `None` removes the setting.
            #[inline]
            pub fn set_request_min_compression_size_bytes(
                &mut self,
                request_min_compression_size_bytes: Option<u32>,
            ) -> &mut Self {
                let least = request_min_compression_size_bytes.map($crate::compression::RequestMinCompressionSizeBytes);
                self.config.store_or_unset(least);
                self
            }
        }
    };
}
