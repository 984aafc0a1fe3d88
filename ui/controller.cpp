// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/controller.h"

#include <QWidget>

namespace valise::ui {

Controller::Controller(client::Client* client, const Theme* theme, QWidget* window)
    : QObject(window)
    , m_client(client)
    , m_theme(theme)
    , m_window(window) {}

client::Client::Reply<void> Controller::orFailed() {
    return [this](Result<void> r) {
        if (!r)
            emit failed(r.error());
    };
}

} // namespace valise::ui
