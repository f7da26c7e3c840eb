//! STS, IAM Identity Center and sign-in on loopback, and the program in an environment of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{json, Value};

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Request {
    /// A field of a form, without its escapes.
    pub fn field(&self, name: &str) -> Option<String> {
        let fields = self.body.split('&').filter_map(|field| field.split_once('='));
        fields.filter(|(key, _)| *key == name).map(|(_, value)| plain(value)).next()
    }

    /// Who signed it.
    pub fn key(&self) -> &str {
        let scope = self.headers.get("authorization").and_then(|text| text.split("Credential=").nth(1));
        scope.and_then(|scope| scope.split('/').next()).unwrap_or("nobody")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// What it asks for and who asks, in a line.
    fn line(&self) -> String {
        let field = |name: &str| self.field(name).unwrap_or_default();
        let what = match (self.method.as_str(), self.field("Action").as_deref()) {
            (_, Some("GetCallerIdentity")) => "GetCallerIdentity".to_owned(),
            (_, Some(action)) => {
                let all = ["RoleArn", "RoleSessionName", "ExternalId", "DurationSeconds", "WebIdentityToken"].map(field);
                let given = all.into_iter().filter(|text| !text.is_empty());
                format!("{action} {}", given.collect::<Vec<_>>().join(" "))
            }
            ("GET", None) => {
                let token = self.headers.get("x-amz-sso_bearer_token").cloned().unwrap_or_default();
                format!("GET {} with {token}", self.target)
            }
            (method, None) => {
                let proof = if self.headers.contains_key("dpop") { " with a proof" } else { "" };
                let body = self.json();
                format!("{method} {} {} {}{proof}", self.target, body["grantType"], body["refreshToken"])
            }
        };
        format!("{what}, signed by {}", self.key())
    }
}

/// A value of a form without its escapes.
fn plain(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || rest.next().and_then(|digit| (digit as char).to_digit(16)).unwrap_or_default();
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => (digit() * 16 + digit()) as u8,
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An answer: status, kind and body.
type Answer = (u16, &'static str, String);

const XML: &str = "text/xml";
const JSON: &str = "application/json";

/// All three services.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        // The thread ends with the process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &kept);
            }
        });
        Self { url, requests }
    }

    /// What was asked so far, a line each; the next call begins anew.
    pub fn asked(&self) -> Vec<String> {
        let requests = std::mem::take(&mut *self.requests.lock().expect("nobody panics"));
        requests.iter().map(Request::line).collect()
    }
}

fn serve(mut stream: TcpStream, requests: &Mutex<Vec<Request>>) {
    let Some(request) = read(&stream) else { return };
    let mut all = requests.lock().expect("nobody panics");
    let (status, kind, body) = answer(&request, &all);
    all.push(request);
    drop(all);
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // A client that has gone does not want it.
    let _ = stream.write_all((head + &body).as_bytes());
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ').map(str::to_owned);
    let mut request = Request { method: words.next()?, target: words.next()?, ..Request::default() };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        request.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = request.headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}

fn answer(request: &Request, before: &[Request]) -> Answer {
    let role = request.field("RoleArn").unwrap_or_default();
    let name = role.rsplit('/').next().unwrap_or_default().to_owned();
    match (request.field("Action").as_deref(), request.target.split('?').next()) {
        (Some(_), _) if name == "closed" => refused(403, "AccessDenied", "not for you"),
        (Some(_), _) if name == "abroad" => refused(403, "RegionDisabledException", "STS is not activated in this region"),
        (Some("AssumeRoleWithWebIdentity"), _) if before.is_empty() => {
            refused(400, "IDPCommunicationError", "the provider does not answer")
        }
        (Some(action @ ("AssumeRole" | "AssumeRoleWithWebIdentity")), _) => (200, XML, assumed(action, &role, &name)),
        (Some("GetCallerIdentity"), _) => (200, XML, caller(request.key())),
        (Some(_), _) => refused(400, "InvalidAction", "there is no such action"),
        (None, Some("/federation/credentials")) => (200, JSON, federated()),
        (None, Some("/token")) if request.json()["refreshToken"] == "again" => (200, JSON, token()),
        (None, Some("/v1/token")) if request.json()["refreshToken"] == "again" => (200, JSON, session()),
        (None, _) => (400, JSON, json!({ "error": "invalid_grant", "error_description": "who are you?" }).to_string()),
    }
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    let body = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
    );
    (status, XML, body)
}

fn assumed(action: &str, role: &str, name: &str) -> String {
    let account = role.split(':').nth(4).unwrap_or_default();
    format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <{action}Result>\n    \
         <AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId>\
         <Arn>arn:aws:sts::{account}:assumed-role/{name}/x</Arn></AssumedRoleUser>\n    \
         <Credentials><AccessKeyId>ASIA{}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
         <SessionToken>token&amp;more</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\n  \
         </{action}Result>\n  <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>\n</{action}Response>",
        name.to_ascii_uppercase()
    )
}

fn caller(key: &str) -> String {
    format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>arn:aws:sts::444444444444:{key}</Arn><UserId>u</UserId><Account>444444444444</Account>\
         </GetCallerIdentityResult></GetCallerIdentityResponse>"
    )
}

fn federated() -> String {
    json!({ "roleCredentials": {
        "accessKeyId": "ASIASSO", "secretAccessKey": "secret", "sessionToken": "token", "expiration": 4_070_908_800_000_u64,
    } })
    .to_string()
}

fn token() -> String {
    json!({ "accessToken": "fresh", "tokenType": "Bearer", "expiresIn": 3600, "refreshToken": "and again" }).to_string()
}

fn session() -> String {
    json!({
        "accessToken": { "accessKeyId": "ASIALOGIN", "secretAccessKey": "secret", "sessionToken": "token" },
        "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "and again",
    })
    .to_string()
}

/// A home of a person, with nothing in it.
pub struct Home(PathBuf);

impl Home {
    /// The home of a test.
    pub fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("it is ours");
        Self(folder)
    }

    pub fn write(&self, path: &str, text: &str) -> PathBuf {
        let place = self.0.join(path);
        fs::create_dir_all(place.parent().expect("it has one")).expect("it is ours");
        fs::write(&place, text).expect("it is ours");
        place
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("it is there")
    }

    /// Runs the program with these variables alone; gives what it says.
    pub fn run(&self, server: &Server, variables: &[(&str, &str)]) -> Result<String, String> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_identity"));
        program.env_clear().env("HOME", &self.0).env("AWS_ENDPOINT_URL", &server.url).env("AWS_REGION", "eu-central-1");
        program.env("AWS_EC2_METADATA_DISABLED", "true").envs(variables.iter().copied());
        let output = program.output().expect("it can be run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }
}
