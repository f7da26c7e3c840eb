//! Sessions whose credentials sign requests, over a socket, with a clock that stands until it is moved.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_smithy_async::time::TimeSource;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use program::sdk_config;
use service::Client;
use service::config::timeout::TimeoutConfig;
use service::config::{Builder, StalledStreamProtectionConfig};

const START: u64 = 1_800_000_000;

/// A clock that the test moves.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Duration>>);

impl Clock {
    fn pass(&self, seconds: u64) {
        *self.0.lock().expect("nobody failed") += Duration::from_secs(seconds);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(START) + *self.0.lock().expect("nobody failed")
    }
}

/// A request: its target, whose key has signed it in which scope, and the token of its session.
type Seen = (String, String, Option<String>);

/// A service that opens numbered sessions of five minutes.
#[derive(Clone)]
struct Vault {
    url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Vault {
    fn open(clock: &Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let vault = Self { url, seen: Arc::default() };
        let (server, clock) = (vault.clone(), clock.clone());
        thread::spawn(move || {
            listener.incoming().for_each(|stream| server.serve(&mut stream.expect("a client"), &clock));
        });
        vault
    }

    fn serve(&self, stream: &mut TcpStream, clock: &Clock) {
        let lines = BufReader::new(&*stream).lines().map(|line| line.expect("text"));
        let lines: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let header = |name: &str| {
            let found = lines.iter().find_map(|line| {
                let (header, value) = line.split_once(':')?;
                header.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            });
            found.filter(|value| !value.is_empty())
        };
        let target = lines[0].split(' ').nth(1).expect("a target").to_owned();
        let signed = header("authorization").unwrap_or_default();
        let scope: Vec<&str> = signed.split(['=', '/', ',']).collect();
        let by = if scope.len() > 4 { format!("{} for {}", scope[1], scope[4]) } else { signed.clone() };
        let mut seen = self.seen.lock().expect("nobody failed");
        seen.push((target.clone(), by, header("x-amz-s3session-token")));
        let number = seen.iter().filter(|(target, ..)| target.starts_with("/sessions/")).count();
        drop(seen);
        let expires = clock.now().duration_since(SystemTime::UNIX_EPOCH).expect("later").as_secs() + 300;
        let body = match target.strip_prefix("/sessions/") {
            Some("closed") => r#"{}"#.to_owned(),
            Some(_) => format!(
                r#"{{"Credentials": {{"AccessKeyId": "key{number}", "SecretAccessKey": "hush", "SessionToken": "token{number}", "Expiration": {expires}}}}}"#
            ),
            None => r#"{"weight": 3}"#.to_owned(),
        };
        let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all((head + &body).as_bytes()).expect("the client listens");
    }

    /// What came since the last time.
    fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.seen.lock().expect("nobody failed"))
    }
}

fn config(vault: &Vault, clock: &Clock) -> Builder {
    Builder::from(&sdk_config(&vault.url))
        .time_source(clock.clone())
        .credentials_provider(Credentials::new("root", "secret", None, None, "test"))
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

fn seen(target: &str, by: &str, token: Option<&str>) -> Seen {
    (target.to_owned(), by.to_owned(), token.map(str::to_owned))
}

async fn get(client: &Client, bucket: &str) {
    client.get_key().bucket(bucket).send().await.expect("the call is answered");
}

#[tokio::test]
async fn a_session_is_opened_for_each_bucket_and_signs_until_it_expires() {
    let clock = Clock::default();
    let vault = Vault::open(&clock);
    let client = Client::from_conf(config(&vault, &clock).build());
    get(&client, "one").await;
    get(&client, "one").await;
    let opened = seen("/sessions/one", "root for fixture", None);
    let called = seen("/keys/one", "key1 for s3express", Some("token1"));
    assert_eq!(vault.seen(), [opened.clone(), called.clone(), called]);
    get(&client, "two").await;
    assert_eq!(vault.seen().first(), Some(&seen("/sessions/two", "root for fixture", None)));
    clock.pass(295);
    get(&client, "one").await;
    assert_eq!(vault.seen().first(), Some(&opened));
    let shown = format!("{client:?}");
    assert!(!shown.contains("hush") && !shown.contains("token1"), "{shown}");
}

#[tokio::test]
async fn calls_without_a_bucket_are_signed_by_the_credentials_themselves() {
    let clock = Clock::default();
    let vault = Vault::open(&clock);
    let client = Client::from_conf(config(&vault, &clock).build());
    client.list_keys().send().await.expect("the call is answered");
    assert_eq!(vault.seen(), [seen("/keys", "root for fixture", None)]);
}

#[tokio::test]
async fn other_credentials_open_a_session_of_their_own() {
    let clock = Clock::default();
    let vault = Vault::open(&clock);
    let client = Client::from_conf(config(&vault, &clock).build());
    get(&client, "one").await;
    vault.seen();
    let other = Builder::new().credentials_provider(Credentials::new("guest", "secret", None, None, "test"));
    client.get_key().bucket("one").customize().config_override(other).send().await.expect("the call is answered");
    assert_eq!(vault.seen().first(), Some(&seen("/sessions/one", "guest for fixture", None)));
    get(&client, "one").await;
    assert_eq!(vault.seen().len(), 1, "the first session is open still");
}

#[tokio::test]
async fn credentials_of_sessions_may_be_given() {
    let clock = Clock::default();
    let vault = Vault::open(&clock);
    let given = Credentials::new("given", "secret", Some("mine".to_owned()), None, "test");
    let client = Client::from_conf(config(&vault, &clock).express_credentials_provider(given).build());
    get(&client, "one").await;
    assert_eq!(vault.seen(), [seen("/keys/one", "given for s3express", Some("mine"))]);
}

/// What is said outside the program: of each variable and key of a profile, what it is.
#[derive(Debug)]
struct Outside(&'static [(&'static str, &'static str)]);

impl LoadServiceConfig for Outside {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let found = self.0.iter().find(|(name, _)| *name == key.env() || *name == key.profile());
        found.map(|(_, value)| (*value).to_owned())
    }
}

/// By what a call is signed, as is said outside the program, and perhaps by the program itself.
async fn signed_by(said: &'static [(&'static str, &'static str)], own: Option<bool>) -> String {
    let clock = Clock::default();
    let vault = Vault::open(&clock);
    let shared = sdk_config(&vault.url).into_builder().service_config(Outside(said)).build();
    let mut builder = Builder::from(&shared).credentials_provider(Credentials::new("root", "secret", None, None, "test"));
    if let Some(own) = own {
        builder = builder.disable_s3_express_session_auth(own);
    }
    get(&Client::from_conf(builder.build()), "one").await;
    vault.seen().pop().expect("a call").1
}

#[tokio::test]
async fn sessions_can_be_given_up_outside_the_program_and_the_program_decides() {
    let (session, root) = ("key1 for s3express", "root for fixture");
    let off: &[&[_]] =
        &[&[("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true")], &[("s3_disable_express_session_auth", "true")]];
    for &off in off {
        assert_eq!(signed_by(off, None).await, root);
        assert_eq!(signed_by(off, Some(false)).await, session);
    }
    assert_eq!(signed_by(&[("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "false")], None).await, session);
    assert_eq!(signed_by(&[("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "yes")], None).await, session);
    assert_eq!(signed_by(&[("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "yes")], Some(true)).await, root);
}

#[tokio::test]
async fn a_session_that_is_not_opened_fails_the_call() {
    let clock = Clock::default();
    let vault = Vault::open(&clock);
    let client = Client::from_conf(config(&vault, &clock).build());
    let error = client.get_key().bucket("closed").send().await.expect_err("there is no session");
    assert_eq!(vault.seen().len(), 1);
    let told = format!("{:?}", service::error::DisplayErrorContext(&error));
    assert!(format!("{}", service::error::DisplayErrorContext(&error)).contains("opened no session"), "{told}");
}
