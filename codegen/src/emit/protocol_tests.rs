//! The program of a service's protocol tests.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::doc_line;
use crate::format::{Tables, headed, source};
use crate::options::Writer;
use crate::plan::Plan;
use crate::plan::protocol_tests::{Configured, Expected, Failure, Item, Received, Sent, Streamed, Test};
use crate::protocol_tests::{Case, Message};
use crate::spelling::{Spelling, ident, path, setters};

/// Beside the client: everything is called by its path.
struct Beside;

impl Spelling for Beside {
    fn named(&mut self, module: &str, name: &str) -> TokenStream {
        let (module, name) = (path(module), ident(name));
        quote!(sdk::#module::#name)
    }

    fn primitive(&mut self, name: &str) -> TokenStream {
        self.named("primitives", name)
    }

    fn document(&mut self) -> TokenStream {
        quote!(conformance::Document)
    }
}

/// `main.rs`: a function for each case that is one, with its position among all cases of the service.
pub(crate) fn program(plan: &Plan, cases: &[(usize, &Case, &Test)]) -> String {
    let library = ident(&plan.package.library());
    let rows = cases.iter().map(|(position, case, test)| row(*position, case, test));
    let functions = cases.iter().map(|(_, case, test)| function(case, test));
    let text = quote! {
        //! The protocol tests of a service, for `cargo xtask conformance`.
        #![allow(deprecated)]

        use #library as sdk;
        use conformance::{Case, Exchange, Tested};

        fn main() {
            conformance::run(vec![#(#rows),*]);
        }

        fn client(exchange: &Exchange) -> sdk::Client {
            configured(exchange, |_| {})
        }

        fn configured(exchange: &Exchange, set: fn(&mut sdk::config::Builder)) -> sdk::Client {
            let mut config = sdk::config::Builder::from(&exchange.config());
            set(&mut config);
            sdk::Client::from_conf(config.idempotency_token_provider(conformance::IDEMPOTENCY_TOKEN).build())
        }

        #(#functions)*
    };
    headed(Writer::default(), &source(text, &Tables::default()))
}

/// The row of a case in the table of `main`.
fn row(position: usize, case: &Case, test: &Test) -> TokenStream {
    let (position, function) = (Literal::usize_unsuffixed(position), ident(&test.function));
    let function = quote!(|exchange| Box::pin(#function(exchange)));
    match &case.message {
        Message::Request(request) => {
            let host = request.host.as_deref().unwrap_or_default();
            quote!(Case::request(#position, #host, #function))
        }
        Message::Response(response) => {
            let code = Literal::u16_unsuffixed(response.code);
            let headers = response.headers.iter().map(|(name, value)| quote!((#name, #value)));
            let body = Literal::byte_string(&response.bytes());
            quote!(Case::response(#position, #code, &[#(#headers),*], #body, #function))
        }
        Message::Events(events) => {
            let code = Literal::u16_unsuffixed(events.response.as_ref().map_or(200, |response| response.code));
            let headers = events.response.iter().flat_map(|response| &response.headers);
            let headers = headers.map(|(name, value)| quote!((#name, #value)));
            let body = Literal::byte_string(&events.response_bytes());
            quote!(Case::response(#position, #code, &[#(#headers),*], #body, #function))
        }
    }
}

/// The client of a case.
fn client(configured: Option<&Configured>) -> TokenStream {
    let Some(Configured { region, settings }) = configured else { return quote!(client(&exchange)) };
    let region = match region {
        Some(region) => quote!(Some(#region)),
        None => quote!(None),
    };
    let exchange = quote!(exchange.by_rules(#region));
    if settings.is_empty() {
        return quote!(client(&#exchange));
    }
    let settings = settings.iter().map(|(set, value)| {
        let set = ident(set);
        quote!(config.#set(Some(#value));)
    });
    quote!(configured(&#exchange, |config| { #(#settings)* }))
}

/// The events of an input.
fn events(sent: &Sent) -> TokenStream {
    let setter = ident(&sent.setter);
    let items = sent.events.iter().map(|Item { is_error, value }| {
        let value = value.written(&mut Beside);
        if *is_error { quote!(Err(#value)) } else { quote!(Ok(#value)) }
    });
    quote!(.#setter(conformance::events(vec![#(#items),*]).into()))
}

/// What is received.
fn received_from(received: &Received) -> TokenStream {
    let field = ident(&received.field);
    let events = received.events.iter().map(|event| event.written(&mut Beside));
    let members = received.members.iter().map(|(name, value)| {
        let value = value.to_string();
        quote!((#name, #value))
    });
    let failure = match &received.failure {
        Failure::None => quote!(Failure::None),
        Failure::Any => quote!(Failure::Any),
        Failure::Error(variant) => {
            let (error, variant) = (Beside.named("types::error", &received.error), ident(variant));
            quote!(Failure::Error(|error: &#error| matches!(error, #error::#variant(_))))
        }
    };
    quote! {
        exchange
            .received(result, |output| &mut output.#field, vec![#(#events),*], &[#(#members),*], conformance::#failure)
            .await
    }
}

/// The function of a case.
fn function(case: &Case, test: &Test) -> TokenStream {
    let docs = doc_line(&format!("{}: {}.", case.shape_name(), case.id));
    let (function, method) = (ident(&test.function), ident(&test.method));
    let setters = setters(&test.setters, &mut Beside);
    let events = test.sent.as_ref().map(events);
    let client = client(test.configured.as_ref());
    let call = quote!(#client.#method()#setters #events.send().await);
    let body = match &test.expected {
        Expected::Request => quote!(let result = #call; exchange.sent(result)),
        Expected::Output(output) => {
            let output = output.written(&mut Beside);
            quote!(let expected = #output; exchange.returned(&expected, #call))
        }
        Expected::Streamed(Streamed { received, tells_of_request }) => {
            let tested = received.as_ref().map(received_from);
            match (tested, tells_of_request) {
                (None, _) => quote!(let result = #call; exchange.sent(result)),
                (Some(tested), false) => quote!(let result = #call; #tested),
                (Some(tested), true) => quote!(let result = #call; exchange.and_sent(#tested)),
            }
        }
        Expected::Exception { module, error, variant, exception, has_message } => {
            let code = match case.error_code() {
                Some(code) => quote!(Some(#code)),
                None => quote!(None),
            };
            let (exception, error, variant) =
                (exception.written(&mut Beside), Beside.named(module, error), ident(variant));
            let found = match has_message {
                true => quote!(#error::#variant(exception) => Ok(exception),),
                false => quote! {
                    #error::#variant(mut exception) => {
                        exception.message = None;
                        Ok(exception)
                    }
                },
            };
            quote! {
                let expected = #exception;
                exchange.refused(&expected, #code, #call, |error| match error {
                    #found
                    other => Err(other),
                })
            }
        }
    };
    quote! {
        #docs
        async fn #function(exchange: Exchange) -> Tested { #body }
    }
}
