//! From a request to the operation that it is for, and to its input.

use serde_json::{Map, Value};

use super::failure::{Failure, Kind};
use crate::model::{Binding, Model, Operation};
use crate::request::{Request, percent_decode};

/// The labels of a path: names of members, and their values.
pub(super) type Labels = Vec<(String, String)>;

/// The operations of a model by method and path.
#[derive(Debug)]
pub(super) struct Routes {
    operations: Vec<Operation>,
}

impl Routes {
    /// Those of a model.
    pub(super) fn of(model: &Model) -> Self {
        Self { operations: model.operations() }
    }

    /// The operation that a request is for, and the labels of its path.
    ///
    /// # Errors
    /// No operation has this method and path.
    pub(super) fn find(&self, request: &Request) -> Result<(&Operation, Labels), Failure> {
        let with_method = self.operations.iter().filter(|operation| operation.method == request.method);
        let mut found = with_method.filter_map(|operation| Some((operation, labels(&operation.uri, &request.path)?)));
        found.next().ok_or_else(|| {
            let Request { method, path, .. } = request;
            Failure::new(Kind::UnknownOperation, format!("no operation of the service is called by {method} {path}"))
        })
    }
}

/// The labels of a path that a pattern has; `None` where the path is not of that pattern.
fn labels(pattern: &str, path: &str) -> Option<Labels> {
    let (wanted, found): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    if wanted.len() != found.len() {
        return None;
    }
    let mut labels = Vec::new();
    for (wanted, found) in wanted.into_iter().zip(found) {
        match wanted.strip_prefix('{').and_then(|wanted| wanted.strip_suffix('}')) {
            Some(name) => labels.push((name.to_owned(), percent_decode(found))),
            None if wanted == found => {}
            None => return None,
        }
    }
    Some(labels)
}

/// All members of the input of a request, by their names in the model: those of the body, of the path and of the query.
///
/// # Errors
/// The body is no JSON object.
pub(super) fn input(model: &Model, operation: &Operation, labels: Labels, request: &Request) -> Result<Value, Failure> {
    let mut input = match request.body.iter().all(u8::is_ascii_whitespace) {
        true => Map::new(),
        false => match request.json() {
            Ok(Value::Object(members)) => members,
            Ok(_) => return Err(Failure::validation("the body is not an object")),
            Err(error) => return Err(Failure::validation(format!("the body is no JSON: {error}"))),
        },
    };
    input.extend(labels.into_iter().map(|(name, value)| (name, Value::String(value))));
    let query = request.query_pairs();
    for member in model.members(&operation.input) {
        let Binding::Query(name) = member.binding() else { continue };
        let mut values = query.iter().filter(|(found, _)| found == name).map(|(_, value)| Value::String(value.clone()));
        let value = match model.type_of(member.target) {
            "list" => Some(values.collect::<Vec<_>>()).filter(|values| !values.is_empty()).map(Value::Array),
            _ => values.next(),
        };
        input.extend(value.map(|value| (member.name.to_owned(), value)));
    }
    Ok(Value::Object(input))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(head: &str, body: &str) -> Request {
        let mut request = Request::parse_head(head).expect("the head is well formed");
        request.body = body.as_bytes().to_vec();
        request
    }

    #[test]
    fn members_of_path_query_and_body_come_together() {
        let model = Model::load();
        let routes = Routes::of(&model);
        let request = request("DELETE /tags/arn%3Aaws%3Aivs%2Fx?tagKeys=a&tagKeys=b%20c HTTP/1.1", "");
        let (operation, labels) = routes.find(&request).expect("the route is there");
        assert_eq!(operation.name, "UntagResource");
        let input = input(&model, operation, labels, &request).expect("there is no body");
        assert_eq!(input, serde_json::json!({"resourceArn": "arn:aws:ivs/x", "tagKeys": ["a", "b c"]}));
    }

    #[test]
    fn what_is_no_route_says_so() {
        let failure = Routes::of(&Model::load()).find(&request("PUT /CreateStage HTTP/1.1", "")).expect_err("a PUT");
        assert_eq!(failure.message, "no operation of the service is called by PUT /CreateStage");
    }
}
