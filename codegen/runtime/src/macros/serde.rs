//! What the feature `serde` adds to emitted types. Without it these macros expand to nothing.

/// `Serialize` and `Deserialize` of a type whose `Value` the other macros implement.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_impls {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                $crate::serde::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> std::result::Result<Self, D::Error> {
                $crate::serde::deserialize(deserializer)
            }
        }
    };

    (enum $name:ident) => {
        $crate::serde_impls!($name);

        impl $crate::serde::Word for $name {
            #[inline]
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }
    };
}

/// `Serialize` and `Deserialize` of a type; nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_impls {
    ($($name:tt)*) => {};
}

/// The method `slot` of a `Value`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_slot {
    (boxed) => {
        #[inline]
        fn slot(&mut self) -> $crate::serde::Slot<'_> {
            (**self).slot()
        }
    };

    (optional) => {
        fn slot(&mut self) -> $crate::serde::Slot<'_> {
            self.insert($crate::shape::Value::empty()).slot()
        }
    };

    (cleared $kind:ident) => {
        fn slot(&mut self) -> $crate::serde::Slot<'_> {
            self.clear();
            $crate::serde::Slot::$kind(self)
        }
    };

    ($kind:ident) => {
        #[inline]
        fn slot(&mut self) -> $crate::serde::Slot<'_> {
            $crate::serde::Slot::$kind(self)
        }
    };
}

/// The method `slot` of a `Value`; nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_slot {
    ($($kind:tt)*) => {};
}
