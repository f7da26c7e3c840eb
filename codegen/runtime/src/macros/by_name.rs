//! Operations by their names.

/// Gives a `Client` its calls by name: a row per operation, its name in the model and its input. `with_events` names those
/// that cannot be called so, as they send events.
#[macro_export]
macro_rules! calls_by_name {
    (
        $client:ident { $($name:literal => $module:ident::$input:ident,)* }
        $(with_events { $($sending:literal,)* })?
    ) => {
        /// Names of all operations, sorted: what [`Client::call_json`] takes. Those that send events are not among them.
        pub const OPERATIONS: &[&str] = &[$($name),*];

        impl $client {
            /// Calls an operation by its name, with the JSON of its input, and returns the JSON of its output.
            ///
            /// The call is the same as by the operation's own method: same configuration, same retries. Members
            /// that travel in the path, the query or a header stand in the JSON with all others, under their
            /// names in the model; `{}` is an input without members. A member that the operation does not
            /// have, at any depth, is an error, and nothing is sent. Sensitive members of the output are
            /// redacted: [`call_json_with_secrets`](Self::call_json_with_secrets) returns them.
            ///
            /// A stream of bytes is base64 text, of inputs and of outputs; that of an output is collected first, so that
            /// all of it is in memory. Events that are received are their messages as they came, one behind the other, in
            /// such a text; events that are sent stand in no JSON, and the operation has to be called by its own method.
            ///
            /// # Errors
            /// When no operation has the name, the input does not fit, or the call fails; see [`CallError`].
            #[inline]
            pub async fn call_json(&self, operation: &str, input: &str) -> Result<String, CallError> {
                $crate::by_name::call(&self.handle, request(operation, input, false)).await
            }

            /// As [`call_json`](Self::call_json), with the sensitive members of the output as they are.
            ///
            /// # Errors
            /// As [`call_json`](Self::call_json).
            #[inline]
            pub async fn call_json_with_secrets(&self, operation: &str, input: &str) -> Result<String, CallError> {
                $crate::by_name::call(&self.handle, request(operation, input, true)).await
            }
        }

        // Inlined, so that the operations' tables are compiled where calls are made, and not in this crate.
        #[inline]
        fn request<'a>(name: &'a str, input: &'a str, secrets: bool) -> $crate::by_name::Request<'a> {
            let operation = match name {
                $($name => Some($crate::by_name::NamedOperation::of::<$module::$input>()),)*
                _ => None,
            };
            let with_events: &[&str] = &[$($($sending),*)?];
            $crate::by_name::Request { name, operation, names: OPERATIONS, with_events, input, secrets }
        }
    };
}
