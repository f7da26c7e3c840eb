//! Streams of events: where members of events travel, and the errors of streams.

use std::collections::BTreeSet;

use super::planner::Planner;
use crate::model::{Binding, EventBinding, Member, Shape, ShapeId, ShapeKind};
use crate::plan::types::{Direction, Events, Named, RustType};
use crate::plan::{ErrorVariant, EventStream, Role, names};

impl<'m> Planner<'m> {
    /// The structures that are events of some stream.
    pub(super) fn events(&self) -> BTreeSet<&'m ShapeId> {
        let events = self.event_unions().flat_map(|union| self.members(union)).map(|member| &member.target);
        events.filter(|id| !self.is_error(id)).collect()
    }

    /// The unions whose values are the events of a stream.
    fn event_unions(&self) -> impl Iterator<Item = &'m ShapeId> {
        self.data.iter().copied().filter(|id| self.is_event_stream(id))
    }

    /// Whether a shape is a stream of events.
    pub(super) fn is_event_stream(&self, id: &ShapeId) -> bool {
        let shape = self.shape(id);
        shape.streaming && matches!(shape.kind, ShapeKind::Union(_))
    }

    /// Whether a shape is an error.
    pub(super) fn is_error(&self, id: &ShapeId) -> bool {
        matches!(&self.shape(id).kind, ShapeKind::Structure(structure) if structure.error.is_some())
    }

    /// Whether a structure is what an operation returns before a stream of events. What it lacks is not made up for, as the
    /// stream has begun otherwise than the model says.
    pub(super) fn begins_events(&self, structure: Option<&Shape>, role: Role) -> bool {
        let members = structure.filter(|_| role == Role::Output).map(|shape| self.members(&shape.id));
        members.into_iter().flatten().any(|member| self.is_event_stream(&member.target))
    }

    /// The type of a member that is a stream of events; `None` for any other.
    pub(super) fn events_type(&self, member: &Member, role: Role) -> Option<RustType> {
        let event = self.is_event_stream(&member.target).then(|| self.named(self.shape(&member.target)))?;
        let error = Named { name: names::stream_error(&event.name), module: "types::error", qualified: true };
        let direction = if role == Role::Input { Direction::Sent } else { Direction::Received };
        Some(RustType::Events(Box::new(Events { direction, event, error })))
    }

    /// Where a member of an event travels, as members of messages do; `None` for a member of anything else, and for a part
    /// of the payload.
    pub(super) fn binding_in_event(&self, container: Option<&Shape>, member: &Member, role: Role) -> Option<Binding> {
        if role != Role::Data || !self.events.contains(&container?.id) {
            return None;
        }
        Some(match member.event_binding? {
            EventBinding::Header => Binding::Header(member.name.clone()),
            EventBinding::Payload => Binding::Payload,
        })
    }

    /// The names of the error enums of streams, each with the union of the stream.
    pub(super) fn stream_error_names(&self) -> Vec<(String, &'m ShapeId)> {
        self.event_unions().map(|id| (names::stream_error(&names::type_name(id.name())), id)).collect()
    }

    /// The streams of events.
    pub(super) fn event_streams(&self) -> Vec<EventStream> {
        self.event_unions().map(|id| self.event_stream(id)).collect()
    }

    fn event_stream(&self, id: &'m ShapeId) -> EventStream {
        let event = self.named(self.shape(id));
        let members = self.members(id).iter().filter(|member| self.is_error(&member.target));
        EventStream {
            error: names::stream_error(&event.name),
            errors: members.map(|member| self.error_of_stream(member)).collect(),
            shape_id: id.as_str().to_owned(),
            is_secret: self.secret.contains(id),
            event,
        }
    }

    /// The error that a member of a stream stands for: messages call it as the member is called.
    fn error_of_stream(&self, member: &Member) -> ErrorVariant {
        let own_code = Some(member.name.clone()).filter(|name| name != member.target.name());
        ErrorVariant { own_code, ..self.error_variant(&member.target) }
    }
}
