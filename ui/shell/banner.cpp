// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/banner.h"

#include "ui/error_text.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace valise::ui {
namespace {

struct Connection {
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

//! Reasons for which a person can do something, or must know.
bool isTelling(ErrorCode code) {
    switch (code) {
    case ErrorCode::CaptivePortal:
    case ErrorCode::NoNetwork:
    case ErrorCode::NameNotFound:
    case ErrorCode::CertificateExpired:
    case ErrorCode::CertificateWrongHost:
    case ErrorCode::CertificateUnknownIssuer:
    case ErrorCode::TlsFailed:
    case ErrorCode::ProxyFailed:
    case ErrorCode::ProxyNeedsPassword:
    case ErrorCode::NotARelay:
        return true;
    default:
        return false;
    }
}

} // namespace

QString connectionText(const client::ConnectionRecord& c) {
    if (c.total == 0)
        return {};
    if (c.connected > 0 && c.clockAheadSeconds != 0) {
        const int hours = static_cast<int>((std::abs(c.clockAheadSeconds) + 1800) / 3600);
        const QString off = hours == 0 ? Connection::tr("%n minute(s)", nullptr,
                                                        static_cast<int>(std::abs(c.clockAheadSeconds) / 60))
                                       : Connection::tr("%n hour(s)", nullptr, hours);
        return (c.clockAheadSeconds > 0
                    ? Connection::tr(
                          "This computer's clock is %1 ahead. What you write waits until it is set right.")
                    : Connection::tr(
                          "This computer's clock is %1 behind. What you write waits until it is set right."))
            .arg(off);
    }
    if (c.connected > 0 && !c.catchingUp)
        return {};
    if (c.connected > 0)
        return Connection::tr("Fetching what arrived while you were away…");
    if (c.failure && isTelling(*c.failure)) {
        const QString why = errorText(*c.failure);
        if (c.queued == 0)
            return why;
        return Connection::tr("%1 %n message(s) wait to be sent.", nullptr, c.queued).arg(why);
    }
    if (c.queued > 0)
        return Connection::tr(
            "Waiting for the network — %n message(s) wait to be sent and will go out by themselves. "
            "Reading works offline.",
            nullptr, c.queued);
    return Connection::tr(
        "Waiting for the network — what you write is kept and goes out by itself. Reading works offline.");
}

QString serversText(const client::ConnectionRecord& c) {
    QStringList lines;
    for (const client::RelayRecord& relay : c.relays) {
        // An address is read from left to right in every language.
        const QString url = QChar(0x2066) + relay.url + QChar(0x2069);
        if (relay.state == client::RelayState::Connected)
            lines.append(Connection::tr("%1 — connected").arg(url));
        else if (relay.failure)
            lines.append(Connection::tr("%1 — %2").arg(url, errorText(*relay.failure)));
        else
            lines.append(Connection::tr("%1 — connecting…").arg(url));
    }
    return lines.join(QLatin1Char('\n'));
}

Banner::Banner(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("banner"));
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    theme->margins(row, 18, 5, 12, 5);
    row->setSpacing(8);
    m_icon = new QLabel(this);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_try = new QPushButton(tr("Try now"), this);
    m_try->setCursor(Qt::PointingHandCursor);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(m_try, 0, Qt::AlignVCenter);
    connect(m_try, &QPushButton::clicked, this, &Banner::tryNow);
    connect(m_theme, &Theme::changed, this, &Banner::restyle);
    restyle();
    hide();
}

void Banner::restyle() {
    m_icon->setPixmap(m_theme->icon(QStringLiteral("warning"), m_theme->palette().warn)
                          .pixmap(QSize(m_theme->px(15), m_theme->px(15)), devicePixelRatioF()));
    m_text->setFont(m_theme->font(12));
    m_try->setFont(m_theme->font(12, QFont::DemiBold));
}

QString Banner::text() const {
    return m_text->text();
}

void Banner::setConnection(const client::ConnectionRecord& connection) {
    const QString text = connectionText(connection);
    m_text->setText(text);
    m_try->setVisible(connection.connected == 0);
    setToolTip(serversText(connection));
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

} // namespace valise::ui
