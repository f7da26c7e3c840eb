//! What came of many models: a table for a person, one object for a machine.

use serde_json::{Value, json};
use smithy_client_codegen::visible;

use crate::outcome::{self, Context, Ending, Outcome};
use crate::terminal::{HEADER, Paint, REMOVED};

/// What the columns of the table are called.
const COLUMNS: [&str; 6] = ["service", "protocol", "operations", "lines", "seconds", "messages"];

/// What a row is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The model's file, or the client, as a person finds it.
    pub label: &'a str,
    /// The service, by its sdkId, where a text tells.
    pub service: Option<&'a str>,
    /// The protocols that it says it speaks.
    pub protocols: &'a [String],
}

/// What came of one model.
#[derive(Debug)]
pub struct Row {
    /// The model's file, as a person finds it.
    pub model: String,
    /// The service, by its sdkId; by its file where nothing names it.
    pub service: String,
    protocol: String,
    /// How many operations and lines of Rust were emitted; `None` where nothing was.
    size: Option<(usize, usize)>,
    seconds: f64,
    /// What there is to say, in one line.
    messages: String,
    /// The whole of it, where the model failed.
    failure: Option<String>,
    /// All there is to say, for a machine.
    object: Value,
    exit_code: u8,
}

impl Row {
    /// What an outcome comes to.
    pub fn of(subject: Subject<'_>, outcome: &Outcome, context: &Context) -> Self {
        let generated = match outcome {
            Outcome::Emitted { generated, .. } => Some(generated),
            _ => None,
        };
        let known = match outcome {
            Outcome::Known(known) => Some(known),
            _ => None,
        };
        let protocol = generated.map(|generated| generated.protocol.to_owned());
        let protocol = protocol.or_else(|| known.map(|known| known.protocol.clone()));
        let protocol = protocol.unwrap_or_else(|| subject.protocols.join(" "));
        let lines = |text: &String| text.lines().count();
        let size = generated.map(|generated| {
            let sources = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
            (generated.operations, sources.map(|(_, text)| lines(text)).sum())
        });
        let size = size.or(known.map(|known| (known.operations, known.lines)));
        let mut object = outcome::object(outcome, context);
        shorten(&mut object);
        let service = subject.service.unwrap_or(subject.label);
        object["model"] = json!(subject.label);
        object["service"] = json!(subject.service);
        object["protocol"] = json!(protocol);
        object["lines"] = json!(size.map(|(_, lines)| lines));
        Self {
            model: subject.label.to_owned(),
            service: visible::line(service).into_owned(),
            protocol: visible::line(&protocol).into_owned(),
            size,
            seconds: context.elapsed.as_secs_f64(),
            messages: messages(outcome),
            failure: (outcome.exit_code() != 0).then(|| failure(outcome, context)),
            object,
            exit_code: outcome.exit_code(),
        }
    }

    fn cells(&self) -> [String; 6] {
        let number = |number: Option<usize>| number.map_or_else(|| "-".to_owned(), grouped);
        [
            self.service.clone(),
            self.protocol.clone(),
            number(self.size.map(|(operations, _)| operations)),
            number(self.size.map(|(_, lines)| lines)),
            format!("{:.2}", self.seconds),
            self.messages.clone(),
        ]
    }
}

/// What came of all models.
#[derive(Debug)]
pub struct Summary {
    /// What a row is about, in a word: `model` or `client`.
    pub noun: &'static str,
    /// Where they are, and what a program calls that.
    pub place: (&'static str, String),
    /// One for each model, by service.
    pub rows: Vec<Row>,
    /// How many JSON files are no models.
    pub passed_over: usize,
}

impl Summary {
    /// The status with which the process ends: 1 if any model failed.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.rows.iter().any(|row| row.exit_code != 0))
    }

    fn failed(&self) -> usize {
        self.rows.iter().filter(|row| row.exit_code != 0).count()
    }

    /// Operations and lines of all crates.
    fn size(&self) -> (usize, usize) {
        let sizes = self.rows.iter().filter_map(|row| row.size);
        sizes.fold((0, 0), |(operations, lines), (more, longer)| (operations + more, lines + longer))
    }

    /// The table, and a line that sums it up.
    pub fn text(&self, context: &Context, is_check: bool, paint: Paint) -> String {
        let cells: Vec<[String; 6]> = self.rows.iter().map(Row::cells).collect();
        let header = COLUMNS.map(str::to_owned);
        let widths: [usize; 6] = std::array::from_fn(|column| {
            let all = std::iter::once(&header).chain(&cells);
            all.map(|cells| cells[column].chars().count()).max().unwrap_or_default()
        });
        let mut text = paint.styled(HEADER, &line(&header, &widths)) + "\n";
        for (row, cells) in self.rows.iter().zip(&cells) {
            let line = line(cells, &widths);
            text += &if row.exit_code == 0 { line } else { paint.styled(REMOVED, &line) };
            text.push('\n');
        }
        text.push('\n');
        text + &self.total(context, is_check)
    }

    /// The line that sums it up, and what to run where a check found something.
    fn total(&self, context: &Context, is_check: bool) -> String {
        let (operations, lines) = self.size();
        let (failed, all) = (self.failed(), self.rows.len());
        let done = all - failed;
        let seconds = context.elapsed.as_secs_f64();
        let size = format!("{}, {} lines of Rust", plural(operations, "operation"), grouped(lines));
        let passed_over = match self.passed_over {
            0 => String::new(),
            count => format!("; {} of other JSON passed over", plural(count, "file")),
        };
        let out = &context.out;
        let command = format!("{}{}", context.program, if is_check { " --check" } else { "" });
        let noun = self.noun;
        let what = if is_check { "current" } else { "emitted" };
        let mut text = format!(
            "{command}: {done} of {} {what} in {out} ({size}) in {seconds:.2} s{passed_over}\n",
            plural(all, noun)
        );
        if failed > 0 {
            text += &format!("{command}: {} failed; stderr tells all of each\n", plural(failed, noun));
        }
        if is_check && self.has_drift() {
            text += &format!("run: {}\n", context.command);
        }
        text
    }

    /// What is wrong with each model that failed, in full.
    pub fn failures(&self) -> String {
        let failures = self.rows.iter().filter_map(|row| Some((row, row.failure.as_ref()?)));
        failures.map(|(row, failure)| format!("{}:\n{}\n\n", visible::line(&row.model), failure.trim_end())).collect()
    }

    /// Whether a check found that any differs.
    pub fn has_drift(&self) -> bool {
        self.rows.iter().any(|row| row.object["status"] == "drift")
    }

    /// One JSON object, with an object for each model in it, on a line.
    pub fn machine(&self, context: &Context) -> String {
        format!("{}\n", self.object(context))
    }

    /// All of it for a machine.
    pub fn object(&self, context: &Context) -> Value {
        let (operations, lines) = self.size();
        json!({
            "command": context.program,
            "status": if self.failed() == 0 { "done" } else { "failed" },
            "exit_code": self.exit_code(),
            "message": Value::Null,
            self.place.0: self.place.1,
            "out": context.out,
            format!("{}s", self.noun): self.rows.iter().map(|row| &row.object).collect::<Vec<_>>(),
            "totals": {
                format!("{}s", self.noun): self.rows.len(),
                "failed": self.failed(),
                "passed_over": self.passed_over,
                "operations": operations,
                "lines": lines,
            },
            "seconds": context.elapsed.as_secs_f64(),
        })
    }

    /// The same where there is nothing to read.
    pub fn unreadable(reason: &str, context: &Context) -> String {
        let object = json!({
            "command": context.program,
            "status": "unreadable",
            "exit_code": 2,
            "message": reason,
            "models_dir": Value::Null,
            "out": context.out,
            "models": [],
            "totals": Value::Null,
            "seconds": context.elapsed.as_secs_f64(),
        });
        format!("{object}\n")
    }
}

/// Takes lists of paths out of an object, which of many crates together are longer than all else.
fn shorten(object: &mut Value) {
    let count = |value: &mut Value| {
        if let Some(elements) = value.as_array() {
            *value = json!(elements.len());
        }
    };
    count(&mut object["undocumented"]);
    if let Some(files) = object["files"].as_object_mut() {
        files.iter_mut().filter(|(key, _)| *key != "in_the_way").for_each(|(_, paths)| count(paths));
    }
}

/// What there is to say of an outcome, in one line.
fn messages(outcome: &Outcome) -> String {
    let text = match outcome {
        Outcome::Emitted { generated, ending: Ending::Written | Ending::Current, .. } => {
            let counts = [(generated.warnings.len(), "warning"), (generated.left_out.len(), "operation")];
            let counts = counts.iter().filter(|(number, _)| *number > 0);
            let told = counts.map(|(number, noun)| match *noun {
                "operation" => format!("{} left out", plural(*number, noun)),
                _ => plural(*number, noun),
            });
            told.collect::<Vec<_>>().join(", ")
        }
        Outcome::Known(known) if known.left_out.is_empty() => "unchanged".to_owned(),
        Outcome::Known(known) => format!("unchanged, {} left out", plural(known.left_out.len(), "operation")),
        failed => outcome::reason(failed),
    };
    // A report begins with what was done; what is wrong comes behind the first label.
    let first = text.lines().find_map(|line| line.strip_prefix("error: ")).or(text.lines().next());
    visible::line(first.unwrap_or_default()).into_owned()
}

/// All that there is to say of a model that failed.
fn failure(outcome: &Outcome, context: &Context) -> String {
    match outcome {
        Outcome::Emitted { ending: Ending::Drift, .. } => format!("error: {}", outcome::reason(outcome)),
        other => outcome::text(other, context, Paint { colours: false }).err,
    }
}

/// A table with its cells to the left, below the names of its columns.
pub fn columns(header: &[String], rows: &[Vec<String>], paint: Paint) -> String {
    let all = || std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
    let width = |column: usize| all().filter_map(|cells| cells.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..header.len()).map(|column| width(column).unwrap_or_default()).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let rest = rows.iter().map(|cells| line(cells) + "\n");
    std::iter::once(paint.styled(HEADER, &line(header)) + "\n").chain(rest).collect()
}

/// A line of the table: names to the left, numbers to the right, and messages as long as they are.
fn line(cells: &[String; 6], widths: &[usize; 6]) -> String {
    let [service, protocol, operations, lines, seconds, messages] = cells;
    let [a, b, c, d, e, _] = widths;
    let line = format!("{service:a$}  {protocol:b$}  {operations:>c$}  {lines:>d$}  {seconds:>e$}  {messages}");
    line.trim_end().to_owned()
}

/// A number with a comma between thousands.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let comma = |position: usize| position > 0 && (digits.len() - position).is_multiple_of(3);
    let with_comma = digits
        .chars()
        .enumerate()
        .flat_map(|(position, digit)| comma(position).then_some(',').into_iter().chain([digit]));
    with_comma.collect()
}

/// A number with its noun.
fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(number)) }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_apart() {
        assert_eq!([0, 999, 1000, 5_512_345].map(grouped), ["0", "999", "1,000", "5,512,345"]);
    }
}
