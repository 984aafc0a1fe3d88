// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/interop/mls_scripts/our_client.h"

#include "core/base/clock.h"
#include "core/mls/grease.h"

namespace valise::interop {

using namespace mls;

namespace {

constexpr std::size_t kPastEpochs = 8;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::uint32_t kMaxPadding = 64;

std::int64_t now() {
    return SystemClock().now();
}

} // namespace

OurClient::OurClient(CipherSuite suite, std::string_view identity, const Extensions& leafExtensions,
                     bool grease, crypto::Random& random)
    : m_random(random)
    , m_past(kPastEpochs) {
    m_inputs.suite = suite;
    m_inputs.credential = Credential::basic(viewOf(identity));
    m_inputs.signer = crypto::ed25519Generate(random);
    m_inputs.capabilities.extensions = {extension_type::kAppDataDictionary, kPrivateExtension};
    m_inputs.capabilities.proposals = {static_cast<std::uint16_t>(ProposalType::SelfRemove),
                                       static_cast<std::uint16_t>(ProposalType::AppDataUpdate)};
    m_inputs.leafExtensions = leafExtensions;
    m_inputs.lifetime = {static_cast<std::uint64_t>(now() - kHour),
                         static_cast<std::uint64_t>(now() + 30 * kDay)};
    if (grease) {
        grease::addTo(m_inputs, random);
        // openmls does not find such an extension in the capabilities (see ../README.md). The values in the
        // capabilities stay.
        for (Extensions* list : {&m_inputs.leafExtensions, &m_inputs.keyPackageExtensions})
            std::erase_if(*list, [](const Extension& e) { return grease::isValue(e.type); });
    }
}

Result<Group*> OurClient::group() {
    if (!m_group)
        return {ErrorCode::NotMember, "not in a group"};
    return &*m_group;
}

KeyPackageBundle OurClient::makeBundle() {
    if (m_group)
        m_inputs.signer = m_group->signer();
    return KeyPackageBundle::generate(m_inputs, m_random);
}

Result<Bytes> OurClient::keyPackage() {
    m_bundles.push_back(makeBundle());
    return m_bundles.back().keyPackage.toMessage();
}

void OurClient::begin() {
    m_pending.reset();
    m_resumptionPsks[m_group->epoch()] = m_group->resumptionPsk();
}

void OurClient::enter(Group group) {
    m_past.clear();
    m_resumptionPsks.clear();
    m_group = std::move(group);
    begin();
}

void OurClient::follow(Group next) {
    m_past.add(*m_group);
    m_group = std::move(next);
    begin();
}

PskLookup OurClient::psks() const {
    return [this](const PreSharedKeyId& id) -> std::optional<crypto::KeyBytes> {
        if (id.type == PreSharedKeyId::Type::External) {
            const auto it = m_externalPsks.find(id.pskId);
            return it == m_externalPsks.end() ? std::nullopt : std::optional(it->second);
        }
        const auto it = m_resumptionPsks.find(id.pskEpoch);
        const bool held = m_group && id.pskGroupId == m_group->groupId() && it != m_resumptionPsks.end();
        return held ? std::optional(it->second) : std::nullopt;
    };
}

Result<void> OurClient::create(ByteView groupId, const Extensions& extensions) {
    VALISE_TRY(Group made, Group::create(groupId, makeBundle(), extensions, m_random));
    enter(std::move(made));
    return {};
}

Result<void> OurClient::join(ByteView welcome, const std::optional<Bytes>& tree) {
    VALISE_TRY(const Inspected seen, inspect(welcome));
    const auto& refs = seen.welcomeKeyPackageRefs;
    const auto it = std::find_if(m_bundles.begin(), m_bundles.end(), [&](const KeyPackageBundle& b) {
        return std::find(refs.begin(), refs.end(), b.keyPackage.ref()) != refs.end();
    });
    if (it == m_bundles.end())
        return {ErrorCode::NotFound, "the Welcome is for none of the KeyPackages"};
    JoinOptions options;
    options.ratchetTree = tree;
    options.psk = psks();
    options.now = now();
    VALISE_TRY(Group joined, Group::join(welcome, *it, options));
    m_bundles.erase(it);
    enter(std::move(joined));
    return {};
}

Result<Bytes> OurClient::joinFromOutside(const ExternalJoin& how) {
    if (!how.selfRemoves.empty() || !how.appData.empty())
        return {ErrorCode::Unsupported, "an external commit of ours carries no such proposals"};
    ExternalCommitOptions options;
    options.ratchetTree = how.tree;
    options.removes = how.formerLeaf;
    for (const PreSharedKeyId& id : how.psks)
        options.psks.push_back({PreSharedKeyProposal{id}});
    options.psk = psks();
    options.authenticatedData = how.aad;
    options.now = now();
    VALISE_TRY(CommitResult made,
               Group::joinByExternalCommit(how.groupInfo, makeBundle(), options, m_random));
    enter(std::move(made.next));
    return std::move(made.message);
}

Result<Proposed> OurClient::propose(const Proposal& proposal, const Framing& framing) {
    VALISE_TRY(Group* const g, group());
    VALISE_TRY(ProposalMessage made, g->propose(proposal, framing, m_random));
    return Proposed{std::move(made.message), std::move(made.ref)};
}

Result<Proposed> OurClient::proposeUpdate(const LeafChange& change, const Framing& framing) {
    if (change.rotateKey)
        return {ErrorCode::Unsupported, "an Update of ours keeps the signature key"};
    VALISE_TRY(Group* const g, group());
    if (!change.extensions) {
        VALISE_TRY(ProposalMessage made, g->proposeUpdate(framing, m_random));
        return Proposed{std::move(made.message), std::move(made.ref)};
    }
    UpdateProposal update{*g->member(g->ownLeaf())};
    update.leafNode.extensions = *change.extensions;
    return propose({std::move(update)}, framing);
}

Result<Bytes> OurClient::proposeToJoin(ByteView keyPackage, ByteView groupId, std::uint64_t epoch) {
    VALISE_TRY(const KeyPackage wanted, KeyPackage::fromMessage(keyPackage));
    for (const KeyPackageBundle& b : m_bundles) {
        if (b.keyPackage.raw == wanted.raw)
            return mls::proposeToJoin({m_inputs.suite, toBytes(groupId), epoch}, b);
    }
    return {ErrorCode::NotFound, "not a KeyPackage of this client"};
}

Result<ExternalSender> OurClient::asExternalSender() {
    return ExternalSender{m_inputs.signer.publicKey, m_inputs.credential};
}

Result<Bytes> OurClient::proposeFromOutside(const Proposal& proposal, ByteView groupId, std::uint64_t epoch,
                                            std::uint32_t index) {
    return mls::proposeFromOutside({m_inputs.suite, toBytes(groupId), epoch}, index, m_inputs.signer,
                                   proposal);
}

Result<Committed> OurClient::commit(const CommitPlan& plan) {
    VALISE_TRY(Group* const g, group());
    CommitOptions options;
    options.proposals = plan.byValue;
    options.references = plan.references;
    options.forcePath = plan.forcePath;
    if (plan.leaf.rotateKey)
        options.leafSigner = crypto::ed25519Generate(m_random);
    options.leafExtensions = plan.leaf.extensions;
    options.framing = plan.framing;
    options.ratchetTreeInWelcome = plan.treeInWelcome;
    options.externalPubInWelcome = m_random.uniform(2) == 0;
    options.greaseInWelcome = m_random.uniform(2) == 0;
    options.psk = psks();
    options.now = now();
    VALISE_TRY(CommitResult made, g->commit(options, m_random));
    m_pending = std::move(made.next);
    return Committed{std::move(made.message), std::move(made.welcome)};
}

Result<void> OurClient::merge() {
    if (!m_pending)
        return {ErrorCode::NotFound, "no commit is pending"};
    follow(Group(*m_pending));
    return {};
}

Result<void> OurClient::discard() {
    m_pending.reset();
    return {};
}

Result<Received> OurClient::process(ByteView message) {
    VALISE_TRY(Group* const g, group());
    VALISE_TRY(const Inspected seen, inspect(message));
    if (!seen.contentType)
        return {ErrorCode::InvalidArgument, "neither a PublicMessage nor a PrivateMessage"};
    ProcessOptions options;
    options.psk = psks();
    options.now = now();
    Received out;
    out.type = *seen.contentType;
    switch (*seen.contentType) {
    case ContentType::Proposal: {
        VALISE_TRY(VerifiedProposal p, g->processProposal(message, options));
        if (p.senderType == SenderType::Member)
            out.sender = p.sender;
        out.ref = std::move(p.ref);
        out.aad = std::move(p.authenticatedData);
        break;
    }
    case ContentType::Commit: {
        VALISE_TRY(ProcessedCommit c, g->processCommit(message, options));
        if (!c.summary.external)
            out.sender = c.summary.committer;
        out.selfRemoved = c.summary.selfRemoved;
        out.aad = std::move(c.summary.authenticatedData);
        if (c.next)
            follow(std::move(*c.next));
        break;
    }
    case ContentType::Application: {
        VALISE_TRY(ApplicationMessage m,
                   seen.epoch < g->epoch() ? m_past.unprotect(message) : g->unprotect(message));
        out.sender = m.sender;
        out.plaintext = std::move(m.plaintext);
        out.aad = std::move(m.authenticatedData);
        break;
    }
    }
    return out;
}

Result<Bytes> OurClient::protect(ByteView plaintext, ByteView aad) {
    VALISE_TRY(Group* const g, group());
    return g->protect(plaintext, aad, m_random, m_random.uniform(kMaxPadding));
}

Result<View> OurClient::view(const ExportRequest& request) {
    VALISE_TRY(const Group* const g, group());
    View v;
    v.ownLeaf = g->ownLeaf();
    v.epoch = g->epoch();
    v.treeHash = g->treeHash();
    v.confirmedTranscriptHash = g->confirmedTranscriptHash();
    v.context = g->contextBytes();
    v.authenticator = toBytes(g->epochAuthenticator());
    v.resumptionPsk = toBytes(g->resumptionPsk());
    VALISE_TRY(const crypto::KeyBytes secret,
               g->exportSecret(request.label, request.context, request.length));
    v.exported = toBytes(secret);
    for (const Member& m : g->members())
        v.members.push_back(
            {m.leaf, m.node->credential.identity, m.node->signatureKey, m.node->encryptionKey});
    return v;
}

Result<Bytes> OurClient::tree() {
    VALISE_TRY(const Group* const g, group());
    return g->exportTree();
}

Result<Bytes> OurClient::groupInfo(bool withTree) {
    VALISE_TRY(const Group* const g, group());
    return g->groupInfo(withTree, true);
}

Result<void> OurClient::storePsk(ByteView id, ByteView secret) {
    m_externalPsks.insert_or_assign(toBytes(id), crypto::KeyBytes(secret));
    return {};
}

Result<void> OurClient::restart() {
    VALISE_TRY(const Group* const g, group());
    VALISE_TRY(m_group, Group::deserialize(g->serializeEpoch(), g->serializeRatchets()));
    return {};
}

} // namespace valise::interop
