//! The search for differences: cases are generated, compared, and made smaller where the two sides differ.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::explained;
use crate::facts::Difference;

/// How many small examples are kept of one aspect.
const EXAMPLES: usize = 3;

/// How often one case is made smaller.
const STEPS: usize = 300;

/// How many cases there are, and where randomness starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// The number of cases.
    pub(crate) cases: usize,
    /// The seed: one seed, one sequence of cases.
    pub(crate) seed: u64,
}

/// What comparing many cases found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// How many cases were compared.
    pub(crate) compared: usize,
    /// How many of them differ in a way that has no explanation.
    pub(crate) differing: usize,
    /// How many cases each explanation was needed for.
    pub(crate) explained: BTreeMap<&'static str, usize>,
    /// Unexplained differences by aspect, each with a few small examples.
    pub(crate) examples: BTreeMap<String, Vec<Example>>,
}

/// A case in which the two sides differ.
#[derive(Debug)]
pub(crate) struct Example {
    /// The case, as small as it could be made.
    pub(crate) case: String,
    /// The difference.
    pub(crate) difference: Difference,
}

impl Findings {
    /// Compares `extent.cases` values of `strategy`. Panics when the strategy cannot make any.
    pub(crate) async fn search<S: Strategy>(
        strategy: &S,
        extent: Extent,
        compare: impl AsyncFn(&S::Value) -> Vec<Difference>,
    ) -> Self
    where
        S::Value: Debug,
    {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&extent.seed.to_le_bytes());
        let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let mut findings = Self::default();
        for _ in 0..extent.cases {
            let tree = strategy.new_tree(&mut runner).expect("strategies of this program reject nothing");
            let differences = compare(&tree.current()).await;
            let wanted = findings.record(differences);
            if let Some(aspect) = wanted {
                let example = shrink(tree, &aspect, &compare).await;
                findings.keep(aspect, example);
            }
        }
        findings
    }

    /// Counts the differences of one case without making it smaller.
    pub(crate) fn add(&mut self, case: &impl Debug, differences: Vec<Difference>) {
        let all = differences.clone();
        if let Some(aspect) = self.record(differences) {
            let found = all.into_iter().find(|difference| difference.aspect == aspect);
            found
                .into_iter()
                .for_each(|difference| self.keep(aspect.clone(), Example { case: format!("{case:?}"), difference }));
        }
    }

    /// Counts one case; returns the aspect that it differs in first, if more examples of that are of use.
    fn record(&mut self, differences: Vec<Difference>) -> Option<String> {
        self.compared += 1;
        let (explained, unexplained): (Vec<_>, Vec<_>) =
            differences.into_iter().partition(|difference| explained::reason(difference).is_some());
        for reason in explained.iter().filter_map(explained::reason).collect::<std::collections::BTreeSet<_>>() {
            *self.explained.entry(reason).or_default() += 1;
        }
        self.differing += usize::from(!unexplained.is_empty());
        // The first difference of a case is the cause of most of the others.
        let first = unexplained.into_iter().next().map(|difference| difference.aspect);
        first.filter(|aspect| self.examples.get(aspect).is_none_or(|kept| kept.len() < EXAMPLES))
    }

    fn keep(&mut self, aspect: String, example: Example) {
        let kept = self.examples.entry(aspect).or_default();
        let texts = |difference: &Difference| (difference.official.clone(), difference.ours.clone());
        if kept.len() < EXAMPLES && !kept.iter().any(|other| texts(&other.difference) == texts(&example.difference)) {
            kept.push(example);
        }
    }
}

/// Makes a case smaller while it still differs in `aspect`.
async fn shrink<T>(mut tree: T, aspect: &str, compare: &impl AsyncFn(&T::Value) -> Vec<Difference>) -> Example
where
    T: ValueTree,
    T::Value: Debug,
{
    let differing = async |case: &T::Value| {
        let mut differences = compare(case).await.into_iter();
        differences.find(|difference| difference.aspect == aspect && explained::reason(difference).is_none())
    };
    let first = tree.current();
    let mut best = differing(&first).await.map(|difference| Example { case: format!("{first:?}"), difference });
    for _ in 0..STEPS {
        let smaller = tree.current();
        let moved = match differing(&smaller).await {
            Some(difference) => {
                best = Some(Example { case: format!("{smaller:?}"), difference });
                tree.simplify()
            }
            None => tree.complicate(),
        };
        if !moved {
            break;
        }
    }
    best.unwrap_or_else(|| Example {
        case: format!("{first:?}"),
        difference: Difference {
            aspect: aspect.to_owned(),
            official: None,
            ours: Some("not the same twice".to_owned()),
        },
    })
}
