//! What clients cost, told to a person and to a program.

use serde_json::{Value, json};

use super::rates::{AWS_LC, BOTH, OF_CRATE, OFFICIAL, OURS, RING, Shared};
use super::{Cost, Estimate, Lines, Official, Part};
use crate::summary::{columns, grouped};
use crate::terminal::Paint;
use smithy_client_codegen::visible::line;

/// A way to have clients.
#[derive(Clone, Copy)]
enum Way {
    Auto,
    Whole,
    Official,
}

impl Way {
    const ALL: [Self; 3] = [Self::Auto, Self::Whole, Self::Official];

    fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Whole => "whole",
            Self::Official => "official",
        }
    }
}

impl Estimate {
    /// Lines and seconds on the machine of the rates; `None` where there is no such client.
    fn of(&self, way: Way) -> Option<(usize, f64)> {
        let ours = |part: &Result<Part, String>| {
            let lines = part.as_ref().ok()?.lines;
            Some((lines, OF_CRATE + lines as f64 * OURS))
        };
        match way {
            Way::Auto => ours(&self.auto),
            Way::Whole => ours(&self.whole),
            Way::Official => {
                let lines = self.official.lines.number();
                Some((lines, lines as f64 * OFFICIAL))
            }
        }
    }

    fn row(&self, way: Way, factor: f64) -> Vec<String> {
        let name = if matches!(way, Way::Auto) { line(&self.name).into_owned() } else { String::new() };
        let (what, about) = match (way, &self.auto, &self.whole) {
            (Way::Auto, Ok(part), _) | (Way::Whole, _, Ok(part)) => {
                (format!("{} of {} operations", part.operations, self.operations), String::new())
            }
            (Way::Auto, Err(reason), _) | (Way::Whole, _, Err(reason)) => (line(reason).into_owned(), String::new()),
            (Way::Official, ..) => self.official.words(),
        };
        let (lines, seconds) = match self.of(way) {
            Some((lines, seconds)) => (format!("{about}{}", grouped(lines)), format!("{:.1}", seconds * factor)),
            None => ("-".to_owned(), "-".to_owned()),
        };
        let word = if self.is_named && matches!(way, Way::Auto) { "named" } else { way.word() };
        vec![name, word.to_owned(), lines, seconds, what]
    }
}

impl Official {
    /// What it is, and what its number of lines begins with.
    fn words(&self) -> (String, String) {
        let package = line(&self.package);
        match (&self.version, self.lines) {
            (Some(version), Lines::Counted(_)) => (format!("{package} {version}"), String::new()),
            _ => (format!("{package}, not in cargo's registry here"), "about ".to_owned()),
        }
    }
}

impl Cost {
    fn scale(&self) -> f64 {
        self.factor.unwrap_or(1.0)
    }

    /// Lines and seconds of all clients in a way, on this machine; of one that cannot be had so, those of the official crate,
    /// which stays.
    fn sum(&self, way: Way) -> (usize, f64) {
        let all = self.clients.iter().filter_map(|client| client.of(way).or_else(|| client.of(Way::Official)));
        all.fold((0, 0.0), |sum, (lines, seconds)| (sum.0 + lines, sum.1 + seconds * self.scale()))
    }

    /// For a person.
    pub fn text(&self, paint: Paint) -> String {
        let header = ["client", "", "lines", "seconds", "what"].map(str::to_owned);
        let scale = self.scale();
        let rows = self.clients.iter().flat_map(|client| Way::ALL.map(|way| client.row(way, scale)));
        let mut rows: Vec<Vec<String>> = rows.collect();
        if self.clients.len() > 1 {
            for (place, way) in Way::ALL.into_iter().enumerate() {
                let (lines, seconds) = self.sum(way);
                let name = if place == 0 { "all" } else { "" };
                let cells = [name, way.word(), &grouped(lines), &format!("{seconds:.1}"), ""];
                rows.push(cells.map(str::to_owned).to_vec());
            }
        }
        let mut text = columns(&header, &rows, paint) + "\nShared by all clients of a program, once:\n";
        for Shared { what, crates, seconds, .. } in [RING, AWS_LC, BOTH] {
            text += &format!("  {:6.0} s  {crates:3} crates  {what}\n", seconds * scale);
        }
        let (ours, official) = (self.sum(Way::Auto).1, self.sum(Way::Official).1);
        let whole = |clients: f64, shared: Shared| clients + shared.seconds * scale;
        text += &format!(
            "All together, without the program itself: auto {:.0} s, or {:.0} s beside aws-config's defaults; official \
             {:.0} s\n",
            whole(ours, RING),
            whole(ours, AWS_LC),
            whole(official, BOTH)
        );
        if self.clients.iter().any(|client| client.auto.is_err() || client.whole.is_err()) {
            text += "Where there is no client of ours, the official crate counts.\n";
        }
        text + &self.sure()
    }

    /// How sure the figures are.
    fn sure(&self) -> String {
        let machine = match self.factor {
            Some(factor) => format!("this machine takes {factor:.2} times as long as that of the rates"),
            None => "there is no rustc to compare this machine by, so these are those of another".to_owned(),
        };
        format!("Seconds of processor time of a debug build from nothing; {machine}. They are estimates: see --help.\n")
    }

    /// For a program.
    pub fn object(&self) -> Value {
        let scale = self.scale();
        let part = |estimate: &Estimate, way: Way, part: &Result<Part, String>| match part {
            Ok(it) => json!({
                "operations": it.operations, "lines": it.lines,
                "seconds": estimate.of(way).map(|(_, seconds)| seconds * scale),
            }),
            Err(reason) => json!({ "reason": reason }),
        };
        let client = |estimate: &Estimate| {
            let official = &estimate.official;
            json!({
                "client": estimate.name,
                "named": estimate.is_named,
                "service_operations": estimate.operations,
                "auto": part(estimate, Way::Auto, &estimate.auto),
                "whole": part(estimate, Way::Whole, &estimate.whole),
                "official": {
                    "package": official.package, "version": official.version, "lines": official.lines.number(),
                    "counted": matches!(official.lines, Lines::Counted(_)),
                    "seconds": estimate.of(Way::Official).map(|(_, seconds)| seconds * scale),
                },
            })
        };
        let shared = |it: Shared| json!({ "crates": it.crates, "seconds": it.seconds * scale });
        let sum = |way| {
            let (lines, seconds) = self.sum(way);
            json!({ "lines": lines, "seconds": seconds })
        };
        json!({
            "clients": self.clients.iter().map(client).collect::<Vec<_>>(),
            "all": { "auto": sum(Way::Auto), "whole": sum(Way::Whole), "official": sum(Way::Official) },
            "shared": { RING.word: shared(RING), AWS_LC.word: shared(AWS_LC), BOTH.word: shared(BOTH) },
            "machine": self.factor,
        })
    }
}
