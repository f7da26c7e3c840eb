//! Configuration of a client: the same for every service but for facts and endpoint parameters.
//!
//! The [`client_config!`](crate::client_config) macro gives an emitted crate a `Config` and a `Builder` of its own. Both
//! are signatures and documentation around what is here: [`Settings`], which a builder changes, and [`BuiltSettings`],
//! which a configuration has. They are no aliases of generic types, as `Builder::endpoint_resolver` takes the crate's
//! own `ResolveEndpoint`, which a method that stands here cannot name.
//!
//! A setting of every service is a method of [`Settings`] and of [`BuiltSettings`], and a row of the macro. One that only
//! some services have is a macro of its own, as [`account_id_endpoint_mode!`](crate::account_id_endpoint_mode), which
//! gives the `Builder` a row more; its value is kept by [`Settings::set`].

pub mod auth;
mod built;
mod plugins;
mod settings;
mod shared;
#[cfg(feature = "auth-schemes")]
mod tokens;

pub use crate::transport::https_client;
pub use built::BuiltSettings;
pub use settings::Settings;
pub use shared::outside;

#[cfg(all(test, feature = "rest-json"))]
mod tests;
