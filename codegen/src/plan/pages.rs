//! The pages of the emitted modules: what stands above the list of their items.

use super::docs::{Line, Lines, words};
use super::{Operation, Plan, names};
use crate::options::Emit;

/// The root of the crate: its first page, and what it says of operations that are not there.
pub(crate) fn root(plan: &Plan) -> Lines {
    let mut lines = plan.front_page.clone();
    if !plan.left_out.is_empty() {
        lines.push(Line::default());
        lines.extend(plan.left_out.clone());
    }
    lines
}

/// The type `Client`.
pub(crate) fn client(plan: &Plan) -> Lines {
    Lines::page(
        "Client for TITLE.

        It has a method for every operation; each returns a fluent builder to fill and send.
        A client is cheap to clone and meant to be shared: clones use the same connections,
        credentials cache and retry budget. Make one per configuration, not one per call.",
        &[("TITLE", &words(&plan.package.title))],
    )
}

/// `config`.
pub(crate) fn config(plan: &Plan) -> Lines {
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
pub(crate) fn customize(plan: &Plan) -> Lines {
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
pub(crate) fn error(plan: &Plan) -> Lines {
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
pub(crate) fn operation(plan: &Plan) -> Lines {
    page(
        "The operations of the service, a module each.

        A module holds the input, the output and the error enum of its operation, below `builders` their builders,
        and below `paginator` what walks over the pages of a list. The calls themselves are methods of
        [`Client`](crate::Client), and documented there.",
        plan,
    )
}

/// The module of an operation: what it does, how it is called, and where to read on.
pub(crate) fn of_operation(operation: &Operation) -> Lines {
    let names = &operation.names;
    let mut lines = Lines::from(operation.docs.first_sentence.clone());
    let mut about = format!(
        "[`Client::{method}`](crate::Client::{module}) calls it, and documents it in full. \
         [`{input}`] says what it takes, [`{output}`] what it returns, [`{error}`] how it fails.",
        method = names::bare(&names.module),
        module = names.module,
        input = names.input,
        output = names.output,
        error = names.error,
    );
    if operation.paginated.is_some() {
        about.push_str(&format!(
            " [`{paginator}`](paginator::{paginator}) walks over the pages of a long answer.",
            paginator = names.paginator
        ));
    }
    lines.push_paragraph(&about);
    lines
}

/// `types`.
pub(crate) fn types(plan: &Plan) -> Lines {
    page(
        "The structures and enums that operations take and return.

        Structures are made by builders, since later versions of the service may add members; each has a method
        `builder`. An enum keeps a value that this version of the crate does not know in its variant `Unknown`, so
        that it survives being sent back: match such enums with a wildcard.",
        plan,
    )
}

/// `primitives`.
pub(crate) fn primitives(plan: &Plan) -> Lines {
    page("Values that are not of this service: timestamps, blobs, unknown enum values.", plan)
}

/// `serde`.
pub(crate) fn serde(plan: &Plan) -> Lines {
    let mut lines = page(
        "Every type of this crate in any format of serde (feature `serde`).

        Structures, unions, enums, inputs, outputs and exceptions implement `Serialize` and
        `Deserialize`. READ
        WRITTEN

        - Members have their names in JSON messages; those that travel in a header, in the path or
          in the query have their names in the model. Timestamps are as the model says, to the
          microsecond; blobs are base64 text; floats that are not finite are strings.
        - Members that are not set are left out. Numbers and booleans with a default are always there,
          zero and false included. Single-precision numbers have the fewest digits that read back as
          the same number.
        - In reading, unknown members are ignored, null is absence, unknown values of enums are kept,
          and what is required and missing becomes empty, as in a response. Of a member that comes
          several times the last value counts, null included. Errors name the member and what was
          expected, and never quote what was found.
        - The request id of an output and the metadata of an exception (`meta()`) are not part of the
          value: they are not written, and what was read has none.

        # Secrets

        Sensitive members are written as `*** Sensitive Data Redacted ***`, so that a log or a file
        never holds them by accident. Where that text is read for a sensitive member, the member is
        not set afterwards, or empty where it is not optional; it is never taken for the secret.
        Wrap a value in [`Exposed`] to write its secrets too: `LIBRARY::serde::Exposed(&value)`.",
        plan,
    );
    if plan.package.emit == Emit::Client {
        lines.push_paragraph("# From JSON to a call");
        lines.push_paragraph(
            "Inputs are read like anything else, and `with_input` hands one to a fluent builder as a whole.",
        );
    }
    lines
}

/// A page about an operation of the service.
fn page(text: &'static str, plan: &Plan) -> Lines {
    let operation = plan.operations.iter().find(|operation| !operation.errors.is_empty()).or(plan.operations.first());
    let method = operation.map_or("call", |operation| operation.names.module.as_str());
    let code = operation.and_then(|operation: &Operation| operation.errors.first());
    let code = names::literal(code.map_or("ThrottlingException", |error| error.code.as_str()));
    let [read, written] = json_of(plan).map(str::to_owned);
    let values = [
        ("LIBRARY", plan.package.library()),
        ("OPERATION", method.to_owned()),
        ("CODE", code),
        ("READ", read),
        ("WRITTEN", written),
    ];
    Lines::page(text, &values.each_ref().map(|(place, value)| (*place, value.as_str())))
}

/// Two lines on what the JSON of types has to do with what the service sends.
fn json_of(plan: &Plan) -> [&'static str; 2] {
    match plan.service.sends_json {
        true => [
            "What they read and write is the JSON of the service: what it sends is read,",
            "what is written is what it would send.",
        ],
        false => [
            "What they read and write in JSON is what the service would send if it sent JSON:",
            "between it and this crate another format is used.",
        ],
    }
}
