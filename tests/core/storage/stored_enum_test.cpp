// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/storage/profile.h"

using namespace valise;
using namespace valise::storage;
using namespace valise::storage::test;

namespace {

// Each enumerator in the order of its numbers, which begin with 0 and have no gap.
template <typename E>
bool numberedAs(std::initializer_list<E> inOrder) {
    std::int64_t number = 0;
    for (const E e : inOrder) {
        if (static_cast<std::int64_t>(e) != number || storedEnum<E>(number) != e)
            return false;
        ++number;
    }
    return static_cast<std::int64_t>(StoredEnum<E>::kLast) == number - 1;
}

constexpr std::int64_t kUnknown[] = {-1, 99, std::int64_t{1} << 32, INT64_MAX, INT64_MIN};

} // namespace

TEST_CASE("the numbers in the database mean what they meant") {
    // These lists only ever grow at their ends: profiles with the numbers exist.
    CHECK(numberedAs({GroupStatus::Request, GroupStatus::Joined, GroupStatus::Leaving, GroupStatus::Left,
                      GroupStatus::Removed, GroupStatus::Disbanded, GroupStatus::Unrecoverable,
                      GroupStatus::Declined, GroupStatus::Creating}));
    CHECK(numberedAs({MessageDirection::Incoming, MessageDirection::Outgoing, MessageDirection::System}));
    CHECK(numberedAs({MessageState::Queued, MessageState::Sent, MessageState::Delivered, MessageState::Read,
                      MessageState::Failed, MessageState::Received, MessageState::Withdrawn}));
    CHECK(numberedAs({OutboxPurpose::Message, OutboxPurpose::Commit, OutboxPurpose::Welcome,
                      OutboxPurpose::KeyPackage, OutboxPurpose::RelayList, OutboxPurpose::Deletion,
                      OutboxPurpose::Profile, OutboxPurpose::Proposal, OutboxPurpose::Other}));
    CHECK(numberedAs({TargetState::Pending, TargetState::Accepted, TargetState::Refused}));
    CHECK(numberedAs({KeyPackageState::Draft, KeyPackageState::Published, KeyPackageState::Used,
                      KeyPackageState::Retired}));
    CHECK(numberedAs({ScheduledState::Waiting, ScheduledState::Missed, ScheduledState::Refused}));
    // Roles are only written and asked for.
    CHECK(static_cast<int>(RelayRole::Inbox) == 0);
    CHECK(static_cast<int>(RelayRole::Write) == 1);
    CHECK(static_cast<int>(RelayRole::KeyPackage) == 2);
}

TEST_CASE("a number that no enumerator has is read as the one that promises least") {
    Profile profile(1);
    Stores& stores = profile.stores;
    must(stores.messages.insert(message(1, 1, "line")));
    OutboxRow event;
    event.eventId = id(2);
    event.targets.resize(2);
    event.targets[0].relay = "wss://a";
    event.targets[1].relay = "wss://b";
    const std::int64_t sending = must(stores.outbox.add(event));
    KeyPackageRow package;
    package.reference = id(3);
    package.eventId = id(4);
    must(stores.keyPackages.put(package));
    ScheduledMessage later;
    later.groupId = groupId(1);
    const std::int64_t scheduled = must(stores.scheduled.add(later));

    for (const std::int64_t number : kUnknown) {
        INFO(number);
        for (const char* column :
             {"UPDATE groups SET status = ?1", "UPDATE messages SET direction = ?1, state = ?1",
              "UPDATE outbox SET purpose = ?1", "UPDATE outbox_targets SET state = ?1",
              "UPDATE key_packages SET state = ?1", "UPDATE scheduled SET state = ?1"})
            must(profile.connection().run(column, number));
        CHECK(must(stores.groups.get(groupId(1)))->status == GroupStatus::Unrecoverable);
        CHECK(must(stores.groups.conversations()).at(0).group.status == GroupStatus::Unrecoverable);
        const MessageRow row = *must(stores.messages.get(groupId(1), id(1)));
        CHECK(row.direction == MessageDirection::Incoming);
        CHECK(row.state == MessageState::Failed);
        const OutboxRow out = *must(stores.outbox.get(sending));
        CHECK(out.purpose == OutboxPurpose::Other);
        CHECK(out.targets.at(0).state == TargetState::Refused);
        CHECK(must(stores.outbox.progress(sending)).refused == 2);
        CHECK(must(stores.keyPackages.byEvent(id(4)))->state == KeyPackageState::Retired);
        CHECK(must(stores.scheduled.get(scheduled))->state == ScheduledState::Missed);
        CHECK(must(stores.scheduled.due(1'000)).empty());
    }
    must(profile.connection().execute("UPDATE outbox_targets SET state = 70 + (relay = 'wss://b')"));
    CHECK(must(stores.outbox.progress(sending)).refused == 2);
}
