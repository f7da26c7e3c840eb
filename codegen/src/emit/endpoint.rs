//! The module `config::endpoint`: parameters, the resolver, and how a call fills the parameters.

mod rules;

use proc_macro2::TokenStream;
use quote::quote;

use super::jmespath;
use super::tokens::{doc, doc_line, imports, plain_source};
use crate::model::endpoint::ParameterType;
use crate::plan::endpoint::{DefaultValue, EndpointPlan, OperationArm, ParamSource, Parameter, Setting};
use crate::spelling::ident;

/// `config/endpoint.rs`.
pub(super) fn endpoint(plan: &EndpointPlan) -> String {
    let uses = uses(plan);
    let params = params(plan);
    let builder = params_builder(plan);
    let call = params_of_call(plan);
    let finalize = finalize_params(plan);
    let resolve = rules::resolve(plan);
    let no_rule = plan.needs.no_rule.then(|| {
        quote!(
            const NO_RULE: &str = "no endpoint rule of the service fits these parameters";
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

        #no_rule

        #resolve_endpoint

        /// Gives a resolver the parameters of this service.
        #[derive(Debug)]
        struct DowncastParams<R>(R);

        impl<R: ResolveEndpoint> engine::ResolveEndpoint for DowncastParams<R> {
            fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
                match params.get::<Params>() {
                    Some(params) => self.0.resolve_endpoint(params),
                    None => EndpointFuture::ready(Err("the endpoint parameters are of another service".into())),
                }
            }

            #finalize
        }

        #default_resolver

        pub(crate) fn default_resolver() -> SharedEndpointResolver {
            DefaultResolver::new().into_shared_resolver()
        }

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
        match &parameter.default {
            None => quote!(#name: self.#name,),
            Some(DefaultValue::Bool(false)) => quote!(#name: self.#name.unwrap_or_default(),),
            Some(DefaultValue::Bool(true)) => quote!(#name: self.#name.unwrap_or(true),),
            Some(DefaultValue::Text(text)) => quote!(#name: self.#name.unwrap_or_else(|| #text.to_owned()),),
            Some(DefaultValue::TextList(texts)) => {
                quote!(#name: self.#name.unwrap_or_else(|| vec![#(#texts.to_owned()),*]),)
            }
        }
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
                return Err(InvalidParams { field: #name, reason: "must be a valid host label" });
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

/// How the resolver learns of the account of the credentials, which are found after the other parameters.
fn finalize_params(plan: &EndpointPlan) -> TokenStream {
    let Some(account) = plan.filled_by_account() else { return quote!() };
    let name = ident(&account.field);
    let value = if account.is_present() { quote!(account) } else { quote!(Some(account)) };
    quote! {
        fn finalize_params<'a>(&'a self, params: &'a mut EndpointResolverParams) -> Result<(), BoxError> {
            if let Some(account) = account_id(params)
                && let Some(params) = params.get_mut::<Params>()
            {
                params.#name = #value;
            }
            Ok(())
        }
    }
}

/// The function that fills the parameters of a call.
fn params_of_call(plan: &EndpointPlan) -> TokenStream {
    let built_ins = plan.settings_of_client().map(|(set, reader)| {
        let (set, read) = (ident(set), ident(reader));
        quote!(.#set(#read(bag)))
    });
    let of_service = plan.client_settings.iter().map(|setting| {
        let (set, read) = (ident(&setting.set), ident(&setting.field));
        quote!(.#set(context_params::#read(bag)))
    });
    let bag = if plan.reads_settings() { quote!(bag) } else { quote!(_) };
    let built_ins = quote!(Params::builder() #(#built_ins)* #(#of_service)*);
    if plan.operations.is_empty() {
        return quote! {
            /// The parameters of a call: its client's settings.
            pub(crate) fn params_of_call(
                #bag: &ConfigBag,
                _: &'static str,
                _: &dyn Shape,
            ) -> Result<EndpointResolverParams, BoxError> {
                let params = #built_ins;
                Ok(EndpointResolverParams::new(params.build()?))
            }
        };
    }
    let arms = plan.operations.iter().map(arm);
    let input = if plan.reads_input() { quote!(input) } else { quote!(_) };
    quote! {
        /// The parameters of a call: its client's settings, and what the operation says.
        pub(crate) fn params_of_call(
            #bag: &ConfigBag,
            operation: &'static str,
            #input: &dyn Shape,
        ) -> Result<EndpointResolverParams, BoxError> {
            let params = #built_ins;
            let params = match operation {
                #(#arms)*
                _ => params,
            };
            Ok(EndpointResolverParams::new(params.build()?))
        }
    }
}

/// What operations fill.
fn arm(arm: &OperationArm) -> TokenStream {
    let operations = &arm.operations;
    let settings = arm.settings.iter().map(setting);
    quote!(#(#operations)|* => params #(#settings)*,)
}

fn setting(param: &Setting) -> TokenStream {
    let set = ident(&param.set);
    match &param.source {
        ParamSource::Text(text) => quote!(.#set(Some(#text.to_owned()))),
        ParamSource::Bool(value) => quote!(.#set(Some(#value))),
        ParamSource::TextList(texts) => quote!(.#set(Some(vec![#(#texts.to_owned()),*]))),
        ParamSource::Input(ty, path) => {
            let read = match ty {
                ParameterType::Text => quote!(text),
                ParameterType::Bool => quote!(flag),
                ParameterType::TextList => quote!(texts),
            };
            let path = jmespath::path(path);
            quote!(.#set(#read(input, #path)))
        }
    }
}
