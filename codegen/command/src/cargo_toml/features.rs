//! `[features]` that speak of a dependency.

use toml_edit::{Array, Item, Value};

use super::CargoToml;

impl CargoToml {
    /// What each feature of the package turns on.
    pub fn features(&self) -> Vec<(String, Vec<String>)> {
        let features = self.document.get("features").and_then(Item::as_table_like);
        let entries = features.into_iter().flat_map(|features| features.iter());
        let texts = |item: &Item| {
            let names = item.as_array().into_iter().flatten().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        };
        entries.map(|(name, item)| (name.to_owned(), texts(item))).collect()
    }

    /// Puts other features of a dependency in the place of those that `[features]` turns on, as in `name/feature` and
    /// `name?/feature`: those that `meaning` gives for each, which may be none.
    pub fn map_features(&mut self, name: &str, meaning: impl Fn(&str) -> Vec<String>) {
        let activation = self.activation(name);
        self.change_features(|text| {
            let (dependency, feature) = text.split_once('/')?;
            let is_weak = dependency.ends_with('?');
            if dependency.trim_end_matches('?') != name {
                return None;
            }
            let wanted = meaning(feature);
            let is_same = wanted.len() == 1 && wanted[0] == feature;
            let named = wanted.iter().map(|wanted| format!("{dependency}/{wanted}"));
            // Without the mark it turned the dependency on, too.
            let bare = activation.clone().filter(|_| wanted.is_empty() && !is_weak);
            (!is_same).then(|| named.chain(bare).collect())
        });
    }

    /// What turns a dependency on in `[features]`; `None` if it is always on.
    fn activation(&self, name: &str) -> Option<String> {
        let is_optional = self.dependencies().iter().any(|entry| entry.name == name && entry.is_optional);
        let explicit = format!("dep:{name}");
        let features = self.features();
        // Where one feature says `dep:`, there is none of the dependency's own name.
        let is_explicit = features.iter().any(|(_, names)| names.contains(&explicit));
        is_optional.then(|| if is_explicit { explicit } else { name.to_owned() })
    }

    /// Takes a dependency that is gone out of `[features]`.
    pub(super) fn forget_in_features(&mut self, name: &str) {
        let is_feature = self.features().iter().any(|(feature, _)| feature == name);
        self.change_features(|text| {
            let is_gone = match text.split_once('/') {
                Some((dependency, _)) => dependency.trim_end_matches('?') == name,
                None => text.strip_prefix("dep:") == Some(name) || (text == name && !is_feature),
            };
            is_gone.then(Vec::new)
        });
    }

    /// Changes what features turn on: `change` gives what is to stand there instead, `None` to leave it.
    pub(super) fn change_features(&mut self, change: impl Fn(&str) -> Option<Vec<String>>) {
        let features: Vec<String> = self.features().into_iter().map(|(feature, _)| feature).collect();
        features.iter().for_each(|feature| self.change_feature(feature, &change));
    }

    /// The same in one feature.
    pub(super) fn change_feature(&mut self, feature: &str, change: impl Fn(&str) -> Option<Vec<String>>) {
        let features = self.document.get_mut("features").and_then(Item::as_table_like_mut);
        let array = features.and_then(|features| features.get_mut(feature)?.as_array_mut());
        array.into_iter().for_each(|array| change_array(array, &change));
    }
}

fn change_array(array: &mut Array, change: impl Fn(&str) -> Option<Vec<String>>) {
    let mut position = 0;
    while position < array.len() {
        let text = array.get(position).and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(mut wanted) = change(&text) else {
            position += 1;
            continue;
        };
        let old = array.remove(position);
        wanted.retain(|wanted| !array.iter().any(|held| held.as_str() == Some(wanted)));
        let mut prefix = old.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
        if wanted.is_empty() {
            keep_before(array, position, &prefix);
        }
        for wanted in wanted {
            let mut value = Value::from(wanted);
            value.decor_mut().set_prefix(prefix.as_str());
            array.insert_formatted(position, value);
            position += 1;
            // Those that follow stand as it does, without its comment.
            prefix = prefix.rfind('\n').map_or_else(|| " ".to_owned(), |end| prefix[end..].to_owned());
        }
    }
    if let Some(first) = array.get_mut(0)
        && first.decor().prefix().and_then(|prefix| prefix.as_str()) == Some(" ")
    {
        first.decor_mut().set_prefix("");
    }
}

/// Puts a comment that stood before an element that is gone before what follows it.
fn keep_before(array: &mut Array, position: usize, prefix: &str) {
    if !prefix.contains('#') {
        return;
    }
    let kept = prefix.trim_end();
    match array.get_mut(position) {
        Some(next) => {
            let following = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
            let joined = format!("{kept}{following}");
            next.decor_mut().set_prefix(joined);
        }
        None => {
            let following = array.trailing().as_str().unwrap_or_default();
            let joined = format!("{kept}{following}");
            array.set_trailing(joined);
        }
    }
}
