// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/net/reconciliation.h"

#include <algorithm>

namespace valise::net {

namespace {

// Octets of a message. Hexadecimal doubles its length, which must stay below the 64 KiB that most relays
// accept.
constexpr std::size_t kFrame = 30'000;
constexpr std::uint64_t kIdsPerRequest = 250;

} // namespace

Reconciliation::Reconciliation(nostr::Filter window, nostr::Negentropy negentropy)
    : m_window(std::move(window))
    , m_negentropy(std::move(negentropy)) {}

Result<Reconciliation> Reconciliation::start(nostr::Filter window, std::vector<nostr::NegentropyItem> known) {
    window.limit.reset();
    VALISE_TRY(nostr::Negentropy negentropy, nostr::Negentropy::make(std::move(known), kFrame));
    return Reconciliation(std::move(window), std::move(negentropy));
}

Result<std::optional<Bytes>> Reconciliation::take(ByteView message) {
    if (++m_rounds > kMaxRounds)
        return {ErrorCode::LimitExceeded, "a comparison without end"};
    VALISE_TRY(nostr::Negentropy::Step step, m_negentropy.reconcile(message));
    if (m_needed.size() + step.need.size() > kMaxNeeded)
        return {ErrorCode::LimitExceeded, "more events than are compared at once"};
    m_needed.insert(m_needed.end(), step.need.begin(), step.need.end());
    return std::move(step.reply);
}

std::optional<nostr::Filter> Reconciliation::nextNeeded(std::uint64_t most) {
    if (m_needed.empty())
        return std::nullopt;
    const auto count = static_cast<std::ptrdiff_t>(
        std::min<std::uint64_t>({m_needed.size(), std::max<std::uint64_t>(most, 1), kIdsPerRequest}));
    // The filter keeps the kind and tags, so events that do not match are not requested even if the relay
    // named their ids.
    nostr::Filter out = m_window;
    out.ids.emplace(m_needed.end() - count, m_needed.end());
    m_needed.erase(m_needed.end() - count, m_needed.end());
    return out;
}

void Reconciliation::needAgain(const std::set<nostr::EventId>& ids) {
    m_needed.insert(m_needed.end(), ids.begin(), ids.end());
}

} // namespace valise::net
