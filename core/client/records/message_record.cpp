// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/records/message_record.h"

namespace valise::client {

QString MessageRecord::text() const {
    const auto* held = std::get_if<TextContent>(&content);
    return held ? held->text : QString();
}

QVector<MentionRecord> MessageRecord::mentions() const {
    const auto* held = std::get_if<TextContent>(&content);
    return held ? held->mentions : QVector<MentionRecord>();
}

qint64 MessageRecord::editedAt() const {
    const auto* held = std::get_if<TextContent>(&content);
    return held ? held->editedAt : 0;
}

SystemKind MessageRecord::system() const {
    const auto* line = std::get_if<SystemContent>(&content);
    return line ? line->kind : SystemKind::None;
}

QString MessageRecord::systemSubject() const {
    const auto* line = std::get_if<SystemContent>(&content);
    return line ? line->subject : QString();
}

} // namespace valise::client
