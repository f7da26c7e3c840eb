use std::collections::{BTreeMap, BTreeSet};

use super::{Wanted, pool};
use crate::cargo_lock::CargoLock;
use crate::usage::Program;

/// A crate that speaks of aws-lc as AWS's does.
const MANIFEST: &str = include_str!("../../tests/http-client/manifest.toml");
const TLS: &str = include_str!("../../tests/http-client/tls.rs");

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn changed(manifest: &str, source: &str, is_small: bool) -> Result<BTreeMap<String, String>, String> {
    let files = [("Cargo.toml", manifest), ("LICENSE", "Apache\n"), ("src/lib.rs", source), ("src/dns.rs", "// DNS\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    Wanted { version: "1.5.2".to_owned(), is_small, has_pools: true }.changed(BTreeMap::from(files))
}

/// A package of a lock: name, version, source, dependencies.
type Locked<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

/// What a program needs whose lock has these packages.
fn wanted(packages: &[Locked<'_>]) -> Result<Option<Wanted>, String> {
    wanted_by(packages, None)
}

/// What the program `worker` needs, whose lock has these packages, and whose one source is this.
fn wanted_by(packages: &[Locked<'_>], source: Option<&str>) -> Result<Option<Wanted>, String> {
    let package = |(name, version, source, dependencies): &Locked<'_>| {
        let source = if source.is_empty() { String::new() } else { format!("source = \"{source}\"\n") };
        format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{source}dependencies = {dependencies:?}\n\n")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let text: String = packages.iter().map(package).collect();
    std::fs::write(folder.path().join("Cargo.lock"), text).expect("it is ours");
    let lock = CargoLock::of(folder.path()).expect("it can be read").expect("it is there");
    let program = source.map(|source| Program::of([("src/lib.rs".into(), source.to_owned())]));
    Wanted::of(&lock, &BTreeSet::from(["worker"]), program.as_ref())
}

#[test]
fn a_copy_has_ring_where_the_crate_has_aws_lc_and_is_the_same_otherwise() {
    let files = changed(MANIFEST, TLS, true).expect("it is as it is known");
    insta::assert_snapshot!(files["Cargo.toml"], @r#"
    # Changed by `cargo smithy-client`, as smithy-client.toml says without-aws-lc: what is called aws-lc is ring.
    [package]
    name = "aws-smithy-http-client"
    version = "1.5.2"
    edition = "2021"
    build = false
    license = "Apache-2.0"
    publish = false

    [features]
    default-client = []
    rustls-aws-lc = ["default-client", "rustls?/ring"]
    rustls-aws-lc-fips = ["default-client", "rustls?/fips"]
    rustls-ring = ["default-client", "rustls?/ring"]

    [lib]
    path = "src/lib.rs"

    [dependencies]
    idna_adapter = "~1.1"

    [dependencies.rustls]
    version = "0.23"
    optional = true
    default-features = false

    [lints]
    rust = { warnings = "allow" }
    "#);
    insta::assert_snapshot!(files["src/lib.rs"], @"
    // Changed by `cargo smithy-client`, as smithy-client.toml says without-aws-lc: what is called aws-lc is ring.
    //! Speaks of aws-lc as AWS's crate of HTTP clients does.

    /// Where cryptography is from.
    pub enum Mode {
        /// From ring.
        Ring,
        /// From aws-lc.
        AwsLc,
    }

    impl Mode {
        fn provider(self) -> rustls::crypto::CryptoProvider {
            match self {
                Self::Ring => rustls::crypto::ring::default_provider(),
                Self::AwsLc => rustls::crypto::ring::default_provider(),
            }
        }
    }
    ");
    assert_eq!(files["src/dns.rs"], "// DNS\n");
    assert_eq!(files["LICENSE"], "Apache\n");
    let plain = changed(MANIFEST, TLS, false).expect("it is as it is known");
    assert!(!plain["Cargo.toml"].contains("idna"), "{}", plain["Cargo.toml"]);
}

#[test]
fn a_crate_that_is_not_as_it_is_known_is_refused() {
    let refusal = |manifest: &str, source: &str| changed(manifest, source, true).expect_err("it is another one");
    let all = [
        refusal(MANIFEST, "// Nothing of it.\n"),
        refusal(MANIFEST, &format!("use rustls::crypto::aws_lc_rs as provider;\n{TLS}")),
        refusal(&MANIFEST.replace("rustls-aws-lc =", "rustls-lc ="), TLS),
        refusal(&MANIFEST.replace("rustls?/aws_lc_rs", "dep:aws-lc-rs"), TLS),
        refusal(&MANIFEST.replace("\"rustls?/ring\"", "\"rustls?/ring\", \"rustls?/aws_lc_rs\""), TLS),
        refusal(&MANIFEST.replace("build = false", "build = \"build.rs\""), TLS),
        refusal("[package", TLS),
    ];
    insta::assert_snapshot!(all.map(|reason| reason.lines().next().unwrap_or_default().to_owned()).join("\n"), @"
    aws-smithy-http-client 1.5.2 is not as it is known here: no source speaks of aws-lc
    aws-smithy-http-client 1.5.2 is not as it is known here: src/lib.rs speaks of aws_lc_rs in another way
    aws-smithy-http-client 1.5.2 is not as it is known here: it has no feature rustls-aws-lc
    aws-smithy-http-client 1.5.2 is not as it is known here: its feature rustls-aws-lc does not ask for rustls?/aws_lc_rs
    aws-smithy-http-client 1.5.2 is not as it is known here: its feature rustls-ring asks for rustls?/aws_lc_rs, too
    aws-smithy-http-client 1.5.2 is not as it is known here: it has a build script
    aws-smithy-http-client 1.5.2 is not as it is known here: its manifest is no TOML: TOML parse error at line 1, column 9
    ");
}

#[test]
fn the_copy_is_of_the_version_that_the_program_has() {
    let of = |version: &str, is_small| Ok(Some(Wanted { version: version.to_owned(), is_small, has_pools: false }));
    let crate_of = |version, source| ("aws-smithy-http-client", version, source, [].as_slice());
    assert_eq!(wanted(&[]), Ok(None));
    assert_eq!(wanted(&[crate_of("1.5.2", REGISTRY)]), of("1.5.2", false));
    // The copy that is there; where something needs a newer one, cargo leaves it out of the program.
    assert_eq!(wanted(&[crate_of("1.5.2", "")]), of("1.5.2", false));
    assert_eq!(wanted(&[crate_of("1.5.2", ""), crate_of("1.6.0", REGISTRY)]), of("1.6.0", false));
    let refused = [
        wanted(&[crate_of("1.5.2", REGISTRY), crate_of("0.9.0", REGISTRY)]),
        wanted(&[crate_of("2.0.0", REGISTRY)]),
        wanted(&[crate_of("1.5\\\", path = \\\"/x", REGISTRY)]),
        wanted(&[crate_of("1.5.2", "git+https://example.com/x")]),
    ];
    insta::assert_snapshot!(refused.map(|it| it.expect_err("it is refused")).join("\n"), @"
    Cargo.lock has several versions of aws-smithy-http-client
    aws-smithy-http-client 2.0.0 is not known here; that is 1.x
    aws-smithy-http-client 1.5\", path = \"/x is not known here; that is 1.x
    aws-smithy-http-client is not the one of the registry
    ");
}

#[test]
fn the_small_library_beneath_idna_is_taken_where_nobody_asks_for_another() {
    let http = ("aws-smithy-http-client", "1.5.2", REGISTRY, [].as_slice());
    let idna = ("idna", "1.1.0", REGISTRY, ["idna_adapter", "smallvec"].as_slice());
    let is_small = |packages: &[_]| wanted(packages).expect("it is known").expect("it is there").is_small;
    assert!(is_small(&[http, idna]));
    assert!(is_small(&[("aws-smithy-http-client", "1.5.2", "", &["idna_adapter"]), idna]));
    assert!(!is_small(&[http]));
    assert!(!is_small(&[http, idna, ("names", "1.0.0", REGISTRY, &["idna_adapter"])]));
}

#[test]
fn a_copy_has_pools_of_connections_where_somebody_may_use_them() {
    let http = ("aws-smithy-http-client", "1.5.2", REGISTRY, [].as_slice());
    let on_it = ["aws-smithy-http-client"].as_slice();
    let has_pools =
        |package, source| wanted_by(&[http, package], source).expect("it is known").expect("it is there").has_pools;
    assert!(!has_pools(("aws-smithy-runtime", "1.16.2", REGISTRY, on_it), None));
    assert!(!has_pools(("smithy-client-runtime", "0.1.0", "", on_it), None));
    // A newer one may have some, and so may anybody else.
    assert!(has_pools(("aws-smithy-runtime", "1.17.0", REGISTRY, on_it), None));
    assert!(has_pools(("aws-smithy-runtime", "1.16.2", "git+https://example.com/x", on_it), None));
    assert!(has_pools(("fast-client", "1.0.0", REGISTRY, on_it), None));
    assert!(has_pools(("beside", "1.0.0", "", on_it), None));
    // A member has what its sources say.
    let worker = ("worker", "0.1.0", "", on_it);
    assert!(has_pools(worker, None));
    assert!(!has_pools(worker, Some("use aws_smithy_http_client::Builder; // pools are not for us")));
    assert!(!has_pools(worker, Some("let pool = sqlx::Pool::connect(url).await?;")));
    assert!(has_pools(worker, Some("use aws_smithy_http_client::pool;")));
    assert!(has_pools(worker, Some("use http::*;\nlet all = ConnectionPool::builder();")));
    assert!(!has_pools(("worker", "0.1.0", "", &[]), Some("use elsewhere::ConnectionPool;")));
}

#[test]
fn pools_are_left_out_where_nothing_else_is_built_on_them() {
    const CLIENT: &str = "mod dns;\npub mod pool;\nmod tls;\n\nfn pool_size() {} // of the pool\n";
    const LIB: &str = "pub use client::{default_connector, pool, proxy};\n";
    let files = |client: &str, lib: &str, dns: &str| {
        let files = [
            ("src/client.rs", client),
            ("src/client/dns.rs", dns),
            ("src/client/pool.rs", "mod cell;\n"),
            ("src/client/pool/cell.rs", "use crate::client::pool::Cell;\n"),
            ("src/lib.rs", lib),
        ];
        let mut files = BTreeMap::from(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
        let before = files.clone();
        pool::leave_out(&mut files);
        (before, files)
    };
    let (_, left) = files(CLIENT, LIB, "// DNS\n");
    let text: String = left.iter().map(|(path, text)| format!("== {path}\n{text}")).collect();
    insta::assert_snapshot!(text, @"
    == src/client.rs
    // Changed by `cargo smithy-client`: `pool` is left out, as nothing of the program uses it.
    mod dns;
    mod tls;

    fn pool_size() {} // of the pool
    == src/client/dns.rs
    // DNS
    == src/lib.rs
    // Changed by `cargo smithy-client`: `pool` is left out, as nothing of the program uses it.
    pub use client::{default_connector, proxy};
    ");
    // Where it is not as it is known, all of it stays.
    for (client, lib, dns) in [
        (CLIENT, LIB, "use super::pool::Cell;\n"),
        (CLIENT, LIB, "use crate::client::{pool, tls};\n"),
        ("mod pool;\n", LIB, ""),
        (CLIENT, "pub use client::*;\n", ""),
    ] {
        let (before, after) = files(client, lib, dns);
        assert_eq!(before, after);
    }
}
