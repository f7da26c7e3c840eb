//! Where calls are compared: one server, and a client of each crate that calls it in turn.

use std::cell::Cell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tests::loopback::{LoopbackServer, Reply};
use tests::request::Request;

use crate::clients::{self, Connections, Settings};
use crate::facts::{Difference, Facts, differences};
use crate::operations::{Operation, Pending};
use crate::wire::look_at_requests;

/// A server that repeats its script for each of two clients.
#[derive(Debug)]
pub(crate) struct Stage {
    /// What the clients are given.
    pub(crate) settings: Settings,
    server: LoopbackServer,
    scene: Arc<Mutex<Scene>>,
    connections: Connections,
    comparisons: Cell<usize>,
    name: String,
}

/// One client's turn.
#[derive(Debug, Default)]
struct Scene {
    replies: Vec<Reply>,
    seen: Vec<Request>,
}

/// What to do with a client, by crate.
pub(crate) struct Act<'a> {
    /// With the client of AWS's crate.
    pub(crate) official: &'a dyn Fn(&aws_sdk_ivsrealtime::Client) -> Pending,
    /// With the client of the emitted crate.
    pub(crate) ours: &'a dyn Fn(&ivs_realtime::Client) -> Pending,
}

impl Stage {
    /// Starts a server. `name` sets the retry quotas of this stage's clients apart from others'.
    pub(crate) async fn new(name: &str) -> Self {
        let scene = Arc::new(Mutex::new(Scene::default()));
        let of_server = Arc::clone(&scene);
        let server = LoopbackServer::answering(move |request| {
            let mut scene = lock(&of_server);
            scene.seen.push(request.clone());
            let turn = scene.seen.len().min(scene.replies.len());
            scene.replies[turn - 1].clone()
        });
        let server = server.await;
        Self {
            settings: Settings::new(server.url()),
            server,
            scene,
            connections: Connections::new(),
            comparisons: Cell::new(0),
            name: name.to_owned(),
        }
    }

    /// Lets both clients act while the server gives `replies` to each, the last of them again and again.
    ///
    /// `replies` must not be empty.
    pub(crate) async fn compare(&self, replies: &[Reply], act: Act<'_>) -> Vec<Difference> {
        self.compare_answered([replies, replies], act).await
    }

    async fn compare_answered(&self, [to_official, to_ours]: [&[Reply]; 2], act: Act<'_>) -> Vec<Difference> {
        self.comparisons.set(self.comparisons.get() + 1);
        let partition = format!("{}-{}", self.name, self.comparisons.get());
        let official = clients::official(&self.settings, &self.connections.official, &partition);
        let official = self.turn(to_official, (act.official)(&official)).await;
        let ours = clients::ours(&self.settings, &self.connections.ours, &partition);
        let ours = self.turn(to_ours, (act.ours)(&ours)).await;
        differences(&official, &ours)
    }

    /// Compares one call of `operation` with `input`.
    pub(crate) async fn call(&self, operation: &Operation, input: &Value, replies: &[Reply]) -> Vec<Difference> {
        self.call_answered(operation, input, [replies, replies]).await
    }

    /// Compares one call of `operation` with `input`, to which AWS's crate gets the first replies and ours the second.
    pub(crate) async fn call_answered(
        &self,
        operation: &Operation,
        input: &Value,
        replies: [&[Reply]; 2],
    ) -> Vec<Difference> {
        let act = Act {
            official: &|client| (operation.official.call)(client, input),
            ours: &|client| (operation.ours.call)(client, input),
        };
        self.compare_answered(replies, act).await
    }

    async fn turn(&self, replies: &[Reply], pending: Pending) -> Facts {
        *lock(&self.scene) = Scene { replies: replies.to_vec(), seen: Vec::new() };
        let connections = self.server.connections();
        let mut facts = pending.await;
        look_at_requests(&mut facts, &lock(&self.scene).seen);
        facts.debug("new connections", &(self.server.connections() - connections));
        facts
    }
}

fn lock(scene: &Mutex<Scene>) -> MutexGuard<'_, Scene> {
    scene.lock().unwrap_or_else(PoisonError::into_inner)
}
