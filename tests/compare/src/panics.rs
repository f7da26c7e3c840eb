//! How clients refuse a configuration that cannot work: with which words, and where they say it happened.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex};

use aws_sdk_ivsrealtime::config::{
    BehaviorVersion, ConfigBag, Region, ResolveCachedIdentity, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_sdk_ivsrealtime::error::BoxError;
use aws_smithy_runtime_api::client::identity::{IdentityFuture, SharedIdentityResolver};
use aws_types::SdkConfig;

use crate::facts::{Facts, differences};
use crate::search::Findings;

/// A cache that a client may not have, as the engine's own says where it lacks a clock or a way to sleep.
#[derive(Debug)]
struct Refusing;

impl ResolveCachedIdentity for Refusing {
    fn resolve_cached_identity<'a>(
        &'a self,
        _: SharedIdentityResolver,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Err("never asked".into()))
    }

    fn validate_base_client_config(&self, _: &RuntimeComponentsBuilder, _: &ConfigBag) -> Result<(), BoxError> {
        Err("the cache lacks a clock".into())
    }
}

/// A client that may not come to be, in both crates.
struct Case {
    name: &'static str,
    official: fn(),
    ours: fn(),
}

macro_rules! cases {
    ($($name:literal: $make:expr;)*) => {
        const CASES: &[Case] = &[$(Case {
            name: $name,
            official: || {
                use aws_sdk_ivsrealtime as sdk;
                let _: sdk::Client = $make;
            },
            ours: || {
                use ivs_realtime as sdk;
                let _: sdk::Client = $make;
            },
        }),*];
    };
}

cases! {
    "from_conf, no behavior version": sdk::Client::from_conf(sdk::Config::builder().region(Region::new("a")).build());
    "new, no behavior version": sdk::Client::new(&SdkConfig::builder().region(Region::new("a")).build());
    "from_conf, refused by a component": sdk::Client::from_conf(
        sdk::Config::builder().behavior_version(BehaviorVersion::latest()).identity_cache(Refusing).build()
    );
    "new, refused by a component": sdk::Client::new(
        &SdkConfig::builder().behavior_version(BehaviorVersion::latest()).identity_cache(Refusing).build()
    );
    "from_conf, nothing but a behavior version": sdk::Client::from_conf(
        sdk::Config::builder().behavior_version(BehaviorVersion::latest()).build()
    );
}

/// Runs `make` and tells how it panicked. While it runs, no other thread may panic: the hook is the process's.
fn look_at_panic(make: fn()) -> Facts {
    let told = Arc::new(Mutex::new(Facts::default()));
    let hook = Arc::clone(&told);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let mut facts = hook.lock().expect("no panic inside a panic");
        facts.add("panic message", panic.payload_as_str().unwrap_or("no text"));
        let here = panic.location().is_some_and(|location| location.file() == file!());
        facts.add("panic location", if here { "the caller" } else { "inside the crate" });
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(make));
    panic::set_hook(before);
    let mut facts = told.lock().expect("no panic inside a panic").clone();
    facts.debug("panics", &result.is_err());
    facts
}

/// Compares the panics of both crates.
pub(crate) fn compare() -> Findings {
    let mut findings = Findings::default();
    for case in CASES {
        findings.add(&case.name, differences(&look_at_panic(case.official), &look_at_panic(case.ours)));
    }
    findings
}
