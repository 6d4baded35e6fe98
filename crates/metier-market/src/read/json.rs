//! A line of JSON to the row it says.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::job_posting;
use super::options::Options;
use super::row::{Field, Row};

/// The row of an object.
///
/// # Errors
/// If the line is no JSON, or no object.
pub(super) fn row<'a>(line: &'a str, options: &'a Options) -> Result<Row<'a>, String> {
    // An object of linked data keeps to its own names.
    if line.contains("\"@type\"")
        && let Ok(Value::Object(object)) = serde_json::from_str(line)
        && job_posting::is_posting(&object)
    {
        return Ok(job_posting::row(&object));
    }
    if line.starts_with('[') {
        return Err("it is a list; write one object a line (jq -c '.[]')".to_owned());
    }
    let mut json = serde_json::Deserializer::from_str(line);
    let row = Keys(options)
        .deserialize(&mut json)
        .and_then(|row| json.end().map(|()| row))
        .map_err(|error| {
            let told = error.to_string();
            let told = told.replace(" at line 1 column ", " at byte ");
            format!("it is no JSON object: {told}")
        })?;
    if row.get(Field::Text).is_none() {
        return Err("none of its keys holds the text: none is called text, description or body; name the one that does".to_owned());
    }
    Ok(row)
}

struct Keys<'a>(&'a Options);

impl<'de> DeserializeSeed<'de> for Keys<'de> {
    type Value = Row<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Row<'de>, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Keys<'de> {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row<'de>, A::Error> {
        let mut row = Row::default();
        while let Some(Key(key)) = map.next_key()? {
            match Field::of(&key, self.0) {
                Some((field, rank)) => {
                    let said = match map.next_value::<Said<'de>>()? {
                        Said::Text(text) => Some(text),
                        Said::Other(value) if field == Field::Place => {
                            job_posting::place(&value).map(Cow::Owned)
                        }
                        Said::Other(value) => job_posting::text(&value).map(Cow::Owned),
                    };
                    if let Some(said) = said
                        && row.offer(field, rank, said)
                        && field == Field::Date
                    {
                        row.date_column = Some(key);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(row)
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        match json.deserialize_str(Texts)? {
            Said::Text(text) => Ok(Self(text)),
            Said::Other(_) => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

/// A value: most are texts, and those that need no mending are not copied.
enum Said<'a> {
    Text(Cow<'a, str>),
    Other(Value),
}

impl<'de> serde::Deserialize<'de> for Said<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(Texts)
    }
}

struct Texts;

impl<'de> Visitor<'de> for Texts {
    type Value = Said<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Said<'de>, E> {
        Ok(Said::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Said<'de>, E> {
        Ok(Said::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Said<'de>, E> {
        Ok(Said::Text(Cow::Owned(text)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Said<'de>, E> {
        Ok(Said::Other(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Said<'de>, E> {
        Ok(Said::Other(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Said<'de>, E> {
        Ok(Said::Other(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Said<'de>, E> {
        Ok(Said::Other(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Said<'de>, E> {
        Ok(Said::Other(Value::Null))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut values: A) -> Result<Said<'de>, A::Error> {
        let mut all = Vec::new();
        while let Some(value) = values.next_element()? {
            all.push(value);
        }
        Ok(Said::Other(Value::Array(all)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Said<'de>, A::Error> {
        let object = serde::Deserialize::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Said::Other(Value::Object(object)))
    }
}
