// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/settings_sheet.h"

#include "ui/dialogs/spelling_page.h"
#include "ui/error_text.h"
#include "ui/format.h"
#include "ui/notify/tray.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {
namespace {

// In the order in which the pages are made.
constexpr int kAccountPage = 0;
constexpr int kSpellingPage = 4;
constexpr int kServersPage = 5;
// Choices of the time of quiet besides a number of seconds.
constexpr qint64 kDisturb = 0;
constexpr qint64 kAsItIs = -1;

} // namespace

QStringList serverLines(const QString& text) {
    static const QRegularExpression kSeparators(QStringLiteral("[\\s,;]+"));
    QStringList lines = text.split(kSeparators, Qt::SkipEmptyParts);
    lines.removeDuplicates();
    return lines;
}

QString serverProblem(const QStringList& urls) {
    if (urls.isEmpty())
        return SettingsSheet::tr(
            "At least one server is needed; without one nothing can be sent or received.");
    for (const QString& text : urls) {
        const QUrl url(text, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() ||
            (url.scheme() != QLatin1String("wss") && url.scheme() != QLatin1String("ws")))
            return errorText(ErrorCode::InvalidUrl);
    }
    return {};
}

SettingsSheet::SettingsSheet(const client::AccountRecord& account, const SettingsValues& values,
                             const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Settings"), {}, parent)
    , m_account(account)
    , m_start(values) {
    setMinimumWidth(theme->px(680));
    auto* row = new QHBoxLayout;
    row->setSpacing(22);
    m_sections = new QListWidget(this);
    m_sections->setObjectName(QStringLiteral("settingsSections"));
    m_sections->setAccessibleName(tr("Sections"));
    m_sections->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pages = new QStackedWidget(this);
    row->addWidget(m_sections);
    row->addWidget(m_pages, 1);
    content()->addLayout(row, 1);

    makeAccount();
    makeAppearance();
    makeNotifications();
    makeWriting();
    makeSpelling();
    makeServers();
    makeHelp();
    m_sections->setFixedWidth(m_sections->sizeHintForColumn(0) + theme->px(30));
    m_sections->setMinimumHeight(theme->px(300));
    connect(m_sections, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_sections->setCurrentRow(0);
    m_sections->setFocus();

    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Save")), &QPushButton::clicked, this, &SettingsSheet::save);
}

QVBoxLayout* SettingsSheet::addPage(const QString& title, const QString& icon) {
    auto* area = new QScrollArea(m_pages);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget;
    page->setObjectName(QStringLiteral("page"));
    auto* column = new QVBoxLayout(page);
    theme()->margins(column, 2, 0, 8, 0);
    column->setSpacing(6);
    area->setWidget(page);
    m_pages->addWidget(area);
    m_sections->addItem(new QListWidgetItem(theme()->icon(icon), title));
    return column;
}

void SettingsSheet::addHeading(QVBoxLayout* column, const QString& text) {
    if (column->count() > 0)
        column->addSpacing(10);
    auto* label = new QLabel(text, this);
    label->setFont(theme()->font(13, QFont::DemiBold));
    column->addWidget(label);
}

void SettingsSheet::addNote(QVBoxLayout* column, const QString& text) {
    auto* label = new QLabel(text, this);
    label->setFont(theme()->font(12));
    label->setProperty("dim", true);
    label->setWordWrap(true);
    column->addWidget(label);
}

QComboBox* SettingsSheet::addChoice(QVBoxLayout* column, const QString& title,
                                    const QVector<std::pair<QString, QVariant>>& choices,
                                    const QVariant& now) {
    addHeading(column, title);
    auto* box = new QComboBox(this);
    for (const auto& [text, value] : choices)
        box->addItem(text, value);
    box->setCurrentIndex(std::max(0, box->findData(now)));
    box->setAccessibleName(title);
    column->addWidget(box);
    return box;
}

void SettingsSheet::makeAccount() {
    QVBoxLayout* column = addPage(tr("You"), QStringLiteral("members"));
    addHeading(column, tr("Your name"));
    m_name = new QLineEdit(m_account.name, this);
    m_name->setMaxLength(80);
    m_name->setAccessibleName(tr("Your name"));
    column->addWidget(m_name);
    addNote(column, tr("The people you talk to see it."));
    // Languages stand in their own words, so that whoever needs one finds it.
    m_language = addChoice(column, tr("Language"),
                           {{tr("As the system"), QStringLiteral("auto")},
                            {QStringLiteral("English"), QStringLiteral("en")},
                            {QStringLiteral("Français"), QStringLiteral("fr")},
                            {QStringLiteral("العربية"), QStringLiteral("ar")}},
                           m_start.language);
    column->addStretch();
}

void SettingsSheet::makeAppearance() {
    const Appearance& now = m_start.appearance;
    const auto value = [](auto choice) { return QVariant(static_cast<int>(choice)); };
    QVBoxLayout* column = addPage(tr("Appearance"), QStringLiteral("contrast"));
    m_mode = addChoice(column, tr("Colours"),
                       {{tr("As the system"), value(ThemeMode::System)},
                        {tr("Light"), value(ThemeMode::Light)},
                        {tr("Dark"), value(ThemeMode::Dark)}},
                       value(now.mode));
    m_contrast = addChoice(column, tr("Contrast"),
                           {{tr("As the system"), value(Contrast::System)},
                            {tr("Normal"), value(Contrast::Normal)},
                            {tr("High"), value(Contrast::High)}},
                           value(now.contrast));
    QVector<std::pair<QString, QVariant>> sizes;
    QVector<int> percents{80, 90, 100, 110, 125, 150, 175, 200};
    if (!percents.contains(now.textPercent))
        percents.append(now.textPercent);
    std::sort(percents.begin(), percents.end());
    for (const int percent : std::as_const(percents))
        //: A text size
        sizes.append({tr("%1%").arg(QLocale().toString(percent)), percent});
    m_text = addChoice(column, tr("Size of text and icons"), sizes, now.textPercent);
    addNote(column, tr("Also with %1 and %2; %3 is the normal size.")
                        .arg(keysText(QKeySequence(QKeySequence::ZoomIn)),
                             keysText(QKeySequence(QKeySequence::ZoomOut)),
                             keysText(QKeySequence(QStringLiteral("Ctrl+0")))));
    m_density = addChoice(
        column, tr("Rows"),
        {{tr("Comfortable"), value(Density::Comfortable)}, {tr("Compact"), value(Density::Compact)}},
        value(now.density));
    m_motion = addChoice(column, tr("Motion"),
                         {{tr("As the system"), value(Motion::System)},
                          {tr("Normal"), value(Motion::Full)},
                          {tr("Nothing moves or blinks"), value(Motion::Reduced)}},
                         value(now.motion));
    column->addStretch();
}

void SettingsSheet::makeNotifications() {
    const NotificationSettings& now = m_start.notifications;
    const auto value = [](NotificationContent content) { return QVariant(static_cast<int>(content)); };
    QVBoxLayout* column = addPage(tr("Notifications"), QStringLiteral("bell"));
    m_notify = addChoice(column, tr("What notifications show"),
                         {{tr("Who writes, and what"), value(NotificationContent::Full)},
                          {tr("Who writes"), value(NotificationContent::Sender)},
                          {tr("Only that something came"), value(NotificationContent::Bare)},
                          {tr("Nothing: there are none"), value(NotificationContent::Off)}},
                         value(now.content));
    addNote(column, tr("Others can see a screen. Muted conversations send no notifications."));
    m_persist = addChoice(column, tr("How long they stay"),
                          {{tr("As long as the system decides"), false}, {tr("Until they are read"), true}},
                          now.persistent);
    const QDateTime present = QDateTime::currentDateTime();
    QVector<std::pair<QString, QVariant>> quiet{{tr("Off"), kDisturb}};
    if (now.quietAt(present.toSecsSinceEpoch())) {
        quiet.append({tr("Until %1").arg(isolated(momentText(now.quietUntil))), kAsItIs});
    }
    quiet.append({tr("For an hour"), 3600});
    quiet.append({tr("For eight hours"), 8 * 3600});
    quiet.append({tr("Until tomorrow morning"), secondsUntilMorning(present)});
    m_quiet = addChoice(column, tr("Do not disturb"), quiet,
                        now.quietAt(present.toSecsSinceEpoch()) ? kAsItIs : kDisturb);
    column->addStretch();
}

void SettingsSheet::makeWriting() {
    QVBoxLayout* column = addPage(tr("Writing"), QStringLiteral("edit"));
    const auto keys = [](const char* name) { return keysText(QKeySequence(QLatin1String(name))); };
    m_sendKey = addChoice(column, tr("Send with"), {{keys("Return"), true}, {keys("Ctrl+Return"), false}},
                          m_start.enterSends);
    addNote(column, tr("%1 always makes a new line.").arg(keys("Shift+Return")));
    addHeading(column, tr("What the others learn"));
    m_receipts = new QCheckBox(tr("Tell that I received and read messages"), this);
    m_receipts->setChecked(m_start.told.receipts);
    column->addWidget(m_receipts);
    addNote(column,
            tr("Read is what stood in this window while it was in front. In large groups nothing is told."));
    m_typing = new QCheckBox(tr("Tell that I am writing, and show who is"), this);
    m_typing->setChecked(m_start.told.typing);
    column->addWidget(m_typing);
    addNote(column, tr("Others see it only if they tell it too."));
    column->addStretch();
}

void SettingsSheet::makeSpelling() {
    QVBoxLayout* column = addPage(tr("Spelling"), QStringLiteral("spelling"));
    m_spelling = new SpellingPage(m_start.spelling, theme(), this);
    column->addWidget(m_spelling);
    column->addStretch();
}

void SettingsSheet::makeServers() {
    QVBoxLayout* column = addPage(tr("Servers"), QStringLiteral("server"));
    addHeading(column, tr("Servers"));
    m_servers = new QPlainTextEdit(m_account.relays.join(QLatin1Char('\n')), this);
    m_servers->setTabChangesFocus(true);
    m_servers->setFixedHeight(theme()->px(86));
    m_servers->setAccessibleName(tr("Servers"));
    m_servers->setLayoutDirection(Qt::LeftToRight);
    column->addWidget(m_servers);
    addNote(column,
            tr("One on each line. They carry sealed messages and cannot look inside; with two or three of "
               "them, messages "
               "arrive even if one fails."));
    addHeading(column, tr("How servers are reached"));
    m_proxy = new ProxyFields(theme(), this);
    column->addWidget(m_proxy);
    column->addStretch();
}

void SettingsSheet::makeHelp() {
    QVBoxLayout* column = addPage(tr("Help"), QStringLiteral("help"));
    const auto link = [&](const QString& text, const QString& note) {
        auto* button = new QPushButton(text, this);
        button->setAutoDefault(false);
        column->addWidget(button, 0, Qt::AlignLeading);
        addNote(column, note);
        column->addSpacing(8);
        return button;
    };
    connect(link(tr("Keys"), tr("Everything that can be done with the keyboard.")), &QPushButton::clicked,
            this, &SettingsSheet::keysWanted);
    connect(
        link(tr("Diagnostics"), tr("For your help desk. Nothing there contains messages, names or keys.")),
        &QPushButton::clicked, this, &SettingsSheet::diagnosticsWanted);
    column->addStretch();
}

void SettingsSheet::showProblem(int page, const QString& text, QWidget* field) {
    m_sections->setCurrentRow(page);
    showError(text);
    field->setFocus();
}

void SettingsSheet::save() {
    const QString name = m_name->text().simplified();
    if (name.isEmpty())
        return showProblem(kAccountPage,
                           tr("Please write a name; the people you talk to need to know who you are."),
                           m_name);
    const QStringList servers = serverLines(m_servers->toPlainText());
    const QString problem = serverProblem(servers);
    if (!problem.isEmpty())
        return showProblem(kServersPage, problem, m_servers);
    if (const QString wrong = m_proxy->problem(); !wrong.isEmpty())
        return showProblem(kServersPage, wrong, m_proxy->hostField());
    const SpellingSettings spelling = m_spelling->settings();
    if (spelling.on && spelling.dictionaries.size() > SpellChecker::kMostDictionaries)
        return showProblem(kSpellingPage,
                           tr("At most %1 dictionaries can be used at once. Please choose those of the "
                              "languages you write most.")
                               .arg(QLocale().toString(SpellChecker::kMostDictionaries)),
                           m_spelling->dictionaryList());
    showError({});
    if (m_proxy->isChanged())
        emit proxyChosen(m_proxy->proxy(), m_proxy->password());
    if (name != m_account.name)
        emit nameChosen(name);
    if (servers != m_account.relays)
        emit serversChosen(servers);
    Appearance appearance;
    appearance.mode = static_cast<ThemeMode>(m_mode->currentData().toInt());
    appearance.contrast = static_cast<Contrast>(m_contrast->currentData().toInt());
    appearance.density = static_cast<Density>(m_density->currentData().toInt());
    appearance.motion = static_cast<Motion>(m_motion->currentData().toInt());
    appearance.textPercent = m_text->currentData().toInt();
    if (appearance != m_start.appearance)
        emit appearanceChosen(appearance);
    const bool enterSends = m_sendKey->currentData().toBool();
    if (enterSends != m_start.enterSends)
        emit enterSendsChosen(enterSends);
    const client::SignalSettings told{m_receipts->isChecked(), m_typing->isChecked()};
    if (told != m_start.told)
        emit signalsChosen(told);
    if (spelling != m_start.spelling)
        emit spellingChosen(spelling);
    if (const QStringList removed = m_spelling->removedWords(); !removed.isEmpty())
        emit ownWordsRemoved(removed);
    NotificationSettings notifications = m_start.notifications;
    notifications.content = static_cast<NotificationContent>(m_notify->currentData().toInt());
    notifications.persistent = m_persist->currentData().toBool();
    const qint64 quiet = m_quiet->currentData().toLongLong();
    if (quiet != kAsItIs &&
        (quiet != kDisturb || notifications.quietUntil > QDateTime::currentSecsSinceEpoch()))
        notifications.quietUntil = quiet == kDisturb ? 0 : QDateTime::currentSecsSinceEpoch() + quiet;
    if (notifications != m_start.notifications)
        emit notificationsChosen(notifications);
    // Last: the window is made anew for it.
    const QString language = m_language->currentData().toString();
    if (language != m_start.language)
        emit languageChosen(language);
    emit saved();
}

} // namespace valise::ui
