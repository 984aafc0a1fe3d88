// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/client.h"
#include "core/host/relay_server.h"
#include "ui/language/language.h"
#include "ui/shell/session_controller.h"
#include "ui/theme/theme.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace valise::app {

//! Three invented delegations, each with its own profile, client and window, hold a short negotiation over an
//! embedded relay. All actions are key and mouse events on the real windows. Each step waits until its effect
//! is visible in the others' windows. At the end pictures and a transcript are saved.
class Demonstration : public QObject {
    Q_OBJECT

public:
    Demonstration(QString folder, ui::Theme* theme, ui::Language* language, QObject* parent = nullptr);
    ~Demonstration() override;
    void start();

signals:
    //! 0, or 1 after a message on standard error about the step that failed.
    void finished(int code);

private:
    struct Delegate {
        QString name;
        QString country;
        QString passphrase;
        std::unique_ptr<client::Client> client;
        std::unique_ptr<ui::SessionController> session;
        bool idle = false;
        bool closed = false;
        client::ConnectionRecord connection;
    };
    struct Line {
        int who;
        QString text;
        QString answers; //!< text of the message that it replies to, or empty
    };
    struct Step {
        QString what; //!< description, used if the step fails
        std::function<void()> act;
        std::function<bool()> done;
    };

    void plan();
    void planOnboarding(int who);
    void planConversation(int host, const QString& name, const QList<int>& guests);
    void planLine(const Line& line, const QList<int>& readers, bool group);
    void planPictures(const QString& suffix, ui::ThemeMode mode);
    void add(QString what, std::function<void()> act, std::function<bool()> done = {});
    void check();
    void fail(const QString& why);
    void saveTranscript();

    ui::Workspace* space(int who) const {
        return m_people.at(static_cast<std::size_t>(who)).session->window()->workspace();
    }
    ui::SessionController* session(int who) const {
        return m_people.at(static_cast<std::size_t>(who)).session.get();
    }
    bool shows(int who, const QString& text) const;
    QByteArray find(int who, const std::function<bool(const client::ConversationRecord&)>& wanted) const;
    void open(int who, const QByteArray& id);

    QString m_folder;
    ui::Theme* m_theme;
    ui::Language* m_language;
    host::RelayServer m_relay;
    std::vector<Delegate> m_people;
    std::vector<Line> m_lines;
    std::vector<Step> m_steps;
    std::size_t m_at = 0;
    bool m_acted = false;
    bool m_checking = false;
    bool m_over = false;
    QTimer m_limit;
    QTimer m_pulse;
    QByteArray m_group;
    qint64 m_writtenAt = 0;
};

} // namespace valise::app
