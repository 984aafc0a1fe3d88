// SPDX-License-Identifier: AGPL-3.0-or-later
//! One member: its keys, its storage and its view of the group.

use crate::proposals::{app_data_update, replace_components, Wanted};
use crate::request::{decode, encode, failed, Answer, Request};
use openmls::group::GroupContext;
use openmls::prelude::*;
use openmls::schedule::PreSharedKeyId;
use openmls_basic_credential::SignatureKeyPair;
use openmls_rust_crypto::OpenMlsRustCrypto;
use serde_json::{json, Value};

/// More epochs than a message of a script can be late.
const PAST_EPOCHS: usize = 8;
const RESUMPTION_SECRETS: usize = 64;
const OUT_OF_ORDER: u32 = 100;
const FORWARD: u32 = 1000;
const PADDING: usize = 24;

pub struct Client {
    provider: OpenMlsRustCrypto,
    suite: Ciphersuite,
    identity: Vec<u8>,
    capabilities: Capabilities,
    leaf_extensions: Extensions<LeafNode>,
    /// All key pairs that this client ever made; the newest is last.
    signers: Vec<SignatureKeyPair>,
    /// The index of the key pair in the client's leaf, or for the next KeyPackage.
    signer: usize,
    group: Option<MlsGroup>,
}

/// The parts of a client that calls of the library need besides the group.
struct Tools<'a> {
    provider: &'a OpenMlsRustCrypto,
    signer: &'a SignatureKeyPair,
}

fn configuration(private: bool) -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(if private {
            MIXED_CIPHERTEXT_WIRE_FORMAT_POLICY
        } else {
            MIXED_PLAINTEXT_WIRE_FORMAT_POLICY
        })
        .max_past_epochs(PAST_EPOCHS)
        .number_of_resumption_psks(RESUMPTION_SECRETS)
        .use_ratchet_tree_extension(true)
        .padding_size(PADDING)
        .sender_ratchet_configuration(SenderRatchetConfiguration::new(OUT_OF_ORDER, FORWARD))
        .build()
}

fn capabilities(
    suite: Ciphersuite,
    extensions: &[ExtensionType],
    grease: bool,
    random: &impl OpenMlsRand,
) -> Capabilities {
    let plain = Capabilities::new(
        Some(&[ProtocolVersion::Mls10]),
        Some(&[suite]),
        Some(extensions),
        Some(&[ProposalType::SelfRemove, ProposalType::AppDataUpdate]),
        Some(&[CredentialType::Basic]),
    );
    if grease {
        plain.with_grease(random)
    } else {
        plain
    }
}

fn credential(identity: &[u8], signer: &SignatureKeyPair) -> CredentialWithKey {
    CredentialWithKey {
        credential: BasicCredential::new(identity.to_vec()).into(),
        signature_key: signer.public().into(),
    }
}

fn leaf_parameters(extensions: Option<Extensions<LeafNode>>) -> LeafNodeParameters {
    let builder = LeafNodeParameters::builder();
    match extensions {
        Some(extensions) => builder.with_extensions(extensions).build(),
        None => builder.build(),
    }
}

fn message(out: &MlsMessageOut) -> Result<String, String> {
    out.to_bytes()
        .map(hex::encode)
        .map_err(failed("MLSMessage"))
}

impl Client {
    pub fn new(request: &Request) -> Result<Self, String> {
        let provider = OpenMlsRustCrypto::default();
        let suite =
            Ciphersuite::try_from(request.narrow::<u16>("suite")?).map_err(failed("suite"))?;
        let signer =
            SignatureKeyPair::new(suite.signature_algorithm()).map_err(failed("key pair"))?;
        let extensions = [
            ExtensionType::AppDataDictionary,
            ExtensionType::Unknown(request.narrow("extension")?),
        ];
        let capabilities =
            capabilities(suite, &extensions, request.flag("grease"), provider.rand());
        Ok(Self {
            provider,
            suite,
            identity: request.bytes("identity")?,
            capabilities,
            leaf_extensions: decode(&request.bytes("leaf_extensions")?, "leaf extensions")?,
            signers: vec![signer],
            signer: 0,
            group: None,
        })
    }

    fn credential(&self) -> CredentialWithKey {
        credential(&self.identity, &self.signers[self.signer])
    }

    fn parts(&mut self) -> Result<(&mut MlsGroup, Tools<'_>), String> {
        let group = self.group.as_mut().ok_or("not in a group")?;
        Ok((
            group,
            Tools {
                provider: &self.provider,
                signer: &self.signers[self.signer],
            },
        ))
    }

    fn group(&self) -> Result<&MlsGroup, String> {
        self.group.as_ref().ok_or_else(|| "not in a group".into())
    }

    /// Sets the framing and the authenticated data of the next handshake message.
    fn frame(&mut self, request: &Request) -> Result<(), String> {
        let aad = request.bytes("aad")?;
        let (group, tools) = self.parts()?;
        group.set_aad(aad);
        group
            .set_configuration(
                tools.provider.storage(),
                &configuration(request.flag("private")),
            )
            .map_err(failed("configuration"))
    }

    /// Call it after a new epoch: finds the key pair that is in the own leaf.
    fn adopt_signer(&mut self) {
        let shown = self
            .group
            .as_ref()
            .and_then(|group| group.own_leaf())
            .map(|leaf| leaf.signature_key().as_slice().to_vec());
        if let Some(shown) = shown {
            if let Some(found) = self.signers.iter().position(|s| s.public() == shown) {
                self.signer = found;
            }
        }
    }

    fn new_signer(&mut self) -> Result<usize, String> {
        let pair =
            SignatureKeyPair::new(self.suite.signature_algorithm()).map_err(failed("key pair"))?;
        self.signers.push(pair);
        Ok(self.signers.len() - 1)
    }

    pub fn key_package(&mut self) -> Answer {
        let bundle = KeyPackage::builder()
            .leaf_node_capabilities(self.capabilities.clone())
            .leaf_node_extensions(self.leaf_extensions.clone())
            .build(
                self.suite,
                &self.provider,
                &self.signers[self.signer],
                self.credential(),
            )
            .map_err(failed("KeyPackage"))?;
        let out = MlsMessageOut::from(bundle.key_package().clone());
        Ok(json!({ "message": message(&out)? }))
    }

    pub fn create(&mut self, request: &Request) -> Answer {
        let extensions: Extensions<GroupContext> =
            decode(&request.bytes("extensions")?, "extensions")?;
        let config = configuration(false);
        let group = MlsGroup::builder()
            .with_group_id(GroupId::from_slice(&request.bytes("group_id")?))
            .ciphersuite(self.suite)
            .with_wire_format_policy(config.wire_format_policy())
            .max_past_epochs(PAST_EPOCHS)
            .number_of_resumption_psks(RESUMPTION_SECRETS)
            .use_ratchet_tree_extension(true)
            .sender_ratchet_configuration(*config.sender_ratchet_configuration())
            .with_capabilities(self.capabilities.clone())
            .with_leaf_node_extensions(self.leaf_extensions.clone())
            .map_err(failed("leaf extensions"))?
            .with_group_context_extensions(extensions)
            .build(
                &self.provider,
                &self.signers[self.signer],
                self.credential(),
            )
            .map_err(failed("create"))?;
        self.group = Some(group);
        Ok(json!({}))
    }

    pub fn join(&mut self, request: &Request) -> Answer {
        let incoming: MlsMessageIn = decode(&request.bytes("welcome")?, "MLSMessage")?;
        let MlsMessageBodyIn::Welcome(welcome) = incoming.extract() else {
            return Err("not a Welcome".into());
        };
        let mut builder =
            StagedWelcome::build_from_welcome(&self.provider, &configuration(false), welcome)
                .map_err(failed("Welcome"))?
                .replace_old_group();
        if let Some(tree) = request.optional_bytes("tree")? {
            builder = builder.with_ratchet_tree(decode(&tree, "ratchet tree")?);
        }
        let staged = builder.build().map_err(failed("Welcome"))?;
        self.group = Some(staged.into_group(&self.provider).map_err(failed("join"))?);
        self.adopt_signer();
        Ok(json!({}))
    }

    /// Joins from outside. The same commit removes an old leaf of this client, if there is one.
    pub fn external_join(&mut self, request: &Request) -> Answer {
        let incoming: MlsMessageIn = decode(&request.bytes("group_info")?, "MLSMessage")?;
        let MlsMessageBodyIn::GroupInfo(info) = incoming.extract() else {
            return Err("not a GroupInfo".into());
        };
        let mut builder = MlsGroup::external_commit_builder()
            .with_config(configuration(false))
            .with_aad(request.bytes("aad")?);
        if let Some(tree) = request.optional_bytes("tree")? {
            builder = builder.with_ratchet_tree(decode(&tree, "ratchet tree")?);
        }
        let mut departures = vec![];
        for departure in request.byte_list("self_removes")? {
            let incoming: MlsMessageIn = decode(&departure, "MLSMessage")?;
            match incoming.extract() {
                MlsMessageBodyIn::PublicMessage(public) => departures.push(public),
                _ => return Err("a SelfRemove that is not a PublicMessage".into()),
            }
        }
        let mut psks = vec![];
        for id in request.byte_list("psks")? {
            psks.push(PreSharedKeyProposal::new(decode(&id, "PreSharedKeyID")?));
        }
        let mut app_data = vec![];
        for wanted in request.objects("app_data")? {
            match Wanted::read(&wanted, self.provider.crypto())? {
                Wanted::AppData(component, data) => app_data.push(app_data_update(component, data)),
                _ => return Err("app_data holds another proposal".into()),
            }
        }
        if let Some(mut old) = self.group.take() {
            old.delete(self.provider.storage())
                .map_err(failed("forgetting the former state"))?;
        }
        let mut builder = builder
            .with_proposals(departures)
            .build_group(&self.provider, info, self.credential())
            .map_err(failed("external commit"))?
            .leaf_node_parameters(
                LeafNodeParameters::builder()
                    .with_capabilities(self.capabilities.clone())
                    .with_extensions(self.leaf_extensions.clone())
                    .build(),
            )
            .add_psk_proposals(psks);
        for update in &app_data {
            builder = builder.add_app_data_update_proposal(update.clone());
        }
        let mut loaded = builder
            .load_psks(self.provider.storage())
            .map_err(failed("external commit"))?;
        if !app_data.is_empty() {
            let mut updater = loaded.app_data_dictionary_updater();
            replace_components(&mut updater, app_data.iter());
            let changes = updater.changes();
            loaded.with_app_data_dictionary_updates(changes);
        }
        let (group, bundle) = loaded
            .build(
                self.provider.rand(),
                self.provider.crypto(),
                &self.signers[self.signer],
                |_| true,
            )
            .map_err(failed("external commit"))?
            .finalize(&self.provider)
            .map_err(failed("external commit"))?;
        self.group = Some(group);
        Ok(json!({ "commit": message(bundle.commit())? }))
    }

    pub fn propose(&mut self, request: &Request) -> Answer {
        let wanted = Wanted::read(&request.object("proposal")?, self.provider.crypto())?;
        let rotated = match wanted {
            Wanted::Update { rotate: true, .. } => Some(self.new_signer()?),
            _ => None,
        };
        self.frame(request)?;
        let bundle = rotated.map(|index| NewSignerBundle {
            signer: &self.signers[index],
            credential_with_key: credential(&self.identity, &self.signers[index]),
        });
        let signer = &self.signers[self.signer];
        let provider = &self.provider;
        let group = self.group.as_mut().ok_or("not in a group")?;
        let (out, reference) = match wanted {
            Wanted::Add(package) => group
                .propose_add_member(provider, signer, &package)
                .map_err(failed("propose"))?,
            Wanted::Update { extensions, .. } => {
                let parameters = leaf_parameters(extensions);
                match bundle {
                    Some(bundle) => group
                        .propose_self_update_with_new_signer(provider, signer, bundle, parameters),
                    None => group.propose_self_update(provider, signer, parameters),
                }
                .map_err(failed("propose"))?
            }
            Wanted::Remove(leaf) => group
                .propose_remove_member(provider, signer, leaf)
                .map_err(failed("propose"))?,
            Wanted::PreSharedKey(id) => group
                .propose_pre_shared_key(provider, signer, id)
                .map_err(failed("propose"))?,
            Wanted::Extensions(extensions) => group
                .propose_group_context_extensions(provider, extensions, signer)
                .map_err(failed("propose"))?,
            Wanted::AppData(component, data) => {
                let component_id = component;
                let propose = match data {
                    Some(update) => Propose::UpdateAppDataComponent {
                        component_id,
                        update,
                    },
                    None => Propose::RemoveAppDataComponent { component_id },
                };
                // propose_app_data_update() would queue it for a commit by value instead.
                group
                    .propose(provider, signer, propose, ProposalOrRefType::Reference)
                    .map_err(failed("propose"))?
            }
            Wanted::SelfRemove => {
                let out = group
                    .leave_group_via_self_remove(provider, signer)
                    .map_err(failed("propose"))?;
                let own = group.own_leaf_index();
                let reference = group
                    .pending_proposals()
                    .find(|p| {
                        matches!(p.proposal(), Proposal::SelfRemove)
                            && *p.sender() == Sender::Member(own)
                    })
                    .map(|p| p.proposal_reference_ref().clone())
                    .ok_or("the SelfRemove was not stored")?;
                (out, reference)
            }
        };
        Ok(json!({ "message": message(&out)?, "ref": hex::encode(reference.as_slice()) }))
    }

    /// Asks, from outside, to be added (a new_member_proposal).
    pub fn propose_join(&mut self, request: &Request) -> Answer {
        let package =
            crate::proposals::key_package(&request.bytes("key_package")?, self.provider.crypto())?;
        let out = JoinProposal::new::<<OpenMlsRustCrypto as OpenMlsProvider>::StorageProvider>(
            package,
            GroupId::from_slice(&request.bytes("group_id")?),
            request.number("epoch")?.into(),
            &self.signers[self.signer],
        )
        .map_err(failed("propose"))?;
        Ok(json!({ "message": message(&out)? }))
    }

    /// The entry for this client in a group's list of external senders.
    pub fn external_sender(&self) -> Answer {
        let key = self.signers[self.signer].public();
        Ok(json!({ "signature_key": hex::encode(key), "identity": hex::encode(&self.identity) }))
    }

    /// Proposes as the external sender at `index`.
    pub fn propose_outside(&mut self, request: &Request) -> Answer {
        let group_id = GroupId::from_slice(&request.bytes("group_id")?);
        let epoch = request.number("epoch")?.into();
        let index = SenderExtensionIndex::new(request.narrow("index")?);
        let signer = &self.signers[self.signer];
        let out = match Wanted::read(&request.object("proposal")?, self.provider.crypto())? {
            Wanted::Add(package) => ExternalProposal::new_add::<OpenMlsRustCrypto>(
                *package, group_id, epoch, signer, index,
            )
            .map_err(failed("propose"))?,
            Wanted::Remove(leaf) => ExternalProposal::new_remove::<OpenMlsRustCrypto>(
                leaf, group_id, epoch, signer, index,
            )
            .map_err(failed("propose"))?,
            Wanted::Extensions(extensions) => {
                ExternalProposal::new_group_context_extensions::<OpenMlsRustCrypto>(
                    extensions, group_id, epoch, signer, index,
                )
                .map_err(failed("propose"))?
            }
            _ => return Err("openmls does not propose this from outside".into()),
        };
        Ok(json!({ "message": message(&out)? }))
    }

    /// Commits the given proposals by value, and the stored proposals in `references`.
    /// merge() begins the new epoch.
    pub fn commit(&mut self, request: &Request) -> Answer {
        let mut by_value = vec![];
        for wanted in request.objects("proposals")? {
            by_value.push(Wanted::read(&wanted, self.provider.crypto())?);
        }
        let references = request.byte_list("references")?;
        let leaf = match request.optional_bytes("leaf_extensions")? {
            Some(extensions) => Some(decode(&extensions, "leaf extensions")?),
            None => None,
        };
        let rotated = if request.flag("rotate") {
            Some(self.new_signer()?)
        } else {
            None
        };
        self.frame(request)?;
        let bundle = rotated.map(|index| NewSignerBundle {
            signer: &self.signers[index],
            credential_with_key: credential(&self.identity, &self.signers[index]),
        });
        let signer = &self.signers[self.signer];
        let provider = &self.provider;
        let group = self.group.as_mut().ok_or("not in a group")?;

        let mut app_data: Vec<AppDataUpdateProposal> = group
            .pending_proposals()
            .filter(|p| {
                references
                    .iter()
                    .any(|r| r == p.proposal_reference_ref().as_slice())
            })
            .filter_map(|p| match p.proposal() {
                Proposal::AppDataUpdate(update) => Some(update.as_ref().clone()),
                _ => None,
            })
            .collect();
        let mut builder = group
            .commit_builder()
            .consume_proposal_store(true)
            .leaf_node_parameters(leaf_parameters(leaf))
            .force_self_update(request.flag("force_path"));
        for wanted in by_value {
            builder = match wanted {
                Wanted::Add(package) => builder.propose_adds([*package]),
                Wanted::Remove(leaf) => builder.propose_removals([leaf]),
                Wanted::PreSharedKey(id) => builder.add_proposal(Proposal::PreSharedKey(Box::new(
                    PreSharedKeyProposal::new(id),
                ))),
                Wanted::Extensions(extensions) => builder
                    .propose_group_context_extensions(extensions)
                    .map_err(failed("commit"))?,
                Wanted::AppData(component, data) => {
                    let update = app_data_update(component, data);
                    app_data.push(update.clone());
                    builder.add_proposal(Proposal::AppDataUpdate(Box::new(update)))
                }
                Wanted::Update { .. } | Wanted::SelfRemove => {
                    return Err("this type is never committed by value".into())
                }
            };
        }
        let mut loaded = builder
            .load_psks(provider.storage())
            .map_err(failed("commit"))?
            .use_ratchet_tree_extension(request.flag("tree"));
        if !app_data.is_empty() {
            let mut updater = loaded.app_data_dictionary_updater();
            replace_components(&mut updater, app_data.iter());
            let changes = updater.changes();
            loaded.with_app_data_dictionary_updates(changes);
        }
        let chosen = |p: &QueuedProposal| {
            p.proposal_or_ref_type() == ProposalOrRefType::Proposal
                || references
                    .iter()
                    .any(|r| r == p.proposal_reference_ref().as_slice())
        };
        let built = match bundle {
            Some(bundle) => loaded.build_with_new_signer(
                provider.rand(),
                provider.crypto(),
                signer,
                bundle,
                chosen,
            ),
            None => loaded.build(provider.rand(), provider.crypto(), signer, chosen),
        }
        .map_err(failed("commit"))?;
        let messages = built.stage_commit(provider).map_err(failed("commit"))?;
        let welcome = match messages.to_welcome_msg() {
            Some(welcome) => Value::from(message(&welcome)?),
            None => Value::Null,
        };
        Ok(json!({ "commit": message(messages.commit())?, "welcome": welcome }))
    }

    pub fn merge(&mut self) -> Answer {
        let (group, tools) = self.parts()?;
        if group.pending_commit().is_none() {
            return Err("no commit is pending".into());
        }
        group
            .merge_pending_commit(tools.provider)
            .map_err(failed("merge"))?;
        self.adopt_signer();
        Ok(json!({}))
    }

    pub fn clear(&mut self) -> Answer {
        let (group, tools) = self.parts()?;
        group
            .clear_pending_commit(tools.provider.storage())
            .map_err(failed("clear"))?;
        Ok(json!({}))
    }

    /// Processes a message: stores a proposal, merges a commit at once, or returns an
    /// application message.
    pub fn process(&mut self, request: &Request) -> Answer {
        let incoming: MlsMessageIn = decode(&request.bytes("message")?, "MLSMessage")?;
        let protocol = incoming
            .try_into_protocol_message()
            .map_err(failed("MLSMessage"))?;
        let (group, tools) = self.parts()?;
        let provider = tools.provider;
        let processed = group
            .process_message(provider, protocol)
            .map_err(failed("process"))?;
        let sender = match processed.sender() {
            Sender::Member(leaf) => Value::from(leaf.u32()),
            _ => Value::Null,
        };
        let aad = hex::encode(processed.aad());
        let staged = match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(content) => {
                return Ok(json!({
                    "kind": "application",
                    "sender": sender,
                    "plaintext": hex::encode(content.into_bytes()),
                    "aad": aad,
                }))
            }
            ProcessedMessageContent::ProposalMessage(proposal)
            | ProcessedMessageContent::ExternalJoinProposalMessage(proposal) => {
                let reference = hex::encode(proposal.proposal_reference_ref().as_slice());
                group
                    .store_pending_proposal(provider.storage(), *proposal)
                    .map_err(failed("store"))?;
                return Ok(
                    json!({ "kind": "proposal", "sender": sender, "ref": reference, "aad": aad }),
                );
            }
            ProcessedMessageContent::StagedCommitMessage(staged) => *staged,
            ProcessedMessageContent::UnresolvedAppDataCommit(commit) => {
                let mut updater = group.app_data_dictionary_updater();
                replace_components(&mut updater, commit.app_data_update_proposals());
                let changes = updater.changes();
                group
                    .stage_app_data_commit(provider, *commit, changes)
                    .map_err(failed("process"))?
            }
            ProcessedMessageContent::OwnPendingCommit
            | ProcessedMessageContent::OwnPrivateMessage => return Err("one's own message".into()),
        };
        let removed = staged.self_removed();
        group
            .merge_staged_commit(provider, staged)
            .map_err(failed("merge"))?;
        self.adopt_signer();
        Ok(json!({ "kind": "commit", "sender": sender, "self_removed": removed, "aad": aad }))
    }

    /// Drops the group from memory and loads it from storage.
    pub fn reload(&mut self) -> Answer {
        let id = self.group()?.group_id().clone();
        self.group = MlsGroup::load(self.provider.storage(), &id).map_err(failed("load"))?;
        self.group()?;
        Ok(json!({}))
    }

    pub fn protect(&mut self, request: &Request) -> Answer {
        let plaintext = request.bytes("plaintext")?;
        let aad = request.bytes("aad")?;
        let (group, tools) = self.parts()?;
        group.set_aad(aad);
        let out = group
            .create_message(tools.provider, tools.signer, &plaintext)
            .map_err(failed("protect"))?;
        Ok(json!({ "message": message(&out)? }))
    }

    pub fn export(&self, request: &Request) -> Answer {
        let secret = self
            .group()?
            .export_secret(
                self.provider.crypto(),
                request.text("label")?,
                &request.bytes("context")?,
                request.narrow("length")?,
            )
            .map_err(failed("export"))?;
        Ok(json!({ "secret": hex::encode(secret) }))
    }

    /// Everything on which the members of an epoch must agree.
    pub fn state(&self) -> Answer {
        let group = self.group()?;
        let context = group.public_group().group_context();
        let members = group
            .members()
            .map(|member| {
                let basic =
                    BasicCredential::try_from(member.credential).map_err(failed("credential"))?;
                Ok(json!([
                    member.index.u32(),
                    hex::encode(basic.identity()),
                    hex::encode(member.signature_key),
                    hex::encode(member.encryption_key),
                ]))
            })
            .collect::<Result<Vec<Value>, String>>()?;
        Ok(json!({
            "active": group.is_active(),
            "own_leaf": group.own_leaf_index().u32(),
            "epoch": context.epoch().as_u64(),
            "tree_hash": hex::encode(context.tree_hash()),
            "confirmed_transcript_hash": hex::encode(context.confirmed_transcript_hash()),
            "context": encode(context, "GroupContext")?,
            "authenticator": hex::encode(group.epoch_authenticator().as_slice()),
            "resumption_psk": hex::encode(group.resumption_psk_secret().as_slice()),
            "members": members,
        }))
    }

    pub fn tree(&self) -> Answer {
        Ok(json!({ "tree": encode(&self.group()?.export_ratchet_tree(), "ratchet tree")? }))
    }

    pub fn group_info(&self, request: &Request) -> Answer {
        let out = self
            .group()?
            .export_group_info(
                self.provider.crypto(),
                &self.signers[self.signer],
                request.flag("tree"),
            )
            .map_err(failed("GroupInfo"))?;
        Ok(json!({ "message": message(&out)? }))
    }

    pub fn store_psk(&self, request: &Request) -> Answer {
        // The nonce is not stored.
        PreSharedKeyId::external(request.bytes("id")?, vec![])
            .store(&self.provider, &request.bytes("secret")?)
            .map_err(failed("PSK"))?;
        Ok(json!({}))
    }
}
