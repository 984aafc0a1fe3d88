// SPDX-License-Identifier: AGPL-3.0-or-later
//! The proposals in requests.

use crate::request::{decode, failed, Request};
use openmls::component::ComponentData;
use openmls::group::{AppDataDictionaryUpdater, GroupContext};
use openmls::prelude::*;
use openmls::schedule::PreSharedKeyId;

/// A proposal to make, or to commit by value.
pub enum Wanted {
    Add(Box<KeyPackage>),
    /// With a new or the current signature key, and with new or the current extensions.
    Update {
        rotate: bool,
        extensions: Option<Extensions<LeafNode>>,
    },
    Remove(LeafNodeIndex),
    PreSharedKey(PreSharedKeyId),
    Extensions(Extensions<GroupContext>),
    /// New content of a component, or its removal.
    AppData(u16, Option<Vec<u8>>),
    SelfRemove,
}

impl Wanted {
    pub fn read(request: &Request, crypto: &impl OpenMlsCrypto) -> Result<Self, String> {
        match request.text("type")? {
            "add" => Ok(Self::Add(Box::new(key_package(
                &request.bytes("key_package")?,
                crypto,
            )?))),
            "update" => Ok(Self::Update {
                rotate: request.flag("rotate"),
                extensions: match request.optional_bytes("leaf_extensions")? {
                    Some(extensions) => Some(decode(&extensions, "leaf extensions")?),
                    None => None,
                },
            }),
            "remove" => Ok(Self::Remove(LeafNodeIndex::new(request.narrow("leaf")?))),
            "psk" => Ok(Self::PreSharedKey(decode(
                &request.bytes("id")?,
                "PreSharedKeyID",
            )?)),
            "extensions" => Ok(Self::Extensions(decode(
                &request.bytes("extensions")?,
                "extensions",
            )?)),
            "app_data_update" => Ok(Self::AppData(
                request.narrow("component")?,
                request.optional_bytes("data")?,
            )),
            "self_remove" => Ok(Self::SelfRemove),
            other => Err(format!("no proposal is called {other}")),
        }
    }
}

/// The KeyPackage in an MLSMessage, verified.
pub fn key_package(message: &[u8], crypto: &impl OpenMlsCrypto) -> Result<KeyPackage, String> {
    let message: MlsMessageIn = decode(message, "MLSMessage")?;
    match message.extract() {
        MlsMessageBodyIn::KeyPackage(package) => package
            .validate(crypto, ProtocolVersion::Mls10)
            .map_err(failed("KeyPackage")),
        _ => Err("not a KeyPackage".into()),
    }
}

pub fn app_data_update(component: u16, data: Option<Vec<u8>>) -> AppDataUpdateProposal {
    match data {
        Some(data) => AppDataUpdateProposal::update(component, data),
        None => AppDataUpdateProposal::remove(component),
    }
}

/// The application's part of AppDataUpdate. Here an update always replaces the component's state.
pub fn replace_components<'a>(
    updater: &mut AppDataDictionaryUpdater<'_>,
    proposals: impl Iterator<Item = &'a AppDataUpdateProposal>,
) {
    for proposal in proposals {
        match proposal.operation() {
            AppDataUpdateOperation::Update(data) => updater.set(ComponentData::from_parts(
                proposal.component_id(),
                data.clone(),
            )),
            AppDataUpdateOperation::Remove => updater.remove(&proposal.component_id()),
        }
    }
}
