//! Drafts: what a builder holds of a structure in the making, where some member of the structure is always there.
//!
//! A structure whose members are all optional needs none, as its builder can hold the structure itself.

use super::{Table, Value, same_value};

/// The members of a structure in the making, an option for each: tuples of them, or of such tuples where there are more
/// than a tuple of the standard library may hold.
pub trait Members {
    /// None of them.
    fn none() -> Self;

    /// Shows each in the order of the fields: members, and the private field behind them.
    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a dyn Value));
}

/// A structure whose builder holds an option for each of its members.
pub trait Drafted: Table {
    /// These options, in the order of the fields.
    type Members: Members;
}

impl<T: Value> Members for Option<T> {
    fn none() -> Self {
        None
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a dyn Value)) {
        show(self);
    }
}

macro_rules! tuples {
    ($($first:ident: $first_index:tt $(, $name:ident: $index:tt)*;)*) => {$(
        impl<$first: Members $(, $name: Members)*> Members for ($first, $($name,)*) {
            fn none() -> Self {
                ($first::none(), $($name::none(),)*)
            }

            fn each<'a>(&'a self, show: &mut dyn FnMut(&'a dyn Value)) {
                self.$first_index.each(show);
                $(self.$index.each(show);)*
            }
        }
    )*};
}

tuples! {
    A: 0;
    A: 0, B: 1;
    A: 0, B: 1, C: 2;
    A: 0, B: 1, C: 2, D: 3;
    A: 0, B: 1, C: 2, D: 3, E: 4;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5, G: 6;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5, G: 6, H: 7;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5, G: 6, H: 7, I: 8;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5, G: 6, H: 7, I: 8, J: 9;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5, G: 6, H: 7, I: 8, J: 9, K: 10;
    A: 0, B: 1, C: 2, D: 3, E: 4, F: 5, G: 6, H: 7, I: 8, J: 9, K: 10, L: 11;
}

/// Equality of two structures in the making.
pub fn same_members<T: Members>(one: &T, other: &T) -> bool {
    same_held(&held(one), &held(other))
}

fn same_held(one: &[&dyn Value], other: &[&dyn Value]) -> bool {
    one.iter().zip(other).all(|(one, other)| same_value(*one, *other))
}

/// All that a builder holds, in the order of the fields.
pub(super) fn held<T: Members>(members: &T) -> Vec<&dyn Value> {
    let mut held = Vec::new();
    members.each(&mut |member| held.push(member));
    held
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::error::metadata::ErrorMetadata;

    use super::*;

    type Nested = ((Option<String>, Option<i32>), (Option<Vec<String>>, Option<ErrorMetadata>));

    #[test]
    fn members_are_equal_where_each_is() {
        let none = Nested::none();
        let mut some = none.clone();
        assert!(same_members(&none, &some));
        some.1.0 = Some(Vec::new());
        assert!(!same_members(&none, &some));
        assert!(same_members(&some, &some.clone()));
        some.1.1 = Some(ErrorMetadata::builder().code("a").build());
        assert!(!same_members(&(none.0, some.1.clone()), &(Nested::none().0, (some.1.0, None))));
    }
}
