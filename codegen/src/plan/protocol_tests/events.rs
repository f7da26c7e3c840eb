//! Cases about streams of events.

use serde_json::{Map, Value};

use super::Client;
use crate::plan::types::{Events as Stream, Named, RustType};
use crate::plan::value::RustValue;
use crate::plan::value::from_json::Misfit;
use crate::plan::{EventStream, Operation, Structure};
use crate::protocol_tests::{Events, Fate};

/// The events that a call sends.
#[derive(Debug)]
pub(crate) struct Sent {
    /// The setter of the input that takes them.
    pub(crate) setter: String,
    pub(crate) events: Vec<Item>,
}

/// An event of a stream, or an error in its place.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) is_error: bool,
    pub(crate) value: RustValue,
}

/// What a call with streams of events has to lead to.
#[derive(Debug)]
pub(crate) struct Streamed {
    /// What is received, where the output has a stream and the case says something of it.
    pub(crate) received: Option<Received>,
    /// The case says what is sent, which is judged by whoever runs the program.
    pub(crate) tells_of_request: bool,
}

/// What is received from a stream.
#[derive(Debug)]
pub(crate) struct Received {
    /// The field of the output that has the stream.
    pub(crate) field: String,
    /// The error enum of the stream.
    pub(crate) error: String,
    pub(crate) events: Vec<RustValue>,
    /// Other members of the output, by names of the model.
    pub(crate) members: Map<String, Value>,
    pub(crate) failure: Failure,
}

/// How the call, or what receives the events, has to fail.
#[derive(Debug)]
pub(crate) enum Failure {
    None,
    Any,
    /// By this variant of the stream's error enum.
    Error(String),
}

/// The stream of events of an input or an output, with the name of its field.
fn stream(end: &Structure) -> Option<(&str, &Stream)> {
    end.fields.iter().find_map(|field| match &field.ty {
        RustType::Events(stream) => Some((field.name.as_str(), &**stream)),
        _ => None,
    })
}

impl Client<'_> {
    /// The events that a call of this operation sends; none at all where the case says none.
    pub(super) fn sent(&self, operation: &Operation, events: Option<&Events>) -> Result<Option<Sent>, Misfit> {
        let Some((field, stream)) = stream(&operation.input) else { return Ok(None) };
        let events = events.into_iter().flat_map(|events| &events.sent);
        let events = events.map(|event| self.item(stream, &event.params)).collect::<Result<_, _>>()?;
        Ok(Some(Sent { setter: field.to_owned(), events }))
    }

    /// What a call of this operation has to lead to.
    pub(super) fn streamed(&self, operation: &Operation, case: &Events) -> Result<Streamed, Fate> {
        let tells_of_request = case.tells_of_request();
        let tells = !case.received.is_empty() || case.response.is_some() || case.failure.is_some();
        let found = stream(&operation.output).filter(|_| tells || !case.output.is_empty());
        let received = found.map(|(field, stream)| self.received(field, stream, case)).transpose()?;
        Ok(Streamed { received, tells_of_request })
    }

    fn received(&self, field: &str, stream: &Stream, case: &Events) -> Result<Received, Fate> {
        let misfit = |misfit| Fate::Broken(format!("its events are not those of the model: {misfit}"));
        let failure = match case.failure.as_ref().map(|failure| failure.error_id.as_deref()) {
            None => Failure::None,
            Some(None) => Failure::Any,
            Some(Some(id)) => {
                let name = id.split_once('#').map_or(id, |(_, name)| name);
                let mut errors = self.errors(stream).into_iter().flat_map(|stream| &stream.errors);
                let error = errors.find(|error| error.shape_name == name);
                let lacking = || Fate::Broken(format!("the stream has no error {name}"));
                Failure::Error(error.ok_or_else(lacking)?.variant.clone())
            }
        };
        // What a case with a failure says of its events is what they would be without it.
        let events = case.received.iter().filter(|_| matches!(failure, Failure::None));
        let events = events.map(|event| Ok(self.item(stream, &event.params).map_err(misfit)?.value));
        Ok(Received {
            field: field.to_owned(),
            error: stream.error.name.clone(),
            events: events.collect::<Result<_, _>>()?,
            members: case.output.clone(),
            failure,
        })
    }

    fn errors(&self, stream: &Stream) -> Option<&EventStream> {
        self.plan.event_streams.iter().find(|known| known.error == stream.error.name)
    }

    /// The event with this member, or the error that the member is.
    fn item(&self, stream: &Stream, members: &Map<String, Value>) -> Result<Item, Misfit> {
        let mut errors = self.errors(stream).into_iter().flat_map(|stream| &stream.errors);
        let is_set = |name: &str| members.get(name).and_then(Value::as_object);
        let found = errors.find_map(|error| {
            let members = is_set(error.own_code.as_ref().unwrap_or(&error.shape_name))?;
            Some((error, self.types.structure(&error.name)?, members))
        });
        let Some((error, exception, members)) = found else {
            let value = self.types.read(&RustType::Union(stream.event.clone()), &Value::Object(members.clone()))?;
            return Ok(Item { is_error: false, value });
        };
        let exception = self.types.built("types::error", exception, members)?;
        let value = RustValue::Union {
            ty: Named { qualified: true, ..stream.error.clone() },
            variant: error.variant.clone(),
            value: Box::new(RustValue::Structure(exception)),
            boxed: false,
        };
        Ok(Item { is_error: true, value })
    }
}
