// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"
#include "ui/lock/door_page.h"

#include <QStringList>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace valise::ui {

//! The first minutes: welcome, name, passphrase, server. Nothing is created before the last button.
class OnboardingPage : public DoorPage {
    Q_OBJECT

public:
    enum Step { Welcome, Name, Passphrase, Server, Working };

    explicit OnboardingPage(const Theme* theme, QWidget* parent = nullptr);

    int step() const;
    QLineEdit* nameField() const { return m_name; }
    QLineEdit* passphraseField() const { return m_first; }
    QLineEdit* repeatField() const { return m_second; }
    QPlainTextEdit* serverField() const { return m_servers; }
    QPushButton* nextButton() const { return m_next; }
    QString errorShown() const;
    //! Back to the server step with a sentence.
    void showError(const QString& text);
    //! The server list proposed to begin with.
    void setServers(const QStringList& urls);
    void goTo(Step step);
    //! The chosen passphrase. The fields keep it, so that a failure does not ask for everything again, until
    //! forget().
    crypto::Secret passphrase() const;
    //! Empties the fields: the profile exists.
    void forget();

signals:
    //! Everything is known; passphrase() hands over the secret.
    void finished(const QString& name, const QStringList& servers);

private:
    QWidget* page(const QString& title, const QString& text, QWidget* content);
    void next();
    void updateStrength();

    QStackedWidget* m_pages;
    QLineEdit* m_name;
    QLineEdit* m_first;
    QLineEdit* m_second;
    QLabel* m_strength;
    QProgressBar* m_strengthBar;
    QPlainTextEdit* m_servers;
    QLabel* m_error;
    QPushButton* m_back;
    QPushButton* m_next;
    QLabel* m_steps;
};

} // namespace valise::ui
