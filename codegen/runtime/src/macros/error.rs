//! Exceptions and error enums.

/// Implements the traits of an exception beside those of [`shape!`](macro@crate::shape): its name on the wire.
#[macro_export]
macro_rules! exception {
    ($name:ident, $code:literal) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::error::display_exception($code, self, f)
            }
        }

        impl std::error::Error for $name {}

        impl $crate::engine::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::engine::ErrorMetadata {
                &self.meta
            }
        }

        $crate::exception_request_id!($name);
    };
}

/// Gives an exception the engine's `RequestId`; nothing without the feature `client`.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! exception_request_id {
    ($name:ident) => {
        impl $crate::engine::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self.meta.request_id()
            }
        }
    };
}

/// Gives an exception the engine's `RequestId`; nothing without the feature `client`.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! exception_request_id {
    ($name:ident) => {};
}

/// Implements the error enum of an operation: a row per exception, with the test for it and, where its code means several
/// exceptions of the service, that code and its name on the wire. The module must import the crate's `Unhandled` and
/// `Error`.
#[macro_export]
macro_rules! operation_error {
    ($name:ident { $($variant:ident, $is:ident $(, $code:literal means $wire:literal)?;)* }) => {
        #[allow(deprecated)]
        impl $name {
            $(
                /// Whether it is the variant of this name.
                #[inline]
                pub fn $is(&self) -> bool {
                    match self {
                        Self::$variant(_) => true,
                        _ => false,
                    }
                }
            )*

            /// An error that is not of the service.
            #[inline]
            pub fn unhandled(err: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>) -> Self {
                Self::Unhandled($crate::error::Unhandled::other(err).into())
            }

            /// An error of the service that the model does not know.
            #[inline]
            pub fn generic(err: $crate::engine::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::generic(err).into())
            }

            /// Code, message and request id, as far as they are known.
            #[inline]
            pub fn meta(&self) -> &$crate::engine::ErrorMetadata {
                $crate::error::OperationError::failure(self).meta
            }
        }

        #[allow(deprecated)]
        impl $crate::error::OperationError for $name {
            type Root = Error;
            const NAME: &'static str = stringify!($name);
            const OWN_CODES: $crate::error::QueryCodes = &[$($(($code, $wire),)?)*];

            $crate::error_enum!(@failure [$($variant)*]);

            #[inline]
            fn narrow(error: Error) -> Self {
                match error {
                    $(Error::$variant(exception) => Self::$variant(exception),)*
                    // Not `into`, which is generic: each operation that a program comes to call would be one function more
                    // of it, and whatever names such a function would be compiled again.
                    other => Self::Unhandled(From::from($crate::error::RootError::into_unhandled(other))),
                }
            }
        }

        #[allow(deprecated)]
        impl From<$name> for Error {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(exception) => Self::$variant(exception),)*
                    $name::Unhandled(unhandled) => Self::Unhandled(unhandled),
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::engine::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: Box<dyn std::error::Error + Send + Sync + 'static>,
                meta: Option<$crate::engine::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source, meta).into())
            }
        }

        $crate::error_enum!(@traits $name OperationError);

        impl $crate::engine::ProvideErrorKind for $name {
            #[inline]
            fn retryable_error_kind(&self) -> Option<$crate::engine::ErrorKind> {
                $crate::error::OperationError::failure(self).retryable
            }

            #[inline]
            fn code(&self) -> Option<&str> {
                $crate::error::OperationError::failure(self).meta.code()
            }
        }

        impl std::error::Error for $name {
            #[inline]
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                $crate::error::OperationError::failure(self).cause()
            }
        }
    };
}

/// Implements the root error of a crate, which every operation's error becomes: a row per exception, with its name on
/// the wire and, of services that were query services once, the code that it has from that time. Codes of errors that go
/// away when the call is repeated stand behind the rows, where the service has its own. The module must import the crate's
/// `Unhandled`.
#[macro_export]
macro_rules! root_error {
    (
        $name:ident { $($variant:ident, $wire:literal $(, $query_code:literal)?;)* }
        $(transient { $($transient:literal),* })?
    ) => {
        #[allow(deprecated)]
        impl $crate::error::RootError for $name {
            $crate::error_enum!(@failure [$($variant)*]);

            const QUERY_CODES: $crate::error::QueryCodes = &[$($(($query_code, $wire),)?)*];
            $(const TRANSIENT_CODES: &'static [&'static str] = &[$($transient),*];)?

            fn named(name: &str) -> Option<Self> {
                match name {
                    $($wire => Some(Self::$variant($crate::shape::Shape::empty())),)*
                    _ => None,
                }
            }

            fn exception_mut(&mut self) -> Option<&mut dyn $crate::shape::Shape> {
                match self {
                    $(Self::$variant(exception) => Some(exception),)*
                    Self::Unhandled(_) => None,
                }
            }

            fn from_unhandled(error: $crate::error::Unhandled) -> Self {
                Self::Unhandled(From::from(error))
            }

            fn into_unhandled(self) -> $crate::error::Unhandled {
                match self {
                    Self::Unhandled(unhandled) => From::from(unhandled),
                    known => $crate::error::Unhandled::known(&known.failure()),
                }
            }

            fn from_response(
                response: Result<
                    &$crate::error::ErrorResponse<'_>,
                    Box<dyn std::error::Error + Send + Sync + 'static>,
                >,
                own_codes: $crate::error::QueryCodes,
            ) -> (Self, Option<Self>) {
                $crate::error::root_error(response, own_codes)
            }
        }

        $crate::error_enum!(@traits $name RootError);

        /// An exception is the error itself here, not its cause, and has no cause of its own.
        impl std::error::Error for $name {
            #[inline]
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                $crate::error::RootError::failure(self).root_cause()
            }
        }

        #[allow(deprecated)]
        impl From<$crate::engine::BuildError> for $name {
            #[inline]
            fn from(error: $crate::engine::BuildError) -> Self {
                Self::Unhandled(From::from($crate::error::Unhandled::other(error)))
            }
        }

        impl<E, R> From<$crate::engine::SdkError<E, R>> for $name
        where
            E: $crate::error::OperationError + Into<$name>,
            R: std::fmt::Debug + Send + Sync + 'static,
        {
            fn from(error: $crate::engine::SdkError<E, R>) -> Self {
                match error {
                    $crate::engine::SdkError::ServiceError(context) => {
                        context.into_err().into()
                    }
                    other => $crate::error::RootError::from_unhandled($crate::error::Unhandled::other(other)),
                }
            }
        }
    };
}

/// Defines the type behind the variant `Unhandled`: one of the crate's own, as other crates of AWS
/// have it, around [`error::Unhandled`](crate::error::Unhandled).
#[macro_export]
macro_rules! unhandled {
    ($(#[$doc:meta])* pub struct $name:ident;) => {
        $(#[$doc])*
        pub struct $name($crate::error::Unhandled);

        impl From<$crate::error::Unhandled> for $name {
            #[inline]
            fn from(error: $crate::error::Unhandled) -> Self {
                Self(error)
            }
        }

        impl From<$name> for $crate::error::Unhandled {
            #[inline]
            fn from(error: $name) -> Self {
                error.0
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::engine::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::engine::ErrorMetadata {
                self.0.meta()
            }
        }

        impl $name {
            pub(crate) fn inner(&self) -> &$crate::error::Unhandled {
                &self.0
            }
        }
    };
}

/// What the error enums of operations and the root error have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! error_enum {
    (@failure [$($variant:ident)*]) => {
        fn failure(&self) -> $crate::error::Failure<'_> {
            $crate::error::Failure::of(match self {
                $(Self::$variant(exception) => Ok(exception),)*
                Self::Unhandled(unhandled) => Err(unhandled.inner()),
            })
        }
    };

    (@traits $name:ident $trait:ident) => {
        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::error::debug_failure($crate::error::$trait::failure(self), f)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt($crate::error::$trait::failure(self).error, f)
            }
        }

        impl $crate::engine::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::engine::ErrorMetadata {
                $crate::error::$trait::failure(self).meta
            }
        }

        impl $crate::engine::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                $crate::error::$trait::failure(self).meta.request_id()
            }
        }
    };
}
