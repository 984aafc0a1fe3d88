// SPDX-License-Identifier: AGPL-3.0-or-later
// The window over a real profile: actions with mouse and keys reach the database and come back.
#include "tests/support/catch.h"
#include "tests/ui/application.h"
#include "tests/ui/dictionary_fixture.h"
#include "ui/conversation/delete_sheet.h"
#include "ui/conversation/details_sheet.h"
#include "ui/conversation/forward_sheet.h"
#include "ui/conversation/message_actions.h"
#include "ui/conversation/scheduled_sheet.h"
#include "ui/conversation/send_later_sheet.h"
#include "ui/conversation/starred_sheet.h"
#include "ui/people/member_row.h"
#include "ui/people/people_controller.h"
#include "ui/people/side_panel.h"
#include "ui/settings/appearance_page.h"
#include "ui/settings/privacy_page.h"
#include "ui/settings/settings_sheet.h"
#include "ui/settings/spelling_page.h"
#include "ui/settings/writing_page.h"
#include "ui/shell/session_controller.h"

#include <QButtonGroup>
#include <QDateTimeEdit>
#include <QDirIterator>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

using namespace valise;
using namespace valise::ui;
using uitest::eventually;

namespace {

constexpr const char* kPassphrase = "seven quiet herons over the estuary";

//! One person at the computer, without a network.
class Session {
public:
    explicit Session(const QString& home) {
        uitest::application();
        language.use(QStringLiteral("en"));
        options.home = home;
        options.fastKeyDerivation = true;
        options.online = false;
    }
    void create() {
        client::Client maker;
        std::optional<Result<client::AccountRecord>> made;
        maker.createProfile(options, QStringLiteral("Kasara"), crypto::Secret(viewOf(kPassphrase)),
                            {QStringLiteral("wss://relay.kasara.example")}, &maker,
                            [&](Result<client::AccountRecord> r) { made = std::move(r); });
        REQUIRE(eventually([&] { return made.has_value(); }));
        must(std::move(*made));
        std::optional<Result<client::ConversationRecord>> founded;
        maker.groups()->create(QStringLiteral("Notes"), {}, &maker,
                               [&](Result<client::ConversationRecord> r) { founded = std::move(r); });
        REQUIRE(eventually([&] { return founded.has_value(); }));
        must(std::move(*founded));
    }
    void open() {
        client = std::make_unique<client::Client>();
        controller = std::make_unique<SessionController>(client.get(), options, &theme, &language);
        controller->start();
        QTest::keyClicks(controller->window()->unlock()->field(), QString::fromLatin1(kPassphrase));
        QTest::keyClick(controller->window()->unlock()->field(), Qt::Key_Return);
        REQUIRE(eventually([&] { return space()->currentRecord() && model()->loaded(); }));
    }
    void close() {
        bool closed = false;
        QObject::connect(controller.get(), &SessionController::closed, controller.get(),
                         [&] { closed = true; });
        controller->close();
        REQUIRE(eventually([&] { return closed; }));
        controller.reset();
        client.reset();
    }
    Workspace* space() const { return controller->window()->workspace(); }
    TimelineModel* model() const { return space()->page()->timelineModel(); }
    TimelineView* view() const { return space()->page()->timelineView(); }
    ComposerField* field() const { return space()->page()->composer()->field(); }
    void say(const QString& text) {
        QTest::keyClicks(field(), text);
        QTest::keyClick(field(), Qt::Key_Return);
        REQUIRE(eventually([&] { return indexOf(text) >= 0; }));
    }
    int indexOf(const QString& text) const {
        for (int i = 0; i < model()->count(); ++i)
            if (model()->at(i).text() == text)
                return i;
        return -1;
    }
    void focus(const QString& text) {
        REQUIRE(indexOf(text) >= 0);
        view()->showRow(model()->at(indexOf(text)).row);
        view()->setFocus();
    }
    template <typename T>
    T* sheet() {
        T* found = nullptr;
        REQUIRE(eventually([&] {
            for (T* one : controller->window()->template findChildren<T*>())
                if (one->isVisible())
                    found = one;
            return found != nullptr;
        }));
        return found;
    }

    Language language;
    Theme theme;
    client::ProfileOptions options;
    std::unique_ptr<client::Client> client;
    std::unique_ptr<SessionController> controller;
};

} // namespace

TEST_CASE("what a person does to messages is kept in the profile") {
    QTemporaryDir folder;
    Session s(folder.path() + QStringLiteral("/kasara"));
    s.create();
    s.open();
    s.say(QStringLiteral("first"));
    s.say(QStringLiteral("secnod"));
    s.say(QStringLiteral("a slip"));

    s.focus(QStringLiteral("secnod"));
    QTest::keyClick(s.view(), Qt::Key_E);
    s.field()->selectAll();
    QTest::keyClicks(s.field(), QStringLiteral("second"));
    QTest::keyClick(s.field(), Qt::Key_Return);
    REQUIRE(eventually([&] { return s.indexOf(QStringLiteral("second")) >= 0; }));

    s.focus(QStringLiteral("first"));
    QTest::keyClick(s.view(), Qt::Key_S);
    REQUIRE(eventually([&] { return s.model()->at(s.indexOf(QStringLiteral("first"))).starred; }));
    QTest::keyClick(s.view(), Qt::Key_Plus);
    auto* picker = s.sheet<EmojiPicker>();
    QTest::keyClicks(picker->searchField(), QStringLiteral("handshake"));
    QTest::keyClick(picker->searchField(), Qt::Key_Return);
    REQUIRE(
        eventually([&] { return s.model()->at(s.indexOf(QStringLiteral("first"))).reactions.size() == 1; }));

    s.focus(QStringLiteral("a slip"));
    QTest::keyClick(s.view(), Qt::Key_Delete);
    auto* remove = s.sheet<DeleteSheet>();
    REQUIRE(remove->forEveryoneButton());
    QTest::mouseClick(remove->forEveryoneButton(), Qt::LeftButton);
    REQUIRE(eventually([&] { return s.indexOf(QStringLiteral("a slip")) < 0; }));

    s.focus(QStringLiteral("first"));
    QTest::keyClick(s.view(), Qt::Key_F);
    auto* forward = s.sheet<ForwardSheet>();
    forward->list()->setFocus();
    forward->list()->setCurrentRow(0);
    QTest::keyClick(forward->list(), Qt::Key_Space);
    QTest::mouseClick(forward->mainButton(), Qt::LeftButton);
    REQUIRE(eventually([&] {
        int copies = 0;
        for (int i = 0; i < s.model()->count(); ++i)
            copies += s.model()->at(i).text() == QLatin1String("first") ? 1 : 0;
        return copies == 2;
    }));

    s.focus(QStringLiteral("second"));
    QTest::keyClick(s.view(), Qt::Key_I);
    auto* details = s.sheet<DetailsSheet>();
    CHECK(eventually([&] { return details->lines().contains(QStringLiteral("Encryption: End to end")); }));
    details->reject();
    QTest::keyClicks(s.field(), QStringLiteral("half a thought"));
    s.close();

    s.open();
    CHECK(s.field()->toPlainText() == QStringLiteral("half a thought"));
    CHECK(s.indexOf(QStringLiteral("a slip")) < 0);
    CHECK(s.indexOf(QStringLiteral("second")) >= 0);
    const auto first = s.model()->at(s.indexOf(QStringLiteral("first")));
    CHECK(first.starred);
    REQUIRE(first.reactions.size() == 1);
    CHECK(first.reactions.first().emoji == QStringLiteral("🤝"));
    // Recently used emoji come back too: the picker begins with the one chosen before.
    s.focus(QStringLiteral("second"));
    QTest::keyClick(s.view(), Qt::Key_Plus);
    picker = s.sheet<EmojiPicker>();
    CHECK(picker->grid()->item(0)->text() == QStringLiteral("🤝"));
    picker->close();
    // Starred messages lead to their place.
    emit s.space()->page()->header()->starredWanted(s.space()->current());
    auto* starred = s.sheet<StarredSheet>();
    REQUIRE(eventually([&] { return starred->list()->count() == 1; }));
    QTest::mouseClick(starred->list()->viewport(), Qt::LeftButton, {},
                      starred->list()->visualItemRect(starred->list()->item(0)).center());
    CHECK(eventually([&] {
        return s.view()->focusedIndex() >= 0 && s.model()->at(s.view()->focusedIndex()).row == first.row;
    }));
    // And a date to its messages; pins and mutes are kept.
    s.model()->wantSince(first.createdAt - 1);
    CHECK(eventually([&] { return s.view()->focusedIndex() >= 0; }));
    emit s.space()->listPane()->flagWanted(s.space()->current(), ListFlag::Pinned, true);
    emit s.space()->listPane()->flagWanted(s.space()->current(), ListFlag::Muted, true);
    CHECK(
        eventually([&] { return s.space()->currentRecord()->pinned && s.space()->currentRecord()->muted; }));
    s.close();
}

TEST_CASE("a message is kept to be sent later, taken back, and sent") {
    QTemporaryDir folder;
    Session s(folder.path() + QStringLiteral("/kasara"));
    s.create();
    s.open();
    const QString words = QStringLiteral("Good morning to all");
    const auto later = [&] {
        QTest::keyClick(s.field(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        return s.sheet<SendLaterSheet>();
    };
    const auto keep = [&] {
        QTest::mouseClick(later()->mainButton(), Qt::LeftButton);
        REQUIRE(eventually([&] {
            return s.space()->page()->laterStrip()->isVisible() && s.field()->toPlainText().isEmpty();
        }));
    };
    QTest::keyClicks(s.field(), words);
    // A person who cancels loses no text.
    QTest::keyClick(later(), Qt::Key_Escape);
    CHECK(s.field()->toPlainText() == words);
    keep();
    CHECK(s.space()->page()->laterStrip()->text() == QStringLiteral("1 message to be sent later"));
    CHECK(s.indexOf(words) < 0);
    s.close();

    s.open();
    REQUIRE(s.space()->page()->laterStrip()->isVisible());
    QTest::mouseClick(s.space()->page()->laterStrip(), Qt::LeftButton);
    auto* list = s.sheet<ScheduledSheet>();
    REQUIRE(eventually([&] { return list->list()->count() == 1; }));
    CHECK(list->list()->item(0)->text().contains(words));
    // Another time.
    QTest::mouseClick(list->timeButton(), Qt::LeftButton);
    auto* sheet = s.sheet<SendLaterSheet>();
    const QString before = list->list()->item(0)->text();
    sheet->timeField()->setDateTime(QDateTime::currentDateTime().addDays(20));
    QTest::mouseClick(sheet->mainButton(), Qt::LeftButton);
    REQUIRE(
        eventually([&] { return list->list()->count() == 1 && list->list()->item(0)->text() != before; }));
    // Back to the field, but not over what stands there.
    s.field()->setPlainText(QStringLiteral("something else"));
    QTest::mouseClick(list->editButton(), Qt::LeftButton);
    CHECK_FALSE(list->errorShown().isEmpty());
    s.field()->clear();
    QTest::mouseClick(list->editButton(), Qt::LeftButton);
    REQUIRE(eventually([&] { return s.field()->toPlainText() == words; }));
    REQUIRE(eventually([&] { return !s.space()->page()->laterStrip()->isVisible(); }));

    // Again, and then at once. Without words the same key shows what waits, and so does the button.
    keep();
    QTest::mouseClick(s.space()->page()->composer()->laterButton(), Qt::LeftButton);
    list = s.sheet<ScheduledSheet>();
    REQUIRE(eventually([&] { return list->list()->count() == 1; }));
    QTest::mouseClick(list->sendButton(), Qt::LeftButton);
    REQUIRE(eventually([&] { return s.indexOf(words) >= 0; }));
    REQUIRE(eventually([&] { return list->list()->count() == 0; }));
    list->reject();

    QTest::keyClicks(s.field(), QStringLiteral("never"));
    keep();
    QTest::mouseClick(s.space()->page()->laterStrip(), Qt::LeftButton);
    list = s.sheet<ScheduledSheet>();
    REQUIRE(eventually([&] { return list->list()->count() == 1; }));
    QTest::mouseClick(list->deleteButton(), Qt::LeftButton);
    REQUIRE(eventually([&] { return list->list()->count() == 0; }));
    CHECK(eventually([&] { return !s.space()->page()->laterStrip()->isVisible(); }));
    CHECK(s.indexOf(QStringLiteral("never")) < 0);
    s.close();
}

TEST_CASE("how much notifications of a conversation say is kept") {
    QTemporaryDir folder;
    Session s(folder.path() + QStringLiteral("/kasara"));
    s.create();
    s.open();
    REQUIRE_FALSE(s.space()->currentRecord()->notification);
    emit s.space()->page()->header()->notificationWanted(s.space()->current(),
                                                         client::NotificationDetail::Bare);
    REQUIRE(eventually([&] { return s.space()->currentRecord()->notification.has_value(); }));
    s.close();
    s.open();
    CHECK(s.space()->currentRecord()->notification == client::NotificationDetail::Bare);
    s.close();
}

TEST_CASE("own words and settings of spelling are kept in the encrypted profile and nowhere else") {
    QTemporaryDir folder;
    uitest::DictionaryFolder dictionaries;
    dictionaries.make(QStringLiteral("eo"), {"ni", "akceptas", "la", "traktato"});
    const QByteArray before = qgetenv("VALISE_DICTIONARIES");
    qputenv("VALISE_DICTIONARIES", dictionaries.path().toLocal8Bit());
    const auto restore = qScopeGuard(
        [&] { before.isNull() ? qunsetenv("VALISE_DICTIONARIES") : qputenv("VALISE_DICTIONARIES", before); });
    Session s(folder.filePath(QStringLiteral("profile")));
    s.create();
    s.open();
    emit s.space()->settingsRequested();
    auto* sheet = s.sheet<SettingsSheet>();
    auto* page = sheet->page<SpellingPage>();
    const auto esperanto = [&]() -> QListWidgetItem* {
        for (int i = 0; i < page->dictionaryList()->count(); ++i)
            if (page->dictionaryList()->item(i)->data(Qt::UserRole).toString() == QStringLiteral("eo"))
                return page->dictionaryList()->item(i);
        return nullptr;
    };
    REQUIRE(eventually([&] { return esperanto() != nullptr; }));
    for (int i = 0; i < page->dictionaryList()->count(); ++i)
        page->dictionaryList()->item(i)->setCheckState(Qt::Unchecked);
    esperanto()->setCheckState(Qt::Checked);
    QTest::mouseClick(sheet->closeButton(), Qt::LeftButton);
    const auto marks = [&] { return s.space()->page()->composer()->spelling()->marks().size(); };
    QTest::keyClicks(s.field(), QStringLiteral("ni Quastravia "));
    REQUIRE(eventually([&] { return marks() == 1; }));
    QTextCursor cursor = s.field()->textCursor();
    cursor.setPosition(5);
    s.field()->setTextCursor(cursor);
    QTest::keyClick(s.field(), Qt::Key_Menu);
    const auto menu = [&] { return s.space()->page()->composer()->spelling()->menu(); };
    REQUIRE(eventually([&] { return menu() && menu()->isVisible(); }));
    menu()->findChild<QAction*>(QStringLiteral("addWord"))->trigger();
    menu()->close();
    CHECK(marks() == 0);
    s.space()->page()->composer()->setDraft({});
    s.close();

    s.open();
    REQUIRE(
        eventually([&] { return s.controller->spelling()->chosen() == QStringList{QStringLiteral("eo")}; }));
    CHECK(s.controller->spelling()->ownWords() == QStringList{QStringLiteral("Quastravia")});
    QTest::keyClicks(s.field(), QStringLiteral("Quastravia akceptos "));
    CHECK(eventually([&] { return marks() == 1; }));
    // It comes along when the window is made anew.
    s.controller->remakeWindow();
    REQUIRE(eventually([&] { return s.space()->currentRecord() && s.model()->loaded(); }));
    s.space()->page()->composer()->setDraft(QStringLiteral("ni akceptos Quastravia"));
    CHECK(eventually([&] { return marks() == 1; }));
    s.space()->page()->composer()->setDraft({});
    s.close();
    QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int read = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        INFO(file.fileName().toStdString());
        CHECK_FALSE(file.readAll().toLower().contains("quastravia"));
        ++read;
    }
    CHECK(read > 0);
}

TEST_CASE("settings reach the window and the profile at once, and are there when it is opened again") {
    QTemporaryDir folder;
    Session s(folder.path() + QStringLiteral("/kasara"));
    s.create();
    s.open();
    const auto settings = [&] {
        emit s.space()->settingsRequested();
        return s.sheet<SettingsSheet>();
    };
    auto* sheet = settings();
    CHECK(s.controller->settings()->show(s.controller->window()) == sheet); // one at a time
    auto* privacy = sheet->page<PrivacyPage>();
    REQUIRE(eventually([&] { return privacy->receiptsBox()->isEnabled(); }));
    privacy->receiptsBox()->click();
    privacy->typingBox()->click();
    sheet->page<AppearancePage>()->textBox()->setCurrentIndex(4);
    CHECK(s.theme.appearance().textPercent == 125);
    sheet->page<WritingPage>()->sendKeyBox()->setCurrentIndex(1);
    auto* account = sheet->page<AccountPage>();
    account->nameField()->setText(QStringLiteral("Kasara, Mission"));
    account->apply();
    REQUIRE(eventually([&] { return s.controller->account().name == QStringLiteral("Kasara, Mission"); }));
    CHECK(s.controller->window()->windowTitle().contains(QStringLiteral("Kasara, Mission")));
    auto* servers = sheet->page<ServersPage>();
    servers->serversField()->setPlainText(QStringLiteral("wss://relay.tamir.example"));
    // The language waits until the settings are closed: they belong to the window that is made anew.
    QSignalSpy remade(s.controller.get(), &SessionController::windowRemade);
    account->languageBox()->setCurrentIndex(2);
    CHECK(s.language.code() == QStringLiteral("en"));
    QTest::mouseClick(sheet->closeButton(), Qt::LeftButton);
    REQUIRE(eventually([&] { return remade.size() == 1; }));
    CHECK(s.language.code() == QStringLiteral("fr"));
    REQUIRE(eventually([&] { return s.space()->currentRecord() && s.model()->loaded(); }));
    REQUIRE(eventually([&] {
        return s.controller->account().relays == QStringList{QStringLiteral("wss://relay.tamir.example")};
    }));
    // Only Ctrl and Enter sends now, in the new window too.
    QTest::keyClicks(s.field(), QStringLiteral("one"));
    QTest::keyClick(s.field(), Qt::Key_Return);
    CHECK(s.field()->toPlainText() == QStringLiteral("one\n"));
    s.space()->page()->composer()->setDraft({});
    s.close();

    s.theme.setAppearance({});
    s.language.use(QStringLiteral("en"));
    s.open();
    sheet = settings();
    privacy = sheet->page<PrivacyPage>();
    REQUIRE(eventually([&] { return privacy->receiptsBox()->isEnabled(); }));
    CHECK_FALSE(privacy->receiptsBox()->isChecked());
    CHECK(privacy->typingBox()->isChecked());
    CHECK(sheet->page<AppearancePage>()->textBox()->currentIndex() == 4);
    CHECK(sheet->page<WritingPage>()->sendKeyBox()->currentIndex() == 1);
    CHECK(sheet->page<AccountPage>()->languageBox()->currentIndex() == 2);
    CHECK(sheet->page<AccountPage>()->nameField()->text() == QStringLiteral("Kasara, Mission"));
    CHECK(sheet->page<ServersPage>()->serversField()->toPlainText() ==
          QStringLiteral("wss://relay.tamir.example"));
    sheet->reject();
    // A step of the keys is kept too.
    emit s.controller->window()->textStepRequested(0);
    CHECK(s.controller->settings()->preferences()->textPercent.value() == 100);
    CHECK(s.theme.appearance().textPercent == 100);
    s.close();
}

TEST_CASE("members are asked for when they or their names change, and not for messages, marks and drafts") {
    QTemporaryDir folder;
    Session s(folder.path() + QStringLiteral("/kasara"));
    s.create();
    s.open();
    s.controller->window()->resize(1320, 840);
    const auto* people = s.controller->window()->findChild<PeopleController*>();
    REQUIRE(people);
    const SidePanel* panel = s.space()->page()->sidePanel();
    const auto row = [&]() -> MemberRow* {
        for (MemberRow* one : panel->findChildren<MemberRow*>())
            if (!one->isHidden())
                return one;
        return nullptr;
    };
    REQUIRE(eventually([&] { return row() != nullptr; }));
    const int before = people->memberQuestions();
    MemberRow* own = row();
    REQUIRE(own->isVisible());
    QSignalSpy changes(s.client.get(), &client::Client::conversationChanged);
    const auto current = s.space()->current();
    const auto settle = [&](const std::function<void()>& act, const std::function<bool()>& done) {
        changes.clear();
        act();
        REQUIRE(eventually([&] { return !changes.isEmpty() && done(); }));
        // Behind the answer to this question nothing is on its way any more.
        bool answered = false;
        s.client->people()->account(s.client.get(),
                                    [&](const Result<client::AccountRecord>&) { answered = true; });
        REQUIRE(eventually([&] { return answered; }));
    };
    own->setFocus();
    for (int i = 0; i < 5; ++i) {
        const QString text = QStringLiteral("message %1").arg(i);
        settle([&] { s.client->messages()->sendText(current, text, {}); },
               [&] { return s.indexOf(text) >= 0; });
    }
    settle([&] { s.client->messages()->markRead(current, s.model()->at(s.model()->count() - 1).row); },
           [] { return true; });
    settle([&] { s.client->messages()->saveDraft(current, QStringLiteral("half a thought")); },
           [&] { return s.space()->currentRecord()->draft == QLatin1String("half a thought"); });
    settle([&] { s.client->groups()->setMuted(current, true); },
           [&] { return s.space()->currentRecord()->muted; });
    CHECK(people->memberQuestions() == before);
    CHECK(row() == own);
    CHECK(s.controller->window()->focusWidget() == own);

    // A name is another: asked once, and the row says so.
    s.client->people()->setName(QStringLiteral("Nordvale"));
    REQUIRE(eventually([&] { return own->accessibleName() == QStringLiteral("Nordvale"); }));
    CHECK(people->memberQuestions() > before);
    CHECK(people->memberQuestions() <= before + 2);
    CHECK(s.controller->window()->focusWidget() == own);
    s.close();
}
