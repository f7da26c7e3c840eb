//! The settings of services whose endpoint rules have parameters that a client is told.

/// Gives the `Builder` of [`client_config!`](crate::client_config) two setters for each row, and the module a child
/// `context_params` that reads what was set.
///
/// For a service with `smithy.rules#clientContextParams`, in its module `config`. A row names both setters, the type of the
/// value, and the type that keeps it.
#[macro_export]
macro_rules! client_context_params {
    ($($(#[$docs:meta])* $name:ident, $set:ident: $type:ty => $kept:ident;)*) => {
        /// What the endpoint rules are told by settings of the client.
        pub(crate) mod context_params {
            use $crate::engine::aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

            $(
                #[derive(Clone, Debug)]
                pub(super) struct $kept(pub(super) $type);

                impl Storable for $kept {
                    type Storer = StoreReplace<Self>;
                }

                pub(crate) fn $name(bag: &ConfigBag) -> Option<$type> {
                    bag.load::<$kept>().map(|kept| kept.0.clone())
                }
            )*
        }

        impl Builder {
            $(
                $(#[$docs])*
                #[inline]
                pub fn $name(mut self, $name: impl Into<$type>) -> Self {
                    self.$set(Some($name.into()));
                    self
                }

                #[doc = concat!("As [`Self::", stringify!($name), "`]; `None` removes the setting.")]
                #[inline]
                pub fn $set(&mut self, $name: Option<$type>) -> &mut Self {
                    self.settings.set($name.map(context_params::$kept));
                    self
                }
            )*
        }
    };
}
