//! Models from URLs: a server on this machine, spoken to by curl.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use super::botocore::{rules, service};
use super::{MODEL, Repository, refused};

/// A server of these files, on a port of its own; it ends with the process.
fn serve(files: BTreeMap<&'static str, String>) -> Option<String> {
    if Command::new("curl").arg("--version").output().is_err() {
        println!("skipped: curl not found");
        return None;
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let path = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)).unwrap_or_default();
            let _ = lines.take_while(|line| !line.is_empty()).count();
            let head = match files.get(path.as_str()) {
                Some(elsewhere) if path == "/moved" => format!("302 Found\r\nLocation: {elsewhere}"),
                Some(_) => "200 OK".to_owned(),
                None => "404 Not Found".to_owned(),
            };
            let body = files.get(path.as_str()).map_or("", String::as_str);
            let length = body.len();
            let answer = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    Some(format!("http://{address}"))
}

#[test]
fn a_model_and_a_description_with_the_files_beside_it_are_fetched() {
    let files = BTreeMap::from([
        ("/weather.json?raw=1", MODEL.to_owned()),
        ("/d/service-2.json", service("Weather", "first")),
        ("/d/endpoint-rule-set-1.json", rules()),
    ]);
    let Some(server) = serve(files) else { return };
    let repository = Repository::new();
    let run = repository.update(&[&format!("{server}/weather.json?raw=1")]);
    assert!(run.out.contains("no changes: "), "{}{}", run.out, run.err);
    let empty = Repository::empty();
    let run = empty.update(&[&format!("{server}/d/service-2.json")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(empty.read("model/weather.json").contains("https://weather.{Region}.example.com"));
}

#[test]
fn what_is_not_there_or_leads_to_plain_http_changes_nothing() {
    let elsewhere = BTreeMap::from([("/moved", "http://127.0.0.1:9/model.json".to_owned())]);
    let Some(server) = serve(elsewhere) else { return };
    let repository = Repository::new();
    refused(&repository, &[&format!("{server}/none.json")], 2, "there is nothing (404)");
    refused(&repository, &[&format!("{server}/moved")], 2, "cannot fetch ");
    refused(&repository, &["http://example.com/model.json"], 2, "give it with https");
    refused(&repository, &["file:///etc/hostname"], 2, "file is not https");
}
