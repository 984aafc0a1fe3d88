// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/sim/virtual_time.h"

#include <QCoreApplication>
#include <QTimerEvent>

namespace valise::sim {

VirtualTime::VirtualTime(QObject* parent)
    : QAbstractEventDispatcher(parent) {}

void VirtualTime::after(qint64 ms, std::function<void()> work) {
    ++m_appointments;
    m_queue.emplace(std::pair(m_now + std::max<qint64>(0, ms), m_sequence++), Entry{0, std::move(work)});
}

void VirtualTime::deliver() {
    QCoreApplication::sendPostedEvents();
    // Outside an event loop deleteLater() has no effect without this call.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void VirtualTime::run(qint64 ms, const std::function<void()>& between) {
    const qint64 until = m_now + ms;
    for (;;) {
        deliver();
        between();
        deliver();
        if (m_queue.empty() || m_queue.begin()->first.first > until)
            break;
        const auto next = m_queue.begin();
        m_now = std::max(m_now, next->first.first);
        Entry entry = std::move(next->second);
        m_queue.erase(next);
        if (entry.timer == 0) {
            --m_appointments;
            entry.work();
            continue;
        }
        Timer& timer = m_timers.at(entry.timer);
        QObject* const object = timer.object;
        schedule(entry.timer, timer); // scheduled first, because a single-shot timer removes itself
        QTimerEvent event(entry.timer);
        QCoreApplication::sendEvent(object, &event);
    }
    m_now = until;
}

void VirtualTime::reset() {
    for (auto it = m_queue.begin(); it != m_queue.end();)
        it = it->second.timer == 0 ? m_queue.erase(it) : std::next(it);
    m_appointments = 0;
    m_now = 0;
    m_sequence = 0;
}

bool VirtualTime::processEvents(QEventLoop::ProcessEventsFlags) {
    deliver();
    return true;
}

void VirtualTime::registerSocketNotifier(QSocketNotifier*) {
    qFatal("the simulation has no sockets");
}

void VirtualTime::unregisterSocketNotifier(QSocketNotifier*) {}

void VirtualTime::schedule(int id, Timer& timer) {
    timer.due = {m_now + timer.interval, m_sequence++};
    m_queue.emplace(timer.due, Entry{id, {}});
}

void VirtualTime::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject* object) {
    Timer& timer = m_timers[id];
    timer = {interval, type, object, {}};
    schedule(id, timer);
}

bool VirtualTime::unregisterTimer(int id) {
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_queue.erase(found->second.due);
    m_timers.erase(found);
    return true;
}

bool VirtualTime::unregisterTimers(QObject* object) {
    bool any = false;
    for (auto it = m_timers.begin(); it != m_timers.end();) {
        if (it->second.object == object) {
            m_queue.erase(it->second.due);
            it = m_timers.erase(it);
            any = true;
        } else {
            ++it;
        }
    }
    return any;
}

QList<QAbstractEventDispatcher::TimerInfo> VirtualTime::registeredTimers(QObject* object) const {
    QList<TimerInfo> out;
    for (const auto& [id, timer] : m_timers)
        if (timer.object == object)
            out.append(TimerInfo(id, static_cast<int>(timer.interval), timer.type));
    return out;
}

int VirtualTime::remainingTime(int id) {
    const auto found = m_timers.find(id);
    return found == m_timers.end() ? -1
                                   : static_cast<int>(std::max<qint64>(0, found->second.due.first - m_now));
}

} // namespace valise::sim
