// SPDX-License-Identifier: AGPL-3.0-or-later
// Receipts and typing in the window.
#include "tests/ui/workspace_fixture.h"
#include "ui/conversation/details_sheet.h"
#include "ui/format.h"

#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;

TEST_CASE("writing is told once, its end too, and nothing of a draft that was put there") {
    Fixture f;
    QSignalSpy typing(f.space->page()->composer(), &Composer::typing);
    f.space->page()->composer()->setDraft(QStringLiteral("an earlier draft"));
    CHECK(typing.isEmpty());
    QTest::keyClicks(f.field(), QStringLiteral(" and more"));
    REQUIRE(typing.size() == 1);
    CHECK(typing.at(0).at(0).toByteArray() == invented::allies());
    CHECK(typing.at(0).at(1).toBool());
    // Emptied: stopped.
    f.field()->selectAll();
    QTest::keyClick(f.field(), Qt::Key_Delete);
    REQUIRE(typing.size() == 2);
    CHECK_FALSE(typing.at(1).at(1).toBool());
    // Sent: the message says it.
    QTest::keyClicks(f.field(), QStringLiteral("x"));
    QTest::keyClick(f.field(), Qt::Key_Return);
    REQUIRE(typing.size() == 3);
    // Another conversation: stopped, for the one that was left.
    QTest::keyClicks(f.field(), QStringLiteral("y"));
    REQUIRE(typing.size() == 4);
    f.space->openConversation(
        f.space->listModel()->index(1).data(ConversationListModel::IdRole).toByteArray());
    REQUIRE(typing.size() == 5);
    CHECK(typing.at(4).at(0).toByteArray() == invented::allies());
    CHECK_FALSE(typing.at(4).at(1).toBool());
}

TEST_CASE("the header says who is writing in the open conversation") {
    Fixture f;
    ConversationHeader* header = f.space->page()->header();
    f.space->page()->setWriting(invented::allies(), "a", QStringLiteral("Ingrid Nordli"), true);
    f.space->page()->setWriting("another", "b", QStringLiteral("Mei Lin"), true);
    CHECK(header->writing() == QStringList{QStringLiteral("Ingrid Nordli")});
    f.space->page()->setWriting(invented::allies(), "a", QStringLiteral("Ingrid Nordli"), true);
    CHECK(header->writing().size() == 1);
    f.space->page()->setWriting(invented::allies(), "a", {}, false);
    CHECK(header->writing().isEmpty());
    // A hostile crowd is bounded.
    for (int i = 0; i < 1000; ++i)
        f.space->page()->setWriting(invented::allies(), QByteArray::number(i), QStringLiteral("Somebody"),
                                    true);
    CHECK(header->writing().size() <= 64);
    CHECK(writingText({QStringLiteral("Ingrid Nordli")}, false) ==
          QStringLiteral("Ingrid Nordli is writing…"));
    CHECK(writingText({QStringLiteral("Ingrid Nordli")}, true) == QStringLiteral("is writing…"));
    CHECK(writingText({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")}, false)
              .contains(QLatin1Char('3')));
}

TEST_CASE("details say who read a message, and to whom it was only delivered") {
    Fixture f;
    auto* sheet = new DetailsSheet(&f.theme, f.window.get());
    sheet->setDetails(invented::details());
    const QStringList lines = sheet->lines();
    const auto at = [&](const char* text) {
        for (qsizetype i = 0; i < lines.size(); ++i)
            if (lines.at(i).startsWith(QLatin1String(text)))
                return i;
        return qsizetype{-1};
    };
    REQUIRE(at("Read by") >= 0);
    CHECK(at("Ingrid Nordli") > at("Read by"));
    CHECK(at("Mei Lin") > at("Ingrid Nordli"));
    CHECK(at("Delivered to") > at("Mei Lin"));
    CHECK(at("Amina Diallo") > at("Delivered to"));
    CHECK(lines.join(QLatin1Char('\n')).contains(QStringLiteral("Read by 2 members")));
    delete sheet;
}
