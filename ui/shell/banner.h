// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace valise::ui {

//! Says in plain words how the connection is; hidden while all is well.
class Banner : public QWidget {
    Q_OBJECT

public:
    explicit Banner(const Theme* theme, QWidget* parent = nullptr);
    void setConnection(const client::ConnectionRecord& connection);
    QString text() const;

signals:
    void tryNow();

private:
    void restyle();
    const Theme* m_theme;
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_try;
};

//! The sentence for a state of the connection; empty if all is well.
QString connectionText(const client::ConnectionRecord& connection);
//! One line for each server: how it stands, and why it is not connected.
QString serversText(const client::ConnectionRecord& connection);

} // namespace valise::ui
