// SPDX-License-Identifier: AGPL-3.0-or-later
// The texts and names a hostile member may send, through the mapping and the real timeline. Work is counted,
// not timed.
#include "core/client/history/record_mapping.h"
#include "core/client/history/shown_text.h"
#include "core/crypto/random.h"
#include "core/storage/database.h"
#include "tests/support/catch.h"
#include "tests/ui/timeline_fixture.h"
#include "ui/conversation/conversation_header.h"
#include "ui/format.h"
#include "ui/language/language.h"

#include <QApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QTemporaryDir>
#include <QToolTip>

using namespace valise;
using namespace valise::ui;

namespace {

constexpr qsizetype kTenMegabytes = 10'000'000;
// The lines of a folded message and its neighbours. Honest messages of this length take as many.
constexpr qint64 kMostLines = 80;

QString repeated(const char* text, int times) {
    return QString::fromUtf8(text).repeated(times);
}

struct Fixture : uitest::TimelineFixture {
    void show(QVector<client::MessageRecord> messages) {
        set(std::move(messages));
        view->grab();
    }
    client::MessageRecord saying(const QString& text, qint64 row = 1) const {
        return invented::message(row, QStringLiteral("Jean Kagabo"), text, 1'700'000'000 + row);
    }
};

//! A profile's database with two groups and the mapping the engine uses.
struct Stored {
    Stored() {
        crypto::SystemRandom random;
        storage::OpenOptions options;
        options.cost = {1, 8u << 10};
        database = must(storage::Database::create(folder.path().toStdString(), viewOf("the seal of Kasara"),
                                                  random, options));
        for (std::uint8_t n = 1; n <= 2; ++n) {
            storage::GroupRow group;
            group.groupId = Bytes(16, n);
            group.nostrGroupId = storage::Id32{n};
            group.name = "Delegation";
            group.createdMs = 1000;
            must(database->stores().groups.add(group));
        }
        mapper = std::make_unique<client::RecordMapper>(database->stores(), storage::Id32{9},
                                                        QStringLiteral("Lea"));
    }
    storage::MessageRow row(std::uint8_t group, std::uint8_t n, const std::string& text) {
        storage::MessageRow m;
        m.groupId = Bytes(16, group);
        m.eventId = storage::Id32{n};
        m.sender = storage::Id32{7};
        m.content = text;
        m.createdAt = 1'700'000'000 + n;
        m.receivedMs = m.createdAt * 1000;
        return m;
    }
    client::MessageRecord keep(const storage::MessageRow& m) {
        const auto id = must(database->stores().messages.insert(m));
        return mapper->message(*must(database->stores().messages.byRow(id)));
    }
    void name(const std::string& name) {
        storage::Contact contact;
        contact.publicKey = storage::Id32{7};
        contact.profileName = name;
        must(database->stores().contacts.put(contact));
        mapper->forgetNames();
    }
    QTemporaryDir folder;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<client::RecordMapper> mapper;
};

} // namespace

TEST_CASE("no text of a member costs more than a few screens of work") {
    struct Case {
        const char* name;
        QString text;
    };
    const Case cases[] = {
        {"ten megabytes", QString(kTenMegabytes, QLatin1Char('a'))},
        {"ten megabytes of lines", QString(kTenMegabytes, QLatin1Char('\n'))},
        {"ten megabytes of line separators", QString(kTenMegabytes, QChar(0x2028))},
        {"ten megabytes of nothing", QString(kTenMegabytes, QChar(0x200B))},
        {"combining marks", QStringLiteral("z") + QString(100'000, QChar(0x0301))},
        {"marks on every letter",
         repeated("z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309", 20'000)},
        {"bidi controls", repeated("\u202E\u2066\u202Dabc\u2067", 20'000)},
        {"tabs", QString(100'000, QLatin1Char('\t'))},
        {"the widest character", QString(100'000, QChar(0xFDFD))},
        {"mentions",
         repeated("nostr:npub1sn0wdenkukak0d9dfczzeacvhkrgz92ak56egt7vdgzn8pv2wfqqhrjdv9 ", 5'000)},
        {"links", repeated("https://example.org/x ", 20'000)},
        {"formatting", repeated("**_~~", 100'000)},
        {"HTML", repeated("<table><tr><td><img src='file:///etc/passwd'><script>alert(1)</script>", 5'000)},
    };
    for (const Case& c : cases) {
        INFO(c.name);
        Fixture f;
        f.show({f.saying(QStringLiteral("before"), 1), f.saying(c.text, 2),
                f.saying(QStringLiteral("after"), 3)});
        CHECK(f.view->work().lines <= 3 * kMostLines);
        CHECK(f.view->work().paintedRows <= 3);
        CHECK(f.view->work().paintedLines <= 60);
        CHECK(f.view->describe(1).size() < 5'000);
        // Bounded too when it is unfolded; and only what can be seen is painted.
        const LayoutWork before = f.view->work();
        f.view->showRow(2);
        QRect more = f.view->moreRect(1);
        if (!more.isNull()) {
            while (more.bottom() > f.view->viewport()->height()) {
                QTest::keyClick(f.view.get(), Qt::Key_PageDown);
                more = f.view->moreRect(1);
            }
            QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, more.center());
            f.view->grab();
            CHECK(f.view->work().lines - before.lines <= 1'000);
            const qint64 painted = f.view->work().paintedLines;
            f.view->grab();
            CHECK(f.view->work().paintedLines - painted <= 60);
        }
    }
}

TEST_CASE("a long message is read to its end in steps") {
    Fixture f;
    QString text;
    for (int i = 0; i < 3'000; ++i)
        text += QStringLiteral("sentence %1. ").arg(i);
    f.show({f.saying(text + QStringLiteral("END"))});
    int clicks = 0;
    while (!f.view->moreRect(0).isNull()) {
        REQUIRE(++clicks < 10);
        while (f.view->moreRect(0).bottom() > f.view->viewport()->height())
            QTest::keyClick(f.view.get(), Qt::Key_PageDown);
        QTest::mouseClick(f.view->viewport(), Qt::LeftButton, {}, f.view->moreRect(0).center());
    }
    CHECK(clicks == 4);
    QTest::keyClick(f.view.get(), Qt::Key_End);
    const QRect bubble = f.view->bubbleRect(0);
    QTest::mouseDClick(f.view->viewport(), Qt::LeftButton, {},
                       QPoint(bubble.left() + 20, bubble.bottom() - 30));
    CHECK_FALSE(f.view->selectedText().isEmpty());
}

TEST_CASE("a thousand hostile messages cost no more than what can be seen of them") {
    Fixture f;
    QVector<client::MessageRecord> messages;
    for (int i = 1; i <= 300; ++i)
        messages << f.saying(QString(200'000, QLatin1Char('a')), i);
    f.show(messages);
    // One of them is higher than the window.
    CHECK(f.view->work().layouts <= 4);
    CHECK(f.view->work().lines <= 4 * kMostLines);
}

TEST_CASE("a hundred reactions by one person stay a row of a few") {
    Fixture f;
    auto message = f.saying(QStringLiteral("The baseline of 2024?"));
    for (int i = 0; i < 100; ++i)
        message.reactions.append(
            {QStringLiteral("<b>%1").arg(i).repeated(8), 1, false, {QStringLiteral("<img src=x>Jean")}});
    f.show({message});
    CHECK(f.view->bubbleRect(0).height() < 260);
    CHECK(f.view->bubbleRect(0).right() < f.view->viewport()->width());
    // A text that looks like HTML is shown as it stands.
    const QString tip = plainToolTip(reactionText(message.reactions.first()));
    CHECK(tip.contains(QStringLiteral("&lt;img")));
    CHECK_FALSE(tip.contains(QStringLiteral("<img")));
}

TEST_CASE("names of members cannot spoof, in the timeline and everywhere") {
    Fixture f;
    Stored stored;
    const struct {
        std::string name;
        QString shown;
    } names[] = {
        {"Jean \u202Eobagak\u202C", QStringLiteral("Jean obagak")},
        {"Ingrid Nordli \u2713", QStringLiteral("Ingrid Nordli")},
        {"\u200BMei\u200B Lin", QStringLiteral("Mei Lin")},
        {"Mei Lin\n\n\n\n14:32 Ingrid Nordli: agreed", QStringLiteral("Mei Lin 14:32 Ingrid Nordli: agreed")},
    };
    std::uint8_t n = 1;
    for (const auto& one : names) {
        stored.name(one.name);
        const auto record = stored.keep(stored.row(1, n++, "text"));
        CHECK(record.senderName == one.shown);
        f.show({record});
        CHECK(f.view->describe(0).startsWith(one.shown));
        storage::ConversationRow row = *must(stored.database->stores().groups.conversation(Bytes(16, 1)));
        CHECK(stored.mapper->conversation(row).lastSender == one.shown);
    }
    // A name of nothing is no name; an endless one ends.
    stored.name("\u3164\u200D\u2800");
    CHECK(stored.keep(stored.row(1, n++, "text")).senderName.startsWith(QStringLiteral("npub1")));
    stored.name(std::string(1'000'000, 'W'));
    auto record = stored.keep(stored.row(1, n++, "text"));
    CHECK(record.senderName.size() <= client::kMaxShownName);
    f.show({record});
    CHECK(f.view->bubbleRect(0).width() < f.view->width() * 3 / 4);
    // A group's name too.
    storage::GroupRow group = *must(stored.database->stores().groups.get(Bytes(16, 1)));
    group.name = "Allies \u202E\u2066" + std::string(100'000, 'x');
    must(stored.database->stores().groups.update(group));
    const auto conversation =
        stored.mapper->conversation(*must(stored.database->stores().groups.conversation(Bytes(16, 1))));
    CHECK(conversation.name.size() <= 120);
    CHECK_FALSE(conversation.name.contains(QChar(0x202E)));
}

TEST_CASE("a quote of a message of another group shows nothing of it") {
    Fixture f;
    Stored stored;
    stored.keep(stored.row(2, 50, "the secret of the other group"));
    storage::MessageRow quoting = stored.row(1, 60, "see above");
    quoting.replyTo = storage::Id32{50};
    const auto record = stored.keep(quoting);
    CHECK(record.quote.text.isEmpty());
    CHECK(record.quote.sender.isEmpty());
    CHECK(record.quote.row == 0);
    f.show({record});
    CHECK_FALSE(f.view->describe(0).contains(QStringLiteral("secret")));
    CHECK(f.view->describe(0).contains(QStringLiteral("not on this device")));
}

TEST_CASE("direction controls of a text end with its paragraph and turn no name or time") {
    Fixture f;
    auto turned = f.saying(QString::fromUtf8("\u202Egpj.exe \u2067\u2067\u2067"));
    f.show({turned});
    CHECK_FALSE(f.view->describe(0).contains(QChar(0x202E)));
    client::ConversationRecord c;
    c.lastText = turned.text();
    c.lastSender = QStringLiteral("Jean Kagabo");
    CHECK(previewText(c).startsWith(QStringLiteral("Jean: gpj.exe")));
}
