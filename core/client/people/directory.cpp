// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/client/people/directory.h"

#include "core/base/log.h"
#include "core/client/spine/relay_names.h"
#include "core/nostr/profile.h"
#include "core/nostr/relay_list.h"

#include <QUrl>
#include <QUrlQuery>

namespace valise::client {

namespace {

constexpr int kLookupMs = 10'000;
constexpr std::int64_t kAskAgainMs = 3'600'000;
constexpr std::size_t kMaxRelays = 16;

void addAll(std::vector<std::string>& to, const std::vector<std::string>& more) {
    for (const std::string& url : more)
        if (std::find(to.begin(), to.end(), url) == to.end() && to.size() < kMaxRelays)
            to.push_back(url);
}

} // namespace

struct Directory::Search {
    struct Person {
        nostr::ProfilePointer pointer;
        std::vector<std::string> inbox;
        std::vector<std::string> publish;
        std::vector<nostr::Event> packages;
    };
    std::vector<Person> people;
    std::size_t waiting = 0;
    bool anyAnswer = false;
    Found done;
};

Directory::Directory(Profile& profile, net::RelayPool& pool, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_pool(pool) {}

Result<std::pair<nostr::ProfilePointer, QString>> Directory::parseAddress(const QString& text) {
    QString address = text.trimmed();
    QString name;
    if (address.size() > 8192)
        return {ErrorCode::LimitExceeded, "an address that is too long"};
    if (address.startsWith(QLatin1String("valise:"), Qt::CaseInsensitive)) {
        const QUrl url(address);
        name = QUrlQuery(url).queryItemValue(QStringLiteral("name"), QUrl::FullyDecoded).trimmed().left(64);
        address = url.path();
        while (address.startsWith(QLatin1Char('/')))
            address.remove(0, 1);
    }
    auto pointer = nostr::parseAddress(toStd(address));
    if (!pointer)
        return {ErrorCode::InvalidArgument, "not an address or invitation link"};
    return std::pair{std::move(pointer).value(), name};
}

QString Directory::invitationLink(const storage::Id32& account, const std::vector<std::string>& relays,
                                  const QString& name) {
    nostr::ProfilePointer pointer{account, {}};
    for (const std::string& relay : relays)
        if (relay.size() <= 255 && pointer.relays.size() < 4)
            pointer.relays.push_back(relay);
    const auto text = nostr::encodeNprofile(pointer);
    QString link = QStringLiteral("valise:") + toQString(text ? *text : nostr::encodeNpub(account));
    if (!name.isEmpty())
        link += QStringLiteral("?name=") + QString::fromLatin1(QUrl::toPercentEncoding(name));
    return link;
}

std::vector<std::string> Directory::ownRelays() {
    const auto relays = m_profile.stores().account.relays(storage::RelayRole::Inbox);
    return relays ? *relays : std::vector<std::string>();
}

void Directory::endLookup() {
    if (--m_lookups == 0)
        emit idle();
}

void Directory::find(const std::vector<nostr::ProfilePointer>& people, Found done) {
    auto search = std::make_shared<Search>();
    search->done = std::move(done);
    for (const nostr::ProfilePointer& pointer : people) {
        Search::Person person;
        person.pointer = pointer;
        if (const auto contact = m_profile.stores().contacts.get(pointer.pubkey); contact && *contact)
            addAll(person.pointer.relays, (*contact)->relays);
        person.pointer.relays =
            normalisedRelays(person.pointer.relays, m_profile.options.allowInsecureRelays);
        search->people.push_back(std::move(person));
    }
    ++m_lookups;
    findInbox(std::move(search));
}

void Directory::findByAddress(const QStringList& addresses, Found done) {
    std::vector<nostr::ProfilePointer> people;
    std::set<storage::Id32> known;
    for (const QString& address : addresses) {
        auto parsed = parseAddress(address);
        if (!parsed) {
            done(parsed.error());
            return;
        }
        if (parsed->first.pubkey == m_profile.account.publicKey) {
            done(Error{ErrorCode::InvalidArgument, "one cannot invite oneself"});
            return;
        }
        if (known.insert(parsed->first.pubkey).second)
            people.push_back(std::move(parsed->first));
    }
    if (people.empty()) {
        done(std::vector<Invitee>());
        return;
    }
    find(people, std::move(done));
}

void Directory::follow(const Effects& effects) {
    if (!effects.met.empty())
        refreshNames({effects.met.begin(), effects.met.end()});
}

marmot::AddMembers toAddMembers(std::vector<Invitee> people) {
    marmot::AddMembers out;
    for (Invitee& person : people) {
        person.package.inbox = std::move(person.inbox);
        out.invitees.push_back(std::move(person.package));
    }
    return out;
}

void Directory::findInbox(std::shared_ptr<Search> search) {
    search->waiting = search->people.size();
    for (std::size_t i = 0; i < search->people.size(); ++i) {
        Search::Person& person = search->people[i];
        std::vector<std::string> relays = person.pointer.relays;
        addAll(relays, ownRelays());
        nostr::Filter filter;
        filter.authors = {person.pointer.pubkey};
        filter.kinds = {nostr::kind::kRelayList, nostr::kind::kInboxRelays};
        filter.limit = 10;
        m_pool.fetch(
            {filter}, relays, kLookupMs, this, [this, search, i](Result<std::vector<nostr::Event>> answer) {
                Search::Person& p = search->people[i];
                if (answer) {
                    search->anyAnswer = true;
                    const nostr::Event* lists[2] = {nullptr, nullptr};
                    for (const nostr::Event& event : *answer) {
                        if (event.pubkey != p.pointer.pubkey)
                            continue;
                        const nostr::Event*& best = lists[event.kind == nostr::kind::kInboxRelays ? 1 : 0];
                        if (!best || nostr::replaces(event, *best))
                            best = &event;
                    }
                    const bool insecure = m_profile.options.allowInsecureRelays;
                    if (lists[1])
                        if (const auto inbox = nostr::parseInboxRelays(*lists[1]))
                            p.inbox = normalisedRelays(*inbox, insecure);
                    if (lists[0])
                        if (const auto entries = nostr::parseRelayList(*lists[0]))
                            for (const nostr::RelayListEntry& entry : *entries)
                                if (entry.write)
                                    addAll(p.publish, normalisedRelays({entry.url}, insecure));
                }
                if (--search->waiting == 0)
                    findPackages(search);
            });
    }
}

void Directory::findPackages(std::shared_ptr<Search> search) {
    search->waiting = search->people.size();
    for (std::size_t i = 0; i < search->people.size(); ++i) {
        Search::Person& person = search->people[i];
        std::vector<std::string> relays = person.publish;
        addAll(relays, person.pointer.relays);
        addAll(relays, ownRelays());
        nostr::Filter filter;
        filter.authors = {person.pointer.pubkey};
        filter.kinds = {nostr::kind::kKeyPackage};
        filter.limit = 12;
        m_pool.fetch({filter}, relays, kLookupMs, this,
                     [this, search, i](Result<std::vector<nostr::Event>> answer) {
                         if (answer) {
                             search->anyAnswer = true;
                             search->people[i].packages = std::move(answer).value();
                         }
                         if (--search->waiting == 0)
                             finishSearch(search);
                     });
    }
}

void Directory::finishSearch(const std::shared_ptr<Search>& search) {
    std::vector<Invitee> out;
    std::optional<Error> failure;
    if (!search->anyAnswer)
        failure = Error{ErrorCode::Offline, "no relay answered"};
    for (const Search::Person& person : search->people) {
        if (failure)
            break;
        auto package =
            marmot::selectKeyPackage(person.pointer.pubkey, person.packages, m_profile.clock.now());
        std::vector<std::string> inbox = person.inbox;
        // An invitation link names the relays on which its owner listens.
        if (inbox.empty())
            inbox = person.pointer.relays;
        if (!package || inbox.empty()) {
            const std::string why = package ? "no inbox is known" : package.error().detail;
            failure = Error{ErrorCode::NoInvitation, nostr::encodeNpub(person.pointer.pubkey) + ": " + why};
            break;
        }
        out.push_back({std::move(package).value(), std::move(inbox)});
    }
    search->done(failure ? Result<std::vector<Invitee>>(*failure)
                         : Result<std::vector<Invitee>>(std::move(out)));
    endLookup();
}

void Directory::refreshNames(const std::vector<storage::Id32>& accounts) {
    const std::int64_t now = m_profile.clock.nowMs();
    nostr::Filter filter;
    filter.authors.emplace();
    std::vector<std::string> relays = ownRelays();
    for (const storage::Id32& account : accounts) {
        if (account == m_profile.account.publicKey)
            continue;
        const auto asked = m_asked.find(account);
        if (asked != m_asked.end() && now - asked->second < kAskAgainMs)
            continue;
        m_asked[account] = now;
        filter.authors->push_back(account);
        if (const auto contact = m_profile.stores().contacts.get(account); contact && *contact)
            addAll(relays, normalisedRelays((*contact)->relays, m_profile.options.allowInsecureRelays));
    }
    if (filter.authors->empty() || relays.empty())
        return;
    filter.kinds = {nostr::kind::kMetadata};
    filter.limit = filter.authors->size() * 2;
    ++m_lookups;
    m_pool.fetch({filter}, relays, kLookupMs, this, [this](Result<std::vector<nostr::Event>> answer) {
        bool changed = false;
        if (answer) {
            const auto written = m_profile.write([&]() -> Result<void> {
                for (const nostr::Event& event : *answer) {
                    if (event.kind != nostr::kind::kMetadata)
                        continue;
                    const auto profile = nostr::parseProfile(event);
                    if (!profile || profile->bestName().empty())
                        continue;
                    VALISE_TRY(const bool fresh,
                               m_profile.stores().contacts.setProfile(
                                   event.pubkey, profile->bestName(),
                                   static_cast<std::int64_t>(event.createdAt), m_profile.clock.nowMs()));
                    changed = changed || fresh;
                }
                return {};
            });
            if (!written)
                log(LogLevel::Warning, "directory", written.error().detail);
        }
        if (changed)
            emit namesChanged();
        endLookup();
    });
}

} // namespace valise::client
