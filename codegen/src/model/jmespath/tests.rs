use super::{Comparator, Expression, Function, Literal, Step};
use Step::{And, At, Call, Compare, Each, Filter, Flatten, Not, Or, Select, Values};

fn steps(source: &str) -> Vec<Step> {
    Expression::parse(source).unwrap_or_else(|problem| panic!("{source}: {problem}")).steps
}

fn name(name: &str) -> Step {
    Step::Name(name.to_owned())
}

fn text(text: &str) -> Step {
    Step::Literal(Literal::Text(text.to_owned()))
}

fn number(number: f64) -> Step {
    Step::Literal(Literal::Number(number))
}

#[test]
fn paths_of_endpoint_parameters_are_read() {
    assert_eq!(steps("TableCreationParameters.TableName"), [name("TableCreationParameters"), name("TableName")]);
    assert_eq!(steps("keys(RequestItems)"), [Call(Function::Keys, vec![vec![name("RequestItems")]])]);
    assert_eq!(steps("Delete.Objects[*].Key"), [name("Delete"), name("Objects"), Each(vec![name("Key")])]);
    let select = Select(vec![vec![name("Put"), name("TableName")], vec![name("Delete"), name("TableName")]]);
    assert_eq!(
        steps("TransactItems[*].[Put.TableName, Delete.TableName][]"),
        [name("TransactItems"), Each(vec![select]), Flatten(vec![])]
    );
}

#[test]
fn expressions_of_waiters_are_read() {
    assert_eq!(steps("Fleets[].State"), [name("Fleets"), Flatten(vec![name("State")])]);
    let length = |of: Vec<Step>| Call(Function::Length, vec![of]);
    assert_eq!(
        steps("length(Images[]) > `0`"),
        [Compare(Comparator::Greater, vec![length(vec![name("Images"), Flatten(vec![])])], vec![number(0.0)])]
    );
    assert_eq!(steps("length(Output || '')"), [length(vec![Or(vec![name("Output")], vec![text("")])])]);
    let stable = And(
        vec![Compare(Comparator::Equal, vec![length(vec![name("deployments")])], vec![number(1.0)])],
        vec![Compare(Comparator::Equal, vec![name("runningCount")], vec![name("desiredCount")])],
    );
    assert_eq!(
        steps("services[?!(length(deployments) == `1` && runningCount == desiredCount)]"),
        [name("services"), Filter(vec![Not(vec![stable])], vec![])]
    );
}

#[test]
fn operators_bind_as_the_specification_says() {
    // From the loosest: pipe, or, and, comparison, flattening, projections, dots, not, brackets.
    assert_eq!(steps("a || b && c"), [Or(vec![name("a")], vec![And(vec![name("b")], vec![name("c")])])]);
    assert_eq!(steps("a && b || c"), [Or(vec![And(vec![name("a")], vec![name("b")])], vec![name("c")])]);
    let compared = Compare(Comparator::NotEqual, vec![name("a")], vec![text("x")]);
    assert_eq!(steps("a != 'x' && b"), [And(vec![compared], vec![name("b")])]);
    assert_eq!(steps("!a.b"), [Not(vec![name("a")]), name("b")]);
    assert_eq!(steps("!(a.b)"), [Not(vec![name("a"), name("b")])]);
    assert_eq!(steps("a[*].b[0]"), [name("a"), Each(vec![name("b"), At(0)])]);
    assert_eq!(steps("a[*].b | [0]"), [name("a"), Each(vec![name("b")]), At(0)]);
    assert_eq!(steps("(a[*].b)[-1]"), [name("a"), Each(vec![name("b")]), At(-1)]);
    assert_eq!(steps("a[*].b[].c"), [name("a"), Each(vec![name("b")]), Flatten(vec![name("c")])]);
    assert_eq!(steps("a[][0]"), [name("a"), Flatten(vec![At(0)])]);
    assert_eq!(steps("a[?b].c"), [name("a"), Filter(vec![name("b")], vec![name("c")])]);
    assert_eq!(steps("a[?b][]"), [name("a"), Filter(vec![name("b")], vec![]), Flatten(vec![])]);
}

#[test]
fn every_form_is_read() {
    assert_eq!(steps("a.*.b"), [name("a"), Values(vec![name("b")])]);
    assert_eq!(steps("*.a"), [Values(vec![name("a")])]);
    assert_eq!(steps("a.keys(@)"), [name("a"), Call(Function::Keys, vec![vec![]])]);
    assert_eq!(steps("\"a-b\" . c"), [name("a-b"), name("c")]);
    assert_eq!(steps("[ a , b ]"), [Select(vec![vec![name("a")], vec![name("b")]])]);
    assert_eq!(steps("[*, a]"), [Select(vec![vec![Values(vec![])], vec![name("a")]])]);
    assert_eq!(steps("[*].a"), [Each(vec![name("a")])]);
    assert_eq!(steps("[].a"), [Flatten(vec![name("a")])]);
    assert_eq!(steps("a[2].b"), [name("a"), At(2), name("b")]);
    assert_eq!(steps(" @ "), []);
    let constants = ["`null`", "`true`", "`\"a\\`b\"`", "'it\\'s'", "`-1.5`"].map(steps).concat();
    let literal = |literal| Step::Literal(literal);
    let expected = [literal(Literal::Null), literal(Literal::Boolean(true)), text("a`b"), text("it's"), number(-1.5)];
    assert_eq!(constants, expected);
    let signs = ["a < b", "a <= b", "a > b", "a >= b", "a == b"].map(steps).concat();
    let found = signs.iter().filter_map(|step| if let Compare(sign, ..) = step { Some(*sign) } else { None });
    use Comparator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    assert_eq!(found.collect::<Vec<_>>(), [Less, LessOrEqual, Greater, GreaterOrEqual, Equal]);
}

#[test]
fn what_is_not_understood_is_named() {
    let sources = [
        "",
        "a.",
        "a[+1]",
        "a[0:2]",
        "a[?b",
        "sort_by(a, &b)",
        "length(a, b)",
        "a ||",
        "[a",
        "\"a",
        "a²",
        "1a",
        "a b",
        "{a: b}",
        "`[1]`",
        "`x`",
        "a.'b'",
        "a..b",
        "not_null()",
        "a[b]",
    ];
    let problems =
        sources.map(|source| format!("{source:15} {}", Expression::parse(source).expect_err("not understood")));
    insta::assert_snapshot!(problems.join("\n"), @r#"
                    the expression ends too early
    a.              the expression ends too early
    a[+1]           the expression is not understood from `+1]` on
    a[0:2]          the expression is not understood from `0:2]` on
    a[?b            the expression ends too early
    sort_by(a, &b)  `sort_by` is not a function that is known here: contains, ends_with, keys, length, not_null, starts_with, values
    length(a, b)    `length` is called with 2 arguments, and takes 1
    a ||            the expression ends too early
    [a              the expression ends too early
    "a              what begins with `"` does not end
    a²              the expression is not understood from `²` on
    1a              the expression is not understood from `1a` on
    a b             the expression is not understood from `b` on
    {a: b}          the expression is not understood from `{a: b}` on
    `[1]`           the constant `[1]` is neither a text, a number, a boolean nor null
    `x`             the constant `x` is no JSON
    a.'b'           the expression is not understood from `'b'` on
    a..b            the expression is not understood from `.b` on
    not_null()      the expression is not understood from `)` on
    a[b]            the expression is not understood from `b]` on
    "#);
}

#[test]
fn an_expression_cannot_exhaust_the_stack() {
    for source in ["[", "!", "(", "a[?", "*.", "length(", "a||", "a&&", "a==", "[*].[a]"] {
        let problem = Expression::parse(&source.repeat(100_000)).expect_err("it nests too deep");
        assert_eq!(problem, "the expression nests deeper than 32 levels", "{source}");
    }
    for (flat, end) in [("[?a].[b]", ""), ("[].[a]", ""), ("a.[b].", "a"), ("a|", "a")] {
        let parsed = Expression::parse(&(flat.repeat(10_000) + end));
        assert!(parsed.is_ok(), "{flat}: {:?}", parsed.err());
    }
}
