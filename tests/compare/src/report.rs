//! The table of what was compared, and the differences that it found.

use std::collections::BTreeMap;

use crate::search::Findings;

/// Rows of the table, by what was compared.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    columns: Vec<(&'static str, Findings)>,
}

impl Report {
    /// Adds a row and prints it.
    pub(crate) fn row(&mut self, name: &str, columns: Vec<(&'static str, Findings)>) {
        let cells: Vec<_> =
            columns.iter().map(|(column, findings)| format!("{:>6} {column}", findings.compared)).collect();
        let differing: usize = columns.iter().map(|(_, findings)| findings.differing).sum();
        println!("{name:<46}{}  {differing:>5} differ", cells.join(""));
        self.rows.push(Row { name: name.to_owned(), columns });
    }

    /// Prints the examples and the sums; returns whether everything was the same.
    pub(crate) fn finish(&self) -> bool {
        for row in &self.rows {
            for (column, findings) in &row.columns {
                print_examples(&row.name, column, findings);
            }
        }
        let all = || self.rows.iter().flat_map(|row| &row.columns);
        let mut sums = BTreeMap::<&str, usize>::new();
        let mut reasons = BTreeMap::<&str, usize>::new();
        for (column, findings) in all() {
            *sums.entry(column).or_default() += findings.compared;
            for (reason, cases) in &findings.explained {
                *reasons.entry(reason).or_default() += cases;
            }
        }
        let sums: Vec<_> = sums.iter().map(|(column, compared)| format!("{compared} {column}")).collect();
        println!("\ncompared: {}", sums.join(", "));
        for (reason, cases) in reasons {
            println!("{cases} cases differ as they should: {reason}");
        }
        let differing: usize = all().map(|(_, findings)| findings.differing).sum();
        println!("{differing} cases differ without an explanation");
        differing == 0
    }
}

fn print_examples(name: &str, column: &str, findings: &Findings) {
    for (aspect, examples) in &findings.examples {
        for example in examples {
            let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            println!("\n{name}, {column}: {aspect}");
            println!("  case:     {}", example.case);
            println!("  official: {}", side(&example.difference.official));
            println!("  ours:     {}", side(&example.difference.ours));
        }
    }
}
