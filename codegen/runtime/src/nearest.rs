//! "Did you mean": names that are like one that does not exist.

/// The names that are most like `name`: at most three, all at the least distance, none if that is far.
pub(crate) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = folded(name);
    let far = 1 + wanted.len() / 3;
    let mut near: Vec<_> = names
        .map(|name| (folded(name), name))
        // Lengths alone tell most names apart, so that one of a million letters is compared with none.
        .filter(|(letters, _)| letters.len().abs_diff(wanted.len()) < far)
        .map(|(letters, name)| (distance(&wanted, &letters), name))
        .filter(|(distance, _)| *distance < far)
        .collect();
    near.sort();
    let least = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter().take_while(|(distance, _)| *distance == least).map(|(_, name)| name).take(3).collect()
}

/// `create-stage`, `create_stage` and `CreateStage` are alike.
fn folded(name: &str) -> Vec<char> {
    name.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// How many letters must be added, removed or replaced to make one of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for column in 0..other.len() {
            let replaced = diagonal + usize::from(other[column] != *letter);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["CreateStage", "DeleteStage", "GetStage", "ListStages", "StopComposition"];

    fn near(name: &str) -> Vec<&'static str> {
        nearest(name, NAMES.iter().copied())
    }

    #[test]
    fn the_nearest_names_are_found_in_any_spelling() {
        assert_eq!(near("create-stage"), ["CreateStage"]);
        assert_eq!(near("CreateStag"), ["CreateStage"]);
        assert_eq!(near("StartComposition"), ["StopComposition"]);
        assert_eq!(near("GetStages"), ["GetStage"]);
    }

    #[test]
    fn nothing_is_near_a_name_of_something_else() {
        assert_eq!(near("Reboot"), [""; 0]);
        assert_eq!(near(""), [""; 0]);
        assert_eq!(near(&"CreateStage".repeat(100_000)), [""; 0]);
    }

    #[test]
    fn distances_count_letters() {
        let distance = |one: &str, other: &str| super::distance(&folded(one), &folded(other));
        assert_eq!((distance("kitten", "sitting"), distance("", "ab"), distance("ab", "ab")), (3, 2, 0));
    }
}
