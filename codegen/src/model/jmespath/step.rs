//! What expressions are made of.

/// A step of an expression; `N` is what stands for a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<N = String> {
    /// `name`: a member of a structure, or the value under a key.
    Name(N),
    /// `[0]`: the element of a list at this position; a negative one counts from the end.
    At(i32),
    /// `[*]`: these steps for every element of a list.
    Each(Vec<Self>),
    /// `.*`: these steps for every value of a map or a structure.
    Values(Vec<Self>),
    /// `[]`: these steps for every element, after the elements of lists within the list took the places of these lists.
    Flatten(Vec<Self>),
    /// `[?a]`: the second steps for every element for which the first are true.
    Filter(Vec<Self>, Vec<Self>),
    /// `[a, b]`: a list of what these expressions come to.
    Select(Vec<Vec<Self>>),
    /// A constant.
    Literal(Literal),
    /// `a == b`.
    Compare(Comparator, Vec<Self>, Vec<Self>),
    /// `a && b`.
    And(Vec<Self>, Vec<Self>),
    /// `a || b`.
    Or(Vec<Self>, Vec<Self>),
    /// `!a`.
    Not(Vec<Self>),
    /// `length(a)`.
    Call(Function, Vec<Vec<Self>>),
}

/// A constant of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `` `null` ``.
    Null,
    /// `` `true` ``.
    Boolean(bool),
    /// `` `1` ``.
    Number(f64),
    /// `'text'`.
    Text(String),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`, of numbers.
    Less,
    /// `<=`, of numbers.
    LessOrEqual,
    /// `>`, of numbers.
    Greater,
    /// `>=`, of numbers.
    GreaterOrEqual,
}

/// A function that an expression may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Whether a text or a list contains something.
    Contains,
    /// Whether a text ends with another.
    EndsWith,
    /// The keys of a map, or the names of the members of a structure that are set.
    Keys,
    /// How many characters, elements or entries there are.
    Length,
    /// The first of the arguments that is not null.
    NotNull,
    /// Whether a text begins with another.
    StartsWith,
    /// The values of a map or a structure.
    Values,
}

impl Function {
    /// All of them, by name.
    pub(super) const ALL: [(&str, Self); 7] = [
        ("contains", Self::Contains),
        ("ends_with", Self::EndsWith),
        ("keys", Self::Keys),
        ("length", Self::Length),
        ("not_null", Self::NotNull),
        ("starts_with", Self::StartsWith),
        ("values", Self::Values),
    ];

    /// Its name in expressions.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// How many arguments it takes; `None` for one or more.
    pub(super) fn arity(self) -> Option<usize> {
        match self {
            Self::Contains | Self::EndsWith | Self::StartsWith => Some(2),
            Self::Keys | Self::Length | Self::Values => Some(1),
            Self::NotNull => None,
        }
    }
}
