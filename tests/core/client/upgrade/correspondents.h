// SPDX-License-Identifier: AGPL-3.0-or-later
// The other side of a kept profile: its relays, and a member of its conversations who reads what they were
// given.
#pragma once

#include "tests/core/client/upgrade/kept_profile.h"

#include "core/marmot/welcome.h"
#include "core/net/relay_socket.h"
#include "core/nostr/message.h"
#include "core/nostr/nip59.h"

#include <QTimer>

#include <set>

namespace valise::client::test {

//! The relays of the kept profile, inside this process. They take everything and note what they took.
class Relays {
public:
    Relays() {
        QFile file(KeptProfile::dataFolder() + QStringLiteral("/relay-v7.jsonl"));
        REQUIRE(file.open(QIODevice::ReadOnly));
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.isEmpty())
                stored.push_back(must(nostr::parseEvent(line.toStdString())));
    }
    static bool isThere(const std::string& url) { return url.starts_with("ws://10.0.0."); }
    net::SocketFactory sockets() {
        return [this](QObject* parent) { return new Socket(*this, parent); };
    }
    std::vector<nostr::Event> stored; //!< what they held before
    std::vector<std::pair<std::string, nostr::Event>> published;

private:
    class Socket final : public net::RelaySocket {
    public:
        Socket(Relays& relays, QObject* parent)
            : RelaySocket(parent)
            , m_relays(relays) {}
        void open(const std::string& url, const net::RelayOptions&) override {
            m_url = url;
            later([this] {
                if (isThere(m_url))
                    emit opened();
                else
                    emit failed(Error{ErrorCode::Offline, "no way there"});
            });
        }
        void sendText(const std::string& text) override {
            const auto message = must(nostr::parseClientMessage(text));
            if (const auto* publish = std::get_if<nostr::client_message::Publish>(&message)) {
                must(publish->event.verify());
                m_relays.published.emplace_back(m_url, publish->event);
                answer(nostr::relay_message::Ok{publish->event.id, true, {}});
            } else if (const auto* request = std::get_if<nostr::client_message::Request>(&message)) {
                for (const nostr::Event& event : m_relays.stored)
                    if (std::any_of(request->filters.begin(), request->filters.end(),
                                    [&](const nostr::Filter& filter) { return filter.matches(event); }))
                        answer(nostr::relay_message::Delivery{request->subscription, event});
                answer(nostr::relay_message::EndOfStored{request->subscription});
            }
        }
        void ping() override {
            later([this] { emit pongReceived(); });
        }
        void end(bool) override {}

    private:
        template <typename Work>
        void later(Work work) {
            QTimer::singleShot(0, this, work);
        }
        void answer(nostr::RelayMessage message) {
            later([this, text = QString::fromStdString(nostr::toJson(message))] { emit textReceived(text); });
        }
        Relays& m_relays;
        std::string m_url;
    };
};

//! Tamir, who was in the conversations when the profile was kept, and goes on where it was then.
class Tamir {
public:
    Tamir() {
        QFile file(KeptProfile::dataFolder() + QStringLiteral("/tamir-v7.txt"));
        REQUIRE(file.open(QIODevice::ReadOnly));
        std::map<std::string, marmot::EngineParts> groups;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words.size() != 3)
                continue;
            const Bytes value = must(fromHex(words[2].toStdString()));
            if (words[0] == "account")
                m_account = must(crypto::schnorrFromPrivate(value));
            else if (words[0] == "package")
                m_package = must(mls::KeyPackageBundle::deserialize(value));
            else
                groups[words[0].toStdString()][words[1].toStdString()] = value;
        }
        for (const auto& [id, parts] : groups)
            m_engines.emplace(nameOf(id), must(marmot::GroupEngine::load(parts)));
    }
    //! The messages that can be read of these events, by conversation and in the order in which relays were
    //! given them. One that is read here for the first time is called #1, #2 and so on by those that speak
    //! of it. Receipts leave when it suits; they come last.
    std::map<std::string, Lines> read(const std::vector<std::pair<std::string, nostr::Event>>& published) {
        std::vector<nostr::Event> events;
        for (const auto& [relay, event] : published)
            if (m_places.emplace(event.id, events.size()).second)
                events.push_back(event);
        std::vector<bool> done(events.size());
        for (bool moved = true; moved;) {
            moved = false;
            for (std::size_t at = 0; at < events.size(); ++at) {
                if (done[at])
                    continue;
                done[at] = take(events[at]);
                moved = moved || done[at];
            }
            m_nowMs += 60'000; // what was undecided is decided by then
            for (auto& [name, engine] : m_engines)
                keep(name, engine.advance(m_nowMs, m_random, false));
        }
        std::map<std::string, Lines> out;
        std::map<std::string, Lines> receipts;
        std::map<std::string, std::string> numbers;
        for (const auto& [place, message] : m_read) {
            const marmot::InnerEvent& inner = message.inner;
            if (inner.kind == nostr::kind::kReceipt) {
                receipts[message.group].push_back(Line()
                                                  << "receipt" << inner.content << textOfTags(inner.tags));
                continue;
            }
            const std::string number = "#" + std::to_string(out[message.group].size() + 1);
            numbers[toHex(inner.canonicalId())] = number;
            nostr::Tags tags = inner.tags;
            for (nostr::Tag& tag : tags)
                for (std::string& word : tag)
                    if (numbers.count(word))
                        word = numbers[word];
            out[message.group].push_back(Line() << number << "epoch" << message.epoch << inner.kind
                                                << quoted(inner.content) << textOfTags(tags));
        }
        for (auto& [name, lines] : receipts) {
            std::sort(lines.begin(), lines.end());
            out[name].insert(out[name].end(), lines.begin(), lines.end());
        }
        return out;
    }
    const marmot::GroupEngine& group(const std::string& name) const { return m_engines.at(name); }
    std::string account() const { return toHex(m_account.publicKey); }

private:
    struct Read {
        std::string group;
        std::uint64_t epoch = 0;
        marmot::InnerEvent inner;
    };
    void keep(const std::string& group, const marmot::Step& step) {
        for (const marmot::DeliveredMessage& message : step.messages)
            m_read[m_places.at(message.message.outerId)] = {group, message.message.epoch,
                                                            message.message.inner};
    }
    //! False if it is to be tried again.
    bool take(const nostr::Event& event) {
        if (event.kind == nostr::kind::kGiftWrap) {
            const nostr::Tag* to = nostr::findTag(event.tags, "p");
            if (!to || to->at(1) != account())
                return false;
            const nostr::Unwrapped opened = must(nostr::giftUnwrap(event, m_account));
            auto engine = must(marmot::GroupEngine::join(must(marmot::readWelcomeRumor(opened.rumor)),
                                                         *m_package, kClosedMs));
            const std::string name = nameOf(engine.id());
            m_engines.insert_or_assign(name, std::move(engine));
            return true;
        }
        const nostr::Tag* to = nostr::findTag(event.tags, "h");
        if (event.kind != nostr::kind::kGroup || !to)
            return false;
        for (auto& [name, engine] : m_engines) {
            const auto routes = engine.routes();
            if (std::none_of(routes.begin(), routes.end(), [&](const marmot::NostrRouting& route) {
                    return toHex(route.nostrGroupId) == to->at(1);
                }))
                continue;
            const marmot::Step step = engine.receive(
                event, m_nowMs, [](const mls::Digest&) { return false; }, m_random);
            keep(name, step);
            return !step.outcome().again;
        }
        return false;
    }

    std::int64_t m_nowMs = kClosedMs;
    crypto::SystemRandom m_random;
    crypto::SchnorrKeyPair m_account;
    std::optional<mls::KeyPackageBundle> m_package;
    std::map<std::string, marmot::GroupEngine> m_engines;
    std::map<nostr::EventId, std::size_t> m_places; // in the order of publication
    std::map<std::size_t, Read> m_read;
};

} // namespace valise::client::test
