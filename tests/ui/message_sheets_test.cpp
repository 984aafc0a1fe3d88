// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/invented.h"
#include "tests/ui/looks.h"
#include "ui/conversation/date_sheet.h"
#include "ui/conversation/delete_sheet.h"
#include "ui/conversation/details_sheet.h"
#include "ui/conversation/forward_sheet.h"
#include "ui/conversation/starred_sheet.h"
#include "ui/language/language.h"

#include <QCalendarWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>

using namespace valise;
using namespace valise::ui;
using uitest::Looks;
using uitest::shown;

TEST_CASE("messages are forwarded to the conversations that are ticked") {
    Looks looks;
    const auto sheet = shown(new ForwardSheet({invented::page().messages.at(1)}, invented::conversations(),
                                              &looks.theme, nullptr));
    QSignalSpy chosen(sheet.get(), &ForwardSheet::chosen);
    CHECK(sheet->list()->count() == 6); // not the request
    QTest::mouseClick(sheet->mainButton(), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    CHECK_FALSE(sheet->errorShown().isEmpty());
    QTest::keyClicks(sheet->filterField(), QStringLiteral("jean"));
    int visible = 0;
    for (int i = 0; i < sheet->list()->count(); ++i)
        visible += sheet->list()->item(i)->isHidden() ? 0 : 1;
    CHECK(visible == 1);
    // With the space bar, as every list of boxes.
    sheet->list()->setFocus();
    sheet->list()->setCurrentRow(3);
    QTest::keyClick(sheet->list(), Qt::Key_Space);
    sheet->filterField()->clear();
    sheet->list()->setCurrentRow(0);
    QTest::keyClick(sheet->list(), Qt::Key_Space);
    QTest::mouseClick(sheet->mainButton(), Qt::LeftButton);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).value<QVector<QByteArray>>() ==
          QVector<QByteArray>{invented::allies(), invented::conversations().at(3).id});
}

TEST_CASE("deleting for everyone is offered for one's own messages only, and never by accident") {
    Looks looks;
    const auto mine = invented::page().messages.at(4);
    const auto theirs = invented::page().messages.at(1);
    const auto both = shown(new DeleteSheet({mine, theirs}, true, &looks.theme, nullptr));
    CHECK_FALSE(both->forEveryoneButton());
    CHECK_FALSE(shown(new DeleteSheet({mine}, false, &looks.theme, nullptr))->forEveryoneButton());
    const auto sheet = shown(new DeleteSheet({mine}, true, &looks.theme, nullptr));
    QSignalSpy forMe(sheet.get(), &DeleteSheet::forMe);
    QSignalSpy forEveryone(sheet.get(), &DeleteSheet::forEveryone);
    QTest::keyClick(sheet.get(), Qt::Key_Return);
    CHECK_FALSE(sheet->isVisible());
    CHECK((forMe.isEmpty() && forEveryone.isEmpty()));
    sheet->show();
    REQUIRE(sheet->forEveryoneButton());
    QTest::mouseClick(sheet->forEveryoneButton(), Qt::LeftButton);
    CHECK(forEveryone.size() == 1);
    QTest::mouseClick(sheet->forMeButton(), Qt::LeftButton);
    CHECK(forMe.size() == 1);
}

TEST_CASE("details tell servers, versions and who reacted") {
    Looks looks;
    const auto sheet = shown(new DetailsSheet(&looks.theme, nullptr));
    sheet->setDetails(invented::details());
    const QString all = sheet->lines().join(QLatin1Char('\n'));
    CHECK(all.contains(QStringLiteral("Written by: Lea Marchetti (you)")));
    CHECK(all.contains(QStringLiteral("Read by 2 members")));
    CHECK(all.contains(QStringLiteral("wss://relay.kasara.example: holds it since")));
    CHECK(all.contains(QStringLiteral("wss://relay.tamir.example: refused it: blocked: not on the list")));
    CHECK(all.contains(QStringLiteral("We can, with the review kept.")));
    CHECK(all.contains(QStringLiteral("Ingrid Nordli, Mei Lin")));
    CHECK(sheet->lines().filter(QStringLiteral("epoch")).isEmpty());
}

TEST_CASE("starred messages and dates lead into the timeline") {
    Looks looks;
    const auto starred = shown(new StarredSheet(&looks.theme, nullptr));
    QSignalSpy chosen(starred.get(), &StarredSheet::chosen);
    starred->setMessages(invented::hits(QStringLiteral("para")));
    REQUIRE(starred->list()->count() > 0);
    QTest::mouseClick(starred->list()->viewport(), Qt::LeftButton, {},
                      starred->list()->visualItemRect(starred->list()->item(0)).center());
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).value<client::MessageRecord>().row == 2);
    CHECK_FALSE(starred->isVisible());

    const auto date = shown(new DateSheet(QDate(2026, 11, 24), &looks.theme, nullptr));
    QSignalSpy day(date.get(), &DateSheet::chosen);
    date->calendar()->setMaximumDate(QDate(2026, 12, 31));
    date->calendar()->setSelectedDate(QDate(2026, 11, 24));
    REQUIRE(date->calendar()->focusProxy());
    QTest::keyClick(date->calendar()->focusProxy(), Qt::Key_Left);
    QTest::mouseClick(date->mainButton(), Qt::LeftButton);
    REQUIRE(day.size() == 1);
    CHECK(day.at(0).at(0).toDate() == QDate(2026, 11, 23));
}
