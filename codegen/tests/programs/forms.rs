//! Calls of a service of awsQuery by name and in JSON: forms go over the socket, XML comes back, and the caller sees neither.

use program::{sdk_config, serve};
use service::Client;
use service::operation::find_zone::{FindZoneError, FindZoneInput};
use service::types::Zone;

#[tokio::test]
async fn a_call_by_name_sends_a_form_and_answers_in_json() {
    let zone = "<zone><zoneId>z</zoneId><size>2</size><open>true</open><words><Item>a</Item></words></zone>";
    let answer = format!("<FindZoneResponse><FindZoneResult>{zone}</FindZoneResult></FindZoneResponse>");
    let (url, request) = serve("200 OK", &["content-type: text/xml"], &answer);
    let input = r#"{"zone":{"id":"a b","open":true,"words":["c"]},"at":"1970-01-01T00:00:01Z"}"#;
    let said = Client::new(&sdk_config(&url)).call_json("FindZone", input).await;
    let request = request.join().expect("it was read");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    let zone = "zone.zoneId=a%20b&zone.size=0&zone.open=true&zone.words.Item.1=c";
    assert_eq!(request.body, format!("Action=FindZone&Version=2020-01-01&{zone}&at=1970-01-01T00%3A00%3A01Z"));
    let said = said.expect("it is read");
    assert_eq!(said, r#"{"zone":{"id":"z","size":2,"open":true,"words":["a"]}}"#);
}

#[tokio::test]
async fn an_input_out_of_json_is_sent_and_an_exception_goes_by_its_code() {
    let answer = "<ErrorResponse><Error><Code>Gone</Code><Message>long ago</Message></Error></ErrorResponse>";
    let (url, request) = serve("404 Not Found", &[], answer);
    let input: FindZoneInput = serde_json::from_str(r#"{"zone":{"id":"z","open":false,"words":[]}}"#).expect("an input");
    let error = Client::new(&sdk_config(&url)).find_zone().with_input(input).send().await.expect_err("it is gone");
    assert!(request.join().expect("it was read").body.contains("&zone.zoneId=z&"));
    let FindZoneError::ZoneGone(gone) = error.into_service_error() else { panic!("it is no ZoneGone") };
    assert_eq!(gone.message(), Some("long ago"));
    assert_eq!(format!("{:?}", gone.retryable_error_kind()), "ClientError");
}

#[tokio::test]
async fn a_member_that_does_not_exist_is_told_before_anything_is_sent() {
    let client = Client::new(&sdk_config("http://127.0.0.1:9"));
    let error = client.call_json("FindZone", r#"{"zone":{"zoneId":"z"}}"#).await.expect_err("it is `id` in JSON");
    assert!(error.to_string().contains("zoneId"), "{error}");
}

#[test]
fn types_have_the_names_of_the_model_in_json() {
    let json = r#"{"id":"z","size":1,"open":true,"words":["a"]}"#;
    let zone: Zone = serde_json::from_str(json).expect("a zone");
    assert_eq!((zone.id(), zone.words()), ("z", &["a".to_owned()][..]));
    assert_eq!(serde_json::to_string(&zone).expect("it is written"), json);
}
