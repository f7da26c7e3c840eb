//! A look at an answer: the members that the output of an example shows.

use serde_json::{Map, Value};

use super::example::Examples;
use crate::plan::types::RustType;
use crate::plan::{Field, names};

impl Examples<'_> {
    /// Statements that go from `place` to each member that an example shows; none for what the model does not know.
    ///
    /// Sensitive members are named and not printed.
    pub(super) fn look(&self, place: &str, fields: &[Field], shown: &Map<String, Value>) -> String {
        let known = shown.iter().filter_map(|(member, value)| {
            let field = fields.iter().find(|field| field.member_name == *member)?;
            Some(self.look_at(place, field, value))
        });
        known.collect()
    }

    fn look_at(&self, place: &str, field: &Field, value: &Value) -> String {
        let name = &field.name;
        if field.row.flags.contains(&"SENSITIVE") {
            return format!("let {name} = {place}.{name}();");
        }
        match (&field.ty, value) {
            (RustType::Structure(named), Value::Object(members)) => {
                if let Some(look) = self.within(&named.name, name, members) {
                    return format!("if let Some({name}) = {place}.{name}() {{ {look} }}");
                }
            }
            (RustType::Vec(element), Value::Array(elements)) => {
                let variable = singular(name);
                if let (RustType::Structure(named), Some(members)) = (&**element, first_object(elements))
                    && let Some(look) = self.within(&named.name, &variable, members)
                {
                    return format!("for {variable} in {place}.{name}() {{ {look} }}");
                }
            }
            _ => {}
        }
        format!("println!(\"{}: {{:?}}\", {place}.{name}());", name.trim_start_matches("r#"))
    }

    /// The look into a structure; `None` where the example shows nothing of it.
    fn within(&self, structure: &str, place: &str, shown: &Map<String, Value>) -> Option<String> {
        let look = self.look(place, &self.types.structure(structure)?.fields, shown);
        Some(look).filter(|look| !look.is_empty())
    }
}

fn first_object(elements: &[Value]) -> Option<&Map<String, Value>> {
    elements.first()?.as_object()
}

/// The name of one of several: `stage` of `stages`, `policy` of `policies`, `item` where the name does not tell.
fn singular(plural: &str) -> String {
    let plural = plural.trim_start_matches("r#");
    let one = match plural.strip_suffix("ies") {
        Some(stem) => Some(format!("{stem}y")),
        None => plural.strip_suffix('s').filter(|stem| !stem.ends_with('s')).map(str::to_owned),
    };
    names::field(one.as_deref().filter(|one| !one.is_empty()).unwrap_or("item"))
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn elements_are_named_after_their_list() {
        assert_eq!(singular("stages"), "stage");
        assert_eq!(singular("policies"), "policy");
        assert_eq!(singular("types"), "r#type");
        assert_eq!(singular("access"), "item");
        assert_eq!(singular("data"), "item");
    }
}
