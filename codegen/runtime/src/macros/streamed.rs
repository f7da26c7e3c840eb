//! Inputs that have a stream, and their builders.

/// Gives an input that has a stream its accessors, and both of its builders the methods.
///
/// The rows are those of [`methods!`](macro@crate::methods). `= default` ends that of a stream that is empty where none is
/// set, `= required` that of one without which `build` fails; all other members are options. The first builder is that of
/// the input; the fluent one holds it, where there is a client.
#[macro_export]
macro_rules! streamed_methods {
    ($name:ident => $builder:ident, $fluent:ident { $($rows:tt)* }) => {
        $crate::streamed_methods! { $name => $builder { $($rows)* } }
        $crate::streamed_methods! { @fluent $fluent { $($rows)* } }
    };

    (
        $name:ident => $builder:ident {
            $($(#$attribute:tt)* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty $(=> $value:ty)?)? $(= $mode:ident)?;)*
        }
    ) => {
        impl $name {
            $crate::begin!($builder);
            $($crate::accessor!(@$kind [$($mode)?] $(#$attribute)* $field $(: $type $(=> $value)?)?);)*
        }

        $($crate::streamed_methods!(@of $name [$($mode)?] $field $(: $type $(=> $value)?)?);)*

        impl $builder {
            $($crate::streamed_methods!(@held [] [$($mode)?] $kind $(#$attribute)* $field, $set, $get $(: $type $(=> $value)?)?);)*
        }
    };

    (@of $name:ident [] $($row:tt)*) => {};

    (@of $name:ident [$mode:ident] $field:ident: $type:ty) => {
        impl $crate::shape::Streamed for $name {
            type Stream = $type;

            #[inline]
            fn stream_mut(&mut self) -> &mut $type {
                &mut self.$field
            }

            fn unset() -> Result<$type, $crate::engine::BuildError> {
                $crate::streamed_methods!(@unset $mode $name $field)
            }
        }
    };

    (@unset default $name:ident $field:ident) => {
        Ok(Default::default())
    };

    (@unset required $name:ident $field:ident) => {
        $crate::shape::required(
            None,
            stringify!($field),
            concat!(stringify!($field), " was not specified but it is required when building ", stringify!($name)),
        )
    };

    (@fluent $fluent:ident {
        $($(#$attribute:tt)* $kind:ident $field:ident, $set:ident, $get:ident $(: $type:ty $(=> $value:ty)?)? $(= $mode:ident)?;)*
    }) => {
        impl $fluent {
            $($crate::streamed_methods!(@held [inner.] [$($mode)?] $kind $(#$attribute)* $field, $set, $get $(: $type $(=> $value)?)?);)*
        }
    };

    (@held [$($within:tt)*] [] $kind:ident $(#$attribute:tt)* $field:ident, $($row:tt)+) => {
        $crate::methods!(@$kind [$($within)* state.$field] $(#$attribute)* $field, $($row)+);
    };

    (@held [$($within:tt)*] [$mode:ident] $kind:ident $($row:tt)+) => {
        $crate::methods!(@$kind [$($within)* stream] $($row)+);
    };
}
