// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/proxy_fields.h"

#include "ui/settings/settings_page.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace valise::ui {
namespace {

constexpr int kHttpPort = 8080;
constexpr int kSocksPort = 1080;

//! The wheel does not turn it, because it would while the page is scrolled.
class PortBox final : public QSpinBox {
public:
    using QSpinBox::QSpinBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace

ProxyFields::ProxyFields(const Theme* theme, QWidget* parent)
    : QWidget(parent)
    , m_address(new QWidget(this))
    , m_kind(new ChoiceBox(this))
    , m_host(new QLineEdit(m_address))
    , m_port(new PortBox(m_address))
    , m_user(new QLineEdit(m_address))
    , m_password(new QLineEdit(m_address)) {
    using Kind = client::ProxyRecord::Kind;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_kind->addItem(tr("As the system says"), static_cast<int>(Kind::System));
    m_kind->addItem(tr("Straight, without a proxy"), static_cast<int>(Kind::None));
    m_kind->addItem(tr("Through an HTTP proxy"), static_cast<int>(Kind::Http));
    m_kind->addItem(tr("Through a SOCKS5 proxy"), static_cast<int>(Kind::Socks5));
    m_kind->setProperty("flat", false);
    m_kind->setAccessibleName(tr("How servers are reached"));
    column->addWidget(m_kind);
    column->addWidget(m_address);

    auto* grid = new QGridLayout(m_address);
    theme->margins(grid, 0, 4, 0, 0);
    m_host->setMaxLength(253);
    // Addresses are Latin, whatever the language around them.
    m_host->setLayoutDirection(Qt::LeftToRight);
    m_port->setRange(1, 65535);
    m_port->setValue(kHttpPort);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    theme->fixWidth(m_port, 90);
    m_user->setMaxLength(255);
    m_password->setMaxLength(255);
    m_password->setEchoMode(QLineEdit::Password);
    auto* account = new QGridLayout;
    for (QGridLayout* one : {grid, account})
        theme->follow(one, [theme, one] {
            one->setHorizontalSpacing(theme->px(10));
            one->setVerticalSpacing(theme->px(6));
        });
    const auto label = [&](QGridLayout* where, const QString& text, QWidget* field, int at) {
        auto* words = new QLabel(text, m_address);
        words->setBuddy(field);
        words->setWordWrap(true);
        words->setAlignment(Qt::AlignLeading | Qt::AlignBottom);
        field->setAccessibleName(text);
        where->addWidget(words, 0, at);
        where->addWidget(field, 1, at);
    };
    label(grid, tr("Address of the proxy"), m_host, 0);
    label(grid, tr("Port"), m_port, 1);
    label(account, tr("Name, if it asks for one"), m_user, 0);
    label(account, tr("Password"), m_password, 1);
    grid->addLayout(account, 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        // The usual ports, as long as nobody chose another.
        const bool socks = proxy().kind == client::ProxyRecord::Kind::Socks5;
        if (m_port->value() == (socks ? kHttpPort : kSocksPort))
            m_port->setValue(socks ? kSocksPort : kHttpPort);
        refresh();
        emit edited();
    });
    for (const QLineEdit* field : {m_host, m_user, m_password})
        connect(field, &QLineEdit::textEdited, this, &ProxyFields::edited);
    connect(m_port, &QSpinBox::valueChanged, this, &ProxyFields::edited);
    setEnabled(false);
    refresh();
}

bool ProxyFields::wantsAddress() const {
    const auto kind = static_cast<client::ProxyRecord::Kind>(m_kind->currentData().toInt());
    return kind == client::ProxyRecord::Kind::Http || kind == client::ProxyRecord::Kind::Socks5;
}

void ProxyFields::refresh() {
    m_address->setVisible(wantsAddress());
    m_password->setPlaceholderText(m_start && m_start->hasPassword ? tr("Kept") : QString());
}

void ProxyFields::undo() {
    if (m_start)
        setProxy(client::ProxyRecord(*m_start));
}

void ProxyFields::setProxy(const client::ProxyRecord& proxy) {
    m_start = proxy;
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(static_cast<int>(proxy.kind))));
    m_host->setText(proxy.host);
    if (proxy.port > 0)
        m_port->setValue(proxy.port);
    m_user->setText(proxy.user);
    m_password->clear();
    setEnabled(true);
    refresh();
    emit edited();
}

client::ProxyRecord ProxyFields::proxy() const {
    client::ProxyRecord out;
    out.kind = static_cast<client::ProxyRecord::Kind>(m_kind->currentData().toInt());
    if (!wantsAddress())
        return out;
    out.host = m_host->text().trimmed();
    out.port = m_port->value();
    out.user = m_user->text().trimmed();
    return out;
}

std::optional<QString> ProxyFields::password() const {
    if (!m_password->isModified() || !wantsAddress())
        return std::nullopt;
    return m_password->text();
}

bool ProxyFields::isChanged() const {
    if (!m_start)
        return false;
    client::ProxyRecord before = *m_start;
    before.hasPassword = false;
    return proxy() != before || password().has_value();
}

QString ProxyFields::problem() const {
    if (isChanged() && wantsAddress() && m_host->text().trimmed().isEmpty())
        return tr("The address of the proxy is missing.");
    return {};
}

} // namespace valise::ui
