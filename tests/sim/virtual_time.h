// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QAbstractEventDispatcher>

#include <functional>
#include <map>

namespace valise::sim {

//! The event dispatcher of the simulation's only thread. Qt timers and the simulator's own appointments run
//! in one order. Time jumps from one to the next without waiting. Install it before the application object.
class VirtualTime : public QAbstractEventDispatcher {
    Q_OBJECT
public:
    explicit VirtualTime(QObject* parent = nullptr);

    //! Milliseconds since the simulation began.
    qint64 nowMs() const { return m_now; }
    //! Calls `work` in `ms` milliseconds.
    void after(qint64 ms, std::function<void()> work);
    //! Runs everything that is due in the next `ms` milliseconds. Calls `between` after each step.
    void run(qint64 ms, const std::function<void()>& between);
    //! Drops every appointment (but not the timers of living objects), and restarts at 0.
    void reset();
    //! The number of waiting appointments.
    std::size_t waiting() const { return m_appointments; }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier* notifier) override;
    void unregisterSocketNotifier(QSocketNotifier* notifier) override;
    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject* object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject* object) override;
    QList<TimerInfo> registeredTimers(QObject* object) const override;
    int remainingTime(int id) override;
    void wakeUp() override {}
    void interrupt() override {}

private:
    struct Timer {
        qint64 interval = 0;
        Qt::TimerType type = Qt::CoarseTimer;
        QObject* object = nullptr;
        std::pair<qint64, quint64> due;
    };
    struct Entry {
        int timer = 0; //!< 0 for an appointment
        std::function<void()> work;
    };
    void deliver();
    void schedule(int id, Timer& timer);

    qint64 m_now = 0;
    quint64 m_sequence = 0; //!< of entries due at the same time, the one added first runs first
    std::size_t m_appointments = 0;
    std::map<std::pair<qint64, quint64>, Entry> m_queue;
    std::map<int, Timer> m_timers;
};

//! The clock of one desk. It shows virtual time, and may be wrong.
class DeskClock final : public Clock {
public:
    //! 2027-01-15T08:00:00Z. The date does not matter.
    static constexpr std::int64_t kStartMs = 1'800'000'000'000;

    explicit DeskClock(const VirtualTime& time)
        : m_time(time) {}
    std::int64_t nowMs() const override { return kStartMs + m_time.nowMs() + skewMs; }
    std::int64_t monotonicMs() const override { return m_time.nowMs(); }

    std::int64_t skewMs = 0;

private:
    const VirtualTime& m_time;
};

} // namespace valise::sim
