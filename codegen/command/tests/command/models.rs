//! Models are pinned, and change when that is asked for.

use std::fs;

use super::{DESCRIPTION, MODEL, Workspace, object};

#[test]
fn a_model_that_is_not_the_locked_one_is_refused() {
    let workspace = Workspace::with_client("fn main() { client.get_city() }");
    workspace.put("clients/models/weather.json", &MODEL.replace("The region.", "Some region."));
    for arguments in [["sync"].as_slice(), &["sync", "--check"]] {
        let run = workspace.run(arguments);
        assert_eq!(run.code, 1, "{}", run.out);
        assert!(run.err.contains("its digest differs"), "{}", run.err);
        assert!(run.err.contains("cargo smithy-client update weather"), "{}", run.err);
    }
    workspace.passes(&["update", "weather"]);
    assert_eq!(workspace.read("clients/models/weather.json"), MODEL);
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn without_its_file_the_locked_model_comes_from_its_source_or_not_at_all() {
    let workspace = Workspace::with_client("fn main() { client.get_city() }");
    let before = workspace.tree();
    fs::remove_file(workspace.path("clients/models/weather.json")).expect("it was kept");
    workspace.passes(&["sync"]);
    assert_eq!(workspace.tree(), before);

    fs::remove_file(workspace.path("clients/models/weather.json")).expect("it was kept");
    workspace.put("weather.json", &MODEL.replace("The region.", "Some region."));
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("weather.json has another model of weather now"), "{}", run.err);
    workspace.passes(&["update"]);
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn the_source_of_a_model_is_needed_no_more() {
    let workspace = Workspace::with_client("fn main() { client.get_city() }");
    fs::remove_file(workspace.path("weather.json")).expect("it was put there");
    workspace.passes(&["sync", "--check"]);
    workspace.put("src/main.rs", "fn main() { client.list_cities() }");
    workspace.passes(&["sync"]);
    let run = workspace.run(&["update"]);
    assert_eq!(run.code, 1, "{}", run.out);
}

#[test]
fn what_upstream_changed_is_told_for_what_is_in_use() {
    let workspace = Workspace::with_client("fn main() { client.get_city() }");
    assert_eq!(workspace.passes(&["outdated"]).out, "weather: current\n");

    // A member of the operation that nobody calls.
    workspace.put("weather.json", &MODEL.replace("\"names\": {", "\"places\": {"));
    let run = workspace.passes(&["outdated", "--fail-on", "breaking"]);
    assert!(run.out.contains("nothing that is in use changes"), "{}", run.out);

    workspace.put("weather.json", &MODEL.replace("\"celsius\": {", "\"kelvin\": {"));
    let run = workspace.run(&["outdated", "--fail-on", "breaking"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("celsius"), "{}", run.out);
    let told = object(&workspace.passes(&["outdated", "--format", "json"]));
    assert_eq!(told["clients"][0]["breaking"], true);
}

#[test]
fn botocore_s_description_is_kept_as_smithy_s() {
    let workspace = Workspace::package("fn main() { client.get_city() }");
    workspace.put("data/weather/2020-01-01/service-2.json", DESCRIPTION);
    workspace.passes(&["add", "weather", "--model", "data"]);
    let kept = workspace.read("clients/models/weather.json");
    assert!(kept.starts_with("{\n\"smithy\":") && kept.lines().count() > 5, "{kept}");
    workspace.passes(&["sync", "--check"]);
    assert_eq!(workspace.passes(&["outdated"]).out, "weather: current\n");
    workspace.passes(&["remove", "weather"]);
    assert!(!workspace.path("clients").exists());
}

#[test]
fn a_newer_converter_is_taken_by_update() {
    let workspace = Workspace::package("fn main() { client.get_city() }");
    workspace.put("data/weather/2020-01-01/service-2.json", DESCRIPTION);
    workspace.passes(&["add", "weather", "--model", "data"]);
    let after = workspace.tree();
    // As an older version of this command would have left it.
    let kept = workspace.read("clients/models/weather.json");
    let older = kept.replace("\"smithy\":\"2.0\"", "\"smithy\": \"2.0\"");
    assert_ne!(older, kept);
    let digest = |text: &str| cargo_smithy_client::digest::sha256(text.as_bytes());
    let lock = workspace.read("smithy-client.lock").replace(&digest(&kept), &digest(&older));
    workspace.put("clients/models/weather.json", &older);
    workspace.put("smithy-client.lock", &lock);
    workspace.passes(&["sync"]);
    assert_eq!(workspace.read("clients/models/weather.json"), older);
    assert!(workspace.passes(&["outdated"]).out.contains("another model, and nothing that is in use changes\n"));
    workspace.passes(&["update"]);
    assert_eq!(workspace.tree(), after);
}

#[test]
fn another_element_of_a_service_of_xml_breaks_what_is_in_use_and_update_takes_it() {
    let xml = MODEL.replace("aws.protocols#restJson1", "aws.protocols#restXml");
    let workspace = Workspace::package("fn main() { client.get_city() }");
    workspace.put("weather.json", &xml);
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    assert!(workspace.read("clients/weather/Cargo.toml").contains("features = [\"rest-xml\"]"));

    let member = "\"celsius\": { \"target\": \"smithy.api#Double\" }";
    assert!(xml.contains(member), "the model has another member now");
    let renamed = member.replace(" }", ", \"traits\": { \"smithy.api#xmlName\": \"Degrees\" } }");
    workspace.put("weather.json", &xml.replace(member, &renamed));
    let run = workspace.run(&["outdated", "--fail-on", "breaking"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("Degrees"), "{}", run.out);
    workspace.passes(&["update", "weather"]);
    let operation = workspace.read("clients/weather/src/operation/get_city.rs");
    assert!(operation.contains("\"Degrees\" = \"celsius\""), "{operation}");
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn what_is_odd_about_operations_is_told_to_those_who_call_them() {
    let odd = DESCRIPTION.replace("\"http\": {", "\"cloudy\": true, \"http\": {");
    let odd = odd.replace("\"GetCityResponse\": {", "\"GetCityResponse\": { \"foggy\": true,");
    let pages = r#"{"pagination": {"GetCity": {"input_token": "a || b", "output_token": "c"}}}"#;
    let acceptor = |matcher: &str| format!(r#"{{"matcher": {matcher}, "state": "success"}}"#);
    let acceptors = [r#""status", "expected": 301"#, r#""error", "expected": "Bad""#].map(acceptor).join(", ");
    let waiter = format!(r#"{{"operation": "GetCity", "acceptors": [{acceptors}]}}"#);
    let added = |program: &str| {
        let workspace = Workspace::package(program);
        workspace.put("data/weather/2020-01-01/service-2.json", &odd);
        workspace.put("data/weather/2020-01-01/paginators-1.json", pages);
        workspace.put("data/weather/2020-01-01/waiters-2.json", &format!("{{\"waiters\": {{\"CityIs\": {waiter}}}}}"));
        workspace.passes(&["add", "weather", "--model", "data"]).err
    };
    assert_eq!(added("fn main() {}"), "");
    let told = added("fn main() { client.get_city() }");
    for (place, message) in [
        ("operations/GetCity/cloudy", "`cloudy` is not understood here and was left out"),
        ("shapes/GetCityResponse/foggy", "`foggy` is not understood here and was left out"),
        ("pagination/GetCity/input_token", "Smithy's pagination has no words for this `input_token`"),
        ("waiters/CityIs/acceptors/0", "no error of the operation has the status 301"),
    ] {
        assert!(
            told.contains(&format!("warning: weather: {message}")) && told.contains(&format!("(/{place})")),
            "{told}"
        );
    }
    assert!(told.contains("hint: the client comes without it; where it is missed, take a Smithy model"), "{told}");
}
