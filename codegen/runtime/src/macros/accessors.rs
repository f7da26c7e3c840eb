//! Accessors of structures.

/// The accessor of a member, by the kind of its row in [`methods!`](macro@crate::methods): of a member that may be absent,
/// or of one that is always there, which has a word for that between the brackets.
#[doc(hidden)]
#[macro_export]
macro_rules! accessor {
    (@text [] $(#$attribute:tt)* $field:ident) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> Option<&str> {
            self.$field.as_deref()
        }
    };

    (@text [$mode:ident] $(#$attribute:tt)* $field:ident) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> &str {
            &self.$field
        }
    };

    (@copy [] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> Option<$type> {
            self.$field
        }
    };

    (@copy [$mode:ident] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> $type {
            self.$field
        }
    };

    (@boxed [] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> Option<&$type> {
            self.$field.as_deref()
        }
    };

    (@texts $mode:tt $(#$attribute:tt)* $field:ident) => {
        $crate::accessor!(@list $mode $(#$attribute)* $field: String);
    };

    (@list [] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> &[$type] {
            self.$field.as_deref().unwrap_or_default()
        }
    };

    (@list [$mode:ident] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> &[$type] {
            &self.$field
        }
    };

    (@text_map $mode:tt $(#$attribute:tt)* $field:ident) => {
        $crate::accessor!(@value $mode $(#$attribute)* $field: std::collections::HashMap<String, String>);
    };

    (@map $mode:tt $(#$attribute:tt)* $field:ident: $type:ty) => {
        $crate::accessor!(@value $mode $(#$attribute)* $field: std::collections::HashMap<String, $type>);
    };

    (@keyed_text_map $mode:tt $(#$attribute:tt)* $field:ident: $key:ty) => {
        $crate::accessor!(@value $mode $(#$attribute)* $field: std::collections::HashMap<$key, String>);
    };

    (@keyed_map $mode:tt $(#$attribute:tt)* $field:ident: $key:ty => $type:ty) => {
        $crate::accessor!(@value $mode $(#$attribute)* $field: std::collections::HashMap<$key, $type>);
    };

    (@value [] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> Option<&$type> {
            self.$field.as_ref()
        }
    };

    // What is in a box, or a stream, is lent as anything else.
    (@$kind:ident [$mode:ident] $(#$attribute:tt)* $field:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(&self) -> &$type {
            &self.$field
        }
    };
}

/// How a structure is begun.
#[doc(hidden)]
#[macro_export]
macro_rules! begin {
    ($builder:ty) => {
        /// Begins one: a builder with nothing set.
        #[inline]
        pub fn builder() -> $builder {
            <$builder>::default()
        }
    };
}
