//! The first page of the documentation: from nothing to a first call, then the guide of the service.

use super::example::Written;
use super::layout;
use crate::model;
use crate::options::Emit;
use crate::plan::docs::{self, Docs, Line, Lines};
use crate::plan::value::{Setter, Types};
use crate::plan::{Operation, Package, Plan};

/// The lines of the first page.
pub(super) fn lines(plan: &Plan, operations: &[model::Operation]) -> Lines {
    match plan.package.emit {
        Emit::Client => client(plan, operations),
        Emit::Types => types_alone(plan, operations),
    }
}

/// What the service is, the way to a first call, and what else its documentation says.
fn client(plan: &Plan, operations: &[model::Operation]) -> Lines {
    let (introduction, rest) = introduction(&plan.service.docs);
    let introduction =
        introduction.unwrap_or_else(|| Line::prose(&format!("Client for {}.", docs::words(&plan.package.title))));
    let mut lines = Lines::from(introduction);
    lines.push(Line::default());
    lines.extend(first_steps(plan, operations));
    if rest.iter().next().is_some_and(|line| !line.as_str().starts_with("# ")) {
        lines.push_paragraph("# The service");
    }
    if !rest.is_empty() {
        lines.push(Line::default());
        lines.extend(rest);
    }
    lines
}

/// What stands above the first heading, and the rest of a guide: its first paragraph, or, where it begins with a heading
/// or what looks like one, its first sentence.
fn introduction(guide: &Docs) -> (Option<Line>, Lines) {
    let is_prose =
        |line: &&Line| line.as_str().starts_with(|first: char| first.is_alphanumeric() || "[`_".contains(first));
    let mut lines = guide.lines.iter();
    match lines.next().filter(is_prose) {
        Some(first) if lines.next().is_none_or(Line::is_empty) => (Some(first.clone()), guide.lines.after(2)),
        _ => (Some(guide.first_sentence.clone()).filter(|sentence| !sentence.is_empty()), guide.lines.clone()),
    }
}

/// Manifest, program, and what stands behind each of its lines.
fn first_steps(plan: &Plan, operations: &[model::Operation]) -> Lines {
    let slice = match &plan.package.chosen {
        Some(chosen) => format!(
            "This crate is a slice of the service: it has {}, as chosen when it was generated, and what they need. ",
            counted(chosen.len())
        ),
        None => String::new(),
    };
    let mut lines = Lines::page(
        "# From nothing to a first call

        SLICEIn `Cargo.toml`, WHERE:

        ```toml
        [dependencies]
        PACKAGE = { PLACE, features = [\"aws-config\"] }
        tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }
        # Only saves time: the smaller Unicode library for the URLs that `aws-config` parses.
        idna_adapter = \"~1.1\"
        ```

        In `src/main.rs`:",
        &[
            ("SLICE", &slice),
            ("PACKAGE", &plan.package.name),
            ("WHERE", found(&plan.package)),
            ("PLACE", &plan.package.place()),
        ],
    );
    let discovers = plan.endpoint_discovery.is_some();
    lines.push_example(&program(&plan.package.library(), call(plan, operations), discovers));
    lines.push_paragraph(
        "`load_from_env` takes region and credentials from environment variables, from the profiles in `~/.aws`, \
         or from the role of the container or machine. Profiles that sign in by IAM Identity Center need the feature \
         `sso` as well, those that run a program for their credentials `credentials-process`. Without `aws-config`, \
         name region and credentials in code: see [`config`].",
    );
    lines.push_paragraph(
        "A [`Client`] has a method for each operation. Make one and share it: its clones use the same connections \
         and credentials. When a call fails, `describe` of its error tells everything in one line; [`error`] shows \
         how to look closer.",
    );
    lines
}

/// How the sentence before the lines of a manifest says where the crate is.
fn found(package: &Package) -> &'static str {
    match package.registry {
        Some(_) => "or with `path = \"path/to/it\"` where the crate comes from no registry",
        None => "with the path to the folder of this crate",
    }
}

/// The program: a client, and a call where one can be said shortly.
fn program(library: &str, call: Option<Call<'_>>, discovers: bool) -> Vec<String> {
    let new = format!("Client::new(&{library}::config::load_from_env().await)");
    let client = match discovers {
        true => format!(
            "let (client, _) = {new}.with_endpoint_discovery_enabled().await.expect(\"the service tells its endpoint\");"
        ),
        false => format!("let client = {new};"),
    };
    let (imports, body) = match call {
        Some(Call { operation, setters }) => (
            format!(
                "use {library}::Client; use {library}::error::SdkErrorExt; {}",
                layout::imports(library, &setters.used)
            ),
            format!(
                "{client} match client.{}(){}.send().await {{ \
                 Ok(output) => println!(\"{{output:?}}\"), \
                 Err(error) => eprintln!(\"{{}}\", error.describe()), }}",
                operation.names.module, setters.calls
            ),
        ),
        None => (format!("use {library}::Client;"), format!("{client} println!(\"{{client:?}}\");")),
    };
    let gate = "# #[cfg(feature = \"aws-config\")]";
    main_lines(&imports, &format!("#[tokio::main] async fn main() {{ {body} }}"), gate, "aws-config")
}

/// A file of imports and `main`, whose frame hides that it needs a feature.
fn main_lines(imports: &str, main: &str, gate: &str, feature: &str) -> Vec<String> {
    let mut lines: Vec<String> = layout::formatted(imports).into_iter().filter(|line| !line.is_empty()).collect();
    lines.extend([String::new(), gate.to_owned()]);
    lines.extend(layout::formatted(main));
    lines.extend([format!("# #[cfg(not(feature = {feature:?}))]"), "# fn main() {}".to_owned()]);
    lines
}

/// What types are for, and how one is written and read. The guide of the service is about calls, so that only its first
/// sentence stands here.
fn types_alone(plan: &Plan, operations: &[model::Operation]) -> Lines {
    let values =
        [("TITLE", &*docs::words(&plan.package.title)), ("SERVICE", plan.service.docs.first_sentence.as_str())];
    let mut lines = Lines::page(
        "Types of TITLE: what its operations take and return, without a client.

        SERVICE

        They are for whoever stores, forwards or shows what a client sends and receives: event handlers, databases,
        front ends. Nothing of a client's engine comes with them, and they build for targets without sockets, such as
        `wasm32-unknown-unknown`. With the feature `serde`, which is on by default, each is read from and written to
        the JSON of the service, in any format of serde.

        Types stand below [`types`], inputs and outputs below [`operation`]; an input names its operation and its
        output, see [`Input`](operation::Input). Names, builders and accessors are those of the client crate.",
        &values,
    );
    let Some(call) = call(plan, operations) else { return lines };
    lines.push(Line::default());
    lines.extend(Lines::page(
        "# From nothing to JSON and back

        In `Cargo.toml`, WHERE:

        ```toml
        [dependencies]
        PACKAGE = { PLACE }
        serde_json = \"1\"
        ```

        In `src/main.rs`:",
        &[("PACKAGE", &plan.package.name), ("WHERE", found(&plan.package)), ("PLACE", &plan.package.place())],
    ));
    lines.push_code("", &json_program(&plan.package.library(), &call));
    lines
}

/// The program that writes an input as JSON and reads it again.
fn json_program(library: &str, call: &Call<'_>) -> Vec<String> {
    let Call { operation, setters: Written { calls: setters, used } } = call;
    let input = &operation.input.name;
    let imports =
        format!("use {library}::operation::{}::{input}; {}", operation.names.module, layout::imports(library, used));
    let main = format!(
        "fn main() -> Result<(), Box<dyn std::error::Error>> {{ \
         let input = {input}::builder(){setters}.build()?; \
         let text = serde_json::to_string(&input)?; \
         println!(\"{{text}}\"); \
         let again: {input} = serde_json::from_str(&text)?; \
         println!(\"{{again:?}}\"); Ok(()) }}"
    );
    main_lines(&imports, &main, "# #[cfg(feature = \"serde\")]", "serde")
}

/// The call of a first program.
struct Call<'p> {
    operation: &'p Operation,
    setters: Written,
}

/// The call that shows most for least, and changes nothing if there is such a one: of the operations that only read
/// by the model, else by their names, the first that needs no member, else the first whose members have simple
/// values; then any.
fn call<'p>(plan: &'p Plan, operations: &[model::Operation]) -> Option<Call<'p>> {
    let (types, library) = (Types::new(plan), plan.package.library());
    let reads = |operation: &Operation| {
        let modelled = operations.iter().find(|modelled| modelled.id.name() == operation.shape_name);
        modelled.is_some_and(|modelled| modelled.readonly)
            || ["List", "Describe", "Get"].iter().any(|word| operation.shape_name.starts_with(word))
    };
    let calls = plan.operations.iter().filter(|operation| operation.deprecated.is_none()).filter_map(|operation| {
        let setters = types.required_setters(&operation.input.fields)?;
        // What a builder may refuse would have `main` return a second kind of error.
        let setters = Some(setters).filter(|setters| !setters.iter().any(Setter::can_fail))?;
        Some(Call { operation, setters: Written::new(&setters, &library) })
    });
    calls.min_by_key(|call| {
        let lists = call.operation.shape_name.starts_with("List");
        (!reads(call.operation), !call.setters.calls.is_empty(), !lists)
    })
}

/// So many operations, in words.
fn counted(operations: usize) -> String {
    if operations == 1 { "1 operation".to_owned() } else { format!("{operations} operations") }
}
