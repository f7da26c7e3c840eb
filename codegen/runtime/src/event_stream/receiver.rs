//! Events as a service sends them.

use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::event_stream::RawMessage;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::Events;
use super::messages::{Broken, Messages};
use super::read::{Told, read};
use crate::error::OperationError;
use crate::service::Service;
use crate::shape::{Value, View};
use crate::slot::Slot;

/// What is received next.
type Received<T, E> = Result<T, SdkError<E, RawMessage>>;

/// Receives the events of a stream, one after another, while the service sends them.
///
/// `T` is the union of the events, `E` the error enum of the stream. It is a [`Stream`], too. Dropping it ends the stream.
pub struct EventReceiver<T, E> {
    messages: Messages,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T: Events, E: OperationError> EventReceiver<T, E> {
    /// Waits for the next event; `None` at the end of the stream. An event that this version of the client does not know is
    /// the variant `Unknown`.
    ///
    /// As long as the service has nothing to tell, this waits: put a timeout around it where that has to end.
    ///
    /// # Errors
    /// `ServiceError` where the service ends the stream with an error, `ResponseError` where a message is malformed, is
    /// not what the model says or is cut off, `DispatchFailure` where the connection breaks off. The stream is at its end
    /// then.
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        poll_fn(|context| self.poll_event(context)).await.transpose()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Received<T, E>>> {
        let received = match ready!(self.messages.poll_message(context)) {
            None => return Poll::Ready(None),
            Some(Err(broken)) => Err(failed(broken, T::IS_SECRET)),
            Some(Ok(message)) => {
                let mut event = T::empty();
                let protocol = <T::Service as Service>::FACTS.protocol;
                let told = read(&message, protocol, T::IS_SECRET, &mut event);
                // What a message says that holds secrets may not stand in an error.
                let raw =
                    || if T::IS_SECRET { RawMessage::Invalid(None) } else { RawMessage::Decoded(message.clone()) };
                match told {
                    Ok(Told::Event) => Ok(event),
                    Ok(Told::Error(error)) => Err(SdkError::service_error(error, raw())),
                    Err(problem) => Err(SdkError::response_error(problem, raw())),
                }
            }
        };
        if received.is_err() {
            self.messages.end();
        }
        Poll::Ready(Some(received))
    }
}

/// The error of a stream from which no message was read.
fn failed<E>(broken: Broken, is_secret: bool) -> SdkError<E, RawMessage> {
    match broken {
        Broken::Connection(error) => SdkError::dispatch_failure(ConnectorError::io(error.into())),
        Broken::Frame(error, rest) => SdkError::response_error(error, RawMessage::Invalid(rest.filter(|_| !is_secret))),
    }
}

impl<T: Events, E: OperationError> Stream for EventReceiver<T, E> {
    type Item = Result<T, SdkError<E, RawMessage>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T, E> fmt::Debug for EventReceiver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver").finish_non_exhaustive()
    }
}

/// As a member of an output it is the body of the response.
impl<T: 'static, E: 'static> Value for EventReceiver<T, E> {
    fn empty() -> Self {
        Self { messages: Messages::default(), types: PhantomData }
    }

    fn view(&self) -> View<'_> {
        View::Stream(self.messages.body())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Stream(self.messages.body_mut())
    }
}

/// From bytes, or from a body, as a service sends them: for tests of what receives events.
impl<T: 'static, E: 'static> From<ByteStream> for EventReceiver<T, E> {
    fn from(bytes: ByteStream) -> Self {
        Self { messages: Messages::from(bytes), types: PhantomData }
    }
}
