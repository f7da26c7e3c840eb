//! Waiters: the trait that begins them, the builder behind them, and a table for each.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::jmespath::path;
use super::tokens::{allow_deprecated, doc, doc_line, imports, module_doc, plain_source};
use crate::model::{Expectation, State};
use crate::plan::waiter::{Acceptor, Matcher, Waiter};
use crate::plan::{Operation, Plan, pages};
use crate::spelling::ident;

/// `waiters.rs`.
pub(super) fn index(plan: &Plan) -> String {
    let page = module_doc(&pages::waiters(plan));
    let modules = plan.waiters().map(|waiter| {
        let module = ident(&waiter.names.module);
        quote!(pub mod #module;)
    });
    plain_source(quote! {
        #page
        #(#modules)*

        use smithy_client_runtime::error::{RootError, Unhandled};
        use smithy_client_runtime::waiter::WaiterError;
        use std::error::Error;
        use std::fmt::Debug;

        /// Not an error of the service, whatever the calls of the waiter came to.
        impl<O, E> From<WaiterError<O, E>> for crate::Error
        where
            O: Debug + Send + Sync + 'static,
            E: Error + Send + Sync + 'static,
        {
            fn from(error: WaiterError<O, E>) -> Self {
                Self::from_unhandled(Unhandled::other(error))
            }
        }
    })
}

/// `client/waiters.rs`: the trait.
pub(super) fn methods(plan: &Plan) -> String {
    let signature = |waiter: &Waiter| {
        let [method, module, builder] =
            [&waiter.names.method, &waiter.names.module, &waiter.names.fluent_builder].map(|name| ident(name));
        quote!(fn #method(&self) -> waiters::#module::#builder)
    };
    let declared = plan.waiters().map(|waiter| {
        let (docs, signature) = (doc(&waiter.docs.lines), signature(waiter));
        quote!(#docs #signature;)
    });
    let defined = plan.waiters().map(|waiter| {
        let (module, signature) = (ident(&waiter.names.module), signature(waiter));
        quote!(#signature { waiting(&self.handle, &waiters::#module::WAITER) })
    });
    plain_source(quote! {
        //! The methods of the client that wait.
        use crate::builder::waiting::waiting;
        use crate::waiters;
        use super::Client;

        /// Calls that are repeated until something has come about: import it, and the client has its methods.
        ///
        /// Each returns a fluent builder to fill with the input of the calls, and to `wait`.
        pub trait Waiters {
            #(#declared)*
        }

        impl Waiters for Client {
            #(#defined)*
        }
    })
}

/// `builder/waiting.rs`: what all waiters share.
pub(super) fn builder() -> String {
    let calls = builder_calls();
    plain_source(quote! {
        //! The builder behind the fluent builders of waiters.
        use smithy_client_runtime::operation::Operation;
        use smithy_client_runtime::service::Handle;
        use smithy_client_runtime::shape::{Shape, clone_shape, debug_state, same_shape};
        use smithy_client_runtime::waiter::{FinalPoll, Waiter, WaiterError, wait};
        use std::fmt;
        use std::sync::Arc;
        use std::time::Duration;
        use super::Builder;
        use crate::error::SdkError;

        pub use smithy_client_runtime::waiter::Waiting;

        impl<T: Shape> fmt::Debug for Builder<T, Waiting> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.call.debug(&fmt::from_fn(|f| debug_state(&self.state, f)), f)
            }
        }

        pub(crate) fn waiting<T: Operation>(
            handle: &Arc<Handle>,
            waiter: &'static Waiter,
        ) -> Builder<T, Waiting> {
            Builder { state: T::empty(), call: Waiting::new(handle, waiter) }
        }

        #calls
    })
}

/// What the fluent builder of a waiter can do.
fn builder_calls() -> TokenStream {
    quote! {
        impl<T: Operation + Clone> Builder<T, Waiting> {
            /// The input as it is built so far.
            pub fn as_input(&self) -> &Builder<T> {
                let make = || Builder { state: clone_shape(&self.state), call: () };
                self.call.lend(&make, &|lent| same_shape(&lent.state, &self.state))
            }

            /// Repeats the call until it comes to what the waiter waits for, for `max_wait` at most.
            ///
            /// # Errors
            /// As [`WaiterError`] tells them apart: the time is over, the thing will not come about any more, or a call
            /// has failed for another reason.
            pub async fn wait(
                self,
                max_wait: Duration,
            ) -> Result<FinalPoll<T::Output, SdkError<T::Error>>, WaiterError<T::Output, T::Error>> {
                wait(self.call, self.state, max_wait).await
            }
        }
    }
}

/// `waiters/<name>.rs`.
pub(super) fn waiter(operation: &Operation, waiter: &Waiter) -> String {
    let page = module_doc(&pages::of_waiter(operation, waiter));
    let allow = allow_deprecated(operation.names_deprecated);
    let uses = imports(&waiter.imports(operation));
    let names = &waiter.names;
    let [builder, final_poll, error] = [&names.fluent_builder, &names.final_poll, &names.error].map(|name| ident(name));
    let module = ident(&operation.names.module);
    let [input, output, refused] =
        [&operation.input.name, &operation.output.name, &operation.names.error].map(|name| ident(name));
    let docs = doc_line(&format!(
        "Fluent builder of the waiter: fill it with the input of [`{}`](crate::Client::{}), then `wait`.",
        operation.names.operation, operation.names.module
    ));
    let table = table(waiter);
    plain_source(quote! {
        #page
        #allow
        #uses

        #docs
        pub type #builder = Builder<#module::#input, Waiting>;

        /// What the last call came to, where the waiter has what it waits for.
        pub type #final_poll = FinalPoll<#module::#output, SdkError<#module::#refused>>;

        /// How waiting fails.
        pub type #error = WaiterError<#module::#output, #module::#refused>;

        #table
    })
}

fn table(waiter: &Waiter) -> TokenStream {
    let name = &waiter.name;
    let (min, max) = (Literal::u16_unsuffixed(waiter.delays.0), Literal::u16_unsuffixed(waiter.delays.1));
    let acceptors = waiter.acceptors.iter().map(acceptor);
    quote! {
        pub(crate) static WAITER: Waiter = Waiter {
            name: #name,
            min_delay: #min,
            max_delay: #max,
            acceptors: &[#(#acceptors),*],
        };
    }
}

fn acceptor(acceptor: &Acceptor) -> TokenStream {
    let state = match acceptor.state {
        State::Success => quote!(State::Success),
        State::Failure => quote!(State::Failure),
        State::Retry => quote!(State::Retry),
    };
    let matcher = match &acceptor.matcher {
        Matcher::Success(success) => quote!(Matcher::Success(#success)),
        Matcher::ErrorType(name) => quote!(Matcher::ErrorType(#name)),
        Matcher::Output(steps, expected) => {
            let (path, expected) = (path(steps), expectation(expected));
            quote!(Matcher::Output(#path, #expected))
        }
        Matcher::InputOutput(steps, expected) => {
            let (path, expected) = (path(steps), expectation(expected));
            quote!(Matcher::InputOutput(#path, #expected))
        }
    };
    quote!(Acceptor(#state, #matcher))
}

fn expectation(expected: &Expectation) -> TokenStream {
    match expected {
        Expectation::Text(text) => quote!(Expected::Text(#text)),
        Expectation::Boolean(value) => quote!(Expected::Boolean(#value)),
        Expectation::AllTexts(text) => quote!(Expected::AllTexts(#text)),
        Expectation::AnyText(text) => quote!(Expected::AnyText(#text)),
    }
}
