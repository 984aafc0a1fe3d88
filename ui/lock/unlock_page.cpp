// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/lock/unlock_page.h"

#include "ui/lock/passphrase.h"

#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace valise::ui {

UnlockPage::UnlockPage(const Theme* theme, QWidget* parent)
    : DoorPage(theme, parent) {
    column()->addWidget(makeTitle(tr("Your valise is locked"), this));
    auto* words = new QLabel(tr("Enter your passphrase to open it."), this);
    words->setProperty("dim", true);
    words->setAlignment(Qt::AlignHCenter);
    column()->addSpacing(6);
    column()->addWidget(words);
    column()->addSpacing(20);
    m_field = makePassphraseField(tr("Passphrase"), this);
    m_field->setObjectName(QStringLiteral("unlockField"));
    theme->fixWidth(m_field, 340);
    column()->addWidget(m_field, 0, Qt::AlignHCenter);
    column()->addSpacing(10);
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    theme->fixWidth(m_progress, 340);
    QSizePolicy keep = m_progress->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keep);
    column()->addWidget(m_progress, 0, Qt::AlignHCenter);
    column()->addSpacing(6);
    m_button = new QPushButton(tr("Open"), this);
    m_button->setObjectName(QStringLiteral("unlockButton"));
    m_button->setProperty("primary", true);
    m_button->setDefault(true);
    theme->fixWidth(m_button, 340);
    column()->addWidget(m_button, 0, Qt::AlignHCenter);
    column()->addSpacing(12);
    m_error = new QLabel(this);
    m_error->setObjectName(QStringLiteral("errorLabel"));
    m_error->setProperty("error", true);
    m_error->setWordWrap(true);
    m_error->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    theme->fixWidth(m_error, 340);
    m_error->setMinimumHeight(44);
    column()->addWidget(m_error, 0, Qt::AlignHCenter);
    closeColumn();
    m_progress->hide();
    const auto go = [this] {
        if (m_field->text().isEmpty()) {
            showError(tr("Please enter your passphrase."));
            return;
        }
        if (m_button->isEnabled())
            emit unlockRequested();
    };
    connect(m_button, &QPushButton::clicked, this, go);
    connect(m_field, &QLineEdit::returnPressed, this, go);
    setFocusProxy(m_field);
}

void UnlockPage::showError(const QString& text) {
    m_error->setText(text);
    m_error->setAccessibleName(text);
    m_field->setFocus();
}

QString UnlockPage::errorShown() const {
    return m_error->text();
}

void UnlockPage::setBusy(bool busy) {
    m_progress->setVisible(busy);
    m_field->setEnabled(!busy);
    m_button->setEnabled(!busy);
    m_button->setText(busy ? tr("Opening…") : tr("Open"));
    if (busy)
        m_error->clear();
}

crypto::Secret UnlockPage::passphrase() {
    return takePassphrase(m_field);
}

} // namespace valise::ui
