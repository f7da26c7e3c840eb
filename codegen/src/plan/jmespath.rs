//! JMESPath expressions as the runtime follows them: names are positions of members, or keys.

use std::collections::BTreeSet;

use crate::model::jmespath::Step;

/// The steps of an expression.
pub(crate) type Path = Vec<Step<Place>>;

/// What a name of an expression stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// The member of a structure or a union at a position.
    Member(usize),
    /// The value under a key, of a map or a document.
    Key(String),
}

/// The types that a path is written in.
pub(crate) fn types(path: &Path) -> BTreeSet<&'static str> {
    let mut types = BTreeSet::new();
    collect(path, &mut types);
    types
}

fn collect(path: &Path, types: &mut BTreeSet<&'static str>) {
    for step in path {
        types.insert("Step");
        match step {
            Step::Name(_) | Step::At(_) | Step::Literal(_) => {}
            Step::Each(rest) | Step::Values(rest) | Step::Flatten(rest) | Step::Not(rest) => collect(rest, types),
            Step::Filter(one, other) | Step::And(one, other) | Step::Or(one, other) => {
                [one, other].into_iter().for_each(|path| collect(path, types));
            }
            Step::Compare(_, one, other) => {
                types.insert("Comparator");
                [one, other].into_iter().for_each(|path| collect(path, types));
            }
            Step::Select(paths) => paths.iter().for_each(|path| collect(path, types)),
            Step::Call(_, paths) => {
                types.insert("Function");
                paths.iter().for_each(|path| collect(path, types));
            }
        }
    }
}
