//! What stands in XML, and in forms, beside the names of members.
//!
//! Namespaces and the elements of documents matter in requests of XML alone: forms have neither, and no client looks at
//! those of responses.

use super::super::outcome::{Direction, Verdict};
use super::super::rules::{self, Rule};
use super::Comparison;
use super::member::Pair;
use super::{Fate, Site};
use smithy_client_codegen::model::{Namespace, Shape, XmlTraits};

use Verdict::{Breaking, Changed, Same};

impl Comparison<'_> {
    /// Compares what the traits of a member say about its element, or about its parameter in forms.
    pub(super) fn member_xml(&mut self, site: &Site, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.xml, &pair.new.xml);
        let mut found: Vec<(Rule, String, Verdict)> = Vec::new();
        if old.attribute != new.attribute {
            let word = if new.attribute { "is an attribute in XML now" } else { "is no attribute in XML any more" };
            found.push((rules::MEMBER_XML_ATTRIBUTE, word.to_owned(), Breaking));
        }
        if old.flattened != new.flattened {
            let word = match new.flattened {
                true => "has no element around its elements any more",
                false => "has an element around its elements now",
            };
            found.push((rules::MEMBER_XML_FLATTENED, word.to_owned(), Breaking));
        }
        if old.namespace != new.namespace {
            let sentence = format!("is {}, it was {}", in_namespace(&new.namespace), in_namespace(&old.namespace));
            found.push((rules::MEMBER_XML_NAMESPACE, sentence, self.namespace_verdict(site.direction())));
        }
        if old.form_name != new.form_name {
            let sentence = format!("is {} in forms, it was {}", form_name(new), form_name(old));
            let verdict = if site.direction().is_sent() { Breaking } else { Same };
            found.push((rules::MEMBER_FORM_NAME, sentence, verdict));
        }
        for (rule, sentence, wire) in found {
            self.push(pair.change(site, rule, sentence).judged(wire, Same, Same).unseen_by_readers());
        }
    }

    /// Compares the element of documents that a shape is alone, and its namespace.
    pub(super) fn shape_xml(&mut self, site: &Site, old: &Shape, new: &Shape) {
        let mut found: Vec<(Rule, String, Verdict)> = Vec::new();
        if old.xml_name != new.xml_name {
            let name = |shape: &Shape| shape.xml_name.clone().unwrap_or_else(|| shape.id.name().to_owned());
            let sentence =
                format!("{} is the element {:?} of a document, it was {:?}", site.whole(), name(new), name(old));
            let verdict = match (self.has_documents(), site.direction().is_sent()) {
                (true, true) => Breaking,
                (true, false) => Changed,
                (false, _) => Same,
            };
            found.push((rules::TYPE_XML_NAME, sentence, verdict));
        }
        if old.xml_namespace != new.xml_namespace {
            let [after, before] = [&new.xml_namespace, &old.xml_namespace].map(in_namespace);
            let sentence = format!("{} is {after}, it was {before}", site.whole());
            found.push((rules::TYPE_XML_NAMESPACE, sentence, self.namespace_verdict(site.direction())));
        }
        for (rule, sentence, wire) in found {
            let change = site.change(rule, Fate::Changed, sentence).judged(wire, Same, Same);
            self.push(change.unseen_by_readers());
        }
    }

    /// Compares the namespace of documents whose shapes have none.
    pub(super) fn service_namespace(&mut self, site: &Site) {
        let [old, new] = [&self.old, &self.new].map(|side| &side.model.service.xml_namespace);
        if old != new {
            let sentence =
                format!("documents of the service are {}, they were {}", in_namespace(new), in_namespace(old));
            let wire = self.namespace_verdict(Direction::Both);
            let change = site.change(rules::SERVICE_XML_NAMESPACE, Fate::Changed, sentence).judged(wire, Same, Same);
            self.push(change.unseen_by_readers());
        }
    }

    fn namespace_verdict(&self, direction: Direction) -> Verdict {
        if self.has_documents() && direction.is_sent() { Breaking } else { Same }
    }

    /// Whether requests are documents of XML.
    fn has_documents(&self) -> bool {
        self.new.model.service.protocol.xml.as_ref().is_some_and(|xml| xml.has_roots)
    }
}

fn in_namespace(namespace: &Option<Namespace>) -> String {
    match namespace {
        Some(Namespace { prefix: Some(prefix), uri }) => format!("in the namespace {uri:?} as {prefix:?}"),
        Some(Namespace { prefix: None, uri }) => format!("in the namespace {uri:?}"),
        None => "in no namespace of its own".to_owned(),
    }
}

fn form_name(traits: &XmlTraits) -> String {
    traits.form_name.as_ref().map_or_else(|| "called as in XML".to_owned(), |name| format!("called {name:?}"))
}
