// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/client/records.h"
#include "core/storage/stores.h"

#include <map>
#include <set>

namespace valise::client {

//! A time of an event, in seconds, as the database holds it.
inline std::int64_t toSeconds(std::uint64_t t) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(t, INT64_MAX));
}

//! A system row's content, stored as storage::MessageRow::systemJson.
struct SystemRow {
    SystemKind kind = SystemKind::None;
    QByteArray subject; //!< an account key, or empty
    QString text;       //!< a new name, or a number of seconds

    std::string encode() const;
    static SystemRow decode(const std::string& json);
};

//! Turns rows of the database into the records of the interface; used by the core and the reader thread, each
//! with its own stores. Names are looked up once and kept until forgetNames().
class RecordMapper {
public:
    RecordMapper(storage::Stores& stores, const storage::Id32& self, QString ownName);

    MessageRecord message(const storage::MessageRow& row);
    ConversationRecord conversation(const storage::ConversationRow& row);
    //! The people that a text mentions.
    QVector<MentionRecord> mentions(const std::string& text);
    ContactRecord contact(const storage::Contact& contact) const;
    //! The name to show for an account: petname, published name or the shortened address, made safe by
    //! shownName().
    QString nameOf(const storage::Id32& account);
    void forgetNames() { m_names.clear(); }
    void setOwnName(const QString& name);

    static QString addressOf(const storage::Id32& account);

private:
    QVector<ReactionRecord> reactions(const storage::MessageRow& row);
    void addReceipts(const storage::MessageRow& row, DeliveryRecord& delivery);
    QuoteRecord quote(ByteView group, const storage::Id32& eventId);

    storage::Stores& m_stores;
    storage::Id32 m_self;
    QString m_ownName;
    std::map<storage::Id32, QString> m_names;
};

} // namespace valise::client
