// SPDX-License-Identifier: AGPL-3.0-or-later
// A copy of the profile that was kept, and the lines in which the tests say what is in it.
#pragma once

#include "tests/support/catch.h"
#include "tests/support/qt_wait.h"

#include "core/base/encoding.h"
#include "core/client/profile.h"
#include "core/client/records.h"
#include "core/marmot/group_engine.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <map>
#include <sstream>

namespace valise::client::test {

using valise::test::waitFor;
using Lines = std::vector<std::string>;

inline constexpr const char* kKeptPassphrase = "seven quiet herons over the estuary";
//! When the program that wrote the profile was closed, milliseconds since 1970 (15 January 2027).
inline constexpr std::int64_t kClosedMs = 1'800'005'198'300;

//! The accounts and conversations of the kept profile, by the first eight digits of their names.
inline std::string nameOf(std::string_view hex) {
    static const std::map<std::string, std::string, std::less<>> names = {
        {"64ce333c", "Kasara"}, // whose profile it is
        {"9efed736", "Nordvale"},
        {"f91c707c", "Tamir"},
        {"33a67069", "Oslan"},
        {"1e0a8da2", "Varda"},
        {"c8417815", "Nobody"},
        {"992fb725", "amendment"}, // a conversation of three: everything that can
                                   // be said about messages
        {"b2b9d7c6", "direct"},    // with Tamir
        {"3923d510", "observers"}, // a change is on its way, another waits for it
        {"d140477f", "allies"},    // a branch was lost
        {"fe9d7559", "fisheries"}, // not answered
        {"f0e2534f", "press"},     // left
        {"d143284a", "logistics"}, // removed
        {"e20eba03", "caucus"},    // disbanded
        {"e3291512", "lottery"},   // declined
        {"e1e8474c", "side"},      // asked to leave
        {"a185e4c5", "minutes"},   // damaged
        {"819c1147", "talks"},     // its invitations have not left
    };
    const auto known = names.find(hex.substr(0, 8));
    return known == names.end() ? std::string(hex.substr(0, 8)) : known->second;
}
inline std::string nameOf(ByteView id) {
    return id.empty() ? std::string("-") : nameOf(toHex(id));
}
inline std::string nameOf(const QByteArray& id) {
    return nameOf(fromQt(id));
}
inline std::string nameOrNone(const std::optional<storage::Id32>& id) {
    return id ? nameOf(ByteView(*id)) : std::string("-");
}
inline std::string digestOf(ByteView octets) {
    return toHex(crypto::sha256(octets)).substr(0, 8);
}

//! Times of the kept profile, seconds and milliseconds, from the day on which its story begins.
inline std::int64_t since(std::int64_t seconds) {
    return seconds == 0 ? 0 : seconds - 1'800'000'000;
}
inline std::int64_t sinceMs(std::int64_t ms) {
    return ms == 0 ? 0 : ms - 1'800'000'000'000;
}

//! A line of facts: words with blanks between them.
class Line {
public:
    template <typename T>
    Line& operator<<(const T& word) {
        std::ostringstream text;
        text << word;
        if (!text.str().empty())
            m_text += (m_text.empty() ? "" : " ") + text.str();
        return *this;
    }
    Line& operator<<(const QString& word) { return *this << word.toStdString(); }
    //! "name=word", unless there is nothing to say.
    template <typename T>
    Line& fact(const char* name, const T& word, const T& nothing = T()) {
        if (word == nothing)
            return *this;
        std::ostringstream both;
        both << name << '=' << word;
        return *this << both.str();
    }
    Line& fact(const char* name, const QString& word) { return fact(name, word.toStdString()); }
    Line& when(bool yes, const char* word) { return yes ? *this << word : *this; }
    operator std::string() const { return m_text; }

private:
    std::string m_text;
};

inline std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : ",") + text;
    return out;
}
inline std::string joined(const QStringList& texts) {
    return texts.join(QLatin1Char(',')).toStdString();
}
inline std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text)
        out += c == '\n' ? std::string("\\n") : std::string(1, c);
    return out + '"';
}
inline std::string quoted(const QString& text) {
    return quoted(text.toStdString());
}

//! A copy of the kept profile in a folder of its own.
class KeptProfile {
public:
    KeptProfile() {
        valise::test::qtApp();
        const QDir data(dataFolder() + QStringLiteral("/profile-v7"));
        REQUIRE(data.exists());
        QDir().mkpath(home());
        for (const QString& name : data.entryList(QDir::Files)) {
            const QString copy = home() + QLatin1Char('/') + name;
            REQUIRE(QFile::copy(data.filePath(name), copy));
            REQUIRE(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
        }
    }
    static QString dataFolder() { return QStringLiteral(VALISE_UPGRADE_DATA); }
    QString home() const { return m_folder.path() + QStringLiteral("/profile"); }
    std::unique_ptr<storage::Database> open() const {
        return must(storage::Database::open(home().toStdString(), viewOf(kKeptPassphrase)));
    }

private:
    QTemporaryDir m_folder;
};

inline const char* wordOf(SystemKind kind) {
    constexpr const char* words[] = {"none",  "created",   "member-added", "member-removed",
                                     "left",  "renamed",   "admin-added",  "admin-removed",
                                     "timer", "disbanded", "joined"};
    return words[static_cast<int>(kind)];
}

inline std::string textOfTags(const nostr::Tags& tags) {
    std::string out;
    for (const nostr::Tag& tag : tags) {
        out += out.empty() ? "[" : " [";
        for (std::size_t i = 0; i < tag.size(); ++i)
            out += (i == 0 ? "" : " ") + (tag[i].size() == 64 ? nameOf(tag[i]) : tag[i]);
        out += "]";
    }
    return out;
}

//! The members of a conversation; administrators bear a star.
inline std::string membersOf(const marmot::GroupEngine& engine) {
    std::vector<std::string> members;
    for (const marmot::GroupMember& member : engine.members())
        members.push_back(nameOf(member.account) + (member.admin ? "*" : ""));
    return joined(members);
}

} // namespace valise::client::test
