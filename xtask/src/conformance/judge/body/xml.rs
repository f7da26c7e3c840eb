//! XML is compared by what it says: names, attributes and declared namespaces of elements, and their texts. Blanks between
//! elements do not matter, nor does the order in which members of a structure, or entries of a map, stand.

use roxmltree::{Document, Node};

use super::{Difference, bytes};

/// Where a body first differs from the expected one.
pub(super) fn difference(expected: &str, actual: &[u8]) -> Option<Difference> {
    let text = String::from_utf8_lossy(actual);
    let (Ok(expected_tree), Ok(actual_tree)) = (Document::parse(expected.trim()), Document::parse(&text)) else {
        return bytes(expected, actual);
    };
    let (one, other) = (expected_tree.root_element(), actual_tree.root_element());
    first_difference(one, other, &format!("body /{}", called(one)))
}

fn first_difference(expected: Node<'_, '_>, actual: Node<'_, '_>, place: &str) -> Option<Difference> {
    let differ = |one: String, other: String| (one != other).then(|| Difference::new(place, one, other));
    let heads = differ(head(expected), head(actual)).or_else(|| differ(text(expected), text(actual)));
    if heads.is_some() {
        return heads;
    }
    let (ones, others) = (children(expected), children(actual));
    for index in 0..ones.len().max(others.len()) {
        let found = match (ones.get(index), others.get(index)) {
            (Some(one), Some(other)) => first_difference(*one, *other, &format!("{place}/{}", called(*one))),
            (one, other) => {
                let shown =
                    |node: Option<&Node<'_, '_>>| node.map_or_else(|| "nothing".to_owned(), |node| written(*node));
                Some(Difference::new(place, shown(one), shown(other)))
            }
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The elements in an element. Those of one name keep their order, as elements of a list have one, unless they may be entries
/// of a map.
fn children<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut children: Vec<_> = node.children().filter(Node::is_element).collect();
    children.sort_by_cached_key(|child| {
        let may_be_entry = child.children().filter(Node::is_element).count() == 2;
        (called(*child), if may_be_entry { written(*child) } else { String::new() })
    });
    children
}

/// What an element is called, without its namespace.
fn called(node: Node<'_, '_>) -> String {
    node.tag_name().name().to_owned()
}

/// An element without what is in it: name, namespaces and attributes.
fn head(node: Node<'_, '_>) -> String {
    let namespaces = node.namespaces().map(|one| format!(" xmlns:{}={:?}", one.name().unwrap_or_default(), one.uri()));
    let attributes = node.attributes().map(|one| {
        let namespace = one.namespace().map_or_else(String::new, |uri| format!("{{{uri}}}"));
        format!(" {namespace}{}={:?}", one.name(), one.value())
    });
    let mut parts: Vec<String> = namespaces.chain(attributes).collect();
    parts.sort();
    let namespace = node.tag_name().namespace().map_or_else(String::new, |uri| format!("{{{uri}}}"));
    format!("<{namespace}{}{}>", node.tag_name().name(), parts.concat())
}

/// The text of an element; blanks between elements are none.
fn text(node: Node<'_, '_>) -> String {
    let text: String = node.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect();
    let has_elements = node.children().any(|child| child.is_element());
    if has_elements { text.trim().to_owned() } else { text }
}

/// An element as a whole, in one way.
fn written(node: Node<'_, '_>) -> String {
    let inner: String = children(node).into_iter().map(written).collect();
    format!("{}{}{inner}</>", head(node), text(node))
}

#[cfg(test)]
mod tests {
    use super::difference;

    fn told(expected: &str, actual: &str) -> String {
        difference(expected, actual.as_bytes()).map_or_else(String::new, |found| found.to_string())
    }

    #[test]
    fn blanks_and_the_order_of_members_and_entries_do_not_matter() {
        assert_eq!(told("<a>\n  <b>1</b>\n <c/>\n</a>\n", "<a><c></c><b>1</b></a>"), "");
        let entry = |key: &str| format!("<entry><key>{key}</key><value>1</value></entry>");
        let map = |keys: [&str; 2]| format!("<a>{}</a>", keys.map(entry).concat());
        assert_eq!(told(&map(["x", "y"]), &map(["y", "x"])), "");
    }

    #[test]
    fn texts_names_attributes_namespaces_and_the_order_of_lists_do() {
        assert_eq!(told("<a> </a>", "<a/>"), "body /a: expected  , got ");
        assert_eq!(told("<a><b>1</b></a>", "<a><b>2</b></a>"), "body /a/b: expected 1, got 2");
        assert_eq!(told("<a x='1'/>", "<a x='2'/>"), "body /a: expected <a x=\"1\">, got <a x=\"2\">");
        assert_eq!(told("<a xmlns='u'/>", "<a/>"), "body /a: expected <{u}a xmlns:=\"u\">, got <a>");
        assert_eq!(told("<a><m>1</m><m>2</m></a>", "<a><m>2</m><m>1</m></a>"), "body /a/m: expected 1, got 2");
        assert_eq!(told("<a><b/></a>", "<a/>"), "body /a: expected <b></>, got nothing");
        assert_eq!(told("<a/>", "<a>"), "body: expected <a/>, got <a>");
    }
}
