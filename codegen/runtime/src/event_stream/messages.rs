//! The messages of a body that is a stream of them.

use aws_smithy_types::byte_stream::{self, ByteStream};
use aws_smithy_types::event_stream::Message;
use bytes::Bytes;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::{Decoder, FrameError};

/// Takes messages out of a body as they arrive. It asks for more only when it has no whole message, so that a service is
/// held up by who does not take its messages.
#[derive(Debug, Default)]
pub(super) struct Messages {
    body: ByteStream,
    decoder: Decoder,
    /// The body has ended, or nothing in it can be read any more.
    is_over: bool,
}

/// Why there is no next message. There are no others behind it.
#[derive(Debug)]
pub(super) enum Broken {
    /// The body has broken off.
    Connection(byte_stream::error::Error),
    /// Its bytes are no messages; these are left, where they were cut off.
    Frame(FrameError, Option<Bytes>),
}

impl Messages {
    pub(super) fn body(&self) -> &ByteStream {
        &self.body
    }

    pub(super) fn body_mut(&mut self) -> &mut ByteStream {
        &mut self.body
    }

    /// Gives the body free. There is no other message.
    pub(super) fn end(&mut self) {
        *self = Self { is_over: true, ..Self::default() };
    }

    /// The next message; `None` at the end of the body, and behind whatever is wrong with it.
    pub(super) fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, Broken>>> {
        let broken = loop {
            match self.decoder.next_message() {
                Ok(Some(message)) => return Poll::Ready(Some(Ok(message))),
                Ok(None) if self.is_over => return Poll::Ready(None),
                Ok(None) => {}
                Err(error) => break Broken::Frame(error, None),
            }
            match ready!(Pin::new(&mut self.body).poll_next(context)) {
                Some(Ok(bytes)) => self.decoder.push(&bytes),
                Some(Err(error)) => break Broken::Connection(error),
                None => match self.decoder.finish() {
                    Ok(()) => self.is_over = true,
                    Err(error) => break Broken::Frame(error, Some(self.decoder.take_rest())),
                },
            }
        };
        self.end();
        Poll::Ready(Some(Err(broken)))
    }
}

impl From<ByteStream> for Messages {
    fn from(body: ByteStream) -> Self {
        Self { body, ..Self::default() }
    }
}
