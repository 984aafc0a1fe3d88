// SPDX-License-Identifier: AGPL-3.0-or-later
// bench_catch_up [EVENTS] [SINGLE]: measures how fast a client receives the events that wait for it, compared
// with the sum of the primitives that each event needs. It also measures how long the window's thread is
// blocked meanwhile, and how long a single message takes from the key press to the receiver's record. The
// relay is a separate process. Both clients are real and have their databases on disk. The reading client has
// its window (offscreen).
#include "core/base/encoding.h"
#include "core/client/client.h"
#include "core/host/relay_server.h"
#include "core/marmot/content/content.h"
#include "core/marmot/envelope.h"
#include "core/mls/group.h"
#include "core/nostr/event.h"
#include "core/storage/database.h"
#include "tests/support/seeded_random.h"
#include "translations/embedded.h"
#include "ui/conversation/timeline_accessible.h"
#include "ui/shell/session_controller.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLineEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace {

using namespace valise;

constexpr const char* kPassphrase = "seven quiet herons over the estuary";
constexpr const char* kText =
    "The delegation of Nordvale proposes to move the vote on the second draft to Thursday, "
    "and asks whether the wording of article four can be settled before.";
constexpr double kGoalRatio = 1.6;
constexpr double kGoalBlockMs = 8;
constexpr double kGoalSingleMs = 15;

template <typename T>
T must(Result<T> result) {
    if (!result.ok())
        abortInvariant(result.error().detail.c_str());
    return std::move(result).value();
}
void must(Result<void> result) {
    if (!result.ok())
        abortInvariant(result.error().detail.c_str());
}

double threadMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

//! Processor time of this process's threads with that name so far, in milliseconds. 0 if the system does not
//! provide it.
double threadMsOf(const QByteArray& name) {
    double sum = 0;
    for (const QString& task :
         QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile comm(QStringLiteral("/proc/self/task/%1/comm").arg(task));
        QFile times(QStringLiteral("/proc/self/task/%1/schedstat").arg(task));
        if (comm.open(QIODevice::ReadOnly) && comm.readAll().trimmed() == name &&
            times.open(QIODevice::ReadOnly))
            sum += times.readAll().split(' ').value(0).toDouble() / 1e6;
    }
    return sum;
}

double median(std::vector<double> values) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

//! Measures the time that the window's thread spends in each event. It is processor time, so that other
//! programs on the machine do not count.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override {
        // Qt calls this in every thread, for the events of that thread.
        if (QThread::currentThread() != thread() || m_depth > 0 || !watching)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const double before = threadMs();
        const char* name = receiver->metaObject()->className();
        const int type = event->type();
        const bool done = QApplication::notify(receiver, event);
        const double took = threadMs() - before;
        --m_depth;
        longest = std::max(longest, took);
        if (took > kGoalBlockMs)
            over.emplace_back(took, QByteArray(name) + " event " + QByteArray::number(type));
        return done;
    }
    bool watching = false;
    double longest = 0;
    std::vector<std::pair<double, QByteArray>> over;

private:
    int m_depth = 0;
};

bool eventually(const std::function<bool()>& condition, int seconds) {
    // The waiting functions of QTest sleep in between, and the sleep would be measured as well.
    QElapsedTimer waited;
    waited.start();
    QTimer wake;
    wake.start(50);
    while (!condition()) {
        if (waited.elapsed() > qint64{1000} * seconds)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

void demand(bool condition, const char* what) {
    if (!condition)
        abortInvariant(what);
}

template <typename T, typename Ask>
T await(Ask question, int seconds = 60) {
    std::optional<Result<T>> answer;
    question([&](Result<T> result) { answer = std::move(result); });
    demand(eventually([&] { return answer.has_value(); }, seconds), "no answer in time");
    if constexpr (std::is_void_v<T>)
        must(std::move(*answer));
    else
        return must(std::move(*answer));
}

int serve() {
    host::RelayServerOptions options;
    options.eventsPerMinute = options.requestsPerMinute = 100'000'000;
    options.maxUnsentBytes = 512u << 20;
    host::RelayServer server(options);
    must(server.listen(QStringLiteral("127.0.0.1")));
    std::printf("%s\n", qPrintable(server.url()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

struct Person {
    Person(const QString& folder, const QString& personName, const QString& relay)
        : name(personName)
        , relays{relay} {
        options.home = folder + QLatin1Char('/') + personName;
        options.fastKeyDerivation = true;
    }
    void create() {
        client = std::make_unique<client::Client>();
        account = await<client::AccountRecord>([&](auto reply) {
            client->createProfile(options, name, crypto::Secret(viewOf(kPassphrase)), relays, client.get(),
                                  reply);
        });
        idle();
    }
    void open() {
        client = std::make_unique<client::Client>();
        await<client::AccountRecord>([&](auto reply) {
            client->openProfile(options, crypto::Secret(viewOf(kPassphrase)), client.get(), reply);
        });
    }
    void idle(int seconds = 3600) {
        await<void>([&](auto reply) { client->network()->whenIdle(client.get(), reply); }, seconds);
    }
    QString name;
    QStringList relays;
    client::ProfileOptions options;
    client::AccountRecord account;
    std::unique_ptr<client::Client> client;
};

//! The least cost of each event in microseconds: each primitive alone, with octets like those of the run.
struct Primitives {
    double outerSignature = 0;
    double aead = 0;
    double mls = 0;
    double inner = 0;
    double insert = 0;
    double sum() const { return outerSignature + aead + mls + inner + insert; }
};

template <typename Work>
double microseconds(std::size_t count, Work work) {
    const double before = threadMs();
    for (std::size_t i = 0; i < count; ++i)
        work(i);
    return (threadMs() - before) * 1e3 / static_cast<double>(count);
}

//! `stored`: the number of rows to insert. The cost of one insert depends on the number of rows.
Primitives measurePrimitives(const QString& folder, std::size_t stored) {
    constexpr std::size_t kCount = 2'000;
    Primitives out;
    crypto::SeededRandom random(11);
    const auto bundleOf = [&](const char* name) {
        mls::KeyPackageInputs in;
        in.suite = mls::CipherSuite::X25519Aes128Gcm;
        in.credential = mls::Credential::basic(viewOf(name));
        in.signer = crypto::ed25519Generate(random);
        in.lifetime = {0, UINT64_MAX};
        return mls::KeyPackageBundle::generate(in, random);
    };
    const auto founder = bundleOf("Kasara");
    const auto other = bundleOf("Nordvale");
    mls::Group group = must(mls::Group::create(random.bytes(16), founder, {}, random));
    mls::CommitOptions add;
    add.proposals.push_back({mls::AddProposal{other.keyPackage}});
    mls::CommitResult made = must(group.commit(add, random));
    mls::Group writer = std::move(made.next);
    mls::Group reader = must(mls::Group::join(*made.welcome, other));

    const auto author = crypto::schnorrGenerate(random);
    const Bytes key = random.bytes(32);
    std::vector<nostr::Event> events;
    std::vector<marmot::Envelope> envelopes;
    std::vector<Bytes> messages;
    std::vector<Bytes> plain;
    for (std::size_t i = 0; i < kCount; ++i) {
        const auto inner = marmot::makeInner(
            author.publicKey, marmot::Text{std::string(kText) + std::to_string(i)}, 1'790'000'000 + i);
        plain.push_back(toBytes(viewOf(inner.toJson())));
        messages.push_back(must(writer.protect(plain.back(), {}, random)));
        events.push_back(marmot::sealEnvelope({}, key, messages.back(), 1'790'000'000 + i, {}, random));
        envelopes.push_back(must(marmot::readEnvelope(events.back())));
    }
    out.outerSignature = microseconds(kCount, [&](std::size_t i) { must(events[i].verify()); });
    out.aead = microseconds(kCount, [&](std::size_t i) { must(marmot::openEnvelope(envelopes[i], key)); });
    out.mls = microseconds(kCount, [&](std::size_t i) { must(reader.unprotect(messages[i])); });
    out.inner = microseconds(
        kCount, [&](std::size_t i) { must(marmot::readInnerEvent(plain[i], author.publicKey)); });

    storage::OpenOptions cheap;
    cheap.cost = {1, 8u << 10};
    crypto::SystemRandom system;
    auto database = must(storage::Database::create((folder + QStringLiteral("/primitives")).toStdString(),
                                                   viewOf(kPassphrase), system, cheap));
    storage::GroupRow record;
    record.groupId = Bytes(16, 1);
    record.name = "Harbour talks";
    must(database->stores().groups.add(record));
    std::optional<storage::Transaction> transaction;
    out.insert = microseconds(stored, [&](std::size_t i) {
        if (i % 128 == 0)
            transaction.emplace(must(storage::Transaction::begin(*database)));
        storage::MessageRow row;
        row.groupId = record.groupId;
        random.fill(row.eventId);
        row.outerEventId = row.eventId;
        row.sender = author.publicKey;
        row.content = std::string(kText) + std::to_string(i);
        row.tagsJson = "[]";
        row.createdAt = static_cast<std::int64_t>(1'790'000'000 + i);
        row.sequence = static_cast<std::uint32_t>(i);
        must(database->stores().messages.insert(row));
        must(database->stores().seen.add(record.groupId, row.eventId, 0));
        if (i % 128 == 127 || i + 1 == stored) {
            must(transaction->commit());
            transaction.reset();
        }
    });
    return out;
}

void printPart(const char* name, double value, const char* unit) {
    std::printf("  %-44s %12.1f %s\n", name, value, unit);
}

void printGoal(const char* name, double value, double goal) {
    std::printf("%-46s %12.2f   goal %.1f%s\n", name, value, goal, value <= goal ? "" : "   MISSED");
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 2 && QByteArray(argv[1]) == "--relay") {
        const QCoreApplication app(argc, argv);
        return serve();
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    TimedApplication app(argc, argv);
    translations::initialize();
    ui::installTimelineAccessibility();
    const int count = argc > 1 ? std::max(1, std::atoi(argv[1])) : 50'000;
    const int singles = argc > 2 ? std::max(1, std::atoi(argv[2])) : 200;

    QProcess relay;
    relay.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    relay.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--relay")});
    demand(eventually([&] { return relay.canReadLine(); }, 60), "the relay did not start");
    const QString url = QString::fromUtf8(relay.readLine()).trimmed();
    const QTemporaryDir folder;
    // The sender's disk is not measured, and it would take several times as long as the rest. So the sender's
    // files are in memory if the system allows it.
    const QString memory = QStringLiteral("/dev/shm");
    const QTemporaryDir fast((QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) +
                             QStringLiteral("/valise-bench-XXXXXX"));

    Person kasara(fast.path(), QStringLiteral("Kasara"), url);
    Person nordvale(folder.path(), QStringLiteral("Nordvale"), url);
    nordvale.create();
    kasara.create();
    await<client::ContactRecord>([&](auto reply) {
        nordvale.client->people()->addContact(kasara.account.invitationLink, {}, nordvale.client.get(),
                                              reply);
    });
    const auto group = await<client::ConversationRecord>([&](auto reply) {
        kasara.client->groups()->create(QStringLiteral("Harbour talks"), {nordvale.account.invitationLink},
                                        kasara.client.get(), reply);
    });
    kasara.idle();
    const auto unreadOf = [&](client::Client* client) {
        int unread = -1;
        for (const auto& c : await<QVector<client::ConversationRecord>>(
                 [&](auto reply) { client->history()->conversations(client, reply); }))
            if (c.id == group.id && c.state == client::ConversationState::Active)
                unread = c.unread;
        return unread;
    };
    demand(eventually([&] { return unreadOf(nordvale.client.get()) >= 0; }, 60),
           "the invitation did not arrive");
    nordvale.client.reset();

    std::printf("%d messages are written and sent ...\n", count);
    std::fflush(stdout);
    int written = 0;
    int asked = 0;
    QElapsedTimer sender;
    sender.start();
    // This is about as fast as a program can write to a disk. Relays sort by whole seconds, and of one
    // sender's messages in a second only a thousand may come in any order (mls::kRatchetBack).
    constexpr int kPerSecond = 500;
    const std::function<void()> more = [&] {
        for (; asked < count && asked - written < 256 && asked < (sender.elapsed() + 100) * kPerSecond / 1000;
             ++asked)
            kasara.client->messages()->sendText(group.id, QLatin1String(kText) + QString::number(asked), {},
                                                kasara.client.get(), [&](Result<client::MessageRecord> sent) {
                                                    must(std::move(sent));
                                                    ++written;
                                                    more();
                                                });
    };
    QTimer pace;
    QObject::connect(&pace, &QTimer::timeout, &pace, more);
    pace.start(20);
    demand(eventually([&] { return written == count; }, 3600), "not all was written in time");
    pace.stop();
    std::printf("  all on the sender's disk after %.1f s", static_cast<double>(sender.elapsed()) / 1e3);
    std::fflush(stdout);
    kasara.idle();
    std::printf(", with the relay after %.1f s\n", static_cast<double>(sender.elapsed()) / 1e3);
    std::fflush(stdout);

    // Opens the window as a person does. Then the waiting events arrive.
    nordvale.client = std::make_unique<client::Client>();
    ui::Theme theme;
    ui::Language language;
    language.use(QStringLiteral("en"));
    auto controller =
        std::make_unique<ui::SessionController>(nordvale.client.get(), nordvale.options, &theme, &language);
    controller->start();
    controller->window()->resize(1200, 800);
    controller->window()->show();
    QTest::keyClicks(controller->window()->unlock()->field(), QString::fromLatin1(kPassphrase));
    int arrived = 0;
    QElapsedTimer clock;
    qint64 firstMs = 0;
    QObject::connect(nordvale.client.get(), &client::Client::messagesAdded, controller.get(),
                     [&](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                         arrived += static_cast<int>(messages.size());
                         if (firstMs == 0)
                             firstMs = clock.elapsed();
                     });
    QTest::keyClick(controller->window()->unlock()->field(), Qt::Key_Return);
    bool open = controller->isOpen();
    QObject::connect(controller.get(), &ui::SessionController::opened, controller.get(), [&] {
        open = true;
        clock.start();
    });
    demand(eventually([&] { return open; }, 60), "the profile did not open");
    const double coreBefore = threadMsOf("valise-core");
    app.watching = true;
    int before = 0;
    while (!eventually([&] { return arrived >= count; }, 60)) {
        // A message that does not arrive is reported here before the program gives up.
        std::fprintf(stderr, "%d of %d arrived after %.0f s\n", arrived, count,
                     static_cast<double>(clock.elapsed()) / 1e3);
        if (arrived == before)
            for (const auto& known : await<QVector<client::DiagnosticRecord>>([&](auto reply) {
                     nordvale.client->network()->diagnostics(nordvale.client.get(), reply);
                 }))
                std::fprintf(stderr, "  %s %s: %s (%lld times)\n", qPrintable(known.scope),
                             qPrintable(known.category), qPrintable(known.reason),
                             static_cast<long long>(known.count));
        demand(arrived > before, "nothing more arrived");
        before = arrived;
    }
    const double seconds = static_cast<double>(clock.elapsed()) / 1e3;
    const double coreMs = threadMsOf("valise-core") - coreBefore;
    nordvale.idle();
    app.watching = false;
    demand(unreadOf(nordvale.client.get()) + arrived >= count, "something is missing");

    const Primitives parts = measurePrimitives(folder.path(), static_cast<std::size_t>(count));
    std::printf("\ncatch-up of %d waiting events into one client, with its window\n", count);
    printPart("throughput", count / seconds, "events/s");
    printPart("first of them in the window after", static_cast<double>(firstMs), "ms");
    const double each = coreMs * 1e3 / count;
    printPart("processor time of the core thread, each", each, "us");
    printPart("sum of the primitives, each", parts.sum(), "us");
    printPart("  outer signature (Schnorr)", parts.outerSignature, "us");
    printPart("  outer AEAD", parts.aead, "us");
    printPart("  MLS open", parts.mls, "us");
    printPart("  inner event and its id", parts.inner, "us");
    printPart("  insert with index, and remembering the id", parts.insert, "us");
    printGoal("ratio to the sum of the primitives", each / parts.sum(), kGoalRatio);
    printGoal("longest stretch of the window's thread, ms", app.longest, kGoalBlockMs);
    std::sort(app.over.rbegin(), app.over.rend());
    for (std::size_t i = 0; i < std::min<std::size_t>(app.over.size(), 5); ++i)
        std::printf("  %.1f ms: %s\n", app.over[i].first, app.over[i].second.constData());

    std::vector<double> disk;
    std::vector<double> acknowledged;
    std::vector<double> shown;
    QElapsedTimer single;
    double ackMs = 0;
    double shownMs = 0;
    QString expected;
    QObject::connect(kasara.client.get(), &client::Client::messageChanged, kasara.client.get(),
                     [&](const client::MessageRecord& message) {
                         if (message.text() == expected &&
                             message.delivery.state == client::DeliveryState::Sent && ackMs == 0)
                             ackMs = static_cast<double>(single.nsecsElapsed()) / 1e6;
                     });
    QObject::connect(nordvale.client.get(), &client::Client::messagesAdded, controller.get(),
                     [&](const QByteArray&, const QVector<client::MessageRecord>& messages) {
                         for (const auto& message : messages)
                             if (message.text() == expected)
                                 shownMs = static_cast<double>(single.nsecsElapsed()) / 1e6;
                     });
    for (int i = 0; i < singles; ++i) {
        expected = QStringLiteral("single %1").arg(i);
        ackMs = shownMs = 0;
        double diskMs = 0;
        single.start();
        kasara.client->messages()->sendText(group.id, expected, {}, kasara.client.get(),
                                            [&](Result<client::MessageRecord> sent) {
                                                must(std::move(sent));
                                                diskMs = static_cast<double>(single.nsecsElapsed()) / 1e6;
                                            });
        demand(eventually([&] { return shownMs > 0 && ackMs > 0 && diskMs > 0; }, 60),
               "a message did not arrive");
        disk.push_back(diskMs);
        acknowledged.push_back(ackMs);
        shown.push_back(shownMs);
    }
    std::printf("\na single message on loopback, median of %d\n", singles);
    printPart("sealed and on the disk", median(disk), "ms");
    printPart("accepted by the relay, and known to be", median(acknowledged), "ms");
    printGoal("shown on the other side, ms", median(shown), kGoalSingleMs);

    bool closed = false;
    QObject::connect(controller.get(), &ui::SessionController::closed, controller.get(),
                     [&] { closed = true; });
    controller->close();
    demand(eventually([&] { return closed; }, 60), "the profile did not close");
    controller.reset();
    nordvale.client.reset();
    kasara.client.reset();
    relay.terminate();
    relay.waitForFinished();
    return 0;
}
