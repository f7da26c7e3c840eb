//! Every form that botocore comes in: directories, single files, wheels and other archives.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::{MODEL, Repository, refused};

/// The weather service in botocore's words; `member` is one that callers of `GetCity` receive.
pub(super) fn service(sdk_id: &str, member: &str) -> String {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "weather", "protocol": "rest-json", "serviceId": sdk_id,
            "serviceFullName": "Weather", "signatureVersion": "v4", "signingName": "weather",
        },
        "operations": { "GetCity": {
            "name": "GetCity", "http": { "method": "POST", "requestUri": "/GetCity" },
            "input": { "shape": "GetCityRequest" }, "output": { "shape": "GetCityResponse" },
            "documentation": "<p>Upstream's sentence.</p>",
        } },
        "shapes": {
            "GetCityRequest": { "type": "structure", "members": { "name": { "shape": "Name" } } },
            "GetCityResponse": { "type": "structure", "members": { member: { "shape": "Name" } } },
            "Name": { "type": "string" },
        },
    })
    .to_string()
}

/// The endpoint rules of the weather service.
pub(super) fn rules() -> String {
    let model: Value = serde_json::from_str(MODEL).expect("the model is JSON");
    model["shapes"]["com.example.weather#Weather"]["traits"]["smithy.rules#endpointRuleSet"].to_string()
}

pub(super) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory is writable");
    encoder.finish().expect("memory is writable")
}

/// Files of an archive: two services, one of them in two versions, the newest with `member`.
fn files(member: &str) -> Vec<(String, Vec<u8>)> {
    let data = "botocore/data";
    let file = |path: &str, text: String| (format!("{data}/{path}"), text.into_bytes());
    vec![
        file("climate/2020-01-01/service-2.json", service("Climate", "other")),
        file("weather/2020-01-01/service-2.json", service("Weather", "old")),
        file("weather/2024-01-01/service-2.json", service("Weather", member)),
        file("weather/2024-01-01/endpoint-rule-set-1.json", rules()),
        ("botocore/__init__.py".to_owned(), b"pass".to_vec()),
        (format!("{data}/endpoints.json"), b"{}".to_vec()),
    ]
}

/// A zip as wheels are: compressed files within a compressed archive.
fn wheel(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let (name, bytes) = match name.ends_with("-2.json") || name.ends_with("-1.json") {
            true => (format!("{name}.gz"), gzipped(bytes)),
            false => (name.clone(), bytes.clone()),
        };
        zip.start_file(name, SimpleFileOptions::default()).expect("memory is writable");
        zip.write_all(&bytes).expect("memory is writable");
    }
    zip.finish().expect("memory is writable").into_inner()
}

fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, bytes.as_slice()).expect("memory is writable");
    }
    builder.into_inner().expect("memory is writable")
}

/// A repository with the weather service of botocore, current.
fn repository() -> Repository {
    let repository = Repository::empty();
    repository.put("up/service-2.json", service("Weather", "first").as_bytes());
    repository.put("up/endpoint-rule-set-1.json", rules().as_bytes());
    let run = repository.update(&["up", "--no-release"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!repository.read("model/weather.json").contains("sentence"));
    repository
}

/// Whether the repository follows the source: nothing to do for one, a new member for the other.
fn follows(repository: &Repository, same: &str, other: &str) {
    let run = repository.update(&[same]);
    assert!(run.code == 0 && run.out.contains("no changes: "), "{same}: {}{}", run.out, run.err);
    let run = repository.update(&[other, "--dry-run"]);
    assert!(run.out.contains("1 new member, 1 removed member"), "{other}: {}{}", run.out, run.err);
}

#[test]
fn a_directory_a_file_and_a_file_of_another_name() {
    let repository = repository();
    repository.put("up-b/2020-01-01/service-2.json", service("Weather", "old").as_bytes());
    repository.put("up-b/2024-01-01/service-2.json", service("Weather", "second").as_bytes());
    follows(&repository, "up", "up-b");
    follows(&repository, "up/service-2.json", "up-b/2024-01-01");
    repository.put("up-c.json", service("Weather", "first").as_bytes());
    repository.put("up-d.json", &gzipped(service("Weather", "second").as_bytes()));
    follows(&repository, "up-c.json", "up-d.json");
}

#[test]
fn archives_are_known_by_their_content_and_the_service_is_found_in_them() {
    let repository = repository();
    let (same, other) = (files("first"), files("second"));
    for (name, pack) in [
        ("wheel", wheel as fn(&[(String, Vec<u8>)]) -> Vec<u8>),
        ("tar", tar),
        ("tar.gz", |files| gzipped(&tar(files))),
    ] {
        let (first, second) = (format!("up-{name}-a"), format!("up-{name}-b"));
        repository.put(&first, &pack(&same));
        repository.put(&second, &pack(&other));
        follows(&repository, &first, &second);
    }
}

#[test]
fn a_service_of_many_is_named_where_nothing_else_tells() {
    let repository = Repository::empty();
    repository.put("up.whl", &wheel(&files("first")));
    refused(&repository, &["up.whl"], 2, "holds several services; say which with --service: climate, weather");
    refused(&repository, &["up.whl", "--service", "snow"], 2, "does not hold snow; it has Climate, Weather");
    let run = repository.update(&["up.whl", "--service", "WEATHER"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(repository.read("model/weather.json").contains("\"first\""));
}

#[test]
fn archives_that_are_damaged_change_nothing() {
    let repository = repository();
    let whole = wheel(&files("second"));
    repository.put("up-cut.whl", &whole[..whole.len() / 2]);
    refused(&repository, &["up-cut.whl"], 2, "was it cut off?");
    let whole = gzipped(&tar(&files("second")));
    repository.put("up-cut.tgz", &whole[..whole.len() / 2]);
    refused(&repository, &["up-cut.tgz"], 2, "it is damaged");
    repository.put("up-none.zip", &wheel(&[("readme.txt".to_owned(), b"nothing".to_vec())]));
    refused(&repository, &["up-none.zip"], 2, "holds no model");
}

#[test]
fn a_service_in_two_directories_needs_a_choice() {
    let repository = Repository::new();
    let mut files = files("kelvin");
    let copy = "vendored/data/weather/2030-01-01/service-2.json".to_owned();
    files.push((copy, service("Weather", "rankine").into_bytes()));
    repository.put("botocore.whl", &wheel(&files));
    refused(
        &repository,
        &["botocore.whl"],
        2,
        "holds the service in several directories; name one of them as the service: botocore/data/weather, vendored/data/weather",
    );
    for (place, member) in [("vendored/data/weather", "rankine"), ("botocore/data/weather/", "kelvin")] {
        let run = repository.update(&["botocore.whl", "--service", place, "--dry-run"]);
        assert!(run.code == 0 && run.out.contains(member), "{place}: {}{}", run.out, run.err);
    }
}

#[test]
fn a_directory_tells_services_apart_that_share_an_id_or_a_prefix() {
    let file = |directory: &str, sdk_id: &str, member: &str| {
        (format!("botocore/data/{directory}/2030-01-01/service-2.json"), service(sdk_id, member).into_bytes())
    };
    // Each has the endpoint prefix `weather`.
    let files = [
        file("rain-voice", "Rain Voice", "first"),
        file("rain", "Rain Voice", "second"),
        file("weather", "Climate", "third"),
    ];
    for (name, file, member) in [
        ("rain-voice", "rain-voice", "first"),
        ("RainVoice", "rain-voice", "first"),
        ("rain", "rain-voice", "second"),
        ("weather", "climate", "third"),
    ] {
        let repository = Repository::empty();
        repository.put("up.whl", &wheel(&files));
        let run = repository.update(&["up.whl", "--service", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let model = repository.read(&format!("model/{file}.json"));
        assert!(model.contains(&format!("\"{member}\"")), "{name}: {model}");
    }
}
