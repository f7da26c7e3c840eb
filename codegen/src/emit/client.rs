//! The crate's root, its client, its generic builder and customized calls.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tokens::{doc, module_doc, plain_source};
use super::{builder, stream_builder};
use crate::plan::{Plan, pages};
use crate::spelling::ident;

/// `lib.rs`, before it is put into the macro that compares it with the runtime.
pub(super) fn library(plan: &Plan) -> String {
    let docs = module_doc(&pages::root(plan));
    let auth_token = module_where(plan.service.auth_token.is_some(), "auth_token");
    let endpoint_discovery = module_where(plan.endpoint_discovery.is_some(), "endpoint_discovery");
    let paginator = module_where(plan.is_paginated(), "paginator");
    let waiters = module_where(plan.waiters().next().is_some(), "waiters");
    let event_receiver = plan.has_events().then(event_receiver);
    plain_source(quote! {
        #docs
        #![forbid(unsafe_code)]

        #auth_token
        pub mod builder;
        #[cfg(feature = "serde")]
        pub mod by_name;
        pub mod client;
        pub mod config;
        #endpoint_discovery
        pub mod error;
        pub mod operation;
        #paginator
        #[cfg(feature = "presigning")]
        pub mod presigning;
        pub mod primitives;
        #[cfg(feature = "serde")]
        pub mod serde;
        pub mod types;
        #waiters
        #event_receiver

        pub use client::Client;
        #[doc(inline)]
        pub use config::Config;
        pub use error::root::Error;

        /// Facts about this crate.
        pub mod meta {
            /// Its version.
            pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
        }
    })
}

/// A module that only some crates have.
fn module_where(is_there: bool, name: &str) -> Option<TokenStream> {
    let name = format_ident!("{name}");
    is_there.then(|| quote!(pub mod #name;))
}

fn event_receiver() -> TokenStream {
    quote! {
        /// What streams of events are received by.
        pub mod event_receiver {
            pub use crate::primitives::event_stream::EventReceiver;
        }
    }
}

/// `auth_token.rs`, where users of databases sign in with tokens of this module of the runtime.
pub(super) fn auth_token(module: &str) -> String {
    let module = ident(module);
    plain_source(quote! {
        //! Tokens with which users of databases sign in instead of passwords: [`AuthTokenGenerator`] makes them.
        pub use smithy_client_runtime::auth_token::#module::{AuthToken, AuthTokenGenerator, Config, ConfigBuilder};
    })
}

/// `client.rs`.
pub(super) fn client(plan: &Plan) -> String {
    let about = doc(&pages::client(plan));
    let waiters = plan.waiters().next().map(|_| {
        quote! {
            mod waiters;
            pub use self::waiters::Waiters;
        }
    });
    let constructors = constructors();
    plain_source(quote! {
        //! The client, and how its calls are customized.
        use smithy_client_runtime::engine::aws_types::sdk_config::SdkConfig;
        use smithy_client_runtime::operation::Operation;
        use smithy_client_runtime::service::Handle;
        use std::fmt;
        use std::sync::Arc;
        use crate::builder::{self, Builder, Fluent};
        use crate::config::Config;

        pub mod customize;
        #waiters

        #about
        #[derive(Clone)]
        pub struct Client {
            conf: Config,
            pub(crate) handle: Arc<Handle>,
        }

        impl fmt::Debug for Client {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Client").field("handle", &self.handle).finish()
            }
        }

        #constructors
    })
}

/// How a client is made, and what it begins calls with.
fn constructors() -> TokenStream {
    quote! {
        impl Client {
            /// A client with the configuration that `aws-config` has loaded.
            ///
            /// # Panics
            /// As [`Self::from_conf`].
            #[track_caller]
            pub fn new(sdk_config: &SdkConfig) -> Self {
                Self::from_conf(Config::new(sdk_config))
            }

            /// A client with a configuration of this crate.
            ///
            /// # Panics
            /// When the configuration has no behavior version, or has retries or
            /// timeouts but no sleep implementation, as without the feature `rt-tokio`.
            #[track_caller]
            pub fn from_conf(conf: Config) -> Self {
                let handle = conf.handle();
                Self { conf, handle }
            }

            /// The configuration that the client was made with.
            pub fn config(&self) -> &Config {
                &self.conf
            }

            #[inline]
            pub(crate) fn fluent<T: Operation>(&self) -> Builder<T, Fluent> {
                builder::fluent(&self.handle)
            }
        }
    }
}

/// `client/customize.rs`.
pub(super) fn customize(plan: &Plan) -> String {
    let page = module_doc(&pages::customize(plan));
    let internal = internal();
    let customizations = customizations();
    let unsigned = unsigned(plan);
    plain_source(quote! {
        #page
        use smithy_client_runtime::engine::aws_smithy_runtime::client::interceptors::{
            MapRequestInterceptor, MutateRequestInterceptor,
        };
        use smithy_client_runtime::engine::aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
        use smithy_client_runtime::engine::aws_smithy_runtime_api::client::orchestrator::HttpRequest;
        use std::error::Error;
        use std::marker::PhantomData;
        use crate::config::Builder;
        use self::internal::{CustomizableSend, SendResult};

        /// A call that can be changed before it is sent; `customize()` of a fluent builder makes it.
        pub struct CustomizableOperation<T, E, B> {
            call: B,
            config_override: Option<Builder>,
            interceptors: Vec<SharedInterceptor>,
            result: PhantomData<(T, E)>,
        }

        #customizations

        #unsigned

        #internal

    })
}

/// What can be changed of calls that send a stream with a checksum: what is large and protected without a signature.
fn unsigned(plan: &Plan) -> TokenStream {
    let sending = plan.operations.iter().filter(|it| it.checksum.is_some() && it.input.stream().is_some());
    let changes = sending.map(|operation| {
        let (module, output) = (ident(&operation.names.module), ident(&operation.output.name));
        quote! {
            impl<E, B> CustomizableOperation<crate::operation::#module::#output, E, B> {
                /// Leaves the body out of the signature, which saves to read it twice. What protects it then is TLS, and its
                /// checksum from mistakes alone.
                pub fn disable_payload_signing(self) -> Self {
                    self.interceptor(smithy_client_runtime::http_checksum::UnsignedPayload)
                }
            }
        }
    });
    quote!(#(#changes)*)
}

/// What can be changed of a call.
fn customizations() -> TokenStream {
    let sending = sending_customized();
    quote! {
        impl<T, E, B> CustomizableOperation<T, E, B> {
            pub(crate) fn new(call: B) -> Self {
                Self { call, config_override: None, interceptors: Vec::new(), result: PhantomData }
            }

            /// Adds an interceptor that sees and may change this call only.
            pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
                self.interceptors.push(SharedInterceptor::new(interceptor));
                self
            }

            /// Replaces the HTTP request before it is signed.
            ///
            /// An error of `f` fails the call before anything is sent.
            pub fn map_request<F, MapE>(self, f: F) -> Self
            where
                F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
                MapE: Error + Send + Sync + 'static,
            {
                self.interceptor(MapRequestInterceptor::new(f))
            }

            /// Changes the HTTP request before it is signed.
            pub fn mutate_request<F>(self, f: F) -> Self
            where
                F: Fn(&mut HttpRequest) + Send + Sync + 'static,
            {
                self.interceptor(MutateRequestInterceptor::new(f))
            }

            /// Lays a configuration over that of the client, for this call only.
            pub fn config_override(mut self, config_override: impl Into<Builder>) -> Self {
                self.config_override = Some(config_override.into());
                self
            }

            #sending
        }
    }
}

/// How a customized call is sent.
fn sending_customized() -> TokenStream {
    quote! {
        /// Sends the call.
        ///
        /// # Errors
        /// As `send` of the fluent builder.
        pub async fn send(self) -> SendResult<T, E>
        where
            E: Error + Send + Sync + 'static,
            B: CustomizableSend<T, E>,
        {
            let (call, config_override) = self.into_parts();
            call.send(config_override).await
        }

        /// The call, and what is laid over the configuration of its client.
        pub(crate) fn into_parts(self) -> (B, Builder) {
            let mut config_override = self.config_override.unwrap_or_default();
            for interceptor in self.interceptors {
                config_override.push_interceptor(interceptor);
            }
            (self.call, config_override)
        }
    }
}

/// The seam between customized calls and fluent builders.
fn internal() -> TokenStream {
    quote! {
        pub(crate) mod internal {
            //! The seam between customized calls and fluent builders.
            use smithy_client_runtime::engine::aws_smithy_runtime_api::client::result::SdkError;
            use smithy_client_runtime::engine::aws_smithy_runtime_api::client::orchestrator::HttpResponse;
            use smithy_client_runtime::operation::BoxFuture;

            /// What a call returns.
            pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

            /// A fluent builder, as a customized call sends it.
            pub trait CustomizableSend<T, E>: Send + Sync {
                /// Sends it with a configuration of its own.
                fn send(self, config_override: crate::config::Builder) -> BoxFuture<SendResult<T, E>>;
            }
        }
    }
}

/// `builder.rs`.
pub(super) fn builder(plan: &Plan) -> String {
    let fluent_calls = fluent_calls(plan);
    let generic = builder::generic();
    let fluent = fluent();
    let of_inputs = of_inputs();
    let sending = sending();
    let (uses_of_streams, streamed) = match plan.streams_inputs() {
        true => {
            let (inputs, fluent) = (stream_builder::of_inputs(&quote!(Operation + Streamed)), stream_builder::fluent());
            (stream_builder::imports(), quote!(#inputs #fluent))
        }
        false => (quote!(), quote!()),
    };
    let waiting = if plan.waiters().next().is_some() {
        quote!(
            pub mod waiting;
        )
    } else {
        quote!()
    };
    plain_source(quote! {
        //! The builders behind the builders of this crate.
        //!
        //! One generic type, [`Builder`], serves as the builder of every shape whose members are all optional: it holds
        //! the shape itself. With [`Fluent`] beside it, it is the fluent builder of every operation. For other shapes
        //! [`DraftBuilder`] holds a draft, an option for each member. Setters stand beside each shape.
        use smithy_client_runtime::engine::aws_smithy_types::error::metadata::ErrorMetadata;
        use smithy_client_runtime::engine::aws_smithy_types::error::operation::BuildError;
        use smithy_client_runtime::error::{Exception, set_metadata};
        use smithy_client_runtime::operation::{BoxFuture, CallResult, Input, Operation, take_error, take_output};
        use smithy_client_runtime::service::Handle;
        use smithy_client_runtime::shape::{
            Drafted, Members, Shape, clone_shape, debug_builder, debug_state, same_members, same_shape,
        };
        use std::fmt;
        use std::sync::Arc;
        use crate::client::customize::CustomizableOperation;
        use crate::client::customize::internal::CustomizableSend;
        use crate::client::Client;
        use crate::config;
        use crate::error::SdkError;

        pub use smithy_client_runtime::fluent::Fluent;
        #uses_of_streams

        #waiting

        #generic

        #fluent

        #of_inputs

        // No method, because a member may have this name.
        #[inline]
        pub(crate) fn fluent<T: Operation>(handle: &Arc<Handle>) -> Builder<T, Fluent> {
            Builder { state: T::empty(), call: Fluent::new(handle) }
        }

        #fluent_calls

        #sending

        #streamed
    })
}

/// What fluent builders can do.
fn fluent_calls(plan: &Plan) -> TokenStream {
    let into_parts = if plan.is_paginated() {
        quote! {
            #[inline]
            pub(crate) fn into_parts(self) -> (T, Arc<Handle>) {
                (self.state, self.call.into_handle())
            }
        }
    } else {
        quote!()
    };
    quote! {
        impl<T: Operation> Builder<T, Fluent> {
            #into_parts

            /// The input as it is built so far.
            pub fn as_input(&self) -> &Builder<T> {
                let make = || Builder { state: clone_shape(&self.state), call: () };
                self.call.lend(&make, &|lent| same_shape(&lent.state, &self.state))
            }

            /// Sends the input.
            ///
            /// # Errors
            /// As [`SdkError`] tells them apart: the input lacks something, the call
            /// timed out, was not delivered, its response was not readable, or the
            /// service refused it.
            pub async fn send(self) -> Result<T::Output, SdkError<T::Error>> {
                match self.call.start(T::SPEC, Input::erase(self.state)).await {
                    Ok(output) => Ok(take_output(output)),
                    Err(error) => Err(error.map_service_error(take_error)),
                }
            }

            /// Lets this call differ from the others of its client before it is sent.
            pub fn customize(self) -> CustomizableOperation<T::Output, T::Error, Self> {
                CustomizableOperation::new(self)
            }
        }
    }
}

/// How a fluent builder sends its input.
fn sending() -> TokenStream {
    quote! {
        impl<T: Operation> CustomizableSend<T::Output, T::Error> for Builder<T, Fluent> {
            fn send(mut self, config_override: config::Builder) -> BoxFuture<CallResult<T::Output, T::Error>> {
                self.call.set_config_override(config_override.settings);
                Box::pin(self.send())
            }
        }
    }
}

/// What builders of inputs can do, fluent ones among them.
fn of_inputs() -> TokenStream {
    quote! {
        impl<T: Operation> Builder<T> {
            /// Makes the input.
            ///
            /// # Errors
            /// None today: what an input lacks is found when it is sent.
            pub fn build(self) -> Result<T, BuildError> {
                Ok(self.state)
            }

            /// Sends the input through a client.
            ///
            /// # Errors
            /// As `send` of the fluent builder.
            pub async fn send_with(self, client: &Client) -> Result<T::Output, SdkError<T::Error>> {
                client.fluent::<T>().with_input(self.state).send().await
            }
        }

        impl<T: Operation, C> Builder<T, C> {
            /// Takes a whole input, in place of everything set so far.
            #[inline]
            pub fn with_input(mut self, input: T) -> Self {
                self.state = input;
                self
            }
        }
    }
}

/// How a fluent builder shows itself; what it has beside its input stands in the runtime.
fn fluent() -> TokenStream {
    quote! {
        impl<T: Shape> fmt::Debug for Builder<T, Fluent> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let inner = fmt::from_fn(|f| debug_state(&self.state, f));
                self.call.debug(self.state.schema().name, &inner, f)
            }
        }
    }
}
