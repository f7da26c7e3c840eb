//! The client of any service beside its official crate: source, check and debug build of each alone, with the memory that
//! the compiler takes.

use std::path::Path;
use std::str::FromStr;

use super::build::Times;
use super::compiler::Kind;
use super::scratch::{Scratch, Side};
use super::table::{Row, Unit, median};
use super::{Bench, Progress, source};
use crate::emitted::Model;

/// An official crate, as `--official` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Official {
    /// Its package.
    pub(super) package: String,
    /// Its version, exactly.
    pub(super) version: String,
}

impl FromStr for Official {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_word = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_alphanumeric())
                && text.chars().all(|character| character.is_ascii_alphanumeric() || "-_.+".contains(character))
        };
        match text.split_once('@') {
            Some((package, version)) if is_word(package) && is_word(version) => {
                Ok(Self { package: package.to_owned(), version: version.to_owned() })
            }
            _ => Err("it is a package with its version, such as aws-sdk-sts@1.124.0".to_owned()),
        }
    }
}

/// Both clients of a service.
#[derive(Debug)]
pub(super) struct Pair {
    scratches: [Scratch; 2],
}

impl Pair {
    /// Emits the client of a model, and writes the workspaces in which it and the official crate are built.
    ///
    /// # Errors
    ///
    /// What was said where the model is refused, or a sentence on what cannot be written.
    pub(super) fn of(root: &Path, model: &Model, official: &Official) -> Result<Self, String> {
        let Official { package, version } = official;
        let directory = root.join("target/bench/services").join(package);
        let ours = package.strip_prefix("aws-sdk-").map_or_else(|| format!("our-{package}"), str::to_owned);
        model.emit(root, &ours, &directory.join("client"))??;
        let features = "default-features = false, features = [\"behavior-version-latest\", \"rt-tokio\"]";
        let scratch = |side, package: &str, place: &str| {
            let dependency = format!("{package} = {{ {place}, {features} }}");
            Scratch::of_service(root, &directory, side, package, &dependency)
        };
        let scratches = [
            scratch(Side::Official, package, &format!("version = \"={version}\""))?,
            scratch(Side::Ours, &ours, "path = \"../client\"")?,
        ];
        Ok(Self { scratches })
    }

    /// Lines, bytes and files of source.
    ///
    /// # Errors
    ///
    /// A sentence when something cannot be read.
    pub(super) fn sources(&self) -> Result<Vec<Row>, String> {
        let [official, ours] = self.scratches.each_ref().map(|scratch| source::measure(&scratch.sources()?));
        let (official, ours) = (official?, ours?);
        Ok(vec![
            Row::new("lines of source", Unit::Count, Some(official.lines), Some(ours.lines)),
            Row::new("bytes of source", Unit::Bytes, Some(official.bytes), Some(ours.bytes)),
            Row::new("files of source", Unit::Count, Some(official.files), Some(ours.files)),
        ])
    }

    /// Check and debug build of each crate alone.
    ///
    /// # Errors
    ///
    /// A sentence with what Cargo said.
    pub(super) fn builds(&self, bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
        let mut rows = Vec::new();
        for (name, command) in [("check", "check"), ("debug build", "build")] {
            let mut times = [Times::default(), Times::default()];
            let mut peaks = [Vec::new(), Vec::new()];
            for run in 1..=bench.runs {
                for ((scratch, times), peaks) in self.scratches.iter().zip(&mut times).zip(&mut peaks) {
                    let package = scratch.package();
                    progress.say(&format!("{name} of {package}, run {run} of {}", bench.runs));
                    scratch.forget(&[package])?;
                    let built = scratch.cargo(&[command, "-p", package])?;
                    times.add_units(&[(&built, package, Kind::Library)])?;
                    peaks.extend(built.unit(package, Kind::Library)?.peak);
                }
            }
            let [official, ours] = times.map(|times| [median(times.cpu), median(times.wall)]);
            let row = |what: &str, unit, [official, ours]: [Option<f64>; 2]| {
                Row::new(format!("{name} of the crate alone, {what}"), unit, official, ours)
            };
            rows.push(row("CPU", Unit::Seconds, [official[0], ours[0]]));
            rows.push(row("wall", Unit::Seconds, [official[1], ours[1]]));
            rows.push(row("peak memory", Unit::Bytes, peaks.map(median)));
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::Official;

    #[test]
    fn an_official_crate_is_a_package_with_its_version() {
        let read = |text: &str| text.parse::<Official>().ok().map(|official| (official.package, official.version));
        assert_eq!(read("aws-sdk-ec2@1.274.0"), Some(("aws-sdk-ec2".to_owned(), "1.274.0".to_owned())));
        for wrong in ["aws-sdk-ec2", "aws-sdk-ec2@", "@1.0.0", "aws-sdk-ec2@1\" }", "a b@1.0.0", "../x@1.0.0"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
