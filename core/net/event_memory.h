// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"
#include "core/nostr/negentropy.h"

#include <cstring>
#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace valise::net {

//! A hash for tables that hold only verified ids.
struct IdHash {
    std::size_t operator()(const nostr::EventId& id) const {
        // A verified id is a SHA-256 value, so any eight octets of it are evenly distributed.
        std::size_t h = 0;
        std::memcpy(&h, id.data(), sizeof h);
        return h;
    }
};

//! A bounded set of event ids. Above kMost the ids that were inserted first are removed.
class SeenIds {
public:
    static constexpr std::size_t kMost = 200'000;
    //! False if the id is in the set already.
    bool insert(const nostr::Event& event) {
        if (!m_set.insert(event.id).second)
            return false;
        m_order.push_back({event.createdAt, event.id});
        if (m_order.size() > kMost) {
            m_set.erase(m_order.front().id);
            m_order.pop_front();
        }
        return true;
    }
    bool has(const nostr::EventId& id) const { return m_set.count(id) > 0; }
    //! The ids dated from `since` to `until`, both included.
    std::vector<nostr::NegentropyItem> between(std::uint64_t since, std::uint64_t until) const {
        std::vector<nostr::NegentropyItem> out;
        for (const nostr::NegentropyItem& item : m_order)
            if (item.timestamp >= since && item.timestamp <= until)
                out.push_back(item);
        return out;
    }

private:
    std::unordered_set<nostr::EventId, IdHash> m_set;
    std::deque<nostr::NegentropyItem> m_order;
};

//! Events with a verified signature, so that a copy from another relay is not verified again. Bounded like
//! SeenIds.
class VerifiedEvents {
public:
    static constexpr std::size_t kMost = 50'000;
    bool has(const nostr::EventId& id, const crypto::SchnorrSignature& sig) const {
        auto it = m_map.find(id);
        return it != m_map.end() && it->second == sig;
    }
    void insert(const nostr::EventId& id, const crypto::SchnorrSignature& sig) {
        if (!m_map.emplace(id, sig).second)
            return;
        m_order.push_back(id);
        if (m_order.size() > kMost) {
            m_map.erase(m_order.front());
            m_order.pop_front();
        }
    }

private:
    std::unordered_map<nostr::EventId, crypto::SchnorrSignature, IdHash> m_map;
    std::deque<nostr::EventId> m_order;
};

} // namespace valise::net
