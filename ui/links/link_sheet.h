// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/dialogs/sheet.h"
#include "ui/links/link_check.h"

namespace valise::ui {

//! Says where a link really leads, before anything is opened.
class LinkSheet : public Sheet {
    Q_OBJECT

public:
    LinkSheet(const QString& target, const Theme* theme, QWidget* parent);

    const LinkCheck& check() const { return m_check; }
    //! The host that is shown in large letters.
    QString hostShown() const;
    //! The sentences of warning, in order.
    QStringList warningsShown() const { return m_warnings; }
    QPushButton* copyButton() const { return m_copy; }

signals:
    void confirmed(const QUrl& url);

private:
    void addWarning(LinkWarning warning);

    QString m_target;
    LinkCheck m_check;
    QStringList m_warnings;
    QLabel* m_host = nullptr;
    QPushButton* m_copy;
};

} // namespace valise::ui
