//! The decision diagram of `smithy.rules#endpointBdd`.
//!
//! Conditions and results stand in arrays. Nodes are triples of 32-bit integers in base64: a condition, where to go when
//! it holds, where to go when it does not. A reference of 1 or -1 means that nothing fits, 2 and more a node, 100,000,001
//! and more a result; a negative reference to a node goes there with its two ways exchanged. The first node is a sign
//! that nobody refers to, and 100,000,000 is a result that is not in the array: nothing fits. So says Smithy's rules engine
//! specification.
//!
//! In what is read from it no reference is negative: a node that is reached both ways is there twice.

use std::collections::BTreeMap;

use serde_json::Value;

use super::expression::{Conclusion, Condition};
use super::form::{Parsed, array, fail, object, text_at};
use super::read;

/// References from here on are to results: this one to the result that nothing fits, the next to the first of the array.
const NO_MATCH_RESULT: i32 = 100_000_000;

/// Bytes of a node.
const NODE: usize = 12;

/// A decision diagram, without a circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// Conditions, by number.
    pub conditions: Vec<Condition>,
    /// What there is to decide between, by number.
    pub results: Vec<Conclusion>,
    /// The nodes that can be reached, each before those that it leads to.
    pub nodes: Vec<Node>,
    /// Where to begin.
    pub root: Target,
}

/// A fork of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The condition that decides, a position in [`Diagram::conditions`].
    pub condition: usize,
    /// Where to go when it holds.
    pub holds: Target,
    /// Where to go when it does not.
    pub fails: Target,
}

/// Where a way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nothing fits.
    NoMatch,
    /// A position in [`Diagram::nodes`].
    Node(usize),
    /// A position in [`Diagram::results`].
    Result(usize),
}

/// Reads the trait.
///
/// # Errors
/// When it is not of the form that the rules engine specification gives, or has a circle.
pub(super) fn read(bdd: &Value) -> Parsed<Diagram> {
    let conditions = read::conditions(bdd.get("conditions"), "/conditions")?;
    let results = array(bdd.get("results"), "/results")?.iter().enumerate();
    let results = results.map(|(index, result)| self::result(result, &format!("/results/{index}")));
    let results = results.collect::<Parsed<Vec<_>>>()?;
    let raw = raw_nodes(bdd)?;
    let root = bdd.get("root").and_then(Value::as_i64).and_then(|root| i32::try_from(root).ok());
    let Some(root) = root.filter(|root| *root > 0) else {
        return fail("/root", "the root is a reference, a number above 0");
    };
    let walk = Walk { raw: &raw, conditions: conditions.len(), results: results.len() };
    let (nodes, root) = walk.from(root)?;
    Ok(Diagram { conditions, results, nodes, root })
}

/// A result: the end of a rule, without conditions of its own.
fn result(value: &Value, pointer: &str) -> Parsed<Conclusion> {
    let map = object(Some(value), pointer)?;
    let has_conditions = map.get("conditions").is_some_and(|conditions| conditions != &Value::Array(Vec::new()));
    if has_conditions {
        return fail(&format!("{pointer}/conditions"), "a result has no conditions");
    }
    read::conclusion(map, pointer)
}

/// The nodes as they stand in the trait.
fn raw_nodes(bdd: &Value) -> Parsed<Vec<[i32; 3]>> {
    let text = text_at(object(Some(bdd), "")?, "nodes", "")?.unwrap_or_default();
    let Some(bytes) = base64(text) else { return fail("/nodes", "the nodes are not base64") };
    let (nodes, rest) = bytes.as_chunks::<NODE>();
    let count = bdd.get("nodeCount").and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    if count != Some(nodes.len()) || !rest.is_empty() {
        let found = bytes.len();
        return fail("/nodeCount", format!("a node has {NODE} bytes, and for this many nodes there are {found}"));
    }
    let number =
        |node: &[u8; NODE], at: usize| i32::from_be_bytes([node[at], node[at + 1], node[at + 2], node[at + 3]]);
    Ok(nodes.iter().map(|node| [number(node, 0), number(node, 4), number(node, 8)]).collect())
}

/// The bytes of base64 without padding, as whole nodes have none; `None` for anything else.
fn base64(text: &str) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    let mut bytes = Vec::with_capacity(groups.len() * 3);
    for group in groups {
        let value = group.iter().try_fold(0_u32, |value, byte| Some(value << 6 | sextet(*byte)?))?;
        bytes.extend(&value.to_be_bytes()[1..]);
    }
    rest.is_empty().then_some(bytes)
}

/// The value of a digit of base64.
fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

/// A node that is reached, and whether its ways are exchanged.
type Reached = (usize, bool);

/// A walk over the nodes that can be reached.
struct Walk<'a> {
    raw: &'a [[i32; 3]],
    conditions: usize,
    results: usize,
}

/// What a reference means, before nodes have their new positions.
enum Reference {
    NoMatch,
    Node(Reached),
    Result(usize),
}

impl Walk<'_> {
    /// The nodes that the root leads to, each before those that it leads to.
    fn from(&self, root: i32) -> Parsed<(Vec<Node>, Target)> {
        let root = self.reference(root, "/root")?;
        let order = self.order(&root)?;
        let positions: BTreeMap<Reached, usize> =
            order.iter().enumerate().map(|(index, node)| (*node, index)).collect();
        let target = |reference: Reference| match reference {
            Reference::NoMatch => Target::NoMatch,
            Reference::Result(result) => Target::Result(result),
            Reference::Node(reached) => positions.get(&reached).map_or(Target::NoMatch, |index| Target::Node(*index)),
        };
        let nodes = order.iter().map(|reached| {
            let (condition, [holds, fails]) = self.node(*reached)?;
            Ok(Node { condition, holds: target(holds), fails: target(fails) })
        });
        Ok((nodes.collect::<Parsed<_>>()?, target(root)))
    }

    /// The nodes in an order in which each stands before those that it leads to, without recursion, as a diagram may
    /// be as deep as it has nodes.
    fn order(&self, root: &Reference) -> Parsed<Vec<Reached>> {
        let mut finished: BTreeMap<Reached, bool> = BTreeMap::new();
        let mut order = Vec::new();
        let mut stack = Vec::new();
        if let Reference::Node(root) = root {
            stack.push((*root, false));
        }
        while let Some((reached, is_left)) = stack.pop() {
            if is_left {
                finished.insert(reached, true);
                order.push(reached);
                continue;
            }
            match finished.get(&reached) {
                Some(true) => continue,
                Some(false) => {
                    return fail("/nodes", format!("node {} leads to itself", reached.0));
                }
                None => finished.insert(reached, false),
            };
            stack.push((reached, true));
            let (_, ways) = self.node(reached)?;
            for way in ways {
                if let Reference::Node(next) = way
                    && finished.get(&next) != Some(&true)
                {
                    stack.push((next, false));
                }
            }
        }
        order.reverse();
        Ok(order)
    }

    /// The condition of a node, and where it leads when that holds and when it does not.
    fn node(&self, (index, is_exchanged): Reached) -> Parsed<(usize, [Reference; 2])> {
        let [condition, holds, fails] = self.raw[index];
        let Some(condition) = usize::try_from(condition).ok().filter(|condition| *condition < self.conditions) else {
            let of = self.conditions;
            return fail(
                "/nodes",
                format!("node {index} has condition {condition}, and the number of conditions is {of}"),
            );
        };
        let (holds, fails) = if is_exchanged { (fails, holds) } else { (holds, fails) };
        let within = format!("node {index}");
        let reference = |reference| self.reference_of(reference, "/nodes", &within);
        Ok((condition, [reference(holds)?, reference(fails)?]))
    }

    fn reference(&self, reference: i32, pointer: &str) -> Parsed<Reference> {
        self.reference_of(reference, pointer, "the root")
    }

    fn reference_of(&self, reference: i32, pointer: &str, whose: &str) -> Parsed<Reference> {
        if let 1 | -1 | NO_MATCH_RESULT = reference {
            return Ok(Reference::NoMatch);
        }
        let position = usize::try_from(reference.unsigned_abs()).unwrap_or_default();
        let found = match reference {
            NO_MATCH_RESULT.. => {
                let result = usize::try_from(reference - NO_MATCH_RESULT - 1).unwrap_or(usize::MAX);
                (result < self.results).then_some(Reference::Result(result))
            }
            0 => None,
            // The reference 2 is to the second node, whose position is 1.
            _ => (position <= self.raw.len()).then_some(Reference::Node((position - 1, reference < 0))),
        };
        match found {
            Some(found) => Ok(found),
            None => fail(pointer, format!("{whose} refers to {reference}, which is neither a node nor a result")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nodes as the trait has them.
    fn encoded(nodes: &[[i32; 3]]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bytes: Vec<u8> = nodes.iter().flatten().flat_map(|number| number.to_be_bytes()).collect();
        let groups = bytes.chunks(3).map(|group| group.iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte)));
        groups.flat_map(|value| [18, 12, 6, 0].map(|by| char::from(DIGITS[(value >> by & 63) as usize]))).collect()
    }

    fn bdd(nodes: &[[i32; 3]], root: i32) -> Value {
        serde_json::json!({
            "version": "1.1",
            "parameters": {"Flag": {"type": "boolean"}},
            "conditions": [{"fn": "isSet", "argv": [{"ref": "Flag"}]}, {"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]}],
            "results": [{"type": "error", "error": "a"}, {"type": "error", "error": "b", "conditions": []}],
            "root": root,
            "nodeCount": nodes.len(),
            "nodes": encoded(nodes),
        })
    }

    const SIGN: [i32; 3] = [-1, 1, -1];

    fn diagram(nodes: &[[i32; 3]], root: i32) -> Diagram {
        read(&bdd(nodes, root)).expect("well formed")
    }

    fn said(bdd: &Value) -> String {
        let problem = read(bdd).expect_err("malformed");
        format!("{}: {}", problem.pointer, problem.message)
    }

    #[test]
    fn nodes_stand_before_those_that_they_lead_to() {
        let found = diagram(&[SIGN, [1, 100_000_001, 100_000_002], [0, 2, -1]], 3);
        let first = Node { condition: 0, holds: Target::Node(1), fails: Target::NoMatch };
        let second = Node { condition: 1, holds: Target::Result(0), fails: Target::Result(1) };
        assert_eq!(found.nodes, [first, second]);
        assert_eq!(found.root, Target::Node(0));
        assert_eq!(diagram(&[SIGN], 100_000_002).root, Target::Result(1));
    }

    #[test]
    fn a_negative_reference_exchanges_the_ways_of_its_node() {
        let found = diagram(&[SIGN, [1, 100_000_001, 100_000_002], [0, 2, -2]], 3);
        let node = |holds, fails| Node { condition: 1, holds: Target::Result(holds), fails: Target::Result(fails) };
        assert!(found.nodes.contains(&node(0, 1)) && found.nodes.contains(&node(1, 0)), "{found:?}");
    }

    #[test]
    fn a_diagram_may_be_deep() {
        let mut nodes = vec![SIGN];
        nodes.extend((3..=50_001).map(|next| [0, next, 1]));
        nodes.push([0, 100_000_001, 1]);
        assert_eq!(diagram(&nodes, 2).nodes.len(), 50_000);
    }

    #[test]
    fn what_is_malformed_is_told() {
        let mut garbled = bdd(&[SIGN], 1);
        garbled["nodes"] = Value::from("/////wAAAAH/////AA*=");
        let mut unpadded = bdd(&[SIGN], 1);
        unpadded["nodes"] = Value::from("/////wAAAAH////");
        let mut short = bdd(&[SIGN], 1);
        short["nodeCount"] = Value::from(2);
        let mut conditional = bdd(&[SIGN], 1);
        conditional["results"][0]["conditions"] = serde_json::json!([1]);
        let mut tree = bdd(&[SIGN], 1);
        tree["results"][1]["type"] = Value::from("tree");
        let all = [
            garbled,
            unpadded,
            short,
            conditional,
            tree,
            bdd(&[SIGN, [0, 3, 1], [1, 2, 1]], 2),
            bdd(&[SIGN, [0, -2, 1]], 2),
            bdd(&[SIGN, [2, 1, 1]], 2),
            bdd(&[SIGN, [0, 0, 1]], 2),
            bdd(&[SIGN, [0, 9, 1]], 2),
            bdd(&[SIGN, [0, 100_000_003, 1]], 2),
            bdd(&[SIGN, [0, i32::MIN, 1]], 2),
            bdd(&[SIGN], 2_000),
            bdd(&[SIGN], -2),
            bdd(&[SIGN], 0),
        ];
        insta::assert_snapshot!(all.each_ref().map(said).join("\n"), @r"
        /nodes: the nodes are not base64
        /nodes: the nodes are not base64
        /nodeCount: a node has 12 bytes, and for this many nodes there are 12
        /results/0/conditions: a result has no conditions
        /results/1: the type of a result is error or endpoint
        /nodes: node 1 leads to itself
        /nodes: node 1 leads to itself
        /nodes: node 1 has condition 2, and the number of conditions is 2
        /nodes: node 1 refers to 0, which is neither a node nor a result
        /nodes: node 1 refers to 9, which is neither a node nor a result
        /nodes: node 1 refers to 100000003, which is neither a node nor a result
        /nodes: node 1 refers to -2147483648, which is neither a node nor a result
        /root: the root refers to 2000, which is neither a node nor a result
        /root: the root is a reference, a number above 0
        /root: the root is a reference, a number above 0
        ");
    }
}
