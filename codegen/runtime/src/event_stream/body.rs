//! The body of a request that is made of events while it is sent.

use aws_smithy_types::event_stream::Message;
use bytes::Bytes;
use http_body::{Body, Frame};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::encode::encode;
use super::event::{event, exception};
use super::exchange::Exchange;
use super::sender::EventStreamSender;
use super::sign::Chain;
use crate::BoxError;
use crate::error::OperationError;
use crate::format::Format;
use crate::shape::Value;

/// What is sent next.
#[derive(Debug)]
pub enum Next {
    /// A message that others follow.
    Event(Message),
    /// The last message.
    Last(Message),
}

/// The events that a call sends, without their types.
pub trait Outgoing: Send + Sync {
    /// Asks for the next message, written in this format.
    ///
    /// An error is that of the caller, or why an event is no message. It ends the call.
    fn poll_message(&mut self, context: &mut Context<'_>, format: &dyn Format) -> Poll<Option<Result<Next, BoxError>>>;
}

impl<T: Value + 'static, E: OperationError> Outgoing for EventStreamSender<T, E> {
    fn poll_message(&mut self, context: &mut Context<'_>, format: &dyn Format) -> Poll<Option<Result<Next, BoxError>>> {
        if self.is_filled() {
            return Poll::Ready(Some(Err("a text is no stream of events: build the input by its builder".into())));
        }
        let next = ready!(self.poll_next(context));
        Poll::Ready(next.map(|next| match next {
            Ok(value) => event(&value, format).map(Next::Event),
            Err(error) => match error.failure().shape {
                Some(shape) => exception(member_of(&error), shape, format).map(Next::Last),
                None => Err(error.into()),
            },
        }))
    }
}

/// What messages call an exception: the member of the union that the stream is of.
fn member_of<E: OperationError>(error: &E) -> &'static str {
    let name = error.failure().name;
    let is_named = |(_, exception): &&(&str, &str)| exception.eq_ignore_ascii_case(name);
    E::OWN_CODES.iter().find(is_named).map_or(name, |(member, _)| member)
}

/// A body that asks for an event whenever the connection takes more.
pub(crate) struct EventBody {
    /// A message that comes before the events.
    pub(super) initial: Option<Message>,
    /// `None` once they have ended.
    pub(super) events: Option<Box<dyn Outgoing>>,
    pub(super) format: &'static dyn Format,
    /// Where the body is told how to sign, and tells what became of it.
    pub(super) exchange: Arc<Exchange>,
    /// How messages are signed, from the first one on; `None` where they are not, or when the chain has ended.
    pub(super) chain: Option<Chain>,
}

impl EventBody {
    /// The next message; `None` when there is no more.
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, BoxError>>> {
        if let Some(initial) = self.initial.take() {
            return Poll::Ready(Some(Ok(initial)));
        }
        let Some(events) = &mut self.events else { return Poll::Ready(None) };
        let next = ready!(events.poll_message(context, self.format));
        if !matches!(next, Some(Ok(Next::Event(_)))) {
            self.events = None;
        }
        Poll::Ready(next.map(|next| next.map(|(Next::Event(message) | Next::Last(message))| message)))
    }

    /// A message as it is sent: within a signed one where messages are signed.
    fn frame(&mut self, message: Option<Message>) -> Result<Option<Bytes>, BoxError> {
        let mut bytes = Vec::new();
        if let Some(message) = &message {
            encode(message, &mut bytes)?;
        }
        match (&mut self.chain, message) {
            (Some(chain), message) => {
                let signed = chain.sign(bytes.into())?;
                // The message with nothing in it is the end.
                if message.is_none() {
                    self.chain = None;
                }
                let mut bytes = Vec::new();
                encode(&signed, &mut bytes)?;
                Ok(Some(bytes.into()))
            }
            (None, Some(_)) => Ok(Some(bytes.into())),
            (None, None) => Ok(None),
        }
    }
}

impl Body for EventBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.exchange.is_abandoned(context) {
            self.events = None;
            return Poll::Ready(Some(Err("the call is over while events were sent".into())));
        }
        if let Some(chain) = self.exchange.take_chain() {
            self.chain = Some(chain);
        }
        let message = ready!(self.poll_message(context)).transpose();
        Poll::Ready(match message.and_then(|message| self.frame(message)) {
            Ok(bytes) => bytes.map(|bytes| Ok(Frame::data(bytes))),
            Err(error) => {
                self.events = None;
                self.exchange.fail(error);
                Some(Err("the events that are sent ended in an error".into()))
            }
        })
    }
}

/// What it holds is the caller's, or not there yet.
impl fmt::Debug for EventBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventBody").field("chain", &self.chain).finish_non_exhaustive()
    }
}
