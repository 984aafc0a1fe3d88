// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <memory>

namespace valise::test {

//! Catches every line for the log while it lives, ours of all levels and Qt's, from every thread. Make it
//! before and let it outlive whatever starts threads; one at a time.
class LogCatcher {
public:
    LogCatcher();
    ~LogCatcher();
    LogCatcher(const LogCatcher&) = delete;
    LogCatcher& operator=(const LogCatcher&) = delete;

    //! What was caught so far, one line each.
    QByteArray text() const;

private:
    struct Lines;
    std::shared_ptr<Lines> m_lines;
    QtMessageHandler m_before = nullptr;
};

} // namespace valise::test
