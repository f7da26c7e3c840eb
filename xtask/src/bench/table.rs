//! What was measured: one row per measure, both clients side by side, and the bar that ours is to meet.

use serde_json::{Value, json};

/// What the numbers of a row count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Whole things: lines, files, crates.
    Count,
    /// Bytes, shown in thousands (kB) or millions (MB).
    Bytes,
    /// Seconds.
    Seconds,
    /// Instructions of the processor, shown in thousands.
    Instructions,
}

impl Unit {
    /// The word for it in JSON.
    fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Bytes => "bytes",
            Self::Seconds => "seconds",
            Self::Instructions => "instructions",
        }
    }

    /// A number as people read it.
    fn show(self, value: f64) -> String {
        match self {
            Self::Count => grouped(value),
            Self::Bytes if value >= 1e6 => format!("{:.2} MB", value / 1e6),
            Self::Bytes => format!("{:.0} kB", value / 1e3),
            Self::Seconds if value < 0.001 => format!("{:.1} us", value * 1e6),
            Self::Seconds if value < 0.1 => format!("{:.1} ms", value * 1e3),
            Self::Seconds => format!("{value:.2} s"),
            Self::Instructions => format!("{}k", grouped(value / 1e3)),
        }
    }
}

/// A whole number with its thousands apart.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match value <= -0.5 {
        true => format!("-{text}"),
        false => text,
    }
}

/// What ours is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bar {
    /// The official crate takes at least so many times what ours takes.
    Times(f64),
    /// Ours takes at most this share of what the official crate takes.
    Share(f64),
    /// Ours takes at most this much, in the row's unit.
    Limit(f64),
    /// A part of ours takes at most this share of what the whole takes.
    Part {
        /// What the whole takes, in the row's unit.
        whole: f64,
        /// The share.
        most: f64,
    },
    /// Ours takes no more than `serde_json` with derived code.
    Serde,
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// What was measured.
    pub(super) measure: String,
    /// What the numbers count.
    pub(super) unit: Unit,
    /// AWS's own crate, where it has such a thing.
    pub(super) official: Option<f64>,
    /// The crate of this repository.
    pub(super) ours: Option<f64>,
    /// `serde_json` with derived code.
    pub(super) serde: Option<f64>,
    /// What ours is to reach.
    pub(super) bars: Vec<Bar>,
}

impl Row {
    /// A row without a third column and without bars.
    pub(super) fn new(measure: impl Into<String>, unit: Unit, official: Option<f64>, ours: Option<f64>) -> Self {
        Self { measure: measure.into(), unit, official, ours, serde: None, bars: Vec::new() }
    }

    /// With one more thing to reach.
    pub(super) fn bar(mut self, bar: Bar) -> Self {
        self.bars.push(bar);
        self
    }

    /// With the number of `serde_json` and derived code.
    pub(super) fn serde(mut self, value: Option<f64>) -> Self {
        self.serde = value;
        self
    }

    /// How many times what ours takes the official crate takes.
    fn times(&self) -> Option<f64> {
        let (official, ours) = (self.official?, self.ours?);
        (ours > 0.0).then(|| official / ours)
    }

    /// The share of what the official crate takes that ours takes.
    fn share(&self) -> Option<f64> {
        let (official, ours) = (self.official?, self.ours?);
        (official > 0.0).then(|| ours / official)
    }

    /// Whether ours reaches `bar`; `None` where a number is missing.
    fn meets(&self, bar: Bar) -> Option<bool> {
        match bar {
            Bar::Times(least) => self.times().map(|times| times >= least),
            Bar::Share(most) => self.share().map(|share| share <= most),
            Bar::Limit(most) => self.ours.map(|ours| ours <= most),
            Bar::Part { whole, most } => self.ours.map(|ours| ours <= whole * most),
            Bar::Serde => self.ours.zip(self.serde).map(|(ours, serde)| ours <= serde),
        }
    }

    /// A bar as people read it.
    fn show_bar(&self, bar: Bar) -> String {
        match bar {
            Bar::Times(least) => format!(">= {least}x"),
            Bar::Share(most) => format!("<= {most:.2}"),
            Bar::Limit(most) => format!("<= {}", self.unit.show(most)),
            Bar::Part { most, .. } => format!("<= {most:.2} of the whole"),
            Bar::Serde => "<= serde".to_owned(),
        }
    }

    /// The ratio in the sense of the first bar about one: as a share where ours is to be a share, else as times.
    fn show_ratio(&self) -> String {
        let part = self.bars.iter().find_map(|bar| match bar {
            Bar::Part { whole, .. } if *whole > 0.0 => self.ours.map(|ours| ours / whole),
            _ => None,
        });
        if let Some(part) = part {
            return format!("{part:.2}");
        }
        let as_share = self.bars.iter().any(|bar| matches!(bar, Bar::Share(_)));
        match as_share {
            true => self.share().map(|share| format!("{share:.2}")),
            false => self.times().map(|times| format!("{times:.2}x")),
        }
        .unwrap_or_default()
    }

    /// What stands in each column but that of serde.
    fn cells(&self, with_serde: bool) -> Vec<String> {
        let number = |value: Option<f64>| value.map(|value| self.unit.show(value)).unwrap_or_default();
        let all = |text: &dyn Fn(Bar) -> String| self.bars.iter().map(|bar| text(*bar)).collect::<Vec<_>>().join(", ");
        let verdict = |bar| match self.meets(bar) {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => "?".to_owned(),
        };
        let mut cells = vec![self.measure.clone(), number(self.official), number(self.ours)];
        if with_serde {
            cells.push(number(self.serde));
        }
        cells.extend([self.show_ratio(), all(&|bar| self.show_bar(bar)), all(&verdict)]);
        cells
    }

    /// The row for a program.
    fn machine(&self) -> Value {
        let bars: Vec<Value> =
            self.bars.iter().map(|bar| json!({ "bar": self.show_bar(*bar), "met": self.meets(*bar) })).collect();
        json!({
            "measure": self.measure,
            "unit": self.unit.word(),
            "official": self.official,
            "ours": self.ours,
            "serde": self.serde,
            "official_over_ours": self.times(),
            "bars": bars,
        })
    }
}

/// What a benchmark came to.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Where and how it was measured, in a line.
    pub(super) conditions: String,
    /// The measures.
    pub(super) rows: Vec<Row>,
    /// What could not be measured, and why: a sentence each.
    pub(super) skipped: Vec<String>,
    /// What failed while it was measured, and how.
    pub(super) failed: Vec<String>,
}

impl Findings {
    /// The heads of the columns, and the lines below.
    fn columns(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let with_serde = self.rows.iter().any(|row| row.serde.is_some());
        let mut heads = vec!["measure", "official", "ours"];
        if with_serde {
            heads.push("serde");
        }
        heads.extend(["ratio", "bar", "met"]);
        let lines = self.rows.iter().map(|row| row.cells(with_serde)).collect();
        (heads.into_iter().map(str::to_owned).collect(), lines)
    }

    /// Skipped and failed measures, with `mark` before each.
    fn remarks(&self, mark: &str) -> String {
        let skipped = self.skipped.iter().map(|reason| format!("{mark}skipped: {reason}\n"));
        let failed = self.failed.iter().map(|reason| format!("{mark}failed: {reason}\n"));
        skipped.chain(failed).collect()
    }

    /// A table for a terminal.
    pub(super) fn text(&self) -> String {
        let (heads, lines) = self.columns();
        let mut widths: Vec<usize> = heads.iter().map(|head| head.chars().count()).collect();
        for line in &lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let numbers = heads.len() - 2;
        let mut text = format!("{}\n\n", self.conditions);
        for line in std::iter::once(&heads).chain(&lines) {
            let cells = line.iter().zip(&widths).enumerate().map(|(index, (cell, width))| {
                match (1..numbers).contains(&index) {
                    true => format!("{cell:>width$}"),
                    false => format!("{cell:<width$}"),
                }
            });
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        let remarks = self.remarks("");
        match remarks.is_empty() {
            true => text,
            false => format!("{text}\n{remarks}"),
        }
    }

    /// A table for a README.
    pub(super) fn markdown(&self) -> String {
        let (heads, lines) = self.columns();
        let numbers = heads.len() - 2;
        let marks = (0..heads.len()).map(|index| match (1..numbers).contains(&index) {
            true => "---:".to_owned(),
            false => "---".to_owned(),
        });
        let marks: Vec<String> = marks.collect();
        let mut text = String::new();
        for line in [&heads, &marks].into_iter().chain(&lines) {
            text.push_str(&format!("| {} |\n", line.join(" | ")));
        }
        format!("{text}\n{}\n{}", self.conditions, self.remarks("\n- "))
    }

    /// One JSON object.
    pub(super) fn machine(&self) -> String {
        let rows: Vec<Value> = self.rows.iter().map(Row::machine).collect();
        let value = json!({
            "conditions": self.conditions,
            "rows": rows,
            "skipped": self.skipped,
            "failed": self.failed,
        });
        format!("{value:#}\n")
    }
}

/// The median of `values`; `None` where there are none.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    Some(match values.len().is_multiple_of(2) {
        true => f64::midpoint(values[values.len() / 2 - 1], upper),
        false => upper,
    })
}

#[cfg(test)]
mod tests;
