// SPDX-License-Identifier: AGPL-3.0-or-later
// Draws the window's pages with invented records into PNG files, to be looked at beside the design.
#include "tests/ui/invented_cards.h"
#include "tests/ui/settings_fixture.h"
#include "translations/embedded.h"
#include "ui/conversation/composer.h"
#include "ui/conversation/date_sheet.h"
#include "ui/conversation/delete_sheet.h"
#include "ui/conversation/details_sheet.h"
#include "ui/conversation/forward_sheet.h"
#include "ui/conversation/message_actions.h"
#include "ui/conversation/message_menu.h"
#include "ui/conversation/scheduled_sheet.h"
#include "ui/conversation/send_later_sheet.h"
#include "ui/conversation/starred_sheet.h"
#include "ui/conversation/timeline_accessible.h"
#include "ui/conversation/timeline_view.h"
#include "ui/dialogs/confirm_sheet.h"
#include "ui/dialogs/diagnostics_sheet.h"
#include "ui/dialogs/keys_sheet.h"
#include "ui/error_text.h"
#include "ui/language/language.h"
#include "ui/links/link_sheet.h"
#include "ui/people/group_servers_sheet.h"
#include "ui/people/invitation_sheet.h"
#include "ui/people/people_picker.h"
#include "ui/people/rename_sheet.h"
#include "ui/people/retention_sheet.h"
#include "ui/settings/appearance_page.h"
#include "ui/settings/notifications_page.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QTest>

#include <cstdio>

using namespace valise;
using namespace valise::ui;

namespace {

void settle() {
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

class Gallery {
public:
    explicit Gallery(QString folder)
        : m_folder(std::move(folder)) {
        QDir().mkpath(m_folder);
        makeDictionaries();
    }
    Theme theme;
    Language language;

    void save(QWidget* widget, const QString& name) {
        settle();
        write(widget->grab(), name);
    }

    std::unique_ptr<MainWindow> window(QSize size = {1320, 840}) {
        auto w = std::make_unique<MainWindow>(&theme);
        w->resize(size);
        auto* space = w->workspace();
        const auto give = [space](const QByteArray& id) {
            auto page = invented::page();
            page.conversation = id;
            for (auto& m : page.messages)
                m.conversation = id;
            space->page()->timelineModel()->setPage(page);
        };
        QObject::connect(space->page()->timelineModel(), &TimelineModel::newestWanted, space, give);
        QObject::connect(space->page()->timelineModel(), &TimelineModel::openingWanted, space, give);
        QObject::connect(space->page(), &ConversationPage::opened, space, [space](const QByteArray& id) {
            space->page()->setMembers(id, invented::members());
        });
        space->setConversations(invented::conversations());
        space->setConnection(invented::waitingConnection());
        w->showWorkspace();
        w->show();
        space->openConversation(invented::allies());
        settle();
        return w;
    }

    void mainPictures(const QString& suffix) {
        auto w = window();
        save(w.get(), QStringLiteral("main-") + suffix);
        auto portal = invented::waitingConnection();
        portal.failure = ErrorCode::CaptivePortal;
        w->workspace()->setConnection(portal);
        save(w.get(), QStringLiteral("main-sign-in-") + suffix);
        messagePictures(suffix);
        cardPictures(suffix);
    }

    //! Polls, a meeting and files, as they stand in a timeline; the keyboard at one of them, the pointer over
    //! another.
    void cardPictures(const QString& suffix) {
        TimelineModel model;
        TimelineView view(&model, &theme, nullptr, invented::cardBodies());
        // As wide at every size of text, so that large text has to find room.
        view.resize(656, theme.px(theme.scale() > 1.5 ? 1560 : 1380));
        model.open(invented::allies());
        view.show();
        model.setPage(invented::cardPage());
        view.setFocus();
        settle();
        view.focusPart(model.indexOfRow(2), 3);
        const QPointF over = view.partRect(model.indexOfRow(3), 3).center();
        QMouseEvent move(QEvent::MouseMove, over, view.viewport()->mapToGlobal(over), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(view.viewport(), &move);
        save(&view, QStringLiteral("cards-") + suffix);
    }

    //! Pictures of actions on messages: their states, the menu, choosing several, editing, emoji.
    void messagePictures(const QString& suffix) {
        auto w = window();
        auto* space = w->workspace();
        space->setConversations(invented::arrangedConversations());
        space->setConnection({3, 3, 0, false, {}});
        space->page()->setAudience(invented::allies(), {6, 2, false, {QStringLiteral("Mei Lin")}});
        space->page()->timelineModel()->setPage(invented::discussedPage());
        space->page()->timelineView()->showRow(5);
        space->page()->timelineView()->setFocus();
        space->page()->setWriting(invented::allies(), "ingrid", QStringLiteral("Ingrid Nordli"), true);
        space->page()->setWriting(invented::allies(), "mei", QStringLiteral("Mei Lin"), true);
        save(w.get(), QStringLiteral("messages-") + suffix);
        space->page()->setWriting(invented::allies(), "ingrid", {}, false);
        space->page()->setWriting(invented::allies(), "mei", {}, false);
        auto* view = space->page()->timelineView();
        QTest::mouseMove(view->viewport(), view->bubbleRect(2).center());
        QTest::keyClick(view, Qt::Key_Space);
        QTest::keyClick(view, Qt::Key_Up);
        QTest::keyClick(view, Qt::Key_Space);
        save(w.get(), QStringLiteral("messages-selected-") + suffix);
        auto pinned = invented::discussedPage().messages.at(1);
        space->page()->pinnedStrip()->setMessages(invented::allies(),
                                                  {pinned, invented::discussedPage().messages.at(5)});
        view->endSelecting();
        view->showRow(5);
        QTest::keyClick(view, Qt::Key_E);
        save(w.get(), QStringLiteral("messages-edit-") + suffix);
        QTest::keyClick(space->page()->composer()->field(), Qt::Key_Escape);
        space->page()->composer()->setDraft(QStringLiteral("We can accept the baseline of 2024."));
        QTest::keyClick(space->page()->composer()->field(), Qt::Key_Home, Qt::ShiftModifier);
        save(w.get(), QStringLiteral("composer-format-") + suffix);
        space->page()->composer()->setDraft({});
        space->page()->setMembers(invented::allies(), invented::members());
        QTest::keyClicks(space->page()->composer()->field(), QStringLiteral("@"));
        save(w.get(), QStringLiteral("composer-mention-") + suffix);
        space->page()->composer()->setDraft({});
        space->page()->pinnedStrip()->setMessages(invented::allies(), {});
        QTest::keyClicks(space->page()->composer()->field(), QStringLiteral("Agreed :hands"));
        save(w.get(), QStringLiteral("composer-completion-") + suffix);
        space->page()->composer()->setDraft({});
        spellingPicture(w.get(), suffix);
        const client::MessageRecord message = invented::discussedPage().messages.at(4);
        auto* menu = new MessageMenu(message, true, false, RecentEmoji().quick(6), &theme, w.get());
        menu->popup(w->mapToGlobal(QPoint(500, 300)));
        save(menu, QStringLiteral("message-menu-") + suffix);
        menu->close();
        EmojiTable table(QLocale().name());
        auto* picker = new EmojiPicker(&table, RecentEmoji(), &theme, w.get());
        picker->popup(w->mapToGlobal(QPoint(700, 700)));
        picker->findChildren<QToolButton*>().at(2)->click();
        save(picker, QStringLiteral("emoji-") + suffix);
        picker->close();
        auto* switcher = space->showSwitcher();
        QTest::keyClicks(switcher->field(), QStringLiteral("in"));
        switcher->setHits(QStringLiteral("in"), invented::hits(QStringLiteral("para")));
        save(switcher, QStringLiteral("switcher-") + suffix);
        switcher->close();
    }

    //! A marked word, and the menu on it. The menu is a window of its own, so it is drawn where it stands.
    void spellingPicture(MainWindow* w, const QString& suffix) {
        Composer* composer = w->workspace()->page()->composer();
        composer->setSpellChecker(&m_spelling);
        const QString code = QLocale().name().left(2);
        const QString text =
            code == QLatin1String("fr") ? QStringLiteral("Nous acceptons l’année de référance de 2024")
            : code == QLatin1String("ar") ? QStringLiteral("نقبل سنة الأساس المقترححة لعام 2024")
                                          : QStringLiteral("We can accept the basline of 2024");
        composer->setDraft(text + QLatin1Char(' '));
        if (!QTest::qWaitFor([composer] { return !composer->spelling()->marks().isEmpty(); }, 30'000)) {
            std::fprintf(stderr, "the misspelt word was not marked\n");
            std::exit(1);
        }
        QTextCursor cursor = composer->field()->textCursor();
        cursor.setPosition(composer->spelling()->marks().first().start + 3);
        composer->field()->setTextCursor(cursor);
        QTest::keyClick(composer->field(), Qt::Key_Menu);
        if (!QTest::qWaitFor([composer] { return composer->spelling()->menu() != nullptr; }, 30'000))
            std::exit(1);
        QMenu* menu = composer->spelling()->menu();
        settle();
        QPixmap picture = w->grab();
        QPainter painter(&picture);
        painter.drawPixmap(w->mapFromGlobal(menu->pos()), menu->grab());
        painter.end();
        write(picture, QStringLiteral("composer-spelling-") + suffix);
        menu->close();
        composer->setDraft({});
        composer->setSpellChecker(nullptr);
    }

    //! Every page of the settings, the settings of an organisation, the hits of a search, and wrong values.
    void settingsPictures(const QString& suffix) {
        uitest::InventedSettings account;
        account.way.kind = client::ProxyRecord::Kind::Http;
        account.way.host = QStringLiteral("proxy.kasara.example");
        account.way.port = 3128;
        account.way.user = QStringLiteral("lea");
        account.way.hasPassword = true;
        uitest::MemoryProfile profile;
        const QTemporaryDir folder;
        Preferences preferences(folder.path());
        preferences.openProfile(profile.access());
        preferences.setAppearance(theme.appearance());
        preferences.spelling.set(m_spelling.settings());
        m_spelling.setOwnWords(QStringLiteral("Kagabo\nKasara\nTamir"));
        SettingsContext context;
        context.theme = &theme;
        context.preferences = &preferences;
        context.account = &account;
        context.network = &account;
        context.spelling = &m_spelling;
        SettingsSheet sheet(makeSettingsPages(context), &theme, nullptr);
        sheet.setAttribute(Qt::WA_DeleteOnClose, false);
        sheet.show();
        for (SettingsPage* page : sheet.pages()) {
            sheet.showPage(page);
            QString name = QLatin1String(page->metaObject()->className());
            name = name.section(QStringLiteral("::"), -1).chopped(4).toLower();
            save(&sheet, QStringLiteral("settings-") + name + suffix);
        }
        preferences.setGiven({{preferences.notificationContent.key(), {2, true}},
                              {preferences.receipts.key(), {QStringLiteral("off"), true}}});
        sheet.showPage(sheet.page<NotificationsPage>());
        save(&sheet, QStringLiteral("settings-managed") + suffix);
        sheet.searchField()->setText(sheet.page<AppearancePage>()->rows().at(1)->title());
        save(&sheet, QStringLiteral("settings-search") + suffix);
        sheet.page<ServersPage>()->serversField()->setPlainText(QStringLiteral("relay.tamir.example"));
        sheet.finish();
        save(&sheet, QStringLiteral("settings-problem") + suffix);
        m_spelling.setOwnWords({});
    }

    //! Dictionaries of a few words, so that none has to be installed.
    void makeDictionaries() {
        const auto make = [this](const QString& code, const QByteArray& letters, const QByteArray& words) {
            const auto put = [&](const QString& end, const QByteArray& content) {
                QFile file(m_dictionaries.filePath(code + end));
                if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
                    std::exit(1);
            };
            put(QStringLiteral(".aff"), "SET UTF-8\nTRY " + letters + "\n");
            put(QStringLiteral(".dic"), QByteArray::number(words.count('\n')) + '\n' + words);
        };
        make(QStringLiteral("en_US"), "esianrtolcdugmphbyfvkwz",
             "we\ncan\naccept\nthe\nbaseline\nbasely\nbaselines\nof\n");
        make(QStringLiteral("fr"), "esianrtolcdugmphbyfvkwzé",
             "nous\nacceptons\nl'année\nde\nréférence\nréférences\nrévérence\ndéférence\n");
        make(QStringLiteral("ar"), "اإأآبتثجحخدذرزسشصضطظعغفقكلمنهويىءئؤة",
             "نقبل\nسنة\nالأساس\nالمقترحة\nالمقترح\nمقترحة\nلعام\n");
        m_spelling.setSettings(
            {true, false, {QStringLiteral("en_US"), QStringLiteral("fr"), QStringLiteral("ar")}});
        if (!QTest::qWaitFor([this] { return m_spelling.chosen().size() == 3; }, 30'000))
            std::exit(1);
    }

private:
    void write(const QPixmap& picture, const QString& name) {
        const QString path = m_folder + QLatin1Char('/') + name + QStringLiteral(".png");
        if (!picture.save(path)) {
            std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
            std::exit(1);
        }
        std::printf("%s\n", qPrintable(path));
    }

    QString m_folder;
    QTemporaryDir m_dictionaries;
    SpellChecker m_spelling{QStringList{m_dictionaries.path()}};
};

} // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    translations::initialize();
    installTimelineAccessibility();
    installComposerAccessibility();
    Gallery g(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("gallery"));
    g.language.use(QStringLiteral("en"));
    g.theme.setMode(ThemeMode::Dark);
    g.mainPictures(QStringLiteral("dark"));
    g.theme.setMode(ThemeMode::Light);
    g.mainPictures(QStringLiteral("light"));

    {
        auto w = g.window();
        auto* space = w->workspace();
        space->page()->composer()->setReply("x", QStringLiteral("Ingrid Nordli"),
                                            invented::page().messages.at(1).text());
        space->page()->composer()->setDraft(
            QStringLiteral("Kasara can accept this.\nTwo conditions:\n1. the review in 2028\n"
                           "2. the baseline of 2024"));
        space->page()->timelineView()->setUnreadOnOpen(2);
        space->page()->timelineModel()->setPage(invented::page());
        g.save(w.get(), QStringLiteral("main-reply"));
        space->listPane()->searchField()->setText(QStringLiteral("para"));
        space->listPane()->setHits(QStringLiteral("para"), invented::hits(QStringLiteral("para")));
        space->setConnection({3, 3, 0, false, {}});
        g.save(w.get(), QStringLiteral("main-search"));
        space->listPane()->clearSearch();
        for (const auto& c : invented::conversations()) {
            if (c.state == client::ConversationState::Request)
                space->openConversation(c.id);
        }
        g.save(w.get(), QStringLiteral("main-request"));
    }
    {
        auto w = g.window({760, 560});
        g.save(w.get(), QStringLiteral("main-narrow"));
        w->workspace()->setSidePanelShown(true);
        g.save(w.get(), QStringLiteral("main-narrow-side"));
    }
    {
        MainWindow w(&g.theme);
        w.resize(1320, 840);
        w.workspace()->setConversations({});
        w.showWorkspace();
        w.show();
        g.save(&w, QStringLiteral("main-empty"));
        w.showOnboarding();
        auto* page = w.onboarding();
        g.save(&w, QStringLiteral("onboarding-1"));
        page->goTo(OnboardingPage::Name);
        page->nameField()->setText(QStringLiteral("Lea Marchetti"));
        g.save(&w, QStringLiteral("onboarding-2"));
        page->goTo(OnboardingPage::Passphrase);
        page->passphraseField()->setText(QStringLiteral("brass lantern tuesday orchard"));
        page->repeatField()->setText(QStringLiteral("brass lantern"));
        page->nextButton()->click();
        g.save(&w, QStringLiteral("onboarding-3"));
        page->goTo(OnboardingPage::Server);
        g.save(&w, QStringLiteral("onboarding-4"));
        page->goTo(OnboardingPage::Working);
        g.save(&w, QStringLiteral("onboarding-5"));
        w.showUnlock();
        g.save(&w, QStringLiteral("unlock"));
        w.unlock()->showError(errorText(ErrorCode::WrongPassphrase));
        g.save(&w, QStringLiteral("unlock-wrong"));
    }
    const auto sheets = [&](const QString& suffix) {
        QWidget parent;
        const auto show = [&](Sheet* sheet, const QString& name) {
            sheet->show();
            settle();
            g.save(sheet, name + suffix);
            delete sheet;
        };
        auto* start = new PeoplePicker(PeoplePicker::Purpose::Start, &g.theme, nullptr);
        start->setContacts(invented::contacts());
        start->showError(errorText(ErrorCode::NoInvitation));
        show(start, QStringLiteral("sheet-start"));
        show(new InvitationSheet(invented::account(), &g.theme, nullptr), QStringLiteral("sheet-invitation"));
        show(new RenameSheet(QStringLiteral("Coolants Amendment — Allies"), &g.theme, nullptr),
             QStringLiteral("sheet-rename"));
        show(new ConfirmSheet(
                 QCoreApplication::translate("valise::ui::GroupController", "Leave “%1”?")
                     .arg(QStringLiteral("Coolants Amendment — Allies")),
                 QCoreApplication::translate(
                     "valise::ui::GroupController",
                     "You will receive nothing more. What was written so far stays on this device. To come "
                     "back, a member has to invite you again."),
                 QCoreApplication::translate("valise::ui::GroupController", "Leave"), &g.theme, nullptr),
             QStringLiteral("sheet-leave"));
        show(new LinkSheet(QStringLiteral("https://www.example.org/annex/draft-7?rev=3"), &g.theme, nullptr),
             QStringLiteral("sheet-link"));
        show(new LinkSheet(QString::fromUtf8("http://www.summit.example@nordvаle.example:8080/login"),
                           &g.theme, nullptr),
             QStringLiteral("sheet-link-false"));
        auto* details = new DetailsSheet(&g.theme, nullptr);
        details->setDetails(invented::details());
        show(details, QStringLiteral("sheet-details"));
        show(new DeleteSheet({invented::details().message}, true, &g.theme, nullptr),
             QStringLiteral("sheet-delete"));
        auto* forward =
            new ForwardSheet({invented::page().messages.at(1)}, invented::conversations(), &g.theme, nullptr);
        forward->list()->item(1)->setCheckState(Qt::Checked);
        show(forward, QStringLiteral("sheet-forward"));
        auto* starred = new StarredSheet(&g.theme, nullptr);
        starred->setMessages(invented::hits(QStringLiteral("para")));
        show(starred, QStringLiteral("sheet-starred"));
        auto* later = new SendLaterSheet(QDateTime(QDate(2026, 11, 27), QTime(14, 29), QTimeZone::utc()),
                                         QTimeZone("America/New_York"), {}, &g.theme, nullptr);
        show(later, QStringLiteral("sheet-later"));
        auto* scheduled = new ScheduledSheet(&g.theme, nullptr);
        scheduled->setMessages(invented::scheduled());
        show(scheduled, QStringLiteral("sheet-scheduled"));
        show(new DateSheet(QDate(2026, 11, 24), &g.theme, nullptr), QStringLiteral("sheet-date"));
        show(new RetentionSheet(30 * 86'400, &g.theme, nullptr), QStringLiteral("sheet-retention"));
        show(new GroupServersSheet({QStringLiteral("wss://relay.kasara.example")}, &g.theme, nullptr),
             QStringLiteral("sheet-group-servers"));
        g.settingsPictures(suffix);
        show(new KeysSheet(&g.theme, nullptr), QStringLiteral("sheet-keys"));
        auto* diagnostics = new DiagnosticsSheet(&g.theme, nullptr);
        diagnostics->setConnection(invented::waitingConnection());
        diagnostics->setRecords(
            {{QStringLiteral("wss://relay.kasara.example"), QStringLiteral("invalid_signature"),
              QStringLiteral("the event's signature does not verify"), 3, 1790000000}});
        show(diagnostics, QStringLiteral("sheet-diagnostics"));
    };
    sheets(QString());
    g.theme.setMode(ThemeMode::Dark);
    sheets(QStringLiteral("-dark"));
    // The looks that people need in order to see well.
    const std::pair<QString, Appearance> looks[] = {
        {QStringLiteral("text-80"), {ThemeMode::Light, {}, {}, {}, 80}},
        {QStringLiteral("text-150"), {ThemeMode::Light, {}, {}, {}, 150}},
        {QStringLiteral("text-200"), {ThemeMode::Light, {}, {}, {}, 200}},
        {QStringLiteral("contrast-light"), {ThemeMode::Light, Contrast::High, {}, {}, 100}},
        {QStringLiteral("contrast-dark"), {ThemeMode::Dark, Contrast::High, {}, {}, 100}},
        {QStringLiteral("compact"), {ThemeMode::Light, {}, Density::Compact, {}, 100}},
    };
    for (const auto& [name, look] : looks) {
        g.theme.setAppearance(look);
        g.mainPictures(name);
        g.settingsPictures(QStringLiteral("-") + name);
    }
    g.theme.setAppearance({ThemeMode::Light, {}, {}, {}, 150});
    g.language.use(QStringLiteral("ar"));
    g.mainPictures(QStringLiteral("arabic-text-150"));
    g.language.use(QStringLiteral("en"));
    g.theme.setAppearance({});
    g.theme.setMode(ThemeMode::Light);
    g.language.use(QStringLiteral("fr"));
    g.mainPictures(QStringLiteral("french"));
    g.language.use(QStringLiteral("ar"));
    g.mainPictures(QStringLiteral("arabic"));
    sheets(QStringLiteral("-arabic"));
    {
        MainWindow w(&g.theme);
        w.resize(1320, 840);
        w.showOnboarding();
        w.onboarding()->goTo(OnboardingPage::Passphrase);
        w.show();
        g.save(&w, QStringLiteral("onboarding-arabic"));
    }
    return 0;
}
