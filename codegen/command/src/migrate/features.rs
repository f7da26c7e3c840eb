//! What features of an official crate are called in ours.
//!
//! Both have the same engine, and so mostly the same features. They differ in TLS. An official crate with its defaults has
//! the engine's own HTTP client, on aws-lc, and compiles the former one beside it. Ours brings its own: on ring by default,
//! on aws-lc where it is asked to.
//!
//! `SdkConfig` holds an HTTP client only where the program has set one, so that a client without TLS finds the engine's, as
//! long as `aws-config`, or an official crate, turns that on by its own defaults: for the whole build, or not at all, as
//! another choice of packages may say. So ours always says itself what it needs. Where the program has aws-lc anyway, it
//! asks for that: nothing more is compiled, and connections are made as before. Where nothing else needs aws-lc, ring is
//! what costs least.

use std::collections::BTreeSet;

/// Which cryptography the program's TLS is built on after it is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tls {
    /// What ours has by default.
    Ring,
    /// What another crate of the program has compiled anyway.
    AwsLc,
}

/// Features of a dependency, as a manifest asks for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Features {
    /// Whether it has its default features.
    pub(super) default: bool,
    /// Those beside the default, in order.
    pub(super) names: Vec<String>,
}

impl Features {
    /// Asks for one more, if it is not asked for already.
    pub(super) fn add(&mut self, name: &str) {
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
            self.names.sort_unstable();
        }
    }
}

/// What one feature of an official crate means.
enum Meaning {
    /// A feature of ours.
    Ours(&'static str),
    /// TLS of the program's.
    Tls,
    /// What official crates have by default.
    Default,
    /// Nothing: ours has it always, or it is about the official crate alone.
    Nothing,
    /// What ours has not; the text says what that is.
    Missing(&'static str),
}

fn meaning(feature: &str) -> Meaning {
    match feature {
        "default" => Meaning::Default,
        // Of official crates `rustls` is the former HTTP client, which they have by default beside the present one.
        "default-https-client" | "rustls" => Meaning::Tls,
        "rt-tokio" => Meaning::Ours("rt-tokio"),
        "behavior-version-latest" => Meaning::Ours("behavior-version-latest"),
        "legacy-https-client" => Meaning::Ours("legacy-https-client"),
        "test-util" => Meaning::Ours("test-util"),
        // Its tests of the crate itself; types of the `http` crate of today, which ours always takes.
        "gated-tests" | "http-1x" => Meaning::Nothing,
        "http-02x" => Meaning::Missing("types of `http` 0.2"),
        "legacy-test-util" => Meaning::Missing("test tools of the former HTTP client"),
        "native-tls" => Meaning::Missing("TLS of the operating system"),
        SIGV4A => Meaning::Ours(SIGV4A),
        _ => Meaning::Missing("a feature that is not known here"),
    }
}

/// What the features of all dependencies on an official crate are in ours, which has the same for all of them: Cargo
/// builds it once.
///
/// # Errors
///
/// The feature that ours has not, and what it is, as a phrase.
pub(super) fn mapped(official: &[Features], tls: Tls) -> Result<Features, String> {
    let mut wanted = BTreeSet::new();
    for Features { default, names } in official {
        let default = default.then_some("default");
        for feature in names.iter().map(String::as_str).chain(default) {
            wanted.extend(one(feature, tls)?);
        }
    }
    let default = DEFAULT.iter().all(|name| wanted.contains(name));
    if default {
        wanted.retain(|name| !DEFAULT.contains(name));
    }
    Ok(Features { default, names: wanted.into_iter().map(str::to_owned).collect() })
}

/// What one feature of an official crate is in ours, where it is named by itself.
///
/// # Errors
///
/// As [`mapped`].
pub(super) fn one(feature: &str, tls: Tls) -> Result<Vec<&'static str>, String> {
    let https = match tls {
        Tls::Ring => "default-https-client",
        Tls::AwsLc => "rustls-aws-lc",
    };
    match meaning(feature) {
        Meaning::Ours(name) => Ok(vec![name]),
        Meaning::Tls => Ok(vec![https]),
        Meaning::Default => Ok(vec![https, "rt-tokio"]),
        Meaning::Nothing => Ok(Vec::new()),
        Meaning::Missing(what) => Err(format!("the feature `{feature}`: {what}")),
    }
}

/// As [`one`], of a service that takes no signatures of several regions.
///
/// # Errors
///
/// As [`mapped`].
pub(super) fn one_region(feature: &str, tls: Tls) -> Result<Vec<&'static str>, String> {
    match feature {
        SIGV4A => Err(format!("the feature `{SIGV4A}`: the service takes no signatures of several regions")),
        _ => one(feature, tls),
    }
}

/// What the features are in ours that an inherited dependency has beside those of the workspace.
///
/// # Errors
///
/// As [`mapped`].
pub(super) fn beside_inherited(official: &Features, tls: Tls) -> Result<Vec<String>, String> {
    let mut wanted = BTreeSet::new();
    for name in &official.names {
        wanted.extend(one(name, tls)?);
    }
    Ok(wanted.into_iter().map(str::to_owned).collect())
}

/// What ours needs where a program presigns requests, which official crates do without being asked.
pub(super) const PRESIGNING: &str = "presigning";

/// Signatures of several regions, which clients of services have that take them.
pub(super) const SIGV4A: &str = "sigv4a";

/// What ours has by default.
const DEFAULT: [&str; 2] = ["default-https-client", "rt-tokio"];

/// Whether a dependency on `aws-config`, or on an official crate that stays, compiles aws-lc.
pub(super) fn has_aws_lc(features: &Features) -> bool {
    let brings = |name: &String| matches!(name.as_str(), "default" | "default-https-client" | "client-hyper");
    features.default || features.names.iter().any(brings)
}

#[cfg(test)]
mod tests {
    use super::{Features, Tls, mapped, one};

    fn features(default: bool, names: &[&str]) -> Features {
        Features { default, names: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    #[test]
    fn defaults_are_ours_where_nothing_else_brings_aws_lc() {
        let of =
            |default, names: &[&str]| mapped(&[features(default, names)], Tls::Ring).expect("ours has all of them");
        assert_eq!(of(true, &[]), features(true, &[]));
        assert_eq!(
            of(true, &["test-util", "behavior-version-latest"]),
            features(true, &["behavior-version-latest", "test-util"])
        );
        assert_eq!(of(false, &["rustls", "rt-tokio", "gated-tests"]), features(true, &[]));
        assert_eq!(of(false, &["rt-tokio"]), features(false, &["rt-tokio"]));
        assert_eq!(of(false, &["rustls"]), features(false, &["default-https-client"]));
        assert_eq!(of(false, &[]), features(false, &[]));
    }

    #[test]
    fn aws_lc_is_taken_where_the_program_has_it_anyway() {
        let of =
            |default, names: &[&str]| mapped(&[features(default, names)], Tls::AwsLc).expect("ours has all of them");
        assert_eq!(of(true, &["http-1x"]), features(false, &["rt-tokio", "rustls-aws-lc"]));
        assert_eq!(of(false, &["default-https-client"]), features(false, &["rustls-aws-lc"]));
        assert_eq!(of(false, &["rt-tokio"]), features(false, &["rt-tokio"]));
        assert_eq!(one("default", Tls::AwsLc), Ok(vec!["rustls-aws-lc", "rt-tokio"]));
    }

    #[test]
    fn dependencies_share_what_any_of_them_asks_for() {
        let all = [features(false, &["rt-tokio"]), features(true, &["test-util"]), features(false, &[])];
        assert_eq!(mapped(&all, Tls::Ring), Ok(features(true, &["test-util"])));
        assert_eq!(mapped(&all[2..], Tls::Ring), Ok(features(false, &[])));
    }

    #[test]
    fn what_ours_has_not_is_told() {
        for (feature, told) in [
            ("native-tls", "the feature `native-tls`: TLS of the operating system"),
            ("new", "the feature `new`: a feature that is not known here"),
        ] {
            assert_eq!(mapped(&[features(true, &[feature])], Tls::Ring), Err(told.to_owned()));
        }
    }
}
