//! The setting of services whose endpoints can be those of an account.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the setter of this mode.
///
/// For a service whose rule set has the built-in `AWS::Auth::AccountIdEndpointMode`, in its module `config`.
#[macro_export]
macro_rules! account_id_endpoint_mode {
    () => {
        pub use $crate::engine::aws_types::endpoint_config::AccountIdEndpointMode;

        impl Builder {
            $crate::config_setters! {
                /// Whether calls go to an endpoint of the account that the credentials tell of; they do so by default.
                value account_id_endpoint_mode, set_account_id_endpoint_mode: AccountIdEndpointMode;
            }
        }
    };
}
