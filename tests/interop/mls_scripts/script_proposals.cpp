// SPDX-License-Identifier: AGPL-3.0-or-later
// The proposals of a script, and the rules for combining them in a commit.
#include "tests/interop/mls_scripts/script.h"

#include <algorithm>

namespace valise::interop {

using namespace mls;

namespace {

constexpr std::uint64_t kResumptionEpochs = 16; // the oldest epoch for a resumption PSK
constexpr std::uint32_t kMaxPadding = 64;
constexpr std::size_t kMostAdds = 6; // by value, in one commit

bool isPsk(const Proposal& p) {
    return p.as<PreSharedKeyProposal>() != nullptr;
}

} // namespace

Extensions groupExtensions(const AppDataDictionary& dictionary,
                           const std::optional<Extension>& externalSenders,
                           const std::optional<Bytes>& privateData) {
    const RequiredCapabilities required{{extension_type::kAppDataDictionary, kPrivateExtension},
                                        {static_cast<std::uint16_t>(ProposalType::AppDataUpdate),
                                         static_cast<std::uint16_t>(ProposalType::SelfRemove)},
                                        {}};
    Extensions out{{extension_type::kRequiredCapabilities, required.encode()}};
    if (externalSenders)
        out.push_back(*externalSenders);
    if (privateData)
        out.push_back({kPrivateExtension, *privateData});
    out.push_back({extension_type::kAppDataDictionary, dictionary.encode()});
    return out;
}

Extensions leafExtensions(const std::vector<std::uint16_t>& components) {
    AppDataDictionary d;
    d.set(0x0001, encodeComponentsList(components));
    return {{extension_type::kAppDataDictionary, d.encode()}};
}

// Making them

Result<Proposal> Script::addProposal(Delegate& newcomer, Bytes* keyPackage) {
    VALISE_TRY(const Bytes message, newcomer.client->keyPackage());
    VALISE_TRY(KeyPackage package, KeyPackage::fromMessage(message));
    if (keyPackage)
        *keyPackage = message;
    return Proposal{AddProposal{std::move(package)}};
}

Proposal Script::pskProposal(bool resumption) {
    if (resumption) {
        // An epoch in which all present members took part.
        std::uint64_t first = m_epoch > kResumptionEpochs ? m_epoch - kResumptionEpochs : 0;
        for (const Delegate* d : m_members)
            first = std::max(first, d->since);
        const std::uint64_t from = first + pick(static_cast<std::uint32_t>(m_epoch - first + 1));
        return {PreSharedKeyProposal{
            PreSharedKeyId::resumption(PreSharedKeyId::kApplication, m_groupId, from, m_random)}};
    }
    const Bytes id = m_random.bytes(8);
    m_psks[id] = m_random.bytes(32);
    return {PreSharedKeyProposal{PreSharedKeyId::external(id, m_random)}};
}

Result<Proposal> Script::extensionsProposal() {
    std::optional<Extension> senders;
    if (!oneIn(3)) {
        std::vector<ExternalSender> list;
        for (Delegate* authority : m_authorities) {
            VALISE_TRY(ExternalSender sender, authority->client->asExternalSender());
            list.push_back(std::move(sender));
        }
        if (oneIn(2))
            std::swap(list.front(), list.back());
        senders = externalSendersExtension(list);
    }
    std::optional<Bytes> data;
    if (oneIn(2))
        data = m_random.bytes(pick(80));
    return Proposal{
        GroupContextExtensionsProposal{groupExtensions(*AppDataDictionary::of(m_extensions), senders, data)}};
}

Proposal Script::appDataProposal() {
    AppDataUpdateProposal p;
    p.component = static_cast<std::uint16_t>(kFirstComponent + pick(kComponents));
    if (!AppDataDictionary::of(m_extensions)->find(p.component) || !oneIn(3))
        p.data = m_random.bytes(pick(100));
    return {std::move(p)};
}

LeafChange Script::leafChange(bool canRotate) {
    LeafChange change;
    change.rotateKey = canRotate && oneIn(2);
    if (oneIn(2)) {
        std::vector<std::uint16_t> components;
        for (std::uint16_t i = 0; i < kComponents; ++i) {
            if (oneIn(2))
                components.push_back(static_cast<std::uint16_t>(kFirstComponent + i));
        }
        change.extensions = leafExtensions(components);
    }
    return change;
}

Framing Script::framing(bool canBePrivate) {
    Framing f;
    if (canBePrivate && oneIn(2)) {
        f.wireFormat = WireFormat::PrivateMessage;
        f.padding = pick(kMaxPadding);
    }
    f.authenticatedData = m_random.bytes(pick(3) * 5);
    return f;
}

Result<void> Script::storePsks(Delegate& d) {
    for (const auto& [id, secret] : m_psks)
        VALISE_CHECK(d.client->storePsk(id, secret));
    return {};
}

// Sending them

Result<void> Script::proposeSome() {
    for (std::uint32_t n = pick(5); n > 0; --n) {
        const std::uint32_t who = pick(16);
        VALISE_CHECK(who == 0 ? askToJoin() : who < 3 ? proposeFromOutside() : proposeOne());
    }
    return {};
}

Result<void> Script::proposeOne() {
    Pending p;
    Delegate& by = any();
    p.by = &by;
    LeafChange change;
    bool canBePrivate = true;
    switch (pick(8)) {
    case 0:
    case 1:
        p.kind = "update";
        p.subject = &by;
        if (oneIn(2))
            change = leafChange(by.client->canRotateInUpdate());
        break;
    case 2:
        p.kind = "remove";
        p.subject = &any(); // it may be the proposer
        p.proposal = {RemoveProposal{p.subject->leaf}};
        break;
    case 3: {
        // A member proposes to leave only once.
        const bool said = std::any_of(m_pending.begin(), m_pending.end(), [&](const Pending& other) {
            return other.kind == "self-remove" && other.by == &by;
        });
        if (said)
            return {};
        p.kind = "self-remove";
        p.subject = &by;
        p.proposal = {SelfRemoveProposal{}};
        canBePrivate = false;
        break;
    }
    case 4: {
        p.kind = "add";
        VALISE_TRY(p.subject, newcomer());
        VALISE_TRY(p.proposal, addProposal(*p.subject));
        break;
    }
    case 5: {
        const bool resumption = oneIn(2);
        p.kind = resumption ? "resumption-psk" : "psk";
        p.proposal = pskProposal(resumption);
        break;
    }
    case 6:
        p.kind = "app-data";
        p.proposal = appDataProposal();
        break;
    default: {
        p.kind = "extensions";
        VALISE_TRY(p.proposal, extensionsProposal());
        break;
    }
    }
    const Framing how = framing(canBePrivate);
    note(by.name + " proposes " + p.kind + (p.subject ? " of " + p.subject->name : "") +
         (change.rotateKey ? " with a new key" : "") +
         (change.extensions ? " with other leaf extensions" : "") +
         (how.wireFormat == WireFormat::PrivateMessage ? " (private)" : " (public)"));
    VALISE_TRY(Proposed made, p.kind == "update" ? by.client->proposeUpdate(change, how)
                                                 : by.client->propose(p.proposal, how));
    count("propose " + p.kind + (change.rotateKey ? " with a new key" : "") +
              (change.extensions ? " with other leaf extensions" : ""),
          by);
    p.ref = std::move(made.ref);
    p.message = std::move(made.message);
    p.aad = how.authenticatedData;
    return distribute(std::move(p));
}

Result<void> Script::askToJoin() {
    Pending p;
    p.kind = "add";
    VALISE_TRY(p.subject, newcomer());
    Bytes keyPackage;
    VALISE_TRY(p.proposal, addProposal(*p.subject, &keyPackage));
    note(p.subject->name + " asks to be added");
    VALISE_TRY(p.message, p.subject->client->proposeToJoin(keyPackage, m_groupId, m_epoch));
    count("ask to be added", *p.subject);
    return distribute(std::move(p));
}

Result<void> Script::proposeFromOutside() {
    Delegate& by = *m_authorities[pick(static_cast<std::uint32_t>(m_authorities.size()))];
    VALISE_TRY(const ExternalSender self, by.client->asExternalSender());
    VALISE_TRY(const auto senders, externalSenders(m_extensions));
    const auto place = std::find(senders.begin(), senders.end(), self);
    if (place == senders.end())
        return {};
    Pending p;
    switch (pick(3)) {
    case 0: {
        p.kind = "add";
        VALISE_TRY(p.subject, newcomer());
        VALISE_TRY(p.proposal, addProposal(*p.subject));
        break;
    }
    case 1:
        p.kind = "remove";
        p.subject = &any();
        p.proposal = {RemoveProposal{p.subject->leaf}};
        break;
    default: {
        p.kind = "extensions";
        VALISE_TRY(p.proposal, extensionsProposal());
        break;
    }
    }
    note(by.name + " proposes " + p.kind + (p.subject ? " of " + p.subject->name : "") + " from outside");
    VALISE_TRY(p.message, by.client->proposeFromOutside(p.proposal, m_groupId, m_epoch,
                                                        static_cast<std::uint32_t>(place - senders.begin())));
    count("propose " + p.kind + " from outside", by);
    return distribute(std::move(p));
}

Result<void> Script::distribute(Pending proposal) {
    if (proposal.ref.empty()) {
        // The committer determines the ref of a proposal from outside. The others must get the same ref.
        VALISE_TRY(const Received seen, m_committer->client->process(proposal.message));
        if (seen.type != ContentType::Proposal || seen.sender)
            return disagreement(m_committer->name + " sees something other than a proposal from outside");
        proposal.ref = seen.ref;
        // It contains nothing random, so two equal proposals are the same proposal.
        if (std::any_of(m_pending.begin(), m_pending.end(),
                        [&](const Pending& p) { return p.ref == proposal.ref; }))
            return {};
    } else if (proposal.by != m_committer) {
        VALISE_CHECK(takeIn(*m_committer, proposal));
    }
    for (Delegate* d : m_members) {
        if (d == m_committer || d == proposal.by)
            continue;
        if (oneIn(8))
            m_withheld.push_back({d, proposal});
        else
            VALISE_CHECK(takeIn(*d, proposal));
    }
    m_pending.push_back(std::move(proposal));
    return {};
}

Result<void> Script::takeIn(Delegate& d, const Pending& proposal) {
    if (oneIn(12)) {
        VALISE_CHECK(mustRefuse(d, damaged(proposal.message), "a damaged proposal"));
    }
    VALISE_TRY(const Received seen, d.client->process(proposal.message));
    const bool sameSender = proposal.by ? seen.sender == proposal.by->leaf : !seen.sender;
    if (seen.type != ContentType::Proposal || !sameSender || seen.ref != proposal.ref ||
        seen.aad != proposal.aad)
        return disagreement(d.name + " sees another proposal than was made");
    return {};
}

// Committing them

bool Script::admit(Plan& plan, const Delegate* committer, const Pending& what) {
    const bool leaves = what.kind == "remove" || what.kind == "self-remove";
    if (leaves || what.kind == "update") {
        // Only one proposal for each leaf, and none by the committer for its own leaf.
        if (what.subject == committer || plan.touched.contains(what.subject))
            return false;
        if (leaves && m_members.size() - plan.leaving.size() <= kFewest)
            return false;
        plan.touched.insert(what.subject);
        if (leaves)
            plan.leaving.push_back(what.subject);
    } else if (what.kind == "add") {
        // A new member cannot have a resumption secret of a past epoch.
        if (plan.resumption || plan.joining.size() >= plan.room ||
            std::find(plan.joining.begin(), plan.joining.end(), what.subject) != plan.joining.end())
            return false;
        plan.joining.push_back(what.subject);
    } else if (what.kind == "resumption-psk") {
        if (!plan.joining.empty())
            return false;
        plan.resumption = true;
    } else if (what.kind == "extensions") {
        // The extensions can only be changed before AppDataUpdates.
        if (plan.extensionsChange || !plan.components.empty())
            return false;
        plan.extensionsChange = true;
        plan.extensions = what.proposal.as<GroupContextExtensionsProposal>()->extensions;
    } else if (what.kind == "app-data") {
        const auto* update = what.proposal.as<AppDataUpdateProposal>();
        if (!plan.components.insert(update->component).second)
            return false;
        if (update->data)
            plan.dictionary.set(update->component, *update->data);
        else
            plan.dictionary.erase(update->component);
    }
    const std::string way = what.ref.empty() ? " by value" : " by reference";
    plan.words.push_back(what.kind + (what.subject ? " of " + what.subject->name : "") + way);
    plan.kinds.push_back(what.kind + way);
    return true;
}

void Script::chooseStored(Plan& plan, const Delegate& committer) {
    std::vector<const Pending*> candidates;
    for (const Pending& p : m_pending)
        candidates.push_back(&p);
    const bool ours = committer.client->isOurs();
    if (ours) {
        for (std::size_t i = candidates.size(); i > 1; --i)
            std::swap(candidates[i - 1], candidates[pick(static_cast<std::uint32_t>(i))]);
    } else {
        // openmls commits proposals in order of arrival, and must commit all PSKs (see ../README.md).
        std::stable_sort(candidates.begin(), candidates.end(), [](const Pending* a, const Pending* b) {
            return isPsk(a->proposal) && !isPsk(b->proposal);
        });
    }
    for (const Pending* p : candidates) {
        const bool must = !ours && isPsk(p->proposal);
        if ((must || !oneIn(6)) && admit(plan, &committer, *p))
            plan.wire.references.push_back(p->ref);
    }
}

Result<void> Script::chooseByValue(Plan& plan, Delegate& committer) {
    const auto tryIt = [&](const char* kind, Delegate* subject, Proposal proposal) {
        Pending p{kind, &committer, subject, std::move(proposal), {}, {}, {}};
        if (admit(plan, &committer, p))
            plan.wire.byValue.push_back(std::move(p.proposal));
    };
    const auto most = static_cast<std::uint32_t>(std::min(plan.room, kMostAdds));
    for (std::uint32_t n = pick(most + 1); n > 0; --n) {
        VALISE_TRY(Delegate* const subject, newcomer());
        // A client with a pending Add proposal may join only by that proposal.
        const bool proposed = std::any_of(m_pending.begin(), m_pending.end(), [&](const Pending& other) {
            return other.kind == "add" && other.subject == subject;
        });
        if (proposed)
            continue;
        VALISE_TRY(Proposal add, addProposal(*subject));
        tryIt("add", subject, std::move(add));
    }
    for (std::uint32_t n = oneIn(3) ? 1 + pick(2) : 0; n > 0; --n) {
        if (Delegate* const subject = anyBut({&committer}))
            tryIt("remove", subject, {RemoveProposal{subject->leaf}});
    }
    if (oneIn(8)) {
        VALISE_TRY(Proposal extensions, extensionsProposal());
        tryIt("extensions", nullptr, std::move(extensions));
    }
    for (std::uint32_t n = oneIn(3) ? 1 + pick(2) : 0; n > 0; --n)
        tryIt("app-data", nullptr, appDataProposal());
    // openmls counts PSKs by value before those by reference, in any order (see ../README.md).
    const bool pskStored =
        std::any_of(m_pending.begin(), m_pending.end(), [](const Pending& p) { return isPsk(p.proposal); });
    if (committer.client->isOurs() || !pskStored) {
        for (std::uint32_t n = oneIn(4) ? 1 + pick(2) : 0; n > 0; --n) {
            const bool resumption = oneIn(2);
            tryIt(resumption ? "resumption-psk" : "psk", nullptr, pskProposal(resumption));
        }
    }
    return {};
}

} // namespace valise::interop
