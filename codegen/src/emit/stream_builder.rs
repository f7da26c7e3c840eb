//! The builders of inputs that have a stream, in a client and in a crate of types.
//!
//! An input has a stream in any case, and its builder need not have one yet, so that it holds it beside the input. The
//! fluent builder holds the other one, which it lends as it is: of a stream there is no copy.

use proc_macro2::TokenStream;
use quote::quote;

/// What both files import for it beside what other builders take.
pub(super) fn imports() -> TokenStream {
    quote! {
        use smithy_client_runtime::shape::{Streamed, Value, debug_streamed};
        use std::mem;
    }
}

/// `StreamBuilder`, with its `Default` and `Debug` and what it makes of what `bound` asks of an input.
///
/// The file has [`imports`], `fmt` and `BuildError`.
pub(super) fn of_inputs(bound: &TokenStream) -> TokenStream {
    quote! {
        /// Builds an input that has a stream, which is held beside it: here it need not be set.
        #[non_exhaustive]
        pub struct StreamBuilder<T: Streamed> {
            pub(crate) state: T,
            pub(crate) stream: Option<T::Stream>,
        }

        impl<T: Streamed> Default for StreamBuilder<T> {
            fn default() -> Self {
                Self { state: T::empty(), stream: None }
            }
        }

        impl<T: Streamed> fmt::Debug for StreamBuilder<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                debug_streamed(&self.state, &self.stream, f)
            }
        }

        impl<T: #bound> StreamBuilder<T> {
            /// Makes the input: without a byte in its stream where none was set.
            ///
            /// # Errors
            /// When it has to have events, and none were set. What else it lacks is found when it is sent.
            pub fn build(self) -> Result<T, BuildError> {
                let mut input = self.state;
                *input.stream_mut() = match self.stream {
                    Some(stream) => stream,
                    None => T::unset()?,
                };
                Ok(input)
            }

            /// Takes a whole input, in place of everything set so far.
            pub fn with_input(mut self, mut input: T) -> Self {
                self.stream = Some(mem::replace(input.stream_mut(), Value::empty()));
                self.state = input;
                self
            }
        }
    }
}

/// `StreamFluentBuilder`, and how both builders send.
///
/// The file imports what those of other inputs take of the crate and of the runtime.
pub(super) fn fluent() -> TokenStream {
    quote! {
        /// The fluent builder of an operation whose input has a stream.
        #[non_exhaustive]
        pub struct StreamFluentBuilder<T: Streamed> {
            pub(crate) inner: StreamBuilder<T>,
            pub(crate) call: Fluent,
        }

        impl<T: Streamed> fmt::Debug for StreamFluentBuilder<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.call.debug(T::SCHEMA.name, &self.inner, f)
            }
        }

        impl<T: Operation + Streamed> StreamBuilder<T> {
            /// Sends the input through a client.
            ///
            /// # Errors
            /// As `send` of the fluent builder.
            pub async fn send_with(self, client: &Client) -> Result<T::Output, SdkError<T::Error>> {
                StreamFluentBuilder { inner: self, call: Fluent::new(&client.handle) }.send().await
            }
        }

        #[inline]
        pub(crate) fn stream_fluent<T: Streamed>(handle: &Arc<Handle>) -> StreamFluentBuilder<T> {
            StreamFluentBuilder { inner: StreamBuilder::default(), call: Fluent::new(handle) }
        }

        impl<T: Operation + Streamed> StreamFluentBuilder<T> {
            /// Takes a whole input, in place of everything set so far.
            pub fn with_input(mut self, input: T) -> Self {
                self.inner = self.inner.with_input(input);
                self
            }

            /// The input as it is built so far.
            pub fn as_input(&self) -> &StreamBuilder<T> {
                &self.inner
            }

            /// Sends the input.
            ///
            /// # Errors
            /// As [`SdkError`] tells them apart: the input lacks something, the call
            /// timed out, was not delivered, its response was not readable, or the
            /// service refused it.
            pub async fn send(self) -> Result<T::Output, SdkError<T::Error>> {
                let input = self.inner.build().map_err(SdkError::construction_failure)?;
                match self.call.start(T::SPEC, Input::erase(input)).await {
                    Ok(output) => Ok(take_output(output)),
                    Err(error) => Err(error.map_service_error(take_error)),
                }
            }

            /// Lets this call differ from the others of its client before it is sent.
            pub fn customize(self) -> CustomizableOperation<T::Output, T::Error, Self> {
                CustomizableOperation::new(self)
            }
        }

        impl<T: Operation + Streamed> CustomizableSend<T::Output, T::Error> for StreamFluentBuilder<T> {
            fn send(mut self, config_override: config::Builder) -> BoxFuture<CallResult<T::Output, T::Error>> {
                self.call.set_config_override(config_override.settings);
                Box::pin(self.send())
            }
        }
    }
}
