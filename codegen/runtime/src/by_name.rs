//! Calls by name: any operation, JSON in and JSON out.
//!
//! An emitted crate lists its operations with [`calls_by_name!`](crate::calls_by_name);
//! the call itself is the one of [`operation`](crate::operation), its input read and
//! its output written as [`serde`](mod@crate::serde) has them. The list is a function that
//! is compiled where it is used, so that it costs nothing to those who do not.

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use aws_smithy_types::byte_stream::{self, ByteStream};
use std::{fmt, mem};

use crate::error::{Answer, Summary};
use crate::format::json::encode::encode_whole;
use crate::nearest::nearest;
use crate::operation::{Operation, Spec, start};
use crate::serde::json::{JsonError, read_structure};
use crate::service::Handle;
use crate::shape::{Shape, flag};
use crate::slot::Slot;

/// An operation whose input and output are known by their tables alone.
#[derive(Clone, Copy, Debug)]
pub struct NamedOperation {
    spec: &'static Spec,
    input: fn(&str) -> Result<Input, JsonError>,
    output: fn(&mut Output) -> Option<&mut dyn Shape>,
    answer: fn(&Error) -> Option<Answer<'_>>,
}

impl NamedOperation {
    /// The operation with this input.
    pub const fn of<I: Operation>() -> Self {
        Self {
            spec: I::SPEC,
            input: |json| {
                let mut input = <I as Shape>::empty();
                read_structure(json, &mut input)?;
                Ok(Input::erase(input))
            },
            output: |output| output.downcast_mut::<I::Output>().map(|output| output as &mut dyn Shape),
            answer: |error| error.downcast_ref::<I::Error>().map(Answer::of),
        }
    }
}

/// What to call.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Name of the operation, as the caller wrote it.
    pub name: &'a str,
    /// The operation, if there is one of this name.
    pub operation: Option<NamedOperation>,
    /// The names that there are.
    pub names: &'static [&'static str],
    /// Operations that are not among them, as they send events.
    pub with_events: &'static [&'static str],
    /// JSON of the input.
    pub input: &'a str,
    /// Whether sensitive members of the output are written as they are.
    pub secrets: bool,
}

/// Calls an operation and returns the JSON of its output.
///
/// # Errors
/// As [`CallError`] tells them apart.
pub async fn call(handle: &Handle, request: Request<'_>) -> Result<String, CallError> {
    let failed = |kind| CallError { operation: request.name.to_owned(), kind };
    let operation = request.operation.ok_or_else(|| {
        failed(match request.with_events.contains(&request.name) {
            true => Kind::Input(WITH_EVENTS.to_owned()),
            false => Kind::Unknown(nearest(request.name, request.names.iter().copied())),
        })
    })?;
    let input = (operation.input)(request.input).map_err(|error| failed(Kind::Input(error.to_string())))?;
    let mut output = start(handle, operation.spec, input, Vec::new()).await.map_err(|error| {
        let answer = error.as_service_error().and_then(operation.answer);
        failed(Kind::Call(Box::new(Summary::of(operation.spec.route.name, &error, answer))))
    })?;
    if operation.spec.streams {
        collect(operation, &mut output).await.map_err(|error| failed(Kind::Output(error.to_string())))?;
    }
    let shape = (operation.output)(&mut output).expect(ITS_OWN);
    encode_whole(shape, request.secrets).map_err(|error| failed(Kind::Output(error.to_string())))
}

/// Why an operation cannot be called by its name.
const WITH_EVENTS: &str =
    "it has events that are sent while the call goes on, which stand in no JSON; call it by its own method";

const ITS_OWN: &str = "the deserializer of an operation makes its own output";

/// Loads the stream of an output into memory, for JSON has it as text.
async fn collect(operation: NamedOperation, output: &mut Output) -> Result<(), byte_stream::error::Error> {
    let bytes = mem::take(stream_of(operation, output)).collect().await?.into_bytes();
    *stream_of(operation, output) = bytes.into();
    Ok(())
}

fn stream_of(operation: NamedOperation, output: &mut Output) -> &mut ByteStream {
    let shape = (operation.output)(output).expect(ITS_OWN);
    let index = shape.schema().rows.iter().position(|(_, flags)| flags & flag::STREAM != 0);
    match index.map(|index| shape.member_mut(index).slot()) {
        Some(Slot::Stream(stream)) => stream,
        _ => unreachable!("the table says that there is a stream"),
    }
}

/// Why a call by name did not return an output.
///
/// `Display` is one line; it holds no secrets.
pub struct CallError {
    operation: String,
    kind: Kind,
}

enum Kind {
    /// No operation has the name; these are like it.
    Unknown(Vec<&'static str>),
    /// The input is not JSON, or not that of the operation, or has members that the operation does not.
    Input(String),
    /// The call failed.
    Call(Box<Summary>),
    /// The output could not be written.
    Output(String),
}

impl CallError {
    /// Name of the operation, as the caller gave it.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Whether no operation has the name.
    pub fn is_unknown_operation(&self) -> bool {
        matches!(self.kind, Kind::Unknown(_))
    }

    /// The names of operations that are most like the one given, where it is unknown.
    pub fn nearest(&self) -> &[&'static str] {
        match &self.kind {
            Kind::Unknown(nearest) => nearest,
            _ => &[],
        }
    }

    /// Whether the input is not JSON or does not fit the operation, as where it has a member that does not exist, or where
    /// the operation sends events; nothing was sent.
    pub fn is_invalid_input(&self) -> bool {
        matches!(self.kind, Kind::Input(_))
    }

    /// Code of the error, where the service answered with one.
    pub fn code(&self) -> Option<&str> {
        self.summary()?.code.as_deref()
    }

    /// What the service says about the error, for people.
    pub fn message(&self) -> Option<&str> {
        self.summary()?.message.as_deref()
    }

    /// Id that the service gave to the request, where it answered.
    pub fn request_id(&self) -> Option<&str> {
        self.summary()?.request_id.as_deref()
    }

    fn summary(&self) -> Option<&Summary> {
        match &self.kind {
            Kind::Call(summary) => Some(summary),
            _ => None,
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = &self.operation;
        match &self.kind {
            Kind::Unknown(nearest) if nearest.is_empty() => write!(f, "no operation is called {operation:?}"),
            Kind::Unknown(nearest) => {
                write!(f, "no operation is called {operation:?}; did you mean {}?", nearest.join(" or "))
            }
            Kind::Input(problem) => write!(f, "{operation}: the input does not fit: {problem}"),
            Kind::Call(summary) => f.write_str(&summary.line),
            Kind::Output(problem) => write!(f, "{operation}: the output cannot be written: {problem}"),
        }
    }
}

impl fmt::Debug for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CallError({self})")
    }
}

impl std::error::Error for CallError {}
