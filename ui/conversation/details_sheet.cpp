// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/conversation/details_sheet.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace valise::ui {

DetailsSheet::DetailsSheet(const Theme* theme, QWidget* parent)
    : Sheet(theme, tr("Message details"), {}, parent) {
    setMinimumWidth(theme->px(520));
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(theme->px(370));
    scroll->setAccessibleName(tr("Message details"));
    m_body = new QWidget(scroll);
    m_body->setObjectName(QStringLiteral("page"));
    auto* column = new QVBoxLayout(m_body);
    theme->margins(column, 0, 0, 8, 0);
    column->setSpacing(5);
    scroll->setWidget(m_body);
    content()->addWidget(scroll, 1);
    auto* close = addCloseButton(tr("Close"));
    close->setDefault(true);
    close->setFocus();
}

void DetailsSheet::row(const QString& name, const QString& value) {
    auto* line = new QWidget(m_body);
    auto* cells = new QHBoxLayout(line);
    cells->setContentsMargins(0, 0, 0, 0);
    auto* left = new QLabel(name, line);
    left->setProperty("dim", true);
    auto* right = new QLabel(value, line);
    right->setTextFormat(Qt::PlainText);
    right->setWordWrap(true);
    // By the window, not by the direction of each text.
    right->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignLeft : Qt::AlignRight) |
                        Qt::AlignAbsolute | Qt::AlignTop);
    right->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    Theme::alignFirstLines(left, right);
    cells->addWidget(left, 0, Qt::AlignTop);
    cells->addWidget(right, 1, Qt::AlignTop);
    m_body->layout()->addWidget(line);
    m_lines << name + QStringLiteral(": ") + value;
}

void DetailsSheet::heading(const QString& text) {
    auto* label = new QLabel(text, m_body);
    label->setFont(theme()->font(12.5, QFont::DemiBold));
    label->setContentsMargins(0, 12, 0, 2);
    m_body->layout()->addWidget(label);
    m_lines << text;
}

void DetailsSheet::paragraph(const QString& text, const QString& note) {
    auto* label = new QLabel(client::shownText(text), m_body);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* when = new QLabel(note, m_body);
    when->setProperty("dim", true);
    when->setFont(theme()->font(11.5));
    m_body->layout()->addWidget(when);
    m_body->layout()->addWidget(label);
    m_lines << note + QStringLiteral(": ") + text;
}

void DetailsSheet::setDetails(const client::MessageDetails& details) {
    const client::MessageRecord& m = details.message;
    QVector<client::ReaderRecord> readers = details.readers;
    row(tr("Written by"), m.own ? tr("%1 (you)").arg(isolated(m.senderName)) : m.senderName);
    row(tr("Written at"), momentText(m.createdAt));
    if (!m.own)
        row(tr("Arrived at"), momentText(m.receivedAt / 1000));
    if (m.editedAt() > 0)
        row(tr("Last edited at"), momentText(m.editedAt()));
    row(tr("State"), m.isDeleted() ? deletedText(m) : deliveryText(m));
    if (m.expiresAt > 0)
        row(tr("Disappears at"), momentText(m.expiresAt));
    row(tr("Encryption"), tr("End to end"));
    if (!details.servers.isEmpty())
        heading(tr("Servers"));
    for (const client::ServerRecord& server : details.servers) {
        switch (server.state) {
        case client::ServerRecord::State::Accepted:
            row(server.url, tr("holds it since %1").arg(momentText(server.acceptedAt / 1000)));
            break;
        case client::ServerRecord::State::Waiting:
            row(server.url, tr("not reached yet"));
            break;
        case client::ServerRecord::State::Unknown:
            row(server.url, tr("was given it and has not answered yet"));
            break;
        case client::ServerRecord::State::Refused:
            row(server.url, server.reason.isEmpty() ? tr("refused it")
                                                    : tr("refused it: %1").arg(isolated(server.reason)));
            break;
        }
    }
    const auto someRead = [](const client::ReaderRecord& reader) { return reader.readAt > 0; };
    const auto unread = std::stable_partition(readers.begin(), readers.end(), someRead);
    if (unread != readers.begin())
        heading(tr("Read by"));
    for (auto reader = readers.begin(); reader != readers.end(); ++reader) {
        if (reader == unread)
            heading(tr("Delivered to"));
        row(reader->name, momentText(reader->readAt > 0 ? reader->readAt : reader->deliveredAt));
    }
    if (!m.reactions.isEmpty())
        heading(tr("Reactions"));
    for (const client::ReactionRecord& reaction : m.reactions)
        paragraph(reactionText(reaction), tr("%n person(s)", nullptr, reaction.count));
    if (details.versions.size() > 1) {
        heading(tr("Earlier versions"));
        for (qsizetype i = details.versions.size() - 2; i >= 0; --i)
            paragraph(details.versions.at(i).text, momentText(details.versions.at(i).at));
    }
    static_cast<QVBoxLayout*>(m_body->layout())->addStretch();
    fit();
}

} // namespace valise::ui
