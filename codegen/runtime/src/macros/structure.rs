//! Structures and their builders.

/// Implements [`Table`](crate::shape::Table), [`Shape`](crate::shape::Shape), `Clone`, `Debug` and `PartialEq` for structures.
///
/// Each row is the position of a member, its field, where it travels if not in
/// the body, its name on the wire, `=` its name in the model where a header or a
/// query parameter is called otherwise, and what else the model says of it, by the
/// names of [`flag`](crate::shape::flag). `media_types` may follow the rows, then `xml`, what
/// [`xml_schema!`](crate::xml_schema) takes, and then `defaults`: what members are that a response
/// lacks, where it is not the zero of their type.
/// `all_optional` says that every member is an `Option`: then there is an empty value, and the builder holds the structure
/// itself while it is made. `streaming`, before anything else, says that a member is a stream: then there is no `Clone`, and no
/// `PartialEq`. `exception` may be followed by how the exception may be retried, in parentheses.
#[macro_export]
macro_rules! shape {
    (streaming $($shape:tt)*) => {
        $crate::shape!(@role [$crate::shape::Value::empty(); streaming] $($shape)*);
    };

    (all_optional $($shape:tt)*) => {
        $crate::shape!(@role [None; data] $($shape)*);
    };

    (@role [$empty:expr; $data:ident] output $name:ident { $($row:tt)* } $(media_types { $($media:tt)* })? $(xml { $($xml:tt)* })? $(defaults { $($default:tt)* })?) => {
        $crate::shape!(@table $name [$empty; $data] { $($row)* } [$($($media)*)?] [$($($xml)*)?] [$($($default)*)?] [RequestId _request_id: None]);

        impl $crate::engine::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self._request_id.as_deref()
            }
        }
    };

    (@role [$empty:expr; $data:ident] exception $(($retryable:ident))? $name:ident { $($row:tt)* } $(media_types { $($media:tt)* })? $(xml { $($xml:tt)* })? $(defaults { $($default:tt)* })?) => {
        $crate::shape!(@table $name [$empty; $data] { $($row)* } [$($($media)*)?] [$($($xml)*)?] [$($($default)*)?] [Metadata($($retryable)?) meta: $crate::error::no_metadata()]);

        $(
            impl $name {
                /// What kind of error it is for those who try a call again.
                #[inline]
                pub fn retryable_error_kind(&self) -> $crate::engine::ErrorKind {
                    $crate::engine::ErrorKind::$retryable
                }
            }
        )?
    };

    (@role [$empty:expr; $data:ident] $name:ident { $($row:tt)* } $(media_types { $($media:tt)* })? $(xml { $($xml:tt)* })? $(defaults { $($default:tt)* })?) => {
        $crate::shape!(@table $name [$empty; $data] { $($row)* } [$($($media)*)?] [$($($xml)*)?] [$($($default)*)?] []);
    };

    (@table $name:ident [$empty:expr; $data:ident]
        { $($index:literal $field:ident: $($location:ident)? $wire:literal $(= $named:literal)? $($flag:ident)*,)* }
        [$($position:literal $media:literal,)*] [$($xml:tt)*] [$($($defaulted:ident: $default:expr,)+)?] [$($kind:ident$(($($retryable:ident)?))? $private:ident: $unset:expr)?]
    ) => {
        impl $crate::shape::Table for $name {
            const SCHEMA: &'static $crate::shape::Schema = &$crate::shape::Schema {
                name: stringify!($name),
                fields: stringify!($($field)*),
                rows: &[$(($wire, $($crate::shape::flag::$location |)? $($crate::shape::flag::$flag |)* 0),)*],
                names: &[$($(($index, $named),)?)*],
                private: $crate::shape!(@private $($kind$(($($retryable)?))?)?),
                media_types: &[$(($position, $media)),*],
                xml: $crate::xml_schema!($($xml)*),
            };
        }

        impl $crate::shape::Shape for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::shape::Schema {
                <Self as $crate::shape::Table>::SCHEMA
            }

            #[inline]
            fn member(&self, index: usize) -> &dyn $crate::shape::Value {
                match index {
                    $($index => &self.$field,)*
                    _ => $crate::shape!(@last index $(&self.$private)?),
                }
            }

            #[inline]
            fn member_mut(&mut self, index: usize) -> &mut dyn $crate::shape::Value {
                match index {
                    $($index => &mut self.$field,)*
                    _ => $crate::shape!(@last index $(&mut self.$private)?),
                }
            }

            #[inline]
            fn empty() -> Self {
                let empty = Self {
                    $($field: $empty,)*
                    $($private: $unset,)?
                };
                $(let empty = Self { $($defaulted: $default,)+ ..empty };)?
                empty
            }
        }

        $crate::shape!(@$data $name);

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::shape::debug_shape(self, f)
            }
        }

        $crate::serde_impls!($name);
    };

    (@private) => { $crate::shape::Private::None };
    (@private $kind:ident) => { $crate::shape::Private::$kind };
    (@private $kind:ident()) => { $crate::shape::Private::$kind(None) };
    (@private $kind:ident($retryable:ident)) => { $crate::shape::Private::$kind(Some($crate::engine::ErrorKind::$retryable)) };

    (@last $index:ident) => { $crate::shape::no_such_member($index) };
    (@last $index:ident $($private:tt)+) => { $($private)+ };

    (@streaming $name:ident) => {};

    (@data $name:ident) => {
        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::shape::clone_shape(self)
            }
        }

        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::shape::same_shape(self, other)
            }
        }
    };

    ($($shape:tt)*) => {
        $crate::shape!(@role [$crate::shape::Value::empty(); data] $($shape)*);
    };
}

/// What XML and forms have to know of a structure or a union beside its rows
/// ([`XmlSchema`](crate::shape::XmlSchema)): the name of its element where it is a document of its own, with what the
/// element declares if it does, and then members by their position, each with its [`Xml`](crate::shape::Xml).
#[doc(hidden)]
#[macro_export]
macro_rules! xml_schema {
    () => { None };
    (root $root:literal, $($members:tt)*) => { $crate::xml_schema!(@of Some(($root, $crate::shape::Xml::PLAIN)), $($members)*) };
    (root $root:literal $about:expr, $($members:tt)*) => { $crate::xml_schema!(@of Some(($root, $about)), $($members)*) };
    (@of $root:expr, $($position:literal $xml:expr,)*) => {
        Some(&$crate::shape::XmlSchema { root: $root, members: &[$(($position, $xml)),*] })
    };
    ($($members:tt)+) => { $crate::xml_schema!(@of None, $($members)+) };
}

/// Gives a structure all of whose members are optional its accessors, and its builder, the crate's generic `Builder`,
/// three methods per member.
///
/// `input` serves the fluent builder too. Each row is the kind of the member, its accessor and setter, which have one
/// name, its `set_` and `get_` methods, and the type of its value where the kind leaves it open. Members that the structure
/// has no accessor for stand behind `without_accessor`. The module must import the crate's `Builder`.
#[macro_export]
macro_rules! methods {
    (
        input $name:ident => $builder:ty { $($(#$attribute:tt)* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty $(=> $value:ty)?)?;)* }
        $(without_accessor { $($more:tt)* })?
    ) => {
        impl $name {
            $crate::begin!($builder);
            $($crate::accessor!(@$kind [] $(#$attribute)* $field $(: $type $(=> $value)?)?);)*
        }

        impl<C> Builder<$name, C> {
            $($crate::methods!(@$kind [state.$field] $(#$attribute)* $field, $set, $get $(: $type $(=> $value)?)?);)*
            $($crate::methods!(@setters $($more)*);)?
        }
    };

    (
        $name:ident => $builder:ty { $($(#$attribute:tt)* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty $(=> $value:ty)?)?;)* }
        $(without_accessor { $($more:tt)* })?
    ) => {
        impl $name {
            $crate::begin!($builder);
            $($crate::accessor!(@$kind [] $(#$attribute)* $field $(: $type $(=> $value)?)?);)*
        }

        impl Builder<$name> {
            $($crate::methods!(@$kind [state.$field] $(#$attribute)* $field, $set, $get $(: $type $(=> $value)?)?);)*
            $($crate::methods!(@setters $($more)*);)?

            /// Makes the structure.
            #[inline]
            pub fn build(self) -> $name {
                self.state
            }
        }
    };

    (@setters $($(#$attribute:tt)* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty $(=> $value:ty)?)?;)*) => {
        $($crate::methods!(@$kind [state.$field] $(#$attribute)* $field, $set, $get $(: $type $(=> $value)?)?);)*
    };

    (@copy $($row:tt)+) => {
        $crate::methods!(@value $($row)+);
    };

    (@stream $($row:tt)+) => {
        $crate::methods!(@value $($row)+);
    };

    (@text [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, input: impl Into<String>) -> Self {
            self.$($place)+ = $crate::shape::text(input);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: String);
    };

    (@value [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, input: $type) -> Self {
            self.$($place)+ = Some(input);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: $type);
    };

    (@boxed [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, input: impl Into<Box<$type>>) -> Self {
            self.$($place)+ = Some(input.into());
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: Box<$type>);
    };

    (@texts [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, input: impl Into<String>) -> Self {
            $crate::shape::push_text(&mut self.$($place)+, input);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: Vec<String>);
    };

    (@list [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, input: $type) -> Self {
            $crate::shape::push(&mut self.$($place)+, input);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: Vec<$type>);
    };

    (@text_map [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, k: impl Into<String>, v: impl Into<String>) -> Self {
            $crate::shape::insert_text(&mut self.$($place)+, k, v);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: std::collections::HashMap<String, String>);
    };

    (@map [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident: $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, k: impl Into<String>, v: $type) -> Self {
            $crate::shape::insert(&mut self.$($place)+, k, v);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: std::collections::HashMap<String, $type>);
    };

    (@keyed_text_map [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident: $key:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, k: $key, v: impl Into<String>) -> Self {
            $crate::shape::insert_text(&mut self.$($place)+, k, v);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: std::collections::HashMap<$key, String>);
    };

    (@keyed_map [$($place:tt)+] $(#$attribute:tt)* $field:ident, $set:ident, $get:ident: $key:ty => $type:ty) => {
        $(#$attribute)*
        #[inline]
        pub fn $field(mut self, k: $key, v: $type) -> Self {
            $crate::shape::insert(&mut self.$($place)+, k, v);
            self
        }

        $crate::methods!(@raw [$($place)+] $set, $get: std::collections::HashMap<$key, $type>);
    };

    (@raw [$($place:tt)+] $set:ident, $get:ident: $type:ty) => {
        /// Sets the member as a whole; `None` removes it.
        #[inline]
        pub fn $set(mut self, input: Option<$type>) -> Self {
            self.$($place)+ = input;
            self
        }

        /// The member as it is set so far.
        #[inline]
        pub fn $get(&self) -> &Option<$type> {
            &self.$($place)+
        }
    };
}

/// Gives a structure that has required members or defaults its accessors, and its builder the methods.
///
/// The rows are those of [`methods!`], with the place of the member in what the builder holds; `= required` ends the row of
/// a member without which `build` fails, `= default` that of a member with a default. `fallible` says that some row is
/// required. `with` the
/// place of the `_request_id` of an output, or of the `meta` of an exception, it ends.
#[macro_export]
macro_rules! draft_methods {
    (
        $kind:ident $builder:ident => $name:ident {
            $($(#$attribute:tt)* $row:ident($($index:tt)+) $field:ident, $set:ident, $get:ident $(: $type:ty $(=> $value:ty)?)? $(= $mode:ident $(($default:expr))?)?;)*
        }
        $(without_accessor {
            $($(#$more_attribute:tt)* $more_row:ident($($more_index:tt)+) $more:ident, $more_set:ident, $more_get:ident $(: $more_type:ty $(=> $more_value:ty)?)? $(= $more_mode:ident $(($more_default:expr))?)?;)*
        })?
        $(with $private:ident($($place:tt)+))?
    ) => {
        impl $name {
            $crate::begin!($builder);
            $($crate::accessor!(@$row [$($mode)?] $(#$attribute)* $field $(: $type $(=> $value)?)?);)*
        }

        impl $builder {
            $($crate::methods!(@$row [members.$($index)+] $(#$attribute)* $field, $set, $get $(: $type $(=> $value)?)?);)*
            $($($crate::methods!(@$more_row [members.$($more_index)+] $(#$more_attribute)* $more, $more_set, $more_get $(: $more_type $(=> $more_value)?)?);)*)?

            $crate::draft_methods!(@build $kind $name {
                $($field: [$($index)+] $($mode $(($default))?)?,)*
                $($($more: [$($more_index)+] $($more_mode $(($more_default))?)?,)*)?
                $($private: [$($place)+] $private,)?
            });

            $($crate::draft_methods!(@$private [$($place)+]);)?
        }
    };

    (@_request_id [$($place:tt)+]) => {};

    (@meta [$($place:tt)+]) => {
        /// Code, message and request id of the error.
        #[inline]
        pub fn meta(mut self, meta: $crate::engine::ErrorMetadata) -> Self {
            self.members.$($place)+ = Some(meta);
            self
        }

        /// As [`meta`](Self::meta); `None` removes the value.
        #[inline]
        pub fn set_meta(
            &mut self,
            meta: Option<$crate::engine::ErrorMetadata>,
        ) -> &mut Self {
            self.members.$($place)+ = meta;
            self
        }
    };

    (@build fallible $name:ident { $($field:ident: [$($place:tt)+] $($mode:ident $(($default:expr))?)?,)* }) => {
        /// Makes the structure.
        ///
        /// # Errors
        /// When a required member was not set.
        #[inline]
        pub fn build(self) -> Result<$name, $crate::engine::BuildError> {
            let members = self.members;
            Ok($name {
                $($field: $crate::draft_methods!(@member [members.$($place)+] $name $field $($mode $(($default))?)?),)*
            })
        }
    };

    (@build infallible $name:ident { $($field:ident: [$($place:tt)+] $($mode:ident $(($default:expr))?)?,)* }) => {
        /// Makes the structure.
        #[inline]
        pub fn build(self) -> $name {
            let members = self.members;
            $name {
                $($field: $crate::draft_methods!(@member [members.$($place)+] $name $field $($mode $(($default))?)?),)*
            }
        }
    };

    (@member [$($member:tt)+] $name:ident $field:ident) => {
        $($member)+
    };

    (@member [$($member:tt)+] $name:ident $field:ident _request_id) => {
        $($member)+
    };

    (@member [$($member:tt)+] $name:ident $field:ident required) => {
        $crate::shape::required(
            $($member)+,
            stringify!($field),
            concat!(stringify!($field), " was not specified but it is required when building ", stringify!($name)),
        )?
    };

    (@member [$($member:tt)+] $name:ident $field:ident meta) => {
        $($member)+.unwrap_or_default()
    };

    (@member [$($member:tt)+] $name:ident $field:ident default) => {
        $($member)+.unwrap_or_default()
    };

    (@member [$($member:tt)+] $name:ident $field:ident default ($default:expr)) => {
        $($member)+.unwrap_or_else(|| $default)
    };
}
