// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/core/marmot/scenario_driver.h"

namespace valise::marmot::test {

namespace {

using Element = simdjson::dom::element;

std::string text(Element object, std::string_view key) {
    return valise::test::textMember(object, key);
}

std::optional<std::string> maybeText(Element object, std::string_view key) {
    std::string_view value;
    if (object[key].get(value))
        return std::nullopt;
    return std::string(value);
}

std::vector<std::string> list(Element object, std::string_view key) {
    simdjson::dom::array values;
    std::vector<std::string> out;
    if (object[key].get(values))
        return out;
    for (const Element value : values)
        out.emplace_back(std::string_view(value));
    return out;
}

bool has(Element object, std::string_view key) {
    Element value;
    return object[key].get(value) == simdjson::SUCCESS && !value.is_null();
}

// The keys with which the published scenarios were recorded. Their order decides between equal branches.
crypto::SchnorrKeyPair keyOf(const std::string& label) {
    ByteArray<32> seed{};
    std::copy_n(label.begin(), std::min(label.size(), seed.size()), seed.begin());
    const Bytes counter(8, 0);
    const auto secret = crypto::sha256({viewOf("marmot-cgka-conformance-nostr-key-v1"), seed, counter});
    return must(crypto::schnorrFromPrivate(secret));
}

// True if the scenario lets this client do something that only an admin may do.
bool actsAsAdmin(Element scenario, const std::string& client) {
    for (const Element s : simdjson::dom::array(scenario["steps"])) {
        const std::string type = text(s, "type");
        if (type == "invite_members" && text(s, "inviter") == client)
            return true;
        if ((type == "update_group_data" || type == "update_group_profile" ||
             type == "update_admin_policy") &&
            text(s, "client") == client)
            return true;
    }
    return false;
}

} // namespace

ScenarioDriver::ScenarioDriver(Element scenario, bool crashing)
    : m_scenario(scenario)
    , m_crashing(crashing) {
    for (const std::string& client : list(scenario, "clients"))
        m_keys.emplace(client, keyOf(client));
}

void ScenarioDriver::run() {
    for (const Element s : simdjson::dom::array(m_scenario["steps"])) {
        INFO("step " << m_index << ": " << text(s, "type"));
        step(s);
        ++m_index;
        for (const auto& [key, at] : m_peers)
            if (m_crashing && at->inGroup())
                at->restart();
    }
}

EnginePeer& ScenarioDriver::peer(const std::string& client, const std::string& group) {
    auto& slot = m_peers[{client, group}];
    if (!slot)
        slot = std::make_unique<EnginePeer>(m_keys.at(client), m_now, m_random);
    return *slot;
}

std::vector<std::string> ScenarioDriver::groupsOf(const std::string& client) const {
    std::vector<std::string> out;
    for (const auto& [key, slot] : m_peers)
        if (key.first == client)
            out.push_back(key.second);
    return out;
}

std::string ScenarioDriver::labelOf(const Id32& account) const {
    for (const auto& [label, key] : m_keys)
        if (key.publicKey == account)
            return label;
    return "nobody";
}

std::vector<std::string> ScenarioDriver::payloads(const std::string& client) const {
    std::vector<std::string> out;
    for (const std::string& group : groupsOf(client)) {
        const auto texts = m_peers.at({client, group})->texts();
        out.insert(out.end(), texts.begin(), texts.end());
    }
    return out;
}

void ScenarioDriver::step(Step s) {
    const std::string type = text(s, "type");
    if (type == "in_group") {
        m_group = text(s, "group");
        step(s["action"]);
    } else if (type == "create_group") {
        createGroup(s);
    } else if (type == "acknowledge_outbound") {
        acknowledge(s);
    } else if (type == "invite_members") {
        AddMembers add;
        for (const std::string& client : list(s, "invitees"))
            add.invitees.push_back(peer(client).invite(m_now));
        change(text(s, "inviter"), std::move(add), text(s, "pending"));
    } else if (type == "remove_members") {
        RemoveMembers remove;
        for (const std::string& client : list(s, "members"))
            remove.accounts.push_back(m_keys.at(client).publicKey);
        change(text(s, "remover"), std::move(remove), text(s, "pending"));
    } else if (type == "update_group_data" || type == "update_group_profile") {
        const std::string client = text(s, "client");
        SetProfile set{peer(client).engine().state().profile};
        set.profile.name = maybeText(s, "name").value_or(set.profile.name);
        set.profile.description = maybeText(s, "description").value_or(set.profile.description);
        change(client, std::move(set), text(s, "pending"));
    } else if (type == "update_admin_policy") {
        SetAdmins set;
        for (const std::string& client : list(s, "admins"))
            set.admins.push_back(m_keys.at(client).publicKey);
        change(text(s, "client"), std::move(set), text(s, "pending"));
    } else if (type == "self_update") {
        change(text(s, "client"), SelfUpdate{}, text(s, "pending"));
    } else if (type == "expect_update_admin_policy_error") {
        expectAdminError(s);
    } else if (type == "send_app_message") {
        send(text(s, "sender"), text(s, "payload"));
    } else if (type == "leave") {
        const std::string client = text(s, "client");
        for (const Outgoing& out : peer(client).leave(m_now).publish)
            post({client, m_group, "proposal", {}, out.event, {}, {}, {}});
    } else if (type == "deliver_all") {
        deliverAll();
    } else if (type == "sync_relay_history") {
        sync(s);
    } else if (type == "tick") {
        for (const std::string& client : list(s, "clients"))
            tick(client);
    } else if (type == "await_quiescence") {
        for (int round = 0; round < 3; ++round) {
            deliverAll();
            for (const auto& [client, key] : m_keys)
                tick(client);
        }
    } else if (type == "set_partition") {
        const auto allowed = list(s, "allow");
        m_partition = std::set<std::string>(allowed.begin(), allowed.end());
    } else if (type == "clear_partition") {
        m_partition.reset();
    } else if (type == "omit_message") {
        m_queue.erase(m_queue.begin() + static_cast<std::ptrdiff_t>(matching(s["selector"]).front()));
    } else if (type == "duplicate_message") {
        m_queue.push_back(m_queue[matching(s["selector"]).front()]);
    } else if (type == "withhold_message") {
        const std::size_t at = matching(s["selector"]).front();
        m_withheld[text(s, "label")].push_back(m_queue[at]);
        m_queue.erase(m_queue.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (type == "release_withheld") {
        for (Parcel& parcel : m_withheld[text(s, "label")])
            m_queue.push_back(std::move(parcel));
        m_withheld.erase(text(s, "label"));
    } else if (type == "reorder_messages") {
        std::vector<Parcel> ordered;
        std::set<std::size_t> taken;
        for (const Element selector : simdjson::dom::array(s["order"])) {
            const std::size_t at = matching(selector).front();
            taken.insert(at);
            ordered.push_back(m_queue[at]);
        }
        for (std::size_t i = 0; i < m_queue.size(); ++i)
            if (taken.count(i) == 0)
                ordered.push_back(m_queue[i]);
        m_queue = std::move(ordered);
    } else if (type == "set_relay_event_visibility") {
        const bool visible = bool(s["visible"]);
        for (Parcel& parcel : m_history)
            if (parcel.publication == text(s["selector"], "publication") &&
                parcel.kind == text(s["selector"], "class"))
                for (const std::string& client : list(s, "clients")) {
                    if (visible)
                        parcel.hidden.erase(client);
                    else
                        parcel.hidden.insert(client);
                }
    } else if (type == "restart_client") {
        for (const std::string& group : groupsOf(text(s, "client"))) {
            peer(text(s, "client"), group).restart();
            peer(text(s, "client"), group).forgetEvents();
        }
    } else if (type == "clear_events") {
        for (const std::string& client : list(s, "clients"))
            peer(client).forgetEvents();
    } else if (type == "observe" || type == "observe_exact") {
        for (const std::string& client : list(s, "clients"))
            observe(client);
    } else if (type == "observe_admin_policy") {
        for (const std::string& client : list(s, "clients")) {
            std::vector<std::string>& admins = m_admins[client];
            admins.clear();
            for (const Id32& account : peer(client).engine().state().admins.admins)
                admins.push_back(labelOf(account));
        }
    } else if (type == "probe_bidirectional_decryptability") {
        probe(list(s, "clients"));
    } else if (type == "assert") {
        assertNow(s["assertion"]);
    } else {
        FAIL("a step this driver does not know: " << type);
    }
}

void ScenarioDriver::createGroup(Step s) {
    const std::string creator = text(s, "creator");
    Founding founding;
    founding.profile.name = text(s, "name");
    founding.relays = {"wss://group.example.org"};
    for (const std::string& client : list(s, "invitees")) {
        founding.invitees.push_back(peer(client).invite(m_now));
        const auto named = list(s, "initial_admins");
        const bool admin = has(s, "initial_admins")
                               ? std::find(named.begin(), named.end(), client) != named.end()
                               : actsAsAdmin(m_scenario, client);
        if (admin)
            founding.admins.push_back(m_keys.at(client).publicKey);
    }
    const std::string pending = text(s, "pending");
    m_publicationGroup[pending] = m_group;
    for (const WelcomeDuty& welcome : peer(creator).found(founding, m_now))
        post({creator, m_group, "welcome", pending, {}, welcome, {}, {}});
}

void ScenarioDriver::change(const std::string& client, LocalChange what, const std::string& pending) {
    m_publicationGroup[pending] = m_group;
    REQUIRE(peer(client).submit(std::move(what), m_now).has_value());
}

void ScenarioDriver::acknowledge(Step s) {
    const std::string client = text(s, "client");
    const std::string pending = maybeText(s, "publication").value_or("");
    const bool accepted = text(s, "outcome") == "accepted";
    const std::string group = pending.empty() ? m_group : m_publicationGroup.at(pending);
    EnginePeer& at = peer(client, group);
    if (!pending.empty())
        m_resolutions.emplace_back(m_index, client, pending, accepted ? "confirmed" : "rolled_back");
    // A founding is valid at once, so nothing is pending.
    if (!at.engine().pendingPublish())
        return;
    const nostr::Event event = at.engine().pendingPublish()->outgoing.event;
    if (!accepted) {
        at.fail();
        at.retry(m_now);
        return;
    }
    const auto confirmed = at.confirm(m_now);
    at.retry(m_now);
    post({client, group, "commit", pending, event, {}, {}, {}});
    for (const WelcomeDuty& welcome : confirmed.welcomes)
        post({client, group, "welcome", pending, {}, welcome, {}, {}});
}

void ScenarioDriver::send(const std::string& client, const std::string& payload) {
    post({client, m_group, "application", {}, peer(client).say(payload, m_now), {}, {}, {}});
}

void ScenarioDriver::post(Parcel parcel) {
    if (m_partition)
        for (const auto& [client, key] : m_keys)
            if (m_partition->count(client) == 0 || m_partition->count(parcel.sender) == 0)
                parcel.delivered.insert(client);
    m_history.push_back(parcel);
    m_queue.push_back(std::move(parcel));
}

void ScenarioDriver::deliverAll() {
    for (Parcel& parcel : m_queue)
        for (const auto& [client, key] : m_keys)
            if (client != parcel.sender && parcel.delivered.count(client) == 0)
                m_mailboxes[client].push_back(parcel);
    m_queue.clear();
}

void ScenarioDriver::sync(Step s) {
    m_queue.clear();
    const bool everything = text(s["sync"], "mode") == "full_history";
    for (const std::string& client : list(s, "clients"))
        for (Parcel& parcel : m_history)
            if (client != parcel.sender && parcel.hidden.count(client) == 0 &&
                (everything || parcel.delivered.insert(client).second))
                m_mailboxes[client].push_back(parcel);
}

void ScenarioDriver::tick(const std::string& client) {
    std::vector<Parcel> mail;
    mail.swap(m_mailboxes[client]);
    // Welcomes arrive by another route than the group's events. A member asks for those after joining.
    for (const Parcel& parcel : mail)
        if (parcel.welcome)
            peer(client, parcel.group).join(*parcel.welcome, m_now);
    for (const Parcel& parcel : mail) {
        if (!parcel.event)
            continue;
        EnginePeer& at = peer(client, parcel.group);
        if (at.inGroup())
            at.receive(*parcel.event, m_now);
        else
            m_mailboxes[client].push_back(parcel);
    }
    for (const std::string& group : groupsOf(client))
        if (EnginePeer& at = peer(client, group); at.inGroup())
            settle(at, client, group);
}

void ScenarioDriver::settle(EnginePeer& at, const std::string& client, const std::string& group) {
    std::size_t told = at.published().size();
    do {
        m_now += kConvergencePolicy.quiescenceMs;
        at.retry(m_now);
        at.advance(m_now);
        at.retry(m_now);
    } while (at.engine().pass());
    for (; told < at.published().size(); ++told)
        post({client, group, "proposal", {}, at.published()[told], {}, {}, {}});
    const GroupEngine& engine = at.engine();
    if (engine.standing() == GroupStanding::Active && engine.settled() && !engine.departing().empty())
        REQUIRE(at.submit(CommitDepartures{}, m_now).has_value());
}

std::vector<std::size_t> ScenarioDriver::matching(Step selector) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < m_queue.size(); ++i) {
        const Parcel& parcel = m_queue[i];
        const auto kind = maybeText(selector, "class");
        const bool fits =
            kind ? *kind == "group_message" ? parcel.kind != "welcome" : *kind == parcel.kind : true;
        if (fits && maybeText(selector, "sender").value_or(parcel.sender) == parcel.sender &&
            maybeText(selector, "publication").value_or(parcel.publication) == parcel.publication)
            found.push_back(i);
    }
    const std::size_t skip =
        has(selector, "occurrence") ? valise::test::intMember(selector, "occurrence") : 0;
    REQUIRE(found.size() > skip);
    return {found.begin() + static_cast<std::ptrdiff_t>(skip), found.end()};
}

void ScenarioDriver::probe(const std::vector<std::string>& clients) {
    // All send before any of them receives. A received message can open a pass, and during a pass a client
    // cannot send.
    std::map<std::string, nostr::Event> said;
    for (const std::string& from : clients)
        said.emplace(from, peer(from).say("probe from " + from, m_now));
    for (const auto& [from, event] : said)
        for (const std::string& to : clients)
            if (to != from)
                REQUIRE(peer(to).receive(event, m_now).disposition == Disposition::Accepted);
    for (const std::string& client : clients)
        settle(peer(client), client, m_group);
    m_probed.insert(clients.begin(), clients.end());
}

void ScenarioDriver::observe(const std::string& client) {
    EnginePeer& at = peer(client);
    const GroupEngine& engine = at.engine();
    Observation seen;
    seen.epoch = engine.epoch();
    seen.members = engine.members().size();
    seen.name = engine.state().profile.name;
    seen.description = engine.state().profile.description;
    seen.fingerprint = fingerprint(engine);
    seen.payloads = payloads(client);
    for (const AppliedChange& change : at.changes())
        for (const auto& who : {change.change.removed, change.change.left})
            for (const Id32& account : who)
                seen.removed.push_back(labelOf(account));
    seen.epochMoves = at.epochMoves();
    seen.decision = engine.lastDecision();
    seen.pendingWork = !engine.settled() || !engine.queue().empty() || at.waiting() > 0;
    m_observed[client] = std::move(seen);
}

void ScenarioDriver::assertNow(Step assertion) const {
    REQUIRE(text(assertion, "mode") == "exactly");
    const Step predicate = assertion["predicate"];
    REQUIRE(text(predicate, "type") == "payload_count");
    const auto texts = payloads(text(predicate, "client"));
    const auto count = std::count(texts.begin(), texts.end(), text(predicate, "payload"));
    CHECK(static_cast<std::uint64_t>(count) == valise::test::intMember(predicate, "count"));
}

void ScenarioDriver::expectAdminError(Step s) {
    const std::string client = text(s, "client");
    SetAdmins set;
    for (const std::string& admin : list(s, "admins"))
        set.admins.push_back(m_keys.at(admin).publicKey);
    const auto submitted = peer(client).engine().submit(set, m_now, m_random);
    REQUIRE_FALSE(submitted.ok());
    const bool notAdmin = submitted.error().code == ErrorCode::NotAuthorized;
    const std::string error = notAdmin ? "not_group_admin" : "admin_policy";
    CHECK(error == text(s, "error"));
    m_errors.emplace_back(m_index, client, error);
}

void ScenarioDriver::check(Step outcome) const {
    const std::string type = text(outcome, "type");
    INFO("outcome " << simdjson::minify(outcome));
    const auto observed = [&](const std::string& client) -> const Observation& {
        const auto it = m_observed.find(client);
        REQUIRE(it != m_observed.end());
        return it->second;
    };
    const auto sameState = [&](const auto& part) {
        const auto clients = list(outcome, "clients");
        REQUIRE(!clients.empty());
        for (const std::string& client : clients)
            CHECK(part(observed(client)) == part(observed(clients.front())));
        return clients;
    };
    const auto number = [&](std::string_view key) { return valise::test::intMember(outcome, key); };
    if (type == "pending_resolution") {
        const auto wanted =
            std::make_tuple(static_cast<std::size_t>(number("step_index")), text(outcome, "client"),
                            text(outcome, "pending"), text(outcome, "resolution"));
        CHECK(std::find(m_resolutions.begin(), m_resolutions.end(), wanted) != m_resolutions.end());
    } else if (type == "expected_error") {
        const auto wanted = std::make_tuple(static_cast<std::size_t>(number("step_index")),
                                            text(outcome, "client"), text(outcome, "error"));
        CHECK(std::find(m_errors.begin(), m_errors.end(), wanted) != m_errors.end());
    } else if (type == "client_state") {
        const Observation& seen = observed(text(outcome, "client"));
        CHECK(seen.epoch == number("epoch"));
        CHECK(seen.members == number("member_count"));
        if (has(outcome, "received_payloads"))
            CHECK(seen.payloads == list(outcome, "received_payloads"));
        if (has(outcome, "removed_members"))
            CHECK(seen.removed == list(outcome, "removed_members"));
    } else if (type == "client_epoch_changes") {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> wanted;
        for (const Element move : simdjson::dom::array(outcome["changes"]))
            wanted.emplace_back(valise::test::intMember(move, "from"), valise::test::intMember(move, "to"));
        CHECK(observed(text(outcome, "client")).epochMoves == wanted);
    } else if (type == "group_profile") {
        const Observation& seen = observed(text(outcome, "client"));
        CHECK(seen.name == text(outcome, "name"));
        CHECK(seen.description == text(outcome, "description"));
    } else if (type == "admin_policy") {
        const auto it = m_admins.find(text(outcome, "client"));
        REQUIRE(it != m_admins.end());
        CHECK(it->second == list(outcome, "admins"));
    } else if (type == "convergence_decision") {
        bool met = false;
        for (const auto& [client, seen] : m_observed) {
            if (maybeText(outcome, "client").value_or(client) != client || !seen.decision)
                continue;
            const ConvergenceDecision& d = *seen.decision;
            met = met || (d.tipEpoch == number("selected_tip_epoch") &&
                          maybeText(outcome, "decisive_rule").value_or(std::string(ruleName(d.decisive))) ==
                              ruleName(d.decisive) &&
                          (!has(outcome, "witness_quorum_met") ||
                           bool(outcome["witness_quorum_met"]) == d.score.quorum) &&
                          (!has(outcome, "min_app_witness_score") ||
                           d.score.witnessScore >= number("min_app_witness_score")));
        }
        CHECK(met);
    } else if (type == "clients_converged") {
        const auto clients = sameState([](const Observation& o) { return o.fingerprint; });
        for (const std::string& client : clients) {
            CHECK(observed(client).epoch == number("epoch"));
            CHECK(observed(client).members == number("member_count"));
        }
    } else if (type == "clients_exactly_equivalent") {
        sameState([](const Observation& o) { return o.fingerprint + o.name + o.description; });
    } else if (type == "clients_bidirectionally_decryptable") {
        for (const std::string& client : list(outcome, "clients"))
            CHECK(m_probed.count(client) == 1);
    } else if (type == "no_pending_work") {
        for (const std::string& client : list(outcome, "clients"))
            CHECK_FALSE(observed(client).pendingWork);
    } else {
        FAIL("an outcome this driver does not know: " << type);
    }
}

void ScenarioDriver::checkObservation(Step wanted) const {
    INFO("observation " << simdjson::minify(wanted));
    const auto it = m_observed.find(text(wanted, "client"));
    REQUIRE(it != m_observed.end());
    CHECK(it->second.epoch == valise::test::intMember(wanted, "epoch"));
    CHECK(it->second.members == valise::test::intMember(wanted, "member_count"));
    CHECK(it->second.name == text(wanted, "group_name"));
    CHECK(it->second.payloads == list(wanted, "received_payloads"));
    CHECK(it->second.removed == list(wanted, "removed_members"));
}

} // namespace valise::marmot::test
