//! The setting of services that take signatures of several regions.

/// Gives `Config` and the `Builder` of [`client_config!`](crate::client_config) the regions that signatures are for.
///
/// For a service with `aws.auth#sigv4a`, or with endpoints that ask for it, in its module `config`.
#[macro_export]
macro_rules! sigv4a {
    () => {
        use $crate::engine::aws_types::region::SigningRegionSet;

        impl Config {
            $crate::config_getters! {
                /// The regions that signatures of several (SigV4a) are for, if set.
                sigv4a_signing_region_set: Option<&SigningRegionSet>;
            }
        }

        impl Builder {
            $crate::config_setters! {
                /// The regions that signatures of several (SigV4a) are for, whatever the endpoint says: `"*"` is all.
                into sigv4a_signing_region_set, set_sigv4a_signing_region_set: SigningRegionSet;
            }
        }
    };
}
