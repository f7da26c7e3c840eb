//! A program without aws-lc: which copy of AWS's crate of HTTP clients it needs, and who else may ask for aws-lc.

use std::collections::BTreeSet;

use smithy_client_codegen::visible;

use super::found::Found;
use crate::cargo_lock::CargoLock;
use crate::http_client::{PACKAGE, Wanted};
use crate::site::Site;
use crate::sync::Calls;

/// The library.
const LIBRARY: &str = "aws-lc-rs";

/// What passes aws-lc on to its dependents where these ask for it, and nowhere else.
const PASSING: [&str; 5] = ["hyper-rustls", "rustls", "rustls-platform-verifier", "rustls-webpki", "tokio-rustls"];

/// What becomes of aws-lc, where it is to be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WithoutAwsLc {
    /// The copy that takes the place of the crate of HTTP clients; `None` where the program has no aws-lc.
    pub(super) wanted: Option<Wanted>,
    /// Other packages of the program that may ask for it.
    pub(super) others: BTreeSet<String>,
}

impl WithoutAwsLc {
    /// What it takes to leave aws-lc out of a program.
    ///
    /// # Errors
    ///
    /// A sentence: it cannot be left out.
    pub(super) fn of(site: &Site, found: &Found, calls: &Calls<'_>, lock: Option<&CargoLock>) -> Result<Self, String> {
        let lock = lock.ok_or(
            "aws-lc cannot be left out: there is no Cargo.lock yet, which says what the program is built of; run cargo \
             generate-lockfile, then this again",
        )?;
        let is_there = site.lock.content.http_client.is_some();
        if let Some(table) = found.patches(PACKAGE).first().filter(|_| !is_there) {
            return Err(format!(
                "aws-lc cannot be left out: {table} puts another {PACKAGE} in the place of the registry's"
            ));
        }
        if lock.named(LIBRARY).is_empty() && !is_there {
            return Ok(Self::default());
        }
        let wanted = Wanted::of(lock, &site.workspace.member_names(), calls.program().ok());
        let wanted = wanted.map_err(|reason| format!("aws-lc cannot be left out: {reason}"))?;
        let mut others = asking(lock);
        others.remove(PACKAGE);
        Ok(Self { wanted, others })
    }
}

/// The packages of a program that may ask for aws-lc: what depends on it, or on what passes it on. Whether the latter do, their
/// features say, which `Cargo.lock` does not have.
pub(super) fn asking(lock: &CargoLock) -> BTreeSet<String> {
    if lock.named(LIBRARY).is_empty() {
        return BTreeSet::new();
    }
    let all = PASSING.iter().chain([&LIBRARY]).flat_map(|package| lock.dependents_of(package));
    all.filter(|name| !PASSING.contains(name)).map(|name| visible::line(name).into_owned()).collect()
}
