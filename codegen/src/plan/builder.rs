//! Builders: how each member is set, and where it is held until the structure is made.

use super::structure::{Field, Role, Structure};
use super::types::{MapKey, RustType};

/// How a builder takes a member and its structure gives it, which the runtime's macros know by a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MethodKind {
    Text,
    /// A list of texts.
    Texts,
    List,
    /// A map of texts.
    TextMap,
    Map,
    /// A map of texts with an enum as its keys.
    KeyedTextMap,
    /// A map with an enum as its keys.
    KeyedMap,
    Boxed,
    /// A number or a boolean.
    Copy,
    /// A stream of bytes.
    Stream,
    Value,
}

impl Field {
    /// How the builder takes the field, and its structure gives it.
    pub(crate) fn method_kind(&self) -> MethodKind {
        match &self.ty {
            RustType::String => MethodKind::Text,
            RustType::Vec(element) if **element == RustType::String => MethodKind::Texts,
            RustType::Vec(_) => MethodKind::List,
            RustType::Map(MapKey::String, value) if **value == RustType::String => MethodKind::TextMap,
            RustType::Map(MapKey::String, _) => MethodKind::Map,
            RustType::Map(MapKey::Enum(_), value) if **value == RustType::String => MethodKind::KeyedTextMap,
            RustType::Map(MapKey::Enum(_), _) => MethodKind::KeyedMap,
            _ if self.boxed => MethodKind::Boxed,
            RustType::ByteStream => MethodKind::Stream,
            ty if ty.is_copy() => MethodKind::Copy,
            _ => MethodKind::Value,
        }
    }

    /// The types that the row of its methods names: of an element, of a key, of a value. The kind of the row says where a
    /// text is.
    pub(crate) fn method_types(&self) -> Vec<RustType> {
        let parts = match &self.ty {
            RustType::Vec(element) => vec![(**element).clone()],
            RustType::Map(key, value) => vec![RustType::from(key.clone()), (**value).clone()],
            ty => vec![ty.clone()],
        };
        parts.into_iter().filter(|ty| *ty != RustType::String).collect()
    }
}

/// What a builder holds as an option.
#[derive(Debug)]
pub(crate) enum Held<'p> {
    Member(&'p Field),
    /// The request id of an output.
    RequestId,
    /// The metadata of an exception.
    Metadata,
}

/// The options that a builder holds: in one tuple, or where they are many in a tuple of tuples.
#[derive(Debug)]
pub(crate) enum Tuple<T> {
    Element(T),
    Of(Vec<Tuple<T>>),
}

impl Structure {
    /// What its builder holds: its members, and what it has beside them.
    pub(crate) fn held(&self) -> Tuple<Held<'_>> {
        let beside = match self.role {
            Role::Output => Some(Held::RequestId),
            Role::Exception => Some(Held::Metadata),
            Role::Data | Role::Input => None,
        };
        let held: Vec<_> = self.fields.iter().map(Held::Member).chain(beside).collect();
        let stride = stride(held.len());
        tuple(held, stride)
    }

    /// Where the builder holds the member at a position, from the outer tuple to the inner: 3, or 0 and 3. Behind the last
    /// member stands what the structure has beside them.
    pub(crate) fn place(&self, index: usize) -> Vec<usize> {
        let beside = usize::from(matches!(self.role, Role::Output | Role::Exception));
        place(index, self.fields.len() + beside)
    }
}

/// The most elements of a tuple that is of use: the traits of the standard library end there.
const LONGEST: usize = 12;

/// How many of `count` elements each element of their tuple stands for: one, or as many as a full tuple of tuples holds.
fn stride(count: usize) -> usize {
    std::iter::successors(Some(1), |stride| Some(stride * LONGEST))
        .find(|stride| stride * LONGEST >= count)
        .unwrap_or(1)
}

/// A tuple each of whose elements stands for as many elements as the stride says.
fn tuple<T>(elements: Vec<T>, stride: usize) -> Tuple<T> {
    if stride <= 1 {
        return Tuple::Of(elements.into_iter().map(Tuple::Element).collect());
    }
    let mut elements = elements.into_iter().peekable();
    let mut inner = Vec::new();
    while elements.peek().is_some() {
        inner.push(tuple(elements.by_ref().take(stride).collect(), stride / LONGEST));
    }
    Tuple::Of(inner)
}

/// The place of the element at `index` among `count`.
fn place(index: usize, count: usize) -> Vec<usize> {
    let strides = std::iter::successors(Some(stride(count)), |stride| Some(stride / LONGEST));
    strides.take_while(|stride| *stride > 0).map(|stride| index / stride % LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths of tuples, as far as they hold tuples.
    fn shape<T>(tuple: &Tuple<T>) -> String {
        match tuple {
            Tuple::Element(_) => "x".to_owned(),
            Tuple::Of(inner) => format!("({})", inner.iter().map(shape).collect::<String>()),
        }
    }

    fn shape_of(count: usize) -> String {
        shape(&tuple(vec![(); count], stride(count)))
    }

    #[test]
    fn many_members_stand_in_tuples_of_tuples() {
        assert_eq!((place(0, 1), place(11, 12)), (vec![0], vec![11]));
        assert_eq!((place(0, 13), place(12, 13)), (vec![0, 0], vec![1, 0]));
        assert_eq!((place(143, 144), place(144, 145)), (vec![11, 11], vec![1, 0, 0]));
    }

    #[test]
    fn tuples_have_the_places_of_their_elements() {
        assert_eq!(shape_of(0), "()");
        assert_eq!(shape_of(1), "(x)");
        assert_eq!(shape_of(13), "((xxxxxxxxxxxx)(x))");
        assert_eq!(shape_of(145), format!("(({})((x)))", "(xxxxxxxxxxxx)".repeat(12)));
    }
}
