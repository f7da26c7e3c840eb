//! The settings of services that take bearer tokens.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the settings of tokens.
///
/// For a service with `smithy.api#httpBearerAuth`, in its module `config`.
#[macro_export]
macro_rules! bearer_auth {
    () => {
        pub use $crate::engine::aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
        pub use $crate::engine::aws_smithy_runtime_api::client::identity::ResolveIdentity;
        pub use $crate::engine::aws_smithy_runtime_api::client::identity::http::Token;

        impl Builder {
            $crate::config_setters! {
                /// Authenticates calls by the tokens of this provider.
                wrapped token_provider, set_token_provider: ProvideToken => SharedTokenProvider = kept;
            }

            /// Authenticates calls by this token.
            #[inline]
            pub fn bearer_token(self, bearer_token: Token) -> Self {
                self.bearer_token_resolver(bearer_token)
            }

            /// Authenticates calls by the tokens that this gives: identities whose data is a [`Token`].
            #[inline]
            pub fn bearer_token_resolver(mut self, bearer_token_resolver: impl ResolveIdentity + 'static) -> Self {
                self.settings.set_bearer_token_resolver(bearer_token_resolver.into_shared());
                self
            }
        }
    };
}
