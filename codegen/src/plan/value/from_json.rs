//! From the JSON of a model to values.
//!
//! Members are called as in the model. Timestamps are seconds since 1970 or texts of RFC 3339, blobs are texts, and the floats that JSON does
//! not have are the strings `NaN`, `Infinity` and `-Infinity`.

use serde_json::{Map, Number, Value};

use super::{Built, RustValue, Setter, Types};
use crate::ast::node::describe;
use crate::plan::types::{Named, RustType};
use crate::plan::{Field, Structure, Union, big_number};

/// Why JSON is no value of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// JSON pointer from where the value begins.
    pointer: String,
    /// What is wrong there, as a phrase.
    reason: String,
}

impl Misfit {
    fn new(reason: impl Into<String>) -> Self {
        Self { pointer: String::new(), reason: reason.into() }
    }

    fn of(ty: &RustType, value: &Value) -> Self {
        Self::new(format!("{} is no {}", describe(value), ty.path()))
    }

    fn below(mut self, step: &str) -> Self {
        self.pointer.insert_str(0, &format!("/{}", step.replace('~', "~0").replace('/', "~1")));
        self
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pointer, self.reason)
    }
}

/// Whether text has to be a `String`, or anything that becomes one will do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Borrowed,
    Owned,
}

impl Types<'_> {
    /// The setters for these members, in their order; null sets nothing.
    ///
    /// # Errors
    /// The first member that the fields do not have, or whose value is not of its type.
    pub(crate) fn setters(&self, fields: &[Field], members: &Map<String, Value>) -> Result<Vec<Setter>, Misfit> {
        let mut setters = Vec::new();
        for (member, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let field = fields.iter().find(|field| field.member_name == *member);
            let field = field.ok_or_else(|| Misfit::new("there is no such member").below(member))?;
            self.set(field, value, &mut setters).map_err(|misfit| misfit.below(member))?;
        }
        Ok(setters)
    }

    /// The structure whose members these are, which users find in a module.
    ///
    /// # Errors
    /// As [`Self::setters`].
    pub(crate) fn built(&self, module: &str, of: &Structure, members: &Map<String, Value>) -> Result<Built, Misfit> {
        let setters = self.setters(&of.fields, members)?;
        Ok(Built { module: module.to_owned(), name: of.name.clone(), setters, fallible: of.is_fallible() })
    }

    /// The calls that set one member: for a list or a map one for each element or entry.
    fn set(&self, field: &Field, value: &Value, setters: &mut Vec<Setter>) -> Result<(), Misfit> {
        let mut set = |arguments| setters.push(Setter { method: field.name.clone(), arguments });
        match (&field.ty, value) {
            (RustType::Vec(element), Value::Array(values)) if !values.is_empty() => {
                for (index, value) in values.iter().enumerate() {
                    let value = self.value(element, value, Text::Borrowed);
                    set(vec![value.map_err(|misfit| misfit.below(&index.to_string()))?]);
                }
            }
            (RustType::Map(key_type, entry), Value::Object(entries)) if !entries.is_empty() => {
                for (key, value) in entries {
                    let value = self.value(entry, value, Text::Borrowed).map_err(|misfit| misfit.below(key))?;
                    let key = self.value(&key_type.clone().into(), &key.as_str().into(), Text::Borrowed)?;
                    set(vec![key, value]);
                }
            }
            (ty @ (RustType::Vec(_) | RustType::Map(..)), value) => {
                let none = RustValue::Present(Box::new(self.value(ty, value, Text::Owned)?));
                setters.push(Setter { method: field.set.clone(), arguments: vec![none] });
            }
            (ty, value) => set(vec![self.value(ty, value, Text::Borrowed)?]),
        }
        Ok(())
    }

    /// A value of a type.
    ///
    /// # Errors
    /// As [`Self::setters`].
    pub(crate) fn read(&self, ty: &RustType, value: &Value) -> Result<RustValue, Misfit> {
        self.value(ty, value, Text::Owned)
    }

    fn value(&self, ty: &RustType, value: &Value, text: Text) -> Result<RustValue, Misfit> {
        let misfit = || Misfit::of(ty, value);
        Ok(match (ty, value) {
            (RustType::Option(_), Value::Null) => RustValue::Null,
            (RustType::Option(ty), value) => RustValue::Present(Box::new(self.value(ty, value, Text::Owned)?)),
            (RustType::String, Value::String(literal)) => {
                RustValue::Text { text: literal.clone(), owned: text == Text::Owned }
            }
            (RustType::Bool, Value::Bool(value)) => RustValue::Boolean(*value),
            (RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64, Value::Number(number)) => {
                RustValue::Integer(number.as_i64().ok_or_else(misfit)?)
            }
            (RustType::F32 | RustType::F64, value) => {
                RustValue::Float { value: float(value).ok_or_else(misfit)?, single: *ty == RustType::F32 }
            }
            (RustType::BigInteger | RustType::BigDecimal, value) => {
                RustValue::BigNumber(big_number::text(value, *ty == RustType::BigInteger).ok_or_else(misfit)?)
            }
            (RustType::DateTime, Value::Number(number)) => timestamp(number).ok_or_else(misfit)?,
            (RustType::DateTime, Value::String(text)) => instant(text).ok_or_else(misfit)?,
            (RustType::Blob, Value::String(literal)) => RustValue::Blob(literal.clone()),
            (RustType::ByteStream, Value::String(literal)) => RustValue::Stream(literal.clone()),
            (RustType::Document, value) => RustValue::Document(value.clone()),
            (RustType::Enum(named), Value::String(literal)) => self.enumerated(named, literal),
            (RustType::Structure(named), Value::Object(members)) => {
                let structure = self.structure(&named.name).ok_or_else(misfit)?;
                RustValue::Structure(self.built(named.module, structure, members)?)
            }
            (RustType::Union(named), Value::Object(members)) => {
                let union = self.unions.get(named.name.as_str()).ok_or_else(misfit)?;
                self.united(named, union, members)?
            }
            (RustType::Vec(element), Value::Array(values)) => {
                let values = values.iter().enumerate().map(|(index, value)| {
                    self.value(element, value, Text::Owned).map_err(|misfit| misfit.below(&index.to_string()))
                });
                RustValue::List(values.collect::<Result<_, _>>()?)
            }
            (RustType::Map(key_type, entry), Value::Object(entries)) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.value(entry, value, Text::Owned).map_err(|misfit| misfit.below(key))?;
                    Ok((self.value(&key_type.clone().into(), &key.as_str().into(), Text::Owned)?, value))
                });
                RustValue::Map(entries.collect::<Result<_, _>>()?)
            }
            _ => return Err(misfit()),
        })
    }

    fn enumerated(&self, named: &Named, value: &str) -> RustValue {
        let variants = self.enums.get(named.name.as_str()).into_iter().flat_map(|it| &it.variants);
        let variant = variants.into_iter().find(|variant| variant.value == value);
        RustValue::Enum {
            ty: named.clone(),
            variant: variant.map(|variant| variant.name.clone()),
            value: value.to_owned(),
        }
    }

    /// The only member of a union that is set.
    fn united(&self, named: &Named, union: &Union, members: &Map<String, Value>) -> Result<RustValue, Misfit> {
        let mut set = members.iter().filter(|(_, value)| !value.is_null());
        let (Some((member, value)), None) = (set.next(), set.next()) else {
            return Err(Misfit::new("one member of a union has to be set"));
        };
        let variant = union.variants.iter().find(|variant| variant.member_name == *member);
        let variant = variant.ok_or_else(|| Misfit::new("there is no such member").below(member))?;
        let value = self.value(&variant.ty, value, Text::Owned).map_err(|misfit| misfit.below(member))?;
        Ok(RustValue::Union {
            ty: named.clone(),
            variant: variant.name.clone(),
            value: Box::new(value),
            boxed: variant.boxed,
        })
    }
}

/// A float, which may be one that JSON does not have.
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
}

/// A timestamp of so many seconds, to the last digit that is written.
fn timestamp(seconds: &Number) -> Option<RustValue> {
    const PER_SECOND: u32 = 1_000_000_000;
    let text = seconds.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    let (seconds, nanoseconds): (i64, u32) = (whole.parse().ok()?, digits.parse().ok()?);
    // What lies before a whole second is counted from the one before.
    match text.starts_with('-') && nanoseconds > 0 {
        true => Some(RustValue::Timestamp { seconds: seconds.checked_sub(1)?, nanoseconds: PER_SECOND - nanoseconds }),
        false => Some(RustValue::Timestamp { seconds, nanoseconds }),
    }
}

/// A timestamp of whole seconds as RFC 3339 has it, in UTC: `2026-11-17T08:30:00Z`.
fn instant(text: &str) -> Option<RustValue> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let ([year, month, day], [hour, minute, second]) = (numbers(date, '-', [4, 2, 2])?, numbers(time, ':', [2, 2, 2])?);
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    let is_time = hour < 24 && minute < 60 && second < 60;
    // Years begin in March here, so that the day that some lack is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    (is_date && is_time).then_some(RustValue::Timestamp { seconds, nanoseconds: 0 })
}

/// Three numbers of so many digits each, apart by a mark.
fn numbers(text: &str, mark: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let parts: Vec<&str> = text.split(mark).collect();
    let are_digits = parts
        .iter()
        .zip(digits)
        .all(|(part, digits)| part.len() == digits && part.bytes().all(|digit| digit.is_ascii_digit()));
    let numbers: Option<Vec<i64>> = parts.iter().map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok().filter(|_| are_digits)
}

#[cfg(test)]
mod tests {
    use super::{RustValue, float, instant, timestamp};
    use serde_json::{Number, json};

    fn at(seconds: i64, nanoseconds: u32) -> Option<RustValue> {
        Some(RustValue::Timestamp { seconds, nanoseconds })
    }

    #[test]
    fn timestamps_keep_every_digit() {
        let of = |text: &str| timestamp(&text.parse::<Number>().expect("a number"));
        assert_eq!(of("1398796238"), at(1_398_796_238, 0));
        assert_eq!(of("946845296.123"), at(946_845_296, 123_000_000));
        assert_eq!(of("-1.25"), at(-2, 750_000_000));
        assert_eq!(of("-0.5"), at(-1, 500_000_000));
    }

    #[test]
    fn timestamps_may_be_texts() {
        assert_eq!(instant("1970-01-01T00:00:00Z"), at(0, 0));
        assert_eq!(instant("2024-02-29T23:59:59Z"), at(1_709_251_199, 0));
        assert_eq!(instant("2024-10-31T14:15:14Z"), at(1_730_384_114, 0));
        for other in [
            "",
            "2024-10-31",
            "2024-10-31T14:15:14",
            "2024-10-31T14:15:1Z",
            "2024/10/31T14:15:14Z",
            "2024-13-31T14:15:14Z",
            "2024-10-31T24:15:14Z",
            "2024-+1-31T14:15:14Z",
            "2024-10-31-1T14:15:14Z",
        ] {
            assert_eq!(instant(other), None, "{other}");
        }
    }

    #[test]
    fn floats_beyond_json_are_words() {
        assert!(float(&json!("NaN")).is_some_and(f64::is_nan));
        assert_eq!(float(&json!("-Infinity")), Some(f64::NEG_INFINITY));
        assert_eq!(float(&json!("1.5")), None);
    }
}
