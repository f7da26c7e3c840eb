//! What can be asked of an `SdkError` itself.

/// Defines the predicates of an `SdkError` itself: a trait with those that every
/// service has, and a row for each exception, the name of its predicate and its Rust type.
#[macro_export]
macro_rules! error_predicates {
    ($(#[$doc:meta])* pub trait $trait:ident { $($is:ident: $exception:ident,)* }) => {
        $(#[$doc])*
        pub trait $trait {
            /// What went wrong, in one line: the operation, the code, what the service says, and the id of the
            /// request; or, where the service did not answer, the failure and its innermost cause. An answer that is not
            /// of the service, as that of a proxy or a login page, is told by its status, its type and its first words.
            ///
            /// It holds no member of the request or the response but the message of the error.
            fn describe(&self) -> String;

            /// Whether no answer came in time: the call, an attempt or the connection has timed out.
            fn is_timeout(&self) -> bool;

            /// Whether the service refused the call because there were too many: by one of the codes that
            /// services of AWS use for that, or by an error that the model marks as throttling.
            fn is_throttling(&self) -> bool;

            /// Whether the same call may succeed later: what the client itself retries. When a call has failed
            /// with such an error, its attempts are used up.
            fn is_retryable(&self) -> bool;

            $(
                #[doc = concat!("Whether the service answered with [`", stringify!($exception), "`](crate::types::error::", stringify!($exception), ").")]
                fn $is(&self) -> bool;
            )*
        }

        impl<E: $crate::error::OperationError> $trait for SdkError<E> {
            #[inline]
            fn describe(&self) -> String {
                $crate::error::verdict::describe(self)
            }

            #[inline]
            fn is_timeout(&self) -> bool {
                $crate::error::verdict::is_timeout(self)
            }

            #[inline]
            fn is_throttling(&self) -> bool {
                $crate::error::verdict::is_throttling(self)
            }

            #[inline]
            fn is_retryable(&self) -> bool {
                $crate::error::verdict::is_retryable(self)
            }

            $(
                #[inline]
                fn $is(&self) -> bool {
                    $crate::error::verdict::is_exception(self, stringify!($exception))
                }
            )*
        }
    };
}
