//! One typed call for every operation, twice: with every input member set to its sample, and with the required ones only.
//!
//! The calls are written by hand, as a user writes them; a member that a call forgets shows as a difference from the
//! document made from the model. What comes back is reduced to text, so that one loop can check all operations.

use std::fmt::Debug;
use std::pin::Pin;

use ivs_realtime::error::{ProvideErrorMetadata, SdkError};
use ivs_realtime::operation::RequestId;
use ivs_realtime::{Client, Error};

use crate::predicates::Predicates;

mod compositions;
mod configurations;
mod ingest;
mod participants;
mod resources;
mod stages;

/// The typed calls of one operation.
#[derive(Clone, Copy)]
pub(crate) struct Call {
    /// The operation's name in the model.
    pub(crate) operation: &'static str,
    /// Sends it with every member.
    pub(crate) full: fn(&Client) -> Outcome,
    /// Sends it with required members only.
    pub(crate) minimal: fn(&Client) -> Outcome,
}

/// A call under way.
pub(crate) type Outcome = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send>>;

/// A typed output, reduced to text.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) debug: String,
    pub(crate) request_id: Option<String>,
}

/// A typed error, reduced to text.
#[derive(Debug)]
pub(crate) struct Failure {
    /// `Debug` of the operation's error.
    pub(crate) debug: String,
    /// Names of the `is_..` predicates of the operation's error that hold.
    pub(crate) predicates: Vec<&'static str>,
    /// Names of all its predicates.
    pub(crate) all_predicates: Vec<&'static str>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    /// `Debug` of the crate's root error made of it.
    pub(crate) root: String,
    /// The code that the root error gives.
    pub(crate) root_code: Option<String>,
}

/// All calls.
pub(crate) fn all() -> Vec<Call> {
    let families = [
        compositions::CALLS,
        configurations::CALLS,
        ingest::CALLS,
        participants::CALLS,
        resources::CALLS,
        stages::CALLS,
    ];
    families.concat()
}

/// Boxes a call and reduces what comes of it.
fn outcome<O, E>(sent: impl Future<Output = Result<O, SdkError<E>>> + Send + 'static) -> Outcome
where
    O: Debug + RequestId,
    E: Predicates + ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    Error: From<E>,
{
    Box::pin(async move {
        let answer = sent.await.map_err(failure)?;
        Ok(Answer { debug: format!("{answer:?}"), request_id: answer.request_id().map(str::to_owned) })
    })
}

fn failure<E>(error: SdkError<E>) -> Failure
where
    E: Predicates + ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    Error: From<E>,
{
    let request_id = error.request_id().map(str::to_owned);
    let inner = match error {
        SdkError::ServiceError(answer) => answer.into_err(),
        other => panic!("no answer of the service: {other:?}"),
    };
    let (debug, predicates, all_predicates) = (format!("{inner:?}"), inner.holding(), E::names());
    let (code, message) = (inner.code().map(str::to_owned), inner.message().map(str::to_owned));
    let root = Error::from(inner);
    let (root_code, root) = (root.code().map(str::to_owned), format!("{root:?}"));
    Failure { debug, predicates, all_predicates, code, message, request_id, root, root_code }
}
