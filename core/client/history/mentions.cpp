// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/history/mentions.h"

#include <QHash>

#include <algorithm>

namespace valise::client {
namespace {

const QString kScheme = QStringLiteral("nostr:");

} // namespace

QString withMentionNames(const QString& text, const QVector<MentionRecord>& mentions) {
    if (mentions.isEmpty())
        return text;
    QHash<QString, QString> names;
    for (const MentionRecord& mention : mentions)
        names.insert(kScheme + mention.address, mention.name);
    QString out;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(kScheme); at >= 0; at = text.indexOf(kScheme, at)) {
        const auto name = names.constFind(text.mid(at, kMentionLength));
        if (name == names.constEnd()) {
            at += kScheme.size();
            continue;
        }
        out += QStringView(text).mid(from, at - from);
        out += QLatin1Char('@') + *name;
        at += kMentionLength;
        from = at;
    }
    out += QStringView(text).mid(from);
    return out;
}

QString mentionLabel(const MemberRecord& member, const QVector<MemberRecord>& members) {
    const bool shared = std::any_of(members.begin(), members.end(), [&](const MemberRecord& other) {
        return other.key != member.key && other.name.compare(member.name, Qt::CaseInsensitive) == 0;
    });
    return shared ? QStringLiteral("%1 (%2)").arg(member.name, member.address.mid(5, 6)) : member.name;
}

QString withMentionAddresses(const QString& text, const QVector<MemberRecord>& members) {
    if (!text.contains(QLatin1Char('@')))
        return text;
    QVector<std::pair<QString, QString>> labels;
    for (const MemberRecord& member : members)
        labels.append({mentionLabel(member, members), member.address});
    // The longest first: "@Mei Lin" is not "@Mei" and a word.
    std::stable_sort(labels.begin(), labels.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    QString out;
    for (qsizetype at = 0; at < text.size();) {
        const bool begins =
            text.at(at) == QLatin1Char('@') && (at == 0 || !text.at(at - 1).isLetterOrNumber());
        const auto label =
            begins ? std::find_if(labels.begin(), labels.end(),
                                  [&](const auto& one) {
                                      const qsizetype end = at + 1 + one.first.size();
                                      return !one.first.isEmpty() &&
                                             QStringView(text).mid(at + 1, one.first.size()) == one.first &&
                                             (end >= text.size() || !text.at(end).isLetterOrNumber());
                                  })
                   : labels.end();
        if (label == labels.end()) {
            out.append(text.at(at++));
            continue;
        }
        out += kScheme + label->second;
        at += 1 + label->first.size();
    }
    return out;
}

} // namespace valise::client
