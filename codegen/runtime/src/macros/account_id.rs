//! The setting of services whose endpoints can be those of an account.

/// Gives the `Builder` of [`client_config!`](crate::client_config) the setter of this mode.
///
/// For a service whose rule set has the built-in `AWS::Auth::AccountIdEndpointMode`, in its module `config`.
#[macro_export]
macro_rules! account_id_endpoint_mode {
    () => {
        pub use $crate::engine::aws_types::endpoint_config::AccountIdEndpointMode;

        impl Builder {
            /// Whether calls go to an endpoint of the account that the credentials tell of; they do so by default.
            #[inline]
            pub fn account_id_endpoint_mode(mut self, account_id_endpoint_mode: AccountIdEndpointMode) -> Self {
                self.set_account_id_endpoint_mode(Some(account_id_endpoint_mode));
                self
            }

            /// As [`Self::account_id_endpoint_mode`]; `None` removes the setting.
            #[inline]
            pub fn set_account_id_endpoint_mode(
                &mut self,
                account_id_endpoint_mode: Option<AccountIdEndpointMode>,
            ) -> &mut Self {
                self.config.store_or_unset(account_id_endpoint_mode);
                self
            }
        }
    };
}
