// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/network/diagnostics.h"

#include "core/base/encoding.h"

namespace valise::client {

Result<QVector<DiagnosticRecord>> Diagnostics::report() {
    auto& stores = m_profile.stores();
    QVector<DiagnosticRecord> out;
    VALISE_TRY(const auto counters, stores.counters.list());
    for (const storage::Counter& counter : counters)
        out.append({toQString(counter.scope), toQString(counter.category),
                    toQString(counter.reason + (counter.lastDetail.empty() ? "" : ": " + counter.lastDetail)),
                    counter.count, counter.lastMs / 1000});
    VALISE_TRY(const auto waiting, stores.deferred.listAll());
    for (const storage::DeferredEvent& event : waiting)
        out.append({toQString(toHex(event.groupHint)), QStringLiteral("deferred"), toQString(event.reason),
                    static_cast<qint64>(event.tries) + 1, event.lastTryMs / 1000});
    addGroups(out);
    for (const net::RelayStatus& status : m_pool.statuses()) {
        QString reason = QString::fromLatin1(net::relayStateName(status.state));
        if (status.lastError)
            reason +=
                QStringLiteral(": %1 (%2)")
                    .arg(toQString(errorName(status.lastError->code)), toQString(status.lastError->detail));
        if (status.paymentRequired)
            reason += QStringLiteral("; wants to be paid");
        out.append({toQString(status.url), QStringLiteral("relay"), reason,
                    static_cast<qint64>(status.eventsReceived), m_profile.clock.now()});
    }
    return out;
}

void Diagnostics::addGroups(QVector<DiagnosticRecord>& out) const {
    const qint64 now = m_profile.clock.now();
    for (const auto& [group, engine] : m_sessions.engines()) {
        const QString scope = toQString(toHex(group));
        QString standing = QStringLiteral("epoch %1").arg(engine.epoch());
        if (engine.pass())
            standing += QStringLiteral(", choosing between branches");
        if (!engine.queue().empty())
            standing += QStringLiteral(", %1 changes wait").arg(engine.queue().size());
        out.append({scope, QStringLiteral("group"), standing, 1, now});
        if (engine.pendingPublish())
            out.append({scope, QStringLiteral("pending_commit"),
                        QStringLiteral("epoch %1").arg(engine.pendingPublish()->outgoing.epoch), 1, now});
        if (const auto& d = engine.lastDecision())
            out.append({scope, QStringLiteral("convergence"),
                        QStringLiteral("%1 the branch to epoch %2 from %3 candidates since epoch %4, by %5 "
                                       "(depth %6, witnesses %7%8)")
                            .arg(d->switched ? QStringLiteral("changed to") : QStringLiteral("followed"))
                            .arg(d->tipEpoch)
                            .arg(d->candidates)
                            .arg(d->forkEpoch)
                            .arg(toQString(marmot::ruleName(d->decisive)))
                            .arg(d->score.depth)
                            .arg(d->score.witnessScore)
                            .arg(d->score.quorum ? QStringLiteral(", quorum") : QString()),
                        static_cast<qint64>(d->generation) + 1, d->decidedMs / 1000});
    }
    for (const auto& [group, formers] : m_sessions.formers())
        for (const FormerEngine& former : formers)
            out.append({toQString(toHex(group)), QStringLiteral("former"),
                        QStringLiteral("out since epoch %1, what was sent before is read for %2 minutes more")
                            .arg(former.engine.epoch())
                            .arg(std::max<std::int64_t>(0, former.untilMs / 1000 - now) / 60),
                        1, now});
}

} // namespace valise::client
