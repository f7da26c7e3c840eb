//! What XML and forms have to know of members and structures.

use super::planner::Planner;
use crate::model::{Binding, Member, Shape, ShapeKind};
use crate::options::Emit;
use crate::plan::xml::{Items, Root, Xml};
use crate::plan::{Role, Structure};
use crate::protocol::XmlFacts;

/// Names of what is in lists and maps where no trait gives others.
const ITEM: &str = "member";
const KEY: &str = "key";
const VALUE: &str = "value";

impl Planner<'_> {
    /// What the protocol needs to know about XML, where the crate has it at all.
    fn xml_facts(&self) -> Option<&'static XmlFacts> {
        self.model.service.protocol.xml.as_ref().filter(|_| self.emit == Emit::Client)
    }

    /// Whether members have names of their own in bodies, which are not for people: in the notation of types they are called
    /// as in the model.
    pub(super) fn is_named_as_in_model(&self) -> bool {
        self.model.service.protocol.xml.is_some()
    }

    /// The flags of a member that stands in a body.
    pub(super) fn xml_flags(&self, member: &Member) -> Vec<&'static str> {
        let flags = [(member.xml.attribute, "ATTRIBUTE"), (member.xml.flattened, "FLATTENED")];
        let flags = flags.into_iter().filter(|_| self.xml_facts().is_some());
        flags.filter_map(|(is_set, name)| is_set.then_some(name)).collect()
    }

    /// What is to be known of a member with this binding; `None` where it is nothing.
    pub(super) fn xml_of(&self, member: &Member, binding: &Binding) -> Option<Xml> {
        self.xml_facts()?;
        match binding {
            Binding::Body => self.xml_in_body(member).told(),
            Binding::Payload => self.xml_of_payload(member).told(),
            _ => None,
        }
    }

    fn xml_in_body(&self, member: &Member) -> Xml {
        let named = |member: &Member, usual: &str| member.body_name.clone().unwrap_or_else(|| usual.to_owned());
        let about = |member: &Member| self.xml_in_body(member).told().map(Box::new);
        let mut xml =
            Xml { namespace: member.xml.namespace.clone(), form_name: member.xml.form_name.clone(), ..Xml::default() };
        match &self.shape(&member.target).kind {
            ShapeKind::List { member: item, .. } => {
                let name = named(item, ITEM);
                // Flattened elements are called as the member is.
                if name != ITEM && !member.xml.flattened {
                    xml.items = Items::List(name);
                }
                xml.of = about(item);
            }
            ShapeKind::Map { key, value, .. } => {
                let names = (named(key, KEY), named(value, VALUE));
                if names != (KEY.to_owned(), VALUE.to_owned()) {
                    xml.items = Items::Map(names.0, names.1);
                }
                (xml.of, xml.by) = (about(value), about(key));
            }
            _ => {}
        }
        xml
    }

    /// A payload is a document of its own. Its element declares what a trait of the member, of the shape or of the service
    /// says.
    fn xml_of_payload(&self, member: &Member) -> Xml {
        let target = self.shape(&member.target);
        if !is_document(target) {
            return Xml::default();
        }
        let xml = self.xml_in_body(member);
        let of_shape = || target.xml_namespace.clone().or_else(|| self.model.service.xml_namespace.clone());
        Xml { namespace: xml.namespace.or_else(of_shape), ..xml }
    }

    /// The name of the element of a payload; `None` where the payload is not in the format.
    pub(super) fn xml_payload_name(&self, member: &Member) -> Option<String> {
        self.xml_facts()?;
        let target = Some(self.shape(&member.target)).filter(|target| is_document(target))?;
        let name = member.body_name.as_deref().or(target.xml_name.as_deref());
        Some(name.unwrap_or_else(|| target.id.name()).to_owned())
    }

    /// Makes the only member in the body of an output the document itself.
    pub(super) fn unwrap(&self, output: &mut Structure) {
        let mut in_body = output.fields.iter_mut().filter(|field| field.row.location.is_none());
        if let (Some(field), None, Some(_)) = (in_body.next(), in_body.next(), self.xml_facts()) {
            field.row.flags.push("DOCUMENT");
            output.xml_root = None;
        }
    }

    /// The element of a structure, where it is the document of a message: an input or an output with members in its body.
    pub(super) fn xml_root(&self, shape: Option<&Shape>, role: Role, has_body: bool) -> Option<Root> {
        let shape = shape.filter(|_| has_body && self.xml_facts().is_some_and(|facts| facts.has_roots))?;
        let name = shape.xml_name.clone().unwrap_or_else(|| shape.id.name().to_owned());
        match role {
            Role::Input => {
                let of_service = || self.model.service.xml_namespace.clone();
                Some(Root { name, namespace: shape.xml_namespace.clone().or_else(of_service) })
            }
            // What comes in may declare what it likes.
            Role::Output => Some(Root { name, namespace: None }),
            Role::Data | Role::Exception => None,
        }
    }
}

/// Whether a payload of this shape is in the format, and not text or bytes as they are.
fn is_document(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::List { .. } | ShapeKind::Map { .. })
}
