// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <tuple>
#include <vector>

namespace valise::client {

//! The common part of a face's calls: the objects on whose threads the work and the answers run.
class Face {
public:
    //! `home` lives on the caller's thread, `executor` on the thread that does the work; both outlive this.
    Face(QObject* home, QObject* executor)
        : m_home(home)
        , m_executor(executor) {}
    Face(const Face&) = delete;
    Face& operator=(const Face&) = delete;
    //! Every call answers NotFound from now on. To be called on the executor's thread.
    void release() const {
        for (const auto& forget : m_releases)
            forget();
    }

private:
    template <typename Signature>
    friend class Call;
    QObject* m_home;
    QObject* m_executor;
    std::vector<std::function<void()>> m_releases;
};

//! One call of a face, such as `Call<MessageRecord(ConversationId, QString)>`: asked on the caller's thread,
//! carried out on another, answered on the caller's thread, and only while `context` lives. Error of every
//! call: NotFound while no profile is open.
template <typename Signature>
class Call;

template <typename R, typename... Args>
class Call<R(Args...)> {
public:
    using Reply = std::function<void(Result<R>)>;
    using Work = std::function<void(const Args&..., Reply)>;

    explicit Call(Face* face)
        : m_face(face)
        , m_work(std::make_shared<Work>()) {
        face->m_releases.push_back([work = m_work] { *work = nullptr; });
    }

    void operator()(Args... args, QObject* context, Reply reply) const {
        Reply answer = [home = m_face->m_home, context = QPointer<QObject>(context),
                        reply = std::move(reply)](Result<R> result) {
            QMetaObject::invokeMethod(
                home,
                [context, reply, result = std::move(result)] {
                    if (context && reply)
                        reply(result);
                },
                Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(
            m_face->m_executor,
            [work = m_work, args = std::tuple<Args...>(std::move(args)...), answer = std::move(answer)] {
                if (*work)
                    std::apply([&](const Args&... a) { (*work)(a..., answer); }, args);
                else
                    answer(Error{ErrorCode::NotFound, "no profile is open"});
            },
            Qt::QueuedConnection);
    }
    //! For those who need no answer.
    void operator()(Args... args) const { (*this)(std::move(args)..., nullptr, {}); }

    //! Says who does it. To be called on the executor's thread, or before that runs.
    void bind(Work work) const { *m_work = std::move(work); }

private:
    Face* m_face;
    std::shared_ptr<Work> m_work; // only touched on the executor's thread
};

} // namespace valise::client
