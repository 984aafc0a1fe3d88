// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sim/world.h"

#include "core/base/encoding.h"

namespace valise::sim {

namespace {

// In Marmot's Current profile: the tip and five epochs before it.
constexpr std::uint64_t kRetainedEpochs = 5;

} // namespace

void World::followed(const std::function<void(Desk&, const Bytes&, const marmot::GroupEngine&)>& visit) {
    for (const auto& desk : m_desks) {
        if (!desk->running() || desk->dead())
            continue;
        for (const auto& [group, founder] : m_groups)
            if (const marmot::GroupEngine* engine = desk->parts().sessions.engine(group))
                visit(*desk, group, *engine);
    }
}

bool World::glance() {
    bool moved = false;
    followed([&](Desk& desk, const Bytes& group, const marmot::GroupEngine& engine) {
        const storage::Id32& tip = engine.history().tip().id;
        auto [known, fresh] = m_tips.try_emplace({desk.index(), group}, tip);
        moved = moved || fresh || known->second != tip;
        known->second = tip;
    });
    return moved;
}

void World::observe() {
    followed([&](Desk& desk, const Bytes& group, const marmot::GroupEngine& engine) {
        m_epochsSeen[{desk.index(), group}].try_emplace(engine.epoch(), m_time.nowMs());
        for (const auto& [id, state] : engine.history().states()) {
            if (!state.group)
                continue;
            auto [entry, fresh] = m_states.try_emplace(id);
            if (fresh)
                for (const marmot::GroupMember& member : marmot::membersOf(*state.group, state.state.admins))
                    entry->second.accounts.insert(member.account);
            if (state.parent)
                entry->second.parent = state.parent;
        }
    });
    for (const auto& desk : m_desks) {
        if (!desk->running() || desk->dead())
            continue;
        // The states in which own messages were sealed.
        const auto read = desk->database().connection().query(
            "SELECT m.body, b.state FROM branch_messages b JOIN messages m ON m.id = b.message_row"
            " WHERE m.kind = 9 AND m.sender = ?1",
            [&](const storage::Statement& row) {
                const auto known = m_messages.find(row.text(0));
                if (known != m_messages.end() && known->second.author == desk->index()) {
                    known->second.state = row.fixed<32>(1);
                    known->second.placed = true;
                }
            },
            desk->account());
        if (!read)
            broken("the database cannot be read: " + read.error().detail);
    }
}

std::vector<storage::Id32> World::lineTo(const storage::Id32& tip) const {
    std::vector<storage::Id32> line;
    for (std::optional<storage::Id32> at = tip; at;) {
        line.push_back(*at);
        const auto known = m_states.find(*at);
        at = known == m_states.end() ? std::nullopt : known->second.parent;
    }
    std::reverse(line.begin(), line.end());
    return line;
}

bool World::partedTooFar(const storage::Id32& own, const storage::Id32& other) const {
    const std::vector<storage::Id32> line = lineTo(own);
    const std::vector<storage::Id32> theirs = lineTo(other);
    const auto [fork, there] = std::mismatch(line.begin(), line.end(), theirs.begin(), theirs.end());
    return fork != line.begin() && static_cast<std::size_t>(line.end() - fork) > kRetainedEpochs;
}

bool World::late(const Desk& desk, const storage::MessageRow& row) const {
    const auto came = row.outerEventId ? m_network.cameAt(desk.index(), *row.outerEventId) : std::nullopt;
    const auto seen = m_epochsSeen.find({desk.index(), row.groupId});
    if (!came || seen == m_epochsSeen.end())
        return false;
    return std::any_of(seen->second.begin(), seen->second.end(), [&](const auto& epoch) {
        return epoch.first > row.epoch + kRetainedEpochs && epoch.second <= *came + kSortingMs;
    });
}

std::string World::keepers(const storage::MessageRow& row) const {
    std::string out;
    for (const auto& relay : m_network.relays())
        if (row.outerEventId && relay->takenAt(*row.outerEventId))
            out += (out.empty() ? "" : " and ") + relay->url() + " at " +
                   std::to_string(*relay->takenAt(*row.outerEventId));
    return out.empty() ? "no relay" : out;
}

std::vector<storage::MessageRow> World::shelf(Desk& desk, const Bytes& group) {
    std::vector<storage::MessageRow> out;
    const auto newest = desk.stores().messages.before(group, {}, 100'000);
    if (!newest)
        return out;
    for (const storage::MessageRow& row : *newest)
        if (row.kind == nostr::kind::kChat)
            out.push_back(row);
    return out;
}

bool World::removedFrom(Desk& desk, const Bytes& group, const storage::Id32& state) {
    // A removal is final. A client that followed a branch with its own removal is not told that the branch
    // lost.
    auto formers = desk.stores().groupStates.formers(group);
    return formers && std::any_of(formers->begin(), formers->end(), [&](storage::FormerEngine& former) {
               const auto engine = marmot::GroupEngine::load(former.parts);
               return engine && engine->history().states().count(state) > 0;
           });
}

void World::check() {
    for (Desk* desk : honest()) {
        if (const auto whole = desk->database().checkIntegrity(); !whole)
            broken(desk->name() + "'s database is damaged: " + whole.error().detail);
        const auto waiting = desk->stores().deferred.listAll();
        if (!waiting)
            broken("the inbox cannot be read");
        else
            for (const storage::DeferredEvent& event : *waiting)
                if (event.reason.empty())
                    broken(desk->name() + " keeps an event without a reason");
    }
    for (const auto& [group, founder] : m_groups)
        checkGroup(group);
}

void World::checkGroup(const Bytes& group) {
    const std::string name = "group " + toHex(group).substr(0, 8) + ": ";
    // Honest members must have the same state. The branch with the most followers determines who is a member.
    std::map<storage::Id32, std::vector<Desk*>> tips;
    for (Desk* desk : honest()) {
        const marmot::GroupEngine* engine = desk->parts().sessions.engine(group);
        if (engine && engine->standing() != marmot::GroupStanding::Removed)
            tips[engine->history().tip().id].push_back(desk);
        const auto record = desk->stores().groups.get(group);
        if (record && *record && (*record)->status == storage::GroupStatus::Unrecoverable)
            broken(name + desk->name() + " lost the group");
    }
    // After the end of a group each member has a state of its own, and no further state follows. So its
    // members must agree only that it ended.
    const bool ended = std::any_of(tips.begin(), tips.end(), [&](const auto& entry) {
        return entry.second.front()->parts().sessions.engine(group)->standing() ==
               marmot::GroupStanding::Disbanded;
    });
    if (tips.empty() || ended)
        return;
    // The branch with the most followers. Of equal ones, the longer.
    const auto weight = [&](const auto& one) {
        return std::pair(one.second.size(), one.second.front()->parts().sessions.engine(group)->epoch());
    };
    const auto most = std::max_element(tips.begin(), tips.end(), [&](const auto& one, const auto& other) {
        return weight(one) < weight(other);
    });
    const storage::Id32 tip = most->first;
    const std::vector<Desk*> members = most->second;
    std::set<Desk*> apart;
    for (const auto& [other, desks] : tips)
        for (Desk* desk : desks)
            // A client removed on the winning branch cannot read the messages that made it win. The protocol
            // leaves the client on its branch, where it can do no harm.
            if (other != tip && m_states[tip].accounts.count(desk->account()) > 0) {
                // The reverse case: on this client's branch all followers of `tip` were removed.
                if (std::none_of(members.begin(), members.end(), [&](const Desk* member) {
                        return m_states[other].accounts.count(member->account()) > 0;
                    })) {
                    apart.insert(desk);
                    continue;
                }
                // A member invited this client again, but turned against the group before it sent the
                // Welcome.
                if (m_uninvited.count({group, desk->account()}) > 0) {
                    apart.insert(desk);
                    continue;
                }
                if (partedTooFar(other, tip)) {
                    note(name + desk->name() + " was cut off for longer than branches can be joined");
                    apart.insert(desk);
                    ++m_apart;
                    continue;
                }
                broken(name + desk->name() + " follows another branch, to epoch " +
                       std::to_string(desk->parts().sessions.engine(group)->epoch()) + " instead of " +
                       std::to_string(members.front()->parts().sessions.engine(group)->epoch()));
            }
    const marmot::GroupEngine& first = *members.front()->parts().sessions.engine(group);
    std::set<storage::Id32> rightful;
    for (const marmot::GroupMember& member : first.members())
        rightful.insert(member.account);
    const auto secretOf = [](const marmot::GroupEngine& engine) {
        return engine.group().exportSecret("valise simulator", {}, 32);
    };
    const auto secret = secretOf(first);
    for (Desk* desk : members) {
        const marmot::GroupEngine& engine = *desk->parts().sessions.engine(group);
        const auto own = secretOf(engine);
        if (engine.epoch() != first.epoch() || engine.group().treeHash() != first.group().treeHash() ||
            !own || !secret ||
            !(own->view().size() == secret->view().size() &&
              std::equal(own->view().begin(), own->view().end(), secret->view().begin())))
            broken(name + desk->name() + " has another epoch, tree or exporter secret");
        if (rightful.count(desk->account()) == 0)
            broken(name + desk->name() + " thinks that it is a member");
    }
    for (Desk* desk : honest()) {
        if (rightful.count(desk->account()) == 0 || apart.count(desk) > 0 ||
            m_uninvited.count({group, desk->account()}) > 0 ||
            std::find(members.begin(), members.end(), desk) != members.end())
            continue;
        // A client that followed a branch with its own removal stays out, even if that branch lost later: a
        // removal is final for a leaf. The other members see this client in the list of members until they
        // remove it.
        const auto record = desk->stores().groups.get(group);
        const auto status = record && *record ? (*record)->status : storage::GroupStatus::Request;
        if (status != storage::GroupStatus::Left && status != storage::GroupStatus::Removed)
            broken(name + desk->name() + " is a member and does not know");
    }

    // Each message must be in the history of every member of the state in which it was sealed, if that member
    // has stayed without interruption. A member that was removed and invited again begins a new history.
    const std::vector<storage::Id32> line = lineTo(tip);
    const auto onLine = [&](const storage::Id32& state) {
        return std::find(line.begin(), line.end(), state);
    };
    const auto stayed = [&](const storage::Id32& account, const storage::Id32& since) {
        return std::all_of(onLine(since), line.end(), [&](const storage::Id32& state) {
            const auto known = m_states.find(state);
            return known != m_states.end() && known->second.accounts.count(account) > 0;
        });
    };
    std::map<int, std::vector<storage::MessageRow>> shelves;
    std::map<int, std::map<std::string, const storage::MessageRow*>> byText;
    for (Desk* desk : honest()) {
        const std::vector<storage::MessageRow>& rows =
            shelves.emplace(desk->index(), shelf(*desk, group)).first->second;
        for (const storage::MessageRow& row : rows) {
            const auto known = m_messages.find(row.content);
            const bool insider = m_turned && row.sender == m_turned->account();
            if (!insider && (known == m_messages.end() || known->second.group != group)) {
                broken(name + desk->name() + " has a message that nobody wrote: " + row.content);
                continue;
            }
            if (insider && row.deleted)
                continue; // the insider may delete its own messages, and then they cannot be told apart
            if (!byText[desk->index()].emplace(row.content, &row).second)
                broken(name + desk->name() + " has twice: " + row.content);
        }
    }
    for (const auto& [text, message] : m_messages) {
        if (message.group != group || m_desks[static_cast<std::size_t>(message.author)].get() == m_turned)
            continue;
        const auto own = byText[message.author].find(text);
        if (own == byText[message.author].end()) {
            if (message.certain)
                broken(name + "lost by its author: " + text);
            continue;
        }
        using Mark = storage::MessageState;
        const Mark state = own->second->state;
        const storage::Id32& author = m_desks[static_cast<std::size_t>(message.author)]->account();
        const bool authorStays = std::any_of(members.begin(), members.end(),
                                             [&](const Desk* d) { return d->account() == author; });
        if (state == Mark::Queued && authorStays)
            broken(name + "was never sent: " + text);
        const bool sent = state == Mark::Sent || state == Mark::Delivered || state == Mark::Read;
        for (Desk* desk : honest()) {
            if (desk->index() == message.author)
                continue;
            const auto theirs = byText[desk->index()].find(text);
            const bool has = theirs != byText[desk->index()].end();
            if (has && (state == Mark::Queued || (state == Mark::Failed && authorStays)))
                broken(name + desk->name() + " has what was not sent: " + text);
            if (!message.placed)
                continue;
            const auto may = m_states.find(message.state);
            if (has && (may == m_states.end() || may->second.accounts.count(desk->account()) == 0))
                broken(name + desk->name() + " reads what it must not: " + text);
            const bool stands = onLine(message.state) != line.end();
            const bool present = std::find(members.begin(), members.end(), desk) != members.end();
            if (!stands || !present || !stayed(desk->account(), message.state))
                continue;
            if (!has && sent && late(*desk, *own->second)) {
                ++m_late;
                continue;
            }
            if (!has && sent)
                broken(name + desk->name() + " never got: " + text + " (accepted by " +
                       std::to_string(own->second->acceptedRelays) + " of " +
                       std::to_string(own->second->totalRelays) + ", kept by " + keepers(*own->second) +
                       ", came at " +
                       std::to_string(
                           own->second->outerEventId
                               ? m_network.cameAt(desk->index(), *own->second->outerEventId).value_or(-1)
                               : -2) +
                       ", epoch " + std::to_string(own->second->epoch) + ")");
            else if (has && theirs->second->state == Mark::Withdrawn)
                broken(name + desk->name() + " takes for withdrawn: " + text);
        }
        if (message.placed && authorStays && stayed(author, message.state)) {
            const bool stands = onLine(message.state) != line.end();
            Desk& desk = *m_desks[static_cast<std::size_t>(message.author)];
            if (stands != sent && (stands || !removedFrom(desk, group, message.state)))
                broken(name + "its author is wrong whether it stands: " + text);
        }
    }

    // All members must show the messages in the same order.
    for (Desk* desk : members) {
        std::vector<std::string> mine;
        std::vector<std::string> theirs;
        for (const storage::MessageRow& row : shelves[members.front()->index()])
            if (byText[desk->index()].count(row.content) > 0)
                theirs.push_back(row.content);
        for (const storage::MessageRow& row : shelves[desk->index()])
            if (byText[members.front()->index()].count(row.content) > 0)
                mine.push_back(row.content);
        if (mine != theirs) {
            std::size_t at = 0;
            while (at < mine.size() && at < theirs.size() && mine[at] == theirs[at])
                ++at;
            broken(name + desk->name() + " shows another order than " + members.front()->name() + " from " +
                   (at < mine.size() ? mine[at] : "its end"));
        }
    }
}

} // namespace valise::sim
