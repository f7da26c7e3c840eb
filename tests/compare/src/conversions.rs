//! Errors that callers and mocks make by hand, and what they become as the root error of the crate.

use std::error::Error;

use aws_sdk_ivsrealtime::error::ProvideErrorMetadata;
use aws_sdk_ivsrealtime::operation::RequestId;

use crate::facts::{Facts, differences};
use crate::operations::{Operation, chain};
use crate::search::Findings;

/// Makes errors of one operation in every way that there is, converts them, and shows both forms.
macro_rules! look_at_conversions {
    ($sdk:ident, $Error:ty) => {{
        use aws_smithy_runtime_api::client::result::ConnectorError;
        use aws_smithy_types::error::metadata::ErrorMetadata;
        use $sdk::error::{DisplayErrorContext, SdkError};

        let meta = || ErrorMetadata::builder().code("Unheard").message("of").custom("aws_request_id", "id").build();
        let mut facts = Facts::default();
        let own = [
            ("generic", <$Error>::generic(meta())),
            ("generic and empty", <$Error>::generic(ErrorMetadata::builder().build())),
            ("unhandled", <$Error>::unhandled("a text")),
        ];
        for (way, error) in own {
            facts.debug(format!("{way}: error"), &error);
            facts.debug(format!("{way}: meta()"), error.meta());
            facts.add(format!("{way}: DisplayErrorContext"), DisplayErrorContext(&error).to_string());
            let root = $sdk::Error::from(error);
            facts.add(format!("{way}: root error DisplayErrorContext"), DisplayErrorContext(&root).to_string());
            look_at_root(&mut facts, way, &root);
        }
        // The response is of a type that only the caller knows.
        let all: [(&str, SdkError<$Error, (u8, &'static str)>); 6] = [
            ("construction failure", SdkError::construction_failure("lacks a part")),
            ("timeout", SdkError::timeout_error("late")),
            ("dispatch failure", SdkError::dispatch_failure(ConnectorError::io("cut".into()))),
            ("response error", SdkError::response_error("unreadable", (7, "raw"))),
            ("service error", SdkError::service_error(<$Error>::generic(meta()), (8, "raw"))),
            ("unhandled service error", SdkError::service_error(<$Error>::unhandled("a text"), (9, "raw"))),
        ];
        for (way, error) in all {
            facts.debug(format!("{way}: SdkError"), &error);
            facts.debug(format!("{way}: Display and sources"), &chain(&error));
            facts.add(format!("{way}: DisplayErrorContext"), DisplayErrorContext(&error).to_string());
            let root = $sdk::Error::from(error);
            facts.add(format!("{way}: root error DisplayErrorContext"), DisplayErrorContext(&root).to_string());
            look_at_root(&mut facts, way, &root);
        }
        let build = aws_smithy_types::error::operation::BuildError::missing_field("name", "is needed");
        look_at_root(&mut facts, "build error", &$sdk::Error::from(build));
        let into: $Error = SdkError::<$Error, ()>::timeout_error("late").into_service_error();
        facts.debug("into_service_error()", &into);
        facts
    }};
}
pub(crate) use look_at_conversions;

/// Adds what an error shows after it became the root error of its crate.
pub(crate) fn look_at_root(facts: &mut Facts, way: &str, root: &(impl Error + ProvideErrorMetadata + RequestId)) {
    facts.debug(format!("{way}: root error"), root);
    facts.debug(format!("{way}: root error Display and sources"), &chain(root));
    facts.debug(format!("{way}: root error metadata"), root.meta());
    facts.debug(format!("{way}: root error request id"), &root.request_id());
}

/// Compares the errors of an operation that are made by hand.
pub(crate) fn compare(operation: &Operation) -> Findings {
    let mut findings = Findings::default();
    findings
        .add(&"errors made by hand", differences(&(operation.official.conversions)(), &(operation.ours.conversions)()));
    findings
}
