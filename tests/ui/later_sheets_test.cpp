// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/invented.h"
#include "tests/ui/looks.h"
#include "ui/conversation/scheduled_sheet.h"
#include "ui/conversation/send_later_sheet.h"
#include "ui/language/language.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

using namespace valise;
using namespace valise::ui;

namespace {

struct Looks : uitest::Looks {
    std::unique_ptr<SendLaterSheet> sheet(const QDateTime& now, const char* zone,
                                          const QDateTime& chosen = {}) {
        return uitest::shown(new SendLaterSheet(now, QTimeZone(zone), chosen, &theme, nullptr));
    }
};

QAbstractButton* choice(const SendLaterSheet& sheet, const QString& words) {
    for (QAbstractButton* button : sheet.choices()->buttons())
        if (button->text().startsWith(words))
            return button;
    return nullptr;
}

//! On the circle: how far beside the words a click counts is the style's.
void press(const SendLaterSheet& sheet, const QString& words) {
    QAbstractButton* button = choice(sheet, words);
    REQUIRE(button);
    QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
}

} // namespace

TEST_CASE("a message to be sent later goes by the reader's clock") {
    Looks looks;
    // A Friday, far enough ahead that every choice is in the future. 15:30 in New York.
    const QDateTime now(QDate(2099, 11, 27), QTime(20, 30), QTimeZone::utc());
    const auto sheet = looks.sheet(now, "America/New_York");
    QSignalSpy chosen(sheet.get(), &SendLaterSheet::chosen);
    const auto utc = [](int day, int hour, int minute = 0) {
        return QDateTime(QDate(2099, 11, day), QTime(hour, minute), QTimeZone::utc());
    };
    CHECK(sheet->when() == utc(28, 14)); // tomorrow at nine, there
    REQUIRE(choice(*sheet, QStringLiteral("In an hour")));
    press(*sheet, QStringLiteral("In an hour"));
    CHECK(sheet->when() == utc(27, 21, 30));
    press(*sheet, QStringLiteral("This evening"));
    CHECK(sheet->when() == utc(27, 23));
    CHECK(sheet->summary().contains(QStringLiteral("New York")));
    press(*sheet, QStringLiteral("Monday"));
    CHECK(sheet->when() == utc(30, 14));
    // The reader is elsewhere: Monday morning is earlier.
    sheet->zoneBox()->lineEdit()->selectAll();
    QTest::keyClicks(sheet->zoneBox()->lineEdit(), QStringLiteral("Tokyo"));
    QTest::keyClick(sheet->zoneBox()->lineEdit(), Qt::Key_Return);
    CHECK(sheet->zone().id() == QByteArray("Asia/Tokyo"));
    CHECK(sheet->when() == utc(30, 0));
    CHECK(choice(*sheet, QStringLiteral("This evening"))->isVisible());
    CHECK(chosen.isEmpty()); // the key chose a place, and sent nothing
    // In Nairobi the evening is over.
    sheet->zoneBox()->lineEdit()->selectAll();
    QTest::keyClicks(sheet->zoneBox()->lineEdit(), QStringLiteral("nairobi"));
    QTest::keyClick(sheet->zoneBox()->lineEdit(), Qt::Key_Return);
    CHECK(sheet->zone().id() == QByteArray("Africa/Nairobi"));
    CHECK_FALSE(choice(*sheet, QStringLiteral("This evening"))->isVisible());
    // A text that is no place changes nothing.
    sheet->zoneBox()->lineEdit()->selectAll();
    QTest::keyClicks(sheet->zoneBox()->lineEdit(), QStringLiteral("nowhere at all"));
    QTest::keyClick(sheet->zoneBox()->lineEdit(), Qt::Key_Return);
    CHECK(sheet->zone().id() == QByteArray("Africa/Nairobi"));

    sheet->timeField()->setDateTime(QDateTime(QDate(2020, 1, 1), QTime(9, 0)));
    CHECK(choice(*sheet, QStringLiteral("Another time"))->isChecked());
    QTest::mouseClick(sheet->mainButton(), Qt::LeftButton);
    CHECK(chosen.isEmpty());
    CHECK_FALSE(sheet->errorShown().isEmpty());
    sheet->timeField()->setDateTime(QDateTime(QDate(2099, 12, 24), QTime(9, 0)));
    CHECK(sheet->errorShown().isEmpty());
    QTest::mouseClick(sheet->mainButton(), Qt::LeftButton);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toDateTime() == QDateTime(QDate(2099, 12, 24), QTime(6, 0), QTimeZone::utc()));
}

TEST_CASE("another time is offered from the one that was chosen") {
    Looks looks;
    const QDateTime now(QDate(2099, 11, 27), QTime(12, 0), QTimeZone::utc());
    const QDateTime due(QDate(2099, 12, 1), QTime(14, 45), QTimeZone::utc());
    const auto sheet = looks.sheet(now, "America/New_York", due);
    CHECK(choice(*sheet, QStringLiteral("Another time"))->isChecked());
    CHECK(sheet->timeField()->time() == QTime(9, 45));
    CHECK(sheet->when() == due);
    // On a Sunday "Monday morning" is tomorrow's: said once.
    const auto sunday =
        looks.sheet(QDateTime(QDate(2099, 11, 29), QTime(12, 0), QTimeZone::utc()), "America/New_York");
    CHECK_FALSE(choice(*sunday, QStringLiteral("Monday"))->isVisible());
}

TEST_CASE("what is to be sent later is listed with its time, and what was missed says so") {
    Looks looks;
    ScheduledSheet sheet(&looks.theme, nullptr);
    sheet.setAttribute(Qt::WA_DeleteOnClose, false);
    sheet.show();
    CHECK_FALSE(sheet.sendButton()->isEnabled());
    sheet.setMessages(invented::scheduled());
    REQUIRE(sheet.list()->count() == 2);
    CHECK(sheet.list()->item(0)->text().startsWith(QStringLiteral("Not sent")));
    CHECK(sheet.list()->item(1)->text().contains(QStringLiteral("New York")));
    QSignalSpy deleted(&sheet, &ScheduledSheet::deleteWanted);
    sheet.list()->setFocus();
    QTest::keyClick(sheet.list(), Qt::Key_Down);
    QTest::mouseClick(sheet.deleteButton(), Qt::LeftButton);
    REQUIRE(deleted.size() == 1);
    CHECK(deleted.at(0).at(0).value<client::ScheduledRecord>().id == 2);
}
