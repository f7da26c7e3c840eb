//! The errors of the service, built by hand through both crates as tests and mocks do.

use std::error::Error;

use aws_sdk_ivsrealtime::error::{ErrorMetadata, ProvideErrorMetadata};
use pastey::paste;
use serde_json::Value;

use crate::facts::Facts;
use crate::fill::optional;
use crate::operations::chain;
use crate::traits::look_at_traits;

/// An error structure in both crates.
pub(crate) struct Exception {
    /// Its name in the model.
    pub(crate) name: &'static str,
    /// Builds it with AWS's crate.
    pub(crate) official: fn(&Value) -> Facts,
    /// Builds it with the emitted crate.
    pub(crate) ours: fn(&Value) -> Facts,
    /// Its traits, in AWS's crate and in the emitted one.
    pub(crate) traits: [fn() -> Facts; 2],
}

/// The metadata that `value` asks for, beside the members.
fn metadata(value: &Value) -> Option<ErrorMetadata> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let code = text("metaCode")?;
    Some(ErrorMetadata::builder().code(code).message(text("metaMessage").unwrap_or_default()).build())
}

fn look_at_error(facts: &mut Facts, error: &(impl Error + ProvideErrorMetadata + Clone + PartialEq)) {
    facts.debug("Debug", error);
    facts.debug("Display and sources", &chain(error));
    facts.debug("metadata", error.meta());
    facts.debug("equals its clone", &(error.clone() == *error));
}

macro_rules! exceptions {
    ([$($Exception:ident),*] $members:tt) => {
        /// The members of every error as Rust has them; `message` is not of the model.
        pub(crate) const MEMBERS: &[&str] = &exceptions!(@names $members);

        /// Every error structure.
        pub(crate) const EXCEPTIONS: &[Exception] = &[$(Exception {
            name: stringify!($Exception),
            official: |value| exceptions!(@look aws_sdk_ivsrealtime $Exception value $members),
            ours: |value| exceptions!(@look ivs_realtime $Exception value $members),
            traits: [
                || exceptions!(@traits aws_sdk_ivsrealtime $Exception),
                || exceptions!(@traits ivs_realtime $Exception),
            ],
        }),*];
    };
    (@traits $sdk:ident $Exception:ident) => {
        paste! {{
            let mut facts = Facts::default();
            look_at_traits!(facts, "exception", $sdk::types::error::$Exception);
            look_at_traits!(facts, "builder", $sdk::types::error::builders::[<$Exception Builder>]);
            facts
        }}
    };
    (@names [$($member:ident),*]) => {
        [$(stringify!($member)),*]
    };
    (@look $sdk:ident $Exception:ident $value:ident [$($member:ident),*]) => {
        paste! {{
            let mut facts = Facts::default();
            let text = |name| optional::<String>($value, name).unwrap_or_default();
            let mut builder = $sdk::types::error::$Exception::builder()$(.[<set_ $member>](text(stringify!($member))))*;
            builder.set_meta(metadata($value));
            facts.debug("builder Debug", &builder);
            $(facts.debug(concat!("get_", stringify!($member)), builder.[<get_ $member>]());)*
            let error = builder.build();
            look_at_error(&mut facts, &error);
            facts.debug("message()", &error.message());
            facts.debug("x_amzn_error_type()", &error.x_amzn_error_type());
            facts.debug("exception_message()", &error.exception_message());
            facts.debug("root error", &$sdk::Error::$Exception(error));
            facts
        }}
    };
}

exceptions! {
    [
        AccessDeniedException, ConflictException, InternalServerException, PendingVerification,
        ResourceNotFoundException, ServiceQuotaExceededException, ValidationException
    ]
    [
        access_control_allow_origin, access_control_expose_headers, cache_control, content_security_policy,
        strict_transport_security, x_content_type_options, x_frame_options, x_amzn_error_type, exception_message,
        message
    ]
}
