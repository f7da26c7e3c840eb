//! Values in Rust: those of a modelled example, and simple ones that show a type.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Types;
use crate::plan::types::RustType;
use crate::plan::{Field, Structure, names};

/// How long the setters of one structure may be in an example that is to be simple.
const LONGEST: usize = 4_000;

/// Whether text has to be a `String`, or anything that becomes one will do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Borrowed,
    Owned,
}

impl Types<'_> {
    /// The setters for the members of an example, in its order; `used` gathers the types that they name.
    pub(super) fn setters(
        &self,
        fields: &[Field],
        members: &Map<String, Value>,
        used: &mut BTreeSet<String>,
    ) -> Option<String> {
        let mut setters = String::new();
        for (member, value) in members {
            let field = fields.iter().find(|field| field.member_name == *member)?;
            let mut set = |arguments: String| setters.push_str(&format!(".{}({arguments})", field.name));
            match (&field.ty, value) {
                (RustType::Vec(element), Value::Array(values)) if !values.is_empty() => {
                    for value in values {
                        set(self.value(element, value, Text::Borrowed, used)?);
                    }
                }
                (RustType::Map(key_type, entry), Value::Object(entries)) if !entries.is_empty() => {
                    for (key, value) in entries {
                        let key = self.value(&key_type.clone().into(), &key.as_str().into(), Text::Borrowed, used)?;
                        set(format!("{key}, {}", self.value(entry, value, Text::Borrowed, used)?));
                    }
                }
                (RustType::Vec(_) | RustType::Map(..), _) => return None,
                (ty, value) => set(self.value(ty, value, Text::Borrowed, used)?),
            }
        }
        Some(setters)
    }

    /// The expression of a value of a type; `None` where the two do not fit.
    fn value(&self, ty: &RustType, value: &Value, text: Text, used: &mut BTreeSet<String>) -> Option<String> {
        Some(match (ty, value) {
            (RustType::String, Value::String(literal)) if text == Text::Owned => {
                format!("{}.to_owned()", names::literal(literal))
            }
            (RustType::String, Value::String(literal)) => names::literal(literal),
            (RustType::Bool, Value::Bool(value)) => value.to_string(),
            (RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64, Value::Number(number)) => {
                number.as_i64()?.to_string()
            }
            (RustType::F32 | RustType::F64, Value::Number(number)) => format!("{:?}", number.as_f64()?),
            (RustType::DateTime, Value::Number(seconds)) => {
                used.insert("primitives::DateTime".to_owned());
                format!("DateTime::from_secs({})", seconds.as_i64()?)
            }
            (RustType::Blob, Value::String(literal)) => {
                used.insert("primitives::Blob".to_owned());
                format!("Blob::new({})", names::literal(literal))
            }
            (RustType::Enum(named), Value::String(literal)) => {
                let variants = &self.enums.get(named.name.as_str())?.variants;
                let variant = variants.iter().find(|variant| variant.value == *literal)?;
                format!("{}::{}", self.name(&named.name, used), variant.name)
            }
            (RustType::Structure(named), Value::Object(members)) => {
                let structure = self.structures.get(named.name.as_str())?;
                self.built(structure, self.setters(&structure.fields, members, used)?, used)
            }
            (RustType::Union(named), Value::Object(members)) => {
                let union = self.unions.get(named.name.as_str())?;
                let (member, value) = members.iter().next().filter(|_| members.len() == 1)?;
                let variant = union.variants.iter().find(|variant| variant.member_name == *member)?;
                let value = self.value(&variant.ty, value, Text::Owned, used)?;
                format!("{}::{}({value})", self.name(&named.name, used), variant.name)
            }
            (RustType::Vec(element), Value::Array(values)) => {
                let values = values.iter().map(|value| self.value(element, value, Text::Owned, used));
                format!("vec![{}]", values.collect::<Option<Vec<_>>>()?.join(", "))
            }
            _ => return None,
        })
    }

    /// What the setter of a member takes, for a value that shows its type.
    pub(super) fn simple_arguments(&self, field: &Field, used: &mut BTreeSet<String>, depth: usize) -> Option<String> {
        match &field.ty {
            RustType::Vec(element) => self.simple(element, &field.name, used, depth),
            RustType::Map(key, value) => {
                let key = self.simple(&key.clone().into(), "key", used, depth)?;
                Some(format!("{key}, {}", self.simple(value, "value", used, depth)?))
            }
            ty => self.simple(ty, &field.name, used, depth),
        }
    }

    /// A value that shows a type; text tells what it stands for.
    fn simple(&self, ty: &RustType, name: &str, used: &mut BTreeSet<String>, depth: usize) -> Option<String> {
        Some(match ty {
            RustType::String => format!("\"{}\"", name.trim_start_matches("r#").replace('_', "-")),
            RustType::Bool => "true".to_owned(),
            RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64 => "1".to_owned(),
            RustType::F32 | RustType::F64 => "1.0".to_owned(),
            RustType::DateTime => {
                used.insert("primitives::DateTime".to_owned());
                "DateTime::from_secs(0)".to_owned()
            }
            RustType::Blob => {
                used.insert("primitives::Blob".to_owned());
                "Blob::new(\"bytes\")".to_owned()
            }
            RustType::Enum(named) => {
                let variant = self.enums.get(named.name.as_str())?.variants.first()?;
                format!("{}::{}", self.name(&named.name, used), variant.name)
            }
            RustType::Structure(named) => {
                let structure = self.structures.get(named.name.as_str())?;
                let depth = depth.checked_sub(1)?;
                let mut setters = String::new();
                for field in structure.fields.iter().filter(|field| field.required) {
                    setters.push_str(&format!(".{}({})", field.name, self.simple_arguments(field, used, depth)?));
                    if setters.len() > LONGEST {
                        return None;
                    }
                }
                self.built(structure, setters, used)
            }
            RustType::Union(_) | RustType::Document | RustType::Vec(_) | RustType::Map(..) | RustType::Option(_) => {
                return None;
            }
        })
    }

    /// The builder of a structure with its setters, built.
    fn built(&self, structure: &Structure, setters: String, used: &mut BTreeSet<String>) -> String {
        let build = if structure.is_fallible() { ".build()?" } else { ".build()" };
        format!("{}::builder(){setters}{build}", self.name(&structure.name, used))
    }

    /// A type by its short name, imported; by its path where the short name means something else.
    fn name(&self, name: &str, used: &mut BTreeSet<String>) -> String {
        if names::hides_short_name(name) {
            return format!("{}::types::{name}", self.library);
        }
        used.insert(format!("types::{name}"));
        name.to_owned()
    }
}
