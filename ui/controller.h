// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"

#include <QObject>

namespace valise::ui {

class Theme;

//! Stands between the client and the widgets of one subject, in one window, which owns it. Hands over what
//! the person wants, and what the client tells.
class Controller : public QObject {
    Q_OBJECT

public:
    //! Client and theme outlive the window.
    Controller(client::Client* client, const Theme* theme, QWidget* window);

signals:
    //! Something could not be done, and no sheet is open to say so.
    void failed(const valise::Error& error);

protected:
    client::Client* client() const { return m_client; }
    const Theme* theme() const { return m_theme; }
    QWidget* window() const { return m_window; }
    //! The reply to a change of which nothing is shown but that it failed.
    client::Client::Reply<void> orFailed();

private:
    client::Client* m_client;
    const Theme* m_theme;
    QWidget* m_window;
};

} // namespace valise::ui
