//! The part of JMESPath that `smithy.rules#operationContextParams` may use.
//!
//! Smithy's rules engine specification allows identifiers, sub-expressions, wildcards, multi-select lists, flattening
//! and the function `keys`. What they mean for an input is decided where its shapes are known, in the plan.

/// How deep an expression may nest; deeper ones say nothing that a model could need.
const NESTING: usize = 16;

/// A path into an input, with the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputPath {
    /// The expression as the model has it.
    pub source: String,
    /// Its steps in order; none for `@`.
    pub steps: Vec<PathStep>,
}

/// A step of an [`InputPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// `name`: a member.
    Member(String),
    /// `[*]`: every element of a list.
    Elements,
    /// `.*`: every value of a map.
    Values,
    /// `[]`: the elements of the lists found so far, as one list.
    Flatten,
    /// `keys(..)`: the keys of a map.
    Keys,
    /// `[a, b]`: a list of what these expressions find.
    Select(Vec<Vec<PathStep>>),
}

impl InputPath {
    /// Reads an expression.
    ///
    /// # Errors
    /// A sentence that names the first part that is not of the subset.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: source, depth: 0 };
        let steps = parser.expression()?;
        match parser.rest.is_empty() {
            true => Ok(Self { source: source.to_owned(), steps }),
            false => Err(parser.not_understood()),
        }
    }
}

/// What is left to read.
struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn not_understood(&self) -> String {
        match self.rest {
            "" => "the expression ends too early".to_owned(),
            rest => format!("the expression is not understood from `{rest}` on"),
        }
    }

    /// Takes a token, and the white space around it.
    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(token);
        if let Some(rest) = rest {
            self.rest = rest.trim_start();
        }
        rest.is_some()
    }

    fn wants(&mut self, token: &str) -> Result<(), String> {
        if self.takes(token) { Ok(()) } else { Err(self.not_understood()) }
    }

    fn expression(&mut self) -> Result<Vec<PathStep>, String> {
        self.depth += 1;
        if self.depth > NESTING {
            return Err(format!("the expression nests deeper than {NESTING} levels"));
        }
        let mut steps = Vec::new();
        if !self.takes("@") {
            self.operand(&mut steps)?;
        }
        loop {
            if self.takes("[*]") {
                steps.push(PathStep::Elements);
            } else if self.takes("[]") {
                steps.push(PathStep::Flatten);
            } else if self.takes(".") {
                self.operand(&mut steps)?;
            } else {
                self.depth -= 1;
                return Ok(steps);
            }
        }
    }

    /// What may stand at the beginning and after a dot.
    fn operand(&mut self, steps: &mut Vec<PathStep>) -> Result<(), String> {
        if self.takes("*") {
            steps.push(PathStep::Values);
            return Ok(());
        }
        if self.takes("[") {
            let mut paths = vec![self.expression()?];
            while self.takes(",") {
                paths.push(self.expression()?);
            }
            self.wants("]")?;
            steps.push(PathStep::Select(paths));
            return Ok(());
        }
        let name = self.identifier()?;
        if !self.takes("(") {
            steps.push(PathStep::Member(name));
            return Ok(());
        }
        if name != "keys" {
            return Err(format!("`{name}` is not a function that a path may call; `keys` is the only one"));
        }
        let argument = self.expression()?;
        self.wants(")")?;
        if argument.iter().any(|step| !matches!(step, PathStep::Member(_))) {
            return Err("`keys` takes a path of members that ends in a map".to_owned());
        }
        steps.extend(argument);
        steps.push(PathStep::Keys);
        Ok(())
    }

    fn identifier(&mut self) -> Result<String, String> {
        if let Some(quoted) = self.rest.strip_prefix('"') {
            let (name, rest) = quoted.split_once('"').ok_or("a quoted name does not end")?;
            self.rest = rest.trim_start();
            return Ok(name.to_owned());
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, rest) = self.rest.split_at(self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len()));
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(self.not_understood());
        }
        self.rest = rest.trim_start();
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{InputPath, PathStep};
    use PathStep::{Elements, Flatten, Keys, Select, Values};

    fn steps(source: &str) -> Vec<PathStep> {
        InputPath::parse(source).unwrap_or_else(|problem| panic!("{source}: {problem}")).steps
    }

    fn member(name: &str) -> PathStep {
        PathStep::Member(name.to_owned())
    }

    #[test]
    fn expressions_of_real_models_are_read() {
        assert_eq!(
            steps("TableCreationParameters.TableName"),
            [member("TableCreationParameters"), member("TableName")]
        );
        assert_eq!(steps("keys(RequestItems)"), [member("RequestItems"), Keys]);
        assert_eq!(steps("Delete.Objects[*].Key"), [member("Delete"), member("Objects"), Elements, member("Key")]);
        let select =
            Select(vec![vec![member("Put"), member("TableName")], vec![member("Delete"), member("TableName")]]);
        assert_eq!(
            steps("TransactItems[*].[Put.TableName, Delete.TableName][]"),
            [member("TransactItems"), Elements, select, Flatten]
        );
    }

    #[test]
    fn every_form_of_the_subset_is_read() {
        assert_eq!(steps("a.*.b"), [member("a"), Values, member("b")]);
        assert_eq!(steps("a.keys(@)"), [member("a"), Keys]);
        assert_eq!(steps("\"a-b\" . c"), [member("a-b"), member("c")]);
        assert_eq!(steps("[a,b]"), [Select(vec![vec![member("a")], vec![member("b")]])]);
        assert_eq!(steps("@"), []);
    }

    #[test]
    fn what_is_not_of_the_subset_is_named() {
        let problems = ["", "a.", "a[0]", "a[?b]", "length(a)", "keys(a[*])", "a || b", "[a", "\"a", "a²", "1a"]
            .map(|source| format!("{source:10} {}", InputPath::parse(source).expect_err("not of the subset")));
        insta::assert_snapshot!(problems.join("\n"), @r#"
                   the expression ends too early
        a.         the expression ends too early
        a[0]       the expression is not understood from `[0]` on
        a[?b]      the expression is not understood from `[?b]` on
        length(a)  `length` is not a function that a path may call; `keys` is the only one
        keys(a[*]) `keys` takes a path of members that ends in a map
        a || b     the expression is not understood from `|| b` on
        [a         the expression ends too early
        "a         a quoted name does not end
        a²         the expression is not understood from `²` on
        1a         the expression is not understood from `1a` on
        "#);
    }

    #[test]
    fn an_expression_cannot_exhaust_the_stack() {
        let problem = InputPath::parse(&"[".repeat(100_000)).expect_err("too deep");
        assert_eq!(problem, "the expression nests deeper than 16 levels");
    }
}
