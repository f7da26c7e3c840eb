//! The setting of services with sessions.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the credentials of sessions.
///
/// For a service whose endpoint rules have requests signed by sessions, in its module `config`.
#[macro_export]
macro_rules! session_auth {
    () => {
        impl Builder {
            $crate::config_setters! {
                /// Signs calls of S3 Express with the credentials of this provider, instead of those of sessions that the
                /// client opens.
                wrapped express_credentials_provider, set_express_credentials_provider:
                    ProvideCredentials => CredentialsProvider = kept;
            }
        }
    };
}
