// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/crypto/random.h"
#include "core/nostr/event.h"

#include <ctime>
#include <string>

namespace valise::test {

inline crypto::SchnorrKeyPair newKey() {
    crypto::SystemRandom random;
    return crypto::schnorrGenerate(random);
}

inline std::uint64_t nowSeconds() {
    return static_cast<std::uint64_t>(std::time(nullptr));
}

inline nostr::Event makeEvent(const crypto::SchnorrKeyPair& key, nostr::Kind kind, const std::string& content,
                              nostr::Tags tags = {}, std::uint64_t createdAt = nowSeconds()) {
    crypto::SystemRandom random;
    nostr::UnsignedEvent draft;
    draft.createdAt = createdAt;
    draft.kind = kind;
    draft.tags = std::move(tags);
    draft.content = content;
    return nostr::sign(std::move(draft), key, random);
}

inline std::string idOf(const nostr::Event& event) {
    return toHex(event.id);
}

} // namespace valise::test
