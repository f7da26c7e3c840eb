//! Configuration from outside the program.

/// Gives the module `config` of an emitted crate what `aws-config` loads, by its feature `aws-config`.
///
/// It is compiled there and not here: `aws-config` depends on clients of its own, and these may link against this crate.
///
/// With its default features `aws-config` brings an HTTP client of its own, and with it a second TLS stack; without them
/// it has none, and fails as soon as credentials come from a role. Here one client serves credentials and calls alike.
#[macro_export]
macro_rules! environment {
    () => {
        pub use ::aws_config::ConfigLoader;

        /// Begins a configuration from the environment; change what the program decides
        /// itself, then `load` it.
        ///
        /// Region, credentials, endpoints, retries and timeouts are those of the
        /// environment (`AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_PROFILE`,
        /// `AWS_ENDPOINT_URL` and so on), else of the profile in `~/.aws/config` and
        /// `~/.aws/credentials`, else of the role of the container or machine. Roles that a
        /// profile or a web identity token names are assumed through STS. Profiles that
        /// sign in by IAM Identity Center take the feature `sso`, those that run a
        /// program the feature `credentials-process`.
        ///
        /// The behavior version is the newest; `behavior_version` of the loader fixes
        /// another. Without `default-https-client` and `rustls-aws-lc` give the
        /// loader an `http_client`: roles cannot be had without one.
        pub fn from_env() -> ConfigLoader {
            let loader = ::aws_config::defaults(BehaviorVersion::latest());
            match $crate::config::https_client() {
                Some(client) => loader.http_client(client),
                None => loader,
            }
        }

        /// Loads the configuration that [`from_env`] begins, as it is.
        ///
        /// Nothing fails here: what is missing or wrong is logged by `tracing`, and calls
        /// tell of it. The network is asked only for the region of a machine that has
        /// none in its environment and profile; credentials are fetched by the first call.
        pub async fn load_from_env() -> $crate::engine::aws_types::sdk_config::SdkConfig {
            from_env().load().await
        }
    };
}
