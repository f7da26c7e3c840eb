//! Structures and their builders.

/// Implements [`Table`](crate::shape::Table), `Clone`, `Debug` and `PartialEq` for structures.
///
/// Each row is the position of a member, its field, where it travels if not in
/// the body, its name on the wire, `=` its name in the model where a header or a
/// query parameter is called otherwise, and what else the model says of it, by the
/// names of [`flag`](crate::shape::flag). `media_types` may follow the rows.
#[macro_export]
macro_rules! shape {
    ($name:ident { $($row:tt)* } $(media_types { $($media:tt)* })?) => {
        $crate::shape!(@table $name { $($row)* } [$($($media)*)?] [] {});
    };

    (output $name:ident { $($row:tt)* } $(media_types { $($media:tt)* })?) => {
        $crate::shape!(@table $name { $($row)* } [$($($media)*)?] [_request_id] {});

        impl $crate::engine::aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self._request_id.as_deref()
            }
        }
    };

    (exception $name:ident { $($row:tt)* } $(media_types { $($media:tt)* })?) => {
        $crate::shape!(@table $name { $($row)* } [$($($media)*)?] [] {
            meta {
                #[inline]
                fn trailer(&self) -> Option<(&'static str, &dyn $crate::shape::Trailer)> {
                    Some(("meta", &self.meta))
                }
            }
        });
    };

    (@table $name:ident
        { $($index:literal $field:ident: $($location:ident)? $wire:literal $(= $named:literal)? $($flag:ident)*,)* }
        [$($position:literal $media:literal,)*] [$($request_id:ident)?] { $($meta:ident { $($trailer:tt)* })? }
    ) => {
        impl $crate::shape::Table for $name {
            const SCHEMA: &'static $crate::shape::Schema = &$crate::shape::Schema {
                name: stringify!($name),
                rows: &[$((stringify!($field), $wire, $($crate::shape::flag::$location |)? $($crate::shape::flag::$flag |)* 0),)*],
                names: &[$($(($index, $named),)?)*],
                request_id: $crate::shape!(@some $($request_id)?),
                media_types: &[$(($position, $media)),*],
            };

            #[inline]
            fn member(&self, index: usize) -> &dyn $crate::shape::Value {
                match index {
                    $($index => &self.$field,)*
                    _ => $crate::shape!(@last index $(&self.$request_id)?),
                }
            }

            #[inline]
            fn member_mut(&mut self, index: usize) -> &mut dyn $crate::shape::Value {
                match index {
                    $($index => &mut self.$field,)*
                    _ => $crate::shape!(@last index $(&mut self.$request_id)?),
                }
            }

            #[inline]
            fn empty() -> Self {
                Self {
                    $($field: $crate::shape::Value::empty(),)*
                    $($request_id: None,)?
                    $($meta: Default::default(),)?
                }
            }

            $($($trailer)*)?
        }

        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    $($field: self.$field.clone(),)*
                    $($request_id: self.$request_id.clone(),)?
                    $($meta: self.$meta.clone(),)?
                }
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::shape::debug_shape(stringify!($name), self, f)
            }
        }

        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::shape::same_shape(self, other)
            }
        }

        $crate::serde_impls!($name);
    };

    (@some) => { false };
    (@some $request_id:ident) => { true };

    (@last $index:ident) => { $crate::shape::no_such_member($index) };
    (@last $index:ident $($request_id:tt)+) => { $($request_id)+ };
}

/// Gives the crate's generic `Builder` of a structure its methods, three per member.
///
/// For a structure all of whose members are optional; `input` serves the fluent
/// builder too. Each row is the kind of the member, its setter, its `set_` and
/// `get_` methods, and the type of its value where the kind leaves it open. The
/// module must import the crate's `Builder`, and for inputs its trait `Hold`.
#[macro_export]
macro_rules! setters {
    (input $name:ident { $($(#[$attribute:meta])* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty)?;)* }) => {
        impl<S: Hold<$name>> Builder<$name, S> {
            $($crate::setters!(@$kind [state.shape_mut().$field] [state.shape().$field] $(#[$attribute])* $field, $set, $get $(: $type)?);)*
        }
    };

    (exception $name:ident { $($rows:tt)* }) => {
        $crate::setters! { $name { $($rows)* } }

        impl Builder<$name> {
            /// Code, message and request id of the error.
            #[inline]
            pub fn meta(mut self, meta: $crate::engine::aws_smithy_types::error::metadata::ErrorMetadata) -> Self {
                self.state.meta = meta;
                self
            }

            /// As [`meta`](Self::meta); `None` removes the value.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: Option<$crate::engine::aws_smithy_types::error::metadata::ErrorMetadata>,
            ) -> &mut Self {
                self.state.meta = meta.unwrap_or_default();
                self
            }
        }
    };

    ($name:ident { $($(#[$attribute:meta])* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty)?;)* }) => {
        impl Builder<$name> {
            $($crate::setters!(@$kind [state.$field] [state.$field] $(#[$attribute])* $field, $set, $get $(: $type)?);)*

            /// Makes the structure.
            #[inline]
            pub fn build(self) -> $name {
                self.state
            }
        }
    };

    (@text [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, input: impl Into<String>) -> Self {
            self.$($place)+ = $crate::shape::text(input);
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: String);
    };

    (@value [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, input: $type) -> Self {
            self.$($place)+ = Some(input);
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: $type);
    };

    (@boxed [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, input: $type) -> Self {
            self.$($place)+ = Some(Box::new(input));
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: Box<$type>);
    };

    (@texts [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, input: impl Into<String>) -> Self {
            $crate::shape::push_text(&mut self.$($place)+, input);
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: Vec<String>);
    };

    (@list [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, input: $type) -> Self {
            $crate::shape::push(&mut self.$($place)+, input);
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: Vec<$type>);
    };

    (@text_map [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, k: impl Into<String>, v: impl Into<String>) -> Self {
            $crate::shape::insert_text(&mut self.$($place)+, k, v);
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: std::collections::HashMap<String, String>);
    };

    (@map [$($place:tt)+] [$($value:tt)+] $(#[$attribute:meta])* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#[$attribute])*
        #[inline]
        pub fn $field(mut self, k: impl Into<String>, v: $type) -> Self {
            $crate::shape::insert(&mut self.$($place)+, k, v);
            self
        }

        $crate::setters!(@raw [$($place)+] [$($value)+] $field, $set, $get: std::collections::HashMap<String, $type>);
    };

    (@raw [$($place:tt)+] [$($value:tt)+] $field:ident, $set:ident, $get:ident: $type:ty) => {
        /// Sets the member as a whole; `None` removes it.
        #[inline]
        pub fn $set(mut self, input: Option<$type>) -> Self {
            self.$($place)+ = input;
            self
        }

        /// The member as it is set so far.
        #[inline]
        pub fn $get(&self) -> &Option<$type> {
            &self.$($value)+
        }
    };
}

/// Defines the builder of a structure that has required members or defaults.
///
/// The rows are those of [`setters!`]; `= required` ends the row of a member
/// without which `build` fails, `= default` that of a member with a default.
/// `fallible` says that some row is required.
#[macro_export]
macro_rules! builder {
    ($(#[$doc:meta])* $kind:ident output $builder:ident => $name:ident { $($rows:tt)* }) => {
        $crate::builder! { @struct $(#[$doc])* $kind $builder => $name { $($rows)* } request_id _request_id: String = optional }
    };

    ($(#[$doc:meta])* $kind:ident exception $builder:ident => $name:ident { $($rows:tt)* }) => {
        $crate::builder! {
            @struct $(#[$doc])* $kind $builder => $name { $($rows)* }
            meta meta: $crate::engine::aws_smithy_types::error::metadata::ErrorMetadata = default
        }

        impl $builder {
            /// Code, message and request id of the error.
            #[inline]
            pub fn meta(mut self, meta: $crate::engine::aws_smithy_types::error::metadata::ErrorMetadata) -> Self {
                self.meta = Some(meta);
                self
            }

            /// As [`meta`](Self::meta); `None` removes the value.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: Option<$crate::engine::aws_smithy_types::error::metadata::ErrorMetadata>,
            ) -> &mut Self {
                self.meta = meta;
                self
            }
        }
    };

    ($(#[$doc:meta])* $kind:ident $builder:ident => $name:ident { $($rows:tt)* }) => {
        $crate::builder! { @struct $(#[$doc])* $kind $builder => $name { $($rows)* } }
    };

    (@struct $(#[$doc:meta])* $kind:ident $builder:ident => $name:ident {
        $($(#[$attribute:meta])* $row:ident $field:ident, $set:ident, $get:ident $(: $type:ty)? $(= $mode:ident $(($default:expr))?)?;)*
    } $($role:ident $extra:ident: $extra_type:ty = $extra_mode:ident)?) => {
        $(#[$doc])*
        #[non_exhaustive]
        pub struct $builder {
            $($field: Option<$crate::builder!(@type $row $($type)?)>,)*
            $($extra: Option<$extra_type>,)?
        }

        impl Default for $builder {
            #[inline]
            fn default() -> Self {
                Self {
                    $($field: None,)*
                    $($extra: None,)?
                }
            }
        }

        impl Clone for $builder {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    $($field: self.$field.clone(),)*
                    $($extra: self.$extra.clone(),)?
                }
            }
        }

        impl PartialEq for $builder {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                true $(&& self.$field == other.$field)* $(&& self.$extra == other.$extra)?
            }
        }

        impl $builder {
            $($crate::setters!(@$row [$field] [$field] $(#[$attribute])* $field, $set, $get $(: $type)?);)*

            $crate::builder!(@build $kind $builder => $name { $($field $(= $mode $(($default))?)?,)* $($extra = $extra_mode,)? });
        }

        impl std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::builder!(@debug self f $builder $name [$(&self.$field,)*] $($role &self.$extra)?)
            }
        }
    };

    (@debug $self:ident $f:ident $builder:ident $name:ident [$($values:tt)*]) => {
        $crate::shape::debug_builder(
            stringify!($builder),
            <$name as $crate::shape::Table>::SCHEMA,
            &[$($values)*],
            None,
            $f,
        )
    };

    (@debug $self:ident $f:ident $builder:ident $name:ident [$($values:tt)*] request_id $($id:tt)+) => {
        $crate::builder!(@debug $self $f $builder $name [$($values)* $($id)+])
    };

    (@debug $self:ident $f:ident $builder:ident $name:ident [$($values:tt)*] meta $($meta:tt)+) => {
        $crate::shape::debug_builder(
            stringify!($builder),
            <$name as $crate::shape::Table>::SCHEMA,
            &[$($values)*],
            Some($($meta)+),
            $f,
        )
    };

    (@build fallible $builder:ident => $name:ident { $($field:ident $(= $mode:ident $(($default:expr))?)?,)* }) => {
        /// Makes the structure.
        ///
        /// # Errors
        /// When a required member was not set.
        #[inline]
        pub fn build(self) -> Result<$name, $crate::engine::aws_smithy_types::error::operation::BuildError> {
            Ok($name {
                $($field: $crate::builder!(@member self $name $field $($mode $(($default))?)?),)*
            })
        }
    };

    (@build infallible $builder:ident => $name:ident { $($field:ident $(= $mode:ident $(($default:expr))?)?,)* }) => {
        /// Makes the structure.
        #[inline]
        pub fn build(self) -> $name {
            $name {
                $($field: $crate::builder!(@member self $name $field $($mode $(($default))?)?),)*
            }
        }
    };

    (@member $self:ident $name:ident $field:ident) => {
        $self.$field
    };

    (@member $self:ident $name:ident $field:ident optional) => {
        $self.$field
    };

    (@member $self:ident $name:ident $field:ident required) => {
        $crate::shape::required(
            $self.$field,
            stringify!($field),
            concat!(stringify!($field), " was not specified but it is required when building ", stringify!($name)),
        )?
    };

    (@member $self:ident $name:ident $field:ident default) => {
        $self.$field.unwrap_or_default()
    };

    (@member $self:ident $name:ident $field:ident default ($default:expr)) => {
        $self.$field.unwrap_or_else(|| $default)
    };

    (@type text) => { String };
    (@type texts) => { Vec<String> };
    (@type text_map) => { std::collections::HashMap<String, String> };
    (@type value $type:ty) => { $type };
    (@type boxed $type:ty) => { Box<$type> };
    (@type list $type:ty) => { Vec<$type> };
    (@type map $type:ty) => { std::collections::HashMap<String, $type> };
}
