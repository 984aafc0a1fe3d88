// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/settings_controller.h"

#include "ui/settings/settings_sheet.h"

#include <QLocale>

namespace valise::ui {

SettingsController::SettingsController(client::Client* client, const QString& home, Theme* theme,
                                       Language* language, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_theme(theme)
    , m_language(language)
    , m_preferences(home) {
    connect(client, &client::Client::accountChanged, this,
            [this](const client::AccountRecord& account) { m_account = account; });
    followAppearance();
    followProfile();
    connect(&m_preferences.language, &PreferenceEntry::changed, this, [this] {
        m_languageWaits = true;
        if (!m_sheet)
            useLanguage();
    });
    useLanguagesForSpelling();
}

SettingsController::~SettingsController() = default;

void SettingsController::followAppearance() {
    // Each part is changed alone, so that a part that the command line set for this run stays.
    const auto follow = [this](PreferenceEntry* entry, const std::function<void(Appearance&)>& put) {
        connect(entry, &PreferenceEntry::changed, this, [this, put] {
            Appearance appearance = m_theme->appearance();
            put(appearance);
            if (appearance != m_theme->appearance())
                m_theme->setAppearance(appearance);
        });
    };
    Preferences& kept = m_preferences;
    follow(&kept.theme, [&kept](Appearance& a) { a.mode = kept.theme.value(); });
    follow(&kept.contrast, [&kept](Appearance& a) { a.contrast = kept.contrast.value(); });
    follow(&kept.density, [&kept](Appearance& a) { a.density = kept.density.value(); });
    follow(&kept.motion, [&kept](Appearance& a) { a.motion = kept.motion.value(); });
    follow(&kept.textPercent, [&kept](Appearance& a) { a.textPercent = kept.textPercent.value(); });
}

void SettingsController::followProfile() {
    Preferences& kept = m_preferences;
    connect(&kept.receipts, &PreferenceEntry::changed, this, &SettingsController::useSignals);
    connect(&kept.typing, &PreferenceEntry::changed, this, &SettingsController::useSignals);
    // First one's own words, and only then the dictionaries, so that none of them is marked for a moment.
    // If the words could not be read, no text is checked, and the stored words are not overwritten.
    const auto useSpelling = [this, &kept] {
        if (kept.ownWords.isKnown())
            m_spelling.setSettings(kept.spelling.value());
    };
    connect(&kept, &Preferences::profileRead, this, [this, &kept, useSpelling] {
        if (kept.ownWords.isKnown())
            m_spelling.setOwnWords(kept.ownWords.value());
        useSpelling();
    });
    connect(&kept.spelling, &PreferenceEntry::changed, this, useSpelling);
    connect(&m_spelling, &SpellChecker::ownWordsChanged, this,
            [this, &kept] { kept.ownWords.set(m_spelling.ownWordsText()); });
}

void SettingsController::open(const client::AccountRecord& account) {
    m_account = account;
    m_preferences.openProfile(
        {[this](const QString& key, QObject* context, std::function<void(Result<QString>)> reply) {
             m_client->profile()->preference(key, context, std::move(reply));
         },
         [this](const QString& key, const QString& value) {
             m_client->profile()->setPreference(key, value);
         }});
}

void SettingsController::close() {
    m_spelling.stop();
    m_preferences.closeProfile();
}

void SettingsController::useSignals() {
    // No signal goes out before the person's choice about both is known.
    if (m_preferences.receipts.isKnown() && m_preferences.typing.isKnown())
        m_client->messages()->setSignals({m_preferences.receipts.value(), m_preferences.typing.value()});
}

void SettingsController::useLanguage() {
    if (!std::exchange(m_languageWaits, false) || m_language->code() == m_preferences.language.value())
        return;
    m_language->use(m_preferences.language.value());
    useLanguagesForSpelling();
    emit languageChanged();
}

void SettingsController::useLanguagesForSpelling() {
    QStringList languages = QLocale::system().uiLanguages();
    languages << QLocale().name();
    m_spelling.setLanguages(languages);
}

SettingsSheet* SettingsController::show(QWidget* window) {
    if (m_sheet) {
        m_sheet->raise();
        m_sheet->activateWindow();
        return m_sheet;
    }
    SettingsContext context;
    context.theme = m_theme;
    context.preferences = &m_preferences;
    context.account = this;
    context.network = this;
    context.spelling = &m_spelling;
    context.showKeys = [this](QWidget* parent) { emit keysWanted(parent); };
    context.showDiagnostics = [this](QWidget* parent) { emit diagnosticsWanted(parent); };
    m_sheet = new SettingsSheet(makeSettingsPages(context), m_theme, window);
    m_spelling.lookAgain();
    connect(m_sheet, &QDialog::finished, this, [this] {
        m_sheet.clear();
        // After the sheet, which belongs to the window that goes.
        QMetaObject::invokeMethod(this, &SettingsController::useLanguage, Qt::QueuedConnection);
    });
    m_sheet->open();
    return m_sheet;
}

int SettingsController::stepText(int steps) {
    const int before = m_preferences.textPercent.value();
    const int wanted =
        steps == 0 ? Appearance::kPlainText : boundedText(before + steps * Appearance::kTextStep);
    if (wanted == before || !m_preferences.textPercent.set(wanted))
        return 0;
    return m_preferences.textPercent.value();
}

client::Client::Reply<void> SettingsController::orFailed(QObject* context,
                                                         std::function<void(Result<void>)> reply) {
    return [this, guard = QPointer<QObject>(context), reply = std::move(reply)](Result<void> done) {
        if (guard)
            reply(std::move(done));
        else if (!done)
            emit failed(done.error());
    };
}

void SettingsController::setName(const QString& name, QObject* context,
                                 std::function<void(Result<void>)> reply) {
    m_client->people()->setName(name, this, orFailed(context, std::move(reply)));
}

void SettingsController::setServers(const QStringList& urls, QObject* context,
                                    std::function<void(Result<void>)> reply) {
    m_client->network()->setRelays(urls, this, orFailed(context, std::move(reply)));
}

void SettingsController::proxy(QObject* context, std::function<void(Result<client::ProxyRecord>)> reply) {
    m_client->network()->proxy(context, std::move(reply));
}

void SettingsController::setProxy(const client::ProxyRecord& proxy, const std::optional<QString>& password,
                                  QObject* context, std::function<void(Result<void>)> reply) {
    m_client->network()->setProxy(proxy, password, this, orFailed(context, std::move(reply)));
}

} // namespace valise::ui
