//! What the fluent builders of a client have beside their input: all that depends on no type of the client, so that it is
//! compiled with this crate.

use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;
use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::config::Settings;
use crate::operation::{Input, Started, start};
use crate::service::Handle;
use crate::spec::Spec;

/// What a fluent builder has beside its input: the client that will send it.
pub struct Fluent {
    handle: Arc<Handle>,
    config_override: Option<Box<Settings>>,
    lent: Lent,
}

/// Without what is lent, which is of the builder that lends it.
impl Clone for Fluent {
    fn clone(&self) -> Self {
        Self { config_override: self.config_override.clone(), ..Self::new(&self.handle) }
    }
}

impl Fluent {
    /// A call of this client, as it is configured.
    pub fn new(handle: &Arc<Handle>) -> Self {
        Self { handle: Arc::clone(handle), config_override: None, lent: Lent::default() }
    }

    /// Lays settings over the configuration of the client, for this call only; in place of any that were laid before.
    pub fn set_config_override(&mut self, changes: Settings) {
        self.config_override = Some(Box::new(changes));
    }

    /// Starts the call of one input of the operation that `spec` tells of.
    pub fn start(self, spec: &'static Spec, input: Input) -> Started {
        let (handle, plugins) = self.into_parts();
        start(&handle, spec, input, plugins)
    }

    /// What the client shares among its calls.
    pub fn into_handle(self) -> Arc<Handle> {
        self.handle
    }

    /// The handle of the client, and the plugins that the call has beside those of it.
    pub(crate) fn into_parts(self) -> (Arc<Handle>, Vec<SharedRuntimePlugin>) {
        let plugins = match self.config_override {
            Some(changes) => self.handle.settings.overridden_by(*changes),
            None => Vec::new(),
        };
        (self.handle, plugins)
    }

    /// Lends a builder of the input as it is now: one that `make` makes of it, or a former
    /// one, where `is_same` says that the input has not changed since.
    pub fn lend<B: Any + Send + Sync>(&self, make: &dyn Fn() -> B, is_same: &dyn Fn(&B) -> bool) -> &B {
        self.lent.lend(make, is_same)
    }

    /// Shows the fluent builder of an input whose shape has this name and that shows itself by `inner`.
    ///
    /// # Errors
    /// Those of the formatter.
    pub fn debug(&self, input: &str, inner: &dyn fmt::Debug, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(&format!("{}FluentBuilder", input.trim_end_matches("Input")))
            .field("handle", &self.handle)
            .field("inner", inner)
            .field("config_override", &self.config_override)
            .finish()
    }
}

/// The builders of inputs that a fluent builder has lent: copies, as it holds its input without one, so that setters find
/// members in the same place in both.
///
/// They are without their type here, so that a fluent builder costs a program little of which no builder is lent.
#[derive(Default)]
pub(crate) struct Lent(OnceLock<Box<(Box<dyn Any + Send + Sync>, Self)>>);

impl Lent {
    /// A builder that stays as long as the one that lends it: one that `make` makes of its input, or a former one, where
    /// `is_same` says that the input has not changed since.
    pub(crate) fn lend<B: Any + Send + Sync>(&self, make: &dyn Fn() -> B, is_same: &dyn Fn(&B) -> bool) -> &B {
        let is_first = self.0.get().is_none();
        let (lent, others) = &**self.0.get_or_init(|| Box::new((Box::new(make()), Self::default())));
        match lent.downcast_ref::<B>() {
            Some(lent) if is_first || is_same(lent) => lent,
            _ => others.lend(make, is_same),
        }
    }
}
