// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/crypto/secret.h"
#include "ui/lock/door_page.h"

class QLineEdit;
class QProgressBar;
class QPushButton;

namespace valise::ui {

//! Opens an existing profile.
class UnlockPage : public DoorPage {
    Q_OBJECT

public:
    explicit UnlockPage(const Theme* theme, QWidget* parent = nullptr);
    QLineEdit* field() const { return m_field; }
    QPushButton* button() const { return m_button; }
    void showError(const QString& text);
    QString errorShown() const;
    void setBusy(bool busy);
    crypto::Secret passphrase();

signals:
    void unlockRequested();

private:
    QLineEdit* m_field;
    QLabel* m_error;
    QProgressBar* m_progress;
    QPushButton* m_button;
};

} // namespace valise::ui
