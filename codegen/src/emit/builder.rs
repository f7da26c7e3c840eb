//! The generic builders that clients and crates of types share.

use proc_macro2::TokenStream;
use quote::quote;

/// `Builder`, what it holds, its `Default` and `Debug` as the builder of a shape, and what it sets of an exception beside its
/// members; and `DraftBuilder`.
///
/// The file imports what they take of the runtime's modules `shape` and `error`, `ErrorMetadata` and `fmt`.
pub(super) fn generic() -> TokenStream {
    quote! {
        /// Builds a `T` member by member; `C` is what a call needs beside it.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct Builder<T, C = ()> {
            pub(crate) state: T,
            pub(crate) call: C,
        }

        impl<T: Shape> Default for Builder<T> {
            fn default() -> Self {
                Self { state: T::empty(), call: () }
            }
        }

        impl<T: Shape> fmt::Debug for Builder<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                debug_state(&self.state, f)
            }
        }

        impl<T: Exception> Builder<T> {
            /// Code, message and request id of the error.
            #[inline]
            pub fn meta(mut self, meta: ErrorMetadata) -> Self {
                set_metadata(&mut self.state, meta);
                self
            }

            /// As [`meta`](Self::meta); `None` removes the value.
            #[inline]
            pub fn set_meta(&mut self, meta: Option<ErrorMetadata>) -> &mut Self {
                set_metadata(&mut self.state, meta.unwrap_or_default());
                self
            }
        }

        /// Builds a `T` some member of which is always there: from a draft, which has an option for each member.
        #[non_exhaustive]
        pub struct DraftBuilder<T: Drafted> {
            pub(crate) members: T::Members,
        }

        impl<T: Drafted<Members: Clone>> Clone for DraftBuilder<T> {
            fn clone(&self) -> Self {
                Self { members: self.members.clone() }
            }
        }

        impl<T: Drafted> PartialEq for DraftBuilder<T> {
            fn eq(&self, other: &Self) -> bool {
                same_members(&self.members, &other.members)
            }
        }

        impl<T: Drafted> Default for DraftBuilder<T> {
            fn default() -> Self {
                Self { members: T::Members::none() }
            }
        }

        impl<T: Drafted> fmt::Debug for DraftBuilder<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                debug_builder(T::SCHEMA, &self.members, f)
            }
        }
    }
}
