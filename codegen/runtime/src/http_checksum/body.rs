//! Bodies that are summed up while they are read.

use aws_smithy_types::base64;
use aws_smithy_types::body::{Error, SdkBody};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::algorithm::{Algorithm, Sum};
use super::mismatch::ChecksumMismatch;

type Polled = Poll<Option<Result<Frame<Bytes>, Error>>>;

/// A body with its checksum in a trailer.
pub(super) struct Summed {
    body: SdkBody,
    algorithm: Algorithm,
    /// What was read so far; `None` once the trailer was given.
    sum: Option<Sum>,
}

impl Summed {
    pub(super) fn new(body: SdkBody, algorithm: Algorithm) -> Self {
        Self { body, algorithm, sum: Some(algorithm.begin()) }
    }

    /// The trailer, once; it joins those that the body has itself.
    fn trailers(&mut self, mut trailers: HeaderMap) -> Option<Frame<Bytes>> {
        let sum = base64::encode(self.sum.take()?.finish());
        trailers.insert(self.algorithm.header(), HeaderValue::try_from(sum).ok()?);
        Some(Frame::trailers(trailers))
    }
}

impl Body for Summed {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(match frame.map(|frame| frame.map(Frame::into_data)) {
            Some(Ok(Ok(data))) => {
                if let Some(sum) = &mut self.sum {
                    sum.update(&data);
                }
                Some(Ok(Frame::data(data)))
            }
            Some(Ok(Err(other))) => other.into_trailers().ok().and_then(|trailers| self.trailers(trailers)).map(Ok),
            Some(Err(error)) => Some(Err(error)),
            None => self.trailers(HeaderMap::new()).map(Ok),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that ends in an error where its checksum is another one than was said.
pub(super) struct Checked {
    body: SdkBody,
    algorithm: Algorithm,
    expected: Vec<u8>,
    /// What was read so far; `None` once it was compared.
    sum: Option<Sum>,
}

impl Checked {
    pub(super) fn new(body: SdkBody, algorithm: Algorithm, expected: Vec<u8>) -> Self {
        Self { body, algorithm, expected, sum: Some(algorithm.begin()) }
    }

    /// Compares, once.
    fn compare(&mut self) -> Result<(), Error> {
        match self.sum.take().map(Sum::finish) {
            Some(actual) if actual != self.expected => {
                Err(ChecksumMismatch::new(self.algorithm, &self.expected, &actual).into())
            }
            _ => Ok(()),
        }
    }
}

impl Body for Checked {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Polled {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                if let (Some(data), Some(sum)) = (frame.data_ref(), &mut self.sum) {
                    sum.update(data);
                }
                // Who reads as many bytes as the length says does not ask for what follows them.
                let compared = if self.body.is_end_stream() { self.compare() } else { Ok(()) };
                Some(compared.map(|()| frame))
            }
            Some(Err(error)) => Some(Err(error)),
            None => self.compare().err().map(Err),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.sum.is_none() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
