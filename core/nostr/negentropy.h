// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace valise::nostr {

//! An event of a compared set: its created_at and its id.
struct NegentropyItem {
    std::uint64_t timestamp = 0;
    EventId id{};

    friend auto operator<=>(const NegentropyItem&, const NegentropyItem&) = default;
};

//! Bounds of this implementation. Above them: LimitExceeded.
inline constexpr std::size_t kMaxNegentropyItems = 250'000;
inline constexpr std::size_t kMaxNegentropyMessage = 512 * 1024; //!< octets of one message

//! One side of a set reconciliation (negentropy, protocol version 1; the payload of NIP-77). Two sides with
//! sets of events find out which ids the other lacks. They do so by comparing fingerprints of smaller and
//! smaller ranges. The work for a message is bounded by its length and the size of the own set.
class Negentropy {
public:
    //! Takes the own set in any order; a repeated id counts once. Messages stay below `frameLimit` octets.
    //! The limit is at least 4096, or 0 for no limit. Errors: LimitExceeded, InvalidArgument for the
    //! timestamp 2^64-1, which means infinity.
    static Result<Negentropy> make(std::vector<NegentropyItem> items, std::size_t frameLimit);

    //! The number of events in the own set.
    std::size_t size() const { return m_items.size(); }
    //! The initiator's first message.
    Bytes initiate() const;

    //! The result of one answer for the initiator.
    struct Step {
        std::vector<EventId> have;  //!< the other side lacks these
        std::vector<EventId> need;  //!< this side lacks these
        std::optional<Bytes> reply; //!< the next message; absent when the comparison is complete
    };
    //! Errors: InvalidEncoding, LimitExceeded, Unsupported if the other side does not speak version 1.
    Result<Step> reconcile(ByteView message) const;

    //! The responder's answer to a message. The responder keeps no state between messages. A message of
    //! another protocol version is answered with the version supported here. Errors: InvalidEncoding,
    //! LimitExceeded.
    Result<Bytes> respond(ByteView message) const;

private:
    struct Bound;
    class Reader;
    class Writer;

    Negentropy(std::vector<NegentropyItem> items, std::size_t frameLimit);
    Result<Bytes> answer(ByteView message, Step* learnt) const;
    std::size_t lowerBound(std::size_t from, const Bound& bound) const;
    ByteArray<16> fingerprint(std::size_t from, std::size_t to) const;
    void split(std::size_t from, std::size_t to, const Bound& upper, Writer& out) const;
    bool full(std::size_t octets) const;

    std::vector<NegentropyItem> m_items;
    //! Sums of the ids before each item, modulo 2^256. With them the fingerprint of any range costs one hash.
    std::vector<std::array<std::uint64_t, 4>> m_sums;
    std::size_t m_frameLimit;
};

} // namespace valise::nostr
