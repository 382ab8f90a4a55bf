//! A Spec in files: its values by the names of its flags.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{FIELDS, Kind, Value};
use crate::spec::Spec;

/// A Spec by the names of its flags.
#[derive(Clone, Copy, Debug)]
pub struct ByFlag<'a>(pub &'a Spec);

impl Serialize for ByFlag<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(FIELDS.len()))?;
        for field in &FIELDS {
            match ((field.get)(self.0), field.kind) {
                (Value::Word(word), _) => map.serialize_entry(field.flag, word)?,
                (Value::Painted(painted), _) => map.serialize_entry(field.flag, &painted.to_string())?,
                (Value::Number(x), Kind::Whole { .. }) => map.serialize_entry(field.flag, &(x as u64))?,
                (Value::Number(x), Kind::Switch) => map.serialize_entry(field.flag, &(x == 1.0))?,
                (Value::Number(x), _) => map.serialize_entry(field.flag, &x)?,
            }
        }
        map.end()
    }
}
