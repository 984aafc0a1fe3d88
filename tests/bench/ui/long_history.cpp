// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/ui/long_history.h"

#include "core/client/client.h"
#include "core/crypto/random.h"
#include "core/host/relay_server.h"
#include "core/storage/database.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QtTest/QTest>

#include <cstdio>
#include <cstdlib>

namespace valise::bench {
namespace {

constexpr int kAnswerMs = 120'000;

template <typename T>
T orEnd(Result<T> result, const char* what) {
    if (!result) {
        std::fprintf(stderr, "%s: %s\n", what, result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

template <typename T, typename Ask>
Result<T> await(Ask ask) {
    std::optional<Result<T>> answer;
    ask([&](Result<T> r) { answer = std::move(r); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, kAnswerMs))
        return {ErrorCode::Timeout, "no answer"};
    return std::move(*answer);
}

client::ProfileOptions optionsOf(const QString& home) {
    client::ProfileOptions options;
    options.home = home;
    options.fastKeyDerivation = true;
    return options;
}

crypto::Secret passphrase() {
    return crypto::Secret(viewOf(kPassphrase));
}

//! Makes two accounts, a relay, and groups of both. Returns the account whose profile is not kept.
Bytes foundGroups(const QString& home, int conversations) {
    host::RelayServerOptions serving;
    const QString relayFolder = home + QStringLiteral(".relay");
    const QString otherHome = home + QStringLiteral(".other");
    serving.directory = relayFolder.toStdString();
    serving.eventsPerMinute = 1'000'000;
    host::RelayServer relay(serving);
    orEnd(relay.listen(QStringLiteral("127.0.0.1"), 0), "relay");
    client::Client other;
    client::Client own;
    const auto account = orEnd(await<client::AccountRecord>([&](auto reply) {
                                   other.createProfile(optionsOf(otherHome), QStringLiteral("Ingrid Nordli"),
                                                       passphrase(), {relay.url()}, &other, reply);
                               }),
                               "other profile");
    orEnd(await<void>([&](auto reply) { other.network()->whenIdle(&other, reply); }), "other profile");
    orEnd(await<client::AccountRecord>([&](auto reply) {
              own.createProfile(optionsOf(home), QStringLiteral("Delegation of Kasara"), passphrase(),
                                {relay.url()}, &own, reply);
          }),
          "profile");
    orEnd(await<void>([&](auto reply) { own.network()->whenIdle(&own, reply); }), "profile");
    for (int i = 0; i < conversations; ++i)
        orEnd(await<client::ConversationRecord>([&](auto reply) {
                  own.groups()->create(QStringLiteral("Working group %1").arg(i + 1),
                                       {account.invitationLink}, &own, reply);
              }),
              "group");
    orEnd(await<void>([&](auto reply) { own.network()->whenIdle(&own, reply); }), "groups");
    orEnd(await<void>([&](auto reply) { own.closeProfile(&own, reply); }), "close");
    orEnd(await<void>([&](auto reply) { other.closeProfile(&other, reply); }), "close");
    QDir(otherHome).removeRecursively();
    relay.close();
    QDir(relayFolder).removeRecursively();
    const ByteView key(reinterpret_cast<const std::uint8_t*>(account.key.constData()),
                       static_cast<std::size_t>(account.key.size()));
    return toBytes(key);
}

//! Words of a negotiation in three scripts, with the lengths of real messages.
std::string sentence(std::uint64_t n) {
    static const char* const kWords[] = {
        "paragraph",  "the",   "baseline", "annex",       "of",     "delegation", "proposes", "brackets",
        "text",       "we",    "can",      "support",     "phase",  "down",       "schedule", "meeting",
        "room",       "four",  "at",       "secretariat", "review", "draft",      "article",  "seven",
        "footnote",   "للوفد", "الفقرة",   "النص",        "الجلسة", "делегация",  "поправка", "статья",
        "предлагает", "zur",   "Sitzung",  "amendement",
    };
    constexpr std::uint64_t kCount = std::size(kWords);
    std::string out;
    std::uint64_t state = n * 0x9E3779B97F4A7C15ull + 1;
    const auto next = [&] {
        state ^= state >> 30;
        state *= 0xBF58476D1CE4E5B9ull;
        state ^= state >> 27;
        return state;
    };
    const std::uint64_t words = 3 + next() % 14 + (next() % 20 == 0 ? 60 : 0);
    for (std::uint64_t i = 0; i < words; ++i)
        out += (i > 0 ? " " : "") + std::string(kWords[next() % kCount]);
    return out + " " + std::to_string(n);
}

void writeMessages(const QString& home, const HistoryShape& shape, const Bytes& other) {
    auto database = orEnd(storage::Database::open(home.toStdString(), viewOf(kPassphrase)), "open");
    auto groups = orEnd(database->stores().groups.list(), "groups");
    const storage::Id32 sender = fixedBytes<32>(other).value();
    const int rest = (shape.messages - shape.longest) / std::max(1, shape.conversations - 1);
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    std::uint64_t written = 0;
    QElapsedTimer clock;
    clock.start();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const int count = g == 0 ? shape.longest : rest;
        auto step = orEnd(storage::Transaction::begin(*database), "begin");
        storage::OrderKey last;
        for (int i = 0; i < count; ++i) {
            storage::MessageRow m;
            m.groupId = groups[g].groupId;
            ++written;
            for (std::size_t b = 0; b < 8; ++b)
                m.eventId[b] = static_cast<std::uint8_t>((written * 0x9E3779B97F4A7C15ull) >> (8 * b));
            m.eventId[31] = static_cast<std::uint8_t>(written);
            m.eventId[30] = static_cast<std::uint8_t>(written >> 8);
            m.eventId[29] = static_cast<std::uint8_t>(written >> 16);
            m.sender = sender;
            m.content = sentence(written);
            m.tagsJson = "[]";
            // One message every three minutes, the last one a short time ago.
            m.createdAt =
                now - 60 * static_cast<std::int64_t>(g + 1) - 180 * static_cast<std::int64_t>(count - i);
            m.receivedMs = m.createdAt * 1000;
            m.epoch = groups[g].epoch;
            last = m.orderKey();
            orEnd(database->stores().messages.insert(m), "insert");
        }
        orEnd(database->stores().groups.markRead(groups[g].groupId, last), "mark read");
        orEnd(step.commit(), "commit");
    }
    std::printf("history: %llu messages in %zu conversations written in %.1f s\n",
                static_cast<unsigned long long>(written), groups.size(),
                static_cast<double>(clock.elapsed()) / 1000);
}

} // namespace

bool makeHistory(const QString& folder, const HistoryShape& shape) {
    const QString done = folder + QStringLiteral("/history.done");
    const QByteArray wanted = QByteArray::number(shape.conversations) + ' ' +
                              QByteArray::number(shape.messages) + ' ' + QByteArray::number(shape.longest);
    QFile marker(done);
    if (marker.open(QIODevice::ReadOnly) && marker.readAll() == wanted)
        return true;
    marker.close();
    QDir(folder).removeRecursively();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "cannot make %s\n", qPrintable(folder));
        return false;
    }
    const Bytes other = foundGroups(folder, shape.conversations);
    if (shape.messages > 0)
        writeMessages(folder, shape, other);
    if (!marker.open(QIODevice::WriteOnly))
        return false;
    marker.write(wanted);
    return true;
}

} // namespace valise::bench
