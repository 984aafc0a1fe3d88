// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/spine/welcomes.h"

#include "core/client/spine/outbox_rows.h"
#include "core/client/spine/relay_names.h"
#include "core/nostr/nip59.h"

namespace valise::client {

namespace {

// An invitation may wait so long for a relay, and for its turn there, before it is too old for it.
constexpr std::int64_t kOnTheWaySeconds = 3600;

} // namespace

Result<void> queueWelcome(Profile& profile, const net::RelayPool& pool, const Bytes& group,
                          const marmot::WelcomeDuty& welcome) {
    std::uint64_t backdate = nostr::kGiftWrapBackdate;
    for (const std::string& relay : welcome.inbox)
        if (const auto oldest = pool.status(relay).oldestAcceptedSeconds)
            backdate = std::min(
                backdate, static_cast<std::uint64_t>(std::max<std::int64_t>(0, *oldest - kOnTheWaySeconds)));
    VALISE_TRY(const nostr::Event wrap,
               nostr::giftWrap(welcome.rumor, profile.account, welcome.recipient,
                               static_cast<std::uint64_t>(profile.clock.now()), profile.random, backdate));
    storage::OutboxRow row = outboxRow(profile, storage::OutboxPurpose::Welcome, wrap, welcome.inbox);
    row.groupId = group;
    VALISE_CHECK(profile.stores().outbox.add(row));
    return {};
}

Result<void> checkDeliverable(Profile& profile, const std::vector<marmot::WelcomeDuty>& welcomes) {
    for (const marmot::WelcomeDuty& duty : welcomes) {
        if (normalisedRelays(duty.inbox, profile.options.allowInsecureRelays).empty())
            return {ErrorCode::NoInvitation, "no inbox is known"};
        VALISE_CHECK(nostr::giftWrap(duty.rumor, profile.account, duty.recipient,
                                     static_cast<std::uint64_t>(profile.clock.now()), profile.random));
    }
    return {};
}

} // namespace valise::client
