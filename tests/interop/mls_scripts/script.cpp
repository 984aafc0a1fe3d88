// SPDX-License-Identifier: AGPL-3.0-or-later
// The course of a script: committing, following, and checking that members agree.
#include "tests/interop/mls_scripts/script.h"

#include "core/base/encoding.h"
#include "tests/interop/mls_scripts/our_client.h"

#include <algorithm>

namespace valise::interop {

using namespace mls;

namespace {

constexpr std::uint32_t kMaxDelay = 4; // epochs

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& w : words)
        out += (out.empty() ? "" : ", ") + w;
    return out.empty() ? "nothing" : out;
}

template <typename T>
bool contains(const std::vector<T*>& list, const T* item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

} // namespace

Error disagreement(std::string what) {
    return {ErrorCode::InvalidCommit, std::move(what)};
}

Script::Script(const Settings& settings, MakeForeign makeForeign, Tally& tally)
    : m_settings(settings)
    , m_makeForeign(std::move(makeForeign))
    , m_tally(tally)
    , m_choices(settings.seed)
    , m_random(~settings.seed) {
    // Every third script may reach the largest size. The others have a lower limit.
    m_limit = oneIn(3) ? settings.members : kFewest + pick(settings.members - kFewest + 1);
}

Result<void> Script::run() {
    VALISE_CHECK(found());
    for (std::uint32_t i = 0; i < m_settings.steps; ++i)
        VALISE_CHECK(epoch());
    // All messages that are still under way arrive in the end.
    for (Delivery& d : m_deliveries)
        d.due = m_epoch;
    return deliver();
}

std::string Script::report() {
    std::string out = "  steps:\n";
    for (const std::string& line : m_log)
        out += "    " + line + '\n';
    out += "  views:\n";
    for (Delegate* d : m_members) {
        const Result<View> v = d->client->view({"report", {}, 32});
        out += "    " + d->name + ": " + (v.ok() ? v->describe() : v.error().detail) + '\n';
    }
    return out;
}

void Script::note(std::string what) {
    m_log.push_back("epoch " + std::to_string(m_epoch) + ": " + std::move(what));
}

void Script::count(const std::string& operation, const Delegate& by) {
    ++m_tally.operations[operation + (by.client->isOurs() ? " (ours)" : " (openmls)")];
}

// The people

Result<Script::Delegate*> Script::makeDelegate(bool ours) {
    auto d = std::make_unique<Delegate>();
    const bool grease = oneIn(3);
    const Extensions extensions = leafExtensions({kFirstComponent});
    d->name = (ours ? "ours-" : "openmls-") + std::to_string(m_everybody.size());
    if (ours) {
        d->client = std::make_unique<OurClient>(m_settings.suite, d->name, extensions, grease, m_random);
    } else {
        VALISE_TRY(d->client, m_makeForeign(d->name, extensions, grease));
    }
    m_everybody.push_back(std::move(d));
    return m_everybody.back().get();
}

Result<Script::Delegate*> Script::newcomer() {
    // A former member that left, or a new client of either implementation. If one implementation is missing
    // in the group, the client is of that one.
    const auto isOurs = [](const Delegate* d) { return d->client->isOurs(); };
    const bool oursThere = std::any_of(m_members.begin(), m_members.end(), isOurs);
    const bool mixed = oursThere && !std::all_of(m_members.begin(), m_members.end(), isOurs);
    if (mixed && !m_former.empty() && oneIn(4))
        return m_former[pick(static_cast<std::uint32_t>(m_former.size()))];
    VALISE_TRY(Delegate* const d, makeDelegate(mixed || m_members.empty() ? oneIn(2) : !oursThere));
    m_former.push_back(d);
    return d;
}

Script::Delegate& Script::any() {
    return *m_members[pick(static_cast<std::uint32_t>(m_members.size()))];
}

Script::Delegate* Script::anyBut(const std::vector<const Delegate*>& excluded) {
    std::vector<Delegate*> left;
    for (Delegate* d : m_members) {
        if (std::find(excluded.begin(), excluded.end(), d) == excluded.end())
            left.push_back(d);
    }
    return left.empty() ? nullptr : left[pick(static_cast<std::uint32_t>(left.size()))];
}

bool Script::isMember(const Delegate& d) const {
    return std::find(m_members.begin(), m_members.end(), &d) != m_members.end();
}

// One epoch

Result<void> Script::found() {
    for (const bool ours : {true, false}) {
        VALISE_TRY(Delegate* const authority, makeDelegate(ours));
        m_authorities.push_back(authority);
    }
    m_groupId = m_random.bytes(1 + pick(32));
    AppDataDictionary d;
    d.set(kFirstComponent, m_random.bytes(pick(40)));
    m_extensions = groupExtensions(d, std::nullopt, std::nullopt);
    VALISE_TRY(Delegate* const founder, newcomer());
    note(founder->name + " founds the group");
    VALISE_CHECK(founder->client->create(m_groupId, m_extensions));
    std::erase(m_former, founder);
    m_members.push_back(founder);
    count("create", *founder);
    return checkAgreement();
}

Result<void> Script::epoch() {
    m_pending.clear();
    m_withheld.clear();
    m_psks.clear();
    m_committer = &any();
    VALISE_CHECK(talk());
    // The message is sent before any proposal, because RFC 9420 section 12.4 forbids application data between
    // a proposal and the commit.
    VALISE_TRY(m_earlier, send(any(), false));
    VALISE_CHECK(proposeSome());
    VALISE_CHECK(restartSomebody());
    const bool fromOutside = m_epoch > 0 && oneIn(5);
    VALISE_CHECK(fromOutside ? commitFromOutside() : commitByMember());
    ++m_tally.epochs;
    m_tally.largestGroup = std::max(m_tally.largestGroup, m_members.size());
    return deliver();
}

Result<void> Script::restartSomebody() {
    if (!oneIn(3))
        return {};
    Delegate& d = any();
    note(d.name + " restarts");
    count("restart", d);
    return d.client->restart();
}

Script::Plan Script::newPlan() const {
    Plan plan;
    // The script manages these extensions itself.
    plan.dictionary = *AppDataDictionary::of(m_extensions);
    plan.extensions = m_extensions;
    plan.room = m_limit - std::min<std::size_t>(m_limit, m_members.size());
    return plan;
}

Result<void> Script::loseCommit() {
    // Either its maker discards the commit, or another member's commit arrives while it is pending.
    Delegate* const other = anyBut({m_committer});
    const bool givesUp = oneIn(2) || !other;
    Delegate& maker = givesUp ? *m_committer : *other;
    note(maker.name + " makes a commit that loses");
    CommitPlan plan;
    plan.forcePath = true;
    VALISE_CHECK(maker.client->commit(plan));
    if (givesUp) {
        VALISE_CHECK(maker.client->discard());
    }
    count("commit and lose", maker);
    return {};
}

Result<void> Script::commitByMember() {
    Delegate& committer = *m_committer;
    Plan plan = newPlan();
    chooseStored(plan, committer);
    VALISE_CHECK(chooseByValue(plan, committer));
    plan.wire.forcePath = oneIn(4);
    if (oneIn(6))
        plan.wire.leaf = leafChange(true);
    plan.wire.framing = framing(true);
    plan.wire.treeInWelcome = oneIn(2);
    for (const auto* people : {&m_members, &plan.joining}) {
        for (Delegate* d : *people)
            VALISE_CHECK(storePsks(*d));
    }
    if (oneIn(6)) {
        VALISE_CHECK(loseCommit());
    }

    note(committer.name + " commits " + listed(plan.words) + (plan.wire.forcePath ? " with a path" : "") +
         (plan.wire.leaf.rotateKey ? " with a new key" : "") +
         (plan.wire.leaf.extensions ? " with other leaf extensions" : "") +
         (plan.wire.framing.wireFormat == WireFormat::PrivateMessage ? " (private)" : " (public)"));
    VALISE_TRY(const Committed made, committer.client->commit(plan.wire));
    if (made.welcome.has_value() == plan.joining.empty())
        return disagreement("a Welcome where nobody joins, or none where somebody does");
    count("commit", committer);
    if (plan.words.empty())
        count("commit nothing", committer);
    if (plan.wire.leaf.rotateKey)
        count("commit with a new key", committer);
    if (plan.wire.leaf.extensions)
        count("commit with other leaf extensions", committer);
    for (const std::string& kind : plan.kinds)
        count("commit " + kind, committer);

    VALISE_CHECK(committer.client->merge());
    std::optional<Bytes> ahead;
    if (oneIn(4)) {
        ++m_epoch;
        VALISE_TRY(ahead, send(committer, false));
        --m_epoch;
    }
    VALISE_CHECK(advance(made.commit, committer, plan, ahead));
    std::optional<Bytes> tree;
    if (!plan.wire.treeInWelcome && !plan.joining.empty()) {
        VALISE_TRY(tree, any().client->tree());
    }
    for (Delegate* d : plan.joining) {
        note(d->name + " joins");
        VALISE_CHECK(d->client->join(*made.welcome, tree));
        d->since = m_epoch;
        m_members.push_back(d);
        std::erase(m_former, d);
        count("join", *d);
    }
    VALISE_CHECK(checkAgreement());
    return checkOutsiders(plan.leaving, plan.joining);
}

Result<void> Script::commitFromOutside() {
    Plan plan = newPlan();
    ExternalJoin how;
    const bool resync = plan.room == 0 || (m_members.size() > 1 && oneIn(2));
    Delegate* joiner = nullptr;
    if (resync) {
        joiner = &any();
        how.formerLeaf = joiner->leaf;
        plan.touched.insert(joiner);
    } else {
        VALISE_TRY(joiner, newcomer());
    }
    Delegate* const informant = anyBut({joiner});
    const bool withTree = oneIn(2);
    VALISE_TRY(how.groupInfo, informant->client->groupInfo(withTree));
    if (!withTree) {
        VALISE_TRY(how.tree, informant->client->tree());
    }
    if (oneIn(3))
        how.psks.push_back(pskProposal(false).as<PreSharedKeyProposal>()->psk);
    for (Delegate* d : m_members)
        VALISE_CHECK(storePsks(*d));
    VALISE_CHECK(storePsks(*joiner));
    how.aad = m_random.bytes(pick(3) * 5);
    plan.wire.framing.authenticatedData = how.aad;
    if (joiner->client->canCommitMoreFromOutside()) {
        for (const Pending& p : m_pending) {
            if (p.kind == "self-remove" && admit(plan, joiner, p)) {
                how.selfRemoves.push_back(p.message);
                plan.wire.references.push_back(p.ref);
            }
        }
        Pending update{"app-data", nullptr, nullptr, appDataProposal(), {}, {}, {}};
        if (oneIn(4) && admit(plan, joiner, update))
            how.appData.push_back(*update.proposal.as<AppDataUpdateProposal>());
    }

    note(joiner->name + (resync ? " takes its place again" : " joins from outside") + " through " +
         informant->name + (how.psks.empty() ? "" : " with a PSK") + ", committing " + listed(plan.words));
    VALISE_TRY(const Bytes commit, joiner->client->joinFromOutside(how));
    count(resync ? "join from outside again" : "join from outside", *joiner);
    if (!how.psks.empty())
        count("join from outside with a PSK", *joiner);
    for (const std::string& kind : plan.kinds)
        count("join from outside with " + kind, *joiner);
    VALISE_CHECK(advance(commit, *joiner, plan, std::nullopt));
    if (!resync)
        m_members.push_back(joiner);
    std::erase(m_former, joiner);
    joiner->since = m_epoch;
    VALISE_CHECK(checkAgreement());
    return checkOutsiders(plan.leaving, {joiner});
}

Result<void> Script::advance(const Bytes& commit, Delegate& committer, const Plan& plan,
                             const std::optional<Bytes>& ahead) {
    // A member that rejoins has no leaf in the old epoch to commit with.
    const bool fromOutside = !isMember(committer) || plan.touched.contains(&committer);
    for (Delegate* d : m_members) {
        if (d == &committer)
            continue;
        const bool leaves = contains(plan.leaving, d);
        if (ahead && oneIn(4)) {
            VALISE_CHECK(mustRefuse(*d, *ahead, "a message of an epoch to come"));
        }
        // A removed member cannot compute the confirmation tag, so it may accept a damaged one.
        if (!leaves && oneIn(6)) {
            VALISE_CHECK(mustRefuse(*d, damaged(commit), "a damaged commit"));
        }
        bool lacks = false;
        for (const Withheld& w : m_withheld) {
            const auto& refs = plan.wire.references;
            lacks =
                lacks || (w.from == d && std::find(refs.begin(), refs.end(), w.proposal.ref) != refs.end());
        }
        if (lacks) {
            // openmls uses up the key of such a commit before it checks it (see ../README.md).
            const bool canTryTwice = d->client->isOurs() || plan.components.empty() ||
                                     plan.wire.framing.wireFormat == WireFormat::PublicMessage;
            if (canTryTwice) {
                VALISE_CHECK(mustRefuse(*d, commit, "a commit of a proposal that did not arrive"));
            }
            for (const Withheld& w : m_withheld) {
                if (w.from == d) {
                    VALISE_CHECK(takeIn(*d, w.proposal));
                }
            }
        }
        VALISE_TRY(const Received seen, d->client->process(commit));
        if (seen.type != ContentType::Commit || seen.selfRemoved != leaves)
            return disagreement(d->name +
                                (leaves ? " does not see that it is removed" : " sees itself removed"));
        if (fromOutside ? seen.sender.has_value() : seen.sender != committer.leaf)
            return disagreement(d->name + " sees another committer");
        if (seen.aad != plan.wire.framing.authenticatedData)
            return disagreement(d->name + " sees other authenticated data");
    }
    for (Delegate* d : plan.leaving) {
        std::erase(m_members, d);
        m_former.push_back(d);
    }
    m_extensions = plan.extensions;
    setExtension(m_extensions, extension_type::kAppDataDictionary, plan.dictionary.encode());
    ++m_epoch;
    return {};
}

// Agreement

Result<void> Script::checkAgreement() {
    ExportRequest request;
    request.label = oneIn(2) ? "marmot" : "another label";
    request.context = m_random.bytes(pick(40));
    request.length = static_cast<std::uint16_t>(1 + pick(crypto::KeyBytes::kCapacity));
    std::optional<View> first;
    std::vector<std::string> names;
    for (Delegate* d : m_members) {
        VALISE_TRY(View v, d->client->view(request));
        d->leaf = v.ownLeaf;
        names.push_back(d->name);
        const auto own = std::find_if(v.members.begin(), v.members.end(),
                                      [&](const View::Entry& e) { return e.leaf == v.ownLeaf; });
        if (own == v.members.end() || textOf(own->identity) != d->name)
            return disagreement(d->name + " does not find itself at its own leaf");
        if (!first)
            first = std::move(v);
        else if (const char* what = first->differenceTo(v))
            return disagreement(d->name + " and " + names.front() + " differ in " + what);
    }
    // The values on which all agree must be those of the commits.
    if (first->epoch != m_epoch)
        return disagreement("all are in epoch " + std::to_string(first->epoch) + ", not " +
                            std::to_string(m_epoch));
    Reader r(first->context);
    VALISE_TRY(const GroupContext context, GroupContext::read(r));
    if (context.groupId != m_groupId)
        return disagreement("the group has another id");
    if (context.extensions != m_extensions) {
        Writer w;
        writeExtensions(w, m_extensions);
        return disagreement("the group should have the extensions " + toHex(w.bytes()));
    }
    std::vector<std::string> seen;
    for (const View::Entry& e : first->members)
        seen.emplace_back(textOf(e.identity));
    std::sort(seen.begin(), seen.end());
    std::sort(names.begin(), names.end());
    if (seen != names)
        return disagreement("the members should be " + listed(names));
    return {};
}

Result<void> Script::checkOutsiders(const std::vector<Delegate*>& gone, const std::vector<Delegate*>& came) {
    VALISE_TRY(const Bytes later, send(any(), true));
    for (Delegate* d : gone) {
        if (!isMember(*d)) {
            VALISE_CHECK(mustRefuse(*d, later, "what is said after it was removed"));
        }
    }
    for (Delegate* d : came)
        VALISE_CHECK(mustRefuse(*d, m_earlier, "what was said before it came"));
    return {};
}

Result<void> Script::mustRefuse(Delegate& d, const Bytes& message, const char* why) {
    if (d.client->process(message).ok())
        return disagreement(d.name + " accepts " + why + ": " + toHex(message));
    ++m_tally.refusals;
    return {};
}

Bytes Script::damaged(Bytes message) {
    message[pick(static_cast<std::uint32_t>(message.size()))] ^= static_cast<std::uint8_t>(1U << pick(8));
    return message;
}

// Application messages

Result<Bytes> Script::send(Delegate& from, bool atOnce) {
    auto letter = std::make_shared<Letter>();
    letter->plaintext = m_random.bytes(pick(oneIn(8) ? 5000 : 200));
    letter->aad = m_random.bytes(pick(3) * 9);
    letter->epoch = m_epoch;
    letter->sender = from.leaf;
    VALISE_TRY(letter->message, from.client->protect(letter->plaintext, letter->aad));
    for (Delegate* to : m_members) {
        if (to == &from)
            continue;
        const std::uint32_t delay = atOnce || oneIn(2) ? 0 : pick(kMaxDelay + 1);
        m_deliveries.push_back({letter, to, m_epoch + delay});
    }
    count("send", from);
    return letter->message;
}

Result<void> Script::talk() {
    for (std::uint32_t n = pick(4); n > 0; --n) {
        Delegate& from = any();
        note(from.name + " speaks");
        for (std::uint32_t burst = 1 + pick(3); burst > 0; --burst)
            VALISE_CHECK(send(from, false));
    }
    return deliver();
}

Result<void> Script::deliver() {
    std::vector<Delivery> due;
    std::vector<Delivery> later;
    for (Delivery& d : m_deliveries) {
        // A member reads only messages sent between its joining and its leaving.
        if (isMember(*d.to) && d.to->since <= d.letter->epoch)
            (d.due <= m_epoch ? due : later).push_back(std::move(d));
    }
    m_deliveries = std::move(later);
    for (std::size_t i = due.size(); i > 1; --i)
        std::swap(due[i - 1], due[pick(static_cast<std::uint32_t>(i))]);
    for (const Delivery& d : due) {
        const Letter& letter = *d.letter;
        if (oneIn(24)) {
            VALISE_CHECK(mustRefuse(*d.to, damaged(letter.message), "a damaged message"));
        }
        const Result<Received> seen = d.to->client->process(letter.message);
        if (!seen.ok())
            return disagreement(d.to->name + " cannot read a message of epoch " +
                                std::to_string(letter.epoch) + " from leaf " + std::to_string(letter.sender) +
                                ": " + seen.error().detail);
        if (seen->type != ContentType::Application || seen->sender != letter.sender ||
            seen->plaintext != letter.plaintext || seen->aad != letter.aad)
            return disagreement(d.to->name + " reads something other than was written");
        ++m_tally.messages;
        if (letter.epoch < m_epoch)
            ++m_tally.late;
        if (oneIn(24)) {
            VALISE_CHECK(mustRefuse(*d.to, letter.message, "a message twice"));
        }
    }
    return {};
}

} // namespace valise::interop
