//! Which traits the public types of both crates have, found out by the compiler.
//!
//! An associated constant of a type itself goes before the one of a trait. So `Probe::<T>::SEND` is true where `T: Send`
//! makes the inherent one available, and false by [`Lacks`] everywhere else.

use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::marker::PhantomData;
use std::panic::{RefUnwindSafe, UnwindSafe};

use crate::facts::{Facts, differences};
use crate::search::Findings;

/// Asks about the type `T`.
pub(crate) struct Probe<T: ?Sized>(PhantomData<T>);

macro_rules! probed {
    ($($NAME:ident: $Trait:path),*) => {
        /// What is said of a type that lacks a trait.
        pub(crate) trait Lacks {
            $(
                /// No.
                #[allow(dead_code, reason = "for a trait that every type has")]
                const $NAME: bool = false;
            )*
        }

        impl<T: ?Sized> Lacks for Probe<T> {}

        $(impl<T: ?Sized + $Trait> Probe<T> {
            /// Yes.
            pub(crate) const $NAME: bool = true;
        })*

        /// Adds the traits of a type, which `$role` tells apart from the others of its crate.
        macro_rules! look_at_traits {
            ($facts:ident, $role:expr, $Type:ty) => {{
                #[allow(unused_imports)]
                use $crate::traits::{Lacks as _, Probe};
                $crate::traits::add(&mut $facts, $role, &[$((stringify!($NAME), Probe::<$Type>::$NAME)),*]);
            }};
        }
    };
}

probed! {
    SEND: Send, SYNC: Sync, UNPIN: Unpin, UNWIND_SAFE: UnwindSafe, REF_UNWIND_SAFE: RefUnwindSafe,
    CLONE: Clone, DEBUG: Debug, DISPLAY: Display, DEFAULT: Default, PARTIAL_EQ: PartialEq, EQ: Eq, ORD: Ord,
    HASH: Hash, ERROR: std::error::Error
}
#[allow(clippy::single_component_path_imports, reason = "the macro is made by another, and has no path yet")]
pub(crate) use look_at_traits;

/// Adds those of `traits` that a type has.
pub(crate) fn add(facts: &mut Facts, role: &str, traits: &[(&str, bool)]) {
    let held: Vec<_> = traits.iter().filter(|(_, held)| *held).map(|(name, _)| *name).collect();
    facts.add(format!("traits of {role}"), held.join(" "));
}

macro_rules! client_types {
    ($sdk:ident) => {{
        use $sdk::operation::get_stage::{GetStageError, GetStageOutput, builders::GetStageFluentBuilder};
        type Customized =
            $sdk::client::customize::CustomizableOperation<GetStageOutput, GetStageError, GetStageFluentBuilder>;
        let mut facts = Facts::default();
        look_at_traits!(facts, "Client", $sdk::Client);
        look_at_traits!(facts, "Config", $sdk::Config);
        look_at_traits!(facts, "config::Builder", $sdk::config::Builder);
        look_at_traits!(facts, "Error", $sdk::Error);
        look_at_traits!(facts, "SdkError", $sdk::error::SdkError<GetStageError>);
        look_at_traits!(facts, "CustomizableOperation", Customized);
        look_at_traits!(facts, "endpoint::Params", $sdk::config::endpoint::Params);
        look_at_traits!(facts, "endpoint::ParamsBuilder", $sdk::config::endpoint::ParamsBuilder);
        look_at_traits!(facts, "endpoint::DefaultResolver", $sdk::config::endpoint::DefaultResolver);
        facts
    }};
}

/// The traits of what belongs to no operation and no shape, in AWS's crate and in the emitted one.
pub(crate) const OF_CLIENT: [fn() -> Facts; 2] =
    [|| client_types!(aws_sdk_ivsrealtime), || client_types!(ivs_realtime)];

/// Compares the traits of types, given by functions for AWS's crate and the emitted one.
pub(crate) fn compare(types: &[[fn() -> Facts; 2]]) -> Findings {
    let mut findings = Findings::default();
    for [official, ours] in types {
        findings.add(&"the compiler's answer", differences(&official(), &ours()));
    }
    findings
}
