//! The span of a call: a callsite per operation, so that spans are called after their operation as in AWS's crates.
//!
//! The macros of `tracing` take names that the compiler knows, and a macro for each operation would be code for each
//! operation. The callsites are made when a call is first traced, and kept for the life of the process.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};
use tracing::level_filters::{LevelFilter, STATIC_MAX_LEVEL};
use tracing::{Span, dispatcher};
use tracing_core::callsite::{self, Callsite, Identifier};
use tracing_core::field::{FieldSet, Value};
use tracing_core::subscriber::Interest;
use tracing_core::{Kind, Level, Metadata};

use crate::spec::Spec;

const FIELDS: &[&str] = &["rpc.service", "rpc.method", "sdk_invocation_id", "rpc.system"];

static CALLSITES: LazyLock<Mutex<HashMap<(&str, &str), &'static OperationCallsite>>> = LazyLock::new(Mutex::default);

/// Where calls of one operation begin, as subscribers know it.
struct OperationCallsite(OnceLock<Metadata<'static>>);

impl Callsite for OperationCallsite {
    /// Nothing is kept: a call asks the subscriber each time.
    fn set_interest(&self, _: Interest) {}

    fn metadata(&self) -> &Metadata<'_> {
        self.0.get().expect("the metadata is set before the callsite is registered")
    }
}

impl OperationCallsite {
    /// The callsite of an operation, which takes its name and, as module, that of its input.
    fn of(spec: &'static Spec) -> &'static Self {
        let mut callsites = CALLSITES.lock().unwrap_or_else(PoisonError::into_inner);
        callsites.entry((spec.service.sdk_id, spec.route.name)).or_insert_with(|| Self::register(spec))
    }

    fn register(spec: &'static Spec) -> &'static Self {
        let name: &str = Box::leak(format!("{}.{}", spec.service.sdk_id, spec.route.name).into_boxed_str());
        let input = (spec.type_name)();
        let module = input.rsplit_once("::").map_or(input, |(module, _)| module);
        let site: &Self = Box::leak(Box::new(Self(OnceLock::new())));
        let fields = FieldSet::new(FIELDS, Identifier(site));
        let metadata = Metadata::new(name, module, Level::DEBUG, None, None, Some(module), fields, Kind::SPAN);
        site.0.get_or_init(|| metadata);
        callsite::register(site);
        site
    }
}

/// The span of one call, at the level `DEBUG`; a disabled one where no subscriber wants it.
pub(crate) fn of_call(spec: &'static Spec) -> Span {
    if LevelFilter::DEBUG > STATIC_MAX_LEVEL || LevelFilter::DEBUG > LevelFilter::current() {
        return Span::none();
    }
    let site = OperationCallsite::of(spec);
    let Some(metadata) = site.0.get() else { return Span::none() };
    if !dispatcher::get_default(|dispatch| dispatch.enabled(metadata)) {
        return Span::none();
    }
    // Random and for logs alone: it tells the lines of one call from those of another.
    let id = fastrand::u32(1_000_000..10_000_000);
    let values: [&dyn Value; 4] = [&spec.service.sdk_id, &spec.route.name, &id, &"aws-api"];
    let fields: Vec<_> = metadata.fields().iter().collect();
    let set = [0, 1, 2, 3].map(|at| (&fields[at], Some(values[at])));
    Span::new(metadata, &metadata.fields().value_set(&set))
}
