//! The generic builder that clients and crates of types share.

use proc_macro2::TokenStream;
use quote::quote;

/// `Builder`, what it holds, and its `Default` and `Debug` as the builder of a shape.
///
/// The file imports `Shape`, `debug_draft`, `fmt` and `PhantomData`.
pub(super) fn generic() -> TokenStream {
    quote! {
        /// Builds a `T` member by member.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct Builder<T, S = T> {
            pub(crate) state: S,
            shape: PhantomData<T>,
        }

        /// A state that holds a shape in the making.
        pub trait Hold<T> {
            /// The shape.
            fn shape(&self) -> &T;

            /// The shape, to be filled.
            fn shape_mut(&mut self) -> &mut T;
        }

        impl<T> Hold<T> for T {
            #[inline]
            fn shape(&self) -> &T {
                self
            }

            #[inline]
            fn shape_mut(&mut self) -> &mut T {
                self
            }
        }

        impl<T: Shape> Default for Builder<T> {
            fn default() -> Self {
                Self { state: T::empty(), shape: PhantomData }
            }
        }

        impl<T: Shape> fmt::Debug for Builder<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                debug_draft(&self.state, f)
            }
        }
    }
}
