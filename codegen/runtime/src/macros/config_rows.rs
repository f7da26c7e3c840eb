//! The methods of `Config` and its builder that are alike: a row per setting.

/// Gives `Config` a getter for each row: its name, which is that of the getter of
/// [`BuiltSettings`](crate::config::BuiltSettings), and what it returns.
#[doc(hidden)]
#[macro_export]
macro_rules! config_getters {
    ($($(#$attribute:tt)* $name:ident: $type:ty;)*) => {
        $(
            $(#$attribute)*
            #[inline]
            pub fn $name(&self) -> $type {
                self.settings.$name()
            }
        )*
    };
}

/// Gives `Builder` two setters for each row: one that passes the builder on, and one that changes it where it is, by the
/// setter of [`Settings`](crate::config::Settings) of the same name.
///
/// A row says how the first setter takes the value, names both, and gives the type of the value:
///
/// - `value`: as it is
/// - `into`: as anything that converts into it
/// - `option`: as it is, or not at all, or as anything that converts into either
/// - `shared`: as an implementation of the trait, which `IntoShared` makes shareable
/// - `wrapped`: as an implementation of the trait, of which `new` of the shareable type makes one
/// - `list`: as `wrapped`, after those before it; a third setter replaces them all
///
/// `= kept` ends the row of a setting that `None` leaves as it is, which only the documentation needs to know here.
#[doc(hidden)]
#[macro_export]
macro_rules! config_setters {
    ($($(#$attribute:tt)* $kind:ident $($name:ident),+: $type:path $(=> $shared:path)? $(= $kept:ident)?;)*) => {
        $($crate::config_setters!(@$kind [$(#$attribute)*] [$($kept)?] $($name),+: $type $(=> $shared)?);)*
    };

    (@value [$($attribute:tt)*] [$($kept:ident)?] $name:ident, $set:ident: $type:path) => {
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: $type) -> Self {
            self.$set(Some($name));
            self
        }

        $crate::config_setters!(@set [$($kept)?] $name, $set: $type);
    };

    (@into [$($attribute:tt)*] [$($kept:ident)?] $name:ident, $set:ident: $type:path) => {
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: impl Into<$type>) -> Self {
            self.$set(Some($name.into()));
            self
        }

        $crate::config_setters!(@set [$($kept)?] $name, $set: $type);
    };

    (@option [$($attribute:tt)*] [$($kept:ident)?] $name:ident, $set:ident: $type:path) => {
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: impl Into<Option<$type>>) -> Self {
            self.$set($name.into());
            self
        }

        $crate::config_setters!(@set [$($kept)?] $name, $set: $type);
    };

    (@shared [$($attribute:tt)*] [$($kept:ident)?] $name:ident, $set:ident: $trait:path => $shared:path) => {
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: impl $trait + 'static) -> Self {
            self.$set(Some($name.into_shared()));
            self
        }

        $crate::config_setters!(@set [$($kept)?] $name, $set: $shared);
    };

    (@wrapped [$($attribute:tt)*] [$($kept:ident)?] $name:ident, $set:ident: $trait:path => $shared:path) => {
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: impl $trait + 'static) -> Self {
            self.$set(Some(<$shared>::new($name)));
            self
        }

        $crate::config_setters!(@set [$($kept)?] $name, $set: $shared);
    };

    (@list [$($attribute:tt)*] [] $name:ident, $push:ident, $set:ident: $trait:path => $shared:path) => {
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: impl $trait + 'static) -> Self {
            self.$push(<$shared>::new($name));
            self
        }

        #[doc = concat!("As [`Self::", stringify!($name), "`].")]
        #[inline]
        pub fn $push(&mut self, $name: $shared) -> &mut Self {
            self.settings.$push($name);
            self
        }

        #[doc = concat!("Replaces all that [`Self::", stringify!($name), "`] has added.")]
        #[inline]
        pub fn $set(&mut self, all: impl IntoIterator<Item = $shared>) -> &mut Self {
            self.settings.$set(all);
            self
        }
    };

    (@set [$($kept:ident)?] $name:ident, $set:ident: $type:path) => {
        #[doc = concat!("As [`Self::", stringify!($name), "`]; `None` ", $crate::config_setters!(@none $($kept)?), ".")]
        #[inline]
        pub fn $set(&mut self, $name: Option<$type>) -> &mut Self {
            self.settings.$set($name);
            self
        }
    };

    (@none) => { "removes the setting" };
    (@none kept) => { "changes nothing" };
}
