// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/cli/commands.h"

namespace valise::cli {

void Commands::contactAdd() {
    open(false, [this] {
        m_client->people()->addContact(
            m_arguments.words.first(), m_arguments.value(QStringLiteral("name")), this,
            orFail<client::ContactRecord>([this](const client::ContactRecord& contact) {
                m_output.contact(contact);
                finish(kDone);
            }));
    });
}

void Commands::contactList() {
    open(false, [this] {
        m_client->people()->contacts(this,
                                     orFail<QVector<client::ContactRecord>>([this](const auto& contacts) {
                                         for (const client::ContactRecord& contact : contacts)
                                             m_output.contact(contact);
                                         finish(kDone);
                                     }));
    });
}

void Commands::groupCreate() {
    open(true, [this] {
        withAddresses(
            m_arguments.options.value(QStringLiteral("member")), [this](const QStringList& addresses) {
                m_client->groups()->create(m_arguments.words.first(), addresses, this,
                                           orFail<client::ConversationRecord>(
                                               [this](const client::ConversationRecord& conversation) {
                                                   m_output.conversation(conversation);
                                                   endAfterSending();
                                               }));
            });
    });
}

void Commands::groupList() {
    open(false, [this] {
        m_client->history()->conversations(
            this, orFail<QVector<client::ConversationRecord>>([this](const auto& all) {
                for (const client::ConversationRecord& conversation : all)
                    m_output.conversation(conversation);
                finish(kDone);
            }));
    });
}

void Commands::groupShow() {
    open(false, [this] {
        withGroup(m_arguments.words.first(), [this](const client::ConversationRecord& conversation) {
            m_output.conversation(conversation);
            m_client->groups()->members(conversation.id, this,
                                        [this](Result<QVector<client::MemberRecord>> members) {
                                            // The members of a left group are not known.
                                            if (members)
                                                for (const client::MemberRecord& member : *members)
                                                    m_output.member(member);
                                            finish(kDone);
                                        });
        });
    });
}

void Commands::withMember(const client::ConversationRecord& conversation, const QString& who,
                          const std::function<void(const client::MemberRecord&)>& next) {
    m_client->groups()->members(conversation.id, this,
                                orFail<QVector<client::MemberRecord>>([=, this](const auto& members) {
                                    for (const client::MemberRecord& member : members) {
                                        if (member.address == who || member.name == who) {
                                            next(member);
                                            return;
                                        }
                                    }
                                    fail({ErrorCode::NotFound, "that account is not in the group"});
                                }));
}

void Commands::groupChange() {
    const QString verb = m_arguments.command.mid(6);
    const QStringList rest = m_arguments.words.mid(1);
    quint64 seconds = 0;
    if (verb == QLatin1String("timer") && rest.first() != QLatin1String("off")) {
        bool valid = false;
        seconds = rest.first().toULongLong(&valid);
        if (!valid || seconds == 0) {
            fail({ErrorCode::InvalidArgument, "a timer is a number of seconds, or \"off\""});
            return;
        }
    }
    open(verb != QLatin1String("accept"), [this, verb, rest, seconds] {
        const auto change = [this, verb, rest, seconds] {
            withGroup(m_arguments.words.first(), [this, verb, rest,
                                                  seconds](const client::ConversationRecord& c) {
                const auto done = orFail([this] { endAfterSending(); });
                if (verb == QLatin1String("accept"))
                    m_client->groups()->accept(c.id, this, orFail([this] { finish(kDone); }));
                else if (verb == QLatin1String("rename"))
                    m_client->groups()->rename(c.id, rest.first(), this, done);
                else if (verb == QLatin1String("leave"))
                    m_client->groups()->leave(c.id, this, done);
                else if (verb == QLatin1String("disband"))
                    m_client->groups()->disband(c.id, this, done);
                else if (verb == QLatin1String("timer"))
                    m_client->groups()->setRetention(c.id, seconds, this, done);
                else if (verb == QLatin1String("servers"))
                    m_client->groups()->setRelays(c.id, rest, this, done);
                else if (verb == QLatin1String("add"))
                    withAddresses(rest, [this, c, done](const QStringList& addresses) {
                        m_client->groups()->addMembers(c.id, addresses, this, done);
                    });
                else
                    withMember(c, rest.first(), [this, c, verb, done](const client::MemberRecord& member) {
                        if (verb == QLatin1String("remove"))
                            m_client->groups()->removeMember(c.id, member.key, this, done);
                        else
                            m_client->groups()->setAdministrator(
                                c.id, member.key, verb == QLatin1String("promote"), this, done);
                    });
            });
        };
        if (verb == QLatin1String("accept"))
            change();
        else
            // A change is based on the newest state of the group, so that state is fetched first.
            untilIdle(kIdleSeconds, [change](bool) { change(); });
    });
}

} // namespace valise::cli
