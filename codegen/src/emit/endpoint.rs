//! The module `config::endpoint`: parameters, the resolver, and how a call fills the parameters.

mod rules;

use proc_macro2::TokenStream;
use quote::quote;

use super::jmespath;
use super::tokens::{doc, doc_line, imports, plain_source};
use crate::model::endpoint::ParameterType;
use crate::plan::endpoint::{ClientSource, DefaultValue, EndpointPlan, OperationArm, ParamSource, Parameter};
use crate::spelling::ident;

/// `config/endpoint.rs`.
pub(super) fn endpoint(plan: &EndpointPlan) -> String {
    let uses = uses(plan);
    let params = params(plan);
    let builder = params_builder(plan);
    let call = params_of_call(plan);
    let (finalize, take_account, finalizer) = finalize_params(plan);
    let resolve = rules::resolve(plan);
    let no_host_label = plan.host_label.as_ref().map(|_| {
        quote!(
            const NO_HOST_LABEL: &str = "must be a valid host label";
        )
    });
    let default_resolver = default_resolver();
    let invalid_params = invalid_params();
    let resolve_endpoint = resolve_endpoint();
    plain_source(quote! {
        //! Where requests go: the endpoint rules of the service, and how to replace them.
        #uses
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::endpoint::{
            EndpointFuture, SharedEndpointResolver,
        };
        pub use smithy_client_runtime::engine::aws_smithy_types::endpoint::Endpoint;

        #no_host_label

        #resolve_endpoint

        /// Gives a resolver the parameters of this service.
        #[derive(Debug)]
        struct DowncastParams<R>(R);

        impl<R: ResolveEndpoint> engine::ResolveEndpoint for DowncastParams<R> {
            fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
                match params.get::<Params>() {
                    Some(params) => self.0.resolve_endpoint(params),
                    None => EndpointFuture::ready(of_another_service()),
                }
            }

            #finalize
        }

        #default_resolver

        /// What a [`DefaultResolver`] does, as configurations hold it.
        pub(crate) fn default_resolver() -> SharedEndpointResolver {
            by_rules(
                |params| match params.get::<Params>() {
                    Some(params) => resolve(params),
                    None => of_another_service(),
                },
                #finalizer,
            )
        }

        #take_account

        #resolve

        #call
        #params
        #builder

        #invalid_params

    })
}

/// The trait of resolvers.
fn resolve_endpoint() -> TokenStream {
    quote! {
        /// Finds the endpoint of a call.
        pub trait ResolveEndpoint: fmt::Debug + Send + Sync {
            /// The endpoint for these parameters.
            fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

            /// The resolver as configurations hold it.
            fn into_shared_resolver(self) -> SharedEndpointResolver
            where
                Self: Sized + 'static,
            {
                SharedEndpointResolver::new(DowncastParams(self))
            }
        }
    }
}

/// The error of the builder of parameters.
fn invalid_params() -> TokenStream {
    quote! {
        /// Endpoint parameters that do not make sense.
        #[derive(Debug)]
        pub struct InvalidParams {
            field: &'static str,
            reason: &'static str,
        }

        impl fmt::Display for InvalidParams {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "invalid value for field: `{}` - {}", self.field, self.reason)
            }
        }

        impl std::error::Error for InvalidParams {}
    }
}

/// The resolver that follows the rules.
fn default_resolver() -> TokenStream {
    quote! {
        /// Resolves endpoints by the rules of the service.
        #[derive(Debug, Default)]
        #[non_exhaustive]
        pub struct DefaultResolver;

        impl DefaultResolver {
            /// The resolver that clients use where none is configured.
            #[inline]
            pub fn new() -> Self {
                Self
            }
        }

        impl ResolveEndpoint for DefaultResolver {
            #[inline]
            fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
                EndpointFuture::ready(resolve(params))
            }
        }
    }
}

/// Imports.
fn uses(plan: &EndpointPlan) -> TokenStream {
    let uses = imports(&plan.imports());
    quote! {
        #uses
        use smithy_client_runtime::engine::aws_smithy_runtime_api::client::endpoint as engine;
    }
}

/// The type of a parameter, and of its reference.
fn types(parameter: &Parameter) -> (TokenStream, TokenStream) {
    match parameter.ty {
        ParameterType::Text => (quote!(String), quote!(&str)),
        ParameterType::Bool => (quote!(bool), quote!(bool)),
        ParameterType::TextList => (quote!(Vec<String>), quote!(&[String])),
    }
}

fn docs(parameter: &Parameter) -> TokenStream {
    doc(&parameter.docs)
}

fn params(plan: &EndpointPlan) -> TokenStream {
    let fields = plan.parameters.iter().map(|parameter| {
        let name = ident(&parameter.field);
        let (owned, _) = types(parameter);
        if parameter.is_present() { quote!(#name: #owned,) } else { quote!(#name: Option<#owned>,) }
    });
    let getters = plan.parameters.iter().map(|parameter| {
        let name = ident(&parameter.field);
        let docs = docs(parameter);
        let (_, reference) = types(parameter);
        let value = match (parameter.ty, parameter.is_present()) {
            (ParameterType::Bool, true) => quote!(Some(self.#name)),
            (ParameterType::Bool, false) => quote!(self.#name),
            (_, true) => quote!(Some(&self.#name)),
            (_, false) => quote!(self.#name.as_deref()),
        };
        quote! {
            #docs
            #[inline]
            pub fn #name(&self) -> Option<#reference> {
                #value
            }
        }
    });
    quote! {
        /// What the rules decide by.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Params { #(#fields)* }

        impl Params {
            /// Begins a set of parameters.
            #[inline]
            pub fn builder() -> ParamsBuilder {
                ParamsBuilder::default()
            }

            #(#getters)*
        }
    }
}

fn params_builder(plan: &EndpointPlan) -> TokenStream {
    let fields = plan.parameters.iter().map(|parameter| {
        let name = ident(&parameter.field);
        let (owned, _) = types(parameter);
        quote!(#name: Option<#owned>,)
    });
    let setters = plan.parameters.iter().map(setters);
    let values = plan.parameters.iter().map(|parameter| {
        let name = ident(&parameter.field);
        let value = or_default(quote!(self.#name), parameter);
        quote!(#name: #value,)
    });
    let errors = plan.host_label.as_ref().map(|_| {
        let lines = ["", "# Errors", "When the region cannot be part of a host name."].map(doc_line);
        quote!(#(#lines)*)
    });
    let check = plan.host_label.as_ref().map(|name| {
        let member = ident(name);
        quote! {
            if let Some(region) = &self.#member
                && !functions::is_valid_host_label(region, true)
            {
                return Err(InvalidParams { field: #name, reason: NO_HOST_LABEL });
            }
        }
    });
    quote! {
        /// Builder of [`Params`].
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ParamsBuilder { #(#fields)* }

        impl ParamsBuilder {
            #(#setters)*

            /// Makes the parameters.
            #errors
            #[inline]
            pub fn build(self) -> Result<Params, InvalidParams> {
                #check
                Ok(Params { #(#values)* })
            }
        }
    }
}

fn setters(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.field);
    let set = ident(&parameter.set);
    let docs = docs(parameter);
    let set_docs = doc_line(&format!("As [`{name}`](Self::{name}); `None` removes the value."));
    let (owned, _) = types(parameter);
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, value: impl Into<#owned>) -> Self {
            self.#name = Some(value.into());
            self
        }

        #set_docs
        #[inline]
        pub fn #set(mut self, param: Option<#owned>) -> Self {
            self.#name = param;
            self
        }
    }
}

/// How the resolver learns of the account of the credentials, which are found after the other parameters: the method of
/// the engine's resolvers, the function behind it, and what the runtime's resolver is told of it.
fn finalize_params(plan: &EndpointPlan) -> (TokenStream, TokenStream, TokenStream) {
    let Some(account) = plan.filled_by_account() else { return (quote!(), quote!(), quote!(None)) };
    let name = ident(&account.field);
    let value = if account.is_present() { quote!(account) } else { quote!(Some(account)) };
    let method = quote! {
        fn finalize_params<'a>(&'a self, params: &'a mut EndpointResolverParams) -> Result<(), BoxError> {
            fill_account(params);
            Ok(())
        }
    };
    let function = quote! {
        /// Fills in the account of the credentials, which are found after the other parameters.
        fn fill_account(params: &mut EndpointResolverParams) {
            if let Some(account) = account_id(params)
                && let Some(params) = params.get_mut::<Params>()
            {
                params.#name = #value;
            }
        }
    };
    (method, function, quote!(Some(fill_account)))
}

/// The function that fills the parameters of a call.
fn params_of_call(plan: &EndpointPlan) -> TokenStream {
    let fields = plan.parameters.iter().map(|parameter| {
        let name = ident(&parameter.field);
        let value = plan.setting_of_client(parameter).map(|source| match source {
            ClientSource::BuiltIn(reader) => {
                let read = ident(reader);
                quote!(#read(bag))
            }
            ClientSource::Setting(setting) => {
                let read = ident(&setting.field);
                quote!(context_params::#read(bag))
            }
        });
        let value = match value {
            Some(value) => or_default(value, parameter),
            None => default_of(parameter),
        };
        quote!(#name: #value,)
    });
    let bag = if plan.reads_settings() { quote!(bag) } else { quote!(_) };
    let input = if plan.reads_input() { quote!(input) } else { quote!(_) };
    let (docs, operation, mutable) = match plan.operations.is_empty() {
        true => ("The parameters of a call: its client's settings.", quote!(_), quote!()),
        false => (
            "The parameters of a call: its client's settings, and what the operation says.",
            quote!(operation),
            quote!(mut),
        ),
    };
    let docs = doc_line(docs);
    let operations = (!plan.operations.is_empty()).then(|| {
        let arms = plan.operations.iter().map(|operations| arm(plan, operations));
        quote!(match operation { #(#arms)* _ => {} })
    });
    let check = plan.host_label.as_ref().map(|name| host_label(name, plan));
    quote! {
        #docs
        pub(crate) fn params_of_call(
            #bag: &ConfigBag,
            #operation: &'static str,
            #input: &dyn Shape,
        ) -> Result<EndpointResolverParams, BoxError> {
            let #mutable params = Params { #(#fields)* };
            #operations
            #check
            Ok(EndpointResolverParams::new(params))
        }
    }
}

/// The check of the parameter that has to be part of a host name.
fn host_label(name: &str, plan: &EndpointPlan) -> TokenStream {
    let member = ident(name);
    let refused = quote!(return invalid_params(#name, NO_HOST_LABEL););
    let is_present = plan.parameters.iter().any(|parameter| parameter.field == name && parameter.is_present());
    if is_present {
        return quote!(if !functions::is_valid_host_label(&params.#member, true) { #refused });
    }
    quote! {
        if let Some(region) = &params.#member
            && !functions::is_valid_host_label(region, true)
        {
            #refused
        }
    }
}

/// What a parameter is where nothing fills it.
fn default_of(parameter: &Parameter) -> TokenStream {
    match &parameter.default {
        None => quote!(None),
        Some(DefaultValue::Bool(value)) => quote!(#value),
        Some(DefaultValue::Text(text)) => quote!(#text.to_owned()),
        Some(DefaultValue::TextList(texts)) => quote!(vec![#(#texts.to_owned()),*]),
    }
}

/// A value that may not be there, as a field of the parameters.
fn or_default(value: TokenStream, parameter: &Parameter) -> TokenStream {
    match &parameter.default {
        None => value,
        Some(DefaultValue::Bool(false)) => quote!(#value.unwrap_or_default()),
        Some(DefaultValue::Bool(true)) => quote!(#value.unwrap_or(true)),
        Some(DefaultValue::Text(_) | DefaultValue::TextList(_)) => {
            let default = default_of(parameter);
            quote!(#value.unwrap_or_else(|| #default))
        }
    }
}

/// What operations fill.
fn arm(plan: &EndpointPlan, arm: &OperationArm) -> TokenStream {
    let operations = &arm.operations;
    let settings = arm.settings.iter().filter_map(|given| Some(setting(plan.set_by(&given.set)?, &given.source)));
    quote!(#(#operations)|* => { #(#settings)* })
}

fn setting(parameter: &Parameter, source: &ParamSource) -> TokenStream {
    let name = ident(&parameter.field);
    let constant = match source {
        ParamSource::Text(text) => quote!(#text.to_owned()),
        ParamSource::Bool(value) => quote!(#value),
        ParamSource::TextList(texts) => quote!(vec![#(#texts.to_owned()),*]),
        ParamSource::Input(ty, path) => {
            let read = match ty {
                ParameterType::Text => quote!(text),
                ParameterType::Bool => quote!(flag),
                ParameterType::TextList => quote!(texts),
            };
            let path = jmespath::path(path);
            let value = or_default(quote!(#read(input, #path)), parameter);
            return quote!(params.#name = #value;);
        }
    };
    let value = if parameter.is_present() { constant } else { quote!(Some(#constant)) };
    quote!(params.#name = #value;)
}
