// SPDX-License-Identifier: AGPL-3.0-or-later
// What an administrator owes to people whom it let in or out on a branch of the group that lost afterwards.
// Whoever took up a Welcome of that branch cannot follow the one that won, and whoever followed its own
// removal there is out for good (removal is final for a leaf); the others would see both in the list of
// members and wait for them in vain.
#include "core/client/conversations.h"

#include "core/base/encoding.h"
#include "core/base/log.h"

namespace valise::client {

namespace {

constexpr int kTryAgainMs = 60'000;

QString nameOf(const marmot::Id32& account) {
    return toQString(toHex(account));
}

std::optional<marmot::Id32> accountOf(const QString& name) {
    const auto bytes = fromHex(toStd(name));
    if (!bytes || bytes->size() != 32)
        return std::nullopt;
    marmot::Id32 out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

void putOnce(QStringList& list, const marmot::Id32& account) {
    if (!list.contains(nameOf(account)))
        list.append(nameOf(account));
}

// First those go who are to be out or to come in anew, then the invitations follow.
void owed(const GroupExtra& extra, const std::set<marmot::Id32>& others, marmot::RemoveMembers& remove,
          QStringList& addresses) {
    for (const QStringList* list : {&extra.removeAgain, &extra.inviteAgain})
        for (const QString& name : *list)
            if (const auto account = accountOf(name); account && others.count(*account) > 0)
                remove.accounts.push_back(*account);
    for (const QString& name : extra.inviteAgain)
        if (const auto account = accountOf(name))
            addresses.append(RecordMapper::addressOf(*account));
}

} // namespace

Result<void> Conversations::noteOwed(const marmot::GroupEngine& session, const marmot::Step& step) {
    if (step.withdrawn.empty() && step.restored.empty() && step.changes.empty())
        return {};
    VALISE_TRY(const storage::GroupRow stored, record(session.id()));
    GroupExtra extra = GroupExtra::decode(stored.extra);
    const auto changeInto = [&](const mls::Digest& id) -> std::optional<marmot::GroupChange> {
        const marmot::RetainedState* state = session.history().find(id);
        const marmot::RetainedState* parent =
            state && state->parent ? session.history().find(*state->parent) : nullptr;
        if (!parent || !state->group || !parent->group)
            return std::nullopt;
        return marmot::describeChange(marmot::membersOf(*parent->group, parent->state.admins), parent->state,
                                      marmot::membersOf(*state->group, state->state.admins), state->state);
    };
    const auto settle = [&](const std::vector<marmot::Id32>& accounts, bool invitations) {
        for (const marmot::Id32& account : accounts) {
            extra.removeAgain.removeAll(nameOf(account));
            if (invitations)
                extra.inviteAgain.removeAll(nameOf(account));
        }
    };
    // Whom this account invited on the branch that lost now, and to which epoch.
    std::map<marmot::Id32, std::uint64_t> invited;
    // Oldest first: what was done last counts.
    for (auto move = step.withdrawn.rbegin(); move != step.withdrawn.rend(); ++move) {
        if (!move->own)
            continue;
        // It may have renewed our keys, too.
        extra.renewMs = std::min<qint64>(extra.renewMs, nextRenewal(true));
        const auto change = changeInto(move->state);
        if (!change)
            continue;
        for (const marmot::Id32& account : change->added) {
            invited[account] = std::max(invited[account], move->epoch);
            putOnce(extra.inviteAgain, account);
            extra.removeAgain.removeAll(nameOf(account));
        }
        for (const marmot::Id32& account : change->removed) {
            putOnce(extra.removeAgain, account);
            extra.inviteAgain.removeAll(nameOf(account));
        }
    }
    // Who was invited to a later epoch on the branch that lost, or later by the same account, has followed
    // that and left the state to which the other invitation led.
    const auto forgetMoved = [&](std::vector<marmot::Id32>& added, std::uint64_t epoch, bool own) {
        std::erase_if(added, [&](const marmot::Id32& account) {
            const auto other = invited.find(account);
            return other != invited.end() && (own || other->second > epoch);
        });
    };
    for (const marmot::StateMove& move : step.restored)
        if (auto change = changeInto(move.state)) {
            forgetMoved(change->added, move.epoch, move.own);
            settle(change->added, true);
            settle(change->removed, !move.own);
        }
    for (const marmot::AppliedChange& applied : step.changes) {
        std::vector<marmot::Id32> added = applied.change.added;
        forgetMoved(added, applied.epoch, false);
        settle(added, true);
        // Who removes somebody in order to invite them anew still owes the invitation.
        settle(applied.change.removed, !applied.own);
        settle(applied.change.left, true);
    }
    if (extra.encode() == stored.extra)
        return {};
    return m_profile.stores().groups.setExtra(session.id(), extra.encode());
}

void Conversations::continueRepair(const Bytes& group) {
    const marmot::GroupEngine* found = session(group);
    if (!found || m_repairing.count(group) || found->standing() != marmot::GroupStanding::Active ||
        holds(group) || !found->queue().empty())
        return;
    const auto stored = record(group);
    if (!stored || stored->status == storage::GroupStatus::Leaving)
        return;
    GroupExtra extra = GroupExtra::decode(stored->extra);
    if (extra.inviteAgain.isEmpty() && extra.removeAgain.isEmpty())
        return;
    std::set<marmot::Id32> others;
    for (const marmot::GroupMember& member : found->members())
        if (member.account != found->self())
            others.insert(member.account);
    marmot::RemoveMembers remove;
    QStringList addresses;
    // What one who is no administrator any more owes, nobody waits for.
    if (found->isAdmin())
        owed(extra, others, remove, addresses);
    if (remove.accounts.empty() && addresses.isEmpty()) {
        extra.inviteAgain.clear();
        extra.removeAgain.clear();
        const auto cleared =
            m_profile.write([&] { return m_profile.stores().groups.setExtra(group, extra.encode()); });
        if (!cleared)
            log(LogLevel::Warning, "repair", cleared.error().detail);
        return;
    }

    m_repairing.insert(group);
    const auto done = [this, group](const Result<void>& result) {
        if (result) {
            m_repairing.erase(group);
            continueRepair(group);
            return;
        }
        // Not at once: what was refused would be refused again. Somebody without a KeyPackage may have one
        // later.
        log(LogLevel::Info, "repair", result.error().detail);
        QTimer::singleShot(kTryAgainMs, this, [this, group] {
            m_repairing.erase(group);
            continueRepair(group);
        });
    };
    if (!remove.accounts.empty())
        propose(group, std::move(remove), done);
    else
        addMembers(group, addresses, done);
}

} // namespace valise::client
