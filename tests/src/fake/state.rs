//! One request after the other: faults, signatures, rates, validation, the operation, the state file.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::answer::Answer;
use super::auth;
use super::clock::{Clock, Instant};
use super::failure::{Failure, Kind};
use super::faults::{self, Effect, Fault};
use super::operations;
use super::routes::{self, Routes};
use super::settings::Settings;
use super::signer::Signer;
use super::store::{Change, Store};
use super::throttle::Throttle;
use super::validation::Constraints;
use super::world::{Call, World};
use crate::model::Model;
use crate::request::Request;

/// The facts of the service that the server is made from.
const MODEL: &str = include_str!("../../../model/ivs-realtime.json");

/// The whole state of a server.
#[derive(Debug)]
pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    constraints: Constraints,
    routes: Routes,
    signer: Signer,
    store: Option<Store>,
    inner: Mutex<Inner>,
}

/// What requests change.
#[derive(Debug)]
struct Inner {
    world: World,
    throttle: Throttle,
    faults: Vec<Fault>,
    random: StdRng,
    served: Vec<Served>,
    /// What the state file refused: it goes there with the next change.
    unsaved: Vec<Change>,
}

/// A request that was answered, as [`requests`](super::Fake::requests) tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The operation; its method and path where there is none of that route.
    pub operation: String,
    /// The status of the answer.
    pub status: u16,
    /// Whether the operation was run, whatever came of the answer.
    pub ran: bool,
    /// The id by which all attempts of a call know each other, where the client gave one.
    pub invocation: Option<String>,
}

/// What becomes of a request: its answer, and how that is sent.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) answer: Answer,
    pub(super) effect: Option<Effect>,
    pub(super) operation: String,
}

impl State {
    /// An empty state, or that of the file that the settings name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn new(settings: Settings) -> Result<Self, String> {
        let store = settings.state.as_deref().map(Store::open).transpose().map_err(|error| error.to_string())?;
        let world = store.as_ref().map(World::load).transpose()?.unwrap_or_default();
        let signer = store.as_ref().map(Signer::of_store).transpose()?.unwrap_or_else(Signer::generate);
        let model = Model::parse(MODEL);
        let random = settings.seed.map_or_else(rand::make_rng, StdRng::seed_from_u64);
        let inner = Inner {
            world,
            throttle: Throttle::new(settings.rates.clone()),
            faults: Vec::new(),
            random,
            served: Vec::new(),
            unsaved: Vec::new(),
        };
        Ok(Self {
            clock: settings.clock(),
            routes: Routes::of(&model),
            constraints: Constraints::new(model),
            signer,
            store,
            inner: Mutex::new(inner),
            settings,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request of the service.
    pub(super) fn serve(&self, request: &Request) -> Outcome {
        let found = self.routes.find(request).map(|(operation, labels)| (operation.clone(), labels));
        let operation = found
            .as_ref()
            .map_or_else(|_| format!("{} {}", request.method, request.path), |(operation, _)| operation.name.clone());
        let mut inner = self.lock();
        let effect = found.is_ok().then(|| faults::meet(&mut inner.faults, &operation)).flatten();
        let (answer, ran) = match effect.as_ref().and_then(instead) {
            Some(answer) => (answer, false),
            None => {
                let result = found.and_then(|(operation, labels)| {
                    auth_and_rate(self, &mut inner, request, &operation.name)?;
                    let input = routes::input(self.constraints.model(), &operation, labels, request)?;
                    self.constraints.check(&operation.input, &input, "")?;
                    self.run(&mut inner, &operation.name, input)
                });
                let ran = result.is_ok();
                (result.map_or_else(|failure| failure.answer(), |output| Answer::json(200, &output)), ran)
            }
        };
        if inner.served.len() < self.settings.remembered_requests {
            let invocation = request.header("amz-sdk-invocation-id").map(str::to_owned);
            inner.served.push(Served { operation: operation.clone(), status: answer.status, ran, invocation });
        }
        Outcome { answer, effect, operation }
    }

    fn run(&self, inner: &mut Inner, operation: &str, input: serde_json::Value) -> Result<serde_json::Value, Failure> {
        let handler = operations::handler(operation).ok_or_else(|| {
            Failure::new(Kind::NotImplemented, format!("this server does not have the operation {operation}"))
        })?;
        self.change(inner, operation, |call| handler(call, input))
    }

    /// Lets time have its effect, runs `action`, and writes what changed to the state file before it returns.
    fn change<T>(
        &self,
        inner: &mut Inner,
        operation: &str,
        action: impl FnOnce(&mut Call<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut call = Call {
            world: &mut inner.world,
            settings: &self.settings,
            signer: &self.signer,
            random: &mut inner.random,
            now: self.clock.now(),
            operation,
        };
        operations::end_idle(&mut call);
        operations::settle_replications(&mut call);
        let result = action(&mut call);
        let failed = |cause: &dyn std::fmt::Display| Failure::new(Kind::Internal, format!("the state: {cause}"));
        let changes = inner.world.take_changes().map_err(|cause| failed(&cause))?;
        let Some(store) = &self.store else { return result };
        inner.unsaved.extend(changes);
        if !inner.unsaved.is_empty() {
            store.commit(&inner.unsaved).map_err(|cause| failed(&cause))?;
            inner.unsaved.clear();
        }
        result
    }

    /// Runs something that is no operation of the service on all resources.
    ///
    /// # Errors
    /// Those of `action`, and of the state file.
    pub(super) fn act<T>(&self, action: impl FnOnce(&mut Call<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.change(&mut self.lock(), "", action)
    }

    /// The time of the server.
    pub(super) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Adds a fault.
    pub(super) fn add_fault(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    /// Takes all faults away.
    pub(super) fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Sets the rate of an operation.
    pub(super) fn set_rate(&self, operation: &str, rate: Option<f64>) {
        self.lock().throttle.set(operation, rate);
    }

    /// The requests so far.
    pub(super) fn served(&self) -> Vec<Served> {
        self.lock().served.clone()
    }

    /// Forgets resources, faults and requests.
    ///
    /// # Errors
    /// When the state file cannot be written.
    pub(super) fn reset(&self) -> Result<(), Failure> {
        let mut inner = self.lock();
        inner.faults.clear();
        inner.served.clear();
        self.change(&mut inner, "", |call| {
            call.world.clear();
            Ok(())
        })
    }
}

fn auth_and_rate(state: &State, inner: &mut Inner, request: &Request, operation: &str) -> Result<(), Failure> {
    let now = state.clock.now();
    if state.settings.verify_signatures {
        auth::check(request, &state.settings, now)?;
    }
    inner.throttle.take(operation, now)
}

/// The answer of an effect that keeps the operation from being run.
fn instead(effect: &Effect) -> Option<Answer> {
    let plain = |status, headers: &[(&str, &str)], body: &str| Answer {
        status,
        headers: headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.as_bytes().to_vec(),
    };
    Some(match effect {
        Effect::Throttle => Failure::new(Kind::Throttling, "rate exceeded").answer(),
        Effect::Status { status, code: Some(code) } => {
            let headers = [("x-amzn-ErrorType", code.as_str()), ("Content-Type", "application/json")];
            plain(*status, &headers, r#"{"exceptionMessage":"a fault was asked for"}"#)
        }
        Effect::Status { status, code: None } => plain(*status, &[("Content-Type", "application/json")], "{}"),
        Effect::Body { status, content_type, text } => plain(*status, &[("Content-Type", content_type)], text),
        Effect::Redirect { location } => plain(307, &[("Location", location)], ""),
        Effect::ResetBefore => plain(500, &[], ""),
        Effect::ResetAfter
        | Effect::Half
        | Effect::Slow { .. }
        | Effect::Trickle { .. }
        | Effect::WrongLength { .. } => return None,
    })
}
