// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"

#include <QLabel>

namespace valise::ui {

//! Stands in the message field's place where nothing can be written any more, and says why.
class ClosedBar : public QLabel {
    Q_OBJECT

public:
    explicit ClosedBar(QWidget* parent = nullptr);
    //! Hidden while the conversation is open for messages, or an unanswered request.
    void setConversation(const client::ConversationRecord& conversation);
};

} // namespace valise::ui
