// SPDX-License-Identifier: AGPL-3.0-or-later
// A window must bear other languages: longer words, the other direction, larger text.
#include "tests/ui/looks.h"
#include "tests/ui/workspace_fixture.h"
#include "ui/conversation/message_menu.h"
#include "ui/conversation/starred_sheet.h"
#include "ui/dialogs/diagnostics_sheet.h"
#include "ui/dialogs/keys_sheet.h"
#include "ui/format.h"
#include "ui/onboarding/onboarding_page.h"
#include "ui/people/invitation_sheet.h"
#include "ui/people/people_picker.h"

#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QToolButton>

#include <cmath>

using namespace valise;
using namespace valise::ui;
using Fixture = uitest::WorkspaceFixture;
using uitest::shown;

namespace {

const QString kFrench = QStringLiteral("fr");
const QString kArabic = QStringLiteral("ar");

Appearance withText(int percent) {
    Appearance a;
    a.mode = ThemeMode::Light;
    a.contrast = Contrast::Normal;
    a.textPercent = percent;
    return a;
}

QImage painted(const QString& icon) {
    QImage image(48, 48, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    Theme::paintIcon(painter, icon, QRectF(0, 0, 48, 48), Qt::black);
    return image;
}

//! The place of a field's caret, as a part of the field's width, which is 1.
double caret(QWidget* field) {
    field->grab(); // a field places its text when it is painted
    return field->inputMethodQuery(Qt::ImCursorRectangle).toRectF().center().x() / field->width();
}

} // namespace

TEST_CASE("nothing in the side panel is wider than the panel") {
    for (const QString& language : {kFrench, kArabic}) {
        Fixture f(language);
        f.space->page()->setMembers(invented::allies(), invented::members());
        f.space->setConnection(invented::waitingConnection());
        f.window->resize(1900, 1000);
        for (const int percent : {100, 125, 150, 200}) {
            f.theme.setAppearance(withText(percent));
            f.space->setSidePanelShown(true);
            QCoreApplication::sendPostedEvents();
            auto* panel = f.window->findChild<QWidget*>(QStringLiteral("sidePanel"));
            REQUIRE(panel);
            auto* area = panel->findChild<QScrollArea*>();
            REQUIRE(area);
            INFO(language.toStdString() << percent);
            CHECK(area->widget()->minimumSizeHint().width() <= area->viewport()->width());
            CHECK(area->widget()->width() == area->viewport()->width());
        }
        f.theme.setAppearance(withText(100));
    }
}

TEST_CASE("the buttons of the selection stay whole, as words or as pictures") {
    Fixture f(kFrench);
    auto* bar = f.space->page()->selectionBar();
    f.view()->showRow(3);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_Space);
    REQUIRE(bar->isVisible());
    const QVector<QPushButton*> buttons{bar->copyButton(), bar->forwardButton(), bar->deleteButton(),
                                        bar->cancelButton()};
    for (const int percent : {100, 150, 200}) {
        for (const int width : {760, 1100, 1320, 1900}) {
            f.theme.setAppearance(withText(percent));
            f.window->resize(width, 800);
            QCoreApplication::sendPostedEvents();
            INFO(percent << " % in " << width);
            for (const auto* button : buttons) {
                CHECK(button->width() >= button->sizeHint().width());
                CHECK(button->geometry().left() >= 0);
                CHECK(button->geometry().right() < bar->width());
                CHECK(button->height() >= button->sizeHint().height());
                // Either the word, or a picture that says it.
                CHECK(button->text().isEmpty() == !button->icon().isNull());
                CHECK(button->text().isEmpty() == !button->toolTip().isEmpty());
                CHECK_FALSE(button->accessibleName().isEmpty());
            }
        }
    }
    f.theme.setAppearance(withText(100));
    QCoreApplication::sendPostedEvents();
    CHECK_FALSE(bar->copyButton()->text().isEmpty());
    f.theme.setAppearance(withText(200));
    f.window->resize(760, 800);
    QCoreApplication::sendPostedEvents();
    CHECK(bar->copyButton()->text().isEmpty());
    QSignalSpy forwarded(f.space->page(), &ConversationPage::forwardRequested);
    QTest::mouseClick(bar->forwardButton(), Qt::LeftButton);
    CHECK(forwarded.size() == 1);
    f.theme.setAppearance(withText(100));
}

TEST_CASE("an empty field of a window from right to left begins on the right") {
    Fixture f(kArabic);
    auto* search = f.space->listPane()->searchField();
    search->setFocus();
    CHECK(caret(search) > 0.7);
    QTest::keyClicks(search, QStringLiteral("x"));
    CHECK(caret(search) > 0.7);
    // It stays on its line when the first letter is written.
    const auto height = [search] {
        search->grab();
        return search->inputMethodQuery(Qt::ImCursorRectangle).toRectF().center().y();
    };
    const double written = height();
    search->clear();
    CHECK(std::abs(height() - written) <= 1);
    CHECK(caret(f.field()) > 0.7);
    const auto picker = shown(new PeoplePicker(PeoplePicker::Purpose::Start, &f.theme, nullptr));
    auto* paste = picker->findChild<QPlainTextEdit*>(QStringLiteral("addressField"));
    REQUIRE(paste);
    CHECK(caret(paste) > 0.7);
    QTest::keyClicks(paste, QStringLiteral("npub1"));
    CHECK(caret(paste) < 0.4);
    f.field()->setFocus();
    // A paragraph of Latin letters begins on the left.
    QTest::keyClicks(f.field(), QStringLiteral("x"));
    CHECK(caret(f.field()) < 0.3);
    QTest::keyClick(f.field(), Qt::Key_Backspace);
    CHECK(caret(f.field()) > 0.7);
}

TEST_CASE("pictures that point somewhere are turned around with the window") {
    uitest::application();
    Language language;
    for (const char* icon : {"send", "reply", "forward", "back", "leave", "sidebar", "list", "quote"}) {
        INFO(icon);
        language.use(QStringLiteral("en"));
        const QImage plain = painted(QLatin1String(icon));
        language.use(kArabic);
        const QImage turned = painted(QLatin1String(icon));
        CHECK_FALSE(plain == turned);
        const QImage again = turned.mirrored(true, false);
        int different = 0;
        for (int y = 0; y < plain.height(); ++y)
            for (int x = 0; x < plain.width(); ++x)
                different += std::abs(qGray(plain.pixel(x, y)) - qGray(again.pixel(x, y))) > 24 ? 1 : 0;
        CHECK(different == 0);
    }
    language.use(QStringLiteral("en"));
    const QImage clock = painted(QStringLiteral("clock"));
    language.use(kArabic);
    CHECK(painted(QStringLiteral("clock")) == clock);
    language.use(QStringLiteral("en"));
}

TEST_CASE("keys are named in the language of the window, wherever they are shown") {
    Fixture f(kFrench);
    CHECK(withKeys(QStringLiteral("Supprimer"), QStringLiteral("Del")) ==
          QStringLiteral("Supprimer (Suppr)"));
    CHECK(keysText(QKeySequence(Qt::Key_Space)) == QStringLiteral("Espace"));
    CHECK(f.space->page()->composer()->sendButton()->toolTip().contains(QStringLiteral("Entrée")));
    // The keys that are written in the program are the same in every language.
    CHECK(QKeySequence(QStringLiteral("Return")) == QKeySequence(Qt::Key_Return));
    CHECK(QKeySequence(QStringLiteral("Shift+F6")) == QKeySequence(Qt::SHIFT | Qt::Key_F6));
    QTest::keyClicks(f.field(), QStringLiteral("oui"));
    QSignalSpy sent(f.space->page()->composer(), &Composer::sendRequested);
    QTest::keyClick(f.field(), Qt::Key_Return);
    CHECK(sent.size() == 1);
    f.view()->showRow(3);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_Menu);
    auto* menu = f.window->findChild<MessageMenu*>();
    REQUIRE(menu);
    QStringList keys;
    for (const QAction* action : menu->actions())
        keys << action->shortcut().toString(QKeySequence::NativeText);
    CHECK(keys.contains(QStringLiteral("Espace")));
    CHECK(keys.contains(QStringLiteral("Suppr")));
    menu->close();
    for (const QString& language : {kFrench, kArabic}) {
        f.language.use(language);
        const auto sheet = shown(new KeysSheet(&f.theme, nullptr));
        QStringList texts;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            texts << label->text();
        const QString all = texts.join(QLatin1Char('\n'));
        for (const char* english : {"Space", "Del\n", "Return", "Backspace", "Up", "Down", "Home", "Esc"}) {
            INFO(language.toStdString() << " " << english);
            CHECK_FALSE(all.contains(QLatin1String(english)));
        }
    }
}

TEST_CASE("names and texts of another direction stay together in sentences") {
    uitest::application();
    Language language;
    language.use(QStringLiteral("en"));
    const QString latin = QStringLiteral("Ingrid Nordli");
    const QString arabic = QString::fromUtf8("ليلى");
    const auto held = [](const QString& text) { return QChar(0x2068) + text + QChar(0x2069); };
    CHECK(isolated(latin) == latin);
    CHECK(isolated(QString::fromUtf8("👍")) == QString::fromUtf8("👍"));
    CHECK(isolated(arabic) == held(arabic));
    language.use(kArabic);
    CHECK(isolated(latin) == held(latin));
    CHECK(isolated(QString()).isEmpty());
    client::ConversationRecord c;
    c.lastOwn = true;
    c.lastText = QStringLiteral("Room 4 at 16:00 then.");
    CHECK(previewText(c).endsWith(held(c.lastText)));
    CHECK(systemText(client::SystemKind::MemberAdded, latin, false, arabic).contains(held(latin)));
    Theme theme;
    const auto sheet = shown(new StarredSheet(&theme, nullptr));
    const auto hits = invented::hits(QStringLiteral("para"));
    sheet->setMessages(hits);
    const auto* list = sheet->findChild<QListWidget*>(QStringLiteral("starredList"));
    REQUIRE(list);
    CHECK(list->item(0)->text().contains(held(momentText(hits.first().message.createdAt))));
    CHECK(list->item(0)->text().contains(held(hits.first().conversationName)));
    language.use(QStringLiteral("en"));
}

TEST_CASE("English that is chosen by hand writes days before months, and weeks begin on Monday") {
    uitest::application();
    Language language;
    language.use(QStringLiteral("en"));
    CHECK(QLocale().firstDayOfWeek() == Qt::Monday);
    const qint64 at = QDateTime(QDate(2026, 11, 24), QTime(14, 29)).toSecsSinceEpoch();
    CHECK(momentText(at) == QStringLiteral("24 Nov 2026, 14:29"));
    language.use(kFrench);
    CHECK(momentText(at) == QString::fromUtf8("24 nov. 2026, 14:29"));
    language.use(QStringLiteral("en"));
}

TEST_CASE("all titles of the first steps are equally large") {
    Fixture f;
    f.window->showOnboarding();
    QCoreApplication::sendPostedEvents();
    const auto titles = f.window->onboarding()->findChildren<QLabel*>(QStringLiteral("title"));
    REQUIRE(titles.size() == 5);
    const QFont wanted = f.theme.font(22, QFont::DemiBold);
    for (const auto* title : titles) {
        INFO(title->text().toStdString());
        CHECK(title->font().pointSizeF() == Approx(wanted.pointSizeF()));
        CHECK(title->font().weight() == wanted.weight());
    }
}

TEST_CASE("an invitation shows the whole address, and both buttons copy the whole") {
    uitest::application();
    Language language;
    language.use(QStringLiteral("en"));
    Theme theme;
    const client::AccountRecord account = invented::account();
    const auto sheet = shown(new InvitationSheet(account, &theme, nullptr));
    auto* address = sheet->findChild<QLabel*>(QStringLiteral("address"));
    REQUIRE(address);
    CHECK(address->text().remove(QLatin1Char(' ')) == account.address);
    CHECK(address->height() >= address->heightForWidth(address->width()));
    QVector<QPushButton*> copy;
    for (auto* button : sheet->findChildren<QPushButton*>())
        if (!button->icon().isNull())
            copy << button;
    REQUIRE(copy.size() == 2);
    CHECK(copy.at(0)->width() == copy.at(1)->width());
    QTest::mouseClick(copy.at(0), Qt::LeftButton);
    CHECK(QApplication::clipboard()->text() == account.invitationLink);
    QTest::mouseClick(copy.at(1), Qt::LeftButton);
    CHECK(QApplication::clipboard()->text() == account.address);
}

TEST_CASE("a reason of the diagnostics is shown in full") {
    uitest::application();
    Language language;
    language.use(QStringLiteral("en"));
    Theme theme;
    const auto sheet = shown(new DiagnosticsSheet(&theme, nullptr));
    const QString reason = QStringLiteral("the event's signature does not verify, and ").repeated(4);
    sheet->setRecords({{QStringLiteral("wss://relay.kasara.example"), QStringLiteral("invalid_signature"),
                        reason, 3, 1790000000}});
    QCoreApplication::sendPostedEvents();
    QTableWidget* table = nullptr;
    for (auto* one : sheet->findChildren<QTableWidget*>())
        if (one->columnCount() == 5)
            table = one;
    REQUIRE(table);
    CHECK(table->item(0, 2)->toolTip() == reason);
    const int one = table->fontMetrics().lineSpacing();
    const int lines = table->fontMetrics()
                          .boundingRect(QRect(0, 0, table->columnWidth(2), 10'000), Qt::TextWordWrap, reason)
                          .height() /
                      one;
    CHECK(lines > 1);
    CHECK(table->rowHeight(0) >= one * lines);
}
