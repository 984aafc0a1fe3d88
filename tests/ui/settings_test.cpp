// SPDX-License-Identifier: AGPL-3.0-or-later
// The settings: a choice is in force at once, a value that must be checked waits, and the search finds
// everything.
#include "tests/support/catch.h"
#include "tests/ui/settings_fixture.h"
#include "ui/accessibility/announcer.h"
#include "ui/error_text.h"
#include "ui/server_lines.h"
#include "ui/settings/appearance_page.h"
#include "ui/settings/help_page.h"
#include "ui/settings/notifications_page.h"
#include "ui/settings/privacy_page.h"
#include "ui/settings/writing_page.h"
#include "ui/theme/line_field.h"

#include <QDateTime>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::SettingsFixture;

namespace {

SettingsRow* rowOf(const SettingsPage* page, const QWidget* control) {
    for (SettingsRow* row : page->rows())
        if (row->control() == control)
            return row;
    return nullptr;
}

QStringList shownSections(const SettingsSheet& sheet) {
    QStringList out;
    for (int i = 0; i < sheet.sections()->count(); ++i)
        if (!sheet.sections()->item(i)->isHidden())
            out << sheet.sections()->item(i)->text();
    return out;
}

QStringList foundRows(const SettingsSheet& sheet) {
    QStringList out;
    for (const SettingsRow* row : sheet.current()->rows())
        if (row->isFound())
            out << row->title();
    return out;
}

} // namespace

TEST_CASE("every page says what it is, and every line has a name, a control and a word to be found by") {
    for (const QString& code : Language::available()) {
        Fixture f(code);
        QStringList titles;
        for (const SettingsPage* page : f.sheet->pages()) {
            INFO(code.toStdString() << " " << page->title().toStdString());
            CHECK_FALSE(page->title().isEmpty());
            CHECK_FALSE(page->searchWords().isEmpty());
            CHECK(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(page->icon())));
            CHECK_FALSE(page->problem());
            titles << page->title();
            CHECK_FALSE(page->rows().isEmpty());
            for (const SettingsRow* row : page->rows()) {
                CHECK_FALSE(row->title().isEmpty());
                REQUIRE(row->control());
                CHECK(row->control()->accessibleName() == row->title());
                CHECK(row->words().contains(row->title()));
            }
        }
        CHECK(titles.removeDuplicates() == 0);
        CHECK(f.sheet->sections()->count() == f.sheet->pages().size());
    }
    const Fixture english; // in which the other tests are written
}

TEST_CASE("what is chosen is kept at once, and is shown when the settings are opened again") {
    Fixture f;
    auto* look = f.show<AppearancePage>();
    const auto down = [](QWidget* box) {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
    };
    for (ChoiceBox* box :
         {look->themeBox(), look->contrastBox(), look->textBox(), look->densityBox(), look->motionBox()})
        down(box);
    CHECK(f.preferences.appearance() ==
          Appearance{ThemeMode::Light, Contrast::Normal, Density::Compact, Motion::Full, 110});
    auto* notifications = f.show<NotificationsPage>();
    down(notifications->contentBox());
    down(notifications->stayBox());
    CHECK(f.preferences.notificationContent.value() == NotificationContent::Bare);
    CHECK(f.preferences.notificationsStay.value());
    down(f.show<WritingPage>()->sendKeyBox());
    CHECK_FALSE(f.preferences.enterSends.value());
    auto* privacy = f.show<PrivacyPage>();
    privacy->receiptsBox()->setFocus();
    QTest::keyClick(privacy->receiptsBox(), Qt::Key_Space);
    // The words of a switch belong to it.
    QTest::mouseClick(rowOf(privacy, privacy->typingBox()), Qt::LeftButton, {}, QPoint(30, 20));
    CHECK_FALSE(f.preferences.receipts.value());
    CHECK(f.preferences.typing.value());
    down(f.show<AccountPage>()->languageBox());
    CHECK(f.preferences.language.value() == QStringLiteral("en"));

    f.make();
    CHECK(f.sheet->page<AppearancePage>()->textBox()->currentText() == QStringLiteral("110%"));
    CHECK(f.sheet->page<AppearancePage>()->densityBox()->currentIndex() == 1);
    CHECK(f.sheet->page<NotificationsPage>()->contentBox()->currentIndex() == 2);
    CHECK(f.sheet->page<WritingPage>()->sendKeyBox()->currentIndex() == 1);
    CHECK_FALSE(f.sheet->page<PrivacyPage>()->receiptsBox()->isChecked());
    CHECK(f.sheet->page<PrivacyPage>()->typingBox()->isChecked());
    CHECK(f.sheet->page<AccountPage>()->languageBox()->currentText() == QStringLiteral("English"));
    // A setting that was changed elsewhere is shown too.
    f.preferences.theme.set(ThemeMode::Dark);
    CHECK(f.sheet->page<AppearancePage>()->themeBox()->currentIndex() == 2);
}

TEST_CASE("a size that the keys chose stands among the sizes") {
    Fixture f;
    f.preferences.textPercent.set(120);
    f.make();
    CHECK(f.sheet->page<AppearancePage>()->textBox()->currentText() == QStringLiteral("120%"));
}

TEST_CASE("quiet is chosen for a time, gone through with the keys, and shown with its end") {
    Fixture f;
    auto* page = f.show<NotificationsPage>();
    ChoiceBox* box = page->quietBox();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    CHECK(f.preferences.quietUntil.value() >= now + 3600);
    CHECK(f.preferences.quietUntil.value() < now + 3700);
    QTest::keyClick(box, Qt::Key_Down);
    CHECK(f.preferences.quietUntil.value() >= now + 8 * 3600);
    f.make();
    box = f.sheet->page<NotificationsPage>()->quietBox();
    CHECK(box->currentText().startsWith(QStringLiteral("Until")));
    CHECK(box->count() == 5);
    box->setCurrentIndex(0);
    CHECK(f.preferences.quietUntil.value() == 0);
    // The tray's menu changed the setting meanwhile.
    f.preferences.quietUntil.set(now + 7200);
    CHECK(box->currentIndex() == 1);
    f.preferences.quietUntil.set(0);
    CHECK(box->count() == 4);
    CHECK(box->currentIndex() == 0);
}

TEST_CASE("the wheel scrolls a page and changes nothing on it") {
    Fixture f;
    ChoiceBox* box = f.show<AppearancePage>()->themeBox();
    box->setFocus();
    QWheelEvent turn(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton,
                     Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(box, &turn);
    CHECK(box->currentIndex() == 0);
    CHECK(f.preferences.theme.value() == ThemeMode::System);
}

TEST_CASE("a name is checked when its field is left, and what is wrong stands beside it") {
    Fixture f;
    auto* page = f.show<AccountPage>();
    const auto problem = [&] { return rowOf(page, page->nameField())->problem(); };
    page->nameField()->setFocus();
    page->nameField()->selectAll();
    QTest::keyClick(page->nameField(), Qt::Key_Delete);
    CHECK(problem().isEmpty()); // not while it is being written
    page->languageBox()->setFocus();
    CHECK(problem().contains(QStringLiteral("write a name")));
    CHECK(page->nameField()->accessibleDescription().startsWith(problem()));
    CHECK(f.account.names.isEmpty());
    // The settings stay open, on the page with the fault, in its field.
    f.show<WritingPage>();
    QTest::mouseClick(f.sheet->closeButton(), Qt::LeftButton);
    CHECK(f.sheet->isVisible());
    CHECK(f.sheet->current() == page);
    CHECK(f.sheet->focusWidget() == page->nameField());
    CHECK(f.sheet->announcer()->last() == problem());
    QTest::keyClicks(page->nameField(), QStringLiteral("  Lea   Marchetti-Diallo "));
    CHECK(problem().isEmpty());
    QTest::keyClick(page->nameField(), Qt::Key_Return);
    CHECK(f.sheet->isVisible()); // Enter is for the field
    CHECK(f.account.names == QStringList{QStringLiteral("Lea Marchetti-Diallo")});
    QTest::mouseClick(f.sheet->closeButton(), Qt::LeftButton);
    CHECK_FALSE(f.sheet->isVisible());
    CHECK(f.account.names.size() == 1);

    // A refusal stands there too, and it can be tried again.
    f.make();
    page = f.show<AccountPage>();
    f.account.refusal = ErrorCode::StorageFull;
    page->nameField()->setText(QStringLiteral("Lea"));
    page->apply();
    CHECK(problem() == errorText(ErrorCode::StorageFull));
    CHECK(page->problem());
    f.account.refusal.reset();
    page->apply();
    CHECK_FALSE(page->problem());
    CHECK(f.account.ownName == QStringLiteral("Lea"));
}

TEST_CASE("Escape leaves out what waits") {
    Fixture f;
    auto* page = f.show<ServersPage>();
    page->serversField()->setPlainText(QStringLiteral("relay.tamir.example"));
    QTest::keyClick(page->serversField(), Qt::Key_Escape);
    CHECK_FALSE(f.sheet->isVisible());
    CHECK(f.account.serverSets.isEmpty());
}

TEST_CASE("servers are saved by a button or on closing, checked, and can be put back") {
    Fixture f;
    auto* page = f.show<ServersPage>();
    const auto problem = [&] { return rowOf(page, page->serversField())->problem(); };
    const QString before = page->serversField()->toPlainText();
    CHECK_FALSE(page->saveButton()->isVisible());
    page->serversField()->setPlainText(QStringLiteral("relay.tamir.example"));
    REQUIRE(page->saveButton()->isVisible());
    QTest::mouseClick(page->saveButton(), Qt::LeftButton);
    CHECK(problem() == errorText(ErrorCode::InvalidUrl));
    CHECK(f.sheet->focusWidget() == page->serversField());
    f.show<WritingPage>();
    f.sheet->finish();
    CHECK(f.sheet->isVisible());
    CHECK(f.sheet->current() == page);
    QTest::mouseClick(page->undoButton(), Qt::LeftButton);
    CHECK(problem().isEmpty());
    CHECK(page->serversField()->toPlainText() == before);
    CHECK_FALSE(page->saveButton()->isVisible());
    CHECK(f.account.serverSets.isEmpty());

    page->serversField()->setPlainText(QString());
    CHECK(page->problem().text == serverProblem({}));
    page->serversField()->setPlainText(QStringLiteral("wss://relay.tamir.example, ws://127.0.0.1:7000"));
    f.account.refusal = ErrorCode::InsecureUrl;
    QTest::mouseClick(page->saveButton(), Qt::LeftButton);
    CHECK(problem() == errorText(ErrorCode::InsecureUrl));
    REQUIRE(page->saveButton()->isVisible());
    f.account.refusal.reset();
    QTest::mouseClick(page->saveButton(), Qt::LeftButton);
    CHECK(problem().isEmpty());
    CHECK_FALSE(page->saveButton()->isVisible());
    CHECK(f.account.urls.size() == 2);
    page->serversField()->setPlainText(QStringLiteral("wss://relay.kasara.example"));
    f.sheet->finish();
    CHECK_FALSE(f.sheet->isVisible());
    CHECK(f.account.urls == QStringList{QStringLiteral("wss://relay.kasara.example")});
    CHECK(f.account.ways.isEmpty());
}

TEST_CASE("Tab goes from the search to the sections, through the page and to the button, as they are read") {
    Fixture f;
    const auto next = [&] {
        QTest::keyClick(f.sheet->focusWidget(), Qt::Key_Tab);
        return f.sheet->focusWidget();
    };
    auto* look = f.show<AppearancePage>();
    f.sheet->searchField()->setFocus();
    CHECK(next() == f.sheet->sections());
    for (const SettingsRow* row : look->rows())
        CHECK(next() == row->control());
    CHECK(next() == f.sheet->closeButton());
    CHECK(next() == f.sheet->searchField());
    auto* help = f.show<HelpPage>();
    f.sheet->sections()->setFocus();
    CHECK(next() == help->keysButton());
    CHECK(next() == help->diagnosticsButton());
    CHECK(next() == f.sheet->closeButton());
    // The keys of the window lead to the search from wherever one is.
    QTest::keyClick(f.sheet->focusWidget(), Qt::Key_F, Qt::ControlModifier);
    CHECK(f.sheet->focusWidget() == f.sheet->searchField());
}

TEST_CASE("keys and diagnostics are shown from the help page") {
    Fixture f;
    auto* page = f.show<HelpPage>();
    QTest::mouseClick(page->keysButton(), Qt::LeftButton);
    QTest::mouseClick(page->diagnosticsButton(), Qt::LeftButton);
    CHECK(f.keysShown == 1);
    CHECK(f.diagnosticsShown == 1);
}

TEST_CASE("settings are found on all pages by what they are called, offer and are about") {
    Fixture f;
    f.open();
    LineField* field = f.sheet->searchField();
    const auto search = [&](const char* text) {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QString::fromUtf8(text));
    };
    search("contr");
    CHECK(shownSections(*f.sheet) == QStringList{QStringLiteral("Appearance")});
    CHECK(f.sheet->current() == f.sheet->page<AppearancePage>());
    CHECK(foundRows(*f.sheet) == QStringList{QStringLiteral("Contrast")});
    CHECK(f.sheet->announcer()->last().contains(QStringLiteral("Appearance: Contrast")));
    CHECK(f.sheet->focusWidget() == field);
    // Enter goes to what was found.
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(f.sheet->focusWidget() == f.sheet->page<AppearancePage>()->contrastBox());
    // The search finds the texts of a choice, in upper or lower case.
    search("NOTHING MOVES");
    CHECK(foundRows(*f.sheet) == QStringList{QStringLiteral("Motion")});
    // A search word of the page that its visible texts do not contain.
    search("zoom");
    CHECK(shownSections(*f.sheet) == QStringList{QStringLiteral("Appearance")});
    CHECK(foundRows(*f.sheet).isEmpty());
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(f.sheet->focusWidget() == f.sheet->page<AppearancePage>()->themeBox());
    // Several pages: the keys go from one to the next while one writes.
    search("keyboard");
    const QStringList several = shownSections(*f.sheet);
    CHECK(several == QStringList{QStringLiteral("Writing"), QStringLiteral("Help")});
    CHECK(f.sheet->current() == f.sheet->page<HelpPage>()); // a line there says it
    QTest::keyClick(field, Qt::Key_Up);
    CHECK(f.sheet->current() == f.sheet->page<WritingPage>());
    QTest::keyClick(field, Qt::Key_Up);
    CHECK(f.sheet->current() == f.sheet->page<WritingPage>());
    QTest::keyClick(field, Qt::Key_Down);
    CHECK(f.sheet->current() == f.sheet->page<HelpPage>());
    CHECK_FALSE(f.sheet->nothingLabel()->isVisible());
    search("dromedary");
    CHECK(shownSections(*f.sheet).isEmpty());
    CHECK(f.sheet->nothingLabel()->isVisible());
    CHECK(f.sheet->announcer()->last() == f.sheet->nothingLabel()->text());
    // Escape ends the search, and only then the settings.
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK(f.sheet->isVisible());
    CHECK(shownSections(*f.sheet).size() == f.sheet->pages().size());
    for (const SettingsPage* page : f.sheet->pages())
        for (const SettingsRow* row : page->rows())
            CHECK_FALSE(row->isFound());
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK_FALSE(f.sheet->isVisible());
}

TEST_CASE("what was found is seen, without accents, in French and Arabic") {
    for (const auto& [code, text] : {std::pair("fr", "contraste eleve"), std::pair("ar", "التباين")}) {
        Fixture f(QLatin1String(code), {});
        INFO(code);
        f.open();
        f.sheet->searchField()->setText(QString::fromUtf8(text));
        CHECK(f.sheet->current() == f.sheet->page<AppearancePage>());
        CHECK(foundRows(*f.sheet).size() == 1);
    }
    Fixture f;
    // A line at the end of a long page is scrolled to.
    f.open();
    f.sheet->resize(f.sheet->minimumSize());
    QTest::keyClicks(f.sheet->searchField(), QStringLiteral("motion"));
    QCoreApplication::sendPostedEvents();
    SettingsRow* row = rowOf(f.sheet->current(), f.sheet->page<AppearancePage>()->motionBox());
    REQUIRE(row->isFound());
    CHECK(row->visibleRegion().boundingRect().contains(row->rect().center()));
}

TEST_CASE("a problem on a page that the search has hidden is shown all the same") {
    Fixture f;
    auto* page = f.show<ServersPage>();
    page->serversField()->setPlainText(QStringLiteral("relay.tamir.example"));
    QTest::keyClicks(f.sheet->searchField(), QStringLiteral("contrast"));
    CHECK(f.sheet->current() != page);
    f.sheet->finish();
    CHECK(f.sheet->current() == page);
    CHECK(f.sheet->searchField()->text().isEmpty());
    CHECK(page->serversField()->isVisible());
}

TEST_CASE("what an organisation has set is shown with a sentence, and cannot be changed") {
    Fixture f;
    f.preferences.receipts.set(true);
    QHash<QString, Preferences::Given> given;
    given.insert(f.preferences.receipts.key(), {QStringLiteral("off"), true});
    given.insert(f.preferences.notificationContent.key(),
                 {static_cast<int>(NotificationContent::Bare), true});
    given.insert(f.preferences.spelling.key(), {QStringLiteral("off"), true});
    f.preferences.setGiven(given);
    const auto look = [&](SettingsPage* page, QWidget* control) {
        SettingsRow* row = rowOf(page, control);
        REQUIRE(row);
        CHECK_FALSE(control->isEnabled());
        CHECK(row->reason() == QStringLiteral("Set by your organisation."));
        CHECK(control->accessibleDescription().contains(row->reason()));
        CHECK(control->toolTip() == row->reason());
    };
    auto* privacy = f.show<PrivacyPage>();
    look(privacy, privacy->receiptsBox());
    CHECK_FALSE(privacy->receiptsBox()->isChecked());
    QTest::keyClick(privacy->receiptsBox(), Qt::Key_Space);
    QTest::mouseClick(rowOf(privacy, privacy->receiptsBox()), Qt::LeftButton, {}, QPoint(30, 20));
    CHECK_FALSE(f.preferences.receipts.value());
    CHECK(privacy->typingBox()->isEnabled());
    CHECK(rowOf(privacy, privacy->typingBox())->reason().isEmpty());
    auto* notifications = f.show<NotificationsPage>();
    look(notifications, notifications->contentBox());
    CHECK(notifications->contentBox()->currentIndex() == 2);
    // It opens and closes as always; nothing of it is kept as if it had been chosen.
    f.sheet->finish();
    CHECK_FALSE(f.sheet->isVisible());
    f.preferences.setGiven({});
    CHECK(privacy->receiptsBox()->isEnabled());
    CHECK(privacy->receiptsBox()->isChecked());
    CHECK(rowOf(privacy, privacy->receiptsBox())->reason().isEmpty());
    CHECK_FALSE(f.profile.texts.contains(f.preferences.spelling.key()));
}

TEST_CASE("nothing of the settings is wider than its page, in any language and size") {
    for (const QString& code : Language::available()) {
        Fixture f(code);
        f.open();
        for (const int percent : {100, 150, 200}) {
            Appearance look = f.theme.appearance();
            look.textPercent = percent;
            f.theme.setAppearance(look);
            for (const bool narrow : {false, true}) {
                if (narrow)
                    f.sheet->resize(f.sheet->minimumSize());
                for (SettingsPage* page : f.sheet->pages()) {
                    f.sheet->showPage(page);
                    QCoreApplication::sendPostedEvents();
                    QCoreApplication::processEvents();
                    INFO(code.toStdString() << " " << percent << " " << page->title().toStdString());
                    QWidget* within = page->parentWidget()->parentWidget()->parentWidget();
                    CHECK(page->mapTo(within, QPoint(0, 0)).x() >= 0);
                    CHECK(page->mapTo(within, QPoint(page->width(), 0)).x() <= within->width());
                    for (const SettingsRow* row : page->rows()) {
                        if (!row->control()->isVisible())
                            continue;
                        const QRect control(row->control()->mapTo(row, QPoint(0, 0)), row->control()->size());
                        INFO(row->title().toStdString()
                             << ": " << control.x() << " + " << control.width() << " of " << row->width()
                             << ", " << control.y() << " + " << control.height() << " of " << row->height());
                        CHECK(row->rect().contains(control));
                    }
                }
            }
        }
        f.theme.setAppearance({});
    }
}
