//! Endpoints that the service tells, over sockets, with a clock that stands until it is moved.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_types::retry::RetryConfig;
use program::sdk_config;
use service::Client;
use service::config::timeout::TimeoutConfig;
use service::config::{Builder, IdentityCache, StalledStreamProtectionConfig};
use service::error::ProvideErrorMetadata;

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

/// A clock that whoever sleeps moves, and the test.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Duration>>);

impl Clock {
    fn pass(&self, time: Duration) {
        *self.0.lock().expect("nobody failed") += time;
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, time: Duration) -> Sleep {
        let clock = self.clone();
        Sleep::new(async move {
            clock.pass(time);
            tokio::task::yield_now().await;
        })
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + *self.0.lock().expect("nobody failed")
    }
}

/// A service of several cells, all of which know every one.
#[derive(Clone, Default)]
struct Cells(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    /// Where each listens.
    urls: Vec<String>,
    /// Which of them the service tells, none where it is silent.
    current: Option<usize>,
    /// How often it was asked.
    asked: usize,
    /// The cell of each call of another operation.
    called: Vec<usize>,
}

impl Cells {
    fn start(count: usize) -> Self {
        let cells = Self::default();
        for index in 0..count {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            let url = format!("http://{}", listener.local_addr().expect("it is bound"));
            cells.told().urls.push(url);
            let cell = cells.clone();
            thread::spawn(move || listener.incoming().for_each(|stream| cell.serve(stream.expect("a client"), index)));
        }
        cells.told().current = Some(0);
        cells
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.0.lock().expect("nobody failed")
    }

    /// How often an endpoint was asked for, and the cell of each call.
    fn seen(&self) -> (usize, Vec<usize>) {
        let told = self.told();
        (told.asked, told.called.clone())
    }

    /// Answers one request on a connection.
    fn serve(&self, mut stream: TcpStream, index: usize) {
        let mut lines = Vec::new();
        let mut reader = BufReader::new(&stream);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("text");
            if line.trim_end().is_empty() {
                break;
            }
            lines.push(line.to_ascii_lowercase());
        }
        let length = lines.iter().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        reader.read_exact(&mut vec![0; length.unwrap_or(0)]).expect("the body");
        let (status, body) = self.answer(&lines[0], index);
        let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all((head + &body).as_bytes()).expect("the client listens");
    }

    fn answer(&self, line: &str, index: usize) -> (&'static str, String) {
        let mut told = self.told();
        if line.starts_with("post /endpoints") {
            told.asked += 1;
            return match told.current {
                Some(cell) => {
                    let address = &told.urls[cell];
                    ("200 OK", format!(r#"{{"Endpoints": [{{"Address": "{address}", "CachePeriodInMinutes": 60}}]}}"#))
                }
                None => ("400 Bad Request", r#"{"__type": "Silent"}"#.to_owned()),
            };
        }
        told.called.push(index);
        match told.current {
            Some(current) if current != index => ("421 No", r#"{"__type": "InvalidEndpointException"}"#.to_owned()),
            _ => ("200 OK", r#"{"ships": 3}"#.to_owned()),
        }
    }
}

/// A client of the first cell, which has not asked for an endpoint.
fn client(cells: &Cells, clock: &Clock) -> Client {
    let config = Builder::from(&sdk_config(&cells.told().urls[0]))
        .sleep_impl(clock.clone())
        .time_source(clock.clone())
        .retry_config(RetryConfig::standard())
        .timeout_config(TimeoutConfig::disabled())
        .identity_cache(IdentityCache::no_cache())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    Client::from_conf(config.build())
}

async fn look(client: &Client) {
    assert_eq!(client.look().send().await.expect("the call is answered").ships(), Some(3));
}

#[tokio::test]
async fn an_endpoint_serves_until_shortly_before_it_expires() {
    let (cells, clock) = (Cells::start(2), Clock::default());
    let (client, _) = client(&cells, &clock).with_endpoint_discovery_enabled().await.expect("an endpoint");
    look(&client).await;
    clock.pass(HOUR - 3 * MINUTE);
    look(&client).await;
    assert_eq!(cells.seen(), (1, vec![0, 0]));
    cells.told().current = Some(1);
    clock.pass(MINUTE);
    look(&client).await;
    assert_eq!(cells.seen(), (2, vec![0, 0, 1]));
}

#[tokio::test]
async fn calls_that_find_no_endpoint_ask_once() {
    let (cells, clock) = (Cells::start(1), Clock::default());
    let (client, _) = client(&cells, &clock).with_endpoint_discovery_enabled().await.expect("an endpoint");
    clock.pass(HOUR);
    tokio::join!(look(&client), look(&client), look(&client));
    assert_eq!(cells.told().asked, 2);
}

#[tokio::test]
async fn a_call_is_repeated_where_its_endpoint_has_moved() {
    let (cells, clock) = (Cells::start(2), Clock::default());
    let (client, _) = client(&cells, &clock).with_endpoint_discovery_enabled().await.expect("an endpoint");
    look(&client).await;
    cells.told().current = Some(1);
    look(&client).await;
    look(&client).await;
    assert_eq!(cells.seen(), (2, vec![0, 0, 1, 1]));
}

#[tokio::test]
async fn the_former_endpoint_serves_where_none_is_told() {
    let (cells, clock) = (Cells::start(1), Clock::default());
    let (client, _) = client(&cells, &clock).with_endpoint_discovery_enabled().await.expect("an endpoint");
    cells.told().current = None;
    clock.pass(HOUR);
    look(&client).await;
    look(&client).await;
    assert_eq!(cells.told().asked, 2);
    clock.pass(2 * MINUTE);
    look(&client).await;
    assert_eq!(cells.told().asked, 3);
}

#[tokio::test]
async fn a_client_that_is_told_no_endpoint_is_none() {
    let (cells, clock) = (Cells::start(1), Clock::default());
    cells.told().current = None;
    let error = client(&cells, &clock).with_endpoint_discovery_enabled().await.expect_err("it is silent");
    let error: service::Error = service::Error::from(*error.downcast::<service::error::SdkError<
        service::operation::describe_endpoints::DescribeEndpointsError,
    >>().expect("what the call failed with"));
    assert_eq!(error.code(), Some("Silent"));
}

#[tokio::test]
async fn a_task_asks_beside_the_calls_and_ends_with_the_client() {
    let (cells, clock) = (Cells::start(1), Clock::default());
    let (client, reload) = client(&cells, &clock).with_endpoint_discovery_enabled().await.expect("an endpoint");
    reload.reload_once().await;
    assert_eq!(cells.told().asked, 2);
    let task = tokio::spawn(reload.reload_task());
    while cells.told().asked < 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(client);
    tokio::time::timeout(Duration::from_secs(30), task).await.expect("it ends").expect("without a panic");
    assert!(cells.told().called.is_empty());
}
