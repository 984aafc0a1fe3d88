// SPDX-License-Identifier: AGPL-3.0-or-later
//! Reads the fields of a request. Each failure is a sentence for the answer's `error`.

use openmls::prelude::tls_codec;
use serde_json::{Map, Value};
use std::fmt::Debug;

/// The fields of an answer, or the error.
pub type Answer = Result<Value, String>;

/// Converts a library's error into the text of an answer. `what` names the operation.
pub fn failed<E: Debug>(what: &str) -> impl FnOnce(E) -> String + '_ {
    move |error| format!("{what}: {error:?}")
}

/// One command, as a JSON object. Binary values are lower-case hexadecimal text.
pub struct Request(Map<String, Value>);

impl Request {
    pub fn parse(line: &str) -> Result<Self, String> {
        match serde_json::from_str(line) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err("not a JSON object".into()),
            Err(error) => Err(failed("JSON")(error)),
        }
    }

    pub fn text(&self, name: &str) -> Result<&str, String> {
        self.0
            .get(name)
            .and_then(Value::as_str)
            .ok_or_else(|| format!("no text named {name}"))
    }

    pub fn number(&self, name: &str) -> Result<u64, String> {
        self.0
            .get(name)
            .and_then(Value::as_u64)
            .ok_or_else(|| format!("no number named {name}"))
    }

    /// A number that fits into the requested narrower type.
    pub fn narrow<T: TryFrom<u64>>(&self, name: &str) -> Result<T, String> {
        T::try_from(self.number(name)?).map_err(|_| format!("{name} is out of range"))
    }

    /// False if the field is absent.
    pub fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        hex::decode(self.text(name)?).map_err(failed(name))
    }

    /// None if the field is absent or null.
    pub fn optional_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.bytes(name).map(Some),
        }
    }

    /// Binary values in a list; empty if the field is absent.
    pub fn byte_list(&self, name: &str) -> Result<Vec<Vec<u8>>, String> {
        let Some(list) = self.0.get(name).and_then(Value::as_array) else {
            return Ok(vec![]);
        };
        list.iter()
            .map(|entry| {
                let text = entry
                    .as_str()
                    .ok_or_else(|| format!("{name} holds something other than text"))?;
                hex::decode(text).map_err(failed(name))
            })
            .collect()
    }

    pub fn object(&self, name: &str) -> Result<Request, String> {
        match self.0.get(name) {
            Some(Value::Object(fields)) => Ok(Request(fields.clone())),
            _ => Err(format!("no object named {name}")),
        }
    }

    /// Objects in a list; empty if the field is absent.
    pub fn objects(&self, name: &str) -> Result<Vec<Request>, String> {
        let Some(list) = self.0.get(name).and_then(Value::as_array) else {
            return Ok(vec![]);
        };
        list.iter()
            .map(|entry| match entry {
                Value::Object(fields) => Ok(Request(fields.clone())),
                _ => Err(format!("{name} holds something other than objects")),
            })
            .collect()
    }
}

/// Decodes an MLS structure and requires that no octets remain.
pub fn decode<T: tls_codec::Deserialize>(bytes: &[u8], what: &str) -> Result<T, String> {
    let mut rest = bytes;
    let value = T::tls_deserialize(&mut rest).map_err(failed(what))?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(format!("{what}: octets behind the end"))
    }
}

pub fn encode<T: tls_codec::Serialize>(value: &T, what: &str) -> Result<String, String> {
    value
        .tls_serialize_detached()
        .map(hex::encode)
        .map_err(failed(what))
}
