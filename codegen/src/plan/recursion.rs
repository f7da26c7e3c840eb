//! Which members are boxed: those that lead back to the type that holds them.
//!
//! Types are taken in order, and of each the members through which it contains itself are boxed; what is boxed already
//! leads nowhere any more. A type whose turn is over lies on no circle, so that a member is boxed where its target
//! leads back through types whose turn has not come: where both are strongly connected in the graph of the types from
//! this one on.
//!
//! Seen from the end, types join the graph one after another, and what is asked of each member is when its two ends
//! become strongly connected. All are answered together by halving time, which costs the number of members times the
//! logarithm of the number of types.

/// Whether each of the `edges`, from the holder to what it holds, is to be boxed. Nodes are numbered in their order.
pub(super) fn boxed(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut search = Search::new(nodes, edges);
    search.solve(0, nodes, (0..edges.len()).collect());
    let boxed = |(edge, (from, to)): (usize, &(usize, usize))| from <= to && search.joined[edge] == nodes - 1 - from;
    edges.iter().enumerate().map(boxed).collect()
}

/// When the ends of edges become strongly connected.
struct Search<'e> {
    edges: &'e [(usize, usize)],
    nodes: usize,
    /// The set of each node: those that are known to be strongly connected have one root.
    parents: Vec<usize>,
    /// The answers; `nodes` is never.
    joined: Vec<usize>,
    /// How many edges were looked at, which is the work that was done.
    steps: usize,
}

impl<'e> Search<'e> {
    fn new(nodes: usize, edges: &'e [(usize, usize)]) -> Self {
        Self { edges, nodes, parents: (0..nodes).collect(), joined: vec![nodes; edges.len()], steps: 0 }
    }

    /// When both ends are there: types join from the last to the first.
    fn appears(&self, edge: usize) -> usize {
        let (from, to) = self.edges[edge];
        self.nodes - 1 - from.min(to)
    }

    /// The root of the set of a node.
    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    /// Answers for edges whose answer lies between two times, both included.
    fn solve(&mut self, first: usize, last: usize, edges: Vec<usize>) {
        self.steps += edges.len();
        if edges.is_empty() {
            return;
        }
        if first == last {
            for edge in edges {
                self.joined[edge] = first;
                let (from, to) = self.edges[edge];
                let (from, to) = (self.root(from), self.root(to));
                self.parents[from] = to;
            }
            return;
        }
        let middle = first.midpoint(last);
        let mut ends = Vec::with_capacity(edges.len());
        for &edge in &edges {
            let (from, to) = self.edges[edge];
            ends.push((self.root(from), self.root(to)));
        }
        let there: Vec<bool> = edges.iter().map(|&edge| self.appears(edge) <= middle).collect();
        let present = ends.iter().zip(&there).filter(|(_, there)| **there).map(|(ends, _)| *ends);
        let components = Components::of(present.collect());
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for ((edge, (from, to)), there) in edges.into_iter().zip(ends).zip(there) {
            let together = there && components.same(from, to);
            if together { early.push(edge) } else { late.push(edge) }
        }
        self.solve(first, middle, early);
        self.solve(middle + 1, last, late);
    }
}

/// The strongly connected components of a graph, by Tarjan's algorithm without recursion.
struct Components {
    /// The nodes that edges have, in order.
    nodes: Vec<usize>,
    /// The component of each.
    of: Vec<usize>,
}

impl Components {
    fn of(edges: Vec<(usize, usize)>) -> Self {
        let mut nodes: Vec<usize> = edges.iter().flat_map(|(from, to)| [*from, *to]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let place = |node: usize| nodes.binary_search(&node).unwrap_or_default();
        let mut targets = vec![Vec::new(); nodes.len()];
        for (from, to) in edges {
            targets[place(from)].push(place(to));
        }
        let mut walk = Walk::new(targets);
        (0..nodes.len()).for_each(|start| walk.from(start));
        Self { nodes, of: walk.component }
    }

    fn same(&self, one: usize, other: usize) -> bool {
        let of = |node: usize| self.nodes.binary_search(&node).ok().map(|place| self.of[place]);
        one == other || of(one).is_some() && of(one) == of(other)
    }
}

/// Marks a node that has not been met, or has no component yet.
const NONE: usize = usize::MAX;

/// The state of the walk through a graph.
struct Walk {
    targets: Vec<Vec<usize>>,
    /// When each node was met.
    met: Vec<usize>,
    /// The earliest node that each is known to lead to, among those without a component.
    low: Vec<usize>,
    component: Vec<usize>,
    /// Nodes without a component, in the order in which they were met.
    waiting: Vec<usize>,
    clock: usize,
}

impl Walk {
    fn new(targets: Vec<Vec<usize>>) -> Self {
        let nodes = targets.len();
        Self {
            targets,
            met: vec![NONE; nodes],
            low: vec![NONE; nodes],
            component: vec![NONE; nodes],
            waiting: Vec::new(),
            clock: 0,
        }
    }

    fn meet(&mut self, node: usize) {
        self.met[node] = self.clock;
        self.low[node] = self.clock;
        self.clock += 1;
        self.waiting.push(node);
    }

    /// Visits what a node leads to.
    fn from(&mut self, start: usize) {
        if self.met[start] != NONE {
            return;
        }
        self.meet(start);
        let mut way = vec![(start, 0)];
        while let Some((node, next)) = way.last_mut() {
            let node = *node;
            let Some(&target) = self.targets[node].get(*next) else {
                way.pop();
                self.leave(node);
                if let Some((before, _)) = way.last() {
                    self.low[*before] = self.low[*before].min(self.low[node]);
                }
                continue;
            };
            *next += 1;
            if self.met[target] == NONE {
                self.meet(target);
                way.push((target, 0));
            } else if self.component[target] == NONE {
                self.low[node] = self.low[node].min(self.met[target]);
            }
        }
    }

    /// Ends the visit of a node: where it leads to nothing earlier, all that wait since then are its component.
    fn leave(&mut self, node: usize) {
        if self.low[node] != self.met[node] {
            return;
        }
        while let Some(member) = self.waiting.pop() {
            self.component[member] = node;
            if member == node {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    use super::{Search, boxed};

    /// The rule as it is told, edge by edge.
    fn by_the_rule(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
        let mut cut = vec![false; edges.len()];
        for node in 0..nodes {
            for edge in (0..edges.len()).filter(|&edge| edges[edge].0 == node) {
                let mut seen = BTreeSet::new();
                let mut open = vec![edges[edge].1];
                while let Some(next) = open.pop() {
                    if seen.insert(next) {
                        let on = edges.iter().zip(&cut).filter(|((from, _), cut)| *from == next && !**cut);
                        open.extend(on.map(|((_, to), _)| *to));
                    }
                }
                cut[edge] = seen.contains(&node);
            }
        }
        cut
    }

    proptest! {
        #[test]
        fn what_is_boxed_follows_the_rule(
            (nodes, edges) in (1_usize..12).prop_flat_map(|nodes| {
                (Just(nodes), prop::collection::vec((0..nodes, 0..nodes), 0..40))
            })
        ) {
            prop_assert_eq!(boxed(nodes, &edges), by_the_rule(nodes, &edges));
        }
    }

    /// How many edges are looked at for so many types that all lead to each other, of ten members each.
    fn steps(nodes: usize) -> usize {
        let edges: Vec<_> = (0..nodes * 10).map(|edge| (edge / 10, (edge / 10 + 1 + edge % 10 * 7) % nodes)).collect();
        let mut search = Search::new(nodes, &edges);
        search.solve(0, nodes, (0..edges.len()).collect());
        search.steps
    }

    #[test]
    fn work_grows_with_the_members() {
        let (small, large) = (steps(500), steps(5_000));
        assert!(large < small * 15, "{small} steps became {large}");
    }
}
