//! The query protocols: a form that names operation and version goes out, XML comes back.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use aws_types::request_id::RequestId;
use std::borrow::Cow;

use super::xml::read_error;
use super::{Body, ErrorHead, Protocol, read_body, request};
use crate::BoxError;
use crate::format::form::write::FormWriter;
use crate::format::form::{Dialect, write_structure};
use crate::format::xml::XML;
use crate::format::xml::fill::read_structure;
use crate::format::xml::read::XmlReader;
use crate::format::{DecodeError, Format};
use crate::response::Response;
use crate::route::Route;
use crate::shape::{Shape, complete_shape, keep_request_id};

/// A protocol whose requests are forms. A service makes its own of it, by [`aws_query`] or [`ec2_query`], as each request
/// has the service's version.
#[derive(Debug)]
pub struct Query {
    version: &'static str,
    dialect: &'static Dialect,
    /// The members of an output stand in an element `*Result` in the element `*Response`, and not in that itself.
    has_result: bool,
}

/// `aws.protocols#awsQuery`, for the version of a service.
#[cfg(feature = "aws-query")]
pub const fn aws_query(version: &'static str) -> Query {
    const DIALECT: Dialect =
        Dialect { member_name: |member| Cow::Borrowed(member.wire), flattens_lists: false, sends_empty_lists: true };
    Query { version, dialect: &DIALECT, has_result: true }
}

/// `aws.protocols#ec2Query`, for the version of a service.
#[cfg(feature = "ec2-query")]
pub const fn ec2_query(version: &'static str) -> Query {
    const DIALECT: Dialect = Dialect { member_name: ec2_name, flattens_lists: true, sends_empty_lists: false };
    Query { version, dialect: &DIALECT, has_result: false }
}

/// The name that a trait gives a member for forms alone, else the one that it has in XML, with a large letter in front.
#[cfg(feature = "ec2-query")]
fn ec2_name(member: &crate::shape::Member) -> Cow<'static, str> {
    if let Some(name) = member.xml.and_then(|xml| xml.form_name) {
        return Cow::Borrowed(name);
    }
    let mut letters = member.wire.chars();
    match letters.next() {
        Some(first) if first.is_ascii_lowercase() => {
            Cow::Owned(format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
        }
        _ => Cow::Borrowed(member.wire),
    }
}

impl Protocol for Query {
    fn format(&self) -> &'static dyn Format {
        &XML
    }

    fn feature(&self) -> Option<SmithySdkFeature> {
        None
    }

    fn write_request(&self, _: &str, route: &Route, input: &dyn Shape) -> Result<HttpRequest, BoxError> {
        let mut form = FormWriter::new();
        for (name, value) in [("Action", route.name), ("Version", self.version)] {
            form.below(name, |form| {
                form.text(value);
                Ok(())
            })?;
        }
        write_structure(&mut form, input, self.dialect)?;
        let body = Body::new(form.finish().into_bytes(), "application/x-www-form-urlencoded");
        request(route.method, "/".to_owned(), Headers::new(), body)
    }

    fn read_output(&self, response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
        // The header wins where there is one, and whoever called keeps it.
        if response.headers.request_id().is_none()
            && let Some(id) = request_id(response.body)
        {
            keep_request_id(output, &id);
        }
        if output.schema().rows.is_empty() || response.body.is_empty() {
            complete_shape(output);
            return Ok(());
        }
        self.read_members(response.body, output)
    }

    fn is_error(&self, response: &Response<'_>) -> bool {
        !response.is_success()
    }

    fn read_error<'r>(&self, response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        read_error(response, head)
    }

    fn read_exception(
        &self,
        _: &Response<'_>,
        head: &ErrorHead<'_>,
        exception: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        read_body(head.body, &XML, exception)
    }
}

impl Query {
    /// Fills an output from the document of a response.
    fn read_members(&self, body: &[u8], output: &mut dyn Shape) -> Result<(), DecodeError> {
        let mut reader = XmlReader::new(body);
        let root = reader.root()?;
        if !root.name().ends_with("Response") {
            return Err(DecodeError::mismatch("the element of a response").at(root.start()));
        }
        if self.has_result {
            while let Some(child) = reader.next_child()? {
                match child.name().ends_with("Result") {
                    true => read_structure(&mut reader, &child, output)?,
                    false => reader.skip()?,
                }
            }
            complete_shape(output);
        } else {
            read_structure(&mut reader, &root, output)?;
        }
        reader.finish()
    }
}

/// The id of the request in a response that is a success: in an element of its own, which may stand among metadata. A body
/// that cannot be read says nothing.
fn request_id(body: &[u8]) -> Option<Cow<'_, str>> {
    let mut reader = XmlReader::new(body);
    reader.root().ok()?;
    while let Some(child) = reader.next_child().ok()? {
        match child.name() {
            "requestId" | "RequestId" => return reader.text().ok(),
            // Its children are the next ones.
            "ResponseMetadata" => {}
            _ => reader.skip().ok()?,
        }
    }
    None
}

#[cfg(all(test, feature = "aws-query", feature = "ec2-query", feature = "http-bindings"))]
mod tests;
