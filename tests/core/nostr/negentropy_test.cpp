// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/nostr/negentropy.h"

#include "core/base/encoding.h"
#include "core/crypto/hash.h"
#include "tests/support/catch.h"

#include <random>
#include <set>

using namespace valise;
using namespace valise::nostr;

namespace {

using Items = std::vector<NegentropyItem>;

NegentropyItem item(std::uint64_t timestamp, std::uint32_t number) {
    return {timestamp, crypto::sha256(viewOf(std::to_string(number)))};
}

struct Outcome {
    std::set<EventId> have;
    std::set<EventId> need;
    int rounds = 0;
    std::size_t octets = 0;
    std::size_t longest = 0;
};

//! Plays both roles until the initiator is done.
Outcome reconcileAll(const Items& mine, const Items& theirs, std::size_t myFrame = 0,
                     std::size_t theirFrame = 0) {
    const Negentropy initiator = must(Negentropy::make(mine, myFrame));
    const Negentropy responder = must(Negentropy::make(theirs, theirFrame));
    Outcome out;
    std::optional<Bytes> message = initiator.initiate();
    while (message) {
        REQUIRE(++out.rounds < 1000);
        const Bytes answer = must(responder.respond(*message));
        out.octets += message->size() + answer.size();
        out.longest = std::max({out.longest, message->size(), answer.size()});
        const Negentropy::Step step = must(initiator.reconcile(answer));
        for (const EventId& id : step.have)
            CHECK(out.have.insert(id).second);
        for (const EventId& id : step.need)
            CHECK(out.need.insert(id).second);
        message = step.reply;
    }
    return out;
}

std::set<EventId> idsOf(const Items& items) {
    std::set<EventId> out;
    for (const auto& i : items)
        out.insert(i.id);
    return out;
}

std::set<EventId> minus(const std::set<EventId>& a, const std::set<EventId>& b) {
    std::set<EventId> out;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
    return out;
}

} // namespace

TEST_CASE("two sets are told apart, whatever their size and overlap") {
    std::mt19937 random(77);
    for (const std::size_t size : {0u, 1u, 31u, 32u, 33u, 500u, 5000u}) {
        for (const int missing : {0, 1, 2, 10}) { // one of n is missing on either side; 0: none
            for (const std::uint64_t spread : {std::uint64_t{1}, std::uint64_t{10}, std::uint64_t{1} << 40}) {
                Items mine;
                Items theirs;
                for (std::size_t i = 0; i < size; ++i) {
                    const auto one = item(1'790'000'000 + random() % spread, static_cast<std::uint32_t>(i));
                    const bool here = missing == 0 || random() % static_cast<unsigned>(missing) != 0;
                    const bool there = missing == 0 || random() % static_cast<unsigned>(missing) != 0;
                    if (here)
                        mine.push_back(one);
                    if (there)
                        theirs.push_back(one);
                }
                std::shuffle(mine.begin(), mine.end(), random);
                INFO(size << " events, one in " << missing << " missing, over " << spread << " s");
                const Outcome found = reconcileAll(mine, theirs);
                CHECK(found.have == minus(idsOf(mine), idsOf(theirs)));
                CHECK(found.need == minus(idsOf(theirs), idsOf(mine)));
            }
        }
    }
}

TEST_CASE("what both have costs next to nothing") {
    Items both;
    for (std::uint32_t i = 0; i < 50'000; ++i)
        both.push_back(item(1'790'000'000 + i / 10, i));
    Items theirs = both;
    for (std::uint32_t i = 0; i < 20; ++i)
        theirs.push_back(item(1'790'000'000 + i * 200, 1'000'000 + i));
    const Outcome same = reconcileAll(both, both);
    CHECK(same.rounds == 1);
    CHECK(same.octets < 1'000);
    const Outcome few = reconcileAll(both, theirs);
    CHECK(few.need.size() == 20);
    CHECK(few.octets < 60'000); // sending all ids would need 1.6 MB
}

TEST_CASE("messages stay below the limit of either side and still come to an end") {
    Items mine;
    Items theirs;
    for (std::uint32_t i = 0; i < 6'000; ++i)
        (i % 3 == 0 ? mine : theirs).push_back(item(1'790'000'000 + i % 500, i));
    for (const auto& [myFrame, theirFrame] :
         {std::pair{4'096u, 0u}, {0u, 4'096u}, {4'096u, 4'096u}, {30'000u, 60'000u}}) {
        INFO(myFrame << " and " << theirFrame);
        const Outcome found = reconcileAll(mine, theirs, myFrame, theirFrame);
        CHECK(found.have == idsOf(mine));
        CHECK(found.need == idsOf(theirs));
        if (myFrame != 0 && theirFrame != 0)
            CHECK(found.longest <= std::max(myFrame, theirFrame));
    }
}

TEST_CASE("the octets are those of the specification") {
    // An empty set: version 1, upper bound infinity, no prefix, an empty list of ids.
    CHECK(toHex(must(Negentropy::make({}, 0)).initiate()) == "6100000200");
    const NegentropyItem one = item(300, 1);
    // A single id is listed. Fingerprints are used from 32 ids on.
    CHECK(toHex(must(Negentropy::make({one}, 0)).initiate()) == "6100000201" + toHex(one.id));
    // The fingerprint of a range is the first 16 octets of SHA-256 of the sum of its ids (least octet first)
    // and their number.
    Items many;
    for (std::uint32_t i = 0; i < 32; ++i)
        many.push_back(item(1000 + i, i));
    const Bytes first = must(Negentropy::make(many, 0)).initiate();
    ByteArray<32> sum{};
    for (int i = 0; i < 2; ++i) {
        unsigned carry = 0;
        for (std::size_t k = 0; k < 32; ++k) {
            carry += sum[k] + many[static_cast<std::size_t>(i)].id[k];
            sum[k] = static_cast<std::uint8_t>(carry);
            carry >>= 8;
        }
    }
    const std::uint8_t two = 2;
    const auto digest = crypto::sha256({sum, ByteView(&two, 1)});
    // The bound has the timestamp 1002 plus one, as a number of two septets. It has no prefix, because the
    // times of its neighbours differ.
    CHECK(toHex(ByteView(first).first(1 + 4 + 16)) == "61"
                                                      "876b"
                                                      "00"
                                                      "01" +
                                                          toHex(ByteView(digest).first(16)));
}

TEST_CASE("another version is answered with ours, and refused by who asked") {
    const Negentropy side = must(Negentropy::make({}, 0));
    const Bytes later{0x62, 0x00};
    CHECK(toHex(must(side.respond(later))) == "61");
    CHECK(side.reconcile(later).error().code == ErrorCode::Unsupported);
}

TEST_CASE("messages that are none are refused") {
    const Negentropy side = must(Negentropy::make({item(5, 1), item(6, 2)}, 0));
    for (const char* bad : {"", "00", "7f", "61ff", "6100", "610000", "61000003", "6100000101", "610021",
                            "61000002ff7f", "6100000281808080808080808080800000", "610301ff0001010000"}) {
        INFO(bad);
        const Bytes message = must(fromHex(bad));
        CHECK_FALSE(side.respond(message).ok());
        CHECK_FALSE(side.reconcile(message).ok());
    }
    CHECK(side.respond(Bytes(kMaxNegentropyMessage + 1, 0x61)).error().code == ErrorCode::LimitExceeded);
    CHECK(Negentropy::make({}, 100).error().code == ErrorCode::InvalidArgument);
    CHECK(Negentropy::make(Items(kMaxNegentropyItems + 1), 0).error().code == ErrorCode::LimitExceeded);
    CHECK(Negentropy::make({item(~std::uint64_t{0}, 1)}, 0).error().code == ErrorCode::InvalidArgument);
}
