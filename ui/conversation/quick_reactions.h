// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace valise::ui {

//! A row of emoji to react with at once, and a button for all others.
class QuickReactions : public QWidget {
    Q_OBJECT

public:
    QuickReactions(const QStringList& emoji, const client::MessageRecord& message, const Theme* theme,
                   QWidget* parent);

signals:
    //! `on`: false takes the person's own reaction back.
    void chosen(const QString& emoji, bool on);
    void moreWanted();
};

} // namespace valise::ui
