// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/profile.h"
#include "core/client/spine/group_follower.h"
#include "core/net/relay_pool.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <set>

namespace valise::client {

//! Kept as a target's reason where it is not the relay's own: it did not answer, or was not reached (followed
//! by why, beginning with the name of the error).
inline constexpr const char* kNoAnswer = "no answer";
inline constexpr std::string_view kNotReached = "not reached: ";

//! Carries the outbox to the relays: always the same bytes, to every relay of a row, again until the relay
//! has answered. The outbox survives a crash at any point.
class OutboxPump : public QObject, public GroupFollower {
    Q_OBJECT

public:
    //! Stores what follows from the acceptance of a row, within the transaction that stores the acceptance.
    using NoteAccepted =
        std::function<Result<void>(const storage::OutboxRow&, const storage::OutboxProgress&)>;
    OutboxPump(Profile& profile, net::RelayPool& pool, NoteAccepted noteAccepted, QObject* parent);

    //! Tells again what relays have answered already: after a crash between an answer and what follows from
    //! it.
    void recover();
    //! Looks for due rows soon; call after adding rows.
    void wake();
    //! True while something waits for a relay that is there.
    bool busy() const;

    void follow(const Effects& effects) override;

signals:
    //! A relay accepted the row; `first` if it is the first one.
    void accepted(const valise::storage::OutboxRow& row, const valise::storage::OutboxProgress& progress,
                  bool first);
    //! Every relay of the row refused it for good; the row is gone.
    void failed(const valise::storage::OutboxRow& row, const QString& reason);
    //! Something changed that the connection indicator shows.
    void changed();

private:
    void pump();
    Result<storage::OutboxProgress> markRefusal(const storage::OutboxRow& row, const std::string& relay,
                                                net::PublishOutcome outcome, const std::string& reason,
                                                std::int64_t now);
    void onPublished(const QString& eventId, const QString& relay, net::PublishOutcome outcome,
                     const QString& reason);

    Profile& m_profile;
    net::RelayPool& m_pool;
    NoteAccepted m_noteAccepted;
    QTimer m_wake;
    bool m_soon = false;                                      // woken, not yet looked
    std::set<std::pair<std::string, std::string>> m_inFlight; // event id and relay
    std::map<std::string, std::int64_t> m_rows;               // event id to row
};

} // namespace valise::client
