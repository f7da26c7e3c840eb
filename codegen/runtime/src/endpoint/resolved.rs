//! What endpoint rules come to: endpoints and errors, and the resolver that follows rules.
//!
//! Nothing here is generic, so that it is compiled once and not with each client.

use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint;
use std::fmt;

use crate::BoxError;

/// A property of an endpoint, as authentication schemes are.
#[derive(Clone, Copy, Debug)]
pub enum Property<'a> {
    /// Nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// Several.
    List(&'a [Property<'a>]),
    /// Several by their names.
    Object(&'a [(&'a str, Property<'a>)]),
}

impl Property<'_> {
    /// The property as endpoints have it.
    fn document(self) -> Document {
        match self {
            Self::Null => Document::Null,
            Self::Bool(value) => Document::Bool(value),
            Self::Integer(number) => Document::from(number),
            Self::Text(text) => Document::String(text.to_owned()),
            Self::List(elements) => Document::Array(elements.iter().map(|element| element.document()).collect()),
            Self::Object(members) => {
                Document::Object(members.iter().map(|(name, member)| ((*name).to_owned(), member.document())).collect())
            }
        }
    }
}

/// The endpoint at a URL, without properties and headers.
///
/// # Errors
/// When the URL is empty, as a custom endpoint may be: the engine's builder would panic.
pub fn at(url: fmt::Arguments<'_>) -> Result<Endpoint, BoxError> {
    at_with(url, &[], &[])
}

/// The endpoint at a URL, with properties and headers by their names. A header that is named again has several values.
///
/// # Errors
/// As [`at`].
pub fn at_with(
    url: fmt::Arguments<'_>,
    properties: &[(&'static str, Property<'_>)],
    headers: &[(&'static str, &str)],
) -> Result<Endpoint, BoxError> {
    let url = url.to_string();
    if url.is_empty() {
        return Err("the URL of the endpoint is empty".into());
    }
    let mut endpoint = Endpoint::builder().url(url);
    for (name, property) in properties {
        endpoint = endpoint.property(*name, property.document());
    }
    for (name, value) in headers {
        endpoint = endpoint.header(*name, (*value).to_owned());
    }
    Ok(endpoint.build())
}

/// The error that rules end with.
///
/// # Errors
/// Always.
pub fn refuse(message: &str) -> Result<Endpoint, BoxError> {
    Err(message.into())
}

/// The error where rules end without one that fits.
///
/// # Errors
/// Always.
pub fn no_rule() -> Result<Endpoint, BoxError> {
    refuse("no endpoint rule of the service fits these parameters")
}

/// The error of a resolver that is given the parameters of another service.
///
/// # Errors
/// Always.
pub fn of_another_service() -> Result<Endpoint, BoxError> {
    refuse("the endpoint parameters are of another service")
}

/// The resolver of a client that is given none: the rules of its service, and what is filled into parameters when the
/// credentials of a call are known.
pub fn by_rules(
    resolve: fn(&EndpointResolverParams) -> Result<Endpoint, BoxError>,
    finalize: Option<fn(&mut EndpointResolverParams)>,
) -> SharedEndpointResolver {
    SharedEndpointResolver::new(DefaultResolver { resolve, finalize })
}

/// The rules of a service as the engine asks them.
struct DefaultResolver {
    resolve: fn(&EndpointResolverParams) -> Result<Endpoint, BoxError>,
    finalize: Option<fn(&mut EndpointResolverParams)>,
}

impl fmt::Debug for DefaultResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DefaultResolver")
    }
}

impl ResolveEndpoint for DefaultResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready((self.resolve)(params))
    }

    fn finalize_params<'a>(&'a self, params: &'a mut EndpointResolverParams) -> Result<(), BoxError> {
        if let Some(finalize) = self.finalize {
            finalize(params);
        }
        Ok(())
    }
}
