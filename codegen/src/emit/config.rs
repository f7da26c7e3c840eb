//! The module `config`.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{auth_schemes, doc_line, imports, module_doc};
use crate::format::{Table, Tables, source};
use crate::model::AuthScheme;
use crate::model::endpoint::ParameterType;
use crate::plan::auth::AuthPlan;
use crate::plan::docs::words;
use crate::plan::endpoint::Outside;
use crate::plan::{Plan, pages};
use crate::spelling::{ident, path};

/// `config.rs`.
pub(super) fn config(plan: &Plan) -> String {
    let page = module_doc(&pages::config(plan));
    let service = service(plan);
    let name = ident(&plan.service.type_name);
    let protocol = ident(plan.service.protocol);
    let uses = imports(&plan.imports_of_config());
    let more_settings = plan.more_settings().into_iter().map(ident);
    let reexports = reexports();
    let engine_types = engine_types();
    let mut tables = Tables::default();
    let context_params = context_params(plan).map(|table| tables.mark(table));
    let text = quote! {
        #page
        #uses
        use smithy_client_runtime::protocol::#protocol;
        use smithy_client_runtime::service::{Service, ServiceFacts};

        #reexports

        pub mod endpoint;

        #engine_types

        #service

        client_config!(#name);

        #[cfg(feature = "aws-config")]
        smithy_client_runtime::environment!();

        #(#more_settings!();)*

        #context_params
    };
    source(text, &tables)
}

/// The modules in which the engine's types have the names of the official crate.
fn engine_types() -> TokenStream {
    quote! {
        /// Requests and responses as interceptors see them.
        pub mod http {
            pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
        }

        /// What interceptors are given.
        pub mod interceptors {
            pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::interceptors::context::{
                AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
                BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
                BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
                BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut, FinalizerInterceptorContextRef,
                InterceptorContext,
            };
        }

        /// Retries.
        pub mod retry {
            pub use smithy_client_runtime::engine::aws_smithy_runtime::client::retries::{
                ClientRateLimiter, RetryPartition, TokenBucket,
            };
            pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::retries::ShouldAttempt;
            pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::retries::classifiers::{
                ClassifyRetry, RetryAction,
            };
            pub use smithy_client_runtime::engine::aws_smithy_types::retry::{
                ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode,
            };
        }

        /// Time limits.
        pub mod timeout {
            pub use smithy_client_runtime::engine::aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
        }
    }
}

/// The settings that fill parameters of the endpoint rules, if the service has such.
fn context_params(plan: &Plan) -> Option<Table> {
    let settings = &plan.endpoint.client_settings;
    let mut table = Table::new("client_context_params! {\n");
    for setting in settings {
        table.docs("    ", &setting.docs);
        table.code("    ").name(&setting.field).code(", ").name(&setting.set).code(": ").code(match setting.ty {
            ParameterType::Text => "String",
            ParameterType::Bool => "bool",
            ParameterType::TextList => "Vec<String>",
        });
        table.code(" => ").name(&setting.kept).code(";\n");
    }
    table.code("}\n");
    (!settings.is_empty()).then_some(table)
}

/// The settings that are read from outside the program, if the service has such.
fn outside(plan: &Plan) -> Option<TokenStream> {
    let settings = plan.endpoint.client_settings.iter();
    let mut read = settings.filter_map(|setting| {
        let Outside { variable, key } = setting.outside?;
        let kept = ident(&setting.kept);
        Some(quote! {
            let found = outside(config, Self::FACTS.sdk_id, #variable, #key);
            settings.set(found.and_then(|text| text.parse().ok()).map(context_params::#kept));
        })
    });
    let (first, rest) = (read.next()?, read);
    Some(quote! {
        const OUTSIDE: Option<TakeFromOutside> = Some(|settings, config| {
            #first
            #(#rest)*
        });
    })
}

/// What the module has of the engine, at its top.
fn reexports() -> TokenStream {
    quote! {
        pub use smithy_client_runtime::config::auth;
        pub use smithy_client_runtime::engine::aws_credential_types::Credentials;
        pub use smithy_client_runtime::engine::aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
        pub use smithy_client_runtime::engine::aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
        pub use smithy_client_runtime::engine::aws_smithy_runtime::client::identity::IdentityCache;
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::identity::{
            ResolveCachedIdentity, SharedIdentityCache,
        };
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::runtime_components::{
            RuntimeComponents, RuntimeComponentsBuilder,
        };
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::runtime_plugin::{
            RuntimePlugin, SharedRuntimePlugin,
        };
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::shared::IntoShared;
        pub use smithy_client_runtime::engine::aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
        pub use smithy_client_runtime::engine::aws_types::app_name::AppName;
        pub use smithy_client_runtime::engine::aws_types::region::Region;
        pub use smithy_client_runtime::engine::aws_types::sdk_ua_metadata::FrameworkMetadata;
    }
}

/// How callers authenticate, where that is not as the runtime takes for granted.
fn auth(auth: &AuthPlan) -> TokenStream {
    if auth.is_usual {
        return TokenStream::new();
    }
    let schemes = auth_schemes(&auth.schemes);
    let by_endpoint = auth.by_endpoint.then(|| quote!(.by_endpoint()));
    let regions = auth.takes(AuthScheme::SigV4a).then(|| quote!(.sigv4a(cfg!(feature = "sigv4a"))));
    quote!(const AUTH: Auth = Auth::of(#schemes) #by_endpoint #regions;)
}

/// The type that stands for the service, with its facts.
fn service(plan: &Plan) -> TokenStream {
    let service = &plan.service;
    let account_id_endpoints = plan.endpoint.has_account_id_mode();
    let name = ident(&service.type_name);
    let docs = doc_line(&format!("{}, as the request path knows it.", words(&service.sdk_id)));
    let (sdk_id, shape_name, api_name) = (&service.sdk_id, &service.shape_name, &service.api_name);
    let signing_name = match &service.signing_name {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let protocol = ident(service.protocol);
    let protocol = match &service.protocol_version {
        Some(version) => quote!(#protocol(#version)),
        None => quote!(#protocol),
    };
    let signing = service.signing.map(ident).map(|signing| quote!(const SIGNING: Signing = Signing::#signing;));
    let session = plan.session_input.as_ref().map(|input| {
        let input = path(input);
        quote!(const SESSION: Option<Session> = Some(Session::of::<#input>());)
    });
    let auth = auth(&service.auth);
    let outside = outside(plan);
    let headers = service.headers.iter().map(|(name, value)| quote!((#name, #value)));
    quote! {
        #docs
        #[derive(Debug)]
        pub struct #name;

        impl Service for #name {
            const FACTS: &'static ServiceFacts = &ServiceFacts {
                sdk_id: #sdk_id,
                shape_name: #shape_name,
                api_name: #api_name,
                signing_name: #signing_name,
                version: env!("CARGO_PKG_VERSION"),
                protocol: &#protocol,
                headers: &[#(#headers),*],
                account_id_endpoints: #account_id_endpoints,
                endpoint_resolver: endpoint::default_resolver,
                endpoint_params: endpoint::params_of_call,
            };
            #auth
            #signing
            #session

            #outside
        }
    }
}
