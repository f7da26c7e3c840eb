//! What the pages of the emitted modules say before they list their items, the same for every service.

use proc_macro2::TokenStream;

use super::module_doc;
use crate::plan::{Operation, Plan};

/// `config`.
pub(super) fn config(plan: &Plan) -> TokenStream {
    page(
        "Configuration of the client: region, credentials, endpoint, retries, timeouts, HTTP client.

        What `aws-config` has loaded from the environment, from profiles and from the machine's role is enough for
        [`Client::new`](crate::Client::new). To differ from it for this client, begin a [`Builder`] with it; a
        [`Config`] is made by its `build`, and can become a builder again.

        ```no_run
        # fn example(shared: &smithy_client_runtime::engine::aws_types::sdk_config::SdkConfig) {
        use LIBRARY::config::retry::RetryConfig;
        use LIBRARY::config::{Builder, Region};

        let config = Builder::from(shared)
            .region(Region::new(\"eu-central-1\"))
            .retry_config(RetryConfig::standard().with_max_attempts(5))
            .build();
        let client = LIBRARY::Client::from_conf(config);
        # }
        ```

        For a single call, see [`client::customize`](crate::client::customize).",
        plan,
    )
}

/// `client::customize`.
pub(super) fn customize(plan: &Plan) -> TokenStream {
    page(
        "Calls that differ from the others of their client.

        `customize()` of a fluent builder leads here; what is set applies to that one call, retries included.

        ```no_run
        # async fn example(client: &LIBRARY::Client) -> Result<(), LIBRARY::Error> {
        use LIBRARY::config::{Builder, Region};

        client
            .OPERATION()
            .customize()
            .config_override(Builder::new().region(Region::new(\"us-west-2\")))
            .mutate_request(|request| {
                request.headers_mut().insert(\"x-purpose\", \"nightly\");
            })
            .send()
            .await?;
        # Ok(())
        # }
        ```",
        plan,
    )
}

/// `error`.
pub(super) fn error(plan: &Plan) -> TokenStream {
    page(
        "Errors: the root error of the crate, and the parts that all errors share.

        A call fails with [`SdkError`]. Its variant `ServiceError` holds the error enum of the operation, which tells
        what the service refused and why; the others tell why there was no answer, or none that could be read.
        [`SdkErrorExt`] asks an error itself, and describes it in one line; [`ProvideErrorMetadata`] gives code
        and message of any of them, and [`RequestId`](crate::operation::RequestId) the id of the request. `?`
        turns each into the root [`Error`](crate::Error).

        ```no_run
        # async fn example(client: &LIBRARY::Client) {
        use LIBRARY::error::{DisplayErrorContext, ProvideErrorMetadata};

        match client.OPERATION().send().await {
            Ok(output) => println!(\"{output:?}\"),
            Err(error) if error.code() == Some(\"CODE\") => println!(\"refused: {:?}\", error.message()),
            Err(error) => eprintln!(\"{}\", DisplayErrorContext(error)),
        }
        # }
        ```",
        plan,
    )
}

/// `operation`.
pub(super) fn operation(plan: &Plan) -> TokenStream {
    page(
        "The operations of the service, a module each.

        A module holds the input, the output and the error enum of its operation, below `builders` their builders,
        and below `paginator` what walks over the pages of a list. The calls themselves are methods of
        [`Client`](crate::Client), and documented there.",
        plan,
    )
}

/// `types`.
pub(super) fn types(plan: &Plan) -> TokenStream {
    page(
        "The structures and enums that operations take and return.

        Structures are made by builders, since later versions of the service may add members; each has a method
        `builder`. An enum keeps a value that this version of the crate does not know in its variant `Unknown`, so
        that it survives being sent back: match such enums with a wildcard.",
        plan,
    )
}

/// `primitives`.
pub(super) fn primitives(plan: &Plan) -> TokenStream {
    page("Values that are not of this service: timestamps, blobs, unknown enum values.", plan)
}

/// The lines of a page, without the indentation that they have here, and about an operation of the service.
fn page(text: &str, plan: &Plan) -> TokenStream {
    const INDENTATION: &str = "        ";
    let operation = plan.operations.iter().find(|operation| !operation.errors.is_empty()).or(plan.operations.first());
    let method = operation.map_or("call", |operation| operation.module.as_str());
    let code = operation.and_then(|operation: &Operation| operation.errors.first());
    let code = code.map_or("ThrottlingException", |error| error.code.as_str());
    let library = plan.package.library();
    let marks = [("LIBRARY", library.as_str()), ("OPERATION", method), ("CODE", code)];
    let lines = text.lines().map(|line| filled(line.strip_prefix(INDENTATION).unwrap_or(line), &marks));
    module_doc(&lines.collect::<Vec<String>>())
}

/// A line with values in place of its marks. What a value holds is no mark.
fn filled(line: &str, marks: &[(&str, &str)]) -> String {
    let mut result = String::with_capacity(line.len());
    let mut rest = line;
    let first = |rest: &str| {
        let found = marks.iter().filter_map(|(mark, value)| Some((rest.find(mark)?, mark.len(), *value)));
        found.min_by_key(|(position, ..)| *position)
    };
    while let Some((position, length, value)) = first(rest) {
        result.push_str(&rest[..position]);
        result.push_str(value);
        rest = &rest[position + length..];
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_value_that_is_called_as_a_mark_stays() {
        let marks = [("LIBRARY", "CODE"), ("OPERATION", "LIBRARY"), ("CODE", "x")];
        assert_eq!(filled("use LIBRARY::{OPERATION};", &marks), "use CODE::{LIBRARY};");
        assert_eq!(filled("CODE LIBRARY CODE", &marks), "x CODE x");
    }
}
