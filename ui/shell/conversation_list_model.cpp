// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/shell/conversation_list_model.h"

#include "core/client/history/shown_text.h"
#include "ui/format.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace valise::ui {
namespace {

constexpr qsizetype kWords = 600; //!< characters of a hit

} // namespace

using client::ConversationRecord;
using client::ConversationState;

ConversationListModel::ConversationListModel(QObject* parent)
    : QAbstractListModel(parent) {}

void ConversationListModel::setConversations(const QVector<ConversationRecord>& conversations) {
    m_all = conversations;
    rebuild();
}

void ConversationListModel::update(const ConversationRecord& conversation) {
    const auto at =
        std::find_if(m_all.begin(), m_all.end(), [&](const auto& c) { return c.id == conversation.id; });
    if (at == m_all.end())
        m_all.append(conversation);
    else
        *at = conversation;
    rebuild(conversation.id);
}

void ConversationListModel::setFilter(ListFilter filter) {
    m_filter = filter;
    rebuild();
}

void ConversationListModel::setSearch(const QString& text) {
    m_search = text.trimmed();
    if (m_search.isEmpty())
        m_hits.clear();
    rebuild();
}

void ConversationListModel::setHits(const QVector<client::SearchHit>& hits) {
    m_hits = hits;
    rebuild();
}

const ConversationRecord* ConversationListModel::find(const client::ConversationId& id) const {
    for (const auto& c : m_all) {
        if (c.id == id)
            return &c;
    }
    return nullptr;
}

QModelIndex ConversationListModel::indexOf(const client::ConversationId& id) const {
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).kind == Conversation && m_rows.at(i).key == id)
            return index(i);
    }
    return {};
}

int ConversationListModel::unreadConversations() const {
    return static_cast<int>(std::count_if(
        m_all.begin(), m_all.end(), [](const ConversationRecord& c) { return c.unread > 0 && !c.archived; }));
}

int ConversationListModel::archived() const {
    return static_cast<int>(
        std::count_if(m_all.begin(), m_all.end(), [](const ConversationRecord& c) { return c.archived; }));
}

int ConversationListModel::requests() const {
    return static_cast<int>(std::count_if(m_all.begin(), m_all.end(), [](const ConversationRecord& c) {
        return c.state == ConversationState::Request;
    }));
}

bool ConversationListModel::shown(const ConversationRecord& c) const {
    if (!m_search.isEmpty())
        return conversationTitle(c).contains(m_search, Qt::CaseInsensitive) ||
               c.invitedBy.contains(m_search, Qt::CaseInsensitive);
    switch (m_filter) {
    case ListFilter::All:
        return !c.archived;
    case ListFilter::Unread:
        return c.unread > 0 && !c.archived;
    case ListFilter::Groups:
        return !c.direct && c.state != ConversationState::Request && !c.archived;
    case ListFilter::Requests:
        return c.state == ConversationState::Request;
    case ListFilter::Archived:
        return c.archived;
    }
    return true;
}

QVector<ConversationListModel::Row> ConversationListModel::wanted() const {
    QVector<int> order;
    for (int i = 0; i < m_all.size(); ++i) {
        if (shown(m_all.at(i)))
            order.append(i);
    }
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return std::pair(m_all.at(a).pinned, m_all.at(a).lastAt) >
               std::pair(m_all.at(b).pinned, m_all.at(b).lastAt);
    });
    QVector<Row> rows;
    for (const int i : order)
        rows.append(Row{Conversation, m_all.at(i).id, i});
    if (!m_search.isEmpty() && !m_hits.isEmpty()) {
        rows.append(Row{Heading, QByteArrayLiteral("heading"), -1});
        for (int i = 0; i < m_hits.size(); ++i)
            rows.append(
                Row{Hit, QByteArrayLiteral("hit ") + QByteArray::number(m_hits.at(i).message.row), i});
    }
    return rows;
}

void ConversationListModel::rebuild(const client::ConversationId& only) {
    const QVector<Row> target = wanted();
    if (target.size() > 400 && std::abs(target.size() - m_rows.size()) > 50) {
        beginResetModel();
        m_rows = target;
        endResetModel();
    } else {
        applyRows(target);
        tellContent(only);
    }
    emit changed();
}

void ConversationListModel::applyRows(const QVector<Row>& target) {
    // The difference is applied as removals, moves and insertions, so that selection and scroll position
    // survive.
    const auto same = [](const Row& a, const Row& b) { return a.kind == b.kind && a.key == b.key; };
    QSet<std::pair<int, QByteArray>> stay;
    for (const Row& row : target)
        stay.insert({row.kind, row.key});
    for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
        if (!stay.contains({m_rows.at(i).kind, m_rows.at(i).key})) {
            beginRemoveRows({}, i, i);
            m_rows.remove(i);
            endRemoveRows();
        }
    }
    for (int i = 0; i < target.size(); ++i) {
        if (i < m_rows.size() && same(m_rows.at(i), target.at(i))) {
            m_rows[i] = target.at(i);
            continue;
        }
        int from = -1;
        for (int j = i + 1; j < m_rows.size(); ++j) {
            if (same(m_rows.at(j), target.at(i))) {
                from = j;
                break;
            }
        }
        if (from >= 0) {
            beginMoveRows({}, from, from, {}, i);
            m_rows.move(from, i);
            m_rows[i] = target.at(i);
            endMoveRows();
        } else {
            beginInsertRows({}, i, i);
            m_rows.insert(i, target.at(i));
            endInsertRows();
        }
    }
}

void ConversationListModel::tellContent(const client::ConversationId& only) {
    if (m_rows.isEmpty())
        return;
    if (only.isEmpty()) {
        emit dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
        return;
    }
    // Its own row, and the messages of it that a search found.
    for (int i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows.at(i);
        const bool its = row.kind == Conversation
                             ? row.key == only
                             : row.kind == Hit && m_hits.at(row.source).message.conversation == only;
        if (its)
            emit dataChanged(index(i), index(i));
    }
}

int ConversationListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags ConversationListModel::flags(const QModelIndex& index) const {
    if (index.isValid() && m_rows.at(index.row()).kind == Heading)
        return Qt::NoItemFlags;
    return QAbstractListModel::flags(index);
}

QVariant ConversationListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row& row = m_rows.at(index.row());
    if (role == KindRole)
        return row.kind;
    if (row.kind == Heading)
        return role == Qt::DisplayRole ? QVariant(tr("Messages")) : QVariant();
    if (row.kind == Hit) {
        const auto& hit = m_hits.at(row.source);
        switch (role) {
        case Qt::DisplayRole:
            return client::shownText(wordsOf(hit.message), kWords);
        case Qt::AccessibleTextRole:
            return tr("%1 in %2: %3")
                .arg(isolated(hit.message.senderName), isolated(hit.conversationName),
                     isolated(client::shownText(wordsOf(hit.message), kWords)));
        case IdRole:
            return hit.message.conversation;
        case HitRole:
            return QVariant::fromValue(hit.message);
        case HitRecordRole:
            return QVariant::fromValue(hit);
        case HitTitleRole:
            return hit.conversationName;
        case ConversationRole: {
            const client::ConversationRecord* its = find(hit.message.conversation);
            return its ? QVariant::fromValue(*its) : QVariant();
        }
        default:
            return {};
        }
    }
    const auto& c = m_all.at(row.source);
    switch (role) {
    case Qt::DisplayRole:
        return conversationTitle(c);
    case Qt::AccessibleTextRole: {
        QString text = conversationTitle(c) + QStringLiteral(", ") + previewText(c);
        if (c.unread > 0)
            text += QStringLiteral(", ") + tr("%n unread message(s)", nullptr, c.unread);
        if (c.mentions > 0)
            text += QStringLiteral(", ") + tr("mentions you");
        if (c.pinned)
            text += QStringLiteral(", ") + tr("pinned");
        if (c.muted)
            text += QStringLiteral(", ") + tr("muted");
        if (c.archived)
            text += QStringLiteral(", ") + tr("archived");
        if (c.queued > 0)
            text += QStringLiteral(", ") + tr("%n waiting to be sent", nullptr, c.queued);
        if (c.failed > 0)
            text += QStringLiteral(", ") + tr("%n not sent", nullptr, c.failed);
        if (!c.draft.isEmpty())
            text += QStringLiteral(", ") + tr("draft");
        return text;
    }
    case ConversationRole:
        return QVariant::fromValue(c);
    case IdRole:
        return c.id;
    default:
        return {};
    }
}

} // namespace valise::ui
