// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/format.h"

#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace valise::ui {
namespace {

//! Says that something waits behind a button. Painted, because a style sheet rounds corners to whole pixels.
class Dot final : public QWidget {
public:
    Dot(const Theme* theme, QWidget* parent)
        : QWidget(parent)
        , m_theme(theme) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme->palette().pane, 1));
        painter.setBrush(m_theme->palette().acc);
        painter.drawEllipse(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }

private:
    const Theme* m_theme;
};

} // namespace

Rail::Rail(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setObjectName(QStringLiteral("rail"));
    theme->fixWidth(this, 56);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 12);
    column->setSpacing(8);
    m_conversations = make(tr("Conversations"));
    m_requests = make(tr("Requests"));
    m_new = make(tr("Start a conversation"), QStringLiteral("Ctrl+N"));
    m_invitation = make(tr("My invitation"));
    m_settings = make(tr("Settings"), QStringLiteral("Ctrl+,"));
    m_dot = new Dot(theme, m_requests);
    m_dot->setObjectName(QStringLiteral("dot"));
    theme->follow(m_dot, [this] {
        m_dot->setGeometry(m_theme->px(25), m_theme->px(6), m_theme->px(9), m_theme->px(9));
    });
    m_dot->hide();
    m_conversations->setCheckable(true);
    m_requests->setCheckable(true);
    m_conversations->setChecked(true);
    for (auto* b : {m_conversations, m_requests, m_new, m_invitation})
        column->addWidget(b, 0, Qt::AlignHCenter);
    column->addStretch();
    column->addWidget(m_settings, 0, Qt::AlignHCenter);
    connect(m_conversations, &QToolButton::clicked, this, &Rail::conversationsWanted);
    connect(m_requests, &QToolButton::clicked, this, &Rail::requestsWanted);
    connect(m_new, &QToolButton::clicked, this, &Rail::newConversationWanted);
    connect(m_invitation, &QToolButton::clicked, this, &Rail::invitationWanted);
    connect(m_settings, &QToolButton::clicked, this, &Rail::settingsWanted);
    connect(m_theme, &Theme::changed, this, &Rail::restyle);
    restyle();
}

QToolButton* Rail::make(const QString& tip, const QString& keys) {
    auto* b = new QToolButton(this);
    m_theme->fixSize(b, 38, 38);
    m_theme->iconSize(b, 20);
    b->setToolTip(withKeys(tip, keys));
    b->setAccessibleName(tip);
    return b;
}

void Rail::restyle() {
    const Palette& p = m_theme->palette();
    const auto icon = [&](QToolButton* b, const char* name) {
        b->setIcon(m_theme->icon(QLatin1String(name), b->isChecked() ? p.acc : p.dim));
    };
    icon(m_conversations, "conversations");
    icon(m_requests, "requests");
    icon(m_new, "plus");
    icon(m_invitation, "link");
    icon(m_settings, "settings");
    update();
}

void Rail::setRequests(int requests) {
    m_count = requests;
    m_requests->setToolTip(requests > 0 ? tr("Requests: %1").arg(QLocale().toString(requests))
                                        : tr("Requests"));
    m_dot->setVisible(requests > 0);
    restyle();
}

void Rail::setRequestsShown(bool shown) {
    m_requests->setChecked(shown);
    m_conversations->setChecked(!shown);
    restyle();
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& p = m_theme->palette();
    painter.fillRect(rect(), p.pane);
    painter.fillRect(QRect(layoutDirection() == Qt::RightToLeft ? 0 : width() - 1, 0, 1, height()), p.line);
}

} // namespace valise::ui
