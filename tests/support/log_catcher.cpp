// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/log_catcher.h"

#include "core/base/log.h"

#include <QString>

#include <mutex>

namespace valise::test {

struct LogCatcher::Lines {
    void add(const QByteArray& line) {
        const std::lock_guard lock(mutex);
        text += line + '\n';
    }
    std::mutex mutex;
    QByteArray text;
};

LogCatcher::LogCatcher()
    : m_lines(std::make_shared<Lines>()) {
    setLogSink([lines = m_lines](LogLevel, std::string_view category, std::string_view text) {
        lines->add(QByteArray(category.data(), static_cast<qsizetype>(category.size())) + ": " +
                   QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    });
    // Qt takes only a plain function. Its lines go through the program's own log to the same place.
    m_before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext& context, const QString& message) {
            log(LogLevel::Debug, context.category ? context.category : "qt", message.toStdString());
        });
}

LogCatcher::~LogCatcher() {
    qInstallMessageHandler(m_before);
    setLogSink({});
}

QByteArray LogCatcher::text() const {
    const std::lock_guard lock(m_lines->mutex);
    return m_lines->text;
}

} // namespace valise::test
