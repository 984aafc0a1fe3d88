// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/core/client/world.h"

#include "core/base/clock.h"
#include "core/base/encoding.h"
#include "core/marmot/content/content.h"
#include "core/marmot/group_engine.h"
#include "core/net/relay_pool.h"
#include "core/nostr/nip19.h"
#include "core/nostr/nip42.h"
#include "core/nostr/nip59.h"
#include "core/nostr/relay_list.h"

namespace valise::client::test {

//! Random, but for one thing: it draws this group id.
class DrawsGroupId final : public crypto::Random {
public:
    explicit DrawsGroupId(Bytes id)
        : m_id(std::move(id)) {}
    void fill(std::span<std::uint8_t> out) override {
        if (out.size() == m_id.size())
            std::copy(m_id.begin(), m_id.end(), out.begin());
        else
            m_random.fill(out);
    }

private:
    Bytes m_id;
    crypto::SystemRandom m_random;
};

//! A member whose commits reach the relay when the test wants it.
class Scripted : public QObject {
public:
    explicit Scripted(const QString& url)
        : m_relay(url.toStdString()) {
        m_pool.setAuthSigner([this](const std::string& relay, const std::string& challenge) {
            return authenticate(relay, challenge);
        });
        connect(&m_pool, &net::RelayPool::published, this,
                [this](const QString&, const QString&, net::PublishOutcome outcome) {
                    m_accepted += outcome == net::PublishOutcome::Accepted ? 1 : 0;
                });
        connect(&m_pool, &net::RelayPool::eventReceived, this,
                [this](const QString&, const nostr::Event& event) { take(event); });
        const auto now = static_cast<std::uint64_t>(m_clock.now());
        nostr::UnsignedEvent relays = must(nostr::makeRelayList({{m_relay, true, true}}, now));
        nostr::UnsignedEvent inbox = must(nostr::makeInboxRelays({m_relay}, now));
        send(nostr::sign(std::move(relays), m_account, m_random));
        send(nostr::sign(std::move(inbox), m_account, m_random));
        send(m_package.event);
        nostr::Filter wraps;
        wraps.kinds = {nostr::kind::kGiftWrap};
        wraps.tags['p'] = {toHex(m_account.publicKey)};
        m_pool.subscribe({"wraps", {wraps}, {m_relay}, 200'000, {}});
    }
    QString address() const {
        return QString::fromStdString(must(nostr::encodeNprofile({m_account.publicKey, {m_relay}})));
    }
    void send(const nostr::Event& event) {
        const int before = m_accepted;
        m_pool.publish(toHex(event.id), event.toJson(), {m_relay});
        REQUIRE(waitFor([&] { return m_accepted > before; }));
    }
    bool joined() {
        return waitFor([&] { return engine.has_value(); });
    }
    //! The group as it stands now.
    const marmot::GroupEngine& group() {
        engine->advance(m_clock.nowMs(), m_random);
        return *engine;
    }
    //! A commit that renews its keys, on top of its own state.
    nostr::Event renew() {
        REQUIRE(waitFor([&] { return group().settled(); }));
        REQUIRE_FALSE(must(engine->submit(marmot::SelfUpdate{}, m_clock.nowMs(), m_random)).queued);
        const nostr::Event event = engine->pendingPublish()->outgoing.event;
        must(engine->confirm(m_clock.nowMs(), m_random));
        return event;
    }

    //! A message of the state as it stands now.
    nostr::Event write(const QString& text) {
        REQUIRE(waitFor([&] { return group().settled(); }));
        return must(engine->seal(marmot::makeInner(m_account.publicKey, marmot::Text{text.toStdString()},
                                                   static_cast<std::uint64_t>(m_clock.now())),
                                 m_random))
            .event;
    }

    //! Invites somebody to a group of its own that bears another's id and is `epochs` further on. It says
    //! that it did so `secondsAgo`.
    void impersonate(const Bytes& groupId, const AccountKey& victim, int epochs, int secondsAgo = 0) {
        nostr::Filter packages;
        packages.kinds = {nostr::kind::kKeyPackage};
        marmot::Id32 author{};
        std::copy(victim.begin(), victim.end(), author.begin());
        packages.authors = {{author}};
        m_pool.subscribe({"packages", {packages}, {m_relay}, 0, {}});
        REQUIRE(waitFor([&] { return !m_packages.empty(); }));
        marmot::InvitePackage package = must(marmot::readKeyPackageEvent(m_packages.back(), m_clock.now()));
        package.inbox = {m_relay};
        DrawsGroupId random(groupId);
        const std::int64_t nowMs = m_clock.nowMs() - std::int64_t{1000} * secondsAgo;
        marmot::Founding founding;
        founding.profile.name = "Allies";
        founding.relays = {m_relay};
        marmot::GroupEngine fake =
            must(marmot::GroupEngine::found(m_account, founding, nowMs, random)).engine;
        REQUIRE(fake.id() == groupId);
        for (int i = 0; i < epochs; ++i) {
            must(fake.submit(marmot::SelfUpdate{}, nowMs, m_random));
            must(fake.confirm(nowMs, m_random));
        }
        must(fake.submit(marmot::AddMembers{{package}, {}}, nowMs, m_random));
        for (const marmot::WelcomeDuty& duty : must(fake.confirm(nowMs, m_random)).welcomes)
            send(must(nostr::giftWrap(duty.rumor, m_account, duty.recipient,
                                      static_cast<std::uint64_t>(m_clock.now()), m_random)));
    }

    std::optional<marmot::GroupEngine> engine;
    QStringList texts;

private:
    Result<std::string> authenticate(const std::string& relay, const std::string& challenge) {
        VALISE_TRY(const nostr::Event event,
                   nostr::makeAuthEvent(relay, challenge, m_account,
                                        static_cast<std::uint64_t>(m_clock.now()), m_random));
        return event.toJson();
    }
    void take(const nostr::Event& event) {
        if (event.kind == nostr::kind::kGiftWrap && !engine) {
            const nostr::Unwrapped opened = must(nostr::giftUnwrap(event, m_account));
            engine = must(marmot::GroupEngine::join(must(marmot::readWelcomeRumor(opened.rumor)),
                                                    m_package.bundle, m_clock.nowMs()));
            nostr::Filter group;
            group.kinds = {nostr::kind::kGroup};
            group.tags['h'] = {toHex(engine->state().routing.nostrGroupId)};
            m_pool.subscribe({"group", {group}, {m_relay}, 10'000, {}});
        } else if (event.kind == nostr::kind::kKeyPackage) {
            m_packages.push_back(event);
        } else if (event.kind == nostr::kind::kGroup && engine) {
            const marmot::Step step = engine->receive(
                event, m_clock.nowMs(), [](const mls::Digest&) { return false; }, m_random);
            for (const marmot::DeliveredMessage& message : step.messages)
                texts.append(QString::fromStdString(message.message.inner.content));
        }
    }

    std::string m_relay;
    SystemClock m_clock;
    crypto::SystemRandom m_random;
    crypto::SchnorrKeyPair m_account = crypto::schnorrGenerate(m_random);
    marmot::OwnKeyPackage m_package = marmot::makeKeyPackage(m_account, {}, m_clock.now(), m_random);
    net::RelayPool m_pool;
    std::vector<nostr::Event> m_packages;
    int m_accepted = 0;
};

} // namespace valise::client::test
