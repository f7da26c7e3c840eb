//! Streams of events: what is sent, and what is received.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::result::SdkError;
use futures_core::Stream;
use serde_json::Value;
use smithy_client_runtime::error::OperationError;
use smithy_client_runtime::event_stream::{EventReceiver, Events};
use smithy_client_runtime::format::Format;
use smithy_client_runtime::format::json::JSON;
use smithy_client_runtime::shape::{Member, Shape};

use crate::exchange::{Exchange, told};
use crate::same::of_values;
use crate::{BoxError, Difference, Seen, Tested};

/// What a call sends.
#[derive(Debug)]
pub struct Sent<I>(VecDeque<I>);

// What it holds is moved out.
impl<I> Unpin for Sent<I> {}

impl<I> Stream for Sent<I> {
    type Item = I;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// A stream of these events, and of errors in their place.
pub fn events<T, E>(items: Vec<Result<T, E>>) -> Sent<Result<T, E>> {
    Sent(items.into())
}

/// How a call, or what receives its events, has to fail.
#[derive(Debug)]
pub enum Failure<E> {
    /// It does not.
    None,
    /// In any way.
    Any,
    /// By an error of the stream that is this one.
    Error(fn(&E) -> bool),
}

impl Exchange {
    /// What sets events apart from the expected ones, and other members of an output from what JSON says of them by their
    /// names in the model.
    ///
    /// # Errors
    /// That the call or the stream went another way.
    pub async fn received<O: Shape, F: std::error::Error, T: Events, E: OperationError>(
        &self,
        result: Result<O, F>,
        stream: fn(&mut O) -> &mut EventReceiver<T, E>,
        expected: Vec<T>,
        members: &[(&str, &str)],
        failure: Failure<E>,
    ) -> Tested {
        let mut output = match (result, &failure) {
            (Ok(output), _) => output,
            (Err(_), Failure::Any) => return Ok(Seen::Same),
            (Err(error), _) => return Err(format!("the call failed: {}", told(&error)).into()),
        };
        for (name, expected) in members {
            if let Some(difference) = of_member(&output, name, expected)? {
                return Ok(Seen::Different(difference));
            }
        }
        let receiver = stream(&mut output);
        for expected in &expected {
            match receiver.recv().await {
                Ok(Some(actual)) => {
                    if let Some(difference) = of_values(expected, &actual) {
                        return Ok(Seen::Different(difference));
                    }
                }
                Ok(None) => return Err("the stream ended".into()),
                Err(error) => return Err(format!("the stream failed: {}", told(&error)).into()),
            }
        }
        ended(receiver, failure).await
    }

    /// What was sent by a call that has come to what was expected.
    ///
    /// # Errors
    /// That it has not, or why nothing was sent.
    pub fn and_sent(&self, tested: Tested) -> Tested {
        match tested? {
            Seen::Same => self.sent(Ok::<_, fmt::Error>(())),
            seen => Ok(seen),
        }
    }
}

/// Whether a stream ends as it has to.
async fn ended<T: Events, E: OperationError>(receiver: &mut EventReceiver<T, E>, failure: Failure<E>) -> Tested {
    loop {
        let error = match (receiver.recv().await, &failure) {
            (Ok(None), Failure::None) => return Ok(Seen::Same),
            (Ok(None), _) => return Err("the stream did not fail".into()),
            (Ok(Some(event)), Failure::None) => return Err(format!("there is one more event: {event:?}").into()),
            (Ok(Some(_)), _) => continue,
            (Err(error), _) => error,
        };
        return match (&failure, &error) {
            (Failure::Any, _) => Ok(Seen::Same),
            (Failure::Error(is), SdkError::ServiceError(context)) if is(context.err()) => Ok(Seen::Same),
            _ => Err(format!("the stream failed: {}", told(&error)).into()),
        };
    }
}

/// What sets a member of an output apart from JSON.
fn of_member(output: &dyn Shape, name: &str, expected: &str) -> Result<Option<Difference>, BoxError> {
    let index = output.schema().position_of_member(name, 0).ok_or("the output has no such member")?;
    let actual = JSON.encode(&output.member(index).view(), &Member::NONE)?;
    let is_same = serde_json::from_slice::<Value>(&actual).ok() == serde_json::from_str(expected).ok();
    let actual = String::from_utf8_lossy(&actual).into_owned();
    Ok((!is_same).then(|| Difference { path: format!("/{name}"), expected: expected.to_owned(), actual }))
}
