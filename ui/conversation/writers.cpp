// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/writers.h"

#include "core/client/client.h"

#include <algorithm>

namespace valise::ui {
namespace {

constexpr qsizetype kMost = 64; //!< a hostile crowd is bounded

} // namespace

Writers::Writers(QObject* parent)
    : QObject(parent) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Writers::forgetSilent);
}

void Writers::set(const client::ConversationId& conversation, const client::AccountKey& member,
                  const QString& name, bool on) {
    m_writers.removeIf([&](const Writer& w) { return w.conversation == conversation && w.member == member; });
    if (on && m_writers.size() < kMost)
        m_writers.append({conversation, member, name, QDeadlineTimer(client::kTypingSeconds * 1000)});
    forgetSilent();
}

QStringList Writers::names(const client::ConversationId& conversation) const {
    QStringList out;
    for (const Writer& w : m_writers)
        if (w.conversation == conversation && !w.until.hasExpired())
            out.append(w.name);
    return out;
}

void Writers::forgetSilent() {
    m_writers.removeIf([](const Writer& w) { return w.until.hasExpired(); });
    qint64 next = -1;
    for (const Writer& w : std::as_const(m_writers))
        next = next < 0 ? w.until.remainingTime() : std::min(next, w.until.remainingTime());
    if (next >= 0)
        m_timer.start(static_cast<int>(next) + 1);
    else
        m_timer.stop();
    emit changed();
}

} // namespace valise::ui
