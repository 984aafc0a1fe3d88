// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QToolButton;

namespace valise::ui {

//! The narrow first column: the places of the program and, at the bottom, its settings.
class Rail : public QWidget {
    Q_OBJECT

public:
    explicit Rail(const Theme* theme, QWidget* parent = nullptr);
    //! A dot on the requests' button.
    void setRequests(int requests);
    void setRequestsShown(bool shown);
    QToolButton* newButton() const { return m_new; }

signals:
    void conversationsWanted();
    void requestsWanted();
    void newConversationWanted();
    void invitationWanted();
    void settingsWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();
    QToolButton* make(const QString& tip, const QString& keys = {});
    const Theme* m_theme;
    QToolButton* m_conversations;
    QToolButton* m_requests;
    QToolButton* m_new;
    QToolButton* m_invitation;
    QToolButton* m_settings;
    QWidget* m_dot;
    int m_count = 0;
};

} // namespace valise::ui
