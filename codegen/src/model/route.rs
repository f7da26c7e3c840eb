//! URI patterns: `/path/{label}/{greedy+}?key=value&key` to segments and literal query parameters.

use super::Segment;
use crate::ast::is_identifier;

/// A pattern taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Segments of the path.
    pub(crate) path: Vec<Segment>,
    /// Literal query parameters.
    pub(crate) query: Vec<(String, Option<String>)>,
}

impl Route {
    /// Names of the labels in order.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.path.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Label(name) | Segment::GreedyLabel(name) => Some(name.as_str()),
        })
    }
}

/// Takes a pattern apart.
///
/// # Errors
///
/// What is wrong with the pattern, as a message.
pub(crate) fn parse(pattern: &str) -> Result<Route, String> {
    if pattern.contains('#') {
        return Err("a route has no fragment (#)".to_owned());
    }
    let (path, query) = match pattern.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (pattern, None),
    };
    let Some(path) = path.strip_prefix('/') else {
        return Err("a route starts with /".to_owned());
    };
    let route = Route { path: segments(path)?, query: query.map_or(Ok(Vec::new()), parameters)? };
    check_labels(&route)?;
    Ok(route)
}

fn segments(path: &str) -> Result<Vec<Segment>, String> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<&str> = path.split('/').collect();
    let last = parts.len() - 1;
    if parts[..last].contains(&"") {
        return Err("a segment of the route is empty (//)".to_owned());
    }
    parts.into_iter().map(segment).collect()
}

fn segment(text: &str) -> Result<Segment, String> {
    let label = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let Some(label) = label else {
        if text.contains(['{', '}']) {
            return Err(format!("the segment {text:?} is neither a literal nor a label alone"));
        }
        check_characters(text, "")?;
        return Ok(Segment::Literal(text.to_owned()));
    };
    let (name, segment): (&str, fn(String) -> Segment) = match label.strip_suffix('+') {
        Some(greedy) => (greedy, Segment::GreedyLabel),
        None => (label, Segment::Label),
    };
    if !is_identifier(name) {
        return Err(format!("{name:?} cannot be the name of a member"));
    }
    Ok(segment(name.to_owned()))
}

/// Whether text may stand in a URI as it is (RFC 3986): letters, digits, some marks and `others`; all else is
/// percent-encoded.
fn check_characters(text: &str, others: &str) -> Result<(), String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(c) || others.contains(c);
    if let Some(wrong) = text.chars().find(|c| !is_allowed(*c)) {
        return Err(format!("{wrong:?} cannot stand in a route; write it percent-encoded"));
    }
    let is_encoded = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    match text.split('%').skip(1).all(is_encoded) {
        true => Ok(()),
        false => Err("a percent sign of the route is not followed by two hexadecimal digits".to_owned()),
    }
}

fn parameters(query: &str) -> Result<Vec<(String, Option<String>)>, String> {
    if query.contains(['{', '}']) {
        return Err("a label cannot stand in the query".to_owned());
    }
    let mut parameters: Vec<(String, Option<String>)> = Vec::new();
    for parameter in query.split('&') {
        let (key, value) = match parameter.split_once('=') {
            Some((key, value)) => (key, Some(value.to_owned())),
            None => (parameter, None),
        };
        if key.is_empty() {
            return Err("a query parameter of the route has no name".to_owned());
        }
        if parameters.iter().any(|(present, _)| present == key) {
            return Err(format!("the query parameter {key:?} stands twice in the route"));
        }
        check_characters(parameter, "/?")?;
        parameters.push((key.to_owned(), value));
    }
    Ok(parameters)
}

/// Labels are different from each other, and a greedy one is the last.
fn check_labels(route: &Route) -> Result<(), String> {
    let labels: Vec<&str> = route.labels().collect();
    for (position, label) in labels.iter().enumerate() {
        if labels[..position].contains(label) {
            return Err(format!("the label {label:?} stands twice in the route"));
        }
    }
    let is_label = |segment: &&Segment| !matches!(segment, Segment::Literal(_));
    let mut before_last = route.path.iter().filter(is_label).rev().skip(1);
    if before_last.any(|segment| matches!(segment, Segment::GreedyLabel(_))) {
        return Err("a greedy label ({name+}) is the last label of a route".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::model::Segment::{GreedyLabel, Label, Literal};

    #[test]
    fn a_slash_alone_has_no_segments() {
        let route = parse("/").expect("the pattern is good");
        assert_eq!((route.path, route.query), (vec![], vec![]));
    }

    #[test]
    fn labels_greedy_labels_and_a_final_slash_are_segments() {
        let route = parse("/a/{b}/{c+}/").expect("the pattern is good");
        let expected = [Literal("a".into()), Label("b".into()), GreedyLabel("c".into()), Literal(String::new())];
        assert_eq!(route.path, expected);
    }

    #[test]
    fn the_query_keeps_what_has_no_value_apart_from_what_is_empty() {
        let route = parse("/a?b&c=&d=e=f").expect("the pattern is good");
        let expected =
            [("b".to_owned(), None), ("c".to_owned(), Some(String::new())), ("d".to_owned(), Some("e=f".to_owned()))];
        assert_eq!(route.query, expected);
    }

    #[test]
    fn bad_patterns_say_why() {
        let reasons = [
            "",
            "a",
            "/a#b",
            "/a//b",
            "/a{b}",
            "/{}",
            "/{a b}",
            "/{a}/{a}",
            "/{a+}/{b}",
            "/?{a}",
            "/?a&a",
            "/?=a",
            "/a b",
            "/é",
            "/a%2",
            "/?a=\"",
        ]
        .map(|pattern| format!("{pattern:12} {}", parse(pattern).expect_err("the pattern is bad")));
        insta::assert_snapshot!(reasons.join("\n"), @r#"
                     a route starts with /
        a            a route starts with /
        /a#b         a route has no fragment (#)
        /a//b        a segment of the route is empty (//)
        /a{b}        the segment "a{b}" is neither a literal nor a label alone
        /{}          "" cannot be the name of a member
        /{a b}       "a b" cannot be the name of a member
        /{a}/{a}     the label "a" stands twice in the route
        /{a+}/{b}    a greedy label ({name+}) is the last label of a route
        /?{a}        a label cannot stand in the query
        /?a&a        the query parameter "a" stands twice in the route
        /?=a         a query parameter of the route has no name
        /a b         ' ' cannot stand in a route; write it percent-encoded
        /é           'é' cannot stand in a route; write it percent-encoded
        /a%2         a percent sign of the route is not followed by two hexadecimal digits
        /?a="        '"' cannot stand in a route; write it percent-encoded
        "#);
    }
}
