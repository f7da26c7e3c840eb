//! What the two directions of a call know of each other while events are sent.
//!
//! The body of the request is with the connection, and the body of the response with the caller. Here the first says that the
//! caller's events ended in an error, which only the second can tell the caller of, and here it learns that nobody waits for
//! an answer any more, so that it does not send for ever.

use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::sign::Chain;
use crate::BoxError;

/// The state that both directions share.
#[derive(Debug, Default)]
pub(crate) struct Exchange(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// How to sign, from the moment when the request is.
    chain: Option<Chain>,
    /// Why the events ended.
    failure: Option<BoxError>,
    /// Nobody waits for an answer any more.
    abandoned: bool,
    /// Who sends, and waits for an event.
    sends: Option<Waker>,
    /// Who reads, and waits for the service.
    reads: Option<Waker>,
}

impl Exchange {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says how to sign.
    pub(super) fn set_chain(&self, chain: Option<Chain>) {
        self.state().chain = chain;
    }

    /// How to sign, once.
    pub(super) fn take_chain(&self) -> Option<Chain> {
        self.state().chain.take()
    }

    /// Says why the events ended.
    pub(super) fn fail(&self, error: BoxError) {
        let reads = {
            let mut state = self.state();
            state.failure = Some(error);
            state.reads.take()
        };
        if let Some(reads) = reads {
            reads.wake();
        }
    }

    /// Why the events ended, once.
    pub(super) fn take_failure(&self) -> Option<BoxError> {
        self.state().failure.take()
    }

    /// Why the events ended, once; if they have not, the task is woken when they do.
    fn poll_failure(&self, context: &Context<'_>) -> Option<BoxError> {
        let mut state = self.state();
        state.reads = Some(context.waker().clone());
        state.failure.take()
    }

    /// Says that nobody waits for an answer.
    fn abandon(&self) {
        let sends = {
            let mut state = self.state();
            state.abandoned = true;
            state.sends.take()
        };
        if let Some(sends) = sends {
            sends.wake();
        }
    }

    /// Whether nobody waits for an answer; if somebody does, the task is woken when that ends.
    pub(super) fn is_abandoned(&self, context: &Context<'_>) -> bool {
        let mut state = self.state();
        state.sends = Some(context.waker().clone());
        state.abandoned
    }
}

/// Who waits for an answer: a call, and after it whoever reads the body of the response. It says so when it is dropped.
#[derive(Debug)]
pub(crate) struct Waiting(Option<Arc<Exchange>>);

impl Storable for Waiting {
    type Storer = StoreReplace<Self>;
}

impl Waiting {
    pub(super) fn new(exchange: Arc<Exchange>) -> Self {
        Self(Some(exchange))
    }

    /// What is waited for; `None` once another one waits.
    pub(super) fn exchange(&self) -> Option<&Arc<Exchange>> {
        self.0.as_ref()
    }

    /// Another one waits from now on.
    pub(super) fn hand_over(&mut self) -> Self {
        Self(self.0.take())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(exchange) = &self.0 {
            exchange.abandon();
        }
    }
}

/// The body of a response to a request whose events may not have ended.
pub(super) struct AnswerBody {
    pub(super) body: SdkBody,
    pub(super) waiting: Waiting,
    /// Where the service has answered by an error, it takes no more events, and the end of the body ends them, too.
    pub(super) is_refusal: bool,
}

impl AnswerBody {
    /// The body is at its end, and the events are, too, unless they may go on. Why they ended, where it was not that.
    fn finish(&mut self, may_go_on: bool) -> Option<BoxError> {
        let mut waiting = self.waiting.hand_over();
        let failure = waiting.exchange().and_then(|exchange| exchange.take_failure());
        if may_go_on && !self.is_refusal {
            waiting.0 = None;
        }
        failure
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let failed = match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => return Poll::Ready(Some(Ok(frame))),
            Poll::Ready(Some(Err(error))) => Some(self.finish(false).unwrap_or(error)),
            Poll::Ready(None) => self.finish(true),
            Poll::Pending => match self.waiting.exchange().and_then(|exchange| exchange.poll_failure(context)) {
                Some(failure) => Some(failure),
                None => return Poll::Pending,
            },
        };
        Poll::Ready(failed.map(Err))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for AnswerBody {
    /// Who knows the length of a body does not ask for its end.
    fn drop(&mut self) {
        if self.body.is_end_stream() {
            _ = self.finish(true);
        }
    }
}
