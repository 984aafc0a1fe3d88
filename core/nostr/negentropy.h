// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/nostr/event.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace valise::nostr {

//! One event of a set that is compared: its created_at and its id.
struct NegentropyItem {
    std::uint64_t timestamp = 0;
    EventId id{};

    friend auto operator<=>(const NegentropyItem&, const NegentropyItem&) = default;
};

//! Bounds of the protocol here. Above them: LimitExceeded.
inline constexpr std::size_t kMaxNegentropyItems = 250'000;
inline constexpr std::size_t kMaxNegentropyMessage = 512 * 1024; //!< octets of one message

//! One side of a set reconciliation (negentropy, protocol version 1; the payload of NIP-77): two sides that
//! hold sets of events find out, by comparing fingerprints of ever smaller ranges, which ids the other lacks.
//! The work of a message is bounded by its length and the size of the own set.
class Negentropy {
public:
    //! The own set, in any order; the same id twice counts once. Messages are kept below `frameLimit` octets,
    //! which is at least 4096, or 0 for none. Errors: LimitExceeded, InvalidArgument for a timestamp of
    //! 2^64-1, which stands for infinity.
    static Result<Negentropy> make(std::vector<NegentropyItem> items, std::size_t frameLimit);

    //! Events of the own set.
    std::size_t size() const { return m_items.size(); }
    //! The initiator's first message.
    Bytes initiate() const;

    //! What the initiator learns from an answer.
    struct Step {
        std::vector<EventId> have;  //!< the other side lacks these
        std::vector<EventId> need;  //!< this side lacks these
        std::optional<Bytes> reply; //!< to be sent; nothing when both sides are compared
    };
    //! Errors: InvalidEncoding, LimitExceeded, Unsupported if the other side does not speak version 1.
    Result<Step> reconcile(ByteView message) const;

    //! The responder's answer to a message: it remembers nothing between them. To another version it answers
    //! with the version spoken here. Errors: InvalidEncoding, LimitExceeded.
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
    //! Sums of all ids before an item, modulo 2^256, so that the fingerprint of a range costs one hash.
    std::vector<std::array<std::uint64_t, 4>> m_sums;
    std::size_t m_frameLimit;
};

} // namespace valise::nostr
