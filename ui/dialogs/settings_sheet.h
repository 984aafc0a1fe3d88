// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/dialogs/sheet.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace valise::ui {

//! Name, servers, appearance, language.
class SettingsSheet : public Sheet {
    Q_OBJECT

public:
    SettingsSheet(const client::AccountRecord& account, ThemeMode mode, const QString& language,
                  bool enterSends, const Theme* theme, QWidget* parent);

    QLineEdit* nameField() const { return m_name; }
    QPlainTextEdit* serversField() const { return m_servers; }
    QComboBox* themeBox() const { return m_mode; }
    QComboBox* languageBox() const { return m_language; }
    QComboBox* sendKeyBox() const { return m_sendKey; }

signals:
    void nameChosen(const QString& name);
    void serversChosen(const QStringList& urls);
    void themeChosen(valise::ui::ThemeMode mode);
    //! "auto" or a language code.
    void languageChosen(const QString& code);
    //! Whether Enter alone sends a message, or only Ctrl+Enter.
    void enterSendsChosen(bool on);
    void diagnosticsWanted();
    void keysWanted();
    //! Everything was handed over; the sheet closes when the owner calls accept().
    void saved();

private:
    void save();
    client::AccountRecord m_account;
    ThemeMode m_startMode;
    QString m_startLanguage;
    QLineEdit* m_name;
    QPlainTextEdit* m_servers;
    QComboBox* m_mode;
    QComboBox* m_language;
    QComboBox* m_sendKey;
    bool m_startEnterSends;
};

//! The lines of a field of server addresses.
QStringList serverLines(const QString& text);
//! Empty if all addresses can be servers, else the sentence that says what is wrong.
QString serverProblem(const QStringList& urls);

} // namespace valise::ui
