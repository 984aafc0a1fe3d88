// SPDX-License-Identifier: AGPL-3.0-or-later
// A profile that an earlier version wrote and that was kept (upgrade/README.md) opens after the migrations
// with nothing missing: messages that wait, scheduled ones, drafts, reactions, changes on their way and all
// the rest. The expected facts were read when the profile was written, not computed by the code under test.
#include "tests/core/client/upgrade/shown_facts.h"
#include "tests/core/client/upgrade/stored_facts.h"

using namespace valise;
using namespace valise::client;
using namespace valise::client::test;

namespace {

//! Expects these lines, which a text gives one by one.
void same(const char* what, const Lines& found, const char* expected) {
    Lines wanted;
    std::istringstream text(expected);
    for (std::string line; std::getline(text, line);)
        if (!line.empty())
            wanted.push_back(line);
    INFO(what);
    for (std::size_t at = 0; at < std::min(found.size(), wanted.size()); ++at)
        CHECK(found[at] == wanted[at]);
    CHECK(found.size() == wanted.size());
    if (found == wanted)
        return;
    // All lines, unbroken, for a person who compares them or writes the expected lines anew.
    std::fprintf(stderr, "%s, as found:\n", what);
    for (const std::string& line : found)
        std::fprintf(stderr, "%s\n", line.c_str());
}

ConversationId idOf(const char* hex) {
    return QByteArray::fromHex(hex);
}
const ConversationId kAmendment = idOf("992fb7253dfde5eefa15de4aeef81f0c");
const ConversationId kDirect = idOf("b2b9d7c6509c47f280e14254c3a20176");
const ConversationId kObservers = idOf("3923d5106cc2e0668295e1214a249706");
const ConversationId kAllies = idOf("d140477fc641b785b37ebaa3f4ae3989");
const ConversationId kFisheries = idOf("fe9d75597907ad965c601ed31b6cb364");
const ConversationId kPress = idOf("f0e2534f19032f68f93a1bab50a2acf2");
const ConversationId kLogistics = idOf("d143284a38c8b778497ac94f49d43bbb");
const ConversationId kTalks = idOf("819c1147f1dd3394d9c104194350188b");

//! The events that waited in the outbox.
const Lines kSealed = {"7814e047", "0d788305", "cf61d27b", "7dbf789c", "c56cd83f", "978f5172", "122907aa",
                       "8ca5570c", "a177e815", "d6638cbe", "8009b69e", "996156e1", "d8fd2818", "3eddb12b",
                       "9a8cbdfd", "ff9788c5", "a41a06c6", "69fc7437", "becc84c1", "45aef146", "4ed95435"};

template <typename Records>
Lines linesOf(const Records& records) {
    Lines out;
    for (const auto& record : records)
        out.push_back(lineOf(record));
    return out;
}
Lines linesOf(const QVector<QueueRecord>& records) {
    Lines out;
    for (const QueueRecord& record : records)
        for (const std::string& line : valise::client::test::linesOf(record))
            out.push_back(line);
    return out;
}
Lines linesOf(const QVector<SearchHit>& hits) {
    Lines out;
    for (const SearchHit& hit : hits)
        out.push_back(quoted(hit.conversationName) + " " + lineOf(hit.message));
    return out;
}

} // namespace

TEST_CASE("a profile that version 7 wrote holds everything it held") {
    const KeptProfile profile;
    const auto database = profile.open();
    storage::Stores& stores = database->stores();
    must(database->checkIntegrity());

    same("the account", accountOf(*database), R"v7(
Kasara "Kasara (mission)" 0
relay 0 ws://10.0.0.1:7777 on
relay 0 ws://10.0.0.2:7777 on
relay 0 wss://relay.harbour.example on
relay 1 ws://10.0.0.1:7777 on
relay 1 ws://10.0.0.2:7777 on
relay 1 wss://relay.harbour.example on
relay 2 ws://10.0.0.1:7777 on
relay 2 ws://10.0.0.2:7777 on
relay 2 wss://relay.harbour.example on
)v7");
    same("people", contactsOf(stores), R"v7(
key=Nordvale petname="Nordvale (mission)" name="Nordvale" at=2 relays=ws://10.0.0.1:7777 added=22000 known
key=Oslan name="Oslan" at=2 added=4586744
key=Nobody name="Sells everything" at=4197 added=5197300 blocked
key=Tamir name="Tamir" relays=ws://10.0.0.1:7777 added=22000 verified known note="compared over lunch"
key=Varda name="Varda" at=2 added=4670888
)v7");
    same("KeyPackages", keyPackagesOf(stores), R"v7(
df3cade6 64672c5a 9e80de37 4ed95435 cd50bc23 5157000 7262757000 draft
df3cade6 6caef603 db63a48e dac12951 b418882c 5023000 7262623000 retired
df3cade6 0133e893 2679a3e3 08a7097a ec95b590 4808000 7262408000 used
df3cade6 2803723b b14a749b 3d344919 0cba9651 4730000 7262330000 used
df3cade6 1222a47d 1005a826 106c98f5 e7040886 4678000 7262278000 used
df3cade6 a945a4b6 5cf0adbc dde33b38 3750fdb8 4670000 7262270000 used
df3cade6 42c95060 9a39e926 71cfad9a 4d49c4ae 0 7257600000 used
)v7");
    same("conversations", groupsOf(stores), R"v7(
amendment joined "Coolants Amendment" about="Second reading. Who speaks for whom: see the list." route=4ce21358 epoch=7 created=27083 updated=4637024 draft="And paragraph 8,\nas you know" pinned read=7/1887441675878401/2ac962d8 unread=2 activity=5189000
  members=3 admin retention=2592000 relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 renews-at=2655069114 notification=1
direct joined "" route=02545906 peer=Tamir epoch=1 created=4652170 updated=4652170 muted read=1/1887442217992194/e4c0da94 activity=5192000
  members=2 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 renews-at=2291599265 notification=0
fisheries request "Fisheries, informal" route=e1cb7266 inviter=Varda peer=Varda epoch=1 created=4670844 updated=4670844 welcome=3f191d4a unread=1 activity=4676000
  members=2 relays=ws://10.0.0.1:7777 missed-since=-81203 invited-at=4670 renews-at=34003844
lottery declined "Lottery" route=2d2c1e47 inviter=Varda peer=Varda epoch=1 created=4678514 updated=5197300 welcome=f4ef42ed activity=4678514
  members=2 relays=ws://10.0.0.1:7777 invited-at=4678 renews-at=77973514
caucus disbanded "Old caucus" route=5698189a peer=Nordvale epoch=2 created=4689582 updated=4698122 activity=4696000
  members=1 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 renews-at=2156116687
minutes damaged "Broken minutes" route=d345d439 peer=Nordvale epoch=1 created=4723289 updated=5197300 unread=1 activity=4729000
  members=2 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 renews-at=2980208396
press left "Press lines" route=c4244e1e inviter=Nordvale epoch=1 created=4730909 updated=4749071 welcome=db24b74d draft="And never finished" activity=4747000
  members=3 relays=ws://10.0.0.1:7777 invited-at=4730 renews-at=38089909
logistics removed "Room 4 logistics" route=0fb51168 inviter=Nordvale epoch=1 created=4808005 updated=4816530 welcome=acc78015 archived unread=1 activity=4814000
  members=3 relays=ws://10.0.0.1:7777 invited-at=4807 renews-at=38762005
side leaving "Side event" route=88bf71f1 inviter=Nordvale epoch=1 created=5023208 updated=5141700 welcome=d96dca33 activity=5029000
  members=3 relays=ws://10.0.0.1:7777 invited-at=5023 renews-at=17602208
observers joined "Observers" route=0542f6ab epoch=1 created=5030780 updated=5030780 activity=5129000
  members=3 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 renews-at=2460735877 notification=2
allies joined "Allies" route=ab90ac2a epoch=4 created=5051881 updated=5075724 activity=5067000
  members=3 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 invite-again=Oslan remove-again=Nordvale renews-at=49771724
talks joined "Preparatory talks" route=adbcea84 epoch=1 created=5147778 updated=5147778 activity=5153000
  members=3 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 renews-at=2593009879
)v7");
    same("engines", enginesOf(*database), R"v7(
amendment
  route 4ce21358 7 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  epoch 7 standing 0 Kasara*,Nordvale,Tamir 508b7b38 states=6
  branches 0caef8f4:1,0f1b7dce:1,508b7b38:9,b092f74a:1,cd2811d6:1,dfd37486:1
direct
  route 02545906 1 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  epoch 1 standing 0 Kasara*,Tamir c03538cf states=1
  branches c03538cf:8
fisheries
  route e1cb7266 1 ws://10.0.0.1:7777 active
  epoch 1 standing 0 Varda*,Kasara f27c8031 states=1
  branches f27c8031:2
lottery
  route 2d2c1e47 1 ws://10.0.0.1:7777 active
  epoch 1 standing 0 Varda*,Kasara 84a7e9bf states=1
  branches 84a7e9bf:1
caucus
  route 5698189a 2 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  epoch 2 standing 3 Kasara* ef402846 states=2
  branches ef402846:2,f4e8bb87:2
minutes
  route d345d439 1 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  branches 4b1da76c:2
press
  route c4244e1e 1 ws://10.0.0.1:7777 active
  former 75d871db until 15549071 epoch 2 standing 2 Nordvale*,Kasara,Tamir a60315b4 states=2
  branches 75d871db:2,a60315b4:1
logistics
  route 0fb51168 1 ws://10.0.0.1:7777 active
  former 6eda0e59 until 15616530 epoch 2 standing 2 Nordvale*,Kasara,Tamir 80443839 states=2
  branches 6eda0e59:2,80443839:1
side
  route 88bf71f1 1 ws://10.0.0.1:7777 active
  epoch 1 standing 1 Nordvale*,Kasara,Tamir add5ddf8 states=1
  branches add5ddf8:2
observers
  route 0542f6ab 1 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  epoch 1 standing 0 Kasara*,Nordvale,Tamir e9572b87 states=2 pending add Oslan 8ca5570c welcome-for Oslan then profile "Observers and press"
  branches e9572b87:2
allies
  route ab90ac2a 4 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  epoch 4 standing 0 Kasara*,Nordvale,Tamir bf99ed79 states=7 pending remove Nordvale 122907aa
  branches 20cc8735:2,574a5674:3,ad511823:1
talks
  route adbcea84 1 ws://10.0.0.1:7777,ws://10.0.0.2:7777 active
  epoch 1 standing 0 Kasara*,Nordvale,Tamir 4177dcaf states=1
  branches 4177dcaf:2
)v7");
    const auto rows = [&](const ConversationId& id) {
        return rowsOf(*database, *must(stores.groups.get(fromQt(id))));
    };
    same("amendment", rows(kAmendment), R"v7(
1 500e3446 1210 system received Kasara epoch 1 26 0 27083 "" uncounted says=created:Kasara
2 426796db 9 out sent Kasara epoch 1 4553 0 4553100 2of2 "Can everyone live with paragraph 7?" outer=07fec8cb pinned
  reaction 7c26aa63 4561 Tamir 👍
  reaction ddd050d4 4567 Nordvale 👍
  reaction 4b25305a 4569 Nordvale ❤️
  receipt Nordvale 4556 4566
  receipt Tamir 4563 0
  server ws://10.0.0.1:7777 4553134
  server ws://10.0.0.2:7777 4553142
3 1325bba5 9 out sent Kasara epoch 1 4554 1 4554600 2of2 "" outer=9a9e3ed9 deleted taken-back
  receipt Nordvale 4556 4566
  server ws://10.0.0.1:7777 4554629
  server ws://10.0.0.2:7777 4554629
4 9a758457 9 out sent Kasara epoch 1 4556 2 4556100 2of2 "" outer=14cb52e0 deleted hidden
  receipt Nordvale 4559 4566
  server ws://10.0.0.1:7777 4556124
  server ws://10.0.0.2:7777 4556134
5 332c634a 9 in received Nordvale epoch 1 4557 1 4557629 "We can, with the review kept." [e 426796db] [q 426796db] outer=dd9dac47 answers=426796db starred
  reaction b234d51f 4570 Kasara 🕊
6 60dabf46 9 in received Tamir epoch 1 4559 0 4559121 "Brackets around the date, please" [e 426796db] [q 426796db] outer=3fcfa103 answers=426796db original="Brackets around the date, plese" edited=4561 pinned
  edit 6e4015cf 4561 "Brackets around the date, please"
7 6e4015cf 1009 in received Tamir epoch 1 4561 1 4561122 "" outer=fbcde8cd about=60dabf46 hidden uncounted
8 7c26aa63 7 in received Tamir epoch 1 4561 2 4561122 "" outer=8bc69db6 about=426796db hidden uncounted
9 8d632d82 9 in received Tamir epoch 1 4561 3 4561123 "" outer=fb470858 deleted taken-back
10 9a399b3a 5 in received Tamir epoch 1 4563 4 4563124 "" outer=4d08e4d0 about=8d632d82 hidden uncounted
11 b2e6c92f 1068 in received Tamir epoch 1 4563 6 4563124 "When do we meet?" [option a Tuesday "after" lunch] [option b Never] [endsAt 1900000000] outer=949854bf hidden
12 9b710f4f 31337 in received Tamir epoch 1 4563 7 4563124 "{"position":[1,2]}" outer=c3056854 hidden
13 ddd050d4 7 in received Nordvale epoch 1 4567 5 4567613 "" outer=e7f45f05 about=426796db hidden uncounted
14 4b25305a 7 in received Nordvale epoch 1 4569 6 4569125 "" outer=f1bb7794 about=426796db hidden uncounted
15 b234d51f 7 out sent Kasara epoch 1 4570 5 4570600 2of2 "" outer=33f3c64c about=332c634a hidden uncounted
  server ws://10.0.0.1:7777 4570631
  server ws://10.0.0.2:7777 4570634
16 02c4409a 7 out sent Kasara epoch 1 4572 6 4572100 2of2 "" outer=d49fac0d about=332c634a hidden uncounted taken-back
  server ws://10.0.0.1:7777 4572130
  server ws://10.0.0.2:7777 4572142
17 3c046080 5 out sent Kasara epoch 1 4573 7 4573600 2of2 "" outer=0149f3da about=02c4409a hidden uncounted
  server ws://10.0.0.1:7777 4573628
  server ws://10.0.0.2:7777 4573635
18 781fac59 7 out sent Kasara epoch 1 4575 8 4575100 2of2 "" outer=fce0a4e7 about=426796db hidden uncounted taken-back
  server ws://10.0.0.1:7777 4575128
  server ws://10.0.0.2:7777 4575139
19 e52e0ab2 9 out sent Kasara epoch 1 4576 9 4576600 2of2 "Lunch is at half past one" outer=69b94c90 original="Lunch is at noon" edited=4579 starred
  edit 669bd778 4578 "Lunch is at one"
  edit ae3ef6e6 4579 "Lunch is at half past one"
  receipt Nordvale 4579 0
  server ws://10.0.0.1:7777 4576624
  server ws://10.0.0.2:7777 4576629
20 669bd778 1009 out sent Kasara epoch 1 4578 10 4578100 2of2 "" outer=1663de13 about=e52e0ab2 hidden uncounted
  server ws://10.0.0.1:7777 4578125
  server ws://10.0.0.2:7777 4578129
21 ae3ef6e6 1009 out sent Kasara epoch 1 4579 11 4579600 2of2 "" outer=9682c1f6 about=e52e0ab2 hidden uncounted
  server ws://10.0.0.2:7777 4579624
  server ws://10.0.0.1:7777 4579627
22 59c6800a 5 out sent Kasara epoch 1 4581 12 4581100 2of2 "" outer=3a54f6e4 about=1325bba5 hidden uncounted
  server ws://10.0.0.1:7777 4581126
  server ws://10.0.0.2:7777 4581130
23 68dc6767 1210 system received Kasara epoch 2 4585 0 4586709 "" uncounted says=member-added:Oslan
24 a5bb550c 1210 system received Kasara epoch 3 4591 0 4592892 "" uncounted says=left:Oslan
25 16d6062e 1210 system received Kasara epoch 4 4617 0 4618835 "" uncounted says=admin-added:Tamir
26 d6fd2819 1210 system received Tamir epoch 5 4623 0 4625912 "" uncounted says=renamed:Coolants Amendment
27 2c3009fa 1210 system received Kasara epoch 6 4629 0 4630917 "" uncounted says=admin-removed:Tamir
28 ba8d96bb 1210 system received Kasara epoch 7 4636 0 4637024 "" uncounted says=timer:2592000
29 eadeb8e6 9 out sent Kasara epoch 7 4643 0 4643100 2of2 "" outer=eceb47ba deleted expires=2596643 taken-back
  receipt Nordvale 4646 0
  server ws://10.0.0.1:7777 4643124
  server ws://10.0.0.2:7777 4643137
30 83c3cca0 9 out sent Kasara epoch 7 4644 1 4644600 2of2 "" outer=05129b4b deleted expires=2596644 taken-back
  receipt Nordvale 4646 0
  server ws://10.0.0.2:7777 4644621
  server ws://10.0.0.1:7777 4644629
31 cf4e85f4 9 out sent Kasara epoch 7 4646 2 4646100 2of2 "" outer=d128c8dd deleted expires=2596646 taken-back
  receipt Nordvale 4646 0
  server ws://10.0.0.1:7777 4646128
  server ws://10.0.0.2:7777 4646131
32 9040e41d 9 out sent Kasara epoch 7 4647 3 4647600 2of2 "" outer=83df8cc8 deleted expires=2596647 taken-back
  receipt Nordvale 4650 0
  server ws://10.0.0.1:7777 4647629
  server ws://10.0.0.2:7777 4647635
33 6a0cf6af 9 out sent Kasara epoch 7 4649 4 4649100 2of2 "The hall closes at nine" outer=19d2ecab original="The hall closes at eight" edited=5180 expires=2596649
  edit 09998ee8 5180 "The hall closes at nine"
  receipt Nordvale 4650 0
  server ws://10.0.0.1:7777 4649125
  server ws://10.0.0.2:7777 4649126
34 2ac962d8 9 in received Nordvale epoch 7 4650 1 4650615 "Who has the list of speakers?" outer=b6f165ac expires=2596650
  reaction 8b374a1b 5182 Kasara 👀
37 567e02e1 9 in received Tamir epoch 7 4665 0 4665715 "nostr:npub1vn8rx09f3klzq67vhuku4dkj46qlx828d8sv5phvg2kvjytxl3zs38czgr has it, I think" [p Kasara] outer=93d286ea mentions expires=2596665
73 a08386b4 9 in received Tamir epoch 7 5167 1 5167319 "The list is with the chair" outer=fbf22205 expires=2597167
74 59c63ac9 9 out queued Kasara epoch 7 5176 524288 5176300 0of2 "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out"
  reaction 698b127d 5183 Kasara 🙏
75 962c8961 9 out queued Kasara epoch 7 5177 524289 5177800 0of2 "All of them, please" answers=59c63ac9
76 6e7822ec 9 out queued Kasara epoch 7 5179 524290 5179300 0of2 "That is the review we meant" answers=332c634a
77 09998ee8 1009 out queued Kasara epoch 7 5180 0 5180800 0of2 "" about=6a0cf6af hidden uncounted
78 8b374a1b 7 out queued Kasara epoch 7 5182 0 5182300 0of2 "" about=2ac962d8 hidden uncounted
79 698b127d 7 out queued Kasara epoch 7 5183 0 5183800 0of2 "" about=59c63ac9 hidden uncounted
80 4a39e4bb 5 out queued Kasara epoch 7 5185 0 5185300 0of2 "" about=9040e41d hidden uncounted
81 91de6d24 5 out queued Kasara epoch 7 5186 0 5186800 0of2 "" about=eadeb8e6 hidden uncounted
82 2a53bb22 5 out queued Kasara epoch 7 5188 0 5188300 0of2 "" about=781fac59 hidden uncounted
83 83fbb01f 9 out queued Kasara epoch 7 5189 524297 5189800 0of2 "Until tomorrow"
owes a08386b4 came
)v7");
    same("direct", rows(kDirect), R"v7(
35 a85f6c70 1210 system received Kasara epoch 1 4651 0 4652170 "" uncounted says=created:Kasara
36 123e494d 9 in received Tamir epoch 1 4658 0 4658207 "Between us: the date is open." outer=b531b4e3
58 8414d1e3 9 out sent Kasara epoch 1 5040 1 5040300 1of2 "Then we agree on the date" outer=7814e047 original="Then we agree" edited=5138
  edit cd12583c 5138 "Then we agree on the date"
  server ws://10.0.0.1:7777 5040316
66 9c1e085c 9 in received Tamir epoch 1 5131 1 5131213 "Friday, then?" outer=846ea205
  reaction eea5f371 5140 Kasara 👌
67 d5b75605 9 out queued Kasara epoch 1 5137 3 5137200 0of2 "Friday suits me" outer=d6638cbe
68 cd12583c 1009 out queued Kasara epoch 1 5138 4 5138700 0of2 "" outer=8009b69e about=8414d1e3 hidden uncounted
69 eea5f371 7 out queued Kasara epoch 1 5140 5 5140200 0of2 "" outer=996156e1 about=9c1e085c hidden uncounted
72 e4c0da94 9 in received Tamir epoch 1 5167 2 5167319 "I shall tell the others." outer=873eaab9
84 d5d69235 9 out queued Kasara epoch 1 5192 524288 5192800 0of2 "Are you still there?"
owes 123e494d read
owes 9c1e085c read
owes e4c0da94 read
)v7");
    same("observers", rows(kObservers), R"v7(
56 9cdc56cc 1210 system received Kasara epoch 1 5029 0 5030780 "" uncounted says=created:Kasara
57 5da00a5c 9 out sent Kasara epoch 1 5036 0 5036800 2of2 "Four seats at the back" outer=6ddb2ed8
  receipt Nordvale 5039 0
  server ws://10.0.0.2:7777 5036834
  server ws://10.0.0.1:7777 5036843
65 5db12b4c 9 out queued Kasara epoch 1 5129 524288 5129700 0of2 "The seats are ready"
)v7");
    same("allies", rows(kAllies), R"v7(
59 d6e1b17b 1210 system received Kasara epoch 1 5050 0 5051881 "" uncounted says=created:Kasara
60 dcc0bdb6 9 out sent Kasara epoch 1 5057 0 5057900 1of2 "We vote together" outer=0d788305
  server ws://10.0.0.1:7777 5057929
61 3e24378e 1210 system received Kasara epoch 2 5058 0 5059511 "" hidden uncounted says=member-added:Oslan
62 07e54a33 9 out withdrawn Kasara epoch 2 5065 0 5065600 1of2 "Welcome, Oslan" outer=7dbf789c
  server ws://10.0.0.1:7777 5065627
63 b9eb735f 7 out withdrawn Kasara epoch 2 5067 1 5067100 1of2 "" outer=c56cd83f about=dcc0bdb6 hidden uncounted
  server ws://10.0.0.1:7777 5067131
64 98d61d92 1210 system received Kasara epoch 3 5067 0 5068630 "" hidden uncounted says=member-removed:Nordvale
)v7");
    same("fisheries", rows(kFisheries), R"v7(
38 66e33cd8 1210 system received Varda epoch 1 4669 0 4670844 "" uncounted says=joined:Varda
39 5e1af748 9 in received Varda epoch 1 4676 0 4676918 "Would you join us for the fisheries talks?" outer=521737e3
)v7");
    same("press", rows(kPress), R"v7(
47 ad0a1488 1210 system received Nordvale epoch 1 4729 0 4730909 "" uncounted says=joined:Nordvale
48 221f3306 9 out sent Kasara epoch 1 4736 0 4736900 1of1 "No comment until Friday" outer=92b10a5c
  receipt Nordvale 4739 0
  server ws://10.0.0.1:7777 4736938
49 42b27314 9 out failed Kasara epoch 1 4740 524288 4740400 0of1 "Said too late" failure="the conversation has ended"
50 084f9534 1210 system received Nordvale epoch 2 4747 0 4749071 "" uncounted says=left:Kasara
)v7");
    same("logistics", rows(kLogistics), R"v7(
51 6f25abec 1210 system received Nordvale epoch 1 4807 0 4808005 "" uncounted says=joined:Nordvale
52 aea6d47a 9 in received Nordvale epoch 1 4814 0 4814023 "Badges at the east gate" outer=0ae713b6
53 80acd7f8 1210 system received Nordvale epoch 2 4814 0 4816530 "" uncounted says=member-removed:Kasara
owes aea6d47a came
)v7");
    same("talks", rows(kTalks), R"v7(
70 cc6b5383 1210 system received Kasara epoch 1 5146 0 5147778 "" uncounted says=created:Kasara
71 e986a9bf 9 out queued Kasara epoch 1 5153 0 5153800 0of2 "A first draft follows" outer=ff9788c5
)v7");
    same("lottery", rows(idOf("e3291512041c25fcbfbd71d0b9767372")), R"v7(
40 2ffdb222 1210 system received Varda epoch 1 4677 0 4678514 "" uncounted says=joined:Varda
)v7");
    same("caucus", rows(idOf("e20eba03f1b1f444e9622dca043a4390")), R"v7(
41 c9e3a8ad 1210 system received Kasara epoch 1 4688 0 4689582 "" uncounted says=created:Kasara
42 9e9a0c42 9 out sent Kasara epoch 1 4695 0 4695600 2of2 "Thank you all" outer=53aa2137
  server ws://10.0.0.1:7777 4695628
  server ws://10.0.0.2:7777 4695638
44 27b8b91d 1210 system received Kasara epoch 2 4696 0 4698122 "" uncounted says=disbanded:
43 9c9203cf 1210 system received Kasara epoch 2 4696 0 4698122 "" uncounted says=member-removed:Nordvale
)v7");
    same("minutes", rows(idOf("a185e4c561a8aec38cad4300c63e93d0")), R"v7(
45 56f04310 1210 system received Kasara epoch 1 4722 0 4723289 "" uncounted says=created:Kasara
46 c369e2a2 9 in received Nordvale epoch 1 4729 0 4729326 "The minutes are attached" outer=d4926811
)v7");
    same("side", rows(idOf("e1e8474cdb96b124c396904dc27a20be")), R"v7(
54 8af436bf 1210 system received Nordvale epoch 1 5022 0 5023208 "" uncounted says=joined:Nordvale
55 be226ff6 9 out sent Kasara epoch 1 5029 0 5029200 1of1 "I can stay until four" outer=b2d59738
  receipt Nordvale 5030 0
  server ws://10.0.0.1:7777 5029233
)v7");
    same("held messages", heldLinesOf(stores), R"v7(
observers 5db12b4c 5129000 9 "The seats are ready"
amendment 59c63ac9 5176000 9 "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out" [p Nordvale]
amendment 962c8961 5177000 9 "All of them, please" [e 59c63ac9] [q 59c63ac9]
amendment 6e7822ec 5179000 9 "That is the review we meant" [e 332c634a] [q 332c634a]
amendment 09998ee8 5180000 1009 "The hall closes at nine" [e 6a0cf6af]
amendment 8b374a1b 5182000 7 "👀" [e 2ac962d8]
amendment 698b127d 5183000 7 "🙏" [e 59c63ac9]
amendment 4a39e4bb 5185000 5 "" [e 9040e41d]
amendment 91de6d24 5186000 5 "" [e eadeb8e6] [e 83c3cca0] [e cf4e85f4]
amendment 2a53bb22 5188000 5 "" [e 781fac59]
amendment 83fbb01f 5189000 9 "Until tomorrow"
direct d5d69235 5192000 9 "Are you still there?"
)v7");
    same("scheduled messages", scheduledOf(stores), R"v7(
1 amendment missed 633100 America/New_York 33100 "Good morning to everybody" -
2 logistics refused 4935500 Asia/Riyadh 4815500 "Where do I collect it?" -
3 amendment waiting 1733194300 America/New_York 5194300 "Session opens, nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa" a08386b4
4 direct waiting 25925194300 Asia/Riyadh 5194300 "Happy new year" -
)v7");
    same("the outbox", outboxOf(stores), R"v7(
53 message 445 7814e047 5040300 direct carries=8414d1e3
  ws://10.0.0.1:7777 accepted 1 5040300 5100300 ""
  ws://10.0.0.2:7777 pending 6 5164300 5292300 "not reached: offline: no way there"
56 message 445 0d788305 5057900 allies carries=dcc0bdb6
  ws://10.0.0.1:7777 accepted 1 5057900 5117900 ""
  ws://10.0.0.2:7777 pending 6 5181900 5309900 "not reached: offline: no way there"
57 commit 445 cf61d27b 5059468 allies
  ws://10.0.0.1:7777 accepted 1 5059468 5119468 ""
  ws://10.0.0.2:7777 pending 6 5183479 5311479 "not reached: offline: no way there"
59 message 445 7dbf789c 5065600 allies carries=07e54a33
  ws://10.0.0.1:7777 accepted 1 5065600 5125600 ""
  ws://10.0.0.2:7777 pending 6 5189600 5317600 "not reached: offline: no way there"
60 message 445 c56cd83f 5067100 allies carries=b9eb735f
  ws://10.0.0.1:7777 accepted 1 5067100 5127100 ""
  ws://10.0.0.2:7777 pending 6 5191100 5319100 "not reached: offline: no way there"
61 commit 445 978f5172 5068600 allies
  ws://10.0.0.1:7777 accepted 1 5068600 5128600 ""
  ws://10.0.0.2:7777 pending 6 5192600 5320600 "not reached: offline: no way there"
62 commit 445 122907aa 5075724 allies
  ws://10.0.0.1:7777 pending 5 5135888 5199931 "error: try again"
  ws://10.0.0.2:7777 pending 5 5135724 5199724 "not reached: offline: no way there"
63 commit 445 8ca5570c 5114782 observers
  ws://10.0.0.1:7777 pending 5 5174917 5238917 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 5 5174820 5238820 "not reached: offline: no way there"
64 other 445 a177e815 5134213 direct
  ws://10.0.0.1:7777 pending 5 5194361 5258361 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 5 5194213 5258213 "not reached: offline: no way there"
65 message 445 d6638cbe 5137200 direct carries=d5b75605
  ws://10.0.0.1:7777 pending 4 5165319 5197345 "error: try again"
  ws://10.0.0.2:7777 pending 4 5165200 5197200 "not reached: offline: no way there"
66 message 445 8009b69e 5138700 direct carries=cd12583c
  ws://10.0.0.1:7777 pending 4 5166802 5198841 "error: try again"
  ws://10.0.0.2:7777 pending 4 5166700 5198700 "not reached: offline: no way there"
67 message 445 996156e1 5140200 direct carries=eea5f371
  ws://10.0.0.1:7777 pending 4 5168303 5200327 "error: try again"
  ws://10.0.0.2:7777 pending 4 5168200 5200200 "not reached: offline: no way there"
68 proposal 445 d8fd2818 5141700 side
  ws://10.0.0.1:7777 pending 4 5169793 5201793 "not reached: offline: no way there"
69 welcome 1059 3eddb12b 5147778 talks
  ws://10.0.0.1:7777 pending 4 5175877 5207877 "not reached: offline: no way there"
70 welcome 1059 9a8cbdfd 5147778 talks
  ws://10.0.0.1:7777 pending 4 5175959 5207959 "not reached: offline: no way there"
71 message 445 ff9788c5 5153800 talks carries=e986a9bf
  ws://10.0.0.1:7777 pending 4 5181950 5213950 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 4 5181800 5213800 "not reached: offline: no way there"
72 profile 0 a41a06c6 5155300 -
  ws://10.0.0.1:7777 pending 4 5183429 5215429 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 4 5183300 5215300 "not reached: offline: no way there"
73 relay-list 10002 69fc7437 5157300 -
  ws://10.0.0.1:7777 pending 4 5185400 5217400 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 4 5185300 5217300 "not reached: offline: no way there"
  wss://relay.harbour.example pending 4 5185350 5217350 "not reached: offline: no way there"
74 relay-list 10050 becc84c1 5157300 -
  ws://10.0.0.1:7777 pending 4 5185400 5217400 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 4 5185300 5217300 "not reached: offline: no way there"
  wss://relay.harbour.example pending 4 5185350 5217350 "not reached: offline: no way there"
75 profile 0 45aef146 5157300 - after=76
  ws://10.0.0.1:7777 pending 4 5185400 5217400 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 4 5185300 5217300 "not reached: offline: no way there"
  wss://relay.harbour.example pending 4 5185350 5217350 "not reached: offline: no way there"
76 key-package 30443 4ed95435 5157300 -
  ws://10.0.0.1:7777 pending 4 5185400 5217400 "not reached: offline: no way there"
  ws://10.0.0.2:7777 pending 4 5185300 5217300 "not reached: offline: no way there"
  wss://relay.harbour.example pending 4 5185350 5217350 "not reached: offline: no way there"
)v7");
    same("deferred events", deferredOf(stores), R"v7(
c0d3da0c logistics "missing_history: said when this account was no member" 2 4841641 5197300
0165eae1 welcomes "an invitation by somebody who is no administrator yet" 0 5197300 5197300
)v7");
    same("what was read", readingOf(*database), R"v7(
inbox 5
welcomes 5
cursor ws://10.0.0.1:7777 inbox -64071
cursor ws://10.0.0.2:7777 inbox -64071
amendment 95 9927 9927
direct 18 14552 14552
fisheries 2 14570 -
lottery 0 14578 -
caucus 3 14589 14589
minutes 4 14623 14623
press 7 14630 -
logistics 4 14707 -
side 5 14923 -
observers 5 14930 14930
allies 15 14951 14951
talks 2 15047 15047
)v7");
    same("counters", countersOf(stores), R"v7(
allies branch withdrawn 2 5075724 5075724 "a change of our own"
minutes group unreadable_state 1 5197300 5197300 "a group without a state"
ws://10.0.0.1:7777 relay refused 48 5075745 5168327 "error: try again"
wss://relay.harbour.example relay refused 3 5197300 5197300 "blocked: no"
)v7");
    same("settings", settingsOf(*database), R"v7(
audience.observers Kasara Nordvale Tamir
audience.talks Kasara Nordvale Tamir
audience.amendment Kasara Nordvale Tamir
audience.direct Kasara Tamir
audience.allies Kasara Nordvale Tamir Oslan
audience.side Nordvale Kasara Tamir
audience.caucus Kasara Nordvale
audience.press Nordvale Kasara Tamir
network.proxy.host "proxy.mission.example"
network.proxy.kind "socks5"
network.proxy.password "estuary at dusk"
network.proxy.port "1080"
network.proxy.user "kasara"
window.signals.receipts "1"
window.spelling.words "Kasara\nKigali\nمونتريال"
window.theme "dark"
)v7");
    same("found by words", foundBy(stores, "brackets"), R"v7(
amendment "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out"
amendment "Brackets around the date, please"
)v7");
}

TEST_CASE("a profile that version 7 wrote shows everything it showed") {
    const KeptProfile profile;
    Program program(profile);
    CHECK(program.account.name == QLatin1String("Kasara (mission)"));
    CHECK(nameOf(program.account.key) == "Kasara");
    CHECK(program.account.relays == QStringList{QStringLiteral("ws://10.0.0.1:7777"),
                                                QStringLiteral("ws://10.0.0.2:7777"),
                                                QStringLiteral("wss://relay.harbour.example")});

    same("the list", linesOf(program.conversations()), R"v7(
amendment active "Coolants Amendment" about="Second reading. Who speaks for whom: see the list." members=3 admin unread=2 mentions=1 queued=10 scheduled=2 missed draft="And paragraph 8,\nas you know" notification=1 pinned retention=2592000 relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=7 last 5189 Kasara (mission): "Until tomorrow" queued own
direct active "Tamir" direct peer=Tamir members=2 admin queued=4 scheduled=1 notification=0 muted relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=1 last 5192 Kasara (mission): "Are you still there?" queued own
talks active "Preparatory talks" members=3 admin queued=1 relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=1 last 5153 Kasara (mission): "A first draft follows" queued own
observers active "Observers" members=3 admin queued=1 notification=2 relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=1 last 5129 Kasara (mission): "The seats are ready" queued own
allies active "Allies" members=3 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=4 last 5065 Kasara (mission): "Welcome, Oslan" withdrawn own
side leaving "Side event" by=Nordvale (mission) members=3 relays=ws://10.0.0.1:7777 epoch=1 last 5029 Kasara (mission): "I can stay until four" delivered own
logistics removed "Room 4 logistics" by=Nordvale (mission) members=3 unread=1 scheduled=1 missed archived relays=ws://10.0.0.1:7777 epoch=1 last 4814 : member-removed Kasara (mission)
press left "Press lines" by=Nordvale (mission) members=3 failed=1 draft="And never finished" relays=ws://10.0.0.1:7777 epoch=1 last 4747 : left Kasara (mission)
minutes damaged "Broken minutes" members=2 admin unread=1 relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=1 last 4729 Nordvale (mission): "The minutes are attached" received
caucus disbanded "Old caucus" members=1 admin relays=ws://10.0.0.1:7777,ws://10.0.0.2:7777 epoch=2 last 4696 : member-removed Nordvale (mission)
fisheries request "Fisheries, informal" by=Varda members=2 unread=1 relays=ws://10.0.0.1:7777 epoch=1 last 4676 Varda: "Would you join us for the fisheries talks?" received
)v7");
    same("the page of amendment", linesOf(program.messages(kAmendment)), R"v7(
1 received Kasara (mission): created Kasara (mission)
2 read Kasara (mission): "Can everyone live with paragraph 7?" at=4553 2of2 delivered=2 read=1 pinned 👍2(Tamir,Nordvale (mission)) ❤️1(Nordvale (mission))
3 read Kasara (mission): "" at=4554 2of2 delivered=1 read=1 deleted
5 received Nordvale (mission): "We can, with the review kept." at=4557 answers 2 Kasara (mission) "Can everyone live with paragraph 7?" starred 🕊1+()
6 received Tamir: "Brackets around the date, please" at=4559 answers 2 Kasara (mission) "Can everyone live with paragraph 7?" edited=4561 pinned
9 received Tamir: "" at=4561 deleted
19 delivered Kasara (mission): "Lunch is at half past one" at=4576 2of2 delivered=1 edited=4579 starred
23 received Kasara (mission): member-added Oslan
24 received Kasara (mission): left Oslan
25 received Kasara (mission): admin-added Tamir
26 received Tamir: renamed Coolants Amendment
27 received Kasara (mission): admin-removed Tamir
28 received Kasara (mission): timer 2592000
29 delivered Kasara (mission): "" at=4643 2of2 delivered=1 deleted expires=2596643
30 delivered Kasara (mission): "" at=4644 2of2 delivered=1 deleted expires=2596644
31 delivered Kasara (mission): "" at=4646 2of2 delivered=1 deleted expires=2596646
32 delivered Kasara (mission): "" at=4647 2of2 delivered=1 deleted expires=2596647
33 delivered Kasara (mission): "The hall closes at nine" at=4649 2of2 delivered=1 edited=5180 expires=2596649
34 received Nordvale (mission): "Who has the list of speakers?" at=4650 expires=2596650 👀1+()
37 received Tamir: "nostr:npub1vn8rx09f3klzq67vhuku4dkj46qlx828d8sv5phvg2kvjytxl3zs38czgr has it, I think" at=4665 expires=2596665 mentions Kasara (mission)(self)
73 received Tamir: "The list is with the chair" at=5167 expires=2597167
74 queued Kasara (mission): "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out" at=5176 0of2 🙏1+() mentions Nordvale (mission)
75 queued Kasara (mission): "All of them, please" at=5177 0of2 answers 74 Kasara (mission) "@Nordvale (mission) reads the brackets out"
76 queued Kasara (mission): "That is the review we meant" at=5179 0of2 answers 5 Nordvale (mission) "We can, with the review kept."
83 queued Kasara (mission): "Until tomorrow" at=5189 0of2
)v7");
    CHECK(program.firstUnread(kAmendment) == 37);
    same("the page of direct", linesOf(program.messages(kDirect)), R"v7(
35 received Kasara (mission): created Kasara (mission)
36 received Tamir: "Between us: the date is open." at=4658
58 sent Kasara (mission): "Then we agree on the date" at=5040 1of2 edited=5138
66 received Tamir: "Friday, then?" at=5131 👌1+()
67 queued Kasara (mission): "Friday suits me" at=5137 0of2
72 received Tamir: "I shall tell the others." at=5167
84 queued Kasara (mission): "Are you still there?" at=5192 0of2
)v7");
    same("the page of allies", linesOf(program.messages(kAllies)), R"v7(
59 received Kasara (mission): created Kasara (mission)
60 sent Kasara (mission): "We vote together" at=5057 1of2
62 withdrawn Kasara (mission): "Welcome, Oslan" at=5065 1of2
)v7");
    same("the page of press", linesOf(program.messages(kPress)), R"v7(
47 received Nordvale (mission): joined Nordvale (mission)
48 delivered Kasara (mission): "No comment until Friday" at=4736 1of1 delivered=1
49 failed Kasara (mission): "Said too late" at=4740 0of1 failure=the conversation has ended
50 received Nordvale (mission): left Kasara (mission)
)v7");
    same("the queue", linesOf(program.queue()), R"v7(
"Press lines" sealed 49 failed Kasara (mission): "Said too late" at=4740 0of1 failure=the conversation has ended
"Tamir" sealed 58 sent Kasara (mission): "Then we agree on the date" at=5040 1of2 edited=5138
  accepted ws://10.0.0.1:7777 at=5040316
  waiting ws://10.0.0.2:7777 offline
"Allies" sealed 60 sent Kasara (mission): "We vote together" at=5057 1of2
  accepted ws://10.0.0.1:7777 at=5057929
  waiting ws://10.0.0.2:7777 offline
"Allies" sealed 62 withdrawn Kasara (mission): "Welcome, Oslan" at=5065 1of2
  accepted ws://10.0.0.1:7777 at=5065627
  waiting ws://10.0.0.2:7777 offline
"Observers" held 65 queued Kasara (mission): "The seats are ready" at=5129 0of2
"Tamir" sealed 67 queued Kasara (mission): "Friday suits me" at=5137 0of2
  waiting ws://10.0.0.1:7777 reason=error: try again
  waiting ws://10.0.0.2:7777 offline
"Preparatory talks" sealed 71 queued Kasara (mission): "A first draft follows" at=5153 0of2
  waiting ws://10.0.0.1:7777 offline
  waiting ws://10.0.0.2:7777 offline
"Coolants Amendment" held 74 queued Kasara (mission): "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out" at=5176 0of2 🙏1+() mentions Nordvale (mission)
"Coolants Amendment" held 75 queued Kasara (mission): "All of them, please" at=5177 0of2 answers 74 Kasara (mission) "@Nordvale (mission) reads the brackets out"
"Coolants Amendment" held 76 queued Kasara (mission): "That is the review we meant" at=5179 0of2 answers 5 Nordvale (mission) "We can, with the review kept."
"Coolants Amendment" held 83 queued Kasara (mission): "Until tomorrow" at=5189 0of2
"Tamir" held 84 queued Kasara (mission): "Are you still there?" at=5192 0of2
)v7");
    same("messages for later", linesOf(program.scheduled()), R"v7(
1 missed "Coolants Amendment" "Good morning to everybody" 633100 America/New_York
2 refused "Room 4 logistics" "Where do I collect it?" 4935500 Asia/Riyadh
3 waiting "Coolants Amendment" "Session opens, nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa" 1733194300 America/New_York answers=a08386b4 mentions Nordvale (mission)
4 waiting "Tamir" "Happy new year" 25925194300 Asia/Riyadh
)v7");
    same("starred", linesOf(program.starred()), R"v7(
"Coolants Amendment" 19 delivered Kasara (mission): "Lunch is at half past one" at=4576 2of2 delivered=1 edited=4579 starred
"Coolants Amendment" 5 received Nordvale (mission): "We can, with the review kept." at=4557 answers 2 Kasara (mission) "Can everyone live with paragraph 7?" starred 🕊1+()
)v7");
    same("pinned", linesOf(program.pinned(kAmendment)), R"v7(
6 received Tamir: "Brackets around the date, please" at=4559 answers 2 Kasara (mission) "Can everyone live with paragraph 7?" edited=4561 pinned
2 read Kasara (mission): "Can everyone live with paragraph 7?" at=4553 2of2 delivered=2 read=1 pinned 👍2(Tamir,Nordvale (mission)) ❤️1(Nordvale (mission))
)v7");
    same("found", linesOf(program.search(QStringLiteral("paragraph"))), R"v7(
"Coolants Amendment" 2 read Kasara (mission): "Can everyone live with paragraph 7?" at=4553 2of2 delivered=2 read=1 pinned 👍2(Tamir,Nordvale (mission)) ❤️1(Nordvale (mission))
)v7");
    same("details of a message that was edited", linesOf(program.details(kAmendment, 19)), R"v7(
accepted ws://10.0.0.1:7777 at=4576624
accepted ws://10.0.0.2:7777 at=4576629
Nordvale (mission) 4579 0
4576 "Lunch is at noon"
4578 "Lunch is at one"
4579 "Lunch is at half past one"
)v7");
    same("details of a message that waits", linesOf(program.details(kDirect, 58)), R"v7(
accepted ws://10.0.0.1:7777 at=5040316
waiting ws://10.0.0.2:7777 offline
5040 "Then we agree"
5138 "Then we agree on the date"
)v7");
    same("details of what another edited", linesOf(program.details(kAmendment, 6)), R"v7(
4559 "Brackets around the date, plese"
4561 "Brackets around the date, please"
)v7");
    same("members", linesOf(program.members(kAmendment)), R"v7(
Kasara "Kasara (mission)" npub1vn8rx09 admin self
Nordvale "Nordvale (mission)" npub1nmldwds
Tamir "Tamir" npub1lyw8qlx verified
)v7");
    const AudienceRecord audience = program.audience(kAmendment);
    CHECK(audience.members == 3);
    CHECK(audience.unverified == 1);
    CHECK_FALSE(audience.first);
    CHECK(audience.joined.isEmpty());
    // Oslan was there when Kasara wrote last, on a branch that lost.
    CHECK(program.audience(kAllies).joined.isEmpty());
    same("contacts", linesOf(program.contacts()), R"v7(
Nordvale "Nordvale (mission)" npub1nmldwds ws://10.0.0.1:7777
Tamir "Tamir" npub1lyw8qlx ws://10.0.0.1:7777 verified
)v7");
    CHECK(program.preference("theme") == QLatin1String("dark"));
    CHECK(program.preference("signals.receipts") == QLatin1String("1"));
    CHECK(program.preference("spelling.words") == QStringLiteral("Kasara\nKigali\nمونتريال"));
    const ProxyRecord proxy = program.proxy();
    CHECK(proxy.kind == ProxyRecord::Kind::Socks5);
    CHECK(proxy.host == QLatin1String("proxy.mission.example"));
    CHECK(proxy.port == 1080);
    CHECK(proxy.user == QLatin1String("kasara"));
    CHECK(proxy.hasPassword);
    Lines diagnostics = linesOf(program.diagnostics());
    std::sort(diagnostics.begin(), diagnostics.end());
    same("diagnostics", diagnostics, R"v7(
77656c636f6d6573 deferred an invitation by somebody who is no administrator yet 1
allies branch withdrawn: a change of our own 2
allies convergence changed to the branch to epoch 4 from 2 candidates since epoch 1, by effective_commit_depth (depth 3, witnesses 0) 1
allies group epoch 4 1
allies pending_commit epoch 4 1
amendment convergence followed the branch to epoch 5 from 1 candidates since epoch 4, by only_candidate (depth 1, witnesses 0) 1
amendment group epoch 7 1
caucus convergence followed the branch to epoch 2 from 1 candidates since epoch 1, by only_candidate (depth 1, witnesses 0) 1
caucus group epoch 2 1
direct group epoch 1 1
fisheries group epoch 1 1
logistics deferred missing_history: said when this account was no member 3
logistics former out since epoch 2, what was sent before is read for 163 minutes more 1
lottery group epoch 1 1
minutes group unreadable_state: a group without a state 1
observers group epoch 1, 1 changes wait 1
observers pending_commit epoch 1 1
press former out since epoch 2, what was sent before is read for 162 minutes more 1
side group epoch 1 1
talks group epoch 1 1
ws://10.0.0.1:7777 relay refused: error: try again 48
wss://relay.harbour.example relay refused: blocked: no 3
)v7");
}

TEST_CASE("what waits in a profile that version 7 wrote goes out once, in order and about the right things") {
    const KeptProfile profile;
    Relays relays;
    {
        Program program(profile, &relays);
        program.setSignals({true, true});
        REQUIRE(waitFor([&] { return !program.hasWork(); }));
        // Said before Kasara was removed, and too late.
        REQUIRE(waitFor([&] { return program.messages(kLogistics).size() == 4; }));
        CHECK(program.messages(kLogistics)[2].text() == QLatin1String("The east gate is closed"));

        Lines list;
        for (const ConversationRecord& c : program.conversations())
            list.push_back(Line() << nameOf(c.id) << wordOf(c.state) << quoted(c.name) << "epoch" << c.epoch
                                  << "queued" << c.queued << "failed" << c.failed << "members" << c.members);
        std::sort(list.begin(), list.end());
        same("the list afterwards", list, R"v7(
allies active "Allies" epoch 6 queued 0 failed 0 members 3
amendment active "Coolants Amendment" epoch 7 queued 0 failed 0 members 3
caucus disbanded "Old caucus" epoch 2 queued 0 failed 0 members 1
direct active "Tamir" epoch 1 queued 0 failed 0 members 2
fisheries request "Fisheries, informal" epoch 1 queued 0 failed 0 members 2
logistics removed "Room 4 logistics" epoch 1 queued 0 failed 0 members 3
minutes damaged "Broken minutes" epoch 1 queued 0 failed 0 members 2
observers active "Observers and press" epoch 3 queued 0 failed 0 members 4
press left "Press lines" epoch 1 queued 0 failed 1 members 3
side leaving "Side event" epoch 1 queued 0 failed 0 members 3
talks active "Preparatory talks" epoch 1 queued 0 failed 0 members 3
)v7");
        const auto said = [&](const ConversationId& id) {
            Lines out;
            for (const MessageRecord& message : program.messages(id))
                if (message.own && message.system() == SystemKind::None)
                    out.push_back(Line().fact("answers", message.quote.row)
                                  << message.row << wordOf(message.delivery.state) << quoted(message.text()));
            return out;
        };
        same("said in amendment", said(kAmendment), R"v7(
2 read "Can everyone live with paragraph 7?"
3 read ""
19 delivered "Lunch is at half past one"
29 delivered ""
30 delivered ""
31 delivered ""
32 delivered ""
33 delivered "The hall closes at nine"
74 sent "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out"
answers=74 75 sent "All of them, please"
answers=5 76 sent "That is the review we meant"
83 sent "Until tomorrow"
)v7");
        same("said in direct", said(kDirect), R"v7(
58 sent "Then we agree on the date"
67 sent "Friday suits me"
84 sent "Are you still there?"
)v7");
        same("said in observers", said(kObservers), R"v7(
57 delivered "Four seats at the back"
65 sent "The seats are ready"
)v7");
        same("messages for later, afterwards", linesOf(program.scheduled()), R"v7(
1 missed "Coolants Amendment" "Good morning to everybody" 633100 America/New_York
2 refused "Room 4 logistics" "Where do I collect it?" 4935500 Asia/Riyadh
3 waiting "Coolants Amendment" "Session opens, nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa" 1733194300 America/New_York answers=a08386b4 mentions Nordvale (mission)
4 waiting "Tamir" "Happy new year" 25925194300 Asia/Riyadh
)v7");
    }
    {
        Program program(profile);
        same("the queue afterwards", linesOf(program.queue()), R"v7(
"Press lines" sealed 49 failed Kasara (mission): "Said too late" at=4740 0of1 failure=the conversation has ended
)v7");
    }

    // The events that were sealed already, as they were, to those who had not taken them.
    std::set<std::pair<std::string, nostr::EventId>> given;
    std::map<std::string, Lines> sealed;
    std::map<std::string, int> others;
    Lines invited;
    for (const auto& [relay, event] : relays.published) {
        CHECK(given.emplace(relay, event.id).second);
        const std::string id = toHex(event.id).substr(0, 8);
        if (std::find(kSealed.begin(), kSealed.end(), id) != kSealed.end())
            sealed[relay].push_back(std::to_string(event.kind) + " " + id);
        else
            ++others[relay];
        if (event.kind == nostr::kind::kGiftWrap)
            invited.push_back(nameOf(nostr::findTag(event.tags, "p")->at(1)));
    }
    same("sealed for the first relay", sealed["ws://10.0.0.1:7777"], R"v7(
445 122907aa
445 8ca5570c
445 a177e815
445 d6638cbe
445 8009b69e
445 996156e1
445 d8fd2818
1059 3eddb12b
1059 9a8cbdfd
445 ff9788c5
0 a41a06c6
10002 69fc7437
10050 becc84c1
30443 4ed95435
0 45aef146
)v7");
    same("sealed for the second relay", sealed["ws://10.0.0.2:7777"], R"v7(
445 7814e047
445 0d788305
445 cf61d27b
445 7dbf789c
445 c56cd83f
445 978f5172
445 122907aa
445 8ca5570c
445 a177e815
445 d6638cbe
445 8009b69e
445 996156e1
445 ff9788c5
0 a41a06c6
10002 69fc7437
10050 becc84c1
30443 4ed95435
0 45aef146
)v7");
    CHECK(others["ws://10.0.0.1:7777"] == 18);
    CHECK(others["ws://10.0.0.2:7777"] == 16);
    same("invited", invited, R"v7(
Nordvale
Tamir
Oslan
Oslan
)v7");

    Tamir tamir;
    auto read = tamir.read(relays.published);
    CHECK(read.size() == 4);
    same("Tamir reads in amendment", read["amendment"], R"v7(
#1 epoch 7 9 "nostr:npub1nmldwdsf8fu706c2nwemr86ezzh57enuwhcr3dn6z7n0jlzlrhtsulf0sa reads the brackets out" [p Nordvale]
#2 epoch 7 9 "All of them, please" [e #1] [q #1]
#3 epoch 7 9 "That is the review we meant" [e 332c634a] [q 332c634a]
#4 epoch 7 1009 "The hall closes at nine" [e 6a0cf6af]
#5 epoch 7 7 "👀" [e 2ac962d8]
#6 epoch 7 7 "🙏" [e #1]
#7 epoch 7 5 "" [e 9040e41d]
#8 epoch 7 5 "" [e eadeb8e6] [e 83c3cca0] [e cf4e85f4]
#9 epoch 7 5 "" [e 781fac59]
#10 epoch 7 9 "Until tomorrow"
receipt delivered [e a08386b4]
)v7");
    same("Tamir reads in direct", read["direct"], R"v7(
#1 epoch 1 9 "Friday suits me"
#2 epoch 1 1009 "Then we agree on the date" [e 8414d1e3]
#3 epoch 1 7 "👌" [e 9c1e085c]
#4 epoch 1 9 "Are you still there?"
receipt delivered [e 9c1e085c]
receipt read [e 123e494d] [e 9c1e085c] [e e4c0da94]
)v7");
    same("Tamir reads in observers", read["observers"], R"v7(
#1 epoch 2 9 "The seats are ready"
)v7");
    same("Tamir reads in talks", read["talks"], R"v7(
#1 epoch 1 9 "A first draft follows"
)v7");
    const auto standing = [&](const char* group) {
        return membersOf(tamir.group(group)) + " " + tamir.group(group).state().profile.name;
    };
    CHECK(standing("observers") == "Kasara*,Nordvale,Tamir,Oslan Observers and press");
    CHECK(standing("allies") == "Kasara*,Oslan,Tamir Allies");
    CHECK(standing("talks") == "Kasara*,Nordvale,Tamir Preparatory talks");
    REQUIRE(tamir.group("side").departing().size() == 1);
    CHECK(nameOf(tamir.group("side").departing().front()) == "Kasara");
}
