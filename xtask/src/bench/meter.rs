//! What one call costs: a program makes few calls, then many, and the difference is shared out among them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::cpu;
use super::source::number;
use super::table::{Unit, median};

/// What a call is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meter {
    /// Instructions, counted by valgrind's callgrind: nearly the same in every run.
    Instructions,
    /// Processor time, where there is no valgrind.
    Time,
}

/// Calls of one kind, as the program `calls` makes them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work<'a> {
    /// The name of the work.
    pub(super) name: &'a str,
    /// The file with the answer to every call.
    pub(super) body: &'a Path,
    /// Where the calls go; `None` for answers in memory to requests without signature.
    pub(super) endpoint: Option<&'a str>,
}

/// What one call costs, and what the program printed after many, as a witness that the work was done.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cost {
    /// Instructions, or seconds of processor time.
    pub(super) value: f64,
    /// The number on stdout.
    pub(super) witness: String,
}

impl Meter {
    /// The best one that this system has.
    pub(super) fn find() -> Option<Self> {
        let valgrind = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        match valgrind {
            Ok(status) if status.success() => Some(Self::Instructions),
            _ => cpu::of_children().map(|_| Self::Time),
        }
    }

    /// The unit of its numbers.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Instructions => Unit::Instructions,
            Self::Time => Unit::Seconds,
        }
    }

    /// How many calls the short and the long run of a program make.
    fn counts(self) -> [usize; 2] {
        match self {
            Self::Instructions => [10, 60],
            Self::Time => [1_000, 21_000],
        }
    }

    /// What one call of `work` costs in `program`: the median of `runs`.
    ///
    /// # Errors
    ///
    /// A sentence with what the program said, when it fails.
    pub(super) fn cost(self, program: &Path, work: Work<'_>, runs: usize) -> Result<Cost, String> {
        let [few, many] = self.counts();
        let mut values = Vec::new();
        let mut witness = String::new();
        for _ in 0..runs {
            let (short, _) = self.run(program, work, few)?;
            let (long, printed) = self.run(program, work, many)?;
            values.push((long - short) / number(many - few));
            witness = printed;
        }
        let value = median(values).ok_or("there was no run to measure")?;
        Ok(Cost { value, witness })
    }

    /// What a whole run of `count` calls costs, and what it printed.
    fn run(self, program: &Path, work: Work<'_>, count: usize) -> Result<(f64, String), String> {
        let profile = program.with_extension("callgrind");
        let mut command = match self {
            Self::Time => Command::new(program),
            Self::Instructions => {
                let mut valgrind = Command::new("valgrind");
                valgrind.arg("--tool=callgrind").arg(option("--callgrind-out-file=", &profile)).arg(program);
                valgrind
            }
        };
        let before = cpu::of_children();
        let output = command
            .args([work.name, &count.to_string()])
            .arg(work.body)
            .args(work.endpoint)
            .stdin(Stdio::null())
            .output()
            .map_err(|cause| format!("cannot run {}: {cause}", program.display()))?;
        let spent = cpu::of_children().zip(before).map(|(after, before)| after - before);
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`{} {} {count}` failed:\n{said}", program.display(), work.name));
        }
        let cost = match self {
            Self::Time => spent,
            Self::Instructions => fs::read_to_string(&profile).ok().as_deref().and_then(total),
        };
        let cost = cost.ok_or_else(|| format!("no measure of `{} {}`", program.display(), work.name))?;
        Ok((cost, String::from_utf8_lossy(&output.stdout).trim().to_owned()))
    }
}

/// An option whose value is a path.
fn option(name: &str, path: &Path) -> PathBuf {
    let mut option = std::ffi::OsString::from(name);
    option.push(path);
    option.into()
}

/// The instructions of a whole run, out of callgrind's file.
fn total(profile: &str) -> Option<f64> {
    let totals =
        profile.lines().find_map(|line| line.strip_prefix("totals:").or_else(|| line.strip_prefix("summary:")));
    totals?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn the_total_of_a_profile_is_found_wherever_callgrind_wrote_it() {
        assert_eq!(total("version: 1\nevents: Ir\nsummary: 120\nfn=(1)\n5 7\n"), Some(120.0));
        assert_eq!(total("version: 1\nevents: Ir\nfn=(1)\n5 7\n\ntotals: 345678\n"), Some(345_678.0));
        assert_eq!(total("version: 1\nevents: Ir\n"), None);
    }
}
