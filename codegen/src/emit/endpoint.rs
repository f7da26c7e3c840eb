//! The module `config::endpoint`: parameters, the resolver, and how a call fills the parameters.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use std::collections::BTreeMap;

use super::{doc, doc_line, imports, plain_source};
use crate::plan::endpoint::{EndpointPlan, InputStep, OperationParam, ParamSource, Parameter, ParameterType};
use crate::plan::names::{field, ident, prefixed};

/// The built-in that is known only when a call has its credentials.
const ACCOUNT_ID: &str = "AWS::Auth::AccountId";

/// `config/endpoint.rs`.
pub(super) fn endpoint(plan: &EndpointPlan) -> String {
    let uses = uses(plan);
    let params = params(plan);
    let builder = params_builder(plan);
    let call = params_of_call(plan);
    let finalize = finalize_params(plan);
    let body: TokenStream = plan.body.parse().expect("the body was written from tokens");
    // One rule without conditions decides everything by itself.
    let argument = if plan.body.contains("params .") { quote!(params) } else { quote!(_) };
    let no_rule = plan.body.contains("NO_RULE").then(|| {
        quote!(
            const NO_RULE: &str = "no endpoint rule of the service fits these parameters";
        )
    });
    plain_source(quote! {
        //! Where requests go: the endpoint rules of the service, and how to replace them.
        #uses
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::endpoint::{
            EndpointFuture, SharedEndpointResolver,
        };
        pub use smithy_client_runtime::engine::aws_smithy_types::endpoint::Endpoint;

        #no_rule

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

        pub(crate) fn default_resolver() -> SharedEndpointResolver {
            DefaultResolver::new().into_shared_resolver()
        }

        /// The rules, in their order: the first that fits decides.
        fn resolve(#argument: &Params) -> Result<Endpoint, BoxError> {
            #body
        }

        #call
        #params
        #builder

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
    })
}

/// Imports, as the body and the parameters need them.
fn uses(plan: &EndpointPlan) -> TokenStream {
    let body = &plan.body;
    let reads = |wanted: ParameterType| plan.operation_params.iter().any(|param| param.reads() == Some(wanted));
    let wanted = [
        (body.contains("at ("), "smithy_client_runtime::endpoint::at"),
        (
            body.contains("functions ::") || plan.has_built_in("AWS::Region"),
            "smithy_client_runtime::endpoint::functions",
        ),
        (body.contains("partition ("), "smithy_client_runtime::endpoint::partition::partition"),
        (body.contains("Document ::"), "smithy_client_runtime::engine::aws_smithy_types::Document"),
        (body.contains("HashMap ::"), "std::collections::HashMap"),
        (reads_input(plan), "smithy_client_runtime::endpoint::input::Step"),
        (reads(ParameterType::Text), "smithy_client_runtime::endpoint::input::text"),
        (reads(ParameterType::Bool), "smithy_client_runtime::endpoint::input::flag"),
        (reads(ParameterType::TextList), "smithy_client_runtime::endpoint::input::texts"),
        (true, "smithy_client_runtime::BoxError"),
        (true, "smithy_client_runtime::engine::aws_smithy_runtime_api::client::endpoint::EndpointResolverParams"),
        (true, "smithy_client_runtime::engine::aws_smithy_types::config_bag::ConfigBag"),
        (true, "smithy_client_runtime::shape::Shape"),
        (true, "std::fmt"),
    ];
    let wanted = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, path)| path.to_owned());
    let built_ins = plan.parameters.iter().filter_map(built_in);
    let built_ins = built_ins.map(|name| format!("smithy_client_runtime::endpoint::{name}"));
    let uses = imports(&wanted.chain(built_ins).collect());
    quote! {
        #uses
        use smithy_client_runtime::engine::aws_smithy_runtime_api::client::endpoint as engine;
    }
}

/// Whether some operation fills a parameter from its input.
fn reads_input(plan: &EndpointPlan) -> bool {
    plan.operation_params.iter().any(|param| param.reads().is_some())
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
        let name = ident(&field(&parameter.name));
        let (owned, _) = types(parameter);
        if parameter.is_present() { quote!(#name: #owned,) } else { quote!(#name: Option<#owned>,) }
    });
    let getters = plan.parameters.iter().map(|parameter| {
        let name = ident(&field(&parameter.name));
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
        let name = ident(&field(&parameter.name));
        let (owned, _) = types(parameter);
        quote!(#name: Option<#owned>,)
    });
    let setters = plan.parameters.iter().map(setters);
    let values = plan.parameters.iter().map(|parameter| {
        let name = ident(&field(&parameter.name));
        match &parameter.default {
            None => quote!(#name: self.#name,),
            Some(Value::Bool(false)) => quote!(#name: self.#name.unwrap_or_default(),),
            Some(Value::Bool(true)) => quote!(#name: self.#name.unwrap_or(true),),
            Some(Value::String(text)) => quote!(#name: self.#name.unwrap_or_else(|| #text.to_owned()),),
            Some(Value::Array(texts)) => {
                let texts = texts.iter().filter_map(Value::as_str);
                quote!(#name: self.#name.unwrap_or_else(|| vec![#(#texts.to_owned()),*]),)
            }
            Some(_) => quote!(#name: self.#name.unwrap_or_default(),),
        }
    });
    let region = plan.parameters.iter().find(|parameter| parameter.built_in.as_deref() == Some("AWS::Region"));
    let check = region.map(|parameter| {
        let name = field(&parameter.name);
        let member = ident(&name);
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
            ///
            /// # Errors
            /// When the region cannot be part of a host name.
            pub fn build(self) -> Result<Params, InvalidParams> {
                #check
                Ok(Params { #(#values)* })
            }
        }
    }
}

fn setters(parameter: &Parameter) -> TokenStream {
    let name = ident(&field(&parameter.name));
    let set = ident(&prefixed("set", &field(&parameter.name)));
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

/// The function of the runtime that reads the setting behind a parameter.
fn built_in(parameter: &Parameter) -> Option<&'static str> {
    match parameter.built_in.as_deref()? {
        "AWS::Region" => Some("region"),
        "AWS::UseDualStack" => Some("use_dual_stack"),
        "AWS::UseFIPS" => Some("use_fips"),
        "SDK::Endpoint" => Some("endpoint_url"),
        ACCOUNT_ID => Some("account_id"),
        "AWS::Auth::AccountIdEndpointMode" => Some("account_id_endpoint_mode"),
        _ => None,
    }
}

/// How the resolver learns of the account of the credentials, which are found after the other parameters.
fn finalize_params(plan: &EndpointPlan) -> TokenStream {
    let account = plan.parameters.iter().find(|parameter| parameter.built_in.as_deref() == Some(ACCOUNT_ID));
    let Some(account) = account else { return quote!() };
    let name = ident(&field(&account.name));
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
    let built_ins = plan.parameters.iter().filter_map(|parameter| {
        let set = ident(&prefixed("set", &field(&parameter.name)));
        let read = ident(built_in(parameter).filter(|_| parameter.built_in.as_deref() != Some(ACCOUNT_ID))?);
        Some(quote!(.#set(#read(bag))))
    });
    let built_ins = quote!(Params::builder() #(#built_ins)*);
    if plan.operation_params.is_empty() {
        return quote! {
            /// The parameters of a call: its client's settings.
            pub(crate) fn params_of_call(
                bag: &ConfigBag,
                _: &'static str,
                _: &dyn Shape,
            ) -> Result<EndpointResolverParams, BoxError> {
                let params = #built_ins;
                Ok(EndpointResolverParams::new(params.build()?))
            }
        };
    }
    let arms = arms(plan);
    let input = if reads_input(plan) { quote!(input) } else { quote!(_) };
    quote! {
        /// The parameters of a call: its client's settings, and what the operation says.
        pub(crate) fn params_of_call(
            bag: &ConfigBag,
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

/// What operations fill; those that do the same share an arm.
fn arms(plan: &EndpointPlan) -> Vec<TokenStream> {
    let mut arms: Vec<(Vec<&str>, TokenStream)> = Vec::new();
    let mut arm_of = BTreeMap::new();
    for params in plan.operation_params.chunk_by(|left, right| left.operation == right.operation) {
        let settings: TokenStream = params.iter().map(operation_param).collect();
        let arm = *arm_of.entry(settings.to_string()).or_insert(arms.len());
        match arms.get_mut(arm) {
            Some((operations, _)) => operations.push(&params[0].operation),
            None => arms.push((vec![&params[0].operation], settings)),
        }
    }
    arms.into_iter().map(|(operations, settings)| quote!(#(#operations)|* => params #settings,)).collect()
}

fn operation_param(param: &OperationParam) -> TokenStream {
    let set = ident(&prefixed("set", &field(&param.parameter)));
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
            let path = steps(path);
            quote!(.#set(#read(input, #path)))
        }
    }
}

/// A path into the input.
fn steps(path: &[InputStep]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        InputStep::Member(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            quote!(Step::Member(#index))
        }
        InputStep::Each => quote!(Step::Each),
        InputStep::Keys => quote!(Step::Keys),
        InputStep::Select(paths) => {
            let paths = paths.iter().map(|path| steps(path));
            quote!(Step::Select(&[#(#paths),*]))
        }
    });
    quote!(&[#(#steps),*])
}
