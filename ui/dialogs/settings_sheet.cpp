// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/dialogs/settings_sheet.h"

#include "ui/error_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QUrl>
#include <QVBoxLayout>

namespace valise::ui {

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

SettingsSheet::SettingsSheet(const client::AccountRecord& account, ThemeMode mode, const QString& language,
                             bool enterSends, const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Settings"), {}, parent)
    , m_account(account)
    , m_startMode(mode)
    , m_startLanguage(language)
    , m_startEnterSends(enterSends) {
    setMinimumWidth(540);
    addLabel(tr("Your name"));
    m_name = new QLineEdit(account.name, this);
    m_name->setMaxLength(80);
    m_name->setAccessibleName(tr("Your name"));
    content()->addWidget(m_name);
    addHint(tr("The people you talk to see it."));
    content()->addSpacing(6);

    addLabel(tr("Servers"));
    m_servers = new QPlainTextEdit(account.relays.join(QLatin1Char('\n')), this);
    m_servers->setTabChangesFocus(true);
    m_servers->setFixedHeight(84);
    m_servers->setAccessibleName(tr("Servers"));
    m_servers->setLayoutDirection(Qt::LeftToRight);
    content()->addWidget(m_servers);
    addHint(tr("One on each line. They carry sealed messages and cannot look inside; with two or three of "
               "them, messages "
               "arrive even if one fails."));
    content()->addSpacing(6);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(6);
    const auto heading = [&](const QString& text, int column) {
        auto* label = new QLabel(text, this);
        label->setFont(theme->font(13, QFont::DemiBold));
        grid->addWidget(label, 0, column);
    };
    heading(tr("Appearance"), 0);
    heading(tr("Language"), 1);
    heading(tr("Send with"), 2);
    m_mode = new QComboBox(this);
    m_mode->addItem(tr("As the system"), static_cast<int>(ThemeMode::System));
    m_mode->addItem(tr("Light"), static_cast<int>(ThemeMode::Light));
    m_mode->addItem(tr("Dark"), static_cast<int>(ThemeMode::Dark));
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(mode)));
    m_mode->setAccessibleName(tr("Appearance"));
    m_language = new QComboBox(this);
    m_language->addItem(tr("As the system"), QStringLiteral("auto"));
    // Languages stand in their own words, so that whoever needs one finds it.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Français"), QStringLiteral("fr"));
    m_language->addItem(QStringLiteral("العربية"), QStringLiteral("ar"));
    m_language->setCurrentIndex(std::max(0, m_language->findData(language)));
    m_language->setAccessibleName(tr("Language"));
    grid->addWidget(m_mode, 1, 0);
    grid->addWidget(m_language, 1, 1);
    m_sendKey = new QComboBox(this);
    for (const auto& [keys, alone] :
         {std::pair(QStringLiteral("Return"), true), std::pair(QStringLiteral("Ctrl+Return"), false)})
        m_sendKey->addItem(QKeySequence(keys).toString(QKeySequence::NativeText), alone);
    m_sendKey->setCurrentIndex(enterSends ? 0 : 1);
    m_sendKey->setAccessibleName(tr("Send with"));
    grid->addWidget(m_sendKey, 1, 2);
    content()->addLayout(grid);
    content()->addSpacing(10);

    auto* links = new QHBoxLayout;
    auto* keys = new QPushButton(tr("Keys"), this);
    auto* diagnostics = new QPushButton(tr("Diagnostics"), this);
    for (auto* b : {keys, diagnostics}) {
        b->setProperty("link", true);
        b->setAutoDefault(false);
        links->addWidget(b);
    }
    links->addStretch();
    content()->addLayout(links);
    connect(keys, &QPushButton::clicked, this, &SettingsSheet::keysWanted);
    connect(diagnostics, &QPushButton::clicked, this, &SettingsSheet::diagnosticsWanted);

    addCloseButton(tr("Cancel"));
    connect(addMainButton(tr("Save")), &QPushButton::clicked, this, &SettingsSheet::save);
}

void SettingsSheet::save() {
    const QString name = m_name->text().simplified();
    if (name.isEmpty()) {
        showError(tr("Please write a name; the people you talk to need to know who you are."));
        m_name->setFocus();
        return;
    }
    const QStringList servers = serverLines(m_servers->toPlainText());
    const QString problem = serverProblem(servers);
    if (!problem.isEmpty()) {
        showError(problem);
        m_servers->setFocus();
        return;
    }
    showError({});
    if (name != m_account.name)
        emit nameChosen(name);
    if (servers != m_account.relays)
        emit serversChosen(servers);
    const auto mode = static_cast<ThemeMode>(m_mode->currentData().toInt());
    if (mode != m_startMode)
        emit themeChosen(mode);
    const QString language = m_language->currentData().toString();
    if (language != m_startLanguage)
        emit languageChosen(language);
    const bool enterSends = m_sendKey->currentData().toBool();
    if (enterSends != m_startEnterSends)
        emit enterSendsChosen(enterSends);
    emit saved();
}

} // namespace valise::ui
