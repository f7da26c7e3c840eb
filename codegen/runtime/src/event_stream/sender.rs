//! What the input of a call holds that sends events.

use aws_smithy_types::byte_stream::ByteStream;
use futures_core::Stream;
use std::fmt;
#[cfg(feature = "event-stream-input")]
use std::mem;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

#[cfg(feature = "event-stream-input")]
use super::body::Outgoing;
#[cfg(feature = "event-stream-input")]
use crate::error::OperationError;
use crate::shape::{Value, View};
use crate::slot::Slot;

/// Events of a caller, or the errors in their place.
type EventStream<T, E> = Pin<Box<dyn Stream<Item = Result<T, E>> + Send>>;

/// The events that a call sends, one after another and while its answer is read: any stream of them becomes one by `into()`.
///
/// An event is asked for when the connection has room for it. The first error ends the events: one that the model knows is
/// sent to the service in its place, and any other ends the call, which tells of it.
pub struct EventStreamSender<T, E> {
    /// In a mutex that nobody has to lock, so that a stream need not be `Sync`.
    events: Mutex<EventStream<T, E>>,
    /// Whether somebody has given them.
    #[cfg(feature = "event-stream-input")]
    is_set: bool,
    /// What tables see: a stream without a byte, since events are none before they are sent. Who fills it from a text has
    /// no events.
    bytes: ByteStream,
}

impl<T: Send + 'static, E: Send + 'static> EventStreamSender<T, E> {
    /// A single event, or an error in its place.
    pub fn once(item: Result<T, E>) -> Self {
        Self::from(Once(Some(item)))
    }
}

impl<T, E> EventStreamSender<T, E> {
    /// The stream of events.
    pub fn into_inner(self) -> Pin<Box<dyn Stream<Item = Result<T, E>> + Send>> {
        self.events.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether tables have filled it, which makes no events.
    #[cfg(feature = "event-stream-input")]
    pub(crate) fn is_filled(&self) -> bool {
        self.bytes.bytes() != Some(b"")
    }

    /// Asks for the next event.
    #[cfg(feature = "event-stream-input")]
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        self.events.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(context)
    }
}

/// Takes the events out of an input, to be the body of its request; `None` where none were set.
#[cfg(feature = "event-stream-input")]
pub fn take_events<T: Value + 'static, E: OperationError>(
    sender: &mut EventStreamSender<T, E>,
) -> Option<Box<dyn Outgoing>> {
    let sender = mem::replace(sender, Value::empty());
    if !sender.is_set && !sender.is_filled() { None } else { Some(Box::new(sender)) }
}

impl<T, E, S: Stream<Item = Result<T, E>> + Send + 'static> From<S> for EventStreamSender<T, E> {
    fn from(events: S) -> Self {
        Self {
            events: Mutex::new(Box::pin(events)),
            #[cfg(feature = "event-stream-input")]
            is_set: true,
            bytes: ByteStream::default(),
        }
    }
}

/// By its types: what it holds is not there yet.
impl<T, E> fmt::Debug for EventStreamSender<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventStreamSender<{}, {}>", std::any::type_name::<T>(), std::any::type_name::<E>())
    }
}

/// As a member of an input it is the body of the request.
impl<T: Send + 'static, E: Send + 'static> Value for EventStreamSender<T, E> {
    fn empty() -> Self {
        Self {
            #[cfg(feature = "event-stream-input")]
            is_set: false,
            ..Self::from(Once(None))
        }
    }

    fn view(&self) -> View<'_> {
        View::Stream(&self.bytes)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Stream(&mut self.bytes)
    }
}

/// One item, or none any more.
struct Once<I>(Option<I>);

// It is moved out as a whole, and never pinned.
impl<I> Unpin for Once<I> {}

impl<I> Stream for Once<I> {
    type Item = I;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I>> {
        Poll::Ready(self.0.take())
    }
}
