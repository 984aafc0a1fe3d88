// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/engine_copies.h"

namespace valise::client {

marmot::GroupEngine* EngineCopies::followed(const Bytes& group) {
    if (const auto copy = m_copies.find(group); copy != m_copies.end())
        return &copy->second;
    const auto known = m_followed.find(group);
    return known == m_followed.end() ? nullptr : &m_copies.emplace(group, known->second).first->second;
}

std::vector<marmot::GroupEngine*> EngineCopies::former(const Bytes& group, bool ended) {
    std::vector<marmot::GroupEngine*> out;
    if (const auto copy = m_copies.find(group); ended && copy != m_copies.end())
        out.push_back(&copy->second);
    if (const std::vector<FormerEngine>* known = m_formers.of(group)) {
        std::vector<FormerEngine>& copies = m_formerCopies.emplace(group, *known).first->second;
        for (auto former = copies.rbegin(); former != copies.rend(); ++former)
            out.push_back(&former->engine);
    }
    return out;
}

void EngineCopies::put(marmot::GroupEngine engine) {
    const Bytes group = engine.id();
    m_copies.insert_or_assign(group, std::move(engine));
}

} // namespace valise::client
