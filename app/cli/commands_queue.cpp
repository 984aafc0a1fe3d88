// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

namespace valise::cli {

void Commands::queue() {
    open(false, [this] {
        const auto show = [this](const client::ConversationId& group) {
            m_client->history()->queue(
                group, this,
                orFail<QVector<client::QueueRecord>>([this](const QVector<client::QueueRecord>& all) {
                    for (const client::QueueRecord& record : all)
                        m_output.queued(record);
                    finish(kDone);
                }));
        };
        if (m_arguments.words.isEmpty())
            show({});
        else
            withGroup(m_arguments.words.first(),
                      [show](const client::ConversationRecord& group) { show(group.id); });
    });
}

void Commands::queueChange() {
    const bool edit = m_arguments.command == QLatin1String("queue edit");
    // Offline, so that no message is sent between finding and changing it.
    open(false, [this, edit] {
        withGroup(m_arguments.words.first(), [this, edit](const client::ConversationRecord& group) {
            const QStringList words = edit ? m_arguments.words.mid(1, 1) : m_arguments.words.mid(1);
            withMessages(
                group.id, words, [this, edit, group](const QVector<client::MessageRecord>& messages) {
                    m_client->history()->queue(
                        group.id, this,
                        orFail<QVector<client::QueueRecord>>(
                            [=, this](const QVector<client::QueueRecord>& waiting) {
                                QVector<QByteArray> ids;
                                for (const client::MessageRecord& message : messages) {
                                    const bool held =
                                        std::any_of(waiting.begin(), waiting.end(), [&](const auto& record) {
                                            return record.held && record.message.eventId == message.eventId;
                                        });
                                    if (!held) {
                                        fail({ErrorCode::InvalidArgument,
                                              "that message is sealed or sent already: use edit or delete"});
                                        return;
                                    }
                                    ids.append(message.eventId);
                                }
                                const auto done = orFail([this] { finish(kDone); });
                                if (edit)
                                    m_client->messages()->editMessage(group.id, ids.first(),
                                                                      m_arguments.words.at(2), this, done);
                                else
                                    m_client->messages()->deleteForEveryone(group.id, ids, this, done);
                            }));
                });
        });
    });
}

} // namespace valise::cli
