//! What a client calls by itself: the operation that tells where others are called.

use insta::assert_snapshot;
use serde_json::json;

use crate::fixture::Fixture;
use crate::notation::id;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[lighthouse, vault];

/// A service that tells its endpoints.
pub(crate) fn lighthouse() -> Fixture {
    let discovery = json!({"operation": id("DescribeEndpoints"), "error": id("InvalidEndpointException")});
    Fixture::new("lighthouse")
        .service_trait("aws.api#clientEndpointDiscovery", discovery)
        .structure("InvalidEndpointException @error(\"client\")", &["message: String"])
        .structure("Endpoint", &["Address: String @required", "CachePeriodInMinutes: Long @required"])
        .list("Endpoints", "Endpoint")
        .operation("DescribeEndpoints", "POST /endpoints", &[], &["Endpoints: Endpoints"], &[])
        .operation(
            "Look @aws.api#clientDiscoveredEndpoint({\"required\": true})",
            "POST /look",
            &[],
            &["ships: Integer"],
            &["InvalidEndpointException"],
        )
        .operation("Wink @aws.api#clientDiscoveredEndpoint({\"required\": false})", "POST /wink", &[], &[], &[])
}

/// A service whose endpoints ask for sessions wherever there is a bucket.
pub(crate) fn vault() -> Fixture {
    let scheme = json!({"name": "sigv4-s3express", "signingName": "s3express", "signingRegion": "eu-west-1"});
    let is_set = |parameter: &str| json!({"fn": "isSet", "argv": [{"ref": parameter}]});
    let is_open = json!({"fn": "not", "argv": [{"fn": "isSet", "argv": [{"ref": "Open"}]}]});
    let off = json!({"fn": "coalesce", "argv": [{"ref": "DisableS3ExpressSessionAuth"}, false]});
    let is_off = json!({"fn": "booleanEquals", "argv": [off, true]});
    let url = json!({"ref": "Endpoint"});
    let rules = json!({
        "version": "1.0",
        "parameters": {
            "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint", "required": true, "default": "https://vault"},
            "Bucket": {"type": "string"},
            "Open": {"type": "boolean"},
            "DisableS3ExpressSessionAuth": {"type": "boolean"},
        },
        "rules": [
            {"conditions": [is_off], "type": "endpoint", "endpoint": {"url": url.clone()}},
            {"conditions": [is_set("Bucket"), is_open], "type": "endpoint", "endpoint": {
                "url": url.clone(), "properties": {"authSchemes": [scheme]}, "headers": {},
            }},
            {"conditions": [], "type": "endpoint", "endpoint": {"url": url}},
        ],
    });
    let bucket = "Bucket: String @httpLabel @required @smithy.rules#contextParam({\"name\": \"Bucket\"})";
    let open = "CreateSession @smithy.rules#staticContextParams({\"Open\": {\"value\": true}})";
    let session = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(|name| format!("{name}: String @required"));
    let [id, secret, token] = &session;
    Fixture::new("vault")
        .service_trait("smithy.rules#endpointRuleSet", rules)
        .service_trait("smithy.rules#clientContextParams", json!({"DisableS3ExpressSessionAuth": {"type": "boolean"}}))
        .structure("SessionCredentials", &[id, secret, token, "Expiration: Timestamp @required"])
        .operation(open, "GET /sessions/{Bucket}", &[bucket], &["Credentials: SessionCredentials @required"], &[])
        .operation("GetKey", "GET /keys/{Bucket}", &[bucket], &["weight: Integer"], &[])
        .operation("ListKeys", "GET /keys", &[], &["weight: Integer"], &[])
}

#[test]
fn sessions_are_opened_by_an_operation_that_every_choice_has() {
    let files = vault().choose(&["GetKey"]).generated().files;
    assert!(files.contains_key("src/operation/create_session.rs"));
    let service =
        "const SESSION: Option<Session> = Some(Session::of::<crate::operation::create_session::CreateSessionInput>());";
    let written: String = files["src/config.rs"].split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
    assert!(written.replace(", )", ")").contains(service), "{}", files["src/config.rs"]);
    assert!(files["Cargo.toml"].contains("\"session-auth\""));
    let without = vault().except(&["CreateSession"]).generated().files;
    assert!(!without["src/config.rs"].contains("const SESSION"));
}

#[test]
fn a_client_asks_for_its_endpoint() {
    assert_snapshot!(lighthouse().items("src/endpoint_discovery.rs", &["Client"]), @r#"
    impl Client {
        /// A client whose calls go to the endpoint that the service tells, which is asked for it first.
        ///
        /// The endpoint is asked for again before it expires: by the first call that finds it so, or, so that no call
        /// waits for it, by [`ReloadEndpoint::reload_task`] on a task of its own.
        ///
        /// # Errors
        /// What the service refuses to tell its endpoint with; that the configuration has no implementation of sleep.
        pub async fn with_endpoint_discovery_enabled(
            self,
        ) -> Result<(Self, ReloadEndpoint), BoxError> {
            let mut config = self.config().to_builder();
            let (sleep, clock) = (self.config().sleep_impl(), self.config().time_source());
            let call = move || {
                let answer = self.describe_endpoints().send();
                async move { answer.await.map_err(BoxError::from) }
            };
            let (endpoints, reload) = discover(
                    call,
                    Some("InvalidEndpointException"),
                    sleep,
                    clock,
                )
                .await?;
            config.set_discovered_endpoints(endpoints);
            Ok((Self::from_conf(config.build()), reload))
        }
    }
    "#);
    let files = lighthouse().generated().files;
    assert!(files["Cargo.toml"].contains("\"endpoint-discovery\""));
    assert!(files["src/lib.rs"].contains("(client, _) ="), "the first page asks for it");
}

#[test]
fn the_operation_that_tells_endpoints_comes_with_those_that_need_one() {
    let operations = |fixture: Fixture| fixture.generated().operation_names;
    assert_eq!(operations(lighthouse().choose(&["Look"])), ["DescribeEndpoints", "Look"]);
    assert_eq!(operations(lighthouse().choose(&["Wink"])), ["Wink"]);
    let without = lighthouse().except(&["DescribeEndpoints"]);
    assert_eq!(operations(without.clone()), ["Look", "Wink"]);
    assert!(!without.generated().files.contains_key("src/endpoint_discovery.rs"));
}

#[test]
fn an_endpoint_that_may_be_that_of_the_rules_is_not_asked_for() {
    let files = lighthouse().choose(&["DescribeEndpoints", "Wink"]).generated().files;
    assert!(!files.contains_key("src/endpoint_discovery.rs"));
    assert!(!files["src/error.rs"].contains("transient"));
}

#[test]
fn services_of_databases_have_tokens_for_their_users() {
    let files = |sdk_id: &str| {
        let service = json!({"sdkId": sdk_id, "endpointPrefix": "fixture"});
        lighthouse().service_trait("aws.api#service", service).generated().files
    };
    assert_snapshot!(files("DSQL")["src/auth_token.rs"], @"
    // @generated by `cargo xtask codegen`. Change the model or the generator, not this file.

    //! Tokens with which users of databases sign in instead of passwords: [`AuthTokenGenerator`] makes them.

    pub use smithy_client_runtime::auth_token::dsql::{
        AuthToken, AuthTokenGenerator, Config, ConfigBuilder,
    };
    ");
    assert!(files("RDS")["Cargo.toml"].contains("\"auth-tokens\""));
    assert!(!files("Fixture").contains_key("src/auth_token.rs"));
}
