// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QPushButton>

namespace valise::ui {

//! Above the message field: how many messages are to be sent later. Pressed, it shows them.
class LaterStrip : public QPushButton {
    Q_OBJECT

public:
    explicit LaterStrip(const Theme* theme, QWidget* parent = nullptr);

    //! Hidden if there are none.
    void setConversation(const client::ConversationRecord& conversation);

signals:
    void scheduledWanted(const QByteArray& conversation);

private:
    void restyle();

    const Theme* m_theme;
    client::ConversationId m_conversation;
    bool m_missed = false;
};

} // namespace valise::ui
