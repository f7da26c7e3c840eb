//! Simple values that show a type.

use super::{Built, RustValue, Setter, Types};
use crate::plan::Field;
use crate::plan::types::RustType;

/// How many values there may be in one structure that is to be simple.
const MOST: usize = 100;

/// How deep required structures within structures are written out.
const DEPTH: usize = 4;

impl Types<'_> {
    /// The setters of the required members, with values that show their types; `None` where one has no simple value.
    pub(crate) fn required_setters(&self, fields: &[Field]) -> Option<Vec<Setter>> {
        self.required(fields, DEPTH)
    }

    /// The setters of those required members that have simple values.
    pub(crate) fn simple_setters(&self, fields: &[Field]) -> Vec<Setter> {
        let required = fields.iter().filter(|field| field.required);
        required.filter_map(|field| self.simple_at(field, DEPTH)).collect()
    }

    fn required(&self, fields: &[Field], depth: usize) -> Option<Vec<Setter>> {
        let mut setters = Vec::new();
        let mut size = 0;
        for field in fields.iter().filter(|field| field.required) {
            let setter = self.simple_at(field, depth)?;
            size += setter.size();
            setters.push(setter);
            if size > MOST {
                return None;
            }
        }
        Some(setters)
    }

    fn simple_at(&self, field: &Field, depth: usize) -> Option<Setter> {
        let arguments = match &field.ty {
            RustType::Vec(element) => vec![self.simple(element, &field.name, depth)?],
            RustType::Map(key, value) => {
                vec![self.simple(&key.clone().into(), "key", depth)?, self.simple(value, "value", depth)?]
            }
            ty => vec![self.simple(ty, &field.name, depth)?],
        };
        Some(Setter { method: field.name.clone(), arguments })
    }

    /// A value that shows a type; text tells what it stands for.
    fn simple(&self, ty: &RustType, name: &str, depth: usize) -> Option<RustValue> {
        Some(match ty {
            RustType::String => RustValue::Text { text: name.trim_start_matches("r#").replace('_', "-"), owned: false },
            RustType::Bool => RustValue::Boolean(true),
            RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64 => RustValue::Integer(1),
            RustType::F32 | RustType::F64 => RustValue::Float { value: 1.0, single: *ty == RustType::F32 },
            RustType::BigInteger | RustType::BigDecimal => RustValue::BigNumber("1".to_owned()),
            RustType::DateTime => RustValue::Timestamp { seconds: 0, nanoseconds: 0 },
            RustType::Blob => RustValue::Blob("bytes".to_owned()),
            RustType::ByteStream => RustValue::Stream("bytes".to_owned()),
            RustType::Enum(named) => {
                let variant = self.enums.get(named.name.as_str())?.variants.first()?;
                let (variant, value) = (Some(variant.name.clone()), variant.value.clone());
                RustValue::Enum { ty: named.clone(), variant, value }
            }
            RustType::Structure(named) => {
                let structure = self.structure(&named.name)?;
                let setters = self.required(&structure.fields, depth.checked_sub(1)?)?;
                let (module, name) = (named.module.to_owned(), named.name.clone());
                RustValue::Structure(Built { module, name, setters, fallible: structure.is_fallible() })
            }
            RustType::Union(_)
            | RustType::Document
            | RustType::Events(_)
            | RustType::Vec(_)
            | RustType::Map(..)
            | RustType::Option(_) => {
                return None;
            }
        })
    }
}
