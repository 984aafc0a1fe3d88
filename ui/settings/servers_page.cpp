// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/settings/servers_page.h"

#include "ui/error_text.h"
#include "ui/server_lines.h"
#include "ui/settings/proxy_fields.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace valise::ui {

ServersPage::ServersPage(const SettingsContext& context)
    : SettingsPage(context.theme)
    , m_network(context.network)
    , m_kept(context.network->servers())
    , m_servers(new QPlainTextEdit(m_kept.join(QLatin1Char('\n')), this))
    , m_proxy(new ProxyFields(context.theme, this))
    , m_save(makeButton(tr("Save")))
    , m_undo(makeButton(tr("Undo")))
    , m_saved(new QLabel(this)) {
    addGroup({});
    m_servers->setTabChangesFocus(true);
    theme()->fixHeight(m_servers, 86);
    // Addresses are Latin, whatever the language around them.
    m_servers->setLayoutDirection(Qt::LeftToRight);
    m_serversRow = addRow(tr("Servers"),
                          tr("One on each line. They carry sealed messages and cannot look inside; with two "
                             "or three of them, messages arrive even if one fails."),
                          m_servers, SettingsRow::Place::Below);
    m_proxyRow = addRow(tr("How servers are reached"), {}, m_proxy, SettingsRow::Place::Below);

    m_save->setProperty("primary", true);
    m_saved->setProperty("dim", true);
    theme()->follow(m_saved, [this] { m_saved->setFont(theme()->font(12)); });
    auto* bar = new QWidget(this);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_saved, 1);
    line->addWidget(m_undo);
    line->addWidget(m_save);
    m_bar = addBelow(bar);
    m_bar->hide();

    connect(m_servers, &QPlainTextEdit::textChanged, this, [this] {
        m_serversRow->setProblem({});
        onEdited();
    });
    connect(m_proxy, &ProxyFields::edited, this, [this] {
        m_proxyRow->setProblem({});
        onEdited();
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        apply();
        if (const Problem wrong = problem())
            wrong.widget->setFocus();
    });
    connect(m_undo, &QPushButton::clicked, this, &ServersPage::undo);
    askProxy();
}

QStringList ServersPage::written() const {
    return serverLines(m_servers->toPlainText());
}

bool ServersPage::isChanged() const {
    return written() != m_kept || m_proxy->isChanged();
}

void ServersPage::askProxy() {
    m_network->proxy(this, [this](const Result<client::ProxyRecord>& now) {
        if (now)
            m_proxy->setProxy(*now);
    });
}

void ServersPage::onEdited() {
    const bool changed = isChanged();
    const bool focused = m_save->hasFocus() || m_undo->hasFocus();
    m_save->setVisible(changed);
    m_undo->setVisible(changed);
    if (changed)
        m_saved->clear();
    else if (focused)
        m_servers->setFocus();
    m_bar->setVisible(changed || !m_saved->text().isEmpty());
}

void ServersPage::undo() {
    m_servers->setPlainText(m_kept.join(QLatin1Char('\n')));
    m_proxy->undo();
}

SettingsPage::Problem ServersPage::problem() const {
    if (written() != m_kept)
        if (const QString wrong = serverProblem(written()); !wrong.isEmpty())
            return {wrong, m_servers};
    if (const QString wrong = m_proxy->problem(); !wrong.isEmpty())
        return {wrong, m_proxy->hostField()};
    return {};
}

void ServersPage::apply() {
    m_serversRow->setProblem({});
    m_proxyRow->setProblem({});
    if (const Problem wrong = problem()) {
        (wrong.widget == m_servers ? m_serversRow : m_proxyRow)->setProblem(wrong.text);
        return;
    }
    const auto saved = [this] {
        if (isChanged())
            return;
        m_saved->setText(tr("Saved."));
        m_bar->show();
    };
    if (const QStringList urls = written(); urls != m_kept) {
        const QStringList before = std::exchange(m_kept, urls);
        m_network->setServers(urls, this, [this, urls, before, saved](const Result<void>& done) {
            if (!done && m_kept == urls) {
                m_kept = before;
                m_serversRow->setProblem(errorText(done.error()));
            }
            onEdited();
            saved();
        });
    }
    if (m_proxy->isChanged())
        m_network->setProxy(m_proxy->proxy(), m_proxy->password(), this,
                            [this, saved](const Result<void>& done) {
                                if (!done) {
                                    m_proxyRow->setProblem(errorText(done.error()));
                                    return;
                                }
                                m_network->proxy(this, [this, saved](const Result<client::ProxyRecord>& now) {
                                    if (now)
                                        m_proxy->setProxy(*now);
                                    saved();
                                });
                            });
    onEdited();
}

QString ServersPage::title() const {
    return tr("Servers");
}

QString ServersPage::icon() const {
    return QStringLiteral("server");
}

QString ServersPage::searchWords() const {
    //: Words that people may look for in the settings, between blanks
    return tr("network connection relay proxy socks http internet");
}

} // namespace valise::ui
