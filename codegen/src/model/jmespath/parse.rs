//! From the text of an expression to its steps, by the powers with which operators bind.

use serde_json::Value;

use super::step::{Comparator, Function, Literal, Step};

/// How deep an expression may nest; deeper ones say nothing that a model could need.
const NESTING: usize = 32;

/// How strongly what follows an expression binds it; the numbers matter by their order alone.
mod power {
    pub(super) const NONE: u8 = 0;
    pub(super) const PIPE: u8 = 1;
    pub(super) const OR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const COMPARATOR: u8 = 5;
    pub(super) const FLATTEN: u8 = 9;
    /// What binds less ends a projection.
    pub(super) const PROJECTION: u8 = 10;
    pub(super) const STAR: u8 = 20;
    pub(super) const FILTER: u8 = 21;
    pub(super) const DOT: u8 = 40;
    pub(super) const NOT: u8 = 45;
    pub(super) const BRACKET: u8 = 55;
}

/// Signs that stand between or before operands, the longer ones first where one begins with another.
const SIGNS: [(&str, u8); 14] = [
    ("||", power::OR),
    ("|", power::PIPE),
    ("&&", power::AND),
    ("==", power::COMPARATOR),
    ("!=", power::COMPARATOR),
    ("<=", power::COMPARATOR),
    (">=", power::COMPARATOR),
    ("<", power::COMPARATOR),
    (">", power::COMPARATOR),
    ("[]", power::FLATTEN),
    ("[?", power::FILTER),
    (".", power::DOT),
    ("[", power::BRACKET),
    ("!", power::NONE),
];

/// The steps of an expression.
pub(super) fn steps(source: &str) -> Result<Vec<Step>, String> {
    let mut parser = Parser { rest: source.trim(), depth: 0 };
    let steps = parser.expression(power::NONE)?;
    if parser.rest.is_empty() { Ok(steps) } else { Err(parser.not_understood()) }
}

/// What is left to read, without white space before it.
struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn not_understood(&self) -> String {
        match self.rest {
            "" => "the expression ends too early".to_owned(),
            rest => format!("the expression is not understood from `{rest}` on"),
        }
    }

    /// Goes on behind so many bytes.
    fn advance(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        taken
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is_next = self.rest.starts_with(sign);
        if is_next {
            self.advance(sign.len());
        }
        is_next
    }

    fn wants(&mut self, sign: &str) -> Result<(), String> {
        if self.takes(sign) { Ok(()) } else { Err(self.not_understood()) }
    }

    /// The sign that comes next and its power.
    fn peek(&self) -> (&'static str, u8) {
        SIGNS.into_iter().find(|(sign, _)| self.rest.starts_with(sign)).unwrap_or(("", power::NONE))
    }

    /// Goes a level deeper, for what `read` reads.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        self.nest(1)?;
        self.depth += 1;
        let found = read(self)?;
        self.depth -= 1;
        Ok(found)
    }

    /// Whether there is room for so many levels more.
    fn nest(&self, levels: usize) -> Result<(), String> {
        match self.depth + levels <= NESTING {
            true => Ok(()),
            false => Err(format!("the expression nests deeper than {NESTING} levels")),
        }
    }

    /// An operand, and all behind it that binds it more strongly than the power.
    fn expression(&mut self, power: u8) -> Result<Vec<Step>, String> {
        self.deeper(|parser| {
            let left = parser.operand()?;
            parser.bound(left, power)
        })
    }

    /// What is read, and all behind it that binds it more strongly than the power.
    fn bound(&mut self, mut left: Vec<Step>, power: u8) -> Result<Vec<Step>, String> {
        let mut levels = 0;
        loop {
            let (sign, binding) = self.peek();
            if binding <= power {
                return Ok(left);
            }
            // What is read so far becomes the left side of an operator.
            levels += usize::from((power::OR..=power::COMPARATOR).contains(&binding));
            self.nest(levels)?;
            left = self.behind(left, sign, binding)?;
        }
    }

    /// What an expression begins with.
    fn operand(&mut self) -> Result<Vec<Step>, String> {
        if self.takes("@") {
            return Ok(Vec::new());
        }
        if self.takes("*") {
            return Ok(vec![Step::Values(self.projected(power::STAR)?)]);
        }
        if self.takes("(") {
            let inner = self.expression(power::NONE)?;
            self.wants(")")?;
            return Ok(inner);
        }
        match self.peek().0 {
            sign @ ("[]" | "[?") => self.behind(Vec::new(), sign, power::NONE),
            "[" => {
                self.advance(1);
                Ok(vec![match self.bracketed()? {
                    Some(step) => step,
                    None => self.select()?,
                }])
            }
            "!" => {
                self.advance(1);
                Ok(vec![Step::Not(self.expression(power::NOT)?)])
            }
            _ => self.word(),
        }
    }

    /// What stands behind an expression, with it.
    fn behind(&mut self, mut left: Vec<Step>, sign: &str, binding: u8) -> Result<Vec<Step>, String> {
        self.advance(sign.len());
        let step = match sign {
            "[]" => Step::Flatten(self.projected(power::FLATTEN)?),
            "[?" => {
                let condition = self.expression(power::NONE)?;
                self.wants("]")?;
                Step::Filter(condition, self.projected(power::FILTER)?)
            }
            "[" => self.bracketed()?.ok_or_else(|| self.not_understood())?,
            "." => {
                left.extend(self.behind_dot(power::DOT)?);
                return Ok(left);
            }
            "|" => {
                left.extend(self.expression(binding)?);
                return Ok(left);
            }
            operator => {
                let right = self.expression(binding)?;
                return Ok(vec![match operator {
                    "||" => Step::Or(left, right),
                    "&&" => Step::And(left, right),
                    _ => Step::Compare(comparator(operator), left, right),
                }]);
            }
        };
        left.push(step);
        Ok(left)
    }

    /// What may follow a dot.
    fn behind_dot(&mut self, power: u8) -> Result<Vec<Step>, String> {
        match self.peek().0 {
            "[" => {
                self.advance(1);
                let select = self.select()?;
                self.bound(vec![select], power)
            }
            "" if !self.rest.starts_with(['@', '(', '`', '\'', '{', '&']) => self.expression(power),
            _ => Err(self.not_understood()),
        }
    }

    /// The steps that a projection applies to each element.
    fn projected(&mut self, power: u8) -> Result<Vec<Step>, String> {
        match self.peek() {
            (_, binding) if binding < power::PROJECTION => Ok(Vec::new()),
            ("[" | "[?", _) => self.expression(power),
            _ => {
                self.wants(".")?;
                self.deeper(|parser| parser.behind_dot(power))
            }
        }
    }

    /// A position or `*`, up to the bracket that closes it; `None` where another thing stands in the brackets.
    fn bracketed(&mut self) -> Result<Option<Step>, String> {
        if let Some(rest) = self.rest.strip_prefix('*')
            && rest.trim_start().starts_with(']')
        {
            self.advance(1);
            self.wants("]")?;
            return Ok(Some(Step::Each(self.projected(power::STAR)?)));
        }
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(self.rest.len());
        let Some(position) = self.rest.get(..end).and_then(|number| number.parse().ok()) else { return Ok(None) };
        let before = self.rest;
        self.advance(end);
        if self.takes("]") {
            return Ok(Some(Step::At(position)));
        }
        self.rest = before;
        Err(self.not_understood())
    }

    /// `a, b]`: what is left of a list of expressions.
    fn select(&mut self) -> Result<Step, String> {
        Ok(Step::Select(self.expressions("]")?))
    }

    fn expressions(&mut self, end: &str) -> Result<Vec<Vec<Step>>, String> {
        let mut expressions = vec![self.expression(power::NONE)?];
        while self.takes(",") {
            expressions.push(self.expression(power::NONE)?);
        }
        self.wants(end)?;
        Ok(expressions)
    }

    /// A name, a call or a constant.
    fn word(&mut self) -> Result<Vec<Step>, String> {
        match self.rest.bytes().next() {
            Some(b'`') => {
                let text = self.quoted('`')?.replace("\\`", "`");
                return Ok(vec![Step::Literal(constant(&text)?)]);
            }
            Some(b'\'') => {
                let text = self.quoted('\'')?.replace("\\'", "'");
                return Ok(vec![Step::Literal(Literal::Text(text))]);
            }
            Some(b'"') => {
                let text = self.quoted('"')?;
                let name = serde_json::from_str(&format!("\"{text}\""));
                return Ok(vec![Step::Name(name.map_err(|_| format!("`\"{text}\"` is no name"))?)]);
            }
            _ => {}
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        if end == 0 || self.rest.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(self.not_understood());
        }
        let name = self.advance(end);
        if !self.takes("(") {
            return Ok(vec![Step::Name(name.to_owned())]);
        }
        let Some((_, function)) = Function::ALL.into_iter().find(|(known, _)| *known == name) else {
            let known = Function::ALL.map(|(known, _)| known).join(", ");
            return Err(format!("`{name}` is not a function that is known here: {known}"));
        };
        let arguments = self.expressions(")")?;
        match function.arity() {
            Some(arity) if arity != arguments.len() => {
                Err(format!("`{name}` is called with {}, and takes {arity}", counted(arguments.len())))
            }
            _ => Ok(vec![Step::Call(function, arguments)]),
        }
    }

    /// What stands between two quotation marks, with its escapes.
    fn quoted(&mut self, mark: char) -> Result<&'a str, String> {
        let text = &self.rest[mark.len_utf8()..];
        let mut escaped = false;
        for (index, c) in text.char_indices() {
            match c {
                c if c == mark && !escaped => {
                    self.rest = text[index + mark.len_utf8()..].trim_start();
                    return Ok(&text[..index]);
                }
                c => escaped = c == '\\' && !escaped,
            }
        }
        Err(format!("what begins with `{mark}` does not end"))
    }
}

fn counted(arguments: usize) -> String {
    match arguments {
        1 => "one argument".to_owned(),
        more => format!("{more} arguments"),
    }
}

fn comparator(operator: &str) -> Comparator {
    match operator {
        "==" => Comparator::Equal,
        "!=" => Comparator::NotEqual,
        "<" => Comparator::Less,
        "<=" => Comparator::LessOrEqual,
        ">" => Comparator::Greater,
        _ => Comparator::GreaterOrEqual,
    }
}

/// A constant in backticks.
fn constant(text: &str) -> Result<Literal, String> {
    match serde_json::from_str(text) {
        Ok(Value::Null) => Ok(Literal::Null),
        Ok(Value::Bool(value)) => Ok(Literal::Boolean(value)),
        Ok(Value::Number(number)) => {
            number.as_f64().map(Literal::Number).ok_or_else(|| format!("`{text}` is out of range"))
        }
        Ok(Value::String(text)) => Ok(Literal::Text(text)),
        Ok(_) => Err(format!("the constant `{text}` is neither a text, a number, a boolean nor null")),
        Err(_) => Err(format!("the constant `{text}` is no JSON")),
    }
}
