//! The program of a service's endpoint tests.

use proc_macro2::TokenStream;
use quote::quote;

use crate::format::{Tables, headed, source};
use crate::model::endpoint::ParameterType;
use crate::options::Writer;
use crate::plan::Plan;
use crate::spelling::ident;

/// `main.rs`: a function from parameters to an endpoint and, where cases call operations, one from a call to an endpoint.
pub(crate) fn program(plan: &Plan, has_calls: bool) -> String {
    let library = ident(&plan.package.library());
    let settings = plan.endpoint.parameters.iter().map(|parameter| {
        let (set, name, read) = (ident(&parameter.set), &parameter.name, read(parameter.ty));
        quote!(.#set(given.#read(#name)))
    });
    let (uses, call, function) = match has_calls {
        true => (quote!(Call, Found, Given, messages), quote!(Some(|given| Box::pin(call(given)))), call(plan)),
        false => (quote!(Found, Given, messages), quote!(None), quote!()),
    };
    let text = quote! {
        //! The endpoint tests of a service, for `cargo xtask conformance --endpoints`.
        use #library as sdk;
        use conformance::endpoint::{#uses};
        use sdk::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};

        fn main() {
            conformance::endpoint::run(|given| Box::pin(resolve(given)), #call);
        }

        async fn resolve(given: Given) -> Found {
            let params = Params::builder() #(#settings)* .build().map_err(messages)?;
            DefaultResolver::new().resolve_endpoint(&params).await.map_err(messages)
        }

        #function
    };
    headed(Writer::default(), &source(text, &Tables::default()))
}

/// What reads a parameter of a type.
fn read(ty: ParameterType) -> TokenStream {
    match ty {
        ParameterType::Text => quote!(text),
        ParameterType::Bool => quote!(flag),
        ParameterType::TextList => quote!(texts),
    }
}

/// The function from a call to an endpoint.
fn call(plan: &Plan) -> TokenStream {
    let settings = &plan.endpoint.client_settings;
    // A case gives a setting by the name of the parameter, or by that of its built-in.
    let set = settings.iter().map(|setting| {
        let (set, name, read) = (ident(&setting.set), &setting.name, read(setting.ty));
        let or = setting.built_in.iter().map(|built_in| quote!(.or_else(|| given.#read(#built_in))));
        quote!(config.#set(given.#read(#name)#(#or)*);)
    });
    let (mutable, given) = match settings.is_empty() {
        true => (quote!(), quote!()),
        false => (quote!(mut), quote!(let given = call.settings();)),
    };
    quote! {
        async fn call(call: Call) -> Found {
            let #mutable config = sdk::config::Builder::from(&call.config()).interceptor(call.clone());
            #given
            #(#set)*
            let client = sdk::Client::from_conf(config.build());
            let result = client.call_json(call.operation(), &call.input()).await;
            call.found(result)
        }
    }
}
