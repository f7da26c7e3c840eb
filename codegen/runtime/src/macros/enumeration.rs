//! Enums and unions.

/// Defines a string enum: variants with what they are on the wire.
///
/// Adds `Unknown` for values that this version of the model does not have, and
/// the conversions to and from text. The module must import the crate's
/// `UnknownVariantValue`.
#[macro_export]
macro_rules! string_enum {
    ($(#[$attribute:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $value:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            /// A value that the service has added since; [`as_str`](Self::as_str) gives it.
            #[deprecated(note = "match it with a wildcard and look at `as_str()`: a later version of this crate may know the value")]
            Unknown(UnknownVariantValue),
        }

        #[allow(deprecated)]
        impl $name {
            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// All values that this version of the model has.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// The variant with this value.
            ///
            /// # Errors
            /// When this version of the model does not have the value.
            #[inline]
            pub fn try_parse(value: &str) -> Result<Self, $crate::error::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(_) => Err($crate::error::UnknownVariantError::new(value)),
                    known => Ok(known),
                }
            }
        }

        #[allow(deprecated)]
        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(UnknownVariantValue::new(other)),
                }
            }
        }

        /// The name of the variant, as derived.
        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::value::debug_value(stringify!($($variant)*), Self::values(), self.as_str(), f)
            }
        }

        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            #[inline]
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        /// In the order of the variants, values that this version does not have last.
        impl Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                $crate::value::compare_values(Self::values(), self.as_str(), other.as_str())
            }
        }

        impl PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            // `Self::Err` would also be a variant of this name.
            #[inline]
            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl $crate::shape::Value for $name {
            #[inline]
            fn empty() -> Self {
                Self::Unknown(UnknownVariantValue::UNSET)
            }

            #[inline]
            fn view(&self) -> $crate::shape::View<'_> {
                $crate::shape::View::Enum(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::slot::Slot<'_> {
                $crate::slot::Slot::Enum(self)
            }
        }

        $crate::serde_impls!($name);
    };
}

/// Implements the traits of a union, whose variants each hold a value.
///
/// Each row is the position of a variant, its name, the test, cast and value of
/// it, its name on the wire, and `=` its name in the model where that is another one.
/// `xml` may follow, what [`xml_schema!`](crate::xml_schema) takes.
#[macro_export]
macro_rules! union {
    ($name:ident { $($index:literal $variant:ident($type:ty), $is:ident, $as:ident: $wire:literal $(= $named:literal)? $($flag:ident)*,)* } $(xml { $($xml:tt)* })?) => {
        impl $name {
            $(
                #[doc = concat!("The value of [`", stringify!($variant), "`](Self::", stringify!($variant), ").\n\n# Errors\nItself, when it is another variant.")]
                #[inline]
                pub fn $as(&self) -> Result<&$type, &Self> {
                    if let Self::$variant(value) = self { Ok(value) } else { Err(self) }
                }

                #[doc = concat!("Whether it is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    self.$as().is_ok()
                }
            )*

            /// Whether it is a variant that this version of the model does not have.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }

        impl $crate::shape::Union for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::shape::Schema {
                const SCHEMA: &$crate::shape::Schema = &$crate::shape::Schema {
                    name: stringify!($name),
                    fields: stringify!($($variant)*),
                    rows: &[$(($wire, $($crate::shape::flag::$flag |)* 0),)*],
                    names: &[$($(($index, $named),)?)*],
                    private: $crate::shape::Private::None,
                    media_types: &[],
                    xml: $crate::xml_schema!($($($xml)*)?),
                };
                SCHEMA
            }

            #[inline]
            fn variant(&self) -> Option<(usize, &dyn $crate::shape::Value)> {
                match self {
                    $(Self::$variant(value) => Some(($index, value)),)*
                    Self::Unknown => None,
                }
            }

            #[inline]
            fn select(&mut self, index: usize) -> &mut dyn $crate::shape::Value {
                match index {
                    $($index => {
                        *self = Self::$variant($crate::shape::Value::empty());
                        if let Self::$variant(value) = self {
                            return value;
                        }
                    })*
                    _ => {}
                }
                $crate::shape::no_such_member(index)
            }
        }

        impl $crate::shape::Value for $name {
            #[inline]
            fn empty() -> Self {
                Self::Unknown
            }

            #[inline]
            fn view(&self) -> $crate::shape::View<'_> {
                $crate::shape::View::Union(self)
            }

            #[inline]
            fn slot(&mut self) -> $crate::slot::Slot<'_> {
                $crate::slot::Slot::Union(self)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::shape::debug_union(self, f)
            }
        }

        /// A union that holds itself is boxed; the box is transparent to the wire.
        impl $crate::shape::Value for Box<$name> {
            #[inline]
            fn empty() -> Self {
                Self::new($crate::shape::Value::empty())
            }

            #[inline]
            fn view(&self) -> $crate::shape::View<'_> {
                (**self).view()
            }

            #[inline]
            fn slot(&mut self) -> $crate::slot::Slot<'_> {
                (**self).slot()
            }
        }

        $crate::serde_impls!($name);
    };
}
