//! Ways to authenticate: which ones a client has, which one a call goes, and what it sends.

use serde_json::{Value, json};

use crate::endpoint_rules::call;
use crate::fixture::Fixture;
use crate::runs::{MANIFEST, run_with};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[gate, tokens_only];

/// Rules whose endpoints say how callers authenticate to them, by where an operation goes.
fn rule_set() -> Value {
    let reference = |name: &str| json!({"ref": name});
    let goes = |place: &str| json!([call("stringEquals", json!([reference("Place"), place]))]);
    let endpoint = |conditions: Value, schemes: Value| {
        let properties = if schemes.is_null() { json!({}) } else { json!({"authSchemes": schemes}) };
        json!({"conditions": conditions, "endpoint": {"url": reference("Url"), "properties": properties}, "type": "endpoint"})
    };
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "type": "String"},
            "Url": {"builtIn": "SDK::Endpoint", "type": "String", "required": true, "default": "https://localhost"},
            "Place": {"type": "String", "required": true, "default": "here"},
        },
        "rules": [
            endpoint(
                goes("everywhere"),
                json!([{"name": "sigv4a", "signingName": "all-gates", "signingRegionSet": ["*"]}]),
            ),
            endpoint(
                goes("far"),
                json!([{"name": "sigv4", "signingName": "far-gate", "signingRegion": "us-east-9"}]),
            ),
            endpoint(goes("moon"), json!([{"name": "moonlight"}])),
            endpoint(json!([]), json!(null)),
        ],
    })
}

/// A service that takes signatures of both kinds and tokens, and operations that choose among them.
fn gate() -> Fixture {
    let going = |place: &str| format!("@smithy.rules#staticContextParams({{\"Place\": {{\"value\": \"{place}\"}}}})");
    Fixture::new("gate")
        .service_trait("aws.auth#sigv4", json!({"name": "my-gate"}))
        .service_trait("smithy.api#httpBearerAuth", json!({}))
        .service_trait("smithy.rules#endpointRuleSet", rule_set())
        .operation("Open", "POST /open", &["name: String"], &[], &[])
        .operation("Ask @auth([\"smithy.api#httpBearerAuth\"])", "POST /ask", &[], &[], &[])
        .operation("Peek @optionalAuth", "POST /peek", &[], &[], &[])
        .operation("Look @auth([])", "POST /look", &[], &[], &[])
        .operation(
            &format!("Everywhere {}", going("everywhere")),
            "POST /everywhere?b=2&a=1",
            &["name: String"],
            &[],
            &[],
        )
        .operation(&format!("Anywhere {}", going("everywhere")), "GET /anywhere?b=2&a=1", &[], &[], &[])
        .operation(&format!("Far {}", going("far")), "POST /far", &[], &[], &[])
        .operation(&format!("Moon {}", going("moon")), "POST /moon", &[], &[], &[])
}

/// A service that takes nothing but tokens.
fn tokens_only() -> Fixture {
    Fixture::new("tokens-only")
        .without_service_trait("aws.auth#sigv4")
        .service_trait("smithy.api#httpBearerAuth", json!({}))
        .operation("Ask", "GET /ask", &[], &[], &[])
}

/// The lines of a file that say how callers authenticate.
fn lines(fixture: &Fixture, path: &str) -> String {
    let text = fixture.file(path);
    let words = ["AUTH", "by_endpoint", "Scheme", "bearer", "sigv4a", ".unsigned()"];
    let lines = text.lines().filter(|line| !line.starts_with("//") && words.iter().any(|word| line.contains(word)));
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_service_tells_the_ways_that_it_takes_in_their_order() {
    insta::assert_snapshot!(lines(&gate(), "src/config.rs"), @r#"
    use smithy_client_runtime::{bearer_auth, client_config, sigv4a};
    use smithy_client_runtime::service::{Auth, Scheme};
    const AUTH: Auth = Auth::of(&[Scheme::SigV4, Scheme::SigV4a, Scheme::HttpBearer])
    .by_endpoint()
    .sigv4a(cfg!(feature = "sigv4a"));
    bearer_auth!();
    sigv4a!();
    "#);
    insta::assert_snapshot!(lines(&tokens_only(), "src/config.rs"), @r"
    use smithy_client_runtime::{bearer_auth, client_config};
    use smithy_client_runtime::service::{Auth, Scheme};
    const AUTH: Auth = Auth::of(&[Scheme::HttpBearer]);
    bearer_auth!();
    ");
    assert!(
        !lines(&Fixture::new("usual").operation("Ask", "GET /ask", &[], &[], &[]), "src/config.rs").contains("AUTH")
    );
}

#[test]
fn an_operation_tells_only_what_differs() {
    let of = |operation: &str| lines(&gate(), &format!("src/operation/{operation}.rs"));
    assert_eq!(of("open"), "");
    insta::assert_snapshot!(["ask", "peek", "look"].map(of).join("\n"), @r"
    use smithy_client_runtime::service::Scheme;
    .auth(&[Scheme::HttpBearer]);
    use smithy_client_runtime::service::Scheme;
    .auth(&[Scheme::SigV4, Scheme::HttpBearer, Scheme::NoAuth]);
    .unsigned();
    ");
}

#[test]
fn the_page_of_the_configuration_tells_of_tokens() {
    let page = |fixture: Fixture| {
        let text = fixture.file("src/config.rs");
        let page = text.lines().take_while(|line| line.starts_with("//!")).collect::<Vec<_>>().join("\n");
        page.split_once("//! # Tokens")
            .map(|(_, tokens)| tokens.trim_start_matches("\n//!\n").to_owned())
            .unwrap_or_default()
    };
    insta::assert_snapshot!(page(gate()), @r"
    //! The service takes bearer tokens, of [`Builder::token_provider`] or [`Builder::bearer_token`]. `SdkConfig` has a
    //! provider of them where somebody signed in by IAM Identity Center. A token that expires is asked for again when it
    //! has.
    //!
    //! It takes signatures as well. Where the environment has `AWS_BEARER_TOKEN_MY_GATE` when `SdkConfig` is loaded,
    //! calls have that token; else [`Builder::auth_scheme_preference`] says which of `sigv4` and `httpBearerAuth` is
    //! tried first.
    ");
    assert!(!page(tokens_only()).contains("signatures"));
    assert!(tokens_only().file("src/config.rs").contains("//!     .token_provider(tokens)\n"));
    assert_eq!(page(Fixture::new("usual").operation("Ask", "GET /ask", &[], &[], &[])), "");
}

#[test]
fn signatures_of_several_regions_are_a_feature_that_is_on() {
    let features = |fixture: &Fixture| {
        let manifest = fixture.manifest();
        let lines = manifest.lines().filter(|line| line.starts_with("default =") || line.contains("sigv4a = "));
        let runtime = manifest.split_once("smithy-client-runtime = ").map_or("", |(_, line)| line);
        let runtime =
            runtime.split_once(", features = ").map_or("", |(_, features)| features.lines().next().unwrap_or_default());
        lines.chain([runtime]).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(features(&gate()), @r#"
    default = ["default-https-client", "sigv4a", "rt-tokio"]
    sigv4a = ["smithy-client-runtime/sigv4a"]
    ["rest-json", "auth-schemes"] }
    "#);
    insta::assert_snapshot!(features(&tokens_only()), @r#"
    default = ["default-https-client", "rt-tokio"]
    ["rest-json", "auth-schemes"] }
    "#);
}

#[test]
fn calls_are_authenticated_as_models_settings_and_endpoints_say() {
    let files = [
        ("tests/gate.rs", include_str!("../programs/gate.rs")),
        ("tests/sigv4a.rs", include_str!("../programs/sigv4a.rs")),
    ];
    let dependencies = "\
        hmac = \"0.13\"\n\
        p256 = { version = \"0.14\", default-features = false, features = [\"ecdsa\"] }\n\
        sha2 = { version = \"0.11\", default-features = false }\n\
        tracing = { version = \"0.1\", default-features = false, features = [\"std\"] }\n";
    let variables = [("AWS_BEARER_TOKEN_MY_GATE", "of-the-environment")];
    run_with(&gate(), &files, &format!("{MANIFEST}{dependencies}"), &["presigning", "sigv4a"], &variables);
}
