//! Where `load_from_env` finds credentials: a profile, the role of a machine, of a container, and one that a profile assumes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::json;
use tests::client::SIGNER;
use tests::loopback::{LoopbackServer, Reply, Response};
use tests::request::Request;
use tests::sigv4::{self, Expected};
use tokio::task::spawn_blocking;

use super::{line, program, success};

/// When credentials of a role end: a time that no test reaches.
const LATER: &str = "2100-01-01T00:00:00Z";

/// A call of `ListStages` at this server, with nothing but this in its environment.
async fn list_stages(server: &LoopbackServer, environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program());
    command.args(["ListStages", "{}"]).env_clear().env("AWS_ENDPOINT_URL", server.url());
    for (name, value) in environment {
        command.env(name, value);
    }
    // The server lives on the thread of the test.
    spawn_blocking(move || command.output()).await.expect("no panic").expect("the program starts")
}

/// Files of profiles in a folder of their own, which is removed in the end.
struct Profiles(PathBuf);

impl Profiles {
    fn new(name: &str, config: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).expect("it is writable");
        std::fs::write(folder.join("config"), config).expect("it is writable");
        std::fs::write(folder.join("credentials"), "").expect("it is writable");
        Self(folder)
    }

    /// The variables that name them.
    fn environment(&self) -> [(&'static str, String); 3] {
        let path = |file: &str| self.0.join(file).to_str().expect("the path is UTF-8").to_owned();
        [
            ("AWS_CONFIG_FILE", path("config")),
            ("AWS_SHARED_CREDENTIALS_FILE", path("credentials")),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ]
    }
}

impl Drop for Profiles {
    fn drop(&mut self) {
        // What stays behind is in the way of nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn list_stages_of(server: &LoopbackServer, profiles: &Profiles) -> Output {
    let environment = profiles.environment();
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    list_stages(server, &environment).await
}

/// The keys of the tests in the form in which a machine or a container hands them out.
fn keys_of_a_role() -> Response {
    Response::json(&json!({
        "Code": "Success",
        "Type": "AWS-HMAC",
        "AccessKeyId": SIGNER.access_key,
        "SecretAccessKey": SIGNER.secret_key,
        "Token": "session",
        "LastUpdated": "2026-11-17T00:00:00Z",
        "Expiration": LATER,
    }))
}

/// The request of the call itself, which the keys of the tests have signed.
#[track_caller]
fn assert_called(server: &LoopbackServer, output: &Output, session: Option<&str>) {
    assert_eq!(success(output), json!({"stages": []}));
    let request = server.requests().pop().expect("the call is the last request");
    assert_eq!(request.path, "/ListStages");
    assert_eq!(sigv4::verify(&request, &Expected { session_token: session, ..SIGNER }), Ok(()));
}

fn no_stages() -> Response {
    Response::json(&json!({"stages": []}))
}

#[tokio::test]
async fn a_profile_gives_region_and_keys() {
    let config = format!(
        "[default]\nregion = {}\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        SIGNER.region, SIGNER.access_key, SIGNER.secret_key
    );
    let server = LoopbackServer::scripted([no_stages()]).await;
    let output = list_stages_of(&server, &Profiles::new("static-profile", &config)).await;
    assert_called(&server, &output, None);
}

#[tokio::test]
async fn a_machine_gives_region_and_role() {
    let machine = |request: &Request| -> Reply {
        let response = match request.path.as_str() {
            "/latest/api/token" => {
                Response::new(200).header("x-aws-ec2-metadata-token-ttl-seconds", "21600").body("a-token")
            }
            "/latest/meta-data/placement/region" => Response::new(200).body(SIGNER.region),
            "/latest/meta-data/iam/security-credentials/" => Response::new(200).body("studio"),
            "/latest/meta-data/iam/security-credentials/studio" => keys_of_a_role(),
            _ => no_stages(),
        };
        response.into()
    };
    let server = LoopbackServer::answering(machine).await;
    let output = list_stages(&server, &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &server.url())]).await;
    assert_called(&server, &output, Some("session"));
}

#[tokio::test]
async fn a_container_gives_its_role() {
    let container = |request: &Request| -> Reply {
        match request.path.as_str() {
            "/role" => keys_of_a_role().into(),
            _ => no_stages().into(),
        }
    };
    let server = LoopbackServer::answering(container).await;
    let role = format!("{}/role", server.url());
    let environment = [
        ("AWS_REGION", SIGNER.region),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &role),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a-token"),
    ];
    let output = list_stages(&server, &environment).await;
    assert_called(&server, &output, Some("session"));
    assert_eq!(server.requests()[0].header("authorization"), Some("a-token"));
}

#[tokio::test]
async fn a_profile_assumes_a_role_through_sts() {
    let config = format!(
        "[default]\nregion = {}\nrole_arn = arn:aws:iam::123456789012:role/studio\nsource_profile = keys\n\
         [profile keys]\naws_access_key_id = AKIDSOURCE\naws_secret_access_key = source\n",
        SIGNER.region
    );
    let sts = |request: &Request| -> Reply {
        let document = format!(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
             <AccessKeyId>{}</AccessKeyId><SecretAccessKey>{}</SecretAccessKey><SessionToken>session</SessionToken>\
             <Expiration>{LATER}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
            SIGNER.access_key, SIGNER.secret_key
        );
        match request.path.as_str() {
            "/" => Response::new(200).header("content-type", "text/xml").body(document).into(),
            _ => no_stages().into(),
        }
    };
    let server = LoopbackServer::answering(sts).await;
    let output = list_stages_of(&server, &Profiles::new("assumed-role", &config)).await;
    assert_called(&server, &output, Some("session"));
}

#[tokio::test]
async fn a_profile_of_identity_center_names_the_feature_that_it_needs() {
    let config = format!(
        "[default]\nregion = {}\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n\
         sso_account_id = 123456789012\nsso_role_name = studio\n",
        SIGNER.region
    );
    let server = LoopbackServer::scripted([no_stages()]).await;
    let output = list_stages_of(&server, &Profiles::new("identity-center", &config)).await;
    let line = line(&output);
    assert!(line.contains("sso"), "{line}");
    assert_eq!(server.requests().len(), 0);
}
