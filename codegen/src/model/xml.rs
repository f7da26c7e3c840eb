//! The traits about XML, and about the forms that are answered in it.

use super::traits::{self, id};
use super::{Namespace, XmlTraits};
use crate::ast;
use crate::ast::node::Findings;
use crate::ast::{Kind, Traits};
use crate::protocol::Protocol;

/// The traits of a member.
pub(super) fn of_member(
    owner: &ast::Shape,
    member: &ast::Member,
    target: &ast::Shape,
    protocol: &Protocol,
    findings: &mut Findings,
) -> XmlTraits {
    if protocol.xml.is_none() {
        return XmlTraits::default();
    }
    let form_name = protocol.forms().and_then(|forms| forms.renamed_by);
    let has = |id: &str, findings: &mut Findings| traits::flag(&member.traits, id, findings);
    XmlTraits {
        attribute: has(id::XML_ATTRIBUTE, findings) && can_be_attribute(owner, member, target, findings),
        flattened: has(id::XML_FLATTENED, findings) && can_be_flattened(owner, member, target, findings),
        namespace: namespace(&member.traits, findings),
        form_name: form_name.and_then(|id| traits::text(&member.traits, id, findings)),
    }
}

/// Whether an attribute can hold a member; reports one that no attribute can.
fn can_be_attribute(owner: &ast::Shape, member: &ast::Member, target: &ast::Shape, findings: &mut Findings) -> bool {
    let is_text = matches!(
        target.kind,
        Kind::String
            | Kind::Enum
            | Kind::IntEnum
            | Kind::Boolean
            | Kind::Byte
            | Kind::Short
            | Kind::Integer
            | Kind::Long
            | Kind::Float
            | Kind::Double
            | Kind::BigInteger
            | Kind::BigDecimal
            | Kind::Timestamp
    );
    let is_possible = is_text && owner.kind == Kind::Structure;
    if let Some(found) = member.traits.get(id::XML_ATTRIBUTE).filter(|_| !is_possible) {
        let (target, owner) = (target.kind.described(), owner.kind.described());
        findings.error(
            &found.at,
            format!(
                "{} is for booleans, numbers, strings and timestamps in structures, not for {target} in {owner}",
                id::XML_ATTRIBUTE
            ),
            "remove the trait",
        );
    }
    is_possible
}

/// Whether a member has anything to flatten; warns of one that has not.
fn can_be_flattened(owner: &ast::Shape, member: &ast::Member, target: &ast::Shape, findings: &mut Findings) -> bool {
    let is_possible = matches!(target.kind, Kind::List | Kind::Set | Kind::Map)
        && matches!(owner.kind, Kind::Structure | Kind::Union);
    if let Some(found) = member.traits.get(id::XML_FLATTENED).filter(|_| !is_possible) {
        let (target, owner) = (target.kind.described(), owner.kind.described());
        findings.warning(
            &found.at,
            format!(
                "{} is for lists and maps in structures and unions, and has no effect on {target} in {owner}",
                id::XML_FLATTENED
            ),
            "remove the trait",
        );
    }
    is_possible
}

/// `smithy.api#xmlName` of a shape, where the protocol has XML.
pub(super) fn name_of_shape(of_shape: &Traits, protocol: &Protocol, findings: &mut Findings) -> Option<String> {
    protocol.xml.as_ref().and_then(|_| name(of_shape, findings))
}

/// `smithy.api#xmlNamespace` of a shape or a service, where the protocol has XML.
pub(super) fn namespace_of_shape(of_shape: &Traits, protocol: &Protocol, findings: &mut Findings) -> Option<Namespace> {
    protocol.xml.as_ref().and_then(|_| namespace(of_shape, findings))
}

/// `smithy.api#xmlName`; reports one that no element can have.
pub(super) fn name(of: &Traits, findings: &mut Findings) -> Option<String> {
    let name = traits::text(of, id::XML_NAME, findings)?;
    let (prefix, local) = name.split_once(':').map_or((None, name.as_str()), |(prefix, local)| (Some(prefix), local));
    if !is_identifier(local) || !prefix.is_none_or(is_identifier) {
        let node = of.get(id::XML_NAME)?.node();
        traits::wrong(&node, id::XML_NAME, "a name of XML, such as \"Item\" or \"xsi:type\"", findings);
    }
    Some(name)
}

/// `smithy.api#xmlNamespace`; reports one without a URI, and a prefix that is no name.
fn namespace(of: &Traits, findings: &mut Findings) -> Option<Namespace> {
    let node = of.get(id::XML_NAMESPACE)?.node();
    let prefix = traits::text_field(&node, "prefix", findings);
    if let Some(field) = node.field("prefix").filter(|_| prefix.as_deref().is_some_and(|prefix| !is_identifier(prefix)))
    {
        traits::wrong(&field, id::XML_NAMESPACE, "a name of XML without a colon as `prefix`", findings);
    }
    let uri = traits::needed_text(&node, id::XML_NAMESPACE, "uri", findings)?;
    Some(Namespace { prefix, uri })
}

/// Whether a text is a name of XML without a prefix, as Smithy has them.
fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
