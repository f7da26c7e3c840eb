//! What a migration says of itself, to a person and to a program.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use smithy_client_codegen::visible::line;

use super::check::{COMMAND, Checked};
use super::features::Tls;
use super::found::CONFIG;
use super::{Migration, Restored, Slice, Taken};
use crate::http_client::PACKAGE;

/// How many names are said of a client's operations.
const SHOWN: usize = 24;

/// What is said of TLS where the clients take aws-lc.
const AWS_LC: &str = "TLS: the program compiles aws-lc anyway, for aws-config or an official crate with their defaults, so \
                      the clients take it too; with --without-aws-lc nothing has it, which saves some 30 s of processor time \
                      of a debug build\n";

/// And where they do not.
const RING: &str = "TLS: nothing else in the program asks for aws-lc, so the clients have rustls with ring\n";

/// What is said where there is no aws-lc to leave out.
const NONE: &str = "TLS: the program has no aws-lc that could be left out\n";

impl Migration<'_> {
    /// What becomes of each official crate, for a person.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (package, taken) in &self.taken {
            text += &self.of_taken(package, taken);
        }
        for (package, reasons) in &self.kept {
            let package = line(package);
            match reasons.as_slice() {
                [reason] => text += &format!("{package} stays: {}\n", indented(reason)),
                reasons => {
                    text += &format!("{package} stays:\n");
                    reasons.iter().for_each(|reason| text += &format!("  - {}\n", indented(reason)));
                }
            }
        }
        text += &self.of_beneath();
        let has_tls = self.taken.values().any(|taken| taken.features.names.iter().any(|name| name == "rustls-aws-lc"));
        match self.tls {
            _ if self.without.is_some() => text + &self.of_aws_lc(),
            Tls::AwsLc if has_tls => text + AWS_LC,
            Tls::Ring if self.taken.values().any(|taken| taken.features.default) => text + RING,
            _ => text,
        }
    }

    fn of_taken(&self, package: &str, taken: &Taken) -> String {
        let directory = self.site.shown(&self.site.crate_directory(&taken.name));
        let slice = taken.slice.words(taken.operations);
        let mut text = format!("{} -> {}: {slice}\n", line(package), line(&directory));
        for place in self.places(taken) {
            text += &format!("  in {}\n", line(&place));
        }
        if let Some(version) = &taken.client.patch {
            text += &format!("  and for {CONFIG}, in the place of {}, by [patch.crates-io]\n", line(version));
        }
        for doubt in &taken.doubts {
            text += &format!("  passed over: {}\n", indented(doubt));
        }
        text
    }

    /// What becomes of aws-lc, where it is to be left out.
    fn of_aws_lc(&self) -> String {
        let (Some(wanted), Some(without)) = (self.copied(), &self.without) else { return NONE.to_owned() };
        let folder = self.site.shown(&self.site.directory.join(PACKAGE));
        let mut text = format!("{PACKAGE} {} -> {}: TLS on ring, not aws-lc\n", line(&wanted.version), line(&folder));
        text += "  for clients, aws-config and official crates alike, by [patch.crates-io]\n";
        if !without.others.is_empty() {
            let others = listed(&without.others);
            text += &format!("  others may ask for aws-lc too, which their features say: {others}\n");
        }
        text
    }

    /// What becomes of the clients that `aws-config` calls.
    fn of_beneath(&self) -> String {
        let mut text = String::new();
        for (package, patched) in &self.beneath.patched {
            let slice = patched.slice.words(patched.operations);
            let version = patched.client.patch.as_deref().unwrap_or_default();
            text += &format!("{package} {} -> {}: {slice}\n", line(version), line(&patched.folder));
            text += "  for aws-config, by [patch.crates-io]\n";
        }
        for (package, reason) in &self.beneath.left {
            text += &match package.as_str() {
                CONFIG => format!("what {CONFIG} calls stays official: {}\n", indented(reason)),
                package => format!("{package} stays official for {CONFIG}: {}\n", indented(reason)),
            };
        }
        text
    }

    /// Where an official crate stood.
    fn places(&self, taken: &Taken) -> Vec<String> {
        let place = |used: &super::Use| {
            let manifest = self.found.shown(used.manifest, &self.site.workspace.root);
            format!("{manifest} {}: {}", used.entry.table, used.entry.name)
        };
        taken.uses.iter().map(place).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The same, for a program.
    pub fn object(&self) -> Value {
        let taken = self.taken.iter().map(|(package, taken)| {
            json!({
                "official": package,
                "client": taken.name,
                "directory": self.site.shown(&self.site.crate_directory(&taken.name)),
                "operations": taken.slice.operations,
                "service_operations": taken.operations,
                "lines": taken.slice.lines,
                "places": self.places(taken),
                "for_aws_config": taken.client.patch,
                "passed_over": taken.doubts,
            })
        });
        let kept = self.kept.iter().map(|(package, reasons)| json!({ "official": package, "reasons": reasons }));
        let patched = self.beneath.patched.iter().map(|(package, patched)| {
            json!({
                "official": package,
                "version": patched.client.patch,
                "client": package,
                "directory": patched.folder,
                "operations": patched.slice.operations,
                "service_operations": patched.operations,
                "lines": patched.slice.lines,
            })
        });
        let left = self.beneath.left.iter().map(|(package, reason)| json!({ "official": package, "reason": reason }));
        json!({
            "taken_over": taken.collect::<Vec<_>>(),
            "kept": kept.collect::<Vec<_>>(),
            "http_client": self.copied().map(|wanted| {
                json!({ "official": PACKAGE, "version": wanted.version, "directory": self.site.shown(&self.site.directory.join(PACKAGE)) })
            }),
            "for_aws_config": { "taken_over": patched.collect::<Vec<_>>(), "kept": left.collect::<Vec<_>>() },
        })
    }
}

impl Slice {
    /// How much it is of a service with so many operations.
    fn words(&self, operations: usize) -> String {
        let names: Vec<_> = self.operations.iter().take(SHOWN).map(|name| line(name)).collect();
        let more = self.operations.len().saturating_sub(SHOWN);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let names = if names.is_empty() { String::new() } else { format!(": {}{more}", names.join(", ")) };
        format!("{} of {operations} operations, {} lines{names}", self.operations.len(), self.lines)
    }
}

/// What may help where the program does not compile.
const OF_BOTOCORE: &str = "  hint: botocore lacks names of enum values, and which numbers have a default, of services that \
     are not compared yet; where the models are its own, those of https://github.com/aws/api-models-aws may do: --undo, \
     then migrate --model FOLDER\n";

impl Checked {
    /// What came of compiling, for a person.
    pub fn text(&self) -> String {
        let seconds = self.elapsed.as_secs_f64();
        if self.is_good {
            let left = match self.has_aws_lc.is_empty() {
                true => String::new(),
                false => {
                    format!("aws-lc is compiled still, as one of these asks for it: {}\n", listed(&self.has_aws_lc))
                }
            };
            return format!("{COMMAND}: the workspace compiles ({seconds:.1} s)\n{left}");
        }
        let mut text = format!("{COMMAND}: the workspace does not compile\n");
        let mut say = |count: usize, what: &str| {
            if count > 0 {
                text += &format!("  {count} {}: {what}\n", if count == 1 { "error" } else { "errors" });
            }
        };
        say(self.of_clients, "in emitted crates, which is a defect of the generator");
        say(self.of_uses, "where the program uses a crate that was taken over");
        say(self.others, "that name no such crate: about types of one all the same, or there before");
        if self.of_clients + self.of_uses + self.others == 0 {
            text += "  the compiler did not get that far: what cargo says above is the reason\n";
        } else if self.of_uses + self.others > 0 {
            text += OF_BOTOCORE;
        }
        text
    }

    /// The same, for a program.
    pub fn object(&self) -> Value {
        json!({
            "compiles": self.is_good,
            "seconds": self.elapsed.as_secs_f64(),
            "asks_for_aws_lc": self.has_aws_lc,
            "errors": { "clients": self.of_clients, "uses": self.of_uses, "others": self.others },
        })
    }

    /// Whether all of it compiles.
    pub fn is_good(&self) -> bool {
        self.is_good
    }
}

impl Restored {
    /// The same as [`Self::text`], for a program.
    pub fn object(&self) -> Value {
        json!({ "put_back": self.restored, "removed": self.removed, "kept_beside": self.kept })
    }

    /// What was put back, for a person.
    pub fn text(&self) -> String {
        let restored: Vec<_> = self.restored.iter().map(|path| line(path)).collect();
        let restored = if restored.is_empty() { "nothing".to_owned() } else { restored.join(", ") };
        let mut text = format!("put back: {restored}; removed: {} files\n", self.removed.len());
        for path in &self.kept {
            text += &format!("kept beside: {}\n", line(&path.to_string_lossy()));
        }
        text
    }
}

/// Names, as many as one reads.
fn listed(names: &BTreeSet<String>) -> String {
    let more = names.len().saturating_sub(SHOWN);
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", shown.join(", "))
}

/// A reason of several lines, below the line that it begins on.
fn indented(reason: &str) -> String {
    reason.lines().map(line).collect::<Vec<_>>().join("\n    ")
}
