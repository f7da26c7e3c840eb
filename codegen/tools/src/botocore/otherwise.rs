//! What botocore says otherwise than the models that AWS publishes, to keep programs in Python working that are older
//! than these: a number for what is a text or a text for a number, the error of a body for one that comes without a
//! body.
//!
//! It is put right before anything is converted, so that waiters and pages see the same. Of 63 services that were
//! compared with AWS's clients, these three have such differences.

use serde_json::{Value, json};

use super::Converter;

/// Shapes that are of another type, by service and name: botocore's type, and the model's.
const TYPES: [(&str, &str, &str, &str); 4] = [
    ("Route 53", "MaxResults", "string", "integer"),
    ("Route 53", "PageMaxItems", "string", "integer"),
    ("S3", "NextPartNumberMarker", "integer", "string"),
    ("S3", "PartNumberMarker", "integer", "string"),
];

/// Members that are of another shape wherever they are called so, by service and name: botocore's shape, and the
/// model's.
const MEMBERS: [(&str, &str, &str, &str); 1] = [("CloudFront", "MaxItems", "string", "integer")];

/// Errors of operations whose answers have no body, and with it no code: by service and operation, the one that
/// botocore names and the one that clients know by the status 404.
const BODILESS: [(&str, &str, &str, &str); 2] =
    [("S3", "HeadBucket", "NoSuchBucket", "NotFound"), ("S3", "HeadObject", "NoSuchKey", "NotFound")];

/// The description of a service as its model has it, with the names of what was put right; `None` where nothing was.
pub(super) fn corrected(service: &Value) -> Option<(Value, Vec<String>)> {
    let id = service.pointer("/metadata/serviceId")?.as_str()?;
    let mut description = service.clone();
    let mut told = Vec::new();
    for (_, name, named, known) in TYPES.iter().filter(|(service, ..)| *service == id) {
        if let Some(shape) = description["shapes"].get_mut(name).filter(|shape| shape["type"] == *named) {
            *shape = json!({ "type": known });
            told.push((*name).to_owned());
        }
    }
    for (_, name, named, known) in MEMBERS.iter().filter(|(service, ..)| *service == id) {
        let shapes = description["shapes"].as_object_mut().into_iter().flatten();
        for (structure, shape) in shapes {
            let member = shape.get_mut("members").and_then(|members| members.get_mut(name));
            if let Some(member) = member.filter(|member| member["shape"] == *named) {
                member["shape"] = json!(known);
                told.push(format!("{structure}${name}"));
            }
        }
    }
    for (_, operation, named, known) in BODILESS.iter().filter(|(service, ..)| *service == id) {
        let path = format!("/operations/{operation}/errors");
        let errors = description.pointer_mut(&path).and_then(Value::as_array_mut);
        let Some(error) = errors.into_iter().flatten().find(|error| error["shape"] == *named) else { continue };
        *error = json!({ "shape": known });
        told.push((*operation).to_owned());
        if let Some(shapes) = description["shapes"].as_object_mut() {
            let exception = json!({ "type": "structure", "members": {}, "exception": true });
            shapes.entry(*known).or_insert(exception);
        }
    }
    (!told.is_empty()).then_some((description, told))
}

/// Notes what was put right.
pub(super) fn note(told: Vec<String>, converter: &mut Converter<'_>) {
    for subject in told {
        converter.note("botocore has these otherwise than AWS's own model, which is followed", subject);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::corrected;

    fn description(service: &str) -> Value {
        json!({
            "metadata": { "serviceId": service },
            "operations": {
                "HeadObject": { "errors": [{ "shape": "NoSuchKey" }] },
                "GetObject": { "errors": [{ "shape": "NoSuchKey" }] },
            },
            "shapes": {
                "PartNumberMarker": { "type": "integer" },
                "NoSuchKey": { "type": "structure", "members": {}, "exception": true },
            },
        })
    }

    #[test]
    fn markers_are_texts_and_what_has_no_body_has_an_error_without_one() {
        let (description, told) = corrected(&description("S3")).expect("it is put right");
        assert_eq!(told, ["PartNumberMarker", "HeadObject"]);
        assert_eq!(description["shapes"]["PartNumberMarker"], json!({ "type": "string" }));
        assert_eq!(description["operations"]["HeadObject"]["errors"], json!([{ "shape": "NotFound" }]));
        assert_eq!(description["operations"]["GetObject"]["errors"], json!([{ "shape": "NoSuchKey" }]));
        assert_eq!(description["shapes"]["NotFound"]["exception"], true);
        assert_eq!(corrected(&description), None, "one that is right stays as it is");
    }

    #[test]
    fn other_services_have_what_botocore_says() {
        assert_eq!(corrected(&description("Zoo")), None);
    }
}
