//! The modules of an emitted crate, if the crate was emitted for this runtime.

/// The root of an emitted crate: its modules, if this runtime serves the interface they were emitted for; else one sentence
/// that says what to update, and nothing that the compiler could say more about.
///
/// What the number means, and when it is raised, is told on the first page of this crate. Each number has a row here.
///
/// ```
/// smithy_client_runtime::emitted! {
///     interface 7;
///
///     pub mod types {}
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! emitted {
    // What is served: the last of these rows is what the generator of this version emits for.
    (interface 7; $($items:tt)*) => { $($items)* };
    // What is not served any more: with 6 exceptions had rows of their own kind, with 5 and 4 the stream of an input was an
    // option, with 3 a future of its own gave a call its types, with 2 structures wrote out their accessors, with 1 every input
    // had `Clone`, which streams have not. Nothing was emitted for 0, which shows the sentence.
    (interface 6; $($items:tt)*) => { $crate::emitted!(@older 6); };
    (interface 5; $($items:tt)*) => { $crate::emitted!(@older 5); };
    (interface 4; $($items:tt)*) => { $crate::emitted!(@older 4); };
    (interface 3; $($items:tt)*) => { $crate::emitted!(@older 3); };
    (interface 2; $($items:tt)*) => { $crate::emitted!(@older 2); };
    (interface 1; $($items:tt)*) => { $crate::emitted!(@older 1); };
    (interface 0; $($items:tt)*) => { $crate::emitted!(@older 0); };
    (@older $number:literal) => {
        compile_error!(concat!(
            "`", env!("CARGO_PKG_NAME"), "` was emitted for an older `smithy-client-runtime` (interface ", $number,
            "): emit it again, by a generator of the same version as the runtime.",
        ));
    };
    // What is not served yet, however it goes on.
    (interface $number:literal $($later:tt)*) => {
        compile_error!(concat!(
            "`", env!("CARGO_PKG_NAME"), "` was emitted for a newer `smithy-client-runtime` (interface ", $number,
            "): update `smithy-client-runtime`.",
        ));
    };
}
