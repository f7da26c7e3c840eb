//! The names that a waiter brings with it.

use super::type_name;
use super::words::{escape, snake};

/// What belongs to a waiter, by the names that AWS's own crates give it.
#[derive(Clone, Debug)]
pub(crate) struct WaiterNames {
    /// The method of the client: `wait_until_table_exists`.
    pub(crate) method: String,
    /// Its module below `waiters`: `table_exists`.
    pub(crate) module: String,
    pub(crate) fluent_builder: String,
    /// What it gives when it has waited.
    pub(crate) final_poll: String,
    pub(crate) error: String,
}

impl WaiterNames {
    /// The names of the waiter that the model has under this one.
    pub(crate) fn of(waiter: &str) -> Self {
        let (module, name) = (snake(waiter), type_name(waiter));
        Self {
            method: format!("wait_until_{module}"),
            fluent_builder: format!("{name}FluentBuilder"),
            final_poll: format!("{name}FinalPoll"),
            error: format!("WaitUntil{name}Error"),
            module: escape(module),
        }
    }

    /// All of them.
    pub(crate) fn all(self) -> [String; 5] {
        [self.method, self.module, self.fluent_builder, self.final_poll, self.error]
    }
}

/// The method by which a client waits, as it is declared.
pub fn waiter_method(waiter: &str) -> String {
    let WaiterNames { method, fluent_builder, .. } = WaiterNames::of(waiter);
    format!("fn {method}(&self) -> {fluent_builder}")
}
