// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QToolButton;

namespace valise::ui {

//! The pinned messages of the open conversation, one at a time: a click or Enter goes to it, and the next
//! time to the next. Hidden without any.
class PinnedStrip : public QWidget {
    Q_OBJECT

public:
    PinnedStrip(const Theme* theme, QWidget* parent);

    void setMessages(const QVector<client::MessageRecord>& messages);
    const QVector<client::MessageRecord>& messages() const { return m_messages; }
    bool holds(qint64 row) const;
    QToolButton* unpinButton() const { return m_unpin; }

signals:
    void chosen(qint64 row);
    void unpinWanted(const valise::client::MessageRecord& message);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void follow();
    void restyle();
    void describe();

    const Theme* m_theme;
    QVector<client::MessageRecord> m_messages;
    qsizetype m_current = 0;
    QToolButton* m_unpin;
};

} // namespace valise::ui
