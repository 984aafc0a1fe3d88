// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/proxy_fields.h"
#include "ui/dialogs/sheet.h"
#include "ui/notify/notification.h"
#include "ui/spelling/spelling_settings.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QStackedWidget;

namespace valise::ui {

class SpellingPage;

//! What the settings show when they open, besides the account.
struct SettingsValues {
    Appearance appearance;
    QString language = QStringLiteral("auto"); //!< or a language code
    bool enterSends = true;                    //!< Enter alone sends a message
    client::SignalSettings told{};             //!< what others are told
    NotificationSettings notifications{};
    SpellingSettings spelling{};
};

//! The settings, a section at a time. Hands over only what changed.
class SettingsSheet : public Sheet {
    Q_OBJECT

public:
    SettingsSheet(const client::AccountRecord& account, const SettingsValues& values, const Theme* theme,
                  QWidget* parent);

    //! The list of sections; its row chooses the page.
    QListWidget* sections() const { return m_sections; }

    QLineEdit* nameField() const { return m_name; }
    QPlainTextEdit* serversField() const { return m_servers; }
    QComboBox* themeBox() const { return m_mode; }
    QComboBox* contrastBox() const { return m_contrast; }
    QComboBox* textBox() const { return m_text; }
    QComboBox* densityBox() const { return m_density; }
    QComboBox* motionBox() const { return m_motion; }
    QComboBox* notificationBox() const { return m_notify; }
    QComboBox* persistenceBox() const { return m_persist; }
    QComboBox* quietBox() const { return m_quiet; }
    QComboBox* languageBox() const { return m_language; }
    QComboBox* sendKeyBox() const { return m_sendKey; }
    QCheckBox* receiptsBox() const { return m_receipts; }
    QCheckBox* typingBox() const { return m_typing; }
    //! Its owner hands over what is set now.
    ProxyFields* proxyFields() const { return m_proxy; }
    //! Its dictionaries and words are put in by the owner.
    SpellingPage* spellingPage() const { return m_spelling; }

signals:
    void nameChosen(const QString& name);
    void serversChosen(const QStringList& urls);
    //! Without a password the one that is kept stays.
    void proxyChosen(const valise::client::ProxyRecord& proxy, const std::optional<QString>& password);
    void notificationsChosen(const valise::ui::NotificationSettings& settings);
    void appearanceChosen(const valise::ui::Appearance& appearance);
    //! "auto" or a language code.
    void languageChosen(const QString& code);
    //! Whether Enter alone sends a message, or only Ctrl+Enter.
    void enterSendsChosen(bool on);
    void signalsChosen(const valise::client::SignalSettings& settings);
    void spellingChosen(const valise::ui::SpellingSettings& settings);
    //! Words that are no longer the person's own.
    void ownWordsRemoved(const QStringList& words);
    void diagnosticsWanted();
    void keysWanted();
    //! Everything was handed over; the sheet closes when the owner calls accept().
    void saved();

private:
    void makeAccount();
    void makeAppearance();
    void makeNotifications();
    void makeWriting();
    void makeSpelling();
    void makeServers();
    void makeHelp();
    QVBoxLayout* addPage(const QString& title, const QString& icon);
    void addHeading(QVBoxLayout* column, const QString& text);
    void addNote(QVBoxLayout* column, const QString& text);
    QComboBox* addChoice(QVBoxLayout* column, const QString& title,
                         const QVector<std::pair<QString, QVariant>>& choices, const QVariant& now);
    void showProblem(int page, const QString& text, QWidget* field);
    void save();

    client::AccountRecord m_account;
    SettingsValues m_start;
    QListWidget* m_sections;
    QStackedWidget* m_pages;
    QLineEdit* m_name = nullptr;
    QPlainTextEdit* m_servers = nullptr;
    QComboBox* m_mode = nullptr;
    QComboBox* m_contrast = nullptr;
    QComboBox* m_text = nullptr;
    QComboBox* m_density = nullptr;
    QComboBox* m_motion = nullptr;
    QComboBox* m_notify = nullptr;
    QComboBox* m_persist = nullptr;
    QComboBox* m_quiet = nullptr;
    QComboBox* m_language = nullptr;
    QComboBox* m_sendKey = nullptr;
    QCheckBox* m_receipts = nullptr;
    QCheckBox* m_typing = nullptr;
    ProxyFields* m_proxy = nullptr;
    SpellingPage* m_spelling = nullptr;
};

//! The lines of a field of server addresses.
QStringList serverLines(const QString& text);
//! Empty if all addresses can be servers, else the sentence that says what is wrong.
QString serverProblem(const QStringList& urls);

} // namespace valise::ui
