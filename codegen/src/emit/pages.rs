//! What the pages of the emitted modules say before they list their items, the same for every service.

use proc_macro2::TokenStream;

use super::module_doc;
use crate::plan::docs::Lines;
use crate::plan::{Operation, Plan, names};

/// `config`.
pub(super) fn config(plan: &Plan) -> TokenStream {
    page(
        "Configuration of the client: region, credentials, endpoint, retries, timeouts, HTTP client.

        With the feature `aws-config`, `load_from_env` gives what environment, profiles and roles say, which is enough
        for [`Client::new`](crate::Client::new), and `from_env` begins the same for a program that decides some of it
        itself. Without the feature a program says everything:

        ```no_run
        # fn example(credentials: impl LIBRARY::config::ProvideCredentials + 'static) {
        use LIBRARY::config::{BehaviorVersion, Region};

        let config = LIBRARY::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(\"eu-central-1\"))
            .credentials_provider(credentials)
            .build();
        let client = LIBRARY::Client::from_conf(config);
        # }
        ```

        To differ from what was loaded, begin a [`Builder`] with it; a [`Config`] is made by its `build`, and can
        become a builder again.

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
            Err(error) if error.code() == Some(CODE) => {
                println!(\"refused: {:?}\", error.message());
            }
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

/// The module of an operation: what it does, how it is called, and where to read on.
pub(super) fn of_operation(operation: &Operation) -> TokenStream {
    let Operation { name, symbol, module, docs, paginated, input, output, .. } = operation;
    let mut lines = Lines::from(docs.first_sentence.clone());
    let mut about = format!(
        "[`Client::{method}`](crate::Client::{module}) calls it, and documents it in full. \
         [`{input}`] says what it takes, [`{output}`] what it returns, [`{symbol}Error`] how it fails.",
        method = module.trim_start_matches("r#"),
        input = input.name,
        output = output.name,
    );
    if paginated.is_some() {
        about.push_str(&format!(
            " [`{name}Paginator`](paginator::{name}Paginator) walks over the pages of a long answer."
        ));
    }
    lines.push_paragraph(&about);
    module_doc(&lines)
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

/// A page about an operation of the service.
fn page(text: &'static str, plan: &Plan) -> TokenStream {
    let operation = plan.operations.iter().find(|operation| !operation.errors.is_empty()).or(plan.operations.first());
    let method = operation.map_or("call", |operation| operation.module.as_str());
    let code = operation.and_then(|operation: &Operation| operation.errors.first());
    let code = names::literal(code.map_or("ThrottlingException", |error| error.code.as_str()));
    let values = [("LIBRARY", plan.package.library()), ("OPERATION", method.to_owned()), ("CODE", code)];
    module_doc(&Lines::page(text, &values.each_ref().map(|(place, value)| (*place, value.as_str()))))
}
