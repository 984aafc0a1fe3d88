// SPDX-License-Identifier: AGPL-3.0-or-later
// Only for builds with ThreadSanitizer. The sanitizer knows the order of accesses in two threads only from
// code compiled with it. Qt is not compiled with it, and Qt's mutexes are atomic operations inside its
// library. So every value that one thread posts to another looks like a race. The linker (--wrap, see
// ValiseTargets.cmake) redirects the few calls that pass values between threads to the functions below. They
// report exactly the order that Qt guarantees:
//   - posting a call comes before the call,
//   - the call comes before the end of its functor in any thread, and before a waiting caller returns,
//   - the end of a thread comes before a caller that waits for it returns,
//   - giving work to a pool comes before the work.
#include <QDeadlineTimer>
#include <QObject>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>

#include <sanitizer/tsan_interface.h>

namespace {

using QtPrivate::QSlotObjectBase;

//! Replaces the posted functor in the queue, and calls it.
class Posted : public QSlotObjectBase {
public:
    explicit Posted(QSlotObjectBase* functor)
        : QSlotObjectBase(&Posted::run)
        , m_functor(functor) {}

private:
    static void run(int which, QSlotObjectBase* base, QObject* receiver, void** arguments, bool*) {
        __tsan_acquire(base);
        auto* self = static_cast<Posted*>(base);
        if (which == Call) {
            self->m_functor->call(receiver, arguments);
            __tsan_release(base);
        } else if (which == Destroy) {
            self->m_functor->destroyIfLastRef();
            delete self;
        }
    }
    QSlotObjectBase* m_functor;
};

template <typename Post>
bool post(QSlotObjectBase* functor, Qt::ConnectionType type, Post real) {
    auto* posted = new Posted(functor);
    posted->ref();
    __tsan_release(posted);
    const bool known = real(posted);
    if (type == Qt::BlockingQueuedConnection)
        __tsan_acquire(posted);
    posted->destroyIfLastRef();
    return known;
}

} // namespace

#define REAL(symbol) asm("__real_" symbol)
#define WRAP(symbol) asm("__wrap_" symbol)

#if QT_VERSION < QT_VERSION_CHECK(6, 7, 0)
#define INVOKE                                                                                               \
    "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv"
bool realInvoke(QObject*, QSlotObjectBase*, Qt::ConnectionType, void*) REAL(INVOKE);
bool wrapInvoke(QObject*, QSlotObjectBase*, Qt::ConnectionType, void*) WRAP(INVOKE);
bool wrapInvoke(QObject* object, QSlotObjectBase* functor, Qt::ConnectionType type, void* answer) {
    return post(functor, type,
                [&](QSlotObjectBase* posted) { return realInvoke(object, posted, type, answer); });
}
#else
#define INVOKE                                                                                               \
    "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeExPKPKvP" \
    "K"                                                                                                      \
    "PKcPKPKNS2_18QMetaTypeInterfaceE"
using Interface = QtPrivate::QMetaTypeInterface;
bool realInvoke(QObject*, QSlotObjectBase*, Qt::ConnectionType, qsizetype, const void* const*,
                const char* const*, const Interface* const*) REAL(INVOKE);
bool wrapInvoke(QObject*, QSlotObjectBase*, Qt::ConnectionType, qsizetype, const void* const*,
                const char* const*, const Interface* const*) WRAP(INVOKE);
bool wrapInvoke(QObject* object, QSlotObjectBase* functor, Qt::ConnectionType type, qsizetype count,
                const void* const* values, const char* const* names, const Interface* const* types) {
    return post(functor, type, [&](QSlotObjectBase* posted) {
        return realInvoke(object, posted, type, count, values, names, types);
    });
}
#endif

void realStart(QThread*, QThread::Priority) REAL("_ZN7QThread5startENS_8PriorityE");
void wrapStart(QThread*, QThread::Priority) WRAP("_ZN7QThread5startENS_8PriorityE");
void wrapStart(QThread* thread, QThread::Priority priority) {
    // A direct connection made last, so that this runs as the last action of the thread.
    QObject::connect(
        thread, &QThread::finished, thread, [thread] { __tsan_release(thread); }, Qt::DirectConnection);
    realStart(thread, priority);
}

bool realWait(QThread*, QDeadlineTimer) REAL("_ZN7QThread4waitE14QDeadlineTimer");
bool wrapWait(QThread*, QDeadlineTimer) WRAP("_ZN7QThread4waitE14QDeadlineTimer");
bool wrapWait(QThread* thread, QDeadlineTimer deadline) {
    const bool ended = realWait(thread, deadline);
    if (ended)
        __tsan_acquire(thread);
    return ended;
}

namespace {

//! Replaces the given work in the pool's queue, and runs it.
class Given final : public QRunnable {
public:
    explicit Given(QRunnable* work)
        : m_work(work) {}
    void run() override {
        __tsan_acquire(this);
        m_work->run();
        if (m_work->autoDelete())
            delete m_work;
    }

private:
    QRunnable* m_work;
};

} // namespace

void realGive(QThreadPool*, QRunnable*, int) REAL("_ZN11QThreadPool5startEP9QRunnablei");
void wrapGive(QThreadPool*, QRunnable*, int) WRAP("_ZN11QThreadPool5startEP9QRunnablei");
void wrapGive(QThreadPool* pool, QRunnable* work, int priority) {
    auto* given = new Given(work);
    __tsan_release(given);
    realGive(pool, given, priority);
}
