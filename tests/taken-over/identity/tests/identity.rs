//! The program with credentials of every kind that services give.

mod support;

use support::{Home, Server};

const CONFIG: &str = "\
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = secret

[profile first]
role_arn = arn:aws:iam::111111111111:role/first
source_profile = base
role_session_name = day
external_id = ticket 7

[profile second]
role_arn = arn:aws:iam::222222222222:role/second
source_profile = first
role_session_name = night

[profile closed]
role_arn = arn:aws:iam::111111111111:role/closed
source_profile = base

[profile abroad]
role_arn = arn:aws:iam::111111111111:role/abroad
source_profile = base

[profile person]
sso_session = corp
sso_account_id = 333333333333
sso_role_name = reader

[profile beyond]
role_arn = arn:aws:iam::222222222222:role/beyond
source_profile = person
role_session_name = evening

[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.awsapps.com/start

[profile console]
login_session = arn:aws:iam::333333333333:user/ada
";

/// Where `aws sso login --sso-session corp` keeps its token.
const SSO_TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// Where `aws login` keeps that of Ada.
const LOGIN_TOKEN: &str = ".aws/login/cache/29dda60f4eefc7e341803eea95b47ce8869bd33baf301f1aa09f12fe98e29cb1.json";

fn home(test: &str) -> Home {
    let home = Home::new(test);
    home.write(".aws/config", CONFIG);
    home
}

fn run(test: &str, server: &Server, profile: &str) -> Result<String, String> {
    home(test).run(server, &[("AWS_PROFILE", profile)])
}

/// The lines of what the program says, without the seconds of credentials that end.
fn lines(said: &str) -> Vec<&str> {
    said.lines().filter(|line| !line.starts_with("until ")).collect()
}

#[test]
fn roles_are_assumed_one_by_the_other() {
    let server = Server::start();
    let said = run("chain", &server, "second").expect("both are open");
    assert_eq!(lines(&said), ["key ASIASECOND", "account 222222222222", "arn arn:aws:sts::444444444444:ASIASECOND"]);
    let ours = [
        "AssumeRole arn:aws:iam::111111111111:role/first day ticket 7, signed by AKIABASE",
        "AssumeRole arn:aws:iam::222222222222:role/second night, signed by ASIAFIRST",
    ];
    let asked = server.asked();
    assert_eq!(asked[..2], ours);
    assert_eq!(asked.last().map(String::as_str), Some("GetCallerIdentity, signed by ASIASECOND"));
}

#[test]
fn a_role_that_is_refused_says_so() {
    let server = Server::start();
    let said = run("closed", &server, "closed").expect_err("it is closed");
    assert!(said.contains("AccessDenied") && said.contains("not for you"), "{said}");
    let said = run("abroad", &server, "abroad").expect_err("the region is off");
    assert!(said.contains("RegionDisabledException") && said.contains("not activated"), "{said}");
}

#[test]
fn a_web_identity_is_exchanged_and_asked_for_again_where_its_provider_is_silent() {
    let server = Server::start();
    let home = home("web");
    let token = home.write("token", "a.web.token");
    let token = token.to_str().expect("it is UTF-8");
    let role = "arn:aws:iam::111111111111:role/pod";
    let variables =
        [("AWS_WEB_IDENTITY_TOKEN_FILE", token), ("AWS_ROLE_ARN", role), ("AWS_ROLE_SESSION_NAME", "worker")];
    let said = home.run(&server, &variables).expect("it is open");
    assert_eq!(lines(&said), ["key ASIAPOD", "account 111111111111", "arn arn:aws:sts::444444444444:ASIAPOD"]);
    let asked = server.asked();
    let line = format!("AssumeRoleWithWebIdentity {role} worker a.web.token, signed by nobody");
    assert_eq!(asked[..2], [line.clone(), line]);
}

#[test]
fn a_session_of_identity_center_is_refreshed_and_leads_to_roles() {
    let server = Server::start();
    let home = home("sso");
    let expired = r#"{"accessToken": "stale", "expiresAt": "2020-01-01T00:00:00Z", "refreshToken": "again",
        "clientId": "client", "clientSecret": "word", "registrationExpiresAt": "2099-01-01T00:00:00Z",
        "region": "eu-west-1", "startUrl": "https://corp.awsapps.com/start"}"#;
    home.write(SSO_TOKEN, expired);
    let said = home.run(&server, &[("AWS_PROFILE", "person")]).expect("it can be refreshed");
    assert_eq!(lines(&said), ["key ASIASSO", "account 333333333333", "arn arn:aws:sts::444444444444:ASIASSO"]);
    let asked = server.asked();
    let ours = [
        "POST /token \"refresh_token\" \"again\", signed by nobody",
        "GET /federation/credentials?role_name=reader&account_id=333333333333 with fresh, signed by nobody",
    ];
    assert_eq!(asked[..2], ours);
    let kept = home.read(SSO_TOKEN);
    assert!(kept.contains("\"fresh\"") && kept.contains("\"and again\""), "{kept}");

    let said = home.run(&server, &[("AWS_PROFILE", "beyond")]).expect("the token is fresh");
    assert_eq!(lines(&said)[..2], ["key ASIABEYOND", "account 222222222222"]);
    let asked = server.asked();
    assert!(asked[0].starts_with("GET /federation/credentials"), "{asked:?}");
    assert_eq!(asked[1], "AssumeRole arn:aws:iam::222222222222:role/beyond evening, signed by ASIASSO");
}

#[test]
fn a_session_of_the_console_is_refreshed_with_its_proof() {
    let server = Server::start();
    let home = home("login");
    // A key of nobody's, made for tests.
    let key = "-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIBMB/RwQERsVoqWRQG4zK8CnaAa5dfrpbm+9tFdBh3z4oAoGCCqGSM49\\n\
               AwEHoUQDQgAEWb1VLi1EA2hJaTz4yYuxSELvY+1GAfL+8rUTCAdiFid87Bf6GY+s\\n\
               2+1RpqDv0RpZiDIMCrZrsAh+RK9S3QCaGA==\\n-----END EC PRIVATE KEY-----\\n";
    let token = format!(
        r#"{{"accessToken": {{"accessKeyId": "ASIASTALE", "secretAccessKey": "secret", "sessionToken": "token",
            "accountId": "333333333333", "expiresAt": "2020-01-01T00:00:00Z"}}, "tokenType": "aws_sigv4",
            "refreshToken": "again", "clientId": "arn:aws:signin:::devtools/same-device", "dpopKey": "{key}"}}"#
    );
    home.write(LOGIN_TOKEN, &token);
    let said = home.run(&server, &[("AWS_PROFILE", "console")]).expect("it can be refreshed");
    assert_eq!(lines(&said), ["key ASIALOGIN", "account 333333333333", "arn arn:aws:sts::444444444444:ASIALOGIN"]);
    let asked = server.asked();
    assert_eq!(asked[0], "POST /v1/token \"refresh_token\" \"again\" with a proof, signed by nobody");
    assert!(home.read(LOGIN_TOKEN).contains("and again"));
}
