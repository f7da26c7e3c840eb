//! "Did you mean": the names nearest to one that does not exist.

/// How many names a hint offers at most.
const OFFERED: usize = 3;

/// A hint that offers the candidates nearest to `wanted`, or else `fallback`.
pub fn did_you_mean<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>, fallback: &str) -> String {
    let nearest = nearest(wanted, candidates);
    match nearest.split_last() {
        None => fallback.to_owned(),
        Some((only, [])) => format!("did you mean {only}?"),
        Some((last, rest)) => format!("did you mean {} or {last}?", rest.join(", ")),
    }
}

/// The candidates at the smallest distance, as long as that is small for the length of the name.
///
/// A candidate that is equal after `#` (the right shape, another namespace) counts as near.
fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted_name = name_of(wanted);
    let mut best = wanted_name.chars().count() / 3 + 1;
    let mut found = Vec::new();
    for candidate in candidates {
        let distance = if wanted.contains('#') && name_of(candidate) == wanted_name {
            1
        } else if candidate.len().abs_diff(wanted.len()) > best {
            continue;
        } else {
            distance(wanted, candidate)
        };
        if distance < best {
            found.clear();
            best = distance;
        }
        if distance == best && found.len() < OFFERED {
            found.push(candidate);
        }
    }
    found
}

fn name_of(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// Levenshtein distance in characters; a change of case alone costs nothing but the first step.
fn distance(left: &str, right: &str) -> usize {
    if left.eq_ignore_ascii_case(right) {
        return usize::from(left != right);
    }
    let right: Vec<char> = right.chars().collect();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let substitution = previous[column] + usize::from(from != *to);
            let insertion = current[column] + 1;
            let deletion = previous[column + 1] + 1;
            current.push(substitution.min(insertion).min(deletion));
        }
        previous = current;
    }
    previous.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    fn hint(wanted: &str, candidates: &[&str]) -> String {
        did_you_mean(wanted, candidates.iter().copied(), "nothing near")
    }

    #[test]
    fn a_typing_mistake_is_mended() {
        assert_eq!(hint("a#Stagge", &["a#Stage", "a#Token"]), "did you mean a#Stage?");
    }

    #[test]
    fn equally_near_names_are_all_offered() {
        let hint = hint("a#Foo", &["a#Fob", "a#For", "a#Fox", "a#Boooo"]);
        assert_eq!(hint, "did you mean a#Fob, a#For or a#Fox?");
    }

    #[test]
    fn the_same_name_elsewhere_is_near() {
        assert_eq!(hint("a#Foo", &["com.example#Foo"]), "did you mean com.example#Foo?");
    }

    #[test]
    fn a_change_of_case_is_the_nearest() {
        assert_eq!(hint("maxresults", &["maxResult", "maxResults"]), "did you mean maxResults?");
    }

    #[test]
    fn nothing_similar_gives_the_fallback() {
        assert_eq!(hint("a#Foo", &["a#Composition"]), "nothing near");
    }
}
