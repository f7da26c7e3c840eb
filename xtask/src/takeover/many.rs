//! What the second and the tenth client of a program cost: they share one runtime, one engine and one TLS stack.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::scratch::{Scratch, Took, command};
use super::subject::{self, ALL};
use crate::bench::compiler::{Kind, Unit};

/// Seconds that a check of ten clients may take.
const CHECK: f64 = 0.5;

/// How often a check is timed.
const CHECKS: usize = 5;

/// A service, its model, and two operations that the program calls.
type Service = (&'static str, &'static str, [&'static str; 2]);

/// Ten services, in the order in which they come into the program.
const SERVICES: [Service; 10] = [
    ("dynamodb", "aws-2026/dynamodb.json", ["get_item", "put_item"]),
    ("sqs", "aws-2026/sqs.json", ["send_message", "receive_message"]),
    ("secretsmanager", "aws/secrets-manager-2017-10-17.json", ["get_secret_value", "put_secret_value"]),
    ("ssm", "aws/ssm-2014-11-06.json", ["get_parameter", "put_parameter"]),
    ("kms", "aws-2026/kms.json", ["encrypt", "decrypt"]),
    ("kinesis", "aws/kinesis-2013-12-02.json", ["put_record", "list_streams"]),
    ("apigateway", "aws/api-gateway-2015-07-09.json", ["get_rest_apis", "get_stages"]),
    ("ivs", "aws/ivs-2020-07-14.json", ["list_channels", "get_channel"]),
    ("ivschat", "aws/ivschat-2020-07-14.json", ["list_rooms", "create_room"]),
    ("lambda", "aws-2026/lambda.json", ["get_function", "list_functions"]),
];

/// A program with some clients, built.
#[derive(Debug)]
struct Point {
    clients: usize,
    /// Seconds of processor time from nothing.
    cpu: f64,
    crates: usize,
    /// Seconds of the clients that this one has more than the one before, by name.
    more: Vec<(&'static str, f64)>,
}

/// What programs with several clients cost.
#[derive(Debug)]
pub(super) struct Many {
    points: Vec<Point>,
    /// How many crates of ours, of the engine, and of TLS were compiled in all.
    shared: Vec<(&'static str, usize)>,
    /// Seconds of a check of ten clients, by the clock, and of processor time.
    check: [f64; 2],
}

/// The library of our runtime.
const RUNTIME: &str = "smithy_client_runtime";

/// The crates of which there is to be one.
const SHARED: [&str; 5] = [RUNTIME, "aws_smithy_runtime", "aws_types", "rustls", "hyper"];

/// Builds a program with one, two and ten clients.
///
/// The first is built from nothing. The others are built on what is there already, so that nothing is compiled twice:
/// what they take from nothing is what all before have taken, without their programs.
///
/// # Errors
///
/// A sentence: a model is missing, or something cannot be built.
pub(super) fn measured(root: &Path, say: &dyn Fn(&str)) -> Result<Many, String> {
    let models = subject::models(root, &SERVICES.map(|(_, model, _)| model));
    let models = models.map_err(|missing| format!("not found: {}", missing.display()))?;
    let lock = ALL[0].directory(root).join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(|cause| format!("cannot read {}: {cause}", lock.display()))?;
    // The versions are those of the first program; the package itself is another one.
    let lock = lock.replace("name = \"order-worker\"", "name = \"many\"");
    let files = [("Cargo.toml", manifest()), ("src/main.rs", program(SERVICES.len())), ("Cargo.lock", lock)];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let scratch = Scratch::made(root, "many", &files)?;
    say("building the command");
    let command = command(root, true)?;
    scratch.migrate(&command, &models, &[])?;
    scratch.cargo(&["fetch"])?;
    say("checking ten clients");
    let check = check(&scratch, &command)?;
    let whole = scratch.read("Cargo.toml")?;
    let mut sum = Sum::default();
    for clients in [1, 2, SERVICES.len()] {
        say(&format!("a program with {clients} clients"));
        scratch.write("Cargo.toml", &with(&whole, clients))?;
        scratch.write("src/main.rs", &program(clients))?;
        sum.add(clients, &scratch.cargo(&["build"])?);
    }
    scratch.wipe()?;
    Ok(Many { points: sum.points, shared: sum.shared.to_vec(), check })
}

/// What builds one after the other took, as if each had been from nothing.
#[derive(Debug)]
struct Sum {
    points: Vec<Point>,
    shared: [(&'static str, usize); SHARED.len()],
    /// Seconds of all that was compiled, without the programs.
    seconds: f64,
    crates: usize,
    /// Seconds of the runtime and of each client, as they were compiled last.
    ours: BTreeMap<String, f64>,
}

impl Default for Sum {
    fn default() -> Self {
        let shared = SHARED.map(|name| (name, 0));
        Self { points: Vec::new(), shared, seconds: 0.0, crates: 0, ours: BTreeMap::new() }
    }
}

impl Sum {
    /// A build with so many clients.
    fn add(&mut self, clients: usize, took: &Took) {
        let is_ours = |name: &str| name == RUNTIME || SERVICES.iter().any(|(service, ..)| *service == name);
        for unit in took.units.iter().filter(|unit| unit.kind == Kind::Library) {
            self.crates += 1;
            self.shared.iter_mut().filter(|(name, _)| *name == unit.name).for_each(|(_, count)| *count += 1);
            if !is_ours(&unit.name) {
                continue;
            }
            // A client of another protocol turns a feature of the runtime on. From nothing it would have it at once.
            if let Some(before) = self.ours.insert(unit.name.clone(), unit.cpu.unwrap_or(0.0)) {
                self.seconds -= before;
                self.crates -= 1;
                self.shared.iter_mut().filter(|(name, _)| *name == unit.name).for_each(|(_, count)| *count -= 1);
            }
        }
        let before = self.points.last().map_or(0, |point| point.clients);
        let more = SERVICES[before..clients].iter().map(|(name, ..)| (*name, seconds(&took.units, name)));
        let cpu = self.seconds + took.cpu;
        self.points.push(Point { clients, cpu, crates: self.crates, more: more.collect() });
        self.seconds = cpu - own(took);
    }
}

/// The least of several checks that find nothing to do: what they take by the clock, and of the processor.
fn check(scratch: &Scratch, command: &Path) -> Result<[f64; 2], String> {
    let mut least = [f64::INFINITY; 2];
    for _ in 0..CHECKS {
        let took = scratch.ours(command, &["sync", "--check"])?;
        least = [least[0].min(took.wall), least[1].min(took.cpu)];
    }
    Ok(least)
}

/// The manifest of a program on all official crates.
fn manifest() -> String {
    let dependencies = SERVICES.map(|(name, ..)| format!("aws-sdk-{name} = \"1\"\n")).concat();
    format!(
        "[package]\nname = \"many\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[workspace]\nexclude = [\"clients\"]\n\n\
         [dependencies]\naws-config = {{ version = \"1\", features = [\"behavior-version-latest\"] }}\n{dependencies}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    )
}

/// The manifest with the first clients alone.
fn with(manifest: &str, clients: usize) -> String {
    let is_later =
        |line: &str| SERVICES[clients..].iter().any(|(name, ..)| line.starts_with(&format!("aws-sdk-{name} ")));
    manifest.lines().filter(|line| !is_later(line)).map(|line| format!("{line}\n")).collect()
}

/// A program that calls two operations of each of the first services.
fn program(clients: usize) -> String {
    let calls = SERVICES[..clients].iter().map(|(name, _, operations)| {
        let calls =
            operations.map(|operation| format!("    println!(\"{{:?}}\", client.{operation}().send().await);\n"));
        format!("    let client = aws_sdk_{name}::Client::new(&config);\n{}", calls.concat())
    });
    let calls: String = calls.collect();
    format!("#[tokio::main]\nasync fn main() {{\n    let config = aws_config::load_from_env().await;\n{calls}}}\n")
}

/// Seconds of processor time of the program itself.
fn own(took: &Took) -> f64 {
    took.units.iter().filter(|unit| unit.kind == Kind::Program).filter_map(|unit| unit.cpu).sum()
}

/// Seconds of processor time of a library.
fn seconds(units: &[Unit], name: &str) -> f64 {
    let found = units.iter().filter(|unit| unit.kind == Kind::Library && unit.name == name);
    found.filter_map(|unit| unit.cpu).sum()
}

impl Many {
    /// Whether the check takes as long as it may, and everything is there once.
    pub(super) fn is_good(&self) -> bool {
        self.check[0] <= CHECK && self.shared.iter().all(|(_, count)| *count == 1)
    }

    /// A line for each program.
    pub(super) fn text(&self) -> String {
        let mut text = "one program, several clients (seconds of processor time, debug builds)\n".to_owned();
        for Point { clients, cpu, crates, more } in &self.points {
            let more: Vec<_> = more.iter().map(|(name, cpu)| format!("{name} {cpu:.1}")).collect();
            text += &format!("  {clients:2} clients  {cpu:6.1}  {crates:4} crates  {}\n", more.join(", "));
        }
        let shared: Vec<_> = self.shared.iter().map(|(name, count)| format!("{name} {count}")).collect();
        text += &format!("  compiled for all of them: {}\n", shared.join(", "));
        let [wall, cpu] = self.check;
        let word = if wall <= CHECK { "ok" } else { "MISSED" };
        text + &format!("  sync --check of ten clients: {wall:.3} s, {cpu:.2} s of CPU; bar {CHECK}: {word}\n")
    }

    /// The same for a program.
    pub(super) fn object(&self) -> Value {
        let point = |point: &Point| {
            let more = point.more.iter().map(|(name, cpu)| json!({ "client": name, "cpu": cpu }));
            json!({
                "clients": point.clients, "cold": point.cpu, "crates": point.crates,
                "more": more.collect::<Vec<_>>(),
            })
        };
        let shared = self.shared.iter().map(|(name, count)| json!({ "crate": name, "times": count }));
        json!({
            "programs": self.points.iter().map(point).collect::<Vec<_>>(), "shared": shared.collect::<Vec<_>>(),
            "check": { "wall": self.check[0], "cpu": self.check[1], "bar": CHECK },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Sum, Took, manifest, program, with};
    use crate::bench::compiler::{Kind, Unit};

    /// A build of these libraries and a program of a second, with a second for cargo itself.
    fn took(libraries: &[(&str, f64)]) -> Took {
        let unit = |name: &str, kind, cpu| Unit { name: name.to_owned(), kind, cpu: Some(cpu), wall: cpu, peak: None };
        let mut units: Vec<Unit> = libraries.iter().map(|(name, cpu)| unit(name, Kind::Library, *cpu)).collect();
        units.push(unit("many", Kind::Program, 1.0));
        let cpu = 1.0 + units.iter().filter_map(|unit| unit.cpu).sum::<f64>();
        Took { units, cpu, wall: cpu }
    }

    #[test]
    fn what_is_compiled_again_counts_once() {
        let mut sum = Sum::default();
        sum.add(1, &took(&[("syn", 3.0), ("syn", 3.0), ("smithy_client_runtime", 2.0), ("dynamodb", 1.0)]));
        sum.add(2, &took(&[("smithy_client_runtime", 2.5), ("dynamodb", 1.0), ("sqs", 0.5)]));
        let points: Vec<_> = sum.points.iter().map(|point| (point.clients, point.cpu, point.crates)).collect();
        assert_eq!(points, [(1, 11.0, 4), (2, 13.0, 5)]);
        assert_eq!(sum.points[1].more, [("sqs", 0.5)]);
        assert_eq!(sum.shared[0], ("smithy_client_runtime", 1));
    }

    #[test]
    fn a_program_with_fewer_clients_names_no_others() {
        let one = with(&manifest(), 1);
        assert!(one.contains("aws-sdk-dynamodb") && !one.contains("aws-sdk-sqs") && one.contains("tokio"), "{one}");
        let ivs = with(&manifest(), 8);
        assert!(ivs.contains("aws-sdk-ivs = ") && !ivs.contains("aws-sdk-ivschat"), "{ivs}");
        insta::assert_snapshot!(program(1), @r#"
        #[tokio::main]
        async fn main() {
            let config = aws_config::load_from_env().await;
            let client = aws_sdk_dynamodb::Client::new(&config);
            println!("{:?}", client.get_item().send().await);
            println!("{:?}", client.put_item().send().await);
        }
        "#);
    }
}
