// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/server_lines.h"

#include "ui/error_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace valise::ui {
namespace {

struct Servers {
    Q_DECLARE_TR_FUNCTIONS(Servers)
};

} // namespace

QStringList serverLines(const QString& text) {
    static const QRegularExpression kSeparators(QStringLiteral("[\\s,;]+"));
    QStringList lines = text.split(kSeparators, Qt::SkipEmptyParts);
    lines.removeDuplicates();
    return lines;
}

QString serverProblem(const QStringList& urls) {
    if (urls.isEmpty())
        return Servers::tr("At least one server is needed; without one nothing can be sent or received.");
    for (const QString& text : urls) {
        const QUrl url(text, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty() ||
            (url.scheme() != QLatin1String("wss") && url.scheme() != QLatin1String("ws")))
            return errorText(ErrorCode::InvalidUrl);
    }
    return {};
}

} // namespace valise::ui
