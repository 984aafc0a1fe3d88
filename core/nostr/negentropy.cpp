// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/negentropy.h"

#include "core/crypto/hash.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace valise::nostr {

namespace {

constexpr std::uint8_t kVersion1 = 0x61;
constexpr std::uint8_t kFirstVersion = 0x60;
constexpr std::uint8_t kLastVersion = 0x6f;
constexpr std::uint64_t kInfinity = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kBuckets = 16;
// Space reserved in every message for the fingerprint of the ranges that do not fit.
constexpr std::size_t kReserve = 200;
constexpr std::size_t kLeastFrame = 4096;

enum Mode : std::uint64_t { kSkip = 0, kFingerprint = 1, kIdList = 2 };

using Sum = std::array<std::uint64_t, 4>;

Sum asNumber(const EventId& id) {
    Sum out{};
    for (std::size_t i = 0; i < 32; ++i)
        out[i / 8] |= static_cast<std::uint64_t>(id[i]) << (8 * (i % 8));
    return out;
}

//! a + b, or a - b if `minus`, modulo 2^256.
Sum combine(const Sum& a, const Sum& b, bool minus) {
    Sum out{};
    std::uint64_t carry = minus ? 1 : 0; // a - b is a + ~b + 1
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t other = minus ? ~b[i] : b[i];
        const std::uint64_t partial = a[i] + other;
        out[i] = partial + carry;
        carry = (partial < a[i] ? 1 : 0) + (out[i] < partial ? 1 : 0);
    }
    return out;
}

struct IdHash {
    std::size_t operator()(const EventId& id) const {
        std::size_t h = 0;
        std::copy_n(id.begin(), sizeof h, reinterpret_cast<std::uint8_t*>(&h));
        return h;
    }
};

Bytes varint(std::uint64_t value) {
    Bytes out;
    do
        out.push_back(static_cast<std::uint8_t>((value & 0x7f) | (out.empty() ? 0 : 0x80)));
    while (value >>= 7);
    std::reverse(out.begin(), out.end());
    return out;
}

} // namespace

//! A place between items: the items before it are lower than (timestamp, prefix), the prefix padded with
//! zeros.
struct Negentropy::Bound {
    NegentropyItem item;
    std::size_t prefix = 0; //!< octets of the id that are sent

    static Bound infinite() { return {{kInfinity, {}}, 0}; }
    static Bound at(const NegentropyItem& item) { return {item, item.id.size()}; }
    //! The shortest bound between two neighbours.
    static Bound between(const NegentropyItem& before, const NegentropyItem& after) {
        Bound out{{after.timestamp, {}}, 0};
        if (before.timestamp == after.timestamp) {
            const auto [a, b] = std::mismatch(before.id.begin(), before.id.end(), after.id.begin());
            out.prefix = static_cast<std::size_t>(b - after.id.begin()) + 1;
            std::copy_n(after.id.begin(), out.prefix, out.item.id.begin());
        }
        return out;
    }
};

class Negentropy::Reader {
public:
    explicit Reader(ByteView data)
        : m_data(data) {}
    bool empty() const { return m_data.empty(); }
    Result<ByteView> take(std::uint64_t count) {
        if (count > m_data.size())
            return {ErrorCode::InvalidEncoding, "a message that ends too early"};
        const ByteView out = m_data.first(static_cast<std::size_t>(count));
        m_data = m_data.subspan(static_cast<std::size_t>(count));
        return out;
    }
    Result<std::uint64_t> number() {
        std::uint64_t out = 0;
        for (int i = 0;; ++i) {
            VALISE_TRY(const ByteView octet, take(1));
            if (i >= 10 || (out >> 57) != 0)
                return {ErrorCode::InvalidEncoding, "a number above 64 bits"};
            out = (out << 7) | (octet[0] & 0x7f);
            if ((octet[0] & 0x80) == 0)
                return out;
        }
    }
    Result<Bound> bound() {
        Bound out;
        VALISE_TRY(const std::uint64_t coded, number());
        if (coded == 0 || m_timestamp == kInfinity || coded - 1 > kInfinity - m_timestamp)
            m_timestamp = kInfinity;
        else
            m_timestamp += coded - 1;
        out.item.timestamp = m_timestamp;
        VALISE_TRY(const std::uint64_t length, number());
        if (length > out.item.id.size())
            return {ErrorCode::InvalidEncoding, "the prefix of an id longer than an id"};
        VALISE_TRY(const ByteView prefix, take(length));
        std::copy(prefix.begin(), prefix.end(), out.item.id.begin());
        out.prefix = static_cast<std::size_t>(length);
        return out;
    }

private:
    ByteView m_data;
    std::uint64_t m_timestamp = 0; //!< of the previous bound
};

class Negentropy::Writer {
public:
    void bound(const Bound& bound) {
        if (bound.item.timestamp == kInfinity) {
            m_timestamp = kInfinity;
            append(out, varint(0));
        } else {
            append(out, varint(bound.item.timestamp - m_timestamp + 1));
            m_timestamp = bound.item.timestamp;
        }
        append(out, varint(bound.prefix));
        append(out, ByteView(bound.item.id).first(bound.prefix));
    }
    void number(std::uint64_t value) { append(out, varint(value)); }
    void octets(ByteView value) { append(out, value); }

    //! A state of the writer that back() restores.
    struct Mark {
        std::size_t size;
        std::uint64_t timestamp;
    };
    Mark mark() const { return {out.size(), m_timestamp}; }
    void back(const Mark& mark) {
        out.resize(mark.size);
        m_timestamp = mark.timestamp;
    }

    Bytes out;

private:
    std::uint64_t m_timestamp = 0; //!< of the previous bound
};

Negentropy::Negentropy(std::vector<NegentropyItem> items, std::size_t frameLimit)
    : m_items(std::move(items))
    , m_frameLimit(frameLimit) {
    m_sums.reserve(m_items.size() + 1);
    m_sums.push_back(Sum{});
    for (const NegentropyItem& item : m_items)
        m_sums.push_back(combine(m_sums.back(), asNumber(item.id), false));
}

Result<Negentropy> Negentropy::make(std::vector<NegentropyItem> items, std::size_t frameLimit) {
    if (frameLimit != 0 && frameLimit < kLeastFrame)
        return {ErrorCode::InvalidArgument, "messages too short to make progress"};
    if (items.size() > kMaxNegentropyItems)
        return {ErrorCode::LimitExceeded, "too many events to compare at once"};
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    if (!items.empty() && items.back().timestamp == kInfinity)
        return {ErrorCode::InvalidArgument, "an event at the end of time"};
    return Negentropy(std::move(items), frameLimit);
}

bool Negentropy::full(std::size_t octets) const {
    return m_frameLimit != 0 && octets > m_frameLimit - kReserve;
}

std::size_t Negentropy::lowerBound(std::size_t from, const Bound& bound) const {
    const auto at =
        std::lower_bound(m_items.begin() + static_cast<std::ptrdiff_t>(from), m_items.end(), bound.item);
    return static_cast<std::size_t>(at - m_items.begin());
}

ByteArray<16> Negentropy::fingerprint(std::size_t from, std::size_t to) const {
    const Sum sum = combine(m_sums[to], m_sums[from], true);
    ByteArray<32> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i)
        octets[i] = static_cast<std::uint8_t>(sum[i / 8] >> (8 * (i % 8)));
    const auto digest = crypto::sha256({octets, varint(to - from)});
    ByteArray<16> out{};
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

void Negentropy::split(std::size_t from, std::size_t to, const Bound& upper, Writer& out) const {
    const std::size_t count = to - from;
    if (count < kBuckets * 2) {
        out.bound(upper);
        out.number(kIdList);
        out.number(count);
        for (std::size_t i = from; i < to; ++i)
            out.octets(m_items[i].id);
        return;
    }
    std::size_t at = from;
    for (std::size_t i = 0; i < kBuckets; ++i) {
        const std::size_t end = at + count / kBuckets + (i < count % kBuckets ? 1 : 0);
        out.bound(end == to ? upper : Bound::between(m_items[end - 1], m_items[end]));
        out.number(kFingerprint);
        out.octets(fingerprint(at, end));
        at = end;
    }
}

Bytes Negentropy::initiate() const {
    Writer out;
    out.out.push_back(kVersion1);
    split(0, m_items.size(), Bound::infinite(), out);
    return std::move(out.out);
}

Result<Negentropy::Step> Negentropy::reconcile(ByteView message) const {
    Step step;
    VALISE_TRY(Bytes reply, answer(message, &step));
    if (reply.size() > 1) // a reply longer than the version octet has ranges left to compare
        step.reply = std::move(reply);
    return step;
}

Result<Bytes> Negentropy::respond(ByteView message) const {
    return answer(message, nullptr);
}

Result<Bytes> Negentropy::answer(ByteView message, Step* learnt) const {
    if (message.size() > kMaxNegentropyMessage)
        return {ErrorCode::LimitExceeded, "a message that is too long"};
    Reader in(message);
    VALISE_TRY(const ByteView version, in.take(1));
    if (version[0] < kFirstVersion || version[0] > kLastVersion)
        return {ErrorCode::InvalidEncoding, "not a negentropy message"};
    Writer out;
    out.out.push_back(kVersion1);
    if (version[0] != kVersion1) {
        if (learnt)
            return {ErrorCode::Unsupported, "the other side speaks another version"};
        return std::move(out.out);
    }

    Bound before; // start of the range
    std::size_t from = 0;
    bool skipping = false;
    // Adjacent ranges that need no answer are written as one range, and only if another range follows.
    const auto endSkip = [&] {
        if (std::exchange(skipping, false)) {
            out.bound(before);
            out.number(kSkip);
        }
    };
    while (!in.empty()) {
        const Writer::Mark mark = out.mark();
        const bool wasSkipping = skipping;
        VALISE_TRY(const Bound upper, in.bound());
        VALISE_TRY(const std::uint64_t mode, in.number());
        if (upper.item < before.item)
            return {ErrorCode::InvalidEncoding, "ranges out of order"};
        const std::size_t to = lowerBound(from, upper);
        std::size_t answered = to;
        if (mode == kSkip) {
            skipping = true;
        } else if (mode == kFingerprint) {
            VALISE_TRY(const ByteView theirs, in.take(16));
            const auto ours = fingerprint(from, to);
            if (sameBytes(theirs, ours)) {
                skipping = true;
            } else {
                endSkip();
                split(from, to, upper, out);
            }
        } else if (mode == kIdList) {
            VALISE_TRY(const std::uint64_t count, in.number());
            if (count > message.size() / 32)
                return {ErrorCode::InvalidEncoding, "more ids than the message has room for"};
            VALISE_TRY(const ByteView listed, in.take(count * 32));
            if (learnt) {
                std::unordered_set<EventId, IdHash> theirs;
                for (std::size_t i = 0; i < count; ++i) {
                    theirs.insert(*fixedBytes<32>(listed.subspan(32 * i, 32)));
                }
                for (std::size_t i = from; i < to; ++i)
                    if (theirs.erase(m_items[i].id) == 0)
                        learnt->have.push_back(m_items[i].id);
                learnt->need.insert(learnt->need.end(), theirs.begin(), theirs.end());
                skipping = true;
            } else {
                endSkip();
                Bound end = upper;
                Bytes ids;
                std::size_t n = 0;
                for (std::size_t i = from; i < to; ++i, ++n) {
                    if (full(out.out.size() + ids.size())) {
                        end = Bound::at(m_items[i]);
                        answered = i;
                        break;
                    }
                    append(ids, m_items[i].id);
                }
                out.bound(end);
                out.number(kIdList);
                out.number(n);
                out.octets(ids);
                if (answered != to) {
                    // The next message covers the rest of the set.
                    out.bound(Bound::infinite());
                    out.number(kFingerprint);
                    out.octets(fingerprint(answered, m_items.size()));
                    return std::move(out.out);
                }
            }
        } else {
            return {ErrorCode::InvalidEncoding, "a mode that does not exist"};
        }
        if (full(out.out.size())) {
            // The answer to this range did not fit. One fingerprint covers this range and all after it.
            out.back(mark);
            skipping = wasSkipping;
            endSkip();
            out.bound(Bound::infinite());
            out.number(kFingerprint);
            out.octets(fingerprint(from, m_items.size()));
            return std::move(out.out);
        }
        from = to;
        before = upper;
    }
    return std::move(out.out);
}

} // namespace valise::nostr
