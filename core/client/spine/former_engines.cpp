// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/former_engines.h"

#include <algorithm>

namespace valise::client {

const std::vector<FormerEngine>* FormerEngines::of(const Bytes& group) const {
    const auto found = m_all.find(group);
    return found == m_all.end() ? nullptr : &found->second;
}

const FormerEngine* FormerEngines::pushedOutBy(const Bytes& group) const {
    const std::vector<FormerEngine>* known = of(group);
    return known && known->size() >= kMostOfGroup ? &known->front() : nullptr;
}

void FormerEngines::add(const Bytes& group, FormerEngine former) {
    std::vector<FormerEngine>& formers = m_all[group];
    if (formers.size() >= kMostOfGroup)
        formers.erase(formers.begin());
    formers.push_back(std::move(former));
}

void FormerEngines::replace(const Bytes& group, std::vector<FormerEngine> formers) {
    m_all[group] = std::move(formers);
}

void FormerEngines::forget(std::int64_t nowMs) {
    for (auto& [group, formers] : m_all)
        std::erase_if(formers, [&](const FormerEngine& former) { return former.untilMs <= nowMs; });
    std::erase_if(m_all, [](const auto& entry) { return entry.second.empty(); });
}

std::optional<std::int64_t> FormerEngines::nextEnd() const {
    std::optional<std::int64_t> next;
    for (const auto& [group, formers] : m_all)
        for (const FormerEngine& former : formers)
            next = next ? std::min(*next, former.untilMs) : former.untilMs;
    return next;
}

} // namespace valise::client
