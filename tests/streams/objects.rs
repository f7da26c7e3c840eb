//! Objects sent to a server of S3 and read back, with what that has cost of processor and memory.
//!
//! The same text is built with the emitted client and with the official one, each under the name `sdk`. It is given the
//! URL of the server, the name of a bucket and the size of the large object in MiB, and prints a line of JSON for each
//! direction.

use std::error::Error;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use std::{env, fs, process};

use sdk::config::{BehaviorVersion, Credentials, Region};
use sdk::presigning::{PresignedRequest, PresigningConfig};
use sdk::primitives::ByteStream;
use sdk::{Client, Config};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const MIB: usize = 1024 * 1024;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [url, bucket, mib] = arguments.as_slice() else { return Err("give a URL, a bucket and a size".into()) };
    let mib: usize = mib.parse()?;
    let client = client(url);
    client.create_bucket().bucket(bucket).send().await?;
    small(&client, bucket).await?;
    signed(&client, bucket).await?;
    let file = Scratch::new(mib)?;
    let idle = process_usage::memory().unwrap_or_default();
    let put = measured(async {
        let body = ByteStream::from_path(&file.0).await?;
        client.put_object().bucket(bucket).key("large").body(body).send().await?;
        Ok(())
    });
    tell("put", put.await?, idle);
    let get = measured(async {
        let mut body = client.get_object().bucket(bucket).key("large").send().await?.body;
        let mut expected = Pattern::default();
        let mut read = 0;
        while let Some(bytes) = body.try_next().await? {
            read += bytes.len();
            if !expected.goes_on(&bytes) {
                return Err("other bytes came back".into());
            }
        }
        if read == mib * MIB { Ok(()) } else { Err(format!("{read} bytes came back").into()) }
    });
    tell("get", get.await?, idle);
    Ok(())
}

fn client(url: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "streams"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url)
        .force_path_style(true);
    Client::from_conf(config.build())
}

/// An object in memory, both ways, with its checksum.
async fn small(client: &Client, bucket: &str) -> Result<()> {
    let text = b"hello world";
    let body = ByteStream::from_static(text);
    client.put_object().bucket(bucket).key("small/a b").body(body).send().await?;
    let object = client.get_object().bucket(bucket).key("small/a b").send().await?;
    if object.body.collect().await?.into_bytes() != text[..] {
        return Err("another text came back".into());
    }
    Ok(())
}

/// Requests that are signed for others, sent by curl where it is there: one that writes, one that reads, and one that comes
/// too late.
async fn signed(client: &Client, bucket: &str) -> Result<()> {
    const TEXT: &str = "written by curl";
    const HOUR: Duration = Duration::from_secs(3600);
    let good = PresigningConfig::expires_in(HOUR)?;
    let late = PresigningConfig::builder().start_time(SystemTime::now() - HOUR).expires_in(HOUR / 2).build()?;
    let put = client.put_object().bucket(bucket).key("signed/a b").presigned(good.clone()).await?;
    let Some((status, _)) = curl(&put, Some(TEXT))? else {
        eprintln!("skipped: there is no curl");
        return Ok(());
    };
    if status != "200" {
        return Err(format!("a signed PUT was answered by {status}").into());
    }
    let get = |config| client.get_object().bucket(bucket).key("signed/a b").presigned(config);
    let read = curl(&get(good).await?, None)?;
    if read != Some(("200".to_owned(), TEXT.to_owned())) {
        return Err(format!("a signed GET was answered by {read:?}").into());
    }
    match curl(&get(late).await?, None)? {
        Some((status, _)) if status == "403" => Ok(()),
        other => Err(format!("a GET that came too late was answered by {other:?}").into()),
    }
}

/// Sends a request by curl: the status and the body of the answer; nothing where there is no curl.
fn curl(request: &PresignedRequest, body: Option<&str>) -> Result<Option<(String, String)>> {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--write-out", "\n%{http_code}", "--request", request.method()]);
    for (name, value) in request.headers() {
        curl.arg("--header").arg(format!("{name}: {value}"));
    }
    if let Some(body) = body {
        curl.args(["--header", "content-type:", "--data-binary", body]);
    }
    let output = match curl.arg(request.uri()).output() {
        Ok(output) => output,
        Err(_) => return Ok(None),
    };
    let said = String::from_utf8(output.stdout)?;
    let (body, status) = said.rsplit_once('\n').ok_or("curl has said nothing")?;
    Ok(Some((status.to_owned(), body.to_owned())))
}

/// The processor time that something takes.
async fn measured(something: impl Future<Output = Result<()>>) -> Result<Duration> {
    let begin = process_usage::processor_time().unwrap_or_default();
    something.await?;
    Ok(process_usage::processor_time().unwrap_or_default().saturating_sub(begin))
}

fn tell(what: &str, time: Duration, idle: u64) {
    let peak = process_usage::peak_memory().unwrap_or_default().saturating_sub(idle);
    println!("{{\"what\": \"{what}\", \"cpu_ms\": {}, \"peak_kib\": {}}}", time.as_millis(), peak / 1024);
}

/// The bytes of the large object.
#[derive(Default)]
struct Pattern(usize);

impl Pattern {
    /// Those that come next.
    fn take(&mut self, count: usize) -> Vec<u8> {
        let bytes = (self.0..self.0 + count).map(|index| (index / 64) as u8).collect();
        self.0 += count;
        bytes
    }

    /// Whether these come next: the first and the last of them, for it is the checksum that looks at all.
    fn goes_on(&mut self, bytes: &[u8]) -> bool {
        let [first, last] = [self.0, self.0 + bytes.len().saturating_sub(1)].map(|index| (index / 64) as u8);
        self.0 += bytes.len();
        bytes.is_empty() || bytes[0] == first && bytes[bytes.len() - 1] == last
    }
}

/// A file that is gone with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new(mib: usize) -> Result<Self> {
        let file = Self(env::temp_dir().join(format!("streams-{}", process::id())));
        write(&file.0, mib)?;
        Ok(file)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn write(path: &Path, mib: usize) -> Result<()> {
    let mut file = BufWriter::new(fs::File::create(path)?);
    let mut pattern = Pattern::default();
    for _ in 0..mib {
        file.write_all(&pattern.take(MIB))?;
    }
    Ok(file.flush()?)
}
